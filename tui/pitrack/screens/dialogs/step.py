"""The form of a step of the launch method: what it asks, the playbook's advice, and gentle hints while one types."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import cast

from textual.containers import VerticalScroll

from pitrack.core.building import ANSWERS
from pitrack.core.changes import Change
from pitrack.core.launch import Hint, ends_too_early, following, hints
from pitrack.core.model import Stage
from pitrack.core.views.launch import Launch, day_of, is_example, standing
from pitrack.screens.dialogs.base import Dialog, Field, FieldError, Sentence, choice_field, text_field
from pitrack.screens.playbooks.advice import advice
from pitrack.store import edits
from pitrack.store.snapshot import BookSnapshot
from pitrack.text import launch as told
from pitrack.text.i18n import _, language
from pitrack.text.plain import fit, printable
from pitrack.text.reading import ParseError
from pitrack.text.steps import outcomes, read, together
from pitrack.text.words import plain_day

TITLE = 26
"""Cells of a name in the title, on a phone, too."""
LINES = 3
"""Outcomes for which there is a line."""
ENDING = ("results", "verdict", "lesson")
"""Answers to a test that has begun."""
MISSING = ("price", "period", "caps", "until")
"""Hints about what was not typed yet: told quietly."""


class StepDialog(Dialog[Change]):
    """Gives the change that keeps the answers to a step of a stream, and moves the stream on."""

    DEFAULT_CSS = """
    StepDialog #question { height: auto; margin-bottom: 1; }
    StepDialog #advice { height: auto; margin-bottom: 1; color: $text-muted; padding-left: 1; border-left: $primary; }
    """

    def __init__(self, snapshot: BookSnapshot, day: dt.date, page: Launch, stage: Stage) -> None:
        super().__init__(classes="-dense")
        self.snapshot = snapshot
        self.day = day
        self.page = page
        self.stage = stage
        self.before = standing(page, stage)
        self.names = [name for name in ANSWERS[stage] if name != "currency"]
        if stage == "test":  # one that runs is asked how it went first
            rest = [name for name in self.names if name not in ENDING]
            self.names = [*ENDING, *rest] if page.test else rest

    def title_text(self) -> str:
        name = fit(printable(self.page.stream.name), TITLE)
        return _("{step}: {name}").format(step=told.step(self.stage), name=name)

    def is_edit(self) -> bool:
        return bool(self.before)

    def fields(self) -> Iterable[Field]:
        for name in self.names:
            if name == "outcomes":
                yield from self._outcome_fields()
            elif name == "verdict":
                options = [("", _("not yet")), *((code, told.verdict(code)) for code in ("keep", "change", "stop"))]
                yield choice_field(name, told.label(name), cast(Sequence[tuple[str, str]], options), "")
                again: tuple[Stage, ...] = ("offer", "niche")
                steps = [(stage, told.step(stage)) for stage in again]
                yield choice_field("again", _("Again from"), steps, "offer")
            else:
                yield text_field(name, told.label(name), self._written(name), example=_example(name))
        if self.stage != "test" and (to := self._following({})):
            moves = (
                ("on", _("move on to {stage}").format(stage=told.step(to))),
                ("stay", _("stay at {stage}").format(stage=told.step(self.page.stage))),
            )
            yield choice_field("then", _("Then"), moves, "on")

    def _outcome_fields(self) -> Iterable[Field]:
        lines = self.before.get("outcomes", "").splitlines()
        for place in range(max(LINES, len(lines))):
            label = told.label("outcomes") if place == 0 else ""
            example = _("such as 10 sales") if place == 0 else _("another one, or nothing")
            text = lines[place] if place < len(lines) else ""
            yield text_field(f"outcomes{place or ''}", label, text, example=example)

    def _written(self, name: str) -> str:
        """An answer as it is typed."""
        text = self.before.get(name, "")
        if name in ("price", "money") and text:
            return f"{text} {self.before.get('currency', self.page.stream.currency)}"
        if name == "started" and not text:
            return self.day.isoformat()
        return text

    def on_mount(self) -> None:
        box = self.query_one(VerticalScroll)
        runs = self.page.test is not None
        said = advice(self.page.stream.playbook, language()).get(self.stage, "")
        if said:
            told_ = _("Playbook: {advice}").format(advice=printable(said, keep_newlines=True))
            box.mount(Sentence(told_, id="advice"), before=0)
        question = told.question(self.stage, runs=runs)
        if is_example(self.page, self.stage):
            question = f"{question}\n{told.example()}"
        box.mount(Sentence(question, id="question"), before=0)

    # While one types

    def preview(self) -> None:
        for field in self.query(Field):
            field.say("")
        if "verdict" in self.names:
            self.field("again").display = self.value("verdict") == "change"
        for name in ("started", "until"):
            if name in self.names and self.value(name):
                self._say_day(name)
        for name in ("price", "money", "hours", "clients"):
            if name in self.names and self.value(name):
                self._say_wrong(name)
        answers = self._typed()
        for hint in hints(self.stage, answers):
            self._say_hint(hint)

    def _say_hint(self, hint: Hint) -> None:
        if hint.field in self.names and not (hint.field == "hours" and self.value("hours")):
            self.field(hint.field).say(told.hint(hint), "" if hint.code in MISSING else "warn")

    def _say_day(self, name: str) -> None:
        self.show_reading(name, lambda text: plain_day(dt.date.fromisoformat(self._read(name, text)[name])))

    def _say_wrong(self, name: str) -> None:
        try:
            self.read(name, lambda text: self._read(name, text))
        except FieldError as error:
            self.field(name).say(error.sentence)

    def _typed(self) -> dict[str, str]:
        """The answers as far as they can be read."""
        found: dict[str, str] = {}
        for name in self.names:
            try:
                found |= self._answer(name)
            except FieldError:
                continue
        return found

    def _read(self, name: str, text: str) -> dict[str, str]:
        first = None
        if name == "until":
            with suppress(ParseError):
                first = day_of(read("started", self.value("started"), self.day)["started"])
        return read(name, text, self.day, currency=self.page.stream.currency, first=first)

    def _answer(self, name: str) -> dict[str, str]:
        """One answer, as a decision holds it; raises FieldError."""
        if name == "outcomes":
            fields = [field for field in self.query(Field) if (field.id or "").startswith("field-outcomes")]
            return {name: outcomes(field.value for field in fields)}
        return self.read(name, lambda text: self._read(name, text))

    # Saving

    def _following(self, answers: dict[str, str]) -> Stage | None:
        again = cast(Stage, self.value("again")) if "verdict" in self.names and self.is_mounted else "offer"
        return following(self.stage, answers, self.page.stage, again)

    def result(self) -> Change:
        given: dict[str, str] = {}
        for name in self.names:
            given |= self._answer(name)
        answers = together(self.before, given, self.page.stream.currency)
        self._check(answers)
        to = self._following(answers)
        if self.stage != "test" and to and self.value("then") == "stay":
            to = None
        if answers == self.before and to is None:
            return Change("step", ())
        first = self.names[0]
        return self.read(
            first,
            lambda _text: edits.add_step(self.snapshot, self.page.stream.id, self.stage, answers, self.day, to=to),
        )

    def _check(self, answers: dict[str, str]) -> None:
        """What cannot be kept; raises FieldError."""
        if not answers and self.names != ["note"]:
            raise FieldError(self.names[0], _("Write down an answer, or press esc to leave."))
        if ends_too_early(answers):
            raise FieldError("until", _("It cannot end before it started."))
        if answers.get("verdict") == "stop" and not answers.get("lesson"):
            raise FieldError("lesson", _("Before it stops, write down what it taught."))


def _example(name: str) -> str:
    """What may be typed, shown while a field is empty."""
    examples = {
        "platform": _("one place, such as Etsy"),
        "audience": _("one kind of people"),
        "task": _("one thing you do for them"),
        "deliverable": _("a fixed thing, not “anything”"),
        "goal": _("what they reach by it"),
        "price": _("such as 150"),
        "period": _("once, or a month"),
        "promise": _("what happens where it is missed"),
        "clients": _("1 to 3"),
        "hours": _("at most, such as 20"),
        "money": _("at most, such as 100"),
        "until": _("a day, such as +30 or 2027-03-31"),
        "results": _("what came out, in numbers"),
        "lesson": _("what it taught"),
    }
    return examples.get(name, "")
