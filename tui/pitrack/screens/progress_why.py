"""Progress explained: for each row, how its figures are made, with the months and amounts they are made of."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from pitrack.core.views.growth import Growth, MonthFigures
from pitrack.screens.dialogs.explain import Explanation, Figure
from pitrack.screens.progress_income import Purse, change_words, tenths, trend_role, unconverted
from pitrack.screens.progress_table import ALL, Row
from pitrack.text.dates import month_year
from pitrack.text.i18n import _, ngettext
from pitrack.text.money import number, percent
from pitrack.text.plain import cells, pad
from pitrack.widgets.pieces import Line

YEAR = 12
QUARTER = 3


def of_row(growth: Growth, row: Row, purse: Purse) -> Explanation:
    """A stream, or all of them together."""
    complete = row.months[:-1]
    figures = [*_left_out(growth, row, purse), *_change(complete, purse), *_mean(complete, growth, row, purse)]
    figures += _whole(growth, purse, complete) if row.key == ALL else _stream(row, purse)
    return Explanation(
        title=_("All streams") if row.key == ALL else row.name,
        figures=tuple(figures),
        heading=_("Month by month: gross less refunds, {currency}").format(currency=growth.currency),
        records=tuple(_months(row.months[-YEAR - 1 :], purse)),
    )


def _left_out(growth: Growth, row: Row, purse: Purse) -> list[Figure]:
    """What no figure counts for want of a rate, with the lines that add one."""
    streams = [line.stream for line in growth.streams if line.role != "job"] if row.line is None else [row.line.stream]
    apart = [
        (missing, [missing.streams[stream] for stream in streams if stream in missing.streams])
        for missing in growth.missing_rates
    ]
    left = [(missing, sum(amounts, Decimal(0))) for missing, amounts in apart if amounts]
    if not left:
        return []
    lines = [f"pitrack rate add {one.currency} {growth.currency} RATE --on {one.day}" for one, _amount in left]
    return [
        Figure(
            _("Left out"),
            ", ".join(unconverted(amount, one.currency, purse.hidden) for one, amount in left),
            _(
                "No rate is known on or before its day, so no figure here counts it. Press : to add an exchange rate, "
                "or type in a terminal:"
            ),
            "\n".join(lines),
        )
    ]


def _change(complete: Sequence[MonthFigures], purse: Purse) -> list[Figure]:
    if len(complete) < 2:
        return []
    before, last = complete[-2:]
    numbers = f"{purse(last.income)} - {purse(before.income)} = {purse(last.delta, sign=True)}"
    if last.mom is not None:
        numbers += f";  {purse(last.delta, sign=True)} / {purse(before.income)} = {percent(last.mom)}"
    return [
        Figure(
            _("Change"),
            change_words(last),
            _("The last complete month less the one before, and that over the one before. The open month is left out."),
            f"{month_year(before.month)}, {month_year(last.month)}\n{numbers}",
        )
    ]


def _mean(complete: Sequence[MonthFigures], growth: Growth, row: Row, purse: Purse) -> list[Figure]:
    mean = row.line.t3m if row.line else growth.t3m
    used = complete[-QUARTER:]
    if mean is None or not used:
        return []
    amounts = " + ".join(purse(month.income) for month in used)
    return [
        Figure(
            _("3-month mean"),
            purse(mean),
            _("The mean of the last three complete months. Empty months count, months before the start do not."),
            f"{amounts}  ->  {purse(mean)}",
        )
    ]


def _stream(row: Row, purse: Purse) -> list[Figure]:
    line, last = row.line, row.last
    if line is None or last is None:
        return []
    figures = []
    if line.per_hour is not None:
        figures.append(
            Figure(
                _("Per hour"),
                purse(line.per_hour),
                _("The month's income less its expenses and fees, over the hours logged on the stream that month."),
                f"{purse(last.net)} / {number(tenths(line.hours))} h = {purse(line.per_hour)}",
            )
        )
    words = _("Its part of all income of the last twelve complete months.")
    return [*figures, Figure(_("Share"), percent(line.share, sign=False), words)]


def _whole(growth: Growth, purse: Purse, complete: Sequence[MonthFigures]) -> list[Figure]:
    figures = []
    if growth.run_rate is not None:
        figures.append(
            Figure(
                _("Year's pace"),
                purse(growth.run_rate),
                _("Twelve months at the 3-month mean."),
                f"12 x {purse(growth.t3m)} = {purse(growth.run_rate)}",
            )
        )
    if growth.cmgr is not None:
        months = len(complete[-YEAR:]) - QUARTER
        words = _(
            "Compound monthly growth: the rate that leads from the mean of the first three of the last twelve months "
            "to the mean of the last three."
        )
        figures.append(
            Figure(
                _("Growing"),
                _("{percent} a month").format(percent=percent(growth.cmgr)),
                words,
                _("over {n} months: (last mean / first mean) ^ (1/{n}) - 1").format(n=months),
            )
        )
    if growth.doubling_months is not None:
        count = round(growth.doubling_months)
        figures.append(
            Figure(
                _("Doubles in"),
                ngettext("{n} month", "{n} months", count).format(n=count),
                _("How long it takes to double at that rate: ln 2 / ln(1 + rate). A description, not a promise."),
            )
        )
    if growth.yoy is not None:
        now, then = complete[-1], complete[-1 - YEAR]
        figures.append(
            Figure(
                _("On last year"),
                percent(growth.yoy),
                _("The last complete month against the same month a year before."),
                f"{purse(now.income)} / {purse(then.income)} - 1 = {percent(growth.yoy)}",
            )
        )
    return [*figures, *_stacking(growth)]


def _stacking(growth: Growth) -> list[Figure]:
    figures = []
    if growth.coverage is not None:
        figures.append(
            Figure(
                _("Streams pay"),
                _("{percent} of the job").format(percent=percent(growth.coverage, sign=False)),
                _("The streams' income of the last complete month over the job's."),
            )
        )
    if growth.sources is not None:
        shares = " + ".join(
            f"{percent(line.share, sign=False)}^2" for line in growth.streams if line.role != "job" and line.share
        )
        figures.append(
            Figure(
                _("Real sources"),
                number(tenths(growth.sources)),
                _("How many equal streams would spread the risk as much: 1 over the sum of the squared shares."),
                f"1 / ({shares})",
            )
        )
    return figures


def _months(months: Sequence[MonthFigures], purse: Purse) -> list[Line]:
    """Newest first: the month, its income, the change."""
    names = [month_year(month.month) for month in months]
    amounts = [purse(month.income) for month in months]
    wide, wide_amount = max(map(cells, names)), max(map(cells, amounts))
    lines = [
        [
            (pad(name, wide) + "  ", ""),
            (pad(amount, wide_amount, "right") + "  ", "strong"),
            (_("not over yet") if month.open else pad(change_words(month), 8, "right"), trend_role(month)),
        ]
        for month, name, amount in zip(months, names, amounts, strict=True)
    ]
    return [*reversed(lines)]
