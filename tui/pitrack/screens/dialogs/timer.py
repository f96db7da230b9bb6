"""A timer that runs: stop it and book its minutes, say how long it really was, or cancel it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import ClassVar, NamedTuple

from textual.binding import Binding, BindingType

from pitrack.core.changes import Change
from pitrack.core.views.timers import Running
from pitrack.screens.dialogs.base import Dialog, Field, text_field
from pitrack.screens.dialogs.time import TITLE
from pitrack.store.clock import zone_of
from pitrack.store.snapshot import BookSnapshot
from pitrack.store.timing import cancel_timer, stop_timer
from pitrack.text import parse, words
from pitrack.text import timers as told
from pitrack.text.i18n import N_, _


class Answer(NamedTuple):
    """A change, and what is said once it is made."""

    change: Change
    said: str


class TimerDialog(Dialog[Answer]):
    """How long a timer has run, as it was when the dialog opened (``now``, UTC), and what to do about it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", N_("stop")),
        Binding("ctrl+x", "cancel", N_("cancel the timer"), priority=True),
    ]

    def __init__(self, snapshot: BookSnapshot, run: Running, now: dt.datetime) -> None:
        super().__init__()
        self.snapshot = snapshot
        self.run = run
        self.now = now

    def title_text(self) -> str:
        return _("Timer: {name}").format(name=words.named(self.run.thing.name, TITLE))

    def keys_text(self) -> str:
        return _("enter stop  ctrl+x cancel  esc leave")

    def fields(self) -> Iterable[Field]:
        yield text_field("time", _("How long"), example=told.so_far(self.run))

    def preview(self) -> None:
        since = told.since(self.run.first.start, self.now, zone_of(self.snapshot.settings.zone))
        if self.run.minutes < 0:
            text = _("begins at {time} by this clock: type how long it was")
        else:
            text = _("since {time}; type a time to correct it")
        self.show_reading("time", lambda typed: words.minutes(parse.duration(typed)), text.format(time=since))

    def result(self) -> Answer:
        stopped = self.read(
            "time",
            lambda typed: stop_timer(
                self.snapshot, self.run.target, self.now, parse.duration(typed) if typed else None
            ),
        )
        name, counted, answered = self.run.thing.name, stopped.is_counted, stopped.is_answered
        return Answer(stopped.change, told.stopped(name, stopped.parts, is_counted=counted, is_answered=answered))

    def action_cancel(self) -> None:
        change = cancel_timer(self.snapshot, self.run.target, self.now)
        self.dismiss(Answer(change, told.cancelled(self.run.thing.name)))
