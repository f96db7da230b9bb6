"""The stream ledger, driven by keys, over a real book."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from decimal import Decimal

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from pitrack.app import PitrackApp
from pitrack.core.model import Entry
from pitrack.screens.dialogs.base import Field
from pitrack.screens.dialogs.entry import EntryDialog
from pitrack.screens.dialogs.quick import QuickEntry
from pitrack.screens.streams.screen import StreamsScreen
from pitrack.store import edits
from pitrack.store.book import Book
from pitrack.store.clock import DayClock
from pitrack.widgets.bars import KeyLine
from pitrack.widgets.pieces import Lines, width_of

TODAY = dt.date(2026, 11, 22)
WRITTEN = dt.datetime(2026, 11, 22, 4, 2, tzinfo=dt.UTC).timestamp()
NEWS, EBOOKS, JOB = "News [b]letter", "電子書籍", "Day job"
SIZES = {"phone": (44, 30), "default": (80, 24), "wide": (120, 40)}


@pytest.fixture
def ledger(empty_book: Book) -> Book:
    """Three streams, two currencies, one entry of every kind and status."""

    def stream(name: str, **given: object) -> str:
        change = edits.add_stream(empty_book.snapshot(), name, **given)  # type: ignore[arg-type]
        empty_book.apply(change)
        return change.writes[0].id

    def entry(day: str, amount: str, stream: str, **given: object) -> None:
        fields = {"kind": "income", "currency": "USD"} | given
        made = edits.add_entry(
            empty_book.snapshot(),
            day=dt.date.fromisoformat(day),
            gross=Decimal(amount),
            stream=stream,
            **fields,  # type: ignore[arg-type]
        )
        empty_book.apply(made)

    news = stream(NEWS)
    books = stream(EBOOKS, currency="JPY", role="service", stage="test")
    job = stream(JOB, role="job")
    entry("2026-09-25", "900", news)
    entry("2026-10-02", "990", news, fee=Decimal(30), note="Subscriptions", tags=("paid",))
    entry("2026-10-25", "4000", job, note="Salary")
    entry("2026-11-02", "29", news, kind="expense", note="Mailing tool", tags=("tools",))
    entry("2026-11-05", "12000", books, currency="JPY", note="ロイヤリティ", status="pending")
    entry("2026-11-06", "700", books, currency="JPY", kind="refund")
    entry("2026-11-12", "120.50", news, note="Sponsor \x1b[31mred", tags=("sponsor", "q4"), status="pending")
    entry("2026-11-20", "5", news, status="void", note="typed twice")
    empty_book.save()
    os.utime(empty_book.path, (WRITTEN, WRITTEN))
    return empty_book


@pytest.fixture
def app(ledger: Book) -> PitrackApp:
    return PitrackApp(ledger, DayClock(TODAY))


def screen(app: PitrackApp) -> StreamsScreen:
    assert isinstance(app.screen, StreamsScreen)
    return app.screen


async def settle(pilot: Pilot[None]) -> None:
    """Until everything asked for is done and shown."""
    await pilot.pause()
    while any(not one.is_finished for one in pilot.app.workers if one.group in ("changes", "ledger", "totals")):
        await pilot.pause(0.01)
    await pilot.pause()


async def enter(pilot: Pilot[None]) -> StreamsScreen:
    """Switch to the ledger."""
    app = pilot.app
    assert isinstance(app, PitrackApp)
    await pilot.press("2")
    await settle(pilot)
    return screen(app)


async def press(pilot: Pilot[None], *keys: str) -> None:
    await pilot.press(*keys)
    await settle(pilot)


async def write(pilot: Pilot[None], text: str) -> None:
    await press(pilot, *("space" if letter == " " else letter for letter in text))


def amounts(app: PitrackApp) -> list[str]:
    return [f"{entry.gross:f}" for entry in screen(app).entries.items]


def seen(app: PitrackApp, list_id: str) -> list[str]:
    rows = screen(app).query_one(f"#{list_id}")
    return [rows.render_line(y).text.rstrip() for y in range(rows.size.height)]


def told(app: PitrackApp, lines_id: str) -> list[str]:
    lines = app.screen.query_one(f"#{lines_id}", Lines).lines
    return ["".join(text for text, _role in line).strip() for line in lines]


def newest(book: Book) -> Entry:
    """The entry that was booked last."""
    return max(book.snapshot().entries, key=lambda entry: entry.id)


async def test_all_entries_newest_first_under_their_months(app: PitrackApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        assert amounts(app) == ["5", "120.50", "700", "12000", "29", "4000", "990", "900"]
        lines = seen(app, "entries")
        assert lines[0].split() == ["NOVEMBER", "2026", "net", "¥11,300", "$91.50"]
        assert lines[1].split() == [">", "Fri", "20", "News", "[b]letter", "income", "$5.00", "void", "typed", "twice"]
        assert lines[3].split() == ["Fri", "6", EBOOKS, "refund", "-¥700"]
        assert lines[5].split()[-5:] == ["expense", "-$29.00", "Mailing", "tool", "#to.."]
        assert lines[6].split() == ["OCTOBER", "2026", "net", "$960.00", "job", "$4,000.00"]
        assert lines[8].split()[-4:] == ["+$990.00", "fee", "$30.00", "Subscriptions"]


async def test_totals_keep_currencies_apart_and_leave_void_entries_out(app: PitrackApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        assert told(app, "totals") == [
            "net $1,951.50   job $4,000.00   $120.50 pending",
            "net ¥11,300   ¥12,000 pending",
        ]
        await press(pilot, "/")
        await write(pilot, "day")
        assert told(app, "totals") == ["job $4,000.00"]


async def test_a_stream_says_its_income_and_expense_and_the_job_is_a_stream_as_others(app: PitrackApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        await press(pilot, "left", "down")
        await pilot.pause(0.2)
        assert told(app, "totals") == ["net $1,951.50   $120.50 pending   income $2,010.50   expense $59.00"]
        await press(pilot, "down", "down")
        await pilot.pause(0.2)
        assert told(app, "totals") == ["net $4,000.00"]


@pytest.mark.parametrize("size", [(44, 30), (80, 24), (120, 40), (200, 50)], ids=str)
async def test_a_fee_and_what_streams_are_counted_in_are_seen_at_every_size(
    app: PitrackApp, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        await enter(pilot)
        assert "Nov income" in seen(app, "streams")[0]
        assert "each in its own currency" in "\n".join(seen(app, "streams")[1:3])
        await press(pilot, "right")
        shown = "\n".join(seen(app, "entries"))
        assert "fee $30.00" in shown or "net $960.00" in shown
        await press(pilot, "m")
        assert "30.00" not in "\n".join(seen(app, "entries"))


@pytest.mark.parametrize("moves", [(), ("down", "down", "up", "up")], ids=["untouched", "come back"])
async def test_entries_that_arrive_above_the_first_row_are_seen(
    app: PitrackApp, reopen: Callable[[], Book], moves: tuple[str, ...]
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        await press(pilot, *moves)
        chosen = screen(app).entries.highlighted_key
        other = reopen()
        for amount in (71, 72, 73):
            snapshot = other.snapshot()
            other.apply(edits.add_entry(snapshot, kind="income", day=TODAY, gross=Decimal(amount), currency="USD"))
        other.save()
        while len(amounts(app)) == 8:
            await pilot.pause(0.05)
        await settle(pilot)
        shown = seen(app, "entries")
        assert screen(app).entries.highlighted_key == chosen
    assert shown[0].split()[:2] == ["NOVEMBER", "2026"]
    assert [line.split()[-1] for line in shown[1:4]] == ["+$73.00", "+$72.00", "+$71.00"]
    assert shown[4].startswith(" > Fri 20")


async def test_streams_stand_with_their_figures_and_the_job_is_marked(app: PitrackApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        head, everything, news, books, job, *_rest = seen(app, "streams")
        assert head.split()[:6] == ["Stream", "Stage", "Nov", "income", "Oct", "change"]
        assert everything.split() == ["-", "All", "streams", "8", "entries", "each", "in", "its", "own", "currency"]
        assert news.split()[:5] == ["News", "[b]letter", "live", "$120.50", "+10.0%"]
        assert books.split()[:4] == [EBOOKS, "test,", "service", "¥11,300"]
        assert job.split()[:4] == ["Day", "job", "job", "$0.00"]


async def test_a_stream_is_chosen_by_moving_to_it(app: PitrackApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        await press(pilot, "left", "down", "down")
        await pilot.pause(0.2)
        assert amounts(app) == ["700", "12000"]
        assert told(app, "title")[0].split() == [EBOOKS, "2", "entries", "newest", "first"]
        assert told(app, "totals") == ["net ¥11,300   ¥12,000 pending"]
        await press(pilot, "right")
        assert app.focused is screen(app).entries


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("spon", ["120.50"]),
        (">950", ["12000", "4000", "990"]),
        ("#tools", ["29"]),
        ("pending jpy", ["12000"]),
        ("2026-10", ["4000", "990"]),
        ("[b]", ["5", "120.50", "29", "990", "900"]),
    ],
)
async def test_the_filter_works_while_one_types(app: PitrackApp, query: str, left: list[str]) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        await press(pilot, "/")
        await write(pilot, query)
        assert amounts(app) == left
        await press(pilot, "enter")
        assert app.focused is screen(app).entries
        await press(pilot, "escape")
        assert len(amounts(app)) == 8
        assert not screen(app).query(Input)


async def test_a_filter_that_finds_nothing_says_how_to_go_on(app: PitrackApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        await press(pilot, "/", "z", "z")
        assert "No entry matches. Escape shows all again." in "\n".join(seen(app, "entries"))
        assert told(app, "totals") == []


async def test_sorting_shows_whole_dates_and_compares_no_yen_with_dollars(app: PitrackApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        await press(pilot, "s")
        assert amounts(app) == ["4000", "990", "900", "120.50", "29", "5", "12000", "700"]
        assert seen(app, "entries")[0].split()[:2] == [">", "2026-10-25"]
        assert told(app, "title")[0].split()[4:] == ["by", "currency,", "largest", "first"]
        await press(pilot, "s")
        assert amounts(app)[0] == "4000"  # the day job
        await press(pilot, "s")
        assert amounts(app) == ["120.50", "12000", "700", "29", "4000", "990", "900", "5"]
        await press(pilot, "s")
        assert told(app, "title")[0].split()[4:] == ["by", "asset"]
        await press(pilot, "s")
        assert amounts(app)[0] == "5"


async def test_hidden_amounts_are_nowhere(app: PitrackApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await enter(pilot)
        await press(pilot, "m")
        shown = "\n".join((*seen(app, "streams"), *seen(app, "entries"), *told(app, "totals")))
        assert "***" in shown
        assert not {"$", "¥"} & set(shown)


async def test_control_characters_in_a_note_are_spelt(app: PitrackApp) -> None:
    async with app.run_test(size=(200, 50)) as pilot:
        await enter(pilot)
        assert r"Sponsor \x1b[31mred" in seen(app, "entries")[2]


async def test_one_line_books_an_entry_and_the_cursor_is_on_it(app: PitrackApp, ledger: Book) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        await press(pilot, "a")
        await write(pilot, "120.50 usd news sponsor #q4 @yesterday fee:2.5")
        preview = " ".join("".join(text for text, _role in line) for line in app.screen.query_one(Lines).lines)
        assert " ".join(preview.split()) == "income +120.50 USD News [b]letter Sat 2026-11-21 fee 2.5 “sponsor” #q4"
        await press(pilot, "enter")
        booked = newest(ledger)
        assert (booked.gross, booked.fee, booked.day) == (Decimal("120.50"), Decimal("2.5"), dt.date(2026, 11, 21))
        assert (booked.note, booked.tags) == ("sponsor", ("q4",))
        assert ledger.snapshot().streams[booked.stream or ""].name == NEWS
        assert screen(app).entries.highlighted_key == booked.id


async def test_a_line_that_cannot_be_read_says_why_and_stays(app: PitrackApp, ledger: Book) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        await press(pilot, "a")
        await write(pilot, "news @nonsense")
        await press(pilot, "enter")
        assert isinstance(app.screen, QuickEntry)
        said = " ".join("".join(text for text, _role in line).strip() for line in app.screen.query_one(Lines).lines)
        assert said.startswith("“nonsense” is not a day.")
        await press(pilot, "escape")
        assert len(ledger.snapshot().entries) == 8


async def test_the_chosen_stream_and_its_currency_are_meant_where_none_is_named(app: PitrackApp, ledger: Book) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        await press(pilot, "left", "down", "down", "a")
        await write(pilot, "1500,00")
        await press(pilot, "enter")
        assert isinstance(app.screen, QuickEntry)
        said = " ".join("".join(text for text, _role in line).strip() for line in app.screen.query_one(Lines).lines)
        assert said.startswith("“1500,00” is unclear: a comma groups thousands here, as in 1,200.")
        app.screen.query_one(Input).value = "1500"
        await press(pilot, "enter")
        booked = newest(ledger)
        assert ledger.snapshot().streams[booked.stream or ""].name == EBOOKS
        assert (booked.gross, booked.currency) == (Decimal(1500), "JPY")


async def test_tab_opens_the_full_form_with_what_was_understood(app: PitrackApp, ledger: Book) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        await press(pilot, "a")
        await write(pilot, "spend 12 news paper")
        await press(pilot, "tab")
        assert isinstance(app.screen, EntryDialog)
        assert (app.screen.value("kind"), app.screen.value("amount"), app.screen.value("note")) == (
            "expense",
            "12",
            "paper",
        )
        await press(pilot, "enter")
        await pilot.pause(0.1)
        assert isinstance(app.screen, StreamsScreen)
        booked = newest(ledger)
        assert (booked.kind, booked.gross, booked.note) == ("expense", Decimal(12), "paper")


async def fill(pilot: Pilot[None], name: str, text: str) -> None:
    entry = pilot.app.screen.query_one(f"#field-{name}", Field).entry
    assert isinstance(entry, Input)
    entry.value = text
    await pilot.pause()


async def test_the_form_edits_only_what_changed(app: PitrackApp, ledger: Book) -> None:
    async with app.run_test(size=(44, 30)) as pilot:
        await enter(pilot)
        await press(pilot, "enter", "down", "enter")
        before = next(entry for entry in ledger.snapshot().entries if entry.gross == Decimal("120.50"))
        assert isinstance(app.screen, EntryDialog)
        await fill(pilot, "amount", "１３０")
        await fill(pilot, "day", "fri")
        await fill(pilot, "paid", "-1")
        said = str(app.screen.field("day").said.render())
        assert said == "Fri 2026-11-20"
        await press(pilot, "enter")
        after = next(entry for entry in ledger.snapshot().entries if entry.id == before.id)
        assert (after.gross, after.day, after.paid) == (Decimal(130), dt.date(2026, 11, 20), dt.date(2026, 11, 21))
        assert (after.note, after.tags, after.status) == (before.note, before.tags, before.status)


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("amount", "", "Type an amount, such as 120.50."),
        ("amount", "ten", "“ten” is not an amount."),
        ("amount", "-5", "“-5” is below zero."),
        ("day", "someday", "“someday” is not a day."),
        ("fee", "3 eur", "“3 eur” names two currencies."),
        ("fee", "5000", "Fee and withheld tax are more than the amount."),
        ("units", "many", "“many” is not an amount."),
        ("received", "5 eur", "“5 eur” names two currencies."),
    ],
)
async def test_what_is_wrong_stands_under_its_field(
    app: PitrackApp, ledger: Book, field: str, typed: str, says: str
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        await press(pilot, "down", "enter")
        await fill(pilot, field, typed)
        await press(pilot, "enter")
        assert isinstance(app.screen, EntryDialog)
        assert str(app.screen.field(field).said.render()).startswith(says)
        assert app.focused is app.screen.field(field).entry
        await press(pilot, "escape")
        assert len(ledger.snapshot().entries) == 8


async def test_pending_is_cleared_and_back(app: PitrackApp, ledger: Book) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        await press(pilot, "down", "c")
        entry = screen(app).entries.highlighted
        assert entry is not None
        assert (entry.gross, entry.status) == (Decimal("120.50"), "cleared")
        assert screen(app).query_one(KeyLine).said[0] == "Cleared."
        await press(pilot, "c")
        assert screen(app).query_one(KeyLine).said[0] == "Pending again."
        assert [one.status for one in ledger.snapshot().entries if one.id == entry.id] == ["pending"]


async def test_deleting_needs_no_question_because_undo_brings_it_back(app: PitrackApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        await press(pilot, "d")
        assert amounts(app)[0] == "120.50"
        await press(pilot, "u")
        assert amounts(app)[0] == "5"


async def test_booking_once_more_is_dated_today(app: PitrackApp, ledger: Book) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        await press(pilot, "down", "D")
        copy = newest(ledger)
        assert (copy.gross, copy.day, copy.status, copy.tags) == (
            Decimal("120.50"),
            TODAY,
            "cleared",
            ("q4", "sponsor"),
        )
        assert screen(app).entries.highlighted_key == copy.id


async def test_a_stream_is_added_and_edited(app: PitrackApp, ledger: Book) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        await press(pilot, "S")
        await write(pilot, "Stock photos")
        await fill(pilot, "currency", "円")
        await press(pilot, "enter")
        made = next(one for one in ledger.snapshot().streams.values() if one.name == "Stock photos")
        assert (made.currency, made.stage, made.role, made.alias) == ("JPY", "live", "passive", "stock")
        await press(pilot, "left", "down", "down", "down", "E")
        await fill(pilot, "name", "Photos")
        await press(pilot, "enter")
        assert ledger.snapshot().streams[made.id].name == "Photos"


async def test_a_name_that_is_there_is_told_while_one_types_and_not_refused(app: PitrackApp, ledger: Book) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        await press(pilot, "S")
        field = app.screen.query_one("#field-name", Field)
        await fill(pilot, "name", "DAY ｊｏｂ")
        assert str(field.said.render()) == "There is a stream of that name already."
        assert field.said.has_class("-warn")
        await fill(pilot, "name", "Day jobs")
        assert str(field.said.render()) == ""
        await fill(pilot, "name", "Day job")
        await press(pilot, "enter")
        assert [one.name for one in ledger.snapshot().streams.values()].count("Day job") == 2


async def test_there_is_one_job(app: PitrackApp, ledger: Book) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        await press(pilot, "S")
        await write(pilot, "Second")
        await press(pilot, "tab", "right", "right", "enter")
        said = str(app.screen.query_one("#field-role", Field).said.render())
        assert said == "Day job is the job already; there can be one."
        assert len(ledger.snapshot().streams) == 3


async def test_time_is_booked_on_the_chosen_stream(app: PitrackApp, ledger: Book) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        await press(pilot, "left", "down", "t")
        await write(pilot, "1h30m")
        assert str(app.screen.query_one("#field-time", Field).said.render()) == "1 h 30 min"
        await fill(pilot, "day", "昨日")
        await press(pilot, "tab", "tab", "right", "enter")
        (time,) = ledger.snapshot().times
        assert (time.minutes, time.kind, time.day) == (90, "market", dt.date(2026, 11, 21))
        assert ledger.snapshot().streams[time.stream or ""].name == NEWS


async def test_typing_letters_finds_a_stream(app: PitrackApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        await press(pilot, "t", "tab", "d", "a")
        stream = app.screen.query_one("#field-stream", Field).value
        assert app.snapshot is not None
        assert app.snapshot.streams[stream].name == JOB


async def test_on_a_phone_one_list_at_a_time(app: PitrackApp) -> None:
    async with app.run_test(size=SIZES["phone"]) as pilot:
        shown = await enter(pilot)
        assert shown.streams.region.width
        assert not shown.entries.region.width
        assert "delete" not in [hint.does for hint in shown.query_one(KeyLine).hints]
        await press(pilot, "enter")
        assert shown.entries.region.width
        assert not shown.streams.region.width
        assert "delete" in [hint.does for hint in shown.query_one(KeyLine).hints]
        assert seen(app, "entries")[1].split() == [">", "Fri", "20", "News", "[b]letter", "void", "$5.00"]
        assert seen(app, "entries")[2].split() == ["income", "typed", "twice"]
        await press(pilot, "escape")
        assert app.focused is shown.streams


@pytest.mark.parametrize("key", ["d", "c", "space", "*", "e", "D", "A", "R", "delete"])
@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
async def test_keys_for_entries_rest_while_the_streams_have_the_focus(
    app: PitrackApp, ledger: Book, key: str, size: tuple[int, int]
) -> None:
    before = ledger.snapshot().entries
    async with app.run_test(size=size) as pilot:
        await enter(pilot)
        await press(pilot, "left")
        assert "delete" not in [hint.does for hint in screen(app).query_one(KeyLine).hints]
        await press(pilot, key)
        assert isinstance(app.screen, StreamsScreen)
        shown = "d" if key == "delete" else key
        assert screen(app).query_one(KeyLine).said == (f"{shown} acts on entries; right or tab goes to them.", "warn")
        assert (ledger.snapshot().entries, screen(app).marks) == (before, frozenset())
        await press(pilot, "tab")
        assert "delete" in [hint.does for hint in screen(app).query_one(KeyLine).hints]
        await press(pilot, "d")
    assert len(ledger.snapshot().entries) == 7


async def test_the_sign_of_the_cursor_says_on_which_list_keys_act(app: PitrackApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        assert (seen(app, "streams")[1][:3], seen(app, "entries")[1][:3]) == (" - ", " > ")
        await press(pilot, "left")
        assert (seen(app, "streams")[1][:3], seen(app, "entries")[1][:3]) == (" > ", " - ")
        await press(pilot, "/")
        assert (seen(app, "streams")[1][:3], seen(app, "entries")[1][:3]) == (" - ", " > ")


@pytest.mark.parametrize("size", [*SIZES.values(), (200, 50), (60, 20)])
async def test_nothing_is_wider_than_its_list(app: PitrackApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        shown = await enter(pilot)
        for rows in (shown.streams, shown.entries):
            width = max(10, rows.size.width or size[0]) - 3
            for item in rows.items:
                for at in range(rows.lines):
                    line = rows.render_item(item, at, width)
                    assert width_of(line) <= width


async def test_an_empty_book_says_what_to_press(empty_book: Book) -> None:
    app = PitrackApp(empty_book, DayClock(TODAY))
    async with app.run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        assert "Press S to add the first:" in "\n".join(seen(app, "streams"))
        assert "Press a and type, for example:" in "\n".join(seen(app, "entries"))
        await press(pilot, "d", "c", "e", "D", "E", "down", "s", "left", "enter")
        assert isinstance(app.screen, StreamsScreen)


Compare = Callable[..., bool]


async def _settled(pilot: Pilot[None]) -> None:
    await enter(pilot)


async def _entries(pilot: Pilot[None]) -> None:
    await enter(pilot)
    await press(pilot, "right")


async def _form(pilot: Pilot[None]) -> None:
    await enter(pilot)
    await press(pilot, "right", "down", "enter")


async def _quick(pilot: Pilot[None]) -> None:
    await enter(pilot)
    await press(pilot, "a")
    await write(pilot, "12.50 news paper #tools @fri")


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
@pytest.mark.parametrize("before", [_settled, _entries, _form, _quick], ids=["streams", "entries", "form", "quick"])
def test_pictures(app: PitrackApp, snap_compare: Compare, before: object, size: tuple[int, int]) -> None:
    assert snap_compare(app, terminal_size=size, run_before=before)
