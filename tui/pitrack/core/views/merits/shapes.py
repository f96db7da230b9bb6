"""The shapes of the five merits: what ``core.views.merits.measuring`` says of a book, or of one stream, on a day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from pitrack.core.automation import NotSaved, State
from pitrack.core.building import Automation
from pitrack.core.days import Month
from pitrack.core.growth import Reading
from pitrack.core.merits import MeritId
from pitrack.core.model import TimeKind
from pitrack.core.views.income.growth import MissingRate
from pitrack.core.views.income.stack_shapes import AwayIncome, BreakEven, Holiday

Measure = Literal["hours", "share", "units an hour"]
"""What a merit's figure counts: hours a month, a part of a whole (0.25 for 25 %), units sold per hour of work."""

Reason = Literal[
    "",
    "no automation",
    "no task",
    "no month before",
    "no time on it",
    "no month since",
    "no work since",
    "no income",
    "no units",
    "no hours",
    "service",
    "job",
    "no stream",
    "no time",
    "lump",
]
"""Why a merit has no figure: no automation runs, or why it cannot be told what those save (as in ``NotSaved``); no
income, no entry that says how many units were sold, or no hours in the headline month; and as in ``NotAway``."""


@dataclass(frozen=True, slots=True)
class Change:
    """The mean of the last three months, ``now``, against that of the three before; the ratio from a positive one."""

    before: Decimal
    now: Decimal
    delta: Decimal
    ratio: float | None
    reading: Reading


@dataclass(frozen=True, slots=True)
class Saving:
    """One automation. Hours a month of its task, ``before`` and ``since`` it began, over the months of that name; none
    where ``why`` says why. ``cost``: a month, in the view's currency, None where no rate is known. ``again``: its
    saving is counted with an earlier automation of the same task."""

    automation: Automation
    state: State
    before: tuple[Month, ...]
    since: tuple[Month, ...]
    hours_before: Decimal | None
    hours_since: Decimal | None
    hours: Decimal | None
    why: NotSaved
    again: bool
    cost: Decimal | None


@dataclass(frozen=True, slots=True)
class Costs:
    """What the cost merit is made of, in the headline month."""

    income: Decimal
    expense: Decimal
    fixed: BreakEven
    """The fixed cost of a month, what it is made of, and the day on which it was covered."""
    tools: Decimal
    """What the running automations cost a month, at the rates of the day."""
    tools_apart: tuple[str, ...]
    """Currencies of theirs left out for want of a rate."""
    hourly: Decimal | None
    """What an hour is worth, by the book's settings."""
    worth: Decimal | None
    """The hours saved a month at that; None without either, as is the next."""
    gain: Decimal | None
    """What that leaves after the automations' cost."""


@dataclass(frozen=True, slots=True)
class Sold:
    """Units sold and hours worked by month, oldest first: of the streams that sold by the unit in that month."""

    units: tuple[Decimal | None, ...]
    hours: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class Sales:
    """Sales of passive streams that tell when they were: entries of income by month, and those of them on days without
    work on the stream. ``income``: the same by amount, of the headline month."""

    sales: tuple[int, ...]
    away: tuple[int, ...]
    income: AwayIncome
    holidays: tuple[Holiday, ...]
    """Days off that are over, with what came in them; of the whole book."""


@dataclass(frozen=True, slots=True)
class Shift:
    """Mean hours a month of one sort of work, before and since: routine by its task, the core by its kind."""

    kind: TimeKind
    task: str
    before: Decimal
    since: Decimal


@dataclass(frozen=True, slots=True)
class Focus:
    """Hours by month, and where the saved ones went: from the months before the first running automation to the last
    three. The shifts are empty where there is no automation, or nothing to compare with."""

    core: tuple[Decimal, ...]
    routine: tuple[Decimal, ...]
    before: tuple[Month, ...]
    since: tuple[Month, ...]
    shifts: tuple[Shift, ...]


@dataclass(frozen=True, slots=True)
class Merit:
    """One merit: its figure, None where ``why`` says why; by month, oldest first; and how that changes."""

    id: MeritId
    measure: Measure
    figure: Decimal | None
    why: Reason
    trend: tuple[Decimal | None, ...]
    change: Change | None
    named: bool = False
    """Whether the stream's playbook names it."""


@dataclass(frozen=True, slots=True)
class MeritSet:
    """The merits of one stream, or of all but the job (``stream`` and ``name`` empty), with what they are made of."""

    stream: str
    name: str
    merits: tuple[Merit, ...]
    """Those that the playbook names first."""
    savings: tuple[Saving, ...]
    costs: Costs
    sold: Sold
    sales: Sales
    focus: Focus

    def merit(self, id_: MeritId) -> Merit:
        return next(merit for merit in self.merits if merit.id == id_)


@dataclass(frozen=True, slots=True)
class Merits:
    """The five merits as known on a day, in one currency. ``month``: the last complete one, which figures are of
    (hours saved: with the two before); ``months``: up to twelve, which trends are of, as in the view of stacking."""

    currency: str
    as_of: dt.date
    month: Month
    months: tuple[Month, ...]
    whole: MeritSet
    streams: tuple[MeritSet, ...]
    """In the user's order, without the job."""
    missing_rates: tuple[MissingRate, ...]
