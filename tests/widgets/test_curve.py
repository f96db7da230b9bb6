"""The curve of shares, as text."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pitrack.widgets.curve import FEWEST, CurveData, draw
from pitrack.widgets.glyphs import ASCII, UNICODE, Glyphs
from pitrack.widgets.pieces import width_of

LAST = dt.date(2026, 11, 22)


def text(values: list[float], width: int, height: int, glyphs: Glyphs = ASCII) -> list[str]:
    lines = draw(CurveData(values, LAST, glyphs=glyphs), width, height)
    return ["".join(piece for piece, _role in line).rstrip() for line in lines]


def test_in_signs_a_column_has_one_at_its_height() -> None:
    rising = [day / (FEWEST - 1) for day in range(FEWEST)]
    assert text(rising, 18, 5) == [
        "100% |          **",
        "     |       ***",
        " 50% |    ***",
        "     | ***",
        "  0% |*",
        "       Oct   Nov",
    ]


def test_in_dots_steps_are_joined() -> None:
    assert text([0.0] * 30 + [1.0] * 30, 10, 2, UNICODE) == ["100% |  ⡏⠉", "  0% |⣀⣀⠇", "      Oct"]
    assert text([1.0] * 30 + [0.0] * 30, 10, 2, UNICODE) == ["100% |⠉⠉⡆", "  0% |  ⣇⣀", "      Oct"]


def test_a_young_habit_stands_at_the_right() -> None:
    assert text([1.0] * 15, 10, 1)[0] == "100% |   *"
    assert text([], 10, 1)[0] == "100% |"


@pytest.mark.parametrize(("width", "height"), [(7, 5), (40, 0)])
def test_without_room_there_is_none(width: int, height: int) -> None:
    assert text([1.0] * 100, width, height) == []


@given(
    st.lists(st.floats(-1, 2), max_size=400), st.integers(8, 120), st.integers(1, 9), st.sampled_from([ASCII, UNICODE])
)
def test_lines_never_run_over(values: list[float], width: int, height: int, glyphs: Glyphs) -> None:
    lines = draw(CurveData(values, LAST, glyphs=glyphs), width, height)
    assert len(lines) == height + 1
    assert all(width_of(line) <= width for line in lines)
