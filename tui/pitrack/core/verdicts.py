"""How a due day or period is judged: one character each, so that ten years of them are one string, searched and counted
at C speed."""

from __future__ import annotations

from typing import Final

MET: Final = "+"
MISSED: Final = "-"
NEUTRAL: Final = "."
PENDING: Final = "?"
