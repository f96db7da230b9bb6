"""Add or edit a stream: its name, what it is, where it stands, and the currency it pays in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, get_args

from pitrack.core.changes import Change
from pitrack.core.model import Role, Stage, Stream
from pitrack.screens.dialogs.base import Dialog, Field, FieldError, choice_field, text_field
from pitrack.store import edits
from pitrack.store.names import is_called
from pitrack.store.snapshot import BookSnapshot
from pitrack.text import parse, words
from pitrack.text.i18n import _
from pitrack.text.plain import printable
from pitrack.text.words import plain_day
from pitrack.widgets.pick import Pick


class StreamDialog(Dialog[Change]):
    """Gives the change that adds a stream, or edits ``stream``."""

    def __init__(self, snapshot: BookSnapshot, day: dt.date, stream: Stream | None = None) -> None:
        super().__init__(classes="-dense")
        self.snapshot = snapshot
        self.day = day
        self.stream = stream

    def title_text(self) -> str:
        return _("Edit stream") if self.stream else _("New stream")

    def is_edit(self) -> bool:
        return self.stream is not None

    def fields(self) -> Iterable[Field]:
        book = self.snapshot.settings.currency
        shown = self.stream or Stream(id="", alias="", name="", currency=book)
        stages = [(stage, words.stage(stage)) for stage in get_args(Stage)]
        yield text_field("name", _("Name"), printable(shown.name), example=_("Newsletter, photos, E-books"))
        yield choice_field("role", _("Role"), _roles(), shown.role)
        yield Field("stage", _("Stage"), Pick(stages, shown.stage))
        yield text_field("currency", _("Currency"), shown.currency, example=book)
        yield text_field("alias", _("Short name"), shown.alias, example=_("for commands; made from the name"))
        yield text_field("since", _("Since"), shown.since.isoformat() if shown.since else "", example=_("a day"))
        yield text_field("note", _("Note"), printable(shown.note))
        if self.stream:
            options = (("", _("in the list")), ("archived", _("archived")))
            yield choice_field("archived", _("Keep"), options, "archived" if shown.archived else "")

    def preview(self) -> None:
        for field in self.query(Field):
            field.say("")
        if is_called(self.snapshot.streams.values(), self.value("name"), self.stream.id if self.stream else ""):
            self.field("name").say(_("There is a stream of that name already."), "warn")
        self.field("role").say(_role_hint(self.value("role")))
        self.field("stage").display = self.value("role") != "job"
        self.show_reading("since", lambda text: plain_day(parse.day(text, self.day)))

    def result(self) -> Change:
        given = self._given()
        if self.stream is None:
            name = given.pop("name")
            return self.read("alias", lambda alias: edits.add_stream(self.snapshot, name, alias=alias or None, **given))
        before = self.stream
        given["archived"] = self.value("archived") == "archived"
        if alias := self.value("alias"):
            given["alias"] = alias
        changed = {name: value for name, value in given.items() if getattr(before, name) != value}
        return self.read("alias", lambda _text: edits.edit_stream(self.snapshot, before.id, **changed))

    def _given(self) -> dict[str, Any]:
        """The fields of the stream as typed; raises FieldError."""
        name, note = self.value("name"), self.value("note")
        if not name:
            raise FieldError("name", _("Give the stream a name."))
        before = self.stream or Stream(id="", alias="", name="")
        return {
            "name": before.name if name == printable(before.name).strip() else name,
            "role": self._role(),
            "stage": self.value("stage"),
            "currency": self.read("currency", self._currency),
            "since": self.read("since", lambda text: parse.day(text, self.day) if text else None),
            "note": before.note if note == printable(before.note).strip() else note,
        }

    def _role(self) -> str:
        role = self.value("role")
        own = self.stream.id if self.stream else ""
        other = next(
            (one for one in self.snapshot.streams.values() if one.role == "job" and one.id != own and not one.archived),
            None,
        )
        if role == "job" and other:
            raise FieldError(
                "role", _("{name} is the job already; there can be one.").format(name=printable(other.name))
            )
        return role

    def _currency(self, text: str) -> str:
        code = parse.currency(text) if text else self.snapshot.settings.currency
        if code is None:
            raise FieldError("currency", _("Type three letters, such as USD or JPY."))
        return code


def _roles() -> list[tuple[str, str]]:
    return [(role, words.role(role)) for role in get_args(Role)]


def _role_hint(role: str) -> str:
    match role:
        case "service":
            return _("you are paid for your time")
        case "job":
            return _("your salary: what the streams are measured against")
        case _:
            return _("it can earn while you are away")
