"""The card: growth and streaks as ratios and counts, without any sum, so that it can be shown to anyone."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from pitrack.core.days import Month
from pitrack.core.growth import WINDOW
from pitrack.core.model import Snapshot
from pitrack.core.schedules import Unit
from pitrack.core.streaks import timeline
from pitrack.core.views.habits import ranking
from pitrack.core.views.income.growth import Label, growth

LONGEST = 3
"""Streaks that are shown."""
RECENT = 30
"""Days of which it is told how much was done."""


class Streak(NamedTuple):
    """A streak that runs; ``name`` is the action's."""

    name: str
    length: int
    unit: Unit


@dataclass(frozen=True, slots=True)
class Card:
    """Ratios are plain numbers (0.12 for +12 %), None where there is none."""

    month: Month | None
    """The last complete month, the newest whose growth is told; None before the first."""
    provisional: bool
    mom: float | None
    label: Label | None
    cmgr: float | None
    doubling_months: float | None
    yoy: float | None
    sources: float | None
    """Effective sources, without the job."""
    shape: tuple[float, ...]
    """The last twelve complete months as parts of the best of them, 0 to 1, oldest first; empty without income."""
    streaks: tuple[Streak, ...]
    """The longest that run."""
    running: int
    """How many run."""
    strength: float | None
    """Mean strength of the living actions."""
    done: float | None
    """Of what ended in the last 30 days, the part that was done."""


def card(snapshot: Snapshot, day: dt.date) -> Card:
    """The card as of a day."""
    view, ranked, week_start = growth(snapshot, day), ranking(snapshot, day), snapshot.settings.week_start
    headline = view.headline
    running = [one for one in ranked if one.standing.current]
    rates = [timeline(one.habit, snapshot.history(one.habit.id), day, week_start).rate(RECENT) for one in ranked]
    due = sum(rate.due for rate in rates)
    return Card(
        month=headline.month if headline else None,
        provisional=headline is not None and headline.provisional,
        mom=headline.mom if headline else None,
        label=headline.label if headline else None,
        cmgr=view.cmgr,
        doubling_months=view.doubling_months,
        yoy=view.yoy,
        sources=view.sources,
        shape=_shape([Fraction(month.income) for month in view.months[:-1]][-WINDOW:]),
        streaks=tuple(Streak(one.habit.name, one.standing.current, one.standing.unit) for one in running[:LONGEST]),
        running=len(running),
        strength=sum(one.standing.strength for one in ranked) / len(ranked) if ranked else None,
        done=sum(rate.met for rate in rates) / due if due else None,
    )


def _shape(incomes: list[Fraction]) -> tuple[float, ...]:
    best = max(incomes, default=Fraction(0))
    return tuple(float(max(income, Fraction(0)) / best) for income in incomes) if best > 0 else ()
