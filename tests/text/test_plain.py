"""Text is shown harmless, measured as Textual measures, and never cut inside a character."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from pitrack.text.plain import Align, cells, fit, pad, printable

FAMILY = "👨‍👩‍👧"
FLAG = "🇯🇵"
SOUP = st.text(
    st.one_of(
        st.sampled_from("ab .写真ｶﾞｱﾟ\u0301\u3099\u200d\ufe0f👨👩👧👍🏽❤1⃣🇯🇵🇩🇪\x1b\t\n\r\u202e\u2028\x85"),
        st.characters(),
        st.characters(categories=["Cs", "Cc", "Cf", "Mn", "Me"]),
    )
)
FORBIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Write 500 words", "Write 500 words"),
        ("写真の整理", "写真の整理"),
        ("\x1b[31mred", "\\x1b[31mred"),
        ("a\u202eb\u2066c", "a\\u202eb\\u2066c"),
        ("one\r\ntwo\tthree\u2028four", "one two three four"),
        ("\ud800", "\\ud800"),
        ("\x9b2J", "\\x9b2J"),
        ("全角　空白", "全角　空白"),
        (FAMILY, FAMILY),
        ("a\u200db", "a\\u200db"),
        ("\u200d👧", "\\u200d👧"),
        ("क्\u200dष", "क्\u200dष"),
        ("[bold]x[/bold]", "[bold]x[/bold]"),
    ],
)
def test_printable(text: str, shown: str) -> None:
    assert printable(text) == shown


def test_newlines_may_stay() -> None:
    assert printable("one\r\ntwo\x00\n\tthree", keep_newlines=True) == "one\ntwo\\x00\n three"


@given(SOUP, st.booleans())
def test_nothing_printable_moves_the_cursor(text: str, lines: bool) -> None:
    shown = printable(text, keep_newlines=lines)
    assert not FORBIDDEN.search(shown.replace("\n", "") if lines else shown)
    assert all(unicodedata.category(c) not in ("Cc", "Cs", "Zl", "Zp") for c in shown.replace("\n", ""))
    assert printable(shown, keep_newlines=lines) == shown


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("abc", 3),
        ("写真", 4),
        ("e\u0301", 1),
        (FAMILY, 2),
        (FLAG, 2),
        ("❤️", 2),
        ("👍🏽", 2),
        ("ｶﾞ", 2),
        ("한", 2),
        ("", 0),
    ],
)
def test_cells(text: str, width: int) -> None:
    assert cells(text) == width


@given(SOUP)
@example("a\x1bb")
@example("\x7f")
def test_cells_are_those_of_textual(text: str) -> None:
    assert cells(text) == cell_len(text)
    shown = printable(text)
    assert cells(shown + "|" + shown) == 2 * cells(shown) + 1


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        ("Newsletter", 10, "Newsletter"),
        ("Newsletter", 6, "News.."),
        ("Write to all", 8, "Write.."),
        ("Newsletter", 2, "Ne"),
        ("Newsletter", 0, ""),
        ("Newsletter", -1, ""),
        ("写真の整理", 7, "写真.."),
        ("写真の整理", 8, "写真の.."),
        ("写真", 3, "写"),
        ("写真", 1, ""),
        (FAMILY * 3, 5, FAMILY + ".."),
        (FLAG * 3, 5, FLAG + ".."),
        ("e\u0301" * 5, 4, "e\u0301e\u0301.."),
        ("ｶﾞｶﾞｶﾞ", 5, "ｶﾞ.."),
    ],
)
def test_fit(text: str, width: int, shown: str) -> None:
    assert fit(text, width) == shown


def test_fit_with_another_ellipsis() -> None:
    assert fit("Newsletter", 5, "…") == "News…"


@given(SOUP, st.integers(-1, 12))
def test_fit_never_exceeds_its_width_nor_splits_a_character(text: str, width: int) -> None:
    text = printable(text)
    shown = fit(text, width)
    assert cells(shown) <= max(width, 0)
    if shown != text:
        kept = shown.removesuffix("..")
        assert text.startswith(kept)
        rest = text[len(kept) :]
        assert not kept or not unicodedata.combining(rest[0])
        assert not kept.endswith("\u200d")


@pytest.mark.parametrize(("align", "shown"), [("left", "写真   "), ("right", "   写真"), ("center", " 写真  ")])
def test_pad(align: Align, shown: str) -> None:
    assert pad("写真", 7, align) == shown


@given(SOUP, st.integers(0, 12), st.sampled_from(["left", "right", "center"]))
def test_pad_fills_exactly(text: str, width: int, align: Align) -> None:
    assert cells(pad(printable(text), width, align)) == width
