"""Stacked bars, a column a month: every part carries its stream's letter, so it reads without colour."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from pitrack.text.plain import cells, pad
from pitrack.widgets.chart import Chart, joined, stream_role
from pitrack.widgets.glyphs import UNICODE, Glyphs
from pitrack.widgets.pieces import Line, Piece

_STEPS = (1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10)
_WIDEST = 6


class Column(NamedTuple):
    """One month: its name, the longest form first, and a value for each letter, the top of the bar first.

    ``open``: it is not over yet."""

    names: tuple[str, ...]
    parts: tuple[float, ...]
    open: bool = False

    @property
    def heights(self) -> tuple[float, ...]:
        """The parts as drawn: what is negative has no height."""
        return tuple(max(part, 0.0) for part in self.parts)

    @property
    def total(self) -> float:
        return sum(self.heights)


class Mark(NamedTuple):
    """A line across the chart at ``value``, named by a letter."""

    letter: str
    value: float


@dataclass(frozen=True, slots=True)
class BarData:
    """What the chart shows. ``axis`` words a value of the scale ("" hides the scale)."""

    columns: tuple[Column, ...] = ()
    letters: tuple[str, ...] = ()
    axis: Callable[[float], str] = "{:g}".format
    mark: Mark | None = None
    glyphs: Glyphs = UNICODE


def letters_for(names: Iterable[str], taken: str = "") -> tuple[str, ...]:
    """A lower-case ASCII letter for each name, no two alike while letters last: its own first, then any free one."""
    used = set(taken)
    letters: list[str] = []
    for name in names:
        own = [character for character in name.lower() if "a" <= character <= "z"]
        letter = next((character for character in (*own, *"abcdefghijklmnopqrstuvwxyz") if character not in used), "+")
        used.add(letter)
        letters.append(letter)
    return tuple(letters)


def scale_step(top: float, rows: int, *, whole: bool = False) -> float:
    """The round amount a row stands for, so that ``rows`` of them hold ``top``; of ``whole`` things a whole one."""
    if top <= 0:
        return 1.0
    least = max(top / rows, 1.0 if whole else 0.0)
    power = 10.0 ** math.floor(math.log10(least))
    steps = (power * step for step in _STEPS if power * step >= least * (1 - 1e-9))
    return next((step for step in steps if not whole or step.is_integer()), power * 10)


def draw(data: BarData, width: int, height: int) -> list[Line]:
    """The chart in ``width`` x ``height`` cells; the newest months where not all fit. Empty when there is no room."""
    rows = height - 1
    if rows < 1 or not data.columns:
        return []
    top = max(column.total for column in data.columns)
    if data.mark and data.mark.value <= top * 2:
        top = max(top, data.mark.value)
    whole = all(part % 1 == 0 for column in data.columns for part in column.parts)
    step = scale_step(top, rows, whole=whole)
    every = 1 if rows <= 7 else 2
    scale = [data.axis(float(f"{row * step:.12g}")) if row % every == 0 else "" for row in range(1, rows + 1)]
    margin = max(map(cells, scale)) + 1
    columns, bar = _fitting(data.columns, width - margin - 1)
    lines = [
        joined(
            [(pad(scale[row], margin - 1, "right") + " ", "muted"), ("|", "line"), *_row(data, columns, bar, row, step)]
        )
        for row in reversed(range(rows))
    ]
    return [*lines, joined([(" " * (margin + 1), ""), *_labels(columns, bar)])]


def _fitting(columns: Sequence[Column], room: int) -> tuple[Sequence[Column], int]:
    """The newest columns that fit and how wide a bar is: wide bars before more than a year of months."""
    bar = min(max(room // min(len(columns), 13) - 1, 1), _WIDEST)
    return columns[-max(room // (bar + 1), 1) :], bar


def _row(data: BarData, columns: Sequence[Column], bar: int, row: int, step: float) -> Iterable[Piece]:
    """Row ``row`` from the bottom, each bar after a gap of one cell."""
    mark = data.mark if data.mark and math.ceil(data.mark.value / step) - 1 == row else None
    empty, role = (data.glyphs.mark, "accent") if mark else (" ", "")
    for index, column in enumerate(columns):
        cell = _cell(column, data, bar, row, step) or (empty * bar, role)
        gap = (empty, role if mark else cell[1])  # a blank in the bar's own colour: less to send to a terminal
        yield (mark.letter, "accent") if mark and index == 0 else gap
        yield cell


def _cell(column: Column, data: BarData, bar: int, row: int, step: float) -> Piece | None:
    """What a column shows in a row: its letter, its top, or nothing."""
    filled = min(max(column.total / step - row, 0.0), 1.0)
    quarters = max(round(filled * 4), 1 if filled > 0 and row == 0 else 0)
    if quarters == 0:
        return None
    middle = (row + filled / 2) * step
    edges = accumulate(reversed(column.heights))
    index = len(column.parts) - 1 - next(i for i, edge in enumerate(edges) if edge >= middle)
    if quarters < 4:
        return data.glyphs.caps[quarters - 1] * bar, stream_role(index)
    letter = data.letters[index]
    solid = column.open or data.glyphs.solid
    return letter * bar if solid else letter + data.glyphs.full * (bar - 1), stream_role(index)


def _labels(columns: Sequence[Column], bar: int) -> Iterable[Piece]:
    """The names under the bars. A name wider than its bar begins before it, and an older one that has no room beside it
    gives way."""
    kept: list[tuple[int, Piece]] = []
    behind = len(columns) * (bar + 1) + 1
    for place, column in reversed([*enumerate(columns, 1)]):
        name = next((name for name in column.names if cells(name) <= bar), (column.names or ("",))[-1])
        end = place * (bar + 1)
        start = end - max(cells(name), bar)
        if start >= 0 and end < behind:
            kept.append((start, (pad(name, end - start, "center"), "strong" if column.open else "muted")))
            behind = start
    used = 0
    for start, (name, role) in reversed(kept):
        yield " " * (start - used), ""
        yield name, role
        used = start + cells(name)


class StackedBars(Chart):
    """The stacked bars as a widget; give it data with ``show``."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 (Textual's name)
        super().__init__(id=id, classes=classes)
        self.data = BarData()

    def show(self, data: BarData) -> None:
        self.data = data
        self.redraw()

    def lines(self, width: int, height: int) -> list[Line]:
        return draw(self.data, width, height)
