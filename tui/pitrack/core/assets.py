"""Assets: what things made once have earned and cost, the hours in them, and how much of a month old work brought.

Money is summed as in the ledger: in the currency asked for, at each entry's day; what has no rate stands apart.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from fractions import Fraction
from typing import NamedTuple

from pitrack.core.days import Month
from pitrack.core.ledger import NOTHING, Ledger, parts, summed
from pitrack.core.model import Asset, Snapshot
from pitrack.core.money import Rates

OLD = 12
"""Months after which what an asset brings is that of the back catalogue."""


def currency_of(snapshot: Snapshot, asset: Asset) -> str:
    """The currency of its stream; the book's where it is on none."""
    stream = snapshot.streams.get(asset.stream or "")
    return stream.currency if stream else snapshot.settings.currency


def earned(
    snapshot: Snapshot, rates: Rates, currencies: Mapping[str, str], until: dt.date, since: dt.date = dt.date.min
) -> Ledger:
    """Sums by asset and month of the entries that name one of ``currencies``, each asset in its currency there; dated
    ``since`` to ``until``, both counted."""
    named = ((entry.asset, entry) for entry in snapshot.entries if entry.asset is not None)
    keyed = ((asset, entry) for asset, entry in named if asset in currencies)
    return summed(keyed, snapshot.settings.currency, rates, currencies, until=until, since=since)


def minutes(snapshot: Snapshot, until: dt.date) -> dict[str, int]:
    """Minutes of work by asset: those typed for it, and its time entries up to a day. None are left out."""
    spent = Counter({asset.id: asset.minutes for asset in snapshot.assets.values()})
    for time in snapshot.times:
        if time.asset is not None and time.asset in snapshot.assets and time.day <= until:
            spent[time.asset] += time.minutes
    return {asset: count for asset, count in spent.items() if count}


class Counted(NamedTuple):
    """Entries of an asset up to a day, void ones too; the first and the last day of income; units sold (given back
    ones taken off)."""

    entries: int = 0
    first: dt.date | None = None
    last: dt.date | None = None
    units: Fraction = NOTHING


def counted(snapshot: Snapshot, until: dt.date) -> Mapping[str, Counted]:
    """By asset; one without entries is not named."""
    found: defaultdict[str, Counted] = defaultdict(Counted)
    for entry in snapshot.entries:  # by day
        if entry.asset is not None and entry.asset in snapshot.assets and entry.day <= until:
            one = found[entry.asset]
            one = one._replace(entries=one.entries + 1)
            if parts(entry).income > 0:
                one = one._replace(first=one.first or entry.day, last=entry.day)
            if entry.units and entry.status != "void" and entry.kind != "expense":
                sold = Fraction(entry.units)
                one = one._replace(units=one.units + (sold if entry.kind == "income" else -sold))
            found[entry.asset] = one
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


def back_catalogue(
    snapshot: Snapshot, rates: Rates, month: Month, currency: str, without: Collection[str] = ()
) -> BackCatalogue:
    """The part of old work in the income of a month, in one currency; entries of the streams ``without`` do not count.
    An asset is old from the same month of the next year on."""
    old = {
        asset.id
        for asset in snapshot.assets.values()
        if asset.published and Month.of(asset.published) <= month.shift(-OLD)
    }
    keyed = (("old" if entry.asset in old else "", entry) for entry in snapshot.entries if entry.stream not in without)
    into = {"old": currency, "": currency}
    ledger = summed(keyed, snapshot.settings.currency, rates, into, until=month.last, since=month.first)
    return BackCatalogue(ledger.at(["old"], month).income, ledger.at(into, month).income)
