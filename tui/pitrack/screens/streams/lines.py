"""How the stream ledger is drawn: streams as a table or as two lines each, entries, month headings, totals."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from pitrack.core.days import Month
from pitrack.core.growth import step
from pitrack.core.model import Entry, Stream
from pitrack.core.views.streams import StreamLine, Total, totals
from pitrack.text import dates, words
from pitrack.text.i18n import _, ngettext, pgettext
from pitrack.text.money import money, percent
from pitrack.text.plain import cells, fit, pad, printable
from pitrack.widgets.columns import Column, Columns
from pitrack.widgets.glyphs import Glyphs
from pitrack.widgets.pieces import Line, Piece, spread, width_of
from pitrack.widgets.spark import spark

ROOMY = 88
"""Width from which an entry shows its net."""


def shown_money(amount: Decimal, currency: str, *, hidden: bool, sign: bool = False) -> str:
    """An amount, or what stands for it while amounts are hidden."""
    return words.HIDDEN if hidden else money(amount, currency, sign=sign)


# Streams


def standing(stream: Stream) -> Piece:
    """The stage; the role where it is not the usual one. The job has no stage."""
    if stream.role == "job":
        return words.role("job"), "accent"
    stage = words.stage(stream.stage)
    return (stage if stream.role == "passive" else words.listed(stage, words.role(stream.role))), "muted"


def change(line: StreamLine) -> Piece:
    """Growth of the last complete month on the one before; the job has none."""
    if line.stream.role == "job" or len(line.trend) < 2:
        return "", ""
    read = step(Fraction(line.trend[-2]), Fraction(line.trend[-1]))
    if read.reading != "percent" or read.ratio is None:
        return words.growth(read.reading, None), "muted"
    return percent(read.ratio), "good" if read.ratio > 0 else "bad" if read.ratio < 0 else "muted"


def so_far(line: StreamLine, hidden: bool) -> str:
    """Income of the open month."""
    return shown_money(line.month_income, line.stream.currency, hidden=hidden)


def worked(line: StreamLine) -> str:
    """Hours of the last complete month."""
    return _("{hours} h").format(hours=f"{line.hours:.1f}") if line.hours else ""


def per_hour(line: StreamLine, hidden: bool) -> str:
    """Net income per hour of the last complete month."""
    if line.per_hour is None or line.stream.role == "job":
        return ""
    return shown_money(line.per_hour, line.stream.currency, hidden=hidden)


def all_name() -> str:
    return _("All streams")


def entry_count(count: int) -> str:
    return ngettext("{n} entry", "{n} entries", count).format(n=f"{count:,}")


def stream_table(lines: Sequence[StreamLine], entries: int, month: Month, *, hidden: bool, glyphs: Glyphs) -> Columns:
    """A row for all streams, then one a stream, with the columns that there is room for."""
    last = dates.short_month(month.shift(-1))

    def plain(text: str) -> Line:
        return ((text, ""),)

    def muted(text: str) -> Line:
        return ((text, "muted"),)

    blank: Line = (("", ""),)
    return Columns(
        _("Stream"),
        [plain(all_name()), *(plain(printable(line.stream.name)) for line in lines)],
        [
            Column(_("Stage"), [muted(entry_count(entries)), *((standing(line.stream),) for line in lines)], 2, "left"),
            Column(
                _("{month} income").format(month=dates.short_month(month)),
                [blank, *(plain(so_far(line, hidden)) for line in lines)],
                0,
            ),
            Column(_("{month} change").format(month=last), [blank, *((change(line),) for line in lines)], 1),
            Column(_("year"), [blank, *(muted(spark(line.trend, glyphs)) for line in lines)], 4, "left"),
            Column(_("{month} hours").format(month=last), [blank, *(plain(worked(line)) for line in lines)], 5),
            Column(
                _("{month} per h").format(month=last),
                [blank, *(plain(per_hour(line, hidden)) for line in lines)],
                3,
            ),
        ],
    )


def stream_head(month: Month, width: int) -> Line:
    """Over streams of two lines each: what stands at the right."""
    this, last = dates.short_month(month), dates.short_month(month.shift(-1))
    right = _("{month} income, {last} change and hours").format(month=this, last=last)
    return spread(((_("Streams"), "head"),), ((right, "muted"),), width)


def currencies_note(lines: Sequence[StreamLine]) -> str:
    """How amounts in several currencies are to be read; empty where there is one."""
    return _("each in its own currency") if len({line.stream.currency for line in lines}) > 1 else ""


def all_row(table: Columns, entries: int, note: str, width: int) -> Line:
    """The table's row of all streams: it has no figures, so what they are stands there."""
    name, _kept = table.shown(width)
    said = "  ".join(part for part in (entry_count(entries), note) if part)
    return (pad(all_name(), name) + "  ", ""), (fit(said, width - name - 2), "muted")


def stream_pair(
    line: StreamLine | None, at: int, width: int, *, entries: int, note: str, hidden: bool, glyphs: Glyphs
) -> Line:
    """One of the two lines of a stream, or of all streams with a note on their figures."""
    if line is None and at == 0:
        return ((all_name(), "strong"),)
    if line is None:
        return spread(((entry_count(entries), "muted"),), ((note, "muted"),), width)
    if at == 0:
        income = so_far(line, hidden)
        name = fit(printable(line.stream.name), width - cells(income) - 2)
        return spread(((name, ""),), ((income, ""),), width)
    grown = change(line)
    left = standing(line.stream)
    rate = per_hour(line, hidden)
    facts = [worked(line), _("{amount}/h").format(amount=rate) if rate else ""]
    trend = spark(line.trend, glyphs)
    for kept in (facts, facts[1:], []):
        middle = "  ".join(part for part in (left[0], *kept) if part)
        pair = ((middle, left[1]),), ((trend, "muted"), (f" {grown[0]:>7}", grown[1]))
        if width_of(pair[0]) + width_of(pair[1]) < width:
            return spread(*pair, width)
    return (left,)


# Entries


@dataclass(frozen=True, slots=True)
class EntryColumns:
    """Widths in cells of an entry's columns; 0 where one is left out."""

    day: int
    stream: int
    kind: int
    amount: int
    net: int
    status: int

    @property
    def until_amount(self) -> int:
        return self.day + self.stream + self.kind + self.amount


@lru_cache(maxsize=64)
def entry_columns(width: int, *, every: bool, dated: bool) -> EntryColumns:
    """The columns that fit; ``every``: entries of all streams; ``dated``: the whole date, as no month stands above."""
    roomy = width >= ROOMY
    stream = 0 if not every else 20 if width >= 110 else 16 if width >= 72 else 11
    return EntryColumns(
        day=12 if dated else 8,
        stream=stream,
        kind=9 if width >= 72 or not every else 0,
        amount=14,
        net=17 if roomy else 0,
        status=9,
    )


@dataclass(frozen=True, slots=True)
class EntryStyle:
    """What the lines of all entries share."""

    streams: Mapping[str, Stream]
    every: bool
    dated: bool
    """The whole date, as no month stands above."""
    narrow: bool
    """Two lines an entry."""
    hidden: bool
    jobs: frozenset[str] = frozenset()
    """Streams that are the job, to be summed apart."""

    def stream_of(self, entry: Entry) -> str:
        stream = self.streams.get(entry.stream or "")
        return printable(stream.name) if stream else _("no stream")

    def day_of(self, entry: Entry) -> str:
        return entry.day.isoformat() if self.dated else day_of_month(entry.day)


def day_of_month(day: dt.date) -> str:
    """``Sun 22``, under the name of its month."""
    return pgettext("a day of the month", "{weekday} {day}").format(
        weekday=words.weekday(day.isoweekday()), day=f"{day.day:2}"
    )


def amount_of(entry: Entry, hidden: bool) -> Piece:
    """The amount with the sign that its kind gives."""
    if entry.status == "void":
        return shown_money(entry.gross, entry.currency, hidden=hidden), "muted"
    signed = entry.gross if entry.kind == "income" else -entry.gross
    sign = "+" if entry.kind == "income" else "-"
    text = sign + words.HIDDEN if hidden else money(signed, entry.currency, sign=True)
    return text, "" if entry.kind == "income" else "bad"


def fee_of(entry: Entry, hidden: bool) -> str:
    """The fee, where there is one."""
    return _("fee {amount}").format(amount=shown_money(entry.fee, entry.currency, hidden=hidden)) if entry.fee else ""


def net_of(entry: Entry, hidden: bool) -> str:
    """What is left after the fee, where there is one."""
    if not entry.fee or entry.kind != "income":
        return ""
    return _("net {amount}").format(amount=shown_money(entry.net, entry.currency, hidden=hidden))


def status_of(entry: Entry) -> Piece:
    """Nothing for what is cleared."""
    if entry.status == "cleared":
        return "", ""
    return words.status(entry.status), "warn" if entry.status == "pending" else "muted"


def story_of(entry: Entry) -> tuple[str, str]:
    """The note, and the tags."""
    return printable(entry.note), " ".join(f"#{printable(tag)}" for tag in entry.tags)


def entry_line(entry: Entry, at: int, width: int, style: EntryStyle) -> Line:
    """One line of an entry, of two where it is narrow."""
    if style.narrow:
        return _narrow_sum(entry, width, style) if at == 0 else _narrow_story(entry, width, style)
    size = entry_columns(width, every=style.every, dated=style.dated)
    quiet = "muted" if entry.status == "void" else ""
    amount, role = amount_of(entry, style.hidden)
    pieces: list[Piece] = [(pad(style.day_of(entry), size.day), "muted")]
    if size.stream:
        pieces.append((pad(style.stream_of(entry), size.stream - 2) + "  ", quiet))
    if size.kind:
        pieces.append((pad(words.entry_kind(entry.kind), size.kind), "muted" if entry.kind == "income" else quiet))
    # An amount is never cut: a long one takes its room from the note.
    pieces.append((amount if cells(amount) > size.amount else pad(amount, size.amount, "right"), role))
    net = net_of(entry, style.hidden)
    if size.net:
        pieces.append((pad(net, size.net, "right"), "muted"))
    status, tone = status_of(entry)
    if not size.kind and entry.kind != "income" and not status:
        status, tone = words.entry_kind(entry.kind), "muted"
    fee = "" if size.net and net else fee_of(entry, style.hidden)
    pieces.append(("  " + (f"{status}  " if fee and status else status), tone))
    pieces.append((fee + " " * max(2 if fee else 0, size.status - cells(status) - cells(fee)), "muted"))
    return (*pieces, *_story(entry, width - width_of(pieces), quiet))


def _story(entry: Entry, room: int, quiet: str) -> Line:
    """The note, then as many of the tags as there is room for."""
    note, tags = story_of(entry)
    note = fit(note, room)
    gap = "  " if note and tags else ""
    left = room - cells(note) - len(gap)
    return ((note, quiet), (gap + fit(tags, left), "muted")) if tags and left >= 4 else ((note, quiet),)


def _narrow_sum(entry: Entry, width: int, style: EntryStyle) -> Line:
    amount = amount_of(entry, style.hidden)
    status = status_of(entry)
    day = style.day_of(entry) + "  "
    right: Line = ((f"{status[0]} ", status[1]), amount) if status[0] else (amount,)
    what = style.stream_of(entry) if style.every else words.entry_kind(entry.kind)
    name = fit(what, width - cells(day) - width_of(right) - 1)
    return spread(((day, "muted"), (name, "muted" if entry.status == "void" else "")), right, width)


def _narrow_story(entry: Entry, width: int, style: EntryStyle) -> Line:
    day = " " * (cells(style.day_of(entry)) + 2)
    kind = words.entry_kind(entry.kind) if style.every else ""
    said = [part for part in (kind, fee_of(entry, style.hidden)) if part]
    pieces: tuple[Piece, ...] = ((day, ""), ("".join(f"{part}  " for part in said), "muted"))
    return (*pieces, *_story(entry, width - width_of(pieces), "muted"))


def month_head(found: Sequence[Entry], start: int, end: int, style: EntryStyle, width: int) -> Line:
    """A month's name over its entries ``found[start:end]``, with what they come to, the job's apart."""
    size = entry_columns(width, every=style.every, dated=style.dated)
    title = dates.month_year(Month.of(found[start].day)).upper()
    own, jobs = ("  ".join(_net(total, style.hidden) for total in one) for one in sums(found[start:end], style.jobs))
    net = _("net") + " " + own if own else ""
    job = "  " + _("job {amount}").format(amount=jobs) if jobs else ""
    edge = width if style.narrow else size.until_amount
    free = max(edge - cells(title) - cells(net) - (cells(job) if style.narrow else 0), 2)
    for said in (net + job, net):
        if cells(title) + free + cells(said) <= width:
            return (title, "head"), (" " * free + said, "muted")
    return ((title, "head"),)


def _net(total: Total, hidden: bool) -> str:
    return shown_money(total.net, total.currency, hidden=hidden)


Sums = tuple[Sequence[Total], Sequence[Total]]
"""Totals of the streams, and of the job."""


def sums(found: Sequence[Entry], jobs: frozenset[str]) -> Sums:
    """What entries come to, those of the streams ``jobs`` apart."""
    if not jobs:
        return totals(found), ()
    return (
        totals([entry for entry in found if entry.stream not in jobs]),
        totals([entry for entry in found if entry.stream in jobs]),
    )


def total_lines(sums: Sums, first: str, width: int, *, hidden: bool, marked: bool = False) -> list[Line]:
    """A line a currency, ``first`` before the others; ``marked``: of marked entries only, and said so."""
    own, jobs = ({total.currency: total for total in one} for one in sums)
    order = sorted({*own, *jobs}, key=lambda currency: (currency != first, currency))
    lead: Line = ((" " + _("marked"), "accent"), (" ", "")) if marked else ()
    return [
        (*lead, *total_line(own.get(currency), jobs.get(currency), width - width_of(lead), hidden=hidden))
        for currency in order
    ]


def total_line(total: Total | None, job: Total | None, width: int, *, hidden: bool) -> Line:
    """What the entries of one currency come to: net first, the job's apart, and as much of the rest as there is room
    for."""
    line: list[Piece] = []
    rest: list[Piece] = []
    if total:

        def told(amount: Decimal) -> str:
            return shown_money(amount, total.currency, hidden=hidden)

        line = [(" " + _("net") + " ", "muted"), (told(total.net), "strong")]
        if total.pending:
            rest.append((_("{amount} pending").format(amount=told(total.pending)), "warn"))
        if total.expense:
            income = _("income {amount}").format(amount=told(total.income))
            rest.append((income + "   " + _("expense {amount}").format(amount=told(total.expense)), "muted"))
    if job:
        rest.insert(0, (_("job {amount}").format(amount=_net(job, hidden)), "muted"))
    for piece in rest:
        gap = "   " if line else " "
        if width_of(line) + len(gap) + cells(piece[0]) <= width:
            line += [(gap, ""), piece]
    return tuple(line)
