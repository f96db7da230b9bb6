"""Full-width keys of an input method left on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.keys import key_to_character

from pitrack.keys import ascii_character, key_name


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("１", "1"), ("ｊ", "j"), ("Ｇ", "G"), ("：", ":"), ("？", "?"), ("＋", "+"), ("　", " "), ("／", "/")],
)
def test_full_width_characters_mean_their_ascii_keys(typed: str, meant: str) -> None:
    assert ascii_character(typed) == meant


@pytest.mark.parametrize("typed", ["j", "1", "あ", "写", "é", "½", None])
def test_other_characters_are_left_alone(typed: str | None) -> None:
    assert ascii_character(typed) is None


@given(st.characters(min_codepoint=0x21, max_codepoint=0x7E))
def test_full_width_forms_come_back(character: str) -> None:
    assert ascii_character(chr(ord(character) + 0xFEE0)) == character


@pytest.mark.parametrize(
    ("character", "name"),
    [(":", "colon"), ("?", "question_mark"), ("+", "plus"), ("-", "minus"), ("/", "slash"), (" ", "space"), ("j", "j")],
)
def test_keys_are_named_as_textual_names_them(character: str, name: str) -> None:
    assert key_name(character) == name


def test_names_agree_with_textual() -> None:
    assert key_to_character(key_name(":")) == ":"
