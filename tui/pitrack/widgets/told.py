"""Lines that are made for the width they have, and made again when it changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pitrack.widgets.pieces import Line, Lines


class Told(Lines):
    """A few lines, given as what makes them of a width in cells."""

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._draw: Callable[[int], Sequence[Line]] = lambda _width: ()

    def tell(self, draw: Callable[[int], Sequence[Line]]) -> None:
        """Show what ``draw`` makes of the width, now and at every change of it."""
        self._draw = draw
        self.on_resize()

    def on_resize(self) -> None:
        if self.size.width:
            self.show(*self._draw(self.size.width))

    def on_show(self) -> None:
        self.on_resize()  # one that is mounted later is shown at its size, and not told of it
