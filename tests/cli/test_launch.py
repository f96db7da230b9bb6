"""The launch method by commands: from an idea to live, its board, and the portfolio."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.usefixtures("started")


@pytest.fixture
def course(ok) -> str:
    """A stream made of an idea."""
    ok("idea", "Sellers are refused by stock libraries")
    ok("idea", "--take", "sellers refused", "--name", "Course")
    return "course"


def test_an_idea_becomes_a_stream_with_its_problem(ok, data) -> None:
    ok("idea", "Shops put off answering reviews and would pay for twenty answers a month as a package")
    ok("idea", "Shop windows")
    said = ok("idea", "--take", "ＳＨＯＰＳ reviews")
    assert said == (
        "A stream now: Shops put off answering reviews and would pay for twenty. Next: pitrack launch shops\n"
    )
    page = data("launch", "shops")
    assert (page["stage"], page["asked"]) == ("idea", "niche")
    assert page["answers"]["idea"]["problem"].endswith("as a package")
    assert "package" not in ok("idea")
    ok("undo")
    assert "package" in ok("idea")


def test_taking_an_idea_refuses_what_is_not_clear(run, ok) -> None:
    ok("idea", "Shop windows")
    ok("idea", "Shop floors")
    assert run("idea", "--take", "shop").exit_code == 2
    assert "Shop floors" in run("idea", "--take", "shop").stderr
    unnamed = run("idea", "--take", " ")
    assert (unnamed.exit_code, unnamed.stderr) == (
        2, "Name the idea by words that it has: pitrack idea --take WORDS.\n"
    )  # fmt: skip
    assert run("idea", "--take", "barn").exit_code == 2
    assert "--take" in run("idea", "more", "--take", "windows").stderr
    assert "--take" in run("idea", "--name", "X").stderr


def test_an_empty_inbox_says_how_an_idea_gets_there(run) -> None:
    assert run("idea", "--take", "reviews").stderr == (
        "There is no idea with the words “reviews”, nor any other in the inbox. "
        "Write one down first: pitrack idea TEXT\n"
    )


def test_what_is_undone_is_named_as_it_was_typed(ok, course) -> None:
    ok("idea", "Shop windows")
    assert ok("undo") == "Undid: wrote down the idea “Shop windows”, Sun 2026-11-22.\n"
    ok("launch", course, "niche", "--task", "first fifty")
    assert ok("undo") == "Undid: a decision on Course, Sun 2026-11-22.\n"


def test_the_first_step_has_one_word_and_its_code_is_understood(ok, data, course) -> None:
    ok("launch", course, "niche", "--task", "first fifty")
    assert ok("launch", course, "idea", "--problem", "x", "--to", "idea").startswith(
        "Noted for Course: problem. It is at: problem.\n"
    )
    assert "  pitrack launch course problem --problem …\n" in ok("launch", course)
    ok("launch", course, "problem", "--problem", "y", "--to", "niche")
    ok("launch", course, "niche", "--task", "first fifty", "--to", "problem")
    assert data("launch", course)["stage"] == "idea"


def test_a_verdict_may_come_with_what_was_tested(run, data, course) -> None:
    kept = run("launch", course, "test", "--verdict", "keep", "--results", "three stayed")
    assert (kept.exit_code, kept.stdout, kept.stderr) == (0, "Noted for Course: test. It is at: live.\n", "")
    assert data("launch", course)["history"][-1]["answers"] == {"verdict": "keep", "results": "three stayed"}


def test_a_live_stream_may_be_tested_again(ok) -> None:
    ok("stream", "edit", "news", "--stage", "live")
    assert ok("launch", "news", "test", "--hours", "5", "--until", "+10") == (
        "Noted for Newsletter: test. It is at: test.\nIt was at live, and is at its test again until the verdict.\n"
    )
    assert ok("launch", "news", "test", "--verdict", "keep") == "Noted for Newsletter: test. It is at: live.\n"


def test_hints_go_by_the_answers_that_stand(run, course) -> None:
    period = "Say how often it is paid, such as once or month.\n"
    price = "A fixed price is easier to say yes to.\n"
    assert run("launch", course, "offer", "--price", "150").stderr == period
    assert run("launch", course, "offer", "--period", "month").stderr == ""
    assert run("launch", course, "offer", "--period", "").stderr == period
    assert run("launch", course, "offer", "--price", "").stderr == price + period


def test_the_portfolio_tells_what_a_test_taught(ok, course) -> None:
    ok("launch", course, "test", "--hours", "5", "--until", "+7")
    ok("launch", course, "test", "--verdict", "keep", "--results", "both stayed", "--lesson", "a fixed day sells")
    assert "  2026-11-22  Course  keep  both stayed; a fixed day sells\n" in ok("portfolio")


def test_the_whole_walk_from_a_problem_to_live(ok, data, run, course) -> None:
    ok("launch", course, "niche", "--platform", "stock libraries", "--audience", "hobbyists", "--task", "first fifty")
    assert data("launch", course)["stage"] == "offer"
    ok("launch", course, "offer", "--deliverable", "six lessons", "--price", "６０ eur", "--period", "once")
    ok("launch", course, "commitment", "--outcome", "fifty accepted", "--outcome", "one sale", "--promise", "again")
    page = data("launch", course)
    assert (page["stage"], page["asked"], page["test"]) == ("test", "test", None)
    assert page["answers"]["offer"] == {
        "day": "2026-11-22", "deliverable": "six lessons", "price": "60", "currency": "EUR", "period": "once",
    }  # fmt: skip
    assert page["answers"]["commitment"]["outcomes"] == "fifty accepted\none sale"
    ok("launch", course, "test", "--clients", "3", "--hours", "1h30", "--money", "100", "--until", "2026-12-12")
    ok("time", course, "45m")
    ok("spend", course, "120")
    assert data("launch", course)["test"] == {
        "started": "2026-11-22",
        "until": "2026-12-12",
        "days_left": 20,
        "clients": "3",
        "hours": {"used": "0.75", "limit": "1.5"},
        "money": {"used": "120.00", "limit": "100.00"},
        "currency": "USD",
        "without": [],
        "over": True,
    }
    assert "over its cap" in ok("launch")
    ok("launch", course, "test", "--verdict", "keep", "--results", "three stayed")
    page = data("launch", course)
    assert (page["stage"], page["asked"], page["test"], page["cycles"]) == ("live", "automated", None, [])
    assert page["answers"]["test"]["clients"] == "3"  # what was planned stays beside the verdict
    assert [(step["step"], step["to"]) for step in page["history"]] == [
        ("idea", None), ("niche", "offer"), ("offer", "commitment"), ("commitment", "test"), ("test", None),
        ("test", "live"),
    ]  # fmt: skip
    ok("earn", course, "60")
    assert data("launch", course)["cycles"] == [{"day": "2026-11-22", "kind": "first"}]
    assert "first income" in ok("portfolio")
    assert "three stayed" in ok("portfolio")


def test_the_board_says_what_comes_next(ok, data, course) -> None:
    board = ok("launch")
    assert next(" ".join(line.split()) for line in board.splitlines()) == "Course problem next: niche"
    found: dict[str, Any] = data("launch")
    assert found["streams"][0]["name"] == "Course"
    assert found["cycles"] == sum(len(one["cycles"]) for one in found["streams"])
    page = ok("launch", course)
    assert "One platform, one audience, one task" in page
    assert "pitrack launch course niche --platform … --audience … --task …" in page


def test_hints_are_told_and_refuse_nothing(run, data, course) -> None:
    niche = run("launch", course, "niche", "--audience", "parents and teachers")
    assert (niche.exit_code, niche.stderr) == (
        0, "“and”: is that more than one? One audience is easier to reach.\n"
    )  # fmt: skip
    vain = run("launch", course, "commitment", "--outcome", "1,000 followers")
    assert vain.stderr == "followers: nobody pays for that. Leads, sales or finished projects would count.\n"
    assert data("launch", course)["answers"]["commitment"]["outcomes"] == "1,000 followers"


def test_a_change_goes_back_and_a_stop_keeps_its_lesson(ok, run, data, course) -> None:
    ok("launch", course, "test", "--clients", "1", "--hours", "5", "--until", "+7")
    ok("launch", course, "test", "--verdict", "change", "--to", "niche", "--lesson", "ask others")
    assert data("launch", course)["asked"] == "niche"
    ok("launch", course, "test", "--clients", "2", "--hours", "5", "--until", "+7")
    assert "lesson" not in data("launch", course)["answers"]["test"]  # a new round begins clean
    refused = run("launch", course, "test", "--verdict", "stop")
    assert (refused.exit_code, refused.stderr) == (2, "Before it stops, write down what it taught: --lesson TEXT.\n")
    ok("launch", course, "test", "--verdict", "stop", "--lesson", "nobody asked")
    assert data("launch", course)["stage"] == "stopped"
    assert data("portfolio")["stopped"] == [{"day": "2026-11-22", "stream": "Course", "lesson": "nobody asked"}]
    ok("launch", course, "problem", "--problem", "another")
    assert data("launch", course)["stage"] == "niche"  # taken up again


def test_ideas_of_one_day_stand_newest_first(ok) -> None:
    texts = [f"Idea {n}" for n in range(8)]
    for text in texts:
        ok("idea", text)
    assert [line.split("  ")[-1] for line in ok("idea").splitlines()] == texts[::-1]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (("nothing",), "no stream called “nothing”"),
        (("course", "sale"), "“sale” is no step. Choose one of: problem, niche, offer, commitment, test, live, "),
        (("course", "niche", "--task", "x", "--to", "sale"), "“sale” is no step. Choose one of: problem, niche, "),
        (("course", "test", "--hours", "0"), "“0” is no cap. Type more than 0, or leave it empty for none."),
        (("course", "test", "--money", "0 eur"), "“0 eur” is no cap. Type more than 0, or leave it empty for none."),
        (("course", "test", "--verdict", "keep"), "No test is there to judge: begin one with --hours N --until DAY, "),
        (("course", "test", "--verdict", "stop", "--lesson", "no"), "No test is there to judge: "),
        (("course", "niche"), "Say what was decided: --platform, --audience, --task."),
        (("course", "niche", "--price", "3"), "--price is no answer to the step niche."),
        (("course", "commitment", "--platform", "x"), "--platform is no answer"),
        (("course", "offer", "--price", "much"), "“much” is not an amount"),
        (("course", "test", "--clients", "few"), "“few” is not possible: type a whole number, 1 or more."),
        (("course", "test", "--clients", "2.5"), "“2.5” is not possible: type a whole number, 1 or more."),
        (("course", "test", "--clients", "0"), "“0” is not possible: type a whole number, 1 or more."),
        (("course", "test", "--until", "2020-01-01"), "It cannot end before it started."),
        (("course", "test", "--started", "2026-11-20", "--until", "2026-11-19"), "It cannot end before it started."),
        (("course", "test", "--started", "11-20", "--until", "11-19"), "It cannot end before it started."),
        (("course", "test", "--until", "some day"), "is not a day"),
        (("course", "test", "--verdict", "perhaps"), "is not one of: keep, change, stop"),
        (("course", "niche", "--task", "x", "--on", "2026-11-23"), "has not come yet"),
        (("course", "--task", "x"), "Name a step as well"),
        (("--to", "live"), "Name a step as well"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(run, course, line, sentence) -> None:
    result = run("launch", *line)
    assert result.exit_code == 2
    assert sentence in result.stderr


def test_the_job_is_not_launched(ok, run) -> None:
    ok("stream", "add", "Office", "--role", "job")
    assert run("launch", "office").exit_code == 2
    assert run("launch", "office", "niche", "--task", "x").exit_code == 2
    assert "Office" not in ok("launch")


def test_a_book_without_streams_says_what_comes_first(ok) -> None:
    for alias in ("news", "photos"):
        ok("stream", "delete", alias)
    assert ok("launch") == "No stream yet. Write down a problem that people have: pitrack idea TEXT\n"


def test_the_portfolio_of_nothing_and_without_sums(ok, data) -> None:
    ok("earn", "news", "31.50")
    ok("earn", "news", "10", "--pending")
    assert "31.50" not in ok("portfolio")
    assert "earned" not in data("portfolio")
    assert data("portfolio", "--money")["earned"] == [
        {"stream": "Newsletter", "amount": "31.50", "currency": "USD"}
    ]  # fmt: skip
    assert data("portfolio", "--as-of", "2020-01-01")["cycles"] == []
    assert ok("portfolio", "--as-of", "2020-01-01").startswith("Nothing is finished yet.")


def test_japanese_answers_are_kept_and_challenged(run, data, course) -> None:
    said = run("launch", course, "niche", "--audience", "カフェや美容室", "--task", "写真の整理")
    assert "“や”" in said.stderr
    assert data("launch", course)["answers"]["niche"]["audience"] == "カフェや美容室"


def test_steps_and_verdicts_are_typed_as_they_are_shown(ok, run, data, course) -> None:
    ok("--lang", "ja", "launch", course, "ニッチ", "--task", "写真の整理", "--to", "検証")
    assert data("launch", course)["stage"] == "test"
    assert run("--lang", "ja", "launch", course, "検証", "--results", "済", "--verdict", "継続").exit_code == 0
    assert data("launch", course)["stage"] == "live"
    assert "keep (継続)" in run("--lang", "ja", "launch", course, "test", "--verdict", "多分").stderr


def test_a_test_that_is_over_still_takes_its_verdict(ok, data, course) -> None:
    ok("launch", course, "test", "--started", "2026-11-02", "--until", "2026-11-09", "--hours", "5")
    ok("launch", course, "test", "--verdict", "keep")
    assert data("launch", course)["stage"] == "live"
