"""The merge of two books, field by field: the last writer wins, and every order of merging gives the same bytes.

Laws (tests/store/test_merge_laws.py): commutative, associative, idempotent, absorbing; nothing invented or lost.
"""

from __future__ import annotations

from collections.abc import Iterator

import orjson

from pitrack.store.clock import is_stamp
from pitrack.store.document import Document, split
from pitrack.store.jsontext import canonical, dumps, members, plain

BOOK = ("_book", "book")
IDENTITY = ("store", "format")
"""Fields of the book's own record that say which book it is: never a person's edit."""

RESERVED = ("t", "ft", "del")

Difference = tuple[str, str, bytes | None, bytes | None]
"""Table, id, and the record's text in the one book and in the other; None where it has none."""


class Record:
    """A record as the merge sees it: each field's text with its stamp, and the stamp of a deletion."""

    __slots__ = ("deleted", "fields")

    def __init__(self, fields: dict[str, tuple[str, str]] | None = None, deleted: str | None = None) -> None:
        self.fields = fields or {}
        self.deleted = deleted

    @property
    def newest(self) -> str:
        """The latest field stamp; empty where there is no field."""
        return max((stamp for _, stamp in self.fields.values()), default="")

    @property
    def alive(self) -> bool:
        """An edit after a deletion brings the record back whole."""
        return self.deleted is None or self.newest > self.deleted


def decode(text: bytes) -> Record | None:
    """From a record's text; None when its stamps do not make sense: such a record is kept as it stands (opaque).

    ``t`` is the stamp of all fields that ``ft`` does not name; ``del`` of a deletion.
    """
    return _decoded_quickly(text) or _decoded(text)


def _decoded_quickly(text: bytes) -> Record | None:
    """What ``_decoded`` would give, where a JSON library gives the text back to the letter: then it loses nothing."""
    try:
        parsed = orjson.loads(text)
        if not is_everyday(parsed) or orjson.dumps(parsed, option=orjson.OPT_SORT_KEYS) != text:
            return None
    except (ValueError, TypeError, RecursionError):
        return None
    later, oldest, deleted = parsed.pop("ft", {}), parsed.pop("t"), parsed.pop("del", None)
    return Record({name: (dumps(value), later.get(name, oldest)) for name, value in parsed.items()}, deleted)


def _decoded(text: bytes) -> Record | None:
    try:
        pairs = members(text.decode())
        parts = dict(pairs)
        if len(parts) != len(pairs):
            return None
        later = {name: _stamp(value) for name, value in members(parts.get("ft", "{}"))}
        oldest = _stamp(parts["t"]) if "t" in parts else None
        deleted = _stamp(parts["del"]) if "del" in parts else None
    except ValueError:
        return None
    values = {name: value for name, value in parts.items() if name not in RESERVED}
    if not later.keys() <= values.keys() or (oldest is None and later.keys() != values.keys()):
        return None
    if not values and deleted is None:
        return None
    return Record({name: (canonical(value), later.get(name) or str(oldest)) for name, value in values.items()}, deleted)


def encode(record: Record) -> bytes:
    """The one canonical text of a record: ``t`` the oldest field stamp, ``ft`` the later ones alone."""
    parts = {name: value for name, (value, _) in record.fields.items()}
    if record.fields:
        oldest = min(stamp for _, stamp in record.fields.values())
        later = {name: stamp for name, (_, stamp) in record.fields.items() if stamp != oldest}
        parts["t"] = dumps(oldest)
        if later:
            parts["ft"] = dumps(later)
    if record.deleted is not None:
        parts["del"] = dumps(record.deleted)
    return ("{" + ",".join(f"{dumps(name)}:{parts[name]}" for name in sorted(parts)) + "}").encode()


def normal(text: bytes) -> bytes:
    """The canonical text of a record from any spelling of it."""
    return spelled(text)[0]


def spelled(text: bytes) -> tuple[bytes, bool]:
    """The canonical text of a record, and whether its stamps make sense."""
    try:
        parsed = orjson.loads(text)
        if is_everyday(parsed):
            spelling = orjson.dumps(parsed, option=orjson.OPT_SORT_KEYS)
            if spelling != text:
                plain(text.decode())
            return spelling, True
    except (ValueError, TypeError, RecursionError):
        pass  # Lossy, a lone surrogate, or nested deeply: kept as text
    record = decode(text)
    return (canonical(text.decode()).encode(), False) if record is None else (encode(record), True)


def is_everyday(record: object) -> bool:
    """Whether a parsed record has sound stamps in their one valid encoding (most do, and this is quickly told)."""
    if not isinstance(record, dict):
        return False
    oldest = record.get("t")
    if not is_stamp(oldest) or ("del" in record and not is_stamp(record["del"])):
        return False
    fields = len(record) - 1 - ("del" in record) - ("ft" in record)
    if "ft" not in record:
        return fields > 0
    later = record["ft"]
    return (
        isinstance(later, dict)
        and 0 < len(later) < fields
        and all(is_stamp(stamp) and stamp > oldest and name in record for name, stamp in later.items())
    )


def merge_records(a: Record, b: Record, *, book: bool = False) -> Record:
    """a ⊔ b: the later stamp of each field, a tie by the bytes of the value; the later deletion.

    In the book's own record ``format`` merges by maximum and the smaller store id stays.
    """
    fields = dict(a.fields)
    for name, theirs in b.fields.items():
        ours = fields.get(name)
        if ours is None:
            fields[name] = theirs
        elif book and name in ("format", "store"):
            values = (ours[0], theirs[0])
            value = max(values, key=_number) if name == "format" else min(values)
            fields[name] = (value, max(ours[1], theirs[1]))
        else:
            fields[name] = max(ours, theirs, key=_later)
    return Record(fields, max(filter(None, (a.deleted, b.deleted)), default=None))


def merge_texts(a: bytes, b: bytes, *, book: bool = False) -> bytes:
    """The merge of two canonical texts of one record. An opaque text yields to a stamped one; of two, the greater."""
    if a == b:
        return a
    ours, theirs = decode(a), decode(b)
    if ours is None or theirs is None:
        return max(a, b) if ours is theirs else (b if ours is None else a)
    return encode(merge_records(ours, theirs, book=book))


def merge(a: Document, b: Document) -> Document:
    """a ⊔ b of whole books (of one store id; joining two is the caller's decision). Inputs stay as they are."""
    if a.data == b.data:
        return a
    changes: dict[str, dict[str, bytes]] = {}
    for table, record, ours, theirs in differences(a, b):
        if theirs is not None:
            merged = theirs if ours is None else merge_texts(ours, theirs, book=(table, record) == BOOK)
            if merged != ours:
                changes.setdefault(table, {})[record] = merged
    opaque = {
        name: max(value, a.opaque.get(name, b""))
        for name, value in b.opaque.items()
        if name not in a.tables  # a table of records is worth more than somebody's loose value of that name
    }
    left = {name: value for name, value in a.opaque.items() if name not in b.tables}
    if len(left) != len(a.opaque):  # b has records where a had a loose value
        return Document.build({**_all(a), **_merged(a, changes)}, {**left, **opaque})
    return a.splice(changes, opaque)


def differences(a: Document, b: Document) -> Iterator[Difference]:
    """Every record that is not the same in both."""
    for table in {**dict.fromkeys(a.tables), **dict.fromkeys(b.tables)}:
        if not a.same(b, table):
            ours, theirs = a.lines(table), b.lines(table)
            same = ours & theirs
            mine, other = dict(map(split, ours - same)), dict(map(split, theirs - same))
            for record in sorted(mine.keys() | other.keys()):
                yield table, record, mine.get(record), other.get(record)


def _all(document: Document) -> dict[str, dict[str, bytes]]:
    return {table: document.records(table) for table in document.tables}


def _merged(a: Document, changes: dict[str, dict[str, bytes]]) -> dict[str, dict[str, bytes]]:
    return {table: {**a.records(table), **records} for table, records in changes.items()}


def _later(pair: tuple[str, str]) -> tuple[str, bytes]:
    value, stamp = pair
    return stamp, value.encode("utf-8", "surrogatepass")


def _number(text: str) -> tuple[int, str]:
    return (int(text), text) if text.isdecimal() and len(text) < 10 else (-1, text)


def _stamp(text: str) -> str:
    stamp = text[1:-1]
    if text[:1] != '"' or not is_stamp(stamp):
        raise ValueError(f"no stamp: {text}")
    return stamp
