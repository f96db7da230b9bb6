"""The stream ledger: streams with this month's figures, and entries that a filter keeps, with their totals."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from pitrack.core.model import Entry, Snapshot, Stream


@dataclass(frozen=True, slots=True)
class StreamLine:
    """One stream on the left of the ledger, in the stream's own currency."""

    stream: Stream
    month_income: Decimal
    """Income of the open month so far."""
    last_income: Decimal
    """Income of the last complete month."""
    mom: float | None
    trend: tuple[Decimal, ...]
    """Income of the last twelve complete months, oldest first."""
    hours: Decimal
    """Hours logged in the last 30 days."""
    per_hour: Decimal | None
    """Net of the last three complete months / hours logged in them."""
    entries: int


def stream_lines(snapshot: Snapshot, day: dt.date) -> tuple[StreamLine, ...]:
    """Living streams in the user's order, the job last."""
    raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Total:
    """Sum of entries of one currency: income (gross - refunds), expense (expenses + fees), net, pending income."""

    currency: str
    income: Decimal
    expense: Decimal
    net: Decimal
    pending: Decimal


def filter_entries(snapshot: Snapshot, query: str = "", stream: str | None = None) -> Sequence[Entry]:
    """Entries newest first that match every term of ``query``: words (note, stream name, tags, currency; NFKC and case
    folded), ``>100``, ``<20``, ``2026-10`` or ``2026`` or a whole day, ``#tag``, ``pending``, ``cleared``, ``void``,
    ``income``, ``expense``, ``refund``. Unreadable terms count as words. O(entries); 100,000 in well under 100 ms."""
    raise NotImplementedError


def totals(entries: Sequence[Entry]) -> tuple[Total, ...]:
    """Totals of the entries shown, a currency each, sorted by currency; void entries never count."""
    raise NotImplementedError
