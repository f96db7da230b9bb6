"""Today: every action, answered with one key; the month's money below."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from pitrack.core.changes import Change
from pitrack.core.views.today import Action, Group, TodayView, today
from pitrack.screens import today_lines as draw
from pitrack.screens.base import BookScreen
from pitrack.store import edits
from pitrack.store.errors import BookError
from pitrack.text.i18n import N_, _
from pitrack.text.plain import printable
from pitrack.widgets.glyphs import glyph_set
from pitrack.widgets.pieces import Line, Lines, with_keys
from pitrack.widgets.rows import RowList

if TYPE_CHECKING:
    from pitrack.core.views.growth import Growth
    from pitrack.store.snapshot import BookSnapshot

MONEY = ("_book", "entries", "rates", "reviews", "streams")
"""The tables that the two lines of money follow from."""
SHORT = 20
"""Height below which only the list and one line of keys are kept."""


class TodayScreen(BookScreen):
    """Actions in order of urgency. Rows keep their places until the screen is entered again or sorted."""

    MODE = "today"
    CSS_PATH = "today.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "done", N_("done"), id="today.done", tooltip=N_("done, or not after all")),
        Binding("x", "answer('no')", N_("no"), id="today.no", tooltip=N_("no: it was not done")),
        Binding("s", "answer('skip')", N_("skip"), id="today.skip", tooltip=N_("skip: the streak stays as it is")),
        Binding(
            "enter",
            "amount",
            N_("amount"),
            id="today.amount",
            key_display="enter",
            tooltip=N_("type the amount, or a note"),
        ),
        Binding("n", "note", N_("note"), id="today.note", tooltip=N_("write a note on the day")),
        Binding(
            "left,h", "day(-1)", N_("day"), id="today.before", key_display="left/right", tooltip=N_("the day before")
        ),
        Binding("right,l", "day(1)", N_("day after"), id="today.after", show=False),
        Binding("i", "income", N_("income"), id="today.income", tooltip=N_("book income")),
        Binding("t", "time", N_("time"), id="today.time", tooltip=N_("log time worked")),
        Binding("a", "add", N_("add"), id="today.add", tooltip=N_("add an action")),
        Binding("e", "edit", N_("edit the action"), id="today.edit", show=False),
        Binding("w", "why", N_("why"), id="today.why", tooltip=N_("why: the action's page")),
        Binding("slash", "filter", N_("find"), id="today.find", key_display="/", tooltip=N_("find actions by a word")),
        Binding("full_stop,0", "day(0)", N_("back to today"), id="today.today", show=False),
        Binding("plus", "step('+')", N_("add to the amount"), id="today.more", show=False),
        Binding("minus", "step('-')", N_("take from the amount"), id="today.less", show=False),
        Binding("backspace,delete", "clear", N_("clear the answer"), id="today.clear", show=False),
        Binding("A", "archive", N_("archive the action"), id="today.archive", show=False),
        Binding("r", "sort", N_("sort again"), id="today.sort", show=False),
        Binding("escape", "unfilter", N_("show all"), id="today.all", key_display="esc"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.day: dt.date | None = None
        """The day shown, None for today."""
        self.shown: TodayView | None = None
        self.snapshot: BookSnapshot | None = None
        self._places: dict[str, tuple[int, Group]] = {}
        self._words = ""
        self._need = draw.Longest(0, 0)
        self._added = ""
        """The action that the cursor goes to once it is there."""
        self._growth: Growth | None = None
        self._growth_of: tuple[BookSnapshot, dt.date] | None = None
        self.set_class(bool(self.pitrack.snapshot and _has_money(self.pitrack.snapshot)), "-money")

    def body(self) -> ComposeResult:
        yield Lines(id="day")
        yield RowList[Action](self._line, lambda action: action.habit.id, empty=self._empty)
        yield Lines(id="focus")
        yield Lines(id="money")

    @property
    def rows(self) -> RowList[Action]:
        rows: RowList[Action] = self.query_one(RowList)
        return rows

    # Showing

    def view(self, snapshot: BookSnapshot, today_is: dt.date) -> None:
        if self.day and self.day >= today_is:
            self.day = None
        self.snapshot = snapshot
        before, self.shown = self.shown, today(snapshot, self.day or today_is, today_is)
        if before and before.day != self.shown.day:
            self._places = {}
        self._need = draw.longest(self.shown.actions)
        self._place()
        self._draw()
        if any(action.habit.id == self._added for action in self.shown.actions):
            self.rows.move_to_key(self._added)
            self._added = ""
        self.set_class(_has_money(snapshot), "-money")
        if _has_money(snapshot):
            self.call_after_refresh(self._count_money, snapshot, today_is)

    def entered(self) -> None:
        self.action_sort()

    def on_resize(self, event: events.Resize) -> None:
        self.set_class(event.size.height < SHORT, "-short")
        if self.shown:
            self.call_after_refresh(self._draw)

    def _place(self) -> None:
        """Keep each action where it stands; what is new joins the end of its group."""
        assert self.shown
        if not self._places:
            self._places = {action.habit.id: (i, action.group) for i, action in enumerate(self.shown.actions)}
            return
        for action in self.shown.actions:
            self._places.setdefault(action.habit.id, (len(self._places), action.group))

    def _draw(self) -> None:
        if not (self.shown and self.snapshot):
            return
        width = self.size.width
        actions = sorted(self.shown.actions, key=self._rank)
        if self._words:
            actions = [action for action in actions if self._matches(action)]
        heads: dict[int, Callable[[int], Line]] = {}
        group: Group | None = None
        for index, action in enumerate(actions):
            if self._group(action) != group:
                group = self._group(action)
                heads[index] = partial(draw.head_line, group, self.shown.day, index == 0, self._need)
        self.query_one("#day", Lines).show(draw.day_line(self.shown, self.pitrack.today, self.snapshot.settings, width))
        narrow = width - 3 < draw.NARROW
        self.rows.still = 0 if narrow else draw.columns(width - 3, self._need).strip
        self.rows.show(actions, heads, lines=2 if narrow else 1)
        self._draw_focus()
        self._draw_money()

    def _rank(self, action: Action) -> tuple[int, int]:
        place, group = self._places[action.habit.id]
        return draw.GROUPS.index(group), place

    def _group(self, action: Action) -> Group:
        return self._places[action.habit.id][1]

    def _matches(self, action: Action) -> bool:
        from pitrack.store.names import fold

        text = fold(f"{action.habit.name} {action.stream_name}")
        return all(word in text for word in fold(self._words).split())

    def _line(self, action: Action, line: int, width: int) -> Line:
        return draw.action_line(
            action, line, width, self._group(action), self._need, glyphs=glyph_set(self.pitrack.glyphs)
        )

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
            *self._told(_("Press {i} to book income, or {2} and then {S} to add a stream.")),
        )

    def _told(self, sentence: str) -> list[Line]:
        """A sentence with keys over as many lines as it needs, set in like the names."""
        from pitrack.widgets.wrapping import broken

        return [(("   ", ""), *line) for line in broken(with_keys(sentence), self.size.width - 5)]

    def _draw_focus(self) -> None:
        assert self.snapshot
        self.query_one("#focus", Lines).show(
            *draw.focus_lines(self.rows.highlighted, self.snapshot.settings, self.size.width)
        )

    def on_row_list_highlighted(self) -> None:
        self._draw_focus()

    def on_row_list_selected(self) -> None:
        self.action_amount()

    def _count_money(self, snapshot: BookSnapshot, day: dt.date) -> None:
        before, self._growth_of = self._growth_of, (snapshot, day)
        if before is None or before[1] != day or not _same_money(snapshot, before[0]):
            self.run_worker(partial(self._grow, snapshot, day), thread=True, exclusive=True, group="money")

    def _grow(self, snapshot: BookSnapshot, day: dt.date) -> None:
        from pitrack.core.views.growth import growth
        from pitrack.screens import today_money  # noqa: F401  (Babel and pendulum, imported off the loop)

        grown = growth(snapshot, day)
        self.app.call_from_thread(self._grown, grown)

    def _grown(self, grown: Growth) -> None:
        self._growth = grown
        self._draw_money()

    def _draw_money(self) -> None:
        if self._growth:
            from pitrack.screens.today_money import money_lines

            lines = money_lines(self._growth, hidden=self.pitrack.hidden, width=self.size.width)
            self.set_class(bool(self._growth.missing_rates), "-left-out")
            self.query_one("#money", Lines).show(*lines)

    # Answering

    def _edit(self, build: Callable[..., Change], *given: Any) -> None:
        """Send the change that ``build`` makes of the chosen action on the shown day."""
        action = self.rows.highlighted
        if action and self.snapshot and self.shown:
            try:
                self.change(build(self.snapshot, action.habit.id, self.shown.day, *given))
            except BookError as error:
                self.pitrack.refuse(error)

    def action_done(self) -> None:
        action = self.rows.highlighted
        if action is None:
            return
        if action.done and action.state in ("yes", "amount"):
            self._edit(edits.clear)
        elif action.rule.target is None:
            self._edit(edits.check, "yes")
        elif action.rule.kind == "at_least":
            self._edit(edits.check, action.rule.target)
        else:
            self.action_amount()

    def action_answer(self, word: str) -> None:
        action = self.rows.highlighted
        if action:
            if action.state == word:
                self._edit(edits.clear)
            else:
                self._edit(edits.check, word)

    def action_clear(self) -> None:
        self._edit(edits.clear)

    def action_amount(self) -> None:
        action = self.rows.highlighted
        if action is None:
            return
        if action.rule.target is None:
            self.action_note()
        else:
            value = "" if action.value is None else f"{action.value:f}"
            self._ask_amount(action, value)

    def action_step(self, sign: str) -> None:
        action = self.rows.highlighted
        if action is None:
            return
        if action.rule.target is None:
            self.say(_("This action has no amount."))
        else:
            self._ask_amount(action, sign)

    def _ask_amount(self, action: Action, typed: str) -> None:
        from pitrack.screens.dialogs.amount import Prompt

        unit = printable(action.rule.unit)
        self._ask(
            Prompt(
                printable(action.habit.name),
                unit or _("Amount"),
                partial(self._read_amount, action),
                value=typed,
                hint=_("a number sets the day's total; +5 adds, -5 takes away"),
                select=typed not in ("+", "-"),
            )
        )

    def _read_amount(self, action: Action, text: str) -> Change:
        from pitrack.text.parse import quantity
        from pitrack.text.reading import normal

        assert self.snapshot
        assert self.shown
        plain = normal(text)
        if plain.startswith("+"):
            return edits.add_amount(self.snapshot, action.habit.id, self.shown.day, quantity(plain[1:]))
        if plain.startswith("-"):
            rest = (action.value or Decimal(0)) - quantity(plain[1:])
            return edits.check(self.snapshot, action.habit.id, self.shown.day, max(rest, Decimal(0)))
        return edits.check(self.snapshot, action.habit.id, self.shown.day, quantity(text))

    def action_note(self) -> None:
        from pitrack.screens.dialogs.amount import Prompt

        action = self.rows.highlighted
        if action and self.snapshot and self.shown:
            read = partial(edits.set_note, self.snapshot, action.habit.id, self.shown.day)
            self._ask(Prompt(printable(action.habit.name), _("Note"), read, value=action.note))

    def _ask(self, dialog: Any) -> None:
        """Show a dialog that gives a change, and send it."""
        self.app.push_screen(dialog, self._answered)

    def _answered(self, change: Change | None) -> None:
        if change:
            self.change(change)

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
            self._ask(HabitDialog(self.snapshot, self.pitrack.today, action.habit))

    def action_why(self) -> None:
        """The page of the chosen action, on the day shown."""
        from pitrack.screens.habit import HabitScreen

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
            told = _("Archived: {name}. u brings it back; later, : and “Archived actions” does.")
            self.say(told.format(name=printable(action.habit.name)))

    def action_income(self) -> None:
        self._book("pitrack.screens.dialogs.quick:QuickEntry")

    def action_time(self) -> None:
        self._book("pitrack.screens.dialogs.time:TimeDialog")

    def _book(self, dialog: str) -> None:
        from pitrack.app import load

        if self.snapshot and self.shown:
            self._ask(load(dialog)(self.snapshot, self.shown.day))

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
        self._places = {}
        if self.shown:
            self._place()
            self._draw()

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
