"""Add or edit an action: its name, how often, what counts, and the stream it feeds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from pitrack.core.changes import Change
from pitrack.core.model import Habit, HabitKind, Rule
from pitrack.screens.dialogs.base import Dialog, Field, FieldError, choice_field, text_field
from pitrack.store import edits, names
from pitrack.store.snapshot import BookSnapshot
from pitrack.text import parse, words
from pitrack.text.i18n import _
from pitrack.text.words import plain_number


class HabitDialog(Dialog[Change]):
    """Gives the change that adds an action, or edits ``habit`` from ``day`` on."""

    def __init__(self, snapshot: BookSnapshot, day: dt.date, habit: Habit | None = None) -> None:
        super().__init__()
        self.snapshot = snapshot
        self.day = day
        self.habit = habit
        self.rule = _rule_on(habit, day) if habit else Rule(since=day)

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
            example=_("daily, weekdays, mon,wed,fri, 3/week"),
        )
        yield choice_field("kind", _("Counts as"), kinds, rule.kind)
        yield text_field("target", _("How much"), f"{target} {rule.unit}".strip(), example=_("500 words"))
        yield text_field(
            "stream",
            _("For stream"),
            stream.name if stream else "",
            example=_("none"),
            known=[stream.name for stream in streams.values() if not stream.archived],
        )

    def preview(self) -> None:
        week_start = self.snapshot.settings.week_start
        self.show_reading("schedule", lambda text: words.schedule(parse.schedule(text), week_start))
        counted = self.value("kind") != "yes_no"
        self.field("target").display = counted
        self.field("name").say("")
        self.field("target").say(_("a number, then its unit") if counted else "")
        self.field("stream").say("")

    def result(self) -> Change:
        name = self.value("name")
        if not name:
            raise FieldError("name", _("Give the action a name."))
        stream = self.read("stream", self._stream)
        target, unit = self.read("target", _target) if self.value("kind") != "yes_no" else (None, "")
        if target is None and self.value("kind") != "yes_no":
            raise FieldError("target", _("Type a number, such as 500 words."))
        rule = Rule(self.rule.since, self._kind(), self.read("schedule", parse.schedule), target, unit)
        if self.habit is None:
            return self.read("name", lambda _text: edits.add_habit(self.snapshot, name, rule, stream=stream))
        habit = self.habit
        change = self.read("name", lambda _text: edits.edit_habit(self.snapshot, habit.id, name=name, stream=stream))
        if rule == self.rule:
            return change
        asked = Rule(self.day, rule.kind, rule.schedule, rule.target, rule.unit)
        ruled = self.read("schedule", lambda _text: edits.set_rule(self.snapshot, habit.id, asked))
        return Change(change.word, change.writes + ruled.writes, change.subject, change.day)

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


def _rule_on(habit: Habit, day: dt.date) -> Rule:
    """The rule in force on a day; before the first one, the first."""
    return next((rule for rule in reversed(habit.rules) if rule.since <= day), habit.rules[0])


def _target(text: str) -> tuple[Decimal | None, str]:
    """The number and its unit; neither where nothing was typed."""
    return parse.target(text) if text else (None, "")
