"""Short ways to write entries and streams down in tests of money."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from itertools import count
from typing import Any

from pitrack.core.days import Month
from pitrack.core.model import Entry, EntryKind, Rate, Stream, TimeEntry
from tests.core.memory import Memory, by_id

D = Decimal
_numbers = count()


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def entry(on: str, gross: str, stream: str | None = "news", kind: EntryKind = "income", **more: Any) -> Entry:
    """An entry of ``gross`` USD; amounts among ``more`` may be strings."""
    amounts = {name: D(more.pop(name)) for name in ("fee", "withheld", "received", "units") if name in more}
    base = Entry(id=f"{next(_numbers):06}", day=day(on), kind=kind, gross=D(gross), currency="USD", stream=stream)
    return base._replace(**amounts, **more)


def months_of(first: str, *incomes: str, stream: str | None = "news") -> list[Entry]:
    """One entry on the tenth of each month from ``first`` (YYYY-MM) on; a negative income is a refund."""
    start = Month.parse(first)
    return [
        entry(f"{start.shift(n)}-10", income.lstrip("-"), stream, "refund" if income.startswith("-") else "income")
        for n, income in enumerate(incomes)
    ]


def time(on: str, minutes: int, stream: str | None = "news", **more: Any) -> TimeEntry:
    return TimeEntry(id=f"{next(_numbers):06}", day=day(on), minutes=minutes, stream=stream, **more)


def rate(on: str, base: str, quote: str, value: str) -> Rate:
    return Rate(day(on), base, quote, D(value))


NEWS = Stream(id="news", alias="n", name="Newsletter")
PHOTOS = Stream(id="photos", alias="p", name="Stock photos", order=D(1))
JOB = Stream(id="job", alias="j", name="Day job", role="job")


def book(entries: Iterable[Entry] = (), streams: Iterable[Stream] = (NEWS, PHOTOS, JOB), **more: Any) -> Memory:
    """A book with a newsletter, stock photos and a job, its entries in the order a snapshot gives them."""
    return Memory(streams=by_id(*streams), entries=tuple(sorted(entries, key=lambda e: (e.day, e.id))), **more)
