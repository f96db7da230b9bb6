"""A device for the state machine: a folder that a service syncs, a state of its own, a clock that may be wrong, and a
memory of what was confirmed to its user, kept apart from the store's own."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import count
from pathlib import Path
from typing import TypeVar

from pitrack.store.book import Book
from pitrack.store.device import Device as Identity
from pitrack.store.document import Document
from pitrack.store.format import Unreadable, book_record, read
from pitrack.store.jsontext import dumps
from pitrack.store.log import Log, Position
from pitrack.store.merge import Record, merge
from pitrack.store.merge import decode as _decode

NAME = "pitrack.json"
Key = tuple[str, str, str]
"""Table, id and field; no field where it is about the record's deletion."""

T = TypeVar("T")
_moments = count(1_700_000_000_000_000_000, 1_000_000)

decode = cache(_decode)


class Device:
    """One device. ``book`` is what is open; ``confirmed`` the latest value and stamp that its user was promised of
    every field; ``held`` all that any process of it ever knew."""

    def __init__(self, number: int, root: Path, now: Callable[[], int]) -> None:
        self.number = number
        self.folder = root / f"device{number}"
        self.state = root / f"state{number}"
        self.path = self.folder / NAME
        self.offset = 0
        self._now = now
        self.folder.mkdir()
        self.id = _named(self.state, "abc"[number] * 8)
        self.confirmed: dict[Key, tuple[str, str]] = {}
        self.reached: set[tuple[Key, str]] = set()
        """What of it was in another device's hands."""
        self.held: Document | None = None
        self.seen: Document | None = None
        self.made: bytes | None = None
        """What others put in the book's place last."""
        self.synced: bytes | None = None
        """What the cloud and this device had in common last."""
        self._read_to: Position | None = None
        self.book: Book

    def wall(self) -> int:
        return self._now() + self.offset

    # The file

    @property
    def data(self) -> bytes | None:
        return self.path.read_bytes() if self.path.exists() else None

    @property
    def document(self) -> Document | None:
        """What the file holds, if this version can read it."""
        return readable(self.data)

    def put(self, data: bytes | None, name: str = NAME) -> None:
        """What a service or a person does to a file: replace it, write it in place, or take it away."""
        path, moment = self.folder / name, next(_moments)
        if name == NAME:
            self.made = data
        if data is None:
            path.unlink(missing_ok=True)
            return
        if moment // 1_000_000 % 2 or not path.exists():
            temporary = self.folder / ".service.tmp"
            temporary.write_bytes(data)
            temporary.replace(path)
        else:
            path.write_bytes(data)
        os.utime(path, ns=(moment, moment))

    def copies(self) -> dict[str, bytes]:
        """The files beside the book."""
        paths = sorted(path for path in self.folder.glob("pitrack*") if path.name != NAME)
        return {path.name: path.read_bytes() for path in paths}

    def tree(self) -> dict[str, tuple[bytes, int, int]]:
        """All that a sync client would look at: bytes, inode and mtime of every file."""
        return {
            path.name: (path.read_bytes(), path.stat().st_ino, path.stat().st_mtime_ns)
            for path in sorted(self.folder.iterdir())
        }

    # The book

    def opened(self) -> Book:
        return Book.open(self.path, state=self.state, patience=0, wall=self.wall)

    def open(self) -> None:
        """Start anew: what any process knew before is known again."""
        self.book = self._reading(self.opened)
        self.seen = self.held
        self.check()

    def refresh(self) -> None:
        self._reading(self.book.refresh)
        self.check()

    def save(self, *, heal: bool = False) -> None:
        before = self.data
        self.book.save(heal=heal)
        behind = self.book.status.behind
        if behind is not None:
            assert self.data == before, behind
        else:
            document = self.document  # a layout of somebody else's is no reason to write
            assert document is not None
            assert document.data == self.book.data
        self.check()

    def _reading(self, what: Callable[[], T]) -> T:
        before = self.tree()
        result = what()
        assert self.tree() == before
        return result

    def check(self, book: Book | None = None) -> None:
        """All that must be so after every step."""
        main = book is None
        book = book or self.book
        state, old = Document(book.data), (self.seen if main else self.held)
        for stamp, key, value in self._promises(book):
            if stamp > self.confirmed.get(key, ("", ""))[1]:
                self.confirmed[key] = (value, stamp)
        self._holds_what_it_promised(state)
        if old is not None:
            assert merge(old, state).data == state.data
            self._tells_what_it_lost(book, old, state)
        if main:
            self.seen = state
        self.held = state if self.held is None else merge(self.held, state)
        data = self.data
        assert data == self.made or (data is not None and read(data).data == data)

    def _promises(self, book: Book) -> Iterator[tuple[str, Key, str]]:
        lines, self._read_to = Log(book.replica.log.path).read(self._read_to)
        for line in lines:
            for write in line.change.writes:
                if write.fields is None:
                    yield line.stamp, (write.table, write.id, ""), ""
                for name, value in (write.fields or {}).items():
                    yield line.stamp, (write.table, write.id, name), dumps(value)

    def _holds_what_it_promised(self, state: Document) -> None:
        for (table, record, field), (value, stamp) in self.confirmed.items():
            now = record_of(state, table, record)
            if not field:
                assert (now.deleted or "") >= stamp
            else:
                assert now.fields[field][1] >= stamp
                assert now.fields[field] == (value, now.fields[field][1]) or now.fields[field][1] > stamp

    def _tells_what_it_lost(self, book: Book, old: Document, state: Document) -> None:
        """A value of this device that nobody else ever had is in the history when it loses."""
        told: set[tuple[Key, str, str]] | None = None
        for key, (value, stamp) in self.confirmed.items():
            if (key, stamp) in self.reached or not self._lost(key, value, stamp, old, state):
                continue
            if told is None:
                told = {
                    ((loss.table, loss.id, loss.field), loss.value, loss.stamp) for loss in book.replica.history.read()
                }
            assert (key, value, stamp) in told

    def _lost(self, key: Key, value: str, stamp: str, old: Document, state: Document) -> bool:
        table, record, field = key
        before, now = record_of(old, table, record), record_of(state, table, record)
        if not field:
            return before.deleted == stamp and not before.alive and now.alive and self._is_foreign(now.newest)
        if before.fields.get(field) != (value, stamp):
            return False
        other, by = now.fields[field]
        if other != value:
            return self._is_foreign(by)
        deleted_here = self.confirmed.get((table, record, ""), ("", ""))[1] > stamp
        return before.alive and not now.alive and self._is_foreign(now.deleted or "") and not deleted_here

    def _is_foreign(self, stamp: str) -> bool:
        return stamp[-8:] != self.id

    def has_reached(self, others: Iterable[Document]) -> None:
        """Note what of this device's values others have."""
        for other in others:
            for (table, record, field), (_, stamp) in self.confirmed.items():
                there = record_of(other, table, record)
                if (there.fields[field][1] if field in there.fields else there.deleted if not field else "") == stamp:
                    self.reached.add(((table, record, field), stamp))


def record_of(document: Document, table: str, record: str) -> Record:
    text = document.get(table, record)
    return (text and decode(text)) or Record()


def readable(data: bytes | None) -> Document | None:
    """The document of bytes that are a book of this version's format."""
    try:
        document = read(data or b"")
    except Unreadable:
        return None
    return document if book_record(document)["format"] == 1 else None


def _named(state: Path, wanted: str) -> str:
    """Give the device an id that is the same in every run."""
    path = state / "device"
    made = Identity(state).id
    with path.open("r+b") as file:  # in place, as the inode is part of what it is known by
        text = file.read().replace(made.encode(), wanted.encode())
        file.seek(0)
        file.write(text)
    assert Identity(state).id == wanted
    return wanted
