"""Glyph sets: the signs charts are drawn with, none of ambiguous width, and an ASCII set for terminals without them."""

from __future__ import annotations

from typing import NamedTuple


class Glyphs(NamedTuple):
    """One set. Every sign is one cell wide in every terminal, East Asian ones included (so no block elements)."""

    name: str
    tick: str
    """What was done."""
    full: str
    """A filled cell of a meter."""
    half: str
    """A half-filled one."""
    rest: str
    """An empty one."""
    caps: tuple[str, str, str]
    """The top of a bar that fills a quarter, a half, three quarters of its cell."""
    heat: tuple[str, str, str, str, str, str]
    """A day when nothing was asked, nothing done, and done up to a quarter, a half, nearly all and all of it."""
    spark: str
    """Levels of a text sparkline, lowest first; empty where braille is drawn, two values a cell."""
    mark: str
    """A line across a chart."""
    solid: bool
    """Whether a bar is filled with letters, and not with colour and one letter."""


UNICODE = Glyphs(
    name="unicode",
    tick="✓",
    full="⣿",
    half="⡇",
    rest="⣀",
    caps=("⣀", "⣤", "⣶"),
    heat=(" ", "⠄", "⠤", "⠶", "⡷", "⣿"),
    spark="",
    mark="⠒",
    solid=False,
)

ASCII = Glyphs(
    name="ascii",
    tick="+",
    full="#",
    half="=",
    rest="-",
    caps=("_", ".", ":"),
    heat=(" ", ".", ":", "+", "*", "#"),
    spark="_.-=+*#",
    mark="-",
    solid=True,
)

LETTERS = UNICODE._replace(name="letters", solid=True)
"""For terminals that have the signs and no colours."""

_SETS = {glyphs.name: glyphs for glyphs in (UNICODE, ASCII, LETTERS)}


def glyph_set(name: str) -> Glyphs:
    """The set of that name, the Unicode one for any other."""
    return _SETS.get(name, UNICODE)
