"""Holiday income: what came in while everything was paused, told once the days off are over."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

from pitrack.core.days import Month
from pitrack.core.ledger import Figures, summed
from pitrack.core.model import Pause, Snapshot
from pitrack.core.money import Rates, as_decimal
from pitrack.core.pauses import TRAVEL, state_of
from pitrack.core.views.income.stack_shapes import Holiday


def holidays(snapshot: Snapshot, rates: Rates, currency: str, day: dt.date) -> tuple[Holiday, ...]:
    """Pauses of all actions that were over on a day, the newest ended one first, each with the income of its days from
    all streams but the job. Travel is none, and neither is a pause of one action."""
    over = [pause for pause in snapshot.pauses if _is_holiday(pause, day)]
    over.sort(key=lambda pause: (pause.last, pause.first, pause.id), reverse=True)
    ledger = _earned(snapshot, rates, currency, over)
    return tuple(_holiday(pause, ledger.get(pause.id, Figures())) for pause in over)


def _is_holiday(pause: Pause, day: dt.date) -> bool:
    is_over = pause.last is not None and pause.first <= pause.last and state_of(pause, day) == "over"
    return is_over and pause.habit is None and not pause.id.startswith(TRAVEL)


def _earned(snapshot: Snapshot, rates: Rates, currency: str, pauses: Sequence[Pause]) -> dict[str, Figures]:
    """Sums by pause; pauses that share days share their income too."""
    if not pauses or not snapshot.entries:
        return {}
    off = _days_off(pauses, min(entry.day for entry in snapshot.entries))
    jobs = {stream.id for stream in snapshot.streams.values() if stream.role == "job"}
    keyed = ((id_, entry) for entry in snapshot.entries if entry.stream not in jobs for id_ in off.get(entry.day, ()))
    until = max(off, default=dt.date.min)
    into = {pause.id: currency for pause in pauses}
    ledger = summed(keyed, snapshot.settings.currency, rates, into, until=until, whole=True)
    return {pause.id: ledger.at([pause.id], Month.of(until)) for pause in pauses}


def _days_off(pauses: Sequence[Pause], first: dt.date) -> dict[dt.date, list[str]]:
    """The pauses that each day lies in, from the ``first`` day on which anything may have come."""
    off: defaultdict[dt.date, list[str]] = defaultdict(list)
    for pause in pauses:
        for ordinal in range(max(pause.first, first).toordinal(), _last(pause).toordinal() + 1):
            off[dt.date.fromordinal(ordinal)].append(pause.id)
    return off


def _holiday(pause: Pause, income: Figures) -> Holiday:
    last = _last(pause)
    return Holiday(pause.id, pause.first, last, (last - pause.first).days + 1, as_decimal(income.income))


def _last(pause: Pause) -> dt.date:
    assert pause.last is not None  # it is over
    return pause.last
