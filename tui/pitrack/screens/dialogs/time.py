"""Book or edit working time of a stream or an action: how long, when, what kind of work; or start a timer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any, get_args

from textual.containers import VerticalScroll
from textual.content import Content

from pitrack.core.changes import Change
from pitrack.core.model import Habit, Stream, TimeEntry, TimeKind
from pitrack.core.units import in_unit, minutes_in
from pitrack.screens.dialogs.base import Dialog, Field, FieldError, text_field
from pitrack.screens.dialogs.entry import asset_field, chosen_asset, offer_assets, stream_field
from pitrack.store import edits
from pitrack.store.snapshot import BookSnapshot
from pitrack.text import parse, words
from pitrack.text.i18n import _
from pitrack.widgets.pick import Pick

TITLE = 26
"""Cells of a name in a dialog's title, on a phone, too."""
RECENT = 300
"""Time entries whose tasks are offered again."""
Start = Callable[[Habit | Stream, TimeKind, str], Change]
"""Gives the change that starts a timer for an action or a stream; the kind and the task are a stream's."""


class TimeDialog(Dialog[Change]):
    """Gives the change that books minutes of work; where no time is typed, the one that starts a timer, if ``start``
    is given. ``thing`` is the action that it is about, or the stream that is offered first, as ``asset`` is. With
    ``entry``, the change that edits it."""

    def __init__(
        self,
        snapshot: BookSnapshot,
        day: dt.date,
        *,
        thing: Habit | Stream | None = None,
        start: Start | None = None,
        asset: str | None = None,
        entry: TimeEntry | None = None,
    ) -> None:
        super().__init__(classes="-dense")
        self.snapshot = snapshot
        self.day = day
        self.habit = thing if isinstance(thing, Habit) else None
        self.start = start
        self.entry = entry
        stream = thing.stream if isinstance(thing, Habit) else thing.id if thing else None
        task = self.habit.name if self.habit else ""
        self.shown = entry or TimeEntry("", day, 0, stream=stream, task=task, asset=asset)

    @property
    def today(self) -> dt.date:
        """The day that ``yesterday`` is told from."""
        today: dt.date = getattr(self.app, "today", self.day)
        return today

    @property
    def counts_time(self) -> bool:
        """Whether it is about an action that counts minutes or hours: they are added to its amount."""
        return self.habit is not None and minutes_in(self.habit.rule_on(self.day).unit) > 0

    @property
    def thing(self) -> Habit | Stream | None:
        """What a timer would be started for: the action, or the stream that is chosen now."""
        return self.habit or self.snapshot.streams.get(self.value("stream"))

    def is_edit(self) -> bool:
        return self.entry is not None

    def title_text(self) -> str:
        if self.entry:
            return _("Edit time")
        thing = self.thing if self.is_mounted else self.habit
        return _("Book time: {name}").format(name=words.named(thing.name, TITLE)) if thing else _("Book time")

    def fields(self) -> Iterable[Field]:
        shown, snapshot = self.shown, self.snapshot
        spent = f"{shown.minutes}m" if self.entry else ""
        yield text_field("time", _("How long"), spent, example=_("1h30m, 45, 1:15"))
        if not self.counts_time:
            yield stream_field(snapshot, shown.stream)
            if snapshot.assets:
                yield asset_field(snapshot, shown.stream, shown.asset)
            kinds = [(kind, words.time_kind(kind)) for kind in get_args(TimeKind)]
            yield Field("kind", _("Work"), Pick(kinds, shown.kind))
        yield text_field("day", _("Day"), shown.day.isoformat(), example=_("today, -1, fri, 2026-11-20"))
        if not self.counts_time:
            recent = reversed(snapshot.times[-RECENT:])
            tasks = dict.fromkeys(time.task for time in recent if time.task)
            yield text_field("task", _("Task"), shown.task, known=tasks, example=_("such as editing"))
            yield text_field("note", _("Note"), shown.note)

    def preview(self) -> None:
        for field in self.query(Field):
            field.say("")
        offer_assets(self, self.snapshot)
        self.query_one(VerticalScroll).border_title = Content(self.title_text())
        can_start = self.start is not None and self.thing is not None
        empty = _("enter with no time starts a timer") if can_start else ""
        self.show_reading("time", lambda text: words.minutes(parse.duration(text)), empty)
        self.show_reading("day", lambda text: words.plain_day(parse.day(text, self.today)))

    def result(self) -> Change:
        if not self.value("time"):
            return self._started()
        minutes = self.read("time", parse.duration)
        day = self.read("day", lambda text: parse.day(text or "today", self.today))
        return self.read("time", lambda _text: self._booked(minutes, day))

    def _started(self) -> Change:
        thing, start = self.thing, self.start
        if start is None:
            raise FieldError("time", _("Type how long, such as 1h30m or 45."))
        if thing is None:
            raise FieldError("time", _("Type how long, such as 1h30m or 45; or choose a stream to start its timer."))
        kind: Any = "make" if self.habit else self.value("kind")
        task = "" if self.habit else self.value("task")
        return self.read("time", lambda _text: start(thing, kind, task))

    def _booked(self, minutes: int, day: dt.date) -> Change:
        if self.habit and (unit := minutes_in(self.habit.rule_on(day).unit)):
            return edits.add_amount(self.snapshot, self.habit.id, day, in_unit(minutes, unit))
        if self.counts_time:
            return edits.add_time(self.snapshot, day=day, minutes=minutes, stream=self.shown.stream)
        given: dict[str, Any] = {
            "day": day,
            "minutes": minutes,
            "stream": self.value("stream") or None,
            "asset": chosen_asset(self, self.snapshot, self.shown.asset),
            "kind": self.value("kind"),
            "task": self.value("task"),
            "note": self.value("note"),
        }
        if self.entry is None:
            return edits.add_time(self.snapshot, **given)
        before = self.entry
        changed = {name: value for name, value in given.items() if getattr(before, name) != value}
        return edits.edit_time(self.snapshot, before.id, **changed)
