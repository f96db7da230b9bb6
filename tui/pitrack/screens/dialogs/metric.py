"""Add or edit an outcome metric: its name, its stream, whether what is read adds up, and its unit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, get_args

from pitrack.core.building import Metric, MetricKind
from pitrack.core.changes import Change
from pitrack.screens.dialogs.base import Dialog, Field, FieldError, choice_field, text_field
from pitrack.screens.dialogs.entry import stream_field
from pitrack.store import edits
from pitrack.store.names import is_called
from pitrack.store.snapshot import BookSnapshot
from pitrack.text import metrics
from pitrack.text.i18n import _


class MetricDialog(Dialog[Change]):
    """Gives the change that adds a metric (``stream`` is the id of the one that is offered), or edits ``metric``."""

    def __init__(
        self, snapshot: BookSnapshot, day: dt.date, metric: Metric | None = None, *, stream: str | None = None
    ) -> None:
        super().__init__(classes="-dense")
        self.snapshot = snapshot
        self.day = day
        self.metric = metric
        self.shown = metric or Metric(id="", alias="", name="", stream=stream)

    def title_text(self) -> str:
        return _("Edit metric") if self.metric else _("New metric")

    def is_edit(self) -> bool:
        return self.metric is not None

    def fields(self) -> Iterable[Field]:
        shown = self.shown
        kinds = [(kind, metrics.kind_word(kind)) for kind in get_args(MetricKind)]
        yield text_field("name", _("Name"), shown.name, example=_("Sales, leads, paid subscribers"))
        yield stream_field(self.snapshot, shown.stream)
        yield choice_field("kind", _("Kind"), kinds, shown.kind)
        yield text_field("unit", _("Unit"), shown.unit, example=_("photos, people; may be left out"))
        yield text_field("alias", _("Short name"), shown.alias, example=_("for commands; made from the name"))
        if self.metric:
            options = (("", _("in the list")), ("archived", _("archived")))
            yield choice_field("archived", _("Keep"), options, "archived" if shown.archived else "")

    def preview(self) -> None:
        self.field("kind").say(metrics.kind(self.value("kind")))
        is_known = is_called(self.snapshot.metrics.values(), self.value("name"), self.shown.id)
        said = _("There is a metric of that name already.") if is_known else ""
        self.field("name").say(said, "warn" if is_known else "")

    def result(self) -> Change:
        given = self._given()
        alias = self.value("alias")
        if self.metric is None:
            name = given.pop("name")
            return self.read("alias", lambda _text: edits.add_metric(self.snapshot, name, alias=alias or None, **given))
        before = self.metric
        given["archived"] = self.value("archived") == "archived"
        if alias:
            given["alias"] = alias
        changed = {name: value for name, value in given.items() if getattr(before, name) != value}
        return self.read("alias", lambda _text: edits.edit_metric(self.snapshot, before.id, **changed))

    def _given(self) -> dict[str, Any]:
        """The fields of the metric as typed; raises FieldError."""
        if not self.value("name"):
            raise FieldError("name", _("Give the metric a name."))
        return {
            "name": self.value("name"),
            "stream": self.value("stream") or None,
            "kind": self.value("kind"),
            "unit": self.value("unit"),
        }
