"""Days and months as people type them, seen from Sunday 22 November 2026."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pitrack.core.days import Month
from pitrack.text.parse import ParseError, day, month
from pitrack.text.when import until

TODAY = dt.date(2026, 11, 22)
TYPED = st.one_of(st.text(), st.text("0123456789-/.+年月日曜金fri今昨先週の last", max_size=12))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-20", "2026-11-20"),
        ("2026/11/20", "2026-11-20"),
        ("2026.1.2", "2026-01-02"),
        ("２０２６－１１－２０", "2026-11-20"),
        ("2026年1月2日", "2026-01-02"),
        ("11-20", "2026-11-20"),
        ("11/22", "2026-11-22"),
        ("11-23", "2025-11-23"),
        ("11月20日", "2026-11-20"),
        ("02-29", "2024-02-29"),
        ("today", "2026-11-22"),
        ("TODAY", "2026-11-22"),
        ("今日", "2026-11-22"),
        ("yesterday", "2026-11-21"),
        ("昨日", "2026-11-21"),
        ("きのう", "2026-11-21"),
        ("一昨日", "2026-11-20"),
        ("おととい", "2026-11-20"),
        ("明日", "2026-11-23"),
        ("-2", "2026-11-20"),
        ("−2", "2026-11-20"),
        ("+1", "2026-11-23"),
        ("fri", "2026-11-20"),
        ("Friday", "2026-11-20"),
        ("sun", "2026-11-22"),
        ("mo", "2026-11-16"),
        ("金", "2026-11-20"),
        ("金曜", "2026-11-20"),
        ("金曜日", "2026-11-20"),
        ("日", "2026-11-22"),
        ("月", "2026-11-16"),
        ("20日", "2026-11-20"),
        ("２２日", "2026-11-22"),
        ("23日", "2026-10-23"),
        ("31日", "2026-10-31"),
        ("先週金曜", "2026-11-13"),
        ("先週の金曜日", "2026-11-13"),
        ("先週の日曜", "2026-11-15"),
        ("last friday", "2026-11-13"),
        ("last mon", "2026-11-09"),
    ],
)
def test_days(text: str, expected: str) -> None:
    assert day(text, TODAY).isoformat() == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("fri", "2026-11-27"),
        ("sun", "2026-11-22"),
        ("11-20", "2027-11-20"),
        ("11-22", "2026-11-22"),
        ("12-31", "2026-12-31"),
        ("20日", "2026-12-20"),
        ("31日", "2026-12-31"),
        ("先週の金曜", "2026-11-13"),
        ("02-29", "2028-02-29"),
        ("2026-11-20", "2026-11-20"),
    ],
)
def test_days_ahead(text: str, expected: str) -> None:
    assert day(text, TODAY, ahead=True).isoformat() == expected


@pytest.mark.parametrize(
    ("text", "first", "expected"),
    [
        ("11-21", "2026-11-22", "2026-11-21"),
        ("11月22日", "2026-11-22", "2026-11-22"),
        ("09-30", "2026-11-22", "2026-09-30"),
        ("06-30", "2026-11-22", "2027-06-30"),
        ("01-03", "2026-12-20", "2027-01-03"),
        ("12-20", "2026-01-05", "2026-12-20"),
        ("2027-11-21", "2026-11-22", "2027-11-21"),
        ("3日", "2026-12-20", "2027-01-03"),
        ("fri", "2026-11-10", "2026-11-13"),
        ("昨日", "2026-11-10", "2026-11-21"),
        ("先週の金曜", "2026-11-01", "2026-11-13"),
    ],
)
def test_the_end_of_a_span(text: str, first: str, expected: str) -> None:
    assert until(text, dt.date.fromisoformat(first), TODAY).isoformat() == expected


def test_a_leap_day_is_found_across_a_century() -> None:
    assert day("2-29", dt.date(2103, 5, 1)) == dt.date(2096, 2, 29)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "day"),
        ("t", "day"),
        ("soon", "day"),
        ("fridays", "day"),
        ("20", "day"),
        ("先週", "day"),
        ("last", "day"),
        ("last week", "day"),
        ("0日", "no-such-day"),
        ("32日", "no-such-day"),
        ("2026-02-30", "no-such-day"),
        ("2-30", "no-such-day"),
        ("13-01", "no-such-day"),
        ("0000-01-01", "no-such-day"),
    ],
)
def test_refused_days(text: str, code: str) -> None:
    with pytest.raises(ParseError) as caught:
        day(text, TODAY)
    assert caught.value.code == code


def test_the_calendar_ends() -> None:
    for text, edge in (("-1", dt.date.min), ("+1", dt.date.max)):
        with pytest.raises(ParseError, match="no-such-day"):
            day(text, edge)


@given(st.dates(), st.dates())
def test_iso_days_round_trip(typed: dt.date, today: dt.date) -> None:
    assert day(typed.isoformat(), today) == typed
    assert day(f"{typed.year:04}年{typed.month}月{typed.day}日", today) == typed


@given(TYPED, st.dates(), st.booleans())
def test_any_text_is_a_day_or_refused(text: str, today: dt.date, ahead: bool) -> None:
    with suppress(ParseError):
        assert isinstance(day(text, today, ahead=ahead), dt.date)


@given(st.sampled_from("月火水木金土日"), st.dates(dt.date(1900, 1, 1), dt.date(2200, 1, 1)))
def test_a_weekday_is_within_the_last_seven_days(text: str, today: dt.date) -> None:
    found = day(text, today)
    assert 0 <= (today - found).days < 7
    assert "月火水木金土日"[found.weekday()] == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-10", "2026-10"),
        ("2026/9", "2026-09"),
        ("2026年9月", "2026-09"),
        ("10", "2026-10"),
        ("10月", "2026-10"),
        ("11", "2026-11"),
        ("12", "2025-12"),
        ("oct", "2026-10"),
        ("December", "2025-12"),
        ("last", "2026-10"),
        ("this month", "2026-11"),
        ("先月", "2026-10"),
        ("先々月", "2026-09"),
        ("今月", "2026-11"),
    ],
)
def test_months(text: str, expected: str) -> None:
    assert str(month(text, TODAY)) == expected


@pytest.mark.parametrize("text", ["", "0", "13", "2026-13", "0000-01", "ju", "octet", "someday"])
def test_refused_months(text: str) -> None:
    with pytest.raises(ParseError) as caught:
        month(text, TODAY)
    assert caught.value.code == "month"


@given(st.integers(1, 9999), st.integers(1, 12))
def test_months_round_trip(year: int, number: int) -> None:
    assert month(str(Month(year, number)), TODAY) == Month(year, number)


@given(TYPED)
def test_any_text_is_a_month_or_refused(text: str) -> None:
    with suppress(ParseError):
        assert 1 <= month(text, TODAY).month <= 12
