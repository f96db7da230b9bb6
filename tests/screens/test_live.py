"""What another device writes appears under the open app: the cursor, the scroll and what is typed stay."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from pitrack.app import PitrackApp
from pitrack.core.model import Rule
from pitrack.screens.today.screen import TodayScreen
from pitrack.store import edits
from pitrack.store.book import Book
from pitrack.widgets.bars import KeyLine
from pitrack.widgets.rows import RowList


async def settled(pilot: Pilot[None]) -> None:
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause(0.15)  # a list of entries follows the cursor after a moment of rest
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def arrive(pilot: Pilot[None], there: Book) -> None:
    """What the other device did reaches the folder, and the app looks."""
    assert isinstance(pilot.app, PitrackApp)
    there.save()
    await pilot.app._look()
    await settled(pilot)


def seen(rows: RowList[object]) -> tuple[str | None, int]:
    """The row under the cursor, and the line of the list on which it is seen."""
    return rows.highlighted_key, rows._line_of(rows.cursor) - rows.scroll_offset.y


def earn(book: Book, day: dt.date, amount: int, note: str) -> None:
    (stream,) = book.snapshot().streams
    book.apply(
        edits.add_entry(
            book.snapshot(), kind="income", day=day, gross=Decimal(amount), currency="USD", stream=stream, note=note
        )
    )


@pytest.fixture
def full(book: Book, today: dt.date) -> Book:
    """More of everything than a screen shows."""
    for n in range(30):
        book.apply(edits.add_habit(book.snapshot(), f"Action {n:02}", Rule(dt.date(2026, 11, 9))))
        book.apply(edits.add_idea(f"Idea {n:02}", today))
        earn(book, today - dt.timedelta(days=n), 10 + n, f"payout {n:02}")
    book.save()
    return book


@pytest.mark.parametrize("size", [(80, 24), (44, 30)])
async def test_today(app: PitrackApp, full: Book, there: Book, today: dt.date, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        await pilot.press("G", *"kkkkkk")
        rows: RowList[object] = app.screen.query_one(RowList)
        before = seen(rows)
        assert rows.scroll_offset.y > 0
        there.refresh()
        first = next(iter(there.snapshot().habits))
        there.apply(edits.check(there.snapshot(), first, today, Decimal(5)))
        there.apply(edits.add_habit(there.snapshot(), "From afar", Rule(today)))
        await arrive(pilot, there)
        assert seen(rows) == before
        assert app.screen.query_one(KeyLine).said[0] == "Merged 3 changes."
        assert len(rows.items) == 34


@pytest.mark.parametrize("size", [(80, 24), (44, 30), (120, 40)])
async def test_the_entries_of_a_long_list(
    app: PitrackApp, full: Book, there: Book, today: dt.date, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        await pilot.press("2")
        await settled(pilot)
        await pilot.press("right", "G", *"kkk")
        await settled(pilot)
        rows: RowList[object] = app.screen.query_one("#entries", RowList)
        before = seen(rows)
        earn(there, today, 5, "from afar")
        await arrive(pilot, there)
        assert seen(rows) == before
        assert len(rows.items) == 34


async def test_a_filter_that_is_being_typed(app: PitrackApp, full: Book, there: Book, today: dt.date) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("2")
        await settled(pilot)
        await pilot.press("slash", *"payout")
        await settled(pilot)
        rows: RowList[object] = app.screen.query_one("#entries", RowList)
        line = app.screen.query_one("#filter", Input)
        assert len(rows.items) == 30
        earn(there, today, 5, "payout from afar")
        earn(there, today, 5, "something else")
        await arrive(pilot, there)
        assert len(rows.items) == 31
        assert (app.focused, line.value, line.cursor_position) == (line, "payout", 6)
        await pilot.press(*" 1")
        await settled(pilot)
        assert line.value == "payout 1"


@pytest.mark.parametrize("key", ["3", "4"])
async def test_progress_and_plan(app: PitrackApp, full: Book, there: Book, today: dt.date, key: str) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(key)
        await settled(pilot)
        lists = list(app.screen.query(RowList))
        lists[-1].focus()
        await pilot.press("G", "k")
        await settled(pilot)
        lists = [rows for rows in lists if rows.highlighted_key is not None]
        before = [seen(rows) for rows in lists]
        assert before
        there.apply(edits.add_stream(there.snapshot(), "From afar"))
        earn_any(there, today)
        there.apply(edits.add_idea("An idea from afar", today - dt.timedelta(1)))  # below those of today
        await arrive(pilot, there)
        assert [seen(rows) for rows in lists] == before
        assert app.snapshot is not None
        assert len(app.snapshot.ideas) == 31


def earn_any(book: Book, day: dt.date) -> None:
    book.apply(edits.add_entry(book.snapshot(), kind="income", day=day, gross=Decimal(5), currency="USD", stream=None))


async def test_a_form_under_typing_is_left_alone(app: PitrackApp, there: Book, today: dt.date) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("a", *"Half a na")
        form, line = app.screen, app.focused
        there.apply(edits.add_habit(there.snapshot(), "From afar", Rule(today)))
        await arrive(pilot, there)
        assert (app.screen, app.focused) == (form, line)
        assert isinstance(line, Input)
        assert line.value == "Half a na"
        await pilot.press(*"me", "enter")
        await settled(pilot)
        assert isinstance(app.screen, TodayScreen)
        names = {action.habit.name for action in app.screen.query_one(RowList).items}
        assert {"From afar", "Half a name"} <= names


async def test_another_book_waits_until_a_form_is_closed(app: PitrackApp, book: Book, other: Book) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("a", *"Half a na")
        form = app.screen
        book.path.write_bytes(other.data)
        await app._look()
        await pilot.pause()
        assert app.screen is form
        await pilot.press("escape")
        await app._look()
        await pilot.pause()
        assert type(app.screen).__name__ == "SyncDialog"
        await pilot.press("escape")
        await app._look()
        await pilot.pause()
        assert isinstance(app.screen, TodayScreen)
