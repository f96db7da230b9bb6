"""What the views of Progress share: the room that they have, and how things are worded and drawn in it."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from textual.widget import Widget

from pitrack.screens.progress.income import Purse
from pitrack.widgets.glyphs import Glyphs
from pitrack.widgets.pieces import Line, Lines


class Frame(NamedTuple):
    """``width``: cells of a view. ``past``: the day shown, where it is not today. ``roomy``: whether there are lines
    enough for titles above figures."""

    width: int
    day: dt.date
    past: dt.date | None
    purse: Purse
    glyphs: Glyphs
    roomy: bool


def put(view: Widget, name: str, lines: list[Line]) -> None:
    """Show lines in a part of a view, which is as high as they are many."""
    shown = view.query_one(f"#{name}", Lines)
    if len(shown.lines) != len(lines):
        shown.styles.height = len(lines)
    shown.show(*lines)
