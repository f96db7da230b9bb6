"""A change of the book's zone, over the date line and back, as the pauses that it makes."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from pitrack.core.days import day_of
from pitrack.core.model import Rule, Schedule, Settings
from pitrack.core.pauses import ended_on, running
from pitrack.core.views.today import standing
from pitrack.store import edits
from pitrack.store.book import Book
from pitrack.store.clock import zone_of
from tests.store.books import DAY, Desk, desk

SINCE = dt.date(2026, 11, 16)  # a Monday
SCHEDULES = {
    "day": Schedule(),
    "weekdays": Schedule("weekdays", days=frozenset({5, 6})),
    "week": Schedule("week", 6),
    "month": Schedule("month", 20),
    "window": Schedule("window", 2, within=3),
    "interval": Schedule("interval", within=5),
    "after": Schedule("after", within=1),
}


@pytest.fixture(name="desk")
def _desk(tmp_path: Path) -> Desk:
    return desk(tmp_path)


def at(moment: str) -> Callable[[Settings], dt.date]:
    """Which day it is at a moment (UTC) under some settings."""
    instant = dt.datetime.fromisoformat(moment).replace(tzinfo=dt.UTC)
    return lambda settings: day_of(instant.astimezone(zone_of(settings.zone)).replace(tzinfo=None), settings.day_start)


def travel(book: Book, zone: str, moment: str) -> dt.date:
    """Change the zone at a moment; the day it is there then."""
    book.apply(edits.edit_settings(book.snapshot(), at(moment), zone=zone))
    return at(moment)(book.snapshot().settings)


def streak(book: Book, habit: str, day: dt.date) -> int:
    snap = book.snapshot()
    return standing(snap.habits[habit], snap.history(habit), day, snap.settings.week_start).current


def begin(book: Book, schedule: Schedule, days: int) -> str:
    """A habit done on each of the first days since the Monday."""
    change = edits.add_habit(book.snapshot(), f"Swim {schedule.every}", Rule(SINCE, schedule=schedule))
    book.apply(change)
    habit = change.writes[0].id
    for number in range(days):
        book.apply(edits.check(book.snapshot(), habit, SINCE + dt.timedelta(number), "yes"))
    return habit


@pytest.mark.parametrize("name", SCHEDULES)
def test_a_day_that_never_happened_breaks_no_streak(desk: Desk, name: str) -> None:
    """From Pago Pago at half past eleven on Friday night to Kiritimati, 25 hours ahead: there it is Sunday."""
    book = desk.book
    assert travel(book, "Pacific/Pago_Pago", "2026-11-16T12:00") == SINCE
    habit, friday = begin(book, SCHEDULES[name], 4), dt.date(2026, 11, 20)
    before = streak(book, habit, friday)
    sunday = travel(book, "Pacific/Kiritimati", "2026-11-21T10:30")
    assert sunday == dt.date(2026, 11, 22)
    assert streak(book, habit, sunday) == before
    book.apply(edits.check(book.snapshot(), habit, sunday, "yes"))
    monday = sunday + dt.timedelta(1)
    expected = {"day": 5, "weekdays": 0, "week": 1, "month": 0, "window": 5, "interval": 1, "after": 5}
    assert streak(book, habit, monday) == expected[name]


@pytest.mark.parametrize("name", SCHEDULES)
def test_a_day_that_comes_again_stays_open(desk: Desk, name: str) -> None:
    book = desk.book
    travel(book, "Pacific/Kiritimati", "2026-11-16T12:00")
    habit, saturday = begin(book, SCHEDULES[name], 5), dt.date(2026, 11, 21)
    before = streak(book, habit, saturday - dt.timedelta(1))
    assert at("2026-11-21T09:30")(book.snapshot().settings) == saturday
    friday = travel(book, "Pacific/Pago_Pago", "2026-11-21T09:30")
    assert friday == dt.date(2026, 11, 20)
    assert streak(book, habit, friday) == before
    assert not book.snapshot().history(habit).paused


def test_what_was_done_on_the_day_that_ended_counts_and_the_rest_is_paused(desk: Desk) -> None:
    book = desk.book
    travel(book, "America/Los_Angeles", "2026-11-16T20:00")
    done, left = begin(book, Schedule(), 5), begin(book, Schedule("window", 1, within=1), 4)
    saturday = travel(book, "Asia/Tokyo", "2026-11-20T16:00")  # 08:00 on Friday there, 01:00 on Saturday here
    assert saturday == dt.date(2026, 11, 21)
    assert (streak(book, done, saturday), streak(book, left, saturday)) == (5, 4)
    friday = dt.date(2026, 11, 20).toordinal()
    assert book.snapshot().history(done).paused == ()
    assert book.snapshot().history(left).paused == ((friday, friday + 1),)


def test_a_zone_set_back_takes_the_pauses_back(desk: Desk) -> None:
    book = desk.book
    travel(book, "America/Los_Angeles", "2026-11-16T20:00")
    habit = begin(book, Schedule(), 4)
    travel(book, "Asia/Tokyo", "2026-11-20T16:00")
    assert book.snapshot().history(habit).paused
    travel(book, "America/Los_Angeles", "2026-11-20T16:05")
    assert not book.snapshot().history(habit).paused
    travel(book, "Asia/Tokyo", "2026-11-20T16:10")
    assert book.snapshot().history(habit).paused


def test_it_is_one_change_that_is_undone_whole(desk: Desk) -> None:
    book = desk.book
    travel(book, "America/Los_Angeles", "2026-11-16T20:00")
    habit = begin(book, Schedule(), 4)
    travel(book, "Asia/Tokyo", "2026-11-20T16:00")
    book.undo()
    assert book.snapshot().settings.zone == "America/Los_Angeles"
    assert not book.snapshot().history(habit).paused


def test_a_day_that_starts_earlier_from_now_on_may_end_at_once(desk: Desk) -> None:
    book = desk.book
    book.apply(edits.edit_settings(book.snapshot(), day_start=3))
    habit, late = begin(book, Schedule(), 4), at("2026-11-20T16:30")  # half past one in the night in Tokyo
    assert late(book.snapshot().settings) == dt.date(2026, 11, 20)
    book.apply(edits.edit_settings(book.snapshot(), late, day_start=0))
    saturday = late(book.snapshot().settings)
    assert (saturday, streak(book, habit, saturday)) == (dt.date(2026, 11, 21), 4)


def test_other_settings_pause_nothing(desk: Desk) -> None:
    book = desk.book
    habit = begin(book, Schedule(), 4)
    book.apply(edits.edit_settings(book.snapshot(), at("2026-11-20T03:00"), currency="JPY", zone="Asia/Seoul"))
    assert not book.snapshot().history(habit).paused


def test_travel_is_no_holiday(desk: Desk) -> None:
    """What a change of zone paused is neither ended by hand nor told of as days off."""
    snap = desk.book.snapshot()
    habit = edits.add_habit(snap, "daily", Rule(DAY - dt.timedelta(days=5)))
    desk.book.apply(habit)
    days = iter((DAY, DAY + dt.timedelta(days=2)))
    desk.book.apply(edits.edit_settings(desk.book.snapshot(), lambda _settings: next(days), zone="Pacific/Kiritimati"))
    snap = desk.book.snapshot()
    assert [pause.last for pause in snap.pauses if pause.habit == habit.writes[0].id] == [
        DAY,
        DAY + dt.timedelta(days=1),
    ]
    assert running(snap, DAY + dt.timedelta(days=1), habit.writes[0].id) == ()
    assert ended_on(snap, DAY + dt.timedelta(days=1)) == ()
