"""Units of time that a habit may count in."""

from __future__ import annotations

from decimal import Decimal

from pitrack.core.currencies import EXACT

MINUTES_OF = {
    **dict.fromkeys(["m", "min", "mins", "minute", "minutes", "分"], 1),
    **dict.fromkeys(["h", "hr", "hrs", "hour", "hours", "時間"], 60),
}


def minutes_in(unit: str) -> int:
    """Minutes in one of a unit; 0 where it is none of time."""
    return MINUTES_OF.get(unit.casefold(), 0)


def in_unit(minutes: int, unit: int) -> Decimal:
    """Whole minutes as an amount of a unit of ``unit`` minutes, to a thousandth: of an hour, that is 3.6 seconds."""
    return EXACT.quantize(Decimal(minutes) / unit, Decimal("0.001")).normalize()
