"""A book that another hand wrote: whatever its records say, every screen opens and sends nothing but text."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unicodedata import category

import pytest

from pitrack.app import PitrackApp
from pitrack.exchange.demo import write_demo
from pitrack.store.book import Book
from pitrack.store.clock import DayClock
from tests.screens.test_tiny import press

TODAY = dt.date(2026, 11, 22)
CODE = "\x1b[31mX"
Tables = dict[str, dict[str, Any]]


def currencies(tables: Tables) -> None:
    for one in tables["entries"].values():
        if one["day"] >= "2026-10-01":
            one["money"]["currency"] = CODE
    for one in tables["automations"].values():
        one["cost"] = {"amount": "9", "currency": CODE}
    for one in tables["goals"].values():
        one["target"]["currency"] = CODE


def streams(tables: Tables) -> None:
    for one in tables["streams"].values():
        one.update(currency=CODE, stage=CODE, role=CODE)


def words(tables: Tables) -> None:
    for one in tables["metrics"].values():
        one.update(kind=CODE, unit=CODE)
    for one in tables["reviews"].values():
        one.update(kind=CODE, lesson=CODE, focus=CODE)
    for one in tables["times"].values():
        one.update(kind=CODE, task=CODE)
    for one in tables["steps"].values():
        one.update({"answer@currency": CODE, "answer@money": "9e999", "answer@until": CODE, "to": CODE})


def numbers(tables: Tables) -> None:
    for one in [*tables["entries"].values()][::3]:
        one["money"]["gross"] = "9" * 40
    for one in [*tables["entries"].values()][::7]:
        one["money"]["gross"] = "-5"
    for one in tables["readings"].values():
        one["amount"] = "9" * 60
    for one in tables["goals"].values():
        one["target"]["amount"] = "-4"


WAYS = {
    "today": ["1"],
    "outcomes": ["2", "o", "down"],
    "progress": ["3", "m", "m", "left", "tab", "v", "v", "v"],
    "explained": ["3", "enter"],
    "plan": ["4", "tab", "tab", "enter", "end", "home", "enter"],
    "finished": ["4", "f"],
    "automations": ["4", "s", "tab", "down", "enter"],
    "review": ["4", "w", "v", "left", "enter"],
}


@pytest.mark.parametrize("change", [currencies, streams, words, numbers])
@pytest.mark.parametrize("way", WAYS)
async def test_every_screen_shows_it_harmlessly(tmp_path: Path, change: Callable[[Tables], None], way: str) -> None:
    path = tmp_path / "pitrack.json"
    write_demo(path, TODAY)
    tables = json.loads(path.read_bytes())
    change(tables)
    path.write_text(json.dumps(tables), "utf-8")
    app = PitrackApp(Book.open(path, state=tmp_path / "state"), DayClock(TODAY))
    async with app.run_test(size=(120, 40)) as pilot:
        for key in WAYS[way]:
            await press(pilot, key)
            text = "".join(strip.text for strip in app.screen._compositor.render_strips())
            assert not [sign for sign in text if category(sign) == "Cc"]
