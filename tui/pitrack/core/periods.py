"""The weeks and months that are looked back on: their names, and their first and last days.

A week is named by the ISO week of its Thursday, whatever day it begins with: each week holds exactly one.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal, NamedTuple

from pitrack.core.days import Month, week_start_of

Kind = Literal["week", "month"]
THURSDAY = 4
WEEK = dt.timedelta(days=7)
NEARLY_OVER = 3
"""Last days of a week on which it is looked back on already."""


class Period(NamedTuple):
    """A week or a month, ``first`` to ``last`` day, both counted; ``label`` is like ``2026-W47`` or ``2026-10``."""

    kind: Kind
    label: str
    first: dt.date
    last: dt.date

    @property
    def id(self) -> str:
        """The id of its review: ``week|2026-W47``."""
        return f"{self.kind}|{self.label}"

    @property
    def month(self) -> Month:
        """The month of its last day; of a month, itself."""
        return Month.of(self.last)


def week_of(day: dt.date, week_start: int) -> Period:
    """The week that holds a day; ``week_start`` is an ISO weekday. OverflowError at the ends of the calendar."""
    first = week_start_of(day, week_start)
    thursday = first + dt.timedelta(days=(THURSDAY - week_start) % 7)
    year, week, _weekday = thursday.isocalendar()
    return Period("week", f"{year:04}-W{week:02}", first, first + WEEK - dt.timedelta(days=1))


def week_named(year: int, week: int, week_start: int) -> Period | None:
    """A week by its ISO year and number; None where the year has no such week."""
    try:
        return week_of(dt.date.fromisocalendar(year, week, THURSDAY), week_start)
    except (ValueError, OverflowError):
        return None


def week_before(week: Period, week_start: int) -> Period:
    return week_of(week.first - WEEK, week_start)


def month_of(month: Month) -> Period:
    return Period("month", str(month), month.first, month.last)


def shifted(period: Period, by: int, week_start: int) -> Period:
    """The period that lies ``by`` weeks or months later (earlier when negative)."""
    if period.kind == "month":
        return month_of(period.month.shift(by))
    return week_of(period.first + by * WEEK, week_start)


def named(review: str, week_start: int) -> Period | None:
    """The period of a review's id, ``month|2026-10``; None where the calendar has no such week or month."""
    kind, _bar, label = review.partition("|")
    if kind == "month":
        return _month_named(label)
    year, _w, week = label.partition("-W")
    return week_named(int(year), int(week), week_start)


def _month_named(label: str) -> Period | None:
    try:
        return month_of(Month.parse(label))
    except ValueError:
        return None


def week_due(today: dt.date, week_start: int) -> Period:
    """The week to look back on: the one of today in its last three days, before that the one before."""
    return week_of(today - dt.timedelta(days=7 - NEARLY_OVER), week_start)
