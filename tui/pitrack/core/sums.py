"""What a stretch of a book adds up to by stream and day: income, what fees leave of it, work and units."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from pitrack.core.currencies import EXACT
from pitrack.core.days import Month
from pitrack.core.ledger import NOTHING, has_earned, stream_key, summed
from pitrack.core.model import Entry, Snapshot
from pitrack.core.money import Rates
from pitrack.core.worktime import Worked

Place = tuple[str, Month]
"""A stream (or ``ledger.NO_STREAM``) and a month."""
ByDay = Mapping[dt.date, Fraction]


class Daily(NamedTuple):
    """Sums by stream and month, in one currency: ``income`` and ``margin`` (income less fees) by day; ``earned_on``:
    the days on which income came, with a rate or without."""

    income: Mapping[Place, ByDay]
    margin: Mapping[Place, ByDay]
    earned_on: Mapping[Place, frozenset[dt.date]]


def between(entries: Sequence[Entry], since: dt.date, until: dt.date) -> Sequence[Entry]:
    """The entries dated ``since`` to ``until``, both counted."""
    return [entry for entry in entries if since <= entry.day <= until]


def daily(snapshot: Snapshot, rates: Rates, currency: str, since: dt.date, until: dt.date) -> Daily:
    """Sums of the entries dated ``since`` to ``until``, both counted. What has no rate is left out of the sums."""
    places: dict[str, tuple[str, dt.date]] = {}
    earned: defaultdict[Place, set[dt.date]] = defaultdict(set)

    def keyed() -> Iterator[tuple[str, Entry]]:
        for entry in between(snapshot.entries, since, until):
            if entry.kind == "expense":
                continue
            stream = stream_key(entry.stream, snapshot.streams)
            key = f"{entry.day} {stream}"
            places[key] = stream, entry.day
            if has_earned(entry):
                earned[stream, Month.of(entry.day)].add(entry.day)
            yield key, entry

    into: defaultdict[str, str] = defaultdict(lambda: currency)
    ledger = summed(keyed(), snapshot.settings.currency, rates, into, until=until, since=since)
    income: defaultdict[Place, dict[dt.date, Fraction]] = defaultdict(dict)
    margin: defaultdict[Place, dict[dt.date, Fraction]] = defaultdict(dict)
    for (key, month), figures in ledger.figures.items():
        stream, day = places[key]
        income[stream, month][day] = figures.income
        margin[stream, month][day] = figures.net
    return Daily(income, margin, {place: frozenset(days) for place, days in earned.items()})


class Work(NamedTuple):
    """Hours by stream and month, and the days by stream on which there was any work."""

    hours: Mapping[Place, Fraction]
    busy: Mapping[str, frozenset[dt.date]]

    def at(self, streams: Iterable[str], month: Month) -> Fraction:
        """Hours of some streams in one month."""
        return sum((self.hours.get((stream, month), NOTHING) for stream in streams), NOTHING)


def work_of(work: Iterable[Worked], day: dt.date) -> Work:
    """What was worked up to a day."""
    minutes: defaultdict[tuple[str, dt.date], Fraction] = defaultdict(Fraction)
    for stream, on, spent in work:
        if spent and on <= day:
            minutes[stream, on] += spent
    hours: defaultdict[Place, Fraction] = defaultdict(Fraction)
    busy: defaultdict[str, set[dt.date]] = defaultdict(set)
    for (stream, on), spent in minutes.items():
        hours[stream, Month.of(on)] += spent / 60
        busy[stream].add(on)
    return Work(dict(hours), {stream: frozenset(days) for stream, days in busy.items()})


def units(snapshot: Snapshot, since: dt.date, until: dt.date) -> dict[Place, Fraction]:
    """Units sold less those given back, by stream and month; a place without any entry that says them is not named."""
    sold: defaultdict[Place, Decimal] = defaultdict(Decimal)
    for entry in between(snapshot.entries, since, until):
        if entry.units is not None and entry.status != "void" and entry.kind != "expense":
            place = stream_key(entry.stream, snapshot.streams), Month.of(entry.day)
            sold[place] = (EXACT.add if entry.kind == "income" else EXACT.subtract)(sold[place], entry.units)
    return {place: Fraction(count) for place, count in sold.items()}
