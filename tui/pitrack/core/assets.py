"""Assets: what things made once have earned and cost, the hours in them, and how much of a month old work brought.

Money is summed as in the ledger: in the currency asked for, at each entry's day; what has no rate stands apart.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Container, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from pitrack.core.currencies import EXACT
from pitrack.core.days import Month
from pitrack.core.ledger import ZERO, Figures, Ledger, summed
from pitrack.core.model import Asset, Entry, Snapshot
from pitrack.core.money import Rates

OLD = 12
"""Months after which what an asset brings is that of the back catalogue."""


def currency_of(snapshot: Snapshot, asset: Asset) -> str:
    """The currency of its stream; the book's where it is on none."""
    stream = snapshot.streams.get(asset.stream or "")
    return stream.currency if stream else snapshot.settings.currency


def earned(
    snapshot: Snapshot,
    rates: Rates,
    currencies: Mapping[str, str],
    *,
    until: dt.date,
    since: dt.date = dt.date.min,
) -> Ledger:
    """Sums by asset and month of the entries that name one of ``currencies``, each asset in its currency there; dated
    ``since`` to ``until``, both counted."""
    return summed(_named(snapshot, currencies), snapshot.settings.currency, rates, currencies, until=until, since=since)


class Total(NamedTuple):
    """What an asset brought in all, and by currency the income that has no rate."""

    figures: Figures = Figures()
    apart: tuple[tuple[str, Decimal], ...] = ()


def earned_in_all(
    snapshot: Snapshot,
    rates: Rates,
    currencies: Mapping[str, str],
    *,
    until: dt.date,
    since: dt.date = dt.date.min,
) -> dict[str, Total]:
    """As ``earned``, without the months: a total for each of ``currencies``."""
    keyed, book = _named(snapshot, currencies), snapshot.settings.currency
    ledger = summed(keyed, book, rates, currencies, until=until, since=since, whole=True)
    month = Month.of(until)
    apart: defaultdict[str, list[tuple[str, Decimal]]] = defaultdict(list)
    for one in ledger.unconverted:
        for asset, income in one.streams.items():
            apart[asset].append((one.currency, income))
    return {asset: Total(ledger.at([asset], month), tuple(apart[asset])) for asset in currencies}


def _named(snapshot: Snapshot, currencies: Container[str]) -> Iterator[tuple[str, Entry]]:
    for entry in snapshot.entries:
        if entry.asset is not None and entry.asset in currencies:
            yield entry.asset, entry


def minutes(snapshot: Snapshot, until: dt.date) -> dict[str, int]:
    """Minutes of work by asset: those typed for it, and its time entries up to a day. None are left out."""
    spent = Counter({asset.id: asset.minutes for asset in snapshot.assets.values()})
    for time in snapshot.times:
        if time.asset is not None and time.asset in snapshot.assets and time.day <= until:
            spent[time.asset] += time.minutes
    return {asset: count for asset, count in spent.items() if count}


class Counted:
    """Entries of an asset up to a day, void ones too; the first and the last day of income; units sold, without those
    given back."""

    __slots__ = ("entries", "first", "last", "units")

    def __init__(self) -> None:
        self.entries = 0
        self.first: dt.date | None = None
        self.last: dt.date | None = None
        self.units = ZERO

    def add(self, entry: Entry) -> None:
        """One more entry, none of an earlier day than the last."""
        self.entries += 1
        if entry.status == "void" or entry.kind == "expense":
            return
        if entry.kind == "income" and entry.gross:
            self.first = self.first or entry.day
            self.last = entry.day
        if entry.units:
            self.units = (EXACT.add if entry.kind == "income" else EXACT.subtract)(self.units, entry.units)


def counted(snapshot: Snapshot, until: dt.date) -> Mapping[str, Counted]:
    """By asset; one without entries is not named."""
    found: defaultdict[str, Counted] = defaultdict(Counted)
    for asset, entry in _named(snapshot, snapshot.assets):
        if entry.day <= until:
            found[asset].add(entry)
    return found


def year_before(day: dt.date) -> dt.date:
    """The same day a year before; 28 February for the 29th."""
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def age(published: dt.date | None, day: dt.date) -> int | None:
    """Whole months since an asset was published; None while it is not."""
    if published is None or published > day:
        return None
    return Month.of(published).until(Month.of(day)) - (day.day < published.day)


class BackCatalogue(NamedTuple):
    """Of a month's income, what assets published twelve months before that month, or earlier, have brought."""

    old: Fraction
    income: Fraction

    @property
    def share(self) -> Fraction | None:
        """From 0 to 1 as long as nothing was given back; None of a month without income."""
        return self.old / self.income if self.income > 0 else None


def back_catalogues(
    snapshot: Snapshot, rates: Rates, months: Sequence[Month], currency: str, without: Collection[str] = ()
) -> dict[Month, BackCatalogue]:
    """The part of old work in the income of each month, in one currency; entries of the streams ``without`` do not
    count. An asset is old from the same month of the next year on. The months are without gaps."""
    if not months:
        return {}
    until, since = months[-1].last, months[0].first
    old_from = {
        asset.id: Month.of(asset.published).shift(OLD).first
        for asset in snapshot.assets.values()
        if asset.published and asset.published <= until
    }
    keyed = (
        ("old" if old_from.get(entry.asset or "", dt.date.max) <= entry.day else "", entry)
        for entry in snapshot.entries
        if entry.stream not in without
    )
    into = {"old": currency, "": currency}
    ledger = summed(keyed, snapshot.settings.currency, rates, into, until=until, since=since)
    return {month: BackCatalogue(ledger.at(["old"], month).income, ledger.at(into, month).income) for month in months}
