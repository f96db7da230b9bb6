"""Outcome metrics: what was counted in each month, how it changed, and what their streams earned in the same months."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import NamedTuple

from pitrack.core.building import Metric
from pitrack.core.currencies import EXACT
from pitrack.core.days import Month
from pitrack.core.growth import WINDOW, Step, step
from pitrack.core.ledger import NO_STREAM, ZERO, Ledger, monthly
from pitrack.core.model import Snapshot
from pitrack.core.money import Rates, as_decimal
from pitrack.core.views.streams import in_order


class Readings:
    """What was read of one metric, by day, oldest first."""

    def __init__(self, metric: Metric, read: Mapping[dt.date, Decimal]) -> None:
        self.is_level = metric.kind == "level"
        self.days = sorted(read)
        self.amounts = [read[day] for day in self.days]

    def figure(self, first: dt.date, last: dt.date) -> Decimal | None:
        """What stands for the days ``first`` to ``last``: of a count their sum, of a level the newest reading up to the
        last. None before the first reading of all."""
        end = bisect_right(self.days, last)
        if not end:
            return None
        if self.is_level:
            return self.amounts[end - 1]
        with localcontext(EXACT):
            return sum(self.amounts[bisect_left(self.days, first) : end], ZERO)

    def last(self, day: dt.date) -> Reading | None:
        """The newest reading up to a day."""
        end = bisect_right(self.days, day)
        return Reading(self.days[end - 1], self.amounts[end - 1]) if end else None

    def change(self, before: tuple[dt.date, dt.date], now: tuple[dt.date, dt.date]) -> Step | None:
        """From the days of one period to those of the next; None where the earlier one has no figure."""
        old, new = self.figure(*before), self.figure(*now)
        return None if old is None or new is None else step(Fraction(old), Fraction(new))


class Reading(NamedTuple):
    """A day's total of a metric."""

    day: dt.date
    amount: Decimal


@dataclass(frozen=True, slots=True)
class MetricLine:
    """One metric as known on a day, beside the income of its stream in the same months."""

    metric: Metric
    now: Decimal | None
    """The open month's figure so far."""
    before: Decimal | None
    """That of the last complete month."""
    change: Step | None
    """From the month before the last complete one to it: the open month enters no change."""
    today: Decimal | None
    """What was read on the day itself."""
    last: Reading | None
    months: tuple[Month, ...]
    """Twelve complete months and the open one, oldest first."""
    trend: tuple[Decimal | None, ...]
    """The figure of each month, None before the first reading."""
    currency: str
    income: tuple[Decimal, ...]
    """Income of the stream in each month, in its currency; empty where the metric is on none."""


def metric_lines(snapshot: Snapshot, day: dt.date, *, archived: bool | None = False) -> tuple[MetricLine, ...]:
    """Metrics in the order of their streams, those on none last; ``archived`` None means both kinds, living first."""
    kept = [one for one in snapshot.metrics.values() if archived is None or one.archived == archived]
    if not kept:
        return ()
    months = shown_months(day)
    ledger = _income(snapshot, kept, months[0].first, day)
    place = {stream.id: number for number, stream in enumerate(in_order(snapshot.streams.values()))}
    kept.sort(key=lambda one: (one.archived, place.get(one.stream or "", len(place)), one.order, one.id))
    return tuple(_line(snapshot, one, ledger, months, day) for one in kept)


def shown_months(day: dt.date) -> tuple[Month, ...]:
    """The months of a trend: twelve complete ones, then the open one."""
    return tuple(Month.of(day).shift(back) for back in range(-WINDOW, 1))


def spans(months: Iterable[Month], day: dt.date) -> list[tuple[dt.date, dt.date]]:
    """First and last day of each month, the open one as far as it has come."""
    return [(month.first, min(month.last, day)) for month in months]


def _income(snapshot: Snapshot, metrics: Sequence[Metric], since: dt.date, day: dt.date) -> Ledger:
    wanted = {one.stream for one in metrics}
    book = snapshot.settings.currency
    currencies = {stream.id: stream.currency for stream in snapshot.streams.values() if stream.id in wanted}
    return monthly(snapshot, Rates(snapshot.rates), currencies | {NO_STREAM: book}, until=day, since=since)


def _line(snapshot: Snapshot, metric: Metric, ledger: Ledger, months: tuple[Month, ...], day: dt.date) -> MetricLine:
    readings = Readings(metric, snapshot.readings(metric.id))
    days = spans(months, day)
    trend = tuple(readings.figure(*span) for span in days)
    stream = snapshot.streams.get(metric.stream or "")
    return MetricLine(
        metric=metric,
        now=trend[-1],
        before=trend[-2],
        change=readings.change(days[-3], days[-2]),
        today=snapshot.readings(metric.id).get(day),
        last=readings.last(day),
        months=months,
        trend=trend,
        currency=stream.currency if stream else snapshot.settings.currency,
        income=tuple(as_decimal(ledger.at([stream.id], month).income) for month in months) if stream else (),
    )
