"""The shapes of income stacking and passivity: what ``core.views.income.stack`` says of a book on a day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from pitrack.core.days import Month
from pitrack.core.neglect import Effort
from pitrack.core.views.income.growth import MissingRate

NotAway = Literal["", "service", "job", "no stream", "no time", "lump", "no income"]
"""Why a stream's month has no away income: not of a kind that could; no time logged in the twelve months up to its
end, so that nobody knows when work was done; payouts that do not tell when the sales were; no income."""

CostKind = Literal["template", "automation", "entries"]
"""Where a cost that recurs is written: in a recurring expense, in an automation, in expenses with one note."""


@dataclass(frozen=True, slots=True)
class Ratio:
    """A share or a number of sources: in the headline month, and in each of the months shown. None: no such figure."""

    value: float | None
    trend: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Amount:
    """Money, money an hour or units an hour, likewise."""

    value: Decimal | None
    trend: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class AwayIncome:
    """Income of the headline month whose sale day has no time logged on its stream, of ``judged`` income in all; of the
    whole, those of the streams that can tell. None where ``why`` says so."""

    income: Decimal | None
    judged: Decimal
    share: Ratio
    why: NotAway


@dataclass(frozen=True, slots=True)
class CostItem:
    """One cost that recurs, by the month; ``id`` is empty for expenses that bear the note ``name``."""

    kind: CostKind
    id: str
    name: str
    stream: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class BreakEven:
    """What the headline month cost whatever was sold, and the day by which income less fees had made that up; None
    where it did not, or without a cost. ``costs`` and ``days``: the same of each month shown."""

    cost: Decimal
    costs: tuple[Decimal, ...]
    items: tuple[CostItem, ...]
    day: dt.date | None
    days: tuple[dt.date | None, ...]
    apart: tuple[str, ...]
    """Currencies of costs left out for want of a rate."""


@dataclass(frozen=True, slots=True)
class Payback:
    """What went in and what came out, from the first day to the day of the view."""

    invested: Decimal
    """Expenses and fees."""
    hours: Decimal
    income: Decimal
    net: Decimal
    first_income: dt.date | None
    """None before the first income: what was invested is all there is to say."""
    month: Month | None
    """Since when all income has been no less than what was invested; None until then, and without an investment."""
    hourly: Decimal | None
    """What the user's own hour is worth in the view's currency; None where the settings, or the rates, do not say."""
    invested_at_own_value: Decimal | None
    """As ``invested``, with the hours at that; None without it, as is the next."""
    month_at_own_value: Month | None
    """As ``month``, with the hours paid for too."""


@dataclass(frozen=True, slots=True)
class StackLine:
    """One stream, entries without one (``stream`` and ``name`` empty, role passive), or all but the job together."""

    stream: str
    name: str
    role: str
    income: Amount
    net: Decimal
    """Of the headline month, as are ``hours`` and ``units``."""
    share: Ratio
    """Of the streams' income in the twelve months up to each month; the job's, of all income."""
    hours: Decimal
    per_hour: Amount
    """Net / hours, None without hours."""
    per_hour_life: Decimal | None
    units: Decimal | None
    """Sold less given back; None where no entry says them."""
    units_per_hour: Amount
    away: AwayIncome
    break_even: BreakEven
    payback: Payback
    efforts: tuple[Effort, ...]
    """Marketing, learning, serving: empty where nothing can be said."""


@dataclass(frozen=True, slots=True)
class Holiday:
    """Days off that are over, and the income of the streams (the job left out) that came in them."""

    id: str
    first: dt.date
    last: dt.date
    days: int
    income: Decimal


@dataclass(frozen=True, slots=True)
class OldWork:
    """Of the headline month's income, what assets brought that were published twelve months before it, or earlier."""

    income: Decimal
    share: Ratio


@dataclass(frozen=True, slots=True)
class Built:
    """What a month built: ids of assets published and automations begun in it, hours of learning."""

    month: Month
    assets: tuple[str, ...]
    automations: tuple[str, ...]
    hours: Decimal


@dataclass(frozen=True, slots=True)
class Stack:
    """All figures of stacking and passivity for the last complete month, ``month``, in one currency.

    ``months``: up to twelve complete ones, oldest first, from the first with an entry or work outside the job on; every
    trend has a value for each, and each figure is that of the last. Empty before the first is over."""

    currency: str
    as_of: dt.date
    month: Month
    months: tuple[Month, ...]
    provisional: bool
    whole: StackLine
    streams: tuple[StackLine, ...]
    """In the user's order, then entries without a stream, then the job."""
    hhi: float | None
    """Of twelve months, without the job."""
    sources: Ratio
    """Effective sources, 1 / HHI."""
    sources_with_job: Ratio
    job: Amount
    """The job's income."""
    coverage: Ratio
    """The streams' income / the job's."""
    old_work: OldWork
    holidays: tuple[Holiday, ...]
    """The newest ended one first."""
    built: tuple[Built, ...]
    """Of each month shown."""
    building: Built
    """Of the open month so far."""
    missing_rates: tuple[MissingRate, ...]
