"""A curve of shares over time: a line of braille dots, four to a cell's height and two to its width, or of signs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import NamedTuple

from pitrack.text.plain import cells, pad
from pitrack.widgets.glyphs import UNICODE, Glyphs
from pitrack.widgets.pieces import Line

FEWEST = 60
"""Days that a curve shows at least, those before its first value blank."""
_BRAILLE = 0x2800
_DOTS = ((0x40, 0x04, 0x02, 0x01), (0x80, 0x20, 0x10, 0x08))
"""The dots of the left and the right half of a cell, lowest first."""
_SCALE = ("100%", "50%", "0%")
_MARGIN = 5


class CurveData(NamedTuple):
    """``values`` are shares of 0 to 1, a day each, oldest first; the last one is ``last``'s."""

    values: Sequence[float]
    last: dt.date
    month: Callable[[dt.date], str] = "{:%b}".format
    """Words the month that a day lies in."""
    glyphs: Glyphs = UNICODE


def draw(data: CurveData, width: int, height: int) -> list[Line]:
    """``height`` lines and one of months under them; the newest day stands at the right edge. Few days are drawn as the
    last of ``FEWEST``."""
    room, days = width - _MARGIN - 1, max(len(data.values), FEWEST)
    if room < 2 or height < 1:
        return []
    per_cell, levels = (1, 1) if data.glyphs.spark else (2, 4)
    heights = _sampled(data.values, days, room * per_cell, height * levels)
    rows = _signs(heights, room, height) if data.glyphs.spark else _dots(heights, room, height)
    scale = {height - 1: _SCALE[2], 0: _SCALE[0]} | ({height // 2: _SCALE[1]} if height % 2 and height > 1 else {})
    lines: list[Line] = [
        ((scale.get(y, "").rjust(_MARGIN - 1) + " ", "muted"), ("|", "line"), (row, "good"))
        for y, row in enumerate(rows)
    ]
    return [*lines, ((" " * (_MARGIN + 1), ""), (_months(data, days, room), "muted"))]


def _sampled(values: Sequence[float], days: int, count: int, top: int) -> list[int | None]:
    """``count`` heights of 0 to ``top`` - 1, each of the newest day that lies in its place; None before the first."""
    found: list[int | None] = []
    for place in range(count):
        index = len(values) - days + (place + 1) * days // count - 1
        found.append(None if index < 0 else round(min(max(values[index], 0.0), 1.0) * (top - 1)))
    return found


def _dots(heights: Sequence[int | None], width: int, height: int) -> list[str]:
    cells_of = [[0] * width for _ in range(height)]
    before: int | None = None
    for place, level in enumerate(heights):
        if level is not None:
            for dot in _joined(before, level):
                row, step = divmod(dot, 4)
                cells_of[height - 1 - row][place // 2] |= _DOTS[place % 2][step]
        before = level
    return ["".join(chr(_BRAILLE + dots) if dots else " " for dots in row) for row in cells_of]


def _joined(before: int | None, level: int) -> range:
    """The dots that lead from one level to the next, without the first."""
    if before is None or before == level:
        return range(level, level + 1)
    return range(before + 1, level + 1) if before < level else range(level, before)


def _signs(heights: Sequence[int | None], width: int, height: int) -> list[str]:
    return ["".join("*" if heights[place] == height - 1 - y else " " for place in range(width)) for y in range(height)]


def _months(data: CurveData, days: int, width: int) -> str:
    """Names of months from where they begin, each with a space to the next; those without room are left out."""
    line = ""
    first = data.last - dt.timedelta(days=days - 1)
    for offset in range(days):
        day = first + dt.timedelta(days=offset)
        if day.day == 1:
            place, name = offset * width // days, data.month(day)
            if place + cells(name) <= width and (place > cells(line) or not line):
                line = pad(line, place) + name
    return line
