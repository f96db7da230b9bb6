"""Every streak and every score, wherever it is shown, is the one that ``pitrack why`` explains."""

from __future__ import annotations

import datetime as dt
import json
import random
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from pitrack.app import PitrackApp
from pitrack.cli.main import cli
from pitrack.core.model import Mark, Rule, Schedule, Settings
from pitrack.screens.progress.screen import ProgressScreen
from pitrack.screens.today.screen import TodayScreen
from pitrack.store import edits
from pitrack.store.book import Book
from pitrack.store.clock import DayClock
from pitrack.text import i18n, words

TODAY = dt.date(2026, 11, 22)
DAYS = 60
SCHEDULES = {
    "daily": Schedule(),
    "weekdays": Schedule("weekdays", days=frozenset({1, 3, 5, 7})),
    "weekly": Schedule("week", 3),
    "monthly": Schedule("month", 4),
    "window": Schedule("window", 2, within=5),
    "interval": Schedule("interval", within=3),
    "after": Schedule("after", within=4),
}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PITRACK_TODAY", TODAY.isoformat())
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("DATA", "STATE", "CONFIG", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    i18n.setup("en")
    return tmp_path


@pytest.fixture
def book(home: Path) -> Book:
    """Every kind of schedule and of target, answered at random, with days off and a changed rule."""
    path = home / "data" / "pitrack" / "pitrack.json"
    book = Book.create(path, Settings(store="", zone="UTC"), state=home / "state" / "pitrack")
    rng = random.Random(20261122)
    since = TODAY - dt.timedelta(DAYS)
    for name, schedule in SCHEDULES.items():
        for kind, target in (("yes_no", None), ("at_least", Decimal(5)), ("at_most", Decimal(5))):
            rule = Rule(since, kind, schedule, target)  # type: ignore[arg-type]
            change = edits.add_habit(book.snapshot(), f"{name} {kind}", rule, alias=f"{name}-{kind}")
            book.apply(change)
            habit = change.writes[0].id
            for back in range(DAYS + 1):
                mark: Mark | None = rng.choice(["yes", "yes", "yes", "no", "skip", Decimal(rng.randint(2, 7)), None])
                if mark is not None:
                    book.apply(edits.check(book.snapshot(), habit, TODAY - dt.timedelta(back), mark))
            if rng.random() < 0.5:
                later = Rule(since + dt.timedelta(30), kind, rng.choice(list(SCHEDULES.values())), target)  # type: ignore[arg-type]
                book.apply(edits.set_rule(book.snapshot(), habit, later))
    first = TODAY - dt.timedelta(20)
    book.apply(edits.add_pause(book.snapshot(), first=first, last=first + dt.timedelta(4)))
    book.save()
    return book


def data(*args: str) -> Any:
    result = CliRunner().invoke(cli, [*args, "--json"])
    assert result.exit_code == 0, result.output
    return json.loads(result.output)


def printed(*args: str) -> str:
    result = CliRunner().invoke(cli, args)
    assert result.exit_code == 0, result.output
    return result.output


def explained(book: Book, day: dt.date) -> dict[str, Any]:
    return {habit: data("why", one.alias, "--on", day.isoformat()) for habit, one in book.snapshot().habits.items()}


def streak(why: dict[str, Any]) -> str:
    return words.unit(why["streak"], why["streak_unit"])


@pytest.mark.parametrize("back", [0, 1, 17, 45])
def test_commands_agree_with_why(book: Book, back: int) -> None:
    day = TODAY - dt.timedelta(back)
    why = explained(book, day)
    today = {one["id"]: one for one in data("today", "--on", day.isoformat())["actions"]}
    ranked = {one["id"]: one for one in data("streaks", "--as-of", day.isoformat())}
    assert why.keys() == today.keys() == ranked.keys()
    for habit, told in why.items():
        for name in ("streak", "streak_unit", "breaks_in", "strength"):
            assert today[habit][name] == told[name]
        for name, other in {
            "current": "streak",
            "best": "best",
            "unit": "streak_unit",
            "breaks_in": "breaks_in",
            "strength": "strength",
            "best_list": "best_list",
        }.items():
            assert ranked[habit][name] == told[other]
        assert told["scores"][-1]["score"] == pytest.approx(told["strength"], abs=1e-9)
        assert sum(one["length"] for one in told["judged"] if one["verdict"] == "met") == told["streak"]
        assert told["judged"][-1]["verdict"] == "missed" or told["broke"] is None


def test_what_is_printed_agrees_with_why(book: Book) -> None:
    today, ranked = printed("today"), printed("streaks")
    whys = explained(book, TODAY)
    for habit, why in whys.items():
        one = book.snapshot().habits[habit]
        (line,) = [line for line in today.splitlines() if line.strip().startswith(f"{one.name} ")]
        assert line.endswith(f" {streak(why)}")
        (line,) = [line for line in ranked.splitlines() if line.startswith(f"{one.name} ")]
        assert line.split()[-1] == f"{why['strength']:.0%}"
        shown = printed("habit", "show", one.alias)
        assert f"strength  {why['strength']:.0%}" in shown
        assert f"streak    {streak(why)}" in shown
    longest = max(why["streak"] for why in whys.values())
    assert printed("status", "--format", "{streak}") == f"{longest}\n"


async def test_the_screens_agree_with_why(book: Book) -> None:
    why = explained(book, TODAY)
    app = PitrackApp(book, DayClock(TODAY))
    async with app.run_test(size=(120, 60)) as pilot:
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, TodayScreen)
        shown = {line.text[5:].split("  ")[0]: line.text for line in map(screen.rows.render_line, range(60))}
        for habit, told in why.items():
            line = shown[book.snapshot().habits[habit].name]
            assert f" {streak(told) if told['streak'] else '-'} " in line
            assert f" {told['strength']:.0%} " in line
            assert f" best {told['best']} " in line
        await pilot.press("3")
        await pilot.pause()
        await pilot.press("v")
        await pilot.pause()
        assert isinstance(app.screen, ProgressScreen)
        shown = drawn(app)
        for habit, told in why.items():
            (line,) = [line for line in shown if f" {book.snapshot().habits[habit].name} " in line]
            assert streak(told) in line
            assert f" {told['strength']:.0%} " in f"{line} "
        await pilot.press("1")
        for _habit in why:
            await pilot.press("w")
            await pilot.pause()
            head, *lines = drawn(app)
            told = next(one for one in why.values() if head.strip().startswith(f"{one['habit']} "))
            assert any(line.strip().startswith(f"Streak {streak(told)}, ") for line in lines)
            assert any(f"Strength {told['strength']:.0%}: " in line for line in lines)
            await pilot.press("escape", "down")


def drawn(app: PitrackApp) -> list[str]:
    return [strip.text for strip in app.screen._compositor.render_strips()]
