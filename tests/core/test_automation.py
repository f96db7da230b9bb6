"""What automations save: mean hours of their task before and since, worked by hand, and the laws of the sum."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pitrack.core.automation import (
    NotSaved,
    Saved,
    State,
    first_whole,
    measured,
    runs_through,
    saved_in,
    state_of,
    told_once,
)
from pitrack.core.building import Automation
from pitrack.core.days import Month
from pitrack.core.model import TimeEntry
from pitrack.core.workmonths import WorkMonths
from tests.core.books import JOB, NEWS, PHOTOS, book, day, time
from tests.core.memory import Memory, by_id

NOV_22 = day("2026-11-22")
OWN = ("news", "photos", "")
LAYOUT = Automation("a1", "tpl", "Template", day("2026-06-01"), stream="news", task="layout")


def monthly(
    first: str, *hours: float, task: str = "layout", stream: str | None = "news", **more: Any
) -> list[TimeEntry]:
    """Hours of a task on the fifth of each month from ``first`` on; months of 0 hours have none."""
    start = Month.parse(first)
    return [
        time(f"{start.shift(n)}-05", round(60 * spent), stream, **({"task": task, "kind": "routine"} | more))
        for n, spent in enumerate(hours)
        if spent
    ]


def every_month(first: str = "2026-01", months: int = 10) -> list[TimeEntry]:
    """An hour of other work in each month, so that each is one in which the log was kept."""
    return monthly(first, *[1] * months, task="write", kind="make")


def log(*times: TimeEntry, of: tuple[Automation, ...] = (LAYOUT,), **more: Any) -> Memory:
    ordered = sorted(times, key=lambda one: (one.day, one.id))
    return book(times=ordered, automations=by_id(*of), **more)


def found(snapshot: Memory, on: dt.date = NOV_22) -> list[Saved]:
    return told_once(measured(snapshot, WorkMonths(snapshot, Month.of(on).shift(-1)), on, OWN))


def test_what_is_saved_is_the_mean_before_less_the_mean_since() -> None:
    # before: March 6, April 9, May 6 -> 7; since: August 2, September 1, October 3 -> 2. January to February, June
    # and July are too far off; November is open.
    hours = (50, 50, 6, 9, 6, 40, 40, 2, 1, 3, 99)
    (one,) = found(log(*monthly("2026-01", *hours), *every_month()))
    assert [str(month) for month in one.before] == ["2026-03", "2026-04", "2026-05"]
    assert [str(month) for month in one.since] == ["2026-08", "2026-09", "2026-10"]
    assert (one.hours_before, one.hours_since, one.hours) == (7, 2, 5)
    assert (one.state, one.why, one.counts) == ("running", "", True)


def test_a_month_in_which_it_began_or_ended_counts_on_neither_side() -> None:
    # It began on 15 June: June is not before it, and the first month since is July. Before: 6, 9, 6 -> 7; since it ran
    # to 10 October, only July 4, August 2 and September 3 -> 3 are whole.
    one = LAYOUT._replace(since=day("2026-06-15"), until=day("2026-10-10"))
    (saved,) = found(log(*monthly("2026-03", 6, 9, 6, 40, 4, 2, 3, 99), *every_month(), of=(one,)))
    assert (saved.hours_before, saved.hours_since, saved.hours) == (7, 3, 4)
    assert (saved.state, saved.counts) == ("ended", False)


def test_fewer_months_are_taken_where_there_are_fewer() -> None:
    # The log begins in April: before are April 4 and May 6 -> 5. On 3 August only June 1 and July 2 -> 3/2 are since.
    snapshot = log(*monthly("2026-04", 4, 6, 1, 2), *every_month("2026-05", 6))
    (one,) = found(snapshot, day("2026-08-03"))
    assert (one.hours_before, one.hours_since, one.hours) == (5, Fraction(3, 2), Fraction(7, 2))


def test_a_month_without_any_logged_work_tells_nothing() -> None:
    # Nobody kept the log in April and September: before are March 6 and May 4 -> 5, since August 2 and October 3.
    kept = [one for one in every_month() if one.day.month not in (4, 9)]
    (one,) = found(log(*monthly("2026-03", 6, 0, 4, 8, 1, 2, 0, 3), *kept))
    assert (one.hours_before, one.hours_since) == (5, Fraction(5, 2))
    assert [str(month) for month in one.since] == ["2026-08", "2026-10"]


def test_what_takes_longer_than_before_saves_less_than_nothing() -> None:
    (one,) = found(log(*monthly("2026-03", 1, 1, 1, 0, 0, 2, 2, 2), *every_month()))
    assert one.hours == -1


def test_a_task_is_known_however_it_is_written() -> None:
    before = monthly("2026-03", 3, 3, 3, task=" ＬＡＹＯＵＴ")
    (one,) = found(log(*before, *every_month()))
    assert one.hours == 3


@pytest.mark.parametrize(
    ("one", "times", "why"),
    [
        (LAYOUT._replace(task=" "), monthly("2026-03", 1, 1, 1), "no task"),
        (LAYOUT._replace(since=day("2026-12-01")), monthly("2026-03", 1, 1, 1), "not begun"),
        (LAYOUT._replace(since=day("2026-11-05")), monthly("2026-08", 1, 1, 1), "no month since"),
        (LAYOUT, monthly("2026-06", 1, 1, 1), "no month before"),
        (LAYOUT, monthly("2026-03", 1, 1, 1, task="write"), "no time on it"),
        (LAYOUT, monthly("2026-03", 1, 1, 1, stream="photos"), "no time on it"),
        (LAYOUT, monthly("2026-03", 1, 1, 1), "no work since"),  # the log was not kept since
        (LAYOUT, [], "no month before"),
    ],
)
def test_why_it_cannot_be_told_what_is_saved(one: Automation, times: list[TimeEntry], why: NotSaved) -> None:
    (saved,) = found(log(*times, of=(one,)))
    assert (saved.why, saved.hours, saved.counts) == (why, None, False)


def test_on_no_stream_the_task_is_looked_for_everywhere_but_on_the_job() -> None:
    times = [
        *monthly("2026-05", 1),
        *monthly("2026-05", 2, stream="photos"),
        *monthly("2026-05", 4, stream=None),
        *monthly("2026-05", 8, stream="job"),
        *monthly("2026-10", 1, task="write"),
    ]
    (one,) = found(log(*times, of=(LAYOUT._replace(stream=None),)))
    assert one.hours_before == 7


@pytest.mark.parametrize(
    ("since", "until", "archived", "state"),
    [
        ("2026-11-22", None, False, "running"),
        ("2026-11-23", None, False, "planned"),
        ("2026-01-01", "2026-11-22", False, "running"),
        ("2026-01-01", "2026-11-21", False, "ended"),
        ("2026-01-01", None, True, "archived"),
    ],
)
def test_how_an_automation_stands(since: str, until: str | None, archived: bool, state: State) -> None:
    one = LAYOUT._replace(since=day(since), until=day(until) if until else None, archived=archived)
    assert state_of(one, NOV_22) == state


def test_the_months_that_it_ran_through() -> None:
    one = LAYOUT._replace(since=day("2026-06-02"), until=day("2026-08-31"))
    assert str(first_whole(one)) == "2026-07"
    assert [runs_through(one, Month(2026, month)) for month in (6, 7, 8, 9)] == [False, True, True, False]
    # Of one that was put aside nobody knows when it ended, unless it says so.
    assert not runs_through(LAYOUT._replace(archived=True), Month(2026, 7))
    assert runs_through(LAYOUT._replace(archived=True, until=day("2026-08-31")), Month(2026, 7))


def test_a_task_that_two_have_taken_over_is_saved_once() -> None:
    second = LAYOUT._replace(id="a2", since=day("2026-08-01"))
    everywhere = LAYOUT._replace(id="a3", since=day("2026-07-01"), stream=None)
    photos = LAYOUT._replace(id="a4", stream="photos")
    times = [*monthly("2026-03", 6, 6, 6, 3, 3, 3), *monthly("2026-03", 2, 2, 2, stream="photos"), *every_month()]
    saved = {one.automation.id: one for one in found(log(*times, of=(second, LAYOUT, everywhere, photos)))}
    # The first on the newsletter and the one of the photos have it; the one on no stream overlaps with both.
    assert {id_ for id_, one in saved.items() if one.counts} == {"a1", "a4"}
    assert {id_ for id_, one in saved.items() if one.again} == {"a2", "a3"}
    # 6 - (3 + 0 + 0) / 3; (6 + 3 + 3) / 3 - 1; 2 - 0
    assert (saved["a1"].hours, saved["a2"].hours, saved["a4"].hours) == (5, 3, 2)


def test_one_that_cannot_be_measured_does_not_take_the_saving_of_a_later_one() -> None:
    first = LAYOUT._replace(since=day("2026-01-01"))
    second = LAYOUT._replace(id="a2", since=day("2026-06-01"))
    saved = found(log(*monthly("2026-03", 6, 6, 6), *every_month("2026-03", 8), of=(first, second)))
    assert [(one.why, one.counts) for one in saved] == [("no month before", False), ("", True)]


def test_what_was_saved_in_a_month() -> None:
    # Before: 6, 9, 6 -> 7. June took 4, so 3 were saved; July took 9, so -2; May is before it; November is open.
    ended = LAYOUT._replace(until=day("2026-08-31"))
    snapshot = log(*monthly("2026-03", 6, 9, 6, 4, 9, 1, 1), *every_month(), of=(ended,))
    work = WorkMonths(snapshot, Month(2026, 10))
    saved = measured(snapshot, work, NOV_22, OWN)
    assert [saved_in(saved, work, Month(2026, month)) for month in (5, 6, 7, 8, 9)] == [None, 3, -2, 6, None]


def test_the_time_of_a_stream_that_is_gone_is_on_none() -> None:
    one = LAYOUT._replace(stream="gone")
    times = [*monthly("2026-03", 6, 6, 6, stream="gone"), *every_month()]
    (saved,) = found(log(*times, of=(one,), streams=(NEWS, PHOTOS, JOB)))
    assert saved.hours == 6


minutes = st.lists(st.integers(0, 600), min_size=10, max_size=10)


def of_minutes(spent: list[int], factor: int = 1) -> list[TimeEntry]:
    return [time(f"2026-{month:02}-05", factor * n, task="layout") for month, n in enumerate(spent, 1) if n]


@given(minutes, st.integers(1, 5))
def test_twice_the_hours_save_twice_as_much(spent: list[int], factor: int) -> None:
    (once,) = found(log(*of_minutes(spent), *every_month()))
    (scaled,) = found(log(*of_minutes(spent, factor), *every_month()))
    assert scaled.why == once.why
    assert scaled.hours == (None if once.hours is None else factor * once.hours)


@given(minutes, st.randoms())
def test_the_order_of_the_records_is_no_matter(spent: list[int], random: Any) -> None:
    times = [*of_minutes(spent), *every_month()]
    snapshot = log(*times)
    random.shuffle(times)
    assert found(book(times=times, automations=snapshot.automations)) == found(snapshot)


@given(minutes)
def test_months_without_records_before_the_first_change_nothing(spent: list[int]) -> None:
    # A later start of the log is a shorter list; an entry of no minutes is none.
    times = [*of_minutes(spent), *every_month()]
    assert found(log(time("2024-01-05", 0), *times)) == found(log(*times))
