"""A table's columns: as many as fit, the most important first, every one as wide as what stands in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pitrack.text.plain import Align, pad
from pitrack.widgets.pieces import Line, Piece, width_of

GAP = 2
READABLE = 16
"""Cells of a name that columns leave it."""


class Column(NamedTuple):
    """A heading over one cell a row. ``rank`` says which columns go first when room is short (the highest)."""

    heading: str
    cells: Sequence[Line]
    rank: int
    align: Align = "right"


class Columns:
    """Rows of a name and columns beside it, laid out for a width."""

    def __init__(self, heading: str, names: Sequence[Line], columns: Sequence[Column]) -> None:
        self.heading = heading
        self.names = names
        self.columns = columns
        self.name_width = max([width_of(((heading, ""),)), *map(width_of, names)])
        self.widths = [max(map(width_of, [((column.heading, ""),), *column.cells])) for column in columns]

    def shown(self, width: int) -> tuple[int, list[int]]:
        """How wide the names are, and which columns there is room for beside a readable part of the names."""
        room = width - min(self.name_width, max(READABLE, width // 4))
        kept: list[int] = []
        for index in sorted(range(len(self.columns)), key=lambda index: self.columns[index].rank):
            if (room := room - self.widths[index] - GAP) < 0:
                break
            kept.append(index)
        kept.sort()
        used = sum(self.widths[index] + GAP for index in kept)
        return min(self.name_width, width - used), kept

    def head(self, width: int) -> Line:
        """The line of headings."""
        name, kept = self.shown(width)
        line = [(pad(self.heading, name), "head")]
        for index in kept:
            column = self.columns[index]
            line.append((" " * GAP + pad(column.heading, self.widths[index], column.align), "head"))
        return line

    def row(self, number: int, width: int) -> Line:
        """One row's line."""
        name, kept = self.shown(width)
        line = list(fitted(self.names[number], name))
        for index in kept:
            column = self.columns[index]
            cell = column.cells[number]
            free = " " * (self.widths[index] - width_of(cell))
            left, right = (free, "") if column.align == "right" else ("", free)
            line += [(" " * GAP + left, ""), *cell, (right, "")]
        return line


def fitted(line: Line, width: int) -> Line:
    """A line of exactly ``width`` cells: its last piece is cut or filled."""
    *front, (text, role) = line
    return [*front, (pad(text, width - width_of(front)), role)]


def wrapped(line: Line, width: int) -> list[Line]:
    """A line over as many as it needs, broken between pieces; a piece too long for a line of its own is cut."""
    lines: list[list[Piece]] = [[]]
    for piece in line:
        if lines[-1] and width_of((*lines[-1], (piece[0].rstrip(), ""))) > width:
            lines.append([])
        lines[-1].append(piece)
    return [*lines]
