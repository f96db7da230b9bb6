"""The timer in the app: started and stopped with one key, and seen on the day's line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from pitrack.app import PitrackApp
from pitrack.core.model import Rule, Schedule
from pitrack.core.views.timers import Running, running
from pitrack.screens.dialogs.time import TimeDialog
from pitrack.screens.dialogs.timer import TimerDialog
from pitrack.screens.streams.screen import StreamsScreen
from pitrack.screens.timing import with_timer
from pitrack.screens.today.screen import TodayScreen
from pitrack.store import edits
from pitrack.store.book import Book
from pitrack.store.clock import DayClock
from pitrack.widgets.bars import KeyLine
from pitrack.widgets.pieces import Line, Lines, width_of

NOON = dt.datetime(2026, 11, 22, 3, 0, tzinfo=dt.UTC)
"""12:00 in Tokyo."""


class Setting:
    """An app whose clock is set by the test."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.clock = DayClock(moment=NOON)
        self.app = PitrackApp(book, self.clock)

    def pass_by(self, **time: int) -> None:
        assert self.clock.moment
        self.clock.moment += dt.timedelta(**time)

    @property
    def today(self) -> TodayScreen:
        assert isinstance(self.app.screen, TodayScreen)
        return self.app.screen

    def day_line(self) -> str:
        (line,) = self.today.query_one("#day", Lines).lines
        return " ".join("".join(text for text, _role in line).split())

    def said(self) -> str:
        return self.app.screen.query_one(KeyLine).said[0]

    def hint(self) -> str:
        return str(self.app.screen.query_one("#field-time .-said").render())

    def title(self) -> str:
        return str(self.app.screen.query_one("VerticalScroll").border_title)

    async def choose(self, pilot: Pilot[None], name: str) -> None:
        rows = self.today.rows
        rows.move_to([action.habit.name for action in rows.items].index(name))
        await pilot.pause()


@pytest.fixture
def setting(book: Book) -> Setting:
    book.apply(
        edits.add_habit(
            book.snapshot(), "Practise", Rule(dt.date(2026, 11, 1), "at_least", Schedule(), Decimal(30), "min")
        )
    )
    return Setting(book)


async def settle(pilot: Pilot[None]) -> None:
    workers = pilot.app.workers
    if waiting := [worker for worker in workers if worker.group in ("changes", "money", "ledger")]:
        await workers.wait_for_complete(waiting)
    await pilot.pause()


def amount(book: Book, name: str) -> object:
    habit = next(habit for habit in book.snapshot().habits.values() if habit.name == name)
    return book.snapshot().history(habit.id).marks.get(dt.date(2026, 11, 22).toordinal())


async def test_t_and_enter_start_a_timer_and_t_and_enter_stop_it(setting: Setting) -> None:
    async with setting.app.run_test(size=(80, 24)) as pilot:
        await setting.choose(pilot, "Practise")
        await pilot.press("t")
        await pilot.pause()
        assert isinstance(setting.app.screen, TimeDialog)
        assert (setting.title(), setting.hint()) == (
            "Book time: Practise",
            "enter with no time starts a timer",
        )
        assert not setting.app.screen.query("#field-stream, #field-kind, #field-task")
        await pilot.press("enter")
        await settle(pilot)
        assert setting.said() == "Timer started: Practise."
        assert setting.day_line().endswith("timer Practise 0 min")
        setting.pass_by(minutes=25, seconds=5)
        await pilot.press("t")
        await pilot.pause()
        assert isinstance(setting.app.screen, TimerDialog)
        assert setting.title() == "Timer: Practise"
        assert setting.hint() == "since 12:00; type a time to correct it"
        assert setting.app.screen.query_one(Input).placeholder == "25 min"
        await pilot.press("enter")
        await settle(pilot)
        assert setting.said() == "Timer of Practise stopped: 25 min booked."
        assert "timer" not in setting.day_line()
        assert (amount(setting.book, "Practise"), setting.book.snapshot().timers) == (Decimal(25), ())
        await pilot.press("u")
        await settle(pilot)
        assert setting.day_line().endswith("timer Practise 25 min")


async def test_a_typed_time_corrects_it(setting: Setting) -> None:
    async with setting.app.run_test(size=(80, 24)) as pilot:
        await setting.choose(pilot, "Practise")
        await pilot.press("t", "enter")
        await settle(pilot)
        setting.pass_by(hours=3)
        await pilot.press("t", *"99h", "enter")
        await pilot.pause()
        assert setting.hint() == "“99h” is not possible: one entry holds from 1 minute to 24 hours."
        await pilot.press("backspace", "backspace", "backspace", *"40")
        await pilot.pause()
        assert setting.hint() == "40 min"
        await pilot.press("enter")
        await settle(pilot)
        assert amount(setting.book, "Practise") == Decimal(40)


async def test_a_timer_is_cancelled_and_left_alone(setting: Setting) -> None:
    async with setting.app.run_test(size=(80, 24)) as pilot:
        await setting.choose(pilot, "写真の整理")
        await pilot.press("t", "enter")
        await settle(pilot)
        setting.pass_by(minutes=10)
        await pilot.press("t", "escape")
        await settle(pilot)
        assert len(setting.book.snapshot().timers) == 1
        await pilot.press("t", *"5", "ctrl+x")
        await settle(pilot)
        assert setting.said() == "Timer of 写真の整理 cancelled: nothing was booked."
        assert (setting.book.snapshot().timers, amount(setting.book, "写真の整理")) == ((), None)


async def test_minutes_that_are_typed_are_added_to_an_action_that_counts_them(setting: Setting) -> None:
    async with setting.app.run_test(size=(80, 24)) as pilot:
        await setting.choose(pilot, "Practise")
        await pilot.press("t", *"20", "enter")
        await settle(pilot)
        assert (amount(setting.book, "Practise"), setting.book.snapshot().times) == (Decimal(20), ())


async def test_minutes_that_are_typed_are_time_of_the_actions_stream(setting: Setting) -> None:
    async with setting.app.run_test(size=(80, 24)) as pilot:
        await setting.choose(pilot, "Upload photos")
        await pilot.press("t", *"1h30", "enter")
        await settle(pilot)
        (time,) = setting.book.snapshot().times
        (stream,) = setting.book.snapshot().streams
        assert (time.minutes, time.stream, time.kind, time.task) == (90, stream, "make", "Upload photos")


async def test_no_timer_of_a_day_that_is_over(setting: Setting) -> None:
    async with setting.app.run_test(size=(80, 24)) as pilot:
        await pilot.press("left", "t", "enter")
        await pilot.pause()
        assert setting.hint() == "Type how long, such as 1h30m or 45."
        assert setting.book.snapshot().timers == ()


async def test_a_stream_has_its_timer_too(setting: Setting) -> None:
    async with setting.app.run_test(size=(120, 40)) as pilot:
        await pilot.press("2")
        await settle(pilot)
        assert isinstance(setting.app.screen, StreamsScreen)
        setting.app.screen.streams.focus()
        await pilot.press("down", "t", "tab", "tab", "m", "a", "r")
        await pilot.pause()
        assert setting.title() == "Book time: Stock photos"
        await pilot.press("enter")
        await settle(pilot)
        assert setting.said() == "Timer started: Stock photos."
        setting.pass_by(minutes=50)
        await pilot.press("t", "enter")
        await settle(pilot)
        (time,) = setting.book.snapshot().times
        assert (time.minutes, time.kind) == (50, "market")


async def test_without_a_stream_there_is_nothing_to_time(setting: Setting) -> None:
    async with setting.app.run_test(size=(120, 40)) as pilot:
        await pilot.press("2")
        await settle(pilot)
        await pilot.press("t", "enter")
        await pilot.pause()
        assert setting.hint() == "Type how long, such as 1h30m or 45; or choose a stream to start its timer."


async def test_the_line_is_drawn_again_only_while_a_timer_runs(setting: Setting) -> None:
    async with setting.app.run_test(size=(80, 24)) as pilot:
        timers = setting.today.running_line
        assert timers._next is None
        await setting.choose(pilot, "Practise")
        await pilot.press("t", "enter")
        await settle(pilot)
        assert timers._next is not None
        setting.pass_by(minutes=3)
        setting.today._draw_day()  # what the timer of the line does
        assert setting.day_line().endswith("timer Practise 3 min")
        await pilot.press("t", "enter")
        await settle(pilot)
        assert timers._next is None


LINE: Line = ((" Sun 22 Nov ", "strong"), ("(Tokyo)", "muted"), ("      ", ""), ("3 open, 2 done", ""))


def runs(book: Book, *names: str) -> tuple[Running, ...]:
    from pitrack.store.timing import start_timer

    for place, name in enumerate(names):
        habit = next(habit for habit in book.snapshot().habits.values() if habit.name == name)
        book.apply(start_timer(book.snapshot(), book.device, NOON + dt.timedelta(minutes=place), habit))
    return running(book.snapshot(), NOON + dt.timedelta(minutes=65))


@pytest.mark.parametrize(
    ("width", "shown"),
    [
        (80, "Sun 22 Nov (Tokyo) 3 open, 2 done timer Upload photos 1 h 5 min +1"),
        (66, "Sun 22 Nov (Tokyo) 3 open, 2 done Upload pho.. 1 h 5 min +1"),
        (44, "Sun 22 Nov (Tokyo) Upload p.. 1 h 5 min +1"),
        (30, "Sun 22 Nov (Tokyo) 3 open, 2 done"),
    ],
)
def test_what_runs_is_seen_wherever_there_is_room(book: Book, width: int, shown: str) -> None:
    line = with_timer(LINE, runs(book, "Upload photos", "写真の整理"), width)
    assert " ".join("".join(text for text, _role in line).split()) == shown
    assert width_of(line) <= max(width, width_of(LINE))


async def test_a_timer_survives_a_closed_terminal(setting: Setting, reopen: Callable[[], Book]) -> None:
    async with setting.app.run_test(size=(44, 30)) as pilot:
        await setting.choose(pilot, "Practise")
        await pilot.press("t", "enter")
        await settle(pilot)
    again = Setting(reopen())
    again.pass_by(minutes=90)
    async with again.app.run_test(size=(44, 30)) as pilot:
        await pilot.pause()
        assert again.day_line().endswith("1 h 30 min")
