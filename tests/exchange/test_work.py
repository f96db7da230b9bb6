"""Timewarrior and Watson, and their intervals as minutes of days."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pitrack.core.days import day_of
from pitrack.core.model import Settings
from pitrack.exchange.found import Refused, Trouble
from pitrack.exchange.work import read_timewarrior, read_watson
from pitrack.exchange.working import pieces
from pitrack.store.clock import zone_of
from tests.exchange.files import DATA, SETTING


def utc(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


def split(start: str, stop: str, zone: str = "UTC", day_start: int = 0) -> list[tuple[str, int]]:
    settings = Settings("s", zone=zone, day_start=day_start)
    return [(day.isoformat(), minutes) for day, minutes in pieces(utc(start), utc(stop), settings)]


def test_timewarrior() -> None:
    found = read_timewarrior({"2016-01.data": (DATA / "timewarrior" / "2016-01.data").read_bytes()}, SETTING)
    assert found.troubles == ()
    assert [(work.key, work.start, work.stop, work.names, work.note) for work in found.works] == [
        (
            "20160101T000000Z-20160101T010000Z",
            utc("2016-01-01T00:00:00"),
            utc("2016-01-01T01:00:00"),
            ("newsletter", "two words"),
            'a "good" note',
        ),
        (
            "20160131T143000Z-20160131T160030Z",
            utc("2016-01-31T14:30:00"),
            utc("2016-01-31T16:00:30"),
            ("newsletter",),
            "",
        ),
        (
            "20160102T000000Z-20160102T000010Z",
            utc("2016-01-02T00:00:00"),
            utc("2016-01-02T00:00:10"),
            ("newsletter",),
            "",
        ),
    ]
    assert found.left_out == (("running", "20160103T090000Z"),)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("hello", "interval"),
        ("inc 2016-01-01 - 2016-01-02", "interval"),
        ("inc 20161301T000000Z - 20161301T010000Z", "moment"),
        ("inc 20160101T010000Z - 20160101T000000Z", "backwards"),
        ("inc 20160101T000000Z - 20160301T000000Z", "too-long-interval"),
        ("inc 00010101T000000Z - 00010101T010000Z", "range"),
        ("inc 99991231T000000Z - 99991231T010000Z", "range"),
    ],
)
def test_an_interval_of_timewarrior_that_cannot_be_read_is_told(line: str, why: str) -> None:
    found = read_timewarrior({"t.data": f"\n{line}\n".encode()}, SETTING)
    assert found == ((), (), (Trouble("t.data", 2, "", line, why),), ())


def test_watson() -> None:
    found = read_watson({"frames": (DATA / "watson-frames.json").read_bytes()}, SETTING)
    assert found.troubles == ()
    assert [(work.key, work.start, work.stop, work.names) for work in found.works] == [
        ("0a1b", utc("2016-01-01T00:00:00"), utc("2016-01-01T01:00:00"), ("newsletter", "draft", "letters")),
        ("0a1c", utc("2016-01-01T02:00:00"), utc("2016-01-01T02:30:00"), ("photos",)),
    ]


@pytest.mark.parametrize(
    ("frame", "why"),
    [
        (5, "frame"),
        ([1, 2, "p"], "frame"),
        ([1, 2, "p", 3], "frame"),
        ([1451606400, 1451606500, "p", "i", "tag"], "frame"),
        (["x", 2, "p", "i"], "moment"),
        ([10**30, 10**30, "p", "i"], "moment"),
        ([-5, 5, "p", "i"], "moment"),
        ([1451606500, 1451606400, "p", "i"], "backwards"),
    ],
)
def test_a_frame_of_watson_that_cannot_be_read_is_told(frame: object, why: str) -> None:
    found = read_watson({"frames": json.dumps([frame]).encode()}, SETTING)
    assert [(trouble.place, trouble.why) for trouble in found.troubles] == [("[1]", why)]


def test_frames_that_are_none_are_refused() -> None:
    with pytest.raises(Refused, match="not-watson"):
        read_watson({"frames": b"{}"}, SETTING)


def test_an_interval_is_split_where_the_users_day_begins() -> None:
    assert split("2016-01-31T14:30:00", "2016-01-31T16:00:30", "Asia/Tokyo") == [("2016-01-31", 30), ("2016-02-01", 61)]
    assert split("2016-01-31T14:30:00", "2016-01-31T16:00:30", "Asia/Tokyo", 2) == [("2016-01-31", 91)]
    assert split("2016-01-31T23:00:00", "2016-02-02T01:00:00") == [
        ("2016-01-31", 60),
        ("2016-02-01", 1440),
        ("2016-02-02", 60),
    ]


def test_the_day_on_which_the_clocks_go_back_has_an_hour_more() -> None:
    assert split("2016-10-29T22:00:00", "2016-10-30T23:00:00", "Europe/Paris") == [
        ("2016-10-30", 1440),
        ("2016-10-30", 60),
    ]
    assert split("2016-03-26T23:00:00", "2016-03-27T22:00:00", "Europe/Paris") == [("2016-03-27", 1380)]


def test_less_than_half_a_minute_is_none() -> None:
    assert split("2016-01-01T00:00:00", "2016-01-01T00:00:29") == []
    assert split("2016-01-01T00:00:00", "2016-01-01T00:00:30") == [("2016-01-01", 1)]


@given(
    st.datetimes(dt.datetime(1990, 1, 1), dt.datetime(2030, 1, 1)),
    st.integers(0, 31 * 86_400),
    st.sampled_from(["UTC", "Asia/Tokyo", "Europe/Paris", "America/St_Johns", "Australia/Lord_Howe"]),
    st.integers(0, 12),
)  # fmt: skip
def test_pieces_add_up_and_each_lies_on_its_day(start: dt.datetime, seconds: int, zone: str, day_start: int) -> None:
    begin = start.replace(microsecond=0, tzinfo=dt.UTC)
    stop = begin + dt.timedelta(seconds=seconds)
    found = list(pieces(begin, stop, Settings("s", zone=zone, day_start=day_start)))
    assert sum(minutes for _, minutes in found) == (seconds + 30) // 60
    assert all(0 < minutes <= 1440 for _, minutes in found)
    days = [day for day, _ in found]
    assert days == sorted(days)
    ends = [day_of(end.astimezone(zone_of(zone)).replace(tzinfo=None), day_start) for end in (begin, stop)]
    assert all(ends[0] <= day <= ends[1] for day in days)
