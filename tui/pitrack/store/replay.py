"""The log on top of a document: what confirmed changes make of a state, and what they found there."""

from __future__ import annotations

from collections.abc import Iterable

from pitrack.core.changes import Write
from pitrack.store.document import Document
from pitrack.store.jsontext import dumps
from pitrack.store.log import Before, Line
from pitrack.store.merge import Record, decode, encode, merge_records


def replay(state: Document, lines: Iterable[Line]) -> Document:
    """state ⊔ log: every write of the lines merged in under its own stamp."""
    touched: dict[str, dict[str, Record]] = {}
    for line in lines:
        for write in line.change.writes:
            records = touched.setdefault(write.table, {})
            known = records.get(write.id) or _decoded(state, write.table, write.id)
            records[write.id] = merge_records(known, _written(write, line.stamp))
    changes: dict[str, dict[str, bytes]] = {}
    for table, records in touched.items():
        for record, merged in records.items():
            text = encode(merged)
            if text != state.get(table, record):
                changes.setdefault(table, {})[record] = text
    return state.splice(changes) if changes else state


def before(state: Document, write: Write) -> Before:
    """What a write finds."""
    found = _decoded(state, write.table, write.id)
    alive = bool(found.fields) and found.alive
    return Before({name: found.fields.get(name) for name in write.fields or ()}, alive)


def _written(write: Write, stamp: str) -> Record:
    if write.fields is None:
        return Record(deleted=stamp)
    return Record({name: (dumps(value), stamp) for name, value in write.fields.items()})


def _decoded(state: Document, table: str, record: str) -> Record:
    text = state.get(table, record)
    return (decode(text) if text else None) or Record()
