"""The words for outcome metrics: figures, what changed, and whether what is read adds up."""

from __future__ import annotations

from decimal import Decimal

from pitrack.core.building import Metric
from pitrack.core.growth import Step
from pitrack.core.money import as_decimal
from pitrack.text.i18n import N_, _
from pitrack.text.plain import printable
from pitrack.text.words import growth, plain_number

_KINDS = {"count": N_("a count, adds up"), "level": N_("a level, the newest stands")}


def kind(code: str) -> str:
    """Whether its readings add up."""
    return _(_KINDS[code]) if code in _KINDS else printable(code)


def figure(amount: Decimal | None) -> str:
    """``1,200``; a dash before the first reading."""
    return "-" if amount is None else plain_number(amount)


def counted(metric: Metric, amount: Decimal) -> str:
    """An amount with the metric's unit, where it has one: ``12 photos``."""
    unit = printable(metric.unit)
    return _("{amount} {unit}").format(amount=figure(amount), unit=unit) if unit else figure(amount)


def change(step: Step | None) -> tuple[str, str]:
    """``+3`` and ``+6.1%``; both empty where there is no figure to compare with."""
    if step is None:
        return "", ""
    text = plain_number(as_decimal(step.delta))
    return text if step.delta <= 0 else f"+{text}", growth(step.reading, step.ratio)
