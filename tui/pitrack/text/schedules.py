"""Reading how often a habit is due, as people type it in English and Japanese."""

from __future__ import annotations

import re
from typing import Literal

from pitrack.core.model import Schedule
from pitrack.text.reading import ParseError, normal
from pitrack.text.when import KANJI_WEEKDAYS, weekday

_DAILY = frozenset({"day", "daily", "every day", "1/day", "毎日"})
_DAYS = {
    "weekdays": (1, 2, 3, 4, 5), "workdays": (1, 2, 3, 4, 5), "平日": (1, 2, 3, 4, 5),
    "weekend": (6, 7), "weekends": (6, 7), "週末": (6, 7),
}  # fmt: skip
_PERIODS: dict[str, Literal["week", "month"]] = {
    "week": "week", "weekly": "week", "週": "week", "毎週": "week",
    "month": "month", "monthly": "month", "月": "month", "毎月": "month",
}  # fmt: skip
_MOST = {"week": 7, "month": 31}

_TIMES = r"([0-9]{1,3}) ?(?:/|x|times|x a|times a|x per|times per|per|a) ?(week|month)"
_ONCE = {"once a ": "1/", "twice a ": "2/"}
_KANJI_TIMES = r"(?:毎)?([週月])に?([0-9]{1,3})回?"
_RANGE = r"([a-z]+|[月火水木金土日]) ?(?:-|~|〜|から) ?([a-z]+|[月火水木金土日])"
_BETWEEN = r"[,、・/+&と ]+"


def schedule(text: str) -> Schedule:
    """When a habit is due: ``daily``, ``weekdays``, ``mon,wed,fri``, ``mon-fri``, ``3/week``, ``2x week``, ``1/month``,
    ``毎日``, ``月水金``, ``週3``, ``月に2回``, ``weekend``. Raises ParseError: ``schedule``, ``times`` (most).
    """
    plain = normal(text)
    if plain in _DAILY:
        return Schedule()
    if plain in _PERIODS and plain != "月":  # 月 alone is Monday
        return Schedule(_PERIODS[plain])
    if counted := _counted(plain):
        times, period = counted
        if not 1 <= times <= _MOST[period]:
            raise ParseError("times", text, most=_MOST[period])
        return Schedule(period, times)
    days = frozenset(_DAYS.get(plain) or _range(plain) or _listed(plain))
    if not days:
        raise ParseError("schedule", text)
    return Schedule() if len(days) == 7 else Schedule("weekdays", days=days)


def _counted(plain: str) -> tuple[int, Literal["week", "month"]] | None:
    for words, number in _ONCE.items():
        plain = plain.replace(words, number)
    if match := re.fullmatch(_TIMES, plain):
        return int(match[1]), _PERIODS[match[2]]
    if match := re.fullmatch(_KANJI_TIMES, plain):
        return int(match[2]), _PERIODS[match[1]]
    return None


def _range(plain: str) -> tuple[int, ...]:
    match = re.fullmatch(_RANGE, plain)
    first, last = (weekday(match[1]), weekday(match[2])) if match else (None, None)
    if first is None or last is None:
        return ()
    return tuple((first + step - 1) % 7 + 1 for step in range((last - first) % 7 + 1))


def _listed(plain: str) -> tuple[int, ...]:
    """The weekdays of a list; nothing where any part of it is no weekday."""
    days: list[int | None] = []
    for part in re.split(_BETWEEN, plain):
        kanji = part.removesuffix("曜日").removesuffix("曜")
        days += [weekday(one) for one in (kanji if kanji and set(kanji) <= set(KANJI_WEEKDAYS) else [part])]
    return tuple(day for day in days if day) if all(days) else ()
