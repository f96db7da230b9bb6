"""Which of a file's rates a book has a use for, and what taking them in would change: one change, and what to say.

A rate that the book has already stays as it is, whichever way round it was typed; one that was undone stays away unless
it is asked for again. The values bear the stamp of what no person typed, so that what is typed on any device wins.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from pitrack.core.changes import Change
from pitrack.core.days import Month
from pitrack.core.ledger import NO_STREAM, Figures, implied_rate, monthly
from pitrack.core.model import Entry, Rate, Snapshot
from pitrack.core.money import PIVOT, Rates
from pitrack.exchange.ecb import Quotes
from pitrack.store import edits
from pitrack.store.edits.parts import derived
from pitrack.store.records import alive
from pitrack.store.snapshot import BookSnapshot

TITLE = "ECB"
"""What undo calls such an import."""


class Missing(NamedTuple):
    """Entries of one currency that no rate is known for, and the oldest of their days."""

    currency: str
    entries: int
    day: dt.date


class RatePlan(NamedTuple):
    """What an import of rates does. ``added`` by (day, currency); ``same``: how many are there already, ``gone``: were
    undone in the book; ``moved``: the months whose figures change; ``missing``: what is still without a rate in the
    book's currency; ``absent``: currencies of the book that the file does not have."""

    change: Change
    added: tuple[Rate, ...]
    same: int
    gone: int
    moved: tuple[Month, ...]
    missing: tuple[Missing, ...]
    absent: tuple[str, ...]


def currencies_in_use(snap: Snapshot) -> frozenset[str]:
    """Every currency that occurs in the book; none where there is but one, for nothing is converted there."""
    used = {snap.settings.currency}
    used.update(entry.currency for entry in snap.entries)
    used.update(stream.currency for stream in snap.streams.values())
    used.update(goal.currency for goal in snap.goals.values() if goal.currency)
    return frozenset(used if len(used) > 1 else ())


def plan_rates(snap: BookSnapshot, quotes: Quotes, *, again: bool = False) -> RatePlan:
    """Choose from the rates of a file (those of ``currencies_in_use``) what the book needs, and compare."""
    records = snap.document.values("rates")
    added: list[Rate] = []
    counts = {"there": 0, "gone": 0}
    for rate in _wanted(snap, quotes):
        state = _state(records, rate)
        if state == "new" or (state == "gone" and again):
            added.append(rate)
        else:
            counts[state] += 1
    writes = tuple(write for rate in added for write in edits.add_rate(rate).writes)
    before, after = Rates(snap.rates), Rates((*snap.rates, *added))
    return RatePlan(
        change=Change("import", writes if again else derived(writes), TITLE),
        added=tuple(added),
        same=counts["there"],
        gone=counts["gone"],
        moved=_moved(snap, before, after) if added else (),
        missing=_missing(snap, after),
        absent=tuple(sorted(currencies_in_use(snap) - {PIVOT} - quotes.keys())),
    )


def _wanted(snap: Snapshot, quotes: Quotes) -> list[Rate]:
    """For each day with money to convert the newest rate on or before it; and the newest one of all."""
    days: defaultdict[str, set[dt.date]] = defaultdict(set)
    for entry in _counted(snap.entries):
        used = {entry.currency, *_targets(snap, entry)}
        for currency in used if len(used) > 1 else ():
            days[currency].add(entry.day)
    rates: set[Rate] = set()
    for currency in quotes.keys() & currencies_in_use(snap):
        known = sorted(quotes[currency])
        for day in {*days[currency], *known[-1:]}:
            if place := bisect_right(known, day):
                newest = known[place - 1]
                rates.add(Rate(newest, PIVOT, currency, quotes[currency][newest]))
    return sorted(rates)


def _targets(snap: Snapshot, entry: Entry) -> Iterator[str]:
    """The currencies that an entry is counted in."""
    yield snap.settings.currency
    if stream := snap.streams.get(entry.stream or NO_STREAM):
        yield stream.currency
    yield from (goal.currency for goal in snap.goals.values() if goal.currency)


def _state(records: Mapping[str, object], rate: Rate) -> str:
    """Whether a rate is "new", "there" (also one typed the other way round, or one that cannot be read) or "gone"."""
    ways = (f"{rate.day}|{rate.base}|{rate.quote}", f"{rate.day}|{rate.quote}|{rate.base}")
    found = [records[key] for key in ways if key in records]
    if any(not isinstance(fields, dict) or alive(fields) for fields in found):
        return "there"
    return "gone" if found else "new"


def _moved(snap: Snapshot, before: Rates, after: Rates) -> tuple[Month, ...]:
    """The months of which any stream has other figures, in the book's currency or in its own."""
    book = snap.settings.currency
    whole = dict.fromkeys((*snap.streams, NO_STREAM), book)
    own = {NO_STREAM: book, **{id_: stream.currency for id_, stream in snap.streams.items()}}
    months: set[Month] = set()
    for currencies in (whole, own):
        old, new = (monthly(snap, rates, currencies, dt.date.max).figures for rates in (before, after))
        months |= {key[1] for key in old.keys() | new.keys() if old.get(key, Figures()) != new.get(key, Figures())}
    return tuple(sorted(months))


def _missing(snap: Snapshot, rates: Rates) -> tuple[Missing, ...]:
    book = snap.settings.currency
    apart: defaultdict[str, list[dt.date]] = defaultdict(list)
    for entry in _counted(snap.entries):
        if not implied_rate(entry) and rates.factor(entry.currency, book, entry.day) is None:
            apart[entry.currency].append(entry.day)
    return tuple(Missing(currency, len(days), min(days)) for currency, days in sorted(apart.items()))


def _counted(entries: Iterable[Entry]) -> Iterator[Entry]:
    return (entry for entry in entries if entry.status != "void")
