"""Edit many entries at once: only what one fills in is changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from pitrack.core.changes import Change
from pitrack.core.model import Asset, Entry
from pitrack.screens.dialogs.base import Dialog, Field, FieldError, sentence_of, text_field
from pitrack.screens.dialogs.entry import STATUSES
from pitrack.store import edits
from pitrack.store.errors import BookError
from pitrack.store.snapshot import BookSnapshot
from pitrack.text import parse, words
from pitrack.text.i18n import _, ngettext
from pitrack.text.plain import printable
from pitrack.text.words import plain_day
from pitrack.widgets.pick import Pick

KEEP = "="
"""Code of what is left as it is."""
EMPTY = "-"
"""Typed to empty a field."""


class BulkDialog(Dialog[Change]):
    """Gives one change of all ``entries``; ``elsewhere`` is how many marked ones are not among them."""

    def __init__(self, snapshot: BookSnapshot, day: dt.date, entries: Sequence[Entry], elsewhere: int = 0) -> None:
        super().__init__(classes="-dense")
        self.snapshot = snapshot
        self.day = day
        self.entries = entries
        self.elsewhere = elsewhere

    def title_text(self) -> str:
        count = len(self.entries)
        return ngettext("Edit {n} marked entry", "Edit {n} marked entries", count).format(n=f"{count:,}")

    def fields(self) -> Iterable[Field]:
        streams = [(one.id, printable(one.name)) for one in self.snapshot.streams.values() if not one.archived]
        assets = [(one.id, printable(one.name)) for one in offered(self.snapshot, self.entries)]
        statuses = [(status, words.status(status)) for status in STATUSES]
        yield self._pick("stream", _("Stream"), [*streams, ("", _("none"))])
        yield self._pick("asset", _("Asset"), [*assets, ("", _("none"))])
        yield self._pick("status", _("Status"), statuses)
        leave = _("leave as it is")
        yield text_field("more", _("Add tags"), example=_("none, or such as #q4"))
        yield text_field("less", _("Remove tags"), example=_("none, or such as #q4"))
        yield text_field("paid", _("Paid on"), example=leave)
        yield text_field("note", _("Note"), example=leave)

    def _pick(self, name: str, label: str, options: Sequence[tuple[str, str]]) -> Field:
        return Field(name, label, Pick([(KEEP, _("leave as it is")), *options], KEEP))

    def preview(self) -> None:
        for field in self.query(Field):
            field.say("")
        self.field("stream").say(elsewhere_text(self.elsewhere))
        if self.value("paid") != EMPTY:
            self.show_reading("paid", lambda text: plain_day(parse.day(text, self.day)))

    def result(self) -> Change:
        given: dict[str, Any] = {}
        for name in ("stream", "asset", "status"):
            if self.value(name) != KEEP:
                given[name] = self.value(name) or None
        if self.value("paid"):
            given["paid"] = self.read("paid", self._paid)
        if self.value("note"):
            given["note"] = "" if self.value("note") == EMPTY else self.value("note")
        more, less = self.read("more", parse.tags), self.read("less", parse.tags)
        ids = [entry.id for entry in self.entries]
        try:
            return edits.edit_entries(self.snapshot, ids, add_tags=more, remove_tags=less, **given)
        except BookError as error:
            about = {"tag": "more", "note": "note", "asset": "asset"}.get(str(error.details.get("what", "")), "stream")
            raise FieldError(about, sentence_with_entry(error, self.entries)) from error

    def _paid(self, text: str) -> dt.date | None:
        return None if text == EMPTY else parse.day(text, self.day)


def offered(snapshot: BookSnapshot, entries: Sequence[Entry]) -> list[Asset]:
    """The living assets, those of the entries' streams first."""
    own = {entry.stream for entry in entries}
    living = [asset for asset in snapshot.assets.values() if not asset.archived]
    return sorted(living, key=lambda asset: asset.stream not in own)


def elsewhere_text(elsewhere: int) -> str:
    """How many marked entries will be left alone; empty where none."""
    if not elsewhere:
        return ""
    text = ngettext(
        "{n} marked entry not shown is left alone.",
        "{n} marked entries not shown are left alone.",
        elsewhere,
    )
    return text.format(n=f"{elsewhere:,}")


def sentence_with_entry(error: BookError, entries: Sequence[Entry]) -> str:
    """What cannot be done, and to which entry."""
    entry = next((one for one in entries if one.id == error.details.get("entry")), None)
    if entry is None:
        return sentence_of(error)
    name = words.listed(plain_day(entry.day), words.plain_amount(entry.gross, entry.currency), words.named(entry.note))
    return _("{entry}: {problem}").format(entry=name, problem=sentence_of(error))
