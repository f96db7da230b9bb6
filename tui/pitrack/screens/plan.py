"""Plan: what the income is for, with how far each goal is, and the inbox of ideas."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.reactive import Reactive
from textual.widget import Widget

from pitrack.core.changes import Change
from pitrack.core.model import Idea
from pitrack.core.views.plan import GoalProgress, open_ideas, plan
from pitrack.screens import plan_lines as draw
from pitrack.screens.base import BookScreen
from pitrack.store import edits
from pitrack.store.errors import BookError
from pitrack.text.i18n import N_, _, ngettext
from pitrack.widgets.glyphs import glyph_set
from pitrack.widgets.pieces import Line, Lines
from pitrack.widgets.rows import RowList
from pitrack.widgets.told import Told

if TYPE_CHECKING:
    from pitrack.store.snapshot import BookSnapshot

SLOW = 0.1
"""Seconds after which it is shown that goals are being counted."""
FOOT = {"-low": 1, "-narrow": 4}
"""Lines about the chosen row, where they are not two."""


class GoalRows(RowList[GoalProgress]):
    """Goals, two lines each, with meters."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"piece--line"}
    DEFAULT_CSS = "GoalRows > .piece--line { color: $line; }"


class IdeaRows(RowList[Idea]):
    """Open ideas, a line each."""


class PlanScreen(BookScreen):
    """Goals by motive above or beside the open ideas. Goals are counted in a thread: a large book takes a while."""

    MODE = "plan"
    CSS_PATH = "plan.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (60, "-plain"), (110, "-wide")]  # noqa: RUF012 (Textual's)
    VERTICAL_BREAKPOINTS = [(0, "-low"), (20, "-high")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("g", "goal", N_("goal"), id="plan.goal", priority=True, tooltip=N_("add a goal")),
        Binding("i", "idea", N_("idea"), id="plan.idea", tooltip=N_("write down ideas")),
        Binding("s", "systems", N_("automations"), id="plan.systems", tooltip=N_("automations and merits")),
        Binding("space", "take", N_("make a stream"), id="plan.take", tooltip=N_("make a stream of the idea")),
        Binding("x", "drop", N_("drop"), id="plan.drop", tooltip=N_("drop the idea")),
        Binding("enter,e", "edit", N_("edit"), id="plan.edit", key_display="enter", tooltip=N_("edit goal or idea")),
        Binding("p", "playbooks", N_("playbooks"), id="plan.playbooks", tooltip=N_("begin with a playbook")),
        Binding("A", "archive", N_("archive"), id="plan.archive", tooltip=N_("archive the goal")),
        Binding("d,delete", "delete", N_("delete goal or idea"), id="plan.delete", show=False),
        Binding("tab", "turn('ideas')", N_("ideas"), id="plan.ideas", tooltip=N_("go to the ideas")),
        Binding("tab", "turn('goals')", N_("goals"), id="plan.goals", tooltip=N_("go to the goals")),
        Binding("slash", "filter", N_("find"), id="plan.find", key_display="/", tooltip=N_("find ideas by a word")),
        Binding("escape", "unfilter", N_("show all"), id="plan.all", key_display="esc"),
    ]

    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    """As Textual's, without drawing the whole screen again: the lists draw their own focus."""

    def __init__(self) -> None:
        super().__init__()
        self.snapshot: BookSnapshot | None = None
        self.goals: Sequence[GoalProgress] | None = None
        """As last counted, None before the first time."""
        self.ideas: Sequence[Idea] = ()
        self._counting: tuple[object, ...] = ()
        self._counted: tuple[object, ...] = ()
        self._is_slow = False
        self._words = ""
        self._need = draw.Need(0, 0, 0)
        self._new_goal = ""
        self._about_to_say = ""
        self._said: tuple[str, str | None] = ("", None)

    def body(self) -> ComposeResult:
        with Container(id="parts"):
            with Vertical(id="goals-part"):
                yield Told(id="goals-head")
                yield GoalRows(self._goal_line, lambda one: one.goal.id, lines=2, empty=self._no_goals, id="goals")
            with Vertical(id="ideas-part"):
                yield Told(id="ideas-head")
                yield IdeaRows(self._idea_line, lambda idea: idea.id, empty=self._no_ideas, id="ideas")
        yield Lines(id="foot")

    @property
    def goal_rows(self) -> GoalRows:
        return self.query_one(GoalRows)

    @property
    def idea_rows(self) -> IdeaRows:
        return self.query_one(IdeaRows)

    @property
    def chosen(self) -> GoalProgress | Idea | None:
        """What stands under the cursor of the list that has the focus."""
        rows = self.focused
        return rows.highlighted if isinstance(rows, GoalRows | IdeaRows) else None

    # Showing

    def view(self, snapshot: BookSnapshot, today: dt.date) -> None:
        self.snapshot = snapshot
        self.ideas = open_ideas(snapshot)
        self._count_goals(snapshot, today)
        self._draw()
        self._said, self._about_to_say = (self._about_to_say, self._chosen_key), ""
        self._draw_foot()
        self.refresh_bindings()

    def on_mount(self) -> None:
        self.call_after_refresh(self._focus_first)

    def _focus_first(self) -> None:
        """Where there are ideas and no goal, begin with the ideas."""
        if self.ideas and self.snapshot and not self.snapshot.goals:
            self.idea_rows.focus()

    def on_resize(self) -> None:
        self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        if self.snapshot is None:
            return
        goals = self._living_goals()
        self._need = draw.need(goals, self._look)
        heads = {
            index: partial(draw.motive_head, one.goal.motive)
            for index, one in enumerate(goals)
            if index == 0 or one.goal.motive != goals[index - 1].goal.motive
        }
        self._fit_goals()
        self.goal_rows.show(goals, heads)
        self.goal_rows.redraw()
        self.idea_rows.show(self._matching())
        self._draw_heads()
        self._draw_foot()

    def _fit_goals(self) -> None:
        """Goals take the lines they need, before they are counted too; beside the ideas, all there are."""
        assert self.snapshot
        motives = [goal.motive for goal in self.snapshot.goals.values() if not goal.archived]
        lines = 2 * len(motives) + len(set(motives)) or len(draw.goals_empty(self.size.width))
        self.query_one("#goals-part").styles.height = "1fr" if self.has_class("-wide") else lines + 1

    def _living_goals(self) -> list[GoalProgress]:
        """The goals that were counted and are still there, by motive."""
        assert self.snapshot
        there = self.snapshot.goals
        found = [one for one in self.goals or () if one.goal.id in there and not there[one.goal.id].archived]
        return sorted(found, key=lambda one: draw.MOTIVES.index(one.goal.motive))

    def _matching(self) -> Sequence[Idea]:
        from pitrack.store.names import fold

        wanted = fold(self._words).split()
        return [idea for idea in self.ideas if all(word in fold(idea.text) for word in wanted)]

    @property
    def _look(self) -> draw.Look:
        app = self.pitrack
        assert self.snapshot
        return draw.Look(app.today, self.snapshot.settings.currency, app.hidden, glyph_set(app.glyphs))

    def _goal_line(self, progress: GoalProgress, line: int, width: int) -> Line:
        return draw.goal_line(progress, line, width, self._need, self._look)

    def _idea_line(self, idea: Idea, _line: int, width: int) -> Line:
        return draw.idea_line(idea, width, self.pitrack.today)

    def _no_goals(self) -> Sequence[Line]:
        return () if self.goals is None else draw.goals_empty(self.goal_rows.width or self.size.width)

    def _no_ideas(self) -> Sequence[Line]:
        if self.snapshot is None:
            return ()
        width = self.idea_rows.width or self.size.width
        return draw.ideas_unmatched(width) if self._words else draw.ideas_empty(width)

    def _draw_heads(self) -> None:
        goals, running = self.goal_rows.has_focus, _("counting") if self._is_slow else ""
        title, about = _("Goals"), _("what the income is for")
        self.query_one("#goals-head", Told).tell(partial(_head, title, about, goals, running))
        ideas, count = self.idea_rows.has_focus, self._idea_count()
        title, about = _("Ideas"), _("problems that people have")
        self.query_one("#ideas-head", Told).tell(partial(_head, title, about, ideas, count))

    def _idea_count(self) -> str:
        if self._words:
            return _("{n} of {all}").format(n=len(self.idea_rows.items), all=len(self.ideas))
        count = len(self.ideas)
        return ngettext("{n} open", "{n} open", count).format(n=count) if count else ""

    def _draw_foot(self) -> None:
        if self.snapshot is None:
            return
        chosen, (word, key) = self.chosen, self._said
        most = next((lines for name, lines in FOOT.items() if self.has_class(name)), 2)
        lines: list[Line] = []
        if word and key == self._chosen_key:
            lines = draw.said([((word, "good"),)], self.size.width, most)
        elif isinstance(chosen, GoalProgress):
            sentences = draw.goal_sentences(chosen, self.snapshot.streams, self._look)
            lines = draw.said(sentences, self.size.width, most)
        elif chosen:
            lines = draw.idea_said(chosen, self.size.width, most)
        self.query_one("#foot", Lines).show(*lines)

    @property
    def _chosen_key(self) -> str | None:
        rows = self.focused
        return rows.highlighted_key if isinstance(rows, RowList) else None

    def on_row_list_highlighted(self) -> None:
        self._draw_foot()
        self.refresh_bindings()

    def on_descendant_focus(self) -> None:
        self._draw_heads()
        self._draw_foot()

    # Counting, off the loop

    def _count_goals(self, snapshot: BookSnapshot, day: dt.date) -> None:
        """Count goals again where something changed that they are made of."""
        made_of: tuple[object, ...] = (
            day,
            *(snapshot.settings, snapshot.streams, snapshot.entries, snapshot.times, snapshot.goals, snapshot.rates),
            *(snapshot.history(habit.id) for habit in snapshot.habits.values() if habit.stream),
        )
        before = self._counting
        if len(before) == len(made_of) and all(a is b or a == b for a, b in zip(before, made_of, strict=True)):
            return
        self._counting = made_of
        self.set_timer(SLOW, partial(self._show_counting, made_of))
        self.run_worker(partial(self._plan, snapshot, day, made_of), thread=True, group="goals")

    def _plan(self, snapshot: BookSnapshot, day: dt.date, made_of: tuple[object, ...]) -> None:
        counted = plan(snapshot, day).goals
        self.app.call_from_thread(self._show_counted, counted, made_of)

    def _show_counted(self, goals: Sequence[GoalProgress], made_of: tuple[object, ...]) -> None:
        if made_of is self._counting:
            self.goals, self._counted = goals, made_of
            self._is_slow = False
            self._draw()
            if any(one.goal.id == self._new_goal for one in goals):
                self.goal_rows.move_to_key(self._new_goal)
                self.goal_rows.focus()
                self._new_goal = ""

    def _show_counting(self, made_of: tuple[object, ...]) -> None:
        if made_of is self._counting and made_of is not self._counted:
            self._is_slow = True
            self._draw_heads()

    # Goals and ideas

    def _ask(self, dialog: Any) -> None:
        """Show a dialog that gives a change, and send it."""
        self.app.push_screen(dialog, self._answered)

    def _answered(self, change: Change | None) -> None:
        if change:
            self.change(change)

    def _edit(self, change: Callable[[], Change], word: str) -> None:
        """Send a change of the chosen row, and say at the foot what it was."""
        try:
            self.change(change())
        except BookError as error:
            self.pitrack.refuse(error)
        else:
            self._about_to_say = word

    def action_goal(self) -> None:
        from pitrack.screens.dialogs.goal import GoalDialog

        if self.snapshot:
            self.app.push_screen(GoalDialog(self.snapshot, self.pitrack.today), self._added_goal)

    def _added_goal(self, change: Change | None) -> None:
        """Go to the new goal once it is counted."""
        if change:
            self._new_goal = change.writes[0].id
            self.change(change)

    def action_idea(self) -> None:
        from pitrack.screens.dialogs.idea import IdeaPrompt

        if self.snapshot:
            self.idea_rows.focus()
            self._ask(IdeaPrompt(self.snapshot, self.pitrack.today))

    def action_systems(self) -> None:
        from pitrack.screens.automations import AutomationsScreen

        self.app.push_screen(AutomationsScreen())

    def action_playbooks(self) -> None:
        from pitrack.screens.playbooks import PlaybooksScreen

        self.app.push_screen(PlaybooksScreen())

    def action_edit(self) -> None:
        from pitrack.screens.dialogs.goal import GoalDialog
        from pitrack.screens.dialogs.idea import IdeaPrompt

        chosen = self.chosen
        if self.snapshot and isinstance(chosen, GoalProgress):
            goal = self.snapshot.goals.get(chosen.goal.id, chosen.goal)
            self._ask(GoalDialog(self.snapshot, self.pitrack.today, goal))
        elif self.snapshot and isinstance(chosen, Idea):
            self._ask(IdeaPrompt(self.snapshot, self.pitrack.today, chosen))

    def on_row_list_selected(self) -> None:
        self.action_edit()

    def action_take(self) -> None:
        from pitrack.screens.dialogs.idea import TakeIdea

        if self.snapshot and isinstance(self.chosen, Idea):
            self.app.push_screen(TakeIdea(self.snapshot, self.pitrack.today, self.chosen), self._taken)

    def _taken(self, change: Change | None) -> None:
        if change:
            self._about_to_say = _("A stream now: {name}. Press 2 to see it.").format(name=draw.brief(change.subject))
            self.change(change)

    def action_drop(self) -> None:
        chosen = self.chosen
        if self.snapshot and isinstance(chosen, Idea):
            word = _("Dropped: {name}. u brings it back.").format(name=draw.brief(chosen.text))
            self._edit(partial(edits.edit_idea, self.snapshot, chosen.id, state="dropped"), word)

    def action_archive(self) -> None:
        chosen = self.chosen
        if self.snapshot and isinstance(chosen, GoalProgress):
            word = _("Archived: {name}. u brings it back.").format(name=draw.brief(chosen.goal.name))
            self._edit(partial(edits.edit_goal, self.snapshot, chosen.goal.id, archived=True), word)

    def action_delete(self) -> None:
        chosen = self.chosen
        if self.snapshot is None or chosen is None:
            return
        if isinstance(chosen, Idea):
            name, change = chosen.text, partial(edits.delete_idea, self.snapshot, chosen.id)
        else:
            name, change = chosen.goal.name, partial(edits.delete_goal, self.snapshot, chosen.goal.id)
        self._edit(change, _("Deleted: {name}. u brings it back.").format(name=draw.brief(name)))

    # Moving

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        match action:
            case "goal":  # a priority key: not while a filter is typed
                return self.focused is None or isinstance(self.focused, RowList)
            case "take" | "drop":
                return isinstance(self.chosen, Idea)
            case "archive":
                return isinstance(self.chosen, GoalProgress)
            case "edit" | "delete":
                return self.chosen is not None
            case "turn":
                return self.goal_rows.has_focus == (parameters[0] == "ideas")
            case "filter":
                return bool(self.ideas)
            case "unfilter":
                return self.has_class("-filtering")
        return True

    def action_turn(self, to: str) -> None:
        self.query_one(f"#{to}").focus()

    def action_filter(self) -> None:
        from textual.widgets import Input

        if not self.query("#filter"):
            line = Input(self._words, placeholder=_("words of the idea"), compact=True, id="filter")
            line.cursor_blink = False
            self.query_one("#ideas-part").mount(line, before=self.idea_rows)
        self.add_class("-filtering")
        self.call_after_refresh(lambda: self.query_one("#filter").focus())

    def action_unfilter(self) -> None:
        self.query_one("#filter").remove()
        self.remove_class("-filtering")
        self._words = ""
        self._draw()
        self.idea_rows.focus()

    def on_input_changed(self, event: Any) -> None:
        self._words = event.value
        self._draw()

    def on_input_submitted(self) -> None:
        self.idea_rows.focus()


def _head(title: str, about: str, focused: bool, right: str, width: int) -> list[Line]:
    return [draw.head(title, about, focused, width, right)]
