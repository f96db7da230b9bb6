"""The view of actions: the year as a heat map, and the ranking of streaks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical

from pitrack.core.days import Month
from pitrack.core.model import Snapshot
from pitrack.core.views.habits import HeatDay, Ranked, heat, ranking
from pitrack.screens.progress_frame import Frame, put
from pitrack.screens.progress_income import standpoint
from pitrack.screens.progress_rows import TableRows
from pitrack.text.dates import short_month
from pitrack.text.i18n import _
from pitrack.text.plain import printable
from pitrack.text.words import unit, weekday
from pitrack.widgets.columns import Column, Columns
from pitrack.widgets.glyphs import Glyphs
from pitrack.widgets.heat import Heat, HeatData
from pitrack.widgets.pieces import Line, Lines, spread
from pitrack.widgets.spark import meter
from pitrack.widgets.wrapping import broken

METER = 10


class ActionsView(Vertical):
    """Shows the year of all actions and the streak of each."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 (Textual's name)
        super().__init__(id=id)
        self.ranked: Sequence[Ranked] = ()

    def compose(self) -> ComposeResult:
        yield Lines(id="year")
        yield Heat(id="heat")
        yield TableRows(id="ranking")

    def show(self, snapshot: Snapshot, frame: Frame) -> None:
        """Show the actions as they stand on the day."""
        self.ranked = ranking(snapshot, frame.day)
        self.set_class(not self.ranked, "-none")
        if not self.ranked:
            put(self, "year", nothing(frame.width))
            return
        title: Line = [(_("The year of actions"), "strong")]
        put(self, "year", [spread(title, standpoint(None, frame.past), frame.width)])
        self.query_one(Heat).show(year(heat(snapshot, frame.day), snapshot.settings.week_start, frame.glyphs))
        table = ranking_table(self.ranked, frame.glyphs)
        self.query_one(TableRows).fill(table, [each.habit.id for each in self.ranked])


def nothing(width: int) -> list[Line]:
    """What a book without actions says."""
    return [
        [(_("No actions yet."), "strong")],
        (),
        *broken([(_("Press 1 for Today, then a to add the first one. "), ""),
                  (_("Its year and its streak show here."), "muted")], width),
    ]  # fmt: skip


def year(days: Sequence[HeatDay], week_start: int, glyphs: Glyphs) -> HeatData:
    """The heat map's data, with every other weekday named."""
    order = [(week_start - 1 + offset) % 7 + 1 for offset in range(7)]
    return HeatData(
        days=days,
        week_start=week_start,
        weekdays=tuple(weekday(number) if offset % 2 == 0 else "" for offset, number in enumerate(order)),
        month=month_of,
        less=_("none done"),
        more=_("all"),
        glyphs=glyphs,
    )


def month_of(day: dt.date) -> str:
    """The short name of the month that a day lies in."""
    return short_month(Month.of(day))


def ranking_table(ranked: Sequence[Ranked], glyphs: Glyphs) -> Columns:
    """The ranking: current and best streak, strength, when it breaks, the stream it feeds."""
    standings = [each.standing for each in ranked]
    return Columns(
        _("streaks"),
        [[(printable(each.habit.name), "")] for each in ranked],
        [
            Column(_("now"), [[(unit(one.current, one.unit), "strong")] for one in standings], 0),
            Column(_("ends in"), [_ends_in(each) for each in ranked], 1),
            Column(_("strength"), [_strength(one.strength, glyphs) for one in standings], 2, "left"),
            Column(_("best"), [[(unit(one.best, one.unit), "muted")] for one in standings], 3),
            Column("", [[(f"{one.strength:.0%}", "muted")] for one in standings], 4),
            Column(_("feeds"), [[(printable(each.stream_name), "muted")] for each in ranked], 5, "left"),
        ],
    )


def _ends_in(ranked: Ranked) -> Line:
    days = ranked.standing.breaks_in
    if days is None:
        return [("-", "muted")]
    return [(_("tonight"), "warn")] if days == 0 else [(unit(days, "day"), "")]


def _strength(strength: float, glyphs: Glyphs) -> Line:
    filled, rest = meter(strength, METER, glyphs)
    return [(filled, "good"), (rest, "line")]
