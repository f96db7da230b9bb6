"""Text of automations and tasks is shown as it is written, whatever it holds, at every size."""

from __future__ import annotations

from pathlib import Path

import pytest

from pitrack.app import PitrackApp
from pitrack.store.book import Book
from pitrack.store.clock import DayClock
from tests.test_hostile_text import NAMES, SHOWN, SIZES, TODAY, assert_shown, ends, harmless, here, run, settled, walk

__all__ = ["here"]


@pytest.fixture
def book(home: Path) -> Path:
    """Every text as the name, tool, task and note of an automation that saves an hour a month."""
    for number, name in enumerate(NAMES, 1):
        harmless(run("stream", "add", name, "--currency", "USD", "--alias", f"s{number}"))
        for month, minutes in ((8, 120), (9, 120), (10, 60)):
            on = f"2026-{month:02}-05"
            run("time", f"s{number}", f"{minutes}m", "--task", name, "--kind", "routine", "--on", on)
        fields = ("--task", name, "--tool", name, "--note", name, "--since", "2026-10-01", "--cost", "9")
        harmless(run("automation", "add", name, "--alias", f"a{number}", "--stream", f"s{number}", *fields))
    return home / "data" / "pitrack" / "pitrack.json"


def test_commands_show_every_text_and_stay_aligned(book: Path) -> None:
    listed = harmless(run("automation", "list"))
    assert len(set(ends(listed))) == 1, listed
    merits = harmless(run("merits"))
    for shown in SHOWN:
        assert shown in listed
        assert shown in merits
    for number, shown in enumerate(SHOWN, 1):
        assert shown in harmless(run("automation", "show", f"a{number}"))
        assert shown in harmless(run("merits", "--stream", f"s{number}"))
        assert shown in harmless(run("automation", "edit", f"a{number}", "--cost", "8"))


@pytest.mark.parametrize("size", SIZES)
async def test_the_screen_shows_every_text(book: Path, home: Path, size: tuple[int, int]) -> None:
    app = PitrackApp(Book.open(book, state=home / "state" / "pitrack"), DayClock(TODAY))
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        text = await walk(pilot, "4", "s")
        assert_shown(text)
        await walk(pilot, "e")
        await pilot.press("escape")
        for _merit in range(5):
            await walk(pilot, "tab", "home", "enter")
            await pilot.press("escape", "tab")
        await walk(pilot, "right", "right", "right")
