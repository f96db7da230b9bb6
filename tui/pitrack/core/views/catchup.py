"""What was left unanswered on the days before, and whether its owner was away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from pitrack.core.model import Habit, History, Rule, Snapshot
from pitrack.core.schedules import asks_each_day, span_at, spans_judged
from pitrack.core.streaks import answer_of, history_start, judged_days
from pitrack.core.verdicts import MET, MISSED
from pitrack.core.views.today import State, living, state_of, stream_name

REACH = 7
"""Days back that are always looked at; further back only where nothing was answered since."""
FARTHEST = 366
AWAY = 3
"""Days without any answer from which their owner may have been away."""


class Unanswered(NamedTuple):
    """A due action of a day: what can be answered, and how it stands."""

    day: dt.date
    habit: Habit
    rule: Rule
    stream_name: str
    state: State
    value: Decimal | None
    note: str
    done: bool


class CatchUp(NamedTuple):
    """Due and unanswered actions of the days before today, oldest first. ``away`` are the first and the last of three
    or more days on which nothing at all was answered although something was due, up to yesterday; of one who has never
    answered anything, there are none."""

    actions: tuple[Unanswered, ...]
    away: tuple[dt.date, dt.date] | None

    @property
    def days(self) -> tuple[dt.date, ...]:
        return tuple(dict.fromkeys(action.day for action in self.actions))


def catch_up(snapshot: Snapshot, today: dt.date) -> CatchUp:
    """What to catch up with on ``today``: of the last week, and since the last day on which anything was answered.

    Only what a day asks by itself: a week's or month's number of times, or a window's, can still be met on another day.
    """
    end = today.toordinal()
    habits = living(snapshot, today)
    answered = max((_last_answer(snapshot.history(habit.id), end) for habit in habits), default=0)
    first = min(end - REACH, answered + 1) if answered else end - REACH
    found = sorted(
        (ordinal, place, habit.id)
        for place, habit in enumerate(habits)
        for ordinal in _unanswered(habit, snapshot.history(habit.id), range(first, end), snapshot.settings.week_start)
    )
    actions = tuple(unanswered(snapshot, habit, dt.date.fromordinal(ordinal)) for ordinal, _place, habit in found)
    since = [day for day in dict.fromkeys(ordinal for ordinal, _place, _habit in found) if day > answered]
    away = (dt.date.fromordinal(since[0]), dt.date.fromordinal(end - 1)) if answered and len(since) >= AWAY else None
    return CatchUp(actions, away)


def unanswered(snapshot: Snapshot, habit_id: str, day: dt.date) -> Unanswered:
    """A habit on a day, answered by now or not."""
    habit, history, ordinal = snapshot.habits[habit_id], snapshot.history(habit_id), day.toordinal()
    mark = history.marks.get(ordinal)
    spans = spans_judged(habit, history_start(habit, history), snapshot.settings.week_start)
    rule = span_at(spans, ordinal).rule
    return Unanswered(
        day=day,
        habit=habit,
        rule=rule,
        stream_name=stream_name(snapshot, habit),
        state=state_of(mark),
        value=mark if isinstance(mark, Decimal) else None,
        note=history.notes.get(ordinal, ""),
        done=mark is not None and answer_of(habit, rule, mark) == MET,
    )


def _last_answer(history: History, end: int) -> int:
    """The newest day of the year before ``end`` with an answer; 0 where there is none."""
    return next((day for day in range(end - 1, end - FARTHEST - 1, -1) if day in history.marks), 0)


def _unanswered(habit: Habit, history: History, days: range, week_start: int) -> Iterator[int]:
    since = habit.rules[0].since.toordinal()
    for rule, first, end in spans_judged(habit, history_start(habit, history), week_start):
        within = range(max(days.start, first, since), min(days.stop, end))
        if within and asks_each_day(rule.schedule):
            judged = judged_days(habit, rule, history, within)
            for day, verdict in zip(within, judged, strict=True):
                if verdict == MISSED and day not in history.marks:
                    yield day
