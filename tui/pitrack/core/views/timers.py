"""What runs: each action or stream whose timer was started, and for how long it has been."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from pitrack.core.model import Habit, Snapshot, Stream, Timer
from pitrack.core.timers import rounded_minutes


class Running(NamedTuple):
    """The timers of one action or stream. Where several devices started one, it is the same work: it began with the
    first of them."""

    thing: Habit | Stream
    timers: tuple[Timer, ...]
    """Never empty, the earliest first."""
    minutes: int
    """Whole minutes so far; below 0 where the start lies ahead of the clock."""

    @property
    def first(self) -> Timer:
        return self.timers[0]

    @property
    def target(self) -> str:
        return self.first.target


def running(snapshot: Snapshot, now: dt.datetime) -> tuple[Running, ...]:
    """All that runs at ``now`` (UTC), what was started first leading. A timer whose action or stream is not in the
    book is left out."""
    by_target: dict[str, list[Timer]] = {}
    for timer in snapshot.timers:
        by_target.setdefault(timer.target, []).append(timer)
    found: list[Running] = []
    for timers in by_target.values():
        first = timers[0]
        thing = _thing(snapshot, first)
        if thing is not None:
            found.append(Running(thing, tuple(timers), rounded_minutes(first.start, now)))
    return tuple(found)


def run_of(snapshot: Snapshot, target: str, now: dt.datetime) -> Running | None:
    """What runs for one target (``h:HABIT`` or ``s:STREAM``)."""
    return next((run for run in running(snapshot, now) if run.target == target), None)


def target_of(thing: Habit | Stream) -> str:
    """What the timers of an action or a stream are about, as ``Timer.target`` says it."""
    return f"h:{thing.id}" if isinstance(thing, Habit) else f"s:{thing.id}"


def _thing(snapshot: Snapshot, timer: Timer) -> Habit | Stream | None:
    if timer.habit is not None:
        return snapshot.habits.get(timer.habit)
    return snapshot.streams.get(timer.stream or "")
