"""HabitBull, dijo and Beaver Habit Tracker."""

from __future__ import annotations

import json

import pytest

from pitrack.core.model import Schedule
from pitrack.exchange.beaver import read_beaver
from pitrack.exchange.dijo import read_dijo
from pitrack.exchange.found import Found, FoundHabit, Refused, Trouble
from pitrack.exchange.habitbull import read_habitbull
from tests.exchange.files import DATA, SETTING, d, days

HEADER = "HabitName,HabitDescription,HabitCategory,CalendarDate,Value,CommentText\n"


def habitbull(text: str) -> Found:
    return read_habitbull({"h.csv": text.encode()}, SETTING)


def test_habitbull() -> None:
    found = read_habitbull({"habitbull.csv": (DATA / "habitbull.csv").read_bytes()}, SETTING)
    assert found == Found(
        (
            FoundHabit(
                "Floss",
                ("Floss",),
                days("2015-01-25", (0, "yes"), (1, "no", "too tired")),
                note="Teeth, all of them",
                tags=("Health",),
            ),
            FoundHabit(
                "Pages",
                ("Pages",),
                days("2014-12-31", (0, d("12"), 'said "enough"'), (1, d("1")), (2, d("0"))),
                tags=("Reading",),
            ),
        )
    )


def test_habitbull_columns_are_found_by_name() -> None:
    found = habitbull("Value,CalendarDate,HabitName\n1,2015-01-25,A\n")
    assert found == Found((FoundHabit("A", ("A",), days("2015-01-25", (0, "yes"))),))


@pytest.mark.parametrize(
    ("row", "column", "value", "why"),
    [
        ("A,,,2015-01-25,x,", "Value", "x", "number"),
        ("A,,,2015-01-25,-1,", "Value", "-1", "negative"),
        ("A,,,13/13/2015,1,", "CalendarDate", "13/13/2015", "day"),
        ("A,,,1/1/1015,1,", "CalendarDate", "1/1/1015", "range"),
        (",,,2015-01-25,1,", "HabitName", "", "empty"),
        ("A,,,2015-01-25,1,x,y", "7", "y", "more-cells"),
    ],
)
def test_a_row_of_habitbull_that_cannot_be_read_is_told(row: str, column: str, value: str, why: str) -> None:
    assert habitbull(HEADER + row + "\n").troubles == (Trouble("h.csv", 2, column, value, why),)


def test_a_row_after_a_comment_of_two_lines_is_told_with_its_own_line() -> None:
    found = habitbull(HEADER + 'A,,,2015-01-25,1,"one\ntwo"\nA,,,2015-01-26,x,\n')
    assert found.troubles == (Trouble("h.csv", 4, "Value", "x", "number"),)
    assert found.habits[0].days == days("2015-01-25", (0, "yes", "one\ntwo"))


def test_dijo() -> None:
    found = read_dijo({"habit_record.json": (DATA / "dijo.json").read_bytes()}, SETTING)
    assert found == Found(
        (
            FoundHabit("lift", ("lift",), days("2021-03-01", (0, "yes"), (1, "no"))),
            FoundHabit(
                "water", ("water",), days("2021-03-01", (0, d("3")), (1, d("9"))), kind="at_least", target=d("8")
            ),
            FoundHabit("run", ("run",), days("2021-03-01", (0, d("5.2"))), kind="at_least", target=d("5")),
            FoundHabit("coffee", ("coffee",), days("2021-03-01", (0, d("2")))),
        )
    )


def dijo(**given: object) -> object:
    return {"type": "Count", "name": "a", "stats": {}, "goal": 1, "auto": False, **given}


@pytest.mark.parametrize(
    ("habit", "column", "value", "why"),
    [
        (7, "", "7", "object"),
        (dijo(name=5), "name", "5", "text"),
        (dijo(name=" "), "name", " ", "empty"),
        (dijo(type="Hex"), "type", "Hex", "kind"),
        (dijo(goal=-1), "goal", "-1", "negative"),
        (dijo(goal={"value": 1, "precision": 99}), "goal", "{'value': 1, 'precision': 99}", "number"),
        (dijo(stats=[]), "stats", "[]", "object"),
        (dijo(stats={"2021-03-01": -3}), "stats 2021-03-01", "-3", "negative"),
        (dijo(stats={"2021-03-01": True}), "stats 2021-03-01", "True", "number"),
        (dijo(stats={"soon": 1}), "stats soon", "1", "day"),
        (dijo(type="Bit", goal=True, stats={"2021-03-01": 1}), "stats 2021-03-01", "1", "answer"),
    ],
)
def test_a_habit_of_dijo_that_cannot_be_read_is_told(habit: object, column: str, value: str, why: str) -> None:
    found = read_dijo({"d.json": json.dumps([habit]).encode()}, SETTING)
    assert found.troubles == (Trouble("d.json", None, column, value, why, "[1]"),)


def test_beaver() -> None:
    found = read_beaver({"beaver.json": (DATA / "beaver.json").read_bytes()}, SETTING)
    assert found == Found(
        (
            FoundHabit(
                "Swim",
                ("a1", "Swim"),
                days("2021-01-03", (0, "yes")),
                schedule=Schedule("week", times=2),
                archived=True,
                tags=("sport",),
            ),
            FoundHabit("Stretch", ("b2", "Stretch"), days("2021-01-01", (0, "yes"), (1, "no", "sore"))),
            FoundHabit("Bills", ("c3", "Bills"), {}, schedule=Schedule("month", times=1)),
            FoundHabit("Plants", ("d4", "Plants"), {}, schedule=Schedule("window", times=1, within=3)),
            FoundHabit("Haircut", ("e5", "Haircut"), {}, schedule=Schedule("window", times=1, within=42)),
        ),
        left_out=(("deleted-there", "Thrown away"),),
    )


def beaver(**given: object) -> object:
    return {"name": "a", "records": [], **given}


@pytest.mark.parametrize(
    ("habit", "column", "value", "why", "place"),
    [
        (None, "", "None", "object", ""),
        (beaver(name=""), "name", "", "empty", ""),
        (beaver(period={"period_type": "Q"}), "period", "{'period_type': 'Q'}", "schedule", ""),
        (beaver(tags=[1]), "tags", "[1]", "text", ""),
        (beaver(records=None), "records", "None", "object", ""),
        (beaver(records=[1]), "", "1", "object", " records[1]"),
        (beaver(records=[{"day": "x"}]), "day", "x", "day", " records[1]"),
        (beaver(records=[{"day": "2021-01-01", "done": 1}]), "done", "1", "answer", " records[1]"),
        (beaver(records=[{"day": "2021-01-01", "text": 1}]), "text", "1", "text", " records[1]"),
    ],
)
def test_a_habit_of_beaver_that_cannot_be_read_is_told(
    habit: object, column: str, value: str, why: str, place: str
) -> None:
    found = read_beaver({"b.json": json.dumps({"habits": [habit]}).encode()}, SETTING)
    assert found.troubles == (Trouble("b.json", None, column, value, why, f"habits[1]{place}"),)


@pytest.mark.parametrize("read", [read_dijo, read_beaver])
@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"{", "json"),
        (b"", "json"),
        (b"[" * 100_000, "deep"),
        (b'[{"a":' * 100_000, "deep"),
        (b"[NaN]", "json"),
        (b"[" + b"9" * 10_000 + b"]", "json"),
        (b'"\xff"', "encoding"),
        (b"7", "not-"),
    ],
)
def test_json_that_is_none_of_theirs_is_refused(read: object, data: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        read({"x.json": data}, SETTING)  # type: ignore[operator]
    assert refused.value.code.startswith(code)
