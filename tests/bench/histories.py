"""Generated histories of monthly income: twelve shapes that income of one's own takes, each drawn from a seed."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from itertools import count, islice
from random import Random

Shape = Callable[[Random], Iterator[float]]


def steady(draw: Random) -> Iterator[float]:
    """A retainer, a little more or less each month."""
    return (500 * _noise(draw, 0.12) for _ in count())


def noisy(draw: Random) -> Iterator[float]:
    """About the same, with large swings."""
    return (500 * _noise(draw, 0.45) for _ in count())


def slow_growth(draw: Random) -> Iterator[float]:
    """Two per cent more each month."""
    return (200 * 1.02**month * _noise(draw, 0.15) for month in count())


def fast_growth(draw: Random) -> Iterator[float]:
    """Six per cent more each month, until the market is full."""
    return (60 * 1.06 ** min(month, 40) * _noise(draw, 0.2) for month in count())


def line(draw: Random) -> Iterator[float]:
    """The same amount more each month."""
    return ((50 + 15 * month) * _noise(draw, 0.2) for month in count())


def seasonal(draw: Random) -> Iterator[float]:
    """Three times as much in the best month of the year as in the worst."""
    return (400 * (1 + 0.5 * math.sin(math.tau * month / 12)) * _noise(draw, 0.15) for month in count())


def launches(draw: Random) -> Iterator[float]:
    """A quiet base, and once in a while a month of several times as much."""
    for _ in count():
        yield 250 * _noise(draw, 0.2) + (draw.uniform(500, 2000) if draw.random() < 0.12 else 0)


def quarterly(draw: Random) -> Iterator[float]:
    """Paid out every third month."""
    return (900 * _noise(draw, 0.25) if month % 3 == 2 else 0 for month in count())


def decline(draw: Random) -> Iterator[float]:
    """Four per cent less each month."""
    return (900 * 0.96**month * _noise(draw, 0.2) for month in count())


def steps(draw: Random) -> Iterator[float]:
    """Level, and half as much more from time to time, as when a client is added."""
    level = 400.0
    for _ in count():
        level *= 1.5 if draw.random() < 0.07 else 1
        yield level * _noise(draw, 0.15)


def with_zeros(draw: Random) -> Iterator[float]:
    """Nothing at all in three months of ten."""
    return (0 if draw.random() < 0.3 else 300 * _noise(draw, 0.4) for _ in count())


def wandering(draw: Random) -> Iterator[float]:
    """Wherever the month before left it."""
    level = 300.0
    for _ in count():
        level *= _noise(draw, 0.15)
        yield level * _noise(draw, 0.15)


SHAPES: Mapping[str, Shape] = {
    shape.__name__: shape
    for shape in (
        *(steady, noisy, slow_growth, fast_growth, line, seasonal),
        *(launches, quarterly, decline, steps, with_zeros, wandering),
    )
}


def history(shape: str, months: int, draw: int) -> list[Fraction]:
    """So many months of a shape, in cents; the same for the same ``draw``."""
    amounts = islice(SHAPES[shape](Random(f"{shape} {draw}")), months)
    return [Fraction(round(amount * 100), 100) for amount in amounts]


def _noise(draw: Random, by: float) -> float:
    return draw.lognormvariate(0, by)
