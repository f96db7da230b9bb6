"""The report's tables of money: the streams of the month, and the months with their chart."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from pitrack.core.days import Month
from pitrack.core.views.income.growth import MonthFigures, StreamGrowth
from pitrack.exchange.report.blocks import Block, Cell, Chart, Series, Table, Trend
from pitrack.exchange.report.model import Report
from pitrack.text.dates import month_year, short_month
from pitrack.text.i18n import _, pgettext
from pitrack.text.money import money, one_decimal, percent
from pitrack.text.plain import printable
from pitrack.text.words import growth as growth_label

MOST_SERIES = 6
"""Streams told apart in the chart and its table; what more there are is one series together."""
LONG = 10_000
"""An amount from which on it is shortened beside a chart."""
TENTH = Decimal("0.1")


class Purse:
    """Words amounts of one currency in whole units; where they are ``hidden``, nobody asks it."""

    def __init__(self, currency: str, hidden: bool = False) -> None:
        self.currency = currency
        self.hidden = hidden

    def __call__(self, amount: Decimal | None, *, sign: bool = False) -> str:
        return "-" if amount is None else money(amount, self.currency, whole=True, sign=sign)

    def axis(self, value: Decimal) -> str:
        """A value of a chart's scale: money in few characters, or parts of the largest month."""
        if self.hidden:
            return percent_whole(value)
        return (
            money(value, self.currency, whole=True) if abs(value) < LONG else money(value, self.currency, compact=True)
        )


def tenths(value: float | Decimal) -> Decimal:
    """Rounded to tenths, for reading."""
    return Decimal(str(value)).quantize(TENTH)


def percent_whole(value: Decimal) -> str:
    return f"{value.quantize(Decimal(1)):f}%"


def trend(figures: MonthFigures) -> Trend:
    """Whether a month was better or worse than the one before."""
    return "" if not figures.delta else "up" if figures.delta > 0 else "down"


def change_words(figures: MonthFigures) -> str:
    """``+12.0%``, or why there is no percentage."""
    if figures.label == "percent" and figures.mom is not None:
        return percent(figures.mom)
    return growth_label(figures.label, None)


def streams_table(report: Report, purse: Purse) -> Table:
    """A row a stream, then all of them together, then the job, which is in no sum."""
    own = [line for line in report.streams if line.role != "job"]
    jobs = [line for line in report.streams if line.role == "job"]
    with_money = not purse.hidden
    money_head = (_("income"), pgettext("of an amount", "change")) if with_money else ()
    rows = (*(_stream_row(line, purse) for line in own), _all_row(report, purse))
    rows += tuple(_stream_row(line, purse) for line in jobs)
    return Table(
        _("Income of {month} by stream").format(month=month_year(report.month)),
        (
            _("stream"),
            *money_head,
            pgettext("in per cent", "change") if purse.hidden else _("in percent"),
            *((_("3-month mean"),) if with_money else ()),
            _("hours"),
            *((_("per hour"),) if with_money else ()),
            _("year's share"),
        ),
        rows,
        "lrrrrrrr" if with_money else "lrrr",
        sums=1 + len(jobs),
        spare=(4, 2, 7, 5, 6) if with_money else (2,),
    )


def _stream_row(line: StreamGrowth, purse: Purse) -> tuple[Cell, ...]:
    name = _name(line)
    if line.role == "job":
        name = _("{name} (job, in no sum)").format(name=name)
    share = None if line.role == "job" else line.share
    return _row(name, line.months[-2], purse, mean=line.t3m, hours=line.hours, per_hour=line.per_hour, share=share)


def _all_row(report: Report, purse: Purse) -> tuple[Cell, ...]:
    view = report.growth
    assert view.headline
    hours = sum((line.hours for line in view.streams if line.role != "job"), Decimal(0))
    per_hour = view.headline.net / hours if hours else None
    share = 1.0 if any(line.share is not None for line in view.streams if line.role != "job") else None
    return _row(_("All"), view.headline, purse, mean=view.t3m, hours=hours, per_hour=per_hour, share=share)


def _row(
    name: str,
    figures: MonthFigures,
    purse: Purse,
    *,
    mean: Decimal | None,
    hours: Decimal,
    per_hour: Decimal | None,
    share: float | None,
) -> tuple[Cell, ...]:
    change = Cell(change_words(figures), trend=trend(figures))
    spent = Cell(one_decimal(hours) if hours else "-")
    part = Cell("-") if share is None else Cell(percent(share, sign=False), share)
    if purse.hidden:
        return Cell(name), change, spent, part
    delta = Cell(purse(figures.delta, sign=True), trend=trend(figures))
    return Cell(name), Cell(purse(figures.income)), delta, change, Cell(purse(mean)), spent, Cell(purse(per_hour)), part


def months_blocks(report: Report, purse: Purse) -> tuple[Block, ...]:
    """The chart of the months and the table of its numbers; without amounts, in parts of the largest month."""
    series = _series(report)
    total = Series(pgettext("a sum", "all"), tuple(figures.income for figures in report.months))
    net = Series(_("net"), tuple(figures.net for figures in report.months))
    if purse.hidden:
        top = max(map(abs, total.values)) or Decimal(1)
        series = [_in_parts(each, top) for each in series]
        total, net = _in_parts(total, top), _in_parts(net, top)
    columns = tuple((short_month(figures.month), _year(figures.month)) for figures in report.months)
    with_line = net if net.values != total.values else None
    last = percent_whole(total.values[-1]) if purse.hidden else purse(total.values[-1])
    chart = Chart(_chart_title(purse), _told(report, series), columns, tuple(series), with_line, purse.axis, last)
    return chart, _months_table(report, series, total, net, purse)


def _chart_title(purse: Purse) -> str:
    if purse.hidden:
        return _("Income a month by stream, in parts of the largest month")
    return _("Income a month by stream, in {currency}").format(currency=printable(purse.currency))


def _told(report: Report, series: Sequence[Series]) -> str:
    first, last = report.months[0].month, report.months[-1].month
    best = max(report.months, key=lambda figures: figures.income).month
    return _(
        "A bar for each month from {first} to {last}, made of {n} streams; the highest is {best}. "
        "The table after the picture has every number."
    ).format(first=month_year(first), last=month_year(last), n=len(series), best=month_year(best))


def _series(report: Report) -> list[Series]:
    """Incomes by stream in the months shown, in the user's order; the smallest together where they are many."""
    count = len(report.months)
    own = [line for line in report.streams if line.role != "job"]
    told = [Series(_name(line), tuple(m.income for m in line.months[:-1][-count:])) for line in own]
    told = [each for each in told if any(each.values)]
    if len(told) <= MOST_SERIES:
        return told
    by_size = sorted(told, key=lambda each: -sum(each.values, Decimal(0)))
    apart = by_size[: MOST_SERIES - 1]
    rest = [each for each in told if each not in apart]
    together = tuple(sum(values, Decimal(0)) for values in zip(*(each.values for each in rest), strict=True))
    return [*(each for each in told if each in apart), Series(_("other streams"), together)]


def _in_parts(series: Series, top: Decimal) -> Series:
    return Series(series.name, tuple(value / top * 100 for value in series.values))


def _months_table(report: Report, series: Sequence[Series], total: Series, net: Series, purse: Purse) -> Table:
    def word(value: Decimal) -> str:
        return percent_whole(value) if purse.hidden else purse(value)

    rows = tuple(
        (
            Cell(month_year(figures.month)),
            *(Cell(word(each.values[index])) for each in series),
            Cell(word(total.values[index])),
            Cell(change_words(figures) if figures.label != "first" else "-", trend=trend(figures)),
            Cell(word(net.values[index])),
        )
        for index, figures in enumerate(report.months)
    )
    head = (_("month"), *(each.name for each in series), total.name, pgettext("in per cent", "change"), net.name)
    return Table(_chart_title(purse), head, rows, "l" + "r" * (len(head) - 1), spare=tuple(range(1, 1 + len(series))))


def _year(month: Month) -> str:
    return pgettext("a year", "{year}").format(year=month.year)


def _name(line: StreamGrowth) -> str:
    return printable(line.name) or _("no stream")
