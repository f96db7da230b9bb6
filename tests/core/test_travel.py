import datetime as dt
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pitrack.core.model import Habit, History, Mark, Schedule, Settings
from pitrack.core.streaks import timeline
from pitrack.core.travel import LeftOpen, left_open
from tests.core.habits import DAILY, after, d, every, habit, marks, monthly, on, rule, weekly, window
from tests.core.memory import Memory, by_id, history
from tests.core.test_streak_laws import DAYS, HABITS, ONE, WEEK_STARTS, histories


def book(of: Habit, past: History, week_start: int = 1) -> Memory:
    settings = Settings(store="test", week_start=week_start)
    return Memory(settings=settings, habits=by_id(of), histories={of.id: past})


def travelled(past: History, ended: Iterable[LeftOpen]) -> History:
    """The history with what was left open as pauses."""
    pauses = [(one.first.toordinal(), one.last.toordinal() + 1) for one in ended]
    return History(past.marks, paused=tuple(sorted([*past.paused, *pauses])))


def days(ended: Iterable[LeftOpen]) -> list[tuple[str, str, str]]:
    return [(one.day.isoformat(), one.first.isoformat(), one.last.isoformat()) for one in ended]


MONDAY = ("2026-11-23", "2026-11-23", "2026-11-23")
TUESDAY = ("2026-11-24", "2026-11-24", "2026-11-24")


@pytest.mark.parametrize(
    ("schedule", "letters", "to", "expected"),
    [
        # The shown day is Monday the 23rd.
        (DAILY, "yyyyyyy _", "2026-11-24", [MONDAY]),
        (DAILY, "yyyyyyy n", "2026-11-24", [MONDAY]),
        (DAILY, "yyyyyyy y", "2026-11-24", []),
        (DAILY, "yyyyyyy s", "2026-11-24", []),
        # No 24th ever happened.
        (DAILY, "yyyyyyy _", "2026-11-25", [MONDAY, TUESDAY]),
        (DAILY, "yyyyyyy y", "2026-11-25", [TUESDAY]),
        (DAILY, "yyyyyyy _", "2026-11-23", []),
        (DAILY, "yyyyyyy _", "2026-11-22", []),
        (on(2, 4), "_y_y___ _", "2026-11-24", []),
        (on(2, 4), "_y_y___ _", "2026-11-25", [TUESDAY]),
        (every(7), "y______ _", "2026-11-24", [MONDAY]),
        (every(7), "y______ _", "2026-11-25", [MONDAY]),
        (window(2, 3), "yyyyyyy _", "2026-11-24", [MONDAY]),
        (after(3), "yyyyy__ _", "2026-11-24", [MONDAY]),
        # A week has other days, unless they do not suffice.
        (weekly(2), "yy_____ _", "2026-11-24", [MONDAY]),
        (weekly(7), "yyyyyyy _", "2026-11-24", [MONDAY]),
        (weekly(6), "yyyyyy_ _", "2026-11-25", [MONDAY, TUESDAY]),
    ],
)
def test_what_a_day_that_ends_before_its_time_leaves_open(
    schedule: Schedule, letters: str, to: str, expected: list[tuple[str, str, str]]
) -> None:
    past = history(marks("2026-11-16", letters.replace(" ", "")))
    shown = book(habit(rule("2026-11-16", schedule)), past)
    assert days(left_open(shown, d("2026-11-23"), d(to))) == expected


@pytest.mark.parametrize(
    ("schedule", "letters", "whole"),
    [
        (weekly(3), "yyy____ y_y___", ("2026-11-29", "2026-11-23", "2026-11-29")),
        (weekly(3), "yyy____ yyy___", None),  # met already
        (weekly(3), "yyy____ y_____", None),  # lost already
    ],
)
def test_a_week_whose_last_chance_was_ended_is_left_open_as_a_whole(
    schedule: Schedule, letters: str, whole: tuple[str, str, str] | None
) -> None:
    of, past = habit(rule("2026-11-16", schedule)), history(marks("2026-11-16", letters.replace(" ", "")))
    ended = list(left_open(book(of, past), d("2026-11-29"), d("2026-11-30")))
    assert days(ended) == [whole or ("2026-11-29",) * 3]
    assert (
        timeline(of, travelled(past, ended), d("2026-11-30"), 1).verdicts
        == {
            "yyy____ y_y___": "+.?",
            "yyy____ yyy___": "++?",
            "yyy____ y_____": "+-?",
        }[letters]
    )


def test_a_month_whose_last_day_never_happened() -> None:
    of = habit(rule("2026-10-01", monthly(1)))
    past = history({d("2026-10-05"): "yes"})
    ended = list(left_open(book(of, past), d("2026-11-30"), d("2026-12-01")))
    assert days(ended) == [("2026-11-30", "2026-11-01", "2026-11-30")]
    assert timeline(of, travelled(past, ended), d("2026-12-01"), 1).verdicts == "+.?"


def test_archived_and_coming_actions_are_left_alone() -> None:
    archived, coming = habit(rule("2026-11-16"), archived=True), habit(rule("2026-11-24"))
    for of in (archived, coming):
        assert days(left_open(book(of, History()), d("2026-11-23"), d("2026-11-24"))) == []


@given(HABITS, histories(), DAYS, st.integers(1, 2), WEEK_STARTS)
def test_a_change_of_zone_never_breaks_a_streak(
    of: Habit, past: History, day: dt.date, jump: int, week_start: int
) -> None:
    """What doing it every day from the ended day on would have kept, doing it from the next day on keeps."""
    arrival, horizon = day + jump * ONE, day + 80 * ONE
    after_it = travelled(past, left_open(book(of, past, week_start), day, arrival))

    def done_from(known: History, first: dt.date, end: dt.date) -> History:
        done: dict[int, Mark] = {
            n: "yes" for n in range(first.toordinal(), end.toordinal()) if known.marks.get(n) != "skip"
        }
        return History({**known.marks, **done}, paused=known.paused)

    def misses(known: History, first: dt.date) -> int:
        return timeline(of, done_from(known, first, horizon), horizon, week_start).verdicts.count("-")

    assert misses(after_it, arrival) <= misses(past, day)
    before = timeline(of, past, day, week_start).current
    if timeline(of, done_from(past, day, arrival), arrival, week_start).current >= before:  # not lost anyway
        assert timeline(of, after_it, arrival, week_start).current >= before
