"""What recurs: what is due and waits to be booked, above the templates it comes from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from pitrack.core.changes import Change
from pitrack.core.model import Entry
from pitrack.core.views.recurring import Coming, Proposal, coming, proposals
from pitrack.keeper import Apply
from pitrack.screens.base import BookScreen
from pitrack.screens.listing import ListingScreen
from pitrack.store import recurring
from pitrack.text.i18n import N_, _, ngettext
from pitrack.text.plain import printable
from pitrack.widgets.pieces import Line, Lines
from pitrack.widgets.rows import Head
from pitrack.widgets.told import Told

if TYPE_CHECKING:
    from pitrack.store.snapshot import BookSnapshot

Row = Proposal | Coming


class WaitingLine(Told):
    """One line that says how much waits to be booked, and the key that shows it; no line where nothing does."""

    DEFAULT_CSS = """
    WaitingLine { height: 1; display: none; &.-some { display: block; } }
    """

    def __init__(self) -> None:
        super().__init__(id="waiting")

    def count(self, snapshot: BookSnapshot, today: dt.date) -> None:
        """Count what is due on a day."""
        waiting = len(proposals(snapshot, today)) if snapshot.templates else 0
        self.set_class(waiting > 0, "-some")
        said = ngettext("{n} recurring waits", "{n} recurring wait", waiting).format(n=waiting)
        line: Line = ((" " + said, "warn"), ("   ", ""), ("r", "accent"), (" " + _("book or skip"), "muted"))
        self.tell(lambda _width: [line])


class RecurringScreen(ListingScreen[Row]):
    """A list of what waits, oldest first, then of the templates, the one that is due soonest first."""

    MODE = "streams"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "book", N_("book"), id="recurring.book", key_display="enter", tooltip=N_("book as proposed")),
        Binding("e", "change", N_("change"), id="recurring.change", tooltip=N_("change it, then book it")),
        Binding("x", "skip", N_("skip"), id="recurring.skip", tooltip=N_("leave this one out")),
        Binding("a", "book_all", N_("book all"), id="recurring.all"),
        Binding("enter", "edit", N_("edit"), id="recurring.edit", key_display="enter"),
        Binding("n", "add", N_("new"), id="recurring.add", tooltip=N_("new template")),
        Binding("z", "archive", N_("archive"), id="recurring.archive", tooltip=N_("put aside, or take up again")),
        Binding("d,delete", "delete", N_("delete"), id="recurring.delete", key_display="d"),
        Binding("escape,r,q", "leave", N_("back"), id="recurring.back", key_display="esc"),
    ]
    DEFAULT_CSS = """
    RecurringScreen #head { height: 1; margin-bottom: 1; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.waiting: Sequence[Proposal] = ()

    def view(self, snapshot: BookSnapshot, today: dt.date) -> None:
        self.snapshot = snapshot
        self.waiting = proposals(snapshot, today)
        templates = coming(snapshot, today)
        heads: dict[int, Head] = {}
        if templates:
            heads[len(self.waiting)] = partial(_head, _("TEMPLATES"))
        if self.waiting:
            heads[0] = partial(_head, _("WAITING"))
        self.query_one("#head", Lines).show(_title(len(self.waiting)))
        self.rows.show([*self.waiting, *templates], heads, lines=self.row_lines)
        self.refresh_bindings()

    def on_row_list_selected(self) -> None:
        if isinstance(self.chosen, Coming):
            self.action_edit()
        else:
            self.action_change()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys act on what is chosen: something that waits, or a template."""
        if action in ("book", "change", "skip"):
            return self._proposal is not None
        if action in ("edit", "archive", "delete"):
            return self._template is not None
        return action != "book_all" or len(self.waiting) > 1

    @property
    def _proposal(self) -> Proposal | None:
        return self.chosen if isinstance(self.chosen, Proposal) else None

    @property
    def _template(self) -> Coming | None:
        return self.chosen if isinstance(self.chosen, Coming) else None

    # What waits

    def action_book(self) -> None:
        if (one := self._proposal) and self.snapshot:
            book(self, self.snapshot, one)

    def action_change(self) -> None:
        if (one := self._proposal) and self.snapshot:
            change(self, self.snapshot, one)

    def action_skip(self) -> None:
        if one := self._proposal:
            skip(self, one)

    def action_book_all(self) -> None:
        if self.snapshot and self.waiting:
            count = len(self.waiting)
            said = ngettext("Booked {n} entry.", "Booked {n} entries.", count).format(n=count)
            self.attempt(recurring.post_all, self.snapshot, self.waiting, said=said)

    # Templates

    def action_add(self) -> None:
        self._ask()

    def action_edit(self) -> None:
        if one := self._template:
            self._ask(one)

    def action_archive(self) -> None:
        if (one := self._template) and self.snapshot:
            template = one.template
            said = _("Taken up again.") if template.archived else _("Put aside: nothing more is due of it.")
            archived = not template.archived
            self.attempt(recurring.edit_template, self.snapshot, template.id, archived=archived, said=said)

    def action_delete(self) -> None:
        if (one := self._template) and self.snapshot:
            said = _("Deleted. u brings it back.")
            self.attempt(recurring.delete_template, self.snapshot, one.template.id, said=said)

    def _ask(self, one: Coming | None = None) -> None:
        from pitrack.screens.dialogs.template import TemplateDialog

        if self.snapshot:
            template = one.template if one else None
            self.app.push_screen(TemplateDialog(self.snapshot, self.pitrack.today, template=template), self._answered)

    def _answered(self, change: Change | None) -> None:
        if change:
            self.change(change)

    def row_line(self, row: Row, at: int, width: int) -> Line:
        from pitrack.screens.streams import recurring_lines as draw

        assert self.snapshot
        names = {stream.id: printable(stream.name) for stream in self.snapshot.streams.values()}
        return draw.row_line(row, at, width, names, narrow=self.rows.lines == 2, hidden=self.pitrack.hidden)

    def row_key(self, row: Row) -> str:
        return row.id if isinstance(row, Proposal) else row.template.id

    def no_rows(self) -> Sequence[Line]:
        return (
            (),
            (("  " + _("Nothing recurs yet."), "strong"),),
            (),
            (("  " + _("Press "), "muted"), ("n", "accent"), (_(" for rent, hosting or a retainer,"), "muted")),
            (("  " + _("or R on an entry of the ledger."), "muted"),),
        )


def book(screen: BookScreen, snapshot: BookSnapshot, one: Proposal) -> None:
    """Book what waits as it is proposed."""
    said = _("Booked: {name}. u takes it back.").format(name=printable(one.template.name))
    screen.attempt(recurring.post, snapshot, one, said=said)


def change(screen: BookScreen, snapshot: BookSnapshot, one: Proposal) -> None:
    """Ask what is to be booked instead of what is proposed."""
    from pitrack.screens.dialogs.entry import ProposalDialog

    def answered(booking: Change | None) -> None:
        if booking:
            screen.change(booking)

    screen.app.push_screen(ProposalDialog(snapshot, screen.pitrack.today, one), answered)


def skip(screen: BookScreen, one: Proposal) -> None:
    """Leave out what waits."""
    said = _("Left out: {name}. u proposes it again.").format(name=printable(one.template.name))
    screen.attempt(recurring.skip, one, said=said)


def ask_repeat(screen: BookScreen, snapshot: BookSnapshot, entry: Entry) -> None:
    """Ask how often an entry is to recur."""
    from pitrack.screens.dialogs.template import TemplateDialog

    def answered(change: Change | None) -> None:
        if change:
            said = _("It recurs now: {name}. r shows what recurs.").format(name=printable(change.subject))
            screen.post_message(Apply(change, said))

    screen.app.push_screen(TemplateDialog(snapshot, screen.pitrack.today, entry=entry), answered)


def _head(title: str, _width: int) -> Line:
    return ((title, "head"),)


def _title(waiting: int) -> Line:
    said = ngettext("{n} waits to be booked", "{n} wait to be booked", waiting).format(n=waiting)
    state = (said, "warn") if waiting else (_("nothing waits"), "muted")
    return ((" " + _("What recurs"), "strong"), ("   ", ""), state)
