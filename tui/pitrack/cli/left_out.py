"""Money that a figure leaves out for want of a rate: a line with the command that adds one, and its data."""

from __future__ import annotations

from collections.abc import Iterable

from pitrack.cli.output import rounded, say
from pitrack.core.views.income.growth import MissingRate
from pitrack.text.i18n import _
from pitrack.text.plain import printable


def say_left_out(missing_rates: Iterable[MissingRate], quote: str) -> None:
    """A line for each currency that has no rate to ``quote``."""
    for missing in missing_rates:
        say(_line(missing, quote))


def left_out_data(missing_rates: Iterable[MissingRate]) -> list[dict[str, str | None]]:
    """``missing_rates`` in the JSON of every figure."""
    return [
        {"currency": one.currency, "day": one.day.isoformat(), "amount": rounded(one.amount, one.currency)}
        for one in missing_rates
    ]


def _line(missing: MissingRate, quote: str) -> str:
    from pitrack.text.money import money

    said = _("Left out for want of a rate: {amount}. Add it: pitrack rate add {currency} {quote} RATE --on {day}")
    amount, currency = money(missing.amount, missing.currency), printable(missing.currency)
    return said.format(amount=amount, currency=currency, quote=quote, day=missing.day)
