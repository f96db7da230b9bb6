"""The bar of screens at the top and the line of keys at the bottom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from textual import events
from textual.message import Message
from textual.timer import Timer

from pitrack.text.plain import cells
from pitrack.widgets.pieces import Line, Lines, Piece, spread, width_of
from pitrack.widgets.wrapping import broken

_HELP: Piece = ("  ? ", "muted")
SAID_FOR = 4.0
"""Seconds that a sentence stands on the line of keys."""


class Tab(NamedTuple):
    """One screen in the bar: the key that opens it, its mode and its name."""

    key: str
    mode: str
    name: str


class ScreenBar(Lines):
    """`` 1 TODAY  2 Streams  3 Progress  4 Plan      synced 13:02  ? ``: the screens, and how the file stands."""

    DEFAULT_CSS = """
    ScreenBar { dock: top; background: $panel; color: $text; }
    """

    class Chosen(Message):
        """A screen's name was clicked."""

        def __init__(self, mode: str) -> None:
            super().__init__()
            self.mode = mode

    def __init__(self, tabs: Sequence[Tab], active: str) -> None:
        super().__init__()
        self.tabs = tabs
        self.active = active
        self.status: Sequence[str] = ()
        self.role = ""
        self._left: list[Piece] = []

    def tell(self, status: Sequence[str], role: str = "") -> None:
        """Show how the file stands: the first of these texts that there is room for. With a role it is bad news, for
        which the names of the screens give way."""
        self.status, self.role = status, role
        self._draw()

    def on_resize(self) -> None:
        self._draw()

    def _draw(self) -> None:
        width = self.size.width
        self._left = [self._label(tab) for tab in self.tabs]
        right = self._right(width - width_of(self._left) - 1)
        if self.role and (right is None or right[0][0] != self.status[0]):
            self._left = [self._label(tab, short=True) for tab in self.tabs]
            right = self._right(width - width_of(self._left) - 1)
        self.show(spread(self._left, right or (_HELP,), width))

    def _right(self, room: int) -> tuple[Piece, ...] | None:
        """The status in the most words that fit, and the key of the help where that fits too; None where nothing
        does."""
        for text in self.status:
            for line in (((text, self.role or "muted"), _HELP), ((text, self.role or "muted"), (" ", ""))):
                if width_of(line) <= room:
                    return line
        return None

    def _label(self, tab: Tab, *, short: bool = False) -> Piece:
        on = tab.mode == self.active
        name = tab.name.upper() if on else "" if short else tab.name
        gap = " " if self.size.width >= 50 else ""
        return f" {tab.key} {name}".rstrip() + gap, "muted" if short or not on else "accent"

    def on_click(self, event: events.Click) -> None:
        edge = 0
        for tab, (label, _role) in zip(self.tabs, self._left, strict=False):
            edge += cells(label)
            if event.x < edge:
                self.post_message(self.Chosen(tab.mode))
                return


class Hint(NamedTuple):
    """A key and, in a word or two, what it does now."""

    key: str
    does: str


class KeyLine(Lines):
    """The keys that act now, most important first, as many as fit in two lines; the last hint always shows. For a few
    seconds a sentence may stand in their place, or above them where there is room for both."""

    DEFAULT_CSS = """
    KeyLine { dock: bottom; height: 2; background: $panel; color: $text; }
    KeyLine.-one { height: 1; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.hints: Sequence[Hint] = ()
        self.said: Piece = ("", "")
        self._saying: Timer | None = None

    def say(self, text: str, role: str = "good") -> None:
        """Show a sentence for a while, or until the next one."""
        self.said = (text, role)
        if self._saying:
            self._saying.stop()
        self._saying = self.set_timer(SAID_FOR, self._hush) if text else None
        self._draw()

    def _hush(self) -> None:
        self.say("")

    def offer(self, hints: Iterable[Hint]) -> None:
        """Show these keys."""
        self.hints = tuple(hints)
        self._draw()

    def on_resize(self) -> None:
        self._draw()

    def _draw(self) -> None:
        width, height = self.size
        text, role = self.said
        told = broken([(text, role)], width - 2)[:height] if text else []
        self.show(*(((" ", ""), *line) for line in told), *lay_out(self.hints, width, height - len(told)))


def lay_out(hints: Sequence[Hint], width: int, height: int) -> list[Line]:
    """Hints in order over ``height`` lines; the last hint is kept, those that find no room before it are not."""
    if not hints or height < 1:
        return []
    *others, last = hints
    lines: list[list[Piece]] = [[] for _ in range(height)]
    used = [0] * height
    kept = _length(last)
    y = 0
    for hint in others:
        length = _length(hint)
        while y < height and used[y] + length + (kept if y == height - 1 else 0) > width - 1:
            y += 1
        if y == height:
            break
        lines[y] += _pieces(hint)
        used[y] += length
    y = min(y, height - 1)
    lines[y if used[y] + kept <= width - 1 else height - 1] += _pieces(last)
    return [tuple(line) for line in lines]


def _length(hint: Hint) -> int:
    return cells(hint.key) + cells(hint.does) + 3


def _pieces(hint: Hint) -> list[Piece]:
    return [(f" {hint.key} ", "strong"), (f"{hint.does} ", "muted")]
