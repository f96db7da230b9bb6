"""Progress: what compounds. Income by month and stream with its growth, and the year of actions with its streaks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.reactive import Reactive
from textual.widget import Widget

from pitrack.chores import write_report
from pitrack.core.days import Month
from pitrack.core.model import Snapshot
from pitrack.core.views.growth import Growth, growth
from pitrack.core.views.habits import Ranked, heat, ranking
from pitrack.core.views.plan import plan
from pitrack.screens import progress_actions as actions
from pitrack.screens import progress_income as income
from pitrack.screens import progress_why as why
from pitrack.screens.base import BookScreen
from pitrack.screens.close import CloseScreen, book_missing, note_nothing
from pitrack.screens.dialogs.explain import ExplainScreen
from pitrack.screens.habit import HabitScreen
from pitrack.text.i18n import N_, _
from pitrack.widgets.chart import COLOUR_CLASSES, colour_css
from pitrack.widgets.columns import Columns, wrapped
from pitrack.widgets.glyphs import Glyphs, glyph_set
from pitrack.widgets.heat import Heat
from pitrack.widgets.pieces import Line, Lines, spread, width_of
from pitrack.widgets.rows import RowList
from pitrack.widgets.stacked import StackedBars
from pitrack.widgets.wrapping import broken

NOTES = 4
"""Lines of notes at most: what does not fit is in the explanations."""


PLAIN, WIDE, HUGE = 60, 110, 180
"""Columns from which a row has its margins, the year has two cells a day, and both views stand side by side."""
TALL = 36
"""Lines from which a wide window has room for the year under the income."""
INCOME = 82
"""Columns of the income view beside the actions."""


class Item(NamedTuple):
    """A row of a table: its place, and what it stands for."""

    number: int
    key: str


class TableRows(RowList[Item]):
    """A table with a cursor, in the colours of streams."""

    COMPONENT_CLASSES: ClassVar[set[str]] = COLOUR_CLASSES
    DEFAULT_CSS = colour_css("TableRows")

    def __init__(self, *, id: str) -> None:  # noqa: A002 (Textual's name)
        super().__init__(self._row_line, lambda item: item.key, id=id)
        self.table: Columns | None = None
        self._height = 0

    def fill(self, table: Columns, keys: Iterable[str]) -> None:
        """Show a table whose rows stand for ``keys``."""
        self.table = table
        items = [Item(number, key) for number, key in enumerate(keys)]
        if self._height != len(items) + 1:
            self._height = len(items) + 1
            self.styles.max_height = self._height
        self.show(items, {0: table.head})

    def _row_line(self, item: Item, _line: int, width: int) -> Line:
        return self.table.row(item.number, width) if self.table else ()


class ProgressScreen(BookScreen):
    """Two views: income, and actions. Both at once where there is room; ``v`` goes from one to the other."""

    MODE = "progress"
    CSS_PATH = "progress.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (PLAIN, "-plain"), (WIDE, "-wide"), (HUGE, "-huge")]  # noqa: RUF012 (Textual's)
    VERTICAL_BREAKPOINTS = [(0, "-low"), (TALL, "-tall")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "explain", N_("why this number"), id="progress.why", key_display="enter"),
        Binding("left,h", "back(1)", N_("month"), priority=True, id="progress.before", key_display="left/right"),
        Binding("right,l", "back(-1)", N_("month after"), priority=True, id="progress.after", show=False),
        Binding("v", "turn", N_("actions or income"), id="progress.view"),
        Binding("c", "currency", N_("currency"), id="progress.currency"),
        Binding("o", "report", N_("report"), id="progress.report", tooltip=N_("write the month's report")),
        Binding(
            "i", "book", N_("book it"), id="progress.book", show=False, tooltip=N_("book the payout that is missing")
        ),
        Binding("z", "nothing", N_("nothing came"), id="progress.nothing", show=False),
        Binding("C", "close", N_("close"), id="progress.close", tooltip=N_("review the month and close it")),
        Binding("C", "closed", N_("the close of the month"), id="progress.closed", show=False),
    ]

    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    """As Textual's, without drawing the whole screen again: the lists draw their own focus."""

    def __init__(self) -> None:
        super().__init__()
        self._drawn_for: tuple[int, bool, bool] | None = None
        self.months_back = 0
        self.currency: str | None = None
        self.growth: Growth | None = None
        self._latest: Growth | None = None
        self._day = dt.date.min
        self._rows: Sequence[income.Row] = ()
        self._ranked: Sequence[Ranked] = ()

    def body(self) -> ComposeResult:
        with Container(id="views"):
            with Vertical(id="income"):
                yield Lines(id="headline")
                yield Lines(id="notes")
                with Container(id="picture"):
                    yield Lines(id="figures")
                    yield StackedBars(id="bars")
                yield TableRows(id="streams")
                yield Lines(id="so-far")
            with Vertical(id="actions"):
                yield Lines(id="year")
                yield Heat(id="heat")
                yield TableRows(id="ranking")

    # Showing

    def view(self, snapshot: Snapshot, today: dt.date) -> None:
        self._drawn_for = self._seen()
        self._latest = growth(snapshot, today, self.currency)
        self.months_back = min(self.months_back, self._most_back())
        self._day = Month.of(today).shift(-self.months_back).last if self.months_back else today
        self.growth = growth(snapshot, self._day, self.currency) if self.months_back else self._latest
        _width, with_income, with_actions = self._drawn_for
        if with_income:
            self._show_income(snapshot, self.growth)
        if with_actions:
            self._show_actions(snapshot)
        self.refresh_bindings()

    def _seen(self) -> tuple[int, bool, bool]:
        """The width of the window, and whether income and actions are seen in it (as the style sheet has it)."""
        width, height = self.app.size
        turned, huge = self.has_class("-turned"), width >= HUGE
        return width, not turned or huge, turned or huge or (width >= WIDE and height >= TALL)

    def _show_income(self, snapshot: Snapshot, view: Growth) -> None:
        width = self._width("income")
        purse = self._purse
        said = [note for note in (income.missing(view), *income.notes(view, purse.hidden)) if note]
        notes = [line for note in said for line in broken(note, width)][:NOTES]
        self.set_class(not view.months, "-no-income")
        self._put("notes", notes)
        if not view.months:
            self._put("headline", _no_income(width))
            return
        self._put("headline", self._headline(snapshot, view, width))
        self._put("figures", income.figures(view, purse))
        goal = income.living_goal(plan(snapshot, self._day).goals, view.currency)
        self._rows = income.rows(view, snapshot.streams)
        self.query_one(StackedBars).show(income.bars(view, self._rows, purse, goal, self._glyphs))
        table = income.table(view, self._rows, purse, self._glyphs)
        self.query_one("#streams", TableRows).fill(table, [row.key for row in self._rows])
        last = wrapped(income.so_far(view, purse, over=self.months_back > 0), width)
        self._put("so-far", [*last, *wrapped(income.goal_line(goal, purse), width)] if goal else last)

    def _headline(self, snapshot: Snapshot, view: Growth, width: int) -> list[Line]:
        other = None if view.currency == snapshot.settings.currency else view.currency
        where = income.standpoint(other, self._past)
        said = income.headline(view, self._purse)
        lines = wrapped(said, width) if view.headline else broken(said, width)
        if len(lines) == 1 and width_of(lines[0]) + width_of(where) < width:
            return [spread(lines[0], where, width)]
        return [*lines, where] if where else lines

    def _show_actions(self, snapshot: Snapshot) -> None:
        self._ranked = ranking(snapshot, self._day)
        self.set_class(not self._ranked, "-no-actions")
        if not self._ranked:
            self._put("year", _no_actions(self._width("actions")))
            return
        title: Line = [(_("The year of actions"), "strong")]
        self._put("year", [spread(title, income.standpoint(None, self._past), self._width("actions"))])
        week_start = snapshot.settings.week_start
        self.query_one(Heat).show(actions.year(heat(snapshot, self._day), week_start, self._glyphs))
        table = actions.ranking_table(self._ranked, self._glyphs)
        self.query_one("#ranking", TableRows).fill(table, [each.habit.id for each in self._ranked])

    def _put(self, widget: str, lines: list[Line]) -> None:
        """Show lines in a widget that is as high as they are many."""
        shown = self.query_one(f"#{widget}", Lines)
        if len(shown.lines) != len(lines):
            shown.styles.height = len(lines)
        shown.show(*lines)

    def _width(self, part: str) -> int:
        """Cells that a part of the screen has, or would have if it were seen; from the window, so before any layout."""
        width = self.app.size.width
        if width < HUGE:
            return width if width < PLAIN else width - 2
        return INCOME if part == "income" else width - INCOME - 4

    @property
    def _past(self) -> dt.date | None:
        """The day shown, where it is not today."""
        return self._day if self.months_back else None

    @property
    def _purse(self) -> income.Purse:
        return income.Purse(self.growth.currency if self.growth else "", self.pitrack.hidden)

    @property
    def _glyphs(self) -> Glyphs:
        return glyph_set(self.pitrack.glyphs)

    def on_resize(self) -> None:
        if self._drawn_for != self._seen():
            self.sync(force=True)

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "currency":
            return len(self._currencies()) > 1
        if action in ("book", "nothing"):
            return bool(self.growth and self.growth.missing)
        if action == "close":
            return bool(self.growth and self.growth.headline and self.growth.headline.provisional)
        if action == "closed":
            snapshot = self.pitrack.snapshot
            return snapshot is not None and self._month in snapshot.closed_months
        return True

    def action_book(self) -> None:
        """Book the payout that is missing."""
        month, snapshot = self._month, self.pitrack.snapshot
        if month and snapshot and self.growth and self.growth.missing:
            book_missing(self, snapshot, self.growth.missing[0].stream, month)

    def action_nothing(self) -> None:
        """Say that nothing came from the stream that is missing."""
        month, snapshot = self._month, self.pitrack.snapshot
        if month and snapshot and self.growth and self.growth.missing:
            note_nothing(self, snapshot, self.growth.missing[0].stream, month)

    def action_close(self) -> None:
        """Walk through what is open in the month, then close it."""
        if month := self._month:
            self.app.push_screen(CloseScreen(month))

    def action_closed(self) -> None:
        """Where the month is closed, that is said, and it can be opened again."""
        self.action_close()

    def action_report(self) -> None:
        """Write the report of the month shown to a file."""
        write_report(self.pitrack, self._month, self.currency)

    @property
    def _month(self) -> Month | None:
        """The month of the headline."""
        return self.growth.headline.month if self.growth and self.growth.headline else None

    def action_back(self, months: int) -> None:
        """Look back from the end of an earlier month, or forward again."""
        back = max(0, min(self.months_back + months, self._most_back()))
        if back != self.months_back:
            self.months_back = back
            self.sync(force=True)

    def _most_back(self) -> int:
        """How many months back there is still a complete one to speak of."""
        return max(0, len(self._latest.months) - 2) if self._latest else 0

    def action_turn(self) -> None:
        """Show the other view; where both are seen, go to the other list."""
        lists = list(self.query(TableRows))
        if not self.has_class("-huge"):
            self.toggle_class("-turned")
            self.sync(force=True)
            self.app.stylesheet.update(self)  # now, so that showing and focusing are one redraw
        self.set_focus(next((rows for rows in lists if rows is not self.focused and rows.focusable), None))

    def action_currency(self) -> None:
        """Show income in the next currency of the book."""
        known = self._currencies()
        now = self.growth.currency if self.growth else known[0]
        self.currency = known[(known.index(now) + 1) % len(known)] if now in known else known[0]
        self.sync(force=True)

    def _currencies(self) -> list[str]:
        """The book's own currency, then those of its streams and of what had no rate."""
        snapshot = self.pitrack.snapshot
        if snapshot is None:
            return []
        others = [stream.currency for stream in snapshot.streams.values()]
        missing = [rate.currency for rate in self._latest.missing_rates] if self._latest else []
        return [*dict.fromkeys([snapshot.settings.currency, *others, *missing])]

    def on_row_list_selected(self) -> None:
        self.action_explain()

    def action_explain(self) -> None:
        """Say how the figures of the chosen row are made."""
        rows = self.focused
        if not isinstance(rows, TableRows) or rows.highlighted is None:
            return
        if rows.id == "streams" and self.growth:
            row = self._rows[rows.highlighted.number]
            self.app.push_screen(ExplainScreen(why.of_row(self.growth, row, self._purse)))
        else:
            habits = [each.habit.id for each in self._ranked]
            page = HabitScreen(habits, rows.highlighted.key, self._past)
            self.app.push_screen(page, lambda habit: rows.move_to_key(habit or ""))


def _no_income(width: int) -> list[Line]:
    return [
        [(_("No income booked yet."), "strong")],
        (),
        *broken([(_("Press 2 for Streams, then a to book the first payment. "), ""),
                  (_("Growth, streaks and what compounds show here."), "muted")], width),
    ]  # fmt: skip


def _no_actions(width: int) -> list[Line]:
    return [
        [(_("No actions yet."), "strong")],
        (),
        *broken([(_("Press 1 for Today, then a to add the first one. "), ""),
                  (_("Its year and its streak show here."), "muted")], width),
    ]  # fmt: skip
