"""A window that changes its size shows what one of that size shows from the start."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Sequence
from pathlib import Path

import pytest
from textual.pilot import Pilot

from pitrack.app import PitrackApp
from pitrack.exchange.demo import write_demo
from pitrack.store.book import Book
from pitrack.store.clock import DayClock

TODAY = dt.date(2026, 11, 22)
WRITTEN = dt.datetime(2026, 11, 22, 4, 2, tzinfo=dt.UTC).timestamp()
NARROW, USUAL, WIDE = (44, 30), (80, 24), (120, 40)


async def settled(pilot: Pilot[None]) -> list[str]:
    """The lines on the screen, once threads and layouts are done."""
    await pilot.app.workers.wait_for_complete()
    for _ in range(3):
        await pilot.pause(0.05)
    return [strip.text.rstrip() for strip in pilot.app.screen._compositor.render_strips()]


async def shown(
    demo: Path, keys: Sequence[str], first: tuple[int, int], last: tuple[int, int], then: str = ""
) -> list[str]:
    """What is shown after ``keys``, a change of size, and the key ``then``."""
    app = PitrackApp(Book.open(demo, state=demo.parent / "state"), DayClock(TODAY))
    async with app.run_test(size=first) as pilot:
        await pilot.pause()
        await pilot.press(*keys)
        lines = await settled(pilot)
        if last != first:
            await pilot.resize_terminal(*last)
            lines = await settled(pilot)
        if then:
            await pilot.press(then)
            lines = await settled(pilot)
    return lines


@pytest.mark.parametrize("keys", ["3", "3v", "2l", "4"], ids=["income", "actions", "streams", "plan"])
@pytest.mark.parametrize(
    ("first", "last"), [(NARROW, USUAL), (USUAL, NARROW), (USUAL, WIDE), (WIDE, USUAL)], ids=lambda size: str(size[0])
)
async def test_a_resized_window_shows_what_a_new_one_does(
    tmp_path: Path, keys: str, first: tuple[int, int], last: tuple[int, int]
) -> None:
    demo = tmp_path / "demo.json"
    write_demo(demo, TODAY)
    os.utime(demo, (WRITTEN, WRITTEN))
    assert await shown(demo, keys, first, last) == await shown(demo, keys, last, last)


async def test_a_page_beneath_a_form_is_made_anew_too(tmp_path: Path) -> None:
    demo = tmp_path / "demo.json"
    write_demo(demo, TODAY)
    os.utime(demo, (WRITTEN, WRITTEN))
    keys = ("4", "tab", "tab", "enter", "enter", "x")
    assert await shown(demo, keys, USUAL, NARROW, "escape") == await shown(demo, keys, NARROW, NARROW, "escape")
