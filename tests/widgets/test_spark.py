"""Meters and sparklines, as text."""

from __future__ import annotations

import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pitrack.text.plain import cells
from pitrack.widgets.glyphs import ASCII, UNICODE, glyph_set
from pitrack.widgets.spark import meter, spark


@pytest.mark.parametrize(
    ("fraction", "expected"),
    [
        (0, ("", "----")),
        (0.001, ("=", "---")),
        (0.5, ("##", "--")),
        (0.6, ("##=", "-")),
        (0.999, ("###=", "")),
        (1, ("####", "")),
        (7, ("####", "")),
        (-1, ("", "----")),
    ],
)
def test_meter(fraction: float, expected: tuple[str, str]) -> None:
    assert meter(fraction, 4, ASCII) == expected


@given(st.floats(allow_nan=False), st.integers(0, 60), st.sampled_from([ASCII, UNICODE]))
def test_a_meter_is_as_long_as_asked(fraction, width, glyphs) -> None:  # type: ignore[no-untyped-def]
    assert cells("".join(meter(fraction, width, glyphs))) == width


def test_sparkline_levels() -> None:
    values = [Decimal(0), Decimal(1), Decimal(50), Decimal(100), Decimal(-5)]
    assert spark(values, ASCII) == "_.=#_"
    assert spark([0, 25, 50, 100], UNICODE) == "⢀⣼"
    assert spark([100], UNICODE) == "⢸"


def test_sparkline_of_nothing() -> None:
    assert spark([], UNICODE) == ""
    assert spark([0, 0], ASCII) == "__"


def test_no_glyph_is_of_ambiguous_width() -> None:
    for glyphs in (ASCII, UNICODE):
        signs = "".join((glyphs.full, glyphs.half, glyphs.rest, glyphs.spark, glyphs.mark, *glyphs.caps, *glyphs.heat))
        assert {unicodedata.east_asian_width(sign) for sign in signs} <= {"N", "Na"}
    assert ASCII.heat[0] == " "
    assert glyph_set("ascii") is ASCII
    assert glyph_set("none such") is UNICODE
