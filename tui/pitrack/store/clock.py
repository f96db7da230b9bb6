"""Clocks: hybrid logical stamps that order every write, and the day that it is for the user."""

from __future__ import annotations

import datetime as dt
import os
import re
import time
from collections.abc import Callable
from functools import cache
from typing import TypeVar

from pitrack.core.days import day_of
from pitrack.core.model import Settings
from pitrack.store.errors import BookError

T = TypeVar("T")

BOTTOM = "0001-01-01T00:00:00.000Z-0000-00000000"
"""The stamp of what no person typed (an import, a posted recurrence): any edit is later."""

LAST_YEAR = "9998"
_STAMP = re.compile(r"\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z-[0-9a-f]{4}-[0-9a-f]{8}")
_EPOCH = dt.datetime(1970, 1, 1)


def is_stamp(value: object) -> bool:
    """Whether ``value`` is a well-formed stamp of a real moment up to the end of the year 9998."""
    if not isinstance(value, str) or not _STAMP.fullmatch(value) or value[:4] > LAST_YEAR:
        return False
    return _is_day(value[:10])


@cache
def _is_day(text: str) -> bool:
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def wall_ms() -> int:
    """The wall clock: milliseconds since 1970, UTC."""
    return time.time_ns() // 1_000_000


class StampClock:
    """Gives stamps ``2026-11-22T13:35:00.123Z-0000-a1b2c3d4``: UTC milliseconds, hex counter, device.

    A new stamp is later than the wall clock's reading and than every stamp seen (a hybrid logical clock: Kulkarni et
    al. 2014, "Logical Physical Clocks"); string order is time order.
    """

    def __init__(self, device: str, seen: str = BOTTOM, wall_ms: Callable[[], int] = wall_ms) -> None:
        self.device = device
        self.seen = seen
        self._wall_ms = wall_ms

    def see(self, stamp: str) -> None:
        """Take note of a stamp, so that the next one is later."""
        self.seen = max(self.seen, stamp)

    def next(self) -> str:
        """A stamp later than the wall clock and all that was seen; BookError("refused") when time has run out."""
        moment, counter = _moment(self._wall_ms()), 0
        last, last_counter = self.seen[:24], int(self.seen[25:29], 16)
        if moment <= last:
            moment, counter = last, last_counter + 1
            if counter > 0xFFFF:
                moment, counter = _moment(_milliseconds(last) + 1), 0
        if moment[:4] > LAST_YEAR:
            raise BookError("refused", path="", reason="the clock stands past the year 9998")
        self.seen = f"{moment}-{counter:04x}-{self.device}"
        return self.seen


def _moment(ms: int) -> str:
    seconds, millis = divmod(ms, 1000)
    return f"{_EPOCH + dt.timedelta(seconds=seconds):%Y-%m-%dT%H:%M:%S}.{millis:03}Z"


def _milliseconds(moment: str) -> int:
    return (dt.datetime.fromisoformat(moment[:-1]) - _EPOCH) // dt.timedelta(milliseconds=1)


class DayClock:
    """Says which day it is in a book's zone, and what time; a ``fixed`` day or ``moment`` (with its offset from UTC)
    serves tests, demos and screenshots."""

    def __init__(self, fixed: dt.date | None = None, moment: dt.datetime | None = None) -> None:
        self.fixed = fixed
        self.moment = moment

    @classmethod
    def from_env(cls) -> DayClock:
        """Fixed by ``PITRACK_TODAY=YYYY-MM-DD`` and ``PITRACK_NOW=YYYY-MM-DDTHH:MM:SSZ``; BookError("invalid") when
        that is no day, or no moment."""
        return cls(
            _fixed_by("PITRACK_TODAY", dt.date.fromisoformat, "not a day like 2026-11-22"),
            _fixed_by("PITRACK_NOW", _moment_of, "not a moment like 2026-11-22T04:05:00Z"),
        )

    def today(self, settings: Settings) -> dt.date:
        """The user's day: the wall time in the book's zone, less the day's start."""
        if self.fixed:
            return self.fixed
        return _day_at(self.moment or dt.datetime.now(dt.UTC), settings)

    def now(self, settings: Settings) -> dt.datetime:
        """The moment (UTC); with a fixed day, this time of that day."""
        moment = self.moment or dt.datetime.now(dt.UTC)
        return moment + (self.fixed - _day_at(moment, settings)) if self.fixed else moment


def _day_at(moment: dt.datetime, settings: Settings) -> dt.date:
    return day_of(moment.astimezone(zone_of(settings.zone)).replace(tzinfo=None), settings.day_start)


def _fixed_by(name: str, read: Callable[[str], T], why: str) -> T | None:
    text = os.environ.get(name, "")
    try:
        return read(text) if text else None
    except ValueError as error:
        raise BookError("invalid", what=name, value=text, why=why) from error


def _moment_of(text: str) -> dt.datetime:
    moment = dt.datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(text)
    return moment.astimezone(dt.UTC)


def zone_of(name: str) -> dt.tzinfo:
    """The IANA zone of that name, UTC when this machine does not know it."""
    from zoneinfo import ZoneInfo  # here: not every command asks for the time

    try:
        return ZoneInfo(name)
    except (KeyError, OSError, ValueError):  # not found, not a file, not a name
        return dt.UTC
