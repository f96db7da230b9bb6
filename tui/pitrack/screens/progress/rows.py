"""The lists of Progress: tables whose rows stand for something, and the figures beside the chart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import ClassVar, NamedTuple

from textual.strip import Strip

from pitrack.text.plain import cells, fit, pad
from pitrack.widgets.chart import COLOUR_CLASSES, colour_css
from pitrack.widgets.columns import Columns
from pitrack.widgets.pieces import Line, Piece, width_of
from pitrack.widgets.rows import Head, RowList

GAP = 1
"""Cells between a figure's name, its value and the rest."""
ABOUT = 30
"""Cells of what a figure means below which that is left out."""


class Item(NamedTuple):
    """A row of a table: its place, and what it stands for."""

    number: int
    key: str


class TableRows(RowList[Item]):
    """A table with a cursor, in the colours of streams."""

    COMPONENT_CLASSES: ClassVar[set[str]] = COLOUR_CLASSES
    DEFAULT_CSS = colour_css("TableRows")

    def __init__(self, *, empty: Callable[[], Sequence[Line]] = tuple, id: str) -> None:  # noqa: A002 (Textual's name)
        super().__init__(self._row_line, lambda item: item.key, empty=empty, id=id)
        self.table: Columns | None = None
        self._height = 0

    def fill(self, table: Columns, keys: Iterable[str], *, fitted: bool = True) -> None:
        """Show a table whose rows stand for ``keys``; where it is ``fitted``, it is no higher than they are many."""
        self.table = table
        items = [Item(number, key) for number, key in enumerate(keys)]
        if fitted and self._height != len(items) + 1:
            self._height = len(items) + 1
            self.styles.max_height = self._height
        self.show(items, {0: table.head} if items else {})

    def paint(self, line: Line, width: int, *, cursor: bool = False) -> Strip:
        return super().paint(_led(line), width, cursor=cursor)

    def _row_line(self, item: Item, _line: int, width: int) -> Line:
        return self.table.row(item.number, width) if self.table else ()


def _led(line: Line) -> Line:
    """The blanks before a row as a part of what it begins with: less to send to a terminal."""
    if len(line) < 2 or line[0][0].strip():
        return line
    (blanks, _role), (text, role), *rest = line
    return [(blanks + text, role), *rest]


class FigureLine(NamedTuple):
    """A figure: what it is, its value in words, the longest first, its way up to now as text, and what it means."""

    key: str
    name: str
    values: tuple[str, ...]
    role: str = "strong"
    trend: str = ""
    about: str = ""


class FigureRows(RowList[FigureLine]):
    """The figures of a view, a line each, with a cursor."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 (Textual's name)
        super().__init__(self._figure_line, lambda figure: figure.key, id=id)
        self._look = Look(0, 0, 0)

    def fill(self, figures: Sequence[FigureLine], heads: Mapping[int, Head] | None = None) -> None:
        """Show figures, all of one look; ``heads`` stand above those of their index."""
        look = look_of(figures)
        if look != self._look:
            self._look = look
            self._drawn.clear()
        self.show(figures, heads)

    def paint(self, line: Line, width: int, *, cursor: bool = False) -> Strip:
        return super().paint(_led(line), width, cursor=cursor)

    def _figure_line(self, figure: FigureLine, _line: int, width: int) -> Line:
        return figure_line(figure, width, self._look)


class Look(NamedTuple):
    """Cells that names, longest values and trends of some figures take."""

    name: int
    value: int
    trend: int


def look_of(figures: Sequence[FigureLine]) -> Look:
    return Look(
        max((cells(one.name) for one in figures), default=0) + GAP,
        max((cells(one.values[0]) for one in figures), default=0) + GAP,
        max((cells(one.trend) for one in figures), default=0),
    )


def figure_line(figure: FigureLine, width: int, look: Look) -> Line:
    """Name and value, then its trend and what it means, as far as there is room for those of all."""
    name: Piece = (pad(figure.name, look.name), "muted")
    if look.name + look.value + look.trend <= width:
        value, about = pad(figure.values[0], look.value), width - look.name - look.value - look.trend - 2 * GAP
        line: list[Piece] = [name, (value, figure.role), (pad(figure.trend, look.trend), "muted")]
        return [*line, ("  " + fit(figure.about, about), "muted")] if about >= ABOUT else line
    room = width - look.name
    if value := next((one for one in figure.values if cells(one) <= room), ""):
        return [name, (value, figure.role)]
    tight: Piece = (f"{figure.name} ", "muted")
    value = next((one for one in figure.values if cells(one) <= width - width_of([tight])), figure.values[-1])
    return [tight, (fit(value, width - width_of([tight])), figure.role)]
