"""A habit's page: why it stands where it does, its year, its weekdays, its notes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from pitrack.core.model import Snapshot
from pitrack.core.strength import Score, scores
from pitrack.core.views.habits import HeatDay, heat
from pitrack.core.views.today import stream_name
from pitrack.core.views.why import Why, why

YEAR = 365


class Weekday(NamedTuple):
    """How many of the days of an ISO weekday asked something, and on how many of them it was done."""

    number: int
    done: int
    asked: int


class Note(NamedTuple):
    day: dt.date
    text: str


class HabitPage(NamedTuple):
    why: Why
    stream_name: str
    curve: tuple[Score, ...]
    """The strength after each of the last 365 days, oldest first; fewer where the habit is younger."""
    year: tuple[HeatDay, ...]
    """As ``heat``: 53 weeks, oldest first."""
    weekdays: tuple[Weekday, ...]
    """All seven over the last 365 days, the week's first day first; a day that is still open counts once it is done."""
    notes: tuple[Note, ...]
    """Notes on days up to the shown one, newest first."""


def habit_page(snapshot: Snapshot, habit_id: str, day: dt.date) -> HabitPage | None:
    """A habit as it stands on ``day``; None where the book has no such habit."""
    habit = snapshot.habits.get(habit_id)
    if habit is None:
        return None
    history, week_start = snapshot.history(habit_id), snapshot.settings.week_start
    year = heat(snapshot, day, habit=habit_id)
    notes = sorted(((ordinal, text) for ordinal, text in history.notes.items() if text), reverse=True)
    return HabitPage(
        why=why(habit, history, day, week_start),
        stream_name=stream_name(snapshot, habit),
        curve=tuple(scores(habit, history, day, YEAR)),
        year=year,
        weekdays=_weekdays(year[-YEAR:], day, week_start),
        notes=tuple(Note(dt.date.fromordinal(at), text) for at, text in notes if at <= day.toordinal()),
    )


def _weekdays(days: Iterable[HeatDay], shown: dt.date, week_start: int) -> tuple[Weekday, ...]:
    done, asked = dict.fromkeys(range(1, 8), 0), dict.fromkeys(range(1, 8), 0)
    for each in days:
        if each.day < shown or each.done:
            done[each.day.isoweekday()] += each.done
            asked[each.day.isoweekday()] += each.asked
    order = ((week_start - 1 + offset) % 7 + 1 for offset in range(7))
    return tuple(Weekday(number, done[number], asked[number]) for number in order)
