"""Days off: from when to when, and of which action or of all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from pitrack.core.changes import Change
from pitrack.core.model import Habit
from pitrack.screens.dialogs.base import Dialog, Field, FieldError, choice_field, text_field
from pitrack.store import edits
from pitrack.store.snapshot import BookSnapshot
from pitrack.text import parse, words
from pitrack.text.i18n import _, ngettext
from pitrack.text.plain import fit, printable
from pitrack.text.when import until

ALL = "all"
LONGEST_NAME = 24


class PauseDialog(Dialog[Change]):
    """Gives the change that pauses ``habit`` or all actions. ``away``: the first and the last day that are offered."""

    def __init__(
        self, snapshot: BookSnapshot, today: dt.date, habit: Habit | None, away: tuple[dt.date, dt.date] | None = None
    ) -> None:
        super().__init__()
        self.snapshot = snapshot
        self.today = today
        self.habit = habit
        self.away = away

    def title_text(self) -> str:
        return _("Away or ill")

    def fields(self) -> Iterable[Field]:
        first, last = self.away or (self.today, None)
        yield text_field("first", _("From"), first.isoformat(), example=_("today, -3, mon, 2026-11-20"))
        yield text_field("last", _("To"), last.isoformat() if last else "", example=_("until you end it"))
        whose = [(ALL, _("all actions"))]
        if self.habit:
            whose.append((self.habit.id, fit(printable(self.habit.name), LONGEST_NAME)))
        yield choice_field("whose", _("Pauses"), whose, ALL)
        yield text_field("note", _("Note"), example=_("why, if you like"))

    def preview(self) -> None:
        self.field("note").say(_("Days off neither break nor lengthen a streak."))
        self.show_reading("first", lambda text: words.plain_day(parse.day(text, self.today)))
        self.show_reading("last", self._length, empty=_("open: p on Today ends it"))

    def result(self) -> Change:
        if not self.value("first"):
            raise FieldError("first", _("Type the first day off, such as today or -3."))
        first, last = self._days()
        whose = self.value("whose")
        note = self.value("note")
        return self.read(
            "last",
            lambda _text: edits.add_pause(
                self.snapshot, first=first, last=last, habit=None if whose == ALL else whose, note=note
            ),
        )

    def _days(self) -> tuple[dt.date, dt.date | None]:
        first = self.read("first", lambda text: parse.day(text, self.today))
        last = self.read("last", lambda text: until(text, first, self.today) if text else None)
        return first, last

    def _length(self, text: str) -> str:
        first = self.read("first", lambda typed: parse.day(typed, self.today))
        last = until(text, first, self.today)
        days = (last - first).days + 1
        if days < 1:
            return words.plain_day(last)
        return _("{day}, {days}").format(
            day=words.plain_day(last), days=ngettext("{n} day off", "{n} days off", days).format(n=days)
        )
