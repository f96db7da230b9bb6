"""Hand edits: what a person changed in the file with an editor, found as values that no stamp accounts for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property

from pitrack.core.changes import Json, Write
from pitrack.store.clock import is_stamp
from pitrack.store.document import Document
from pitrack.store.format import Found
from pitrack.store.jsontext import canonical, dumps, members
from pitrack.store.log import Line
from pitrack.store.merge import BOOK, IDENTITY, RESERVED, Record, decode, differences
from pitrack.store.replay import finder

HAND = "hand"
"""The word of a change that a person made in the file."""

Field = tuple[str, str, str]
"""Table, id and name."""


class Past:
    """What fields held before this device changed them, by its log (which is read when it is asked for)."""

    def __init__(self, read: Callable[[], Iterable[Line]]) -> None:
        self._read = read

    @cached_property
    def _known(self) -> tuple[dict[tuple[Field, str], str], set[tuple[Field, str]]]:
        held: dict[tuple[Field, str], str] = {}
        typed: set[tuple[Field, str]] = set()
        for line in self._read():
            for write, before in zip(line.change.writes, line.before, strict=True):
                for name, found in before.fields.items():
                    field = (write.table, write.id, name)
                    if found is not None:
                        held[field, found[1]] = found[0]
                    if line.change.word == HAND and write.fields is not None:
                        typed.add((field, dumps(write.fields[name])))
        return held, typed

    def is_edited(self, field: Field, stamp: str, value: str) -> bool:
        """Whether a value stands by hand where another one stood under this stamp, and was not taken in yet."""
        held, typed = self._known
        return held.get((field, stamp), value) != value and (field, value) not in typed


_UNKNOWN = Past(tuple)


def hand_edits(found: Found, known: Document, past: Past = _UNKNOWN) -> tuple[Write, ...]:
    """The writes that a person made in ``found``, beside what this device knows.

    A value that differs under an equal stamp (that of now, or of before this device changed it), or has no stamp, is an
    edit made now. What was taken out of the file is none: a stale file looks the same.
    """
    edits: dict[tuple[str, str], dict[str, Json]] = {}
    for table, record, text, line in _suspects(found, known):
        ours = decode(line) if line else None
        fields = _unsound(text) if ours is None else _edited((table, record), text, ours, past)
        if (table, record) == BOOK and ours is not None:
            fields = {name: value for name, value in fields.items() if name not in IDENTITY}
        if fields:
            edits.setdefault((table, record), {}).update(fields)
    return tuple(Write(table, record, dict(fields)) for (table, record), fields in edits.items())


def unstamped(writes: Sequence[Write], known: Document) -> tuple[Write, ...]:
    """The writes that stamp, as they stand, those records without sound stamps that a change is about to write to."""
    find = finder(known, writes)
    found = {(write.table, write.id): find(write.table, write.id) for write in writes}
    loose = {record: _values(text) for record, text in found.items() if text and decode(text) is None}
    return tuple(Write(*record, fields) for record, fields in loose.items() if fields)


def _suspects(found: Found, known: Document) -> Iterator[tuple[str, str, bytes, bytes | None]]:
    """Table, id, text, and what this device knows, of every record that a person may have edited."""
    changed = set()
    for table, record, text, ours in differences(found.document, known):
        if text is not None:
            changed.add((table, record, text))
            yield table, record, text, ours
    for table, record, text in found.odd:
        if (table, record, text) not in changed:
            yield table, record, text, known.get(table, record)


def _unsound(text: bytes) -> dict[str, Json]:
    """The fields of a record that this device knows no other version of, where it has no stamps. Where it has sound
    ones it merges as it stands; where they make no sense it may be somebody else's, and is kept as it stands."""
    return {} if decode(text) is not None or any(name in _parts(text) for name in RESERVED) else _values(text)


def _edited(record: tuple[str, str], text: bytes, ours: Record, past: Past) -> dict[str, Json]:
    under = {stamp for _, stamp in ours.fields.values()}
    edits = {}
    for name, (value, stamp) in _stamped(text).items():
        mine = ours.fields.get(name)
        if stamp is None:
            edited = mine is None or mine[0] != value
        elif mine is None:
            edited = stamp in under  # a field put in under the stamp of its neighbours
        elif mine[1] == stamp:
            edited = mine[0] != value
        else:
            edited = mine[1] > stamp and mine[0] != value and past.is_edited((*record, name), stamp, value)
        if edited:
            edits[name] = Json(value)
    return edits


def _stamped(text: bytes) -> dict[str, tuple[str, str | None]]:
    """Each field's text and stamp, None where it has none that makes sense."""
    parts = _parts(text)
    oldest = _sound(parts.get("t"))
    later = _parts(parts.get("ft", "").encode())
    return {name: (value, _sound(later[name]) if name in later else oldest) for name, value in _values(text).items()}


def _values(text: bytes) -> dict[str, Json]:
    """The fields of a record; none for what is no record."""
    return {name: Json(canonical(value)) for name, value in _parts(text).items() if name not in RESERVED}


def _parts(text: bytes) -> dict[str, str]:
    """What an object holds; of a name that stands twice the last counts, as for every reader of JSON."""
    try:
        return dict(members(text.decode()))
    except ValueError:
        return {}


def _sound(stamp: str | None) -> str | None:
    return stamp[1:-1] if stamp is not None and is_stamp(stamp[1:-1]) else None
