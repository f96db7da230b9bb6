"""Plain text for a terminal: made harmless, measured in cells, cut and padded between characters."""

from __future__ import annotations

import re
from typing import Literal

Align = Literal["left", "right", "center"]

# Control characters, the marks and overrides of text direction, lone surrogates, and a zero width joiner that joins no
# emoji or Indic syllable: measuring takes the character after a joiner for part of the one before it.
_UNSAFE = (
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
    "|\u200d(?![\u0900-\u0dff\u2190-\u2bff\U0001f000-\U0001faff])"
    "|(?:^|(?<=[ \n]))\u200d"
)
_LINE_ENDS = "\r\n?|[\x0b\x0c\x85\u2028\u2029]"


def printable(text: str, *, keep_newlines: bool = False) -> str:
    r"""``text`` as it may be shown: one line (unless ``keep_newlines``), nothing that moves the cursor or the eye.

    Line ends and tabs become a space; control, direction and lone surrogate characters are spelt, as ``\x1b``.
    """
    if text.isprintable() and "\u200d" not in text:
        return text
    text = re.sub(_LINE_ENDS, "\n", text).replace("\t", " ")
    if keep_newlines:
        return "\n".join(re.sub(_UNSAFE, _spell, line) for line in text.split("\n"))
    return re.sub(_UNSAFE, _spell, text.replace("\n", " "))


def cells(text: str) -> int:
    """Width in terminal cells, as Textual measures it."""
    if text.isascii() and text.isprintable():
        return len(text)
    from rich.cells import cell_len  # here: most text is ASCII and needs no tables

    return cell_len(text)


def fit(text: str, width: int, ellipsis: str = "..") -> str:
    """``text`` cut to at most ``width`` cells between two characters, ending in ``ellipsis`` where that has room.

    A double-width character that does not fit leaves its cell free. The default ellipsis has the same width in every
    terminal; ``…`` has not.
    """
    if cells(text) <= width:
        return text
    start = _cut(text, width - cells(ellipsis)).rstrip(" ")
    return start + ellipsis if start else _cut(text, width)


def pad(text: str, width: int, align: Align = "left") -> str:
    """``text`` in exactly ``width`` cells: cut like ``fit`` or filled with spaces."""
    text = fit(text, width)
    free = max(width - cells(text), 0)
    before = {"left": 0, "right": free, "center": free // 2}[align]
    return " " * before + text + " " * (free - before)


def _spell(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def _cut(text: str, width: int) -> str:
    if text.isascii() and text.isprintable():
        return text[: max(width, 0)]
    end = used = 0
    for start, stop, size in _graphemes(text):
        if used + size > width or stop <= start:
            break
        end, used = stop, used + size
    return text[:end]


def _graphemes(text: str) -> list[tuple[int, int, int]]:
    """Spans ``(start, stop, cells)`` that must not be cut: rich's, with flags and half-width kana marks kept whole."""
    from rich.cells import split_graphemes

    spans: list[tuple[int, int, int]] = []
    for start, stop, size in split_graphemes(text)[0]:
        if spans and _continues(text[spans[-1][0] : spans[-1][1]], text[start]):
            first, _stop, before = spans.pop()
            spans.append((first, stop, before + size))
        else:
            spans.append((start, stop, size))
    return spans


def _continues(before: str, character: str) -> bool:
    if character in "\uff9e\uff9f":  # half-width voiced marks, as in ｶﾞ
        return "\uff66" <= before[-1] <= "\uff9d"
    return "\U0001f1e6" <= character <= "\U0001f1ff" and len(before) == 1 and "\U0001f1e6" <= before <= "\U0001f1ff"
