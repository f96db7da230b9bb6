"""The minutes of a stretch of work, by the day in whose hours they were worked."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from pitrack.core.days import day_of

HALF_A_MINUTE = 30


class Part(NamedTuple):
    """Whole minutes of work on one day."""

    day: dt.date
    minutes: int


def rounded_minutes(start: dt.datetime, end: dt.datetime) -> int:
    """Whole minutes between two moments, half a minute counted up; below 0 where the end lies before the start."""
    return (int((end - start).total_seconds()) + HALF_A_MINUTE) // 60


def split(start: dt.datetime, end: dt.datetime, zone: dt.tzinfo, day_start: int) -> tuple[Part, ...]:
    """What was worked from ``start`` to ``end`` (moments in UTC), shared out over the days of ``zone``, which begin
    ``day_start`` hours (0-12) after midnight.

    The minutes are those that really passed, whatever a clock on the wall was set to meanwhile; they add up to
    ``rounded_minutes``. Days that would get none are left out.
    """
    minutes: dict[dt.date, int] = {}
    booked, reached = 0, start
    while reached < end:
        day = day_of(reached.astimezone(zone).replace(tzinfo=None), day_start)
        reached = min(end, _end_of(day, zone, day_start, reached))
        so_far = rounded_minutes(start, reached)
        minutes[day] = minutes.get(day, 0) + so_far - booked
        booked = so_far
    return tuple(Part(day, count) for day, count in minutes.items() if count)


def _end_of(day: dt.date, zone: dt.tzinfo, day_start: int, after: dt.datetime) -> dt.datetime:
    """The moment after ``after`` when the next day begins: with the jump where the clock jumps over its beginning, and
    the first time yet to come where the clock shows it twice."""
    wall = dt.datetime.combine(day + dt.timedelta(days=1), dt.time(day_start), zone)
    both = (wall.replace(fold=fold).astimezone(dt.UTC) for fold in (0, 1))
    return next((moment for moment in both if moment > after), after + dt.timedelta(hours=1))
