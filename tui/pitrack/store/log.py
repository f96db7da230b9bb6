"""The change log: append-only and fsynced, the place where a change is confirmed and from which undo comes."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from pitrack.core.changes import Change, Write
from pitrack.store.clock import is_stamp
from pitrack.store.files import NEW_MODE, sync


class Before(NamedTuple):
    """What one write found: each field's text and stamp (None where it was never set), and whether it was alive."""

    fields: Mapping[str, tuple[str, str] | None]
    alive: bool


class Line(NamedTuple):
    """One confirmed change: its stamp, what the user did, and what each write found.

    ``undoes`` / ``redoes`` name the stamp of the change that this one reverted or did again.
    """

    stamp: str
    change: Change
    before: tuple[Before, ...]
    undoes: str = ""
    redoes: str = ""


class Log:
    """The log of one book on one device. Callers hold the book's lock while they append."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def size(self) -> int:
        """Bytes of the log; 0 while there is none."""
        try:
            return self.path.stat().st_size
        except FileNotFoundError:
            return 0

    def append(self, line: Line) -> int:
        """Write a line through to the disk; returns the log's new size. Raises OSError with the log as it was."""
        data = _encode(line)
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), NEW_MODE)
        try:
            end = _whole(handle)
            os.lseek(handle, end, os.SEEK_SET)
            try:
                written = 0
                while written < len(data):
                    written += os.write(handle, data[written:])
                sync(handle)
            except OSError:
                os.ftruncate(handle, end)
                raise
            os.ftruncate(handle, end + len(data))
        finally:
            os.close(handle)
        return end + len(data)

    def read(self, start: int = 0) -> tuple[list[Line], int]:
        """The lines from byte ``start`` on, and where the next will begin. A torn last line was never confirmed and
        does not count; a damaged one is passed over."""
        if self.size < start:  # replaced from outside: merging it all again changes nothing that stands
            start = 0
        try:
            with self.path.open("rb") as file:
                file.seek(start)
                data = file.read()
        except FileNotFoundError:
            return [], 0
        whole = data.rfind(b"\n") + 1
        lines = (_decode(text) for text in data[:whole].splitlines())
        return [line for line in lines if line is not None], start + whole


def _whole(handle: int) -> int:
    """Where the last complete line ends; what follows was torn by a crash."""
    end = os.lseek(handle, 0, os.SEEK_END)
    step = 4096
    at = end
    while at > 0:
        start = max(0, at - step)
        os.lseek(handle, start, os.SEEK_SET)
        found = os.read(handle, at - start).rfind(b"\n")
        if found >= 0:
            return start + found + 1
        at = start
    return 0


def _encode(line: Line) -> bytes:
    change = line.change
    parts: dict[str, Any] = {
        "s": line.stamp,
        "w": change.word,
        "n": change.subject,
        "e": [
            [write.table, write.id, write.fields, before.fields, before.alive]
            for write, before in zip(change.writes, line.before, strict=True)
        ],
    }
    if change.day:
        parts["d"] = change.day.isoformat()
    if line.undoes:
        parts["u"] = line.undoes
    if line.redoes:
        parts["r"] = line.redoes
    return orjson.dumps(parts) + b"\n"


def _decode(text: bytes) -> Line | None:
    try:
        parts = orjson.loads(text)
        writes, before = [], []
        for table, record, fields, found, alive in parts["e"]:
            writes.append(Write(table, record, fields))
            before.append(Before({name: tuple(value) if value else None for name, value in found.items()}, alive))
        day = dt.date.fromisoformat(parts["d"]) if "d" in parts else None
        change = Change(parts["w"], tuple(writes), parts["n"], day)
        line = Line(parts["s"], change, tuple(before), parts.get("u", ""), parts.get("r", ""))
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return line if is_stamp(line.stamp) else None
