"""Reading weeks and months, and naming them."""

from __future__ import annotations

import datetime as dt
import re

from pitrack.core.periods import Period, month_of, week_before, week_named, week_of
from pitrack.text.i18n import _
from pitrack.text.reading import ParseError, normal
from pitrack.text.when import day as read_day
from pitrack.text.when import month as read_month

_WEEK = r"(?:([0-9]{4})-?)?w([0-9]{1,2})"
_THIS_WEEK = frozenset({"this week", "今週"})
_LAST_WEEK = frozenset({"week", "last week", "先週", "週"})
_WEEK_BEFORE = frozenset({"先々週"})


def period(text: str, today: dt.date, week_start: int) -> Period:
    """A week or a month: ``2026-W47``, ``W47`` (the most recent one of that number), ``this week``, ``先週``; a month
    as ``when.month`` reads it, ``2026-10``, ``oct``, ``先月``; a day stands for its week: ``2026-11-20``, ``fri``.

    Raises ParseError: ``period``, ``no-such-week``.
    """
    found = _period(text, today, week_start)
    if found.first.year == dt.MINYEAR:  # none may lie before it, to compare it with
        raise ParseError("period", text)
    return found


def _period(text: str, today: dt.date, week_start: int) -> Period:
    plain = normal(text)
    this = week_of(today, week_start)
    if plain in _THIS_WEEK:
        return this
    if plain in _LAST_WEEK:
        return week_before(this, week_start)
    if plain in _WEEK_BEFORE:
        return week_before(week_before(this, week_start), week_start)
    if found := re.fullmatch(_WEEK, plain):
        return _week(found[1], int(found[2]), text, this, week_start)
    try:
        return month_of(read_month(text, today))
    except ValueError:  # no month, or the last of the calendar
        pass
    try:
        return week_of(read_day(text, today), week_start)
    except (ParseError, OverflowError) as error:
        raise ParseError("period", text) from error


def name(period: Period) -> str:
    """``Week 47, 2026``, ``2026年第47週``; a month like ``October 2026``."""
    if period.kind == "month":
        from pitrack.text.dates import month_year

        return month_year(period.month)
    year, week = period.label.split("-W")
    return _("Week {week}, {year}").format(week=int(week), year=int(year))


def _week(year: str | None, number: int, text: str, this: Period, week_start: int) -> Period:
    now = int(this.label[:4])
    years = [int(year)] if year else range(now, now - 8, -1)  # eight years always hold one of 53 weeks
    for one in years:
        found = week_named(one, number, week_start)
        if found and (year or found.first <= this.first):
            return found
    raise ParseError("no-such-week", text)
