"""A book's entries as a table for spreadsheets, void ones too."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Context, Decimal

from pitrack.core.currencies import EXACT
from pitrack.core.ledger import implied_rate, parts
from pitrack.core.model import Entry, Snapshot
from pitrack.core.money import Factor, Rates
from pitrack.exchange.accounts import Export
from pitrack.exchange.tables import Cell, written
from pitrack.text.plain import printable

HEADER = (
    "id", "day", "paid", "stream", "stream_id", "role", "kind", "status", "gross", "fee", "withheld", "net",
    "currency", "received", "book_currency", "rate", "units", "note", "tags", "asset", "source_id", "asset_name",
)  # fmt: skip
SPREADSHEET = Context(prec=15, rounding=ROUND_HALF_EVEN)
"""As many digits as a spreadsheet holds."""


def export_csv(snap: Snapshot) -> Export:
    """One row an entry, by day; equal books give equal bytes."""
    rates = Rates(snap.rates)
    rows = [_row(snap, rates, entry) for entry in snap.entries]
    return Export(written([HEADER, *rows]), len(rows))


def _row(snap: Snapshot, rates: Rates, entry: Entry) -> tuple[Cell, ...]:
    stream = snap.streams.get(entry.stream or "")
    asset = snap.assets.get(entry.asset or "")
    book = snap.settings.currency
    own = parts(entry)
    cells: tuple[Cell | None, ...] = (
        entry.id,
        str(entry.day),
        str(entry.paid) if entry.paid else None,
        stream and stream.name,
        entry.stream,
        stream and stream.role,
        entry.kind,
        entry.status,
        entry.gross,
        entry.fee,
        entry.withheld,
        EXACT.subtract(own.income, own.expense),
        entry.currency,
        entry.received,
        book,
        _rate(implied_rate(entry) or rates.factor(entry.currency, book, entry.day)),
        entry.units,
        entry.note,
        " ".join(sorted(entry.tags)),
        entry.asset,
        entry.source_id,
        asset and asset.name,
    )
    return tuple(_cell(cell) for cell in cells)


def _rate(factor: Factor | None) -> Decimal | None:
    """What one unit was worth in the book's currency."""
    return None if factor is None else SPREADSHEET.divide(factor.times, factor.over)


def _cell(cell: Cell | None) -> Cell:
    """Numbers as they are; texts without control characters, line ends apart."""
    return cell if isinstance(cell, Decimal) else printable(cell or "", keep_newlines=True)
