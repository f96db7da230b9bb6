"""Break-even: what a month costs whatever it sells, the day on which that is covered, and when all has paid back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from pitrack.core.days import Month
from pitrack.core.goals import MONTH
from pitrack.core.model import Template


def monthly_cost(template: Template) -> Fraction:
    """What a recurring expense comes to in a month, in its own currency; a month is a twelfth of 365.25 days."""
    amount = Fraction(template.gross) + Fraction(template.fee)
    times = {"week": MONTH / 7, "month": Fraction(1), "year": Fraction(1, 12)}[template.every]
    return amount * times / template.interval


def runs_in(month: Month, since: dt.date, until: dt.date | None) -> bool:
    """Whether what goes from ``since`` to ``until`` (None: without end) does so on any day of a month."""
    return since <= month.last and (until is None or until >= month.first)


def covered_on(cost: Fraction, margins: Mapping[dt.date, Fraction]) -> dt.date | None:
    """The first day up to which a month's income less fees made up its fixed cost; None where it did not, or where
    there was nothing to cover."""
    if cost <= 0:
        return None
    total = Fraction(0)
    for day in sorted(margins):
        total += margins[day]
        if total >= cost:
            return day
    return None


def paid_back(came: Sequence[Fraction], went: Sequence[Fraction]) -> int | None:
    """The month, by its place in two rows, since which all that came in has been no less than all that went in.

    None while it is less, and as long as nothing went in: there is nothing to pay back then.
    """
    total_in = total_out = Fraction(0)
    since = None
    for place, (one_in, one_out) in enumerate(zip(came, went, strict=True)):
        total_in, total_out = total_in + one_in, total_out + one_out
        if total_in < total_out or not total_out:
            since = None
        elif since is None:
            since = place
    return since


def at_own_value(expenses: Sequence[Fraction], hours: Sequence[Fraction], hourly: Decimal) -> list[Fraction]:
    """What each month took in all, with its hours at what the user's own hour is worth."""
    return [expense + spent * Fraction(hourly) for expense, spent in zip(expenses, hours, strict=True)]
