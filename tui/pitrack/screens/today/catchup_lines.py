"""How catching up is drawn: days, and their actions as lines."""

from __future__ import annotations

import datetime as dt

from pitrack.core.views.catchup import CatchUp, Unanswered
from pitrack.screens.today.lines import short_day
from pitrack.text import words
from pitrack.text.i18n import _, ngettext
from pitrack.text.plain import cells, fit, printable
from pitrack.widgets.glyphs import Glyphs
from pitrack.widgets.pieces import Line, Piece, spread

VALUE = 22
ABOUT = 8
"""Cells below which a note or a stream is left out."""


def head_lines(found: CatchUp, listed: int, _width: int) -> tuple[Line, ...]:
    """What is left, or that nothing is."""
    left = len(found.actions)
    if not left:
        return (((" " + _("All caught up."), "good"),),) if listed else ((),)
    days = len(found.days)
    return (
        (
            (" " + _("Catch up"), "strong"),
            ("   ", ""),
            (ngettext("{n} action unanswered", "{n} actions unanswered", left).format(n=left), "warn"),
            (" " + ngettext("on {n} day", "on {n} days", days).format(n=days), "muted"),
        ),
    )


def day_head(day: dt.date, _width: int) -> Line:
    return ((short_day(day), "head"),)


def action_line(action: Unanswered, width: int, glyphs: Glyphs) -> Line:
    """Its answer, its name, its note or its stream, and what it asks or how it was answered."""
    value, role = _value(action)
    value = fit(value, VALUE)
    room = width - 2 - cells(value) - 1
    name = fit(printable(action.habit.name), room)
    about = printable(action.note or action.stream_name)
    left: list[Piece] = [_mark(action, glyphs), (name, "" if action.state == "absent" else "muted")]
    if about and (left_over := room - cells(name) - 3) > ABOUT:
        left.append(("  " + fit(about, left_over), "" if action.note else "muted"))
    return spread(tuple(left), ((value, role),), width)


def _mark(action: Unanswered, glyphs: Glyphs) -> Piece:
    if action.state == "skip":
        return "s ", "muted"
    if action.done:
        return f"{glyphs.tick} ", "good"
    if action.state == "absent":
        return "? ", "warn"
    return ("x ", "bad") if action.state == "no" else ("/ ", "warn")


def _value(action: Unanswered) -> Piece:
    rule = action.rule
    if action.value is not None:
        amount = words.counted(words.plain_number(action.value), rule.unit)
        return amount, "good" if action.done else ""
    if action.state != "absent":
        return words.state(action.state), "good" if action.done else "muted"
    return words.target(rule), "muted"
