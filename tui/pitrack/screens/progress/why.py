"""The figures of Progress explained: the formula in words, its numbers put in, and the records behind it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from pitrack.core.model import Snapshot
from pitrack.core.views.explained.door import explain
from pitrack.core.views.explained.shapes import Explained, Figure, Record
from pitrack.core.views.income.growth import MonthFigures, growth
from pitrack.screens.dialogs.explain import Explanation
from pitrack.screens.dialogs.explain import Figure as Told
from pitrack.screens.progress.income import Purse, change_words, trend_role
from pitrack.text import figures
from pitrack.text.dates import month_year
from pitrack.text.i18n import _, ngettext, pgettext
from pitrack.text.plain import cells, fit, pad, printable
from pitrack.text.words import unconverted
from pitrack.widgets.pieces import Line

YEAR = 12
MOST = 100
"""Records shown at most, the newest."""
GAP = 2
"""Cells between the columns of records."""
NOTE = 16
"""Cells of a note, if it is as long, that a record has to have room for."""
BOX, MARGIN = 76, 7
"""Cells of the explanation at most, and those that its frame takes."""
OF_ALL: tuple[Figure, ...] = (
    *("mom", "t3m", "per-hour", "run-rate", "cmgr", "doubling", "yoy", "coverage", "sources", "away", "back-catalogue"),
    *("holiday", "built", "break-even", "paid-back", "units-per-hour", "neglect"),
)
OF_STREAM: tuple[Figure, ...] = (
    *("mom", "t3m", "per-hour", "share", "away", "units-per-hour", "break-even", "paid-back", "neglect"),
    *("cmgr", "doubling", "yoy"),
)
OF_JOB: tuple[Figure, ...] = ("mom", "t3m", "share", "yoy")


class Asked(NamedTuple):
    """What is to be explained: some figures, of a stream (its id) or of all, and the months to show below them."""

    title: str
    figures: tuple[Figure, ...]
    stream: str | None = None
    months: Sequence[MonthFigures] = ()


def read_why(snapshot: Snapshot, day: dt.date, currency: str, asked: Asked) -> tuple[Asked, tuple[Explained, ...]]:
    """What is asked, a stream's months from its own start on, and the figures with what they are made of."""
    if asked.stream is not None and asked.months:
        own = growth(snapshot, day, currency, stream=asked.stream).months
        asked = asked._replace(months=own or asked.months)
    return asked, explain(snapshot, day, asked.figures, currency, asked.stream)


def explanation(asked: Asked, found: Sequence[Explained], purse: Purse, width: int) -> Explanation:
    """It in words: of a single figure with its records, of several with the months."""
    wording = figures.Wording(purse.currency, purse.hidden)
    told = [_told(one, wording) for one in found if len(found) == 1 or _says_something(one, wording)]
    if asked.months:
        heading = _("Month by month: gross less refunds, {currency}").format(currency=printable(purse.currency))
        lines = _months(asked.months[-YEAR - 1 :], wording)
    else:
        records = [record for one in found for record in one.records]
        heading, lines = _records_heading(len(records)), _records(records[-MOST:], wording, min(width, BOX) - MARGIN)
    return Explanation(asked.title, (*_left_out(found, wording), *told), heading, tuple(lines))


def _says_something(one: Explained, wording: figures.Wording) -> bool:
    return one.value is not None or bool(figures.working(one, wording))


def _told(one: Explained, wording: figures.Wording) -> Told:
    numbers = "\n".join(figures.working(one, wording))
    return Told(figures.name(one.figure), figures.value(one, wording), figures.formula(one), numbers)


def _left_out(found: Sequence[Explained], wording: figures.Wording) -> list[Told]:
    """What no figure counts for want of a rate, with the lines that add one."""
    one = max(found, key=lambda one: len(one.left_out), default=None)
    if one is None or not one.left_out:
        return []
    amounts = pgettext("between amounts", ", ").join(
        unconverted(left.amount, left.currency, wording.hidden) for left in one.left_out
    )
    return [Told(_("Left out"), amounts, "\n".join(figures.left_out(one, wording)))]


def _records_heading(count: int) -> str:
    if count > MOST:
        return _("The newest {n} of {all} records").format(n=MOST, all=f"{count:,}")
    return ngettext("{n} record", "{n} records", count).format(n=count)


def _records(records: Sequence[Record], wording: figures.Wording, width: int) -> list[Line]:
    """Newest first: a line each, without their kinds where these take the room of names and notes; where there is none
    for these either, two lines each."""
    rows = [figures.record(record, wording) for record in reversed(records)]
    days, kind, amount = (max((cells(row[column]) for row in rows), default=0) for column in (0, 1, 3))
    name = max((cells(row[2]) for row in rows if row[4]), default=0)  # only those that a note follows
    told = max((cells(_named(row, name, NOTE)) for row in rows), default=0)
    room = width - days - amount - 2 * GAP
    lines: list[Line] = []
    for row in rows:
        blank = " " * GAP
        fixed: Line = [(pad(row[0], days) + blank, "muted"), (pad(row[3], amount, "right") + blank, "strong")]
        if room >= kind + GAP + told:
            lines.append([*fixed, (fit(pad(row[1], kind) + blank + _named(row, name), room), "")])
        elif room >= told:
            lines.append([*fixed, (fit(_named(row, name), room), "")])
        else:
            lines.append([*fixed, (fit(row[1], max(0, room)), "muted")])
            lines.append([(blank + fit(_named(row), width - GAP), "")])
    return lines


def _named(row: Sequence[str], width: int = 0, most: int | None = None) -> str:
    """The name of a record, padded where a note follows, and ``most`` cells of that, or all of it."""
    name, note = row[2], row[4] if most is None else fit(row[4], most)
    return (pad(name, max(width, cells(name))) + " " * GAP if name else "") + note if note else name


def _months(months: Sequence[MonthFigures], wording: figures.Wording) -> list[Line]:
    """Newest first: the month, its income, the change."""
    names = [month_year(month.month) for month in months]
    amounts = [wording.money(month.income) for month in months]
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
