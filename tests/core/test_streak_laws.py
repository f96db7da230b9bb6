"""Streaks of every kind of schedule against the rules told a second time (``oracle``), and the laws they keep."""

import datetime as dt
import random
from decimal import Decimal
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from pitrack.core.model import Habit, HabitKind, History, Mark, Rule, Schedule
from pitrack.core.schedules import period_of, unit_of
from pitrack.core.streaks import current_period, timeline
from pitrack.core.strength import strength
from tests.core.habits import DAILY, after, d, every, habit, marks, monthly, on, rule, weekly, window
from tests.core.memory import history
from tests.core.oracle import ONE, Oracle

START = d("2027-12-06")  # a Monday; the days up to the leap day of 2028 and past it are drawn from
MARKS: dict[str, Mark] = {"y": "yes", "n": "no", "s": "skip", "2": Decimal(2), "5": Decimal(5), "0": Decimal(0)}

WINDOWS = st.integers(1, 9).flatmap(lambda within: st.builds(window, st.integers(1, within), st.just(within)))
SCHEDULES = st.one_of(
    st.just(DAILY),
    st.builds(lambda days: on(*days), st.sets(st.integers(1, 7), min_size=1)),
    st.builds(weekly, st.integers(1, 7)),
    st.builds(monthly, st.sampled_from([1, 2, 5, 20, 31])),
    WINDOWS,
    st.builds(every, st.integers(1, 8), st.sampled_from([None, "2027-12-09", "2028-03-01"])),
    st.builds(after, st.integers(1, 8)),
)


@st.composite
def rules(draw: st.DrawFn) -> tuple[Rule, ...]:
    found: dict[dt.date, Rule] = {}
    for offset in [0, *draw(st.lists(st.integers(1, 60), max_size=3))]:
        kind: HabitKind = draw(st.sampled_from(["yes_no", "yes_no", "at_least", "at_most"]))
        target = None if kind == "yes_no" else draw(st.sampled_from([0, 2, 3]))
        found[START + offset * ONE] = rule((START + offset * ONE).isoformat(), draw(SCHEDULES), kind, target)
    return tuple(found[since] for since in sorted(found))


PIECES = ["yyyyyyy", "yy_yy_y", "y__y__", "y______", "ysyssy", "yn", "_", "s", "2505", "5555555"]


@st.composite
def histories(draw: st.DrawFn) -> History:
    """Up to 80 days around the start, back-filled ones before it among them, and up to three pauses."""
    first = START + draw(st.sampled_from([0, 0, 0, -1, -3, -9])) * ONE
    letters = "".join(draw(st.lists(st.sampled_from(PIECES), min_size=1, max_size=14)))
    ranges = draw(st.lists(st.tuples(st.integers(-5, 80), st.sampled_from([1, 2, 7, 20, 3000])), max_size=3))
    found = {(first + n * ONE).toordinal(): MARKS[letter] for n, letter in enumerate(letters) if letter in MARKS}
    paused = sorted((START.toordinal() + begin, START.toordinal() + begin + days) for begin, days in ranges)
    return History(found, paused=tuple(paused))


HABITS = st.builds(lambda given, absent: habit(*given, absent_is_success=absent), rules(), st.booleans())
DAYS = st.integers(0, 85).map(lambda n: START + n * ONE)
WEEK_STARTS = st.sampled_from([1, 1, 7, 7, 3])


def breaks_in(of: Habit, past: History, day: dt.date, week_start: int = 1) -> int | None:
    return current_period(of, past, day, week_start).breaks_in(timeline(of, past, day, week_start).current)


def with_mark(past: History, day: dt.date, mark: Mark) -> History:
    return History({**past.marks, day.toordinal(): mark}, paused=past.paused)


@given(HABITS, histories(), DAYS, WEEK_STARTS)
def test_streaks_are_what_the_rules_say(of: Habit, past: History, day: dt.date, week_start: int) -> None:
    judged, told = timeline(of, past, day, week_start), Oracle(of, past, day, week_start)
    assert judged.verdicts == told.verdicts
    assert (judged.current, judged.best) == (told.current, told.best)
    assert list(judged.runs()) == told.runs()
    for days in (1, 7, 30):
        assert judged.rate(days) == told.rate(days)


@given(HABITS, histories(), DAYS, WEEK_STARTS)
def test_what_is_due_and_at_stake_is_what_the_rules_say(
    of: Habit, past: History, day: dt.date, week_start: int
) -> None:
    told = Oracle(of, past, day, week_start)
    period = current_period(of, past, day, week_start)
    assert period.due == told.due
    assert period.breaks_in(told.current) == told.breaks_in


@given(HABITS, histories(), DAYS, WEEK_STARTS, st.randoms(use_true_random=False))
def test_the_order_of_check_ins_does_not_matter(
    of: Habit, past: History, day: dt.date, week_start: int, randomly: random.Random
) -> None:
    shuffled = list(past.marks.items())
    randomly.shuffle(shuffled)
    other = History(dict(shuffled), paused=past.paused)
    assert timeline(of, other, day, week_start) == timeline(of, past, day, week_start)
    assert current_period(of, other, day, week_start) == current_period(of, past, day, week_start)


@given(HABITS, histories(), DAYS, st.integers(0, 85), st.sampled_from("yns25"))
def test_a_back_fill_is_as_if_it_was_entered_that_day(
    of: Habit, past: History, day: dt.date, back: int, letter: str
) -> None:
    filled = START + back * ONE
    in_time = with_mark(past, filled, MARKS[letter])
    without = History({n: mark for n, mark in past.marks.items() if n != filled.toordinal()}, paused=past.paused)
    timeline(of, without, day, 1)  # a habit that was looked at before
    later = with_mark(without, filled, MARKS[letter])
    assert timeline(of, later, day, 1) == timeline(of, in_time, day, 1)
    assert strength(of, later, day, 1) == strength(of, in_time, day, 1)


@given(
    st.one_of(st.just(DAILY), st.builds(after, st.integers(1, 5)), WINDOWS),
    st.text("yn_", max_size=40),
    st.integers(0, 40),
    st.booleans(),
)
def test_a_skipped_or_paused_day_is_as_if_it_never_existed(
    schedule: Schedule, letters: str, at: int, is_paused: bool
) -> None:
    at = min(at, len(letters))
    of, first = habit(rule(START.isoformat(), schedule)), START.isoformat()
    plain, day = history(marks(first, letters)), START + len(letters) * ONE
    extra = START + at * ONE
    if is_paused:
        more = history(marks(first, letters[:at] + "n" + letters[at:]), (extra, extra + ONE))
    else:
        more = history(marks(first, letters[:at] + "s" + letters[at:]))
    before, later = timeline(of, plain, day, 1), timeline(of, more, day + ONE, 1)
    assert later.verdicts == before.verdicts[:at] + "." + before.verdicts[at:]
    assert (later.current, later.best) == (before.current, before.best)
    if at < len(letters):  # a skip ahead of the shown day is another matter
        assert breaks_in(of, more, day + ONE) == breaks_in(of, plain, day)


@given(HABITS, histories(), DAYS, WEEK_STARTS)
def test_a_streak_is_never_longer_than_what_was_due(of: Habit, past: History, day: dt.date, week_start: int) -> None:
    judged = timeline(of, past, day, week_start)
    lengths = [run.length for run in judged.runs()]
    assert judged.current <= judged.best <= len(judged.verdicts.replace(".", ""))
    assert judged.best == max(lengths, default=0)
    assert judged.current in (0, lengths[-1] if lengths else 0)
    assert sum(lengths) == judged.verdicts.count("+")
    assert all(before.last < run.first for before, run in pairwise(judged.runs()))
    assert all(run.first <= run.last <= day for run in judged.runs())
    for days in (1, 10, 100):
        met, due = judged.rate(days)
        assert 0 <= met <= due <= days


@given(HABITS, histories(), DAYS, WEEK_STARTS, st.sampled_from("yns_25"))
def test_today_never_breaks_a_streak(of: Habit, past: History, day: dt.date, week_start: int, letter: str) -> None:
    """Whatever is answered today, the past stays as it was, and the streak is no shorter than it."""
    unanswered = History({n: mark for n, mark in past.marks.items() if n != day.toordinal()}, paused=past.paused)
    answered = unanswered if letter == "_" else with_mark(unanswered, day, MARKS[letter])
    judged = timeline(of, answered, day, week_start)
    before = judged.verdicts[:-1]
    assert timeline(of, unanswered, day, week_start).verdicts[:-1] == before
    assert judged.verdicts[-1] != "-"
    assert judged.current - before.rpartition("-")[2].count("+") in (0, 1)


@given(st.one_of(st.just(DAILY), st.builds(after, st.integers(1, 6)), WINDOWS), st.lists(st.sampled_from(PIECES)))
def test_a_streak_breaks_when_its_last_day_has_ended(schedule: Schedule, pieces: list[str]) -> None:
    letters = "".join(pieces) + "y" * 9
    of, past = habit(rule(START.isoformat(), schedule)), history(marks(START.isoformat(), letters))
    day = START + len(letters) * ONE
    streak, left = timeline(of, past, day, 1).current, breaks_in(of, past, day)
    assert left is not None
    last = day + left * ONE
    assert breaks_in(of, past, last) == 0
    assert timeline(of, past, last, 1).current >= streak
    assert timeline(of, past, last + ONE, 1).current == 0
    assert timeline(of, with_mark(past, last, "yes"), last + ONE, 1).current > streak


@given(
    st.one_of(st.builds(weekly, st.integers(1, 7)), st.builds(monthly, st.integers(1, 31))),
    st.integers(0, 31),
    st.text("y__s", max_size=30),
)
def test_a_week_or_month_is_kept_from_its_last_chance_on(schedule: Schedule, gone: int, letters: str) -> None:
    of = habit(rule("2027-11-01", schedule))
    begin, end = period_of(unit_of(schedule), d("2027-12-31").toordinal(), 1)
    day = dt.date.fromordinal(min(begin + gone, end - 1))
    known = marks("2027-11-01", "y" * (begin - d("2027-11-01").toordinal()) + letters[: day.toordinal() - begin + 1])
    left = breaks_in(of, history(known), day)
    streak = timeline(of, history(known), day, 1).current

    def kept_from(number: int) -> bool:
        later = known | {dt.date.fromordinal(n): "yes" for n in range(day.toordinal() + number, end)}
        return timeline(of, history(later), dt.date.fromordinal(end), 1).current > streak

    if left is None:  # met, exempt, or nothing helps any more
        assert timeline(of, history(known), day, 1).verdicts[-1] in "+." or not kept_from(1)
    else:
        assert kept_from(left)
        assert not kept_from(left + 1)
