"""This device's side of a book: its id, the lock, the change log, and what it knows of the synced file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import orjson

from pitrack.store import files
from pitrack.store.clock import BOTTOM, is_stamp
from pitrack.store.errors import BookError
from pitrack.store.ids import device_id
from pitrack.store.log import Log

PATIENCE = 20.0
"""Seconds to wait for another process that holds the lock; a save takes a few hundredths."""


class Marker(NamedTuple):
    """What is known of the synced file: the hash of a version that is canonical, up to which byte the log is in it,
    and the newest stamp that it and the log hold. Only a saving of work: without it everything is read anew."""

    digest: str = ""
    log: int = 0
    newest: str = BOTTOM


class Replica:
    """Local state of one book, in a folder keyed by its store id and real path; the lock by the path alone."""

    def __init__(self, path: Path, store: str, state: Path) -> None:
        self._path = path
        place = str(path.resolve())
        try:
            self._lock = files.private_folder(state / "locks") / f"{_key(place)}.lock"
            self.folder = files.private_folder(state / "books" / _key(f"{store}\n{place}"))
            self.device = _device(state)
        except OSError as error:
            raise BookError("refused", path=str(state), reason=error.strerror or str(error)) from error
        self.log = Log(self.folder / "log.jsonl")

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Keep other processes of this device out for one change or one save; BookError("locked") after 20 s."""
        from filelock import FileLock, Timeout

        try:
            with FileLock(self._lock, timeout=PATIENCE, poll_interval=0.01):
                yield
        except Timeout as error:
            raise BookError("locked", path=str(self._path)) from error

    def marker(self) -> Marker:
        """What was remembered last; an empty marker when nothing readable was."""
        try:
            marker = Marker(**orjson.loads((self.folder / "file.json").read_bytes()))
        except (OSError, ValueError, TypeError):
            return Marker()
        return marker if is_stamp(marker.newest) else Marker()

    def remember(self, marker: Marker) -> None:
        """Keep a marker for the next start; failing to is no harm."""
        if marker == self.marker():
            return
        try:
            files.replace(self.folder / "file.json", orjson.dumps(marker._asdict()), durable=False)
        except OSError:
            return


def _key(text: str) -> str:
    return files.digest(text.encode("utf-8", "surrogateescape"))[:20]


def _device(state: Path) -> str:
    """This device's id, made at its first start."""
    path = state / "device"
    try:
        known = path.read_text("ascii").strip()
    except (OSError, UnicodeDecodeError):
        known = ""
    if len(known) == 8 and all(digit in "0123456789abcdef" for digit in known):
        return known
    fresh = device_id()
    files.replace(path, fresh.encode())
    return fresh
