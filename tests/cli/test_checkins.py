"""Answering an action from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

pytestmark = pytest.mark.usefixtures("started")


def test_done_types_the_target_of_an_action_with_an_amount(ok, data) -> None:
    assert ok("done", "write") == "Write 500 words: 500 of 500 words, 1 day.\n"
    assert data("today")["actions"][0]["habit"] in ("Write 500 words", "写真の整理")


def test_done_with_amounts_and_streak(ok) -> None:
    assert (
        ok("done", "write", "500", "--on", "yesterday") == "Write 500 words on 2026-11-21: 500 of 500 words, 1 day.\n"
    )
    assert ok("done", "write", "620") == "Write 500 words: 620 of 500 words, 2 days.\n"
    assert ok("done", "write", "+5") == "Write 500 words: 625 of 500 words, 2 days.\n"
    assert ok("done", "write", "＋２．５") == "Write 500 words: 627.5 of 500 words, 2 days.\n"
    assert ok("done", "write", "４００") == "Write 500 words: 400 of 500 words, 1 day.\n"


def test_done_leaves_an_amount_that_has_reached_the_target(ok) -> None:
    ok("done", "write", "620")
    assert ok("done", "write") == "Write 500 words: 620 of 500 words, 1 day.\n"
    assert ok("undo") == "Undid: set the amount of Write 500 words, Sun 2026-11-22.\n"
    assert "0 / 500 words" in ok("today")


def test_done_raises_an_amount_short_of_the_target(ok) -> None:
    ok("done", "write", "120")
    assert ok("done", "write") == "Write 500 words: 500 of 500 words, 1 day.\n"


def test_yes_no_skip_and_clear(ok) -> None:
    assert ok("done", "sort") == "写真の整理: done, 0 weeks.\n"
    assert ok("no", "sort") == "写真の整理: not done, 0 weeks.\n"
    assert ok("skip", "写真", "--note", "ill") == "写真の整理: skipped, 0 weeks.\n"
    assert ok("clear", "sort") == "写真の整理: not answered, 0 weeks.\n"


def test_at_most_marks_yes(ok) -> None:
    ok("habit", "add", "Shop sites", "--at-most", "20 min", "--since", "2026-11-20")
    assert ok("done", "shop", "15", "--on", "-1") == "Shop sites on 2026-11-21: 15 of at most 20 min, 1 day.\n"
    assert ok("done", "shop") == "Shop sites: done, 1 day.\n"
    assert ok("done", "shop", "1h30") == "Shop sites: 90 of at most 20 min, 1 day.\n"


@pytest.mark.parametrize("word", ["done", "no", "skip", "clear"])
def test_a_day_to_come_is_refused(run, book: Path, word: str) -> None:
    before = book.read_bytes()
    result = run(word, "write", "--on", "2026-11-23")
    assert result.exit_code == 2
    assert result.stderr == "2026-11-23 has not come yet; today is 2026-11-22. Choose an earlier day.\n"
    assert book.read_bytes() == before


def test_days_as_people_type_them(ok) -> None:
    for typed, day in {"-2": "2026-11-20", "fri": "2026-11-20", "金": "2026-11-20", "昨日": "2026-11-21"}.items():
        assert ok("done", "sort", "--on", typed).startswith(f"写真の整理 on {day}: done")


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("done", "nothing"), "There is no action called “nothing”. Choose one of: write (Write 500 words), sort"),
        (("done", "write", "many"), "“many” is not an amount."),
        (("done", "write", "-5"), "“-5” is below zero. Type it without the minus. See"),
        (("done", "write", "1e9"), "“1e9” is not an amount."),
        (("done", "write", "5", "words"), "“words” is one word too many"),
        (("done",), "HABIT is missing. See “pitrack done --help”."),
        (("done", "write", "--on"), "--on needs a value."),
        (("done", "write", "--on", "someday"), "“someday” is not a day."),
        (("done", "write", "--loud"), "There is no option --loud."),
        (("dnoe", "write"), "There is no command “dnoe”. Did you mean “done”?"),
    ],
)
def test_wrong_usage_is_one_sentence_and_exit_2(run, book: Path, args: tuple[str, ...], told: str) -> None:
    before = book.read_bytes()
    result = run(*args)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith(told)
    assert result.stderr.count("\n") == 1
    assert book.read_bytes() == before


def test_ambiguous_names_list_the_candidates(ok, run) -> None:
    ok("habit", "add", "Write to a sponsor", "--alias", "sponsor")
    result = run("done", "wri")
    assert result.exit_code == 2
    assert result.stderr == (
        "“wri” could mean: write (Write 500 words), sponsor (Write to a sponsor). Type more of the name.\n"
    )


def test_undo_and_redo_say_what(ok, run) -> None:
    ok("done", "write", "620")
    assert ok("undo") == "Undid: set the amount of Write 500 words, Sun 2026-11-22.\n"
    assert ok("redo") == "Did again: set the amount of Write 500 words, Sun 2026-11-22.\n"
    result = run("redo")
    assert (result.exit_code, result.stderr) == (1, "There is nothing to redo.\n")
