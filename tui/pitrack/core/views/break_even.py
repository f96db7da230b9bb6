"""Break-even of some streams together: the fixed cost of a month and the day it was covered, and what has paid back."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Literal, NamedTuple

from pitrack.core.breakeven import at_own_value, covered_on, monthly_cost, paid_back, runs_in
from pitrack.core.days import Month
from pitrack.core.growth import SPAN, mean
from pitrack.core.ledger import NOTHING, Ledger, stream_key
from pitrack.core.model import Snapshot
from pitrack.core.money import Rates, as_decimal
from pitrack.core.sums import Daily, Work
from pitrack.core.views.stack_shapes import BreakEven, CostSource, Payback


class Cost(NamedTuple):
    """What a month costs whatever it sells, and the currencies left out for want of a rate."""

    amount: Fraction
    source: CostSource
    apart: tuple[str, ...] = ()


class Recurring(NamedTuple):
    """One cost that recurs: of a stream, ``amount`` a month of ``currency``, from ``since`` to ``until``."""

    kind: Literal["template", "automation"]
    id: str
    name: str
    stream: str
    amount: Fraction
    currency: str
    since: dt.date
    until: dt.date | None


def recurring(snapshot: Snapshot) -> tuple[Recurring, ...]:
    """The costs that recur by themselves: recurring expenses in use."""
    return tuple(
        Recurring(
            "template",
            one.id,
            one.name,
            stream_key(one.stream, snapshot.streams),
            monthly_cost(one),
            one.currency,
            one.since,
            one.until,
        )
        for one in snapshot.templates.values()
        if one.kind == "expense" and not one.archived
    )


class Costs:
    """The fixed costs of a book in one currency. ``months``: those in which expenses are known, oldest first."""

    def __init__(self, snapshot: Snapshot, rates: Rates, currency: str, daily: Daily, months: Sequence[Month]) -> None:
        self.rates = rates
        self.currency = currency
        self.daily = daily
        self.months = months
        self.recurring = recurring(snapshot)

    def of(self, streams: Collection[str], month: Month) -> Cost:
        """What recurs in a month, at the rate of its last day; where nothing does, the mean expenses (no fees of sales)
        of three months, of fewer where there are fewer."""
        running = [one for one in self.recurring if one.stream in streams and runs_in(month, one.since, one.until)]
        if running:
            return self._sum(running, month)
        amount = mean([amount for _month, amount in self.spent(streams, month)]) or NOTHING
        return Cost(amount, "expenses" if amount else "")

    def spent(self, streams: Collection[str], month: Month) -> list[tuple[Month, Fraction]]:
        """Expenses, without the fees of sales, of three months up to one."""
        known = [one for one in self.months if one <= month][-SPAN:]
        return [(one, sum((self.daily.spent.get((each, one), NOTHING) for each in streams), NOTHING)) for one in known]

    def worth(self, one: Recurring, month: Month) -> Decimal | None:
        """What a cost comes to in the view's currency, at the rate of a month's last day; None without a rate."""
        factor = self.rates.factor(one.currency, self.currency, month.last)
        return None if factor is None else as_decimal(one.amount * factor.value)

    def _sum(self, running: Sequence[Recurring], month: Month) -> Cost:
        worth = [(one, self.worth(one, month)) for one in running]
        amount = sum((Fraction(value) for _one, value in worth if value is not None), NOTHING)
        return Cost(amount, "recurring", tuple(sorted({one.currency for one, value in worth if value is None})))

    def break_even(self, streams: Collection[str], months: Sequence[Month]) -> BreakEven:
        """Of some streams together, in each of some months; the last of them is the headline."""
        days = tuple(self._covered(streams, month) for month in months)
        cost = self.of(streams, months[-1]) if months else Cost(NOTHING, "")
        return BreakEven(as_decimal(cost.amount), cost.source, days[-1] if days else None, days, cost.apart)

    def _covered(self, streams: Collection[str], month: Month) -> dt.date | None:
        margins: defaultdict[dt.date, Fraction] = defaultdict(Fraction)
        for stream in streams:
            for day, margin in self.daily.margin.get((stream, month), {}).items():
                margins[day] += margin
        return covered_on(self.of(streams, month).amount, margins)


def payback(
    streams: Collection[str],
    ledger: Ledger,
    work: Work,
    *,
    hourly: Decimal | None,
    first_income: dt.date | None,
    until: Month,
) -> Payback:
    """What some streams together cost and brought from their first month to the open one, and when it paid back."""
    begun = [month for stream, month in (*ledger.figures, *work.hours) if stream in streams]
    start = min(begun, default=until)
    months = [start.shift(number) for number in range(start.until(until) + 1)]
    sums = [ledger.at(streams, month) for month in months]
    income, expense = [one.income for one in sums], [one.expense for one in sums]
    hours = [work.at(streams, month) for month in months]
    came, went = sum(income, NOTHING), sum(expense, NOTHING)
    all_went = None if hourly is None else at_own_value(expense, hours, hourly)
    return Payback(
        invested=as_decimal(went),
        hours=as_decimal(sum(hours, NOTHING)),
        income=as_decimal(came),
        net=as_decimal(came - went),
        first_income=first_income,
        month=_month(months, paid_back(income, expense)),
        hourly=hourly,
        invested_at_own_value=None if all_went is None else as_decimal(sum(all_went, NOTHING)),
        month_at_own_value=None if all_went is None else _month(months, paid_back(income, all_went)),
    )


def _month(months: Sequence[Month], place: int | None) -> Month | None:
    return None if place is None else months[place]
