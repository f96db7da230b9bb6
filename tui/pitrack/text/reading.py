"""What readers of typed text share: one form for full-width and ordinary characters, and the error they raise."""

from __future__ import annotations

import unicodedata

_DASHES = {ord(dash): "-" for dash in "‐‑‒–—―−"}


class ParseError(ValueError):
    """Typed text that cannot be read; ``pitrack.text.errors.sentence(code, details)`` says why and what to type.

    Codes: ``amount``, ``negative``, ``negative-money``, ``too-long``, ``two-currencies``, ``comma``, ``rate``,
    ``reading``, ``quantity``, ``other-unit`` (unit), ``no-amount`` (name), ``duration``, ``length``, ``hours``,
    ``day``, ``day-ahead``, ``no-such-day``, ``month``, ``period``, ``no-such-week``, ``schedule``, ``recurs``,
    ``times`` (most), ``span`` (most), ``whole``, ``entry``, ``marker`` (name), ``ambiguous`` and ``unknown`` (what,
    name, candidates). All have ``value``, the text as typed.
    """

    def __init__(self, code: str, value: str, **details: object) -> None:
        super().__init__(code)
        self.code = code
        self.value = value
        self.details: dict[str, object] = {"value": value, **details}

    def __str__(self) -> str:
        return f"{self.code} {self.details}"


def normal(text: str) -> str:
    """``text`` for comparing and reading: NFKC, case folded, single spaces, every dash a hyphen."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().translate(_DASHES).split())
