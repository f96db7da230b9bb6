"""How good the forecast is: generated histories whose last six months it does not see."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import islice
from statistics import mean, median
from typing import NamedTuple

from pitrack.core.forecast import STEPS, forecast
from pitrack.core.growth import trailing_mean
from tests.bench.histories import SHAPES, history

KNOWN = (8, 12, 18, 24, 36, 48)
"""Complete months that are seen before the six that are not: the fewest that a forecast is made of, and up."""


class Trial(NamedTuple):
    """One month not seen: how far the point and T3M were off, and whether the rough range held it; and whether that of
    all months up to it held their sum."""

    point: float
    t3m: float
    held: bool
    sum_held: bool


class Score(NamedTuple):
    """Of many trials, in per cent: median relative errors, and how many months, and sums of months, were held."""

    point: float
    t3m: float
    coverage: float
    coverage_of_sums: float


def trials(shape: str, draws: int) -> Iterator[Trial]:
    """A shape, drawn so many times, each with short and long histories."""
    for draw in range(draws):
        for known in KNOWN:
            months = history(shape, known + STEPS, draw)
            yield from _tried(months[:known], months[known:])


def score(shapes: dict[str, list[Trial]]) -> Score:
    """All shapes count alike."""
    every = [trial for tried in shapes.values() for trial in tried]
    return Score(
        100 * median(trial.point for trial in every),
        100 * median(trial.t3m for trial in every),
        100 * mean(trial.held for trial in every),
        100 * mean(trial.sum_held for trial in every),
    )


def all_trials(draws: int) -> dict[str, list[Trial]]:
    return {shape: list(trials(shape, draws)) for shape in SHAPES}


def _tried(seen: list[Fraction], unseen: list[Fraction]) -> Iterator[Trial]:
    found, level = forecast(seen), trailing_mean(seen)
    assert found
    assert level is not None
    total = Fraction(0)
    ahead = zip(unseen, found.months(), found.sums(), strict=False)
    for came, month, together in islice(ahead, len(unseen)):
        total += came
        yield Trial(
            point=_off(month.point, came),
            t3m=_off(level, came),
            held=month.low is not None and month.high is not None and month.low <= came <= month.high,
            sum_held=together.low is not None and together.high is not None and together.low <= total <= together.high,
        )


def _off(told: Fraction, came: Fraction) -> float:
    """The relative error; where nothing came, all of a forecast is wrong."""
    return float(abs(told - came) / came) if came else float(bool(told))
