"""How the close of a month is drawn: pending entries, missing payouts and what recurs, as lines."""

from __future__ import annotations

from collections.abc import Mapping

from pitrack.core.model import Entry
from pitrack.core.views.income.missing import Missing
from pitrack.core.views.recurring import Proposal
from pitrack.screens.streams import recurring_lines
from pitrack.screens.streams.lines import amount_of
from pitrack.text.dates import short_day
from pitrack.text.i18n import _
from pitrack.text.plain import cells, fit, pad, printable
from pitrack.text.words import day_of_month, listed
from pitrack.widgets.pieces import Line, spread


def row_line(
    row: Entry | Missing | Proposal, at: int, width: int, streams: Mapping[str, str], *, narrow: bool, hidden: bool
) -> Line:
    """A line of something that is open, of two where it is narrow."""
    if isinstance(row, Proposal):
        return recurring_lines.row_line(row, at, width, streams, narrow=narrow, hidden=hidden)
    if isinstance(row, Missing):
        return _missing(row, at, width, narrow=narrow)
    return _pending(row, at, width, streams, narrow=narrow, hidden=hidden)


def _missing(row: Missing, at: int, width: int, *, narrow: bool) -> Line:
    usual = _("usually by {day}").format(day=day_of_month(row.by))
    if narrow:
        return (("  " + usual, "muted"),) if at else ((fit(printable(row.stream.name), width), ""),)
    name = fit(printable(row.stream.name), width - cells(usual) - 2)
    return (name + "  ", ""), (usual, "muted")


def _pending(entry: Entry, at: int, width: int, streams: Mapping[str, str], *, narrow: bool, hidden: bool) -> Line:
    amount = amount_of(entry, hidden)
    stream, note = streams.get(entry.stream or "", ""), printable(entry.note)
    day = short_day(entry.day)
    if narrow and at:
        return (("  " + fit(listed(day, note), width - 2), "muted"),)
    if narrow:
        return spread(((fit(stream or note, width - cells(amount[0]) - 2), ""),), (amount,), width)
    before = pad(day, recurring_lines.DAY) + " "
    shown = amount[0].rjust(recurring_lines.AMOUNT) + "  "
    told = fit(listed(stream, note), width - cells(before) - cells(shown))
    return (before, "muted"), (shown, amount[1]), (told, "")
