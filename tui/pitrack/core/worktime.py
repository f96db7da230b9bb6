"""Hours worked on each stream: logged time, and habits counted in minutes or hours."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from pitrack.core.ledger import stream_key
from pitrack.core.model import Habit, History, Snapshot, TimeKind
from pitrack.core.units import minutes_in


class Worked(NamedTuple):
    """Minutes of one day on a stream, or on ``ledger.NO_STREAM``."""

    stream: str
    day: dt.date
    minutes: Fraction


def worked(snapshot: Snapshot, kinds: Collection[TimeKind] = ()) -> Iterator[Worked]:
    """All time of some kinds of work, or (when empty) of all, in no order.

    A habit with a time unit on a stream is time of that stream, of the kind *make*. Time on no stream, or on one
    that is not in the book, is on ``ledger.NO_STREAM``.
    """
    for time in snapshot.times:
        if not kinds or time.kind in kinds:
            yield Worked(stream_key(time.stream, snapshot.streams), time.day, Fraction(time.minutes))
    if not kinds or "make" in kinds:
        for habit in snapshot.habits.values():
            if habit.stream is not None and habit.stream in snapshot.streams:
                yield from habit_time(habit.stream, habit, snapshot.history(habit.id))


def habit_time(stream: str, habit: Habit, history: History) -> Iterator[Worked]:
    """Time that a habit's amounts stand for, by the unit of the day; nothing where that is not one of time."""
    units = [minutes_in(rule.unit) for rule in habit.rules]
    if not any(units):
        return
    begins = [rule.since.toordinal() for rule in habit.rules]
    for ordinal, mark in history.marks.items():
        unit = units[max(bisect_right(begins, ordinal) - 1, 0)]
        if unit and isinstance(mark, Decimal):
            yield Worked(stream, dt.date.fromordinal(ordinal), Fraction(mark) * unit)


def hours(work: Iterable[Worked], since: dt.date, until: dt.date) -> dict[str, Fraction]:
    """Hours by stream from ``since`` to ``until``, both counted."""
    minutes: defaultdict[str, Fraction] = defaultdict(Fraction)
    for stream, day, spent in work:
        if since <= day <= until:
            minutes[stream] += spent
    return {stream: spent / 60 for stream, spent in minutes.items()}
