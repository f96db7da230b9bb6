"""What charts share: lines of pieces drawn from data, with a colour for each stream and each degree of heat."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import ClassVar

from rich.segment import Segment
from textual.geometry import Size
from textual.strip import Strip

from pitrack.widgets.pieces import Line, Painter, Piece

STREAMS = 8
HEAT = 4


def stream_role(index: int) -> str:
    """The role of text in the colour of the stream at ``index``."""
    return f"stream-{index % STREAMS + 1}"


def joined(line: Iterable[Piece]) -> Line:
    """The same text with neighbours of one role made one piece, empty ones left out."""
    groups = groupby(((text, role) for text, role in line if text), key=lambda piece: piece[1])
    return [("".join(text for text, _role in group), role) for role, group in groups]


COLOUR_CLASSES = {
    "piece--line",
    *(f"piece--stream-{number}" for number in range(1, STREAMS + 1)),
    *(f"piece--heat-{number}" for number in range(1, HEAT + 1)),
}
"""Component classes of a painter that knows the colours of streams and of heat."""


def colour_css(widget: str) -> str:
    """The style sheet of those classes for a type of widget."""
    rules = ["piece--line { color: $line; }"]
    for number in range(1, STREAMS + 1):
        rules.append(f"piece--stream-{number} {{ color: $stream-{number}; }}")
    for number in range(1, HEAT + 1):
        rules.append(f"piece--heat-{number} {{ color: $background 35%; background: $heat-{number}; }}")
    return "\n".join(f"{widget} > .{rule}" for rule in rules)


class Chart(Painter):
    """A chart. Subclasses give its lines; ``redraw`` after new data."""

    COMPONENT_CLASSES: ClassVar[set[str]] = COLOUR_CLASSES
    DEFAULT_CSS = colour_css("Chart")

    _drawn: list[Line] | None = None
    _drawn_for: Size | None = None

    def lines(self, width: int, height: int) -> list[Line]:
        """The lines to show in ``width`` x ``height`` cells."""
        raise NotImplementedError

    def redraw(self) -> None:
        self._drawn = None
        self.refresh()

    def paint(self, line: Line, width: int, *, cursor: bool = False) -> Strip:
        """The line as exactly ``width`` cells. Blanks keep their own ground: gaps between bars are part of a chart."""
        base = self.get_visual_style().rich_style
        segments = [
            Segment(text, self.get_visual_style(f"piece--{role}").rich_style if role else base) for text, role in line
        ]
        return Strip(segments).adjust_cell_length(width, base)

    def render_line(self, y: int) -> Strip:
        if self._drawn is None or self._drawn_for != self.size:  # a new size is drawn before it is told
            self._drawn_for = self.size
            self._drawn = self.lines(*self.size)
        return self.paint(self._drawn[y] if y < len(self._drawn) else (), self.size.width)
