"""Lines too long for their room, broken where a reader expects it: between words, or between ideographs."""

from __future__ import annotations

from pitrack.text.breaking import words_of
from pitrack.text.plain import cells, fit
from pitrack.widgets.pieces import Line, Piece


def broken(line: Line, width: int) -> list[Line]:
    """A line over as many as it needs, broken between words; a word too long for a line is broken where it ends. A line
    holds at least one character, however little room there is."""
    width = max(width, 1)
    lines: list[list[Piece]] = [[]]
    used = 0
    for text, role in line:
        for word in words_of(text):
            while used + cells(word.rstrip()) > width and (used or cells(word) > width):
                if not used:
                    start = fit(word, width, "") or fit(word, 2, "") or word[0]
                    lines[-1].append((start, role))
                    word = word[len(start) :]  # noqa: PLW2901
                lines.append([])
                used = 0
            if used or word.strip():
                lines[-1].append((word, role))
                used += cells(word)
    return [*lines] if lines[-1] or len(lines) == 1 else [*lines[:-1]]
