"""Ids that never meet by chance: short ones for things with a name, ULIDs for events."""

from __future__ import annotations

import os
import threading
import time

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_SHORT = "abcdefghijkmnpqrstuvwxyz23456789"


def short_id() -> str:
    """8 lower-case characters, 40 random bits: enough for the hundreds of habits and streams of a lifetime."""
    return "".join(_SHORT[byte & 31] for byte in os.urandom(8))


def store_id() -> str:
    """16 lower-case characters, 80 random bits: one a book, in all the world."""
    return short_id() + short_id()


def device_id() -> str:
    """8 hex digits."""
    return os.urandom(4).hex()


class _Ulids:
    """ULIDs that sort as they were given, even within a millisecond (the spec's monotonic ones)."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last = 0

    def next(self) -> str:
        with self._lock:
            fresh = (time.time_ns() // 1_000_000) << 80 | int.from_bytes(os.urandom(10))
            self._last = number = max(fresh, self._last + 1)
        return _spelled(number)


_ulids = _Ulids()


def derived_ulid(ms: int, *words: str) -> str:
    """The one ULID of ``ms`` (since 1970) and some words: whoever makes it for the same makes the same."""
    from hashlib import sha256  # here: few commands need it

    return _spelled(ms << 80 | int.from_bytes(sha256("\n".join(words).encode()).digest()[:10]))


def _spelled(number: int) -> str:
    return "".join(_CROCKFORD[(number >> shift) & 31] for shift in range(125, -1, -5))


def ulid() -> str:
    """26 characters: 48 bits of milliseconds, then 80 bits; each sorts after all this process gave before it.

    Source: github.com/ulid/spec.
    """
    return _ulids.next()
