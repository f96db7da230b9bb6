"""Assets and the work log, driven by keys, over a real book."""

from __future__ import annotations

import datetime as dt
import os
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from pitrack.app import PitrackApp
from pitrack.core.changes import Change
from pitrack.exchange.demo import write_demo
from pitrack.screens.dialogs.asset import AssetDialog
from pitrack.screens.dialogs.time import TimeDialog
from pitrack.screens.streams.asset import AssetScreen
from pitrack.screens.streams.assets import AssetsScreen
from pitrack.screens.streams.screen import StreamsScreen
from pitrack.screens.streams.work_log import WorkLogScreen
from pitrack.store import edits
from pitrack.store.book import Book
from pitrack.store.clock import DayClock
from pitrack.widgets.pieces import Lines
from pitrack.widgets.rows import RowList
from tests.screens.test_streams import press, settle

TODAY = dt.date(2026, 11, 22)
WRITTEN = dt.datetime(2026, 11, 22, 4, 2, tzinfo=dt.UTC).timestamp()
SIZES = {"phone": (44, 30), "default": (80, 24), "wide": (120, 40)}


@pytest.fixture
def library(empty_book: Book) -> Book:
    """Two streams, three assets (one archived), income and time of them."""

    def add(change: Change) -> str:
        empty_book.apply(change)
        return change.writes[0].id

    def earn(day: str, amount: str, **given: Any) -> None:
        fields = {"kind": "income", "currency": "USD", "stream": news} | given
        on = dt.date.fromisoformat(day)
        add(edits.add_entry(empty_book.snapshot(), day=on, gross=Decimal(amount), **fields))

    snap = empty_book.snapshot
    news, books = add(edits.add_stream(snap(), "Newsletter")), add(edits.add_stream(snap(), "電子書籍", currency="JPY"))
    guide = add(edits.add_asset(snap(), "Guide [b]one", stream=news, published=dt.date(2025, 11, 1), minutes=600))
    hon = add(edits.add_asset(snap(), "写真の本 \x1b[31m", stream=books, published=dt.date(2026, 6, 1)))
    old = add(edits.add_asset(snap(), "Old course", stream=news))
    add(edits.edit_asset(snap(), old, archived=True))
    earn("2026-10-02", "100", asset=guide, fee=Decimal(10), units=Decimal(2))
    earn("2026-10-20", "20", asset=guide, kind="refund")
    earn("2026-11-02", "9000", asset=hon, stream=books, currency="JPY")
    earn("2026-11-03", "7", stream=news)
    add(edits.add_time(snap(), day=dt.date(2026, 11, 1), minutes=120, stream=news, asset=guide, task="edit"))
    add(edits.add_time(snap(), day=dt.date(2026, 10, 1), minutes=45, stream=books, kind="learn", note="covers"))
    empty_book.save()
    os.utime(empty_book.path, (WRITTEN, WRITTEN))
    return empty_book


@pytest.fixture
def app(library: Book) -> PitrackApp:
    return PitrackApp(library, DayClock(TODAY))


async def opened(pilot: Pilot[None], *keys: str) -> None:
    await press(pilot, "2")
    for key in keys:
        await press(pilot, key)


def seen(app: PitrackApp) -> list[str]:
    rows = app.screen.query_one(RowList)
    lines = [rows.render_line(y).text.strip() for y in range(rows.size.height)]
    return [" ".join(line.split()) for line in lines if line]


def told(app: PitrackApp, lines_id: str) -> list[str]:
    lines = app.screen.query_one(f"#{lines_id}", Lines).lines
    return ["".join(text for text, _role in line).strip() for line in lines]


def names(app: PitrackApp) -> list[str]:
    return [line.asset.name[:5] for line in app.screen.query_one(RowList).items]


async def test_the_list_tells_what_each_brought(app: PitrackApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(pilot, "v")
        assert isinstance(app.screen, AssetsScreen)
        assert " ".join(told(app, "title")[0].split()) == "Assets of all streams 2 assets, by lifetime income"
        rows = seen(app)
        # 100 - 20; 80 - 10 over 12 hours
        assert "Guide [b]one Newsletter 2025-11-01 12.0 $80.00 $80.00 $5.83" in rows[1]
        assert rows[2].startswith("写真の本 \\x1b[31m 電子書籍 2026-06-01 ¥9,000 ¥9,000 -")
        assert rows[3] == "ARCHIVED"
        await press(pilot, "m")
        assert "$" not in "".join(seen(app))


async def test_assets_are_sorted_three_ways(app: PitrackApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, "v")
        # 9,000 yen have no rate in dollars here
        assert names(app) == ["Guide", "写真の本 ", "Old c"]
        await press(pilot, "s")
        assert names(app) == ["写真の本 ", "Guide", "Old c"]
        await press(pilot, "s")
        assert names(app) == ["Guide", "写真の本 ", "Old c"]


async def test_one_stream_or_all(app: PitrackApp) -> None:
    async with app.run_test(size=(44, 30)) as pilot:
        await opened(pilot, "down", "down")
        await pilot.pause(0.15)
        await press(pilot, "v")
        assert names(app) == ["写真の本 "]
        assert told(app, "title")[0].startswith("Assets of 電子書籍")
        await press(pilot, "v")
        assert len(names(app)) == 3
        await press(pilot, "escape")
        assert isinstance(app.screen, StreamsScreen)


async def test_an_asset_is_added_edited_archived_and_deleted(app: PitrackApp, library: Book) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, "v", "a")
        form = app.screen
        assert isinstance(form, AssetDialog)
        await pilot.press(*"Set")
        for name, typed in (("published", "2026-11-01"), ("hours", "１２")):
            form.field(name).entry.focus()
            await pilot.pause()
            form.field(name).entry.value = typed
        await press(pilot, "enter")
        added = next(one for one in library.snapshot().assets.values() if one.name == "Set")
        assert (added.minutes, added.published, added.stream) == (720, dt.date(2026, 11, 1), None)
        assert app.screen.query_one(RowList).highlighted_key == added.id
        await press(pilot, "a", *"set")
        said = app.screen.query_one("#field-name .-said", Static)
        assert (str(said.render()), said.has_class("-warn")) == ("There is an asset of that name already.", True)
        await press(pilot, "escape", "e")
        assert str(app.screen.query_one("#field-name .-said", Static).render()) == ""
        await press(pilot, *" 2", "enter")
        assert library.snapshot().assets[added.id].name == "Set 2"
        await press(pilot, "A")
        assert library.snapshot().assets[added.id].archived
        await press(pilot, "d")
        assert added.id not in library.snapshot().assets
        await press(pilot, "u", "u")
        assert not library.snapshot().assets[added.id].archived


async def test_a_page_holds_figures_entries_and_time(app: PitrackApp, library: Book) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, "v", "enter")
        assert isinstance(app.screen, AssetScreen)
        figures = told(app, "figures")
        assert figures[:2] == ["Guide [b]one", "Newsletter, published 2025-11-01, 12 months old"]
        words = "   ".join(figures)
        for fact in (
            "income $80.00",
            "fees and costs $10.00",
            "net $70.00",
            "hours 12.0",
            "net per hour $5.83",
            "units 2",
        ):
            assert fact in words
        rows = seen(app)
        assert rows[0] == "ENTRIES 2"
        assert "refund" in rows[1]
        assert rows[3:] == ["TIME 1", "2026-11-01 2 h making edit"]
        await press(pilot, "end", "d")
        assert len(library.snapshot().times) == 1
        await press(pilot, "u", "home", "enter")
        await press(pilot, "ctrl+s")
        assert isinstance(app.screen, AssetScreen)
        await press(pilot, "d")
        assert len(library.snapshot().entries) == 3


async def test_income_booked_on_a_page_names_the_asset(app: PitrackApp, library: Book) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, "v", "enter", "a")
        await press(pilot, *"42", "enter")
        entry = max(library.snapshot().entries, key=lambda entry: entry.id)
        assert (entry.gross, library.snapshot().assets[entry.asset or ""].name) == (42, "Guide [b]one")
        await press(pilot, "t")
        await press(pilot, *"30m", "enter")
        time = max(library.snapshot().times, key=lambda time: time.id)
        assert (time.minutes, time.asset) == (30, entry.asset)


async def test_a_page_whose_asset_goes_closes(app: PitrackApp, library: Book) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, "v", "a", *"New", "enter")
        await press(pilot, "enter")
        assert seen(app) == ["Nothing names it yet: a books income, t time."]
        await press(pilot, "u")
        assert isinstance(app.screen, AssetsScreen)


async def test_the_work_log_is_looked_at_and_mended(app: PitrackApp, library: Book) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, "w")
        assert isinstance(app.screen, WorkLogScreen)
        assert seen(app) == [
            "NOVEMBER 2026 2 h",
            "> 2026-11-01 2 h making Newsletter edit",
            "OCTOBER 2026 45 min",
            "2026-10-01 45 min learning 電子書籍 covers",
        ]
        await press(pilot, "enter")
        form = app.screen
        assert isinstance(form, TimeDialog)
        assert (form.value("time"), form.value("task"), form.title_text()) == ("120m", "edit", "Edit time")
        form.field("time").entry.value = "90"
        await press(pilot, "enter")
        edited = library.snapshot().times[-1]
        assert (edited.minutes, edited.task, edited.asset is not None) == (90, "edit", True)
        await press(pilot, "d")
        assert len(library.snapshot().times) == 1
        await press(pilot, "u")
        assert len(library.snapshot().times) == 2


async def test_empty_lists_say_what_to_press(empty_book: Book) -> None:
    app = PitrackApp(empty_book, DayClock(TODAY))
    async with app.run_test(size=(44, 30)) as pilot:
        await opened(pilot, "v")
        assert seen(app) == [
            "No assets yet.",
            "An asset is a thing made once that may",
            "earn for years: an article, a book, a",
            "course, a photo set.",
            "Press a to add one, then name it where",
            "it earns: 12 usd &guide",
        ]
        await press(pilot, "enter", "e", "d", "A", "s", "escape", "w")
        assert seen(app) == ["No time logged yet. Press t to log some."]


@pytest.fixture
def demo(tmp_path: Path) -> PitrackApp:
    path = tmp_path / "demo.json"
    write_demo(path, TODAY)
    os.utime(path, (WRITTEN, WRITTEN))
    return PitrackApp(Book.open(path, state=tmp_path / "state"), DayClock(TODAY))


async def _list(pilot: Pilot[None]) -> None:
    await opened(pilot, "v")


async def _page(pilot: Pilot[None]) -> None:
    await opened(pilot, "v", "enter")


async def _log(pilot: Pilot[None]) -> None:
    await opened(pilot, "w")


async def _form(pilot: Pilot[None]) -> None:
    await opened(pilot, "v", "e")
    await settle(pilot)


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
@pytest.mark.parametrize("before", [_list, _page, _log, _form], ids=["list", "page", "log", "form"])
def test_pictures(demo: PitrackApp, snap_compare: Any, before: object, size: tuple[int, int]) -> None:
    assert snap_compare(demo, terminal_size=size, run_before=before)
