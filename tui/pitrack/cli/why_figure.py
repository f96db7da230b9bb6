"""``pitrack why FIGURE``: the formula in words, the numbers put in, and the records behind them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, cast

from pitrack.cli.failures import WrongUsage
from pitrack.cli.left_out import left_out_data
from pitrack.cli.output import rounded, say, say_json, say_table, short
from pitrack.cli.parts import read_code
from pitrack.cli.session import Session
from pitrack.core.days import Month
from pitrack.core.views.explained.door import explain
from pitrack.core.views.explained.shapes import OF_ALL, Explained, Figure, Given, Record
from pitrack.store.names import find_stream
from pitrack.text import figures as words
from pitrack.text.dates import month_year
from pitrack.text.i18n import _, ngettext

SHOWN = 20
"""Records that are listed, the newest of them."""


def why_figure(
    session: Session, what: str, day: str | None, *, stream: str | None, currency: str | None, as_json: bool
) -> None:
    figure = cast(Figure, what)
    snap = session.snapshot
    one = None if stream is None else find_stream(snap, stream)
    if one is not None and figure in OF_ALL:
        text = _("“{figure}” is a figure of all streams together; leave out --stream.")
        raise WrongUsage(text.format(figure=figure))
    code = None if currency is None else read_code(currency)
    found = explain(snap, session.as_of(day), [figure], code, one.id if one else None)[0]
    if as_json:
        say_json(_data(found))
        return
    _say(found)


def _say(found: Explained) -> None:
    wording = words.Wording(found.currency)
    say(f"{_title(found)}: {words.value(found, wording)}")
    say(words.formula(found))
    for line in words.working(found, wording):
        say(f"  {line}")
    for line in words.left_out(found, wording):
        say(line)
    if found.records:
        say()
        left = len(found.records) - SHOWN
        say_table([words.record(one, wording) for one in reversed(found.records[-SHOWN:])], "lllrl")
        if left > 0:
            say(ngettext("and {n} record before", "and {n} records before", left).format(n=left))


def _title(found: Explained) -> str:
    """``Change, Newsletter, October 2026, provisional``."""
    from pitrack.text.words import listed

    month = month_year(found.month) if found.month else ""
    return listed(words.name(found.figure), short(found.name), month, _("provisional") if found.provisional else "")


def _data(found: Explained) -> dict[str, Any]:
    """The documented shape of ``why FIGURE --json``."""
    return {
        "figure": found.figure,
        "stream": found.name or None,
        "currency": found.currency,
        "as_of": found.as_of.isoformat(),
        "month": str(found.month) if found.month else None,
        "provisional": found.provisional,
        "value": _value(found.value, found.unit, found.currency),
        "unit": found.unit,
        "why": found.why,
        "formula": words.formula(found),
        "working": list(words.working(found, words.Wording(found.currency))),
        "numbers": [_given(one, found.currency) for one in found.numbers],
        "records": [_record(one) for one in found.records],
        "missing_rates": left_out_data(found.left_out),
    }


def _given(one: Given, currency: str) -> dict[str, Any]:
    return {
        "what": one.what,
        "value": _value(one.value, one.unit, currency),
        "unit": one.unit,
        "name": one.name,
        "month": str(one.month) if one.month else None,
    }


def _value(value: Decimal | float | dt.date | Month | None, unit: str, currency: str) -> Any:
    """A value for scripts: money to its decimals, hours and other decimals to a hundredth, both as text."""
    match value:
        case Month():
            return str(value)
        case dt.date():
            return value.isoformat()
        case Decimal():
            return rounded(value, currency) if unit in ("money", "hourly") else format(value, ".2f")
    return value


def _record(one: Record) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "id": one.id,
        "day": one.day.isoformat() if one.day else None,
        "until": one.until.isoformat() if one.until else None,
        "name": one.name,
        "amount": None if one.amount is None else rounded(one.amount, one.currency),
        "currency": one.currency or None,
        "minutes": one.minutes,
        "note": one.note,
    }
