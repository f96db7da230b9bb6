"""One of many words: a row that slides, so that the chosen one is always seen; typing its first letters finds it."""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Sequence

from textual import events
from textual.geometry import Size
from textual.strip import Strip

from pitrack.text.plain import cells, fit
from pitrack.widgets.choice import Choice
from pitrack.widgets.pieces import Piece

PAUSE = 1.0
"""Seconds after which the next letter begins another word."""
_EDGE = 2


class Pick(Choice):
    """``< news  [photos]  service >``: left and right choose, and so does typing the beginning of a word."""

    def __init__(self, options: Sequence[tuple[str, str]], value: str, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(options, value, id=id)
        self._typed = ""
        self._typed_at = 0.0

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return 1

    def seen(self, width: int) -> range:
        """The options there is room for around the chosen one, between the two marks at the edges."""
        sizes = [cells(text) + 2 for _code, text in self.options]
        first = last = self._index
        used = sizes[first] + 2 * _EDGE
        while True:
            grown = False
            for index in (last + 1, first - 1):
                if 0 <= index < len(sizes) and used + sizes[index] <= width:
                    used += sizes[index]
                    first, last = min(first, index), max(last, index)
                    grown = True
            if not grown:
                return range(first, last + 1)

    def on_key(self, event: events.Key) -> None:
        if not (event.is_printable and event.character and event.character != " "):
            return
        now = time.monotonic()
        self._typed = (self._typed if now - self._typed_at < PAUSE else "") + _fold(event.character)
        self._typed_at = now
        event.stop()
        event.prevent_default()
        found = [code for code, text in self.options if _begins(text, self._typed)]
        if found:
            self.choose(found[0])

    def check_consume_key(self, key: str, character: str | None) -> bool:
        return character is not None and character.isprintable() and character != " "

    def on_click(self, event: events.Click) -> None:
        edge = _EDGE
        for index in self.seen(self.size.width):
            code, text = self.options[index]
            edge += cells(text) + 2
            if event.x < edge:
                self.choose(code)
                return

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        shown = self.seen(width)
        pieces: list[Piece] = [("< " if shown.start else "  ", "muted")]
        for index in shown:
            code, text = self.options[index]
            chosen = code == self.value
            text = fit(text, width - 2 * _EDGE - 2) if chosen else text
            role = ("accent" if self.has_focus else "strong") if chosen else "muted"
            pieces.append((f"[{text}]" if chosen else f" {text} ", role))
        if shown.stop < len(self.options):
            pieces.append((" >", "muted"))
        return self.paint(pieces if y == 0 else (), width)


def _begins(text: str, typed: str) -> bool:
    return any(word.startswith(typed) for word in (_fold(text), *_fold(text).split()))


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
