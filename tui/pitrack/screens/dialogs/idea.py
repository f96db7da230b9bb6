"""Ideas: the prompt that writes them down one after the other, and the form that makes a stream of one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from textual.widgets import Input

from pitrack.core.changes import Change
from pitrack.core.model import Idea
from pitrack.keeper import Apply
from pitrack.screens.base import BookScreen
from pitrack.screens.dialogs.amount import Prompt
from pitrack.screens.dialogs.base import Field, FieldError
from pitrack.screens.dialogs.stream import StreamDialog
from pitrack.store import edits
from pitrack.store.snapshot import BookSnapshot
from pitrack.text.i18n import _
from pitrack.text.plain import fit, printable

NAME = 60
"""Cells of the longest name that is offered; a longer idea is kept whole in the stream's note."""


class IdeaPrompt(Prompt[Change]):
    """Asks for one line. A new idea is sent at once and the prompt waits for the next; an edit gives its change."""

    def __init__(self, snapshot: BookSnapshot, day: dt.date, idea: Idea | None = None) -> None:
        self.snapshot = snapshot
        self.day = day
        self.idea = idea
        super().__init__(
            _("Edit idea") if idea else _("Write down ideas"),
            _("Idea"),
            self._change,
            value=printable(idea.text) if idea else "",
            example=_("What do people ask you for help with?"),
            hint="" if idea else _("one line each: a problem that people have"),
        )

    def keys_text(self) -> str:
        return super().keys_text() if self.idea else _("enter save, next one  esc done")

    def _change(self, text: str) -> Change:
        """What the line says; BookError where it cannot be an idea."""
        return edits.edit_idea(self.snapshot, self.idea.id, text=text) if self.idea else edits.add_idea(text, self.day)

    def action_submit(self) -> None:
        text = self.value("text")
        if self.idea or not text:
            unchanged = not text or (self.idea and text == printable(self.idea.text).strip())
            self.dismiss(None) if unchanged else super().action_submit()
            return
        try:
            self.post_message(Apply(self.result()))
        except FieldError as error:
            self.field("text").say(error.sentence, "bad")
            return
        with self.prevent(Input.Changed):
            self.query_one(Input).value = ""
        self.field("text").say(_("Written down. Type the next one, or press esc."), "good")

    def sync(self) -> None:
        """The book has changed: show it on the screen beneath."""
        beneath = self.app.screen_stack[-2]
        if isinstance(beneath, BookScreen):
            beneath.sync()


class TakeIdea(StreamDialog):
    """Gives the one change that adds a stream made of an idea, with the problem it solves, and takes the idea up."""

    def __init__(self, snapshot: BookSnapshot, day: dt.date, idea: Idea) -> None:
        super().__init__(snapshot, day)
        self.idea = idea

    def title_text(self) -> str:
        return _("Make a stream of the idea")

    def fields(self) -> Iterable[Field]:
        text = printable(self.idea.text).strip()
        short = fit(text, NAME, "")
        if short != text:
            short = short.rpartition(" ")[0] or short
        offered = {"name": short, "stage": "idea", "note": "" if short == text else text}
        for field in super().fields():
            name = (field.id or "").removeprefix("field-")
            if name in offered:
                field.entry.value = offered[name]
            yield field

    def result(self) -> Change:
        return edits.take_idea(self.snapshot, self.idea.id, super().result(), self.day)
