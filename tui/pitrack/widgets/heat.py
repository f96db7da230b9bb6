"""The year of actions: a column a week, a cell a day, denser and brighter the more of what was asked was done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pitrack.core.days import MONDAY, week_start_of
from pitrack.core.views.habits import HeatDay
from pitrack.text.plain import cells, pad
from pitrack.widgets.chart import Chart, joined
from pitrack.widgets.glyphs import UNICODE, Glyphs
from pitrack.widgets.pieces import Line, Piece

ASIDE = 2
"""Cells that the name of a month may stand before its first week."""
_ROLES = ("", "muted", "heat-1", "heat-2", "heat-3", "heat-4")


@dataclass(frozen=True, slots=True)
class HeatData:
    """What the map shows: days oldest first without gaps, and its words."""

    days: Sequence[HeatDay] = ()
    week_start: int = MONDAY
    weekdays: tuple[str, ...] = ("", "", "", "", "", "", "")
    """Seven short names, the week's first day first."""
    month: Callable[[dt.date], str] = "{:%b}".format
    """Words the month that a day lies in."""
    less: str = ""
    more: str = ""
    glyphs: Glyphs = UNICODE


def level(done: int, asked: int) -> int:
    """0 nothing asked, 1 nothing done, 2-4 up to a quarter, a half, nearly all of it, 5 all."""
    if asked <= 0:
        return 0
    if done <= 0:
        return 1
    if done >= asked:
        return 5
    return 2 + (done * 4 > asked) + (done * 2 > asked)


def draw(data: HeatData, width: int) -> list[Line]:
    """Nine lines: months, seven days, the key; the newest weeks where a year does not fit."""
    if not data.days:
        return []
    margin = max(map(cells, data.weekdays)) + 1
    first = week_start_of(data.days[0].day, data.week_start)
    last = week_start_of(data.days[-1].day, data.week_start)
    weeks = (last - first).days // 7 + 1
    cell = 2 if weeks * 2 <= width - margin else 1
    shown = min(weeks, max((width - margin) // cell, 1))
    start = last - dt.timedelta(weeks=shown - 1)
    levels = {heat.day: level(heat.done, heat.asked) for heat in data.days}
    lines = [joined([(" " * margin, ""), (_months(data, start, shown, cell, width - margin), "muted")])]
    for weekday, name in enumerate(data.weekdays):
        ranks = [levels.get(start + dt.timedelta(weeks=week, days=weekday), 0) for week in range(shown)]
        lines.append(joined([(pad(name, margin), "muted"), *(_day(rank, cell, data.glyphs) for rank in ranks)]))
    return [*lines, joined([(" " * margin, ""), *_key(data, cell)])]


def _day(rank: int, cell: int, glyphs: Glyphs) -> Piece:
    return glyphs.heat[rank] * cell, _ROLES[rank]


def _months(data: HeatData, start: dt.date, weeks: int, cell: int, width: int) -> str:
    """Names of months over the week that holds their first day, or up to two cells before it to stand apart."""
    starts = [start + dt.timedelta(weeks=week) for week in range(weeks + 1)]
    changes = [0] + [week + 1 for week, (one, next_) in enumerate(pairwise(starts)) if one.month != next_.month]
    changes = [week for week in changes if week < weeks]
    line, edge = "", width + 1
    for week, end in reversed([*pairwise([*changes, weeks])]):  # the newest are the surest to find room
        name = data.month(starts[week])
        if week == 0 and cells(name) >= (end - week) * cell:  # the first may show but a week
            continue
        place = min(week * cell, edge - 1 - cells(name))
        if place >= max(0, week * cell - (ASIDE if line else 1)):
            line = pad(name, edge - place) + line if line else name
            edge = place
    return " " * edge + line


def _key(data: HeatData, cell: int) -> Iterable[Piece]:
    yield f"{data.less} ", "muted"
    for rank in range(1, len(_ROLES)):
        yield _day(rank, cell, data.glyphs)
        yield " ", ""
    yield data.more, "muted"


class Heat(Chart):
    """The year heat map as a widget; give it data with ``show``."""

    DEFAULT_CSS = "Heat { height: 9; }"

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 (Textual's name)
        super().__init__(id=id, classes=classes)
        self.data = HeatData()

    def show(self, data: HeatData) -> None:
        self.data = data
        self.redraw()

    def lines(self, width: int, height: int) -> list[Line]:
        return draw(self.data, width)[:height]
