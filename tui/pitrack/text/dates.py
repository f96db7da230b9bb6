"""Days and months in words (pendulum; slow to import, so only for screens)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pendulum

from pitrack.core.days import Month
from pitrack.text.i18n import _, language

_DAY = {"en": "ddd D MMM", "ja": "M月D日(ddd)"}
_FULL_DAY = {"en": "ddd D MMM YYYY", "ja": "YYYY年M月D日(ddd)"}
_SHORT_DAY = {"en": "D MMM", "ja": "M月D日"}
_MONTH = {"en": "MMMM", "ja": "M月"}
_SHORT_MONTH = {"en": "MMM", "ja": "M月"}
_MONTH_YEAR = {"en": "MMMM YYYY", "ja": "YYYY年M月"}


def long_day(day: dt.date) -> str:
    """``Sun 22 Nov``, ``11月22日(日)``."""
    return _format(day, _DAY)


def full_day(day: dt.date) -> str:
    """``Sun 22 Nov 2026``, ``2026年11月22日(日)``."""
    return _format(day, _FULL_DAY)


def short_day(day: dt.date) -> str:
    """``22 Nov``, ``11月22日``."""
    return _format(day, _SHORT_DAY)


def month_name(month: Month) -> str:
    """``October``, ``10月``."""
    return _format(month.first, _MONTH)


def short_month(month: Month) -> str:
    """``Oct``, ``10月``."""
    return _format(month.first, _SHORT_MONTH)


def month_year(month: Month) -> str:
    """``October 2026``, ``2026年10月``."""
    return _format(month.first, _MONTH_YEAR)


def span(months: Sequence[Month]) -> str:
    """``Sep-Nov 2025``, ``Dec 2025 - Feb 2026``, or the one month."""
    if not months:
        return "-"
    first, last = months[0], months[-1]
    if first == last:
        return _in_year(first)
    if first.year != last.year:
        return _("{first} - {last}").format(first=_in_year(first), last=_in_year(last))
    return _("{first}-{last} {year}").format(first=short_month(first), last=short_month(last), year=last.year)


def _in_year(month: Month) -> str:
    return _("{month} {year}").format(month=short_month(month), year=month.year)


def _format(day: dt.date, patterns: dict[str, str]) -> str:
    name = language()
    return pendulum.date(day.year, day.month, day.day).format(patterns[name], locale=name)
