"""Outcome metrics, driven by keys, over a real book."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from pitrack.app import PitrackApp
from pitrack.core.changes import Change
from pitrack.exchange.demo import write_demo
from pitrack.screens.dialogs.metric import MetricDialog
from pitrack.screens.streams.metrics import MetricsScreen
from pitrack.screens.streams.screen import StreamsScreen
from pitrack.store import edits
from pitrack.store.book import Book
from pitrack.store.clock import DayClock
from pitrack.text import i18n
from pitrack.widgets.bars import KeyLine
from pitrack.widgets.pieces import Lines
from pitrack.widgets.rows import RowList
from tests.screens.test_assets import seen, told
from tests.screens.test_streams import press, settle

TODAY = dt.date(2026, 11, 22)
WRITTEN = dt.datetime(2026, 11, 22, 4, 2, tzinfo=dt.UTC).timestamp()
SIZES = {"phone": (44, 30), "default": (80, 24), "wide": (120, 40), "huge": (200, 50)}


@pytest.fixture
def counted(empty_book: Book) -> Book:
    """A count of one stream, a level of another, and income of the first."""

    def add(change: Change) -> str:
        empty_book.apply(change)
        return change.writes[0].id

    snap = empty_book.snapshot
    news, books = (
        add(edits.add_stream(snap(), "News [b]letter")),
        add(edits.add_stream(snap(), "電子書籍", currency="JPY")),
    )
    sales = add(edits.add_metric(snap(), "Sales \x1b[31m", stream=books, unit="冊"))
    paid = add(edits.add_metric(snap(), "Paid subscribers", stream=news, kind="level"))
    old = add(edits.add_metric(snap(), "Old"))
    add(edits.edit_metric(snap(), old, archived=True))
    for day, metric, amount in (
        ("2026-09-01", sales, 2), ("2026-10-05", sales, 3), ("2026-11-20", sales, 1),
        ("2026-09-30", paid, 40), ("2026-10-30", paid, 50),
    ):  # fmt: skip
        add(edits.set_reading(snap(), metric, dt.date.fromisoformat(day), Decimal(amount)))
    earned = {"kind": "income", "day": dt.date(2026, 10, 2), "gross": Decimal(120), "currency": "USD"}
    add(edits.add_entry(snap(), stream=news, **earned))
    empty_book.save()
    os.utime(empty_book.path, (WRITTEN, WRITTEN))
    return empty_book


@pytest.fixture
def app(counted: Book) -> PitrackApp:
    return PitrackApp(counted, DayClock(TODAY))


def read(app: PitrackApp, name: str) -> dict[str, Decimal]:
    assert app.snapshot
    metric = next(one for one in app.snapshot.metrics.values() if one.name.startswith(name))
    return {day.isoformat()[5:]: amount for day, amount in app.snapshot.readings(metric.id).items()}


def chart(app: PitrackApp, name: str) -> str:
    return "\n".join(
        "".join(text for text, _role in line)
        for line in app.screen.query_one(f"#{name}")._drawn or ()  # type: ignore[attr-defined]
    )


async def test_metrics_stand_beside_the_income_of_their_streams(app: PitrackApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "2", "o")
        assert isinstance(app.screen, MetricsScreen)
        assert " ".join(told(app, "title")[0].split()) == "Outcomes today, Sun 22 Nov 2 metrics"
        rows = seen(app)
        assert rows[0].startswith("Metric Stream Nov so far Oct on Sep")
        assert "Paid subscribers News [b]letter 50 50 +10 +25.0%" in rows[1]
        assert rows[2].startswith("Sales \\x1b[31m 電子書籍 1 3 +1 +50.0%")
        assert "ARCHIVED" in rows[3]
        assert told(app, "outcome-name") == ["Paid subscribers: 50, 30 Oct"]
        assert told(app, "income-name") == ["Income of News [b]letter: $0.00 in Nov so far"]
        assert "$120" in chart(app, "income")
        # both on one axis: the scale takes as much room in each, and the bars of October stand one above the other
        assert {line.index("|") for line in chart(app, "outcome").splitlines()[:-1]} == {10}
        assert {line.index("|") for line in chart(app, "income").splitlines()[:-1]} == {10}
        await press(pilot, "down")
        assert told(app, "outcome-name") == ["Sales \\x1b[31m: 1 冊, 20 Nov"]
        scale = [line.split("|")[0].strip() for line in chart(app, "outcome").splitlines()[:-1]]
        assert scale == ["8", "", "6", "", "4", "", "2", ""]
        await press(pilot, "m")
        assert "¥" not in chart(app, "income") + told(app, "income-name")[0]
        await press(pilot, "end")
        assert told(app, "income-name") == ["On no stream: there is no income to draw beside it."]


async def test_one_key_logs_one(app: PitrackApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "2", "o", "down", "plus", "plus")
        assert read(app, "Sales")["11-22"] == 2
        assert seen(app)[2].startswith("> Sales \\x1b[31m 電子書籍 3 3 +1 +50.0%")
        await press(pilot, "minus")
        assert read(app, "Sales")["11-22"] == 1
        await press(pilot, "minus")
        assert "11-22" not in read(app, "Sales")
        await press(pilot, "minus")
        assert app.screen.query_one(KeyLine).said == ("There is nothing to take away on this day.", "warn")
        await press(pilot, "u", "u")
        assert read(app, "Sales")["11-22"] == 2


async def test_one_key_moves_a_level_from_where_it_stands(app: PitrackApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "2", "o", "plus")
        assert read(app, "Paid") == {"09-30": 40, "10-30": 50, "11-22": 51}
        await press(pilot, "minus", "minus")
        assert read(app, "Paid")["11-22"] == 49
        await press(pilot, "c")
        assert "11-22" not in read(app, "Paid")
        await press(pilot, "u")
        assert read(app, "Paid")["11-22"] == 49


async def test_an_amount_is_typed(app: PitrackApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "2", "o", "enter", *"５２", "enter")
        assert read(app, "Paid")["11-22"] == 52
        await press(pilot, "enter", *"+1", "enter")
        assert read(app, "Paid")["11-22"] == 53
        await press(pilot, "down", "enter", *"+4", "enter", "enter", *"+2", "enter")
        assert read(app, "Sales")["11-22"] == 6
        await press(pilot, "enter", *"-", "enter")
        assert "11-22" not in read(app, "Sales")


async def test_another_day_is_logged(app: PitrackApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "2", "o", "down", "left", "left", "left", "plus")
        assert read(app, "Sales")["11-19"] == 1
        assert " ".join(told(app, "title")[0].split()).startswith("Outcomes Thu 19 Nov")
        await press(pilot, "right", "right", "right", "right", "plus")
        assert read(app, "Sales")["11-22"] == 1


async def test_a_metric_is_added_edited_archived_and_deleted(app: PitrackApp, counted: Book) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "2", "o", "a", "enter")
        form = app.screen
        assert isinstance(form, MetricDialog)
        assert str(form.query_one("#field-name .-said", Static).render()) == "Give the metric a name."
        await press(pilot, *"Leads")
        form.field("unit").entry.value = "人"
        await press(pilot, "enter")
        added = next(one for one in counted.snapshot().metrics.values() if one.name == "Leads")
        assert (added.kind, added.unit, added.stream) == ("count", "人", None)
        assert app.screen.query_one(RowList).highlighted_key == added.id
        assert told(app, "outcome-name") == ["Leads: no reading yet, + logs one"]
        await press(pilot, "e", *" 2", "enter")
        assert counted.snapshot().metrics[added.id].name == "Leads 2"
        await press(pilot, "A")
        assert counted.snapshot().metrics[added.id].archived
        await press(pilot, "d")
        assert added.id not in counted.snapshot().metrics
        await press(pilot, "u", "u")
        assert not counted.snapshot().metrics[added.id].archived
        await press(pilot, "escape")
        assert isinstance(app.screen, StreamsScreen)


async def test_it_opens_on_the_stream_that_is_chosen(app: PitrackApp) -> None:
    async with app.run_test(size=(44, 30)) as pilot:
        await press(pilot, "2", "down", "down")
        await pilot.pause(0.15)
        await press(pilot, "o")
        assert told(app, "outcome-name")[0].startswith("Sales")
        await press(pilot, "a")
        assert isinstance(app.screen, MetricDialog)
        assert app.snapshot
        assert app.snapshot.streams[app.screen.value("stream")].name == "電子書籍"


async def test_an_empty_list_says_what_to_press(empty_book: Book) -> None:
    app = PitrackApp(empty_book, DayClock(TODAY))
    async with app.run_test(size=(44, 30)) as pilot:
        await press(pilot, "2", "o")
        assert seen(app)[0] == "No metrics yet."
        assert "Press a to add one; then + logs one" in seen(app)
        await press(pilot, "plus", "minus", "enter", "e", "d", "A", "c")
        assert isinstance(app.screen, MetricsScreen)
        assert not app.screen.query_one(
            "#charts",
        ).display
        assert app.screen.query_one("#title", Lines)


@pytest.fixture
def open_book(tmp_path: Path, empty_book: Book) -> Callable[[str], PitrackApp]:
    """The app over the demo book or an empty one."""

    def open_book(kind: str) -> PitrackApp:
        if kind == "empty":
            os.utime(empty_book.path, (WRITTEN, WRITTEN))
            return PitrackApp(empty_book, DayClock(TODAY))
        path = tmp_path / "demo.json"
        write_demo(path, TODAY)
        os.utime(path, (WRITTEN, WRITTEN))
        return PitrackApp(Book.open(path, state=tmp_path / "demo-state"), DayClock(TODAY))

    return open_book


async def _metrics(pilot: Pilot[None]) -> None:
    await press(pilot, "2", "o")
    await settle(pilot)


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
@pytest.mark.parametrize("kind", ["demo", "empty"])
def test_pictures(open_book: Callable[[str], PitrackApp], snap_compare: Any, kind: str, size: tuple[int, int]) -> None:
    assert snap_compare(open_book(kind), terminal_size=size, run_before=_metrics)


@pytest.fixture
def japanese() -> Any:
    i18n.setup("ja")
    yield
    i18n.setup("en")


@pytest.mark.usefixtures("japanese")
def test_picture_in_japanese(open_book: Callable[[str], PitrackApp], snap_compare: Any) -> None:
    assert snap_compare(open_book("demo"), terminal_size=(80, 24), run_before=_metrics)
