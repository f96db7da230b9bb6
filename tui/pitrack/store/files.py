"""Files that are whole or not there: atomic replacement and fingerprints."""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

NEW_MODE = 0o600
MOST = 100_000_000
"""Bytes of the largest file that is taken for a book: three times a lifetime of a hundred thousand entries."""


class TooLarge(OSError):
    """A file of more than ``MOST`` bytes."""


class Changed(Exception):
    """The file is not the version any more that was to be replaced."""


class Version(NamedTuple):
    """What tells one version of a file from another: inode, size, mtime and hash."""

    inode: int
    size: int
    mtime_ns: int
    digest: str

    def is_still(self, path: Path) -> bool:
        """Whether inode, size and mtime are as they were (the cheap half of the check)."""
        try:
            now = path.stat()
        except OSError:
            return False
        return (now.st_ino, now.st_size, now.st_mtime_ns) == self[:3]


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def read(path: Path, known: bytes | None = None, known_digest: str = "") -> tuple[bytes, Version]:
    """A file's bytes with their version; raises OSError. Bytes whose hash is ``known`` are not hashed again."""
    with path.open("rb") as file:
        now = os.fstat(file.fileno())
        if now.st_size > MOST:
            raise TooLarge
        data = file.read(MOST + 1)
        now = os.fstat(file.fileno())
    return data, Version(now.st_ino, now.st_size, now.st_mtime_ns, known_digest if data == known else digest(data))


def replace(path: Path, data: bytes, *, durable: bool = True, expected: Callable[[], bool] | None = None) -> Version:
    """Put ``data`` at ``path``, whole or not at all: temporary file beside it, fsync, rename, fsync of the folder.

    Keeps the mode of the file it replaces; a new file is 0600. ``expected`` is asked right before the rename whether
    the file is still the one to replace. Raises Changed or OSError, with the temporary file gone.
    """
    folder = path.parent
    temporary = folder / f".~pitrack-{os.urandom(4).hex()}.tmp"
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), NEW_MODE)
    try:
        try:
            view = memoryview(data)
            while view:
                view = view[os.write(handle, view) :]
            if durable:
                sync(handle)
            if path.exists():
                _keep_mode(handle, temporary, path)
            written = os.fstat(handle)
        finally:
            os.close(handle)
        if expected and not expected():
            raise Changed
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    if durable:
        _sync_folder(folder)
    return Version(written.st_ino, written.st_size, written.st_mtime_ns, digest(data))


def create(path: Path, data: bytes) -> None:
    """Put ``data`` at a path where nothing is; FileExistsError where something stands, OSError."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), NEW_MODE)
    os.close(handle)
    try:
        replace(path, data)
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def sweep(folder: Path) -> None:
    """Take away the temporary files of saves that a crash cut off more than an hour ago."""
    with contextlib.suppress(OSError):
        for path in folder.glob(".~pitrack-*.tmp"):
            if time.time() - path.stat().st_mtime > 3600:
                path.unlink()


def sync(handle: int) -> None:
    """Bring a file's bytes to the disk itself."""
    if sys.platform == "darwin":
        import fcntl

        fcntl.fcntl(handle, fcntl.F_FULLFSYNC)
    else:
        os.fsync(handle)


def private_folder(path: Path) -> Path:
    """The folder, made where it was missing, for this user's eyes only."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def _keep_mode(handle: int, temporary: Path, path: Path) -> None:
    mode = stat.S_IMODE(path.stat().st_mode)
    if hasattr(os, "fchmod"):
        os.fchmod(handle, mode)
    else:
        temporary.chmod(mode)


def _sync_folder(folder: Path) -> None:
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
