"""Today: every action with its state, its streak and what ends tonight."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from pitrack.core.model import Habit, Rule, Snapshot

State = Literal["yes", "no", "skip", "absent", "amount"]
Group = Literal["tonight", "open", "answered", "rest"]
Cell = Literal["yes", "no", "skip", "absent", "part", "rest", "before"]
"""One day of the strip: done, answered no, skipped, nothing known, amount short of target, not due, before the habit."""
Unit = Literal["day", "week", "month"]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a habit stands on a day. Streaks count due occurrences or periods of ``unit``; ``breaks_in`` is the number
    of days left after this one in which it can still be kept (0: it breaks tonight), None when nothing is at stake."""

    current: int
    best: int
    unit: Unit
    breaks_in: int | None
    strength: float


@dataclass(frozen=True, slots=True)
class Action:
    """One habit on one day. ``value`` is the day's amount; ``period_done``/``period_target`` count the open week or
    month (1 for daily schedules). ``due``: the schedule asks something of this day; ``done``: nothing more is asked."""

    habit: Habit
    rule: Rule
    stream_name: str
    state: State
    value: Decimal | None
    note: str
    due: bool
    done: bool
    period_done: int
    period_target: int
    group: Group
    standing: Standing
    strip: tuple[Cell, ...]
    """The last 14 days, oldest first, the shown day last."""


@dataclass(frozen=True, slots=True)
class TodayView:
    """Actions sorted by urgency: what ends tonight, open, answered, the rest (not due); archived ones left out."""

    day: dt.date
    actions: tuple[Action, ...]
    open: int
    done: int
    skipped: int


def today(snapshot: Snapshot, day: dt.date) -> TodayView:
    """The actions of ``day``."""
    raise NotImplementedError
