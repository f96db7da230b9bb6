"""Growth of a row of months: steps from month to month, three-month means, compound rate, year over year."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from typing import Literal, NamedTuple

Reading = Literal["percent", "new", "none", "n/m"]
"""How to read a step: a percentage; from nothing; nothing to nothing; not meaningful, from or below nothing."""

WINDOW = 12
"""Months that the compound rate and the shares look back on."""

LEAST = 6
"""Months below which a compound rate says nothing: its two three-month ends would overlap."""

SPAN = 3
"""Months in a trailing mean (T3M)."""


class Step(NamedTuple):
    """From one month to the next: the difference, always; the ratio (0.12 for +12 %) only from a positive month."""

    delta: Fraction
    ratio: float | None
    reading: Reading


def step(previous: Fraction, current: Fraction) -> Step:
    """Month-over-month: ``current - previous`` and, from a positive month, that over ``previous``."""
    delta = current - previous
    if previous > 0:
        return Step(delta, float(delta / previous), "percent")
    if previous < 0 or current < 0:
        return Step(delta, None, "n/m")
    return Step(delta, None, "new" if current else "none")


def mean(values: Sequence[Fraction]) -> Fraction | None:
    """The plain mean; None of nothing."""
    return sum(values, Fraction(0)) / len(values) if values else None


def trailing_mean(values: Sequence[Fraction]) -> Fraction | None:
    """T3M: the mean of the last three months, of fewer where there are fewer."""
    return mean(values[-SPAN:])


def compound_rate(values: Sequence[Fraction], window: int = WINDOW) -> float | None:
    """CMGR, the compound monthly growth rate over the last ``window`` months: ``(V_n / V_0) ** (1 / n) - 1``.

    The ends are means of the window's first and last three months, and n the months between their middles. None with
    fewer than six months, or where an end is not positive.
    """
    looked_at = values[-window:]
    if len(looked_at) < LEAST:
        return None
    first, last = sum(looked_at[:SPAN], Fraction(0)), sum(looked_at[-SPAN:], Fraction(0))
    if first <= 0 or last <= 0:
        return None
    months = len(looked_at) - SPAN
    return math.pow(last / first, 1 / months) - 1


def doubling_months(rate: float | None) -> float | None:
    """Months to double at a monthly rate: ``ln 2 / ln(1 + rate)``; None where it does not grow."""
    return math.log(2) / math.log1p(rate) if rate is not None and rate > 0 else None


def year_over_year(values: Sequence[Fraction]) -> float | None:
    """The last month against the same month a year before; None unless that one is known and positive."""
    return step(values[-1 - WINDOW], values[-1]).ratio if len(values) > WINDOW else None


def run_rate(trailing: Fraction | None) -> Fraction | None:
    """A year at the level of the last three months: 12 x T3M."""
    return None if trailing is None else 12 * trailing
