"""Loop Habit Tracker: both kinds of its files, old and new, with their traps."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

import pytest

from pitrack.core.model import Habit, History, Rule, Schedule
from pitrack.core.strength import strength
from pitrack.exchange.found import Found, FoundHabit, Refused, Trouble
from pitrack.exchange.loop import asked, read_loop
from tests.exchange.files import SETTING, by_name, d, database, days, loop_backup, loop_zip, zipped

HEADER = (
    "Position,Name,Type,Question,Description,FrequencyNumerator,FrequencyDenominator,Color,Unit,Target Type,"
    "Target Value,Archived?\n"
)


def read(data: bytes) -> Found:
    return read_loop({"Loop.file": data}, SETTING)


def export(checkmarks: str, kind: str = "YES_NO", habits: str = "") -> bytes:
    row = habits or f"001,A,{kind},,,1,1,#0,,AT_LEAST,5,false\n"
    return zipped({"Habits.csv": HEADER + row, "001 A/Checkmarks.csv": "Date,Value,Notes\n" + checkmarks})


def test_a_csv_export() -> None:
    found = read(loop_zip())
    assert (found.troubles, found.works, found.left_out) == ((), (), ())
    habits = by_name(found)
    assert list(habits) == ["Meditate", "Run", "電話"]
    assert habits["Meditate"] == FoundHabit(
        "Meditate",
        ("Meditate",),
        days(
            "2015-01-20",
            (0, None, "was away"),
            (1, "skip"),
            (2, "no"),
            (4, None, "rained"),
            (5, "yes", 'calm, "finally"'),
        ),
        schedule=Schedule("window", times=3, within=7),
        note="Did you meditate this morning?\nSit still, breathe",
    )
    assert habits["Run"] == FoundHabit(
        "Run",
        ("Run",),
        days(
            "2015-01-19",
            (0, d("0.003")),
            (2, d("0.001")),
            (3, d("0.002")),
            (4, "skip"),
            (5, d("0"), "nothing at all"),
            (6, d("12.5")),
        ),
        kind="at_least",
        schedule=Schedule("window", times=1, within=7),
        target=d("20"),
        unit="km",
        note="How many km?",
    )
    assert habits["電話"] == FoundHabit(
        "電話",
        ("電話",),
        days("2015-01-25", (0, d("30"))),
        kind="at_most",
        target=d("30"),
        unit="min",
        archived=True,
        absent_is_success=True,
    )


def test_a_csv_export_up_to_version_2_3_0() -> None:
    found = read(loop_zip("loop-csv-old"))
    assert found.troubles == ()
    assert found.habits == (
        FoundHabit(
            "Meditate",
            ("Meditate",),
            days("2015-01-22", (0, "skip"), (2, "no"), (3, "yes")),
            note="Did you meditate?",
        ),
        FoundHabit(
            "Floss",
            ("Floss",),
            days("2015-01-25", (0, "yes")),
            schedule=Schedule("window", times=2, within=7),
            note="Teeth",
        ),
    )


def test_an_export_that_was_packed_again_in_a_folder() -> None:
    members = {"Loop 2015/Habits.csv": HEADER + "001,A,YES_NO,,,1,1,#0,,,,false\n"}
    members["Loop 2015/001 A/Checkmarks.csv"] = "Date,Value,Notes\n2015-01-25,YES_MANUAL,\n"
    assert read(zipped(members)).habits[0].days == days("2015-01-25", (0, "yes"))


@pytest.mark.parametrize("text", ["\ufeff{}", "{}\r\n"])
def test_a_byte_order_mark_and_windows_line_ends_change_nothing(text: str) -> None:
    rows = text.format(HEADER + "001,A,YES_NO,,,1,1,#0,,,,false\n").replace("\n", "\r\n")
    marks = text.format("Date,Value,Notes\n2015-01-25,YES_MANUAL,x\n").replace("\n", "\r\n")
    found = read(zipped({"Habits.csv": rows, "001/Checkmarks.csv": marks}))
    assert found == Found((FoundHabit("A", ("A",), days("2015-01-25", (0, "yes", "x"))),))


def test_a_backup() -> None:
    found = read(loop_backup())
    assert found.troubles == ()
    assert found.habits == (
        FoundHabit(
            "Run",
            ("bbbb0000bbbb0000bbbb0000bbbb0000", "Run"),
            days("2015-01-22", (0, d("0.002")), (1, "skip"), (2, d("0")), (3, d("12.5"))),
            kind="at_least",
            schedule=Schedule("window", times=1, within=7),
            target=d("20.5"),
            unit="km",
            archived=True,
        ),
        FoundHabit(
            "Meditate",
            ("aaaa0000aaaa0000aaaa0000aaaa0000", "Meditate"),
            days("2015-01-22", (0, None, "away"), (1, "skip"), (2, "no"), (3, "yes", "calm")),
            schedule=Schedule("window", times=3, within=7),
            note="Did you?\nSit still",
        ),
        FoundHabit(
            "Phone",
            ("cccc0000cccc0000cccc0000cccc0000", "Phone"),
            days("2015-01-25", (0, d("45"))),
            kind="at_most",
            target=d("30"),
            unit="min",
            absent_is_success=True,
        ),
    )


def test_a_backup_of_a_version_without_values_notes_and_ids() -> None:
    found = read(loop_backup("loop-old.sql"))
    assert found == Found(
        (FoundHabit("Meditate", ("Meditate",), days("2015-01-24", (0, "yes"), (1, "yes")), note="Did you?"),)
    )


def test_a_backup_taken_while_its_log_was_open() -> None:
    data = loop_backup()
    assert read(data[:18] + b"\2\2" + data[20:]) == read(data)


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        (
            "UPDATE Repetitions SET value = 7 WHERE id = 1",
            ("value", "7", "answer", "Repetitions 1"),
        ),
        ("UPDATE Repetitions SET value = 'x' WHERE id = 1", ("value", "x", "count", "Repetitions 1")),
        ("UPDATE Repetitions SET value = -500 WHERE id = 6", ("value", "-500", "negative", "Repetitions 6")),
        ("UPDATE Repetitions SET habit = 9 WHERE id = 1", ("habit", "9", "no-habit", "Repetitions 1")),
        (
            "UPDATE Repetitions SET timestamp = 99000000000000000 WHERE id = 1",
            ("timestamp", "99000000000000000", "range", "Repetitions 1"),
        ),
        ("UPDATE Repetitions SET timestamp = -1 WHERE id = 1", ("timestamp", "-1", "range", "Repetitions 1")),
        ("UPDATE Repetitions SET notes = x'00ff' WHERE id = 1", ("notes", "b'\\x00\\xff'", "text", "Repetitions 1")),
        ("UPDATE Habits SET name = ' ' WHERE id = 1", ("name", " ", "empty", "Habits 1")),
        ("UPDATE Habits SET freq_den = 0 WHERE id = 1", ("freq_den", "0", "schedule", "Habits 1")),
        ("UPDATE Habits SET freq_den = 400 WHERE id = 1", ("freq_den", "400", "schedule", "Habits 1")),
        ("UPDATE Habits SET target_value = -2 WHERE id = 2", ("target_value", "-2.0", "negative", "Habits 2")),
        ("UPDATE Habits SET target_value = 1e300 WHERE id = 2", ("target_value", "1e+300", "too-long", "Habits 2")),
    ],
)
def test_what_a_backup_holds_and_cannot_be_is_told(sql: str, expected: tuple[str, str, str, str]) -> None:
    column, value, why, place = expected
    assert read(loop_backup(more=sql)).troubles == (Trouble("Loop.file", None, column, value, why, place),)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not-loop"),
        (b"hello", "not-loop"),
        (b"SQLite format 3\0", "damaged-db"),
        (b"SQLite format 3\0" + b"\1" * 5000, "damaged-db"),
        (loop_backup()[:5000], "damaged-db"),
        (database("CREATE TABLE x (y)"), "not-loop"),
        (database("CREATE TABLE Habits (id, name); CREATE VIEW Repetitions AS SELECT 1 AS id"), "not-loop"),
        (b"PK\x03\x04 and no more", "damaged-zip"),
        (zipped({"Something.csv": "a,b\n"}), "not-loop"),
        (zipped({"Habits.csv": "Name,Kind\nA,B\n"}), "columns"),
        (zipped({"Habits.csv": b"Position,Name\n001,\xff\n"}), "encoding"),
        (zipped({"Habits.csv": b"Position,Name\n001,a\0b\n"}), "binary"),
        (zipped({"Habits.csv": 'Position,Name\n001,"never closed\n'}), "csv"),
    ],
)
def test_what_is_no_file_of_loop_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        read(data)
    assert refused.value.code == code


def test_a_database_that_takes_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    tables = "CREATE TABLE Habits (id, name, uuid); CREATE TABLE Repetitions (id, habit, timestamp);"
    rows = "INSERT INTO Repetitions WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT 9999) "
    data = database(tables + rows + "SELECT x, 1, 0 FROM n")
    assert len(read(data).troubles) == 9_999
    monkeypatch.setattr("pitrack.exchange.loop_backup.PATIENCE", 10)
    with pytest.raises(Refused) as refused:
        read(data)
    assert refused.value.code == "damaged-db"


@pytest.mark.parametrize(
    ("row", "column", "value", "why"),
    [
        ("2015-01-25,MAYBE,", "Value", "MAYBE", "count"),
        ("2015-01-25,9,", "Value", "9", "answer"),
        ("2015-02-30,YES_MANUAL,", "Date", "2015-02-30", "day"),
        ("25.01.2015,YES_MANUAL,", "Date", "25.01.2015", "day"),
        ("0001-01-01,YES_MANUAL,", "Date", "0001-01-01", "range"),
        ("9999-12-31,YES_MANUAL,", "Date", "9999-12-31", "range"),
        (f"2015-01-25,NO,{'x' * 20_001}", "Notes", "x" * 20_001, "too-long"),
        ("2015-01-25,NO,a,b", "4", "b", "more-cells"),
        ("2015-01-25,NO" + "," * 498 + "x", "4", "", "more-cells"),
    ],
)
def test_a_row_that_cannot_be_read_is_told_and_the_others_are_read(row: str, column: str, value: str, why: str) -> None:
    found = read(export(f"2015-01-20,YES_MANUAL,\n{row}\n2015-01-21,NO,\n"))
    assert found.troubles == (Trouble("001 A/Checkmarks.csv", 3, column, value, why),)
    assert found.habits[0].days == days("2015-01-20", (0, "yes"), (1, "no"))


@pytest.mark.parametrize(("value", "why"), [("-5000", "negative"), ("1e99999999", "too-long"), ("NaN", "number")])
def test_an_amount_that_is_none_is_told(value: str, why: str) -> None:
    found = read(export(f"2015-01-20,{value},\n", "NUMERICAL"))
    assert found.troubles == (Trouble("001 A/Checkmarks.csv", 2, "Value", value, why),)


def test_a_folder_without_a_habit_and_a_habit_that_cannot_be_read_are_told() -> None:
    members = {
        "Habits.csv": HEADER + "001,,YES_NO,,,1,1,#0,,,,false\nx,B,YES_NO,,,1,1,#0,,,,false\n",
        "001/Checkmarks.csv": "Date,Value\n2015-01-25,NO\n",
        "007 Lost/Checkmarks.csv": "Date,Value\n2015-01-25,NO\n",
    }
    assert read(zipped(members)).troubles == (
        Trouble("Habits.csv", 2, "Name", "", "empty"),
        Trouble("Habits.csv", 3, "Position", "x", "count"),
        Trouble("007 Lost/Checkmarks.csv", None, "", "", "no-habit"),
    )


def loop_score(values: list[int], times: int, den: int, target: float | None, at_most: bool) -> float:
    """Loop's own computation (its ScoreList), for values oldest first; target None for yes/no."""
    freq, num, window = times / den, times, den
    if target is None and freq < 1:
        num, window = num * 2, window * 2
    score = 1.0 if at_most else 0.0
    for day, value in enumerate(values):
        seen = values[max(0, day - window + 1) : day + 1]
        if value == 3:
            continue
        if target is None:
            share = min(1.0, sum(one == 2 for one in seen) / num)
        else:
            total = sum(max(0, one) for one in seen if one != 3) / 1000
            share = min(1.0, total / target) if not at_most else max(0.0, min(1.0, 1 - (total - target) / target))
        m = 0.5 ** (freq**0.5 / 13)
        score = score * m + share * (1 - m)
    return score


@pytest.mark.parametrize(
    ("times", "den", "at_most", "target"),
    [(1, 1, None, "0"), (3, 7, None, "0"), (1, 30, None, "0"), (1, 1, False, "5"), (1, 7, False, "20"),
     (3, 7, False, "20"), (1, 30, False, "80"), (1, 1, True, "5"), (1, 7, True, "30")],
)  # fmt: skip
def test_the_strength_is_loops_score(times: int, den: int, at_most: bool | None, target: str) -> None:
    numeric = at_most is not None
    values = [(2, 0, 2, 3, -1, 2, 2)[day % 7] for day in range(200)]
    if numeric:
        values = [{2: 6000 + 500 * (day % 9), 0: 0}.get(value, value) for day, value in enumerate(values)]
    asks = asked(times, den, at_most=at_most, target=Decimal(target), unit="")
    first = dt.date(2015, 1, 1)
    rule = Rule(first, asks.kind, asks.schedule, asks.target)
    habit = Habit("h", "h", "H", (rule,), absent_is_success=bool(at_most))
    words: Mapping[int, str] = {2: "yes", 0: "no", 3: "skip"}
    marks = {
        first.toordinal() + day: ("skip" if value == 3 else Decimal(value) / 1000) if numeric else words[value]
        for day, value in enumerate(values)
        if value != -1
    }
    expected = loop_score(values, times, den, float(target) if numeric else None, bool(at_most))
    last = first + dt.timedelta(days=len(values) - 1)
    assert strength(habit, History(marks), last, 1) == pytest.approx(expected, abs=1e-6)
