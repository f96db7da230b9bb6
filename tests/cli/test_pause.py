"""``pitrack pause``: days off and what they brought."""

from __future__ import annotations

from pathlib import Path

import pytest

pytestmark = pytest.mark.usefixtures("started")


def ids(data, *more: str) -> list[str]:
    return [one["id"] for one in data("pause", "list", *more)]


def test_an_open_pause_from_today_until_it_is_ended(ok, data, monkeypatch: pytest.MonkeyPatch) -> None:
    ok("done", "write", "500", "--on", "yesterday")
    assert ok("pause", "add", "--note", "ill") == "Paused all actions, from 2026-11-22 on.\n"
    (one,) = data("pause", "list")
    assert one == {
        "id": one["id"],
        "habit": None,
        "from": "2026-11-22",
        "to": None,
        "state": "running",
        "note": "ill",
    }
    monkeypatch.setenv("PITRACK_TODAY", "2026-12-01")
    ok("earn", "news", "212", "--on", "2026-11-25")
    assert ok("pause", "list") == f"all actions  2026-11-22  open  running  {one['id']}  ill\n"
    assert ok("pause", "end") == (
        "Ended: all actions, 2026-11-22 to 2026-11-30.\n9 days off earned 212.00 USD; the streak is intact.\n"
    )
    assert ok("done", "write") == "Write 500 words: 500 of 500 words, 2 days.\n"
    assert ok("pause", "list") == "No pause is running. Earlier ones: pitrack pause list --all\n"
    assert f"to 2026-11-30  over  {one['id']}" in ok("pause", "list", "--all")
    ok("undo")
    assert ok("undo") == "Undid: ended the pause of all actions, Mon 2026-11-30.\n"
    assert data("pause", "list")[0]["to"] is None


def test_a_pause_that_is_over_already_says_what_it_brought(ok) -> None:
    for day in ("2026-11-09", "2026-11-19", "2026-11-20", "2026-11-21"):
        ok("done", "write", "500", "--on", day)
    assert ok("done", "write") == "Write 500 words: 500 of 500 words, 4 days.\n"
    ok("earn", "news", "10", "--on", "2026-11-12")
    assert ok("pause", "add", "write", "--from", "2026-11-10", "--to", "11-18") == (
        "Paused Write 500 words, 2026-11-10 to 2026-11-18.\n9 days off earned 10.00 USD; the streak is intact.\n"
    )
    assert ok("done", "write", "501") == "Write 500 words: 501 of 500 words, 5 days.\n"


def test_the_day_after_says_it_with_today(ok) -> None:
    ok("pause", "add", "--from", "mon", "--to", "yesterday")
    assert ok("today").endswith("\nall actions: 6 days off.\n")
    assert "days off" not in ok("today", "--json")


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        (("--from", "mon", "--to", "wed"), "2026-11-16", "2026-11-18"),
        (("--to", "fri"), "2026-11-22", "2026-11-27"),
        (("--from", "-5", "--to", "-2"), "2026-11-17", "2026-11-20"),
        (("--from", "2026-12-20", "--to", "01-03"), "2026-12-20", "2027-01-03"),
        (("--to", "+3"), "2026-11-22", "2026-11-25"),
        (("--to", "20日"), "2026-11-22", "2026-12-20"),
        (("--from", "2026-01-05", "--to", "12-20"), "2026-01-05", "2026-12-20"),
        (("--from", "先週の金曜", "--to", "昨日"), "2026-11-13", "2026-11-21"),
    ],
)
def test_days_as_people_type_them(ok, data, typed: tuple[str, ...], first: str, last: str) -> None:
    ok("pause", "add", *typed)
    (one,) = data("pause", "list", "--all")
    assert (one["from"], one["to"]) == (first, last)


def test_which_one_ends(ok, run) -> None:
    ok("pause", "add", "write", "--from", "-3")
    ok("pause", "add", "sort", "--from", "-2")
    result = run("pause", "end")
    assert (result.exit_code, result.stderr) == (
        2,
        "Several actions are paused: write (Write 500 words), sort (写真の整理). Name the one to end.\n",
    )
    assert ok("pause", "end", "sort").startswith("Ended: 写真の整理, 2026-11-20 to 2026-11-21.\n2 days off.\n")
    assert ok("pause", "end", "--on", "-2") == ("Ended: Write 500 words, 2026-11-19 to 2026-11-20.\n2 days off.\n")
    result = run("pause", "end")
    assert (result.exit_code, result.stderr) == (1, "No pause is running.\n")
    result = run("pause", "end", "write")
    assert (result.exit_code, result.stderr) == (1, "No pause of Write 500 words is running.\n")


def test_all_that_overlap_end_together_and_one_of_today_never_was(ok, data) -> None:
    ok("pause", "add", "--from", "-3")
    ok("pause", "add")
    assert ok("pause", "end") == "Ended: all actions, 2026-11-19 to 2026-11-21.\n3 days off.\n"
    assert [one["to"] for one in data("pause", "list", "--all")] == ["2026-11-21"]
    ok("pause", "add")
    assert ok("pause", "end") == (
        "The pause began after that day, so it was taken away; “pitrack undo” brings it back.\n"
    )
    assert len(ids(data, "--all")) == 1
    ok("undo")
    assert len(ids(data, "--all")) == 2


def test_edit_and_delete(ok, data) -> None:
    ok("pause", "add", "--from", "-3")
    (one,) = ids(data)
    assert ok("pause", "edit", one[:4], "--from", "-5", "--to", "+1", "--habit", "write", "--note", "trip") == (
        "Changed: Write 500 words, 2026-11-17 to 2026-11-23.\n"
    )
    assert ok("pause", "edit", one, "--to", "-", "--habit", "-") == "Changed: all actions, from 2026-11-17 on.\n"
    assert ok("pause", "edit", one, "--note", "trip").startswith("Nothing to change: all actions")
    assert ok("pause", "delete", one) == ("Deleted: all actions, from 2026-11-17 on; “pitrack undo” brings it back.\n")
    assert ok("undo") == "Undid: deleted the pause of all actions, Tue 2026-11-17.\n"
    assert ids(data) == [one]


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (
            ("pause", "add", "--to", "yesterday"),
            "“2026-11-21” does not work as day: it lies before the start.\n",
        ),
        (
            ("pause", "add", "--from", "11-20", "--to", "11-19"),
            "“2026-11-19” does not work as day: it lies before the start.\n",
        ),
        (
            ("pause", "add", "--from", "11月20日", "--to", "11月19日"),
            "“2026-11-19” does not work as day: it lies before the start.\n",
        ),
        (("pause", "add", "nobody"), "There is no action called “nobody”."),
        (("pause", "delete", "x"), "There is no pause “x”, nor any other yet. Make one first: pitrack pause add\n"),
        (("pause", "add", "--from", "someday"), "“someday” is not a day."),
    ],
)
def test_wrong_usage_is_one_sentence(run, book: Path, args: tuple[str, ...], told: str) -> None:
    before = book.read_bytes()
    result = run(*args)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(told)
    assert book.read_bytes() == before


def test_today_says_that_all_is_paused(ok) -> None:
    ok("habit", "add", "Write", "--every", "day")
    ok("pause", "add", "--from", "2026-11-20")
    told = "Days off since Fri 2026-11-20: nothing is asked, and no streak breaks."
    assert ok("today").splitlines()[-1] == told
    assert told not in ok("today", "--on", "2026-11-19")
