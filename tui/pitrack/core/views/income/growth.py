"""What compounds: months of income with their growth, the headline figures, stacking and coverage.

All of it can be of one stream, of net, and of a period: then the last complete month of the period is the headline, and
what looks back twelve months looks back on the months of the period instead.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Literal, NamedTuple

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
from pitrack.core.ledger import NO_STREAM, NOTHING, Figures, Ledger, monthly
from pitrack.core.model import Snapshot
from pitrack.core.money import Rates, as_decimal, maybe_decimal
from pitrack.core.stacking import coverage, effective_sources, shares
from pitrack.core.views.income.missing import Missing, missing
from pitrack.core.views.streams import in_order
from pitrack.core.worktime import hours as time_by_stream
from pitrack.core.worktime import worked

Of = Literal["income", "net"]
"""What grows."""

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
    cmgr: float | None
    doubling_months: float | None
    yoy: float | None
    run_rate: Decimal | None
    to_date: Decimal
    """Of the open month so far."""
    hours: Decimal
    """Hours logged in the headline month."""
    per_hour: Decimal | None
    """Headline month's net / hours; None without hours."""
    share: float | None
    """Share of the streams' income over the last twelve complete months; of all income, job included, for the job.
    None where nothing earned."""


@dataclass(frozen=True, slots=True)
class Growth:
    """Everything Progress and ``pitrack growth`` show. The job's streams are in ``streams`` but in no total.

    ``months`` run from the first month with an entry outside the job (of one stream, from its start, which the user may
    have set earlier) to the open one, without gaps; empty without any.
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
    hours: Decimal
    """Hours on all streams but the job, and on none, in the headline month."""
    per_hour: Decimal | None
    """Headline month's net / hours; None without hours."""
    streams: tuple[StreamGrowth, ...]
    missing_rates: tuple[MissingRate, ...]
    coverage: float | None
    """Streams' income / the job's income in the headline month; None without job income, and of one stream, as are the
    next two."""
    sources: float | None
    """Effective sources 1/HHI over twelve months, without the job."""
    sources_with_job: float | None
    missing: tuple[Missing, ...] = ()
    """Usual payouts that have not come in the headline month, while it is provisional."""
    of: Of = "income"
    """What ``delta``, ``mom``, the month to date and all figures but shares, sources and coverage are of."""


def growth(
    snapshot: Snapshot,
    day: dt.date,
    currency: str | None = None,
    *,
    of: Of = "income",
    stream: str | None = None,
    since: Month | None = None,
    until: Month | None = None,
) -> Growth:
    """Growth as known on ``day``, in ``currency`` (the book's when None): of all streams but the job or of one of them,
    by id; in all months or in those ``since`` to ``until``, both counted."""
    return Growing(snapshot, day, currency, of=of, stream=stream, since=since, until=until).view()


class Pace(NamedTuple):
    """How a row of complete months grows."""

    t3m: Decimal | None
    cmgr: float | None
    yoy: float | None
    run_rate: Decimal | None

    @property
    def doubling(self) -> float | None:
        return doubling_months(self.cmgr)


class Growing:
    """The ledger of all streams in one currency, and what the parts of this view and of the assets' share."""

    def __init__(
        self,
        snapshot: Snapshot,
        day: dt.date,
        currency: str | None = None,
        *,
        of: Of = "income",
        stream: str | None = None,
        since: Month | None = None,
        until: Month | None = None,
    ) -> None:
        self.snapshot = snapshot
        self.day = day
        self.currency = currency or snapshot.settings.currency
        self.of = of
        self.open = Month.of(day)
        self.last = min(until or self.open, self.open.shift(-1))
        self.since = since
        self.rates = Rates(snapshot.rates)
        self.currencies = dict.fromkeys((*snapshot.streams, NO_STREAM), self.currency)
        self.ledger = monthly(snapshot, self.rates, self.currencies, until=day)
        self.job = [id_ for id_, record in snapshot.streams.items() if record.role == "job"]
        self.only = stream
        self.own = [id_ for id_ in self.currencies if id_ not in self.job] if stream is None else [stream]
        entered = self.ledger.first(self.own)
        self.began = entered if stream is None else self.start(stream)
        self.first = self.began if entered else None
        end = self.last if until and until < self.open else self.open
        start = max(self.first, since or self.first) if self.first else end.shift(1)
        self.months = [start.shift(n) for n in range(start.until(end) + 1)]
        self.complete = [month for month in self.months if month <= self.last]
        self.work = list(worked(snapshot))

    def view(self) -> Growth:
        months = self.figures(self.ledger, self.own, self.months)
        pace = self.pace(self.ledger, self.own, self.began)
        yearly = {stream: self.yearly(self.ledger, stream) for stream in self.currencies}
        own = {stream: income for stream, income in yearly.items() if stream not in self.job}
        hours = self.hours()
        spent = sum((hours.get(stream, NOTHING) for stream in self.own), NOTHING)
        sums, job = self.ledger.at(self.own, self.last), self.ledger.at(self.job, self.last).income
        return Growth(
            currency=self.currency,
            as_of=self.day,
            months=months,
            headline=months[len(self.complete) - 1] if self.complete else None,
            to_date=as_decimal(self.value(self.ledger.at(self.own, self.open))),
            to_date_before=as_decimal(self.to_date_before()),
            t3m=pace.t3m,
            cmgr=pace.cmgr,
            doubling_months=pace.doubling,
            yoy=pace.yoy,
            run_rate=pace.run_rate,
            hours=as_decimal(spent),
            per_hour=as_decimal(sums.net / spent) if spent else None,
            streams=self.streams(shares(own), shares(yearly), hours),
            missing_rates=missing_rates(self.ledger),
            coverage=coverage(sums.income, job) if self.complete and self.only is None else None,
            sources=effective_sources(own) if self.only is None else None,
            sources_with_job=effective_sources(yearly) if self.only is None else None,
            missing=self.missing(),
            of=self.of,
        )

    def value(self, sums: Figures) -> Fraction:
        """What grows."""
        return sums.net if self.of == "net" else sums.income

    def values(self, ledger: Ledger, keys: Sequence[str], start: Month | None, until: Month) -> list[Fraction]:
        months = range(start.until(until) + 1) if start else ()
        return [self.value(ledger.at(keys, start.shift(n))) for n in months] if start else []

    def pace(self, ledger: Ledger, keys: Sequence[str], start: Month | None) -> Pace:
        """Of the complete months from ``start`` on; the year before counts whether it is of the period or not."""
        every = self.values(ledger, keys, start, self.last)
        within = every if not (start and self.since) else every[max(start.until(self.since), 0) :]
        t3m = trailing_mean(within)
        return Pace(
            t3m=maybe_decimal(t3m),
            cmgr=compound_rate(within, max(len(within), 1) if self.since else WINDOW),
            yoy=year_over_year(every) if within else None,
            run_rate=maybe_decimal(run_rate(t3m)),
        )

    def yearly(self, ledger: Ledger, key: str) -> Fraction:
        """Income of the last twelve complete months, or of the period."""
        since = self.since or self.last.shift(1 - WINDOW)
        months = range(since.until(self.last) + 1)
        return sum((ledger.at([key], since.shift(n)).income for n in months), NOTHING)

    def to_date_before(self) -> Fraction:
        """What came in the month before the open one, up to the same day of the month (its last, if it is shorter)."""
        before = self.open.shift(-1)
        same_day = min(before.first + dt.timedelta(days=self.day.day - 1), before.last)
        part = monthly(self.snapshot, self.rates, self.currencies, until=same_day, since=before.first)
        return self.value(part.at(self.own, before))

    def figures(self, ledger: Ledger, keys: Sequence[str], shown: Sequence[Month]) -> tuple[MonthFigures, ...]:
        """Months in a row, of some streams or assets together."""
        months = []
        before = shown[0].shift(-1) if shown else self.last
        previous = self.value(ledger.at(keys, before)) if self.first and before >= self.first else None
        for month in shown:
            sums = ledger.at(keys, month)
            change, label = self.change(month, previous, self.value(sums))
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
            previous = self.value(sums)
        return tuple(months)

    def change(self, month: Month, previous: Fraction | None, value: Fraction) -> tuple[Step | None, Label]:
        if month == self.open:
            return None, "open"
        if previous is None:
            return None, "first"
        change = step(previous, value)
        return change, change.reading

    def missing(self) -> tuple[Missing, ...]:
        """Usual payouts that have not come in the headline month, of the streams shown."""
        if not self.complete or self.last in self.snapshot.closed_months:
            return ()
        return tuple(one for one in missing(self.snapshot, self.last) if self.only in (None, one.stream.id))

    def hours(self) -> Mapping[str, Fraction]:
        return time_by_stream(self.work, self.last.first, self.last.last)

    def streams(
        self, own_shares: Mapping[str, Fraction], all_shares: Mapping[str, Fraction], hours: Mapping[str, Fraction]
    ) -> tuple[StreamGrowth, ...]:
        lines = []
        for stream in in_order(self.snapshot.streams.values()):
            if self.only not in (None, stream.id):
                continue
            if not stream.archived or stream.id in self.ledger.firsts:
                share = _share(all_shares if stream.role == "job" else own_shares, stream.id)
                lines.append(self.line(stream.id, stream.name, stream.role, hours, share))
        if NO_STREAM in self.ledger.firsts and self.only in (None, NO_STREAM):
            jobs = sum(line.role == "job" for line in lines)
            none = self.line(NO_STREAM, "", "passive", hours, _share(own_shares, NO_STREAM))
            lines.insert(len(lines) - jobs, none)
        return tuple(lines)

    def line(
        self, stream: str, name: str, role: str, hours: Mapping[str, Fraction], share: float | None
    ) -> StreamGrowth:
        pace = self.pace(self.ledger, [stream], self.start(stream))
        spent = hours.get(stream, NOTHING)
        return StreamGrowth(
            stream=stream,
            name=name,
            role=role,
            months=self.figures(self.ledger, [stream], self.months),
            t3m=pace.t3m,
            cmgr=pace.cmgr,
            doubling_months=pace.doubling,
            yoy=pace.yoy,
            run_rate=pace.run_rate,
            to_date=as_decimal(self.value(self.ledger.at([stream], self.open))),
            hours=as_decimal(spent),
            per_hour=as_decimal(self.ledger.at([stream], self.last).net / spent) if spent else None,
            share=share,
        )

    def start(self, stream: str) -> Month:
        """A stream's first month: its first entry's, or the one the user set if earlier; without any, the open one."""
        record = self.snapshot.streams.get(stream)
        known = [self.ledger.firsts.get(stream, self.open)]
        if record and record.since:
            known.append(Month.of(record.since))
        return min(known)


def missing_rates(ledger: Ledger) -> tuple[MissingRate, ...]:
    """What stands apart in a ledger for want of a rate."""
    return tuple(MissingRate(one.currency, one.day, one.income, one.streams) for one in ledger.unconverted)


def _share(parts: Mapping[str, Fraction], stream: str) -> float | None:
    return float(parts.get(stream, NOTHING)) if parts else None
