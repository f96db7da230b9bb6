"""What an import of exchange rates comes to, in a few sentences."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Protocol

from pitrack.core.days import Month
from pitrack.core.model import Rate
from pitrack.text.i18n import _, ngettext
from pitrack.text.plain import fit, printable
from pitrack.text.words import listed

LONGEST_CODE = 12
"""Cells of a currency's code; a book edited by hand may have anything in its place."""


class Outcome(Protocol):
    """What an import of rates does, as ``exchange.rating`` gives it."""

    @property
    def added(self) -> Sequence[Rate]: ...
    @property
    def same(self) -> int: ...
    @property
    def gone(self) -> int: ...
    @property
    def moved(self) -> Sequence[Month]: ...
    @property
    def missing(self) -> Sequence[tuple[str, int, dt.date]]: ...
    @property
    def absent(self) -> Sequence[str]: ...


def told(plan: Outcome) -> list[str]:
    """One sentence for each thing to know: how many rates for what, which months move, what is still without one."""
    news = _news(plan.added, plan.same, plan.gone)
    return [*news, *_moved(plan.moved), *map(_missing, plan.missing), *_absent(plan.absent)]


def _news(added: Sequence[Rate], same: int, gone: int) -> Iterator[str]:
    if added:
        first, last = added[0].day, added[-1].day
        currencies = listed(*sorted({rate.quote for rate in added}))
        n = len(added)
        if first == last:
            yield ngettext(
                "{n} new rate for {currencies}, of {day}.", "{n} new rates for {currencies}, of {day}.", n
            ).format(n=n, currencies=currencies, day=first)
        else:
            yield ngettext(
                "{n} new rate for {currencies}, from {first} to {last}.",
                "{n} new rates for {currencies}, from {first} to {last}.",
                n,
            ).format(n=n, currencies=currencies, first=first, last=last)
    elif same and not gone:
        yield _("Nothing new: the book has it all.")
    elif not gone:
        yield _("Nothing new: the file has no rate that the book needs.")
    if gone:
        yield _("What was undone in this book stays so; “pitrack rate import FILE --again” brings it back.")


def _moved(months: Sequence[Month]) -> Iterator[str]:
    if months:
        yield _("Months whose figures move: {months}.").format(months=listed(*_runs(months)))


def _runs(months: Sequence[Month]) -> Iterator[str]:
    """Months that follow each other as one: ``2026-03, 2026-05 to 2026-11``."""
    first = months[0]
    for month, after in zip(months, (*months[1:], None), strict=True):
        if after != month.shift(1):
            yield str(month) if month == first else _("{first} to {last}").format(first=first, last=month)
            first = after or first


def _missing(one: tuple[str, int, dt.date]) -> str:
    currency, n, day = one
    return ngettext(
        "Still without a rate: {n} entry in {currency}, of {day}.",
        "Still without a rate: {n} entries in {currency}, the oldest of {day}.",
        n,
    ).format(n=n, currency=_code(currency), day=day)


def _absent(currencies: Sequence[str]) -> Iterator[str]:
    if currencies:
        yield _("The file has no rates for {currencies}.").format(currencies=listed(*map(_code, currencies)))


def _code(currency: str) -> str:
    return fit(printable(currency), LONGEST_CODE)
