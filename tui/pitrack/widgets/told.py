"""Lines that are made for the width they have, and made again when it changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.strip import Strip

from pitrack.widgets.pieces import Line, Lines


class Told(Lines):
    """A few lines, given as what makes them of a width in cells."""

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._draw: Callable[[int], Sequence[Line]] = lambda _width: ()
        self._made_for = 0

    def tell(self, draw: Callable[[int], Sequence[Line]]) -> None:
        """Show what ``draw`` makes of the width, now and at every change of it."""
        self._draw = draw
        self.on_resize()

    def on_resize(self) -> None:
        if self.size.width:
            self._made_for = self.size.width
            self.show(*self._draw(self.size.width))

    def render_line(self, y: int) -> Strip:
        if self._made_for != self.size.width:  # one that is mounted later is not told of its first size
            self._made_for = self.size.width
            self.lines = self._draw(self.size.width)
        return super().render_line(y)
