"""Habits seen over time: streak ranking, best lists, year heat map."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from pitrack.core.model import Habit, History, Rule, Snapshot
from pitrack.core.rolling import is_rolling, rolled
from pitrack.core.schedules import Span, period_of, periods_within, spans_judged, unit_of
from pitrack.core.streaks import Run, answer_of, history_start, judged_days, period_target, timeline
from pitrack.core.verdicts import MET, MISSED
from pitrack.core.views.today import Standing, living, standing, stream_name

__all__ = ["HeatDay", "Ranked", "Run", "best_list", "heat", "ranking"]


@dataclass(frozen=True, slots=True)
class Ranked:
    habit: Habit
    stream_name: str
    standing: Standing
    best_list: tuple[Run, ...]
    """The ten best, longest first, ties newer first."""


def ranking(snapshot: Snapshot, day: dt.date) -> tuple[Ranked, ...]:
    """Living habits by current streak (longest first), then strength, then name."""
    week_start = snapshot.settings.week_start
    ranked = [
        Ranked(
            habit=habit,
            stream_name=stream_name(snapshot, habit),
            standing=standing(habit, snapshot.history(habit.id), day, week_start),
            best_list=best_list(habit, snapshot.history(habit.id), day, week_start),
        )
        for habit in living(snapshot, day)
    ]
    ranked.sort(key=lambda one: (-one.standing.current, -one.standing.strength, one.habit.name, one.habit.id))
    return tuple(ranked)


def best_list(habit: Habit, history: History, day: dt.date, week_start: int) -> tuple[Run, ...]:
    """A habit's ten longest streaks up to ``day``, longest first, ties newer first, the current one included."""
    return timeline(habit, history, day, week_start).best_list


@dataclass(frozen=True, slots=True)
class HeatDay:
    day: dt.date
    done: int
    """Actions met that day."""
    asked: int
    """Actions that could be met that day (due, not skipped, not paused)."""


def heat(snapshot: Snapshot, day: dt.date, days: int = 371, habit: str | None = None) -> tuple[HeatDay, ...]:
    """How much was done on each of the last ``days`` days, oldest first, of one habit or of all.

    Of all means of all that are not archived; one is given by its id. A weekly or monthly action is asked until the
    days before have met its period. What was met on a day that did not ask for it counts as asked, too.
    """
    if habit is None:
        chosen = [each for each in snapshot.habits.values() if not each.archived]
    else:
        chosen = [snapshot.habits[habit]] if habit in snapshot.habits else []
    last = day.toordinal()
    first = last - days + 1
    done, asked = [0] * days, [0] * days
    for each in chosen:
        for ordinal, met in _asked_days(each, snapshot.history(each.id), first, last, snapshot.settings.week_start):
            asked[ordinal - first] += 1
            done[ordinal - first] += met
    return tuple(HeatDay(dt.date.fromordinal(first + offset), done[offset], asked[offset]) for offset in range(days))


def _asked_days(habit: Habit, history: History, first: int, last: int, week_start: int) -> Iterator[tuple[int, bool]]:
    """Days of ``[first, last]`` that asked something or were met anyway, and whether they were met."""
    start = history_start(habit, history)
    for span in spans_judged(habit, start, week_start):
        begin = max(span.first, first)
        if begin > last or begin >= span.end:
            continue
        if is_rolling(span.rule.schedule):
            yield from _asked_rolling(habit, history, span.rule, start, range(begin, min(span.end, last + 1)))
            continue
        rule, unit = span.rule, unit_of(span.rule.schedule)
        begin = max(span.first, period_of(unit, begin, week_start)[0])
        for a, b in pairwise(periods_within(Span(rule, begin, span.end), last, week_start)):
            judged = judged_days(habit, rule, history, range(a, b))
            whole = period_of(unit, a, week_start)
            target = period_target(rule, judged, whole[1] - whole[0])
            met_so_far = 0
            for ordinal, verdict in enumerate(judged[: last + 1 - a], a):
                mark = history.marks.get(ordinal)
                met = verdict == MET or (mark is not None and answer_of(habit, rule, mark) == MET)
                if ordinal >= first and (met or (verdict == MISSED and met_so_far < target)):
                    yield ordinal, met
                met_so_far += verdict == MET


def _asked_rolling(habit: Habit, history: History, rule: Rule, start: int, days: range) -> Iterator[tuple[int, bool]]:
    judged = judged_days(habit, rule, history, range(start, days.stop))
    due = rolled(rule.schedule, judged, days.start - start).due
    for ordinal, verdict, is_due in zip(days, judged[days.start - start :], due, strict=True):
        mark = history.marks.get(ordinal)
        met = verdict == MET or (mark is not None and answer_of(habit, rule, mark) == MET)
        if met or is_due:
            yield ordinal, met
