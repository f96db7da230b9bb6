"""The figures of Progress explained: the formula in words, its numbers put in, and the records behind it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from pitrack.core.model import Snapshot
from pitrack.core.views.explained.door import explain
from pitrack.core.views.explained.shapes import Explained, Figure, Record
from pitrack.core.views.income.growth import MonthFigures
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


def read_why(snapshot: Snapshot, day: dt.date, currency: str, asked: Asked) -> tuple[Explained, ...]:
    """The figures with what they are made of."""
    return explain(snapshot, day, asked.figures, currency, asked.stream)


def explanation(asked: Asked, found: Sequence[Explained], purse: Purse, width: int) -> Explanation:
    """It in words: of a single figure with its records, of several with the months."""
    wording = figures.Wording(purse.currency, purse.hidden, whole=True)
    told = [_told(one, wording) for one in found if len(found) == 1 or _says_something(one, wording)]
    if asked.months:
        heading = _("Month by month: gross less refunds, {currency}").format(currency=printable(purse.currency))
        lines = _months(asked.months[-YEAR - 1 :], purse)
    else:
        records = [record for one in found for record in one.records]
        heading, lines = _records_heading(len(records)), _records(records[-MOST:], wording, min(width, BOX) - MARGIN)
    return Explanation(asked.title, (*_left_out(found, wording), *told), heading, tuple(lines))


def _says_something(one: Explained, wording: figures.Wording) -> bool:
    return one.value is not None or bool(figures.working(one, wording))


def _told(one: Explained, wording: figures.Wording) -> Told:
    numbers = "\n".join(figures.working(one, wording))
    return Told(figures.name(one.figure), figures.value(one, wording), figures.formula(one.figure), numbers)


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
    """Newest first, in columns; what there is no room for is cut from the end."""
    rows = [figures.record(record, wording) for record in reversed(records)]
    widths = [max((cells(row[column]) for row in rows), default=0) for column in range(4)]
    lines: list[Line] = []
    for days, kind, name, amount, note in rows:
        fixed = f"{pad(days, widths[0])}  "
        strong = f"{pad(amount, widths[3], 'right')}  "
        about = f"{pad(kind, widths[1])}  {pad(name, widths[2])}  {note}".rstrip()
        room = max(0, width - cells(fixed) - cells(strong))
        lines.append([(fixed, "muted"), (strong, "strong"), (fit(about, room), "")])
    return lines


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
