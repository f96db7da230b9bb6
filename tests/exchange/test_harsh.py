"""harsh: the files ``habits`` and ``log``, alone and together."""

from __future__ import annotations

import pytest

from pitrack.core.model import Schedule
from pitrack.exchange.found import TRACKED, FoundHabit, Refused, Trouble
from pitrack.exchange.harsh import read_harsh
from tests.exchange.files import DATA, SETTING, by_name, d, days

HABITS = (DATA / "harsh" / "habits").read_bytes()
LOG = (DATA / "harsh" / "log").read_bytes()


def test_both_files() -> None:
    found = read_harsh({"habits": HABITS, "log": LOG}, SETTING)
    assert found.troubles == ()
    health, tracking = ("Health",), ("Tracking",)
    assert found.habits == (
        FoundHabit(
            "Gym",
            ("Gym",),
            days(
                "2025-01-15", (0, d("25"), "New record"), (1, "yes"), (2, "skip", "ill"), (3, "yes", "changed my mind")
            ),
            schedule=Schedule("window", times=3, within=7),
            tags=health,
        ),
        FoundHabit(
            "Call Mom",
            ("Call Mom",),
            days("2025-01-15", (0, "no")),
            schedule=Schedule("window", times=1, within=7),
            tags=health,
        ),
        FoundHabit("Walk", ("Walk",), {}, tags=health),
        FoundHabit("Coffee", ("Coffee",), {}, schedule=TRACKED, tags=tracking),
        FoundHabit("Old", ("Old",), days("2024-06-01", (0, "yes")), archived=True, tags=tracking),
        FoundHabit("Still", ("Still",), {}, schedule=Schedule("window", times=1, within=2), tags=tracking),
        FoundHabit(
            "Dropped",
            ("Dropped",),
            days("2025-01-19", (0, d("2.5"), "電話")),
            schedule=TRACKED,
            archived=True,
        ),
    )


@pytest.mark.parametrize("name", ["log", "my harsh log.txt"])
def test_the_log_alone_makes_daily_habits(name: str) -> None:
    habits = by_name(read_harsh({name: LOG}, SETTING))
    assert list(habits) == ["Gym", "Call Mom", "Old", "Dropped"]
    assert {(habit.schedule, habit.archived) for habit in habits.values()} == {(Schedule(), False)}


@pytest.mark.parametrize("name", ["habits", "habits.bak"])
def test_the_habits_alone_have_no_answers(name: str) -> None:
    habits = by_name(read_harsh({name: HABITS}, SETTING))
    assert list(habits) == ["Gym", "Call Mom", "Walk", "Coffee", "Old", "Still"]
    assert not any(habit.days for habit in habits.values())


def test_a_byte_order_mark_and_windows_line_ends_change_nothing() -> None:
    windows = {
        name: b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n") for name, data in (("habits", HABITS), ("log", LOG))
    }
    assert read_harsh(windows, SETTING) == read_harsh({"habits": HABITS, "log": LOG}, SETTING)


@pytest.mark.parametrize(
    ("text", "schedule"),
    [
        ("1", Schedule()),
        ("7/7", Schedule()),
        ("7", Schedule("window", times=1, within=7)),
        ("2w", Schedule("window", times=1, within=14)),
        ("3/1w", Schedule("window", times=3, within=7)),
        ("1m", Schedule("window", times=1, within=30)),
        ("1y", Schedule("window", times=1, within=365)),
        ("0/7", TRACKED),
    ],
)
def test_frequencies(text: str, schedule: Schedule) -> None:
    assert read_harsh({"habits": f"A: {text}\n".encode()}, SETTING).habits[0].schedule == schedule


@pytest.mark.parametrize(
    ("line", "column", "value", "why"),
    [
        ("Gym", "frequency", "", "frequency"),
        ("Gym: often", "frequency", "often", "frequency"),
        ("Gym: 8/7", "frequency", "8/7", "frequency"),
        ("Gym: 500", "frequency", "500", "schedule"),
        ("Gym: 3/0", "frequency", "3/0", "frequency"),
        ("Gym: 1: someday", "end", "someday", "day"),
        (": 1", "name", "", "empty"),
        ("Gym: 1: 2024-06-15: x", "", "Gym: 1: 2024-06-15: x", "fields"),
    ],
)
def test_a_habit_that_cannot_be_read_is_told(line: str, column: str, value: str, why: str) -> None:
    found = read_harsh({"habits": f"! A\n{line}\nWalk: 1\n".encode()}, SETTING)
    assert found.troubles == (Trouble("habits", 2, column, value, why),)
    assert [habit.name for habit in found.habits] == ["Walk"]


@pytest.mark.parametrize(
    ("line", "column", "value", "why"),
    [
        ("2025-01-15 : Gym", "", "2025-01-15 : Gym", "fields"),
        ("2025-01-15 : Gym : y : a : 1 : b", "", "2025-01-15 : Gym : y : a : 1 : b", "fields"),
        ("2025-13-15 : Gym : y", "day", "2025-13-15", "day"),
        ("1825-01-15 : Gym : y", "day", "1825-01-15", "range"),
        ("2025-01-15 :  : y", "name", "", "empty"),
        ("2025-01-15 : Gym : maybe", "answer", "maybe", "answer"),
        ("2025-01-15 : Gym : y :  : -3", "amount", "-3", "negative"),
        ("2025-01-15 : Gym : y :  : lots", "amount", "lots", "number"),
        ("2025-01-15 : Gym : y :  : 1e400", "amount", "1e400", "too-long"),
    ],
)
def test_an_answer_that_cannot_be_read_is_told(line: str, column: str, value: str, why: str) -> None:
    found = read_harsh({"log": f"2025-01-14 : Walk : y\n{line}\n".encode()}, SETTING)
    assert found.troubles == (Trouble("log", 2, column, value, why),)
    assert [habit.name for habit in found.habits] == ["Walk"]


@pytest.mark.parametrize(("data", "code"), [(b"", "not-harsh"), (b"\xff\xfe\x00", "encoding"), (b"a\0b", "binary")])
def test_what_is_no_file_of_harsh_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        read_harsh({"log": data}, SETTING)
    assert refused.value.code == code
