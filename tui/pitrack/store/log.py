"""The change log: append-only and fsynced, the place where a change is confirmed and from which undo comes."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from pitrack.core.changes import Change, Json, Value, Write
from pitrack.store.clock import BOTTOM, is_stamp
from pitrack.store.files import NEW_MODE, replace, sync

MANY = 1000
"""Writes from which on they are packed: an import of ten years stays far below what the log may hold."""

JOIN = "join"
"""The word of the change by which two books became one; no undo takes them apart again."""


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

    def under(self, write: Write) -> str:
        """The stamp that the values of one of its writes bear; what it deleted bears its own."""
        return write.under or self.stamp


class Position(NamedTuple):
    """How far the log was read: in which file (its inode) and up to which byte."""

    inode: int = 0
    offset: int = 0


class Log:
    """The log of one book on one device. Callers hold the book's lock while they append or trim."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def append(self, line: Line) -> Position:
        """Write a line through to the disk; returns the log's new end. Raises OSError with the log as it was."""
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
            return Position(os.fstat(handle).st_ino, end + len(data))
        finally:
            os.close(handle)

    def read(self, since: Position | None = None) -> tuple[list[Line], Position]:
        """The lines after a position (all of them without one, or where the log is another file by now: merging them
        again changes nothing), and where the next will begin. A torn last line was never confirmed and does not
        count; a damaged one is passed over."""
        try:
            with self.path.open("rb") as file:
                now = os.fstat(file.fileno())
                start = since.offset if since and since.inode == now.st_ino and since.offset <= now.st_size else 0
                file.seek(start)
                data = file.read()
        except FileNotFoundError:
            return [], Position()
        whole = data.rfind(b"\n") + 1
        lines = (_decode(text) for text in data[:whole].splitlines())
        return [line for line in lines if line is not None], Position(now.st_ino, start + whole)

    def end(self) -> Position:
        """Where the file ends."""
        try:
            now = self.path.stat()
        except FileNotFoundError:
            return Position()
        return Position(now.st_ino, now.st_size)

    def damaged(self) -> int:
        """How many whole lines cannot be read."""
        try:
            lines = self.path.read_bytes().split(b"\n")[:-1]
        except FileNotFoundError:
            return 0
        return sum(_decode(line) is None for line in lines)

    def trim(self, limit: int) -> Position | None:
        """Drop the oldest lines of a log longer than ``limit`` bytes, down to a half, and never the last; its new end
        where it did.

        Only once the base holds them: what goes is the oldest undo. Raises OSError."""
        try:
            data = self.path.read_bytes()
        except FileNotFoundError:
            return None
        if len(data) <= limit:
            return None
        whole = data[: data.rfind(b"\n") + 1]  # what follows was torn by a crash
        last = whole.rfind(b"\n", 0, -1) + 1
        start = min(last, whole.find(b"\n", len(whole) - limit // 2) + 1) if len(whole) > limit else 0
        if whole[start:] == data:
            return None
        version = replace(self.path, whole[start:])
        return Position(version.inode, len(whole) - start)


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
    }
    writes = [_encode_write(write, before) for write, before in zip(change.writes, line.before, strict=True)]
    if len(writes) < MANY:
        parts["e"] = writes
    else:
        parts["z"] = _packed(writes)
    if change.day:
        parts["d"] = change.day.isoformat()
    if line.undoes:
        parts["u"] = line.undoes
    if line.redoes:
        parts["r"] = line.redoes
    return orjson.dumps(parts) + b"\n"


def _encode_write(write: Write, before: Before) -> list[Any]:
    """Table, id, fields, what was found, whether it was alive; then, where there are, the fields whose text counts,
    and the stamp that the values bear."""
    texts = {name: str(value) for name, value in (write.fields or {}).items() if isinstance(value, Json)}
    fields = write.fields and {name: value for name, value in write.fields.items() if name not in texts}
    return [write.table, write.id, fields, before.fields, before.alive, *_told(texts, write.under)]


def _told(texts: dict[str, str], under: str) -> list[Any]:
    return [texts, under] if under else [texts] if texts else []


def _decode(text: bytes) -> Line | None:
    try:
        parts = orjson.loads(text)
        writes, before = [], []
        # "b" stands in lines of an earlier version: all of their values bear the bottom stamp.
        derived = BOTTOM if "b" in parts else ""
        for table, record, fields, found, alive, *told in parts["e"] if "e" in parts else _unpacked(parts["z"]):
            texts = told[0] if told else {}
            writes.append(Write(table, record, _fields(fields, texts), told[1] if len(told) > 1 else derived))
            before.append(Before({name: tuple(value) if value else None for name, value in found.items()}, alive))
        day = dt.date.fromisoformat(parts["d"]) if "d" in parts else None
        change = Change(parts["w"], tuple(writes), parts["n"], day)
        line = Line(parts["s"], change, tuple(before), parts.get("u", ""), parts.get("r", ""))
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return line if is_stamp(line.stamp) else None


def _packed(writes: list[Any]) -> str:
    import zlib  # here: few changes are that large
    from base64 import b64encode

    return b64encode(zlib.compress(orjson.dumps(writes), 3)).decode()


def _unpacked(text: str) -> Any:
    """Raises ValueError."""
    import zlib
    from base64 import b64decode

    try:
        return orjson.loads(zlib.decompress(b64decode(text)))
    except zlib.error as error:
        raise ValueError(str(error)) from error


def _fields(values: dict[str, Value] | None, texts: Mapping[str, str]) -> dict[str, Value] | None:
    return values if not texts else {**(values or {}), **{name: Json(text) for name, text in texts.items()}}
