"""What Progress says of income: headline, figures, chart and table, as lines made from a growth view."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pitrack.core.days import Month
from pitrack.core.model import Stream
from pitrack.core.views.growth import Growth, MonthFigures, StreamGrowth
from pitrack.core.views.plan import GoalProgress
from pitrack.text.dates import month_name, short_day, short_month
from pitrack.text.i18n import _, language, ngettext
from pitrack.text.money import HIDDEN, money, number, percent
from pitrack.text.plain import cells, pad, printable
from pitrack.text.words import day_of_month, named, plain_amount
from pitrack.text.words import growth as growth_label
from pitrack.widgets.chart import stream_role
from pitrack.widgets.columns import Column, Columns
from pitrack.widgets.glyphs import Glyphs
from pitrack.widgets.pieces import Line, Piece
from pitrack.widgets.spark import spark
from pitrack.widgets.stacked import BarData, Mark, letters_for
from pitrack.widgets.stacked import Column as BarColumn

ALL = "all"
"""Key of the row of all streams together."""
TREND = 12
LONG = 120
"""Months of doubling time above which it says nothing."""


@dataclass(frozen=True, slots=True)
class Purse:
    """Words amounts of one currency in whole units, or hides them."""

    currency: str
    hidden: bool = False

    def __call__(self, amount: Decimal | None, *, sign: bool = False) -> str:
        if amount is None:
            return "-"
        return HIDDEN if self.hidden else money(amount, self.currency, whole=True, sign=sign)

    def axis(self, value: float) -> str:
        """A value of a chart's scale, in few cells; nothing while amounts are hidden."""
        return "" if self.hidden else money(Decimal(str(value)), self.currency, compact=True)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table: a stream, all of them, or the job."""

    key: str
    letter: str
    role: str
    name: str
    months: Sequence[MonthFigures]
    line: StreamGrowth | None

    @property
    def last(self) -> MonthFigures | None:
        """The headline month."""
        return self.months[-2] if len(self.months) > 1 else None


def trend_role(figures: MonthFigures) -> str:
    """The role of a change: better, worse or neither."""
    if not figures.delta:
        return "muted"
    return "good" if figures.delta > 0 else "bad"


def change_words(figures: MonthFigures) -> str:
    """``+12.0%``, or why there is no percentage."""
    if figures.label == "percent" and figures.mom is not None:
        return percent(figures.mom)
    return growth_label(figures.label, None)


def headline(growth: Growth, purse: Purse) -> Line:
    """``October, provisional: $1,146  +$123  +12.0% on September``."""
    last = growth.headline
    if last is None:
        first = month_name(growth.months[0].month)
        return [(_("{month} is the first month. Growth shows once it is over.").format(month=first), "strong")]
    name = month_name(last.month)
    title = _("{month}, provisional:").format(month=name) if last.provisional else f"{name}:"
    line: list[Piece] = [(f"{title} ", "strong"), (f"{purse(last.income)}  ", "accent")]
    if last.delta is not None:
        role = trend_role(last)
        line.append((f"{purse(last.delta, sign=True)}  {change_words(last)} ", role))
        line.append((_("on {month}").format(month=month_name(last.month.shift(-1))), "muted"))
    return line


def standpoint(currency: str | None, day: dt.date | None) -> Line:
    """What is unusual about the view: another currency than the book's, a day in the past."""
    said = [_("in {currency}").format(currency=currency)] if currency else []
    if day:
        said.append(_("as of {day}").format(day=short_day(day)))
    return [(", ".join(said), "warn")] if said else []


def notes(growth: Growth, hidden: bool) -> list[Line]:
    """What the totals leave out, with the line to type for the first of it, and what they are not sure of."""
    lines: list[Line] = []
    if growth.missing_rates:
        first = growth.missing_rates[0]
        words = _(
            "Left out for want of a rate: {amount}. Add it: pitrack rate add {currency} {quote} RATE --on {day}"
        ).format(
            amount=", ".join(unconverted(missing.amount, missing.currency, hidden) for missing in growth.missing_rates),
            currency=first.currency,
            quote=growth.currency,
            day=first.day,
        )
        lines.append([(words, "warn")])
    if growth.headline and growth.headline.pending > 0:
        amount = Purse(growth.currency, hidden)(growth.headline.pending)
        lines.append([(_("{amount} of it is still to be paid.").format(amount=amount), "muted")])
    return lines


def missing(growth: Growth) -> Line:
    """``Missing: Shutterstock, usually by the 15th``, and how many more; nothing where all has come."""
    if not growth.missing:
        return []
    first, more = growth.missing[0], len(growth.missing) - 1
    said = _("Missing: {stream}, usually by {day}").format(stream=named(first.stream.name), day=day_of_month(first.by))
    line: list[Piece] = [(said, "warn")]
    if more:
        line.append(("  " + ngettext("and {n} more", "and {n} more", more).format(n=more), "muted"))
    for key, does in (("i", _("book it")), ("z", _("nothing came"))):
        line += [("  ", ""), (key, "accent"), (f" {does}", "muted")]
    return line


def unconverted(amount: Decimal, currency: str, hidden: bool) -> str:
    """An amount that no rate converts, with its code; ``***`` for it while amounts are hidden."""
    return f"{HIDDEN} {currency}" if hidden else plain_amount(amount, currency)


def so_far(growth: Growth, purse: Purse, *, over: bool = False) -> Line:
    """The month of the view against the one before: ``November 1-22: $812 against $764 by the same day of October``;
    where it is ``over``, both whole."""
    month = Month.of(growth.as_of)
    if over:
        whole = growth.headline.income if growth.headline else None
        title = _("All of {month}:").format(month=month_name(month))
        against = _("against {amount} in {month}").format(amount=purse(whole), month=month_name(month.shift(-1)))
        ahead = "good" if whole is not None and growth.to_date >= whole else "strong"
        return [(f"{title} ", ""), (f"{purse(growth.to_date)} ", ahead), (against, "muted")]
    days = "1" if growth.as_of.day == 1 else f"1-{growth.as_of.day}"
    title = _("{month} {days}:").format(month=month_name(month), days=days)
    ahead = "good" if growth.to_date >= growth.to_date_before else ""
    before = _("against {amount} by the same day of {month}").format(
        amount=purse(growth.to_date_before), month=month_name(month.shift(-1))
    )
    return [(f"{title} ", ""), (f"{purse(growth.to_date)} ", ahead or "strong"), (before, "muted")]


def living_goal(goals: Iterable[GoalProgress], currency: str) -> GoalProgress | None:
    """The first goal that is a monthly income in the currency shown."""
    return next((each for each in goals if each.goal.motive == "living" and each.goal.currency == currency), None)


def goal_line(progress: GoalProgress, purse: Purse) -> Line:
    """``G Rent  $1,000 a month, held for 2 months``."""
    amount = _("{amount} a month").format(amount=purse(progress.goal.amount))
    if progress.held:
        state = ngettext("held for {n} month", "held for {n} months", progress.held).format(n=progress.held)
    else:
        state = _("{percent} of it").format(percent=percent(min(progress.fraction, 1.0), sign=False))
    return [
        ("G ", "accent"),
        (printable(progress.goal.name) + "  ", ""),
        (f"{amount}, ", "muted"),
        (state, "good" if progress.held else "muted"),
    ]


def figures(growth: Growth, purse: Purse) -> list[Line]:
    """The figures beside the chart, a label and a value each; what cannot be known is left out or says why."""
    pairs: list[tuple[str, str]] = []
    if growth.coverage is not None:
        share = percent(growth.coverage, sign=False)
        pairs.append((_("Streams pay"), _("{percent} of the job").format(percent=share)))
    if growth.sources is not None:
        words = number(tenths(growth.sources))
        if growth.sources_with_job is not None and growth.sources_with_job != growth.sources:
            words = _("{n}, with job {with_job}").format(n=words, with_job=number(tenths(growth.sources_with_job)))
        pairs.append((_("Real sources"), words))
    if growth.cmgr is None:
        pairs.append((_("Growing"), _("too early to say")))
    else:
        pairs.append((_("Growing"), _("{percent} a month").format(percent=percent(growth.cmgr))))
    if growth.doubling_months is not None and growth.doubling_months < LONG:
        months = round(growth.doubling_months)
        pairs.append((_("Doubles in"), ngettext("{n} month", "{n} months", months).format(n=months)))
    if growth.t3m is not None:
        pairs.append((_("3-month mean"), purse(growth.t3m)))
    if growth.run_rate is not None:
        pairs.append((_("Year's pace"), purse(growth.run_rate)))
    if growth.yoy is not None:
        pairs.append((_("On last year"), percent(growth.yoy)))
    width = max(cells(label) for label, _value in pairs) + 1
    return [[(pad(label, width), "muted"), (value, "strong")] for label, value in pairs]


def tenths(value: float | Decimal) -> Decimal:
    """Rounded to tenths, for reading."""
    return Decimal(str(value)).quantize(Decimal("0.1"))


def rows(growth: Growth, streams: Mapping[str, Stream]) -> list[Row]:
    """The table's rows: streams in their order, all of them together, the job."""
    own = [line for line in growth.streams if line.role != "job"]
    jobs = [line for line in growth.streams if line.role == "job"]
    letters = letters_for(streams[line.stream].alias or line.name if line.stream in streams else "" for line in own)
    table = [
        Row(line.stream, letter, stream_role(index), _name(line), line.months, line)
        for index, (line, letter) in enumerate(zip(own, letters, strict=True))
    ]
    table.append(Row(ALL, " ", "strong", _("All"), growth.months, None))
    return table + [Row(line.stream, " ", "muted", _name(line), line.months, line) for line in jobs]


def _name(line: StreamGrowth) -> str:
    return printable(line.name) or _("no stream")


def table(growth: Growth, rows: Sequence[Row], purse: Purse, glyphs: Glyphs) -> Columns:
    """The growth table: a row a stream; months to the headline's, its change, three-month mean, hours and more. Until
    there is a complete month, what the first one has brought so far."""
    lines = [row.line for row in rows]
    last = [row.last for row in rows]
    own = [row.line for row in rows if row.line and row.line.role != "job"]
    hours = sum((line.hours for line in own), Decimal(0))
    total_per_hour = growth.headline.net / hours if growth.headline and hours else None
    roles = ["muted" if row.line and row.line.role == "job" else "strong" if row.line is None else "" for row in rows]
    means = [growth.t3m if line is None else line.t3m for line in lines]
    spent = [hours if line is None else line.hours for line in lines]
    rates = [total_per_hour if line is None else line.per_hour for line in lines]
    parts = [1.0 if line is None else line.share for line in lines]

    def column(title: str, values: Iterable[str], rank: int) -> Column:
        return Column(title, [[(value, role)] for value, role in zip(values, roles, strict=True)], rank)

    def change(title: str, words: Iterable[str], rank: int) -> Column:
        pairs = zip(words, last, strict=True)
        return Column(title, [[(word, trend_role(month) if month else "muted")] for word, month in pairs], rank)

    names: list[Line] = [
        [(f"{row.letter} ", row.role if row.letter.strip() else ""), (row.name, role)]
        for row, role in zip(rows, roles, strict=True)
    ]
    if growth.headline is None:
        heading = _("{month} so far").format(month=short_month(growth.months[-1].month))
        return Columns("", names, [column(heading, (purse(row.months[-1].income) for row in rows), 0)])
    return Columns(
        "",
        names,
        [
            column(short_month(growth.headline.month), (purse(month.income) if month else "-" for month in last), 0),
            change(_("change"), (purse(month.delta, sign=True) if month else "-" for month in last), 2),
            change("", (change_words(month) if month else "-" for month in last), 1),
            column(_("3-month"), map(purse, means), 3),
            column(_("hours"), (number(tenths(value)) if value else "-" for value in spent), 4),
            column(_("per hour"), map(purse, rates), 5),
            column(_("share"), (percent(part, sign=False) for part in parts), 6),
            Column(_("{n} months").format(n=TREND), [[(_trend(row, glyphs), row.role)] for row in rows], 7, "left"),
        ],
    )


def _trend(row: Row, glyphs: Glyphs) -> str:
    return spark([month.income for month in row.months[:-1][-TREND:]], glyphs)


def bars(growth: Growth, rows: Sequence[Row], purse: Purse, goal: GoalProgress | None, glyphs: Glyphs) -> BarData:
    """The chart: a bar a month, in it a part a stream, in the table's order and letters."""
    own = [row for row in rows if row.line and row.line.role != "job"]
    columns = tuple(
        BarColumn(_names(figures.month), tuple(float(row.months[index].income) for row in own), figures.open)
        for index, figures in enumerate(growth.months)
    )
    mark = Mark("G", float(goal.goal.amount)) if goal else None
    return BarData(columns, tuple(row.letter for row in own), purse.axis, mark, glyphs)


def _names(month: Month) -> tuple[str, ...]:
    """A month's name under a bar, from long to short."""
    name = short_month(month)
    return (name, str(month.month)) if language() == "ja" else (name, name[:1])
