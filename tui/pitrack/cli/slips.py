"""What was recorded as typed but may be a slip of the finger: told in one line on stderr."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from pitrack.cli.output import short, warn
from pitrack.core.days import Month
from pitrack.core.model import Goal
from pitrack.store.names import Thing, fold
from pitrack.store.snapshot import BookSnapshot
from pitrack.text.i18n import _


def note_new_currency(before: BookSnapshot, code: str) -> None:
    """Tell of a currency that the book, as it was before, had in no place."""
    if not _has_currency(before, code):
        warn(_("{currency} is new in this book; if it is a slip, “pitrack undo” takes it back.").format(currency=code))


def note_day_to_come(day: dt.date, today: dt.date) -> None:
    """Tell of a day that lies ahead."""
    if day > today:
        warn(_("{day} has not come yet: this counts from that day on.").format(day=day))


def note_closed(before: BookSnapshot, *days: dt.date) -> None:
    """Tell of months that were closed and are changed all the same."""
    for month in sorted({Month.of(day) for day in days} & before.closed_months):
        warn(_("{month} was closed as final; its figures change with this.").format(month=month))


def note_same_name(before: Iterable[Thing | Goal], name: str) -> None:
    """Tell of a name that one of those there were before has, too."""
    for one in before:
        if fold(one.name) == fold(name):
            warn(
                _("There was one called {name} already; if this is a slip, “pitrack undo” takes it back.").format(
                    name=short(one.name)
                )
            )
            return


def _has_currency(snap: BookSnapshot, code: str) -> bool:
    """The entries are looked at last: that would parse them all."""
    return (
        code == snap.settings.currency
        or any(stream.currency == code for stream in snap.streams.values())
        or any(code in (rate.base, rate.quote) for rate in snap.rates)
        or any(entry.currency == code for entry in snap.entries)
    )
