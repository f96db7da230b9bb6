"""Usual payouts that have not come: why a complete month is still provisional."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import NamedTuple

from pitrack.core.days import Month
from pitrack.core.ledger import has_earned
from pitrack.core.model import Snapshot, Stream
from pitrack.core.views.streams import in_order

LOOKED_AT = 4
"""Months before the one that is closed, in which a payout is looked for."""
USUAL = 3
"""In so many of them there was one where it is usual."""


class Missing(NamedTuple):
    """A stream whose usual payout has not come; it usually has by the day ``by`` of a month."""

    stream: Stream
    by: int


def missing(snapshot: Snapshot, month: Month) -> tuple[Missing, ...]:
    """Usual payouts that have not come.

    A payout of a stream is usual where the stream had income in at least three of the four months before; it is missing
    where there is none in this month and nobody said that nothing came. It usually has come by the day of the month on
    which, in the latest of those months, the first income of the month was paid (or earned, where no day of payment is
    known). Void entries count for nothing; archived and stopped streams are not waited for.
    """
    firsts = _first_arrivals(snapshot, month)
    found = []
    for stream in in_order(snapshot.streams.values()):
        months = firsts.get(stream.id, {})
        before = {at: arrived for at, arrived in months.items() if at < month}
        is_waited_for = not stream.archived and stream.stage != "stopped" and month not in months
        if is_waited_for and len(before) >= USUAL and (month, stream.id) not in snapshot.nothing_came:
            latest = max(before, key=lambda at: before[at] - at.first)
            found.append(Missing(stream, before[latest].day))
    return tuple(found)


def _first_arrivals(snapshot: Snapshot, month: Month) -> Mapping[str, dict[Month, dt.date]]:
    """The day on which the first income of each month arrived, by stream: of the month and those looked at before."""
    since = month.shift(-LOOKED_AT).first
    found: dict[str, dict[Month, dt.date]] = {}
    for entry in snapshot.entries:
        if has_earned(entry) and entry.stream and since <= entry.day <= month.last:
            months, at = found.setdefault(entry.stream, {}), Month.of(entry.day)
            arrived = entry.paid or entry.day
            months[at] = min(arrived, months.get(at, arrived))
    return found
