"""The minutes of a stretch of work, by day: true minutes, whatever the clocks on the wall do meanwhile."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pitrack.core.timers import Part, rounded_minutes, split
from tests.core.habits import d

TOKYO = ZoneInfo("Asia/Tokyo")
NEW_YORK = ZoneInfo("America/New_York")


def utc(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


def parts(start: str, end: str, zone: str = "UTC", day_start: int = 0) -> list[tuple[str, int]]:
    return [(str(part.day), part.minutes) for part in split(utc(start), utc(end), ZoneInfo(zone), day_start)]


def test_one_day_and_the_night_between_two() -> None:
    assert parts("2026-11-22T10:00:00", "2026-11-22T10:25:00") == [("2026-11-22", 25)]
    assert parts("2026-11-22T14:30:00", "2026-11-22T15:40:00", "Asia/Tokyo") == [("2026-11-22", 30), ("2026-11-23", 40)]


def test_days_that_begin_at_three() -> None:
    assert parts("2026-11-22T23:30:00", "2026-11-23T02:59:00", day_start=3) == [("2026-11-22", 209)]
    assert parts("2026-11-23T02:30:00", "2026-11-23T03:10:00", day_start=3) == [("2026-11-22", 30), ("2026-11-23", 10)]


def test_rounded_parts_add_up_to_the_rounded_whole() -> None:
    # 29.4 minutes before midnight and 30.4 after it are 59.8: 60, not 29 + 30
    assert parts("2026-11-22T23:30:36", "2026-11-23T00:30:24") == [("2026-11-22", 29), ("2026-11-23", 31)]
    assert parts("2026-11-22T23:59:50", "2026-11-23T00:00:25") == [("2026-11-23", 1)]


@pytest.mark.parametrize(
    ("end", "minutes"), [("10:00:29", []), ("10:00:30", [("2026-11-22", 1)]), ("10:01:29", [("2026-11-22", 1)])]
)
def test_half_a_minute_counts(end: str, minutes: list[tuple[str, int]]) -> None:
    assert parts("2026-11-22T10:00:00", f"2026-11-22T{end}") == minutes


def test_nothing_from_a_start_that_lies_ahead() -> None:
    assert parts("2026-11-22T10:00:00", "2026-11-22T09:00:00") == []
    assert rounded_minutes(utc("2026-11-22T10:00:00"), utc("2026-11-22T09:00:00")) == -60


def test_a_clock_set_forward_takes_no_minutes_and_one_set_back_gives_none() -> None:
    # New York, 8 March 2026: 1:59 EST is followed by 3:00 EDT; 1:30 to 3:30 on the wall are 60 minutes
    assert parts("2026-03-08T06:30:00", "2026-03-08T07:30:00", "America/New_York") == [("2026-03-08", 60)]
    # 1 November 2026: 1:59 EDT is followed by 1:00 EST; 1:30 EDT to 1:30 EST are 60 minutes
    assert parts("2026-11-01T05:30:00", "2026-11-01T06:30:00", "America/New_York") == [("2026-11-01", 60)]


def test_the_shortest_and_the_longest_day() -> None:
    assert parts("2026-03-08T04:00:00", "2026-03-09T05:00:00", "America/New_York") == [
        ("2026-03-07", 60),
        ("2026-03-08", 23 * 60),
        ("2026-03-09", 60),
    ]
    assert parts("2026-11-01T03:00:00", "2026-11-02T06:00:00", "America/New_York") == [
        ("2026-10-31", 60),
        ("2026-11-01", 25 * 60),
        ("2026-11-02", 60),
    ]


def test_a_day_that_begins_in_the_hour_jumped_over_begins_with_the_jump() -> None:
    assert parts("2026-03-08T06:50:00", "2026-03-08T07:20:00", "America/New_York", 2) == [
        ("2026-03-07", 10),
        ("2026-03-08", 20),
    ]


def test_a_day_that_begins_in_the_hour_shown_twice_begins_the_first_time() -> None:
    assert parts("2026-11-01T04:50:00", "2026-11-01T06:20:00", "America/New_York", 1) == [
        ("2026-10-31", 10),
        ("2026-11-01", 80),
    ]


def test_an_island_that_left_out_a_day() -> None:
    # Samoa went from Thursday 29 to Saturday 31 December 2011
    assert parts("2011-12-30T09:30:00", "2011-12-30T10:45:00", "Pacific/Apia") == [
        ("2011-12-29", 30),
        ("2011-12-31", 45),
    ]


@pytest.mark.parametrize(
    ("zone", "day"), [("Pacific/Kiritimati", "2026-11-23"), ("Pacific/Pago_Pago", "2026-11-21"), ("UTC", "2026-11-22")]
)
def test_the_same_minutes_on_either_side_of_the_date_line(zone: str, day: str) -> None:
    assert parts("2026-11-22T10:05:00", "2026-11-22T10:45:00", zone) == [(day, 40)]


moments = st.datetimes(dt.datetime(2025, 1, 1), dt.datetime(2027, 1, 1)).map(lambda wall: wall.replace(tzinfo=dt.UTC))
zones = st.sampled_from(
    ["UTC", "Asia/Tokyo", "America/New_York", "Australia/Lord_Howe", "Antarctica/Troll", "America/Havana"]
).map(ZoneInfo)


@given(moments, st.integers(-100, 8 * 86_400), zones, st.integers(0, 12))
def test_the_parts_are_days_in_order_and_the_whole(start: dt.datetime, seconds: int, zone: ZoneInfo, at: int) -> None:
    end = start + dt.timedelta(seconds=seconds)
    found = split(start, end, zone, at)
    assert sum(part.minutes for part in found) == max(0, rounded_minutes(start, end))
    assert all(0 < part.minutes <= 26 * 60 for part in found)
    days = [part.day for part in found]
    assert days == sorted(set(days))


def test_a_part_is_a_day_and_minutes() -> None:
    assert split(utc("2026-11-22T00:00:00"), utc("2026-11-22T00:01:00"), TOKYO, 0) == (Part(d("2026-11-22"), 1),)
