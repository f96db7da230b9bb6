"""Automations and the five merits, driven by keys, over a real book."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from textual.pilot import Pilot
from textual.widgets import Input, Static

from pitrack import chores
from pitrack.app import PitrackApp
from pitrack.cli.main import cli
from pitrack.core.changes import Change
from pitrack.core.days import Month
from pitrack.exchange.demo import write_demo
from pitrack.screens.dialogs.automation import AutomationDialog
from pitrack.screens.dialogs.explain import ExplainScreen
from pitrack.screens.plan.automations import AutomationsScreen
from pitrack.screens.plan.screen import PlanScreen
from pitrack.store import edits
from pitrack.store.book import Book
from pitrack.store.clock import DayClock
from pitrack.text import i18n
from pitrack.text.dates import span
from pitrack.widgets.pieces import Lines
from pitrack.widgets.rows import RowList
from tests.screens.test_streams import press, settle

TODAY = dt.date(2026, 11, 22)
WRITTEN = dt.datetime(2026, 11, 22, 4, 2, tzinfo=dt.UTC).timestamp()
SIZES = {"phone": (44, 30), "default": (80, 24), "wide": (120, 40), "desktop": (200, 50)}


@pytest.fixture
def works(empty_book: Book) -> Book:
    """Layout took 3 hours a month up to June, and 1 hour since a template does it; 12 units were sold in October."""

    def add(change: Change) -> str:
        empty_book.apply(change)
        return change.writes[0].id

    snap = empty_book.snapshot
    news, books = add(edits.add_stream(snap(), "Newsletter")), add(edits.add_stream(snap(), "電子書籍", currency="JPY"))
    for month in range(4, 11):
        spent = 180 if month < 7 else 60
        day = dt.date(2026, month, 5)
        add(edits.add_time(snap(), day=day, minutes=spent, stream=news, kind="routine", task="layout"))
    add(edits.add_time(snap(), day=dt.date(2026, 10, 6), minutes=180, stream=news))
    for kind, amount, units in (("income", "100", Decimal(12)), ("expense", "20", None)):
        given: dict[str, Any] = {"kind": kind, "currency": "USD", "stream": news, "units": units}
        add(edits.add_entry(snap(), day=dt.date(2026, 10, 10), gross=Decimal(amount), **given))
    add(edits.add_automation(snap(), "Template [b]", since=dt.date(2026, 7, 1), stream=news, task="layout",
                             tool="mailing \x1b[31m tool", cost=Decimal(9)))  # fmt: skip
    add(
        edits.add_automation(
            snap(), "請求書の送付", since=dt.date(2026, 11, 1), stream=books, cost=Decimal(600), currency="JPY"
        )
    )
    empty_book.save()
    os.utime(empty_book.path, (WRITTEN, WRITTEN))
    return empty_book


@pytest.fixture
def app(works: Book) -> PitrackApp:
    return PitrackApp(works, DayClock(TODAY))


async def opened(pilot: Pilot[None], *keys: str) -> None:
    await press(pilot, "4", "s")
    for key in keys:
        await press(pilot, key)


def seen(app: PitrackApp, rows_id: str) -> list[str]:
    rows = app.screen.query_one(f"#{rows_id}", RowList)
    lines = [rows.render_line(y).text.strip() for y in range(rows.size.height)]
    return [" ".join(line.split()) for line in lines if line]


def told(app: PitrackApp, lines_id: str) -> str:
    lines = app.screen.query_one(f"#{lines_id}", Lines).lines
    return " ".join(" ".join("".join(text for text, _role in line) for line in lines).split())


def names(app: PitrackApp) -> list[str]:
    return [line.automation.name for line in app.screen.query_one("#automations", RowList).items]


async def test_the_register_stands_below_the_merits(app: PitrackApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(pilot)
        assert isinstance(app.screen, AutomationsScreen)
        assert told(app, "title") == "Automations of all streams October 2026, 2 running"
        merits = seen(app, "merits")
        assert merits[0] == "Merit year change"
        assert merits[1].startswith("- Efficiency 2.0 h hours saved, 3-month mean")
        assert merits[1].endswith(" 0.0 h")
        assert merits[2].startswith("Cost 20.0% costs as a part of income")
        assert merits[3].startswith("Scalability 3.0 units sold per hour of work")
        assert merits[4] == "Always on - payouts hide the days of sale"
        assert merits[5].startswith("Core focus 75.0% hours that are not routine")
        assert told(app, "facts") == "Fixed $9.00 a month, covered on 10 Oct automations cost $9.00 a month"
        assert seen(app, "automations") == [
            "Automation Task Tool Stream since cost a month saved since it began",
            "> Template [b] layout mailing \\x1b[31m t.. Newsletter 2026-07-01 $9.00 2.0 h",
            "請求書の送付 電子書籍 2026-11-01 ¥600 -",
        ]
        assert told(app, "foot") == (
            "layout: 3.0 h a month in Apr-Jun 2026, 1.0 h in Aug-Oct 2026 mailing \\x1b[31m tool, Newsletter"
        )
        await press(pilot, "down")
        assert told(app, "foot") == "It names no task. 電子書籍"
        await press(pilot, "m")
        assert "$" not in "".join((*seen(app, "automations"), told(app, "facts")))
        await press(pilot, "escape")
        assert isinstance(app.screen, PlanScreen)


async def test_the_screen_says_the_figures_of_the_command(app: PitrackApp, works: Book, monkeypatch: Any) -> None:
    monkeypatch.setenv("PITRACK_TODAY", TODAY.isoformat())
    result = CliRunner().invoke(cli, ["--file", str(works.path), "merits", "--json"])
    data = json.loads(result.stdout)["all"]
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        shown = {merit.id: merit for merit in app.screen.query_one("#merits", RowList).items}
        lines = seen(app, "merits")[1:]
    for line, merit in zip(lines, data["merits"], strict=True):
        figure = merit["figure"]
        assert (figure is None) == (shown[merit["id"]].figure is None)
        if figure is not None:
            assert float(shown[merit["id"]].figure) == pytest.approx(float(figure))
            text = f"{100 * figure:.1f}%" if merit["measure"] == "share" else f"{float(figure):.1f}"
            assert text in line


async def test_a_merit_is_explained_by_its_numbers(app: PitrackApp) -> None:
    async with app.run_test(size=(80, 50)) as pilot:
        await opened(pilot, "tab")
        assert told(app, "foot") == ("Efficiency 2.0 h hours saved, 3-month mean last 3 months 2.0 h, 3 before 2.0 h")
        numbers = []
        for _merit in range(5):
            await press(pilot, "enter")
            assert isinstance(app.screen, ExplainScreen)
            numbers.append([figure.numbers for figure in app.screen.explanation.figures])
            await press(pilot, "escape")
            await press(pilot, "down")
        assert numbers[0][0] == (
            "Template [b]: 3.0 h (Apr-Jun 2026) - 1.0 h (Aug-Oct 2026) = 2.0 h\n請求書の送付: it names no task"
        )
        assert numbers[0][1] == "2.0 h - 2.0 h = 0.0 h"
        assert numbers[1][:2] == ["$20.00 / $100.00 = 20.0%", "Template [b]: $9.00"]
        assert numbers[1][3] == "Template [b]: $9.00\n請求書の送付: ¥600\nJPY has no rate"
        assert numbers[2][0] == "12 / 4.0 h = 3.0"
        assert numbers[3][0] == "payouts hide the days of sale"
        assert numbers[4][0] == "3.0 h / 4.0 h = 75.0%"
        assert numbers[4][1] == "layout     3.0 h -> 1.0 h\nmaking     0.0 h -> 1.0 h"


async def test_what_is_saved_adds_up_where_rounded_means_would_not(app: PitrackApp, works: Book) -> None:
    news = next(iter(works.snapshot().streams))
    for day, spent in (("2026-04-06", 200), ("2026-10-07", 100)):  # 740 minutes in three months, and 280
        works.apply(edits.add_time(works.snapshot(), day=dt.date.fromisoformat(day), minutes=spent, stream=news,
                                   kind="routine", task="layout"))  # fmt: skip
    async with app.run_test(size=(80, 50)) as pilot:
        await opened(pilot, "tab", "enter")
        assert isinstance(app.screen, ExplainScreen)
        saved = app.screen.explanation.figures[0]
    assert (saved.name, saved.value) == ("Hours saved, 3-month mean", "2.6 h")
    assert saved.numbers.splitlines()[0] == (
        "Template [b]: 12 h 20 min / 3 (Apr-Jun 2026) - 4 h 40 min / 3 (Aug-Oct 2026) = 2.6 h"
    )


async def test_one_stream_after_the_other(app: PitrackApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, "right")
        assert told(app, "title").startswith("Automations of Newsletter")
        assert names(app) == ["Template [b]"]
        await press(pilot, "right")
        assert names(app) == ["請求書の送付"]
        assert seen(app, "merits")[1] == "- Efficiency - no automation names its task"
        await press(pilot, "right")
        assert len(names(app)) == 2
        await press(pilot, "left")
        assert names(app) == ["請求書の送付"]


async def test_an_automation_is_added_edited_stopped_archived_and_deleted(app: PitrackApp, works: Book) -> None:
    def newest() -> Any:
        return list(works.snapshot().automations.values())[-1]

    async with app.run_test(size=(44, 30)) as pilot:
        await opened(pilot, "a")
        assert isinstance(app.screen, AutomationDialog)
        await press(pilot, "enter")
        assert str(app.screen.query_one("#field-name .-said", Static).render()) == "Give the automation a name."
        app.screen.query_one("#field-name Input", Input).value = "Tagger"
        app.screen.query_one("#field-task Input", Input).value = "layout"
        app.screen.query_one("#field-cost Input", Input).value = "5 eur"
        app.screen.query_one("#field-until Input", Input).value = "2026-11-01"
        await press(pilot, "enter")
        assert isinstance(app.screen, AutomationDialog)  # it would end before it began
        app.screen.query_one("#field-until Input", Input).value = "11-21"
        await press(pilot, "enter")
        assert isinstance(app.screen, AutomationDialog)
        app.screen.query_one("#field-until Input", Input).value = ""
        await press(pilot, "enter")
        assert isinstance(app.screen, AutomationsScreen)
        assert (newest().name, newest().task, newest().cost, newest().currency) == ("Tagger", "layout", 5, "EUR")
        assert (newest().since, newest().until) == (TODAY, None)
        assert app.screen.automation == newest()
        await press(pilot, "e")
        app.screen.query_one("#field-tool Input", Input).value = "script"
        await press(pilot, "enter")
        assert newest().tool == "script"
        await press(pilot, "x")
        assert newest().until == TODAY
        await press(pilot, "u")
        assert newest().until is None
        await press(pilot, "A")
        assert newest().archived
        assert "archived" in " ".join(seen(app, "automations"))
        await press(pilot, "A")
        assert not newest().archived
        await press(pilot, "d")
        assert len(works.snapshot().automations) == 2
        await press(pilot, "u")
        assert len(works.snapshot().automations) == 3


async def test_the_tasks_that_were_logged_are_completed(app: PitrackApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, "a")
        entry = app.screen.query_one("#field-task Input", Input)
        assert entry.suggester
        assert await entry.suggester.get_suggestion("lay") == "layout"


async def test_what_an_hour_is_worth_sets_the_hours_against_the_tools(app: PitrackApp, works: Book) -> None:
    def said(field: str) -> str:
        return str(app.screen.query_one(f"#field-{field} .-said", Static).render())

    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        for typed, sentence in (("25 eur", "Say it in the book's currency, USD."), ("much", "“much” is not an amount")):
            chores.edit_settings(app)
            await settle(pilot)
            app.screen.query_one("#field-hourly Input", Input).value = typed
            await press(pilot, "enter")
            assert said("hourly").startswith(sentence)
            await press(pilot, "escape")
        chores.edit_settings(app)
        await settle(pilot)
        app.screen.query_one("#field-hourly Input", Input).value = "25"
        await settle(pilot)
        assert said("hourly") == "25.00 USD an hour"
        await press(pilot, "enter")
        assert works.snapshot().settings.hourly == 25
        # 2 h at 25 less the 9 of the template; yen have no rate
        assert told(app, "facts").endswith("hours saved less tools $41.00")
        chores.edit_settings(app)
        await settle(pilot)
        app.screen.query_one("#field-hourly Input", Input).value = ""
        await press(pilot, "enter")
        assert works.snapshot().settings.hourly is None


async def test_an_empty_register_says_what_to_press(empty_book: Book) -> None:
    app = PitrackApp(empty_book, DayClock(TODAY))
    async with app.run_test(size=(44, 30)) as pilot:
        await opened(pilot)
        assert seen(app, "automations") == [
            "No automation yet.",
            "An automation is a tool that does what",
            "you did by hand: a template, a",
            "scheduler, a script. Give it the label",
            "of the task that it takes over, and the",
            "hours you log on that task show what it",
            "saves.",
            "Press a to add one.",
        ]
        await press(pilot, "enter", "e", "x", "A", "d", "right", "left", "tab", "enter")
        assert isinstance(app.screen, ExplainScreen)
        await press(pilot, "escape", "tab", "escape")
        assert isinstance(app.screen, PlanScreen)


@pytest.fixture
def demo(tmp_path: Path) -> PitrackApp:
    path = tmp_path / "demo.json"
    write_demo(path, TODAY)
    os.utime(path, (WRITTEN, WRITTEN))
    return PitrackApp(Book.open(path, state=tmp_path / "state"), DayClock(TODAY))


@pytest.fixture
def japanese() -> Iterator[None]:
    i18n.setup("ja")
    yield
    i18n.setup("en")


async def _list(pilot: Pilot[None]) -> None:
    await opened(pilot)


async def _stream(pilot: Pilot[None]) -> None:
    await opened(pilot, "right", "right", "tab")


async def _why(pilot: Pilot[None]) -> None:
    await opened(pilot, "tab", "down", "enter")


async def _form(pilot: Pilot[None]) -> None:
    await opened(pilot, "e")
    await settle(pilot)


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_picture_of_the_register(demo: PitrackApp, snap_compare: Any, size: tuple[int, int]) -> None:
    assert snap_compare(demo, terminal_size=size, run_before=_list)


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_picture_of_an_empty_register(empty_book: Book, snap_compare: Any, size: tuple[int, int]) -> None:
    os.utime(empty_book.path, (WRITTEN, WRITTEN))
    assert snap_compare(PitrackApp(empty_book, DayClock(TODAY)), terminal_size=size, run_before=_list)


@pytest.mark.parametrize("before", [_stream, _why, _form], ids=["stream", "why", "form"])
def test_pictures(demo: PitrackApp, snap_compare: Any, before: object) -> None:
    assert snap_compare(demo, terminal_size=(80, 24), run_before=before)


def test_picture_in_japanese(demo: PitrackApp, snap_compare: Any, japanese: None) -> None:
    assert snap_compare(demo, terminal_size=(80, 24), run_before=_list)


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ((2025, 9), (2025, 11), "Sep-Nov 2025"),
        ((2025, 12), (2026, 2), "Dec 2025 - Feb 2026"),
        ((2026, 2), (2026, 2), "Feb 2026"),
    ],
)
def test_months_over_a_new_year_say_both_years(first: tuple[int, int], last: tuple[int, int], said: str) -> None:
    assert span([Month(*first), Month(*last)]) == said
