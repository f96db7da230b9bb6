"""harsh: two text files, ``habits`` (what is asked) and ``log`` (what was answered)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import NamedTuple

from pitrack.core.model import Mark, Schedule
from pitrack.exchange.found import (
    TRACKED,
    Bad,
    Day,
    Found,
    FoundHabit,
    Refused,
    Setting,
    Trouble,
    Troubles,
    often,
    read_count,
    read_day,
    read_name,
    read_number,
    read_text,
)
from pitrack.exchange.opening import Parts, lines_of, text_of

SEPARATOR = " : "
_LOG_LINE = re.compile(r"\s*[0-9]{4}-[0-9]{2}-[0-9]{2}\s+:")
_OFTEN = re.compile(r"(?P<times>[0-9]{1,4})(?:\s*/\s*(?P<days>[0-9]{1,4}))?\s*(?P<unit>[dwmy]?)")
_UNITS = {"": 1, "d": 1, "w": 7, "m": 30, "y": 365}
_MARKS: dict[str, Mark] = {"y": "yes", "n": "no", "s": "skip"}


class _Asked(NamedTuple):
    """One line of the file ``habits``."""

    name: str
    schedule: Schedule
    ends: dt.date | None
    heading: str


def read_harsh(parts: Parts, setting: Setting) -> Found:
    """Both files, or one of them: without ``habits``, all that the log names are daily; without ``log``, nothing was
    answered. What only the log names where there are both was dropped from the habits, and comes in archived."""
    troubles = Troubles()
    asked: dict[str, _Asked] = {}
    days: dict[str, dict[dt.date, Day]] = {}
    has_habits = False
    for file, data in parts.items():
        lines = [(number, line) for number, line in enumerate(lines_of(text_of(data)), 1) if _counts(line)]
        if not lines:
            has_habits = has_habits or file == "habits"
        elif file == "log" or (file != "habits" and _LOG_LINE.match(lines[0][1])):
            for name, day, answer in _log(file, lines, setting, troubles):
                days.setdefault(name, {})[day] = answer
        else:
            has_habits = True
            asked |= {one.name: one for one in _habits(file, lines, setting, troubles)}
    if not asked and not days and not troubles:
        raise Refused("not-harsh")
    for name in days:
        dropped = Schedule() if not has_habits else TRACKED
        asked.setdefault(name, _Asked(name, dropped, dt.date.min if has_habits else None, ""))
    habits = (_habit(one, days.get(one.name, {}), setting) for one in asked.values())
    return Found(tuple(habits), troubles=tuple(troubles))


def _counts(line: str) -> bool:
    return bool(line.strip()) and not line.startswith("#")


def _habit(asked: _Asked, days: dict[dt.date, Day], setting: Setting) -> FoundHabit:
    return FoundHabit(
        name=asked.name,
        keys=(asked.name,),
        days=days,
        schedule=asked.schedule,
        archived=asked.ends is not None and asked.ends < setting.today,
        tags=(asked.heading,) if asked.heading else (),
    )


def _habits(file: str, lines: list[tuple[int, str]], setting: Setting, troubles: list[Trouble]) -> Iterator[_Asked]:
    """``Gym: 3/7``, ``Call Mom: 1w``, ``Coffee: 0``, ``Old: 1: 2024-06-15``, below ``! Heading``."""
    heading = ""
    for number, line in lines:
        if line.startswith("!"):
            heading = line[1:].strip()[:100]
            continue
        name, *rest = re.split(r":(?:\s+|$)", line.strip())
        column, value = "name", name
        try:
            name = read_name(name)
            column, value = "frequency", rest[0] if rest else ""
            schedule = _schedule(value.strip())
            column, value = "end", rest[1].strip() if len(rest) > 1 else ""
            ends = read_day(value, Setting(dt.date(9000, 1, 1))) if value else None
            if len(rest) > 2:
                column, value = "", line
                raise Bad("fields")
        except Bad as error:
            troubles.append(Trouble(file, number, column, value[:200], error.code))
            continue
        yield _Asked(name, schedule, ends, heading)


def _schedule(text: str) -> Schedule:
    """How often: ``1`` daily, ``7`` or ``1w`` weekly, ``3/7`` three times in seven days, ``0`` only tracked."""
    match = _OFTEN.fullmatch(text)
    if match is None:
        raise Bad("frequency")
    first, unit = read_count(match["times"]), _UNITS[match["unit"]]
    if match["days"] is None:
        return often(1, first * unit) if first else TRACKED
    days = read_count(match["days"]) * unit
    if not first:
        return TRACKED
    if first > days:
        raise Bad("frequency")
    return often(first, days)


def _log(
    file: str, lines: list[tuple[int, str]], setting: Setting, troubles: list[Trouble]
) -> Iterator[tuple[str, dt.date, Day]]:
    """``2025-01-15 : Gym : y : New record : 25``: day, name, y/n/s, comment, amount; the last two may be missing."""
    for number, line in lines:
        # An editor that trims lines leaves " :" where " : " was; harsh writes the comment's and amount's always.
        fields = (line + " " if line.endswith(" :") else line).split(SEPARATOR)
        fields = [field.strip() for field in fields]
        column, value = "", line
        try:
            if not 3 <= len(fields) <= 5:
                raise Bad("fields")
            column, value = "day", fields[0]
            day = read_day(value, setting)
            column, value = "name", fields[1]
            name = read_name(value)
            column, value = "answer", fields[2]
            if value not in _MARKS:
                raise Bad("answer")
            mark = _MARKS[value]
            column, value = "comment", fields[3] if len(fields) > 3 else ""
            note = read_text(value)
            column, value = "amount", fields[4] if len(fields) > 4 else ""
            amount = read_number(value or "0")
        except Bad as error:
            troubles.append(Trouble(file, number, column, value[:200], error.code))
            continue
        yield name, day, Day(amount if mark == "yes" and amount else mark, note)
