"""The ledger: what each entry adds to income, expense and tax kept back, and the sums by stream and month.

income = gross - refunds; expense = expenses + fees; net = income - expense; received = net - withheld. Pending and
cleared entries count, void ones never.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from pitrack.core.currencies import EXACT
from pitrack.core.days import Month
from pitrack.core.model import Entry, Snapshot
from pitrack.core.money import Factor, Rates

ZERO = Decimal(0)
NOTHING = Fraction(0)
NO_STREAM = ""
"""Stands for the stream of entries and time that have none, or whose stream is no longer in the book."""


def stream_key(stream: str | None, known: Container[str]) -> str:
    """The stream's id, or ``NO_STREAM`` for none and for one that is not known."""
    return stream if stream is not None and stream in known else NO_STREAM


class Parts(NamedTuple):
    """What an entry adds to each sum, signed, in its own currency. ``pending``: its income while not yet cleared."""

    income: Decimal = ZERO
    expense: Decimal = ZERO
    withheld: Decimal = ZERO
    pending: Decimal = ZERO


def parts(entry: Entry) -> Parts:
    """The signed parts of one entry; a fee is an expense whatever the entry's kind."""
    if entry.status == "void":
        return Parts()
    if entry.kind == "expense":
        return Parts(ZERO, EXACT.add(entry.gross, entry.fee), entry.withheld, ZERO)
    income = entry.gross if entry.kind == "income" else EXACT.minus(entry.gross)
    return Parts(income, entry.fee, entry.withheld, income if entry.status == "pending" else ZERO)


def has_earned(entry: Entry) -> bool:
    """Whether an entry is income that counts, of more than nothing."""
    return entry.kind == "income" and bool(entry.gross) and entry.status != "void"


@dataclass(frozen=True, slots=True)
class Figures:
    """Exact sums in one currency."""

    income: Fraction = NOTHING
    expense: Fraction = NOTHING
    withheld: Fraction = NOTHING
    pending: Fraction = NOTHING

    @property
    def net(self) -> Fraction:
        return self.income - self.expense

    @property
    def received(self) -> Fraction:
        return self.net - self.withheld

    def __add__(self, other: Figures) -> Figures:
        return Figures(
            self.income + other.income,
            self.expense + other.expense,
            self.withheld + other.withheld,
            self.pending + other.pending,
        )


def implied_rate(entry: Entry) -> Factor | None:
    """What one unit of the entry's currency was worth in the book's, told by the amount ``received``.

    ``received`` stands for what moved: gross - fee - withheld of income, gross + fee + withheld of a refund or an
    expense. All parts are valued at ``received / moved``, so that they add up to ``received`` exactly. None where
    nothing was received or nothing was left to move: the dated rate holds then.
    """
    if not entry.received or entry.received < 0:
        return None
    own = parts(entry)
    kept_back = EXACT.add(own.expense, own.withheld)
    moved = EXACT.subtract(own.income, kept_back) if entry.kind == "income" else EXACT.subtract(kept_back, own.income)
    return Factor(entry.received, moved) if moved > 0 else None


@dataclass(frozen=True, slots=True)
class Unconverted:
    """Entries of one currency that stand apart for want of a rate: the oldest day, and their income."""

    currency: str
    day: dt.date
    income: Decimal
    streams: Mapping[str, Decimal] = field(default_factory=dict, compare=False)
    """The same income by stream."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """Sums by stream and month. ``firsts``: a stream's first month with any entry that counts, converted or not."""

    figures: Mapping[tuple[str, Month], Figures]
    firsts: Mapping[str, Month]
    unconverted: tuple[Unconverted, ...]

    def at(self, streams: Iterable[str], month: Month) -> Figures:
        """Sums of some streams over one month."""
        return sum((self.figures[stream, month] for stream in streams if (stream, month) in self.figures), Figures())

    def first(self, streams: Iterable[str]) -> Month | None:
        """First month with any entry of some streams."""
        return min((self.firsts[stream] for stream in streams if stream in self.firsts), default=None)


def monthly(
    snapshot: Snapshot,
    rates: Rates,
    currencies: Mapping[str, str],
    until: dt.date,
    since: dt.date = dt.date.min,
) -> Ledger:
    """Sums of the entries dated ``since`` to ``until``, both counted, each stream in its currency of ``currencies``.

    A stream that ``currencies`` does not name counts as ``NO_STREAM``, which it must name. Each entry is converted at
    its own day; ``received`` overrides the rate where a stream's figures are in the book's currency.
    """
    keyed = ((stream_key(entry.stream, currencies), entry) for entry in snapshot.entries)
    return summed(keyed, snapshot.settings.currency, rates, currencies, until=until, since=since)


def payouts(
    snapshot: Snapshot,
    rates: Rates,
    currencies: Mapping[str, str],
    until: dt.date,
    since: dt.date = dt.date.min,
) -> Ledger:
    """As ``monthly``, of what moved alone: entries that are cleared, each on the day it was paid (its own where none is
    noted)."""
    moved = (
        (stream_key(entry.stream, currencies), entry._replace(day=entry.paid) if entry.paid else entry)
        for entry in snapshot.entries
        if entry.status == "cleared"
    )
    return summed(moved, snapshot.settings.currency, rates, currencies, until=until, since=since)


def summed(
    keyed: Iterable[tuple[str, Entry]],
    book: str,
    rates: Rates,
    currencies: Mapping[str, str],
    *,
    until: dt.date,
    since: dt.date = dt.date.min,
    whole: bool = False,
) -> Ledger:
    """As ``monthly``, of entries that are each given with the key to sum them under. ``book``: its currency. With
    ``whole`` all is summed under the month of ``until``: much faster where the months are not wanted."""
    last = until.replace(day=1)
    dated = cache(rates.factor)
    with localcontext(EXACT):
        adding = _Adding()
        for key, entry in keyed:
            day = entry.day
            if entry.status == "void" or not since <= day <= until:
                continue
            target = currencies[key]
            told = implied_rate(entry) if entry.received and target == book else None
            month = last if whole else day.replace(day=1)
            adding.add(key, month, entry, told or dated(entry.currency, target, day))
        return adding.done()


class _Adding:
    """A ledger in the making. Amounts that share a divisor are summed as decimals, exactly and fast, then divided."""

    def __init__(self) -> None:
        self.batches: dict[tuple[str, dt.date, Decimal], list[Decimal]] = {}
        self.apart: dict[str, list[tuple[str, Entry]]] = {}
        self.firsts: dict[str, dt.date] = {}

    def add(self, stream: str, month: dt.date, entry: Entry, factor: Factor | None) -> None:
        if month < self.firsts.get(stream, dt.date.max):
            self.firsts[stream] = month
        if factor is None:
            self.apart.setdefault(entry.currency, []).append((stream, entry))
            return
        times, over = factor
        key = (stream, month, over)
        batch = self.batches.get(key)
        if batch is None:
            batch = self.batches[key] = [ZERO] * len(Parts._fields)
        for index, part in enumerate(parts(entry)):
            if part:
                batch[index] += part * times

    def done(self) -> Ledger:
        figures: defaultdict[tuple[str, Month], Figures] = defaultdict(Figures)
        for (stream, month, over), batch in self.batches.items():
            worth = (Fraction(amount) / Fraction(over) if amount else NOTHING for amount in batch)
            figures[stream, Month.of(month)] += Figures(*worth)
        return Ledger(
            figures=dict(figures),
            firsts={stream: Month.of(month) for stream, month in self.firsts.items()},
            unconverted=tuple(_unconverted(currency, apart) for currency, apart in sorted(self.apart.items())),
        )


def _unconverted(currency: str, apart: Sequence[tuple[str, Entry]]) -> Unconverted:
    streams: defaultdict[str, Decimal] = defaultdict(Decimal)
    for stream, entry in apart:
        streams[stream] += parts(entry).income
    return Unconverted(currency, min(entry.day for _, entry in apart), sum(streams.values(), ZERO), dict(streams))
