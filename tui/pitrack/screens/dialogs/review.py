"""What a week or a month has taught: one lesson, what it was about, and what comes next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, get_args

from pitrack.core.building import LessonKind, Review
from pitrack.core.changes import Change
from pitrack.core.periods import Period
from pitrack.screens.base import BookScreen, beneath
from pitrack.screens.dialogs.base import Dialog, Field, FieldError, choice_field, text_field
from pitrack.store import edits
from pitrack.store.snapshot import BookSnapshot
from pitrack.text import reviews
from pitrack.text.i18n import _
from pitrack.text.periods import name as name_of


class ReviewDialog(Dialog[Change]):
    """Gives the one change that writes the review of a period. It lies at the foot, below what it is about."""

    DEFAULT_CSS = """
    ReviewDialog { align: left bottom; background: transparent; }
    ReviewDialog > VerticalScroll { width: 100%; padding: 0 1; }
    """

    def __init__(self, snapshot: BookSnapshot, day: dt.date, period: Period) -> None:
        super().__init__(classes="-dense")
        self.snapshot = snapshot
        self.day = day
        self.period = period
        self.before = snapshot.reviews.get(period.id, Review(period.id))

    def title_text(self) -> str:
        return _("What it taught: {name}").format(name=name_of(self.period))

    def is_edit(self) -> bool:
        return self.before.done is not None

    def fields(self) -> Iterable[Field]:
        kinds = [(kind, reviews.lesson_kind(kind)) for kind in get_args(LessonKind)]
        lesson, focus = _("one line: what worked, what did not"), _("one line: what comes next")
        yield text_field("lesson", _("Lesson"), self.before.lesson, example=lesson)
        yield choice_field("kind", _("About"), [*kinds, ("", _("none of them"))], self.before.kind or "")
        yield text_field("focus", _("Next focus"), self.before.focus, example=focus)

    def sync(self) -> None:
        """The book has changed, as when the month is closed: show it on the screen beneath."""
        under = beneath(self)
        if isinstance(under, BookScreen):
            under.sync()

    def result(self) -> Change:
        given: dict[str, Any] = {
            "lesson": self.value("lesson"),
            "kind": self.value("kind") or None,
            "focus": self.value("focus"),
        }
        if self.before.done is None and not (given["lesson"] or given["focus"]):
            raise FieldError("lesson", _("Write one line, or press escape."))
        return self.read("lesson", lambda _text: edits.write_review(self.snapshot, self.period.id, self.day, **given))
