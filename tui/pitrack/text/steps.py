"""Reading the answers of the launch method, as people type them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from pitrack.core.launch import number
from pitrack.text.amounts import amount, quantity
from pitrack.text.reading import ParseError
from pitrack.text.when import day

MINUTES = 60


def read(name: str, text: str, today: dt.date) -> dict[str, str]:
    """An answer as a decision holds it, by name; money brings its currency where it names one, nothing typed is an
    empty answer. Raises ParseError."""
    text = text.strip()
    reader = _READERS.get(name)
    if not text or reader is None:
        return {name: text}
    return reader(name, text, today)


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


def _money(name: str, text: str, _today: dt.date) -> dict[str, str]:
    sum_, currency = amount(text)
    if name == "money" and not sum_:
        raise ParseError("cap", text)
    return {name: _plain(sum_)} | ({"currency": currency} if currency else {})


def _hours(name: str, text: str, _today: dt.date) -> dict[str, str]:
    """``20``, ``20h``, ``1h30``, ``90m``."""
    typed = number(text)
    hours = quantity(text) / MINUTES if typed is None else typed
    if not hours:
        raise ParseError("cap", text)
    return {name: _plain(hours)}


def _count(name: str, text: str, _today: dt.date) -> dict[str, str]:
    count = number(text)
    if count is None or count < 1 or count != int(count):
        raise ParseError("whole", text)
    return {name: _plain(count)}


def _day(name: str, text: str, today: dt.date) -> dict[str, str]:
    return {name: day(text, today, ahead=name == "until").isoformat()}


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


_READERS: Mapping[str, Callable[[str, str, dt.date], dict[str, str]]] = {
    "price": _money,
    "money": _money,
    "hours": _hours,
    "clients": _count,
    "started": _day,
    "until": _day,
}
