"""The view of actions: the year as a heat map, and the ranking of streaks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from textual.app import ComposeResult
from textual.containers import Vertical

from pitrack.core.days import Month
from pitrack.core.model import Snapshot
from pitrack.core.views.habits import HeatDay, Ranked, heat, ranking
from pitrack.screens.progress.frame import Frame, put
from pitrack.screens.progress.income import Purse, standpoint
from pitrack.screens.progress.rows import TableRows
from pitrack.screens.progress.table import Row, month_names
from pitrack.text.dates import short_month
from pitrack.text.i18n import _
from pitrack.text.plain import pad, printable
from pitrack.text.words import unit, weekday
from pitrack.widgets.columns import Column as TableColumn
from pitrack.widgets.columns import Columns
from pitrack.widgets.glyphs import Glyphs
from pitrack.widgets.heat import Heat, HeatData
from pitrack.widgets.pieces import Line, Lines, spread
from pitrack.widgets.spark import meter
from pitrack.widgets.stacked import BarData, Column, StackedBars
from pitrack.widgets.wrapping import broken

METER = 10
SCALE = 6
"""Cells of the scale beside a chart."""


class ActionsView(Vertical):
    """Shows the year of all actions, the streak of each, and what the stream that one feeds did and earned."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 (Textual's name)
        super().__init__(id=id)
        self.ranked: Sequence[Ranked] = ()
        self._pairs: Mapping[str, Pair] = {}
        self._width = 0

    def compose(self) -> ComposeResult:
        yield Lines(id="year")
        yield Heat(id="heat")
        yield TableRows(id="ranking")
        with Vertical(id="pair"):
            yield Lines(id="pair-head")
            yield StackedBars(id="done")
            yield StackedBars(id="earned")

    def show(self, snapshot: Snapshot, pairs: Mapping[str, Pair] | None, frame: Frame) -> None:
        """Show the actions as they stand on the day; ``pairs`` by stream, None while they are counted."""
        self.ranked = ranking(snapshot, frame.day)
        self.set_class(not self.ranked, "-none")
        if not self.ranked:
            put(self, "year", nothing(frame.width))
            return
        title: Line = [(_("The year of actions"), "strong")]
        put(self, "year", [spread(title, standpoint(None, frame.past), frame.width)])
        self.query_one(Heat).show(year(heat(snapshot, frame.day), snapshot.settings.week_start, frame.glyphs))
        table = ranking_table(self.ranked, frame.glyphs)
        self._pairs, self._width = pairs or {}, frame.width
        self.query_one(TableRows).fill(table, [each.habit.id for each in self.ranked])
        self._show_pair()

    def on_row_list_highlighted(self) -> None:
        self._show_pair()

    def _show_pair(self) -> None:
        """Show the stream that the chosen action feeds."""
        rows = self.query_one(TableRows)
        chosen = rows.highlighted
        stream = self.ranked[chosen.number].habit.stream if chosen and chosen.number < len(self.ranked) else None
        pair = self._pairs.get(stream or "")
        self.query_one("#pair").set_class(pair is None, "-none")
        if pair:
            put(self, "pair-head", [pair_head(pair, self._width)])
            self.query_one("#done", StackedBars).show(pair.done)
            self.query_one("#earned", StackedBars).show(pair.earned)


class Pair(NamedTuple):
    """A stream's name, and its actions and its income as charts over the same months."""

    name: str
    done: BarData
    earned: BarData


def pairs(
    rows: Sequence[Row], months: Sequence[Month], done: Mapping[str, Mapping[Month, int]], purse: Purse, glyphs: Glyphs
) -> dict[str, Pair]:
    """The charts of each stream that an action feeds, in the colours of the table of income."""
    found = {}
    own = [row for row in rows if row.line]
    for place, row in enumerate(own):
        if row.key in done:
            counts = [float(done[row.key].get(month, 0)) for month in months]
            incomes = [float(month.income) for month in row.months[-len(months) :]]
            found[row.key] = Pair(
                row.name,
                _chart(months, counts, row, place, axis=lambda value: f"{value:,.0f}", glyphs=glyphs),
                _chart(months, incomes, row, place, axis=purse.axis, glyphs=glyphs),
            )
    return found


def _chart(
    months: Sequence[Month],
    values: Sequence[float],
    row: Row,
    place: int,
    *,
    axis: Callable[[float], str],
    glyphs: Glyphs,
) -> BarData:
    """A bar a month; the scale is as wide in one chart as in the other, so that the months stand above each other."""
    before = (0.0,) * place
    bars = tuple(
        Column(month_names(month), (*before, value), month == months[-1])
        for month, value in zip(months, values, strict=True)
    )
    letters = (*("" for _one in before), row.letter if row.letter.strip() else "j")
    return BarData(bars, letters, lambda value: pad(axis(value), SCALE, "right"), None, glyphs)


def pair_head(pair: Pair, width: int) -> Line:
    """What the two charts are of."""
    title: Line = [(_("Actions and income"), "strong"), ("  " + pair.name, "")]
    return spread(title, [(_("actions done above, income below"), "muted")], width)


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
            TableColumn(_("now"), [[(unit(one.current, one.unit), "strong")] for one in standings], 0),
            TableColumn(_("ends in"), [_ends_in(each) for each in ranked], 1),
            TableColumn(_("strength"), [_strength(one.strength, glyphs) for one in standings], 2, "left"),
            TableColumn(_("best"), [[(unit(one.best, one.unit), "muted")] for one in standings], 3),
            TableColumn("", [[(f"{one.strength:.0%}", "muted")] for one in standings], 4),
            TableColumn(_("feeds"), [[(printable(each.stream_name), "muted")] for each in ranked], 5, "left"),
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
