"""Plan: what the income is for, the inbox of ideas, and the board of streams from a problem to income."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.reactive import Reactive
from textual.widget import Widget

from pitrack.core.changes import Change
from pitrack.core.model import Idea
from pitrack.core.views.launch import Board, Launch, board
from pitrack.core.views.plan import GoalProgress, open_ideas, plan
from pitrack.screens.base import BookScreen
from pitrack.screens.plan import lines as draw
from pitrack.screens.plan.board import LaunchPart
from pitrack.screens.plan.goals import GoalsPart
from pitrack.screens.plan.ideas import IdeasPart
from pitrack.screens.plan.part import Part, Room, shared
from pitrack.store.errors import BookError
from pitrack.text.i18n import N_
from pitrack.widgets.pieces import Line, Lines
from pitrack.widgets.rows import RowList

if TYPE_CHECKING:
    from pitrack.store.snapshot import BookSnapshot

SLOW = 0.1
"""Seconds after which it is shown that goals are being counted."""
FOOT = {"-low": 1, "-narrow": 4}
"""Lines about the chosen row, where they are not two."""


class PlanScreen(BookScreen):
    """Three parts, each a list under its heading: goals by motive, open ideas, the launch board. One above the other,
    they open and fold where not all of them have room; in a wide window the board stands beside the others. Goals and
    the board are counted in a thread: a large book takes a while."""

    MODE = "plan"
    CSS_PATH = "plan.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (60, "-plain"), (110, "-wide"), (170, "-huge")]  # noqa: RUF012 (Textual's)
    VERTICAL_BREAKPOINTS = [(0, "-low"), (20, "-high")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,e", "open", N_("open"), id="plan.open", key_display="enter", tooltip=N_("open its page")),
        Binding("g", "goal", N_("goal"), id="plan.goal", priority=True, tooltip=N_("add a goal")),
        Binding("i", "idea", N_("idea"), id="plan.idea", tooltip=N_("write down ideas")),
        Binding("space", "take", N_("make a stream"), id="plan.take", tooltip=N_("make a stream of the idea")),
        Binding("x", "drop", N_("drop"), id="plan.drop", tooltip=N_("drop the idea")),
        Binding("enter,e", "edit", N_("edit"), id="plan.edit", key_display="enter", tooltip=N_("edit goal or idea")),
        Binding("A", "archive", N_("archive"), id="plan.archive", tooltip=N_("archive the goal")),
        Binding("d,delete", "delete", N_("delete goal or idea"), id="plan.delete", show=False),
        Binding("tab", "turn('ideas')", N_("ideas"), id="plan.ideas", tooltip=N_("go to the ideas")),
        Binding("tab", "turn('launch')", N_("launch"), id="plan.launch", tooltip=N_("go to the launch board")),
        Binding("tab", "turn('goals')", N_("goals"), id="plan.goals", tooltip=N_("go to the goals")),
        Binding("p", "playbooks", N_("playbooks"), id="plan.playbooks", tooltip=N_("begin with a playbook")),
        Binding("w", "review", N_("review"), id="plan.review", tooltip=N_("review week or month")),
        Binding("s", "systems", N_("automations"), id="plan.systems", tooltip=N_("automations and merits")),
        Binding("f", "finished", N_("finished work"), id="plan.finished", tooltip=N_("show finished work")),
        Binding("slash", "filter", N_("find"), id="plan.find", key_display="/", tooltip=N_("find ideas by a word")),
        Binding("escape", "unfilter", N_("show all"), id="plan.all", key_display="esc"),
    ]

    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    """As Textual's, without drawing the whole screen again: the lists draw their own focus."""

    def __init__(self) -> None:
        super().__init__()
        self.snapshot: BookSnapshot | None = None
        self.is_slow = False
        self.goals_part = GoalsPart()
        self.ideas_part = IdeasPart()
        self.launch_part = LaunchPart()
        self.parts: tuple[Part, ...] = (self.goals_part, self.ideas_part, self.launch_part)
        self._counting: dict[str, tuple[object, ...]] = {}
        self._counted: tuple[object, ...] = ()
        self._about_to_say = ""
        self._said: tuple[str, str | None] = ("", None)

    def body(self) -> ComposeResult:
        with Room(self.fit):
            with Container(id="beside"):
                yield self.goals_part
                yield self.ideas_part
            yield self.launch_part
        yield Lines(id="foot")

    @property
    def goals(self) -> Sequence[GoalProgress] | None:
        """As last counted, None before the first time."""
        return self.goals_part.goals

    @property
    def ideas(self) -> Sequence[Idea]:
        return self.ideas_part.ideas

    @property
    def goal_rows(self) -> RowList[GoalProgress]:
        return self.goals_part.rows

    @property
    def idea_rows(self) -> RowList[Idea]:
        return self.ideas_part.rows

    @property
    def launch_rows(self) -> RowList[Launch]:
        return self.launch_part.rows

    @property
    def part(self) -> Part | None:
        """The part whose list has the focus."""
        return next((part for part in self.parts if part.rows is self.focused), None)

    @property
    def chosen(self) -> GoalProgress | Idea | Launch | None:
        """What stands under the cursor of the list that has the focus."""
        chosen: GoalProgress | Idea | Launch | None = self.part.rows.highlighted if self.part else None
        return chosen

    # Showing

    def view(self, snapshot: BookSnapshot, today: dt.date) -> None:
        self.snapshot = snapshot
        self.ideas_part.show(open_ideas(snapshot))
        self._count(snapshot, today)
        self.lay_out()
        self._said, self._about_to_say = (self._about_to_say, self._chosen_key), ""
        self._draw_foot()
        self.refresh_bindings()

    def on_mount(self) -> None:
        self.call_after_refresh(self._focus_first)

    def _focus_first(self) -> None:
        """Where there is no goal, begin with the ideas, or else with the board, if there is anything."""
        if self.snapshot and not self.snapshot.goals and self.chosen is None:
            filled = next((part for part in self.parts if part.rows.items), self.parts[0])
            filled.rows.focus()

    def on_resize(self) -> None:
        self.call_after_refresh(self.lay_out)

    def lay_out(self) -> None:
        """Show everything as it was last counted, in the room there is."""
        if self.snapshot is None:
            return
        self.goals_part.show_rows()
        self.ideas_part.show(self.ideas)
        self.launch_part.show_rows()
        self.fit()
        self._draw_heads()
        self._draw_foot()

    def fit(self) -> None:
        """Share out the lines there are: each part what it needs, or the one with the focus most of them."""
        if self.snapshot is None:
            return
        is_wide, is_low = self.has_class("-wide"), self.has_class("-low")
        if self.has_class("-huge"):
            parts: tuple[Part, ...] = ()
        else:
            parts = self.parts[:2] if is_wide else self.parts
        gap = 0 if is_low else 1
        room = self.query_one(Room).size.height - len(parts) - gap * (len(parts) - 1)
        opened = next((place for place, part in enumerate(parts) if part.is_open), len(parts) - 1)
        heights = shared([part.need for part in parts], [part.peek for part in parts], room, opened) if parts else []
        for part in self.parts:
            part.styles.height = "1fr"
            part.styles.margin = 0
        for part, height in zip(parts, heights, strict=True):
            part.styles.height = height + 1
            part.styles.margin = (0, 0, 0 if part is parts[-1] else gap, 0)
        self.query_one("#beside").styles.height = "1fr" if is_wide or not parts else "auto"

    def _draw_heads(self) -> None:
        for part in self.parts:
            part.draw_head()

    def _draw_foot(self) -> None:
        if self.snapshot is None:
            return
        word, key = self._said
        most = next((lines for name, lines in FOOT.items() if self.has_class(name)), 2)
        lines: list[Line] = []
        if word and key == self._chosen_key:
            lines = draw.said([((word, "good"),)], self.size.width, most)
        elif self.part:
            lines = self.part.foot(self.size.width, most)
        self.query_one("#foot", Lines).show(*lines)

    @property
    def _chosen_key(self) -> str | None:
        return self.part.rows.highlighted_key if self.part else None

    def on_row_list_highlighted(self) -> None:
        self._draw_foot()
        self.refresh_bindings()

    def on_descendant_focus(self) -> None:
        self.fit()
        self._draw_heads()
        self._draw_foot()

    # Counting, off the loop

    def _count(self, snapshot: BookSnapshot, day: dt.date) -> None:
        """Count the board and the goals again, each where something changed that it is made of."""
        money: tuple[object, ...] = (
            day,
            *(snapshot.settings, snapshot.streams, snapshot.entries, snapshot.times, snapshot.rates),
            *(snapshot.history(habit.id) for habit in snapshot.habits.values() if habit.stream),
        )
        if made_of := self._changed("board", (*money, snapshot.steps)):
            self.run_worker(partial(self._find_board, snapshot, day, made_of), thread=True, group="board")
        if made_of := self._changed("goals", (*money, snapshot.goals)):
            self.set_timer(SLOW, partial(self._show_counting, made_of))
            self.run_worker(partial(self._plan, snapshot, day, made_of), thread=True, group="goals")

    def _changed(self, what: str, made_of: tuple[object, ...]) -> tuple[object, ...]:
        """What it is made of now, kept; nothing where that is as before."""
        before = self._counting.get(what, ())
        if len(before) == len(made_of) and all(a is b or a == b for a, b in zip(before, made_of, strict=True)):
            return ()
        self._counting[what] = made_of
        return made_of

    def _find_board(self, snapshot: BookSnapshot, day: dt.date, made_of: tuple[object, ...]) -> None:
        self.app.call_from_thread(self._show_board, board(snapshot, day), made_of)

    def _show_board(self, found: Board, made_of: tuple[object, ...]) -> None:
        if made_of is self._counting["board"]:
            is_first = self.launch_part.board is None
            self.launch_part.counted(found)
            self.lay_out()
            if is_first:
                self._focus_first()

    def _plan(self, snapshot: BookSnapshot, day: dt.date, made_of: tuple[object, ...]) -> None:
        counted = plan(snapshot, day).goals
        self.app.call_from_thread(self._show_counted, counted, made_of)

    def _show_counted(self, goals: Sequence[GoalProgress], made_of: tuple[object, ...]) -> None:
        if made_of is self._counting["goals"]:
            self._counted = made_of
            self.is_slow = False
            self.goals_part.counted(goals)
            self.lay_out()

    def _show_counting(self, made_of: tuple[object, ...]) -> None:
        if made_of is self._counting["goals"] and made_of is not self._counted:
            self.is_slow = True
            self._draw_heads()

    # Changes

    def ask(self, dialog: Any) -> None:
        """Show a dialog that gives a change, and send it."""
        self.app.push_screen(dialog, self._answered)

    def _answered(self, change: Change | None) -> None:
        if change:
            self.change(change)

    def edit(self, change: Callable[[], Change], word: str) -> None:
        """Send a change of the chosen row, and say at the foot what it was."""
        try:
            self.change(change())
        except BookError as error:
            self.pitrack.refuse(error)
        else:
            self._about_to_say = word

    def began(self, change: Change) -> None:
        """Send a change that makes a stream, and go to it on the board once it is there."""
        self.launch_part.expect(change.writes[0].id)
        self.change(change)

    def action_goal(self) -> None:
        self.goals_part.add()

    def action_idea(self) -> None:
        self.ideas_part.write()

    def action_open(self) -> None:
        self.launch_part.open()

    def action_edit(self) -> None:
        if self.part is self.goals_part:
            self.goals_part.edit()
        elif self.part is self.ideas_part:
            self.ideas_part.edit()

    def on_row_list_selected(self) -> None:
        if self.part is self.launch_part:
            self.action_open()
        else:
            self.action_edit()

    def action_take(self) -> None:
        self.ideas_part.take()

    def action_drop(self) -> None:
        self.ideas_part.drop()

    def action_archive(self) -> None:
        self.goals_part.archive()

    def action_delete(self) -> None:
        if self.part is self.goals_part:
            self.goals_part.delete()
        elif self.part is self.ideas_part:
            self.ideas_part.delete()

    # Rooms beside it

    def action_systems(self) -> None:
        from pitrack.screens.plan.automations import AutomationsScreen

        self.app.push_screen(AutomationsScreen())

    def action_review(self) -> None:
        from pitrack.screens.plan.review import ReviewScreen

        self.app.push_screen(ReviewScreen())

    def action_playbooks(self) -> None:
        from pitrack.screens.playbooks.gallery import PlaybooksScreen

        self.app.push_screen(PlaybooksScreen())

    def action_finished(self) -> None:
        from pitrack.screens.plan.portfolio import PortfolioScreen

        self.app.push_screen(PortfolioScreen())

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
                return isinstance(self.chosen, GoalProgress | Idea)
            case "open":
                return isinstance(self.chosen, Launch)
            case "turn":
                return parameters[0] == self._next.NAME
            case "filter":
                return bool(self.ideas)
            case "unfilter":
                return self.has_class("-filtering")
        return True

    @property
    def _next(self) -> Part:
        """The part to which tab goes: the next one that has rows."""
        opened = next((place for place, part in enumerate(self.parts) if part.is_open), -1)
        others = (*self.parts[opened + 1 :], *self.parts[: max(opened, 0)])
        return next((part for part in others if part.rows.items), others[0])

    def action_turn(self, to: str) -> None:
        self.query_one(f"#{to}").focus()

    def action_filter(self) -> None:
        self.ideas_part.filter()

    def action_unfilter(self) -> None:
        self.ideas_part.unfilter()
