"""Why a habit's streak and strength are what they are: what counted, what was neutral, what broke it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby
from typing import Literal, NamedTuple

from pitrack.core.model import Habit, History, Mark, Rule
from pitrack.core.rolling import is_rolling, met_in_window
from pitrack.core.schedules import asks_each_day, falls_on, frequency
from pitrack.core.streaks import (
    Rate,
    Run,
    current_period,
    history_start,
    judged_days,
    period_target,
    timeline,
)
from pitrack.core.strength import Score, multiplier, scores, share_window
from pitrack.core.verdicts import MET, MISSED, NEUTRAL, PENDING
from pitrack.core.views.today import Standing, standing

Reason = Literal[
    "done",  # met by its own answer, or a week or month with enough met days
    "assumed",  # an at-most day without an answer, for a habit whose absence is a success
    "held",  # not done, but the window holds enough
    "no",
    "unanswered",
    "short",  # an amount below the target, or too few met days
    "over",  # an amount above the limit
    "lapsed",  # too long since the last time
    "skip",
    "pause",
    "rest",  # not due
    "cut",  # a period or window that the beginning or a change of rule cuts off
    "open",  # no answer yet, or a week or month that is not over
]
RATES = (7, 30, 90, 365)
RECENT = 7
"""Days whose scores are shown."""


class Judged(NamedTuple):
    """A due day or period ``first`` to ``last`` and how it was judged. ``mark`` is a single day's; ``done`` of
    ``target`` days are met in a period or window, both 0 where each day stands for itself."""

    first: dt.date
    last: dt.date
    verdict: str
    reason: Reason
    rule: Rule
    mark: Mark | None = None
    done: int = 0
    target: int = 0


class Passage(NamedTuple):
    """``length`` neighbours that were judged alike for the same reason; ``sample`` is the newest."""

    first: dt.date
    last: dt.date
    length: int
    sample: Judged


class Why(NamedTuple):
    """A habit explained on ``day``. ``passages`` go back from the day to what broke the streak before, newest first;
    ``broke`` is that last one, None where nothing ever did. ``run`` is the current streak."""

    habit: Habit
    day: dt.date
    rule: Rule
    standing: Standing
    run: Run | None
    passages: tuple[Passage, ...]
    broke: Judged | None
    rates: tuple[tuple[int, Rate], ...]
    """What was met of what ended in the last 7, 30, 90 and 365 days."""
    best: tuple[Run, ...]
    frequency: tuple[int, int]
    window: int
    """Days whose answers make up a day's share."""
    keeps: float
    """m: what is left of yesterday's strength where today's share is nothing."""
    scores: tuple[Score, ...]
    """The last days' shares and scores, oldest first; the last score is the strength."""


def why(habit: Habit, history: History, day: dt.date, week_start: int) -> Why:
    """Explain a habit on a day by the same judgements that every other view shows."""
    judged = timeline(habit, history, day, week_start)
    period = current_period(habit, history, day, week_start)
    newest_first = tuple(_since_break(habit, history, day, week_start))
    broke = newest_first[-1] if newest_first and newest_first[-1].verdict == MISSED else None
    runs = list(judged.runs()) if judged.current else []
    num_den = frequency(period.rule.schedule)
    return Why(
        habit=habit,
        day=day,
        rule=period.rule,
        standing=standing(habit, history, day, week_start),
        run=runs[-1] if runs else None,
        passages=tuple(_passages(newest_first)),
        broke=broke,
        rates=tuple((days, judged.rate(days)) for days in RATES),
        best=judged.best_list,
        frequency=num_den,
        window=share_window(period.rule),
        keeps=multiplier(*num_den),
        scores=tuple(scores(habit, history, day, RECENT)),
    )


def _since_break(habit: Habit, history: History, day: dt.date, week_start: int) -> Iterator[Judged]:
    """Every day or period from the shown day back to the last missed one, it included; newest first."""
    start = history_start(habit, history)
    for rule, bounds, verdicts in reversed(timeline(habit, history, day, week_start).stretches):
        found = judged_days(habit, rule, history, range(start, bounds[-1]))
        for index in reversed(range(len(verdicts))):
            days = range(bounds[index], bounds[index + 1])
            yield _judged(history, rule, days, verdicts[index], found[: days.stop - start])
            if verdicts[index] == MISSED:
                return


def _judged(history: History, rule: Rule, days: range, verdict: str, found: str) -> Judged:
    """``found`` are the habit's days up to the last of ``days``, each judged by itself."""
    first, last = dt.date.fromordinal(days.start), dt.date.fromordinal(days.stop - 1)
    mark = history.marks.get(days.start)
    if asks_each_day(rule.schedule):
        reason = _reason_of_day(history, rule, days.start, verdict, is_done=found[-1] == MET)
        return Judged(first, last, verdict, reason, rule, mark)
    if is_rolling(rule.schedule):
        reason = _reason_rolling(history, rule, days.start, verdict, is_done=found[-1] == MET)
        done, target = 0, 0
        if rule.schedule.every == "window":
            done, target = met_in_window(rule.schedule, found[-_FAR:]), rule.schedule.times
        return Judged(first, last, verdict, reason, rule, mark, done, target)
    of_period = found[-len(days) :]
    target = period_target(rule, of_period, len(days))
    return Judged(first, last, verdict, _reason_of_period(verdict, target), rule, None, of_period.count(MET), target)


_FAR = 1000
"""Days looked back for a window: neutral ones do not count in it."""


def _reason_of_day(history: History, rule: Rule, ordinal: int, verdict: str, *, is_done: bool) -> Reason:
    mark = history.marks.get(ordinal)
    if verdict == NEUTRAL:
        return _neutral(history, rule, ordinal)
    if mark is None:
        return "open" if verdict == PENDING else "assumed" if verdict == MET else "unanswered"
    return "done" if verdict == MET or is_done else _missed(rule, mark)


def _neutral(history: History, rule: Rule, ordinal: int) -> Reason:
    if any(first <= ordinal < end for first, end in history.paused):
        return "pause"
    if history.marks.get(ordinal) == "skip":
        return "skip"
    return "cut" if falls_on(rule, ordinal) else "rest"


def _missed(rule: Rule, mark: Mark) -> Reason:
    if not isinstance(mark, Decimal):
        return "no"
    return "over" if rule.kind == "at_most" else "short"


def _reason_rolling(history: History, rule: Rule, ordinal: int, verdict: str, *, is_done: bool) -> Reason:
    is_window = rule.schedule.every == "window"
    if verdict == NEUTRAL:
        reason = _neutral(history, rule, ordinal)
        return "rest" if reason == "cut" and not is_window else reason
    if verdict == PENDING:
        return "open"
    if verdict == MET:
        return "done" if is_done else "held"
    return "short" if is_window else "lapsed"


def _reason_of_period(verdict: str, target: int) -> Reason:
    if verdict == NEUTRAL:
        return "cut" if target else "skip"
    return {MET: "done", MISSED: "short"}.get(verdict, "open")  # type: ignore[return-value]


def _passages(newest_first: tuple[Judged, ...]) -> Iterator[Passage]:
    for _alike, group in groupby(newest_first, key=lambda one: (one.verdict, one.reason)):
        same = list(group)
        yield Passage(same[-1].first, same[0].last, len(same), same[0])
