"""Plan: goals with their progress, and the idea inbox."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from pitrack.core.days import Month
from pitrack.core.goals import Outlook, Reason, ahead, fraction, held, needed
from pitrack.core.growth import SPAN, trailing_mean
from pitrack.core.ledger import NO_STREAM, NOTHING, Ledger, monthly, payouts
from pitrack.core.model import Goal, Idea, Motive, Snapshot
from pitrack.core.money import Rates, as_decimal, maybe_decimal
from pitrack.core.worktime import Worked, worked

MONTHLY: Container[Motive] = ("living", "job")
"""Motives whose amount is one of every month, not one that adds up."""


@dataclass(frozen=True, slots=True)
class GoalProgress:
    """How far a goal is. ``value`` is in the goal's own unit: money paid out, income a month, per cent, or hours.

    save: net paid out since the goal began; living: T3M of income; job: that in per cent of the job's T3M (for both:
    ``held`` = whole months in a row at or above the target, the job's income being that of now); skill: hours.
    ``needed`` a month of 30.4375 days to arrive by its day (living, job: by how much a month's income must rise each
    month); None without a day, once reached or when the day has passed. Amounts without a rate are left out."""

    goal: Goal
    value: Decimal
    fraction: float
    """value / amount, 0 or more; may pass 1."""
    reached: bool
    held: int
    needed: Decimal | None
    eta: dt.date | None
    """Day of arrival as forecast (living, job: the last day of the first month that brings the amount); None when it
    never arrives or is reached, and with fewer than eight complete months."""
    missing: tuple[str, ...] = ()
    """The currencies that ``value`` leaves out for want of a rate."""
    eta_from: dt.date | None = None
    eta_to: dt.date | None = None
    """The ends of the rough range of ``eta``; ``eta_to`` is None where the months at its low end never bring it."""
    outlook: Outlook = "nothing-yet"
    reason: Reason = ""
    pace: Decimal | None = None
    """What a month comes to, as carried on: T3M, in the goal's unit; None where nothing is forecast."""
    trend: Decimal | None = None
    """What the trend adds to it in the first month; 0 where the level alone forecast as well."""
    short: Decimal | None = None
    """What is asked of a month where it is not on the trend: to arrive by its day, else within ten years (living, job:
    what the best month to come lacks)."""
    wait: int = 0
    """Complete months still to come before a forecast is made."""


@dataclass(frozen=True, slots=True)
class PlanView:
    goals: tuple[GoalProgress, ...]
    ideas: tuple[Idea, ...]
    """Open ideas, newest first."""


def plan(snapshot: Snapshot, day: dt.date, currency: str | None = None) -> PlanView:
    """Living goals in order of their day, and the open ideas. With ``currency``, goals of money are told in it, their
    amounts at the rate of ``day``; one without such a rate stays in its own."""
    planning = _Planning(snapshot, day, currency)
    goals = [planning.told(goal) for goal in snapshot.goals.values() if not goal.archived]
    goals.sort(key=lambda goal: (goal.by or dt.date.max, goal.name.casefold(), goal.id))
    return PlanView(tuple(map(planning.progress, goals)), open_ideas(snapshot))


def open_ideas(snapshot: Snapshot) -> tuple[Idea, ...]:
    """The open ideas, newest first: at once, where goals take a while on a large book."""
    ideas = [idea for idea in snapshot.ideas.values() if idea.state == "open"]
    ideas.sort(key=lambda idea: (idea.day, idea.id), reverse=True)
    return tuple(ideas)


class _Have(NamedTuple):
    """What is there, and what all complete ``months`` brought, in the goal's unit."""

    value: Fraction
    months: Sequence[Fraction]
    wanting: Outlook | None = None
    """What is wanting, where there is nothing to measure it by."""


class _Planning:
    """A book on a day, with the ledgers that its goals share."""

    def __init__(self, snapshot: Snapshot, day: dt.date, currency: str | None) -> None:
        self.snapshot = snapshot
        self.day = day
        self.open = Month.of(day)
        self.asked = currency
        self.rates = Rates(snapshot.rates)
        self.job = [id_ for id_, stream in snapshot.streams.items() if stream.role == "job"]
        self.ledger = cache(self._ledger)
        self.paid = cache(self._paid)
        self.work = cache(self._work)

    def told(self, goal: Goal) -> Goal:
        """The goal in the currency asked for, where there is one and its rate is known."""
        if self.asked is None or goal.motive not in ("save", "living"):
            return goal
        own = goal.currency or self.snapshot.settings.currency
        amount = self.rates.convert(goal.amount, own, self.asked, self.day)
        return goal if amount is None else goal._replace(amount=amount, currency=self.asked)

    def progress(self, goal: Goal) -> GoalProgress:
        """How far one goal is."""
        count = {"save": self.saved, "living": self.earned, "job": self.covered, "skill": self.practised}
        have = count[goal.motive](goal)
        amount, monthly = Fraction(goal.amount), goal.motive in MONTHLY
        remaining = amount - have.value
        hence = ahead(have.value, amount, have.months, self.day, goal.by, monthly=monthly)
        return GoalProgress(
            goal=goal,
            value=as_decimal(have.value),
            fraction=fraction(have.value, amount),
            reached=remaining <= 0,
            held=held(have.months, amount) if monthly else 0,
            needed=maybe_decimal(needed(remaining, self.day, goal.by)),
            eta=hence.eta.day,
            missing=self.missing(goal),
            eta_from=hence.eta.earliest,
            eta_to=hence.eta.latest,
            outlook=have.wanting or hence.outlook,
            reason=hence.reason,
            pace=maybe_decimal(hence.pace),
            trend=maybe_decimal(hence.trend),
            short=maybe_decimal(hence.short),
            wait=0 if have.wanting else hence.wait,
        )

    def missing(self, goal: Goal) -> tuple[str, ...]:
        """Currencies that the goal's value leaves out for want of a rate."""
        if goal.motive == "skill":
            return ()
        ledger, since = self.ledger, self.open.shift(-SPAN).first
        if goal.motive == "save":
            ledger, since = self.paid, goal.since or dt.date.min
        if not ledger(self.currency(goal)).unconverted:
            return ()
        streams = {*self.streams(goal), *(self.job if goal.motive == "job" else ())}
        return apart(ledger(self.currency(goal), since), streams)

    def saved(self, goal: Goal) -> _Have:
        """Money paid out since the goal began; the months are those of all its streams."""
        streams, ledger = self.streams(goal), self.paid(self.currency(goal))
        months = [ledger.at(streams, month).received for month in self.complete(ledger.first(streams))]
        began = self.paid(self.currency(goal), goal.since) if goal.since else ledger
        value = sum((sums.received for (stream, _), sums in began.figures.items() if stream in streams), NOTHING)
        return _Have(value, months)

    def earned(self, goal: Goal) -> _Have:
        """Income a month, as T3M."""
        months = self.incomes(goal, self.streams(goal))
        return _Have(trailing_mean(months) or NOTHING, months)

    def covered(self, goal: Goal) -> _Have:
        """Income a month in per cent of what the job brings now, both as T3M."""
        job = trailing_mean(self.incomes(goal, self.job)) or NOTHING
        if job <= 0:
            recent = self.ledger(self.currency(goal), self.open.shift(-SPAN).first)
            return _Have(NOTHING, (), "no-rate" if apart(recent, self.job) else "no-job")
        months = [income * 100 / job for income in self.incomes(goal, self.streams(goal))]
        return _Have(trailing_mean(months) or NOTHING, months)

    def practised(self, goal: Goal) -> _Have:
        """Hours spent learning or making since the goal began; the months are those of all such hours."""
        streams, since = set(self.streams(goal)), goal.since or dt.date.min
        spent: defaultdict[tuple[int, int], Fraction] = defaultdict(Fraction)
        value = NOTHING
        for stream, day, minutes in self.work():
            if stream in streams and day <= self.day:
                spent[day.year, day.month] += minutes
                value += minutes if day >= since else NOTHING
        months = [spent[month] / 60 for month in self.complete(Month(*min(spent)) if spent else None)]
        return _Have(value / 60, months)

    def _work(self) -> list[Worked]:
        return list(worked(self.snapshot, ("learn", "make")))

    def incomes(self, goal: Goal, streams: Collection[str]) -> list[Fraction]:
        """Income of the complete months of some streams, from their first one on."""
        ledger = self.ledger(self.currency(goal))
        return [ledger.at(streams, month).income for month in self.complete(ledger.first(streams))]

    def currency(self, goal: Goal) -> str:
        if goal.motive == "job":
            return self.asked or self.snapshot.settings.currency
        return goal.currency or self.snapshot.settings.currency

    def streams(self, goal: Goal) -> Collection[str]:
        """The streams that serve a goal: those it names, else all but the job."""
        if goal.streams:
            return goal.streams
        return [NO_STREAM, *(id_ for id_ in self.snapshot.streams if id_ not in self.job)]

    def complete(self, first: Month | None) -> list[Month]:
        """The complete months from ``first`` on."""
        return [first.shift(n) for n in range(first.until(self.open))] if first else []

    def _ledger(self, currency: str, since: dt.date = dt.date.min) -> Ledger:
        return monthly(self.snapshot, self.rates, self._all_in(currency), until=self.day, since=since)

    def _paid(self, currency: str, since: dt.date = dt.date.min) -> Ledger:
        return payouts(self.snapshot, self.rates, self._all_in(currency), until=self.day, since=since)

    def _all_in(self, currency: str) -> dict[str, str]:
        return dict.fromkeys((*self.snapshot.streams, NO_STREAM), currency)


def apart(ledger: Ledger, streams: Iterable[str]) -> tuple[str, ...]:
    """Currencies in which these streams have money that has no rate."""
    return tuple(one.currency for one in ledger.unconverted if not one.streams.keys().isdisjoint(streams))
