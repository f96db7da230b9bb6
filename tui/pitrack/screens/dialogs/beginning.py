"""Forms for the parts of what a playbook would make: the stream, an action, a metric, a launch step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import cast

from pitrack.core.building import MetricKind
from pitrack.core.model import Role, Stage
from pitrack.exchange.playbooks import KINDS, ROLES, Action, Outcome, Playbook
from pitrack.exchange.starting import Start
from pitrack.screens.dialogs.base import Dialog, Field, FieldError, choice_field, text_field
from pitrack.store.names import is_called
from pitrack.store.snapshot import BookSnapshot
from pitrack.text import parse, words
from pitrack.text import playbooks as told
from pitrack.text.i18n import _
from pitrack.text.words import plain_number

LINE = "; "
"""Between the lines of an answer, in the one line of a field."""


class StreamPart(Dialog[Start]):
    """Gives ``start`` with another name, role or currency."""

    def __init__(self, snapshot: BookSnapshot, start: Start) -> None:
        super().__init__()
        self.snapshot = snapshot
        self.start = start

    def title_text(self) -> str:
        return _("The stream")

    def fields(self) -> Iterable[Field]:
        yield text_field("name", _("Name"), self.start.name)
        yield choice_field("role", _("Role"), [(role, words.role(role)) for role in ROLES], self.start.role)
        yield text_field("currency", _("Currency"), self.start.currency, example=self.snapshot.settings.currency)

    def preview(self) -> None:
        self.field("name").say("")
        if is_called(self.snapshot.streams.values(), self.value("name"), ""):
            self.field("name").say(_("There is a stream of that name already."), "warn")
        is_passive = self.value("role") == "passive"
        self.field("role").say(_("it can earn while you are away") if is_passive else _("you are paid for your time"))

    def result(self) -> Start:
        name = self.value("name")
        if not name:
            raise FieldError("name", _("Give the stream a name."))
        text = self.value("currency")
        currency = parse.currency(text) if text else self.snapshot.settings.currency
        if currency is None:
            raise FieldError("currency", _("Type three letters, such as USD or JPY."))
        alias = self.start.alias if name == self.start.name.strip() else ""
        return self.start._replace(name=name, alias=alias, role=cast(Role, self.value("role")), currency=currency)


class ActionPart(Dialog[Action]):
    """Gives an action with another name, schedule or target."""

    def __init__(self, action: Action, week_start: int) -> None:
        super().__init__()
        self.action = action
        self.week_start = week_start

    def title_text(self) -> str:
        return _("An action")

    def is_edit(self) -> bool:
        return True

    def fields(self) -> Iterable[Field]:
        target = self.action.target
        self._target = "" if target is None else f"{plain_number(target)} {self.action.unit}".strip()
        schedule = words.schedule(self.action.schedule, self.week_start)
        yield text_field("name", _("What"), self.action.name)
        yield text_field("schedule", _("How often"), schedule, example=_("daily, mon,wed,fri, 3/week, every 3 days"))
        yield text_field("target", _("At least"), self._target, example=_("empty: yes or no"))

    def preview(self) -> None:
        self.show_reading("schedule", lambda text: words.schedule(parse.schedule(text), self.week_start))
        self.show_reading("target", self._understood, _("yes or no"))

    def _understood(self, text: str) -> str:
        return words.asked(self._with_target(Action("", self.action.schedule), text).rule(dt.date.min), self.week_start)

    def result(self) -> Action:
        name = self.value("name")
        if not name:
            raise FieldError("name", _("Give the action a name."))
        action = Action(name, self.read("schedule", parse.schedule))
        return self.read("target", lambda text: self._with_target(action, text))

    def _with_target(self, action: Action, text: str) -> Action:
        """The action with the target typed, as it was where it was left alone; raises FieldError."""
        if not text:
            return action
        if text == self._target:
            return action._replace(target=self.action.target, unit=self.action.unit)
        target, unit = parse.target(text)
        if not target:
            raise FieldError("target", _("Type a number, such as 500 words."))
        return action._replace(target=target, unit=unit)


class MetricPart(Dialog[Outcome]):
    """Gives a metric with another name, unit or kind."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__()
        self.outcome = outcome

    def title_text(self) -> str:
        return _("What to count")

    def is_edit(self) -> bool:
        return True

    def fields(self) -> Iterable[Field]:
        kinds = [(kind, told.metric_kind(kind)) for kind in KINDS]
        yield text_field("name", _("Name"), self.outcome.name)
        yield choice_field("kind", _("Counted"), kinds, self.outcome.kind)
        yield text_field("unit", _("Unit"), self.outcome.unit)

    def preview(self) -> None:
        adds_up = self.value("kind") == "count"
        self.field("kind").say(_("what you note is added up") if adds_up else _("the newest number stands"))

    def result(self) -> Outcome:
        if not self.value("name"):
            raise FieldError("name", _("Give the metric a name."))
        return Outcome(self.value("name"), cast(MetricKind, self.value("kind")), self.value("unit"))


class StepPart(Dialog[dict[str, str]]):
    """Gives the answers that a launch step begins with, those left empty too, above what the playbook advises."""

    def __init__(self, stage: Stage, answers: Mapping[str, str], playbook: Playbook) -> None:
        super().__init__()
        self.stage = stage
        self.answers = answers
        self.advice = playbook.advice.get(stage, "")

    def title_text(self) -> str:
        return told.step(self.stage)

    def is_edit(self) -> bool:
        return True

    def fields(self) -> Iterable[Field]:
        for code, text in self.answers.items():
            yield text_field(code, told.answer(code).capitalize(), LINE.join(text.splitlines()))

    def preview(self) -> None:
        last = [*self.answers][-1]
        self.field(last).say(self.advice)

    def result(self) -> dict[str, str]:
        return {code: self._answer(code) for code in self.answers}

    def _answer(self, code: str) -> str:
        lines = self.value(code).split(LINE.strip()) if code == "outcomes" else [self.value(code)]
        return "\n".join(line.strip() for line in lines if line.strip())
