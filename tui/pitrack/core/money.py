"""Money: exact conversion with dated rates.

Sums and conversions are carried as ``Fraction``, so that no order of work and no rate can move a result; amounts leave
the core as ``Decimal``.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from typing import NamedTuple

from pitrack.core.currencies import EXACT
from pitrack.core.model import Rate

DIGITS = 50
"""Significant digits of a quotient that no finite decimal can show."""

PIVOT = "EUR"
"""The currency that links two others without a rate between them: central banks publish theirs against it."""


def as_decimal(value: Fraction) -> Decimal:
    """The same number as a Decimal: exact where its decimals end, to 50 significant digits where they do not."""
    numerator, denominator = value.numerator, value.denominator
    twos = (denominator & -denominator).bit_length() - 1
    rest, fives = denominator >> twos, 0
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    if rest != 1:
        return Context(prec=DIGITS, rounding=ROUND_HALF_EVEN).divide(Decimal(numerator), Decimal(denominator))
    places = max(twos, fives)
    return Decimal(numerator * 10**places // denominator).scaleb(-places, EXACT)


def maybe_decimal(value: Fraction | None) -> Decimal | None:
    """As ``as_decimal``, of a number that may be unknown."""
    return None if value is None else as_decimal(value)


class Factor(NamedTuple):
    """A rate as an exact quotient: an amount is worth ``amount * times / over``."""

    times: Decimal
    over: Decimal

    @property
    def value(self) -> Fraction:
        return Fraction(self.times) / Fraction(self.over)


ONE = Decimal(1)
PAR = Factor(ONE, ONE)


class Rates:
    """Dated exchange rates. ``rates`` are the records of a book; a rate of zero or less is left out."""

    def __init__(self, rates: Iterable[Rate]) -> None:
        dated: defaultdict[tuple[str, str], dict[dt.date, Decimal]] = defaultdict(dict)
        for rate in rates:
            if rate.rate > 0:
                dated[rate.base, rate.quote][rate.day] = rate.rate
        self._pairs = {pair: (sorted(by_day), by_day) for pair, by_day in dated.items()}

    def factor(self, source: str, target: str, day: dt.date) -> Factor | None:
        """What one unit of ``source`` is worth in ``target`` on ``day``; None where no rate is known by then.

        The newest rate on or before the day, of the pair either way round (the direct one when both are as new); where
        the pair has none, through EUR.
        """
        if source == target:
            return PAR
        own = self._between(source, target, day)
        if own is not None or PIVOT in (source, target):
            return own
        first, second = self._between(source, PIVOT, day), self._between(PIVOT, target, day)
        if first is None or second is None:
            return None
        return Factor(EXACT.multiply(first.times, second.times), EXACT.multiply(first.over, second.over))

    def convert(self, amount: Decimal, source: str, target: str, day: dt.date) -> Decimal | None:
        """``amount`` of ``source`` in ``target`` at the day's rate, not rounded; None where no rate is known."""
        factor = self.factor(source, target, day)
        return None if factor is None else as_decimal(Fraction(amount) * factor.value)

    def _between(self, source: str, target: str, day: dt.date) -> Factor | None:
        direct, inverse = self._newest(source, target, day), self._newest(target, source, day)
        if direct is not None and (inverse is None or inverse[0] <= direct[0]):
            return Factor(direct[1], ONE)
        return None if inverse is None else Factor(ONE, inverse[1])

    def _newest(self, base: str, quote: str, day: dt.date) -> tuple[dt.date, Decimal] | None:
        if (base, quote) not in self._pairs:
            return None
        days, by_day = self._pairs[base, quote]
        known = bisect_right(days, day)
        return (days[known - 1], by_day[days[known - 1]]) if known else None
