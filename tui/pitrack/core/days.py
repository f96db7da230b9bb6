"""Days, weeks and months: which day it is, and where a period begins and ends."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

MONDAY = 1
SUNDAY = 7


class Month(NamedTuple):
    """A calendar month; compares in time order."""

    year: int
    month: int

    @classmethod
    def of(cls, day: dt.date) -> Month:
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> Month:
        """From ``YYYY-MM``; raises ValueError."""
        first = dt.date.fromisoformat(f"{text}-01")
        return cls(first.year, first.month)

    @property
    def first(self) -> dt.date:
        return dt.date(self.year, self.month, 1)

    @property
    def last(self) -> dt.date:
        return self.shift(1).first - dt.timedelta(days=1)

    def shift(self, months: int) -> Month:
        """The month that lies ``months`` later (earlier when negative)."""
        year, month0 = divmod(self.year * 12 + self.month - 1 + months, 12)
        return Month(year, month0 + 1)

    def until(self, other: Month) -> int:
        """How many months lie from this one to ``other``."""
        return (other.year - self.year) * 12 + other.month - self.month

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}"


def day_of(wall: dt.datetime, day_start: int) -> dt.date:
    """The day that a wall-clock reading belongs to, when days start ``day_start`` hours (0-12) after midnight."""
    return (wall - dt.timedelta(hours=day_start)).date()


def week_start_of(day: dt.date, week_start: int) -> dt.date:
    """First day of the week that holds ``day``; ``week_start`` is an ISO weekday (1 Monday ... 7 Sunday)."""
    return day - dt.timedelta(days=(day.isoweekday() - week_start) % 7)
