"""Today: every action, answered with one key; the month's money below."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from pitrack.core.changes import Change
from pitrack.core.pauses import ended_on, running
from pitrack.core.views.arrangement import Heading
from pitrack.core.views.catchup import CatchUp, catch_up
from pitrack.core.views.today import Action, Group, TodayView, today
from pitrack.garbage import settle
from pitrack.screens.answering import Answerable, AnsweringScreen
from pitrack.screens.timing import RunningLine, ask_time
from pitrack.screens.today import lines as draw
from pitrack.screens.today import notice
from pitrack.screens.today.days_off import pause_or_end, tell_brought
from pitrack.screens.today.places import Places
from pitrack.store import edits
from pitrack.text.i18n import N_, _
from pitrack.text.plain import printable
from pitrack.widgets.glyphs import glyph_set
from pitrack.widgets.pieces import Line, Lines, with_keys
from pitrack.widgets.rows import RowList

if TYPE_CHECKING:
    from pitrack.core.views.income.growth import Growth
    from pitrack.store.snapshot import BookSnapshot

MONEY = ("_book", "entries", "rates", "reviews", "streams")
"""The tables that the two lines of money follow from."""
SHORT = 20
"""Height below which only the list and one line of keys are kept."""


class TodayScreen(AnsweringScreen):
    """Actions in order of urgency. Rows keep their places until the screen is entered again or sorted."""

    MODE = "today"
    CSS_PATH = "today.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "left,h", "day(-1)", N_("day"), id="today.before", key_display="left/right", tooltip=N_("the day before")
        ),
        Binding("right,l", "day(1)", N_("day after"), id="today.after", show=False),
        Binding("i", "income", N_("income"), id="today.income", tooltip=N_("book income")),
        Binding("t", "time", N_("time"), id="today.time", tooltip=N_("time worked, or a timer")),
        Binding("a", "add", N_("add"), id="today.add", tooltip=N_("add an action")),
        Binding("e", "edit", N_("edit the action"), id="today.edit", show=False),
        Binding("w", "why", N_("why"), id="today.why", tooltip=N_("why: the action's page")),
        Binding("slash", "filter", N_("find"), id="today.find", key_display="/", tooltip=N_("find actions by a word")),
        Binding("full_stop,0", "day(0)", N_("back to today"), id="today.today", show=False),
        Binding("A", "archive", N_("archive the action"), id="today.archive", show=False),
        Binding("r", "sort", N_("sort again"), id="today.sort", show=False),
        Binding("v", "group", N_("group another way"), id="today.group", show=False),
        Binding("J", "place(1)", N_("move the action down"), id="today.place-down", show=False),
        Binding("K", "place(-1)", N_("move the action up"), id="today.place-up", show=False),
        Binding("p", "pause", N_("days off; back again"), id="today.pause", show=False),
        Binding("c", "catch_up", N_("catch up on past days"), id="today.catch-up", show=False),
        Binding("escape", "unfilter", N_("show all"), id="today.all", key_display="esc"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.day: dt.date | None = None
        """The day shown, None for today."""
        self.shown: TodayView | None = None
        self._places = Places(self.pitrack.grouping)
        self._words = ""
        self._need = draw.Longest(0, 0)
        self._missed: CatchUp | None = None
        self._brought = ""
        """What the days off that ended yesterday brought."""
        self._added = ""
        """The action that the cursor goes to once it is there."""
        self._growth: Growth | None = None
        self._growth_of: tuple[BookSnapshot, dt.date] | None = None
        self.running_line = RunningLine(self, self._draw_day)
        self.set_class(bool(self.pitrack.snapshot and _has_money(self.pitrack.snapshot)), "-money")

    def body(self) -> ComposeResult:
        yield Lines(id="day")
        yield RowList[Action](self._line, lambda action: action.habit.id, empty=self._empty)
        yield Lines(id="focus")
        yield Lines(id="notice")
        yield Lines(id="money")

    @property
    def rows(self) -> RowList[Action]:
        rows: RowList[Action] = self.query_one(RowList)
        return rows

    # Showing

    def view(self, snapshot: BookSnapshot, today_is: dt.date) -> None:
        if self.day and self.day >= today_is:
            self.day = None
        before, self.shown = self.shown, today(snapshot, self.day or today_is, today_is)
        have_pauses_changed = self.snapshot is not None and self.snapshot.pauses != snapshot.pauses
        if have_pauses_changed or (before and before.day != self.shown.day):
            self._places.forget()
        if self.snapshot is not snapshot:
            self._count_brought(snapshot, today_is)
        self.snapshot = snapshot
        self._missed = catch_up(snapshot, today_is) if self.shown.day == today_is else None
        self._need = draw.longest(self.shown.actions)
        self._places.settle(snapshot, self.shown.actions)
        self._draw()
        if any(action.habit.id == self._added for action in self.shown.actions):
            self.rows.move_to_key(self._added)
            self._added = ""
        self.set_class(_has_money(snapshot), "-money")
        self.call_after_refresh(self._count_money, snapshot, today_is)

    def entered(self) -> None:
        self.action_sort()

    def on_resize(self, event: events.Resize) -> None:
        self.set_class(event.size.height < SHORT, "-short")
        if self.shown:
            self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        if not (self.shown and self.snapshot):
            return
        width = self.size.width
        actions = self._places.sorted(action for action in self.shown.actions if self._matches(action))
        heads = {
            index: partial(draw.head_line, self._title(group), self.shown.day, index == 0, self._need)
            for index, group in self._places.heads(actions)
        }
        self._draw_day()
        narrow = width - 3 < draw.NARROW
        self.rows.still = 0 if narrow else draw.columns(width - 3, self._need).strip
        self.rows.show(actions, heads, lines=2 if narrow else 1)
        self._draw_focus()
        self._draw_notice()
        self._draw_money()

    def _draw_day(self) -> None:
        """Which day it is, how it stands, and what a timer runs for."""
        if self.shown and self.snapshot:
            line = draw.day_line(self.shown, self.pitrack.today, self.snapshot.settings, self.size.width)
            self.query_one("#day", Lines).show(self.running_line.ended(line, self.snapshot, self.size.width))

    def _title(self, group: Heading) -> str:
        return draw.group_title(group.name, self._places.grouping, is_today=self.day is None)

    def _matches(self, action: Action) -> bool:
        from pitrack.store.names import fold

        if not self._words:
            return True
        text = fold(f"{action.habit.name} {action.stream_name}")
        tags = [fold(tag) for tag in action.habit.tags]
        return all(
            any(tag.startswith(word[1:]) for tag in tags) if word.startswith("#") else word in text
            for word in fold(self._words).split()
        )

    def _line(self, action: Action, line: int, width: int) -> Line:
        return draw.action_line(
            action, line, width, self._shown_group(action), self._need, glyphs=glyph_set(self.pitrack.glyphs)
        )

    def _shown_group(self, action: Action) -> Group:
        """The urgency that a row is drawn with: that of its group where there are such groups."""
        return self._places.group(action).name if self._places.grouping == "urgency" else action.group  # type: ignore[return-value]

    def _empty(self) -> tuple[Line, ...]:
        if self.shown is None:
            return ()
        if self._words:
            return ((), *self._told(_("No action matches. Escape shows all again.")))
        return (
            (),
            (("   " + _("No actions yet."), "strong"),),
            (),
            *self._told(_("Press {a} to add the first one: what you will do, and how often.")),
            *self._told(_("Press {4} and then {p} for a playbook: a way to earn, with its first actions.")),
            *self._told(_("Press {i} to book income, or {2} and then {S} to add a stream.")),
        )

    def _told(self, sentence: str) -> list[Line]:
        """A sentence with keys over as many lines as it needs, set in like the names."""
        from pitrack.widgets.wrapping import broken

        return [(("   ", ""), *line) for line in broken(with_keys(sentence), self.size.width - 5)]

    def _draw_focus(self) -> None:
        assert self.snapshot
        self.query_one("#focus", Lines).show(
            *draw.focus_lines(self.rows.highlighted, self.snapshot.settings, self.size.width, is_today=self.day is None)
        )

    def _draw_notice(self) -> None:
        """Days off that run, what was left unanswered, or what days off have brought: on today itself."""
        assert self.snapshot
        day, width = self.pitrack.today, self.size.width
        line: Line = ()
        if self.day is None:
            if paused := running(self.snapshot, day):
                line = notice.paused_line(paused[0], day, width)
            elif self._missed and self._missed.actions:
                line = notice.missed_line(self._missed, day, width)
            elif self._brought:
                line = notice.brought_line(self._brought, width)
        self.set_class(bool(line), "-notice")
        self.query_one("#notice", Lines).show(line)

    def _count_brought(self, snapshot: BookSnapshot, today_is: dt.date) -> None:
        """Tell once the days off are over what they brought."""
        self._brought = ""
        if ended := ended_on(snapshot, today_is - dt.timedelta(days=1)):
            tell_brought(self, snapshot, ended[0], self._tell_brought)

    def _tell_brought(self, told: str) -> None:
        self._brought = told
        self._draw_notice()

    @property
    def chosen(self) -> tuple[Answerable, dt.date] | None:
        action = self.rows.highlighted
        return (action, self.shown.day) if action and self.shown else None

    def on_row_list_highlighted(self) -> None:
        self._draw_focus()

    def _count_money(self, snapshot: BookSnapshot, day: dt.date) -> None:
        if not _has_money(snapshot):
            settle()
            return
        before, self._growth_of = self._growth_of, (snapshot, day)
        if before is None or before[1] != day or not _same_money(snapshot, before[0]):
            self.run_worker(partial(self._grow, snapshot, day), thread=True, exclusive=True, group="money")

    def _grow(self, snapshot: BookSnapshot, day: dt.date) -> None:
        from pitrack.core.views.income.growth import growth
        from pitrack.screens.today import money as today_money  # noqa: F401  (Babel and pendulum, imported off the loop)

        grown = growth(snapshot, day)
        self.app.call_from_thread(self._grown, grown)
        from pitrack.screens.streams import lines, screen, title  # noqa: F401  (where one is likely to go next)

    def _grown(self, grown: Growth) -> None:
        settle()
        self._growth = grown
        self._draw_money()

    def _draw_money(self) -> None:
        if self._growth:
            from pitrack.screens.today.money import money_lines

            lines = money_lines(self._growth, hidden=self.pitrack.hidden, width=self.size.width)
            self.set_class(bool(self._growth.missing_rates), "-left-out")
            self.query_one("#money", Lines).show(*lines)

    # Actions themselves

    def action_add(self) -> None:
        from pitrack.screens.dialogs.habit import HabitDialog

        if self.snapshot:
            self.app.push_screen(HabitDialog(self.snapshot, self.pitrack.today), self._new)

    def _new(self, change: Change | None) -> None:
        """Go to the new action once it is there."""
        if change:
            if self.has_class("-filtering"):
                self.action_unfilter()
            self._added = change.writes[0].id
            self.change(change)

    def action_edit(self) -> None:
        from pitrack.screens.dialogs.habit import HabitDialog

        action = self.rows.highlighted
        if action and self.snapshot:
            self.ask(HabitDialog(self.snapshot, self.pitrack.today, action.habit))

    def action_why(self) -> None:
        """The page of the chosen action, on the day shown."""
        from pitrack.screens.today.habit import HabitScreen

        action = self.rows.highlighted
        if action:
            habits = [each.habit.id for each in self.rows.items]
            self.app.push_screen(HabitScreen(habits, action.habit.id, self.day), self._seen_why)

    def _seen_why(self, habit: str | None) -> None:
        self.rows.move_to_key(habit or "")

    def action_archive(self) -> None:
        action = self.rows.highlighted
        if action and self.snapshot:
            self.change(edits.edit_habit(self.snapshot, action.habit.id, archived=True))
            self._added = action.habit.id  # undone, it has the cursor again
            told = _("Archived: {name}. u brings it back; later, : and “Bring back” does.")
            self.say(told.format(name=printable(action.habit.name)))

    def action_pause(self) -> None:
        action = self.rows.highlighted
        pause_or_end(self, action.habit if action else None, self._missed.away if self._missed else None)

    def action_income(self) -> None:
        from pitrack.screens.dialogs.quick import QuickEntry

        if self.snapshot and self.shown:
            self.ask(QuickEntry(self.snapshot, self.shown.day))

    def action_time(self) -> None:
        """The time of the chosen action: book it, start its timer, or stop the one that runs."""
        if self.snapshot and self.shown:
            action = self.rows.highlighted
            ask_time(self, self.snapshot, self.shown.day, action.habit if action else None)

    # Moving

    def action_day(self, by: int) -> None:
        """The day before or after, never past today; 0 goes back to today."""
        app = self.pitrack
        now = self.day or app.today
        then = app.today if by == 0 else min(now + dt.timedelta(days=by), app.today)
        if then != now:
            self.day = None if then == app.today else then
            self.sync(force=True)

    def action_sort(self) -> None:
        self._places.forget()
        if self.shown and self.snapshot:
            self._places.settle(self.snapshot, self.shown.actions)
            self._draw()

    def action_group(self) -> None:
        self._places.next_grouping()
        self.pitrack.keep_grouping(self._places.grouping)
        self.action_sort()
        self.say(draw.grouping_told(self._places.grouping))

    def action_place(self, by: int) -> None:
        """Move the chosen action among those of its group, in the user's own order."""
        action, rows = self.rows.highlighted, self.rows
        if action is None or self.snapshot is None:
            return
        if self._places.grouping == "urgency":
            self.say(_("Sorted by urgency now. v changes to groups and to your own order, where J and K move actions."))
            return
        at = rows.cursor + by
        if 0 <= at < len(rows.items) and self._places.group(rows.items[at]) == self._places.group(action):
            beside = rows.items[at].habit.id
            self.change(edits.place_habit(self.snapshot, action.habit.id, beside, behind=by > 0))

    def action_catch_up(self) -> None:
        from pitrack.screens.today.catchup import CatchUpScreen

        if self._missed and self._missed.actions:
            self.app.push_screen(CatchUpScreen())
        else:
            self.say(_("Nothing is unanswered on the last days."))

    def action_filter(self) -> None:
        from textual.widgets import Input

        found = self.query("#filter")
        if not found:
            line = Input(self._words, placeholder=_("words of the name or the stream"), compact=True, id="filter")
            line.cursor_blink = False
            self.mount(line, before=self.rows)
        self.add_class("-filtering")
        self.refresh_bindings()
        self.call_after_refresh(lambda: self.query_one("#filter").focus())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "unfilter" or self.has_class("-filtering")

    def action_unfilter(self) -> None:
        self.query_one("#filter").remove()
        self.remove_class("-filtering")
        self._words = ""
        self._draw()
        self.rows.focus()

    def on_input_changed(self, event: Any) -> None:
        self._words = event.value
        self._draw()

    def on_input_submitted(self) -> None:
        self.rows.focus()


def _has_money(snapshot: BookSnapshot) -> bool:
    """Whether anything was ever booked; the entries themselves are read once the list is seen."""
    return bool(snapshot.document.body("entries"))


def _same_money(one: BookSnapshot, other: BookSnapshot) -> bool:
    return one is other or all(one.document.same(other.document, table) for table in MONEY)
