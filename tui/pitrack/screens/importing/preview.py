"""What an import would do, before it does it: what is new, what it comes to, and what cannot be read."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import ClassVar, Literal, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import ProgressBar

from pitrack.text import words
from pitrack.text.i18n import N_, _, ngettext
from pitrack.text.plain import cells, fit, pad, printable
from pitrack.widgets.pieces import Line, Lines
from pitrack.widgets.rows import RowList
from pitrack.widgets.wrapping import broken

AROUND = 2
"""Lines of the frame."""
LEAST = 6
"""Lines that the rows that cannot be read have, whatever else there is to tell."""
WIDE = 70
"""Width from which a row that cannot be read takes one line."""
MOST_MEASURED = 1_000
"""Rows whose width decides where the reasons begin."""
Answer = Literal["import", "skip", "again"]


class Unread(NamedTuple):
    """A row that cannot be read: where it stands, and why."""

    n: int
    where: str
    why: str


class Outcome(NamedTuple):
    """What an import would do: ``facts`` in words, a line each; whether it would do anything; what cannot be read;
    whether entries stay away that were deleted here."""

    title: str
    facts: Sequence[Line]
    does: bool
    unread: Sequence[Unread] = ()
    is_gone: bool = False


class PreviewDialog(ModalScreen[Answer | None]):
    """Enter imports; where rows cannot be read nothing is imported, unless ``s`` leaves those rows out. ``a`` asks
    for what would come with the entries that were deleted here."""

    CSS_PATH = "importing.tcss"
    AUTO_FOCUS: ClassVar[str | None] = None
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (60, "-plain")]  # noqa: RUF012 (Textual's)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "leave", N_("leave"), show=False, priority=True, id="import.leave"),
        Binding("enter", "go", N_("import"), id="import.go"),
        Binding("s", "skip", N_("leave these rows out, import the rest"), id="import.skip"),
        Binding("a", "again", N_("bring back what was deleted here"), id="import.again"),
    ]

    def __init__(self, outcome: Outcome) -> None:
        super().__init__()
        self.outcome = outcome
        self._widest = max((cells(one.where) for one in outcome.unread[:MOST_MEASURED]), default=0)
        self._is_asking = False
        """Whether enter was pressed where rows cannot be read."""

    def compose(self) -> ComposeResult:
        with Vertical(id="form") as box:
            with VerticalScroll(id="facts"):
                yield Lines(id="told")
            yield RowList[Unread](self._line, lambda one: str(one.n), id="troubles")
        box.border_title = Content(fit(printable(self.outcome.title), 60))
        box.border_subtitle = self._keys()

    def _keys(self) -> str:
        return _("a bring back  {keys}").format(keys=self._usual_keys()) if self.outcome.is_gone else self._usual_keys()

    def _usual_keys(self) -> str:
        if self.outcome.unread and self.outcome.does:
            return _("s import the rest  esc leave")
        return _("enter import  esc leave") if self.outcome.does else _("esc close")

    def on_mount(self) -> None:
        self._lay_out()
        self.query_one("#troubles" if self.outcome.unread else "#facts").focus()

    def on_resize(self) -> None:
        self.call_after_refresh(self._lay_out)

    def _lay_out(self) -> None:
        """All that is told, and the rows that cannot be read in the room that is left."""
        told, rows = self.query_one("#told", Lines), self.query_one("#troubles", RowList)
        width = max(20, told.size.width)
        lines = [part for fact in self.outcome.facts for part in (broken(fact, width) or [()])]
        if self.outcome.unread:
            lines += [(), *broken([(self._unread(), "bad" if self._is_asking else "warn")], width)]
        told.styles.height = len(lines)
        told.show(*lines)
        rows.display = bool(self.outcome.unread)
        each = 1 if width >= WIDE else 2
        rows.show(self.outcome.unread, lines=each)
        height, needed = self.size.height - AROUND, len(self.outcome.unread) * each
        facts = min(len(lines), height - min(needed, LEAST) - 1) if needed else min(len(lines), height)
        self.query_one("#facts").styles.height = facts
        rows.styles.height = min(needed, height - facts - 1)

    def _unread(self) -> str:
        n = len(self.outcome.unread)
        said = ngettext("{n} row cannot be read.", "{n} rows cannot be read.", n).format(n=n)
        if not self.outcome.does:
            return said
        return ngettext(
            "{n} row cannot be read. Mend the file and import it again, or press s to leave it out.",
            "{n} rows cannot be read. Mend the file and import it again, or press s to leave them out.",
            n,
        ).format(n=n)

    def _line(self, one: Unread, line: int, width: int) -> Line:
        if width < WIDE - 4:
            return ((fit(one.where, width), "") if line == 0 else (fit(one.why, width), "muted"),)
        where = min(self._widest, width * 2 // 3)
        return (pad(one.where, where), ""), ("  ", ""), (fit(one.why, width - where - 2), "muted")

    def action_leave(self) -> None:
        self.dismiss(None)

    def action_go(self) -> None:
        if not self.outcome.does:
            self.dismiss(None)
        elif self.outcome.unread:
            self._is_asking = True
            self._lay_out()
        else:
            self.dismiss("import")

    def action_skip(self) -> None:
        if self.outcome.unread and self.outcome.does:
            self.dismiss("skip")

    def action_again(self) -> None:
        if self.outcome.is_gone:
            self.dismiss("again")

    def on_row_list_selected(self) -> None:
        """A click on a row decides nothing."""


class ApplyingDialog(ModalScreen[None]):
    """A bar while the book takes it in. Whoever closes it does not stop what is on its way."""

    CSS_PATH = "importing.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q", "dismiss", N_("close"), show=False, priority=True)]

    def __init__(self, entries: int) -> None:
        super().__init__()
        self.entries = entries

    def compose(self) -> ComposeResult:
        with Vertical() as box:
            yield ProgressBar(show_percentage=False, show_eta=False)
        n = self.entries
        box.border_title = ngettext("Importing {n} entry", "Importing {n} entries", n).format(
            n=words.plain_number(Decimal(n))
        )
        box.border_subtitle = _("esc close, it goes on")
