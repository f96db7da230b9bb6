"""Actions met by month for the stream that they feed: to be looked at beside its income, and no more than that."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping

from pitrack.core.days import Month
from pitrack.core.growth import WINDOW
from pitrack.core.model import Snapshot
from pitrack.core.views.habits import heat


def completions(snapshot: Snapshot, day: dt.date, months: int = WINDOW) -> Mapping[str, Mapping[Month, int]]:
    """By a stream's id, how many actions were met in each of the last complete ``months`` and in the open one, up to
    ``day``. Actions that feed no stream, and months without any, are left out."""
    first = Month.of(day).shift(-months).first
    found: dict[str, Counter[Month]] = {}
    for habit in snapshot.habits.values():
        if habit.stream is not None:
            counts = found.setdefault(habit.stream, Counter())
            for one in heat(snapshot, day, (day - first).days + 1, habit.id):
                if one.done:
                    counts[Month.of(one.day)] += one.done
    return {stream: dict(counts) for stream, counts in found.items()}
