"""The five merits of a book and of each stream, measured from its records."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from pitrack.core.automation import Saved, first_whole, measured, months_before, months_since, saved_in, told_once
from pitrack.core.building import Automation
from pitrack.core.days import Month
from pitrack.core.ledger import NO_STREAM, NOTHING, Figures, has_earned, stream_key
from pitrack.core.merits import MeritId, change, core_share, in_order, moved
from pitrack.core.model import Snapshot, TimeKind
from pitrack.core.money import Rates, as_decimal, maybe_decimal
from pitrack.core.sums import Place, between
from pitrack.core.views.income.stack import Stacking
from pitrack.core.views.income.stack_shapes import StackLine
from pitrack.core.views.merits.shapes import (
    Change,
    Costs,
    Focus,
    Measure,
    Merit,
    Merits,
    MeritSet,
    Reason,
    Sales,
    Saving,
    Shift,
    Sold,
)
from pitrack.core.workmonths import CORE, WorkMonths

Values = Sequence[Fraction | None]
MEASURES: Mapping[MeritId, Measure] = {
    "efficiency": "hours",
    "cost": "share",
    "scalability": "units an hour",
    "always-on": "share",
    "core-focus": "share",
}
ROUTINE: tuple[TimeKind, ...] = ("routine",)
TOLD: tuple[Reason, ...] = ("no month since", "no work since", "no month before", "no time on it", "no task")
"""Why nothing is saved, the most hopeful first."""


def merits(
    snapshot: Snapshot,
    day: dt.date,
    currency: str | None = None,
    firsts: Mapping[str, Sequence[str]] | None = None,
) -> Merits:
    """The merits as known on ``day``, in ``currency`` (the book's when None). ``firsts``: by a stream's id, the merits
    that stand first, as its playbook names them."""
    return _Measuring(snapshot, day, currency or snapshot.settings.currency, firsts or {}).view()


def savings(snapshot: Snapshot, day: dt.date, currency: str | None = None) -> tuple[Saving, ...]:
    """All automations, those of the job too, each with what it saves and what it costs; in the user's order."""
    work = WorkMonths(snapshot, Month.of(day).shift(-1))
    found = told_once(measured(snapshot, work, day, _own(snapshot)))
    rates, currency = Rates(snapshot.rates), currency or snapshot.settings.currency
    return tuple(_saving(one, rates, currency, day) for one in found)


class _Measuring:
    """A book on a day in one currency, with what the merits of all its streams share."""

    def __init__(self, snapshot: Snapshot, day: dt.date, currency: str, firsts: Mapping[str, Sequence[str]]) -> None:
        self.snapshot = snapshot
        self.day = day
        self.currency = currency
        self.firsts = firsts
        stacking = Stacking(snapshot, day, currency)
        self.stack = stacking.view()
        self.month, self.months = self.stack.month, self.stack.months
        self.rates, self.ledger, self.own = stacking.rates, stacking.ledger, stacking.own
        self.units, self.busy = stacking.units, stacking.work.busy
        self.work = WorkMonths(snapshot, self.month)
        self.automations = measured(snapshot, self.work, day, self.own)
        self.sales = self.sold_by_day(self.months[0] if self.months else self.month)
        self.lines = {line.stream: line for line in self.stack.streams}

    def view(self) -> Merits:
        lines = [line for line in self.stack.streams if line.role != "job" and line.stream != NO_STREAM]
        return Merits(
            currency=self.currency,
            as_of=self.day,
            month=self.month,
            months=self.months,
            whole=self.measured(self.stack.whole, self.own),
            streams=tuple(self.measured(line, (line.stream,)) for line in lines),
            missing_rates=self.stack.missing_rates,
        )

    def measured(self, line: StackLine, keys: Collection[str]) -> MeritSet:
        """The merits of some streams together, whose line in the stack is given."""
        found = self.savings(keys)
        sales = self.sales_of(keys, line)
        values: dict[MeritId, tuple[Values, Decimal | None, Reason]] = {
            "efficiency": self.efficiency(found),
            "cost": self.last([_over(sums.expense, sums.income) for sums in self.sums(keys)], "no income"),
            "scalability": self.last(
                [None if value is None else Fraction(value) for value in line.units_per_hour.trend],
                "no units" if line.units is None else "no hours",
            ),
            "always-on": self.last(
                [_over(Fraction(away), Fraction(all_)) for away, all_ in zip(sales.away, sales.sales, strict=True)],
                line.away.why or "no income",
            ),
            "core-focus": self.last([core_share(self.work, keys, [month]) for month in self.months], "no hours"),
        }
        first = self.firsts.get(line.stream, ())
        return MeritSet(
            stream=line.stream,
            name=line.name,
            merits=tuple(_merit(id_, *values[id_], named=id_ in first) for id_ in in_order(first)),
            savings=tuple(_saving(one, self.rates, self.currency, self.day) for one in found),
            costs=self.costs(keys, line, values["efficiency"][1], found),
            sold=self.sold(keys),
            sales=sales,
            focus=self.focus(keys, found),
        )

    def last(self, values: Values, why: Reason) -> tuple[Values, Decimal | None, Reason]:
        """The value of the headline month as the figure; why there is none."""
        figure = values[-1] if values else None
        return values, maybe_decimal(figure), "" if figure is not None else why

    # Efficiency

    def savings(self, keys: Collection[str]) -> list[Saved]:
        """The automations on some streams; those on none are of the whole only."""
        is_whole = NO_STREAM in keys
        known = self.snapshot.streams
        return told_once(
            [
                one
                for one in self.automations
                if (is_whole and one.automation.stream is None) or stream_key(one.automation.stream, known) in keys
            ]
        )

    def efficiency(self, found: Sequence[Saved]) -> tuple[Values, Decimal | None, Reason]:
        values = [saved_in(found, self.work, month) for month in self.months]
        counting = [one.hours for one in found if one.counts and one.hours is not None]
        if counting:
            return values, as_decimal(sum(counting, NOTHING)), ""
        running = {one.why for one in found if one.state == "running"}
        return values, None, next((why for why in TOLD if why in running), "no automation")

    # Cost

    def sums(self, keys: Collection[str]) -> list[Figures]:
        return [self.ledger.at(keys, month) for month in self.months]

    def costs(self, keys: Collection[str], line: StackLine, hours: Decimal | None, found: Sequence[Saved]) -> Costs:
        headline = self.ledger.at(keys, self.month)
        tools, apart = self.tools([one.automation for one in found if one.state == "running"])
        hourly = line.payback.hourly
        worth = None if hourly is None or hours is None else Fraction(hourly) * Fraction(hours)
        return Costs(
            income=as_decimal(headline.income),
            expense=as_decimal(headline.expense),
            fixed=line.break_even,
            tools=as_decimal(tools),
            tools_apart=apart,
            hourly=hourly,
            worth=maybe_decimal(worth),
            gain=maybe_decimal(None if worth is None else worth - tools),
        )

    def tools(self, running: Sequence[Automation]) -> tuple[Fraction, tuple[str, ...]]:
        """What automations cost a month, and the currencies left out for want of a rate."""
        total, apart = NOTHING, set()
        for one in running:
            worth = _worth(Fraction(one.cost), one.currency, self.rates, self.currency, self.day)
            if worth is None:
                apart.add(one.currency)
            else:
                total += Fraction(worth)
        return total, tuple(sorted(apart))

    # Scalability

    def sold(self, keys: Collection[str]) -> Sold:
        counts: list[Fraction | None] = []
        hours: list[Fraction] = []
        for month in self.months:
            selling = [key for key in keys if (key, month) in self.units]
            counts.append(sum((self.units[key, month] for key in selling), NOTHING) if selling else None)
            hours.append(self.work.hours(month, selling))
        return Sold(tuple(map(maybe_decimal, counts)), tuple(map(as_decimal, hours)))

    # Always on

    def sold_by_day(self, since: Month) -> Mapping[Place, Counter[dt.date]]:
        """How many sales there were on each day, by stream and month."""
        found: defaultdict[Place, Counter[dt.date]] = defaultdict(Counter)
        for entry in between(self.snapshot.entries, since.first, self.month.last):
            if has_earned(entry):
                found[stream_key(entry.stream, self.snapshot.streams), Month.of(entry.day)][entry.day] += 1
        return found

    def sales_of(self, keys: Collection[str], line: StackLine) -> Sales:
        counts, away = [], []
        for at, month in enumerate(self.months):
            days = [
                (key, day, count) for key in self.telling(keys, at) for day, count in self.sales[key, month].items()
            ]
            counts.append(sum(count for _key, _day, count in days))
            away.append(sum(count for key, day, count in days if day not in self.busy[key]))
        return Sales(tuple(counts), tuple(away), line.away, self.stack.holidays)

    def telling(self, keys: Collection[str], at: int) -> list[str]:
        """The streams whose away income is known in a month, by its place in the row."""
        return [key for key in keys if key in self.lines and self.lines[key].away.share.trend[at] is not None]

    # Core focus

    def focus(self, keys: Collection[str], found: Sequence[Saved]) -> Focus:
        before, since = self.compared(found)
        return Focus(
            core=tuple(as_decimal(self.work.hours(month, keys, CORE)) for month in self.months),
            routine=tuple(as_decimal(self.work.hours(month, keys, ROUTINE)) for month in self.months),
            before=before,
            since=since,
            shifts=tuple(
                Shift(one.kind, one.task, as_decimal(one.before), as_decimal(one.since))
                for one in moved(self.work, keys, before, since)
            ),
        )

    def compared(self, found: Sequence[Saved]) -> tuple[tuple[Month, ...], tuple[Month, ...]]:
        """The months before the first running automation that has any on both sides, and the last since."""
        running = [one.automation for one in found if one.state == "running"]
        for one in sorted(running, key=lambda one: (first_whole(one), one.since, one.id)):
            before, since = months_before(one, self.work), months_since(one, self.work, Month.of(self.day))
            if before and since:
                return before, since
        return (), ()


def _own(snapshot: Snapshot) -> tuple[str, ...]:
    """All streams but the job, and what is on none."""
    return (*(id_ for id_, stream in snapshot.streams.items() if stream.role != "job"), NO_STREAM)


def _merit(id_: MeritId, values: Values, figure: Decimal | None, why: Reason, *, named: bool) -> Merit:
    found = change(values)
    told = None
    if found:
        before, now, (delta, ratio, reading) = found
        told = Change(as_decimal(before), as_decimal(now), as_decimal(delta), ratio, reading)
    return Merit(id_, MEASURES[id_], figure, why, tuple(map(maybe_decimal, values)), told, named)


def _saving(one: Saved, rates: Rates, currency: str, day: dt.date) -> Saving:
    return Saving(
        automation=one.automation,
        state=one.state,
        before=one.before,
        since=one.since,
        hours_before=maybe_decimal(one.hours_before),
        hours_since=maybe_decimal(one.hours_since),
        hours=maybe_decimal(one.hours),
        why=one.why,
        again=one.again,
        cost=_worth(Fraction(one.automation.cost), one.automation.currency, rates, currency, day),
    )


def _worth(amount: Fraction, source: str, rates: Rates, currency: str, day: dt.date) -> Decimal | None:
    factor = rates.factor(source, currency, day)
    return None if factor is None else as_decimal(amount * factor.value)


def _over(value: Fraction, by: Fraction) -> Fraction | None:
    return value / by if by > 0 else None
