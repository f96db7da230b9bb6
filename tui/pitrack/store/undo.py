"""Undo and redo, from the log: a new change that puts back what an earlier one wrote, where that still stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import orjson

from pitrack.core.changes import Change, Value, Write
from pitrack.store.document import Document
from pitrack.store.log import Before, Line
from pitrack.store.merge import Record, decode


@dataclass(frozen=True, slots=True)
class Reverted:
    """What was undone or done again; ``kept`` names the fields left alone because another edit came after."""

    word: str
    subject: str
    day: dt.date | None
    kept: tuple[str, ...] = ()


def next_undo(lines: Sequence[Line]) -> Line | None:
    """The newest change of the log that is not undone: a plain one, or a redo."""
    stacks = _stacks(lines)
    return stacks[0][-1] if stacks[0] else None


def next_redo(lines: Sequence[Line]) -> Line | None:
    """The newest undo with no change of another kind after it."""
    stacks = _stacks(lines)
    return stacks[1][-1] if stacks[1] else None


def reversal(target: Line, state: Document, way: str) -> tuple[Change, Reverted]:
    """The change that reverts ``target`` (an ordinary line, a redo, or an undo), touching only fields that still bear
    its stamp."""
    writes: list[Write] = []
    kept: list[str] = []
    for write, before in zip(target.change.writes, target.before, strict=True):
        text = state.get(write.table, write.id)
        now = decode(text) if text else None
        if now is not None:
            back, left = _revert_write(write, before, now, target.stamp)
            kept += left
            if back is not None:
                writes.append(back)
    change = target.change
    return (
        Change(way, tuple(writes), change.subject, change.day),
        Reverted(change.word, change.subject, change.day, tuple(kept)),
    )


def _stacks(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """What can be undone and what can be done again, each with the next one last.

    Undoing pops a change and keeps it for redo; a redo is a change again; any other change clears what was undone.
    A redo's line carries the original change's word, so that undoing it reads the same.
    """
    done: list[Line] = []
    undone: list[Line] = []
    for line in lines:
        if line.undoes:
            if done:
                original = done.pop()
                undone.append(_renamed(line, original))
        elif line.redoes:
            if undone:
                done.append(_renamed(line, undone.pop()))
        else:
            done.append(line)
            undone.clear()
    return done, undone


def _renamed(line: Line, original: Line) -> Line:
    change = Change(original.change.word, line.change.writes, original.change.subject, original.change.day)
    return Line(line.stamp, change, line.before, line.undoes, line.redoes)


def _revert_write(write: Write, before: Before, now: Record, stamp: str) -> tuple[Write | None, list[str]]:
    if write.fields is None:
        return _revive(write, now) if now.deleted == stamp and not now.alive else None, []
    ours = [name for name in write.fields if name in now.fields and now.fields[name][1] == stamp]
    left = [name for name in write.fields if name not in ours]
    if not before.alive and write.table != "checkins":  # it made the record: take it away whole, or leave it whole
        later = [name for name, (_, found) in now.fields.items() if found > stamp]
        return (None if later else Write(write.table, write.id, None)), later
    fields = {name: _value(before.fields[name]) for name in ours}
    return (Write(write.table, write.id, fields) if fields else None), left


def _revive(write: Write, now: Record) -> Write | None:
    """A deleted record comes back whole with the first edit that is later than its deletion."""
    for name in sorted(now.fields):
        return Write(write.table, write.id, {name: orjson.loads(now.fields[name][0])})
    return None


def _value(found: tuple[str, str] | None) -> Value:
    value: Value = orjson.loads(found[0]) if found else None
    return value
