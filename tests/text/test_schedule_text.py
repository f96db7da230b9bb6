"""Schedules as people type them, and as they are worded again."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pitrack.core.model import Schedule
from pitrack.text import i18n, words
from pitrack.text.parse import ParseError, schedule


def on(*days: int) -> Schedule:
    return Schedule("weekdays", days=frozenset(days))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("day", Schedule()),
        ("Daily", Schedule()),
        ("every day", Schedule()),
        ("毎日", Schedule()),
        ("mon,tue,wed,thu,fri,sat,sun", Schedule()),
        ("weekdays", on(1, 2, 3, 4, 5)),
        ("平日", on(1, 2, 3, 4, 5)),
        ("mon-fri", on(1, 2, 3, 4, 5)),
        ("月〜金", on(1, 2, 3, 4, 5)),
        ("fri-mon", on(5, 6, 7, 1)),
        ("weekend", on(6, 7)),
        ("土日", on(6, 7)),
        ("mon,wed,fri", on(1, 3, 5)),
        ("Monday & Friday", on(1, 5)),
        ("mon wed", on(1, 3)),
        ("月水金", on(1, 3, 5)),
        ("月・水・金", on(1, 3, 5)),
        ("月曜と金曜日", on(1, 5)),
        ("月", on(1)),
        ("3/week", Schedule("week", 3)),
        ("2x week", Schedule("week", 2)),
        ("3x a week", Schedule("week", 3)),
        ("3 times a week", Schedule("week", 3)),
        ("twice a month", Schedule("month", 2)),
        ("weekly", Schedule("week", 1)),
        ("週3", Schedule("week", 3)),
        ("週に３回", Schedule("week", 3)),
        ("1/month", Schedule("month", 1)),
        ("月2回", Schedule("month", 2)),
        ("毎月", Schedule("month", 1)),
        ("3/7", Schedule("window", 3, within=7)),
        ("3/14 days", Schedule("window", 3, within=14)),
        ("3 in 14 days", Schedule("window", 3, within=14)),
        ("3x in 14d", Schedule("window", 3, within=14)),
        ("3 times in any 14 days", Schedule("window", 3, within=14)),
        ("once in any 10 days", Schedule("window", 1, within=10)),
        ("１４日に３回", Schedule("window", 3, within=14)),
        ("every 3 days", Schedule("interval", within=3)),
        ("3 days", Schedule("interval", within=3)),
        ("every other day", Schedule("interval", within=2)),
        ("隔日", Schedule("interval", within=2)),
        ("3日ごと", Schedule("interval", within=3)),
        ("every 3 days from 2026-11-22", Schedule("interval", within=3, anchor=dt.date(2026, 11, 22))),
        ("2026-11-22から3日ごと", Schedule("interval", within=3, anchor=dt.date(2026, 11, 22))),
        ("3 days after", Schedule("after", within=3)),
        ("every 10 days since last done", Schedule("after", within=10)),
        ("3 days after the last time", Schedule("after", within=3)),
        ("前回から10日後", Schedule("after", within=10)),
    ],
)
def test_schedules(text: str, expected: Schedule) -> None:
    assert schedule(text) == expected


@pytest.mark.parametrize(
    "text", ["", "sometimes", "mon,foo", "2/day", "3/year", "mon-", "0x1/week", "3", "3 7", "every 3"]
)
def test_refused_schedules(text: str) -> None:
    with pytest.raises(ParseError) as caught:
        schedule(text)
    assert caught.value.code == "schedule"


@pytest.mark.parametrize(
    ("text", "most"),
    [
        ("8/week", 7),
        ("0/week", 7),
        ("32/month", 31),
        ("週9回", 7),
        ("15/14", 14),
        ("0 in 7 days", 7),
    ],
)
def test_times_are_bounded(text: str, most: int) -> None:
    with pytest.raises(ParseError) as caught:
        schedule(text)
    assert caught.value.code == "times"
    assert caught.value.details["most"] == most


@pytest.mark.parametrize("text", ["every 400 days", "0日ごと", "3 in 400 days", "0 days after"])
def test_days_are_bounded(text: str) -> None:
    with pytest.raises(ParseError) as caught:
        schedule(text)
    assert (caught.value.code, caught.value.details["most"]) == ("span", 366)


@given(
    st.one_of(
        st.just(Schedule()),
        st.builds(on, st.integers(1, 7), st.integers(1, 7), st.integers(1, 7)),
        st.integers(1, 7).map(lambda times: Schedule("week", times)),
        st.integers(1, 31).map(lambda times: Schedule("month", times)),
        st.tuples(st.integers(1, 99), st.integers(99, 366)).map(
            lambda pair: Schedule("window", pair[0], within=pair[1])
        ),
        st.integers(2, 366).map(lambda days: Schedule("interval", within=days)),
        st.integers(1, 366).map(lambda days: Schedule("after", within=days)),
    ),
    st.integers(1, 7),
    st.sampled_from(["en", "ja"]),
)
def test_the_wording_reads_back(value: Schedule, week_start: int, language: str) -> None:
    """The form of an action holds the schedule in words, and reads them again."""
    i18n.setup(language)
    assert schedule(words.schedule(value, week_start)) == value


@given(st.one_of(st.text(), st.text("0123456789/週月火回montuewd, -", max_size=12)))
def test_any_text_is_a_schedule_or_refused(text: str) -> None:
    with suppress(ParseError):
        found = schedule(text)
        assert found.times >= 1
        assert all(1 <= number <= 7 for number in found.days)
