"""Plan: goals with their progress, and the idea inbox."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from pitrack.core.days import Month
from pitrack.core.goals import arrival, fraction, held, needed
from pitrack.core.growth import SPAN, trailing_mean
from pitrack.core.ledger import NO_STREAM, NOTHING, Ledger, monthly
from pitrack.core.model import Goal, Idea, Snapshot
from pitrack.core.money import Rates, as_decimal
from pitrack.core.worktime import Worked, hours, worked


@dataclass(frozen=True, slots=True)
class GoalProgress:
    """How far a goal is. ``value`` is in the goal's own unit: money received, income a month, or hours.

    save: net received since the goal began; living: T3M of income (``held`` = whole months in a row at or above the
    target); skill: hours. ``needed`` a month of 30.4375 days to arrive by its day (living: by how much a month's income
    must rise each month); None without a day, once reached or when the day has passed. Amounts without a rate are
    left out."""

    goal: Goal
    value: Decimal
    fraction: float
    """value / amount, 0 or more; may pass 1."""
    reached: bool
    held: int
    needed: Decimal | None
    eta: dt.date | None
    """Day of arrival at the pace of the last three complete months (living: at the rise of T3M over them, which takes
    six); None when it never arrives or is reached."""
    missing: tuple[str, ...] = ()
    """The currencies that ``value`` leaves out for want of a rate."""


@dataclass(frozen=True, slots=True)
class PlanView:
    goals: tuple[GoalProgress, ...]
    ideas: tuple[Idea, ...]
    """Open ideas, newest first."""


def plan(snapshot: Snapshot, day: dt.date) -> PlanView:
    """Living goals in order of their day, and the open ideas."""
    goals = [goal for goal in snapshot.goals.values() if not goal.archived]
    goals.sort(key=lambda goal: (goal.by or dt.date.max, goal.name.casefold(), goal.id))
    planning = _Planning(snapshot, day)
    return PlanView(tuple(map(planning.progress, goals)), open_ideas(snapshot))


def open_ideas(snapshot: Snapshot) -> tuple[Idea, ...]:
    """The open ideas, newest first: at once, where goals take a while on a large book."""
    ideas = [idea for idea in snapshot.ideas.values() if idea.state == "open"]
    ideas.sort(key=lambda idea: (idea.day, idea.id), reverse=True)
    return tuple(ideas)


class _Have(NamedTuple):
    """What is there, in the goal's unit; ``gained`` in the last ``span`` complete months; all complete ``months``."""

    value: Fraction
    gained: Fraction
    span: int
    months: Sequence[Fraction]


class _Planning:
    """A book on a day, with the ledgers that its goals share."""

    def __init__(self, snapshot: Snapshot, day: dt.date) -> None:
        self.snapshot = snapshot
        self.day = day
        self.open = Month.of(day)
        self.ledger = cache(self._ledger)

    def progress(self, goal: Goal) -> GoalProgress:
        """How far one goal is."""
        have = {"save": self.saved, "living": self.earned, "skill": self.practised}[goal.motive](goal)
        amount = Fraction(goal.amount)
        remaining = amount - have.value
        required = needed(remaining, self.day, goal.by)
        return GoalProgress(
            goal=goal,
            value=as_decimal(have.value),
            fraction=fraction(have.value, amount),
            reached=remaining <= 0,
            held=held(have.months, amount) if goal.motive == "living" else 0,
            needed=None if required is None else as_decimal(required),
            eta=arrival(remaining, self.day, have.gained, (self.open.first - self.open.shift(-have.span).first).days),
            missing=self.missing(goal),
        )

    def missing(self, goal: Goal) -> tuple[str, ...]:
        """Currencies that the goal's value leaves out for want of a rate."""
        if goal.motive == "skill" or not self.ledger(self.currency(goal)).unconverted:
            return ()
        since = (goal.since or dt.date.min) if goal.motive == "save" else self.open.shift(-SPAN).first
        apart, streams = self.ledger(self.currency(goal), since).unconverted, set(self.streams(goal))
        return tuple(one.currency for one in apart if not streams.isdisjoint(one.streams))

    def saved(self, goal: Goal) -> _Have:
        """Money received since the goal began; the pace is that of all its streams' last months."""
        streams, ledger = self.streams(goal), self.ledger(self.currency(goal))
        months = [ledger.at(streams, month).received for month in self.complete(ledger.first(streams))]
        began = self.ledger(self.currency(goal), goal.since) if goal.since else ledger
        value = sum((sums.received for (stream, _), sums in began.figures.items() if stream in streams), NOTHING)
        return _Have(value, sum(months[-SPAN:], NOTHING), len(months[-SPAN:]), months)

    def earned(self, goal: Goal) -> _Have:
        """Income a month, as T3M; the pace is its rise since the T3M of three months before."""
        streams, ledger = self.streams(goal), self.ledger(self.currency(goal))
        months = [ledger.at(streams, month).income for month in self.complete(ledger.first(streams))]
        level = trailing_mean(months) or NOTHING
        before = trailing_mean(months[:-SPAN]) if len(months) >= 2 * SPAN else None
        return _Have(level, NOTHING if before is None else level - before, SPAN, months)

    def practised(self, goal: Goal) -> _Have:
        """Hours spent learning or making since the goal began."""
        streams = self.streams(goal)
        work = [w for w in worked(self.snapshot, ("learn", "make")) if w.stream in streams and w.day <= self.day]
        start = Month.of(min(w.day for w in work)) if work else None
        months = [_total_hours(work, month.first, month.last) for month in self.complete(start)]
        value = _total_hours(work, goal.since or dt.date.min, self.day)
        return _Have(value, sum(months[-SPAN:], NOTHING), len(months[-SPAN:]), months)

    def currency(self, goal: Goal) -> str:
        return goal.currency or self.snapshot.settings.currency

    def streams(self, goal: Goal) -> Collection[str]:
        """The streams that serve a goal: those it names, else all but the job."""
        if goal.streams:
            return goal.streams
        return [NO_STREAM, *(id_ for id_, stream in self.snapshot.streams.items() if stream.role != "job")]

    def complete(self, first: Month | None) -> list[Month]:
        """The complete months from ``first`` on."""
        return [first.shift(n) for n in range(first.until(self.open))] if first else []

    def _ledger(self, currency: str, since: dt.date = dt.date.min) -> Ledger:
        currencies = dict.fromkeys((*self.snapshot.streams, NO_STREAM), currency)
        return monthly(self.snapshot, Rates(self.snapshot.rates), currencies, until=self.day, since=since)


def _total_hours(work: Iterable[Worked], since: dt.date, until: dt.date) -> Fraction:
    return sum(hours(work, since, until).values(), NOTHING)
