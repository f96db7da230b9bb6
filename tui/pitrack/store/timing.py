"""Builders of changes for timers: start one, stop it and book its minutes, cancel it.

What a stop books has ids derived from the start, so that two devices that stop the same timer meet in one record, and
one that was brought back by undo books in the same place again. Where both start one for the same thing before they
hear of each other, and both stop it so, too, both are booked.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from pitrack.core.changes import Change, Write
from pitrack.core.days import day_of
from pitrack.core.model import Habit, Stream, TimeEntry, TimeKind, Timer
from pitrack.core.timers import Part, split
from pitrack.core.units import in_unit, minutes_in
from pitrack.core.views.timers import Running, run_of, target_of
from pitrack.store import fields as of
from pitrack.store.clock import zone_of
from pitrack.store.errors import BookError
from pitrack.store.ids import derived_ulid
from pitrack.store.snapshot import BookSnapshot

FORGOTTEN = dt.timedelta(days=7)
"""A timer that has run for longer says nothing of what was worked."""
MOST = 24 * 60
"""Minutes that a day's entry holds: less than the longest day, on which the clock is set back."""


class Stopped(NamedTuple):
    """What stopping a timer does: ``parts`` are the minutes of each day (none: under half a minute); ``is_counted``
    where they go somewhere; ``is_answered`` where the action is checked off with it."""

    change: Change
    parts: tuple[Part, ...]
    is_counted: bool
    is_answered: bool

    @property
    def minutes(self) -> int:
        return sum(part.minutes for part in self.parts)


def start_timer(
    snap: BookSnapshot, device: str, now: dt.datetime, thing: Habit | Stream, *, kind: TimeKind = "make", task: str = ""
) -> Change:
    """Start to count the time of an action or a stream at ``now`` (UTC), on ``device``. ``kind`` and ``task`` are for
    a stream. BookError("timer-runs" | "timer-nowhere" | "invalid")."""
    target = target_of(thing)
    if any(timer.target == target for timer in snap.timers):
        raise BookError("timer-runs", name=thing.name)
    if isinstance(thing, Habit):
        if not takes_time(snap, thing, _day_at(snap, now)):
            raise BookError("timer-nowhere", name=thing.name)
        timer = Timer(f"{target}|{device}", now, device, habit=thing.id)
    else:
        timer = Timer(f"{target}|{device}", now, device, stream=thing.id, kind=kind, task=task)
    return Change("start", (Write("timers", timer.id, of.of_timer(timer)),), thing.name, _day_at(snap, now))


def takes_time(snap: BookSnapshot, habit: Habit, day: dt.date) -> bool:
    """Whether an action has any use for minutes: it counts them, has a stream, or is checked off with them."""
    return bool(minutes_in(habit.rule_on(day).unit)) or habit.stream in snap.streams or _is_yes_no(habit, day)


def stop_timer(snap: BookSnapshot, target: str, now: dt.datetime, spent: int | None = None) -> Stopped:
    """Stop what runs for a target, on whatever device it was started, and book its minutes.

    ``spent`` minutes (1-1440) instead of those that have passed count from the start on, or up to ``now`` where that
    would lie ahead. BookError("timer-none" | "timer-ahead" | "timer-forgotten").
    """
    run = _run(snap, target, now)
    start, end = _stretch(run, now, spent)
    settings = snap.settings
    parts = split(start, end, zone_of(settings.zone), settings.day_start)
    booked = tuple(write for part in parts for write in _booking(snap, run, part))
    answer = tuple(_answer(snap, run.thing, _day_at(snap, now))) if parts else ()
    change = Change("stop", (*_gone(run), *booked, *answer), run.thing.name, _day_at(snap, now))
    return Stopped(change, parts, bool(booked), bool(answer))


def cancel_timer(snap: BookSnapshot, target: str, now: dt.datetime) -> Change:
    """Take away what runs for a target and book nothing. BookError("timer-none")."""
    run = _run(snap, target, now)
    return Change("cancel", tuple(_gone(run)), run.thing.name, _day_at(snap, now))


def _run(snap: BookSnapshot, target: str, now: dt.datetime) -> Running:
    run = run_of(snap, target, now)
    if run is None:
        raise BookError("timer-none")
    return run


def _gone(run: Running) -> Iterator[Write]:
    return (Write("timers", timer.id, None) for timer in run.timers)


def _stretch(run: Running, now: dt.datetime, spent: int | None) -> tuple[dt.datetime, dt.datetime]:
    start = run.first.start
    if spent is not None:
        length = dt.timedelta(minutes=spent)
        start = min(start, now - length)
        return start, start + length
    if run.minutes < 0:
        raise BookError("timer-ahead", name=run.thing.name)
    if now - start > FORGOTTEN:
        raise BookError("timer-forgotten", name=run.thing.name, n=(now - start).days)
    return start, max(start, now)


def _booking(snap: BookSnapshot, run: Running, part: Part) -> Iterator[Write]:
    """Where a day's minutes go: to the amount of an action that counts time, which is time of its stream by itself;
    else to the stream."""
    first, thing = run.first, run.thing
    record = derived_ulid(int(first.start.timestamp() * 1000), first.id, str(part.day))
    if not isinstance(thing, Habit):
        yield _time(record, part, thing.id, first.kind, first.task)
    elif unit := minutes_in(thing.rule_on(part.day).unit):
        amount = of.decimal(in_unit(part.minutes, unit), "amount")
        yield Write("amounts", f"{thing.id}|{part.day}|{record}", {"amount": amount})
    elif thing.stream in snap.streams:
        yield _time(record, part, thing.stream, "make", thing.name)


def _time(record: str, part: Part, stream: str | None, kind: TimeKind, task: str) -> Write:
    entry = TimeEntry(record, part.day, min(part.minutes, MOST), stream, kind, task)
    return Write("times", record, {name: value for name, value in of.of_time(entry).items() if value is not None})


def _answer(snap: BookSnapshot, thing: Habit | Stream, day: dt.date) -> Iterator[Write]:
    """A plain yes to an action that asks for no more, where its day is not answered."""
    if not isinstance(thing, Habit) or not _is_yes_no(thing, day) or minutes_in(thing.rule_on(day).unit):
        return
    if day.toordinal() not in snap.history(thing.id).marks:
        yield Write("checkins", f"{thing.id}|{day}", {"mark": "yes"})


def _is_yes_no(habit: Habit, day: dt.date) -> bool:
    return habit.rule_on(day).kind == "yes_no"


def _day_at(snap: BookSnapshot, moment: dt.datetime) -> dt.date:
    settings = snap.settings
    return day_of(moment.astimezone(zone_of(settings.zone)).replace(tzinfo=None), settings.day_start)
