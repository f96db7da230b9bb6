"""When money that recurs is due: the days, and the period that each of them stands for.

A period is due once. It is named by its calendar month, ISO week or year (``2026-11``, ``2026-W47``, ``2026``), not by
the day, so that a due day that is moved within it makes no second one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import count

from pitrack.core.days import Month
from pitrack.core.model import Beat, Template


def period(every: Beat, day: dt.date) -> str:
    """The period that a day lies in: ``2026-11``, ``2026-W47`` (ISO 8601) or ``2026``."""
    if every == "week":
        year, week, _weekday = day.isocalendar()
        return f"{year:04}-W{week:02}"
    return f"{day.year:04}" if every == "year" else str(Month.of(day))


def due_days(template: Template) -> Iterator[dt.date]:
    """The due days of a template, in order, without end where it has none.

    The day of the month is that of ``since``; in a month without it, the month's last: the 31st is due on 28 February,
    and on 31 March again.
    """
    last = template.until or dt.date.max
    for number in count():
        try:
            day = _due(template, number * template.interval)
        except (OverflowError, ValueError):  # past the last year that there is
            return
        if day > last:
            return
        yield day


def next_due(template: Template, after: dt.date) -> dt.date | None:
    """The first due day later than ``after``; None where none is to come."""
    return next((day for day in due_days(template) if day > after), None)


def _due(template: Template, steps: int) -> dt.date:
    since = template.since
    if template.every == "week":
        return since + dt.timedelta(weeks=steps)
    month = Month.of(since).shift(steps if template.every == "month" else 12 * steps)
    return dt.date(month.year, month.month, min(since.day, month.last.day))
