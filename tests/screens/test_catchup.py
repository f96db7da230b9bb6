"""Catching up and days off, driven by keys, over a real book."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from textual.pilot import Pilot

from pitrack.app import PitrackApp
from pitrack.core.model import Mark, Rule, Schedule
from pitrack.screens.today.catchup import CatchUpScreen
from pitrack.screens.today.screen import TodayScreen
from pitrack.store import edits
from pitrack.store.book import Book
from pitrack.store.clock import DayClock
from pitrack.widgets.bars import KeyLine
from pitrack.widgets.pieces import Lines

TODAY = dt.date(2026, 11, 22)
WRITE, TIDY = "Write 500 words", "写真の整理"


@pytest.fixture
def book(empty_book: Book) -> Book:
    """Two daily actions, answered until Wednesday 18 November, and one of weeks."""
    since = dt.date(2026, 11, 10)
    rules = {WRITE: Rule(since, "at_least", Schedule(), Decimal(500), "words"), TIDY: Rule(since)}
    for name, rule in rules.items():
        change = edits.add_habit(empty_book.snapshot(), name, rule)
        empty_book.apply(change)
        for day in range(10, 19):
            mark: Mark = Decimal(500) if rule.target else "yes"
            habit = change.writes[0].id
            empty_book.apply(edits.check(empty_book.snapshot(), habit, dt.date(2026, 11, day), mark))
    empty_book.apply(edits.add_habit(empty_book.snapshot(), "Sponsor", Rule(since, schedule=Schedule("week", 2))))
    empty_book.save()
    return empty_book


@pytest.fixture
def app(book: Book) -> PitrackApp:
    return PitrackApp(book, DayClock(TODAY))


async def press(pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settled(pilot)


async def settled(pilot: Pilot[None]) -> None:
    """What a thread counts or writes is shown."""
    await pilot.pause()
    workers = pilot.app.workers
    if running := [worker for worker in workers if worker.group in ("changes", "pauses")]:
        await workers.wait_for_complete(running)
    await pilot.pause()


def notice(app: PitrackApp) -> str:
    assert isinstance(app.screen, TodayScreen)
    return "".join(text for line in app.screen.query_one("#notice", Lines).lines for text, _role in line).strip()


def mark(book: Book, name: str, day: int) -> Mark | None:
    habit = next(habit for habit in book.snapshot().habits.values() if habit.name == name)
    return book.snapshot().history(habit.id).marks.get(dt.date(2026, 11, day).toordinal())


def rows(app: PitrackApp) -> list[tuple[int, str, str]]:
    assert isinstance(app.screen, CatchUpScreen)
    return [(one.day.day, one.habit.name, one.state) for one in app.screen.rows.items]


async def test_days_off_are_offered_first_after_three_days_without_an_answer(app: PitrackApp, book: Book) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        told = notice(app)
        assert told.startswith("Nothing answered since Thu 19 Nov")
        assert told.endswith("p I was away or ill  c catch up")
        await press(pilot, "p", "enter")
        assert notice(app) == "3 days off; all streaks intact."
    pause = book.snapshot().pauses[0]
    assert (pause.first, pause.last, pause.habit) == (dt.date(2026, 11, 19), dt.date(2026, 11, 21), None)


@pytest.mark.parametrize(
    ("width", "keys"), [(44, "p away"), (60, "p away  c catch up"), (80, "p I was away or ill  c catch up")]
)
async def test_the_keys_are_there_at_every_width(app: PitrackApp, width: int, keys: str) -> None:
    async with app.run_test(size=(width, 30)) as pilot:
        await settled(pilot)
        assert notice(app).endswith(f" {keys}")


async def test_a_few_keys_catch_up_with_days(app: PitrackApp, book: Book) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "c")
        assert rows(app) == [(day, name, "absent") for day in (19, 20, 21) for name in (WRITE, TIDY)]
        await press(pilot, "enter", "6", "2", "0", "enter", "s", "X", "D")
        assert [state for _day, _name, state in rows(app)] == ["amount", "skip", "no", "no", "amount", "yes"]
        assert (mark(book, WRITE, 19), mark(book, WRITE, 21)) == (620, 500)
        await press(pilot, "u")
        assert (mark(book, WRITE, 21), mark(book, TIDY, 21), mark(book, TIDY, 20)) == (None, None, "no")
        await press(pilot, "escape")
        assert notice(app).startswith("Yesterday: 2 actions unanswered")


async def test_an_answer_taken_back_does_not_move_the_cursor(app: PitrackApp, book: Book) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "c", "x", "up", "x")
        assert mark(book, WRITE, 19) is None
        assert isinstance(app.screen, CatchUpScreen)
        assert app.screen.rows.cursor == 0


async def test_with_nothing_left_it_is_said(app: PitrackApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "c", "X", "X", "X")
        assert isinstance(app.screen, CatchUpScreen)
        head = app.screen.query_one("#head", Lines).lines[0]
        assert "".join(text for text, _role in head) == " All caught up."
        await press(pilot, "escape")
        assert notice(app) == ""
        await press(pilot, "c")
        assert isinstance(app.screen, TodayScreen)
        assert app.screen.query_one(KeyLine).said[0] == "Nothing is unanswered on the last days."


async def test_an_open_pause_is_ended_with_the_same_key(app: PitrackApp, book: Book) -> None:
    book.apply(edits.add_pause(book.snapshot(), first=dt.date(2026, 11, 19)))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert notice(app).split("  ")[0] == "Days off since Thu 19 Nov"
        assert app.screen.query_one("#day", Lines).lines[0][-1][0] == "nothing due"
        await press(pilot, "p")
        assert book.snapshot().pauses[0].last == dt.date(2026, 11, 21)
        assert notice(app) == "3 days off; all streaks intact."


async def test_days_off_of_one_action(app: PitrackApp, book: Book) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        screen = app.screen
        assert isinstance(screen, TodayScreen)
        screen.rows.move_to_key(next(h.id for h in book.snapshot().habits.values() if h.name == TIDY))
        await press(pilot, "p", "tab", "tab", "right", "enter")
        assert [book.snapshot().habits[pause.habit or ""].name for pause in book.snapshot().pauses] == [TIDY]


@pytest.mark.parametrize(("first", "last"), [("2026-11-20", "2026-11-18"), ("", ""), ("soon", "")])
async def test_days_that_make_no_pause_are_said(app: PitrackApp, book: Book, first: str, last: str) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "p")
        dialog = app.screen
        dialog.query_one("#field-first").entry.value = first  # type: ignore[attr-defined]
        dialog.query_one("#field-last").entry.value = last  # type: ignore[attr-defined]
        await press(pilot, "enter")
        assert app.screen is dialog
        assert book.snapshot().pauses == ()
