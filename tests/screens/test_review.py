"""The review of a week and of a month, driven by keys, over a real book."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Static

from pitrack.app import PitrackApp
from pitrack.core.days import Month
from pitrack.screens.dialogs.review import ReviewDialog
from pitrack.screens.plan.review import ReviewScreen
from pitrack.screens.plan.screen import PlanScreen
from pitrack.screens.streams.close import CloseScreen
from pitrack.screens.today.habit import Page
from pitrack.store.book import Book
from pitrack.store.clock import DayClock
from pitrack.widgets.bars import KeyLine
from pitrack.widgets.choice import Choice
from pitrack.widgets.pieces import Lines
from tests.screens.test_assets import told
from tests.screens.test_metrics import SIZES, japanese, open_book
from tests.screens.test_streams import press, settle

__all__ = ["japanese", "open_book"]
TODAY = dt.date(2026, 11, 22)


def lines(app: PitrackApp) -> list[str]:
    shown = ("".join(text for text, _role in line) for line in app.screen.query_one(Page).shown)
    return [" ".join(line.split()) for line in shown if line.strip()]


def title(app: PitrackApp) -> str:
    return " ".join(told(app, "title")[0].split())


async def test_a_week_is_looked_back_on(app: PitrackApp) -> None:
    async with app.run_test(size=(80, 40)) as pilot:
        await press(pilot, "4", "w")
        assert isinstance(app.screen, ReviewScreen)
        assert app.screen.styles.background.a == 1  # nothing of the screen beneath shows
        assert title(app) == "Week 47, 2026 16 Nov to 22 Nov not over yet"
        shown = lines(app)
        assert shown[0] == "enter writes down one lesson and what comes next."
        assert shown[1] == "Done"
        # photos: five on six days, but three on the 20th and 24 days before; the other ones were not answered
        assert shown[2].endswith("6 of 12, 50%")
        assert "Upload photos 5 of 6 ended after 3 days" in shown
        assert "写真の整理 1 of 6" in shown
        assert "$0.00 $0.00 the week before" in shown
        await press(pilot, "v")
        assert title(app) == "November 2026 1 Nov to 30 Nov not over yet"
        assert "Stock photos $812.00" in lines(app)
        await press(pilot, "left")
        assert title(app) == "October 2026 1 Oct to 31 Oct"
        assert "$1,120.00 +12.0% $1,000.00 the month before" in lines(app)
        await press(pilot, "m")
        assert "$" not in "".join(lines(app))
        await press(pilot, "right", "right", "v", "escape")
        assert isinstance(app.screen, PlanScreen)


async def test_no_period_after_that_of_today(app: PitrackApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "4", "w", "right", "right")
        assert title(app).startswith("Week 47, 2026")
        await press(pilot, "left", "left", "right", "v")
        assert title(app).startswith("November 2026")


async def test_a_lesson_is_one_change(app: PitrackApp, book: Book) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "4", "w", "enter")
        form = app.screen
        assert isinstance(form, ReviewDialog)
        await press(pilot, "enter")
        assert str(form.query_one("#field-lesson .-said", Static).render()) == "Write one line, or press escape."
        await press(pilot, *"Mornings")
        form.query_one(Choice).choose("execution")
        form.query_one("#field-focus Input", Input).value = "Ask sponsors"
        await press(pilot, "enter")
        written = book.snapshot().reviews["week|2026-W47"]
        assert (written.done, written.lesson, written.kind, written.focus) == (
            TODAY,
            "Mornings",
            "execution",
            "Ask sponsors",
        )
        assert title(app).endswith("reviewed")
        assert lines(app)[:2] == ["Lesson Mornings (execution)", "Next focus Ask sponsors"]
        await press(pilot, "enter", *" win", "enter")
        assert book.snapshot().reviews["week|2026-W47"].lesson == "Mornings win"
        await press(pilot, "u", "u")
        assert not book.snapshot().reviews["week|2026-W47"].done
        assert not title(app).endswith("reviewed")
        await press(pilot, "U", "v")
        assert "Week 47, 2026 execution" in lines(app)
        assert lines(app)[-1] == "Mornings"


async def test_the_focus_of_the_week_before_is_told(app: PitrackApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "4", "w", "left", "enter", "tab", "tab")
        await press(pilot, *"Winter", "enter", "right")
        assert lines(app)[0] == "The focus was Winter"


async def test_the_close_ends_with_the_lesson_of_its_month(app: PitrackApp, book: Book) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "3", "C", "C")
        assert isinstance(app.screen, ReviewDialog)
        assert app.screen.title_text() == "What it taught: October 2026"
        below = app.screen_stack[-2]
        assert isinstance(below, CloseScreen)
        assert "October 2026 is closed" in "".join(text for text, _role in below.query_one("#head", Lines).lines[0])
        await press(pilot, *"Ask earlier", "enter")
        assert not isinstance(app.screen, CloseScreen | ReviewDialog)
        assert book.snapshot().closed_months == {Month(2026, 10)}
        assert book.snapshot().reviews["month|2026-10"].lesson == "Ask earlier"
        await press(pilot, "C")
        assert told(app, "head") == ["October 2026 is closed", "Lesson: Ask earlier"]
        await press(pilot, "w", *"!", "enter")
        assert told(app, "head")[1] == "Lesson: Ask earlier!"
        # what is written already is not asked for again
        await press(pilot, "C", "C")
        assert not isinstance(app.screen, CloseScreen | ReviewDialog)
        await press(pilot, "u", "u")
        assert book.snapshot().closed_months == {Month(2026, 10)}


async def test_the_command_that_closes_asks_too(app: PitrackApp, book: Book) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "colon")
        await press(pilot, *"close the last")
        await pilot.pause(0.3)
        await press(pilot, "enter")
        await settle(pilot)
        assert isinstance(app.screen, ReviewDialog)
        await press(pilot, *"Fewer, longer mornings", "enter")
        assert book.snapshot().closed_months == {Month(2026, 10)}
        assert book.snapshot().reviews["month|2026-10"].lesson == "Fewer, longer mornings"
        assert app.screen.query_one(KeyLine).said[0] == "October 2026 is closed. u opens it again."


async def test_an_empty_book_says_where_to_begin(empty_book: Book) -> None:
    app = PitrackApp(empty_book, DayClock(TODAY))
    async with app.run_test(size=(44, 30)) as pilot:
        await press(pilot, "4", "w")
        assert "No action asked anything. 1 shows the" in lines(app)
        await press(pilot, "down", "pagedown", "end", "home", "v", "left", "escape")
        assert isinstance(app.screen, PlanScreen)


async def _week(pilot: Pilot[None]) -> None:
    await press(pilot, "4", "w")
    await settle(pilot)


async def _month(pilot: Pilot[None]) -> None:
    await press(pilot, "4", "w", "v", "left")
    await settle(pilot)


async def _form(pilot: Pilot[None]) -> None:
    await press(pilot, "4", "w", "left", "enter")
    await settle(pilot)


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
@pytest.mark.parametrize(
    ("kind", "before"),
    [("demo", _week), ("empty", _week), ("demo", _month), ("demo", _form)],
    ids=["week", "empty", "month", "form"],
)
def test_pictures(
    open_book: Callable[[str], PitrackApp], snap_compare: Any, kind: str, before: object, size: tuple[int, int]
) -> None:
    assert snap_compare(open_book(kind), terminal_size=size, run_before=before)


@pytest.mark.usefixtures("japanese")
def test_picture_in_japanese(open_book: Callable[[str], PitrackApp], snap_compare: Any) -> None:
    assert snap_compare(open_book("demo"), terminal_size=(44, 30), run_before=_week)
