"""Add or edit a template: money that recurs, how often, from when until when, and whether it books itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from pitrack.core.changes import Change
from pitrack.core.model import Entry, Template
from pitrack.core.recurring import next_due, period
from pitrack.screens.dialogs.base import Dialog, Field, FieldError, choice_field, sentence_of, text_field
from pitrack.screens.dialogs.entry import KINDS, stream_field
from pitrack.store import recurring
from pitrack.store.errors import BookError
from pitrack.store.names import is_called
from pitrack.store.snapshot import BookSnapshot
from pitrack.text import parse, words
from pitrack.text.i18n import _
from pitrack.text.plain import printable
from pitrack.text.reading import ParseError
from pitrack.text.recurring import every, recurs, typeable
from pitrack.text.when import until
from pitrack.text.words import plain_amount, plain_day

NOTHING = Decimal(0)


class TemplateDialog(Dialog[Change]):
    """Gives the change that adds a template (from ``entry`` where there is one, whose period is booked), or edits
    ``template``."""

    def __init__(
        self, snapshot: BookSnapshot, day: dt.date, *, template: Template | None = None, entry: Entry | None = None
    ) -> None:
        super().__init__(classes="-dense")
        self.snapshot = snapshot
        self.day = day
        self.template = template
        self.entry = entry
        self.shown = template or _from_entry(snapshot, day, entry)

    def title_text(self) -> str:
        if self.entry:
            return _("Let it recur")
        return _("Edit template") if self.template else _("New template")

    def is_edit(self) -> bool:
        return self.template is not None

    def fields(self) -> Iterable[Field]:
        shown = self.shown
        amount = f"{shown.gross:f}" if shown.gross else ""
        if amount and shown.currency != self._currency_of(shown.stream):
            amount += f" {shown.currency}"
        asks = [("ask", _("ask first")), ("auto", _("books itself"))]
        yield text_field("name", _("Name"), shown.name, example=_("Web host"))
        yield choice_field("kind", _("Kind"), [(kind, words.entry_kind(kind)) for kind in KINDS], shown.kind)
        yield stream_field(self.snapshot, shown.stream)
        yield text_field("amount", _("Amount"), amount, example=_("120.50, or 1200 JPY"))
        yield text_field("every", _("Every"), typeable(shown.every, shown.interval), example=_("month, 3 months, week"))
        yield text_field("since", _("First due"), shown.since.isoformat(), example=_("today, fri, 2026-12-01"))
        yield text_field("until", _("Until"), shown.until.isoformat() if shown.until else "", example=_("without end"))
        yield choice_field("auto", _("Booking"), asks, "auto" if shown.auto else "ask")
        yield text_field("note", _("Note"), shown.note, example=_("the name"))
        yield text_field("tags", _("Tags"), " ".join(f"#{tag}" for tag in shown.tags), example=_("#q4 #sponsor"))
        yield text_field("fee", _("Fee"), _number(shown.fee), example=_("kept by the platform"))
        yield text_field("withheld", _("Withheld"), _number(shown.withheld), example=_("tax kept back"))

    def preview(self) -> None:
        for field in self.query(Field):
            field.say("")
        if is_called(self.snapshot.templates.values(), self.value("name"), self.shown.id):
            self.field("name").say(_("There is a template of that name already."), "warn")
        self.show_reading("amount", lambda text: plain_amount(*self._amount(text)))
        self.show_reading("every", lambda text: recurs(*every(text)))
        self.show_reading("since", self._first)
        self.show_reading("until", lambda text: plain_day(until(text, max(self._since(), self.day), self.day)))

    def result(self) -> Change:
        given = self._given()
        try:
            if self.template is None:
                booked = self.entry.day if self.entry else None
                return recurring.add_template(self.snapshot, booked=booked, asset=self.shown.asset, **given)
            before = self.template
            changed = {name: value for name, value in given.items() if getattr(before, name) != value}
            if "every" in changed and "since" not in changed:
                changed["since"] = self.day  # what was due in the periods of before is no longer asked about
            return recurring.edit_template(self.snapshot, before.id, **changed)
        except BookError as error:
            raise FieldError(_field_of(error), sentence_of(error)) from error

    def _given(self) -> dict[str, Any]:
        """The fields as typed; raises FieldError."""
        if not self.value("amount"):
            raise FieldError("amount", _("Type an amount, such as 120.50."))
        gross, currency = self.read("amount", self._amount)
        beat, interval = self.read("every", lambda text: every(text or "month"))
        since = self._since()
        return {
            "name": self.value("name"),
            "kind": self.value("kind"),
            "stream": self.value("stream") or None,
            "gross": gross,
            "currency": currency,
            "every": beat,
            "interval": interval,
            "since": since,
            "until": self.read("until", lambda text: until(text, max(since, self.day), self.day) if text else None),
            "auto": self.value("auto") == "auto",
            "note": self.value("note"),
            "tags": self.read("tags", parse.tags),
            "fee": self.read("fee", lambda text: self._part(text, currency)),
            "withheld": self.read("withheld", lambda text: self._part(text, currency)),
        }

    def _since(self) -> dt.date:
        return self.read("since", lambda text: parse.day(text or "today", self.day, ahead=True))

    def _first(self, text: str) -> str:
        """The first due day, and the next one where an entry stands for the first."""
        first = parse.day(text, self.day, ahead=True)
        beat, interval = every(self.value("every") or "month")
        following = next_due(self.shown._replace(every=beat, interval=interval, since=first, until=None), first)
        if self.entry and following and period(beat, first) == period(beat, self.entry.day):
            return _("booked; next on {day}").format(day=plain_day(following))
        return plain_day(first)

    def _amount(self, text: str) -> tuple[Decimal, str]:
        own = self._currency_of(self.value("stream"))
        amount, currency = parse.amount(text, own)
        return amount, currency or own

    def _part(self, text: str, currency: str) -> Decimal:
        """A part of the amount: in its currency, whether that is typed or not."""
        if not text:
            return NOTHING
        amount, named = parse.amount(text, currency)
        if named not in (None, currency):
            raise ParseError("two-currencies", text)
        return amount

    def _currency_of(self, stream: str | None) -> str:
        if self.template and self.template.stream == (stream or None):
            return self.template.currency
        found = self.snapshot.streams.get(stream or "")
        return found.currency if found else self.snapshot.settings.currency


def _from_entry(snapshot: BookSnapshot, day: dt.date, entry: Entry | None) -> Template:
    """What a form for a new template begins with."""
    if entry is None:
        return Template("", "", "", "expense", NOTHING, snapshot.settings.currency, day)
    stream = snapshot.streams.get(entry.stream or "")
    name = entry.note or (stream.name if stream else "")
    return Template(
        "",
        "",
        printable(name),
        entry.kind,
        entry.gross,
        entry.currency,
        entry.day,
        stream=stream.id if stream else None,
        fee=entry.fee,
        withheld=entry.withheld,
        tags=entry.tags,
        asset=entry.asset if entry.asset in snapshot.assets else None,
    )


def _field_of(error: BookError) -> str:
    """The field that what the book refuses is about."""
    about = str(error.details.get("what", ""))
    if error.details.get("why") == "before-start":
        return "until"
    return about if about in ("name", "fee", "withheld", "every", "note") else "tags" if about == "tag" else "amount"


def _number(number: Decimal) -> str:
    return f"{number:f}" if number else ""
