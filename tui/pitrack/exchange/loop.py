"""Loop Habit Tracker: its backup (a database, lossless) and its CSV export (a zip), old and new.

How its habits are read:

- ``num`` times in ``den`` days is a rolling window there, too, so it becomes *num in any den days*; daily where num is
  den or more. The score is the same then: ``core.strength`` takes num and den from the schedule.
- An amount's target is for all of the ``den`` days together, with ``num`` 1. *Once in any den days* with the target as
  it stands gives the same score (the sum over den days against the target); more than 1 divides the target.
- At most: a day without an answer counts as nothing used in Loop's score, so for these habits absent means success.
- A day that the schedule implied (``YES_AUTO``) is computed, not recorded: only its note is kept.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from pitrack.core.model import HabitKind, Mark, Schedule
from pitrack.exchange.found import (
    YES_NO,
    Bad,
    Day,
    Found,
    FoundHabit,
    Refused,
    Setting,
    Trouble,
    Troubles,
    in_bounds,
    often,
    plain,
    read_count,
    read_day,
    read_name,
    read_number,
    read_text,
)
from pitrack.exchange.opening import ZIP, Parts, text_of, unzipped
from pitrack.exchange.tables import Row, plain_cell, rows

SQLITE = b"SQLite format 3\0"
THOUSAND = Decimal(1000)

YES, IMPLIED, NO, UNKNOWN, SKIP = 2, 1, 0, -1, 3
SKIPS = (SKIP, -3)
"""The second one was written by a version in development."""
_WORDS = {"YES_MANUAL": YES, "YES_AUTO": IMPLIED, "NO": NO, "UNKNOWN": UNKNOWN, "SKIP": SKIP}

HABITS, CHECKMARKS = "Habits.csv", "Checkmarks.csv"
_FOLDER = re.compile(r"(?P<number>[0-9]{1,6})(?: .*)?/Checkmarks\.csv", re.DOTALL)
_NEEDED = ("Position", "Name")
_OFTEN = (("FrequencyNumerator", "FrequencyDenominator"), ("NumRepetitions", "Interval"))


class Asked(NamedTuple):
    """What a habit of Loop asks."""

    kind: HabitKind
    schedule: Schedule
    target: Decimal | None
    unit: str = ""


def read_loop(parts: Parts, setting: Setting) -> Found:
    """A backup or a CSV export. Refused where it is neither."""
    name, data = next(iter(parts.items()))
    if data.startswith(SQLITE):
        from pitrack.exchange.loop_backup import read_backup

        return read_backup(name, data, setting)
    if data.startswith(ZIP):
        return read_csv(unzipped(data, ".csv"), setting)
    raise Refused("not-loop")


def asked(times: int, days: int, *, at_most: bool | None, target: Decimal, unit: str) -> Asked:
    """What a habit asks; ``at_most`` None for a yes/no one. Bad("schedule")."""
    schedule = often(times, days)
    if at_most is None:
        return Asked(YES_NO, schedule, None)
    if not at_most and not target:  # nothing is asked, and any amount is some
        return Asked(YES_NO, schedule, None)
    share = plain(round(target / min(times, days), 6))
    return Asked("at_most" if at_most else "at_least", schedule, share, unit)


def answer(value: int, *, numeric: bool) -> Mark | None:
    """What a recorded value says of its day; None where it is nothing. Bad("answer" | "negative")."""
    if value in SKIPS:
        return "skip"
    if value == UNKNOWN:
        return None
    if numeric:
        return in_bounds(Decimal(value) / THOUSAND)
    marks: dict[int, Mark | None] = {YES: "yes", IMPLIED: None, NO: "no"}
    if value not in marks:
        raise Bad("answer")
    return marks[value]


def read_csv(members: Parts, setting: Setting) -> Found:
    """A CSV export, of any version: per-habit files are joined to their habits by number."""
    root = min((name for name in members if name.rpartition("/")[2] == HABITS), key=len, default=None)
    if root is None:
        raise Refused("not-loop")
    top = root.removesuffix(HABITS)
    folders = {
        int(match["number"]): name
        for name in members
        if name.startswith(top) and (match := _FOLDER.fullmatch(name.removeprefix(top)))
    }
    troubles = Troubles()
    habits: list[FoundHabit] = []
    for row in rows(text_of(members[root]), root, _NEEDED, troubles):
        number = None
        try:
            number = row.read("Position", read_count)
            numeric = row.get("Type").strip() == "NUMERICAL"
            habit = _habit(row, numeric)
        except Bad:
            if number is not None:
                folders.pop(number, None)  # its days are told with it
            continue
        file = folders.pop(number, None)
        days = _days(members[file], file, numeric, setting, troubles) if file else {}
        habits.append(habit._replace(days=days))
    troubles += (Trouble(file, None, "", "", "no-habit") for file in folders.values())
    return Found(tuple(habits), troubles=tuple(troubles))


def _habit(row: Row, numeric: bool) -> FoundHabit:
    name = row.read("Name", lambda text: read_name(plain_cell(text)))
    at_most = row.get("Target Type").strip() == "AT_MOST" if numeric else None
    target = row.read("Target Value", lambda text: read_number(text or "0")) if numeric else Decimal(0)
    times, days = next((pair for pair in _OFTEN if pair[0] in row.cells), _OFTEN[0])
    num, den = row.read(times, _count_or_one), row.read(days, _count_or_one)
    unit = row.read("Unit", lambda text: read_name(plain_cell(text)) if text.strip() else "") if numeric else ""
    asks = row.read(days, lambda _: asked(num, den, at_most=at_most, target=target, unit=unit))
    return FoundHabit(
        name=name,
        keys=(name,),
        days={},
        kind=asks.kind,
        schedule=asks.schedule,
        target=asks.target,
        unit=asks.unit,
        note=row.read("Description", lambda text: described(plain_cell(row.get("Question")), plain_cell(text))),
        archived=row.get("Archived?").strip().lower() == "true",
        absent_is_success=asks.kind == "at_most",
    )


def described(question: str, description: str) -> str:
    """Loop's question and description as one note."""
    return read_text("\n".join(text for text in (question.strip(), description.strip()) if text))


def _count_or_one(text: str) -> int:
    return read_count(text) if text.strip() else 1


def _days(data: bytes, file: str, numeric: bool, setting: Setting, troubles: list[Trouble]) -> Mapping[dt.date, Day]:
    days: dict[dt.date, Day] = {}
    for row in rows(text_of(data), file, ("Date", "Value"), troubles, headless=("Date", "Value", "Notes")):
        try:
            day = row.read("Date", lambda text: read_day(text, setting))
            mark = row.read("Value", _numeric if numeric else _yes_no)
            note = row.read("Notes", lambda text: read_text(plain_cell(text)))
        except Bad:
            continue
        if mark is not None or note:
            days[day] = Day(mark, note)
        else:
            days.pop(day, None)
    return days


def _yes_no(text: str) -> Mark | None:
    word = text.strip()
    return answer(_WORDS[word] if word in _WORDS else _whole(word), numeric=False)


def _numeric(text: str) -> Mark | None:
    """An amount. Loop writes the words of yes and no also for the amounts whose number stands for them: 0 as ``NO``,
    0.002 as ``YES_MANUAL``; of ``SKIP`` it cannot tell, so it is a skip. A number is always an amount."""
    word = text.strip()
    return answer(_WORDS[word], numeric=True) if word in _WORDS else plain(read_number(word) / THOUSAND)


def _whole(text: str) -> int:
    return -1 if text == "-1" else read_count(text)
