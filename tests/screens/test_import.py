"""Payouts imported in the app: from a file through its dialogs to the book, and back with ``u``."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from decimal import Decimal
from pathlib import Path
from typing import Protocol

import pytest
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input, Static

from pitrack.app import PitrackApp
from pitrack.config import presets_folder
from pitrack.screens.importing.file import FileDialog
from pitrack.screens.importing.mapping import MappingDialog
from pitrack.screens.importing.preview import ApplyingDialog, PreviewDialog
from pitrack.screens.importing.target import TargetDialog
from pitrack.screens.streams.screen import StreamsScreen
from pitrack.store import edits
from pitrack.store.book import Book
from pitrack.widgets.bars import KeyLine
from pitrack.widgets.pick import Pick
from pitrack.widgets.pieces import Lines
from pitrack.widgets.rows import RowList
from tests.exchange.payout_figures import ROWS
from tests.exchange.payouts import sample
from tests.screens.test_palette import command

GUMROAD = """Purchase ID,Item Name,Buyer Email,Purchase Date,Sale Price ($),Fees ($),Net Total ($)
p-1,Preset pack,sam@example.org,2026-10-03,12.00,1.20,10.80
p-2,Preset pack,kim@example.org,2026-10-04,12.00,1.20,10.80
p-3,写真の素材集,jo@example.org,2026-11-02,30.00,3.00,27.00
"""
SHOP = """Nr;Verkauft am;Ware;Betrag;Gebühr
A-1;03.10.2026;[red]Bild[/red] \x1b[2J;12,50;1,25
A-2;14.10.2026;写真素材;1.200,00;120,00
"""
JAPANESE = """注文番号,注文日,商品名,金額,手数料,状態
1001,2026/10/03,夏の写真素材集（高解像度）,"1,200",120,確定
1002,2026/10/14,ポストカード,800,80,未確定
1003,2026/11/02,夏の写真素材集（高解像度）,"1,200",120,確定
"""
SIZES = pytest.mark.parametrize("size", [(44, 30), (80, 24), (120, 40)], ids=["phone", "default", "wide"])


class Compare(Protocol):
    def __call__(self, app: PitrackApp, **how: object) -> bool: ...


async def settled(pilot: Pilot[None]) -> None:
    """Until nothing is at work any more; the worker that leads waits for the dialogs."""
    for _turn in range(3):
        await pilot.pause()
        workers = pilot.app.workers
        if running := [one for one in workers if one.group != "import"]:
            await workers.wait_for_complete(running)
        await pilot.pause()


async def come_to(pilot: Pilot[None], kind: type[Screen[object]]) -> None:
    for _turn in range(200):
        if isinstance(pilot.app.screen, kind):
            await settled(pilot)
            return
        await pilot.pause(0.02)
    raise AssertionError(f"{pilot.app.screen} is no {kind.__name__}")


async def name(pilot: Pilot[None], path: Path) -> None:
    """From the streams, name the file."""
    await pilot.press("2")
    await settled(pilot)
    await pilot.press("I")
    await come_to(pilot, FileDialog)
    pilot.app.screen.query_one(Input).value = str(path)
    await settled(pilot)
    await pilot.press("enter")
    await settled(pilot)


def file(folder: Path, text: str, name: str = "sales.csv") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def booked(book: Book) -> list[tuple[str, str, str, str]]:
    return [
        (entry.day.isoformat(), str(entry.gross), str(entry.fee), entry.currency)
        for entry in book.snapshot().entries
        if entry.source_id
    ]


def lines(app: PitrackApp, name: str) -> list[str]:
    box = app.screen.query_one(name, Lines)
    return [box.render_line(y).text.rstrip() for y in range(box.size.height)]


def foot(app: PitrackApp) -> str:
    return app.screen.query_one(KeyLine).said[0]


@pytest.fixture(autouse=True)
def _home(home: Path, book: Book, app: PitrackApp) -> None:
    """Presets are kept in a home of the test's own."""
    assert home
    app._keep(book)


@SIZES
async def test_a_known_file_is_booked_and_taken_back(
    app: PitrackApp, book: Book, tmp_path: Path, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        await name(pilot, file(tmp_path, GUMROAD))
        await come_to(pilot, TargetDialog)
        await pilot.press("enter")
        await come_to(pilot, PreviewDialog)
        told = " ".join(" ".join(lines(app, "#told")).split())
        totals = "3 new entries from 2026-10-03 to 2026-11-02 into Stock photos income 54.00 USD fees 5.40 USD "
        assert told.startswith(totals + "2 new assets: Preset pack, 写真")
        await pilot.press("enter")
        await come_to(pilot, StreamsScreen)
        await pilot.app.workers.wait_for_complete()
        assert foot(app) == "Imported 3 from Gumroad. u takes it back."
        assert booked(book) == [
            ("2026-10-03", "12.00", "1.20", "USD"),
            ("2026-10-04", "12.00", "1.20", "USD"),
            ("2026-11-02", "30.00", "3.00", "USD"),
        ]
        assert not any("@" in entry.note for entry in book.snapshot().entries)
        await pilot.press("u")
        await settled(pilot)
        assert booked(book) == []


@pytest.mark.parametrize(
    ("preset", "asked"), [("booth", ""), ("paypal-de", ""), ("youtube", "2026-10"), ("kdp", "2026-10"), ("a8net", "")]
)
async def test_files_of_platforms_are_known(
    app: PitrackApp, book: Book, tmp_path: Path, preset: str, asked: str
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await name(pilot, sample(preset, tmp_path))
        await come_to(pilot, TargetDialog)
        assert app.screen.query_one("#field-format Pick", Pick).value == preset
        if asked:
            await pilot.press("tab", "tab", *asked)
        await pilot.press("enter")
        await come_to(pilot, PreviewDialog)
        await pilot.press("enter")
        await come_to(pilot, StreamsScreen)
        await pilot.app.workers.wait_for_complete()
        expected = [line.split()[0] for line in ROWS[preset].splitlines() if line.strip()[:2] == "20"]
        came = [entry.day.isoformat() for entry in book.snapshot().entries if "-1-" in entry.id]
        assert sorted(came) == sorted(expected)


async def test_the_same_file_again_brings_nothing(app: PitrackApp, book: Book, tmp_path: Path) -> None:
    path = file(tmp_path, GUMROAD)
    async with app.run_test(size=(80, 24)) as pilot:
        for told in ("3 new entries from 2026-10-03 to 2026-11-02", "Nothing new: the book has it all."):
            await name(pilot, path)
            await come_to(pilot, TargetDialog)
            await pilot.press("enter")
            await come_to(pilot, PreviewDialog)
            assert lines(app, "#told")[0] == told
            await pilot.press("enter")
            await come_to(pilot, StreamsScreen)
            await pilot.app.workers.wait_for_complete()
        assert len(booked(book)) == 3
        await pilot.press("I")
        await come_to(pilot, FileDialog)
        assert app.screen.query_one(Input).value == f"{tmp_path}/"


async def test_what_was_undone_is_said_and_brought_back_when_asked(app: PitrackApp, book: Book, tmp_path: Path) -> None:
    path = file(tmp_path, GUMROAD)
    async with app.run_test(size=(80, 24)) as pilot:
        await name(pilot, path)
        await come_to(pilot, TargetDialog)
        await pilot.press("enter")
        await come_to(pilot, PreviewDialog)
        await pilot.press("a", "enter")
        await come_to(pilot, StreamsScreen)
        await pilot.app.workers.wait_for_complete()
        await pilot.press("u")
        await settled(pilot)
        assert booked(book) == []
        await name(pilot, path)
        await come_to(pilot, TargetDialog)
        await pilot.press("enter")
        await come_to(pilot, PreviewDialog)
        first = app.screen
        assert [line for line in lines(app, "#told") if line] == [
            "Nothing new: 3 were deleted or undone here.",
            "into Stock photos",
        ]
        assert str(first.query_one("#form").border_subtitle) == "a bring back  esc close"
        await pilot.press("a")
        while app.screen is first or not isinstance(app.screen, PreviewDialog):
            await pilot.pause(0.02)
        await settled(pilot)
        assert lines(app, "#told")[0] == "3 new entries from 2026-10-03 to 2026-11-02"
        assert str(app.screen.query_one("#form").border_subtitle) == "enter import  esc leave"
        await pilot.press("enter")
        await come_to(pilot, StreamsScreen)
        await pilot.app.workers.wait_for_complete()
        assert foot(app) == "Imported 3 from Gumroad. u takes it back."
    assert len(booked(book)) == 3


@SIZES
async def test_columns_chosen_once_are_known_the_next_time(
    app: PitrackApp, book: Book, tmp_path: Path, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        await name(pilot, file(tmp_path, SHOP))
        await come_to(pilot, MappingDialog)
        assert "+12.50 EUR" not in " ".join(lines(app, "#look"))
        code = app.screen.query_one("#field-code Input", Input)
        code.value = "EUR"
        app.screen.query_one("#field-name Input", Input).value = "my-shop"
        app.screen.query_one("#field-title Pick", Pick).choose("Ware")
        app.screen.query_one("#field-day Pick", Pick).choose("Verkauft am")
        app.screen.query_one("#field-id Pick", Pick).choose("Nr")
        await settled(pilot)
        look = " ".join(lines(app, "#look"))
        assert "+12.50 EUR" in look
        assert "+1,200.00 EUR" in look
        assert "fee 120.00" in look
        assert "fee 1.25" in look
        assert r"[red]Bild[/red] \x1b[2J" in look
        app.screen.query_one("#field-name Input", Input).value = "gumroad-sales"
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        said = str(app.screen.query_one("#field-name .-said").render())
        assert said == "There is another preset of that name already."
        app.screen.query_one("#field-name Input", Input).value = "my-shop"
        await settled(pilot)
        await pilot.press("enter")
        await come_to(pilot, TargetDialog)
        assert list(presets_folder().glob("*")) == []
        await pilot.press("enter")
        await come_to(pilot, PreviewDialog)
        await pilot.press("enter")
        await come_to(pilot, StreamsScreen)
        await pilot.app.workers.wait_for_complete()
        assert [path.name for path in presets_folder().glob("*")] == ["my-shop.toml"]
        text = (presets_folder() / "my-shop.toml").read_text("utf-8")
        assert 'days = "DMY"' in text  # as this file tells, for a later one may not
        assert 'decimal = ","' in text
        assert booked(book) == [("2026-10-03", "12.50", "1.25", "EUR"), ("2026-10-14", "1200.00", "120.00", "EUR")]
        await name(pilot, file(tmp_path, SHOP + "A-3;20.10.2026;Bild;5,00;0,50\n", "november.csv"))
        await come_to(pilot, TargetDialog)
        assert app.screen.query_one("#field-format Pick", Pick).value == "my-shop"
        await pilot.press("enter")
        await come_to(pilot, PreviewDialog)
        assert lines(app, "#told")[:3] == ["1 new entry of 2026-10-20", "into Stock photos", "2 there already"]


async def test_bad_rows_are_shown_and_left_out_only_when_asked(app: PitrackApp, book: Book, tmp_path: Path) -> None:
    path = file(tmp_path, GUMROAD + "p-4,[b]x,,someday,12.00,1.20,10.80\np-5,\x1b[2J,,2026-10-05,[i]12,0,12\n")

    async def preview(pilot: Pilot[None]) -> None:
        await name(pilot, path)
        await come_to(pilot, TargetDialog)
        await pilot.press("enter")
        await come_to(pilot, PreviewDialog)

    async with app.run_test(size=(120, 40)) as pilot:
        await preview(pilot)
        rows = app.screen.query_one(RowList)
        shown = [" ".join(rows.render_line(y).text.split()) for y in range(2)]
        assert shown == [
            "> line 5, column Purchase Date, “someday” it is not a day",
            "line 6, column Sale Price ($), “[i]12” it is not a number",
        ]
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, PreviewDialog)
        await pilot.press("escape")
        await come_to(pilot, StreamsScreen)
        assert booked(book) == []
        await preview(pilot)
        await pilot.press("s")
        await come_to(pilot, StreamsScreen)
        await pilot.app.workers.wait_for_complete()
        assert len(booked(book)) == 3


@pytest.mark.parametrize("steps", [0, 1, 2])
async def test_leaving_at_any_step_leaves_all_as_it_was(
    app: PitrackApp, book: Book, tmp_path: Path, steps: int
) -> None:
    before = book.snapshot().document.data
    async with app.run_test(size=(80, 24)) as pilot:
        await name(pilot, file(tmp_path, SHOP))
        await come_to(pilot, MappingDialog)
        app.screen.query_one("#field-code Input", Input).value = "EUR"
        app.screen.query_one("#field-name Input", Input).value = "my-shop"
        app.screen.query_one("#field-day Pick", Pick).choose("Verkauft am")
        await settled(pilot)
        for kind in (TargetDialog, PreviewDialog)[:steps]:
            await pilot.press("enter")
            await come_to(pilot, kind)
        await pilot.press("escape")
        await come_to(pilot, StreamsScreen)
        await pilot.app.workers.wait_for_complete()
        assert book.snapshot().document.data == before
        assert not presets_folder().exists()


async def test_where_day_and_month_cannot_be_told_apart_the_order_is_asked_for(
    app: PitrackApp, book: Book, tmp_path: Path
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await name(pilot, file(tmp_path, "Date,Amount\n03/11/2026,5\n04/10/2026,6\n"))
        await come_to(pilot, MappingDialog)
        asked = "Choose in which order the days of this file are written."
        assert lines(app, "#look")[1:] == [asked]
        await pilot.press("enter")
        await pilot.pause()
        assert str(app.screen.query_one("#field-days .-said", Static).render()) == asked
        await pilot.press("right", "right", "enter")
        await come_to(pilot, TargetDialog)
        await pilot.press("enter")
        await come_to(pilot, PreviewDialog)
        await pilot.press("enter")
        await come_to(pilot, StreamsScreen)
        await pilot.app.workers.wait_for_complete()
        days = {entry.day.isoformat() for entry in book.snapshot().entries if entry.id.startswith("csv-")}
        assert days == {"2026-11-03", "2026-10-04"}


async def test_something_else_leads_to_the_columns(app: PitrackApp, tmp_path: Path) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await name(pilot, file(tmp_path, GUMROAD))
        await come_to(pilot, TargetDialog)
        await pilot.press("left", "enter")
        await come_to(pilot, MappingDialog)
        assert app.screen.query_one("#field-day Pick", Pick).value == "Purchase Date"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"a,b\n1,\0\n", "line 2 holds a zero byte, so it is not text"),
        (b"", "it holds no table"),
        (b"a,b\n" + b"x" * 200_000 + b",1\n", "a cell in line 2 has more than 100000 characters"),
        (b"PK\x03\x04nonsense", "it is a damaged zip file"),
    ],
    ids=["binary", "empty", "long", "zip"],
)
async def test_a_wrong_file_gets_its_sentence(app: PitrackApp, tmp_path: Path, data: bytes, sentence: str) -> None:
    path = tmp_path / "bad.csv"
    path.write_bytes(data)
    async with app.run_test(size=(80, 24)) as pilot:
        await name(pilot, path)
        assert isinstance(app.screen, FileDialog)
        assert sentence in str(app.screen.query_one("#field-path .-said").render())


async def test_a_huge_file_is_refused_unread(app: PitrackApp, tmp_path: Path) -> None:
    path = tmp_path / "huge.csv"
    with path.open("wb") as out:
        out.truncate(1_000_000_000)
    async with app.run_test(size=(80, 24)) as pilot:
        await name(pilot, path)
        assert "it is too large (over 50 MB)" in str(app.screen.query_one("#field-path .-said").render())


async def test_a_large_file_shows_a_bar_and_keeps_the_keys_awake(app: PitrackApp, book: Book, tmp_path: Path) -> None:
    head = GUMROAD.splitlines()[0]
    rows = (f"p-{n},Pack,,2026-10-{n % 28 + 1:02},12.00,1.20,10.80" for n in range(10_000))
    async with app.run_test(size=(80, 24)) as pilot:
        await name(pilot, file(tmp_path, "\n".join([head, *rows]) + "\n"))
        await come_to(pilot, TargetDialog)
        await pilot.press("enter")
        await come_to(pilot, PreviewDialog)
        assert lines(app, "#told")[0] == "10,000 new entries from 2026-10-01 to 2026-10-28"
        turns: Counter[type[object]] = Counter()

        async def watch() -> None:
            while True:
                await asyncio.sleep(0.01)
                turns[type(app.screen)] += 1

        watching = asyncio.create_task(watch())
        await pilot.press("enter")
        await come_to(pilot, StreamsScreen)
        await pilot.app.workers.wait_for_complete()
        watching.cancel()
        assert turns[ApplyingDialog] > 3  # the loop went on under the bar
        assert foot(app) == "Imported 10,000 from Gumroad. u takes it back."
        assert sum(entry.gross for entry in book.snapshot().entries if entry.source_id) == Decimal(120_000)


async def test_hidden_amounts_stay_hidden(app: PitrackApp, tmp_path: Path) -> None:
    app.hidden = True
    async with app.run_test(size=(80, 24)) as pilot:
        await name(pilot, file(tmp_path, GUMROAD))
        await come_to(pilot, TargetDialog)
        await pilot.press("enter")
        await come_to(pilot, PreviewDialog)
        assert not any("54" in line for line in lines(app, "#told"))


async def test_without_a_stream_it_is_said_how_to_add_one(app: PitrackApp, book: Book, tmp_path: Path) -> None:
    (stream,) = book.snapshot().streams
    book.apply(edits.edit_stream(book.snapshot(), stream, archived=True))
    app._keep(book)
    async with app.run_test(size=(80, 24)) as pilot:
        await name(pilot, file(tmp_path, GUMROAD))
        await come_to(pilot, TargetDialog)
        await pilot.press("enter")
        await settled(pilot)
        said = str(app.screen.query_one("#field-stream .-said").render())
        assert said == "There is no stream yet: leave, and press S to add one."


async def test_earlier_imports_say_the_stream(app: PitrackApp, book: Book, tmp_path: Path) -> None:
    book.apply(edits.add_stream(book.snapshot(), "Gumroad"))
    app._keep(book)
    async with app.run_test(size=(80, 24)) as pilot:
        await name(pilot, file(tmp_path, GUMROAD))
        await come_to(pilot, TargetDialog)
        chosen = app.screen.query_one("#field-stream Pick", Pick).value
        assert book.snapshot().streams[chosen].name == "Gumroad"


async def test_the_command_is_found_from_everywhere(app: PitrackApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await command(pilot, "import payouts")
        await come_to(pilot, FileDialog)


# Pictures

Step = Callable[[Pilot[None]], Awaitable[None]]


def step(path: Path, keys: str) -> Step:
    """To the dialog that ``keys`` lead to from the file."""

    async def lead(pilot: Pilot[None]) -> None:
        await name(pilot, path)
        for key in keys.split():
            await pilot.press(key)
            for _turn in range(10):
                await settled(pilot)
                await pilot.pause(0.02)

    return lead


@SIZES
def test_picture_of_the_file(app: PitrackApp, snap_compare: Compare, tmp_path: Path, size: tuple[int, int]) -> None:
    async def lead(pilot: Pilot[None]) -> None:
        await pilot.press("2")
        await settled(pilot)
        await pilot.press("I")
        await come_to(pilot, FileDialog)
        pilot.app.screen.query_one(Input).value = "none/"
        await settled(pilot)

    assert snap_compare(app, terminal_size=size, run_before=lead)


@SIZES
def test_picture_of_the_columns(app: PitrackApp, snap_compare: Compare, tmp_path: Path, size: tuple[int, int]) -> None:
    assert snap_compare(app, terminal_size=size, run_before=step(file(tmp_path, SHOP), ""))


@SIZES
def test_picture_of_the_target(app: PitrackApp, snap_compare: Compare, tmp_path: Path, size: tuple[int, int]) -> None:
    assert snap_compare(app, terminal_size=size, run_before=step(file(tmp_path, GUMROAD), ""))


@SIZES
def test_picture_of_the_preview(app: PitrackApp, snap_compare: Compare, tmp_path: Path, size: tuple[int, int]) -> None:
    bad = "".join(f"p-{n},[b]x,,someday {n},12.00,1.20,10.80\n" for n in range(4, 40))
    assert snap_compare(app, terminal_size=size, run_before=step(file(tmp_path, GUMROAD + bad), "enter"))


@SIZES
def test_picture_of_japanese_columns(
    app: PitrackApp, snap_compare: Compare, tmp_path: Path, size: tuple[int, int]
) -> None:
    assert snap_compare(app, terminal_size=size, run_before=step(file(tmp_path, JAPANESE), ""))
