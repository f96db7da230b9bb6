"""The close of a month: what is still open in it, one after the other, then the month is final."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from pitrack.chores import ask_lesson
from pitrack.core.changes import Change
from pitrack.core.days import Month
from pitrack.core.model import Entry, Stream
from pitrack.core.periods import month_of
from pitrack.core.views.close import Closing, closing
from pitrack.core.views.income.missing import Missing
from pitrack.core.views.recurring import Proposal
from pitrack.core.views.review import lesson_of
from pitrack.screens.base import BookScreen
from pitrack.screens.listing import ListingScreen
from pitrack.screens.streams import recurring
from pitrack.store import edits
from pitrack.text.i18n import N_, _, ngettext
from pitrack.text.plain import printable
from pitrack.widgets.pieces import Line, Lines
from pitrack.widgets.rows import Head
from pitrack.widgets.wrapping import broken

if TYPE_CHECKING:
    from pitrack.store.snapshot import BookSnapshot

Row = Entry | Missing | Proposal


class CloseScreen(ListingScreen[Row]):
    """A list of what is open: pending entries, usual payouts that have not come, what recurs and is not booked."""

    MODE = "progress"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "clear", N_("paid"), id="close.clear", tooltip=N_("it was paid: cleared, today")),
        Binding("e", "change", N_("change"), id="close.change", tooltip=N_("change it")),
        Binding("i", "book", N_("book it"), id="close.book", tooltip=N_("book the payout that came")),
        Binding("z", "nothing", N_("nothing came"), id="close.nothing"),
        Binding("enter", "post", N_("book"), id="close.post", key_display="enter", tooltip=N_("book as proposed")),
        Binding("x", "skip", N_("skip"), id="close.skip", tooltip=N_("leave this one out")),
        Binding("C", "close", N_("close the month"), id="close.close"),
        Binding("w", "review", N_("review"), id="close.review", tooltip=N_("lesson of the month")),
        Binding("C", "reopen", N_("open it again"), id="close.reopen"),
        Binding("escape,q", "leave", N_("back"), id="close.back", key_display="esc"),
    ]
    DEFAULT_CSS = """
    CloseScreen #head { height: auto; margin-bottom: 1; }
    """

    def __init__(self, month: Month) -> None:
        super().__init__()
        self.month = month
        self.found: Closing | None = None

    def view(self, snapshot: BookSnapshot, today: dt.date) -> None:
        self.snapshot = snapshot
        self.found = found = closing(snapshot, self.month, today)
        groups = (
            (_("PENDING"), found.pending),
            (_("USUAL PAYOUTS THAT HAVE NOT COME"), found.missing),
            (_("RECURRING, NOT BOOKED"), found.recurring),
        )
        rows: list[Row] = []
        heads: dict[int, Head] = {}
        for title, group in groups:
            if group:
                heads[len(rows)] = partial(_head, title)
                rows += group
        told = self._title(found)
        head = self.query_one("#head", Lines)
        head.styles.height = len(told)
        head.show(*told)
        self.rows.show(rows, heads, lines=self.row_lines)
        self.refresh_bindings()

    def on_row_list_selected(self) -> None:
        self.action_book() if isinstance(self.chosen, Missing) else self.action_change()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys act on what is chosen."""
        chosen = self.chosen
        match action:
            case "clear":
                return isinstance(chosen, Entry)
            case "change":
                return isinstance(chosen, Entry | Proposal)
            case "book" | "nothing":
                return isinstance(chosen, Missing)
            case "post" | "skip":
                return isinstance(chosen, Proposal)
            case "close":
                return self.found is not None and self.found.is_over and not self.found.is_closed
            case "reopen":
                return self.found is not None and self.found.is_closed
        return True

    # What is open

    def action_clear(self) -> None:
        if isinstance(entry := self.chosen, Entry) and self.snapshot:
            paid = entry.paid or self.pitrack.today
            said = _("Paid on {day}. e changes the day, u takes it back.").format(day=paid)
            self.attempt(edits.edit_entry, self.snapshot, entry.id, status="cleared", paid=paid, said=said)

    def action_change(self) -> None:
        from pitrack.screens.dialogs.entry import EntryDialog

        chosen = self.chosen
        if isinstance(chosen, Proposal) and self.snapshot:
            recurring.change(self, self.snapshot, chosen)
        elif isinstance(chosen, Entry) and self.snapshot:
            self.app.push_screen(EntryDialog(self.snapshot, self.pitrack.today, entry=chosen), partial(_send, self))

    def action_book(self) -> None:
        if isinstance(chosen := self.chosen, Missing) and self.snapshot:
            book_missing(self, self.snapshot, chosen.stream, self.month)

    def action_nothing(self) -> None:
        if isinstance(chosen := self.chosen, Missing) and self.snapshot:
            note_nothing(self, self.snapshot, chosen.stream, self.month)

    def action_post(self) -> None:
        if isinstance(chosen := self.chosen, Proposal) and self.snapshot:
            recurring.book(self, self.snapshot, chosen)

    def action_skip(self) -> None:
        if isinstance(chosen := self.chosen, Proposal):
            recurring.skip(self, chosen)

    def action_close(self) -> None:
        """Close the month, ask what it has taught, and go back to its figures."""
        from pitrack.text.dates import month_year

        if self.snapshot and self.found:
            name, left = month_year(self.month), self.found.open
            said = _("{month} is closed. u opens it again.").format(month=name)
            if left:
                said = ngettext(
                    "{month} is closed, with {n} thing still open in it. u opens it again.",
                    "{month} is closed, with {n} things still open in it. u opens it again.",
                    left,
                ).format(month=name, n=left)
            if self.attempt(edits.close_month, self.snapshot, self.month, self.pitrack.today):
                self._review_last(said)

    def _review_last(self, said: str) -> None:
        """The last step: what the month has taught, where that is not written yet; then back to its figures."""

        def leave() -> None:
            self.dismiss()
            self.app.call_later(self.pitrack.say, said)

        ask_lesson(self.pitrack, self.month, leave)

    def action_review(self) -> None:
        """Write what the month has taught, or change it."""
        from pitrack.screens.dialogs.review import ReviewDialog

        if self.snapshot:
            dialog = ReviewDialog(self.snapshot, self.pitrack.today, month_of(self.month))
            self.app.push_screen(dialog, partial(_send, self))

    def action_reopen(self) -> None:
        """Make the month's figures provisional again."""
        from pitrack.text.dates import month_year

        if self.snapshot:
            said = _("{month} is provisional again. u takes that back.").format(month=month_year(self.month))
            self.attempt(edits.reopen_month, self.snapshot, self.month, said=said)

    # Drawing

    def _title(self, found: Closing) -> Sequence[Line]:
        from pitrack.text.dates import month_year

        name = month_year(self.month)
        lesson = [[(" ", ""), *line] for line in self._lesson()]
        if found.is_closed:
            return (((" " + _("{month} is closed").format(month=name), "strong"),), *lesson)
        said = ngettext("{n} thing is open", "{n} things are open", found.open).format(n=found.open)
        first: Line = (
            (" " + _("Close of {month}").format(month=name), "strong"),
            ("   ", ""),
            (said, "warn") if found.open else (_("nothing is open"), "good"),
        )
        about = _("Provisional until C closes it; what is open does not hinder that.")
        room = max(20, self.size.width - 2)
        return (first, *([(" ", ""), *line] for line in broken([(about, "muted")], room)), *lesson)

    def _lesson(self) -> Sequence[Line]:
        """What the month has taught, where that is written."""
        lesson = lesson_of(self.snapshot, self.month) if self.snapshot else ""
        told = _("Lesson: {text}").format(text=printable(lesson))
        return broken([(told, "accent")], max(20, self.size.width - 2)) if lesson else ()

    def row_line(self, row: Row, at: int, width: int) -> Line:
        from pitrack.screens.streams import close_lines as draw

        assert self.snapshot
        names = {stream.id: printable(stream.name) for stream in self.snapshot.streams.values()}
        return draw.row_line(row, at, width, names, narrow=self.rows.lines == 2, hidden=self.pitrack.hidden)

    def row_key(self, row: Row) -> str:
        return f"missing {row.stream.id}" if isinstance(row, Missing) else row.id

    def no_rows(self) -> Sequence[Line]:
        return ((), (("  " + _("All payouts are in, and nothing waits."), "good"),))


def book_missing(screen: BookScreen, snapshot: BookSnapshot, stream: Stream, month: Month) -> None:
    """Ask what came from a stream in a month, after all."""
    from pitrack.screens.dialogs.entry import EntryDialog

    screen.app.push_screen(EntryDialog(snapshot, month.last, stream=stream.id), partial(_send, screen))


def note_nothing(screen: BookScreen, snapshot: BookSnapshot, stream: Stream, month: Month) -> None:
    """Say that nothing came from a stream in a month."""
    from pitrack.text.dates import month_year

    said = _("Nothing came from {stream} in {month}. u takes it back.").format(
        stream=printable(stream.name), month=month_year(month)
    )
    screen.attempt(edits.note_nothing, snapshot, stream.id, month, screen.pitrack.today, said=said)


def _send(screen: BookScreen, change: Change | None) -> None:
    if change:
        screen.change(change)


def _head(title: str, _width: int) -> Line:
    return ((title, "head"),)
