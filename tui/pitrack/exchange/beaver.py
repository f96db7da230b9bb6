"""Beaver Habit Tracker: a JSON export of habits with their records, periods, tags and status."""

from __future__ import annotations

import datetime as dt
from typing import Any

from pitrack.core.model import Schedule
from pitrack.exchange.found import (
    Bad,
    Day,
    Found,
    FoundHabit,
    Refused,
    Setting,
    Trouble,
    Troubles,
    often,
    read_day,
    read_name,
    read_text,
)
from pitrack.exchange.opening import Parts, text_of
from pitrack.exchange.tables import json_of

_DAYS = {"D": 1, "W": 7, "M": 30, "Y": 365}
DELETED = "soft_delete"


def read_beaver(parts: Parts, setting: Setting) -> Found:
    """All habits in the order that the export gives; those in the bin are left out."""
    file, data = next(iter(parts.items()))
    content = json_of(text_of(data))
    if not isinstance(content, dict) or not isinstance(content.get("habits"), list):
        raise Refused("not-beaver")
    troubles = Troubles()
    left_out: list[tuple[str, str]] = []
    habits: list[FoundHabit] = []
    for number, one in enumerate(content["habits"], 1):
        if isinstance(one, dict) and one.get("status") == DELETED:
            left_out.append(("deleted-there", str(one.get("name"))[:200]))
            continue
        habit = _habit(one, file, f"habits[{number}]", setting, troubles)
        if habit is not None:
            habits.append(habit)
    order = content.get("order")
    if isinstance(order, list):
        places = {key: place for place, key in enumerate(order) if isinstance(key, str)}
        habits.sort(key=lambda habit: places.get(habit.keys[0], len(places)))
    return Found(tuple(habits), troubles=tuple(troubles), left_out=tuple(left_out))


def _habit(one: Any, file: str, place: str, setting: Setting, troubles: list[Trouble]) -> FoundHabit | None:
    column, value = "", one
    try:
        if not isinstance(one, dict):
            raise Bad("object")
        column, value = "name", one.get("name")
        if not isinstance(value, str):
            raise Bad("text")
        name = read_name(value)
        column, value = "period", one.get("period")
        schedule = _schedule(value, one.get("weekly_goal"))
        column, value = "tags", one.get("tags") or []
        if not isinstance(value, list) or not all(isinstance(tag, str) for tag in value):
            raise Bad("text")
        tags = tuple(dict.fromkeys(tag.strip()[:100] for tag in value if tag.strip()))
        column, value = "records", one.get("records")
        if not isinstance(value, list):
            raise Bad("object")
    except Bad as error:
        troubles.append(Trouble(file, None, column, str(value)[:100], error.code, place))
        return None
    key = one.get("id")
    return FoundHabit(
        name=name,
        keys=(key, name) if isinstance(key, str) and 0 < len(key) <= 64 else (name,),
        days=_days(value, file, place, setting, troubles),
        schedule=schedule,
        archived=one.get("status") == "archive",
        tags=tags,
    )


def _schedule(period: Any, weekly: Any) -> Schedule:
    """``target_count`` times in ``period_count`` days, weeks, months or years; ``weekly_goal`` in older exports. One
    week or month is a calendar one."""
    if period is None:
        return Schedule("week", times=weekly) if type(weekly) is int and 1 <= weekly < 7 else Schedule()
    if not isinstance(period, dict):
        raise Bad("schedule")
    kind, count, times = period.get("period_type"), period.get("period_count"), period.get("target_count")
    if kind not in _DAYS or type(count) is not int or type(times) is not int or count < 1 or times < 1:
        raise Bad("schedule")
    if kind == "W" and count == 1 and times < 7:
        return Schedule("week", times=times)
    if kind == "M" and count == 1 and times < 28:
        return Schedule("month", times=times)
    return often(times, count * _DAYS[kind])


def _days(records: list[Any], file: str, place: str, setting: Setting, troubles: list[Trouble]) -> dict[dt.date, Day]:
    days: dict[dt.date, Day] = {}
    for number, record in enumerate(records, 1):
        column, value = "", record
        try:
            if not isinstance(record, dict):
                raise Bad("object")
            column, value = "day", record.get("day")
            day = read_day(value if isinstance(value, str) else "", setting)
            column, value = "done", record.get("done", False)
            if not isinstance(value, bool):
                raise Bad("answer")
            done = value
            column, value = "text", record.get("text") or ""
            if not isinstance(value, str):
                raise Bad("text")
            days[day] = Day("yes" if done else "no", read_text(value))
        except Bad as error:
            where = f"{place} records[{number}]"
            troubles.append(Trouble(file, None, column, str(value)[:100], error.code, where))
    return days
