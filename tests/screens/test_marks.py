"""Marks in the stream ledger, and what is done to all marked entries at once."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from decimal import Decimal

import pytest
from textual.pilot import Pilot

from pitrack.app import PitrackApp
from pitrack.core.changes import Change
from pitrack.core.model import Entry
from pitrack.screens.dialogs.attach import AttachDialog
from pitrack.screens.dialogs.bulk import BulkDialog
from pitrack.screens.dialogs.entry import EntryDialog
from pitrack.store import edits
from pitrack.store.book import Book
from pitrack.store.clock import DayClock
from pitrack.widgets.bars import KeyLine
from tests.screens.test_streams import SIZES, TODAY, WRITTEN, amounts, enter, fill, press, screen, seen, told, write


@pytest.fixture
def ledger(empty_book: Book) -> Book:
    """Two streams, an asset of one, and six entries: two pending, one void."""

    def made(change: Change) -> str:
        empty_book.apply(change)
        return change.writes[0].id

    news = made(edits.add_stream(empty_book.snapshot(), "Newsletter"))
    books = made(edits.add_stream(empty_book.snapshot(), "電子書籍", currency="JPY"))
    made(edits.add_asset(empty_book.snapshot(), "旅の本", stream=books, published=dt.date(2025, 5, 1)))
    made(edits.add_asset(empty_book.snapshot(), "Old issues", stream=news))
    for day, amount, stream, currency, given in (
        ("2026-10-02", "100", news, "USD", {"tags": ("old", "q4"), "note": "first"}),
        ("2026-10-20", "200", news, "USD", {"status": "pending"}),
        ("2026-11-03", "3000", books, "JPY", {"status": "pending", "tags": ("q4",)}),
        ("2026-11-10", "40", news, "USD", {"status": "void"}),
        ("2026-11-15", "50", news, "USD", {"kind": "expense"}),
        ("2026-11-20", "60", news, "USD", {}),
    ):
        fields = {"kind": "income", "currency": currency, "stream": stream, **given}
        made(
            edits.add_entry(
                empty_book.snapshot(),
                day=dt.date.fromisoformat(day),
                gross=Decimal(amount),
                **fields,  # type: ignore[arg-type]
            )
        )
    empty_book.save()
    os.utime(empty_book.path, (WRITTEN, WRITTEN))
    return empty_book


@pytest.fixture
def app(ledger: Book) -> PitrackApp:
    return PitrackApp(ledger, DayClock(TODAY))


def entry_of(book: Book, amount: str) -> Entry:
    (found,) = [entry for entry in book.snapshot().entries if entry.gross == Decimal(amount)]
    return found


def statuses(book: Book) -> dict[str, str]:
    return {f"{entry.gross:f}": entry.status for entry in book.snapshot().entries}


def at(app: PitrackApp) -> str:
    """The amount of the entry under the cursor."""
    entry = screen(app).entries.highlighted
    return f"{entry.gross:f}" if entry else ""


def said(app: PitrackApp) -> str:
    return screen(app).query_one(KeyLine).said[0]


async def test_space_marks_and_moves_on_and_the_marked_are_summed(app: PitrackApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        await press(pilot, "space", "space", "down", "space")
        assert at(app) == "200"
        # November, 60 and 50 marked, 40 not, 3000 marked; October, the cursor on 200, then 100.
        heads = [line[:3] for line in seen(app, "entries")[:8]]
        assert heads == ["   ", "*  ", "*  ", "   ", "*  ", "   ", " > ", "   "]
        assert told(app, "title")[0].split() == ["All", "streams", "6", "entries", "3", "marked", "newest", "first"]
        assert told(app, "totals") == [
            "marked  net $10.00   income $60.00   expense $50.00",
            "marked  net ¥3,000   ¥3,000 pending",
        ]
        await press(pilot, "up", "space")
        assert told(app, "title")[0].split()[4:6] == ["2", "marked"]


async def test_all_shown_are_marked_and_unmarked(app: PitrackApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        await press(pilot, "*")
        assert len(screen(app).marks) == 6
        await press(pilot, "*")
        assert not screen(app).marks


async def test_escape_takes_the_marks_away_before_the_filter(app: PitrackApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        await press(pilot, "/", "q", "4", "enter", "*")
        assert len(screen(app).marked) == 2
        await press(pilot, "escape")
        assert not screen(app).marks
        assert len(amounts(app)) == 2
        await press(pilot, "escape")
        assert len(amounts(app)) == 6


async def test_marks_survive_a_filter_and_only_what_is_shown_is_acted_on(app: PitrackApp, ledger: Book) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        await press(pilot, "*", "/", "2", "0", "2", "6", "-", "1", "0", "enter")
        assert told(app, "title")[0].split()[2:9] == ["2", "entries", "2", "marked,", "4", "not", "shown"]
        await press(pilot, "d")
        assert said(app) == ("Deleted 2 entries. u brings them back. 4 marked entries not shown are left alone.")
        assert len(ledger.snapshot().entries) == 4
        await press(pilot, "escape", "escape")
        assert len(amounts(app)) == 4
        await press(pilot, "u")
        assert len(ledger.snapshot().entries) == 6


async def test_no_key_acts_on_the_row_below_while_no_marked_entry_is_shown(app: PitrackApp, ledger: Book) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        await press(pilot, "space", "/", "j", "p", "y", "enter", "d")
        assert said(app) == "None of the marked entries is shown."
        await press(pilot, "c", "e", "D", "A")
        assert len(ledger.snapshot().entries) == 6
        assert said(app) == "None of the marked entries is shown."
        await press(pilot, "down")
        assert said(app) == ""
        await press(pilot, "c")
        assert said(app) == "None of the marked entries is shown."
        await press(pilot, "escape")
        assert said(app) == ""


async def test_pending_ones_are_cleared_void_stays_void(app: PitrackApp, ledger: Book) -> None:
    before = statuses(ledger)
    async with app.run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        await press(pilot, "*", "c")
        assert statuses(ledger) == before | {"200": "cleared", "3000": "cleared"}
        assert statuses(ledger)["40"] == "void"
        await press(pilot, "u")
        assert statuses(ledger) == before
        await press(pilot, "c", "c")
        assert said(app) == "None of the marked entries is pending."


async def test_deleting_marked_ones_is_one_undo_and_the_cursor_comes_back(app: PitrackApp, ledger: Book) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        await press(pilot, "down", "space", "space", "up", "d")
        assert said(app) == "Deleted 2 entries. u brings them back."
        assert amounts(app) == ["60", "3000", "200", "100"]
        assert at(app) == "3000"
        assert not screen(app).marks
        await press(pilot, "u")
        assert said(app) == "Undid: deleted 2 entries."
        assert at(app) == "40"
        await press(pilot, "U")
        assert amounts(app) == ["60", "3000", "200", "100"]


async def test_the_cursor_goes_back_to_one_that_undo_brings_back(app: PitrackApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        await press(pilot, "down", "down", "d")
        assert at(app) == "3000"
        await press(pilot, "end", "d")
        assert at(app) == "200"
        await press(pilot, "u")
        assert at(app) == "100"
        await press(pilot, "u")
        assert at(app) == "40"


async def test_undoing_a_copy_leads_back_to_what_was_copied(app: PitrackApp, ledger: Book) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        await press(pilot, "down", "down", "down", "D")
        assert (at(app), len(ledger.snapshot().entries)) == ("3000", 7)
        assert screen(app).entries.cursor == 0
        await press(pilot, "u")
        assert (at(app), screen(app).entries.cursor) == ("3000", 3)


async def test_marked_ones_are_booked_once_more_today(app: PitrackApp, ledger: Book) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        await press(pilot, "end", "space", "up", "space", "D")
        assert said(app) == "Booked 2 entries once more, today."
        copies = [entry for entry in ledger.snapshot().entries if entry.day == TODAY]
        assert [(f"{one.gross:f}", one.status, one.note) for one in copies] == [
            ("100", "cleared", "first"),
            ("200", "cleared", ""),
        ]
        await press(pilot, "u")
        assert len(ledger.snapshot().entries) == 6


async def test_one_form_changes_only_what_is_filled_in(app: PitrackApp, ledger: Book) -> None:
    before = {entry.id: entry for entry in ledger.snapshot().entries}
    async with app.run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        await press(pilot, "*", "e")
        assert isinstance(app.screen, BulkDialog)
        assert app.screen.title_text() == "Edit 6 marked entries"
        await fill(pilot, "more", "#launch #q4")
        await fill(pilot, "less", "#old")
        await fill(pilot, "paid", "yesterday")
        await press(pilot, "enter")
        paid = dt.date(2026, 11, 21)
        after = {entry.id: entry for entry in ledger.snapshot().entries}
        assert {key: entry._replace(tags=(), paid=None) for key, entry in after.items()} == {
            key: entry._replace(tags=(), paid=None) for key, entry in before.items()
        }
        assert {entry.paid for entry in after.values()} == {paid}
        assert {entry.tags for entry in after.values()} == {("launch", "q4")}
        assert said(app) == "Changed 6 entries."
        await press(pilot, "u")
        assert said(app) == "Undid: changed 6 entries."
        assert {entry.id: entry for entry in ledger.snapshot().entries} == before


async def test_the_form_sets_stream_asset_status_and_note(app: PitrackApp, ledger: Book) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        await press(pilot, "space", "space", "e")
        await press(pilot, "right", "right", "tab", "right", "tab", "right", "right")
        await fill(pilot, "note", "moved")
        await press(pilot, "enter")
        snapshot = ledger.snapshot()
        for amount in ("60", "50"):
            entry = entry_of(ledger, amount)
            assert snapshot.streams[entry.stream or ""].name == "電子書籍"
            assert snapshot.assets[entry.asset or ""].name == "Old issues"
            assert (entry.status, entry.note) == ("pending", "moved")


async def test_a_form_left_as_it_is_changes_nothing(app: PitrackApp, ledger: Book) -> None:
    before = ledger.snapshot().entries
    async with app.run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        await press(pilot, "*", "e", "enter")
        assert ledger.snapshot().entries == before
        await press(pilot, "e")
        await fill(pilot, "more", "#two words")
        await press(pilot, "escape")
        assert ledger.snapshot().entries == before


async def test_the_form_says_how_many_are_left_alone(app: PitrackApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        await press(pilot, "*", "/", "j", "p", "y", "enter", "e")
        assert isinstance(app.screen, BulkDialog)
        text = str(app.screen.field("stream").said.render())
        assert text == "5 marked entries not shown are left alone."


async def test_enter_opens_the_entry_under_the_cursor_whatever_is_marked(app: PitrackApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        await press(pilot, "space", "enter")
        assert isinstance(app.screen, EntryDialog)


async def test_entries_are_attached_to_an_asset_of_their_stream_and_let_go(app: PitrackApp, ledger: Book) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        await press(pilot, "A")
        assert isinstance(app.screen, AttachDialog)
        await press(pilot, "enter")
        snapshot = ledger.snapshot()
        assert snapshot.assets[entry_of(ledger, "60").asset or ""].name == "Old issues"
        await press(pilot, "A", "left", "enter")
        assert entry_of(ledger, "60").asset is None


async def test_a_name_makes_the_asset_published_on_the_first_day_unless_typed(app: PitrackApp, ledger: Book) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        await press(pilot, "space", "space", "A")
        await fill(pilot, "name", "Course")
        await press(pilot, "enter")
        made = next(asset for asset in ledger.snapshot().assets.values() if asset.name == "Course")
        assert (made.published, entry_of(ledger, "60").asset, entry_of(ledger, "50").asset) == (
            dt.date(2026, 11, 15),
            made.id,
            made.id,
        )
        assert ledger.snapshot().streams[made.stream or ""].name == "Newsletter"
        await press(pilot, "u")
        assert "Course" not in [asset.name for asset in ledger.snapshot().assets.values()]
        assert entry_of(ledger, "60").asset is None
        await press(pilot, "escape", "A")
        await fill(pilot, "name", "old ISSUES")
        await press(pilot, "enter")
        assert len(ledger.snapshot().assets) == 2
        assert ledger.snapshot().assets[entry_of(ledger, "40").asset or ""].name == "Old issues"


@pytest.mark.parametrize(
    ("size", "hint"),
    [
        ((80, 24), "words  2026-10  >100  #tag  -without  pending  asset:name  100..200  esc all"),
        ((44, 30), "words  2026-10  >100  #tag  esc all"),
    ],
    ids=["default", "phone"],
)
async def test_the_line_below_the_filter_says_what_may_be_typed(
    app: PitrackApp, size: tuple[int, int], hint: str
) -> None:
    async with app.run_test(size=size) as pilot:
        await enter(pilot)
        await press(pilot, "/")
        await pilot.pause()
        assert told(app, "hint") == [hint]


async def test_the_query_language_in_the_app(app: PitrackApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        await press(pilot, "/")
        await write(pilot, "-pending 50..100")
        assert amounts(app) == ["60", "50", "100"]


Compare = Callable[..., bool]


async def _marks(pilot: Pilot[None]) -> None:
    await enter(pilot)
    await press(pilot, "right", "space", "down", "space", "space")


async def _bulk(pilot: Pilot[None]) -> None:
    await _marks(pilot)
    await press(pilot, "/")
    await write(pilot, "usd")
    await press(pilot, "enter", "e")


async def _attach(pilot: Pilot[None]) -> None:
    await enter(pilot)
    await press(pilot, "right", "A")


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
@pytest.mark.parametrize("before", [_marks, _bulk, _attach], ids=["marks", "bulk", "attach"])
def test_pictures(app: PitrackApp, snap_compare: Compare, before: object, size: tuple[int, int]) -> None:
    assert snap_compare(app, terminal_size=size, run_before=before)
