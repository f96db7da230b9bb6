"""Many entries at once: one change, which is made whole or not at all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from pitrack.core.changes import Change, Write
from pitrack.core.model import Entry
from pitrack.store import fields as of
from pitrack.store.edits.assets import add_asset
from pitrack.store.edits.ledger import add_entry
from pitrack.store.edits.parts import difference, known, maybe
from pitrack.store.errors import BookError
from pitrack.store.snapshot import BookSnapshot

COPIED = ("kind", "gross", "currency", "stream", "fee", "withheld", "units", "note", "tags", "asset")
"""What booking an entry once more takes over; what tells when it was paid is its own."""


def edit_entries(
    snap: BookSnapshot,
    entries: Collection[str],
    *,
    add_tags: Iterable[str] = (),
    remove_tags: Iterable[str] = (),
    **given: Any,
) -> Change:
    """Set the given fields of all these entries alike, and add and take away tags; what is alike already is left as
    it is. BookError with ``entry``, an id, where one cannot be."""
    maybe(snap.streams, "stream", given.get("stream"))
    maybe(snap.assets, "asset", given.get("asset"))
    more, less = tuple(add_tags), frozenset(remove_tags)
    writes: list[Write] = []
    for entry in _all(snap, entries):
        kept = [tag for tag in entry.tags if tag not in less]
        edited = entry._replace(**given, tags=(*kept, *(tag for tag in more if tag not in kept)))
        try:
            writes += difference("entries", entry.id, of.of_entry(entry), of.of_entry(edited))
        except BookError as error:
            raise BookError(error.code, **{**error.details, "entry": entry.id}) from error
    return _change(snap, "edit", writes)


def clear_entries(snap: BookSnapshot, entries: Collection[str]) -> Change:
    """What is pending among these entries is cleared; void ones stay void."""
    pending = [entry.id for entry in _all(snap, entries) if entry.status == "pending"]
    return edit_entries(snap, pending, status="cleared")


def delete_entries(snap: BookSnapshot, entries: Collection[str]) -> Change:
    """Take entries away; undo brings them back."""
    return _change(snap, "delete", [Write("entries", entry.id, None) for entry in _all(snap, entries)])


def copy_entries(snap: BookSnapshot, entries: Collection[str], day: dt.date) -> Change:
    """Book these entries once more, on another day; oldest first, as they were booked. A stream or an asset that is
    gone is not taken over."""
    writes: list[Write] = []
    for entry in _all(snap, entries):
        copied = {name: getattr(entry, name) for name in COPIED}
        if entry.stream not in snap.streams:
            copied["stream"] = None
        if entry.asset not in snap.assets:
            copied["asset"] = None
        try:
            writes += add_entry(snap, day=day, **copied).writes
        except BookError as error:
            raise BookError(error.code, **{**error.details, "entry": entry.id}) from error
    return _change(snap, "copy", writes, day)


def attach_entries(snap: BookSnapshot, entries: Collection[str], name: str, **given: Any) -> Change:
    """A new asset, and these entries as what it earned. Optional: what an asset may be given."""
    made = add_asset(snap, name, **given)
    writes = [Write("entries", entry.id, {"asset": made.writes[0].id}) for entry in _all(snap, entries)]
    return made._replace(writes=(*made.writes, *writes))


def _all(snap: BookSnapshot, entries: Collection[str]) -> list[Entry]:
    """The entries of these ids, in the order of the book; BookError("unknown") where one is gone."""
    wanted = frozenset(entries)
    found = [entry for entry in snap.entries if entry.id in wanted]
    if len(found) < len(wanted):
        there: Mapping[str, Entry] = {entry.id: entry for entry in found}
        for entry_id in entries:
            known(there, "entry", entry_id)
    return found


def _change(snap: BookSnapshot, verb: str, writes: list[Write], day: dt.date | None = None) -> Change:
    """One entry is told by the name of its stream, several by how many they are."""
    count = len({write.id for write in writes})
    if count != 1:
        return Change(f"entries.{verb}", tuple(writes), str(count), day)
    entry = next((entry for entry in snap.entries if entry.id == writes[0].id), None)
    if entry is None:
        fields = writes[0].fields or {}
        stream, word = fields.get("stream"), {"income": "earn", "expense": "spend"}.get(str(fields["kind"]), "refund")
    else:
        stream, word, day = entry.stream, f"entry.{verb}", entry.day
    named = snap.streams.get(str(stream))
    return Change(word, tuple(writes), named.name if named else "", day)
