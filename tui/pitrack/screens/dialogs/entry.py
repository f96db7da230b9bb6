"""Book or edit income, an expense or a refund: every field of an entry, each read as people type it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from pitrack.core.changes import Change
from pitrack.core.model import Entry, EntryKind, Status, Stream
from pitrack.core.views.recurring import Proposal
from pitrack.screens.dialogs.base import Dialog, Field, FieldError, choice_field, sentence_of, text_field
from pitrack.store import edits
from pitrack.store.errors import BookError
from pitrack.store.snapshot import BookSnapshot
from pitrack.text import parse, words
from pitrack.text.i18n import _
from pitrack.text.parse import EntryDraft, ParseError
from pitrack.text.plain import printable
from pitrack.text.words import plain_amount, plain_day
from pitrack.widgets.pick import Pick

KINDS: tuple[EntryKind, ...] = ("income", "expense", "refund")
STATUSES: tuple[Status, ...] = ("cleared", "pending", "void")
NOTHING = Decimal(0)


class EntryDialog(Dialog[Change]):
    """Gives the change that books an entry (from ``draft`` where there is one), or edits ``entry``.

    ``day`` is the day that a new entry is offered; ``stream`` and ``asset`` the ids of its stream and its asset.
    """

    def __init__(
        self,
        snapshot: BookSnapshot,
        day: dt.date,
        *,
        entry: Entry | None = None,
        draft: EntryDraft | None = None,
        stream: str | None = None,
        asset: str | None = None,
    ) -> None:
        super().__init__(classes="-dense")
        self.snapshot = snapshot
        self.day = day
        self.entry = entry
        self.shown = entry or _from_draft(snapshot, day, draft, stream, asset)

    @property
    def today(self) -> dt.date:
        """The day that ``yesterday`` is told from."""
        today: dt.date = getattr(self.app, "today", self.day)
        return today

    def title_text(self) -> str:
        return _("Edit entry") if self.entry else _("New entry")

    def is_edit(self) -> bool:
        return self.entry is not None

    def fields(self) -> Iterable[Field]:
        shown, snapshot = self.shown, self.snapshot
        amount = f"{shown.gross:f}" if self.entry or shown.gross else ""
        if amount and shown.currency != self._currency_of(shown.stream):
            amount += f" {shown.currency}"
        book = snapshot.settings.currency
        yield choice_field("kind", _("Kind"), [(kind, words.entry_kind(kind)) for kind in KINDS], shown.kind)
        yield stream_field(snapshot, shown.stream)
        if snapshot.assets:
            yield asset_field(snapshot, shown.stream, shown.asset)
        yield text_field("amount", _("Amount"), amount, example=_("120.50, or 1200 JPY"))
        yield text_field("day", _("Day"), shown.day.isoformat(), example=_("today, -1, fri, 2026-11-20"))
        yield text_field("note", _("Note"), printable(shown.note))
        yield text_field("tags", _("Tags"), _tags_text(shown.tags), example=_("#q4 #sponsor"))
        yield choice_field("status", _("Status"), [(status, words.status(status)) for status in STATUSES], shown.status)
        yield text_field("fee", _("Fee"), _number_text(shown.fee), example=_("kept by the platform"))
        yield text_field("withheld", _("Withheld"), _number_text(shown.withheld), example=_("tax kept back"))
        yield text_field("units", _("Units"), _number_text(shown.units), example=_("how many were sold"))
        yield text_field("paid", _("Paid on"), shown.paid.isoformat() if shown.paid else "", example=_("a day"))
        yield text_field(
            "received",
            _("Received"),
            _number_text(shown.received),
            example=_("in {currency}, as the bank says").format(currency=book),
        )

    def on_mount(self) -> None:
        self.field("amount").entry.focus()

    def preview(self) -> None:
        for field in self.query(Field):
            field.say("")
        offer_assets(self, self.snapshot)
        self.show_reading("amount", lambda text: plain_amount(*self._amount(text)), self._currency_hint())
        for name in ("day", "paid"):
            self.show_reading(name, lambda text: plain_day(parse.day(text, self.today)))

    def result(self) -> Change:
        given = self._given()
        if self.entry is None:
            return self._checked(lambda: edits.add_entry(self.snapshot, **given))
        before = self.entry
        changed = {name: value for name, value in given.items() if getattr(before, name) != value}
        return self._checked(lambda: edits.edit_entry(self.snapshot, before.id, **changed))

    def _given(self) -> dict[str, Any]:
        """The fields of the entry as typed; raises FieldError."""
        if not self.value("amount"):
            raise FieldError("amount", _("Type an amount, such as 120.50."))
        gross, currency = self.read("amount", self._amount)
        note = self.value("note")
        return {
            "kind": self.value("kind"),
            "stream": self.value("stream") or None,
            "asset": chosen_asset(self, self.snapshot, self.shown.asset),
            "gross": gross,
            "currency": currency,
            "day": self.read("day", lambda text: parse.day(text or "today", self.today)),
            "note": self.shown.note if note == printable(self.shown.note).strip() else note,
            "tags": self.read("tags", parse.tags),
            "status": self.value("status"),
            "fee": self.read("fee", lambda text: self._part(text, currency)) or NOTHING,
            "withheld": self.read("withheld", lambda text: self._part(text, currency)) or NOTHING,
            "units": self.read("units", lambda text: parse.quantity(text) if text else None),
            "paid": self.read("paid", lambda text: parse.day(text, self.today) if text else None),
            "received": self.read("received", lambda text: self._part(text, self.snapshot.settings.currency)),
        }

    def _checked(self, build: Any) -> Change:
        """The change; what the book refuses is said at the field it is about."""
        try:
            change: Change = build()
        except BookError as error:
            about = str(error.details.get("what", ""))
            if error.details.get("why") == "more-than-gross":
                raise FieldError("fee", _("Fee and withheld tax are more than the amount.")) from error
            known = about if about in ("fee", "withheld", "received", "units", "note") else "amount"
            raise FieldError("tags" if about == "tag" else known, sentence_of(error)) from error
        return change

    def _amount(self, text: str) -> tuple[Decimal, str]:
        own = self._currency_of(self.value("stream"))
        amount, currency = parse.amount(text, own)
        return amount, currency or own

    def _part(self, text: str, currency: str) -> Decimal | None:
        """A part of the amount: in its currency, whether that is typed or not."""
        if not text:
            return None
        amount, named = parse.amount(text, currency)
        if named not in (None, currency):
            raise ParseError("two-currencies", text)
        return amount

    def _currency_of(self, stream: str | None) -> str:
        found = self.snapshot.streams.get(stream or "")
        if self.entry and self.entry.stream == (stream or None):
            return self.entry.currency
        return found.currency if found else self.snapshot.settings.currency

    def _currency_hint(self) -> str:
        return _("in {currency}, unless you type another").format(currency=self._currency_of(self.value("stream")))


class ProposalDialog(EntryDialog):
    """Gives the change that books what recurs, with what was changed in it."""

    def __init__(self, snapshot: BookSnapshot, day: dt.date, proposal: Proposal) -> None:
        super().__init__(snapshot, day)
        self.proposal = proposal
        self.shown = proposal.entry

    def title_text(self) -> str:
        return _("Change and book")

    def result(self) -> Change:
        from pitrack.store.recurring import post

        given = self._given()
        return self._checked(lambda: post(self.snapshot, self.proposal, **given))


def stream_field(snapshot: BookSnapshot, chosen: str | None) -> Field:
    """A field for a stream, or for none; archived ones are offered only where one is chosen already."""
    living = [stream for stream in snapshot.streams.values() if not stream.archived or stream.id == chosen]
    options = [(stream.id, printable(stream.name)) for stream in living]
    known = chosen if chosen in snapshot.streams else None
    return Field("stream", _("Stream"), Pick([*options, ("", _("none"))], known or ""))


def asset_field(snapshot: BookSnapshot, stream: str | None, chosen: str | None) -> Field:
    """A field for an asset of a stream, or for none."""
    known = chosen if chosen in snapshot.assets else None
    return Field("asset", _("Asset"), Pick(_asset_options(snapshot, stream, known), known or ""))


def offer_assets(dialog: Dialog[Change], snapshot: BookSnapshot) -> None:
    """Offer the assets of the stream that is chosen now, where the dialog has a field for them."""
    if dialog.query("#field-asset"):
        pick = dialog.field("asset").entry
        assert isinstance(pick, Pick)
        pick.offer(_asset_options(snapshot, dialog.value("stream") or None, pick.value))


def chosen_asset(dialog: Dialog[Change], snapshot: BookSnapshot, before: str | None) -> str | None:
    """The asset that is chosen; one that the book has no more stays where it was."""
    if not dialog.query("#field-asset"):
        return before
    chosen = dialog.value("asset") or None
    return before if chosen is None and before not in snapshot.assets else chosen


def _asset_options(snapshot: BookSnapshot, stream: str | None, chosen: str | None) -> list[tuple[str, str]]:
    """Assets in use of the stream (of any, where it is None) and of none, and the one that is chosen already."""
    kept = [
        asset
        for asset in snapshot.assets.values()
        if asset.id == chosen or (not asset.archived and (stream is None or asset.stream in (stream, None)))
    ]
    return [*((asset.id, printable(asset.name)) for asset in kept), ("", _("none"))]


def named_stream(snapshot: BookSnapshot, name: str | None) -> Stream | None:
    """The living stream of exactly that name."""
    found = [stream for stream in snapshot.streams.values() if stream.name == name]
    return min(found, key=lambda stream: stream.archived, default=None)


def draft_fields(snapshot: BookSnapshot, draft: EntryDraft, stream: str | None) -> dict[str, Any]:
    """What a quick entry says, as fields of an entry; where it names no stream, that of its asset, or ``stream``."""
    asset = snapshot.assets.get(draft.asset or "")
    own = snapshot.streams.get((asset.stream if asset else None) or "")
    named = named_stream(snapshot, draft.stream) or own or snapshot.streams.get(stream or "")
    return {
        "kind": draft.kind,
        "day": draft.day,
        "gross": draft.amount,
        "currency": draft.currency or (named.currency if named else snapshot.settings.currency),
        "stream": named.id if named else None,
        "fee": draft.fee,
        "withheld": draft.withheld,
        "status": "pending" if draft.pending else "cleared",
        "units": draft.units,
        "note": draft.note,
        "tags": draft.tags,
        "asset": asset.id if asset else None,
    }


def _from_draft(
    snapshot: BookSnapshot, day: dt.date, draft: EntryDraft | None, stream: str | None, asset: str | None
) -> Entry:
    """What a form for a new entry begins with."""
    blank = draft or EntryDraft("income", NOTHING, None, None, day, asset=asset)
    return Entry(id="", **draft_fields(snapshot, blank, stream))


def _number_text(number: Decimal | None) -> str:
    return f"{number:f}" if number else ""


def _tags_text(tags: tuple[str, ...]) -> str:
    return " ".join(f"#{tag}" for tag in tags)
