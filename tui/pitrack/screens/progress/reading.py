"""What the views of Progress are made of, read from the book in one go each: these are what takes its time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from pitrack.core.days import Month
from pitrack.core.model import Snapshot
from pitrack.core.views.completions import completions
from pitrack.core.views.income.growth import Growth, growth
from pitrack.core.views.income.stack import stack
from pitrack.core.views.income.stack_shapes import Stack
from pitrack.core.views.plan import GoalProgress, plan


class Reading(NamedTuple):
    """Income on a day in a currency: its growth, what carries it, and the goal that it is to reach every month."""

    growth: Growth
    stack: Stack
    goal: GoalProgress | None


def read_income(snapshot: Snapshot, day: dt.date, currency: str) -> Reading:
    """All that the view of income shows."""
    has_goal = any(goal.motive == "living" and not goal.archived for goal in snapshot.goals.values())
    goal = living_goal(plan(snapshot, day).goals, currency) if has_goal else None
    return Reading(growth(snapshot, day, currency), stack(snapshot, day, currency), goal)


def living_goal(goals: Iterable[GoalProgress], currency: str) -> GoalProgress | None:
    """The first goal that is a monthly income in the currency shown."""
    return next((each for each in goals if each.goal.motive == "living" and each.goal.currency == currency), None)


def read_completions(snapshot: Snapshot, day: dt.date, _currency: str) -> Mapping[str, Mapping[Month, int]]:
    """Actions met by stream and month."""
    return completions(snapshot, day)
