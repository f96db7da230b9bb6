"""The view of automation: the five merits with their trends, and below them what runs by itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from textual.app import ComposeResult
from textual.containers import Vertical

from pitrack.core.model import Snapshot
from pitrack.core.views.merits.measuring import merits, savings
from pitrack.core.views.merits.shapes import Merits, Saving
from pitrack.screens.dialogs.explain import Explanation
from pitrack.screens.plan import automations_lines as lines
from pitrack.screens.plan.automations_why import of_merit
from pitrack.screens.progress.frame import Frame, put
from pitrack.screens.progress.income import standpoint
from pitrack.screens.progress.rows import TableRows
from pitrack.text.dates import month_year
from pitrack.text.i18n import _
from pitrack.widgets.pieces import Line, Lines, spread
from pitrack.widgets.wrapping import broken

INDENT = "   "


class Automation(NamedTuple):
    """The merits in a currency, and what runs by itself, that which is archived last."""

    merits: Merits
    savings: tuple[Saving, ...]


def read_automation(snapshot: Snapshot, day: dt.date, currency: str) -> Automation:
    """All that the view of automation shows."""
    found = sorted(savings(snapshot, day, currency), key=lambda one: one.state == "archived")
    return Automation(merits(snapshot, day, currency), tuple(found))


class AutomationView(Vertical):
    """Shows the merits of all streams, and the register."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 (Textual's name)
        super().__init__(id=id)
        self.reading: Automation | None = None
        self._look: lines.Look | None = None
        self._width = 0

    def compose(self) -> ComposeResult:
        yield Lines(id="merits-head")
        yield TableRows(id="merits")
        yield Lines(id="facts")
        yield TableRows(empty=self._no_automations, id="automations")

    def show(self, snapshot: Snapshot, reading: Automation | None, frame: Frame) -> None:
        """Show what was read; None is still counted."""
        self.reading, self._width = reading, frame.width
        title: Line = [(_("The five merits"), "strong")]
        if reading is None:
            put(self, "merits-head", [spread(title, [(_("counting"), "muted")], frame.width)])
            return
        view = reading.merits
        is_none = not view.months and not reading.savings
        self.set_class(is_none, "-none")
        if is_none:
            put(self, "merits-head", _nothing(frame.width))
            return
        look = self._look = lines.Look(
            view.currency, snapshot.streams, frame.glyphs, frame.purse.hidden, width=frame.width
        )
        past = standpoint(None, frame.past)
        where: Line = [(month_year(view.month), "muted"), *([("  ", ""), *past] if past else [])]
        put(self, "merits-head", [spread(title, where, frame.width)])
        ids = [merit.id for merit in view.whole.merits]
        self.query_one("#merits", TableRows).fill(lines.merit_table(view.whole.merits, look), ids)
        facts = lines.facts_line(view.whole, look, frame.width - 2)
        put(self, "facts", [facts] if facts else [])
        register = lines.automation_table(reading.savings, look)
        keys = [one.automation.id for one in reading.savings]
        self.query_one("#automations", TableRows).fill(register, keys, fitted=False)

    def explanation(self) -> Explanation | None:
        """Of the chosen merit."""
        chosen = self.query_one("#merits", TableRows).highlighted
        if chosen is None or self.reading is None or self._look is None:
            return None
        view = self.reading.merits
        return of_merit(view, view.whole, view.whole.merits[chosen.number], self._look)

    def _no_automations(self) -> Sequence[Line]:
        """Where the rows would stand, in line with those of the merits."""
        return [((INDENT, ""), *line) for line in _nothing(self._width - 2 * len(INDENT))]


def _nothing(width: int) -> list[Line]:
    """What a book without automations says."""
    return [
        [(_("No automation yet."), "strong")],
        (),
        *broken([(_("Press 4 for Plan, then s to add the first one. "), ""),
                  (_("It is a tool that does what you did by hand; what it saves shows here."), "muted")], width),
    ]  # fmt: skip
