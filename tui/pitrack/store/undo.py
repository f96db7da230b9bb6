"""Undo and redo, from the log: a new change that puts back what an earlier one wrote, where that still stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from pitrack.core.changes import Change, Json, Write
from pitrack.store.document import Document
from pitrack.store.log import JOIN, Before, Line
from pitrack.store.merge import Record, decode
from pitrack.store.replay import finder

Way = Literal["undo", "redo"]
FIELDWISE = ("checkins", "reviews")
"""Tables whose records are never deleted, for each field of them stands for itself."""


class Reverted(NamedTuple):
    """What was undone or done again; ``kept`` names the fields left alone because another edit came after."""

    word: str
    subject: str
    day: dt.date | None
    kept: tuple[str, ...] = ()


class Journal:
    """The log as undo sees it: what can be undone and done again, and whose value a field really holds."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = {line.stamp: line for line in lines}
        self._found: dict[str, dict[tuple[str, str], Before]] = {}
        self._done: list[Line] = []
        self._undone: list[Line] = []
        for line in lines:
            self._file(line)

    def _file(self, line: Line) -> None:
        """Undoing pops a change and keeps it for redo; a redo is a change again; any other change ends redo.

        An undo or redo carries the word of the change it is about, so that reverting it reads the same.
        """
        if line.change.word == JOIN:
            return  # two books that became one stay one: there is no taking them apart again
        if line.undoes:
            if self._done:
                self._undone.append(_named_as(line, self._done.pop()))
        elif line.redoes:
            if self._undone:
                self._done.append(_named_as(line, self._undone.pop()))
        else:
            self._done.append(line)
            self._undone.clear()

    def next(self, way: Way) -> Line | None:
        """The line to revert: the newest change that stands ("undo"), or the newest undo since ("redo")."""
        lines = self._done if way == "undo" else self._undone
        return lines[-1] if lines else None

    def reversal(self, target: Line, state: Document, way: Way) -> tuple[Change, Reverted]:
        """The change that reverts ``target``, touching only fields that still hold what it wrote."""
        writes: list[Write] = []
        kept: list[str] = []
        find = finder(state, target.change.writes)
        for write, before in zip(target.change.writes, target.before, strict=True):
            text = find(write.table, write.id)
            now = decode(text) if text else None
            if now is not None:
                back, left = self._revert(target, write, before, now)
                kept += left
                if back is not None:
                    writes.append(back)
        change = target.change
        return (
            Change(way, tuple(writes), change.subject, change.day),
            Reverted(change.word, change.subject, change.day, tuple(kept)),
        )

    def _revert(self, target: Line, write: Write, before: Before, now: Record) -> tuple[Write | None, list[str]]:
        if write.fields is None:
            is_its_work = before.alive and now.deleted == target.stamp and not now.alive
            return _revive(write, now) if is_its_work else None, []
        origins = {name: self._origin(stamp, write, name) for name, (_, stamp) in now.fields.items()}
        if not before.alive and write.table not in FIELDWISE:
            # It made the record: take it away whole, or leave it whole.
            later = [name for name, origin in origins.items() if origin > target.stamp]
            return (None if later else Write(write.table, write.id, None)), later
        ours = [name for name in write.fields if origins.get(name) == self._origin(target.under(write), write, name)]
        fields = {name: _value(before.fields[name]) for name in ours}
        return (Write(write.table, write.id, fields) if fields else None), [n for n in write.fields if n not in ours]

    def _origin(self, stamp: str, write: Write, field: str) -> str:
        """The stamp of the edit that first wrote the value which a field bears under ``stamp``: an undo or redo only
        puts back the value that its target had found. Empty where the field was never set."""
        while (line := self._lines.get(stamp)) and (link := line.undoes or line.redoes):
            target = self._lines.get(link)
            places = [self._before(one, write) for one in (target, line) if one is not None]
            found = next((place[field] for place in places if place and field in place), None)
            if found is None:
                return ""
            stamp = found[1]
        return stamp

    def _before(self, line: Line, of: Write) -> Mapping[str, tuple[str, str] | None] | None:
        """What a line found in a record that it wrote to."""
        if line.stamp not in self._found:
            pairs = zip(line.change.writes, line.before, strict=True)
            self._found[line.stamp] = {(write.table, write.id): before for write, before in reversed(list(pairs))}
        before = self._found[line.stamp].get((of.table, of.id))
        return before.fields if before else None


def _named_as(line: Line, original: Line) -> Line:
    change = Change(original.change.word, line.change.writes, original.change.subject, original.change.day)
    return line._replace(change=change)


def _revive(write: Write, now: Record) -> Write | None:
    """A deleted record comes back whole with the first edit that is later than its deletion."""
    for name in sorted(now.fields):
        return Write(write.table, write.id, {name: Json(now.fields[name][0])})
    return None


def _value(found: tuple[str, str] | None) -> Json | None:
    return Json(found[0]) if found else None
