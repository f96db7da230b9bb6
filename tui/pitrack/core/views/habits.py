"""Habits seen over time: streak ranking, best lists, year heat map."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from pitrack.core.model import Habit, Snapshot
from pitrack.core.views.today import Standing


@dataclass(frozen=True, slots=True)
class Run:
    """One unbroken streak: first and last counted day or period end, and its length in units."""

    first: dt.date
    last: dt.date
    length: int


@dataclass(frozen=True, slots=True)
class Ranked:
    habit: Habit
    stream_name: str
    standing: Standing
    best_list: tuple[Run, ...]
    """The ten best, longest first, ties newer first."""


def ranking(snapshot: Snapshot, day: dt.date) -> tuple[Ranked, ...]:
    """Living habits by current streak (longest first), then strength, then name."""
    raise NotImplementedError


@dataclass(frozen=True, slots=True)
class HeatDay:
    day: dt.date
    done: int
    """Actions met that day."""
    asked: int
    """Actions that could be met that day (due, not skipped, not paused)."""


def heat(snapshot: Snapshot, day: dt.date, days: int = 371, habit: str | None = None) -> tuple[HeatDay, ...]:
    """How much was done on each of the last ``days`` days, oldest first, of one habit or of all."""
    raise NotImplementedError
