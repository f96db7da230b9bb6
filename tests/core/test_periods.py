"""Weeks and months that are looked back on: their names, their days, and which of them is due."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pitrack.core.days import MONDAY, SUNDAY, Month
from pitrack.core.periods import Period, month_of, named, shifted, week_due, week_named, week_of

DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2100, 12, 31))
STARTS = st.integers(1, 7)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("on", "week_start", "label", "first", "last"),
    [
        ("2026-11-22", MONDAY, "2026-W47", "2026-11-16", "2026-11-22"),
        ("2026-11-22", SUNDAY, "2026-W48", "2026-11-22", "2026-11-28"),
        ("2027-01-01", MONDAY, "2026-W53", "2026-12-28", "2027-01-03"),
        ("2027-01-02", SUNDAY, "2026-W53", "2026-12-27", "2027-01-02"),
        ("2027-01-03", SUNDAY, "2027-W01", "2027-01-03", "2027-01-09"),
        ("2024-12-30", MONDAY, "2025-W01", "2024-12-30", "2025-01-05"),
        ("2026-11-20", 5, "2026-W48", "2026-11-20", "2026-11-26"),  # its Thursday is its last day
        ("2026-11-19", 4, "2026-W47", "2026-11-19", "2026-11-25"),  # and here its first
    ],
)
def test_a_week_is_named_by_its_thursday(on: str, week_start: int, label: str, first: str, last: str) -> None:
    week = week_of(day(on), week_start)
    assert week == Period("week", label, day(first), day(last))
    assert week.id == f"week|{label}"


@given(DAYS, STARTS)
def test_every_day_lies_in_one_week_that_its_name_finds_again(on: dt.date, week_start: int) -> None:
    week = week_of(on, week_start)
    assert week.first <= on <= week.last
    assert (week.last - week.first).days == 6
    assert week.first.isoweekday() == week_start
    assert named(week.id, week_start) == week
    after = shifted(week, 1, week_start)
    assert after.first - week.last == dt.timedelta(days=1)
    assert after.label > week.label
    assert shifted(after, -1, week_start) == week


def test_a_year_has_the_weeks_it_has() -> None:
    assert week_named(2025, 53, MONDAY) is None
    assert week_named(2026, 54, MONDAY) is None
    assert week_named(2026, 53, MONDAY) == week_of(day("2026-12-31"), MONDAY)
    assert named("week|2025-W53", MONDAY) is None


def test_months() -> None:
    october = month_of(Month(2026, 10))
    assert (october.label, october.first, october.last) == ("2026-10", day("2026-10-01"), day("2026-10-31"))
    assert shifted(october, 3, MONDAY).label == "2027-01"
    assert named("month|2026-10", MONDAY) == october
    assert [named(f"month|{label}", MONDAY) for label in ("0000-01", "9999-12")] == [None, None]


@pytest.mark.parametrize(
    ("on", "week_start", "label"),
    [
        ("2026-11-16", MONDAY, "2026-W46"),  # a Monday looks back on the week before
        ("2026-11-19", MONDAY, "2026-W46"),
        ("2026-11-20", MONDAY, "2026-W47"),  # from Friday on this week is due
        ("2026-11-22", MONDAY, "2026-W47"),
        ("2026-11-18", SUNDAY, "2026-W46"),
        ("2026-11-19", SUNDAY, "2026-W47"),  # with weeks from Sunday on, from Thursday on
    ],
)
def test_which_week_is_due(on: str, week_start: int, label: str) -> None:
    assert week_due(day(on), week_start).label == label
