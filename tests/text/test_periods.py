"""Reading weeks and months, and naming them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pitrack.core.days import MONDAY, SUNDAY
from pitrack.core.periods import week_of
from pitrack.text import i18n
from pitrack.text.periods import name, period
from pitrack.text.reading import ParseError

TODAY = dt.date(2026, 11, 22)


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("2026-W47", "2026-W47"),
        ("2026w7", "2026-W07"),
        ("Ｗ４６", "2026-W46"),
        ("w48", "2025-W48"),  # that of this year has not begun
        ("W53", "2020-W53"),  # the most recent year that has one
        ("2026-W53", "2026-W53"),
        ("this week", "2026-W47"),
        ("今週", "2026-W47"),
        ("last week", "2026-W46"),
        ("先週", "2026-W46"),
        ("先々週", "2026-W45"),
        ("2026-10", "2026-10"),
        ("2026年10月", "2026-10"),
        ("oct", "2026-10"),
        ("先月", "2026-10"),
        ("last", "2026-10"),
        ("this month", "2026-11"),
        ("2026-11-15", "2026-W46"),
        ("昨日", "2026-W47"),
        ("mon", "2026-W47"),
    ],
)
def test_what_people_type(typed: str, label: str) -> None:
    assert period(typed, TODAY, MONDAY).label == label


def test_a_week_may_begin_on_sunday() -> None:
    assert period("this week", TODAY, SUNDAY).label == "2026-W48"
    found = period("2026-W48", TODAY, SUNDAY)
    assert (found.first, found.last) == (TODAY, dt.date(2026, 11, 28))


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("2025-W53", "no-such-week"),
        ("2026-W00", "no-such-week"),
        ("w54", "no-such-week"),
        ("0000-W05", "no-such-week"),
        ("", "period"),
        ("next year", "period"),
        ("2026-13", "period"),
        ("2026-W4x", "period"),
        ("2026-02-30", "period"),
        ("9999-12-31", "period"),
        ("9999-12", "period"),
        ("0001-01", "period"),
        ("0001-W01", "period"),
    ],
)
def test_what_is_none(typed: str, code: str) -> None:
    with pytest.raises(ParseError) as error:
        period(typed, TODAY, MONDAY)
    assert error.value.code == code


@given(st.text(max_size=12))
def test_nothing_that_is_typed_breaks_it(typed: str) -> None:
    try:
        found = period(typed, TODAY, MONDAY)
    except ParseError:
        return
    assert found.first <= found.last


@given(st.dates(dt.date(1990, 1, 1), dt.date(2100, 1, 1)), st.integers(1, 7))
def test_a_label_is_read_back(on: dt.date, week_start: int) -> None:
    week = week_of(on, week_start)
    assert period(week.label, TODAY, week_start) == week


def test_names() -> None:
    i18n.setup("en")
    assert name(period("2026-W07", TODAY, MONDAY)) == "Week 7, 2026"
    assert name(period("2026-10", TODAY, MONDAY)) == "October 2026"
