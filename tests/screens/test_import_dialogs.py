"""The dialogs of an import, each by itself on plain values: the path, the columns, where it goes, what would come."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from pathlib import Path
from threading import Event
from time import sleep
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from pitrack.app import PitrackApp
from pitrack.core.days import Month
from pitrack.exchange.found import Refused
from pitrack.screens.importing.file import FileDialog, Opened
from pitrack.screens.importing.mapping import Look, Mapped, MappingDialog
from pitrack.screens.importing.paths import common, matches, meant
from pitrack.screens.importing.preview import Outcome, PreviewDialog, Unread
from pitrack.screens.importing.target import BY_HAND, Chosen, Format, Progress, Target, TargetDialog
from pitrack.store.book import Book
from pitrack.widgets.pieces import Lines
from pitrack.widgets.rows import RowList

HOSTILE = "[red]\x1b[2J"
COLUMNS = ("Order", "Date", HOSTILE, "売上金額", "Fees ($)")
SAMPLES = {"Order": "A-1", "Date": "2026-10-03", HOSTILE: "[b]x\x1b", "売上金額": "￥1,200", "Fees ($)": "1.20"}
OFFERED = Mapped({"day": "Date", "gross": "売上金額"}, currency="JPY")


async def opened(pilot: Pilot[None], dialog: Any) -> list[Any]:
    """What the dialog gives, once it does."""
    answers: list[Any] = []
    pilot.app.push_screen(dialog, answers.append)
    await settled(pilot)
    return answers


async def settled(pilot: Pilot[None]) -> None:
    await pilot.pause()
    workers = pilot.app.workers
    if running := [one for one in workers if one.group in ("file", "folder", "look", "plan")]:
        await workers.wait_for_complete(running)
    await pilot.pause()


def said(app: PitrackApp, field: str) -> str:
    return str(app.screen.query_one(f"#field-{field} .-said").render())


def lines(app: PitrackApp, name: str) -> list[str]:
    box = app.screen.query_one(name, Lines)
    return [box.render_line(y).text.rstrip() for y in range(box.size.height)]


# Paths


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "files"
    for name in ("Reports", ".hidden"):
        (place / name).mkdir(parents=True)
    for name in ("sales-2025.csv", "sales-2026.csv", "売上.csv", "a\x1bb.csv", "photo.png", "Book.XLSX"):
        (place / name).write_text("Day,Amount\n2026-10-03,12\n")
    return place


def test_paths_are_completed_to_what_there_is(folder: Path) -> None:
    assert matches(f"{folder}/") == ["Book.XLSX", "Reports/", "sales-2025.csv", "sales-2026.csv", "売上.csv"]
    assert matches(f"{folder}/SA") == ["sales-2025.csv", "sales-2026.csv"]
    assert matches(f"{folder}/売") == ["売上.csv"]
    assert matches(f"{folder}/.h") == [".hidden/"]
    assert matches(f"{folder}/none/") == matches("sales") == matches("~nobody-of-that-name/") == matches("\0/") == []
    assert common(["sales-2025.csv", "sales-2026.csv"]) == "sales-202"
    assert common([]) == ""


def test_a_path_may_be_typed_or_pasted_behind_what_stands_there(folder: Path) -> None:
    assert meant("~/sales.csv") == "~/sales.csv"
    assert meant("~//media/sales.csv") == "/media/sales.csv"
    assert meant("/home/~/sales.csv") == "~/sales.csv"
    assert meant("~/'/media/my sales.csv'") == meant("'/media/my sales.csv'") == "/media/my sales.csv"
    assert matches(f"~/{folder}/SA") == ["sales-2025.csv", "sales-2026.csv"]


@pytest.mark.parametrize("size", [(44, 30), (80, 24)])
async def test_a_file_is_named_by_keys_alone(app: PitrackApp, folder: Path, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        answers = await opened(pilot, FileDialog(lambda path: path.read_text(), f"{folder}/"))
        assert "Reports/" in said(app, "path")
        await pilot.press("s", "tab")
        await settled(pilot)
        assert app.screen.query_one(Input).value == f"{folder}/sales-202"
        assert said(app, "path").startswith("sales-2025.csv   sales-2026.csv\n")
        await pilot.press("6", "tab", "enter")
        await settled(pilot)
        path = folder / "sales-2026.csv"
        assert answers == [Opened(str(path), path, "Day,Amount\n2026-10-03,12\n")]


async def test_a_wrong_file_is_told_under_the_field(app: PitrackApp, folder: Path) -> None:
    def read(path: Path) -> str:
        if path.is_dir():
            raise Refused("folder")
        return path.read_text()

    async with app.run_test(size=(80, 24)) as pilot:
        answers = await opened(pilot, FileDialog(read))
        entry = app.screen.query_one(Input)
        for typed, sentence in (
            ("", "Type the path of a file, such as ~/Downloads/sales.csv."),
            (f"{folder}/none.csv", f"{folder}/none.csv cannot be used: No such file or directory."),
            (f"{folder}/[b]", f"{folder}/[b] cannot be used: No such file or directory."),
            (
                f"{folder}/Reports",
                f"{folder}/Reports cannot be imported: it is a folder; name the file itself, or the zip that it was"
                " unpacked from. Nothing was imported.",
            ),
        ):
            entry.value = typed
            await settled(pilot)
            await pilot.press("enter")
            await settled(pilot)
            assert said(app, "path") == sentence
        await pilot.press("escape")
        await pilot.pause()
        assert answers == [None]


# Columns


async def mapping(pilot: Pilot[None], look: Callable[[Mapped], Look] = lambda _now: Look(())) -> list[Any]:
    return await opened(pilot, MappingDialog("[b]shop.csv", COLUMNS, SAMPLES, OFFERED, look))


@pytest.mark.parametrize("size", [(44, 30), (80, 24), (120, 40)])
async def test_columns_are_chosen_by_keys_alone(app: PitrackApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        answers = await mapping(pilot)
        await pilot.press("down", "down", "f")  # the fee, by the first letter of its column
        await pilot.press(*["tab"] * 10, "tab", "right")  # the days: from "as they look" to the first order
        await pilot.press("tab", "tab", *"ＵＳＤ", "tab", *"Ｍｙ", "space", *"ｓｈｏｐ")
        focused = app.screen.focused
        assert focused
        assert app.screen.query_one("#form").region.contains_region(focused.region)
        await pilot.press("enter")
        await settled(pilot)
        columns = {"day": "Date", "gross": "売上金額", "fee": "Fees ($)"}
        assert answers == [Mapped(columns, "YMD", "auto", "USD", "my-shop")]


async def test_what_is_missing_is_told_at_its_field(app: PitrackApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        answers = await mapping(pilot)
        for keys, field, sentence in (
            (("left", "left", "enter"), "day", "Choose the column that says the day."),
            (("right", "right", "down", *["left"] * 4, "enter"), "gross", "Choose the column that says the amount."),
        ):
            await pilot.press(*keys)
            await pilot.pause()
            assert said(app, field) == sentence
        await pilot.press("right", "right", "right", "right")
        code, name = app.screen.query_one("#field-code Input", Input), app.screen.query_one("#field-name Input", Input)
        code.value, name.value = "dollars", "../etc"
        await settled(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert said(app, "code") == "Type a currency's three letters, like USD, EUR or JPY."
        code.value = "xxx"
        await settled(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert said(app, "code") == "XXX is no currency."
        code.value = "usd"
        await settled(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert said(app, "name") == "Use the letters a to z, digits and - only, at most 40."
        assert answers == []


async def test_the_first_rows_follow_what_is_chosen(app: PitrackApp) -> None:
    def look(now: Mapped) -> Look:
        if now.columns.get("fee") == "Order":
            return Look((), "Line 2, column Order, “A-1”: it is not a number.")
        return Look(((("2026-10-03  ", ""), ("+1,200 JPY", "good")),))

    async with app.run_test(size=(80, 24)) as pilot:
        await mapping(pilot, look)
        assert lines(app, "#look") == ["The first rows, as they would be booked:", "2026-10-03  +1,200 JPY"]
        await pilot.press("down", "down", "o")
        await settled(pilot)
        assert lines(app, "#look")[1:] == ["Line 2, column Order, “A-1”: it is not a number."]


async def test_hostile_names_and_values_are_shown_harmless(app: PitrackApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await mapping(pilot)
        await pilot.press("right")
        await pilot.pause()
        field = app.screen.query_one("#field-day")
        assert app.screen.query_one("#form").border_title == r"What the columns of \[b]shop.csv mean"
        assert str(field.query_one(".-sample").render()) == r"[b]x\x1b"
        assert r"[[red]\x1b[2J]" in field.query_one("Pick").render_line(0).text


# Where it goes


def target(book: Book, plan: Callable[[Target, Progress], Any]) -> TargetDialog[Any]:
    formats = [Format("gumroad", "Gumroad sales"), Format("kdp", "KDP", asks=True)]
    return TargetDialog("shop.csv", book.snapshot(), formats, Target("gumroad"), plan)


async def test_a_target_is_chosen_and_planned(app: PitrackApp, book: Book) -> None:
    (stream,) = book.snapshot().streams
    async with app.run_test(size=(80, 24)) as pilot:
        answers = await opened(pilot, target(book, lambda chosen, _progress: ("planned", chosen.format)))
        assert not app.screen.query_one("#field-month").display
        await pilot.press("right", "enter")
        await pilot.pause()
        assert said(app, "month") == "Type the month that the file is of, such as 2026-10."
        await pilot.press(*"１０", "tab", *"shop", "enter")
        await settled(pilot)
        assert answers == [Chosen(Target("kdp", stream, "shop", Month(2026, 10)), ("planned", "kdp"))]


async def test_columns_by_hand_are_asked_for(app: PitrackApp, book: Book) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        answers = await opened(pilot, target(book, lambda *_given: None))
        await pilot.press("left", "enter")
        await settled(pilot)
        assert [(answer.target.format, answer.plan) for answer in answers] == [(BY_HAND, None)]


async def test_what_stands_against_a_plan_is_told(app: PitrackApp, book: Book) -> None:
    def plan(_target: Target, _progress: Progress) -> None:
        raise Refused("csv", file="shop.csv", line=3)

    async with app.run_test(size=(80, 24)) as pilot:
        answers = await opened(pilot, target(book, plan))
        await pilot.press("enter")
        await settled(pilot)
        assert "shop.csv is not sound CSV in line 3" in said(app, "format")
        assert answers == []


async def test_a_dialog_that_is_left_plans_no_further(app: PitrackApp, book: Book) -> None:
    begun, ended = Event(), Event()

    def plan(_target: Target, progress: Progress) -> None:
        begun.set()
        try:
            for done in count():
                progress(done, 1_000)
                sleep(0.01)
        finally:
            ended.set()

    async with app.run_test(size=(80, 24)) as pilot:
        answers = await opened(pilot, target(book, plan))
        await pilot.press("enter")
        while not begun.is_set():
            await pilot.pause(0.01)
        await pilot.press("escape")
        await settled(pilot)
        assert answers == [None]
        assert ended.is_set()


# What would come of it

UNREAD = tuple(Unread(n, f"shop.csv, line {n + 7}, “[b]x”", "it is not a number") for n in range(30))
FACTS = ((("12 new entries", "strong"),),)


@pytest.mark.parametrize(
    ("unread", "does", "key", "answer"),
    [
        ((), True, "enter", ["import"]),
        ((), True, "s", []),
        ((), True, "escape", [None]),
        ((), False, "enter", [None]),
        (UNREAD, True, "enter", []),
        (UNREAD, True, "s", ["skip"]),
        (UNREAD, False, "s", []),
    ],
)
async def test_rows_that_cannot_be_read_are_left_out_only_when_asked(
    app: PitrackApp, unread: tuple[Unread, ...], does: bool, key: str, answer: list[str | None]
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        answers = await opened(pilot, PreviewDialog(Outcome("shop.csv", FACTS, does, unread)))
        await pilot.press(key)
        await pilot.pause()
        assert answers == answer


@pytest.mark.parametrize("size", [(44, 30), (80, 24), (120, 40)])
async def test_rows_that_cannot_be_read_are_listed(app: PitrackApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await opened(pilot, PreviewDialog(Outcome("shop.csv", FACTS, True, UNREAD)))
        rows = app.screen.query_one(RowList)
        assert app.screen.query_one("#form").region.contains_region(rows.region)
        shown = " ".join(rows.render_line(y).text for y in range(2))
        assert "> " in shown
        assert "shop.csv, line 7, “[b]x”" in shown
        assert "it is not a number" in shown
        await pilot.press("end")
        assert rows.cursor == len(UNREAD) - 1


@pytest.mark.parametrize("unread", [(), UNREAD])
async def test_what_finds_no_room_is_scrolled(app: PitrackApp, unread: tuple[Unread, ...]) -> None:
    facts = tuple(((f"fact {n}", ""),) for n in range(40))
    async with app.run_test(size=(44, 20)) as pilot:
        await opened(pilot, PreviewDialog(Outcome("shop.csv", facts, True, unread)))
        form, told = app.screen.query_one("#form").region, app.screen.query_one("#facts")
        assert form.contains_region(told.region)
        assert form.contains_region(app.screen.query_one(RowList).region) or not unread
        told.focus()
        await pilot.press("end")
        await pilot.pause()
        assert told.scroll_offset.y == told.max_scroll_y > 0
