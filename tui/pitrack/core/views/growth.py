"""What compounds: months of income with their growth, the headline figures, stacking and coverage."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from pitrack.core.days import Month
from pitrack.core.model import Snapshot

Label = Literal["percent", "new", "none", "n/m", "first", "open"]
"""How to read a month's growth: a percentage; from nothing; nothing to nothing ("-"); from a negative month;
the first month of all; the open month, which never enters a growth figure."""


@dataclass(frozen=True, slots=True)
class MonthFigures:
    """One month in the view's currency. Ratios are plain numbers (0.12 for +12 %), None where the label says why."""

    month: Month
    income: Decimal
    expense: Decimal
    net: Decimal
    pending: Decimal
    delta: Decimal | None
    mom: float | None
    label: Label
    open: bool
    provisional: bool


@dataclass(frozen=True, slots=True)
class MissingRate:
    """An amount that stands apart because no rate is known on or before its day."""

    currency: str
    day: dt.date
    """The oldest day for which a rate is missing."""
    amount: Decimal
    """Income of that currency left out, unconverted."""


@dataclass(frozen=True, slots=True)
class StreamGrowth:
    """One stream's months (same months as the whole) and its headline over the last two complete months."""

    stream: str
    name: str
    role: str
    months: tuple[MonthFigures, ...]
    t3m: Decimal | None
    hours: Decimal
    """Hours logged in the headline month."""
    per_hour: Decimal | None
    """Headline month's net / hours; None without hours."""
    share: float
    """Share of income over the last twelve complete months."""


@dataclass(frozen=True, slots=True)
class Growth:
    """Everything Progress and ``pitrack growth`` show. The job's streams are in ``streams`` but in no total.

    ``months`` run from the first income-bearing month to the open one, without gaps; empty on an empty book.
    """

    currency: str
    as_of: dt.date
    months: tuple[MonthFigures, ...]
    headline: MonthFigures | None
    """The last complete month."""
    to_date: Decimal
    """Income of the open month so far."""
    to_date_before: Decimal
    """Income of the month before, up to the same day of the month."""
    t3m: Decimal | None
    cmgr: float | None
    doubling_months: float | None
    yoy: float | None
    run_rate: Decimal | None
    streams: tuple[StreamGrowth, ...]
    missing_rates: tuple[MissingRate, ...]
    coverage: float | None
    """Streams' income / the job's income in the headline month; None without job income."""
    sources: float | None
    """Effective sources 1/HHI over twelve months, without the job."""
    sources_with_job: float | None


def growth(snapshot: Snapshot, day: dt.date, currency: str | None = None) -> Growth:
    """Growth of income as known on ``day``, in ``currency`` (the book's when None)."""
    raise NotImplementedError
