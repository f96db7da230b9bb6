"""Screens over the stream ledger that list records: reading in a thread, dialogs, editing, deleting, going back."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from textual.binding import Binding

from pitrack.core.changes import Change
from pitrack.core.model import Entry, TimeEntry
from pitrack.screens.base import BookScreen
from pitrack.store import edits
from pitrack.text.i18n import N_, _

if TYPE_CHECKING:
    from textual import events

    from pitrack.store.snapshot import BookSnapshot

NARROW = 60
"""Width below which a row takes two lines."""


BACK = Binding("escape,q", "leave", N_("back"), id="records.back", key_display="esc")
"""The last key of such a screen."""


class RecordsScreen(BookScreen):
    """Subclasses give ``read`` (in a thread: what is shown of a snapshot and a day) and ``draw`` (shows it)."""

    MODE = "streams"

    def __init__(self) -> None:
        super().__init__()
        self.snapshot: BookSnapshot | None = None
        self.is_read = False

    @property
    def is_narrow(self) -> bool:
        return self.size.width < NARROW

    def read(self, snapshot: BookSnapshot, today: dt.date) -> Any:
        """What is shown, counted beside the keys."""
        raise NotImplementedError

    def draw(self, found: Any) -> None:
        """Show what was read."""
        raise NotImplementedError

    def view(self, snapshot: BookSnapshot, today: dt.date) -> None:
        self.run_worker(lambda: self._read(snapshot, today), thread=True, exclusive=True, group="ledger")

    def _read(self, snapshot: BookSnapshot, today: dt.date) -> None:
        from pitrack.screens.streams import assets_lines  # noqa: F401  (Babel and pendulum, imported off the loop)

        self.app.call_from_thread(self._show, snapshot, self.read(snapshot, today))

    def _show(self, snapshot: BookSnapshot, found: Any) -> None:
        if self.is_mounted:
            self.snapshot, self.is_read = snapshot, True
            self._found = found
            self.draw(found)
            self.refresh_bindings()

    def on_resize(self, _event: events.Resize) -> None:
        if self.is_read:
            self.call_after_refresh(lambda: self.draw(self._found))

    # Changes

    def send(self, change: Change | None) -> None:
        """Hand over what a dialog gave, where it changes anything."""
        if change and change.writes:
            self.change(change)

    def ask(self, dialog: str, *given: Any, **named: Any) -> None:
        """Open a dialog over the book; what it gives is sent."""
        from pitrack.app import load

        if self.snapshot:
            self.app.push_screen(load(dialog)(self.snapshot, self.pitrack.today, *given, **named), self.send)

    def edit_record(self, record: Entry | TimeEntry) -> None:
        if isinstance(record, Entry):
            self.ask("pitrack.screens.dialogs.entry:EntryDialog", entry=record)
        else:
            self.ask("pitrack.screens.dialogs.time:TimeDialog", entry=record)

    def delete_record(self, record: Entry | TimeEntry) -> None:
        delete = edits.delete_entry if isinstance(record, Entry) else edits.delete_time
        if self.attempt(delete, self.snapshot, record.id):
            self.say(_("Deleted. u brings it back."))

    def action_leave(self) -> None:
        self.dismiss()
