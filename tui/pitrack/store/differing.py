"""Which record lines differ between two versions of a table: a large table is not parsed anew for a few of them."""

from __future__ import annotations

from typing import NamedTuple

FIRST, MOST = 1 << 9, 1 << 16
"""Bytes that are compared at once: few at first, more and more where all is equal."""


class Differing(NamedTuple):
    """The lines that only the new version holds, and those that only the old one holds, as they stand there."""

    new: list[bytes]
    old: list[bytes]


def differing(new: bytes, old: bytes) -> Differing:
    """Compare two table bodies: lines sorted by what they begin with, joined by ``,\\n``. O(bytes), nearly all of it
    as whole blocks."""
    found = Differing([], [])
    here, there = 0, 0
    while here < len(new) and there < len(old):
        equal = _equal(new, here, old, there)
        if here + equal >= len(new) and there + equal >= len(old):
            return found
        # back to the beginning of the line in which they part, or of the next one where only the commas do
        begun = new.rfind(b"\n", here, here + equal) + 1 or here
        there += begun - here
        here = begun
        ours, theirs = _line(new, here), _line(old, there)
        if ours == theirs:
            here, there = here + len(ours) + 2, there + len(theirs) + 2
            continue
        key, other = _key(ours), _key(theirs)
        if key <= other:
            found.new.append(ours)
            here += len(ours) + 2
        if other <= key:
            found.old.append(theirs)
            there += len(theirs) + 2
    found.new.extend(_lines(new, here))
    found.old.extend(_lines(old, there))
    return found


def _equal(new: bytes, here: int, old: bytes, there: int) -> int:
    """How many bytes are the same from ``here`` and ``there`` on."""
    begun, size = here, FIRST
    while (block := new[here : here + size]) and block == old[there : there + size]:
        here, there, size = here + len(block), there + len(block), min(2 * size, MOST)
    while size > 1:
        size = (size + 1) // 2
        block = new[here : here + size]
        if block and block == old[there : there + size]:
            here, there = here + len(block), there + len(block)
    return here - begun


def _line(body: bytes, at: int) -> bytes:
    end = body.find(b",\n", at)
    return body[at:] if end < 0 else body[at:end]


def _lines(body: bytes, at: int) -> list[bytes]:
    return body[at:].split(b",\n") if at < len(body) else []


def _key(line: bytes) -> bytes:
    """The quoted id with which a line begins; ``\\"`` within it does not end it."""
    return line[: line.find(b'": ')]
