"""The goals of Plan: by motive, with how far each is."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from pitrack.core.changes import Change
from pitrack.core.views.plan import GoalProgress
from pitrack.screens.plan import lines as draw
from pitrack.screens.plan.part import Part
from pitrack.store import edits
from pitrack.text.i18n import _
from pitrack.widgets.glyphs import glyph_set
from pitrack.widgets.pieces import Line
from pitrack.widgets.rows import RowList


class GoalRows(RowList[GoalProgress]):
    """Goals, two lines each, with meters."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"piece--line"}
    DEFAULT_CSS = "GoalRows > .piece--line { color: $line; }"


class GoalsPart(Part):
    NAME = "goals"
    PEEK = 3

    def __init__(self) -> None:
        super().__init__()
        self.goals: Sequence[GoalProgress] | None = None
        """As last counted, None before the first time."""
        self._need = draw.Need(0, 0, 0)
        self._new = ""

    def make(self) -> GoalRows:
        return GoalRows(self._line, lambda one: one.goal.id, lines=2, empty=self.empty, id=self.NAME)

    def title(self) -> tuple[str, str]:
        return _("Goals"), _("what the income is for")

    def right(self) -> str:
        return _("counting") if self.plan.is_slow else ""

    def empty(self) -> Sequence[Line]:
        return () if self.goals is None else draw.goals_empty(self.room)

    def foot(self, width: int, most: int) -> list[Line]:
        chosen = self.rows.highlighted
        if chosen is None or self.snapshot is None:
            return []
        return draw.said(draw.goal_sentences(chosen, self.snapshot.streams, self._look), width, most)

    @property
    def need(self) -> int:
        if self.snapshot is None:
            return 0
        motives = [goal.motive for goal in self.snapshot.goals.values() if not goal.archived]
        return 2 * len(motives) + len(set(motives)) or len(draw.goals_empty(self.room))

    def show_rows(self) -> None:
        """Show the goals as they were last counted."""
        goals = self._living()
        self._need = draw.need(goals, self._look)
        heads = {
            index: partial(draw.motive_head, one.goal.motive)
            for index, one in enumerate(goals)
            if index == 0 or one.goal.motive != goals[index - 1].goal.motive
        }
        self.rows.show(goals, heads)
        self.rows.redraw()

    def counted(self, goals: Sequence[GoalProgress]) -> None:
        """Take in what was counted; a new goal is chosen once it is there."""
        self.goals = goals
        self.show_rows()
        if any(one.goal.id == self._new for one in goals):
            self.rows.move_to_key(self._new)
            self.rows.focus()
            self._new = ""

    def _living(self) -> list[GoalProgress]:
        """The goals that were counted and are still there, by motive."""
        assert self.snapshot
        there = self.snapshot.goals
        found = [one for one in self.goals or () if one.goal.id in there and not there[one.goal.id].archived]
        return sorted(found, key=lambda one: draw.MOTIVES.index(one.goal.motive))

    @property
    def _look(self) -> draw.Look:
        app = self.plan.pitrack
        assert self.snapshot
        return draw.Look(app.today, self.snapshot.settings.currency, app.hidden, glyph_set(app.glyphs))

    def _line(self, progress: GoalProgress, line: int, width: int) -> Line:
        return draw.goal_line(progress, line, width, self._need, self._look)

    # Keys

    def add(self) -> None:
        from pitrack.screens.dialogs.goal import GoalDialog

        if self.snapshot:
            self.app.push_screen(GoalDialog(self.snapshot, self.plan.pitrack.today), self._added)

    def _added(self, change: Change | None) -> None:
        """Go to the new goal once it is counted."""
        if change:
            self._new = change.writes[0].id
            self.plan.change(change)

    def edit(self) -> None:
        from pitrack.screens.dialogs.goal import GoalDialog

        chosen = self.rows.highlighted
        if self.snapshot and isinstance(chosen, GoalProgress):
            goal = self.snapshot.goals.get(chosen.goal.id, chosen.goal)
            self.plan.ask(GoalDialog(self.snapshot, self.plan.pitrack.today, goal))

    def archive(self) -> None:
        chosen = self.rows.highlighted
        if self.snapshot and isinstance(chosen, GoalProgress):
            word = _("Archived: {name}. u brings it back.").format(name=draw.brief(chosen.goal.name))
            self.plan.edit(partial(edits.edit_goal, self.snapshot, chosen.goal.id, archived=True), word)

    def delete(self) -> None:
        chosen = self.rows.highlighted
        if self.snapshot and isinstance(chosen, GoalProgress):
            word = _("Deleted: {name}. u brings it back.").format(name=draw.brief(chosen.goal.name))
            self.plan.edit(partial(edits.delete_goal, self.snapshot, chosen.goal.id), word)
