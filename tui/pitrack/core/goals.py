"""Goals: how far, for how long, what it takes, and when at this pace."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from itertools import islice, takewhile
from math import ceil
from typing import Literal, NamedTuple

from pitrack.core.days import Month
from pitrack.core.forecast import LEAST, Expected, Forecast, forecast

MONTH = Fraction(36525, 1200)
"""Days of a month on average."""

HORIZON = 120
"""Months that a trend is carried on: what lies further off is on no trend."""


Outlook = Literal["reached", "nothing-yet", "no-job", "no-rate", "too-early", "on-track", "late", "not-on-trend"]
"""How a goal stands: there; nothing to count yet; no income of the job to measure it by, or none with a rate; too few
complete months; it arrives, by its day or after it; it does not arrive as things go."""

Reason = Literal["", "nothing", "below", "far"]
"""Why it does not arrive: nothing comes in; the months stay below it; it takes more than ten years."""


class Eta(NamedTuple):
    """When it is there: as expected, and at the ends of the rough range. None where that never comes, or is unknown."""

    day: dt.date | None = None
    earliest: dt.date | None = None
    latest: dt.date | None = None


class Ahead(NamedTuple):
    """What a goal may expect. ``pace``: what a month comes to now, T3M, and ``trend``: what the first month adds to it.
    ``short``: what is asked of a month where it does not arrive. ``wait``: months until that can be said."""

    outlook: Outlook
    eta: Eta = Eta()
    reason: Reason = ""
    pace: Fraction | None = None
    trend: Fraction | None = None
    short: Fraction | None = None
    wait: int = 0


def fraction(value: Fraction, amount: Fraction) -> float:
    """How much of ``amount`` is there, 0 or more; a goal of nothing is reached."""
    return float(max(value, Fraction(0)) / amount) if amount > 0 else 1.0


def held(months: Sequence[Fraction], amount: Fraction) -> int:
    """Whole months in a row at or above ``amount``, the last one backwards."""
    return sum(1 for _ in takewhile(lambda value: value >= amount, reversed(months)))


def needed(remaining: Fraction, day: dt.date, by: dt.date | None) -> Fraction | None:
    """What a month must bring from ``day`` on, for ``remaining`` to be made up on ``by``.

    A month is a twelfth of 365.25 days, and the months left are the days from ``day`` to ``by`` over that, never less
    than one: the last month has to bring all of it. None without a day, once reached, or when the day has passed.
    """
    if by is None or by < day or remaining <= 0:
        return None
    return remaining * MONTH / max(Fraction((by - day).days), MONTH)


def arrival(
    remaining: Fraction, day: dt.date, gained: Fraction, days: Fraction | int, after: Fraction | int = 0
) -> dt.date | None:
    """The day on which ``remaining`` is made up at a pace of ``gained`` in ``days``, kept from ``after`` days on.

    None once reached, at no pace, or when it would take longer than the calendar goes.
    """
    if remaining <= 0 or gained <= 0:
        return None
    try:
        return day + dt.timedelta(days=ceil(after + remaining * days / gained))
    except OverflowError:
        return None


def ahead(
    value: Fraction, amount: Fraction, months: Sequence[Fraction], day: dt.date, by: dt.date | None, *, monthly: bool
) -> Ahead:
    """What to expect after these complete months: of a goal that a month shall bring (``monthly``), or that adds up."""
    remaining = amount - value
    if remaining <= 0:
        return Ahead("reached")
    found = forecast(months)
    if found is None:
        seen = value or any(months)
        return Ahead("too-early" if seen else "nothing-yet", wait=LEAST - len(months))
    eta = attained(amount, Month.of(day), found) if monthly else gathered(remaining, day, found)
    if eta.day is None:
        reason: Reason = "nothing" if found.most <= 0 else "below" if monthly else "far"
        short = amount - found.most if monthly else needed(remaining, day, by) or remaining / HORIZON
        return Ahead("not-on-trend", eta, reason, found.level, found.trend, short)
    return Ahead("late" if by and eta.day > by else "on-track", eta, "", found.level, found.trend)


def gathered(remaining: Fraction, day: dt.date, found: Forecast) -> Eta:
    """When the months to come, counted from ``day``, add up to ``remaining``; each spread evenly over its days."""
    sums = list(islice(found.sums(), HORIZON))

    def made_up(totals: Iterable[Fraction | None]) -> dt.date | None:
        before = Fraction(0)
        for number, total in enumerate(totals):
            if total is None:
                return None
            if total >= remaining:
                return arrival(remaining - before, day, total - before, MONTH, number * MONTH)
            before = total
        return None

    return _eta(sums, made_up)


def attained(amount: Fraction, month: Month, found: Forecast) -> Eta:
    """The last day of the first month that brings ``amount``; the months to come begin with ``month``."""

    def brought(values: Iterable[Fraction | None]) -> dt.date | None:
        for number, value in enumerate(values):
            if value is not None and value >= amount:
                return _last_day(month, number)
        return None

    return _eta(list(islice(found.months(), HORIZON)), brought)


def _last_day(month: Month, later: int) -> dt.date | None:
    try:
        return month.shift(later).last
    except ValueError:  # the calendar ends
        return None


def _eta(expected: Sequence[Expected], when: Callable[[Iterable[Fraction | None]], dt.date | None]) -> Eta:
    """The day at the point and, where that comes, those at the ends of the range."""
    day = when(one.point for one in expected)
    if day is None:
        return Eta()
    return Eta(day, when(one.high for one in expected), when(one.low for one in expected))
