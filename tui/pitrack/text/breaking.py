"""Where a line of text may be broken: between words, or between ideographs."""

from __future__ import annotations

import re

from pitrack.text.plain import cells, fit

_IDEOGRAPH = r"\u2e80-\ufdff\uff00-\uffef\U00020000-\U0003ffff"
_CLOSING = r"[)\]、。，．：；！？）」』ー]*"
_WORD = re.compile(rf"[{_IDEOGRAPH}]{_CLOSING}|[^\s{_IDEOGRAPH}]+{_CLOSING}\s*|\s+")
"""A word with its punctuation and the space behind it, an ideograph with its punctuation. An emoji may be several
characters, so it counts as a word."""


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
