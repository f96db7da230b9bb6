"""What lost a merge, as a person knows it: whose day, which field, what it was and what took its place."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from typing import Any, NamedTuple, Protocol

from pitrack.core.model import Snapshot

THINGS = {
    "checkins": "checkin",
    "amounts": "addition",
    "habits": "habit",
    "rules": "rule",
    "streams": "stream",
    "entries": "entry",
    "times": "time",
    "assets": "asset",
    "goals": "goal",
    "ideas": "idea",
    "rates": "rate",
    "reviews": "review",
    "automations": "automation",
    "metrics": "metric",
    "readings": "reading",
    "steps": "step",
    "_book": "book",
}
"""What a record of a table is, as a code."""


class Loss(Protocol):
    """A lost value as the store keeps it: texts are JSON, stamps begin with the moment in UTC."""

    @property
    def n(self) -> int: ...
    @property
    def table(self) -> str: ...
    @property
    def id(self) -> str: ...
    @property
    def field(self) -> str: ...
    @property
    def value(self) -> str: ...
    @property
    def stamp(self) -> str: ...
    @property
    def winner(self) -> str | None: ...
    @property
    def by(self) -> str: ...


class Lost(NamedTuple):
    """A value of this device that lost. ``thing`` is a code of ``THINGS`` (or the table's name); ``subject`` the name
    of what it belongs to. An empty ``field`` is a deletion that an edit overruled; ``deleted``: the record was deleted
    elsewhere. ``written`` and ``replaced`` are in UTC."""

    n: int
    thing: str
    subject: str
    day: dt.date | None
    field: str
    value: Any
    winner: Any
    deleted: bool
    written: dt.datetime
    replaced: dt.datetime


def lost(snapshot: Snapshot, losses: Iterable[Loss]) -> tuple[Lost, ...]:
    """The losses, the newest first."""
    entries = {entry.id: entry for entry in snapshot.entries}
    return tuple(
        Lost(
            loss.n,
            THINGS.get(loss.table, loss.table),
            _subject(snapshot, loss, entries),
            _day(loss, entries),
            loss.field,
            _value(loss.value),
            _value(loss.winner or ""),
            loss.winner is None,
            _moment(loss.stamp),
            _moment(loss.by),
        )
        for loss in sorted(losses, key=lambda loss: -loss.n)
    )


def _subject(snapshot: Snapshot, loss: Loss, entries: dict[str, Any]) -> str:
    if loss.table in ("checkins", "amounts", "rules", "habits"):
        habit = snapshot.habits.get(loss.id.partition("|")[0])
        return habit.name if habit else ""
    if loss.table == "streams":
        stream = snapshot.streams.get(loss.id)
        return stream.name if stream else ""
    if loss.table in ("assets", "automations"):
        named = snapshot.assets if loss.table == "assets" else snapshot.automations
        return named[loss.id].name if loss.id in named else ""
    if loss.table in ("metrics", "readings"):
        metric = snapshot.metrics.get(loss.id.partition("|")[0])
        return metric.name if metric else ""
    if loss.table == "entries" and loss.id in entries:
        entry = entries[loss.id]
        stream = snapshot.streams.get(entry.stream or "")
        return " ".join(part for part in (stream.name if stream else "", entry.note) if part)
    if loss.table == "goals" and loss.id in snapshot.goals:
        return snapshot.goals[loss.id].name
    if loss.table == "ideas" and loss.id in snapshot.ideas:
        return snapshot.ideas[loss.id].text
    return loss.id if loss.table == "rates" else ""


def _day(loss: Loss, entries: dict[str, Any]) -> dt.date | None:
    if loss.table == "entries":
        return entries[loss.id].day if loss.id in entries else None
    for part in loss.id.split("|"):
        try:
            return dt.date.fromisoformat(part)
        except ValueError:
            continue
    return None


def _value(text: str) -> Any:
    """A JSON text as plain values, numbers as they were written."""
    try:
        return json.loads(text, parse_float=str, parse_int=str) if text else None
    except (ValueError, RecursionError):
        return text


def _moment(stamp: str) -> dt.datetime:
    return dt.datetime.fromisoformat(stamp[:24])
