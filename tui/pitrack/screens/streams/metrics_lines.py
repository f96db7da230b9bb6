"""How outcome metrics are drawn: as a table or as two lines each, and one over the income of its stream."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from pitrack.core.days import Month
from pitrack.core.model import Stream
from pitrack.core.views.metrics import MetricLine
from pitrack.text import dates, words
from pitrack.text.i18n import _, language, ngettext, pgettext
from pitrack.text.metrics import change, counted, figure
from pitrack.text.money import money
from pitrack.text.plain import cells, fit, pad, printable
from pitrack.widgets.columns import Column as TableColumn
from pitrack.widgets.columns import Columns
from pitrack.widgets.glyphs import Glyphs
from pitrack.widgets.pieces import Line, Piece, spread, width_of, with_keys
from pitrack.widgets.spark import spark
from pitrack.widgets.stacked import BarData, Column
from pitrack.widgets.wrapping import broken

AXIS = 9
"""Cells of the scales, so that both charts stand on one axis of months."""
INDENT = "  "
READABLE = 6
"""Cells of a stream's name below which it is left out."""


class Look(NamedTuple):
    """What the lines of all metrics share. ``day``: the one that is shown."""

    streams: Mapping[str, Stream]
    glyphs: Glyphs
    hidden: bool
    day: dt.date

    @property
    def month(self) -> Month:
        return Month.of(self.day)

    def stream_of(self, line: MetricLine) -> str:
        stream = self.streams.get(line.metric.stream or "")
        return printable(stream.name) if stream else _("no stream")

    def money(self, amount: Decimal, currency: str, *, compact: bool = False) -> str:
        return words.HIDDEN if self.hidden else money(amount, currency, compact=compact)


def title_line(count: int, is_today: bool, look: Look, width: int) -> list[Line]:
    """What this is, the day that keys log on, and how many there are."""
    day = dates.long_day(look.day)
    left: Line = (
        (" " + _("Outcomes"), "strong"),
        ("   ", ""),
        (_("today, {day}").format(day=day) if is_today else day, "muted" if is_today else "warn"),
    )
    told = ngettext("{n} metric", "{n} metrics", count).format(n=count) if count else ""
    return [spread(left, ((told + " ", "muted"),), width)]


def metric_table(lines: Sequence[MetricLine], look: Look) -> Columns:
    """A row a metric, with the columns that there is room for; its trend stands beside the income of its stream."""

    def column(heading: str, texts: Sequence[str], rank: int, role: str = "", *, left: bool = False) -> TableColumn:
        return TableColumn(heading, [((text, role),) for text in texts], rank, "left" if left else "right")

    now, before = look.month, look.month.shift(-1)
    changes = [change(line.change) for line in lines]
    columns = [
        column(_("Stream"), [fit(look.stream_of(line), 20) for line in lines], 5, "muted", left=True),
        column(
            _("{month} so far").format(month=dates.short_month(now)), [figure(line.now) for line in lines], 0, "strong"
        ),
        column(dates.short_month(before), [figure(line.before) for line in lines], 1),
        column(
            pgettext("of an amount", "on {month}").format(month=dates.short_month(now.shift(-2))),
            [delta for delta, _ratio in changes],
            2,
        ),
        column("", [ratio for _delta, ratio in changes], 3, "muted"),
        column(_("months"), [spark(trend(line), look.glyphs) for line in lines], 4, "accent", left=True),
        column(_("income"), [spark(line.income, look.glyphs) for line in lines], 6, "muted", left=True),
        column(_("last reading"), [last(line) for line in lines], 7, "muted", left=True),
    ]
    return Columns(_("Metric"), [((printable(line.metric.name), ""),) for line in lines], columns)


def list_head(look: Look, width: int) -> Line:
    """Over metrics of two lines each: what stands at the right."""
    told = _("{month} so far; trend, last month").format(month=dates.short_month(look.month))
    return spread(((_("Metric"), "head"),), ((told, "muted"),), width)


def archived_head(_width: int) -> Line:
    return ((_("ARCHIVED"), "head"),)


def metric_pair(line: MetricLine, at: int, width: int, look: Look) -> Line:
    """One of the two lines of a metric."""
    if at == 0:
        amount = figure(line.now)
        return spread(
            ((fit(printable(line.metric.name), width - cells(amount) - 2), ""),), ((amount, "strong"),), width
        )
    delta, _ratio = change(line.change)
    told = pad(words.listed(figure(line.before), delta), 9, "right")
    right: list[Piece] = [(spark(trend(line), look.glyphs) + " ", "accent"), (told, "")]
    room = width - width_of(right) - 1
    stream = fit(look.stream_of(line), max(0, room))
    return spread(((stream if room >= READABLE else "", "muted"),), right, width)


def trend(line: MetricLine) -> list[Decimal]:
    """The figure of each month, nothing before the first reading."""
    return [amount or Decimal(0) for amount in line.trend]


def last(line: MetricLine) -> str:
    """``12 photos, 17 Nov``; empty before the first reading."""
    if line.last is None:
        return ""
    return words.listed(counted(line.metric, line.last.amount), dates.short_day(line.last.day))


# The chosen one


def outcome_name(line: MetricLine, look: Look, width: int) -> list[Line]:
    """Its name, and its newest reading; or the key that logs the first one."""
    told = _("{name}: {reading}").format(name=printable(line.metric.name), reading=last(line))
    if line.last is None:
        told = _("{name}: no reading yet, + logs one").format(name=printable(line.metric.name))
    return [((fit(told, width), "strong"),)]


def income_name(line: MetricLine, look: Look, width: int) -> list[Line]:
    """Whose income stands below it, and how much it is so far."""
    if not line.income:
        return [((fit(_("On no stream: there is no income to draw beside it."), width), "muted"),)]
    stream, amount = look.stream_of(line), look.money(line.income[-1], line.currency)
    told = _("Income of {stream}: {amount} in {month} so far").format(
        stream=stream, amount=amount, month=dates.short_month(look.month)
    )
    if cells(told) > width:
        told = _("{name}: {reading}").format(name=fit(stream, width - cells(amount) - 2), reading=amount)
    return [((told, "strong"),)]


def outcome_bars(line: MetricLine, look: Look) -> BarData:
    """A bar a month, without the names of the months: these stand under the income, where there is one."""
    values = [float(amount) for amount in trend(line)]
    return _bars(line, values, look, _plain_axis, named=not line.income, place=0)


def income_bars(line: MetricLine, look: Look) -> BarData:
    """The income of the same months, in another colour; nothing where the metric is on no stream."""
    if not line.income:
        return BarData()

    def axis(value: float) -> str:
        return look.money(Decimal(repr(value)), line.currency, compact=True)

    return _bars(line, [float(amount) for amount in line.income], look, axis, named=True, place=1)


def _bars(
    line: MetricLine, values: Sequence[float], look: Look, axis: Callable[[float], str], *, named: bool, place: int
) -> BarData:
    """``place``: which of the streams' colours."""
    columns = tuple(
        Column(
            _names(month) if named else (),
            (*(0.0 for _ in range(place)), value),
            open=month == line.months[-1],
        )
        for month, value in zip(line.months, values, strict=True)
    )
    letters = (" ", _letter(look.glyphs, place))[-place - 1 :]
    return BarData(columns, letters, lambda value: pad(axis(value), AXIS, "right"), None, look.glyphs)


def _letter(glyphs: Glyphs, place: int) -> str:
    """What bars are filled with."""
    return ("#" if place else "o") if glyphs.solid else glyphs.full


def _plain_axis(value: float) -> str:
    return words.plain_number(Decimal(repr(value)))


def _names(month: Month) -> tuple[str, ...]:
    """A month's name under a bar, from long to short."""
    name = dates.short_month(month)
    return (name, str(month.month)) if language() == "ja" else (name, name[:1])


def empty(width: int) -> list[Line]:
    """What a metric is, and the key that adds the first."""
    room = width - 2 * len(INDENT)
    what = _("An outcome is what the work leads to: leads, sales, paid subscribers, published pieces. Not likes.")
    press = with_keys(_("Press {a} to add one; then {+} logs one more, and it is drawn beside income."))
    told = [((_("No metrics yet."), "strong"),), (), *broken([(what, "muted")], room), (), *broken(press, room)]
    return [(), *(((INDENT, ""), *line) for line in told)]
