"""Which rows of a table sum up the others, and so are no payouts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pitrack.exchange.payouts.sheet import folded

TOTALS = frozenset(
    {
        *("total", "totals", "grand total", "subtotal", "sub-total", "sum"),
        *("summe", "gesamt", "gesamtsumme", "zwischensumme", "insgesamt"),
        *("total général", "somme"),
        *("合計", "総計", "計", "小計"),
    }
)
LONGEST = 40


def is_word(text: str) -> bool:
    """Whether a cell says that its row is a sum."""
    return bool(text) and len(text) <= LONGEST and folded(text).rstrip(": ") in TOTALS


def is_total(
    cells: Mapping[str, str], columns: Sequence[str], day: Sequence[str], title: Sequence[str], *, is_last: bool
) -> bool:
    """Whether a row is a sum: so says its first cell or that of its day; or that of its title, where the row has no day
    or is the last one, for a thing may be called so."""
    if any(is_word(cells.get(name, "")) for name in (*columns[:1], *day)):
        return True
    has_day = any(cells.get(name, "").strip() for name in day)
    return (is_last or not has_day) and any(is_word(cells.get(name, "")) for name in title)
