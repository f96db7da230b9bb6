"""A window too small for anything: every screen opens in it, and one that is shrunk to it stands."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from textual.pilot import Pilot

from pitrack.app import PitrackApp
from pitrack.exchange.demo import write_demo
from pitrack.store.book import Book
from pitrack.store.clock import DayClock

TODAY = dt.date(2026, 11, 22)
WAYS = {
    "gallery": (["4", "p", "down", "escape", "s", "escape", "p"], "PlaybooksScreen"),
    "playbook": (["4", "p", "enter", "right"], "PlaybookScreen"),
    "beginning": (["4", "p", "space"], "BeginningScreen"),
    "begun": (["4", "p", "space", "enter"], "BegunScreen"),
    "launch": (["4", "tab", "tab", "enter", "down", "end"], "LaunchScreen"),
    "step": (["4", "tab", "tab", "enter", "enter"], "StepDialog"),
    "portfolio": (["4", "f", "down"], "PortfolioScreen"),
    "automations": (["4", "s", "tab", "right"], "AutomationsScreen"),
    "metrics": (["2", "o", "down"], "MetricsScreen"),
    "review": (["4", "w", "v", "left"], "ReviewScreen"),
}


@pytest.fixture
def demo(tmp_path: Path) -> PitrackApp:
    path = tmp_path / "pitrack.json"
    write_demo(path, TODAY)
    return PitrackApp(Book.open(path, state=tmp_path / "state"), DayClock(TODAY))


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys, each once what the one before has begun is done."""
    for key in keys:
        await pilot.press(key)
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()


@pytest.mark.parametrize("size", [(30, 10), (20, 8)], ids=lambda size: str(size[0]))
@pytest.mark.parametrize("way", WAYS)
async def test_it_opens_in_a_tiny_window(demo: PitrackApp, way: str, size: tuple[int, int]) -> None:
    keys, screen = WAYS[way]
    async with demo.run_test(size=size) as pilot:
        await press(pilot, *keys)
        assert type(demo.screen).__name__ == screen
        assert any(strip.text.strip() for strip in demo.screen._compositor.render_strips())


@pytest.mark.parametrize("way", WAYS)
async def test_it_stands_when_the_window_shrinks(demo: PitrackApp, way: str) -> None:
    keys, screen = WAYS[way]
    async with demo.run_test(size=(80, 24)) as pilot:
        await press(pilot, *keys[:-1])
        await pilot.resize_terminal(30, 10)
        await press(pilot, keys[-1])
        assert type(demo.screen).__name__ == screen
        await pilot.resize_terminal(20, 8)
        await pilot.pause()
        assert any(strip.text.strip() for strip in demo.screen._compositor.render_strips())
