"""Lines made of pieces: plain text, each with the role that the theme colours."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from pitrack.text.plain import cells

Piece = tuple[str, str]
"""Text, and its role: "" or one of ``ROLES``."""
Line = Sequence[Piece]

ROLES = ("muted", "strong", "head", "good", "warn", "bad", "accent")


class Painter(Widget):
    """A widget that draws lines of pieces. Text is always literal; a role never changes its width."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"piece--{role}" for role in ROLES} | {"piece--cursor"}
    DEFAULT_CSS = """
    Painter {
        & > .piece--muted { color: $text-muted; }
        & > .piece--strong { text-style: bold; }
        & > .piece--head { color: $text-muted; text-style: bold; }
        & > .piece--good { color: $text-success; }
        & > .piece--warn { color: $text-warning; text-style: bold; }
        & > .piece--bad { color: $text-error; }
        & > .piece--accent { color: $text-primary; text-style: bold; }
        & > .piece--cursor { background: $foreground 12%; }
    }
    """

    def paint(self, line: Line, width: int, *, cursor: bool = False) -> Strip:
        """The line as exactly ``width`` cells; ``cursor`` paints it as the chosen one."""
        under = ("piece--cursor",) if cursor else ()
        base = self.get_visual_style(*under).rich_style
        blank = (" " * max(0, width - width_of(line)), "")
        segments = [
            Segment(text, self.get_visual_style(*under, f"piece--{role}").rich_style if role else base)
            for text, role in joined((*line, blank))
        ]
        return Strip(segments).adjust_cell_length(width, base)


class Lines(Painter):
    """A few fixed lines. Showing new ones redraws only those that differ."""

    DEFAULT_CSS = """
    Lines { height: 1; }
    """

    def __init__(self, *lines: Line, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self.lines: Sequence[Line] = lines

    def show(self, *lines: Line) -> None:
        """Replace all lines; ones past the widget's height are not seen."""
        before, self.lines = self.lines, lines
        for y in range(max(len(before), len(lines))):
            if before[y : y + 1] != lines[y : y + 1]:
                self.refresh(Region(0, y, self.size.width, 1))

    def render_line(self, y: int) -> Strip:
        return self.paint(self.lines[y] if y < len(self.lines) else (), self.size.width)


def joined(line: Line) -> list[Piece]:
    """Neighbours of one role as one piece, spaces counted to what stands before them: less to send to a terminal.

    A piece with wide characters stays by itself: in a picture, a font may draw those narrower than two cells.
    """
    pieces: list[Piece] = []
    for text, role in line:
        if pieces and (pieces[-1][1] == role or not text.strip(" ")) and len(pieces[-1][0]) == cells(pieces[-1][0]):
            pieces[-1] = (pieces[-1][0] + text, pieces[-1][1])
        else:
            pieces.append((text, role))
    return pieces


def width_of(line: Line) -> int:
    """Width in cells."""
    return sum(cells(text) for text, _role in line)


def with_keys(sentence: str) -> Line:
    """A sentence whose keys stand in braces: ``Press {a} to add one.``"""
    parts = re.split(r"\{(.+?)\}", sentence)
    return tuple((part, "accent" if place % 2 else "muted") for place, part in enumerate(parts) if part)


def spread(left: Line, right: Line, width: int) -> Line:
    """``left`` and ``right`` at the two edges; ``right`` is dropped where there is no room for both."""
    free = width - width_of(left) - width_of(right)
    return (*left, (" " * free, ""), *right) if free >= 1 else left
