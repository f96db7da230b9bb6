"""Places in an order that a person makes: fractions, so that moving one thing writes one thing."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal, localcontext

DIGITS = 18
"""Decimals at most; where they do not suffice, the whole order is numbered anew."""


def between(low: Decimal, high: Decimal | None) -> Decimal | None:
    """The shortest number above ``low`` and below ``high``, a whole one where that is None; None where none is left."""
    if high is None:
        return low.to_integral_value(ROUND_FLOOR) + 1
    with localcontext(prec=99):
        for places in range(DIGITS + 1):
            step = Decimal(1).scaleb(-places)
            first = low.quantize(step, ROUND_FLOOR) + step
            last = high.quantize(step, ROUND_CEILING) - step
            if first <= last:
                return first + step * int((last - first) / step // 2)
    return None
