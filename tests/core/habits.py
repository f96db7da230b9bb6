"""Short ways to write habits and their marks in tests."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from pitrack.core.model import Habit, HabitKind, Mark, Rule, Schedule

DAILY = Schedule()
LETTERS: dict[str, Mark] = {"y": "yes", "n": "no", "s": "skip"}


def d(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def weekly(times: int) -> Schedule:
    return Schedule("week", times)


def monthly(times: int) -> Schedule:
    return Schedule("month", times)


def window(times: int, within: int) -> Schedule:
    return Schedule("window", times, within=within)


def every(days: int, anchor: str | None = None) -> Schedule:
    return Schedule("interval", within=days, anchor=d(anchor) if anchor else None)


def after(days: int) -> Schedule:
    return Schedule("after", within=days)


def on(*days: int) -> Schedule:
    return Schedule("weekdays", days=frozenset(days))


def rule(since: str, schedule: Schedule = DAILY, kind: HabitKind = "yes_no", target: int | None = None) -> Rule:
    return Rule(d(since), kind, schedule, None if target is None else Decimal(target))


def habit(*rules: Rule, name: str = "write", absent_is_success: bool = False, archived: bool = False) -> Habit:
    return Habit(name, name, name, rules, absent_is_success=absent_is_success, archived=archived)


def marks(first: str, letters: str) -> dict[dt.date, Mark]:
    """One letter a day from ``first`` on: y yes, n no, s skip, a digit an amount; any other leaves the day absent."""
    found: dict[dt.date, Mark] = {}
    for offset, letter in enumerate(letters.replace(" ", "")):
        day = d(first) + dt.timedelta(offset)
        if letter in LETTERS:
            found[day] = LETTERS[letter]
        elif letter.isdigit():
            found[day] = Decimal(letter)
    return found
