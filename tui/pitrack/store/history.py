"""The local history: values of this device that lost a merge, kept so that they can be looked at and brought back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import orjson

from pitrack.core.changes import Change, Json, Write
from pitrack.store import files
from pitrack.store.merge import BOOK, IDENTITY, Difference, Record, decode

MOST = 1000
"""Losses kept; the oldest go."""


class Loss(NamedTuple):
    """A value that was written here under ``stamp`` and lost to ``winner`` under ``by``.

    ``field`` empty: a deletion made here that a later edit overruled. ``winner`` None: the record was deleted
    elsewhere. ``n`` numbers the losses of a book from 1 on.
    """

    n: int
    table: str
    id: str
    field: str
    value: str
    stamp: str
    winner: str | None
    by: str


class History:
    """The losses of one book on this device, a line each. Writing raises OSError."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> list[Loss]:
        """All losses, the oldest first; a damaged line is passed over."""
        try:
            lines = self._path.read_bytes().splitlines()
        except FileNotFoundError:
            return []
        return [loss for line in lines if (loss := _decode(line)) is not None]

    def add(self, losses: Iterable[Loss]) -> int:
        """Keep losses that are not there yet, through to the disk; how many those were."""
        known = self.read()
        seen = {loss[1:] for loss in known}
        number = known[-1].n if known else 0
        fresh = [loss for loss in dict.fromkeys(losses) if loss[1:] not in seen]
        numbered = [loss._replace(n=number + place) for place, loss in enumerate(fresh, 1)]
        if numbered:
            kept = (known + numbered)[-MOST:]
            files.replace(self._path, b"".join(orjson.dumps(loss._asdict()) + b"\n" for loss in kept))
        return len(numbered)


def losses(changed: Iterable[Difference], devices: frozenset[str], since: str) -> list[Loss]:
    """Of the differences that a merge made: what was written on ``devices`` after the stamp ``since``, and lost to
    another device. It may have been seen there: no version tells whether the edit came before or after that."""

    def own(stamp: str) -> bool:
        return stamp[-8:] in devices

    def mine(stamp: str) -> bool:
        return own(stamp) and stamp > since

    found: list[Loss] = []
    for table, record, old, new in changed:
        ours, now = (old and decode(old)) or None, (new and decode(new)) or None
        if ours is not None and now is not None:
            found += (loss for loss in _lost(table, record, ours, now) if mine(loss.stamp) and not own(loss.by))
    return found


def _lost(table: str, record: str, ours: Record, now: Record) -> Iterator[Loss]:
    """What of ``ours`` a merge took away."""
    if ours.alive and not now.alive and now.deleted:
        for name, (value, stamp) in ours.fields.items():
            yield Loss(0, table, record, name, value, stamp, None, now.deleted)
        return
    identity = IDENTITY if (table, record) == BOOK else ()
    for name, (value, stamp) in ours.fields.items():
        if now.fields[name][0] != value and name not in identity:
            yield Loss(0, table, record, name, value, stamp, *now.fields[name])
    if ours.deleted and not ours.alive and now.alive:
        yield Loss(0, table, record, "", "", ours.deleted, "", now.newest)


def bring_back(loss: Loss, subject: str = "") -> Change:
    """The change that makes a lost value count again."""
    fields = {loss.field: Json(loss.value)} if loss.field else None
    return Change("history", (Write(loss.table, loss.id, fields),), subject)


def _decode(line: bytes) -> Loss | None:
    try:
        return Loss(**orjson.loads(line))
    except (ValueError, TypeError):
        return None
