"""What compounds: months of income with their growth, the headline figures, stacking and coverage."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from pitrack.core.days import Month
from pitrack.core.growth import (
    WINDOW,
    Step,
    compound_rate,
    doubling_months,
    run_rate,
    step,
    trailing_mean,
    year_over_year,
)
from pitrack.core.ledger import NO_STREAM, monthly
from pitrack.core.model import Role, Snapshot
from pitrack.core.money import Rates, as_decimal
from pitrack.core.stacking import coverage, effective_sources, shares
from pitrack.core.views.missing import Missing, missing
from pitrack.core.views.streams import in_order
from pitrack.core.worktime import hours as time_by_stream
from pitrack.core.worktime import worked

Label = Literal["percent", "new", "none", "n/m", "first", "open"]
"""How to read a month's growth: a percentage; from nothing; nothing to nothing ("-"); from a negative month;
the first month of all; the open month, which never enters a growth figure."""


@dataclass(frozen=True, slots=True)
class MonthFigures:
    """One month in the view's currency. Ratios are plain numbers (0.12 for +12 %), None where the label says why."""

    month: Month
    income: Decimal
    expense: Decimal
    net: Decimal
    pending: Decimal
    delta: Decimal | None
    mom: float | None
    label: Label
    open: bool
    provisional: bool


@dataclass(frozen=True, slots=True)
class MissingRate:
    """An amount that stands apart because no rate is known on or before its day."""

    currency: str
    day: dt.date
    """The oldest day for which a rate is missing."""
    amount: Decimal
    """Income of that currency left out, unconverted."""
    streams: Mapping[str, Decimal] = field(default_factory=dict, compare=False)
    """The same income by stream."""


@dataclass(frozen=True, slots=True)
class StreamGrowth:
    """One stream's months (same months as the whole) and its headline over the last two complete months."""

    stream: str
    name: str
    role: str
    months: tuple[MonthFigures, ...]
    t3m: Decimal | None
    hours: Decimal
    """Hours logged in the headline month."""
    per_hour: Decimal | None
    """Headline month's net / hours; None without hours."""
    share: float
    """Share of the streams' income over the last twelve complete months; of all income, job included, for the job."""


@dataclass(frozen=True, slots=True)
class Growth:
    """Everything Progress and ``pitrack growth`` show. The job's streams are in ``streams`` but in no total.

    ``months`` run from the first month with an entry outside the job to the open one, without gaps; empty without any.
    ``streams`` are in the user's order, then entries without a stream (stream and name empty), then the job.
    """

    currency: str
    as_of: dt.date
    months: tuple[MonthFigures, ...]
    headline: MonthFigures | None
    """The last complete month."""
    to_date: Decimal
    """Income of the open month so far."""
    to_date_before: Decimal
    """Income of the month before, up to the same day of the month."""
    t3m: Decimal | None
    cmgr: float | None
    doubling_months: float | None
    yoy: float | None
    run_rate: Decimal | None
    streams: tuple[StreamGrowth, ...]
    missing_rates: tuple[MissingRate, ...]
    coverage: float | None
    """Streams' income / the job's income in the headline month; None without job income."""
    sources: float | None
    """Effective sources 1/HHI over twelve months, without the job."""
    sources_with_job: float | None
    missing: tuple[Missing, ...] = ()
    """Usual payouts that have not come in the headline month, while it is provisional."""


def growth(snapshot: Snapshot, day: dt.date, currency: str | None = None) -> Growth:
    """Growth of income as known on ``day``, in ``currency`` (the book's when None)."""
    return _Growing(snapshot, day, currency or snapshot.settings.currency).view()


class _Growing:
    """The ledger of all streams in one currency, and what the parts of the view share."""

    def __init__(self, snapshot: Snapshot, day: dt.date, currency: str) -> None:
        self.snapshot = snapshot
        self.day = day
        self.currency = currency
        self.open = Month.of(day)
        self.rates = Rates(snapshot.rates)
        self.currencies = dict.fromkeys((*snapshot.streams, NO_STREAM), currency)
        self.ledger = monthly(snapshot, self.rates, self.currencies, until=day)
        self.job = [id_ for id_, stream in snapshot.streams.items() if stream.role == "job"]
        self.own = [id_ for id_ in self.currencies if id_ not in self.job]
        first = self.ledger.first(self.own)
        self.months = [first.shift(n) for n in range(first.until(self.open) + 1)] if first else []

    def view(self) -> Growth:
        months = self.figures(self.own)
        complete = self.incomes(self.own)
        t3m = trailing_mean(complete)
        cmgr = compound_rate(complete)
        yearly = {stream: self.yearly(stream) for stream in self.currencies}
        own = {stream: yearly[stream] for stream in self.own}
        last = self.open.shift(-1)
        return Growth(
            currency=self.currency,
            as_of=self.day,
            months=months,
            headline=months[-2] if complete else None,
            to_date=as_decimal(self.ledger.at(self.own, self.open).income),
            to_date_before=as_decimal(self.to_date_before()),
            t3m=_decimal(t3m),
            cmgr=cmgr,
            doubling_months=doubling_months(cmgr),
            yoy=year_over_year(complete),
            run_rate=_decimal(run_rate(t3m)),
            streams=self.streams(shares(own), shares(yearly)),
            missing_rates=tuple(MissingRate(u.currency, u.day, u.income, u.streams) for u in self.ledger.unconverted),
            coverage=coverage(complete[-1], self.ledger.at(self.job, last).income) if complete else None,
            sources=effective_sources(own),
            sources_with_job=effective_sources(yearly),
            missing=missing(self.snapshot, last) if complete and last not in self.snapshot.closed_months else (),
        )

    def incomes(self, streams: Sequence[str], start: Month | None = None) -> list[Fraction]:
        """Income of the complete months shown, from ``start`` on."""
        return [self.ledger.at(streams, month).income for month in self.months[:-1] if not start or month >= start]

    def yearly(self, stream: str) -> Fraction:
        """A stream's income over the last twelve complete months."""
        return sum((self.ledger.at([stream], self.open.shift(-n)).income for n in range(1, WINDOW + 1)), Fraction(0))

    def to_date_before(self) -> Fraction:
        """Income of the month before the open one, up to the same day of the month (its last, if it is shorter)."""
        before = self.open.shift(-1)
        same_day = min(before.first + dt.timedelta(days=self.day.day - 1), before.last)
        part = monthly(self.snapshot, self.rates, self.currencies, until=same_day, since=before.first)
        return part.at(self.own, before).income

    def figures(self, streams: Sequence[str]) -> tuple[MonthFigures, ...]:
        """The months shown, of some streams together."""
        months = []
        previous: Fraction | None = None
        for month in self.months:
            sums = self.ledger.at(streams, month)
            change, label = self.change(month, previous, sums.income)
            months.append(
                MonthFigures(
                    month=month,
                    income=as_decimal(sums.income),
                    expense=as_decimal(sums.expense),
                    net=as_decimal(sums.net),
                    pending=as_decimal(sums.pending),
                    delta=as_decimal(change.delta) if change else None,
                    mom=change.ratio if change else None,
                    label=label,
                    open=month == self.open,
                    provisional=month != self.open and month not in self.snapshot.closed_months,
                )
            )
            previous = sums.income
        return tuple(months)

    def change(self, month: Month, previous: Fraction | None, income: Fraction) -> tuple[Step | None, Label]:
        if month == self.open:
            return None, "open"
        if previous is None:
            return None, "first"
        change = step(previous, income)
        return change, change.reading

    def streams(
        self, own_shares: Mapping[str, Fraction], all_shares: Mapping[str, Fraction]
    ) -> tuple[StreamGrowth, ...]:
        last = self.open.shift(-1)
        hours = time_by_stream(worked(self.snapshot), last.first, last.last)
        lines = []
        for stream in in_order(self.snapshot.streams.values()):
            if not stream.archived or stream.id in self.ledger.firsts:
                share = (all_shares if stream.role == "job" else own_shares).get(stream.id, 0)
                lines.append(self.line(stream.id, stream.name, stream.role, hours, float(share)))
        if NO_STREAM in self.ledger.firsts:
            jobs = sum(line.role == "job" for line in lines)
            none = self.line(NO_STREAM, "", "passive", hours, float(own_shares.get(NO_STREAM, 0)))
            lines.insert(len(lines) - jobs, none)
        return tuple(lines)

    def line(self, stream: str, name: str, role: Role, hours: Mapping[str, Fraction], share: float) -> StreamGrowth:
        last = self.open.shift(-1)
        spent = hours.get(stream, Fraction(0))
        return StreamGrowth(
            stream=stream,
            name=name,
            role=role,
            months=self.figures([stream]),
            t3m=_decimal(trailing_mean(self.incomes([stream], self.start(stream)))),
            hours=as_decimal(spent),
            per_hour=as_decimal(self.ledger.at([stream], last).net / spent) if spent else None,
            share=share,
        )

    def start(self, stream: str) -> Month:
        """A stream's first month: its first entry's, or the one the user set if earlier; without any, the open one."""
        record = self.snapshot.streams.get(stream)
        known = [self.ledger.firsts.get(stream, self.open)]
        if record and record.since:
            known.append(Month.of(record.since))
        return min(known)


def _decimal(value: Fraction | None) -> Decimal | None:
    return None if value is None else as_decimal(value)
