"""The line over the entries of the stream ledger: whose they are, how many, how many of them marked, in which order."""

from __future__ import annotations

from typing import NamedTuple

from pitrack.screens.streams.lines import entry_count
from pitrack.text.i18n import _
from pitrack.text.plain import cells, fit
from pitrack.widgets.pieces import Line, spread


class Counts(NamedTuple):
    """How many entries are shown, how many of these are marked, and how many marked ones are not shown."""

    shown: int
    marked: int = 0
    elsewhere: int = 0


def title_line(name: str, counts: Counts, order: str, width: int) -> Line:
    """Whose entries are shown, how many, which of them are marked, and in which order."""
    counted = "  " + entry_count(counts.shown)
    marks = marked_count(counts)
    # Where it is narrow, what is marked takes the place of the order.
    for right in (f"{marks}  {order}" if marks else order, marks or order):
        if cells(counted) + cells(right) + 12 <= width:
            break
    name = fit(name, max(8, width - cells(counted) - cells(right) * bool(marks) - 4))
    left: Line = ((f" {name}", "strong"), (counted, "muted"))
    if not marks:
        return spread(left, ((order, "muted"), (" ", "")), width)
    rest = right.removeprefix(marks)
    return spread(left, ((marks, "accent"), (rest, "muted"), (" ", "")), width)


def marked_count(counts: Counts) -> str:
    """``3 marked``, ``3 marked, 2 not shown``; empty where nothing is."""
    if not counts.marked and not counts.elsewhere:
        return ""
    if not counts.elsewhere:
        return _("{n} marked").format(n=f"{counts.marked:,}")
    return _("{n} marked, {hidden} not shown").format(n=f"{counts.marked:,}", hidden=f"{counts.elsewhere:,}")
