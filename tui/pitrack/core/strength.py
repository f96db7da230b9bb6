"""Strength: how firmly a habit sits, from 0 to 1, compatible with Loop Habit Tracker's score.

Each day ``score = previous * m + p * (1 - m)`` with ``m = 0.5 ** (sqrt(num / den) / 13)``, where num/den is the mean
frequency of the rule in force on that day and p how much of what it asks was done. The sum is taken from the shown day
backwards and ends where all that lies before weighs less than 1e-12.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from itertools import accumulate
from operator import sub
from typing import NamedTuple

from pitrack.core.memo import per_history
from pitrack.core.model import Habit, History, Mark, Rule
from pitrack.core.schedules import frequency, spans_in_force
from pitrack.core.streaks import history_start

Amount = Decimal | int

NEGLIGIBLE = 1e-12
CHUNK = 128
"""Days worked out at a time; a daily habit's past is negligible after 519, a monthly one's after eight years."""


def multiplier(num: int, den: int) -> float:
    """m: what is left of a score after one day, for a habit done ``num`` times in ``den`` days."""
    return float(0.5 ** ((num / den) ** 0.5 / 13))


def step(previous: float, share: float, num: int, den: int) -> float:
    """One day's score after ``previous``, when ``share`` (0-1) of what the schedule asks was done."""
    m = multiplier(num, den)
    return previous * m + share * (1 - m)


def share_at_least(total: Amount, target: Amount) -> float:
    """p where at least ``target`` is asked; 1 where that is 0."""
    return 1.0 if total >= target else max(0.0, float(total) / float(target))


def share_at_most(total: Amount, target: Amount) -> float:
    """p where at most ``target`` is allowed: 1 within it, falling to 0 at twice the target."""
    if total <= target:
        return 1.0
    return max(0.0, 1 - float(total - target) / float(target)) if target else 0.0


def share_window(rule: Rule) -> int:
    """Days over which the share of a day is counted. Loop looks at twice as many where yes/no is asked less often than
    daily, to smooth out irregular repetitions."""
    num, den = frequency(rule.schedule)
    return den * 2 if rule.kind == "yes_no" and num < den else den


class Score(NamedTuple):
    """The strength after ``day``, and p, how much of what was asked that day was done; None where it left the score
    as it was."""

    day: dt.date
    share: float | None
    score: float


@per_history
def strength(habit: Habit, history: History, day: dt.date, week_start: int) -> float:
    """The score on ``day``, 0 to 1. It does not depend on ``week_start``."""
    return _score_on(habit, history, day.toordinal())


def scores(habit: Habit, history: History, day: dt.date, days: int) -> list[Score]:
    """The score after each of the last ``days`` days up to ``day``, oldest first; fewer where the habit is younger."""
    start, last = history_start(habit, history), day.toordinal()
    first = max(last - days + 1, start)
    marks = _with_pauses(history, start, last + 1)
    score, found = _score_on(habit, history, first - 1), []
    for rule, begin, end in spans_in_force(habit, start):
        m = multiplier(*frequency(rule.schedule))
        newest, oldest = min(end - 1, last), max(begin, first)
        if newest < oldest:
            continue
        for ordinal, share in enumerate(reversed(_shares(habit, rule, marks, range(newest, oldest - 1, -1))), oldest):
            if share is not None:
                score = score * m + share * (1 - m)
            found.append(Score(dt.date.fromordinal(ordinal), share, min(score, 1.0)))
    return found


def _score_on(habit: Habit, history: History, last: int) -> float:
    first = history_start(habit, history)
    marks = _with_pauses(history, first, last + 1)
    score, weight = 0.0, 1.0
    for rule, begin, end in reversed(spans_in_force(habit, first)):
        m = multiplier(*frequency(rule.schedule))
        for newest in range(min(end - 1, last), begin - 1, -CHUNK):
            for share in _shares(habit, rule, marks, range(newest, max(newest - CHUNK, begin - 1), -1)):
                if share is not None:
                    score += weight * (1 - m) * share
                    weight *= m
            if weight < NEGLIGIBLE:
                return min(score, 1.0)
    return min(score + weight * (habit.rules[0].kind == "at_most"), 1.0)


def _with_pauses(history: History, first: int, end: int) -> Mapping[int, Mark]:
    """The marks, with every paused day of ``[first, end)`` as a skipped one."""
    if not history.paused:
        return history.marks
    marks = dict(history.marks)
    for pause_first, pause_end in history.paused:
        marks.update(dict.fromkeys(range(max(pause_first, first), min(pause_end, end)), "skip"))
    return marks


def _shares(habit: Habit, rule: Rule, marks: Mapping[int, Mark], days: range) -> list[float | None]:
    """p of each of ``days`` (newest first), None where the day leaves the score as it was."""
    num, den = frequency(rule.schedule)
    times, den = share_window(rule) // den * num, share_window(rule)
    at_most = rule.kind == "at_most"
    fixed: dict[Mark | None, float | None] = {"skip": None}
    if at_most:
        # Over the limit, and nobody says by how much.
        fixed["no"] = 0.0
    if at_most and not habit.absent_is_success:
        fixed[None] = None
    share = share_at_most if at_most else share_at_least
    # The day's target is asked num times in den days; Loop knows amounts with num = 1 only.
    target = times if rule.kind == "yes_no" else times * (rule.target or Decimal(0))
    found = list(map(marks.get, range(days.start, days.stop - den + 1, -1)))
    if den == 1:  # a day is worth what its own mark says: the same mark, the same share
        kinds = list(set(found))
        known = {mark: share(worth, target) for mark, worth in zip(kinds, _worths(rule, kinds), strict=True)} | fixed
        return [known[mark] for mark in found]
    sums = list(accumulate(_worths(rule, found), initial=0))
    return [
        share(total, target) if isinstance(mark, Decimal) or mark not in fixed else fixed[mark]
        for mark, total in zip(found, map(sub, sums[den:], sums), strict=False)
    ]


def _worths(rule: Rule, marks: list[Mark | None]) -> Iterable[Amount]:
    """What each day adds to its window: 1 if done, or its amount. ``yes`` is worth the target, nothing of a limit."""
    if rule.kind == "yes_no":
        return (mark > 0 if isinstance(mark, Decimal) else mark == "yes" for mark in marks)
    yes = rule.target or Decimal(0) if rule.kind == "at_least" else 0
    return (mark if isinstance(mark, Decimal) else yes if mark == "yes" else 0 for mark in marks)
