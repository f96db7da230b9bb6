"""Schedules that count over days of no calendar: N times in any M days, and N days after the last time.

Neutral days (skipped, paused) are as if they did not exist: a window holds the last M other days, and no deadline
draws nearer on them.
"""

from __future__ import annotations

from collections import deque
from typing import NamedTuple

from pitrack.core.model import Schedule
from pitrack.core.verdicts import MET, MISSED, NEUTRAL, PENDING


class Rolled(NamedTuple):
    """Days under a rolling schedule: how each is judged, and whether it asks something before its own answer."""

    verdicts: str
    due: list[bool]


def is_rolling(schedule: Schedule) -> bool:
    """Whether a schedule counts over days of no calendar."""
    return schedule.every in ("window", "after")


def rolled(schedule: Schedule, days: str, begin: int = 0) -> Rolled:
    """Judge ``days``, each judged by itself, under a rolling schedule in force from number ``begin`` on.

    Days before that count for what is asked and met. What the schedule's beginning cuts off counts if met, and is
    neutral otherwise: nothing is missed on the first M - 1 days that are not neutral.
    """
    judge = _in_windows if schedule.every == "window" else _after_the_last
    verdicts, due = judge(schedule, days, begin)
    return Rolled("".join(verdicts[begin:]), due[begin:])


def times_within(schedule: Schedule) -> int:
    """How many days of its window a schedule asks for."""
    return min(schedule.times, schedule.within)


def met_in_window(schedule: Schedule, days: str) -> int:
    """Met days in the window that ends with the last of ``days``."""
    return days.replace(NEUTRAL, "")[-schedule.within :].count(MET)


def _in_windows(schedule: Schedule, days: str, begin: int) -> tuple[list[str], list[bool]]:
    """A day is met while the window that ends with it holds enough met days."""
    verdicts, due = [], []
    window: deque[bool] = deque(maxlen=schedule.within)
    times, met, counted = times_within(schedule), 0, 0
    for number, day in enumerate(days):
        if day == NEUTRAL:
            verdicts.append(NEUTRAL)
            due.append(False)
            continue
        if len(window) == schedule.within:
            met -= window[0]
        due.append(met < times)
        window.append(day == MET)
        met += day == MET
        counted += number >= begin
        lost = MISSED if counted >= schedule.within else NEUTRAL
        verdicts.append(MET if met >= times else PENDING if day == PENDING else lost)
    return verdicts, due


def _after_the_last(schedule: Schedule, days: str, begin: int) -> tuple[list[str], list[bool]]:
    """Each time counts; one is missed when so many days have passed since the last time, the beginning or the last
    miss. The first time is asked for at once."""
    verdicts, due = [], []
    waited, since = 0, schedule.within
    for number, day in enumerate(days):
        if number == begin:
            waited = 0
        if day == NEUTRAL:
            verdicts.append(NEUTRAL)
            due.append(False)
            continue
        waited, since = waited + 1, since + 1
        due.append(since >= schedule.within)
        if day == MET:
            verdicts.append(MET)
            waited = since = 0
        elif day == PENDING:
            verdicts.append(PENDING if due[-1] else NEUTRAL)
        elif waited >= schedule.within:
            verdicts.append(MISSED)
            waited = 0
        else:
            verdicts.append(NEUTRAL)
    return verdicts, due
