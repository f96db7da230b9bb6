"""HabitBull: one CSV, a line for each habit and day."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

from pitrack.core.model import Mark
from pitrack.exchange.found import (
    Bad,
    Day,
    Found,
    FoundHabit,
    Setting,
    Troubles,
    in_range,
    read_day,
    read_name,
    read_number,
    read_text,
)
from pitrack.exchange.opening import Parts, text_of
from pitrack.exchange.tables import rows

JUNK = "-2150000000"
"""What HabitBull writes where there is no value."""
_NEEDED = ("HabitName", "CalendarDate", "Value")
_AMERICAN = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")


def read_habitbull(parts: Parts, setting: Setting) -> Found:
    """All habits in the order of their first lines. One whose values are all 0 and 1 is answered no and yes; another
    has amounts, and any above nothing is done, since the export does not say how much was asked."""
    file, data = next(iter(parts.items()))
    troubles = Troubles()
    habits: dict[str, FoundHabit] = {}
    days: dict[str, dict[dt.date, tuple[Decimal | None, str]]] = {}
    for row in rows(text_of(data), file, _NEEDED, troubles):
        try:
            name = row.read("HabitName", read_name)
            day = row.read("CalendarDate", lambda text: _day(text.strip(), setting))
            value = row.read("Value", _value)
            note = row.read("CommentText", read_text)
            description = row.read("HabitDescription", read_text)
        except Bad:
            continue
        category = row.get("HabitCategory").strip()[:100]
        habit = FoundHabit(name, (name,), {}, note=description, tags=(category,) if category else ())
        habits.setdefault(name, habit)
        if value is not None or note:
            days.setdefault(name, {})[day] = (value, note)
    found = (habit._replace(days=_answers(days.get(name, {}))) for name, habit in habits.items())
    return Found(tuple(found), troubles=tuple(troubles))


def _answers(days: dict[dt.date, tuple[Decimal | None, str]]) -> dict[dt.date, Day]:
    plain = all(value in (None, 0, 1) for value, _ in days.values())

    def mark(value: Decimal | None) -> Mark | None:
        return value if value is None or not plain else "yes" if value else "no"

    return {day: Day(mark(value), note) for day, (value, note) in days.items()}


def _value(text: str) -> Decimal | None:
    return None if text.strip() in ("", JUNK) else read_number(text)


def _day(text: str, setting: Setting) -> dt.date:
    """``2015-01-25`` or ``1/25/2015``."""
    match = _AMERICAN.fullmatch(text)
    if match is None:
        return read_day(text, setting)
    try:
        return in_range(dt.date(int(match[3]), int(match[1]), int(match[2])), setting)
    except ValueError as error:
        raise error if isinstance(error, Bad) else Bad("day") from error
