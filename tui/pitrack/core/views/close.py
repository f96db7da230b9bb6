"""The close of a month: what is still open in it before its figures are final."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from pitrack.core.days import Month
from pitrack.core.model import Entry, Snapshot
from pitrack.core.views.income.missing import Missing, missing
from pitrack.core.views.recurring import Proposal, proposals


class Closing(NamedTuple):
    """A month before its close. ``is_over``: it is complete, so that it can be closed."""

    month: Month
    is_over: bool
    is_closed: bool
    pending: tuple[Entry, ...]
    missing: tuple[Missing, ...]
    recurring: tuple[Proposal, ...]

    @property
    def open(self) -> int:
        """How many things are open in it."""
        return len(self.pending) + len(self.missing) + len(self.recurring)


def closing(snapshot: Snapshot, month: Month, today: dt.date) -> Closing:
    """What is open in a month, as seen today. ``recurring``: what was due up to its end and waits to be booked."""
    return Closing(
        month=month,
        is_over=month < Month.of(today),
        is_closed=month in snapshot.closed_months,
        pending=tuple(entry for entry in snapshot.entries if entry.status == "pending" and _in(entry, month)),
        missing=missing(snapshot, month),
        recurring=tuple(one for one in proposals(snapshot, today) if Month.of(one.day) <= month),
    )


def _in(entry: Entry, month: Month) -> bool:
    return month.first <= entry.day <= month.last
