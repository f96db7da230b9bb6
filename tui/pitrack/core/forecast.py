"""Forecast of a row of months: the level carried on, a trend where that proved better, and a rough range.

The level is T3M. The trend is that of damped Holt, added to the level only where it came nearer to the row's own past.
How far past forecasts were off, as ratios of what came to what was forecast, gives the range: no bell curve is assumed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from typing import NamedTuple

from pitrack.core.growth import SPAN, trailing_mean

LEAST = 8
"""Complete months below which it is too early to say."""

PAST = 36
"""Complete months that a forecast looks back on: what was longer ago tells little of the months to come."""

STEPS = 6
"""Months ahead for which past forecasts are tried; what lies further off is as uncertain as the last of them."""

FEW = 8
"""Ratios below which those of all steps are taken together."""

ALPHA, BETA, PHI = Fraction(3, 10), Fraction(1, 10), Fraction(9, 10)
"""How fast damped Holt learns its level and its trend, and what is left of the trend each month."""

LOW, HIGH = Fraction(1, 10), Fraction(9, 10)
"""The quantiles of the rough range."""

NOTHING = Fraction(0)
ONE = Fraction(1)


class Expected(NamedTuple):
    """What is expected: the point, and the rough range around it, None where the past gives none."""

    point: Fraction
    low: Fraction | None
    high: Fraction | None


class Ratios(NamedTuple):
    """What came over what was forecast: the low and the high quantile."""

    low: Fraction
    high: Fraction


@dataclass(frozen=True, slots=True)
class Forecast:
    """The months to come. ``by_month`` and ``by_sum``: for each step how far off single months, and the months from the
    first to that one together, were in the past; empty where nothing is known."""

    level: Fraction
    trend: Fraction
    """What the trend adds in the first month, 0 where the level alone did as well."""
    by_month: tuple[Ratios, ...]
    by_sum: tuple[Ratios, ...]

    def months(self) -> Iterator[Expected]:
        """Each month to come, without end."""
        for number, point in enumerate(_carried_on(self.level, self.trend)):
            yield _around(point, self.by_month, number)

    def sums(self) -> Iterator[Expected]:
        """All months from the first to come up to each one, without end."""
        for number, point in enumerate(accumulate(_carried_on(self.level, self.trend))):
            yield _around(point, self.by_sum, number)

    @property
    def most(self) -> Fraction:
        """What a month comes to at most: with all of the trend, which fades, or where it falls, the first month."""
        return _bounded(self.level, max(self.trend / (1 - PHI), self.trend))


def forecast(months: Sequence[Fraction]) -> Forecast | None:
    """The forecast after these complete months; None while they are too few."""
    if len(months) < LEAST:
        return None
    past = months[-PAST:]
    flat = _levels(past)
    leaning = [(level, trend if level else NOTHING) for level, trend in zip(flat, _trends(past), strict=True)]
    level_only = [(level, NOTHING) for level in flat]
    best = min(level_only, leaning, key=lambda states: _missed(past, states))  # the level where both are as good
    level, trend = best[-1]
    return Forecast(level, trend, _ratios(past, best), _ratios(past, best, together=True))


def quantile(values: Sequence[Fraction], part: Fraction) -> Fraction:
    """The value below which the next one falls with a chance of ``part``: that of place ``part * (n + 1)``, the places
    between two interpolated (Weibull's). Beyond the first and the last place, these."""
    ordered = sorted(values)
    place = part * (len(ordered) + 1) - 1
    below = min(max(place.__floor__(), 0), len(ordered) - 1)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * min(max(place - below, NOTHING), ONE)


State = tuple[Fraction, Fraction]
"""Level and trend, as known at the end of a month."""


def _levels(months: Sequence[Fraction]) -> list[Fraction]:
    """T3M at the end of each month from the third on."""
    return [trailing_mean(months[:end]) or NOTHING for end in range(SPAN, len(months) + 1)]


def _trends(months: Sequence[Fraction]) -> list[Fraction]:
    """The first step of damped Holt's trend at the end of each month from the third on.

    It begins at the first month, without a trend: ``l = a y + (1 - a)(l' + p b')``, ``b = c (l - l') + (1 - c) p b'``.
    """
    level, trend = months[0], NOTHING
    found = [trend]
    for value in months[1:]:
        expected = PHI * trend
        before, level = level, ALPHA * value + (1 - ALPHA) * (level + expected)
        trend = BETA * (level - before) + (1 - BETA) * expected
        found.append(PHI * trend)
    return found[SPAN - 1 :]


def _carried_on(level: Fraction, trend: Fraction) -> Iterator[Fraction]:
    """The level with its fading trend, month by month."""
    added = NOTHING
    while True:
        added, trend = added + trend, trend * PHI
        yield _bounded(level, added)


def _bounded(level: Fraction, added: Fraction) -> Fraction:
    """A trend takes no level through zero."""
    return max(level + added, NOTHING) if level > 0 else min(level + added, NOTHING)


def _trials(months: Sequence[Fraction], states: Sequence[State]) -> Iterator[list[tuple[Fraction, Fraction]]]:
    """From each month that another follows: what was forecast for each of the next ones, and what came."""
    for end, state in enumerate(states[:-1], SPAN):
        yield list(zip(_carried_on(*state), months[end : end + STEPS], strict=False))


def _missed(months: Sequence[Fraction], states: Sequence[State]) -> Fraction:
    """How far all forecasts of the past were off, added up."""
    return sum((abs(came - told) for trial in _trials(months, states) for told, came in trial), NOTHING)


def _ratios(months: Sequence[Fraction], states: Sequence[State], *, together: bool = False) -> tuple[Ratios, ...]:
    """By step, the quantiles of what came over what was forecast.

    Only forecasts on the same side of nothing as the last one tell of it. A row of nothing but zeros forecasts itself.
    """
    level = states[-1][0]
    if level == 0:
        return () if any(months) else (Ratios(ONE, ONE),)
    found: list[list[Fraction]] = [[] for _ in range(STEPS)]
    for trial in _trials(months, states):
        told, came = zip(*trial, strict=True)
        if together:
            told, came = tuple(accumulate(told)), tuple(accumulate(came))
        for step, (point, actual) in enumerate(zip(told, came, strict=True)):
            if point * level > 0:
                found[step].append(actual / point)
    every = [ratio for ratios in found for ratio in ratios]
    if not every:
        return ()
    chosen = (ratios if len(ratios) >= FEW else every for ratios in found)
    return tuple(Ratios(quantile(ratios, LOW), quantile(ratios, HIGH)) for ratios in chosen)


def _around(point: Fraction, by_step: Sequence[Ratios], number: int) -> Expected:
    """A point and its range, which always holds it."""
    if not by_step:
        return Expected(point, None, None)
    ends = [point, *(point * ratio for ratio in by_step[min(number, len(by_step) - 1)])]
    return Expected(point, min(ends), max(ends))
