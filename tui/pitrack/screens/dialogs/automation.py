"""Add or edit an automation: its name, the task it has taken over, the tool, since when, and what it costs a month."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from pitrack.core.building import Automation
from pitrack.core.changes import Change
from pitrack.screens.dialogs.base import Dialog, Field, FieldError, choice_field, sentence_of, text_field
from pitrack.screens.dialogs.entry import stream_field
from pitrack.store import edits
from pitrack.store.errors import BookError
from pitrack.store.names import is_called
from pitrack.store.snapshot import BookSnapshot
from pitrack.text import parse
from pitrack.text.i18n import _
from pitrack.text.when import until
from pitrack.text.words import plain_amount, plain_day

NOTHING = Decimal(0)
RECENT = 300
"""Time entries whose tasks are offered."""


class AutomationDialog(Dialog[Change]):
    """Gives the change that adds an automation (``stream`` is the id of the one that is offered), or edits one."""

    def __init__(
        self,
        snapshot: BookSnapshot,
        day: dt.date,
        automation: Automation | None = None,
        *,
        stream: str | None = None,
    ) -> None:
        super().__init__(classes="-dense")
        self.snapshot = snapshot
        self.day = day
        self.automation = automation
        self.shown = automation or Automation("", "", "", day, stream=stream, currency=self._currency_of(stream))

    def title_text(self) -> str:
        return _("Edit automation") if self.automation else _("New automation")

    def is_edit(self) -> bool:
        return self.automation is not None

    def fields(self) -> Iterable[Field]:
        shown = self.shown
        last = shown.until.isoformat() if shown.until else ""
        cost = f"{shown.cost:f} {shown.currency}" if shown.cost else ""
        yield text_field("name", _("Name"), shown.name, example=_("Issue template, keyword tagger"))
        yield stream_field(self.snapshot, shown.stream)
        yield text_field(
            "task", _("Task"), shown.task, known=self._tasks(), example=_("the task it takes over: layout")
        )
        yield text_field("tool", _("Tool"), shown.tool, example=_("mailing tool, script"))
        yield text_field("since", _("Since"), shown.since.isoformat(), example=_("today, 2026-03-01"))
        yield text_field("until", _("Until"), last, example=_("its last day; empty: it runs"))
        yield text_field("cost", _("Cost/month"), cost, example=_("9 usd; empty: nothing"))
        yield text_field("alias", _("Short name"), shown.alias, example=_("for commands; made from the name"))
        yield text_field("note", _("Note"), shown.note)
        if self.automation:
            options = (("", _("in the list")), ("archived", _("archived")))
            yield choice_field("archived", _("Keep"), options, "archived" if shown.archived else "")

    def _tasks(self) -> Iterable[str]:
        recent = reversed(self.snapshot.times[-RECENT:])
        return dict.fromkeys(time.task for time in recent if time.task)

    def preview(self) -> None:
        for field in self.query(Field):
            field.say("")
        if is_called(self.snapshot.automations.values(), self.value("name"), self.shown.id):
            self.field("name").say(_("There is an automation of that name already."), "warn")
        if not self.value("task"):
            self.field("task").say(_("as you label the time that you log on it"))
        self.show_reading("since", lambda text: plain_day(parse.day(text, self.day, ahead=True)))
        self.show_reading("until", lambda text: plain_day(until(text, max(self._first(), self.day), self.day)))
        self.show_reading("cost", lambda text: _("{amount} a month").format(amount=plain_amount(*self._cost(text))))

    def result(self) -> Change:
        given = self._given()
        alias = self.value("alias")
        try:
            if self.automation is None:
                return edits.add_automation(self.snapshot, given.pop("name"), alias=alias or None, **given)
            before = self.automation
            given["archived"] = self.value("archived") == "archived"
            if alias:
                given["alias"] = alias
            changed = {name: value for name, value in given.items() if getattr(before, name) != value}
            return edits.edit_automation(self.snapshot, before.id, **changed)
        except BookError as error:
            raise FieldError(_field_of(error), sentence_of(error)) from error

    def _given(self) -> dict[str, Any]:
        """The fields as typed; raises FieldError."""
        if not self.value("name"):
            raise FieldError("name", _("Give the automation a name."))
        cost, currency = self.read("cost", self._cost)
        first = self._first()
        return {
            "name": self.value("name"),
            "stream": self.value("stream") or None,
            "task": self.value("task"),
            "tool": self.value("tool"),
            "since": first,
            "until": self.read("until", lambda text: until(text, max(first, self.day), self.day) if text else None),
            "cost": cost,
            "currency": currency,
            "note": self.value("note"),
        }

    def _first(self) -> dt.date:
        return self.read("since", lambda text: parse.day(text or "today", self.day, ahead=True))

    def _cost(self, text: str) -> tuple[Decimal, str]:
        if not text:
            return NOTHING, self.shown.currency
        own = (self.automation or self.shown).currency
        amount, currency = parse.amount(text, own)
        return amount, currency or own

    def _currency_of(self, stream: str | None) -> str:
        found = self.snapshot.streams.get(stream or "")
        return found.currency if found else self.snapshot.settings.currency


def _field_of(error: BookError) -> str:
    """The field that what the book refuses is about."""
    about = str(error.details.get("what", ""))
    if error.details.get("why") == "before-start":
        return "until"
    return {"amount": "cost", "currency": "cost"}.get(
        about, about if about in ("name", "task", "tool", "note") else "alias"
    )
