"""Books of money for the tests of exports."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from pitrack.cli.main import cli
from pitrack.core.model import Asset, Entry, Rate, Settings, Stream
from pitrack.exchange.accounts import Export
from pitrack.exchange.hledger import export_hledger
from pitrack.store import edits
from pitrack.store.book import Book
from tests.exchange.files import d


class Shelf:
    """As much of a snapshot as an export of money reads."""

    def __init__(self, entries: list[Entry], streams: list[Stream], rates: list[Rate], currency: str = "JPY") -> None:
        self.settings = Settings("s", name="帳簿", currency=currency)
        self.entries = sorted(entries, key=lambda entry: (entry.day, entry.id))
        self.streams = {stream.id: stream for stream in streams}
        self.rates = rates
        self.assets = {"a1": Asset("a1", "guide", "Guide; 写真")}


def journal(*entries: Entry, streams: list[Stream] | None = None, rates: list[Rate] | None = None) -> str:
    return made(export_hledger, *entries, streams=streams, rates=rates).data.decode()


def made(
    export: Callable[[Any], Export],
    *entries: Entry,
    streams: list[Stream] | None = None,
    rates: list[Rate] | None = None,
) -> Export:
    return export(Shelf(list(entries), streams or [Stream("b", "b", "Books")], rates or []))


def entry(kind: str = "income", gross: str = "25", currency: str = "USD", **given: Any) -> Entry:
    return Entry("e1", dt.date(2026, 11, 5), kind, d(gross), currency, **{"stream": "b", **given})  # type: ignore[arg-type]


def postings(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.startswith("    ") and not line.startswith("    ;")]


def odd_book(tmp_path: Path) -> Path:
    """A book of everything that is hard to write down."""
    path = tmp_path / "odd.json"
    book = Book.create(
        path, Settings(store="odd0000000000000", name='帳簿; "one"', currency="JPY"), state=tmp_path / "s"
    )

    def add(change: Any) -> str:
        book.apply(change)
        return str(change.writes[0].id)

    def stream(name: str, **given: Any) -> str:
        return add(edits.add_stream(book.snapshot(), name, **given))

    def money(kind: Any, day: str, gross: str, currency: str, **given: Any) -> None:
        when = dt.date.fromisoformat(day)
        add(edits.add_entry(book.snapshot(), kind=kind, day=when, gross=d(gross), currency=currency, **given))

    ebooks, fees = stream("電子書籍"), stream("fees")
    odd, again = stream('The "Q: A"; (part = 1)  @home | 🎨'), stream("Fees", role="job")
    money(
        "income",
        "2026-10-03",
        "1200",
        "JPY",
        stream=ebooks,
        withheld=d("122"),
        note="十月; [2026-99-99] 印税",
        tags=("印税", "kdp"),
    )
    add(edits.add_asset(book.snapshot(), '本; "1"', stream=ebooks))
    (book_made,) = book.snapshot().assets
    money("income", "2026-10-05", "25.00", "USD", stream=odd, fee=d("2.25"), withheld=d("1"), received=d("3400"))
    money(
        "refund", "2026-10-06", "5", "USD", stream=odd, fee=d("0.30"), received=d("821"), note='said "no\\"; \x1b[31m'
    )
    money("income", "2026-10-07", "1.234", "BHD", stream=odd, fee=d("0.034"), status="pending", units=d("2.5"))
    money(
        "income",
        "2026-11-07",
        "7.1",
        "BHD",
        stream=ebooks,
        tags=("a;b", ":x:", "#y"),
        note="(code) * first\nsecond\r\n; third",
    )
    money(
        "income", "2026-11-08", "1000", "JPY", stream=ebooks, received=d("990"), source_id="gum: a,b;c", asset=book_made
    )
    money("income", "2026-11-08", "300", "JPY", stream=fees, note="日" * 4000, paid=dt.date(2026, 12, 1))
    money("income", "2026-11-08", "250000", "JPY", stream=again, withheld=d("25000"))
    money("expense", "2026-11-09", "12.5", "USD", stream=ebooks, fee=d("0.5"), received=d("2000"), note="@home ; x")
    money("expense", "2026-11-09", "80", "JPY", note="=1+1")
    money("income", "2026-11-10", "4", "EUR", note="nobody's")
    money("income", "2026-11-10", "999", "EUR", stream=odd, status="void")
    money("refund", "2026-12-01", "50", "JPY", stream=ebooks, fee=d("10"), withheld=d("1"))
    money("income", "2026-12-01", "3", "USD", stream=odd, fee=d("1"), withheld=d("2"), received=d("5"))
    for base, quote, rate in (("USD", "JPY", "155.234"), ("EUR", "USD", "1.1"), ("BHD", "EUR", "2.4567891234")):
        add(edits.add_rate(Rate(dt.date(2026, 11, 1), base, quote, d(rate))))
    book.save()
    return path


def exported(book: Path, form: str) -> bytes:
    """What the command writes to standard output."""
    result = CliRunner().invoke(cli, ["--file", str(book), "export", form])
    assert result.exit_code == 0, result.output
    return result.stdout_bytes


def table(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode(), newline=""), strict=True))
