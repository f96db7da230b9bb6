"""Travel: a change of zone, or of the hour at which days start, may end days early, and breaks no streak."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from pitrack.core.model import Habit, Rule, Snapshot
from pitrack.core.schedules import period_of, span_at, spans_judged, unit_of
from pitrack.core.streaks import history_start, judged_days, period_target
from pitrack.core.verdicts import MET, MISSED, NEUTRAL


class LeftOpen(NamedTuple):
    """What could not be done because ``day`` ended before its time: days ``first`` to ``last`` of a habit."""

    habit: Habit
    day: dt.date
    first: dt.date
    last: dt.date


def left_open(snapshot: Snapshot, before: dt.date, after: dt.date) -> Iterator[LeftOpen]:
    """What of the actions that are not archived cannot be done any more when the shown day turns from ``before`` into
    ``after`` at once: each day in between that was due and is not met, or the whole week or month that without it
    cannot be met any more.

    Nothing where the day stays or comes again: what was open then stays open.
    """
    for habit in snapshot.habits.values():
        if not habit.archived:
            yield from _left_open(snapshot, habit, before.toordinal(), after.toordinal())


def _left_open(snapshot: Snapshot, habit: Habit, before: int, after: int) -> Iterator[LeftOpen]:
    history, week_start, date = snapshot.history(habit.id), snapshot.settings.week_start, dt.date.fromordinal
    start = history_start(habit, history)
    spans = spans_judged(habit, start, week_start)
    day = max(start, before)
    while day < after:
        span = span_at(spans, day)
        first, end = period_of(unit_of(span.rule.schedule), day, week_start)
        stop = min(after, end, span.end)
        judged = judged_days(habit, span.rule, history, range(first, end))
        is_whole = span.first <= first and end <= span.end
        if is_whole and _is_lost(span.rule, judged, day - first, stop - first):
            yield LeftOpen(habit, date(stop - 1), date(first), date(end - 1))
        else:
            ended = [date(each) for each in range(day, stop) if judged[each - first] == MISSED]
            yield from (LeftOpen(habit, each, each, each) for each in ended)
        day = stop


def _is_lost(rule: Rule, days: str, begin: int, end: int) -> bool:
    """Whether a period could be met from its day ``begin`` on, and cannot from ``end`` on, the days between exempt."""
    exempt = days[:begin] + days[begin:end].replace(MISSED, NEUTRAL) + days[end:]
    return _can_be_met(rule, days, begin) and not _can_be_met(rule, exempt, end)


def _can_be_met(rule: Rule, days: str, begin: int) -> bool:
    return days.count(MET) + days.count(MISSED, begin) >= period_target(rule, days, len(days))
