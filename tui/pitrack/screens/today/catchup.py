"""Catching up: the unanswered actions of the days before, answered one after the other or a day at a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from pitrack.core.changes import Change
from pitrack.core.model import Word
from pitrack.core.views.catchup import Unanswered, catch_up, unanswered
from pitrack.screens.answering import Answerable, AnsweringScreen
from pitrack.screens.today import catchup_lines as draw
from pitrack.store import edits
from pitrack.text.i18n import N_, _
from pitrack.widgets.glyphs import glyph_set
from pitrack.widgets.pieces import Line, Lines
from pitrack.widgets.rows import RowList

if TYPE_CHECKING:
    from pitrack.store.snapshot import BookSnapshot


class CatchUpScreen(AnsweringScreen):
    """A list of days and their actions. What is answered keeps its place until the screen is left, and the cursor goes
    on to the next one."""

    MODE = "today"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("D", "rest('yes')", N_("day done"), id="catchup.done", tooltip=N_("rest of the day: done")),
        Binding("X", "rest('no')", N_("day no"), id="catchup.no", tooltip=N_("rest of the day: no")),
        Binding("S", "rest('skip')", N_("day skip"), id="catchup.skip", tooltip=N_("rest of the day: skip")),
        Binding("escape,c,q", "leave", N_("back"), id="catchup.back", key_display="esc"),
    ]
    DEFAULT_CSS = """
    CatchUpScreen #head { height: auto; margin-bottom: 1; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.snapshot: BookSnapshot | None = None
        self.listed: list[tuple[dt.date, str]] = []
        """Day and habit of each row."""

    def body(self) -> ComposeResult:
        yield Lines(id="head")
        yield RowList[Unanswered](self._line, _key, empty=self._empty)

    @property
    def rows(self) -> RowList[Unanswered]:
        rows: RowList[Unanswered] = self.query_one(RowList)
        return rows

    @property
    def chosen(self) -> tuple[Answerable, dt.date] | None:
        action = self.rows.highlighted
        return (action, action.day) if action else None

    def view(self, snapshot: BookSnapshot, today: dt.date) -> None:
        self.snapshot = snapshot
        found = catch_up(snapshot, today)
        listed = dict.fromkeys([*self.listed, *((action.day, action.habit.id) for action in found.actions)])
        self.listed = sorted((key for key in listed if key[1] in snapshot.habits), key=lambda key: key[0])
        actions = [unanswered(snapshot, habit, day) for day, habit in self.listed]
        days = [action.day for action in actions]
        heads = {days.index(day): partial(draw.day_head, day) for day in dict.fromkeys(days)}
        self.query_one("#head", Lines).show(*draw.head_lines(found, len(actions), self.size.width))
        self.rows.show(actions, heads)

    def answered(self, change: Change | None) -> None:
        super().answered(change)
        if change and change.word not in ("note", "clear"):
            self.rows.move_to(self.rows.cursor + 1)

    def action_rest(self, word: Word) -> None:
        """Answer all that is left of the chosen day."""
        chosen = self.rows.highlighted
        if chosen is None or self.snapshot is None:
            return
        left = [action for action in self.rows.items if action.day == chosen.day and action.state == "absent"]
        self.change(edits.answer_all(self.snapshot, [(action.habit.id, action.day) for action in left], word))
        later = (index for index, action in enumerate(self.rows.items) if action.day > chosen.day)
        self.rows.move_to(next(later, len(self.rows.items) - 1))

    def action_leave(self) -> None:
        self.dismiss()

    def _line(self, action: Unanswered, _line: int, width: int) -> Line:
        return draw.action_line(action, width, glyph_set(self.pitrack.glyphs))

    def _empty(self) -> Sequence[Line]:
        return ((), (("   " + _("Nothing is unanswered on the last days."), "muted"),))


def _key(action: Unanswered) -> str:
    return f"{action.day}|{action.habit.id}"
