"""Finding entries in the stream ledger while one types, and the order in which they stand."""

from __future__ import annotations

from typing import Any

from pitrack.screens.streams.ledger import Ledger
from pitrack.screens.streams.order import ORDERS
from pitrack.text.i18n import _
from pitrack.text.plain import cells
from pitrack.widgets.pieces import Line
from pitrack.widgets.told import Told


class LedgerFilter(Ledger):
    """The line in which one types what is looked for, above the entries, and what it understands."""

    def action_filter(self) -> None:
        from textual.widgets import Input

        self.face("entries")
        if not self.query("#filter"):
            line = Input(self.query_text, placeholder=_("type to find"), compact=True, id="filter")
            line.cursor_blink = False
            hint = Told(id="hint")
            hint.tell(lambda width: [hint_line(width)])
            self.query_one("#right").mount_all([line, hint], before=self.query_one("#title"))
        self.call_after_refresh(lambda: self.query_one("#filter").focus())

    @property
    def is_filtered(self) -> bool:
        return bool(self.query("#filter"))

    def unfilter(self) -> None:
        """Show all again."""
        self.query("#filter, #hint").remove()
        self.query_text = ""
        self.find()
        self.entries.focus()

    def on_input_changed(self, event: Any) -> None:
        self.query_text = event.value
        if self.snapshot:
            self.find()

    def on_input_submitted(self) -> None:
        self.entries.focus()

    def action_sort(self) -> None:
        self.order = ORDERS[(ORDERS.index(self.order) + 1) % len(ORDERS)]
        if self.snapshot:
            self.find()
            self.entries.move_to(0)


def hint_line(width: int) -> Line:
    """What may be typed, as much of it as there is room for; how to leave comes last and always."""
    leave = _("esc all")
    facts = (
        _("words"),
        "2026-10",
        ">100",
        "#tag",
        _("-without"),
        _("pending"),
        _("asset:name"),
        "100..200",
        _("fee"),
        _("unpaid"),
        _("“two words”"),
    )
    told = ""
    for fact in facts:
        if cells(told) + cells(fact) + cells(leave) + 5 > width:
            break
        told += f"{fact}  "
    return ((f" {told}{leave}", "muted"),)
