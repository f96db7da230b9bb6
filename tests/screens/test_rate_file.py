"""Importing exchange rates in the app: the file is named in a dialog, what came of it is told."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from pitrack.app import PitrackApp
from pitrack.screens.dialogs.rate_file import RateFileDialog
from pitrack.store import edits
from pitrack.store.book import Book
from tests.exchange.files import DATA
from tests.screens.test_palette import command, settle

HISTORY = DATA / "ecb" / "eurofxref-hist.csv"


@pytest.fixture(autouse=True)
def foreign(book: Book) -> None:
    """3,000 yen in November, worth $25.00 at the rates of 30 October: 3000 / 150 × 1.25."""
    book.apply(
        edits.add_entry(
            book.snapshot(), kind="income", day=dt.date(2026, 11, 2), gross=Decimal(3000), currency="JPY", stream=None
        )
    )


async def name(pilot: Pilot[None], path: Path | str) -> None:
    pilot.app.screen.query_one(Input).value = str(path)
    await pilot.press("enter")
    await pilot.app.workers.wait_for_complete([w for w in pilot.app.workers if w.group == "rates"])
    await settle(pilot)


def told(app: PitrackApp) -> list[str]:
    return [notice.message for notice in app._notifications]


@pytest.mark.parametrize("size", [(80, 24), (44, 30)])
async def test_rates_are_imported_and_told(app: PitrackApp, book: Book, size: tuple[int, int]) -> None:
    app._keep(book)
    async with app.run_test(size=size) as pilot:
        await command(pilot, "import rates")
        assert isinstance(app.screen, RateFileDialog)
        await name(pilot, HISTORY)
        assert not app.screen.is_modal
        assert told(app) == [
            "4 new rates for JPY, USD, from 2026-10-30 to 2026-11-20.\nMonths whose figures move: 2026-11."
        ]
        assert [(str(rate.day), rate.quote, str(rate.rate)) for rate in book.snapshot().rates] == [
            ("2026-10-30", "JPY", "150"),
            ("2026-10-30", "USD", "1.25"),
            ("2026-11-20", "JPY", "160"),
            ("2026-11-20", "USD", "1.08"),
        ]
        await command(pilot, "import rates")
        await name(pilot, HISTORY)
        assert told(app)[1:] == ["Nothing new: the book has it all."]
        await pilot.press("u")
        await settle(pilot)
        assert book.snapshot().rates == ()


async def test_a_file_that_cannot_be_read_is_told_under_the_field(app: PitrackApp, book: Book, tmp_path: Path) -> None:
    app._keep(book)
    bad = tmp_path / "[b]bad.csv"
    bad.write_text("Date,USD,\n2026-11-20,x,\n")
    async with app.run_test(size=(80, 24)) as pilot:
        await command(pilot, "import rates")
        await pilot.press("enter")
        field = app.screen.query_one("#field-path .-said")
        assert str(field.render()) == "Type the path of a file, such as ~/Downloads/eurofxref-hist.zip."
        for path, reason in (
            (bad, "cannot be imported: line 2, column USD, “x”: it is not a number. Nothing was imported."),
            (tmp_path / "none", "cannot be used: No such file or directory."),
        ):
            await name(pilot, path)
            assert isinstance(app.screen, RateFileDialog)
            assert str(field.render()) == f"{path} {reason}"
        await pilot.press("escape")
        await pilot.pause()
        assert (told(app), book.snapshot().rates) == ([], ())
