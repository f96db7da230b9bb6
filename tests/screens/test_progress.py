"""Progress: what it says of a book, its keys, its explanations, and how it looks at each size."""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Awaitable, Callable
from decimal import Decimal
from pathlib import Path

import pytest
from textual.pilot import Pilot

from pitrack.app import PitrackApp
from pitrack.core.model import Rule
from pitrack.core.views.income.growth import growth
from pitrack.exchange.demo import demo_tables, write_demo
from pitrack.screens.dialogs.automation import AutomationDialog
from pitrack.screens.dialogs.explain import ExplainScreen
from pitrack.screens.progress.income import Purse
from pitrack.screens.progress.reading import read_income
from pitrack.screens.progress.rows import FigureRows, TableRows
from pitrack.screens.progress.screen import ProgressScreen
from pitrack.screens.progress.table import columns, rows
from pitrack.screens.streams.asset import AssetScreen
from pitrack.store import edits
from pitrack.store.book import Book
from pitrack.store.clock import DayClock
from pitrack.store.format import canonical, read
from pitrack.store.snapshot import BookSnapshot
from pitrack.text import i18n
from pitrack.text.money import percent
from pitrack.text.plain import cells
from pitrack.widgets.glyphs import ASCII
from tests.core.books import NEWS, book, entry

TODAY = dt.date(2026, 11, 22)
WRITTEN = dt.datetime(2026, 11, 22, 4, 2, tzinfo=dt.UTC).timestamp()
GROWN = percent(growth(BookSnapshot(read(canonical(demo_tables(TODAY)))), TODAY).headline.mom)  # type: ignore
SIZES = [(44, 30), (80, 24), (120, 40), (200, 50)]


@pytest.fixture
def demo(tmp_path: Path) -> PitrackApp:
    path = tmp_path / "demo.json"
    write_demo(path, TODAY)
    os.utime(path, (WRITTEN, WRITTEN))
    return PitrackApp(Book.open(path, state=tmp_path / "state"), DayClock(TODAY))


@pytest.fixture
def empty(empty_book: Book) -> PitrackApp:
    os.utime(empty_book.path, (WRITTEN, WRITTEN))
    return PitrackApp(empty_book, DayClock(TODAY))


@pytest.mark.parametrize(("given_back", "shares"), [("25", ["-", "-"]), ("4", ["100.0%", "100.0%"])])
def test_there_is_no_share_where_more_was_given_back_than_came_in(given_back: str, shares: list[str]) -> None:
    entries = [entry("2026-10-10", "10"), entry("2026-10-11", given_back, kind="refund")]
    snapshot = book(entries, (NEWS,))
    reading = read_income(snapshot, TODAY, "USD")  # type: ignore[arg-type]
    table = columns(reading, rows(reading.growth, snapshot.streams), Purse("USD"), ASCII, 120)
    (found,) = (column for column in table.columns if column.heading == "share")
    assert [cell[0][0] for cell in found.cells] == shares


async def opened(pilot: Pilot[None], *keys: str) -> ProgressScreen:
    await pilot.pause()
    for key in ("3", *keys):
        await pilot.press(key)
        await pilot.pause()
    return next(screen for screen in pilot.app.screen_stack if isinstance(screen, ProgressScreen))


def seen(app: PitrackApp) -> list[str]:
    """The lines on the screen, as text."""
    strips = app.screen._compositor.render_strips()
    return [strip.text.rstrip() for strip in strips]


async def test_it_says_what_the_book_says(app: PitrackApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        lines = seen(app)
    assert lines[1] == " October, provisional: $1,120  +$120  +12.0% on September"
    row = next(line.split() for line in lines if "Stock photos" in line)
    assert row == [">", "s", "Stock", "photos", "$1,120", "+$120", "+12.0%", "$1,060", "-", "-", "100.0%"]
    assert any(line.split()[:4] == ["All", "$1,120", "+$120", "+12.0%"] for line in lines)
    assert " November 1-22: $812 against $1,120 by the same day of October" in lines
    assert any("Growing" in line and "too early to say" in line for line in lines)


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_nothing_is_wider_than_the_window_and_the_table_is_whole(demo: PitrackApp, size: tuple[int, int]) -> None:
    async with demo.run_test(size=size) as pilot:
        await opened(pilot)
        lines = seen(demo)
    assert all(cells(line) <= size[0] for line in lines)
    text = "\n".join(lines)
    for wanted in ("October, provisional:", "Streams pay", "Newsletter", "All", "Job", GROWN, "why this number"):
        assert wanted in text
    assert ("The year of actions" in text) == (size[0] >= 110)
    assert ("streaks" in text) == (size[0] >= 180)


@pytest.mark.parametrize("keys", ["", "v", "vv", "vvv"])
async def test_hidden_amounts_leave_no_sum_in_any_view(demo: PitrackApp, keys: str) -> None:
    async with demo.run_test(size=(200, 50)) as pilot:
        await opened(pilot, "m", *keys)
        text = "\n".join(seen(demo))
    assert not re.search(r"[$¥€]", text)
    assert "***" in text


async def test_hidden_amounts_leave_no_sum_on_the_screen(demo: PitrackApp) -> None:
    async with demo.run_test(size=(120, 40)) as pilot:
        await opened(pilot, "m")
        text = "\n".join(seen(demo))
        await pilot.press("enter")
        await pilot.pause()
        why = "\n".join(seen(demo))
    assert "$" not in text
    assert "***" in text
    assert GROWN in text
    assert "$" not in why


async def test_left_and_right_move_the_month(demo: PitrackApp) -> None:
    async with demo.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, "left", "h")
        assert screen.growth
        assert screen.growth.as_of == dt.date(2026, 9, 30)
        assert seen(demo)[1].startswith(" August:")
        assert seen(demo)[1].endswith("as of 30 Sep")
        await pilot.press("l", "right", "right")
        assert screen.growth.as_of == TODAY
        for _ in range(30):
            await pilot.press("left")
        await pilot.pause()
        assert screen.growth.headline
        assert screen.growth.headline.month == screen.growth.months[0].month


async def test_currency_goes_round(demo: PitrackApp) -> None:
    async with demo.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        met = []
        for _ in range(8):
            assert screen.growth
            met.append(screen.growth.currency)
            await pilot.press("c")
        await pilot.pause()
    assert met[0] == "USD"
    assert len(set(met)) > 1
    assert met[len(set(met))] == "USD"


async def test_one_currency_offers_no_other(app: PitrackApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, "c")
        assert screen.growth
        assert screen.growth.currency == "USD"
        assert not any(" c currency" in line for line in seen(app))


async def test_the_other_view_has_the_year_and_the_streaks(app: PitrackApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, "v")
        text = "\n".join(seen(app))
        assert "The year of actions" in text
        assert "写真の整理" in text
        assert "All" not in text
        assert screen.focused
        assert screen.focused.id == "ranking"
        for _view in range(3):
            await pilot.press("v")
            await pilot.pause()
        assert screen.focused.id == "streams"
        assert "October" in seen(app)[1]


async def test_side_by_side_v_goes_to_the_other_list(demo: PitrackApp) -> None:
    async with demo.run_test(size=(200, 50)) as pilot:
        screen = await opened(pilot)
        ids = []
        for _ in range(5):
            assert screen.focused
            ids.append(screen.focused.id)
            assert "October, provisional" in seen(demo)[1]
            await pilot.press("v")
            await pilot.pause()
    assert ids == ["streams", "ranking", "assets", "merits", "streams"]


async def test_enter_explains_a_stream_with_its_numbers(app: PitrackApp) -> None:
    async with app.run_test(size=(80, 40)) as pilot:
        await opened(pilot, "enter")
        assert isinstance(app.screen, ExplainScreen)
        text = "\n".join(seen(app))
        assert "$1,120.00 - $1,000.00 = +$120.00;  +$120.00 / $1,000.00 = +12.0%" in text
        assert "($1,000.00 + $1,120.00) / 2 = $1,060.00" in text
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, ProgressScreen)


async def test_enter_explains_all_streams(demo: PitrackApp) -> None:
    async with demo.run_test(size=(80, 60)) as pilot:
        await opened(pilot, "down", "down", "down", "down", "down", "enter")
        text = "\n".join(seen(demo))
        assert "All streams" in text
        for figure in ("Year's pace", "Growing", "Doubles in", "On last year", "Streams pay", "Real sources"):
            assert figure in text


async def test_tab_goes_to_the_figures_and_enter_explains_the_chosen_one(demo: PitrackApp) -> None:
    async with demo.run_test(size=(80, 30)) as pilot:
        screen = await opened(pilot, "tab", "down", "down", "down")
        rows = screen.query_one(FigureRows)
        assert screen.focused is rows
        assert rows.highlighted_key == "back-catalogue"
        assert any(line.endswith("> Year-old work $470  39.7%") for line in seen(demo))
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(demo.screen, ExplainScreen)
        text = "\n".join(seen(demo))
        assert "Year-old work  39.7%" in text
        assert "$470.12 / $1,184.32 = 39.7%" in text
        assert re.search(r"2026-10-20 +65.55 USD +Stock photos", text)
        await pilot.press("escape", "tab")
        await pilot.pause()
        assert screen.focused
        assert screen.focused.id == "streams"


async def test_every_figure_can_be_chosen_and_explained(demo: PitrackApp) -> None:
    async with demo.run_test(size=(44, 30)) as pilot:
        screen = await opened(pilot, "tab")
        figures = [*screen.query_one(FigureRows).items]
        assert len(figures) == 13
        for figure in figures:
            await pilot.press("enter")
            await pilot.pause()
            assert isinstance(demo.screen, ExplainScreen)
            assert demo.screen.explanation.title == figure.name
            assert all(cells(line) <= 44 for line in seen(demo))
            await pilot.press("escape", "down")
            await pilot.pause()


async def test_the_views_go_round(demo: PitrackApp) -> None:
    said = {
        "actions": "The year of actions",
        "assets": "Autumn set",
        "automation": "The five merits",
        "income": "October, provisional",
    }
    async with demo.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        for name, text in said.items():
            await pilot.press("v")
            await pilot.pause()
            assert screen.view_name == name
            assert text in "\n".join(seen(demo))


async def test_the_merits_of_an_earlier_month_name_it(demo: PitrackApp) -> None:
    async with demo.run_test(size=(44, 30)) as pilot:
        await opened(pilot, "v", "v", "v", "left", "left")
        assert seen(demo)[1] == "The five merits    August 2026  as of 30 Sep"


async def test_records_keep_the_names_of_streams_on_a_phone(demo: PitrackApp) -> None:
    async with demo.run_test(size=(44, 60)) as pilot:
        await opened(pilot, "tab", "enter")
        lines = [line.strip("│ ") for line in seen(demo)]
    at = lines.index("2026-10-25  4,264.33 USD  income")
    assert lines[at + 1] == "Job  Salary"
    assert "Stock photos 写真素材  素材サイト B" in lines


async def test_records_cut_no_note_for_the_names_of_assets(demo: PitrackApp) -> None:
    async with demo.run_test(size=(120, 40)) as pilot:
        await opened(pilot, "tab", "down", "down", "down", "enter")
        lines = [line.strip("│ ") for line in seen(demo)]
    assert "2026-10-20   65.55 USD  Stock photos 写真素材  素材サイト B" in lines
    assert "2025-10-10              Issue: pricing a small service" in lines


async def test_an_asset_opens_its_page(demo: PitrackApp) -> None:
    async with demo.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, "v", "v")
        chosen = screen.query_one("#assets", TableRows).highlighted_key
        await pilot.press("enter")
        await pilot.pause(0.2)
        assert isinstance(demo.screen, AssetScreen)
        assert demo.screen.asset == chosen


async def test_a_merit_is_explained_and_an_automation_opens_its_form(demo: PitrackApp) -> None:
    async with demo.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, "v", "v", "v", "enter")
        assert isinstance(demo.screen, ExplainScreen)
        assert "Efficiency" in "\n".join(seen(demo))
        await pilot.press("escape", "tab")
        await pilot.pause()
        assert screen.focused
        assert screen.focused.id == "automations"
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(demo.screen, AutomationDialog)


async def test_without_automations_the_merits_say_where_one_is_added(app: PitrackApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, "v", "v", "v")
        text = "\n".join(seen(app))
    assert "Efficiency" in text
    assert "Press 4 for Plan, then s to add the first one." in text


async def test_the_chosen_action_shows_its_stream_twice_over_the_same_months(demo: PitrackApp) -> None:
    async with demo.run_test(size=(120, 40)) as pilot:
        await opened(pilot, "v")
        lines = seen(demo)
        assert any(line.startswith(" Actions and income  Stock photos") for line in lines)
        months = [line for line in lines if line.split()[:2] == ["Nov", "Dec"]]
        assert len(months) == 3
        assert months[1] == months[2]
        await pilot.press("down")
        await pilot.pause()
        assert any(line.startswith(" Actions and income  Online course") for line in seen(demo))


async def test_actions_without_any_income_have_no_charts(empty_book: Book) -> None:
    stream = edits.add_stream(empty_book.snapshot(), "Newsletter")
    empty_book.apply(stream)
    rule = Rule(TODAY - dt.timedelta(30))
    empty_book.apply(edits.add_habit(empty_book.snapshot(), "Write", rule, stream=stream.writes[0].id))
    app = PitrackApp(empty_book, DayClock(TODAY))
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(pilot, "v")
        text = "\n".join(seen(app))
        assert "Write" in text
        assert "Actions and income" not in text
        await pilot.press("v", "v")
        await pilot.pause()
        assert "No automation yet." in "\n".join(seen(app))


async def test_a_large_book_is_counted_beside_the_keys(demo: PitrackApp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pitrack.screens.progress.counting.LARGE", 1)
    async with demo.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        await demo.workers.wait_for_complete()
        await pilot.pause()
        assert seen(demo)[1].startswith(" October, provisional: $1,184")
        await pilot.press("left")
        assert screen.growth is None or screen.growth.as_of != TODAY
        await demo.workers.wait_for_complete()
        await pilot.pause()
        assert seen(demo)[1].startswith(" September:")
        await pilot.press("enter")
        await demo.workers.wait_for_complete()
        await pilot.pause()
        assert isinstance(demo.screen, ExplainScreen)


async def test_an_empty_book_says_the_first_key_to_press(empty: PitrackApp) -> None:
    async with empty.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        text = "\n".join(seen(empty))
        assert "No income booked yet." in text
        assert "Press 2 for Streams, then a" in text
        await pilot.press("enter", "left", "v")
        await pilot.pause()
        assert "Press 1 for Today, then a" in "\n".join(seen(empty))


def booked(book: Book, day: dt.date, gross: str, currency: str) -> Book:
    """The book with one more income, of the first stream."""
    snapshot = book.snapshot()
    stream = next(iter(snapshot.streams), None)
    if stream is None:
        change = edits.add_stream(snapshot, "Newsletter")
        book.apply(change)
        stream = change.writes[0].id
    one = edits.add_entry(
        book.snapshot(), kind="income", day=day, gross=Decimal(gross), currency=currency, stream=stream
    )
    book.apply(one)
    return book


@pytest.mark.parametrize("width", [44, 80, 120])
async def test_what_has_no_rate_is_named_with_the_line_to_type(book: Book, width: int) -> None:
    app = PitrackApp(booked(book, dt.date(2026, 10, 7), "30.50", "EUR"), DayClock(TODAY))
    line = "pitrack rate add EUR USD RATE --on 2026-10-07"
    async with app.run_test(size=(width, 40)) as pilot:
        await opened(pilot)
        assert f"Left out for want of a rate: 30.50 EUR. Add it: {line}" in " ".join(" ".join(seen(app)).split())
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, ExplainScreen)
        text = " ".join(" ".join(seen(app)).replace("│", " ").split())
        assert "Left out 30.50 EUR" in text
        assert line in text
        await pilot.press("escape", "m")
        await pilot.pause()
        assert "30.50" not in "\n".join(seen(app))


async def test_the_first_month_shows_what_it_brought_so_far_and_no_shares(empty_book: Book) -> None:
    app = PitrackApp(booked(empty_book, TODAY, "125", "USD"), DayClock(TODAY))
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        lines = seen(app)
    assert lines[1] == " November is the first month. Growth shows from the second complete month on."
    table = [line.split() for line in lines if line.split()[-1:] in (["far"], ["$125"]) and "1-22:" not in line]
    assert table == [["Nov", "so", "far"], [">", "n", "Newsletter", "$125"], ["All", "$125"]]
    assert not any("%" in line for line in lines)
    assert " November 1-22: $125" in lines  # nothing was booked before that it could stand against


async def test_the_sentence_on_the_first_month_is_whole_in_a_narrow_window(empty_book: Book) -> None:
    app = PitrackApp(booked(empty_book, TODAY, "125", "USD"), DayClock(TODAY))
    async with app.run_test(size=(44, 30)) as pilot:
        await opened(pilot)
        said = " ".join(line.strip() for line in seen(app)[1:3])
    assert said == "November is the first month. Growth shows from the second complete month on."


async def test_a_month_that_is_over_is_compared_whole(app: PitrackApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, "left")
        lines = seen(app)
    assert " All of October: $1,120 against $1,000 in September" in lines
    assert not any("by the same day" in line for line in lines)


async def test_a_name_from_the_book_is_literal(app: PitrackApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, "v")
        assert "Write to a [b]sponsor" in "\n".join(seen(app))


async def test_a_change_elsewhere_shows_when_one_comes_back(app: PitrackApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, "v")
        await pilot.press("1")
        assert app.snapshot
        screen.change(edits.add_habit(app.snapshot, "A new one", Rule(TODAY)))
        await pilot.pause(0.2)
        await pilot.press("3")
        await pilot.pause()
        assert "A new one" in "\n".join(seen(app))


Picture = Callable[..., bool]
Before = Callable[[Pilot[None]], Awaitable[None]]


def pressing(*keys: str) -> Before:
    async def before(pilot: Pilot[None]) -> None:
        await opened(pilot, *keys)

    return before


VIEWS = ("income", "actions", "assets", "automation")
at_each_size = pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
of_each_view = pytest.mark.parametrize("view", VIEWS)


@at_each_size
@of_each_view
def test_picture_of(snap_compare: Picture, demo: PitrackApp, view: str, size: tuple[int, int]) -> None:
    assert snap_compare(demo, terminal_size=size, run_before=pressing(*"v" * VIEWS.index(view)))


@at_each_size
@of_each_view
def test_picture_of_an_empty_book(snap_compare: Picture, empty: PitrackApp, view: str, size: tuple[int, int]) -> None:
    assert snap_compare(empty, terminal_size=size, run_before=pressing(*"v" * VIEWS.index(view)))


@of_each_view
def test_picture_without_amounts(snap_compare: Picture, demo: PitrackApp, view: str) -> None:
    assert snap_compare(demo, terminal_size=(80, 24), run_before=pressing("m", *"v" * VIEWS.index(view)))


def test_picture_in_japanese(snap_compare: Picture, demo: PitrackApp) -> None:
    i18n.setup("ja")
    try:
        assert snap_compare(demo, terminal_size=(80, 24), run_before=pressing("c"))
    finally:
        i18n.setup("en")


def test_picture_of_a_figure_explained(snap_compare: Picture, demo: PitrackApp) -> None:
    assert snap_compare(demo, terminal_size=(80, 24), run_before=pressing("tab", "enter"))


def test_picture_of_an_explanation(snap_compare: Picture, demo: PitrackApp) -> None:
    assert snap_compare(demo, terminal_size=(80, 24), run_before=pressing("enter"))
