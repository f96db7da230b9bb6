"""The log on top of a document: what confirmed changes make of a state, and what they found there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from pitrack.core.changes import Write
from pitrack.store.document import Document
from pitrack.store.jsontext import dumps
from pitrack.store.log import Before, Line
from pitrack.store.merge import Record, decode, encode, merge_records

MANY = 1000
"""Writes from which on all records of a table are taken apart once, rather than each looked for."""

Find = Callable[[str, str], bytes | None]
"""The text of a record, by table and id."""


def replay(state: Document, lines: Iterable[Line]) -> Document:
    """state ⊔ log: every write of the lines merged in under its own stamp."""
    lines = list(lines)
    find = finder(state, (write for line in lines for write in line.change.writes))
    touched: dict[str, dict[str, Record]] = {}
    for line in lines:
        for write in line.change.writes:
            records = touched.setdefault(write.table, {})
            known = records.get(write.id) or _decoded(find, write)
            records[write.id] = merge_records(known, _written(write, line))
    changes: dict[str, dict[str, bytes]] = {}
    for table, records in touched.items():
        for record, merged in records.items():
            text = encode(merged)
            if text != find(table, record):
                changes.setdefault(table, {})[record] = text
    return state.splice(changes) if changes else state


def before(state: Document, writes: Sequence[Write]) -> tuple[Before, ...]:
    """What each of the writes finds."""
    find = finder(state, writes)
    return tuple(_before(_decoded(find, write), write) for write in writes)


def finder(state: Document, writes: Iterable[Write]) -> Find:
    """Finds the records that the writes are about."""
    count = Counter(write.table for write in writes)
    apart = {table: state.records(table) for table in count if count[table] >= MANY}

    def find(table: str, record: str) -> bytes | None:
        return apart[table].get(record) if table in apart else state.get(table, record)

    return find


def _before(found: Record, write: Write) -> Before:
    alive = bool(found.fields) and found.alive
    return Before({name: found.fields.get(name) for name in write.fields or ()}, alive)


def _written(write: Write, line: Line) -> Record:
    if write.fields is None:
        return Record(deleted=line.stamp)
    under = line.under(write)
    return Record({name: (dumps(value), under) for name, value in write.fields.items()})


def _decoded(find: Find, write: Write) -> Record:
    text = find(write.table, write.id)
    return (decode(text) if text else None) or Record()
