"""Ids that never meet by chance: short ones for things with a name, ULIDs for events."""

from __future__ import annotations

import os
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


def ulid() -> str:
    """26 characters: 48 bits of milliseconds, then 80 random bits; sorts by time (github.com/ulid/spec)."""
    number = (time.time_ns() // 1_000_000) << 80 | int.from_bytes(os.urandom(10))
    return "".join(_CROCKFORD[(number >> shift) & 31] for shift in range(125, -1, -5))
