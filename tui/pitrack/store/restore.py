"""A restore: the difference between the book now and an earlier version of it, as one ordinary change."""

from __future__ import annotations

from collections.abc import Iterator

from pitrack.core.changes import Change, Json, Value, Write
from pitrack.store.document import Document
from pitrack.store.merge import BOOK, Record, decode, differences

_NOTHING = Json("null")
_FALSE = Json("false")


def restore(now: Document, then: Document, subject: str) -> Change:
    """What makes the book say again what it said then. It is stamped and merged like any edit, and can be undone."""
    return Change("restore", tuple(_writes(now, then)), subject)


def _writes(now: Document, then: Document) -> Iterator[Write]:
    for table, record, ours, theirs in differences(now, then):
        current, former = _decoded(ours), _decoded(theirs)
        if current is None or former is None or (table == BOOK[0] and record != BOOK[1]):
            continue  # what has no stamps cannot be edited
        if former.fields and former.alive:
            fields = _fields(current, former)
            if (table, record) == BOOK:
                fields = {name: value for name, value in fields.items() if not _is_identity(name)}
            if fields:
                yield Write(table, record, fields)
        elif current.fields and current.alive and table == "checkins":  # never deleted: cleared
            if said := [name for name, (value, _) in current.fields.items() if value != _NOTHING]:
                yield Write(table, record, dict.fromkeys(said, _NOTHING))
        elif current.fields and current.alive and table != BOOK[0]:
            yield Write(table, record, None)


def _fields(current: Record, former: Record) -> dict[str, Value]:
    """What to write so that ``current`` reads like ``former``; at least one field where it is dead."""
    here = {name: value for name, (value, _) in current.fields.items()}
    there = {name: value for name, (value, _) in former.fields.items()}
    fields: dict[str, Value] = {name: Json(value) for name, value in there.items() if here.get(name) != value}
    for name, value in here.items():
        blank = _FALSE if name.startswith("tag@") else _NOTHING
        if name not in there and value != blank:
            fields[name] = blank
    if not fields and not current.alive:
        name, value = next(iter(there.items()))
        fields[name] = Json(value)
    return fields


def _is_identity(name: str) -> bool:
    return name in ("store", "format") or name.startswith("joined@")


def _decoded(text: bytes | None) -> Record | None:
    """The record of a text, an empty one where there is none; None for what has no sound stamps."""
    return decode(text) if text else Record()
