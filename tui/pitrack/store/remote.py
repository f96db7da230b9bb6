"""A book on an rclone remote: fetched, merged, put back until both are equal.

rclone cannot lock a file, so every round looks again before it puts, and reads back what it has put: whoever wrote in
between is merged in, too.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import orjson

from pitrack.store import files, format
from pitrack.store.errors import BookError, reason_of

if TYPE_CHECKING:
    from pitrack.store.book import Book
    from pitrack.store.holding import Merged

NAME = "pitrack.json"
ROUNDS = 8
READS = 3
"""How often what cannot be read is fetched again: somebody may be writing it."""
PATIENCE = 900
"""Seconds for one run of rclone, which has its own limits for a remote that does not answer."""

_OPTIONS = (
    *("--contimeout", "10s", "--timeout", "60s", "--retries", "2", "--low-level-retries", "3"),
    *("--quiet", "--ask-password=false"),
)
_MISSING = frozenset({3, 4})
"""Exit codes of rclone: no such folder, no such file."""
_WHEN = re.compile(r"^\d{4}/\d\d/\d\d \d\d:\d\d:\d\d (?:[A-Z]+ *: )?")


class Synced(NamedTuple):
    """What a sync did: how many records it changed here, how many values of this book gave way to later ones, and
    whether the remote was written."""

    records: int
    lost: int
    put: bool


class Remote:
    """One file on a remote, by its rclone path. Every call may raise BookError("no-rclone" | "remote-failed")."""

    def __init__(self, path: str) -> None:
        self.path = path

    @classmethod
    def find(cls, path: str) -> Remote:
        """The book that an rclone path means: a file, or ``pitrack.json`` in a folder. It need not be there yet.

        BookError("remote-large" | "remote-folder").
        """
        found = _stat(path)
        if found is None or found.is_folder:
            if found is None and path.lower().endswith(".json"):
                return cls(path)
            path += NAME if path.endswith(("/", ":")) else f"/{NAME}"
            found = _stat(path)
        if found is not None and found.is_folder:
            raise BookError("remote-folder", remote=path)
        if found is not None and found.size > files.MOST:
            raise BookError("remote-large", remote=path)
        return cls(path)

    def fetch(self) -> bytes | None:
        """What lies there; None where nothing does."""
        with tempfile.TemporaryDirectory(prefix="pitrack-") as folder:
            copy = Path(folder, NAME)
            _rclone(self.path, "copyto", "--ignore-times", "--", self.path, str(copy))
            return copy.read_bytes() if copy.is_file() else None

    def put(self, data: bytes) -> None:
        """Write ``data`` there."""
        with tempfile.TemporaryDirectory(prefix="pitrack-") as folder:
            copy = Path(folder, NAME)
            handle = os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), files.NEW_MODE)
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            if _rclone(self.path, "copyto", "--ignore-times", "--", str(copy), self.path) is None:
                raise BookError("remote-failed", remote=self.path, reason="missing")


def sync(book: Book, remote: Remote, *, first: bool = False, join: bool = False) -> Synced:
    """Bring a book and its copy on a remote together; ``first`` allows that nothing lies there yet.

    BookError("remote-missing" | "remote-unreadable" | "remote-newer" | "remote-foreign" | "remote-busy"): the remote
    is left as it is then. What goes wrong with the local file is told by ``book.status``.
    """
    records = lost = 0
    there = remote.fetch()
    for _ in range(ROUNDS):
        there = _whole(remote, there)
        if there is not None:
            merged = _absorb(book, remote, there, join=join)
            records, lost = records + merged.records, lost + merged.lost
        elif not first:
            raise BookError("remote-missing", remote=remote.path)
        book.save()
        data = book.data
        if data == there:
            return Synced(records, lost, put=False)
        now = remote.fetch()
        if now == there:
            remote.put(data)
            now = remote.fetch()
            if now == data:
                return Synced(records, lost, put=True)
        there = now
        _pause()
    raise BookError("remote-busy", remote=remote.path)


def begin(remote: Remote, path: Path) -> None:
    """Start this device's copy of the book on a remote; BookError("exists" | "refused") and those of ``sync``."""
    there = remote.fetch()
    if there is None:
        raise BookError("remote-missing", remote=remote.path)
    try:
        document = format.read(there)
    except format.Unreadable as error:
        raise BookError("remote-unreadable", remote=remote.path, reason=error.reason, line=error.line) from error
    version = format.book_record(document)["format"]
    if version > format.FORMAT:
        raise BookError("remote-newer", remote=remote.path, format=version)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        files.create(path, document.data)
    except FileExistsError as error:
        raise BookError("exists", path=str(path)) from error
    except OSError as error:
        raise BookError("refused", path=str(path), reason=reason_of(error)) from error


def _whole(remote: Remote, data: bytes | None) -> bytes | None:
    """``data``, or what lies there a moment later, where somebody may just be writing it."""
    for _ in range(READS - 1):
        if data is None or _is_book(data):
            break
        _pause()
        data = remote.fetch()
    return data


def _is_book(data: bytes) -> bool:
    try:
        format.read(data)
    except format.Unreadable:
        return False
    return True


def _absorb(book: Book, remote: Remote, data: bytes, *, join: bool) -> Merged:
    try:
        return book.absorb(data, join=join)
    except BookError as error:
        details = {name: value for name, value in error.details.items() if name != "path"}
        if error.code == "unreadable":
            raise BookError("remote-unreadable", remote=remote.path, **details) from error
        if error.code == "newer":
            raise BookError("remote-newer", remote=remote.path, **details) from error
        if error.code == "foreign" and book.status.behind != "foreign":
            raise BookError("remote-foreign", remote=remote.path) from error
        raise


def _pause() -> None:
    """Not the same on two devices, so that they do not meet again at once."""
    time.sleep(random.uniform(0.1, 0.6))


class _Item(NamedTuple):
    is_folder: bool
    size: int


def _stat(path: str) -> _Item | None:
    listed = _rclone(path, "lsjson", "--stat", "--no-modtime", "--no-mimetype", "--", path)
    try:
        found = orjson.loads(listed or b"null")
        return None if found is None else _Item(bool(found["IsDir"]), int(found["Size"]))
    except (ValueError, KeyError, TypeError) as error:
        raise BookError("remote-failed", remote=path, reason="json") from error


def _rclone(remote: str, command: str, *args: str) -> bytes | None:
    """What a command of rclone prints; None where it finds nothing at the path."""
    program = shutil.which("rclone")
    if program is None:
        raise BookError("no-rclone", remote=remote)
    try:
        run = subprocess.run(
            [program, command, *_OPTIONS, *args],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=PATIENCE,
        )
    except subprocess.TimeoutExpired as error:
        raise BookError("remote-failed", remote=remote, reason="timeout") from error
    except OSError as error:
        raise BookError("remote-failed", remote=remote, reason=reason_of(error)) from error
    if run.returncode in _MISSING:
        return None
    if run.returncode:
        raise BookError("remote-failed", remote=remote, reason=_last_line(run.stderr) or f"{run.returncode}")
    return run.stdout


def _last_line(output: bytes) -> str:
    """rclone's last words, without the time before them."""
    lines = output.decode("utf-8", "replace").strip().splitlines()
    return _WHEN.sub("", lines[-1])[:400] if lines else ""
