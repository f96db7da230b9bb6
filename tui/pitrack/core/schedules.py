"""Schedules: which days ask something, which rule judges them, and where periods begin and end.

Days are ordinals (``date.toordinal()``); ranges are half-open ``[first, end)``.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal, NamedTuple

from pitrack.core.model import Every, Habit, Rule, Schedule

Unit = Literal["day", "week", "month", "time"]
"""What a streak counts: due days, weeks, months, or the times that something was done."""

FOREVER = dt.date.max.toordinal() + 1

_UNITS: dict[Every, Unit] = {
    "day": "day",
    "weekdays": "day",
    "week": "week",
    "month": "month",
    "window": "day",
    "interval": "time",
    "after": "time",
}


class Span(NamedTuple):
    """Days ``[first, end)`` under one rule."""

    rule: Rule
    first: int
    end: int


def unit_of(schedule: Schedule) -> Unit:
    """The unit in which a schedule's streak is counted."""
    return _UNITS[schedule.every]


def times_of(schedule: Schedule) -> int:
    """How many days of each period the schedule asks for; 1 where the period is a day."""
    return schedule.times if schedule.every in ("week", "month") else 1


def weekday_of(ordinal: int) -> int:
    """ISO weekday, 1 Monday ... 7 Sunday."""
    return (ordinal - 1) % 7 + 1


def beat_of(schedule: Schedule) -> int:
    """After how many days the days on which a schedule falls come round again."""
    return {"weekdays": 7, "interval": schedule.within}.get(schedule.every, 1)


def falls_on(rule: Rule, ordinal: int) -> bool:
    """Whether the rule may ask something of this day; one that counts over several days may of any."""
    schedule = rule.schedule
    if schedule.every == "weekdays":
        return weekday_of(ordinal) in schedule.days
    if schedule.every == "interval":
        return (ordinal - (schedule.anchor or rule.since).toordinal()) % schedule.within == 0
    return True


def next_days(rule: Rule, day: dt.date, count: int) -> tuple[dt.date, ...]:
    """The first ``count`` days from ``day`` on on which the rule falls, none before its first day; nothing for one that
    may fall on any day."""
    if not asks_each_day(rule.schedule):
        return ()
    first = max(day, rule.since).toordinal()
    ordinals = range(first, min(first + count * beat_of(rule.schedule), FOREVER))
    return tuple(dt.date.fromordinal(ordinal) for ordinal in ordinals if falls_on(rule, ordinal))[:count]


def asks_each_day(schedule: Schedule) -> bool:
    """Whether each day on which the schedule falls has to be met by itself."""
    return schedule.every in ("day", "weekdays", "interval")


def kept_beat(schedule: Schedule, before: Rule) -> Schedule:
    """``schedule`` as it follows ``before``: one of as many days keeps falling on the same days."""
    old = before.schedule
    if schedule.every == old.every == "interval" and schedule.within == old.within and schedule.anchor is None:
        return schedule._replace(anchor=old.anchor or before.since)
    return schedule


def period_of(unit: Unit, ordinal: int, week_start: int) -> tuple[int, int]:
    """The calendar period ``[first, end)`` that holds a day; ``week_start`` is an ISO weekday."""
    if unit in ("day", "time"):
        return ordinal, ordinal + 1
    if unit == "week":
        first = ordinal - (weekday_of(ordinal) - week_start) % 7
        return first, first + 7
    day = dt.date.fromordinal(ordinal)
    first = ordinal - day.day + 1
    # December's length is written out, so that the calendar's last month needs no year after it.
    return first, first + 31 if day.month == 12 else day.replace(month=day.month + 1, day=1).toordinal()


def frequency(schedule: Schedule) -> tuple[int, int]:
    """Mean frequency as (times, in that many days): daily 1/1, weekdays n/7, weekly N/7, monthly N/30, N in any M days
    N/M, every N days 1/N."""
    match schedule.every:
        case "day":
            return 1, 1
        case "weekdays":
            return len(schedule.days), 7
        case "week":
            return min(schedule.times, 7), 7
        case "month":
            return min(schedule.times, 30), 30
        case "window":
            return min(schedule.times, schedule.within), schedule.within
        case "interval" | "after":
            return 1, schedule.within


def spans_in_force(habit: Habit, first: int) -> tuple[Span, ...]:
    """Every rule with the days on which it is in force, from day ``first`` on. Days before the first rule are its own:
    a back-filled day is judged by the first rule there was."""
    return _spans([(rule, first if rule is habit.rules[0] else rule.since.toordinal()) for rule in habit.rules], first)


def spans_judged(habit: Habit, first: int, week_start: int) -> tuple[Span, ...]:
    """Every rule with the days that it judges, from day ``first`` on.

    A day is judged by the rule in force on it. A week or month is judged whole by the rule in force on its first day
    (by the habit's first rule where it began before that), so a new number a week begins with the next week. Where a
    change leads to another unit, it takes effect at once and cuts the period that was open.
    """
    starts: list[tuple[Rule, int]] = [(habit.rules[0], first)]
    for rule in habit.rules[1:]:
        since = rule.since.toordinal()
        unit = unit_of(rule.schedule)
        # A rule that never gets a day or period of its own leaves no trace.
        while len(starts) > 1 and _takes_over(starts[-1], since, unit, week_start) <= starts[-1][1]:
            starts.pop()
        starts.append((rule, _takes_over(starts[-1], since, unit, week_start)))
    return _spans(starts, first)


def _takes_over(before: tuple[Rule, int], since: int, unit: Unit, week_start: int) -> int:
    """The first day that a rule judges after ``before``: its own first day, or the next week's or month's where both
    count these."""
    if unit != unit_of(before[0].schedule):
        return since
    first, end = period_of(unit, since, week_start)
    return since if first == since else end


def _spans(starts: list[tuple[Rule, int]], first: int) -> tuple[Span, ...]:
    ends = [start for _, start in starts[1:]] + [FOREVER]
    spans = (Span(rule, max(start, first), end) for (rule, start), end in zip(starts, ends, strict=True))
    return tuple(span for span in spans if span.first < span.end)


def span_at(spans: tuple[Span, ...], ordinal: int) -> Span:
    """The span that holds a day; the first one for a day before it."""
    return next((span for span in reversed(spans) if span.first <= ordinal), spans[0])


def periods_within(span: Span, last: int, week_start: int) -> list[int]:
    """Bounds of the span's periods up to the one that holds day ``last``: period i is ``[bounds[i], bounds[i + 1])``.

    The first and the last period may be cut by the span itself.
    """
    unit = unit_of(span.rule.schedule)
    bound = period_of(unit, span.first, week_start)[1]
    bounds = [span.first]
    if unit == "month":
        while bound <= last:
            bounds.append(bound)
            bound = period_of(unit, bound, week_start)[1]
        bounds.append(bound)
    else:
        length = 7 if unit == "week" else 1
        bounds += range(bound, last + 1 + length, length)
    return [bound for bound in bounds if bound < span.end] + [span.end] * (bounds[-1] >= span.end)
