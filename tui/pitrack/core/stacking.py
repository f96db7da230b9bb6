"""Income stacking: how income spreads over its sources, and how much of the job the streams pay."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from fractions import Fraction
from typing import TypeVar

K = TypeVar("K", bound=Hashable)


def shares(incomes: Mapping[K, Fraction]) -> dict[K, Fraction]:
    """Each source's part of all income, 0 to 1; a source that did not earn has none. Empty where nothing earned."""
    earned = {source: income for source, income in incomes.items() if income > 0}
    total = sum(earned.values(), Fraction(0))
    return {source: income / total for source, income in earned.items()}


def concentration(incomes: Mapping[K, Fraction]) -> Fraction | None:
    """HHI, the Herfindahl-Hirschman index: the sum of squared shares, 1 for a single source. None without income."""
    squares = [share * share for share in shares(incomes).values()]
    return sum(squares, Fraction(0)) if squares else None


def effective_sources(incomes: Mapping[K, Fraction]) -> float | None:
    """1 / HHI: the number of equal sources that would be as concentrated. None without income."""
    index = concentration(incomes)
    return None if index is None else float(1 / index)


def coverage(streams: Fraction, job: Fraction) -> float | None:
    """Income of the streams over income of the job (0.27: "streams pay 27 % of the job"); None without job income."""
    return float(streams / job) if job > 0 else None
