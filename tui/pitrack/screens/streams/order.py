"""In which order the ledger shows entries, and where its months begin."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Literal

from pitrack.core.days import Month
from pitrack.core.model import Entry, Snapshot

Order = Literal["day", "amount", "stream", "status", "asset"]
ORDERS: tuple[Order, ...] = ("day", "amount", "stream", "status", "asset")
_STATUS_ORDER = ("pending", "cleared", "void")
_LAST = "\U0010ffff"


def in_order(found: Sequence[Entry], order: Order, snapshot: Snapshot) -> Sequence[Entry]:
    """Entries that are newest first, in the order asked for; equal ones stay newest first.

    Amounts are compared within a currency only: the book's own first, then the others by code. By status: what is
    pending first. What has no stream or no asset comes last.
    """
    if order == "amount":
        own = snapshot.settings.currency
        largest = sorted(found, key=lambda entry: entry.gross, reverse=True)
        return sorted(largest, key=lambda entry: (entry.currency != own, entry.currency))
    if order == "stream":
        names = {stream.id: stream.name.casefold() for stream in snapshot.streams.values()}
        return sorted(found, key=lambda entry: names.get(entry.stream or "", _LAST))
    if order == "status":
        return sorted(found, key=lambda entry: _STATUS_ORDER.index(entry.status))
    if order == "asset":
        titles = {asset.id: asset.name.casefold() for asset in snapshot.assets.values()}
        return sorted(found, key=lambda entry: titles.get(entry.asset or "", _LAST))
    return found


def month_spans(found: Sequence[Entry]) -> Iterator[tuple[int, int]]:
    """Where each month of entries that are newest first begins and ends, half-open; O(months log entries)."""
    start = 0
    while start < len(found):
        first = Month.of(found[start].day).first
        # Negated ordinals rise, as bisecting wants.
        end = bisect_right(found, -first.toordinal(), start, key=lambda entry: -entry.day.toordinal())
        yield start, end
        start = end
