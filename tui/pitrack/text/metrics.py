"""The words for outcome metrics: figures, what changed, whether what is read adds up; and reading what was typed."""

from __future__ import annotations

from decimal import Decimal

from pitrack.core.building import Metric
from pitrack.core.growth import Step
from pitrack.core.money import as_decimal
from pitrack.text.amounts import quantity
from pitrack.text.i18n import N_, _
from pitrack.text.plain import printable
from pitrack.text.reading import ParseError, normal
from pitrack.text.words import counted as in_unit
from pitrack.text.words import growth, plain_number

_KINDS = {"count": N_("a count"), "level": N_("a level")}
_MEANINGS = {
    "count": N_("what is logged adds up: sales, leads"),
    "level": N_("the newest reading stands: paid subscribers"),
}


def kind_word(code: str) -> str:
    """``a count``, ``a level``."""
    return _(_KINDS[code]) if code in _KINDS else printable(code)


def kind(code: str) -> str:
    """Whether its readings add up."""
    return _(_MEANINGS[code]) if code in _MEANINGS else printable(code)


def typed(text: str) -> tuple[bool, Decimal | None]:
    """A reading as typed, and whether it adds to the day's: ``52`` sets, ``+1`` adds, ``-`` takes it back (None).
    Raises ParseError, as ``quantity`` does, but ``reading`` in place of it."""
    plain = normal(text)
    if plain == "-":
        return False, None
    try:
        return plain.startswith("+"), quantity(plain.removeprefix("+"))
    except ParseError as error:
        raise ParseError("reading" if error.code == "quantity" else error.code, text) from None


def figure(amount: Decimal | None) -> str:
    """``1,200``; a dash before the first reading."""
    return "-" if amount is None else plain_number(amount)


def counted(metric: Metric, amount: Decimal) -> str:
    """An amount with the metric's unit, where it has one: ``12 photos``."""
    return in_unit(figure(amount), metric.unit)


def change(step: Step | None) -> tuple[str, str]:
    """``+3`` and ``+6.1%``; both empty where there is no figure to compare with."""
    if step is None:
        return "", ""
    text = plain_number(as_decimal(step.delta))
    return text if step.delta <= 0 else f"+{text}", growth(step.reading, step.ratio)
