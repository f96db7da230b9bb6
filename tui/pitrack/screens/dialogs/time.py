"""Book working time on a stream: how long, on which day, and what kind of work it was."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import get_args

from pitrack.core.changes import Change
from pitrack.core.model import TimeKind
from pitrack.screens.dialogs.base import Dialog, Field, FieldError, text_field
from pitrack.screens.dialogs.entry import stream_field
from pitrack.store import edits
from pitrack.store.snapshot import BookSnapshot
from pitrack.text import parse, words
from pitrack.text.i18n import _
from pitrack.widgets.pick import Pick

RECENT = 300
"""Time entries whose tasks are offered again."""


class TimeDialog(Dialog[Change]):
    """Gives the change that books minutes of work. ``stream`` is the id of the stream that is offered first."""

    def __init__(self, snapshot: BookSnapshot, day: dt.date, *, stream: str | None = None) -> None:
        super().__init__(classes="-dense")
        self.snapshot = snapshot
        self.day = day
        self.stream = stream

    @property
    def today(self) -> dt.date:
        """The day that ``yesterday`` is told from."""
        today: dt.date = getattr(self.app, "today", self.day)
        return today

    def title_text(self) -> str:
        return _("Book time")

    def fields(self) -> Iterable[Field]:
        kinds = [(kind, words.time_kind(kind)) for kind in get_args(TimeKind)]
        recent = reversed(self.snapshot.times[-RECENT:])
        tasks = dict.fromkeys(time.task for time in recent if time.task)
        yield text_field("time", _("How long"), example=_("1h30m, 45, 1:15"))
        yield stream_field(self.snapshot, self.stream)
        yield Field("kind", _("Work"), Pick(kinds, "make"))
        yield text_field("day", _("Day"), self.day.isoformat(), example=_("today, -1, fri, 2026-11-20"))
        yield text_field("task", _("Task"), known=tasks, example=_("such as editing"))
        yield text_field("note", _("Note"))

    def preview(self) -> None:
        for field in self.query(Field):
            field.say("")
        self.show_reading("time", lambda text: words.minutes(parse.duration(text)))
        self.show_reading("day", lambda text: words.plain_day(parse.day(text, self.today)))

    def result(self) -> Change:
        if not self.value("time"):
            raise FieldError("time", _("Type how long, such as 1h30m or 45."))
        minutes = self.read("time", parse.duration)
        day = self.read("day", lambda text: parse.day(text or "today", self.today))
        return self.read(
            "time",
            lambda _text: edits.add_time(
                self.snapshot,
                day=day,
                minutes=minutes,
                stream=self.value("stream") or None,
                kind=self.value("kind"),
                task=self.value("task"),
                note=self.value("note"),
            ),
        )
