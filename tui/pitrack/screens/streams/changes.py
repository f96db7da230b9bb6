"""What is done to entries of the stream ledger: to the one under the cursor, or to all that are marked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from pitrack.core.changes import Change
from pitrack.core.model import Entry
from pitrack.keeper import Apply
from pitrack.screens.streams.ledger import Ledger
from pitrack.store import edits
from pitrack.text.i18n import _, ngettext, pgettext

ON_ENTRY = frozenset({"edit", "clear", "delete", "duplicate", "attach", "mark", "mark_all", "repeat"})
"""Keys that act only where there is an entry."""
MOST_TRACES = 200
"""Entries last changed here that the cursor goes back to."""


class LedgerChanges(Ledger):
    """Marks, and the keys that change entries. With marks, a key acts on the marked entries that are shown, as one
    change. The cursor stays on its entry, and goes back to one that undo brings back."""

    def __init__(self) -> None:
        super().__init__()
        self.wanted = ""
        """Id of an entry that was just booked, until it is seen."""
        self._traces: dict[str, None] = {}
        """Ids of the entries that the last changes were about, the newest last."""
        self._origins: dict[str, str] = {}
        """For a copy the entry that it was made from."""

    # Marks

    def action_mark(self) -> None:
        if entry := self.chosen:
            self.set_marks(self.marks ^ {entry.id})
            self.entries.move_to(self.entries.cursor + 1)

    def action_mark_all(self) -> None:
        shown = {entry.id for entry in self.found}
        self.set_marks(self.marks - shown if shown <= self.marks else self.marks | shown)

    def set_marks(self, marks: frozenset[str]) -> None:
        """Mark these entries and no others."""
        self.marks = marks
        self.entries.mark(marks)
        self.tell_found()

    def _many(self) -> Sequence[Entry] | None:
        """The marked entries, None where there are no marks; said, where none of them is shown."""
        if not self.marks:
            return None
        if not self.marked:
            self.say(_("None of the marked entries is shown."), "warn")
        return self.marked

    # The cursor

    def trace(self, *entries: str) -> None:
        """Remember what a change is about."""
        for entry in entries:
            self._traces.pop(entry, None)
            self._traces[entry] = None
        for old in list(self._traces)[:-MOST_TRACES]:
            del self._traces[old]

    def follow(self, before: Sequence[Entry], key: str | None) -> None:
        """The book has changed while the cursor was on ``key``: go to what came back among the entries shown, or from
        a copy that went to what it was made from."""
        there = {entry.id for entry in before if entry.id in self._traces}
        back = [entry.id for entry in self.found if entry.id in self._traces and entry.id not in there]
        if back:
            order = list(self._traces)
            self.entries.move_to_key(max(back, key=order.index))
        elif key in self._origins and self.entries.highlighted_key != key:
            self.entries.move_to_key(self._origins[key])

    def _step_off(self, gone: set[str]) -> None:
        """Put the cursor on the next entry that stays, or else on the one before."""
        rows = self.entries
        after = range(rows.cursor, len(rows.items))
        for index in (*after, *range(rows.cursor - 1, -1, -1)):
            if rows.items[index].id not in gone:
                rows.move_to(index)
                return

    # Changes

    def ask(self, dialog: str, *given: Any, then: Callable[[Change | None], None] | None = None, **named: Any) -> None:
        """Open a dialog, and send the change that it gives."""
        from pitrack.app import load

        if self.snapshot:
            opened = load(dialog)(self.snapshot, self.pitrack.today, *given, **named)
            self.app.push_screen(opened, then or self._answered)

    def _answered(self, change: Change | None) -> None:
        if change and change.writes:
            if change.writes[0].table == "entries":
                self.wanted = change.writes[0].id
                self.trace(self.wanted)
            self.change(change)

    def _changed(self, change: Change | None) -> None:
        """Of many entries at once: the cursor stays."""
        if change and change.writes:
            self._trace_cursor()
            self.post_message(Apply(change, told(change, self.elsewhere)))

    def _trace_cursor(self) -> None:
        if self.chosen:
            self.trace(self.chosen.id)

    def action_add(self) -> None:
        self.ask("pitrack.screens.dialogs.quick:QuickEntry", stream=self.stream or None)

    def action_form(self) -> None:
        """The form of the entry under the cursor, whatever is marked."""
        if self.chosen:
            self.ask("pitrack.screens.dialogs.entry:EntryDialog", entry=self.chosen)

    def action_edit(self) -> None:
        many = self._many()
        if many is None:
            self.action_form()
        elif many:
            self.ask("pitrack.screens.dialogs.bulk:BulkDialog", many, self.elsewhere, then=self._changed)

    def action_attach(self) -> None:
        many = self._many()
        if many is None and self.chosen:
            many = [self.chosen]
        if many:
            self.ask("pitrack.screens.dialogs.attach:AttachDialog", many, self.elsewhere, then=self._changed)

    def action_clear(self) -> None:
        many = self._many()
        self._trace_cursor()
        if many:
            pending = [entry.id for entry in many if entry.status == "pending"]
            if pending:
                count = ngettext("Cleared {n} entry.", "Cleared {n} entries.", len(pending)).format(n=len(pending))
                self.attempt(edits.clear_entries, self.snapshot, pending, said=with_rest(count, self.elsewhere))
            else:
                self.say(_("None of the marked entries is pending."), "warn")
        elif many is None and (entry := self.chosen):
            status, said = ("pending", _("Pending again.")) if entry.status == "cleared" else ("cleared", _("Cleared."))
            self.attempt(edits.edit_entry, self.snapshot, entry.id, status=status, said=said)

    def action_delete(self) -> None:
        many, entry = self._many(), self.chosen
        if many is None and entry and self.attempt(edits.delete_entry, self.snapshot, entry.id):
            self.say(_("Deleted. u brings it back."))
            self.trace(entry.id)
            self._step_off({entry.id})
        elif many:
            gone = {one.id for one in many}
            if change := self.attempt(edits.delete_entries, self.snapshot, gone):
                self.say(told(change, self.elsewhere))
                self.trace(*[one.id for one in many[:MOST_TRACES]])
                self._trace_cursor()
                self._step_off(gone)
                self.set_marks(self.marks - gone)

    def action_duplicate(self) -> None:
        many = self._many()
        chosen = [self.chosen] if many is None and self.chosen else many or []
        if not chosen:
            return
        if change := self.attempt(
            edits.copy_entries, self.snapshot, {entry.id for entry in chosen}, self.pitrack.today
        ):
            self.wanted = change.writes[-1].id
            self.trace(self.wanted)
            self._origins[self.wanted] = self.entries.highlighted_key or ""
            if many:
                self.say(told(change, self.elsewhere))
                self.set_marks(self.marks - {entry.id for entry in many})


def told(change: Change, elsewhere: int = 0) -> str:
    """What was done to how many entries, and how many marked ones were left alone."""
    count = len({write.id for write in change.writes if write.table == "entries"})
    match change.word.rpartition(".")[2]:
        case "delete":
            text = ngettext("Deleted {n} entry. u brings it back.", "Deleted {n} entries. u brings them back.", count)
        case "copy" | "earn" | "spend" | "refund":
            text = ngettext("Booked {n} entry once more, today.", "Booked {n} entries once more, today.", count)
        case _:
            text = ngettext("Changed {n} entry.", "Changed {n} entries.", count)
    return with_rest(text.format(n=f"{count:,}"), elsewhere)


def with_rest(done: str, elsewhere: int) -> str:
    """What was done, and how many marked entries were left alone."""
    from pitrack.screens.dialogs.bulk import elsewhere_text

    if not elsewhere:
        return done
    return pgettext("two sentences", "{first} {second}").format(first=done, second=elsewhere_text(elsewhere))
