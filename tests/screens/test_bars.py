"""The line of keys: what fits, in order, the last hint always."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pitrack.widgets.bars import Hint, lay_out
from pitrack.widgets.pieces import width_of

HINTS = [Hint("space", "done"), Hint("x", "no"), Hint("enter", "amount"), Hint("?", "keys")]


def texts(width: int, height: int) -> list[str]:
    return ["".join(text for text, _role in line) for line in lay_out(HINTS, width, height)]


def test_all_fit_on_one_line() -> None:
    assert texts(60, 1) == [" space done  x no  enter amount  ? keys "]


def test_the_last_hint_stays_where_others_do_not_fit() -> None:
    assert texts(24, 1) == [" space done  ? keys "]


def test_a_second_line_takes_the_rest() -> None:
    assert texts(28, 2) == [" space done  x no ", " enter amount  ? keys "]


@given(
    st.lists(st.builds(Hint, st.text("abcxyz写", min_size=1, max_size=6), st.text("defghi", max_size=9)), min_size=1),
    st.integers(20, 140),
    st.integers(1, 2),
)
def test_lines_never_run_over(hints: list[Hint], width: int, height: int) -> None:
    lines = lay_out(hints, width, height)
    assert len(lines) == height
    others = [line for line in lines if line]
    assert all(width_of(line) < width or len(line) == 2 for line in others)
    assert (f" {hints[-1].key} ", "strong") in others[-1]
