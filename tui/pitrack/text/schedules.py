"""Reading how often a habit is due, as people type it in English and Japanese."""

from __future__ import annotations

import datetime as dt
import re
from typing import Literal

from pitrack.core.model import LONGEST_WINDOW, Schedule
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
_ONCE = {"once a ": "1/", "twice a ": "2/", "once in ": "1/", "twice in ": "2/"}
_KANJI_TIMES = r"(?:毎)?([週月])に?([0-9]{1,3})回?"
_DAYS_LONG = r"(?P<days>[0-9]{1,3}) ?(?:d|days?)"
_WINDOW = (
    r"(?P<times>[0-9]{1,3}) ?(?:/|(?:x|times)? ?in) ?(?:any )?(?P<days>[0-9]{1,3})(?: ?d| ?days?)?",
    r"(?P<days>[0-9]{1,3})日(?:間)?に(?P<times>[0-9]{1,3})回",
)
_INTERVAL = (
    rf"(?:every )?{_DAYS_LONG}(?: from (?P<from>[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}))?",
    r"(?:(?P<from>[0-9]{4}-[0-9]{2}-[0-9]{2})から ?)?(?P<days>[0-9]{1,3})日(?:ごと|毎)",
)
_AFTER = (
    rf"(?:every )?{_DAYS_LONG} (?:after|since)(?: it was| the)?(?: last)?(?: time| done)?",
    r"(?:前回|最後)から(?P<days>[0-9]{1,3})日(?:後|以内)?",
    r"(?P<days>[0-9]{1,3})日後",
)
_SECOND_DAY = frozenset({"every other day", "every second day", "隔日", "1日おき"})
_RANGE = r"([a-z]+|[月火水木金土日]) ?(?:-|~|〜|から) ?([a-z]+|[月火水木金土日])"
_BETWEEN = r"[,、・/+&と ]+"


def schedule(text: str) -> Schedule:
    """When a habit is due: ``daily``, ``weekdays``, ``mon,wed,fri``, ``mon-fri``, ``3/week``, ``2x week``, ``1/month``,
    ``weekend``, ``3 in 14 days``, ``3/14``, ``every 3 days``, ``every 3 days from 2026-11-22``, ``3 days after``,
    ``毎日``, ``月水金``, ``週3``, ``月に2回``, ``14日に3回``, ``3日ごと``, ``前回から3日後``.
    Raises ParseError: ``schedule``, ``times`` (most), ``span`` (most), ``no-such-day``.
    """
    plain = normal(text)
    for words, number in _ONCE.items():
        plain = plain.replace(words, number)
    if plain in _DAILY:
        return Schedule()
    if plain in _SECOND_DAY:
        return Schedule("interval", within=2)
    if plain in _PERIODS and plain != "月":  # 月 alone is Monday
        return Schedule(_PERIODS[plain])
    if counted := _counted(plain):
        times, period = counted
        return Schedule(period, _number(times, _MOST[period], text))
    if over_days := _over_days(plain, text):
        return over_days
    days = frozenset(_DAYS.get(plain) or _range(plain) or _listed(plain))
    if not days:
        raise ParseError("schedule", text)
    return Schedule() if len(days) == 7 else Schedule("weekdays", days=days)


def _counted(plain: str) -> tuple[str, Literal["week", "month"]] | None:
    if match := re.fullmatch(_TIMES, plain):
        return match[1], _PERIODS[match[2]]
    if match := re.fullmatch(_KANJI_TIMES, plain):
        return match[2], _PERIODS[match[1]]
    return None


def _over_days(plain: str, typed: str) -> Schedule | None:
    """What is counted in days that are no calendar's: a window, an interval, or days after the last time."""
    if match := _first(_WINDOW, plain):
        within = _span(match["days"], typed)
        return Schedule("window", _number(match["times"], within, typed), within=within)
    if match := _first(_INTERVAL, plain):
        return Schedule("interval", within=_span(match["days"], typed), anchor=_day(match["from"], typed))
    if match := _first(_AFTER, plain):
        return Schedule("after", within=_span(match["days"], typed))
    return None


def _first(patterns: tuple[str, ...], plain: str) -> re.Match[str] | None:
    return next((match for pattern in patterns if (match := re.fullmatch(pattern, plain))), None)


def _number(digits: str, most: int, typed: str) -> int:
    if not 1 <= int(digits) <= most:
        raise ParseError("times", typed, most=most)
    return int(digits)


def _span(digits: str, typed: str) -> int:
    if not 1 <= int(digits) <= LONGEST_WINDOW:
        raise ParseError("span", typed, most=LONGEST_WINDOW)
    return int(digits)


def _day(text: str | None, typed: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError as error:
        raise ParseError("no-such-day", typed) from error


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
