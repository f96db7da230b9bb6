"""What a file of another tool holds, in one neutral form: habits with their days, intervals of work, and what of it
could not be read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from pitrack.core.model import LONGEST_WINDOW, HabitKind, Mark, Schedule
from pitrack.store.fields import LONGEST_NAME, LONGEST_TEXT

FIRST_DAY = dt.date(1970, 1, 1)
DAYS_AHEAD = 366
"""How far days may lie ahead: some tools let their users answer before the day."""

MOST_DIGITS = 14
"""Before and behind the point."""
MOST_TROUBLES = 10_000

TRACKED = Schedule("window", times=1, within=LONGEST_WINDOW)
"""Of what another tool only records and never asks for: the schedule that asks the least."""

YES_NO: HabitKind = "yes_no"


class Refused(Exception):
    """A file that cannot be imported at all. Codes and details are those of ``text.importing.refusal``."""

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(code)
        self.code = code
        self.details = details


class Bad(ValueError):
    """A value that cannot be read; its code is one of ``text.importing.why``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Trouble(NamedTuple):
    """One thing that cannot be read: in which file, on which line (or in which ``place``), in which column, why."""

    file: str
    line: int | None
    column: str
    value: str
    why: str
    place: str = ""


class Troubles(list[Trouble]):
    """The troubles of a file; one that has too many is none of its format. Refused("hopeless")."""

    def append(self, one: Trouble) -> None:
        if len(self) >= MOST_TROUBLES:
            raise Refused("hopeless", most=MOST_TROUBLES)
        super().append(one)


class Day(NamedTuple):
    """What was recorded of a day; ``mark`` None: nothing but the note."""

    mark: Mark | None
    note: str = ""


class FoundHabit(NamedTuple):
    """A habit as another tool has it. ``keys`` tell it from others of that tool, the surest first: its id there, its
    name. ``days`` has an entry for each day with an answer or a note."""

    name: str
    keys: tuple[str, ...]
    days: Mapping[dt.date, Day]
    kind: HabitKind = YES_NO
    schedule: Schedule = Schedule()
    target: Decimal | None = None
    unit: str = ""
    note: str = ""
    archived: bool = False
    absent_is_success: bool = False
    tags: tuple[str, ...] = ()


class Work(NamedTuple):
    """Time worked, from ``start`` to ``stop`` (UTC). ``names`` are its tags or its project: one may name a stream.

    ``key`` tells the interval from others of that tool; ``place`` says where it stands, for troubles."""

    key: str
    start: dt.datetime
    stop: dt.datetime
    names: tuple[str, ...]
    note: str
    place: Trouble


class Found(NamedTuple):
    """All that a file holds. ``left_out`` names what was read and is not wanted, as (code, name)."""

    habits: tuple[FoundHabit, ...] = ()
    works: tuple[Work, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    left_out: tuple[tuple[str, str], ...] = ()


class Setting(NamedTuple):
    """What a reader has to know of the book: the user's day."""

    today: dt.date


def read_day(text: str, setting: Setting) -> dt.date:
    """A day written ``YYYY-MM-DD``; Bad("day" | "range")."""
    if len(text) != 10 or text[4] != "-" or text[7] != "-" or not text.isascii():
        raise Bad("day")
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        raise Bad("day") from None
    return in_range(day, setting)


def in_range(day: dt.date, setting: Setting) -> dt.date:
    """The day, if it can be one of a record; Bad("range")."""
    if not FIRST_DAY <= day <= setting.today + dt.timedelta(days=DAYS_AHEAD):
        raise Bad("range")
    return day


def read_number(text: str) -> Decimal:
    """A decimal number >= 0 of a sensible size; Bad("number" | "negative" | "too-long")."""
    if len(text) > 60:
        raise Bad("too-long")
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        raise Bad("number") from None
    return in_bounds(number)


def in_bounds(number: Decimal) -> Decimal:
    """The number, if it is >= 0 and has few enough digits; Bad("number" | "negative" | "too-long")."""
    if not number.is_finite():
        raise Bad("number")
    if number < 0:
        raise Bad("negative")
    if number and (number.adjusted() > MOST_DIGITS or int(number.as_tuple().exponent) < -MOST_DIGITS):
        raise Bad("too-long")
    return plain(number)


def plain(number: Decimal) -> Decimal:
    """The number without an exponent and without zeros at its end."""
    number = number.normalize()
    return number.quantize(Decimal(1)) if int(number.as_tuple().exponent) > 0 else number + 0


def read_count(text: str) -> int:
    """A whole number >= 0; Bad("count" | "negative")."""
    text = text.strip()
    if text.startswith("-") and text[1:].isdecimal():
        raise Bad("negative")
    if not text.isdecimal() or not text.isascii() or len(text) > 9:
        raise Bad("count")
    return int(text)


def read_name(text: str) -> str:
    """A name without the spaces around it; Bad("empty" | "too-long")."""
    name = text.strip()
    if not name:
        raise Bad("empty")
    if len(name) > LONGEST_NAME:
        raise Bad("too-long")
    return name


def read_text(text: str) -> str:
    """A note; Bad("too-long")."""
    if len(text) > LONGEST_TEXT:
        raise Bad("too-long")
    return text


def often(times: int, days: int) -> Schedule:
    """``times`` in any ``days``: daily where that is every day of them; Bad("schedule")."""
    if times < 1 or days < 1:
        raise Bad("schedule")
    if times >= days:
        return Schedule()
    if days > LONGEST_WINDOW:
        raise Bad("schedule")
    return Schedule("window", times=times, within=days)
