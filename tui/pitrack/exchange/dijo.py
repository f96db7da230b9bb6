"""dijo: ``habit_record.json``, a list of habits with a value for each day."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from pitrack.core.model import Mark
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
    plain,
    read_day,
    read_name,
)
from pitrack.exchange.opening import Parts, text_of
from pitrack.exchange.tables import json_of


def read_dijo(parts: Parts, setting: Setting) -> Found:
    """All habits: a *Bit* is yes or no, a *Count* or *Float* at least its goal, every day."""
    file, data = next(iter(parts.items()))
    content = json_of(text_of(data))
    if not isinstance(content, list):
        raise Refused("not-dijo")
    troubles = Troubles()
    habits: list[FoundHabit] = []
    for number, one in enumerate(content, 1):
        reader = _Reader(file, f"[{number}]", setting, troubles)
        if (habit := reader.habit(one)) is not None:
            habits.append(habit)
    return Found(tuple(habits), troubles=tuple(troubles))


class _Reader:
    """Reads one habit, noting what is wrong with it."""

    def __init__(self, file: str, place: str, setting: Setting, troubles: list[Trouble]) -> None:
        self._file = file
        self._place = place
        self._setting = setting
        self._troubles = troubles

    def _tell(self, column: str, value: object, code: str) -> None:
        self._troubles.append(Trouble(self._file, None, column, str(value)[:100], code, self._place))

    def habit(self, one: Any) -> FoundHabit | None:
        column, value = "", one
        try:
            if not isinstance(one, dict):
                raise Bad("object")
            column, value = "name", one.get("name")
            name = read_name(_text(value))
            column, value = "type", one.get("type")
            if value not in ("Bit", "Count", "Float"):
                raise Bad("kind")
            kind = str(value)
            column, value = "goal", one.get("goal")
            goal = Decimal(0) if kind == "Bit" else _amount(value)
            column, value = "stats", one.get("stats")
            if not isinstance(value, dict):
                raise Bad("object")
        except Bad as error:
            self._tell(column, value, error.code)
            return None
        is_asked = goal > 0
        return FoundHabit(
            name=name,
            keys=(name,),
            days=self._days(value, is_bit=kind == "Bit"),
            kind="at_least" if is_asked else YES_NO,
            target=goal if is_asked else None,
        )

    def _days(self, stats: dict[str, Any], *, is_bit: bool) -> dict[dt.date, Day]:
        days: dict[dt.date, Day] = {}
        for text, value in stats.items():
            column: str = f"stats {text[:40]}"
            try:
                days[read_day(text, self._setting)] = Day(_bit(value) if is_bit else _amount(value))
            except Bad as error:
                self._tell(column, value, error.code)
        return days


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise Bad("text")
    return value


def _bit(value: object) -> Mark:
    if not isinstance(value, bool):
        raise Bad("answer")
    return "yes" if value else "no"


def _amount(value: object) -> Decimal:
    """A count, or ``{"value": 52, "precision": 1}``, which is 5.2."""
    if isinstance(value, dict):
        whole, places = value.get("value"), value.get("precision", 0)
        if type(whole) is not int or type(places) is not int or not 0 <= places <= 12 or abs(whole) > 10**18:
            raise Bad("number")
        return plain(in_bounds(Decimal(whole).scaleb(-places)))
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise Bad("number")
    return in_bounds(Decimal(value))
