"""Writing a report from Progress: the dialog offers a place, writes in a thread, and replaces nothing unasked."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from pitrack.app import PitrackApp
from pitrack.chores import write_report
from pitrack.exchange.demo import write_demo
from pitrack.screens.dialogs.report import ReportDialog
from pitrack.store.book import Book
from pitrack.store.clock import DayClock
from pitrack.text import i18n
from tests.screens.conftest import TODAY, WRITTEN
from tests.screens.test_palette import command, settle


@pytest.fixture
def demo(tmp_path: Path) -> PitrackApp:
    path = tmp_path / "demo.json"
    write_demo(path, TODAY)
    os.utime(path, (WRITTEN, WRITTEN))
    return PitrackApp(Book.open(path, state=tmp_path / "state"), DayClock(TODAY))


@pytest.fixture(autouse=True)
def english() -> None:
    i18n.setup("en")


async def written(pilot: Pilot[None], *keys: str) -> None:
    """Press keys, and wait until the thread that writes is done."""
    await pilot.press(*keys)
    await pilot.app.workers.wait_for_complete([w for w in pilot.app.workers if w.group == "report"])
    await settle(pilot)


def told(app: PitrackApp) -> list[str]:
    return [notice.message for notice in app._notifications]


def said(app: PitrackApp) -> str:
    return str(app.screen.query_one("#field-path .-said").render())


async def test_enter_writes_the_page_to_the_home_folder(demo: PitrackApp, home: Path) -> None:
    async with demo.run_test(size=(80, 24)) as pilot:
        await pilot.press("3")
        await settle(pilot)
        await pilot.press("o")
        assert isinstance(demo.screen, ReportDialog)
        assert demo.screen.query_one(Input).value == "~/pitrack-2026-10.html"
        await written(pilot, "enter")
        assert not demo.screen.is_modal
        path = home / "pitrack-2026-10.html"
        assert told(demo) == [f"Wrote {path}."]
        page = path.read_text(encoding="utf-8")
        assert "<h1>October 2026</h1>" in page
        assert "$1,184" in page


async def test_the_documents_folder_is_offered_where_there_is_one(demo: PitrackApp, home: Path) -> None:
    (home / "Documents").mkdir()
    async with demo.run_test(size=(80, 24)) as pilot:
        await command(pilot, "progress: report")
        assert demo.screen.query_one(Input).value == "~/Documents/pitrack-2026-10.html"
        await pilot.press("right")
        assert demo.screen.query_one(Input).value == "~/Documents/pitrack-2026-10.md"


async def test_the_month_shown_is_written_as_markdown_without_amounts(demo: PitrackApp, home: Path) -> None:
    async with demo.run_test(size=(80, 24)) as pilot:
        await pilot.press("3")
        await settle(pilot)
        await pilot.press("left", "m", "o", "right")
        await written(pilot, "enter")
        told = (home / "pitrack-2026-09.md").read_text(encoding="utf-8")
        assert told.startswith("# September 2026\n")
        assert "$" not in told


async def test_a_file_that_is_there_is_replaced_when_said_once_more(demo: PitrackApp, home: Path) -> None:
    path = home / "pitrack-2026-10.html"
    path.write_text("mine", encoding="utf-8")
    async with demo.run_test(size=(80, 24)) as pilot:
        await command(pilot, "progress: report")
        await written(pilot, "enter")
        assert said(demo) == "There is already a file. Enter once more replaces it."
        assert path.read_text(encoding="utf-8") == "mine"
        await written(pilot, "enter")
        assert not demo.screen.is_modal
        assert path.read_text(encoding="utf-8").startswith("<!doctype html>")


async def test_what_hinders_it_is_told_under_the_field(demo: PitrackApp, home: Path, tmp_path: Path) -> None:
    async with demo.run_test(size=(80, 24)) as pilot:
        await command(pilot, "progress: report")
        field = demo.screen.query_one(Input)
        for typed, reason in (
            ("", "Type the path of a file, such as ~/pitrack-2026-10.html."),
            ("~/nowhere/x.html", f"There is no folder {home}/nowhere. Make it first, or choose another path."),
            ("~nobody-of-that-name/x.html", "Type the path of a file, such as ~/pitrack-2026-10.html."),
        ):
            field.value = typed
            await written(pilot, "enter")
            assert said(demo) == reason
        before = (tmp_path / "demo.json").read_bytes()
        for path in (tmp_path / "demo.json", home):
            field.value = str(path)
            await written(pilot, "enter")
            await written(pilot, "enter")
            assert said(demo) == f"{path} cannot be replaced. Choose another name."
        assert (tmp_path / "demo.json").read_bytes() == before
        await pilot.press("escape")
        await settle(pilot)
        assert told(demo) == []


async def test_in_the_first_month_it_is_told_when_the_first_report_comes(empty_book: Book, home: Path) -> None:
    app = PitrackApp(empty_book, DayClock(TODAY))
    async with app.run_test(size=(80, 24)) as pilot:
        await command(pilot, "progress: report")
        await written(pilot, "enter")
        assert said(app) == "The first report, that of November 2026, comes on 1 Dec."
        assert not list(home.glob("*.html"))


@pytest.mark.parametrize("size", [(44, 30), (80, 24), (120, 40)], ids=lambda size: f"{size[0]}x{size[1]}")
def test_picture_of_the_dialog(empty_book: Book, size: tuple[int, int], snap_compare: Callable[..., bool]) -> None:
    os.utime(empty_book.path, (WRITTEN, WRITTEN))
    app = PitrackApp(empty_book, DayClock(TODAY))

    async def open_it(pilot: Pilot[None]) -> None:
        await settle(pilot)
        write_report(app)
        await settle(pilot)

    assert snap_compare(app, terminal_size=size, run_before=open_it)
