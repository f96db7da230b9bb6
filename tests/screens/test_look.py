"""Themes and glyphs of this device: chosen, kept, the user's own, bad ones; and the languages of a first run."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import pytest
from textual.color import Color
from textual.pilot import Pilot
from textual.widgets import Input

from pitrack.app import PitrackApp
from pitrack.look import FEW_COLOURS, THEME
from pitrack.store.book import Book
from pitrack.store.clock import DayClock
from pitrack.text import i18n
from pitrack.widgets.bars import ScreenBar
from pitrack.widgets.theming import builtin_folder

PAPER = (builtin_folder() / "paper.toml").read_text(encoding="utf-8")


def told(app: PitrackApp) -> list[str]:
    return [notification.message for notification in app._notifications]


async def choose_theme(pilot: Pilot[None], name: str) -> None:
    await pilot.press("T")
    await pilot.pause()
    await pilot.press(*name)
    await pilot.pause(0.5)
    await pilot.press("enter")
    await pilot.pause()
    workers = pilot.app.workers
    if running := [worker for worker in workers if worker.group == "settings"]:
        await workers.wait_for_complete(running)  # of none it would wait for all, and one watches for ever
    await pilot.pause()


async def test_a_chosen_theme_is_kept_and_reaches_every_screen(book: Book, today: dt.date) -> None:
    kept: list[Mapping[str, str | bool]] = []
    app = PitrackApp(book, DayClock(today), remember=kept.append)
    paper = Color.parse("#f8f3e9")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("4", "1")
        await choose_theme(pilot, "paper")
        assert app.theme == "paper"
        assert app.screen.styles.background == paper
        for key in ("4", "3"):  # one that was seen before, one that was not
            await pilot.press(key)
            await pilot.pause()
            assert app.screen.styles.background == paper
    assert kept == [{"theme": "paper"}]


async def test_the_users_own_themes(book: Book, today: dt.date, tmp_path: Path) -> None:
    folder = tmp_path / "themes"
    folder.mkdir()
    (folder / "mine.toml").write_text(PAPER.replace('"paper"', '"mine"').replace("#f8f3e9", "#ffffff"))
    (folder / "bad.toml").write_text("name = [")
    (folder / "worse.toml").write_text('name = "worse"')
    app = PitrackApp(book, DayClock(today), theme="mine", themes=folder)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.pause()
        assert app.screen.styles.background == Color.parse("#ffffff")
        (message,) = told(app)
        assert "bad.toml" in message
        assert "worse.toml was left out: it has no colours" in message


async def test_a_theme_there_is_not(book: Book, today: dt.date) -> None:
    app = PitrackApp(book, DayClock(today), theme="[b]none/../x")
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.pause()
        assert app.theme == THEME
        assert told(app) == ["There is no theme [b]none/../x, so lantern is used. T shows those there are."]


@pytest.mark.parametrize(
    ("env", "theme"),
    [
        ({"TERM": "xterm-256color"}, THEME),
        ({"TERM": "xterm"}, FEW_COLOURS),
        ({"TERM": "xterm", "COLORTERM": "truecolor"}, THEME),
        ({"TERM": "xterm-256color", "NO_COLOR": "1"}, FEW_COLOURS),
    ],
)
def test_the_theme_that_suits_the_terminal(
    book: Book, today: dt.date, env: dict[str, str], theme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("COLORTERM", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    app = PitrackApp(book, DayClock(today), theme="")
    assert app.theme == theme
    assert app.glyphs == ("letters" if "NO_COLOR" in env else "")


@pytest.mark.parametrize(("glyphs", "tick"), [("", "✓"), ("ascii", "+"), ("no-such-set", "✓")])
async def test_glyphs(book: Book, today: dt.date, glyphs: str, tick: str) -> None:
    app = PitrackApp(book, DayClock(today), glyphs=glyphs)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        from pitrack.widgets.rows import RowList

        rows = app.screen.query_one(RowList)
        text = "".join(segment.text for y in range(rows.size.height) for segment in rows.render_line(y))
        assert tick in text
        assert ("✓" in text) is (tick == "✓")


async def test_the_language_of_the_first_run_is_spoken_at_once(home: Path, today: dt.date) -> None:
    app = PitrackApp(None, DayClock(today), path=home / "pitrack.json")
    spoken: list[str] = []
    app.tabs = lambda tabs=app.tabs: spoken.append(i18n.language()) or tabs()  # type: ignore[method-assign,misc]
    try:
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            await pilot.press("right", "enter")
            await pilot.pause()
            assert app.snapshot is not None
            assert spoken[-1] == "ja"
            assert app.screen.query_one(ScreenBar).tabs == app.tabs()
            assert not app.screen.query(Input)
    finally:
        i18n.setup("en")
