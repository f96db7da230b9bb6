"""How assets are drawn: as a table or as two lines each, and the figures of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from pitrack.core.days import Month
from pitrack.core.model import Stream, TimeEntry
from pitrack.core.views.assets import AssetLine, AssetPage, Order
from pitrack.text import dates, words
from pitrack.text.i18n import N_, _, ngettext
from pitrack.text.money import money
from pitrack.text.plain import cells, fit, pad, printable
from pitrack.widgets.columns import Column as TableColumn
from pitrack.widgets.columns import Columns, wrapped
from pitrack.widgets.glyphs import Glyphs
from pitrack.widgets.pieces import Line, Piece, spread, width_of
from pitrack.widgets.spark import spark
from pitrack.widgets.stacked import BarData, Column, letters_for
from pitrack.widgets.wrapping import broken

AssetTable = Columns
STREAM = 16
"""Cells of a stream's name beside time."""
NOTE = 3
"""Most lines of a note."""
READABLE = 6
"""Cells of a stream's name below which it is left out."""
ORDER_WORDS: dict[Order, str] = {
    "income": N_("by lifetime income"),
    "newest": N_("newest first"),
    "hour": N_("by net per hour"),
}


class Look(NamedTuple):
    """What the lines of all assets share. ``every``: assets of all streams."""

    streams: Mapping[str, Stream]
    glyphs: Glyphs
    hidden: bool
    every: bool

    def money(self, amount: Decimal, line: AssetLine) -> str:
        return words.HIDDEN if self.hidden else money(amount, line.currency)

    def stream_of(self, line: AssetLine) -> str:
        stream = self.streams.get(line.asset.stream or "")
        return printable(stream.name) if stream else _("no stream")


def title_line(name: str, shown: Sequence[AssetLine], order: Order, look: Look, width: int) -> list[Line]:
    """Whose assets, how many, in what order, and how many hours are in them."""
    title = _("Assets of {name}").format(name=name)
    count = ngettext("{n} asset", "{n} assets", len(shown)).format(n=f"{len(shown):,}")
    for facts in (words.listed(count, _(ORDER_WORDS[order])), count, ""):
        if cells(title) + cells(facts) + 4 <= width:
            return [spread(((" " + title, "strong"),), ((facts + " ", "muted"),), width)]
    return [((" " + fit(title, width - 2), "strong"),)]


def asset_table(lines: Sequence[AssetLine], look: Look) -> AssetTable:
    """A row an asset, with the columns that there is room for."""

    def column(heading: str, texts: Sequence[str], rank: int, role: str = "", *, left: bool = False) -> TableColumn:
        return TableColumn(heading, [((text, role),) for text in texts], rank, "left" if left else "right")

    columns = [
        column(_("Published"), [published(line) for line in lines], 4, "muted", left=True),
        column(_("hours"), [hours(line) for line in lines], 5),
        column(_("income"), [look.money(line.income, line) for line in lines], 0),
        column(_("12 months"), [look.money(line.year, line) for line in lines], 2),
        column(_("net/hour"), [per_hour(line, look) for line in lines], 1),
        column(_("year"), [spark(line.trend, look.glyphs) for line in lines], 3, "muted", left=True),
    ]
    if look.every:
        streams = [look.stream_of(line) for line in lines]
        columns.insert(0, column(_("Stream"), [fit(name, 20) for name in streams], 6, "muted", left=True))
    return Columns(_("Asset"), [((printable(line.asset.name), ""),) for line in lines], columns)


def list_head(width: int) -> Line:
    """Over assets of two lines each: what stands at the right."""
    return spread(((_("Assets"), "head"),), ((_("income; year, net an hour"), "muted"),), width)


def archived_head(_width: int) -> Line:
    return ((_("ARCHIVED"), "head"),)


def asset_pair(line: AssetLine, at: int, width: int, look: Look) -> Line:
    """One of the two lines of an asset."""
    if at == 0:
        income = look.money(line.income, line)
        name = fit(printable(line.asset.name), width - cells(income) - 2)
        return spread(((name, ""),), ((income, ""),), width)
    trend = spark(line.trend, look.glyphs)
    rate = _("{amount}/h").format(amount=per_hour(line, look)) if line.per_hour is not None else ""
    right: Line = ((trend + " ", "muted"), (pad(rate, max(cells(rate), 9), "right"), ""))
    age = told_age(line) or _("in the making")
    room = width - width_of(right) - 1
    stream = fit(look.stream_of(line), max(0, room - cells(age) - 2)) if look.every else ""
    left = words.listed(stream, age) if cells(stream) >= READABLE else age
    if cells(left) <= room:
        return spread(((left, "muted"),), right, width)
    return ((fit(left, width), "muted"),)


def published(line: AssetLine) -> str:
    day = line.asset.published
    return day.isoformat() if day else _("in the making")


def told_age(line: AssetLine) -> str:
    """``8 months old``; nothing of what is not published."""
    if line.age is None:
        return ""
    return ngettext("{n} month old", "{n} months old", line.age).format(n=line.age)


def hours(line: AssetLine) -> str:
    return f"{line.hours:,.1f}" if line.hours else ""


def per_hour(line: AssetLine, look: Look) -> str:
    """Net of its life per hour of work; a dash without hours."""
    return "-" if line.per_hour is None else look.money(line.per_hour, line)


# One asset


def page_lines(page: AssetPage, look: Look, width: int) -> list[Line]:
    """Its name, where it stands, its figures and its year."""
    line = page.line
    name, archived = printable(line.asset.name), _("archived") if line.asset.archived else ""
    day = line.asset.published
    since = _("published {day}").format(day=day.isoformat()) if day else _("in the making")
    since = words.listed(page.stream_name and printable(page.stream_name), since, told_age(line), archived)
    lines: list[Line] = [
        ((fit(name, width), "strong"),),
        *broken([(since, "muted")], width),
        (),
        *wrapped(_figures(page, look), width),
    ]
    lines += [(), *_year(page, look, width)]
    if line.asset.note:
        lines += [(), *broken([(printable(line.asset.note), "muted")], width)[:NOTE]]
    return lines


def _figures(page: AssetPage, look: Look) -> list[Piece]:
    """Every figure with its word, a piece each."""
    line = page.line
    told = [
        (_("income {amount}"), look.money(line.income, line)),
        (_("fees and costs {amount}"), look.money(line.expense, line) if line.expense else ""),
        (_("net {amount}"), look.money(line.net, line)),
        (_("last 12 months {amount}"), look.money(line.year, line)),
        (_("hours {amount}"), hours(line)),
        (_("net per hour {amount}"), per_hour(line, look)),
        (_("units {amount}"), words.plain_number(line.units) if line.units else ""),
        (_("first income {amount}"), line.first.isoformat() if line.first else ""),
        (_("last income {amount}"), line.last.isoformat() if line.last else ""),
    ]
    pieces: list[Piece] = [(text.format(amount=amount) + "   ", "") for text, amount in told if amount]
    for apart in line.apart:
        amount = words.HIDDEN if look.hidden else money(apart.income, apart.currency)
        pieces.append((_("{amount} has no rate").format(amount=amount) + "   ", "warn"))
    return pieces


def _year(page: AssetPage, look: Look, width: int) -> list[Line]:
    """The income of twelve months: a name and a bar each where there is room, else one line."""
    line, months = page.line, page.months
    best = max(line.trend)
    if best <= 0:
        return [((_("No income in the last twelve complete months."), "muted"),)]
    best_month = months[line.trend.index(best)]
    ends = _("{first} to {last}").format(first=dates.month_year(months[0]), last=dates.month_year(months[-1]))
    said = _("best {month}, {amount}").format(month=dates.month_year(best_month), amount=look.money(best, line))
    return wrapped(
        [(f"{ends}   ", "muted"), (spark(line.trend, look.glyphs) + "   ", "accent"), (said, "muted")], width
    )


def bars(page: AssetPage, look: Look) -> BarData:
    """The income of twelve months, a bar each."""
    line = page.line

    def axis(value: float) -> str:
        return words.HIDDEN if look.hidden else money(Decimal(repr(value)), line.currency, compact=True)

    columns = tuple(
        Column((dates.short_month(month), str(month.month)), (float(amount),))
        for month, amount in zip(page.months, line.trend, strict=True)
    )
    return BarData(columns, letters_for([line.asset.alias]), axis, None, look.glyphs)


# Time


def time_row(time: TimeEntry, at: int, width: int, stream: str, *, narrow: bool) -> Line:
    """One line of a time entry, of two where it is narrow; ``stream`` is its name, where that is to be told."""
    spent = words.minutes(time.minutes)
    about = words.listed(printable(time.task), printable(time.note))
    if narrow and at == 0:
        return spread(((f"{time.day.isoformat()}  {words.time_kind(time.kind)}", ""),), ((spent, ""),), width)
    if narrow:
        return ((fit(words.listed(about, stream), width), "muted"),)
    fixed = f"{time.day.isoformat()}  {pad(spent, 11, 'right')}  {pad(words.time_kind(time.kind), 18)}"
    name = pad(fit(stream, STREAM), STREAM + 2) if stream else ""
    return (fixed, ""), (name, "muted"), (fit(about, max(0, width - cells(fixed) - cells(name))), "")


def month_head(times: Sequence[TimeEntry], start: int, end: int, width: int) -> Line:
    """A month's name over its time, with the hours of it."""
    title = dates.month_year(Month.of(times[start].day)).upper()
    total = words.minutes(sum(time.minutes for time in times[start:end]))
    return spread(((title, "head"),), ((total, "muted"),), width)
