"""``pitrack start`` and ``stop``, by a clock that is set."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

Clock = Callable[[str], None]
pytestmark = pytest.mark.usefixtures("started")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Set the clock to a time in Tokyo, with its offset."""
    monkeypatch.delenv("PITRACK_TODAY")

    def clock(wall: str) -> None:
        monkeypatch.setenv("PITRACK_NOW", f"2026-11-{wall.replace(' ', 'T')}:00+09:00")

    clock("22 13:02")
    return clock


def test_a_timer_from_start_to_stop(ok, data, clock: Clock) -> None:
    assert ok("start") == "No timer is running. Start one: pitrack start HABIT or STREAM\n"
    assert ok("start", "news", "--kind", "market", "--task", "ads") == "Timer started: Newsletter.\n"
    clock("22 13:27")
    assert ok("start") == "Newsletter  since 13:02  25 min\n"
    assert ok("status", "--format", "[{timer}]") == "[Newsletter 25m]\n"
    assert ok("stop") == "Timer of Newsletter stopped: 25 min booked.\n"
    assert ok("status", "--format", "[{timer}]") == "[]\n"
    assert ok("undo") == "Undid: stopped the timer of Newsletter, Sun 2026-11-22.\n"
    clock("22 14:07")
    assert ok("status", "--format", "{timer}") == "Newsletter 1h05m\n"
    assert ok("stop", "news", "--spent", "40m") == "Timer of Newsletter stopped: 40 min booked.\n"


def test_the_night_between_two_days(ok, clock: Clock) -> None:
    ok("habit", "add", "Practise", "--at-least", "30 min", "--since", "2026-11-01")
    clock("22 23:30")
    ok("start", "prac")
    clock("23 00:40")
    assert ok("start") == "Practise  since Sun 2026-11-22 23:30  1 h 10 min\n"
    assert ok("stop") == (
        "Timer of Practise stopped: 1 h 10 min (Sun 2026-11-22 30 min, Mon 2026-11-23 40 min) booked.\n"
    )
    assert "30 / 30 min" in ok("today", "--on", "yesterday")
    assert "40 / 30 min" in ok("today")


def test_a_plain_action_is_checked_off(ok, clock: Clock) -> None:
    ok("start", "sort")
    clock("22 13:12")
    assert ok("stop", "sort") == (
        "Timer of 写真の整理 stopped after 10 min: checked off. Its time goes nowhere, for it has no stream.\n"
    )
    assert "1 / 3 this week" in ok("today")


def test_several_at_once(ok, run, clock: Clock) -> None:
    ok("start", "write")
    ok("start", "photos")
    result = run("stop")
    assert (result.exit_code, result.stderr) == (
        2,
        "Several timers are running: write (Write 500 words), photos (写真素材). Name the one to stop.\n",
    )
    assert ok("status", "--format", "{timer}") == "Write 500 words 0m +1\n"
    assert ok("stop", "photos", "--cancel") == "Timer of 写真素材 cancelled: nothing was booked.\n"
    clock("22 13:03")
    assert ok("stop") == "Timer of Write 500 words stopped: 1 min booked.\n"


def test_the_habit_comes_first_and_a_whole_name_before_a_beginning(ok, clock: Clock) -> None:
    ok("habit", "add", "News reading", "--alias", "reading")
    assert ok("start", "news") == "Timer started: News reading.\n"
    ok("undo")
    assert ok("start", "newsl") == "Timer started: Newsletter.\n"
    ok("undo")
    assert ok("start", "newsletter") == "Timer started: Newsletter.\n"


def test_under_half_a_minute(ok, clock: Clock) -> None:
    ok("start", "sort")
    assert ok("stop") == "Timer of 写真の整理 stopped after less than half a minute: nothing was booked.\n"
    assert "0 / 3 this week" in ok("today")


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        (("stop",), (1, "No timer is running.\n")),
        (("stop", "write"), (1, "No timer is running for Write 500 words.\n")),
        (("stop", "--cancel", "--spent", "5"), (2, "--cancel books nothing: leave out --spent.\n")),
        (
            ("stop", "--spent", "many"),
            (2, "“many” is not a time. Type minutes like 90, or hours like 1.5h, 1h30 or 1:30.\n"),
        ),
        (("start", "--kind", "make"), (2, "Name the stream whose timer to start.\n")),
        (
            ("start", "write", "--task", "x"),
            (2, "--kind and --task are for the timer of a stream; Write 500 words is an action.\n"),
        ),
        (
            ("start", "nobody"),
            (
                2,
                "There is no action or stream called “nobody”. Choose one of: write (Write 500 words), "
                "sort (写真の整理), newsletter, photos (写真素材).\n",
            ),
        ),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    run, book: Path, clock: Clock, args: tuple[str, ...], expected: tuple[int, str]
) -> None:
    before = book.read_bytes()
    result = run(*args)
    assert result.stdout == ""
    assert (result.exit_code, result.stderr) == expected
    assert book.read_bytes() == before


def test_a_start_that_lies_ahead_keeps_the_timer(ok, run, clock: Clock) -> None:
    ok("start", "news")
    clock("22 12:00")
    result = run("stop")
    assert (result.exit_code, result.stderr) == (
        1,
        "The timer of Newsletter began at a time that the clock of this device has not reached. Nothing was booked, "
        "and it goes on. Type how long it was (“pitrack stop --spent 45m”), or cancel it.\n",
    )
    assert ok("start") == "Newsletter  since 13:02  0 min\n"
    assert ok("stop", "--cancel") == "Timer of Newsletter cancelled: nothing was booked.\n"


def test_a_second_start_is_refused(ok, run, clock: Clock) -> None:
    ok("start", "news")
    result = run("start", "news")
    assert (result.exit_code, result.stderr) == (
        1,
        "The timer of Newsletter is running already. Stop or cancel it first.\n",
    )


def test_a_fixed_day_has_the_time_of_the_real_one(ok, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PITRACK_TODAY", "2026-11-22")
    monkeypatch.setenv("PITRACK_NOW", "2031-05-05T10:00:00+09:00")
    ok("start", "news")
    monkeypatch.setenv("PITRACK_NOW", "2031-05-05T10:20:00+09:00")
    assert ok("stop") == "Timer of Newsletter stopped: 20 min booked.\n"
    assert ok("undo") == "Undid: stopped the timer of Newsletter, Sun 2026-11-22.\n"


def test_a_moment_that_is_none(run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PITRACK_NOW", "2026-11-22T10:00:00")
    result = run("today")
    assert result.stderr == (
        "“2026-11-22T10:00:00” does not work as PITRACK_NOW: type a moment like 2026-11-22T04:05:00Z.\n"
    )
