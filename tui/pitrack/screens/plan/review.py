"""The review of a week or a month: what was done, what it brought, one lesson, the next focus."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll

from pitrack.core.days import Month
from pitrack.core.periods import Period, month_of, shifted, week_due, week_of
from pitrack.core.views.review import ReviewPage, review_page
from pitrack.screens.scrolling import PageScrolling
from pitrack.screens.streams.records import BACK, RecordsScreen
from pitrack.screens.today.habit import Page
from pitrack.text.i18n import N_
from pitrack.widgets.glyphs import glyph_set
from pitrack.widgets.told import Told

if TYPE_CHECKING:
    from pitrack.store.snapshot import BookSnapshot

MARGIN = 3
"""Cells beside the lines: the padding and the scroll bar."""


class ReviewScreen(RecordsScreen, PageScrolling):
    """A page a period. At first the week that is due: this one in its last three days, before that the last one."""

    MODE = "plan"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter,e",
            "write",
            N_("write"),
            id="review.write",
            key_display="enter",
            tooltip=N_("write lesson and focus"),
        ),
        Binding(
            "left,h",
            "go(-1)",
            N_("earlier"),
            id="review.before",
            key_display="left/right",
            tooltip=N_("week or month before"),
        ),
        Binding("right,l", "go(1)", N_("week or month after"), id="review.after", show=False),
        Binding("v", "turn", N_("week, month"), id="review.turn"),
        Binding("up,k", "scroll(-1)", N_("up"), id="review.up", show=False),
        Binding("pagedown,space,ctrl+f", "page(1)", N_("page down"), id="review.page-down", show=False),
        Binding("pageup,ctrl+b", "page(-1)", N_("page up"), id="review.page-up", show=False),
        Binding("home,g", "first", N_("first line"), id="review.first", show=False),
        Binding("end,G", "last", N_("last line"), id="review.last", show=False),
        BACK,
        Binding("down,j", "scroll(1)", N_("scroll"), id="review.down", key_display="up/down"),
    ]
    DEFAULT_CSS = """
    ReviewScreen #title { background: $boost; margin-top: 1; }
    ReviewScreen #page { height: 1fr; padding: 1 1 0 1; scrollbar-size-vertical: 1; }
    """

    def __init__(self, period: Period | None = None) -> None:
        super().__init__()
        self.period = period
        self.page: ReviewPage | None = None

    def body(self) -> ComposeResult:
        yield Told(id="title")
        with VerticalScroll(id="page", can_focus=False):
            yield Page()

    # Showing

    def read(self, snapshot: BookSnapshot, today: dt.date) -> ReviewPage:
        from pitrack.screens.plan import review_lines  # noqa: F401  (imported off the loop)

        if self.period is None:
            self.period = week_due(today, snapshot.settings.week_start)
        return review_page(snapshot, self.period, today)

    def draw(self, found: ReviewPage) -> None:
        from pitrack.screens.plan import review_lines as lines

        assert self.snapshot
        self.page = found
        look = lines.Look(
            self.size.width - MARGIN,
            glyph_set(self.pitrack.glyphs),
            self.pitrack.hidden,
            self.snapshot.settings.week_start,
        )
        self.query_one("#title", Told).tell(partial(lines.title_line, found))
        self.query_one(Page).show(lines.page_lines(found, look))

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """None is written before the page is read, and none comes after the period of today."""
        if action == "go" and parameters == (1,):
            return self.period is not None and self.period.last < self.pitrack.today
        return action not in ("write", "turn") or self.is_read

    def action_write(self) -> None:
        if self.period:
            self.ask("pitrack.screens.dialogs.review:ReviewDialog", self.period)

    def action_go(self, by: int) -> None:
        """The week or month before or after."""
        if self.period and self.snapshot and self.period.first > dt.date.min + dt.timedelta(days=62):
            self._turn_to(shifted(self.period, by, self.snapshot.settings.week_start))

    def action_turn(self) -> None:
        """From a week to the month that it ends in, and from a month to its last week that has begun."""
        if self.period and self.snapshot:
            last = min(self.period.last, self.pitrack.today)
            week_start = self.snapshot.settings.week_start
            is_week = self.period.kind == "week"
            self._turn_to(month_of(Month.of(last)) if is_week else week_of(last, week_start))

    def _turn_to(self, period: Period) -> None:
        self.period = period
        self.sync(force=True)
        self.page_box.scroll_home(animate=False)
