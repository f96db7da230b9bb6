"""Reading days and months, as people type them in English and Japanese."""

from __future__ import annotations

import datetime as dt
import re

from pitrack.core.days import Month
from pitrack.text.reading import ParseError, normal

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
KANJI_WEEKDAYS = "月火水木金土日"
_MONTHS = "january february march april may june july august september october november december"
MONTHS = tuple(_MONTHS.split())

_NEAR_DAYS = {
    "today": 0, "今日": 0, "きょう": 0, "本日": 0,
    "yesterday": -1, "昨日": -1, "きのう": -1,
    "一昨日": -2, "おととい": -2,
    "tomorrow": 1, "明日": 1, "あした": 1,
    "明後日": 2, "あさって": 2,
}  # fmt: skip
_NEAR_MONTHS = {
    "this": 0, "this month": 0, "今月": 0,
    "last": -1, "last month": -1, "先月": -1,
    "先々月": -2,
    "next": 1, "next month": 1, "来月": 1,
}  # fmt: skip

_NEARLY_A_YEAR = dt.timedelta(days=300)

_STEPS = r"([+-])([0-9]{1,5})"
_DATE = r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})"
_MONTH_DAY = r"([0-9]{1,2})-([0-9]{1,2})"
_TO_HYPHENS = {ord("/"): "-", ord("."): "-", ord("年"): "-", ord("月"): "-", ord("日"): None}
_KANJI_WEEKDAY = rf"([{KANJI_WEEKDAYS}])(?:曜日?)?"
_OF_LAST_WEEK = r"(?:先週の?|last )(\S+)"
_DAY_ALONE = r"([0-9]{1,2})日"
_YEAR_MONTH = r"([0-9]{4})(?:[-/.]|年)([0-9]{1,2})月?"
_MONTH = r"([0-9]{1,2})月?"


def day(text: str, today: dt.date, *, ahead: bool = False) -> dt.date:
    """A day: ``2026-11-20``, ``2026/11/20``, ``11-20``, ``11月20日``, ``20日``, ``yesterday``, ``昨日``, ``-2``,
    ``fri``, ``金``, ``last fri``, ``先週の金曜``.

    A weekday or a day without its year or month is the most recent one, today included; with ``ahead`` the next one,
    today included. Weeks begin on Monday. Raises ParseError: ``day``, ``day-ahead``, ``no-such-day``.
    """
    plain = normal(text)
    if plain in _NEAR_DAYS:
        return _moved(today, _NEAR_DAYS[plain], text)
    if steps := re.fullmatch(_STEPS, plain):
        return _moved(today, int(steps[1] + steps[2]), text)
    dashed = plain.translate(_TO_HYPHENS)
    if full := re.fullmatch(_DATE, dashed):
        return _date(int(full[1]), int(full[2]), int(full[3]), text)
    if short := re.fullmatch(_MONTH_DAY, dashed):
        return _nearest(int(short[1]), int(short[2]), today, ahead, text)
    if alone := re.fullmatch(_DAY_ALONE, plain):
        return _numbered(int(alone[1]), today, ahead, text)
    before = re.fullmatch(_OF_LAST_WEEK, plain)
    number = weekday(before[1] if before else plain)
    if number is None:
        raise ParseError("day-ahead" if ahead else "day", text)
    if before:
        return _moved(today, number - today.isoweekday() - 7, text)
    distance = (number - today.isoweekday()) % 7 if ahead else -((today.isoweekday() - number) % 7)
    return _moved(today, distance, text)


def until(text: str, first: dt.date, today: dt.date) -> dt.date:
    """The last day of a span that begins on ``first``: a weekday is the next one from there on; what is told from
    today, like ``yesterday`` or ``+3``, stays so. A day without its year is the next one, too; but nearly a year
    on, where the year turns, it is the one before ``first``: that is a slip. Raises ParseError, as ``day`` does."""
    plain = normal(text)
    if _is_from_today(plain):
        return day(text, today, ahead=True)
    after = day(text, first, ahead=True)
    if after.year == first.year or not re.fullmatch(_MONTH_DAY, plain.translate(_TO_HYPHENS)):
        return after
    return after if after - first <= _NEARLY_A_YEAR else day(text, first)


def _is_from_today(plain: str) -> bool:
    """Whether a day is told from today, wherever else the days around it lie."""
    return plain in _NEAR_DAYS or any(re.fullmatch(pattern, plain) for pattern in (_STEPS, _OF_LAST_WEEK))


def month(text: str, today: dt.date) -> Month:
    """A month: ``2026-10``, ``2026年10月``, ``10``, ``oct``, ``last``, ``先月``; without its year the most recent one,
    this month included. Raises ParseError: ``month``.
    """
    plain = normal(text)
    this = Month.of(today)
    if plain in _NEAR_MONTHS:
        return this.shift(_NEAR_MONTHS[plain])
    if full := re.fullmatch(_YEAR_MONTH, plain):
        year, number = int(full[1]), int(full[2])
        if year < 1 or not 1 <= number <= 12:
            raise ParseError("month", text)
        return Month(year, number)
    number = int(bare[1]) if (bare := re.fullmatch(_MONTH, plain)) else _named(plain, MONTHS, 3)
    if not 1 <= number <= 12:
        raise ParseError("month", text)
    return Month(today.year - (number > today.month), number)


def weekday(plain: str) -> int | None:
    """The ISO weekday that normalised text names: ``fri``, ``friday``, ``金``, ``金曜日``; None where it names none."""
    if kanji := re.fullmatch(_KANJI_WEEKDAY, plain):
        return KANJI_WEEKDAYS.index(kanji[1]) + 1
    return _named(plain, WEEKDAYS, 2) or None


def _named(plain: str, names: tuple[str, ...], shortest: int) -> int:
    """The number, from 1, of the name that ``plain`` (``shortest`` letters or more) begins; 0 where there is none."""
    if len(plain) < shortest:
        return 0
    return next((number for number, name in enumerate(names, 1) if name.startswith(plain)), 0)


def _date(year: int, month_number: int, day_number: int, typed: str) -> dt.date:
    try:
        return dt.date(year, month_number, day_number)
    except ValueError as error:
        raise ParseError("no-such-day", typed) from error


def _moved(today: dt.date, days: int, typed: str) -> dt.date:
    try:
        return today + dt.timedelta(days=days)
    except OverflowError as error:
        raise ParseError("no-such-day", typed) from error


def _nearest(month_number: int, day_number: int, today: dt.date, ahead: bool, typed: str) -> dt.date:
    """The nearest day of that month and number that is not after ``today`` (not before it when ``ahead``)."""
    step = 1 if ahead else -1
    # Nine years always hold a 29 February, also across a year such as 2100.
    for year in range(today.year, today.year + 9 * step, step):
        try:
            found = dt.date(year, month_number, day_number)
        except ValueError:
            continue
        if (found >= today) if ahead else (found <= today):
            return found
    raise ParseError("no-such-day", typed)


def _numbered(day_number: int, today: dt.date, ahead: bool, typed: str) -> dt.date:
    """The nearest day of that number in its month that is not after ``today`` (not before it when ``ahead``)."""
    for months in range(3):  # of three months, one at least has a day 31 on the right side
        near = Month.of(today).shift(months if ahead else -months)
        try:
            found = dt.date(near.year, near.month, day_number)
        except ValueError:
            continue
        if (found >= today) if ahead else (found <= today):
            return found
    raise ParseError("no-such-day", typed)
