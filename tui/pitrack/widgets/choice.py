"""One of a few words, all of them seen, on more than one line where they have to: the chosen one in brackets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from pitrack.text.i18n import N_
from pitrack.text.plain import cells
from pitrack.widgets.pieces import Painter, Piece


class Choice(Painter, can_focus=True):
    """``[yes or no]  at least  at most``: left, right or space choose; the value is the option's code."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h", "move(-1)", N_("the one before"), id="choice.before", show=False),
        Binding("right,l,space", "move(1)", N_("the next one"), id="choice.after", show=False),
    ]
    DEFAULT_CSS = """
    Choice { height: auto; }
    """

    class Changed(Message):
        """Another option is chosen."""

        def __init__(self, choice: Choice) -> None:
            super().__init__()
            self.choice = choice

        @property
        def control(self) -> Choice:
            return self.choice

    def __init__(self, options: Sequence[tuple[str, str]], value: str, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.options = options
        self.value = value

    def offer(self, options: Sequence[tuple[str, str]]) -> None:
        """Choose from other options from now on; the value stays."""
        if options != self.options:
            self.options = options
            self.refresh()

    @property
    def _index(self) -> int:
        return next((i for i, (code, _text) in enumerate(self.options) if code == self.value), 0)

    def choose(self, code: str) -> None:
        """Choose an option by its code."""
        if code != self.value:
            self.value = code
            self.refresh()
            self.post_message(self.Changed(self))

    def action_move(self, by: int) -> None:
        self.choose(self.options[(self._index + by) % len(self.options)][0])

    def rows(self, width: int) -> list[list[tuple[str, str]]]:
        """The options over as many lines as they need."""
        rows: list[list[tuple[str, str]]] = [[]]
        used = 0
        for option in self.options:
            size = cells(option[1]) + 2
            if rows[-1] and used + size > width:
                rows.append([])
                used = 0
            rows[-1].append(option)
            used += size
        return rows

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self.rows(width))

    def on_click(self, event: events.Click) -> None:
        edge = 0
        for code, text in self.rows(self.size.width)[event.y]:
            edge += cells(text) + 2
            if event.x < edge:
                self.choose(code)
                return

    def render_line(self, y: int) -> Strip:
        pieces: list[Piece] = []
        rows = self.rows(self.size.width)
        for code, text in rows[y] if y < len(rows) else ():
            chosen = code == self.value
            role = ("accent" if self.has_focus else "strong") if chosen else "muted"
            pieces.append((f"[{text}]" if chosen else f" {text} ", role))
        return self.paint(pieces, self.size.width)
