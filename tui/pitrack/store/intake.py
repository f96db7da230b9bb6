"""Hand edits: what a person changed in the file with an editor, found as values that no stamp accounts for."""

from __future__ import annotations

from collections.abc import Iterator

from pitrack.core.changes import Json, Write
from pitrack.store.clock import is_stamp
from pitrack.store.document import Document
from pitrack.store.format import Found
from pitrack.store.jsontext import canonical, members
from pitrack.store.merge import BOOK, RESERVED, Record, decode, differences

_IDENTITY = ("store", "format")
"""Fields of the book's own record that say which book it is: never a person's edit."""


def hand_edits(found: Found, known: Document) -> tuple[Write, ...]:
    """The writes that a person made in ``found``, beside what this device knows.

    A value that differs under an equal stamp, or has no stamp, is an edit made now. What was taken out of the file is
    none: a stale file looks the same.
    """
    edits: dict[tuple[str, str], dict[str, Json]] = {}
    for table, record, text in (*_changed(found.document, known), *found.repeated):
        ours = known.get(table, record)
        fields = _edited(text, (ours and decode(ours)) or Record())
        if (table, record) == BOOK:
            fields = {name: value for name, value in fields.items() if name not in _IDENTITY}
        if fields:
            edits.setdefault((table, record), {}).update(fields)
    return tuple(Write(table, record, dict(fields)) for (table, record), fields in edits.items())


def _changed(found: Document, known: Document) -> Iterator[tuple[str, str, bytes]]:
    for table, record, text, _ours in differences(found, known):
        if text is not None:
            yield table, record, text


def _edited(text: bytes, ours: Record) -> dict[str, Json]:
    stamped = _stamped(text)
    if stamped is None:
        return {}
    under = {stamp for _, stamp in ours.fields.values()}
    edits = {}
    for name, (value, stamp) in stamped.items():
        mine = ours.fields.get(name)
        if stamp is None:
            edited = mine is None or mine[0] != value
        elif mine is None:
            edited = stamp in under  # a field put in under the stamp of its neighbours
        else:
            edited = mine[1] == stamp and mine[0] != value
        if edited:
            edits[name] = Json(value)
    return edits


def _stamped(text: bytes) -> dict[str, tuple[str, str | None]] | None:
    """Each field's text and stamp, None where it has none; None for what is no record, or whose stamps make no sense
    (it is kept as it stands). Of a field that stands twice the last counts, as for every reader of JSON."""
    try:
        parts = dict(members(text.decode()))
        later = dict(members(parts.get("ft", "{}")))
    except ValueError:
        return None
    given = [parts[name] for name in ("t", "del") if name in parts]
    if not all(is_stamp(stamp[1:-1]) for stamp in (*given, *later.values())):
        return None
    oldest = parts["t"][1:-1] if "t" in parts else None
    return {
        name: (canonical(value), later[name][1:-1] if name in later else oldest)
        for name, value in parts.items()
        if name not in RESERVED
    }
