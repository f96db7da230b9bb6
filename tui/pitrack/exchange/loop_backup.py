"""The database of a Loop backup, read in memory: its tables as they were in any version of Loop."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from decimal import Decimal
from typing import Any

from pitrack.exchange.found import (
    Bad,
    Day,
    Found,
    FoundHabit,
    Refused,
    Setting,
    Trouble,
    Troubles,
    in_bounds,
    in_range,
    read_name,
    read_text,
)
from pitrack.exchange.loop import YES, answer, asked, described

A_DAY = 86_400_000
"""Milliseconds."""
EPOCH = dt.date(1970, 1, 1).toordinal()
PATIENCE = 20_000
"""Thousands of steps after which a database is taken for one that was made to never end."""
LONGEST_VALUE = 1_000_000

_HABITS = (
    "id", "uuid", "name", "description", "question", "archived", "freq_num", "freq_den",
    "type", "target_type", "target_value", "unit",
)  # fmt: skip
_REPETITIONS = ("id", "habit", "timestamp", "value", "notes")


def read_backup(file: str, data: bytes, setting: Setting) -> Found:
    """All habits in their order with all their days. Refused("damaged-db" | "not-loop")."""
    try:
        with _opened(data) as database:
            columns = {table: _columns(database, table) for table in ("Habits", "Repetitions")}
            if not all(columns.values()) or "name" not in columns["Habits"]:
                raise Refused("not-loop")
            place = "position, id" if "position" in columns["Habits"] else "id"
            habits = list(_select(database, "Habits", _HABITS, columns, place))
            return _Reader(file, setting).read(habits, _select(database, "Repetitions", _REPETITIONS, columns, "id"))
    except (sqlite3.Error, MemoryError, OverflowError, UnicodeDecodeError) as error:
        raise Refused("damaged-db") from error


@contextmanager
def _opened(data: bytes) -> Iterator[sqlite3.Connection]:
    """A database in memory that can be looked at, for a while, and nothing else."""
    steps = 0

    def is_too_long() -> bool:
        nonlocal steps
        steps += 1
        return steps > PATIENCE

    with closing(sqlite3.connect(":memory:")) as database:
        # A backup taken while Loop had it open says that a write-ahead log lies beside it, which memory has none of.
        database.deserialize(data[:18] + b"\1\1" + data[20:])
        database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_VALUE)
        database.set_progress_handler(is_too_long, 1000)
        database.execute("PRAGMA trusted_schema = OFF")
        database.execute("PRAGMA query_only = ON")
        yield database


def _columns(database: sqlite3.Connection, table: str) -> set[str]:
    """The columns of a real table in small letters (``id`` was ``Id`` once), none where there is no such table: a view
    computes whatever it likes."""
    found = database.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (table,)).fetchone()
    return {str(row[1]).lower() for row in database.execute(f"PRAGMA table_info({table})")} if found else set()


def _select(
    database: sqlite3.Connection, table: str, wanted: Sequence[str], columns: dict[str, set[str]], order: str
) -> Iterator[dict[str, Any]]:
    """The rows, with None for what this version of Loop had no column for."""
    known = [name for name in wanted if name in columns[table]]
    blank = dict.fromkeys(wanted)
    for row in database.execute(f"SELECT {', '.join(known)} FROM {table} ORDER BY {order}"):
        yield {**blank, **dict(zip(known, row, strict=True))}


class _Reader:
    """Puts rows together to habits and notes what is wrong with any."""

    def __init__(self, file: str, setting: Setting) -> None:
        self._file = file
        self._setting = setting
        self._troubles = Troubles()
        self._habits: dict[object, tuple[FoundHabit, dict[dt.date, Day]]] = {}
        self._numeric: set[object] = set()
        self._unread: set[object] = set()
        self._known_days: dict[object, dt.date] = {}

    def read(self, habits: Sequence[dict[str, Any]], repetitions: Iterator[dict[str, Any]]) -> Found:
        for row in habits:
            try:
                self._habits[row["id"]] = self._habit(row), {}
            except Bad:
                self._unread.add(row["id"])
        for row in repetitions:
            try:
                self._repetition(row)
            except Bad:
                continue
        return Found(
            tuple(habit._replace(days=days) for habit, days in self._habits.values()), troubles=tuple(self._troubles)
        )

    def _bad(self, table: str, row: dict[str, Any], column: str, code: str) -> Bad:
        value = str(row[column])[:100]
        self._troubles.append(Trouble(self._file, None, column, value, code, f"{table} {row['id']}"))
        return Bad(code)

    def _whole(self, table: str, row: dict[str, Any], column: str, default: int) -> int:
        value = row[column]
        if value is None:
            return default
        if type(value) is not int or not -(10**17) < value < 10**17:
            raise self._bad(table, row, column, "count")
        return value

    def _text(self, row: dict[str, Any], column: str) -> str:
        value = row[column]
        if value is not None and not isinstance(value, str):
            raise self._bad("Habits", row, column, "text")
        return value or ""

    def _habit(self, row: dict[str, Any]) -> FoundHabit:
        numeric = self._whole("Habits", row, "type", 0) == 1
        if numeric:
            self._numeric.add(row["id"])
        try:
            column = "name"
            name = read_name(self._text(row, column))
            column = "description"
            note = described(self._text(row, "question"), self._text(row, column))
            column = "target_value"
            target = _number(row[column]) if numeric else Decimal(0)
            column = "unit"
            unit = self._text(row, column).strip() if numeric else ""
            unit = read_name(unit) if unit else ""
            column = "freq_den"
            num, den = (self._whole("Habits", row, column, 1) for column in ("freq_num", "freq_den"))
            at_most = row["target_type"] == 1 if numeric else None
            asks = asked(num, den, at_most=at_most, target=target, unit=unit)
        except Bad as error:
            if not self._troubles or self._troubles[-1].place != f"Habits {row['id']}":
                self._bad("Habits", row, column, error.code)
            raise
        uuid = row["uuid"]
        return FoundHabit(
            name=name,
            keys=(uuid, name) if isinstance(uuid, str) and 0 < len(uuid) <= 64 else (name,),
            days={},
            kind=asks.kind,
            schedule=asks.schedule,
            target=asks.target,
            unit=asks.unit,
            note=note,
            archived=self._whole("Habits", row, "archived", 0) != 0,
            absent_is_success=asks.kind == "at_most",
        )

    def _repetition(self, row: dict[str, Any]) -> None:
        if row["habit"] in self._unread:
            return  # told with its habit
        if row["habit"] not in self._habits:
            raise self._bad("Repetitions", row, "habit", "no-habit")
        _habit, days = self._habits[row["habit"]]
        day = self._day(row)
        try:
            mark = answer(self._whole("Repetitions", row, "value", YES), numeric=row["habit"] in self._numeric)
        except Bad as error:
            if error.code != "count":
                self._bad("Repetitions", row, "value", error.code)
            raise
        note = row["notes"] or ""
        if not isinstance(note, str) or len(note) > LONGEST_VALUE:
            raise self._bad("Repetitions", row, "notes", "text")
        try:
            note = read_text(note)
        except Bad as error:
            raise self._bad("Repetitions", row, "notes", error.code) from error
        if mark is not None or note:
            days[day] = Day(mark, note)
        else:
            days.pop(day, None)

    def _day(self, row: dict[str, Any]) -> dt.date:
        moment = row["timestamp"]
        day = self._known_days.get(moment) if type(moment) is int else None
        if day is None:
            ordinal = EPOCH + self._whole("Repetitions", row, "timestamp", -1) // A_DAY
            try:
                day = in_range(dt.date.fromordinal(ordinal), self._setting)
            except (Bad, ValueError, OverflowError) as error:
                raise self._bad("Repetitions", row, "timestamp", "range") from error
            self._known_days[moment] = day
        return day


def _number(value: object) -> Decimal:
    """A REAL as the shortest decimal that means it."""
    if value is None:
        return Decimal(0)
    if type(value) not in (int, float):
        raise Bad("number")
    return in_bounds(Decimal(str(value)))
