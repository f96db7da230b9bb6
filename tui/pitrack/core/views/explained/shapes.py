"""The shape of an explanation: a figure, the numbers that it is made of, and the records behind them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, NamedTuple, get_args

from pitrack.core.days import Month
from pitrack.core.views.income.growth import MissingRate

Figure = Literal[
    "mom",
    "t3m",
    "run-rate",
    "cmgr",
    "doubling",
    "yoy",
    "share",
    "sources",
    "coverage",
    "away",
    "holiday",
    "per-hour",
    "units-per-hour",
    "break-even",
    "paid-back",
    "back-catalogue",
    "built",
    "neglect",
]
FIGURES: tuple[Figure, ...] = get_args(Figure)
OF_ALL: frozenset[Figure] = frozenset({"sources", "holiday", "back-catalogue", "built"})
"""Figures of all streams together, never of one."""

Unit = Literal["money", "hourly", "change", "percent", "number", "hours", "months", "weeks", "count", "day", "month"]
"""What a value is: money; money an hour; a ratio as a change (0.12: +12 %) or as a part of a whole; a plain number;
hours; months; whole weeks; a number of things; a day; a month."""

UNITS: dict[Figure, Unit] = {
    "mom": "change",
    "t3m": "money",
    "run-rate": "money",
    "cmgr": "change",
    "doubling": "months",
    "yoy": "change",
    "share": "percent",
    "sources": "number",
    "coverage": "percent",
    "away": "percent",
    "holiday": "money",
    "per-hour": "hourly",
    "units-per-hour": "number",
    "break-even": "day",
    "paid-back": "month",
    "back-catalogue": "percent",
    "built": "count",
    "neglect": "count",
}

Value = Decimal | float | dt.date | Month

Why = Literal[
    "",
    "early",
    "new",
    "nothing",
    "not positive",
    "no growth",
    "by stream",
    "no income",
    "no job",
    "no rate",
    "no hours",
    "no units",
    "no time",
    "no stream",
    "lump",
    "service",
    "job",
    "no pause",
    "no cost",
    "not covered",
    "no investment",
    "before income",
    "not yet",
]
"""Why there is no value: too few complete months; from nothing; nothing to nothing; an end that is not positive; no
growth that could double; each stream has its own; and what is missing."""


class Given(NamedTuple):
    """A number that went into a figure. ``what``: a code; of a stream, an asset or a cost by its ``name``, of a
    ``month``. None where it is not known."""

    what: str
    value: Decimal | float | dt.date | Month | None
    unit: Unit
    name: str = ""
    month: Month | None = None


class Record(NamedTuple):
    """A record of the book behind a figure. ``name``: its stream's, or its own. ``amount``: signed, in its own
    currency; of time, and of a habit that counts in time, ``minutes``. ``until``: the last day of what lasts."""

    kind: Literal["income", "refund", "expense", "time", "habit", "asset", "pause", "template", "automation"]
    id: str
    day: dt.date | None
    name: str
    amount: Decimal | None = None
    currency: str = ""
    minutes: int | None = None
    note: str = ""
    until: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Explained:
    """One figure of a stream (``stream`` its id, ``name`` its name) or of all (None and empty), in ``month``, the last
    complete one."""

    figure: Figure
    stream: str | None
    name: str
    currency: str
    as_of: dt.date
    month: Month | None
    provisional: bool
    value: Decimal | float | dt.date | Month | None
    unit: Unit
    why: Why
    numbers: tuple[Given, ...]
    records: tuple[Record, ...]
    """Oldest first."""
    left_out: tuple[MissingRate, ...] = ()
    """Income that the figure does not count for want of a rate."""

    def given(self, what: str) -> Value | None:
        """The first number of that code; None where there is none."""
        return next((one.value for one in self.numbers if one.what == what), None)
