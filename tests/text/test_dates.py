"""Days and months in words."""

from __future__ import annotations

import datetime as dt

import pytest

from pitrack.core.days import Month
from pitrack.text import dates, i18n

DAY = dt.date(2026, 11, 22)
MONTH = Month(2026, 10)


def test_english() -> None:
    assert dates.long_day(DAY) == "Sun 22 Nov"
    assert dates.full_day(DAY) == "Sun 22 Nov 2026"
    assert dates.short_day(DAY) == "22 Nov"
    assert dates.month_name(MONTH) == "October"
    assert dates.short_month(MONTH) == "Oct"
    assert dates.month_year(MONTH) == "October 2026"


def test_japanese() -> None:
    i18n.setup("ja")
    assert dates.long_day(DAY) == "11月22日(日)"
    assert dates.full_day(DAY) == "2026年11月22日(日)"
    assert dates.short_day(DAY) == "11月22日"
    assert dates.month_name(MONTH) == "10月"
    assert dates.short_month(MONTH) == "10月"
    assert dates.month_year(MONTH) == "2026年10月"


@pytest.mark.parametrize("day", [dt.date.min, dt.date.max, dt.date(2024, 2, 29)])
def test_any_day_of_the_calendar(day: dt.date) -> None:
    assert dates.short_day(day) == f"{day.day} {day:%b}"
