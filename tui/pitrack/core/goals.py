"""Goals: how far, for how long, what it takes, and when at this pace."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction
from itertools import takewhile
from math import ceil

MONTH = Fraction(36525, 1200)
"""Days of a month on average."""


def fraction(value: Fraction, amount: Fraction) -> float:
    """How much of ``amount`` is there, 0 or more; a goal of nothing is reached."""
    return float(max(value, Fraction(0)) / amount) if amount > 0 else 1.0


def held(months: Sequence[Fraction], amount: Fraction) -> int:
    """Whole months in a row at or above ``amount``, the last one backwards."""
    return sum(1 for _ in takewhile(lambda value: value >= amount, reversed(months)))


def needed(remaining: Fraction, day: dt.date, by: dt.date | None) -> Fraction | None:
    """What a month must bring from ``day`` on, for ``remaining`` to be made up on ``by``.

    A month is a twelfth of 365.25 days, and the months left are the days from ``day`` to ``by`` over that, never less
    than one: the last month has to bring all of it. None without a day, once reached, or when the day has passed.
    """
    if by is None or by < day or remaining <= 0:
        return None
    return remaining * MONTH / max(Fraction((by - day).days), MONTH)


def arrival(remaining: Fraction, day: dt.date, gained: Fraction, days: int) -> dt.date | None:
    """The day on which ``remaining`` is made up at a pace of ``gained`` in ``days``.

    None once reached, at no pace, or when it would take longer than the calendar goes.
    """
    if remaining <= 0 or gained <= 0:
        return None
    try:
        return day + dt.timedelta(days=ceil(remaining * days / gained))
    except OverflowError:
        return None
