"""The page of a habit, over the screen that it was opened from: why it stands where it does, its year, its notes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen

from pitrack.core.changes import Change
from pitrack.core.views.habit_page import HabitPage, habit_page
from pitrack.keeper import Apply, Redo, Undo
from pitrack.screens.base import hints
from pitrack.screens.scrolling import PageScrolling
from pitrack.screens.today import habit_lines as draw
from pitrack.text.i18n import N_
from pitrack.widgets.bars import KeyLine
from pitrack.widgets.chart import Chart
from pitrack.widgets.glyphs import glyph_set
from pitrack.widgets.pieces import Line, Lines

if TYPE_CHECKING:
    from pitrack.app import PitrackApp

WIDE, HUGE = 110, 180
"""Columns from which there are two columns, and from which the year in the right one has two cells a day."""
YEAR = 58
"""Cells of a year with one a day, and its weekdays."""
GAP = 4
MARGIN = 3
"""Cells beside the lines: the padding and the scroll bar."""
TITLE = 6
"""The part of the window, one in so many lines, that the title takes at most; more of it scrolls with the page."""


class Page(Chart):
    """Lines with charts in them, as high as they are many."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: Sequence[Line] = ()

    def show(self, lines: Sequence[Line]) -> None:
        if lines != self.shown:
            self.shown = lines
            self.styles.height = len(lines)
            self.redraw()

    def lines(self, width: int, height: int) -> list[Line]:
        return [*self.shown]


class HabitScreen(PageScrolling, ModalScreen[str]):
    """One habit of a list, on a day (None: today, whichever that is). Left and right go to its neighbours in the list.
    Gives the id of the habit shown last."""

    AUTO_FOCUS: ClassVar[str | None] = None
    CSS_PATH = "habit.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h", "go(-1)", N_("action"), id="habit.before", key_display="left/right"),
        Binding("right,l", "go(1)", N_("next action"), id="habit.after", show=False),
        Binding("e", "edit", N_("edit"), id="habit.edit"),
        Binding("down,j", "scroll(1)", N_("scroll"), id="habit.down", key_display="up/down"),
        Binding("up,k", "scroll(-1)", N_("up"), id="habit.up", show=False),
        Binding("pagedown,space,ctrl+f", "page(1)", N_("page down"), id="habit.page-down", show=False),
        Binding("pageup,ctrl+b", "page(-1)", N_("page up"), id="habit.page-up", show=False),
        Binding("home,g", "first", N_("first line"), id="habit.first", show=False),
        Binding("end,G", "last", N_("last line"), id="habit.last", show=False),
        Binding("v", "whole", N_("show all"), id="habit.all"),
        Binding("u", "undo", N_("undo"), id="habit.undo", show=False),
        Binding("U", "redo", N_("do again what was undone"), id="habit.redo", show=False),
        Binding("question_mark", "keys", N_("keys"), id="habit.keys", key_display="?", show=False),
        Binding("escape,q,w,enter", "leave", N_("close"), id="habit.close", key_display="esc"),
    ]

    def __init__(self, habits: Sequence[str], habit: str, day: dt.date | None = None) -> None:
        super().__init__()
        self.habits = habits
        self.habit = habit
        self.day = day
        self.shown: HabitPage | None = None
        self.is_whole = False
        self._seen: tuple[object, ...] = ()

    @property
    def pitrack(self) -> PitrackApp:
        from pitrack.app import PitrackApp

        assert isinstance(self.app, PitrackApp)
        return self.app

    def compose(self) -> ComposeResult:
        yield Lines(id="title")
        with VerticalScroll(id="page", can_focus=False):
            yield Page()
        yield KeyLine().add_class("-one")

    # Showing

    def on_mount(self) -> None:
        self.sync()
        self.bindings_updated_signal.subscribe(self, lambda _screen: self._offer_keys())

    def on_screen_resume(self) -> None:
        self.sync()

    def on_resize(self) -> None:
        self._draw()

    def sync(self) -> None:
        """Show what has changed since the page was last drawn."""
        app = self.pitrack
        if not self.is_mounted or app.snapshot is None:
            return
        day = min(self.day or app.today, app.today)
        if self._seen and self._seen[0] is app.snapshot and self._seen[1:] == (day, self.habit):
            return
        self._seen = (app.snapshot, day, self.habit)
        self.shown = habit_page(app.snapshot, self.habit, day)
        if self.shown is None:
            self.dismiss(self.habit)
            return
        self._draw()

    def _draw(self) -> None:
        app, page = self.pitrack, self.shown
        if page is None or app.snapshot is None:
            return
        width = self.app.size.width
        look = draw.Look(width - MARGIN, glyph_set(app.glyphs), self.is_whole, page.why.day == app.today)
        there = self._there()
        place = f"{there.index(self.habit) + 1} / {len(there)}" if self.habit in there and len(there) > 1 else ""
        title = draw.title(page, place, look)
        most = max(self.app.size.height // TITLE, 2)
        head = self.query_one("#title", Lines)
        head.styles.height = len(title[:most])
        head.show(*title[:most])
        self.query_one(Page).show(_laid_out(page, title[most:], look, app.snapshot.settings.week_start))
        self._offer_keys()

    def _offer_keys(self) -> None:
        self.query_one(KeyLine).offer(hints(self))

    def say(self, text: str, role: str = "good") -> None:
        """Tell something at the foot for a few seconds."""
        self.query_one(KeyLine).say(text, role)

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "whole":
            return self.shown is not None and (self.is_whole or draw.is_shortened(self.shown))
        if action == "go":
            return len(self._there()) > 1
        return True

    def _there(self) -> list[str]:
        """The habits of the list that the book still has."""
        snapshot = self.pitrack.snapshot
        return [habit for habit in self.habits if snapshot and habit in snapshot.habits]

    def action_go(self, by: int) -> None:
        """Show the next or the previous habit of the list; after the last comes the first."""
        there = self._there()
        self.habit = there[(there.index(self.habit) + by) % len(there)]
        self.is_whole = False
        self.sync()
        self.page_box.scroll_home(animate=False)
        self.refresh_bindings()

    def action_whole(self) -> None:
        """Show everything, or the newest and best only."""
        self.is_whole = not self.is_whole
        self._draw()

    def action_edit(self) -> None:
        from pitrack.screens.dialogs.habit import HabitDialog

        app = self.pitrack
        if self.shown and app.snapshot:
            self.app.push_screen(HabitDialog(app.snapshot, app.today, self.shown.why.habit), self._edited)

    def _edited(self, change: Change | None) -> None:
        if change:
            self.post_message(Apply(change))

    def action_undo(self) -> None:
        self.post_message(Undo())

    def action_redo(self) -> None:
        self.post_message(Redo())

    def action_keys(self) -> None:
        from pitrack.screens.help import HelpScreen

        self.app.push_screen(HelpScreen(self))

    def action_leave(self) -> None:
        self.dismiss(self.habit)


def _laid_out(page: HabitPage, more: Sequence[Line], look: draw.Look, week_start: int) -> list[Line]:
    """``more`` of the title, then one column; in a wide window two, the year and what fell on its days in the right
    one."""
    left, right = look, look
    if look.width >= WIDE - MARGIN:
        right = look._replace(width=YEAR if look.width < HUGE else 2 * YEAR)
        left = look._replace(width=look.width - GAP - right.width)
    why = [draw.streak(page, left), draw.rates(page, left), draw.strength(page, left)]
    year, best = draw.year_of(page, right, week_start), draw.best(page, left)
    days = [draw.weekdays(page, right), draw.notes(page, right)]
    if left is right:
        return draw.stacked([more, *why, year, best, *days])
    columns = draw.beside(draw.stacked([*why, best]), draw.stacked([year, *days]), left.width, GAP)
    return draw.stacked([more, columns])
