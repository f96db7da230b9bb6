"""Meters and sparklines as text: one line each, nothing but characters."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from pitrack.widgets.glyphs import Glyphs

Number = int | float | Decimal

_LEFT = (0x00, 0x40, 0x44, 0x46, 0x47)
_RIGHT = (0x00, 0x80, 0xA0, 0xB0, 0xB8)
_BRAILLE = 0x2800


def meter(fraction: float, width: int, glyphs: Glyphs) -> tuple[str, str]:
    """The filled and the empty part of a meter ``width`` cells long, for a fraction of 0 to 1 (clamped).

    Half cells count; anything above nothing shows, and only a full fraction fills the meter.
    """
    if width <= 0:
        return "", ""
    fraction = min(max(fraction, 0.0), 1.0)
    halves = round(fraction * width * 2)
    if 0 < fraction < 1:
        halves = min(max(halves, 1), width * 2 - 1)
    filled = glyphs.full * (halves // 2) + glyphs.half * (halves % 2)
    return filled, glyphs.rest * (width - len(filled))


def spark(values: Sequence[Number], glyphs: Glyphs) -> str:
    """A sparkline from zero: a character a value in ASCII, two values a cell in braille; "" for no values.

    Negative values show as nothing, the largest fills its cell.
    """
    top = max((float(value) for value in values), default=0.0)
    if glyphs.spark:
        last = len(glyphs.spark) - 1
        return "".join(glyphs.spark[_level(value, top, last)] for value in values)
    levels = [_level(value, top, 4) for value in values]
    if len(levels) % 2:
        levels.insert(0, 0)
    pairs = zip(levels[::2], levels[1::2], strict=True)
    return "".join(chr(_BRAILLE + _LEFT[left] + _RIGHT[right]) for left, right in pairs)


def _level(value: Number, top: float, last: int) -> int:
    """0 for nothing, ``last`` for the largest, and at least 1 for anything above nothing."""
    if value <= 0 or top <= 0:
        return 0
    return max(1, round(float(value) / top * last))
