"""Reading the answers of the launch method, as people type them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal

from pitrack.core.launch import number
from pitrack.text.amounts import amount, quantity
from pitrack.text.reading import ParseError
from pitrack.text.when import day, until

MINUTES = 60


def read(
    name: str, text: str, today: dt.date, *, currency: str | None = None, first: dt.date | None = None
) -> dict[str, str]:
    """An answer as a decision holds it, by name; money brings its currency where it names one, nothing typed is an
    empty answer. ``currency``: that of money which names none; ``first``: the day from which a test runs. Raises
    ParseError."""
    text = text.strip()
    if not text:
        return {name: text}
    match name:
        case "price" | "money":
            return _money(name, text, currency)
        case "hours":
            return {name: _plain(_hours(text))}
        case "clients":
            return {name: _plain(_count(text))}
        case "started":
            return {name: day(text, today).isoformat()}
        case "until":
            return {name: until(text, max(first or today, today), today).isoformat()}
    return {name: text}


def outcomes(lines: Iterable[str]) -> str:
    """Several outcomes as the one answer that holds them, one a line."""
    return "\n".join(line for text in lines for line in (part.strip() for part in text.splitlines()) if line)


def together(before: Mapping[str, str], given: Mapping[str, str], currency: str) -> dict[str, str]:
    """What stands at a step once answers are given: those that were not given stay, an empty one is taken back; an
    amount that names no currency is in the stream's."""
    answers = {name: text for name, text in {**before, **given}.items() if text}
    if "price" in answers or "money" in answers:
        return {"currency": currency} | answers
    return {name: text for name, text in answers.items() if name != "currency"}


def _money(name: str, text: str, own: str | None) -> dict[str, str]:
    sum_, currency = amount(text, own)
    if name == "money" and not sum_:
        raise ParseError("cap", text)
    return {name: _plain(sum_)} | ({"currency": currency} if currency else {})


def _hours(text: str) -> Decimal:
    """``20``, ``20h``, ``1h30``, ``90m``."""
    typed = number(text)
    hours = quantity(text) / MINUTES if typed is None else typed
    if not hours:
        raise ParseError("cap", text)
    return hours


def _count(text: str) -> Decimal:
    count = number(text)
    if count is None or count < 1 or count != int(count):
        raise ParseError("whole", text)
    return count


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
