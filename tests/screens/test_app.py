"""The app around the screens: help and commands from the bindings, first run, foreign themes."""

from __future__ import annotations

import asyncio
import datetime as dt
import gc
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from textual.widgets import Input
from textual.widgets._toast import Toast

from pitrack.app import PitrackApp
from pitrack.palette import ActionCommands
from pitrack.screens.base import BookScreen
from pitrack.screens.help import HelpScreen, key_groups
from pitrack.screens.today.screen import TodayScreen
from pitrack.store.book import Book
from pitrack.store.clock import DayClock
from pitrack.store.errors import BookError


async def test_help_lists_every_key_once(app: PitrackApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        assert isinstance(app.screen, BookScreen)
        groups = dict(key_groups(app.screen))
        assert ("space", "done, or not after all") in groups["This screen"]
        assert ("left h", "the day before") in groups["This screen"]
        assert (": ^p", "any command by its name") in groups["Everywhere"]
        assert ("up k", "up") in groups["Moving"]
        shown = [key for pairs in groups.values() for keys, _does in pairs for key in keys.split()]
        assert len(shown) == len(set(shown))
        await pilot.press("question_mark")
        assert isinstance(app.screen, HelpScreen)
        await pilot.press("question_mark")
        assert isinstance(app.screen, TodayScreen)


@pytest.fixture
def no_garbage() -> Iterator[None]:
    """As a command begins."""
    gc.disable()
    yield
    gc.unfreeze()
    gc.enable()


@pytest.mark.parametrize("given", ["book", "empty_book"])
async def test_garbage_is_looked_for_once_the_book_is_read(
    no_garbage: None, request: pytest.FixtureRequest, given: str
) -> None:
    app = PitrackApp(request.getfixturevalue(given), DayClock(dt.date(2026, 11, 22)))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await asyncio.wait_for(app.workers.wait_for_complete(), 60)
        await pilot.pause()
        assert gc.isenabled()
        assert app.snapshot
        assert not {*map(id, app.snapshot.entries)} & {*map(id, gc.get_objects())}, "the records are left out"


async def test_commands_are_the_bindings_and_the_themes(app: PitrackApp) -> None:
    async with app.run_test(size=(80, 24)):
        commands = ActionCommands(app.screen)
        await commands.startup()
        named = {name: key for name, key, _run in commands.commands}
        assert named["Add an action"] == "a"
        assert named["Undo the last change"] == "u"
        assert "Theme: paper" in named
        hits = [hit.text async for hit in commands.search("archive")]
        assert hits == ["Archive the action", "Bring back an archived action"]


async def test_a_command_runs_its_action(app: PitrackApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("colon", *"hide or show")
        await pilot.pause(0.3)
        await pilot.press("enter")
        await pilot.pause()
        assert app.hidden


@pytest.mark.parametrize("theme", ["lantern", "paper", "terminal", "nord", "textual-ansi", "no-such-theme"])
async def test_themes_ours_and_foreign(book: Book, today: dt.date, theme: str) -> None:
    app = PitrackApp(book, DayClock(today), theme=theme)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("j", "a")
        assert not isinstance(app.screen, TodayScreen)


async def test_first_run_makes_the_book(home: Path, today: dt.date, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    (home / "Dropbox").mkdir()
    kept: list[Mapping[str, str | bool]] = []
    app = PitrackApp(None, DayClock(today), path=home / "data" / "pitrack.json", remember=kept.append)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert app.screen.query_one("#field-zone Input", Input).value == "Asia/Tokyo"
        assert app.screen.query_one("#field-path Input", Input).value == "~/Dropbox/pitrack.json"
        await pilot.press("tab", "tab", "ctrl+u", *"jpy", "enter")
        await pilot.pause()
        assert isinstance(app.screen, TodayScreen)
        assert app.snapshot is not None
        assert (app.snapshot.settings.zone, app.snapshot.settings.currency) == ("Asia/Tokyo", "JPY")
    assert (home / "Dropbox" / "pitrack.json").exists()
    assert kept == [{"language": "en", "book": str(home / "Dropbox" / "pitrack.json")}]


async def test_whoever_waits_for_the_workers_does_not_wait_for_ever(app: PitrackApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await asyncio.wait_for(app.workers.wait_for_complete(), 60)
        assert app._watching is not None
        assert not app._watching.done()
    await asyncio.wait([app._watching], timeout=60)
    assert app._watching.done()


async def test_first_run_opens_a_book_that_is_there(book: Book, today: dt.date) -> None:
    app = PitrackApp(None, DayClock(today), path=book.path)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, TodayScreen)
        assert app.snapshot is not None
        assert len(app.snapshot.habits) == 3


async def test_first_run_refuses_what_it_cannot_use(home: Path, today: dt.date) -> None:
    app = PitrackApp(None, DayClock(today), path=home / "pitrack.json")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("tab", "ctrl+u", *"Tokio", "enter")
        await pilot.pause()
        assert "Asia/Tokyo" in str(app.screen.query_one("#field-zone .-said").render())
        await pilot.press("escape")
    assert not (home / "pitrack.json").exists()


@pytest.mark.parametrize("width", [44, 80])
async def test_what_went_wrong_is_read_whole_and_not_over_the_foot(app: PitrackApp, width: int) -> None:
    async with app.run_test(size=(width, 30), notifications=True) as pilot:
        app.refuse(BookError("refused", path="/home/me/a folder/pitrack.json", reason="No space left on device"))
        await pilot.pause(0.2)
        region = app.screen.query_one(Toast).region
        assert region.width <= width
        assert 1 <= region.y < region.bottom < 12


async def test_keys_typed_ahead_of_the_end_do_nothing(app: PitrackApp) -> None:
    async with app.run_test() as pilot:
        await pilot.press("q", "2")
        await pilot.pause()
    assert app.return_code == 0
    assert app.current_mode == "today"
