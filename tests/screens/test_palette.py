"""The palette: every command from everywhere, found by its words; and the chores that have no key."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from pitrack.app import PLACES, PitrackApp, load
from pitrack.core.days import Month
from pitrack.palette import ANYWHERE, ActionCommands, ThemeCommands, match
from pitrack.screens.base import BookScreen
from pitrack.store import edits
from pitrack.store.book import Book
from pitrack.store.clock import DayClock
from pitrack.widgets.bars import KeyLine


async def command(pilot: Pilot[None], typed: str) -> None:
    """Run the first command found."""
    await pilot.press("colon", *typed)
    await pilot.pause(0.4)
    await pilot.press("enter")
    await settle(pilot)


async def settle(pilot: Pilot[None]) -> None:
    await pilot.pause()
    workers = pilot.app.workers
    if running := [worker for worker in workers if worker.group in ("changes", "settings", "command")]:
        await workers.wait_for_complete(running)
    await pilot.pause()


def said(app: PitrackApp) -> str:
    return app.screen.query_one(KeyLine).said[0]


async def found(app: PitrackApp, typed: str) -> list[str]:
    commands = ActionCommands(app.screen)
    await commands.startup()
    return [str(hit.text) async for hit in commands.search(typed)]


def test_commands_for_everywhere_are_bindings() -> None:
    bound = {binding.id for path in PLACES.values() for binding in load(path).BINDINGS}
    assert bound >= ANYWHERE


@pytest.mark.parametrize(
    ("typed", "name", "rank"),
    [
        ("stre", "Streams: new stream", 4),
        ("new stre", "Streams: new stream", 3),
        ("stream new", "Streams: new stream", 3),
        ("tream", "Streams: new stream", 2),
        ("stream old", "Streams: new stream", 0),
        ("ＲＡＴＥ", "Add an exchange rate", 3),
    ],
)
def test_words_match_in_any_order(typed: str, name: str, rank: float) -> None:
    assert match(typed, name) == rank


async def test_commands_of_all_screens_are_found(app: PitrackApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        assert "Streams: new stream" in await found(app, "new stre")
        assert "Plan: add a goal" in await found(app, "goal add")
        assert await found(app, "fill out forms") == ["Nothing matches."]
        await pilot.press("4")
        await pilot.pause()
        assert "Today: add an action" in await found(app, "add act")
        assert "Add a goal" in await found(app, "goal add")


async def test_a_command_of_another_screen_goes_there_first(app: PitrackApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await command(pilot, "new stream")
        assert app.current_mode == "streams"
        assert type(app.screen).__name__ == "StreamDialog"
        await pilot.press("escape")
        await command(pilot, "add goal")
        assert app.current_mode == "plan"
        assert type(app.screen).__name__ == "GoalDialog"


async def test_nothing_found_is_said_in_our_words(app: PitrackApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("colon", *"zzqq")
        await pilot.pause(0.4)
        shown = app.screen.query_one(OptionList)
        assert [str(option.prompt) for option in shown.options] == ["Nothing matches."]
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, BookScreen)


async def test_closing_a_month(app: PitrackApp, book: Book) -> None:
    october = dt.date(2026, 10, 30)
    book.apply(
        edits.add_entry(
            book.snapshot(), kind="income", day=october, gross=Decimal(9), currency="USD", stream=None, status="pending"
        )
    )
    app._keep(book)
    async with app.run_test(size=(80, 24)) as pilot:
        await command(pilot, "close month")
        await pilot.press("escape")  # its lesson may be left out
        await settle(pilot)
        assert said(app).startswith("October 2026 is closed, with 1 entry still pending in it.")
        assert Month(2026, 10) in book.snapshot().closed_months
        await command(pilot, "close month")
        assert said(app) == "October 2026 is closed already."
        await pilot.press("u")
        await settle(pilot)
        assert book.snapshot().closed_months == frozenset()


async def test_adding_a_rate(app: PitrackApp, book: Book, today: dt.date) -> None:
    book.apply(
        edits.add_entry(book.snapshot(), kind="income", day=today, gross=Decimal(9), currency="EUR", stream=None)
    )
    app._keep(book)
    async with app.run_test(size=(80, 24)) as pilot:
        await command(pilot, "exchange rate")
        assert app.screen.query_one("#field-currency Input", Input).value == "EUR"
        await pilot.press(*"usd", "enter")
        assert str(app.screen.query_one("#field-currency .-said").render()) == "USD is the book's own; name another."
        await pilot.press("ctrl+u", *"eur", "tab", *"1.08")
        await pilot.pause()
        assert str(app.screen.query_one("#field-rate .-said").render()) == "1 EUR = 1.08 USD"
        await pilot.press("enter")
        await settle(pilot)
        (rate,) = book.snapshot().rates
        assert (rate.day, rate.base, rate.quote, rate.rate) == (today, "EUR", "USD", Decimal("1.08"))


async def test_settings_of_the_book(app: PitrackApp, book: Book) -> None:
    async with app.run_test(size=(44, 30)) as pilot:
        await command(pilot, "settings")
        await pilot.press("ctrl+u", *"Europe/Paris", "tab", "right", "right", "tab", *"sun", "tab", "ctrl+u", *"eur")
        await pilot.press("enter")
        await settle(pilot)
        now = book.snapshot().settings
        assert (now.zone, now.day_start, now.week_start, now.currency) == ("Europe/Paris", 2, 7, "EUR")


async def test_a_zone_there_is_not(app: PitrackApp, book: Book) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await command(pilot, "settings")
        await pilot.press("ctrl+u", *"Paris", "enter")
        await pilot.pause()
        assert str(app.screen.query_one("#field-zone .-said").render()).startswith("No zone has that name.")
        assert book.snapshot().settings.zone == "Asia/Tokyo"


async def test_the_themes_are_ours(app: PitrackApp) -> None:
    async with app.run_test(size=(80, 24)):
        commands = ThemeCommands(app.screen)
        await commands.startup()
        names = [command.name for command in commands.commands]
        assert {"lantern", "paper", "terminal"} <= set(names)
        assert not {"nord", "gruvbox", "textual-dark"} & set(names)


async def test_hidden_amounts_stay_hidden(book: Book, today: dt.date) -> None:
    kept: dict[str, str | bool] = {}
    app = PitrackApp(book, DayClock(today), remember=kept.update)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("m")
        await settle(pilot)
        assert kept == {"hidden": True}
        await pilot.press("m", "m", "m")
        await settle(pilot)
        assert kept == {"hidden": False}
    assert PitrackApp(book, DayClock(today), hidden=True).hidden
