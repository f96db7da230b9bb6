"""Add or edit an action: its name, how often, what counts, the stream it feeds, its tags and why it is done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from pitrack.core.changes import Change
from pitrack.core.model import Habit, HabitKind, Rule, Schedule
from pitrack.core.schedules import kept_beat, next_days
from pitrack.screens.dialogs.base import Dialog, Field, FieldError, choice_field, sentence_of, text_field
from pitrack.store import edits, names
from pitrack.store.errors import BookError
from pitrack.store.snapshot import BookSnapshot
from pitrack.text import parse, words
from pitrack.text.dates import long_day
from pitrack.text.i18n import _, pgettext
from pitrack.text.words import plain_number

NEXT = {"weekdays": 1, "interval": 2}
"""How many of the next days are named; of every day there is nothing to say."""
FIELDS = {"note": "note", "tag": "tags"}
"""Where a refusal stands that is not about the name."""


class HabitDialog(Dialog[Change]):
    """Gives the change that adds an action, or edits ``habit`` from ``day`` on."""

    def __init__(self, snapshot: BookSnapshot, day: dt.date, habit: Habit | None = None) -> None:
        super().__init__(classes="-dense")
        self.snapshot = snapshot
        self.day = day
        self.habit = habit
        self.rule = habit.rule_on(day) if habit else Rule(since=day)

    def title_text(self) -> str:
        return _("Edit action") if self.habit else _("New action")

    def is_edit(self) -> bool:
        return self.habit is not None

    def fields(self) -> Iterable[Field]:
        rule, habit = self.rule, self.habit
        streams = self.snapshot.streams
        stream = streams.get(habit.stream or "") if habit else None
        target = plain_number(rule.target) if rule.target is not None else ""
        kinds = (("yes_no", _("yes or no")), ("at_least", _("at least")), ("at_most", _("at most")))
        yield text_field("name", _("What"), habit.name if habit else "", example=_("Write 500 words"))
        yield text_field(
            "schedule",
            _("How often"),
            words.schedule(rule.schedule, self.snapshot.settings.week_start),
            example=_("daily, mon,wed,fri, 3/week, every 3 days"),
        )
        yield choice_field("kind", _("Counts as"), kinds, rule.kind)
        yield text_field("target", _("How much"), f"{target} {rule.unit}".strip(), example=_("500 words"))
        absent = (("unknown", _("not known")), ("kept", _("kept")))
        yield choice_field("absent", _("No answer"), absent, "kept" if habit and habit.absent_is_success else "unknown")
        yield text_field(
            "stream",
            _("For stream"),
            stream.name if stream else "",
            example=_("none"),
            known=[stream.name for stream in streams.values() if not stream.archived],
        )
        tags = " ".join(f"#{tag}" for tag in habit.tags) if habit else ""
        yield text_field("tags", _("Tags"), tags, example=_("#morning #shop"))
        yield text_field("note", _("Why"), habit.note if habit else "", example=_("why you do it"))

    def preview(self) -> None:
        for field in self.query(Field):
            field.say("")
        self.show_reading("schedule", self._understood)
        kind = self.value("kind")
        if self.habit:
            self.field("kind").say(_("What is asked changes from today on; the past stays."))
        self.field("target").display = kind != "yes_no"
        self.field("target").say(_("a number, then its unit") if kind != "yes_no" else "")
        self.field("absent").display = kind == "at_most"
        self.field("absent").say(_("a day without an answer, past ones too"))

    def _understood(self, text: str) -> str:
        """``3 times a week``, ``every 3 days: next today, Wed 25 Nov``."""
        schedule = self._schedule(text)
        said = words.schedule(schedule, self.snapshot.settings.week_start)
        days = next_days(Rule(self._since, schedule=schedule), self.day, NEXT.get(schedule.every, 0))
        if not days:
            return said
        named = [_("today") if day == self.day else long_day(day) for day in days]
        return _("{schedule}: next {days}").format(schedule=said, days=pgettext("between days", ", ").join(named))

    def _schedule(self, text: str) -> Schedule:
        return kept_beat(parse.schedule(text), self.rule)

    @property
    def _since(self) -> dt.date:
        """The day from which on what is typed is asked."""
        return max(self.day, self.rule.since)

    def result(self) -> Change:
        if not self.value("name"):
            raise FieldError("name", _("Give the action a name."))
        given, rule = self._given(), self._rule()
        habit = self.habit
        if habit is None:
            return self._checked(lambda: edits.add_habit(self.snapshot, rule=rule, **given))
        if set(given["tags"]) == set(habit.tags):
            del given["tags"]
        change = self._checked(lambda: edits.edit_habit(self.snapshot, habit.id, **given))
        if rule == self.rule._replace(since=self._since):
            return change
        ruled = self._checked(lambda: edits.set_rule(self.snapshot, habit.id, rule))
        return Change(change.word, change.writes + ruled.writes, change.subject, change.day)

    def _given(self) -> dict[str, Any]:
        """The fields of the action as typed; raises FieldError."""
        is_kept = self.value("absent") == "kept"
        return {
            "name": self.value("name"),
            "stream": self.read("stream", self._stream),
            "tags": self.read("tags", parse.tags),
            "note": self.value("note"),
            "absent_is_success": is_kept,
        }

    def _rule(self) -> Rule:
        """What is asked from now on; raises FieldError."""
        kind, schedule = self._kind(), self.read("schedule", self._schedule)
        if kind == "yes_no":
            return Rule(self._since, kind, schedule)
        target, unit = self.read("target", _target)
        if target is None:
            raise FieldError("target", _("Type a number, such as 500 words."))
        return Rule(self._since, kind, schedule, target, unit)

    def _checked(self, build: Callable[[], Change]) -> Change:
        try:
            return build()
        except BookError as error:
            raise FieldError(FIELDS.get(str(error.details.get("what")), "name"), sentence_of(error)) from error

    def _kind(self) -> HabitKind:
        match self.value("kind"):
            case "at_least":
                return "at_least"
            case "at_most":
                return "at_most"
            case _:
                return "yes_no"

    def _stream(self, text: str) -> str | None:
        return names.find_stream(self.snapshot, text).id if text else None


def _target(text: str) -> tuple[Decimal | None, str]:
    """The number and its unit; neither where nothing was typed."""
    return parse.target(text) if text else (None, "")
