"""Intervals of work as time on streams: split at the day's start, with ids that tell what was imported before."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from pitrack.core.changes import Write
from pitrack.core.model import Settings, TimeEntry
from pitrack.core.timers import split
from pitrack.exchange.found import Trouble, Work
from pitrack.exchange.matching import derived_id
from pitrack.store import fields as of
from pitrack.store.clock import zone_of
from pitrack.store.names import fold
from pitrack.store.records import INVALID, alive
from pitrack.store.snapshot import BookSnapshot

A_DAY = 24 * 60
_ALGORITHM = "1"


class TimePlan(NamedTuple):
    """What an import does to one stream's time. ``added`` entries of ``minutes`` in all; others are there already, or
    are ``gone``: deleted in the book."""

    stream: str
    added: int = 0
    minutes: int = 0
    same: int = 0
    gone: int = 0


def plan_times(
    snap: BookSnapshot, works: Sequence[Work], preset: str, stream: str | None, again: bool
) -> tuple[tuple[TimePlan, ...], tuple[Write, ...], tuple[Trouble, ...]]:
    """A plan for each stream, the writes, and the intervals that no stream is known for."""
    records: Mapping[str, Any] = snap.document.values("times") if works else {}
    named = named_streams(snap) if works else {}
    plans: dict[str, TimePlan] = {}
    writes: list[Write] = []
    troubles: list[Trouble] = []
    seen: Counter[str] = Counter()
    for work in works:
        to = next((named[fold(name)] for name in work.names if fold(name) in named), stream)
        if to is None:
            troubles.append(work.place._replace(value=", ".join(work.names), why="no-stream"))
            continue
        seen[work.key] += 1
        root = f"{preset}-{_ALGORITHM}-{derived_id(preset, work.key, str(seen[work.key]), length=16)}"
        mine = plans.get(to, TimePlan(to))
        for number, (day, minutes) in enumerate(pieces(work.start, work.stop, snap.settings), 1):
            key = f"{root}-{number}"
            state = _state(records, key)
            if state == "new" or (state == "gone" and again):
                entry = TimeEntry(key, day, minutes, to, task=_task(work, named.get, to), note=work.note)
                fields = {name: value for name, value in of.of_time(entry).items() if value is not None}
                writes.append(Write("times", key, fields))
                mine = mine._replace(added=mine.added + 1, minutes=mine.minutes + minutes)
            else:
                mine = mine._replace(same=mine.same + (state == "there"), gone=mine.gone + (state == "gone"))
        plans[to] = mine
    return tuple(plans.values()), tuple(writes), tuple(troubles)


def pieces(start: dt.datetime, stop: dt.datetime, settings: Settings) -> Iterator[tuple[dt.date, int]]:
    """The days of an interval with the minutes on each, in the book's zone and with its day's start; the day on which
    clocks go back has an hour more than an entry holds, and so a second piece."""
    for day, minutes in split(start, stop, zone_of(settings.zone), settings.day_start):
        for part in (min(minutes, A_DAY), minutes - A_DAY):
            if part > 0:
                yield day, part


def named_streams(snap: BookSnapshot) -> dict[str, str]:
    """Ids of the living streams by what names them, folded: alias and name."""
    living = [stream for stream in snap.streams.values() if not stream.archived]
    return {fold(name): stream.id for stream in living for name in (stream.name, stream.alias)}


def _task(work: Work, named: Any, to: str) -> str:
    """What its other names say, as many of them as a task's name holds."""
    task = ""
    for name in work.names:
        if named(fold(name)) != to and len(longer := f"{task}, {name}" if task else name) <= of.LONGEST_NAME:
            task = longer
    return task


def _state(records: Mapping[str, Any], key: str) -> str:
    if key not in records:
        return "new"
    try:
        return "there" if alive(records[key]) else "gone"
    except INVALID:
        return "there"
