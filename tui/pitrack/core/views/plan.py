"""Plan: goals with their progress, and the idea inbox."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from pitrack.core.model import Goal, Idea, Snapshot


@dataclass(frozen=True, slots=True)
class GoalProgress:
    """How far a goal is. ``value`` is in the goal's own unit: money received, income a month, or hours.

    save: net received since the goal began; living: T3M of income (``held`` = whole months in a row at or above the
    target); skill: hours. ``needed`` a month to arrive by its day; None without a day or once reached."""

    goal: Goal
    value: Decimal
    fraction: float
    """value / amount, 0 or more; may pass 1."""
    reached: bool
    held: int
    needed: Decimal | None
    eta: dt.date | None
    """Day of arrival at the pace of the last three complete months; None when it never arrives or is reached."""


@dataclass(frozen=True, slots=True)
class PlanView:
    goals: tuple[GoalProgress, ...]
    ideas: tuple[Idea, ...]
    """Open ideas, newest first."""


def plan(snapshot: Snapshot, day: dt.date) -> PlanView:
    """Living goals in order of their day, and the open ideas."""
    raise NotImplementedError
