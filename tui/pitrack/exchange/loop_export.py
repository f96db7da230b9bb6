"""A book's actions as a CSV export of Loop Habit Tracker (the format since its version 2.3.1)."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from pitrack.core.model import Habit, History, Mark, Rule, Snapshot
from pitrack.core.schedules import frequency
from pitrack.exchange.found import plain
from pitrack.exchange.loop import CHECKMARKS, HABITS, THOUSAND
from pitrack.exchange.tables import written

HEADER = (
    "Position", "Name", "Type", "Question", "Description", "FrequencyNumerator", "FrequencyDenominator", "Color",
    "Unit", "Target Type", "Target Value", "Archived?",
)  # fmt: skip
COLOUR = "#1976D2"
LONGEST_FOLDER = 100
_UNSAFE = re.compile(r"[^ a-zA-Z0-9_-]+")
_WORDS = {"yes": "YES_MANUAL", "no": "NO", "skip": "SKIP"}


class Export(NamedTuple):
    """A zip; how many actions and answers are in it, and how many of these Loop's format can only say roughly."""

    data: bytes
    habits: int
    answers: int
    rough: int


def export_loop(snap: Snapshot) -> Export:
    """All actions, archived ones too, in their order; equal books give equal bytes."""
    habits = list(snap.habits.values())
    columns = [_Column(habit, snap.history(habit.id)) for habit in habits]
    members = {
        HABITS: written([HEADER, *(_row(number, habit) for number, habit in enumerate(habits, 1))]),
        CHECKMARKS: written(_matrix(columns)),
    }
    for number, column in enumerate(columns, 1):
        rows = ((_iso(day), value, column.notes.get(day, "")) for day, value in column.newest_first())
        members[f"{_folder(number, column.habit)}/{CHECKMARKS}"] = written([("Date", "Value", "Notes"), *rows])
    return Export(
        _zipped(members),
        len(habits),
        sum(len(column.values) for column in columns),
        sum(column.rough for column in columns),
    )


class _Column:
    """One habit's days in Loop's words."""

    def __init__(self, habit: Habit, history: History) -> None:
        self.habit = habit
        self.notes = {day: note.replace("\0", "\ufffd") for day, note in history.notes.items()}
        self.values: dict[int, str] = {}
        self.rough = 0
        rule = habit.rules[-1]
        for day, mark in history.marks.items():
            value, exact = _value(rule, mark)
            self.rough += not exact
            if value is not None:
                self.values[day] = value

    def newest_first(self) -> Iterable[tuple[int, str]]:
        for day in sorted(self.values.keys() | self.notes.keys(), reverse=True):
            yield day, self.values.get(day, "UNKNOWN")


def _value(rule: Rule, mark: Mark) -> tuple[str | None, bool]:
    """What Loop calls an answer, None where it has no word for it; and whether that says the same."""
    if mark == "skip":
        return "SKIP", True
    if rule.kind == "yes_no":
        if isinstance(mark, Decimal):
            return ("YES_MANUAL" if mark else "NO"), False
        return _WORDS[mark], True
    if isinstance(mark, Decimal):
        return _number(mark * THOUSAND), True
    if mark == "yes":  # Loop knows amounts only: the one that was asked, or nothing of what was allowed
        return _number((rule.target or Decimal(0)) * THOUSAND if rule.kind == "at_least" else Decimal(0)), False
    return (_number(Decimal(0)) if rule.kind == "at_least" else None), False


def _row(number: int, habit: Habit) -> Sequence[str]:
    rule = habit.rules[-1]
    times, days = frequency(rule.schedule)
    asked = ["", "", ""]
    if rule.kind != "yes_no":
        # Loop's target is for all of the days together.
        target = _number((rule.target or Decimal(0)) * min(times, days))
        asked = [rule.unit, "AT_MOST" if rule.kind == "at_most" else "AT_LEAST", target]
    row = [
        f"{number:03}",
        habit.name,
        "YES_NO" if rule.kind == "yes_no" else "NUMERICAL",
        "",
        habit.note,
        str(times),
        str(days),
        COLOUR,
        *asked,
        "true" if habit.archived else "false",
    ]
    return [cell.replace("\0", "\ufffd") for cell in row]


def _folder(number: int, habit: Habit) -> str:
    """A name that is safe in any file system; nothing but the number where the name has no plain letter."""
    return f"{number:03} {_UNSAFE.sub('', habit.name)[:LONGEST_FOLDER]}".strip()


def _matrix(columns: Sequence[_Column]) -> list[list[str]]:
    """All answers in one table, a line for each day, the newest first."""
    days = sorted({day for column in columns for day in column.values}, reverse=True)
    rows = [[_iso(day), *(column.values.get(day, "UNKNOWN") for column in columns)] for day in days]
    return [["Date", *(column.habit.name.replace("\0", "\ufffd") for column in columns)], *rows]


def _number(value: Decimal) -> str:
    return format(plain(value), "f")


def _iso(day: int) -> str:
    return dt.date.fromordinal(day).isoformat()


def _zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()
