"""Where a line of text may be broken: between words, or between ideographs (the rules of kinsoku)."""

from __future__ import annotations

import re

from pitrack.text.plain import cells, fit

_IDEOGRAPH = r"\u2e80-\ufdff\uff00-\uffef\U00020000-\U0003ffff"
_OPENING = r"(\[{（［｛「『【〔〈《“‘"  # ends no line
_SMALL = "ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ"
_CLOSING = rf"[)\]}},.:;!?%、。，．：；！？％）］｝」』】〕〉》”’…‥・ー〜～々ゝゞヽヾ{_SMALL}]*"  # begins no line
_COUNTER = r"(?:か月間?|ヶ月間?|[時週日年分]間|[日回件]目|種類|[つ\u4e00-\u9fff])?"  # stays with its number
_WORD = re.compile(
    rf"[{_OPENING}]*(?:"
    rf"[^\s{_IDEOGRAPH}]*[^\s{_IDEOGRAPH}{_OPENING}](?:(?<=\d){_COUNTER})?{_CLOSING}\s*"
    rf"|[０-９][０-９．，]*{_COUNTER}{_CLOSING}"
    rf"|[{_IDEOGRAPH}]{_CLOSING})"
    rf"|[{_OPENING}]+\s*|\s+"
)
"""A word with its punctuation and the space behind it, a number with what it counts, an ideograph with its punctuation.
An emoji may be several characters, so it counts as a word."""


def has_ideographs(text: str) -> bool:
    """Whether a line of the text may end inside a word."""
    return re.search(f"[{_IDEOGRAPH}]", text) is not None


def words_of(text: str) -> list[str]:
    """The parts of a text after each of which a line may end."""
    return _WORD.findall(text)


def folded(text: str, width: int | None) -> list[str]:
    """A text over as many lines of ``width`` cells as it needs, one where that is None; a word too long for a line is
    broken where it ends."""
    if width is None:
        return [text]
    width = max(width, 1)
    lines = [""]
    for word in words_of(text):
        rest = word
        while cells(lines[-1] + rest.rstrip()) > width and (lines[-1] or cells(rest) > width):
            if not lines[-1]:
                lines[-1] = fit(rest, width, "") or fit(rest, 2, "") or rest[0]
                rest = rest[len(lines[-1]) :]
            lines.append("")
        if lines[-1] or rest.strip():
            lines[-1] += rest
    return [line.rstrip() for line in lines]
