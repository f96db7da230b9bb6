"""Add an exchange rate: what one unit of a currency is worth in the book's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from pitrack.core.changes import Change
from pitrack.core.model import Rate
from pitrack.screens.dialogs.base import Dialog, Field, FieldError, text_field
from pitrack.store import edits
from pitrack.store.snapshot import BookSnapshot
from pitrack.text import parse, words
from pitrack.text.i18n import _


class RateDialog(Dialog[Change]):
    """Gives the change that adds a rate, from ``day`` on unless another is typed."""

    def __init__(self, snapshot: BookSnapshot, day: dt.date) -> None:
        super().__init__(classes="-dense")
        self.book = snapshot.settings.currency
        self.day = day
        used = [entry.currency for entry in reversed(snapshot.entries) if entry.currency != self.book]
        self.used = list(dict.fromkeys(used))

    def title_text(self) -> str:
        return _("New exchange rate")

    def fields(self) -> Iterable[Field]:
        yield text_field("currency", _("Currency"), self.used[0] if self.used else "", known=self.used, example="EUR")
        yield text_field("rate", _("Rate"), example="1.08")
        yield text_field("day", _("Day"), self.day.isoformat(), example=_("today, -1, fri, 2026-11-20"))

    def preview(self) -> None:
        for field in self.query(Field):
            field.say("")
        base = parse.currency(self.value("currency")) or self.value("currency").upper()
        hint = _("what 1 {base} is worth in {quote}").format(base=base, quote=self.book) if base else ""
        self.show_reading("rate", lambda text: self._equation(base, text), hint)
        self.show_reading("day", lambda text: words.plain_day(parse.day(text, self.day)))

    def _equation(self, base: str, text: str) -> str:
        rate = words.plain_number(parse.rate(text))
        return _("1 {base} = {rate} {quote}").format(base=base, rate=rate, quote=self.book)

    def result(self) -> Change:
        base = parse.currency(self.value("currency"))
        if base is None:
            raise FieldError("currency", _("Type three letters, such as USD or JPY."))
        if base == self.book:
            raise FieldError("currency", _("{currency} is the book's own; name another.").format(currency=base))
        if not self.value("rate"):
            raise FieldError("rate", _("Type a number, such as 1.08."))
        day = self.read("day", lambda text: parse.day(text or "today", self.day))
        return self.read("rate", lambda text: edits.add_rate(Rate(day, base, self.book, parse.rate(text))))
