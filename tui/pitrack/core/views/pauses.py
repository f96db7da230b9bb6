"""Pauses: how each stands on a day, and what the days off brought once they are over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from pitrack.core.ledger import NO_STREAM, monthly
from pitrack.core.model import Habit, Pause, Snapshot
from pitrack.core.money import Rates, as_decimal
from pitrack.core.streaks import Timeline, timeline
from pitrack.core.verdicts import MET, MISSED
from pitrack.core.views.today import living


class Brought(NamedTuple):
    """What a pause that is over brought.

    ``income`` (gross less refunds, pending counted) in ``currency``, of all streams but the job; of a pause of one
    habit, of its stream alone. ``apart``: income by currency for which no rate is known. ``broken``: living habits
    that had a streak which these days broke. ``streaks``: how many streaks there were to keep, the broken ones
    included."""

    days: int
    currency: str
    income: Decimal
    apart: tuple[tuple[str, Decimal], ...]
    streaks: int
    broken: tuple[Habit, ...]


def brought(snapshot: Snapshot, pause: Pause, day: dt.date) -> Brought:
    """What a pause brought, as known on ``day``; of one that still runs, what it did until the day before."""
    yesterday = day - dt.timedelta(days=1)
    last = min(pause.last or yesterday, yesterday)
    income, apart = _income(snapshot, pause, last)
    first, end = pause.first.toordinal(), last.toordinal() + 1
    streaks, broken = 0, []
    for habit in _habits(snapshot, pause, day):
        judged = timeline(habit, snapshot.history(habit.id), day, snapshot.settings.week_start)
        is_broken = _broke(judged, first, end)
        streaks += is_broken or judged.current > 0
        if is_broken:
            broken.append(habit)
    return Brought(max(0, end - first), snapshot.settings.currency, income, apart, streaks, tuple(broken))


def _habits(snapshot: Snapshot, pause: Pause, day: dt.date) -> list[Habit]:
    return [habit for habit in living(snapshot, day) if pause.habit in (None, habit.id)]


def _income(snapshot: Snapshot, pause: Pause, last: dt.date) -> tuple[Decimal, tuple[tuple[str, Decimal], ...]]:
    currency = snapshot.settings.currency
    currencies = dict.fromkeys((*snapshot.streams, NO_STREAM), currency)
    ledger = monthly(snapshot, Rates(snapshot.rates), currencies, until=last, since=pause.first)
    own = _streams(snapshot, pause)
    income = sum((figures.income for (stream, _), figures in ledger.figures.items() if stream in own), Fraction(0))
    left = [
        (one.currency, sum((amount for stream, amount in one.streams.items() if stream in own), Decimal(0)))
        for one in ledger.unconverted
    ]
    return as_decimal(income), tuple((code, amount) for code, amount in left if amount)


def _streams(snapshot: Snapshot, pause: Pause) -> Sequence[str]:
    own = [*(stream.id for stream in snapshot.streams.values() if stream.role != "job"), NO_STREAM]
    if pause.habit is None:
        return own
    habit = snapshot.habits.get(pause.habit)
    return [stream for stream in own if habit and stream == habit.stream]


def _broke(judged: Timeline, first: int, end: int) -> bool:
    """Whether a streak ran into a missed day or period that has a day of ``[first, end)`` in it."""
    is_running = False
    for stretch in judged.stretches:
        for index, verdict in enumerate(stretch.verdicts):
            if verdict == MET:
                is_running = True
            elif verdict == MISSED:
                if is_running and stretch.bounds[index] < end and stretch.bounds[index + 1] > first:
                    return True
                is_running = False
    return False
