"""How what recurs is drawn: what waits, and templates, a line each or two where it is narrow."""

from __future__ import annotations

from collections.abc import Mapping

from pitrack.core.views.recurring import Coming, Proposal
from pitrack.screens.streams.lines import amount_of
from pitrack.text.dates import short_day
from pitrack.text.i18n import _
from pitrack.text.plain import cells, fit, pad, printable
from pitrack.text.recurring import about
from pitrack.text.words import listed
from pitrack.widgets.pieces import Line, Piece, spread

DAY = 8
AMOUNT = 12


def row_line(
    row: Proposal | Coming, at: int, width: int, streams: Mapping[str, str], *, narrow: bool, hidden: bool
) -> Line:
    """A line of something that waits (its day, name, stream, amount), or of a template (when next, how often)."""
    template = row.template
    entry = row.entry if isinstance(row, Proposal) else Proposal(row.template, "", row.template.since).entry
    day = short_day(row.day) if row.day else "-"
    name, stream = printable(template.name), streams.get(template.stream or "", "")
    how = about(template)
    if isinstance(row, Proposal):
        role, note = "", listed(stream, _("due {day}").format(day=day))
        told = stream
    else:
        role, note = "muted" if row.day is None else "", listed(_("next {day}").format(day=day) if row.day else "", how)
        told = listed(how, stream)
    amount = amount_of(entry, hidden)
    if narrow and at == 1:
        return (("  " + fit(note, width - 2), "muted"),)
    if narrow:
        return spread(((fit(name, width - cells(amount[0]) - 2), role),), (amount,), width)
    left: list[Piece] = [(pad(day, DAY) + " ", "muted"), (amount[0].rjust(AMOUNT) + "  ", amount[1])]
    room = width - DAY - 1 - max(AMOUNT, cells(amount[0])) - 2
    named = max(10, room * 2 // 5)
    left.append((pad(fit(name, named), named) + "  ", role))
    return (*left, (fit(told, max(0, room - named - 2)), "muted"))
