import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pitrack.core.days import MONDAY, SUNDAY, Month, day_of, week_start_of

DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2090, 1, 1))


@pytest.mark.parametrize(
    ("wall", "day_start", "day"),
    [
        (dt.datetime(2026, 11, 22, 0, 0), 0, dt.date(2026, 11, 22)),
        (dt.datetime(2026, 11, 22, 3, 59), 4, dt.date(2026, 11, 21)),
        (dt.datetime(2026, 11, 22, 4, 0), 4, dt.date(2026, 11, 22)),
        (dt.datetime(2027, 1, 1, 2, 0), 4, dt.date(2026, 12, 31)),
        (dt.datetime(2028, 3, 1, 11, 59), 12, dt.date(2028, 2, 29)),
    ],
)
def test_the_day_begins_at_its_start(wall: dt.datetime, day_start: int, day: dt.date) -> None:
    assert day_of(wall, day_start) == day


@pytest.mark.parametrize(
    ("day", "week_start", "first"),
    [
        ("2026-11-22", MONDAY, "2026-11-16"),
        ("2026-11-22", SUNDAY, "2026-11-22"),
        ("2026-11-21", SUNDAY, "2026-11-15"),
        ("2026-01-01", MONDAY, "2025-12-29"),
    ],
)
def test_a_week_begins_on_the_chosen_day(day: str, week_start: int, first: str) -> None:
    assert week_start_of(dt.date.fromisoformat(day), week_start) == dt.date.fromisoformat(first)


@given(DAYS, st.integers(1, 7))
def test_a_week_holds_its_day(day: dt.date, week_start: int) -> None:
    first = week_start_of(day, week_start)
    assert first.isoweekday() == week_start
    assert 0 <= (day - first).days < 7


def test_months_shift_over_years() -> None:
    assert Month(2026, 11).shift(2) == Month(2027, 1)
    assert Month(2026, 1).shift(-1) == Month(2025, 12)
    assert Month(2028, 2).last == dt.date(2028, 2, 29)
    assert Month(2025, 11).until(Month(2026, 2)) == 3


@given(DAYS, st.integers(-100, 100))
def test_shifting_and_counting_months_agree(day: dt.date, months: int) -> None:
    month = Month.of(day)
    assert month.until(month.shift(months)) == months
    assert month.first <= day <= month.last


def test_months_are_read_and_written() -> None:
    assert str(Month.parse("2026-03")) == "2026-03"
    with pytest.raises(ValueError, match="month"):
        Month.parse("2026-13")
