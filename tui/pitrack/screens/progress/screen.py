"""Progress: what compounds, in four views: income and its figures, actions, assets, and the automation of work."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Literal, TypeVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.reactive import Reactive
from textual.widget import Widget

from pitrack.chores import write_report
from pitrack.core.changes import Change
from pitrack.core.days import Month
from pitrack.core.growth import WINDOW
from pitrack.core.model import Snapshot
from pitrack.core.views.income.growth import Growth
from pitrack.screens.base import BookScreen
from pitrack.screens.dialogs.explain import ExplainScreen
from pitrack.screens.progress import table, why
from pitrack.screens.progress.actions import ActionsView, Pair, pairs
from pitrack.screens.progress.assets import AssetsView, read_assets
from pitrack.screens.progress.automation import AutomationView, read_automation
from pitrack.screens.progress.counting import Counting, is_large, made_of
from pitrack.screens.progress.frame import Frame
from pitrack.screens.progress.income import Purse
from pitrack.screens.progress.income_view import IncomeView
from pitrack.screens.progress.reading import Reading, read_completions, read_income
from pitrack.screens.progress.rows import FigureRows, TableRows
from pitrack.screens.streams.close import CloseScreen, book_missing, note_nothing
from pitrack.screens.today.habit import HabitScreen
from pitrack.text.i18n import N_, _
from pitrack.widgets.glyphs import glyph_set
from pitrack.widgets.rows import RowList

if TYPE_CHECKING:
    from pitrack.core.views.explained.shapes import Explained, Figure

T = TypeVar("T")

PLAIN, WIDE, HUGE = 60, 110, 180
"""Columns from which a row has its margins, the year has two cells a day, and two views stand side by side."""
TALL = 36
"""Lines from which a wide window has room for the year under the income."""
INCOME = 82
"""Columns of the income view beside another one."""
ViewName = Literal["income", "actions", "assets", "automation"]
VIEWS: dict[ViewName, tuple[type[Widget], tuple[str, ...]]] = {
    "income": (IncomeView, ("streams", "figures")),
    "actions": (ActionsView, ("ranking",)),
    "assets": (AssetsView, ("assets",)),
    "automation": (AutomationView, ("merits", "automations")),
}
"""The views in their order, with the lists of each; keys act on the first of them first."""
EXPLAINED = ("streams", "figures", "merits")
"""Lists of figures that can be explained."""
OPENED = ("ranking", "assets", "automations")
"""Lists of things that have a page."""


class ProgressScreen(BookScreen):
    """Four views; ``v`` goes from one to the next. In a very wide window the others stand beside the income."""

    MODE = "progress"
    CSS_PATH = "progress.tcss"
    AUTO_FOCUS: ClassVar[str | None] = "#streams"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (PLAIN, "-plain"), (WIDE, "-wide"), (HUGE, "-huge")]  # noqa: RUF012 (Textual's)
    VERTICAL_BREAKPOINTS = [(0, "-low"), (TALL, "-tall")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "explain", N_("why this number"), id="progress.why", key_display="enter"),
        Binding("enter", "open", N_("open"), id="progress.open", key_display="enter"),
        Binding("tab", "turn('figures')", N_("figures"), id="progress.figures", tooltip=N_("go to the figures")),
        Binding("tab", "turn('streams')", N_("streams"), id="progress.streams", tooltip=N_("go to the streams")),
        Binding("tab", "turn('merits')", N_("merits"), id="progress.merits", tooltip=N_("go to the merits")),
        Binding(
            "tab",
            "turn('automations')",
            N_("automations"),
            id="progress.automations",
            tooltip=N_("go to the automations"),
        ),
        Binding(
            "left,h",
            "back(1)",
            N_("month"),
            priority=True,
            id="progress.before",
            key_display="left/right",
            tooltip=N_("month before"),
        ),
        Binding("right,l", "back(-1)", N_("month after"), priority=True, id="progress.after", show=False),
        Binding("v", "next", N_("view"), id="progress.view", tooltip=N_("the next view")),
        Binding("c", "currency", N_("currency"), id="progress.currency"),
        Binding("o", "report", N_("report"), id="progress.report", tooltip=N_("write the month's report")),
        Binding(
            "i", "book", N_("book it"), id="progress.book", show=False, tooltip=N_("book the payout that is missing")
        ),
        Binding("z", "nothing", N_("nothing came"), id="progress.nothing", show=False),
        Binding("C", "close", N_("close month"), id="progress.close", tooltip=N_("review the month and close it")),
        Binding("C", "closed", N_("the close of the month"), id="progress.closed", show=False),
    ]

    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    """As Textual's, without drawing the whole screen again: the lists draw their own focus."""

    def __init__(self) -> None:
        super().__init__()
        self.view_name: ViewName = "income"
        self.months_back = 0
        self.currency: str | None = None
        self.reading: Reading | None = None
        self._in = ""
        """The currency shown."""
        self._counting = Counting(self, self._show_counted)
        self._latest: Growth | None = None
        self._drawn_for: tuple[int, int, ViewName] | None = None
        self._day = dt.date.min

    def body(self) -> ComposeResult:
        with Container(id="views"):
            yield IncomeView(id="income")
            yield ActionsView(id="actions")
            yield AssetsView(id="assets-view")
            yield AutomationView(id="automation")

    @property
    def growth(self) -> Growth | None:
        """The growth that is shown."""
        return self.reading.growth if self.reading else None

    # Showing

    def view(self, snapshot: Snapshot, today: dt.date) -> None:
        self._drawn_for, self._in = self._seen, self.currency or snapshot.settings.currency
        self._lay_out()
        latest = self._count("income", read_income, snapshot, today)
        self._latest = latest.growth if latest else self._latest
        self.months_back = min(self.months_back, self._most_back())
        self._day = Month.of(today).shift(-self.months_back).last if self.months_back else today
        self.reading = self._count("income", read_income, snapshot, self._day) if self.months_back else latest
        for name in self._views_seen:
            self._show(name, snapshot)
        self.refresh_bindings()

    def _count(
        self, what: str, read: Callable[[Snapshot, dt.date, str], T], snapshot: Snapshot, day: dt.date
    ) -> T | None:
        """What there is to show on a day; None while it is counted."""
        count, made = partial(read, snapshot, day, self._in), made_of(snapshot)
        return self._counting.of((what, day, self._in), made, count, at_once=not is_large(snapshot))

    def _show_counted(self) -> None:
        """Show what was counted, now or once this screen is seen again."""
        if self.is_current:
            self.sync(force=True)
        else:
            self._shown = ()

    @property
    def _seen(self) -> tuple[int, int, ViewName]:
        """What the look depends on: the window, and the view that was chosen."""
        return (*self.app.size, self.view_name)

    @property
    def _views_seen(self) -> tuple[ViewName, ...]:
        """The views that there is room for."""
        width, height = self.app.size
        chosen = self.view_name
        if width >= HUGE:
            return "income", "actions" if chosen == "income" else chosen
        return ("income", "actions") if chosen == "income" and width >= WIDE and height >= TALL else (chosen,)

    def _lay_out(self) -> None:
        """Let the views be seen that there is room for."""
        seen = self._views_seen
        for name, (type_, _lists) in VIEWS.items():
            self.query_one(type_).set_class(name in seen, "-seen")
        self.set_class(len(seen) > 1, "-both")

    def _show(self, name: ViewName, snapshot: Snapshot) -> None:
        frame = self._frame(name)
        match name:
            case "income":
                self.query_one(IncomeView).show(snapshot, self.reading, frame)
            case "actions":
                self.query_one(ActionsView).show(snapshot, self._pairs(snapshot, frame), frame)
            case "assets":
                assets = self._count("assets", read_assets, snapshot, self._day)
                self.query_one(AssetsView).show(snapshot, assets, frame)
            case "automation":
                automation = self._count("automation", read_automation, snapshot, self._day)
                self.query_one(AutomationView).show(snapshot, automation, frame)

    def _pairs(self, snapshot: Snapshot, frame: Frame) -> dict[str, Pair] | None:
        """Actions and income by stream, where there is room for them."""
        reading, roomy = self.reading, self.app.size.height >= TALL and self._views_seen != ("income", "actions")
        if reading is None or not reading.growth.months or not (roomy or frame.roomy):
            return None
        done = self._count("done", read_completions, snapshot, self._day)
        months = [month.month for month in reading.growth.months[-1 - WINDOW :]]
        rows = table.rows(reading.growth, snapshot.streams)
        return None if done is None else pairs(rows, months, done, frame.purse, frame.glyphs)

    def _frame(self, name: ViewName) -> Frame:
        width, height = self.app.size
        past = self._day if self.months_back else None
        purse = Purse(self._in, self.pitrack.hidden)
        glyphs = glyph_set(self.pitrack.glyphs)
        return Frame(self._width(name), self._day, past, purse, glyphs, width >= HUGE and height >= TALL)

    def _width(self, name: ViewName) -> int:
        """Cells that a view has, or would have if it were seen; from the window, so before any layout."""
        width = self.app.size.width
        if width < HUGE:
            return width if width < PLAIN else width - 2
        return INCOME if name == "income" else width - INCOME - 4

    def on_resize(self) -> None:
        if self._drawn_for != self._seen:
            self.sync(force=True)

    def on_descendant_focus(self) -> None:
        self._lead(self.focused)
        self.refresh_bindings()

    def _lead(self, leader: Widget | None) -> None:
        """Of several lists, mark the one that keys act on."""
        for rows in self.query(RowList):
            rows.lead(rows is leader)

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        match action:
            case "explain" | "open":
                return self._on_list in (EXPLAINED if action == "explain" else OPENED)
            case "turn":
                return parameters == (self._other_list,)
            case "back":
                return self._most_back() > 0
            case "currency":
                return len(self._currencies()) > 1
            case "book" | "nothing":
                return bool(self.growth and self.growth.missing)
            case "close":
                return bool(self.growth and self.growth.headline and self.growth.headline.provisional)
            case "closed":
                snapshot = self.pitrack.snapshot
                return snapshot is not None and self._month in snapshot.closed_months
        return True

    @property
    def _on_list(self) -> str | None:
        """The list that keys act on."""
        rows = self.focused
        return rows.id if isinstance(rows, RowList) and rows.items else None

    @property
    def _other_list(self) -> str | None:
        """The list that stands beside it in its view."""
        at = self._on_list
        pair = next((lists for _type, lists in VIEWS.values() if at in lists), ())
        other = next((name for name in pair if name != at), None)
        return other if other and self.query_one(f"#{other}", RowList).items else None

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

    def action_next(self) -> None:
        """Show the next view; where several are seen, keys go to it."""
        names = list(VIEWS)
        self.view_name = names[(names.index(self.view_name) + 1) % len(names)]
        lists = [self.query_one(f"#{name}", RowList) for name in VIEWS[self.view_name][1]]
        self._lead(lists[0])
        self.sync(force=True)
        self.app.stylesheet.update(self)  # now, so that showing and focusing are one redraw
        self.set_focus(next((rows for rows in lists if rows.focusable), None))

    def action_turn(self, name: str) -> None:
        """Go to the other list of the view."""
        self.query_one(f"#{name}", RowList).focus()

    def action_currency(self) -> None:
        """Show income in the next currency of the book."""
        known = self._currencies()
        self.currency = known[(known.index(self._in) + 1) % len(known)] if self._in in known else known[0]
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
        if self._on_list in OPENED:
            self.action_open()
        else:
            self.action_explain()

    def action_explain(self) -> None:
        """Say how the chosen figure, or those of the chosen row, are made."""
        if self._on_list == "merits":
            if told := self.query_one(AutomationView).explanation():
                self.app.push_screen(ExplainScreen(told))
            return
        snapshot, growth, asked = self.pitrack.snapshot, self.growth, self._asked
        if snapshot is None or growth is None or asked is None:
            return
        read = partial(why.read_why, snapshot, self._day, growth.currency, asked)
        if is_large(snapshot):
            self.say(_("counting"))
            self.run_worker(partial(self._explain_later, read), thread=True, group="why", exclusive=True)
        else:
            self._explain(*read())

    @property
    def _asked(self) -> why.Asked | None:
        """What is to be explained of what is chosen."""
        if self._on_list == "figures":
            figure = self.query_one(FigureRows).highlighted
            return why.Asked(figure.name, (cast("Figure", figure.key),)) if figure else None
        chosen, rows = self.query_one("#streams", TableRows).highlighted, self.query_one(IncomeView).rows
        return rows[chosen.number].asked if chosen and chosen.number < len(rows) else None

    def _explain_later(self, read: Callable[[], tuple[why.Asked, Sequence[Explained]]]) -> None:
        self.app.call_from_thread(self._explain, *read())

    def _explain(self, asked: why.Asked, found: Sequence[Explained]) -> None:
        self.say("")
        purse, width = self._frame("income").purse, self.app.size.width
        self.app.push_screen(ExplainScreen(why.explanation(asked, found, purse, width)))

    def action_open(self) -> None:
        """Open what is chosen: a page, or a form."""
        opened = {"ranking": self._open_habit, "assets": self._open_asset, "automations": self._open_automation}
        at = self._on_list or ""
        if at in opened and (key := self.query_one(f"#{at}", TableRows).highlighted_key):
            opened[at](key)

    def _open_habit(self, habit: str) -> None:
        rows = self.query_one("#ranking", TableRows)
        habits = [each.habit.id for each in self.query_one(ActionsView).ranked]
        page = HabitScreen(habits, habit, self._day if self.months_back else None)
        self.app.push_screen(page, lambda left: rows.move_to_key(left or ""))

    def _open_asset(self, asset: str) -> None:
        from pitrack.screens.streams.asset import AssetScreen

        self.app.push_screen(AssetScreen(asset))

    def _open_automation(self, automation: str) -> None:
        from pitrack.screens.dialogs.automation import AutomationDialog

        snapshot = self.pitrack.snapshot
        if snapshot and (one := snapshot.automations.get(automation)):
            self.app.push_screen(AutomationDialog(snapshot, self.pitrack.today, one), self._answered)

    def _answered(self, change: Change | None) -> None:
        """Send what a form gave, where it changes anything."""
        if change and change.writes:
            self.change(change)
