"""Conflict copies: the versions of a book that sync services leave beside it, found by content and put away.

Their names differ by service, language and version, so a name only makes a file a candidate; that it holds our book
makes it a copy. Nothing is ever written into one.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import orjson

from pitrack.store import files
from pitrack.store.files import Version
from pitrack.store.format import FORMAT, Found, Unreadable, book_record, examine, store_of

_SERVICES = re.compile(
    r"""
      \.sync-conflict-\d{8}-\d{6}(-[A-Z0-9]+)?\..*     # Syncthing
    | .*\(.*conflicted\ copy.*\).*                     # Dropbox, Nextcloud, ownCloud
    | .*\(SFConflict\ .*\).*                           # Seafile
    | .*\.\.path[12](\..*)?                            # rclone bisync
    | .*\.conflict\d+(\..*)?                           # rclone bisync, newer
    | .*\.json\.path[12]                               # rclone bisync with a suffix of its own
    | .*\(conflict(\ \#\d+)?_on_.*\).*                 # Unison
    """,
    re.VERBOSE,
)
"""What a service appends to the stem of a name when the other version is safe: such a copy may be moved away."""

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


class CopyMemory:
    """Which files beside a book were read already, and the quarantine of those that were absorbed.

    A file is remembered by name, inode, size and mtime with the id of the book that it holds (empty: no book), and
    whether it was absorbed.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / "copies.json"
        self.quarantine = folder / "quarantine"
        self._known: dict[str, tuple[str, bool, int, int, int, str]] | None = None

    @property
    def known(self) -> dict[str, tuple[str, bool, int, int, int, str]]:
        if self._known is None:
            self._known = _remembered(self._path)
        return self._known

    def fresh(self, book: Path, store: str) -> tuple[list[Copy], list[Stray]]:
        """The copies beside the book that were not absorbed yet, and what could not be read; others are remembered
        and not read again."""
        copies, strays = [], []
        for path, now in candidates(book):
            if (known := self.known.get(path.name)) and known[2:5] == _still(now):
                if known[0] not in ("", store) or known[1]:
                    continue
                if not known[0]:
                    strays += [Stray(path, known[5])] if known[5] else []
                    continue
            found = inspect(path)
            if isinstance(found, Stray):
                self.known[path.name] = ("", False, *_still(now), found.reason)
                strays += [found] if found.reason else []
                continue
            self.known[path.name] = (found.store, False, *found.version[:3], "")
            if found.store == store:
                copies.append(found)
        return copies, strays

    def absorbed(self, copy: Copy) -> None:
        """Remember that a copy is part of the book now."""
        self.known[copy.path.name] = (copy.store, True, *copy.version[:3], "")

    def is_news(self, book: Path) -> bool:
        """Whether there is a file beside the book that was not read yet."""
        return any((self.known.get(path.name) or ())[2:5] != _still(now) for path, now in candidates(book))

    def any_absorbed(self, book: Path) -> bool:
        """Whether copies that are part of the book by now still lie beside it."""
        return any(known[1] and os.path.lexists(book.parent / name) for name, known in self.known.items())

    def settle(self, book: Path) -> bool:
        """Move the absorbed copies away whose names allow it, forget what is gone, and remember the rest; whether any
        file was moved. What cannot be moved stays and is remembered."""
        moved = False
        for name, (_, done, *_version, _reason) in list(self.known.items()):
            path = book.parent / name
            if done and is_tame(book, name):
                moved = self._put_away(path) or moved
            if not os.path.lexists(path):
                del self.known[name]
        self.save()
        return moved

    def is_due(self, book: Path) -> bool:
        """Whether an absorbed copy waits to be moved away."""
        return any(known[1] and is_tame(book, name) for name, known in self.known.items())

    def save(self) -> None:
        """Keep what is known; failing to costs another reading, no more."""
        if self._known is not None and self._known != _remembered(self._path):
            try:
                files.replace(self._path, orjson.dumps(self._known), durable=False)
            except OSError:
                return

    def _put_away(self, path: Path) -> bool:
        """Move a file to the quarantine if it is still the version that was absorbed."""
        known = self.known[path.name]
        try:
            data, now = _open(path)
            if _still(now) != known[2:5]:
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
    return _SERVICES.fullmatch(name.removeprefix(book.stem)) is not None


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


def _remembered(path: Path) -> dict[str, tuple[str, bool, int, int, int, str]]:
    try:
        parts = orjson.loads(path.read_bytes())
        known = {str(name): tuple(value) for name, value in parts.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}
    return {name: value for name, value in known.items() if len(value) == 6}
