"""What recurs and the month close in the app: every key, what books itself, and how it looks at each size."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Awaitable, Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from pitrack.app import PitrackApp
from pitrack.core.changes import Change, Write
from pitrack.core.days import Month
from pitrack.core.model import Entry, Settings
from pitrack.screens.dialogs.template import TemplateDialog
from pitrack.screens.streams.close import CloseScreen
from pitrack.screens.streams.recurring import RecurringScreen
from pitrack.store import edits, recurring
from pitrack.store.book import Book
from pitrack.store.clock import DayClock
from pitrack.text.plain import cells
from tests.screens.test_progress import seen

TODAY = dt.date(2026, 11, 22)
OCTOBER = Month(2026, 10)
WRITTEN = dt.datetime(2026, 11, 22, 4, 2, tzinfo=dt.UTC).timestamp()
SIZES = [(44, 30), (80, 24), (120, 40)]
at_each_size = pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
Picture = Callable[..., bool]
Before = Callable[[Pilot[None]], Awaitable[None]]


@pytest.fixture
def ledger(tmp_path: Path) -> Book:
    """Photos that paid in July to September, a newsletter with a payout pending, rent that waits twice."""
    path = tmp_path / "synced" / "pitrack.json"
    book = Book.create(path, Settings(store="", zone="Asia/Tokyo", currency="USD"), state=tmp_path / "state")

    def add(build: Any, *args: Any, **given: Any) -> str:
        change = build(book.snapshot(), *args, **given)
        book.apply(change)
        return str(change.writes[0].id)

    photos, news = (add(edits.add_stream, name) for name in ("Stock photos 写真素材", "Newsletter [b]"))
    for month in (7, 8, 9):
        add(
            edits.add_entry,
            kind="income",
            day=dt.date(2026, month, 20),
            paid=dt.date(2026, month, 25),
            gross=Decimal(90),
            currency="USD",
            stream=photos,
        )
    pending = {"kind": "income", "gross": Decimal(112), "currency": "USD", "stream": news, "status": "pending"}
    add(edits.add_entry, day=dt.date(2026, 10, 10), note="Sponsor", **pending)
    rent = {"kind": "expense", "gross": Decimal(800), "currency": "USD"}
    add(recurring.add_template, "Rent 家賃", since=dt.date(2026, 9, 30), **rent)
    book.save()
    os.utime(book.path, (WRITTEN, WRITTEN))
    return book


@pytest.fixture
def app(ledger: Book) -> PitrackApp:
    return PitrackApp(ledger, DayClock(TODAY))


async def press(pilot: Pilot[None], *keys: str) -> None:
    await pilot.pause(0.1)
    for key in keys:
        await pilot.press(key)
        await pilot.pause(0.15)


def booked(app: PitrackApp) -> dict[str, Entry]:
    """What was booked of the template, by period."""
    assert app.snapshot
    return {entry.id.partition("|")[2]: entry for entry in app.snapshot.entries if "|" in entry.id}


def said(app: PitrackApp) -> str:
    return "\n".join(seen(app))


@at_each_size
async def test_streams_say_what_waits_and_r_shows_it(app: PitrackApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await press(pilot, "2")
        assert "2 recurring wait   r book or skip" in said(app)
        await press(pilot, "r")
        assert isinstance(app.screen, RecurringScreen)
        lines = seen(app)
        assert "2 wait to be booked" in lines[1]
        assert sum("Rent 家賃" in line for line in lines) == 3
        assert all(cells(line) <= size[0] for line in lines)
        await press(pilot, "escape")
        assert not isinstance(app.screen, RecurringScreen)


async def test_enter_books_x_skips_and_u_takes_back(app: PitrackApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "2", "r", "enter")
        assert list(booked(app)) == ["2026-09"]
        assert "Booked: Rent 家賃. u takes it back." in said(app)
        await press(pilot, "u")
        assert booked(app) == {}
        await press(pilot, "x")
        assert "1 waits to be booked" in said(app)
        await press(pilot, "u")
        assert "2 wait to be booked" in said(app)
        await press(pilot, "a")
        assert list(booked(app)) == ["2026-09", "2026-10"]
        assert "nothing waits" in said(app)
        await press(pilot, "escape")
        assert "recurring wait" not in said(app)


async def test_e_changes_what_is_booked(app: PitrackApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "2", "r", "e")
        assert "Change and book" in said(app)
        amount = app.screen.query_one("#field-amount Input", Input)
        amount.value = "810.50"
        await press(pilot, "enter")
        (entry,) = booked(app).values()
        assert (entry.gross, entry.day, entry.note) == (Decimal("810.50"), dt.date(2026, 9, 30), "Rent 家賃")


async def test_an_entry_recurs_from_the_ledger_and_its_template_is_edited(app: PitrackApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "2", "R")
        assert isinstance(app.screen, TemplateDialog)
        assert "booked; next on Tue 2026-11-10" in said(app)
        await press(pilot, "enter")
        assert app.snapshot
        made = next(one for one in app.snapshot.templates.values() if one.name == "Sponsor")
        assert (made.gross, made.kind, made.every, made.since) == (
            Decimal(112),
            "income",
            "month",
            dt.date(2026, 10, 10),
        )
        await press(pilot, "r")
        assert "3 wait to be booked" in said(app)  # that of November, and none of October
        await press(pilot, "end", "enter")
        assert "Edit template" in said(app)
        app.screen.query_one("#field-every Input", Input).value = "sometimes"
        await press(pilot, "enter")
        assert "“sometimes” is not how often money recurs." in said(app)
        app.screen.query_one("#field-every Input", Input).value = "3 months"
        await press(pilot, "enter")
        assert any(one.interval == 3 for one in app.snapshot.templates.values())


async def test_templates_are_added_archived_and_deleted(app: PitrackApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "2", "r", "n")
        app.screen.query_one("#field-name Input", Input).value = "Rent 家賃"
        await pilot.pause()
        assert "There is a template of that name already." in said(app)
        for name, value in (("name", "Host"), ("amount", "12"), ("since", "2026-12-01")):
            app.screen.query_one(f"#field-{name} Input", Input).value = value
        await press(pilot, "enter", "end")
        assert app.snapshot
        assert [one.name for one in app.snapshot.templates.values()] == ["Rent 家賃", "Host"]
        await press(pilot, "z")
        assert [one.archived for one in app.snapshot.templates.values()] == [False, True]
        await press(pilot, "end", "d")
        assert len(app.snapshot.templates) == 1
        await press(pilot, "u")
        assert len(app.snapshot.templates) == 2


async def test_what_books_itself_is_booked_at_the_start_and_when_the_day_changes(ledger: Book) -> None:
    (template,) = ledger.snapshot().templates
    ledger.apply(recurring.edit_template(ledger.snapshot(), template, auto=True, since=dt.date(2026, 10, 30)))
    clock = DayClock(TODAY)
    app = PitrackApp(ledger, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot)
        assert list(booked(app)) == ["2026-10"]
        assert "1 recurring entry booked itself. u takes it back." in said(app)
        clock.fixed = dt.date(2026, 11, 30)
        await app._look()
        await press(pilot)
        assert list(booked(app)) == ["2026-10", "2026-11"]
        await press(pilot, "u")
        await app._look()
        await press(pilot, "2")
        assert "1 recurring waits" in said(app)


async def test_progress_names_what_is_missing_until_nothing_came(app: PitrackApp) -> None:
    missing = "Missing: Stock photos 写真素材, usually by the 25th  i book it  z nothing came"
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "3")
        assert missing in said(app)
        await press(pilot, "z")
        assert "Missing" not in said(app)
        assert "Nothing came from Stock photos 写真素材 in October 2026." in said(app)
        await press(pilot, "u")
        assert missing in said(app)
        await press(pilot, "i")
        app.screen.query_one("#field-amount Input", Input).value = "95"
        await press(pilot, "enter")
        assert "Missing" not in said(app)
        assert app.snapshot
        assert app.snapshot.entries[-1].day == dt.date(2026, 10, 31)


async def test_the_close_walks_through_what_is_open(app: PitrackApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "3", "C")
        assert isinstance(app.screen, CloseScreen)
        assert "Close of October 2026   4 things are open" in said(app)
        await press(pilot, "c")
        assert app.snapshot
        entry = next(one for one in app.snapshot.entries if one.note == "Sponsor")
        assert (entry.status, entry.paid) == ("cleared", TODAY)
        await press(pilot, "home", "z", "home", "enter", "home", "x")
        assert list(booked(app)) == ["2026-09"]
        assert "nothing is open" in said(app)
        await press(pilot, "C", "escape")  # the last step, its lesson, may be left out
        assert not isinstance(app.screen, CloseScreen)
        assert app.snapshot.closed_months == {OCTOBER}
        assert "October 2026 is closed. u opens it again." in said(app)
        assert "October, provisional" not in said(app)
        await press(pilot, "u")
        assert "October, provisional" in said(app)


async def test_what_an_edit_by_hand_made_odd_is_refused_with_a_sentence(app: PitrackApp, ledger: Book) -> None:
    """A fee above the amount, and a beat without end: they are shown, and no key on them ends the app."""
    entry = next(one for one in ledger.snapshot().entries if one.status == "pending")
    template = next(iter(ledger.snapshot().templates))
    money = {"gross": "5", "fee": "9", "withheld": "0", "currency": "USD"}
    odd = (
        Write("entries", entry.id, {"money": money}),
        Write("templates", template, {"recurs": {"every": "month", "interval": 4000}}),
    )
    ledger.apply(Change("hand", odd))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "3", "C", "c")
        assert [told.message for told in app._notifications] == [
            "“9” does not work as fee: it is more than the amount itself."
        ]
        await press(pilot, "escape", "2", "r", "end", "z")
        assert len(app._notifications) == 2
        assert app.is_running
        assert not ledger.snapshot().templates[template].archived
        assert ledger.snapshot().document.get("entries", entry.id).count(b'"cleared"') == 0


async def test_a_template_made_odd_by_hand_books_nothing_and_stops_no_start(ledger: Book) -> None:
    given = {"kind": "expense", "gross": Decimal(9), "currency": "USD", "since": dt.date(2026, 11, 1), "auto": True}
    for name in ("Host", "Odd"):
        ledger.apply(recurring.add_template(ledger.snapshot(), name, **given))
    odd = next(one.id for one in ledger.snapshot().templates.values() if one.name == "Odd")
    money = {"gross": "5", "fee": "9", "withheld": "0", "currency": "USD"}
    ledger.apply(Change("hand", (Write("templates", odd, {"money": money}),)))
    app = PitrackApp(ledger, DayClock(TODAY))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "2", "r", "end")
        assert [entry.note for entry in booked(app).values()] == ["Host"]
        assert any("Odd" in line for line in seen(app))
        assert app.is_running


async def test_what_a_template_keeps_of_an_entry(app: PitrackApp, ledger: Book) -> None:
    """Its asset; a fee in another currency is refused."""
    entry = next(one for one in ledger.snapshot().entries if one.status == "pending")
    ledger.apply(edits.attach_entries(ledger.snapshot(), [entry.id], "Guide"))
    (asset,) = ledger.snapshot().assets
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "2", "R")
        app.screen.query_one("#field-fee Input", Input).value = "1 EUR"
        await press(pilot, "enter")
        assert isinstance(app.screen, TemplateDialog)
        app.screen.query_one("#field-fee Input", Input).value = "1"
        await press(pilot, "enter")
        made = next(one for one in ledger.snapshot().templates.values() if one.gross == 112)
        assert (made.asset, made.fee) == (asset, 1)


async def test_a_month_closes_with_things_open_and_says_so(app: PitrackApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "3", "C", "C", "escape")
        assert "October 2026 is closed, with 4 things still open in it." in said(app)


@at_each_size
async def test_a_month_that_is_closed_says_so_and_opens_again(app: PitrackApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await press(pilot, "3", "C", "C", "escape")
        assert app.snapshot
        assert app.snapshot.closed_months == {OCTOBER}
        await press(pilot, "C")
        assert isinstance(app.screen, CloseScreen)
        assert "October 2026 is closed" in said(app)
        assert " C open it again" in said(app)
        await press(pilot, "C")
        assert app.snapshot.closed_months == frozenset()
        assert "October 2026 is provisional again. u takes that back." in " ".join(said(app).split())
        assert "Close of October 2026" in said(app)
        await press(pilot, "u", "escape")
        assert app.snapshot.closed_months == {OCTOBER}
        assert not isinstance(app.screen, CloseScreen)


async def test_hidden_amounts_stay_hidden(app: PitrackApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "m", "2", "r")
        assert "800" not in said(app)
        await press(pilot, "escape", "3", "C")
        assert "112" not in said(app)


def pressing(*keys: str) -> Before:
    async def before(pilot: Pilot[None]) -> None:
        await press(pilot, *keys)
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()

    return before


@at_each_size
@pytest.mark.parametrize("keys", [("2", "r"), ("2", "r", "n"), ("3", "C"), ("3",)], ids="-".join)
def test_picture(snap_compare: Picture, app: PitrackApp, size: tuple[int, int], keys: tuple[str, ...]) -> None:
    assert snap_compare(app, terminal_size=size, run_before=pressing(*keys))


def test_picture_of_a_book_where_nothing_recurs(snap_compare: Picture, empty_book: Book) -> None:
    os.utime(empty_book.path, (WRITTEN, WRITTEN))
    app = PitrackApp(empty_book, DayClock(TODAY))
    assert snap_compare(app, terminal_size=(80, 24), run_before=pressing("2", "r"))
