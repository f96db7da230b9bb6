"""Stacked bars: heights, letters and scale, as text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pitrack.text.plain import cells
from pitrack.widgets.glyphs import ASCII, UNICODE
from pitrack.widgets.pieces import Line
from pitrack.widgets.stacked import BarData, Column, Mark, draw, letters_for, scale_step

amounts = st.floats(-1e6, 1e9, allow_nan=False)


def text(lines: list[Line]) -> list[str]:
    return ["".join(piece for piece, _role in line).rstrip() for line in lines]


MONTHS = (
    Column(("Sep", "S"), (480.0, 243.0, 300.0)),
    Column(("Oct", "O"), (560.0, 286.0, 300.0)),
    Column(("Nov", "N"), (0.0, 200.0, 300.0), open=True),
)


def test_ascii_is_letters_only() -> None:
    data = BarData(MONTHS, ("n", "p", "s"), glyphs=ASCII)
    assert text(draw(data, 16, 7)) == [
        "1200 |    ::",
        "1000 | nn nn",
        " 800 | nn nn",
        " 600 | pp pp ..",
        " 400 | ss ss ss",
        " 200 | ss ss ss",
        "       S  O  N",
    ]


def test_complete_months_are_filled_and_the_open_one_is_not() -> None:
    lines = draw(BarData(MONTHS, ("n", "p", "s")), 20, 7)
    bottom = "".join(piece for piece, role in lines[-2] if role == "stream-3").split()
    assert set(bottom[:-1]) == {"s⣿⣿"[: len(bottom[0])]}
    assert set(bottom[-1]) == {"s"}
    assert [role for piece, role in lines[-1] if piece.strip() in {"N", "Nov"}] == ["strong"]


def test_a_small_amount_still_shows() -> None:
    data = BarData((Column(("A",), (1.0,)), Column(("B",), (1000.0,))), ("x",), glyphs=UNICODE)
    bottom = text(draw(data, 12, 5))[-2]
    assert "⣀" in bottom


def test_the_goal_is_a_line_behind_the_bars() -> None:
    data = BarData(MONTHS, ("n", "p", "s"), mark=Mark("G", 1000.0), glyphs=ASCII)
    marked = [line for line in text(draw(data, 20, 7)) if "|G" in line]
    assert len(marked) == 1
    assert marked[0].strip().startswith("1000")


def test_a_goal_out_of_reach_does_not_flatten_the_bars() -> None:
    data = BarData(MONTHS, ("n", "p", "s"), mark=Mark("G", 100000.0), glyphs=ASCII)
    assert not any("G" in line for line in text(draw(data, 20, 7)))


def test_the_newest_months_stay_where_not_all_fit() -> None:
    columns = tuple(Column((f"{number:02}",), (float(number),)) for number in range(1, 41))
    labels = text(draw(BarData(columns, ("a",)), 44, 6))[-1].split()
    assert labels[-1] == "40"
    assert 12 <= len(labels) < 40


def test_a_label_wider_than_its_bar_shows_where_an_older_one_can_give_way() -> None:
    months = [*range(6, 13), *range(1, 11)]
    columns = tuple(Column((f"{month}月", str(month)), (1.0,)) for month in months)
    shown = text(draw(BarData(columns, ("a",), axis=lambda _value: ""), 36, 3))
    assert shown[-1].rstrip() == "   6 7 8  10  12 1 2 3 4 5 6 7 8  10"
    shown = text(draw(BarData(columns[:8], ("a",), axis=lambda _value: ""), 26, 3))
    assert shown[-1].rstrip() == "   6  7  8  9  10 11 12 1"


def test_no_room_or_no_months_draws_nothing() -> None:
    assert draw(BarData(MONTHS, ("n", "p", "s")), 20, 1) == []
    assert draw(BarData(), 20, 8) == []


@given(
    st.lists(st.tuples(amounts, amounts, amounts), min_size=1, max_size=30),
    st.integers(14, 120),
    st.integers(2, 20),
    st.sampled_from([ASCII, UNICODE]),
)
def test_every_line_fits_and_a_bar_is_as_high_as_its_total(parts, width, height, glyphs) -> None:  # type: ignore[no-untyped-def]
    columns = tuple(Column(("M",), part) for part in parts)
    lines = draw(BarData(columns, ("a", "b", "c"), axis=lambda _v: "", glyphs=glyphs), width, height)
    assert len(lines) == height
    assert all(cells(line) <= width for line in text(lines))


@given(st.floats(1e-6, 1e12), st.integers(1, 40))
def test_the_scale_holds_the_top_and_wastes_little(top: float, rows: int) -> None:
    step = scale_step(top, rows)
    assert step * rows >= top * (1 - 1e-6)
    assert step * rows <= top * 1.34


def scale(top: float, height: int) -> list[str]:
    """What stands at the scale of a chart whose only bar is ``top`` high, when its axis shows all digits."""
    lines = text(draw(BarData((Column(("A",), (top,)),), ("x",), axis=repr), 20, height))
    return [line.split("|")[0].strip() for line in lines[:-1]]


def test_whole_things_have_whole_steps() -> None:
    assert scale(3.0, 5) == ["4.0", "3.0", "2.0", "1.0"]
    assert scale(1.0, 5) == ["4.0", "3.0", "2.0", "1.0"]
    assert scale(6.0, 5) == ["8.0", "6.0", "4.0", "2.0"]
    assert scale(10.0, 5) == ["12.0", "9.0", "6.0", "3.0"]
    assert scale(60.0, 6) == ["60.0", "48.0", "36.0", "24.0", "12.0"]


def test_the_scale_shows_no_dust_of_binary_fractions() -> None:
    assert scale(3.1, 5) == ["3.2", "2.4", "1.6", "0.8"]
    assert scale(0.55, 6) == ["0.6", "0.48", "0.36", "0.24", "0.12"]


def test_letters_are_their_own_first_and_never_shared() -> None:
    assert letters_for(["Newsletter", "Stock photos", "Service", "写真の整理", "新規"]) == ("n", "s", "e", "a", "b")
    assert letters_for(["a"] * 27)[-1] == "+"
    assert letters_for(["Goal"], taken="g") == ("o",)
