"""Conflict copies: the versions of a book that sync services leave beside it, found by content and put away.

Their names differ by service, language and version, so a name only makes a file a candidate; that it holds our book
makes it a copy. Nothing is ever written into one.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import orjson

from pitrack.store import files
from pitrack.store.files import Version
from pitrack.store.format import FORMAT, Found, Unreadable, book_record, examine, store_of

_SERVICES = r"""
    \.sync-conflict-\d{8}-\d{6}(-[A-Z0-9]+)?\..*     # Syncthing
  | .*\(.*conflicted\ copy.*\).*                     # Dropbox, Nextcloud, ownCloud
  | .*\(SFConflict\ .*\).*                           # Seafile
  | .*\.\.path[12](\..*)?                            # rclone bisync
  | .*\.conflict\d+(\..*)?                           # rclone bisync, newer
  | .*\.json\.path[12]                               # rclone bisync with a suffix of its own
  | .*\(conflict(\ \#\d+)?_on_.*\).*                 # Unison
"""
"""What a service appends to the stem of a name when the other version is safe: such a copy may be moved away. Compiled
where it is used: few books ever have a copy beside them."""

MOST_QUARANTINED = 50


class Copy(NamedTuple):
    """A file beside the book that holds a version of it."""

    path: Path
    version: Version
    found: Found

    @property
    def store(self) -> str:
        return store_of(self.found.document)


class Stray(NamedTuple):
    """A file named like the book that is no usable copy: ``reason`` is a code ("unreadable", "newer", "too-large",
    or the system's words)."""

    path: Path
    reason: str


class Seen(NamedTuple):
    """What is remembered of a file beside the book: the version that was read, the id of the book that it holds (empty:
    none), whether it was absorbed, and why it is no usable copy where it looks like one."""

    inode: int
    size: int
    mtime_ns: int
    store: str = ""
    absorbed: bool = False
    reason: str = ""

    def is_still(self, now: os.stat_result) -> bool:
        return self[:3] == _still(now)


class CopyMemory:
    """Which files beside a book were read already, by name, and the quarantine of those that were absorbed."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "copies.json"
        self.quarantine = folder / "quarantine"

    @cached_property
    def seen(self) -> dict[str, Seen]:
        """What is remembered, by the file's name."""
        return _remembered(self._path)

    def fresh(self, book: Path, store: str) -> list[Copy]:
        """The copies of a book beside it that were not absorbed yet. What was read before is not read again."""
        copies = []
        for path, now in candidates(book):
            known = self.seen.get(path.name)
            if known and known.is_still(now) and (known.absorbed or known.store != store):
                continue
            found = inspect(path)
            if isinstance(found, Stray):
                self.seen[path.name] = Seen(*_still(now), reason=found.reason)
            else:
                self.seen[path.name] = Seen(*found.version[:3], found.store)
                if found.store == store:
                    copies.append(found)
        return copies

    def absorbed(self, copy: Copy) -> None:
        """Remember that a copy is part of the book now."""
        self.seen[copy.path.name] = Seen(*copy.version[:3], copy.store, absorbed=True)

    def is_news(self, book: Path) -> bool:
        """Whether there is a file beside the book that was not read yet."""
        return any(
            (known := self.seen.get(path.name)) is None or not known.is_still(now) for path, now in candidates(book)
        )

    def lying(self, book: Path) -> tuple[Path, ...]:
        """The copies that are part of the book by now and still lie beside it."""
        names = sorted(name for name, known in self.seen.items() if known.absorbed)
        return tuple(path for name in names if os.path.lexists(path := book.parent / name))

    def strays(self, book: Path) -> tuple[Path, ...]:
        """The files beside it that look like copies and cannot be used."""
        names = sorted(name for name, known in self.seen.items() if known.reason)
        return tuple(path for name in names if os.path.lexists(path := book.parent / name))

    def settle(self, book: Path) -> bool:
        """Move the absorbed copies away whose names allow it, forget what is gone, and remember the rest; whether any
        file was moved. What cannot be moved stays and is remembered."""
        moved = False
        for name, known in list(self.seen.items()):
            path = book.parent / name
            if known.absorbed and is_tame(book, name):
                moved = self._put_away(path) or moved
            if not os.path.lexists(path):
                del self.seen[name]
        self.save()
        return moved

    def is_due(self, book: Path) -> bool:
        """Whether an absorbed copy waits to be moved away."""
        return any(is_tame(book, path.name) for path in self.lying(book))

    def save(self) -> None:
        """Keep what is known; failing to costs another reading, no more."""
        if self.seen != _remembered(self._path):
            try:
                files.replace(
                    self._path, orjson.dumps({name: list(known) for name, known in self.seen.items()}), durable=False
                )
            except OSError:
                return

    def _put_away(self, path: Path) -> bool:
        """Move a file to the quarantine if it is still the version that was absorbed."""
        try:
            data, now = _open(path)
            if not self.seen[path.name].is_still(now):
                return False
            files.private_folder(self.quarantine)
            files.replace(self.quarantine / f"{files.digest(data)[:8]}-{path.name}", data)
            path.unlink()
            for old in sorted(self.quarantine.iterdir(), key=lambda one: one.stat().st_mtime)[:-MOST_QUARANTINED]:
                old.unlink()
        except OSError:
            return False
        return True


def candidates(book: Path) -> Iterator[tuple[Path, os.stat_result]]:
    """Regular files beside the book whose names begin with its stem; links are not followed."""
    try:
        with os.scandir(book.parent) as entries:
            found = [entry for entry in entries if entry.name.startswith(book.stem) and entry.name != book.name]
    except OSError:
        return
    for entry in sorted(found, key=lambda one: one.name):
        try:
            now = entry.stat(follow_symlinks=False)
        except OSError:
            continue
        if stat.S_ISREG(now.st_mode):
            yield Path(entry.path), now


def is_tame(book: Path, name: str) -> bool:
    """Whether a copy's name shows that its service keeps the other version, so that this one may go."""
    return re.fullmatch(_SERVICES, name.removeprefix(book.stem), re.VERBOSE) is not None


def inspect(path: Path) -> Copy | Stray:
    """What a candidate holds. A file that is no book at all is a Stray without a reason."""
    try:
        data, now = _open(path)
        found = examine(data)
    except files.TooLarge:
        return Stray(path, "too-large")
    except OSError as error:
        return Stray(path, error.strerror or type(error).__name__)
    except Unreadable as error:
        return Stray(path, "" if error.reason == "not-a-book" or data[:1] != b"{" else "unreadable")
    if book_record(found.document)["format"] > FORMAT:
        return Stray(path, "newer")
    return Copy(path, Version(*_still(now), files.digest(data)), found)


def versions(book: Path) -> list[Copy]:
    """What a service left of a book whose file is gone: its versions, by names that only a service gives."""
    paths = [path for path, _ in candidates(book) if is_tame(book, path.name)]
    return [found for path in paths if isinstance(found := inspect(path), Copy)]


def _open(path: Path) -> tuple[bytes, os.stat_result]:
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    with os.fdopen(handle, "rb") as file:
        now = os.fstat(handle)
        if now.st_size > files.MOST:
            raise files.TooLarge
        return file.read(files.MOST + 1), now


def _still(now: os.stat_result) -> tuple[int, int, int]:
    return now.st_ino, now.st_size, now.st_mtime_ns


def _remembered(path: Path) -> dict[str, Seen]:
    try:
        return {str(name): Seen(*known) for name, known in orjson.loads(path.read_bytes()).items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}
