"""Say which asset earned an entry, or many: one there is, or a new one by its name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from pitrack.core.changes import Change
from pitrack.core.model import Entry
from pitrack.screens.dialogs.base import Dialog, Field, FieldError, sentence_of, text_field
from pitrack.screens.dialogs.bulk import elsewhere_text, offered
from pitrack.store import edits
from pitrack.store.errors import BookError
from pitrack.store.names import fold
from pitrack.store.snapshot import BookSnapshot
from pitrack.text import parse
from pitrack.text.i18n import _, ngettext
from pitrack.text.plain import printable
from pitrack.text.words import plain_day
from pitrack.widgets.pick import Pick


class AttachDialog(Dialog[Change]):
    """Gives one change of all ``entries``; ``elsewhere`` is how many marked ones are not among them."""

    def __init__(self, snapshot: BookSnapshot, day: dt.date, entries: Sequence[Entry], elsewhere: int = 0) -> None:
        super().__init__(classes="-dense")
        self.snapshot = snapshot
        self.day = day
        self.entries = entries
        self.elsewhere = elsewhere
        self.assets = offered(snapshot, entries)

    def title_text(self) -> str:
        count = len(self.entries)
        return ngettext("Attach {n} entry to", "Attach {n} entries to", count).format(n=f"{count:,}")

    def fields(self) -> Iterable[Field]:
        options = [(asset.id, printable(asset.name)) for asset in self.assets]
        attached = {entry.asset for entry in self.entries}
        chosen = attached.pop() if len(attached) == 1 else None
        if options:
            yield Field("asset", _("Asset"), Pick([*options, ("", _("none"))], chosen or options[0][0]))
        yield text_field(
            "name", _("New asset"), example=_("or type the name of a new one") if options else _("its name")
        )
        first = min(entry.day for entry in self.entries)
        yield text_field("published", _("Published"), example=first.isoformat())

    def preview(self) -> None:
        for field in self.query(Field):
            field.say("")
        if self.assets:
            self.field("asset").say(elsewhere_text(self.elsewhere))
        else:
            self.field("name").say(elsewhere_text(self.elsewhere))
        self.show_reading("published", lambda text: plain_day(parse.day(text, self.day)))

    def result(self) -> Change:
        ids = [entry.id for entry in self.entries]
        try:
            if name := self.value("name"):
                return self._named(ids, name)
            if not self.assets:
                raise FieldError("name", _("Type the name of an asset."))
            return edits.edit_entries(self.snapshot, ids, asset=self.value("asset") or None)
        except BookError as error:
            raise FieldError("name", sentence_of(error)) from error

    def _named(self, ids: Sequence[str], name: str) -> Change:
        """To the asset of that name, where there is one already; else to a new one."""
        known = next((asset for asset in self.assets if fold(asset.name) == fold(name)), None)
        if known:
            return edits.edit_entries(self.snapshot, ids, asset=known.id)
        streams = {entry.stream for entry in self.entries}
        stream = streams.pop() if len(streams) == 1 else None
        first = min(entry.day for entry in self.entries)
        published = self.read("published", lambda text: parse.day(text, self.day) if text else first)
        stream = stream if stream in self.snapshot.streams else None
        return edits.attach_entries(self.snapshot, ids, name, stream=stream, published=published)
