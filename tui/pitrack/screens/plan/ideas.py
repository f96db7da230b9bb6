"""The idea inbox of Plan: problems that people have, with a filter as one types."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from pitrack.core.changes import Change
from pitrack.core.model import Idea
from pitrack.screens.plan import lines as draw
from pitrack.screens.plan.part import Part
from pitrack.store import edits
from pitrack.text.i18n import _, ngettext
from pitrack.widgets.pieces import Line
from pitrack.widgets.rows import RowList


class IdeaRows(RowList[Idea]):
    """Open ideas, a line each."""


class IdeasPart(Part):
    NAME = "ideas"

    def __init__(self) -> None:
        super().__init__()
        self.ideas: Sequence[Idea] = ()
        self._words = ""

    def make(self) -> IdeaRows:
        return IdeaRows(self._line, lambda idea: idea.id, empty=self.empty, id=self.NAME)

    def title(self) -> tuple[str, str]:
        return _("Ideas"), _("problems that people have")

    def right(self) -> str:
        if self._words:
            return _("{n} of {all}").format(n=len(self.rows.items), all=len(self.ideas))
        count = len(self.ideas)
        return ngettext("{n} open", "{n} open", count).format(n=count) if count else ""

    def empty(self) -> Sequence[Line]:
        if self.snapshot is None:
            return ()
        return draw.ideas_unmatched(self.room) if self._words else draw.ideas_empty(self.room)

    def foot(self, width: int, most: int) -> list[Line]:
        chosen = self.rows.highlighted
        return draw.idea_said(chosen, width, most) if chosen else []

    @property
    def need(self) -> int:
        return super().need + self.plan.has_class("-filtering")

    def show(self, ideas: Sequence[Idea]) -> None:
        """Show these ideas, those that the filter lets through."""
        from pitrack.store.names import fold

        self.ideas = ideas
        wanted = fold(self._words).split()
        self.rows.show([idea for idea in ideas if all(word in fold(idea.text) for word in wanted)])

    def _line(self, idea: Idea, _line: int, width: int) -> Line:
        return draw.idea_line(idea, width, self.plan.pitrack.today)

    # The filter

    def filter(self) -> None:
        from textual.widgets import Input

        if not self.query("#filter"):
            line = Input(self._words, placeholder=_("words of the idea"), compact=True, id="filter")
            line.cursor_blink = False
            self.mount(line, before=self.rows)
        self.plan.add_class("-filtering")
        self.call_after_refresh(lambda: self.query_one("#filter").focus())

    def unfilter(self) -> None:
        self.query_one("#filter").remove()
        self.plan.remove_class("-filtering")
        self._words = ""
        self.plan.lay_out()
        self.rows.focus()

    def on_input_changed(self, event: Any) -> None:
        self._words = event.value
        self.plan.lay_out()

    def on_input_submitted(self) -> None:
        self.rows.focus()

    # Keys

    def write(self) -> None:
        from pitrack.screens.dialogs.idea import IdeaPrompt

        if self.snapshot:
            self.rows.focus()
            self.plan.ask(IdeaPrompt(self.snapshot, self.plan.pitrack.today))

    def edit(self) -> None:
        from pitrack.screens.dialogs.idea import IdeaPrompt

        chosen = self.rows.highlighted
        if self.snapshot and isinstance(chosen, Idea):
            self.plan.ask(IdeaPrompt(self.snapshot, self.plan.pitrack.today, chosen))

    def take(self) -> None:
        from pitrack.screens.dialogs.idea import TakeIdea

        chosen = self.rows.highlighted
        if self.snapshot and isinstance(chosen, Idea):
            self.app.push_screen(TakeIdea(self.snapshot, self.plan.pitrack.today, chosen), self._taken)

    def _taken(self, change: Change | None) -> None:
        """Go to the new stream on the board, where its next step is asked."""
        if change:
            self.plan.began(change)

    def drop(self) -> None:
        chosen = self.rows.highlighted
        if self.snapshot and isinstance(chosen, Idea):
            word = _("Dropped: {name}. u brings it back.").format(name=draw.brief(chosen.text))
            self.plan.edit(partial(edits.edit_idea, self.snapshot, chosen.id, state="dropped"), word)

    def delete(self) -> None:
        chosen = self.rows.highlighted
        if self.snapshot and isinstance(chosen, Idea):
            word = _("Deleted: {name}. u brings it back.").format(name=draw.brief(chosen.text))
            self.plan.edit(partial(edits.delete_idea, self.snapshot, chosen.id), word)
