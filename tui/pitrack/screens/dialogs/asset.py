"""Add or edit an asset: its name, its stream, since when it can earn, and the work in it that was not logged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from pitrack.core.changes import Change
from pitrack.core.model import Asset
from pitrack.screens.dialogs.base import Dialog, Field, FieldError, choice_field, text_field
from pitrack.screens.dialogs.entry import stream_field
from pitrack.store import edits
from pitrack.store.names import is_called
from pitrack.store.snapshot import BookSnapshot
from pitrack.text import parse, words
from pitrack.text.i18n import _
from pitrack.text.words import plain_day


class AssetDialog(Dialog[Change]):
    """Gives the change that adds an asset (``stream`` is the id of the one that is offered), or edits ``asset``."""

    def __init__(
        self, snapshot: BookSnapshot, day: dt.date, asset: Asset | None = None, *, stream: str | None = None
    ) -> None:
        super().__init__(classes="-dense")
        self.snapshot = snapshot
        self.day = day
        self.asset = asset
        self.shown = asset or Asset(id="", alias="", name="", stream=stream)

    def title_text(self) -> str:
        return _("Edit asset") if self.asset else _("New asset")

    def is_edit(self) -> bool:
        return self.asset is not None

    def fields(self) -> Iterable[Field]:
        shown = self.shown
        published = shown.published.isoformat() if shown.published else ""
        yield text_field("name", _("Name"), shown.name, example=_("Camera guide, autumn photo set"))
        yield stream_field(self.snapshot, shown.stream)
        yield text_field("published", _("Published"), published, example=_("today, 2026-03-01; empty: in the making"))
        spent = f"{shown.minutes}m" if shown.minutes % 60 else f"{shown.minutes // 60}h" if shown.minutes else ""
        yield text_field("hours", _("Hours"), spent, example=_("work not logged as time: 12h, 90m"))
        yield text_field("alias", _("Short name"), shown.alias, example=_("for commands; made from the name"))
        yield text_field("note", _("Note"), shown.note)
        if self.asset:
            options = (("", _("in the list")), ("archived", _("archived")))
            yield choice_field("archived", _("Keep"), options, "archived" if shown.archived else "")

    def preview(self) -> None:
        for field in self.query(Field):
            field.say("")
        if is_called(self.snapshot.assets.values(), self.value("name"), self.shown.id):
            self.field("name").say(_("There is an asset of that name already."), "warn")
        self.show_reading("published", lambda text: plain_day(parse.day(text, self.day)))
        self.show_reading("hours", lambda text: words.minutes(parse.work(text)))

    def result(self) -> Change:
        given = self._given()
        alias = self.value("alias")
        if self.asset is None:
            name = given.pop("name")
            return self.read("alias", lambda _text: edits.add_asset(self.snapshot, name, alias=alias or None, **given))
        before = self.asset
        given["archived"] = self.value("archived") == "archived"
        if alias:
            given["alias"] = alias
        changed = {name: value for name, value in given.items() if getattr(before, name) != value}
        return self.read("alias", lambda _text: edits.edit_asset(self.snapshot, before.id, **changed))

    def _given(self) -> dict[str, Any]:
        """The fields of the asset as typed; raises FieldError."""
        if not self.value("name"):
            raise FieldError("name", _("Give the asset a name."))
        return {
            "name": self.value("name"),
            "stream": self.value("stream") or None,
            "published": self.read("published", lambda text: parse.day(text, self.day) if text else None),
            "minutes": self.read("hours", lambda text: parse.work(text) if text else 0),
            "note": self.value("note"),
        }
