"""Timers in a book: where the minutes go, two devices, undo."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pitrack.core.changes import Change, Write
from pitrack.core.model import Habit, Rule, Schedule, Stream
from pitrack.store import edits
from pitrack.store.book import Book
from pitrack.store.errors import BookError
from pitrack.store.joining import merge_habits
from pitrack.store.timing import cancel_timer, start_timer, stop_timer
from tests.store.books import DAY, Desk, another_device, desk, exchange

JAN = dt.date(2026, 1, 1)


@pytest.fixture(name="desk")
def _desk(tmp_path: Path) -> Desk:
    return desk(tmp_path)


def at(text: str) -> dt.datetime:
    """A time of Sunday 22 November in Tokyo, or of another day where it is named."""
    day, _sep, time = text.rpartition(" ")
    wall = dt.datetime.fromisoformat(f"{day or DAY.isoformat()}T{time}")
    return (wall - dt.timedelta(hours=9)).replace(tzinfo=dt.UTC)


def habit(book: Book, name: str, rule: Rule, stream: str | None = None) -> Habit:
    change = edits.add_habit(book.snapshot(), name, rule, stream=stream)
    book.apply(change)
    return book.snapshot().habits[change.writes[0].id]


def start(book: Book, thing: Habit | Stream, time: str, **given: Any) -> None:
    book.apply(start_timer(book.snapshot(), book.device, at(time), thing, **given))


def stop(book: Book, thing: Habit | Stream, time: str, spent: int | None = None) -> Change:
    target = f"{'h' if isinstance(thing, Habit) else 's'}:{thing.id}"
    change = stop_timer(book.snapshot(), target, at(time), spent).change
    book.apply(change)
    return change


def amounts(book: Book, habit: Habit) -> dict[str, Decimal | str]:
    return {
        str(dt.date.fromordinal(day)): mark for day, mark in sorted(book.snapshot().history(habit.id).marks.items())
    }


def times(book: Book) -> list[tuple[str, int, str | None, str, str]]:
    return [(str(time.day), time.minutes, time.stream, time.kind, time.task) for time in book.snapshot().times]


def test_a_timer_is_one_record_of_a_target_and_a_device(desk: Desk) -> None:
    book = desk.book
    stream = book.snapshot().streams[desk.stream]
    start(book, stream, "13:02:05", kind="market", task="ads")
    (timer,) = book.snapshot().timers
    assert timer.id == f"s:{stream.id}|{book.device}"
    assert (timer.start, timer.stream, timer.habit) == (at("13:02:05"), stream.id, None)
    assert (timer.kind, timer.task, timer.device) == ("market", "ads", book.device)
    assert book.document.values("timers")[timer.id]["start"] == "2026-11-22T04:02:05Z"
    assert desk.again().snapshot().timers == (timer,)


def test_a_stream_gets_time_of_the_kind_and_task(desk: Desk) -> None:
    book = desk.book
    stream = book.snapshot().streams[desk.stream]
    start(book, stream, "23:30:00", kind="market", task="ads")
    stop(book, stream, "2026-11-23 00:40:00")
    assert times(book) == [
        ("2026-11-22", 30, stream.id, "market", "ads"),
        ("2026-11-23", 40, stream.id, "market", "ads"),
    ]
    assert book.snapshot().timers == ()


def test_the_kind_of_an_earlier_timer_is_not_that_of_the_next(desk: Desk) -> None:
    book = desk.book
    stream = book.snapshot().streams[desk.stream]
    start(book, stream, "10:00:00", kind="learn", task="course")
    stop(book, stream, "10:10:00")
    start(book, stream, "11:00:00")
    stop(book, stream, "11:05:00")
    assert [time[1:] for time in times(book)] == [(10, stream.id, "learn", "course"), (5, stream.id, "make", "")]


@pytest.mark.parametrize(("unit", "amount"), [("min", "25"), ("hours", "0.417")])
def test_a_habit_that_counts_time_gets_an_addition_and_its_stream_no_other(desk: Desk, unit: str, amount: str) -> None:
    book = desk.book
    practise = habit(book, "Practise", Rule(JAN, "at_least", Schedule(), Decimal(1), unit), desk.stream)
    book.apply(edits.check(book.snapshot(), practise.id, DAY, Decimal(2)))
    start(book, practise, "10:00:00")
    stop(book, practise, "10:25:10")
    assert amounts(book, practise) == {"2026-11-22": Decimal(2) + Decimal(amount)}
    assert times(book) == []


def test_days_begin_when_the_book_says(desk: Desk) -> None:
    book = desk.book
    book.apply(edits.edit_settings(book.snapshot(), day_start=3))
    practise = habit(book, "Practise", Rule(JAN, "at_least", Schedule(), Decimal(30), "min"))
    start(book, practise, "2026-11-23 02:30:00")
    stop(book, practise, "2026-11-23 03:10:00")
    assert amounts(book, practise) == {"2026-11-22": Decimal(30), "2026-11-23": Decimal(10)}


def test_the_books_zone_may_change_while_a_timer_runs(desk: Desk) -> None:
    book = desk.book
    practise = habit(book, "Practise", Rule(JAN, "at_least", Schedule(), Decimal(30), "min"))
    start(book, practise, "2026-11-22 20:00:00")
    book.apply(edits.edit_settings(book.snapshot(), zone="Pacific/Honolulu"))  # 1:00 there, the same Sunday
    stop(book, practise, "2026-11-22 21:15:00")
    assert amounts(book, practise) == {"2026-11-22": Decimal(75)}
    start(book, practise, "2026-11-22 18:30:00")  # 23:30 of Saturday in Honolulu
    stop(book, practise, "2026-11-22 19:10:00")
    assert amounts(book, practise) == {"2026-11-21": Decimal(30), "2026-11-22": Decimal(85)}


def test_any_other_habit_gives_time_to_its_stream(desk: Desk) -> None:
    book = desk.book
    words = habit(book, "Write", Rule(JAN, "at_least", Schedule(), Decimal(500), "words"), desk.stream)
    start(book, words, "10:00:00")
    stop(book, words, "10:25:00")
    assert times(book) == [("2026-11-22", 25, desk.stream, "make", "Write")]
    assert amounts(book, words) == {}


@pytest.mark.parametrize("before", [None, "no", "skip"])
def test_a_yes_no_habit_is_checked_off_where_it_is_not_answered(desk: Desk, before: Any) -> None:
    book = desk.book
    sort = habit(book, "Sort", Rule(JAN))
    if before:
        book.apply(edits.check(book.snapshot(), sort.id, dt.date(2026, 11, 23), before))
    start(book, sort, "23:30:00")
    stop(book, sort, "2026-11-23 00:05:00")
    assert amounts(book, sort) == {"2026-11-23": before or "yes"}
    assert times(book) == []


def test_under_half_a_minute_books_nothing_and_answers_nothing(desk: Desk) -> None:
    book = desk.book
    sort = habit(book, "Sort", Rule(JAN), desk.stream)
    start(book, sort, "10:00:00")
    stop(book, sort, "10:00:29")
    assert (amounts(book, sort), times(book), book.snapshot().timers) == ({}, [], ())


def test_one_stop_is_one_undo_that_brings_the_timer_back(desk: Desk) -> None:
    book = desk.book
    sort = habit(book, "Sort", Rule(JAN), desk.stream)
    start(book, sort, "23:30:00")
    (timer,) = book.snapshot().timers
    stop(book, sort, "2026-11-23 00:40:00")
    book.undo()
    assert (book.snapshot().timers, amounts(book, sort), times(book)) == ((timer,), {}, [])
    book.redo()
    assert (book.snapshot().timers, amounts(book, sort)) == ((), {"2026-11-23": "yes"})
    assert [time[:2] for time in times(book)] == [("2026-11-22", 30), ("2026-11-23", 40)]
    book.undo()
    stop(book, sort, "2026-11-23 00:45:00")
    assert [time[:2] for time in times(book)] == [("2026-11-22", 30), ("2026-11-23", 45)]


def test_undo_of_a_start_and_of_a_cancel(desk: Desk) -> None:
    book = desk.book
    stream = book.snapshot().streams[desk.stream]
    start(book, stream, "10:00:00")
    book.undo()
    assert book.snapshot().timers == ()
    start(book, stream, "11:00:00")
    book.apply(cancel_timer(book.snapshot(), f"s:{stream.id}", at("11:30:00")))
    assert (book.snapshot().timers, times(book)) == ((), [])
    book.undo()
    assert [timer.start for timer in book.snapshot().timers] == [at("11:00:00")]


@pytest.mark.parametrize(
    ("spent", "booked"),
    [
        (45, [("2026-11-22", 45)]),  # from the start on
        (130, [("2026-11-22", 100), ("2026-11-23", 30)]),
        (300, [("2026-11-22", 240), ("2026-11-23", 60)]),  # longer than it ran: up to now
    ],
)
def test_how_long_it_really_was(desk: Desk, spent: int, booked: list[tuple[str, int]]) -> None:
    book = desk.book
    stream = book.snapshot().streams[desk.stream]
    start(book, stream, "22:20:00")
    stop(book, stream, "2026-11-23 01:00:00", spent)
    assert [time[:2] for time in times(book)] == booked


def test_a_start_that_lies_ahead_books_nothing_and_stays(desk: Desk) -> None:
    book = desk.book
    stream = book.snapshot().streams[desk.stream]
    start(book, stream, "12:00:00")
    with pytest.raises(BookError) as caught:
        stop(book, stream, "11:00:00")
    assert (caught.value.code, len(book.snapshot().timers)) == ("timer-ahead", 1)
    stop(book, stream, "11:59:50")  # the clocks of two devices differ by seconds
    assert (times(book), book.snapshot().timers) == ([], ())
    book.undo()
    stop(book, stream, "11:00:00", 20)
    assert times(book) == [("2026-11-22", 20, stream.id, "make", "")]


def test_a_forgotten_timer_says_nothing_of_the_work(desk: Desk) -> None:
    book = desk.book
    stream = book.snapshot().streams[desk.stream]
    start(book, stream, "2026-11-10 12:00:00")
    with pytest.raises(BookError) as caught:
        stop(book, stream, "12:00:00")
    assert (caught.value.code, caught.value.details["n"]) == ("timer-forgotten", 12)
    stop(book, stream, "12:00:00", 30)
    assert times(book) == [("2026-11-10", 30, stream.id, "make", "")]


def test_an_entry_holds_no_more_than_a_day(desk: Desk) -> None:
    book = desk.book
    book.apply(edits.edit_settings(book.snapshot(), zone="America/New_York"))
    stream = book.snapshot().streams[desk.stream]
    book.apply(start_timer(book.snapshot(), book.device, dt.datetime(2026, 11, 1, 4, 0, tzinfo=dt.UTC), stream))
    book.apply(stop_timer(book.snapshot(), f"s:{stream.id}", dt.datetime(2026, 11, 2, 5, 0, tzinfo=dt.UTC)).change)
    assert times(book) == [("2026-11-01", 1440, stream.id, "make", "")]


def test_what_cannot_be_timed_is_refused(desk: Desk) -> None:
    book = desk.book
    words = habit(book, "Write", Rule(JAN, "at_least", Schedule(), Decimal(500), "words"))
    stream = book.snapshot().streams[desk.stream]
    start(book, stream, "10:00:00")
    codes = []
    for build in (
        lambda: start_timer(book.snapshot(), book.device, at("10:05:00"), words),
        lambda: start_timer(book.snapshot(), "ffffffff", at("10:05:00"), stream),
        lambda: stop_timer(book.snapshot(), f"h:{words.id}", at("10:05:00")),
        lambda: cancel_timer(book.snapshot(), f"h:{words.id}", at("10:05:00")),
    ):
        with pytest.raises(BookError) as caught:
            build()
        codes.append(caught.value.code)
    assert codes == ["timer-nowhere", "timer-runs", "timer-none", "timer-none"]


def test_records_that_are_no_timers_are_not_shown(desk: Desk) -> None:
    book, good = desk.book, "2026-11-22T04:00:00Z"
    stream = book.snapshot().streams[desk.stream]
    start(book, stream, "10:00:00")
    fine = f"s:{stream.id}|{book.device}"
    for record, begun in {
        "x:a|d": good,
        "h:|d": good,
        "h": good,
        "h:a|d": "2026-11-22",
        "h:b|d": "0001" + good[4:],
    }.items():
        book.apply(Change("hand", (Write("timers", record, {"start": begun}),)))
    assert [timer.id for timer in book.snapshot().timers] == [fine]
    assert len(book.snapshot().invalid()) == 5


# Two devices


@pytest.fixture
def laptop(desk: Desk, tmp_path: Path) -> Book:
    return another_device(desk.book, tmp_path, 1000)


def test_a_timer_is_stopped_on_another_device(desk: Desk, laptop: Book) -> None:
    book = desk.book
    stream = book.snapshot().streams[desk.stream]
    start(book, stream, "10:00:00")
    exchange(book, laptop)
    assert laptop.device != book.device
    stop(laptop, stream, "10:25:00")
    exchange(book, laptop)
    assert ([time[1] for time in times(book)], book.snapshot().timers) == ([25], ())


@pytest.mark.parametrize("unit", ["min", "words"])
def test_two_devices_that_stop_the_same_timer_book_it_once(desk: Desk, laptop: Book, unit: str) -> None:
    book = desk.book
    practise = habit(book, "Practise", Rule(JAN, "at_least", Schedule(), Decimal(10), unit), desk.stream)
    start(book, practise, "23:30:00")
    exchange(book, laptop)
    stop(book, practise, "23:55:00")
    stop(laptop, practise, "2026-11-23 00:20:00")  # later, by the clocks: it holds
    exchange(book, laptop)
    assert book.snapshot().timers == ()
    if unit == "min":
        assert amounts(book, practise) == {"2026-11-22": Decimal(30), "2026-11-23": Decimal(20)}
    else:
        assert [time[:2] for time in times(book)] == [("2026-11-22", 30), ("2026-11-23", 20)]


def test_a_timer_of_either_device_is_one_work_since_the_first_start(desk: Desk, laptop: Book) -> None:
    book = desk.book
    stream = book.snapshot().streams[desk.stream]
    start(book, stream, "10:00:00")
    start(laptop, stream, "10:20:00")
    exchange(book, laptop)
    assert len(book.snapshot().timers) == 2
    stop(book, stream, "10:30:00")
    exchange(book, laptop)
    assert ([time[1] for time in times(laptop)], laptop.snapshot().timers) == ([30], ())


def test_undone_here_and_stopped_there_is_booked_once(desk: Desk, laptop: Book) -> None:
    book = desk.book
    stream = book.snapshot().streams[desk.stream]
    start(book, stream, "10:00:00")
    exchange(book, laptop)
    stop(book, stream, "10:10:00")
    book.undo()
    stop(laptop, stream, "10:25:00")
    exchange(book, laptop)
    if book.snapshot().timers:
        stop(book, stream, "10:40:00")
    assert len(times(book)) == 1


def test_a_merged_habit_takes_its_timer_along(desk: Desk) -> None:
    book = desk.book
    one, into = habit(book, "Sort", Rule(JAN)), habit(book, "Sort photos", Rule(JAN))
    start(book, one, "10:00:00")
    book.apply(merge_habits(book.snapshot(), one.id, into.id))
    assert [(timer.habit, timer.start) for timer in book.snapshot().timers] == [(into.id, at("10:00:00"))]
    book.undo()
    assert [timer.habit for timer in book.snapshot().timers] == [one.id]
