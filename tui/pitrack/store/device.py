"""Which device this is: an id of its own in every stamp, renewed where another machine turns out to bear it too."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterable, Set
from functools import cached_property
from pathlib import Path

from pitrack.store import files
from pitrack.store.clock import BOTTOM, StampClock, wall_ms
from pitrack.store.ids import device_id

_MACHINE = ("/etc/machine-id", "/var/lib/dbus/machine-id")


class Device:
    """The ids of this device: ``id`` for new stamps, ``all`` that it ever had (its former stamps are still its own).

    Kept in ``state/device``: a line an id, the newest first, each with the fingerprint of the machine it was made on.
    A clone has the same file on another machine, and takes a new id. Raises OSError.
    """

    def __init__(self, state: Path) -> None:
        self._path = state / "device"
        self._lines = _lines(self._path)
        if not self._lines or self._lines[0][1] != self._fingerprint():
            self.renew()

    @property
    def id(self) -> str:
        return self._lines[0][0]

    @property
    def all(self) -> frozenset[str]:
        return frozenset(known for known, _ in self._lines)

    def renew(self) -> None:
        """Take a new id: somebody else uses this one."""
        fresh = device_id()
        files.private_folder(self._path.parent)
        if not self._path.exists():
            files.replace(self._path, b"")
        # in place: the file's inode is part of the fingerprint, and an id that a crash cuts off is just made anew
        self._lines = [(fresh, self._fingerprint()), *self._lines]
        text = "".join(f"{known} {machine}\n" for known, machine in self._lines)
        with self._path.open("r+b") as file:
            file.write(text.encode())
            file.truncate()

    def _fingerprint(self) -> str:
        """What differs between a machine and its copy: its id, its name, where the file lies."""
        try:
            inode = self._path.stat().st_ino
        except FileNotFoundError:
            inode = 0
        name = os.uname().nodename if hasattr(os, "uname") else os.environ.get("COMPUTERNAME", "")
        return files.digest(f"{_machine()}\n{name}\n{inode}".encode())[:16]


def _machine() -> str:
    for path in _MACHINE:
        try:
            return Path(path).read_text("ascii").strip()
        except (OSError, UnicodeDecodeError):
            continue
    return ""


def _lines(path: Path) -> list[tuple[str, str]]:
    try:
        words = [line.split() for line in path.read_text("ascii").splitlines()]
    except (OSError, UnicodeDecodeError):
        return []
    return [(word[0], word[1]) for word in words if len(word) == 2 and _is_id(word[0])]


def _is_id(text: str) -> bool:
    return len(text) == 8 and all(digit in "0123456789abcdef" for digit in text)


class DeviceClock:
    """Gives this device's stamps and reads the wall clock. ``seen`` is the latest stamp known, ``own`` the latest that
    this device is known to have given. The device's id is looked up when the first stamp is asked for."""

    def __init__(self, state: Path, wall: Callable[[], int] = wall_ms) -> None:
        self._state = state
        self._wall = wall
        self.seen = BOTTOM
        self.own = BOTTOM

    @cached_property
    def device(self) -> Device:
        return Device(self._state)

    def next(self) -> str:
        """A stamp later than the wall clock and all that was seen. Raises OSError, BookError("refused")."""
        self.seen = self.own = StampClock(self.device.id, self.seen, self._wall).next()
        return self.own

    def see(self, stamp: str) -> None:
        """Take note of a stamp, so that the next one is later."""
        self.seen = max(self.seen, stamp)

    def adopt(self, stamps: Set[str]) -> None:
        """Take note of the stamps that this device holds: those with its ids it gave itself."""
        self.see(max(stamps, default=BOTTOM))
        self.own = max(self.own, _newest(stamps, self.device.all))

    def meet(self, stamps: Set[str]) -> str:
        """Take note of the stamps of another version of the book; the latest of this device's own in it.

        One that bears this device's id and was never given here is a clone's: from then on the id is another.
        """
        self.see(max(stamps, default=BOTTOM))
        if _newest(stamps, {self.device.id}) > self.own:
            self.device.renew()
        return _newest(stamps, self.device.all)

    def now(self) -> dt.datetime:
        """The wall clock, UTC."""
        return dt.datetime.fromtimestamp(self._wall() / 1000, dt.UTC)


def _newest(stamps: Iterable[str], devices: Set[str]) -> str:
    return max((stamp for stamp in stamps if stamp[-8:] in devices), default=BOTTOM)
