"""Income that came while nobody worked for it: which payouts can tell of it, and what part of a month it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from fractions import Fraction
from typing import NamedTuple

FEW = 3
"""Days of a month on so many of which, or fewer, income comes as payouts, and not sale by sale."""


def is_lump(days: Collection[dt.date]) -> bool:
    """Whether income that came on these days of a month is one of payouts, which say nothing of when the sales were.

    So it is where the days are at most three (paid by the month), or all of one weekday (paid by the week).
    """
    return len(set(days)) <= FEW or len({day.weekday() for day in days}) == 1


class Away(NamedTuple):
    """Of a month's ``income``, what came on days without work on its stream."""

    away: Fraction = Fraction(0)
    income: Fraction = Fraction(0)

    @property
    def share(self) -> Fraction | None:
        """From 0 to 1 as long as nothing was given back; None of a month without income."""
        return self.away / self.income if self.income > 0 else None

    def also(self, other: Away) -> Away:
        """Both together."""
        return Away(self.away + other.away, self.income + other.income)


def away(incomes: Mapping[dt.date, Fraction], busy: Collection[dt.date]) -> Away:
    """Of what came on each day, the part of the days that are not ``busy``."""
    left = (income for day, income in incomes.items() if day not in busy)
    return Away(sum(left, Fraction(0)), sum(incomes.values(), Fraction(0)))
