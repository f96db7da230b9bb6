"""Where lines are broken: between words, between ideographs, never before what closes a sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pitrack.text.breaking import words_of
from pitrack.text.plain import cells
from pitrack.widgets.wrapping import broken


def lines(text: str, width: int) -> list[str]:
    return ["".join(piece for piece, _role in line).rstrip() for line in broken([(text, "")], width)]


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("two words", 5, ["two", "words"]),
        ("写真を整理します。", 16, ["写真を整理しま", "す。"]),
        ("追加します(内容と頻度)。", 23, ["追加します(内容と頻", "度)。"]),
        ("i、c。", 3, ["i、", "c。"]),
        ("過去はそのままです。", 18, ["過去はそのままで", "す。"]),
        ("期限まであと38日。", 14, ["期限まであと", "38日。"]),
        ("小さな検証: 顧客3人、12.5時間", 18, ["小さな検証: 顧客", "3人、12.5時間"]),
        ("小さな検証: 少数", 10, ["小さな検", "証: 少数"]),
        ("費用は１２か月で", 8, ["費用は", "１２か月", "で"]),
        ("例「メール」", 6, ["例", "「メー", "ル」"]),
        ("一度だけ(水)とデータ", 10, ["一度だけ", "(水)とデー", "タ"]),
        ("いまちょっと", 6, ["いま", "ちょっ", "と"]),
        ("Loop Habitの記録", 10, ["Loop Habit", "の記録"]),
        ("f(x) and (y)", 9, ["f(x) and", "(y)"]),
        ("unbreakable", 4, ["unbr", "eaka", "ble"]),
        ("an 写", 1, ["a", "n", "写"]),
        ("an 写", 0, ["a", "n", "写"]),
        ("ab", -1, ["a", "b"]),
        ("", -1, [""]),
    ],
)
def test_lines_are_broken_where_a_reader_expects_it(text: str, width: int, expected: list[str]) -> None:
    assert lines(text, width) == expected


@given(st.text(st.sampled_from("ab 写真。、)"), max_size=40), st.integers(-3, 20))
def test_no_line_is_too_long_and_nothing_but_spaces_is_lost(text: str, width: int) -> None:
    found = lines(text, width)
    assert all(cells(line) <= width or len(line.rstrip("。、)")) <= 1 for line in found)
    assert "".join("".join(found).split()) == "".join(text.split())


@given(st.text(st.sampled_from("ab 写っ。、)(「」3３日“”"), max_size=40))
def test_every_character_is_in_a_word(text: str) -> None:
    assert "".join(words_of(text)) == text
