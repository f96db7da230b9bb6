"""The table and the chart of income: a row and a colour a stream."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pitrack.core.days import Month
from pitrack.core.model import Stream
from pitrack.core.neglect import Effort
from pitrack.core.views.income.growth import Growth, MonthFigures, StreamGrowth
from pitrack.core.views.plan import GoalProgress
from pitrack.screens.progress import why
from pitrack.screens.progress.income import Purse, change_words, trend_role
from pitrack.screens.progress.reading import Reading
from pitrack.text.dates import short_month
from pitrack.text.i18n import N_, _, language, pgettext
from pitrack.text.money import one_decimal, percent
from pitrack.text.plain import printable
from pitrack.text.words import listed
from pitrack.widgets.chart import stream_role
from pitrack.widgets.columns import Column, Columns
from pitrack.widgets.glyphs import Glyphs
from pitrack.widgets.pieces import Line
from pitrack.widgets.spark import spark
from pitrack.widgets.stacked import BarData, Mark, letters_for
from pitrack.widgets.stacked import Column as BarColumn

ALL = "all"
"""Key of the row of all streams together."""
TREND = 12
ROOMY = 100
"""Cells from which a row names two things untended."""
NEVER = 10_000
"""Weeks, for what was never done."""
EFFORTS = {"market": N_("marketing"), "learn": N_("learning"), "serve": N_("customers")}


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

    @property
    def asked(self) -> why.Asked:
        """What explains its figures."""
        if self.line is None:
            return why.Asked(_("All streams"), why.OF_ALL, None, self.months)
        figures = why.OF_JOB if self.line.role == "job" else why.OF_STREAM
        return why.Asked(self.name, figures, self.key, self.months)


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


def columns(reading: Reading, rows: Sequence[Row], purse: Purse, glyphs: Glyphs, width: int) -> Columns:
    """The growth table: a row a stream; the headline's month, its change, three-month mean, hours and more. Until there
    is a complete month, what the first one has brought so far."""
    growth, whole = reading.growth, reading.stack.whole
    lines = [row.line for row in rows]
    last = [row.last for row in rows]
    roles = ["muted" if row.line and row.line.role == "job" else "strong" if row.line is None else "" for row in rows]
    means = [growth.t3m if line is None else line.t3m for line in lines]
    spent = [whole.hours if line is None else line.hours for line in lines]
    rates = [whole.per_hour.value if line is None else line.per_hour for line in lines]
    parts = [whole.share.value if line is None else None if line.role == "job" else line.share for line in lines]
    efforts = {line.stream: line.efforts for line in reading.stack.streams}
    idle = [
        "" if line is None else untended(efforts.get(line.stream, ()), 2 if width >= ROOMY else 1) for line in lines
    ]

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
    found = [
        column(short_month(growth.headline.month), (purse(month.income) if month else "-" for month in last), 0),
        change(
            pgettext("of an amount", "change"), (purse(month.delta, sign=True) if month else "-" for month in last), 2
        ),
        change("", (change_words(month) if month else "-" for month in last), 1),
        column(_("3-month"), map(purse, means), 6),
        column(_("hours"), (one_decimal(value) if value else "-" for value in spent), 5),
        column(_("per hour"), map(purse, rates), 4),
        column(_("share"), ("-" if part is None else percent(part, sign=False) for part in parts), 7),
        Column(_("{n} months").format(n=TREND), [[(_trend(row, glyphs), row.role)] for row in rows], 8, "left"),
    ]
    if any(idle):
        found.append(Column(_("untended"), [[(said, "warn")] for said in idle], 3, "left"))
    return Columns("", names, found)


def _trend(row: Row, glyphs: Glyphs) -> str:
    return spark([month.income for month in row.months[:-1][-TREND:]], glyphs)


def bars(growth: Growth, rows: Sequence[Row], purse: Purse, goal: GoalProgress | None, glyphs: Glyphs) -> BarData:
    """The chart: a bar a month, in it a part a stream, in the table's order and letters."""
    own = [row for row in rows if row.line and row.line.role != "job"]
    months = tuple(
        BarColumn(month_names(figures.month), tuple(float(row.months[index].income) for row in own), figures.open)
        for index, figures in enumerate(growth.months)
    )
    mark = Mark("G", float(goal.goal.amount)) if goal else None
    return BarData(months, tuple(row.letter for row in own), purse.axis, mark, glyphs)


def month_names(month: Month) -> tuple[str, ...]:
    """A month's name under a bar, from long to short."""
    name = short_month(month)
    return (name, str(month.month)) if language() == "ja" else (name, name[:1])


def untended(efforts: Sequence[Effort], most: int) -> str:
    """``marketing 5 wk, learning 7 wk``: the efforts that a stream has gone without for weeks, the longest first."""
    idle = sorted((one for one in efforts if one.neglected), key=lambda one: -(one.weeks or NEVER))
    return listed(*(_effort(one) for one in idle[:most]))


def _effort(one: Effort) -> str:
    effort = _(EFFORTS[one.kind])
    if one.weeks is None:
        return _("{effort} never").format(effort=effort)
    return _("{effort} {n} wk").format(effort=effort, n=one.weeks)
