"""Tables and numbers as commands print them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pitrack.cli.output import plain, rounded, table
from pitrack.text.plain import cells, printable

ROWS = [("写真の整理", "0 / 3 this week", "0 weeks"), ("Read", "done", "12 days")]


def test_columns_are_aligned_by_cells() -> None:
    assert table(ROWS, "llr", "  ") == [
        "  写真の整理  0 / 3 this week  0 weeks",
        "  Read        done             12 days",
    ]


def test_where_there_is_no_room_the_first_cell_stands_above() -> None:
    assert table(ROWS, "llr", "  ", 36) == [
        "  写真の整理\n      0 / 3 this week  0 weeks",
        "  Read\n      done             12 days",
    ]
    assert table(ROWS, "llr", "", 20) == [
        "写真の整理\n    0 / 3 this week\n    0 weeks",
        "Read\n    done  12 days",
    ]


def test_empty_columns_and_tables_take_no_room() -> None:
    assert table([("a", "", "b")], "lll") == ["a  b"]
    assert table([], "ll", "  ", 10) == []


@given(st.lists(st.tuples(st.text(max_size=20), st.text(max_size=20)), min_size=1), st.integers(1, 60))
def test_no_table_loses_a_word(rows: list[tuple[str, str]], width: int) -> None:
    shown = [(printable(first), printable(second)) for first, second in rows]
    for line, (first, second) in zip(table(shown, "lr", "", width), shown, strict=True):
        assert first.rstrip() in line
        assert second.rstrip() in line


@given(st.lists(st.tuples(st.text("ab写👨‍👩‍👧é", max_size=9), st.just("x")), min_size=1))
def test_all_rows_end_in_the_same_cell(rows: list[tuple[str, str]]) -> None:
    assert len({cells(line) for line in table([(printable(a), b) for a, b in rows], "lr")}) == 1


@pytest.mark.parametrize(
    ("amount", "currency", "text"),
    [
        ("1234.565", "USD", "1234.56"),
        ("-0.001", "USD", "0.00"),
        ("1E+3", "JPY", "1000"),
        ("0.0005", "BHD", "0.000"),
        ("-12.5", "JPY", "-12"),
    ],
)
def test_amounts_for_scripts(amount: str, currency: str, text: str) -> None:
    assert rounded(Decimal(amount), currency) == text


def test_numbers_for_scripts() -> None:
    assert (plain(Decimal("1E+3")), plain(Decimal("620.50")), plain(None), rounded(None, "USD")) == (
        *("1000", "620.50"),
        None,
        None,
    )
