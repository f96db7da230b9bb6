"""What this device knows of a path: its lock, and the id of the book that lies there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import orjson

from pitrack.store import files
from pitrack.store.errors import BookError

PATIENCE = 20.0
"""Seconds to wait for another process that holds the lock; a save takes a few hundredths."""


class Place:
    """The local side of one path, keyed by the real path."""

    def __init__(self, path: Path, state: Path) -> None:
        self.path = path
        self.state = state
        self._real = str(path)
        self._lock = state / "locks" / f"{key(self._real)}.lock"
        self._record = state / "places" / f"{key(self._real)}.json"

    @contextmanager
    def lock(self, patience: float = PATIENCE) -> Iterator[None]:
        """Keep other processes of this device out for one change or one save; BookError("locked") when they keep it
        for ``patience`` seconds, OSError where there can be no lock."""
        from filelock import FileLock, Timeout

        if not self._lock.parent.is_dir():
            files.private_folder(self._lock.parent)
        try:
            with FileLock(self._lock, timeout=patience, poll_interval=0.01):
                yield
        except Timeout as error:
            raise BookError("locked", path=self._real) from error

    @property
    def store(self) -> str:
        """The id of the book known to lie there; empty where none is known."""
        try:
            store = orjson.loads(self._record.read_bytes())["store"]
        except (OSError, ValueError, TypeError, KeyError):
            return ""
        return store if isinstance(store, str) else ""

    def remember(self, store: str) -> None:
        """From now on, the book of this id lies there. Raises OSError."""
        if self.store != store:
            files.private_folder(self._record.parent)
            files.replace(self._record, orjson.dumps({"path": self._real, "store": store}))

    def forget(self) -> None:
        """No book lies there any more. Raises OSError."""
        self._record.unlink(missing_ok=True)

    def folder(self, store: str) -> Path:
        """Where the replica of a book at this path is."""
        return self.state / "books" / key(f"{store}\n{self._real}")

    def copy_replica(self, there: Place, store: str) -> None:
        """Let what this device keeps of a book serve at another path, too, where the book lies from now on. Raises
        OSError."""
        import shutil

        shutil.copytree(self.folder(store), there.folder(store), dirs_exist_ok=True)
        there.remember(store)


def key(text: str) -> str:
    """A short name for a text of any characters."""
    return files.digest(text.encode("utf-8", "surrogateescape"))[:20]
