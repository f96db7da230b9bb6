"""Lines too long for their room, broken where a reader expects it: between words, or between ideographs."""

from __future__ import annotations

import re

from pitrack.text.plain import cells, fit
from pitrack.widgets.pieces import Line, Piece

_IDEOGRAPH = r"\u2e80-\ufdff\uff00-\uffef\U00020000-\U0003ffff"
_CLOSING = r"[)\]、。，．：；！？）」』ー]*"
_WORD = re.compile(rf"[{_IDEOGRAPH}]{_CLOSING}|[^\s{_IDEOGRAPH}]+{_CLOSING}\s*|\s+")
"""What a line may be broken after: a word with its punctuation and the space behind it, an ideograph with its
punctuation. An emoji may be several characters, so it counts as a word."""


def broken(line: Line, width: int) -> list[Line]:
    """A line over as many as it needs, broken between words; a word too long for a line is broken where it ends."""
    lines: list[list[Piece]] = [[]]
    used = 0
    for text, role in line:
        for word in _WORD.findall(text):
            while used + cells(word.rstrip()) > width and (used or cells(word) > width):
                if not used:
                    start = fit(word, width, "") or word[0]
                    lines[-1].append((start, role))
                    word = word[len(start) :]  # noqa: PLW2901
                lines.append([])
                used = 0
            if used or word.strip():
                lines[-1].append((word, role))
                used += cells(word)
    return [*lines]
