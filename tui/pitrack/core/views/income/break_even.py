"""Break-even of some streams together: the fixed cost of a month and the day it was covered, and what has paid back."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from pitrack.core.breakeven import at_own_value, covered_on, monthly_cost, paid_back, runs_in
from pitrack.core.building import Automation
from pitrack.core.currencies import EXACT
from pitrack.core.days import Month
from pitrack.core.growth import SPAN
from pitrack.core.ledger import NOTHING, ZERO, Ledger, stream_key
from pitrack.core.model import Snapshot, Template
from pitrack.core.money import Rates, as_decimal
from pitrack.core.search import fold
from pitrack.core.sums import Daily, Work
from pitrack.core.views.income.stack_shapes import BreakEven, CostItem, CostKind, Payback


class Item(NamedTuple):
    """One cost that recurs in a month, on a stream: ``amount`` a month, in its own currency."""

    kind: CostKind
    id: str
    name: str
    stream: str
    amount: Fraction
    currency: str


class Costs:
    """The fixed costs of a book in one currency: what recurs, whatever is sold.

    These are recurring expenses in use, what automations cost, and expenses booked by hand that bear the same note on
    the same stream in three months running, which count with their mean. What goes by the name of a recurring expense
    (an automation or its tool, or a note) is counted once, as that. ``since``: the first month that will be asked for.
    """

    def __init__(self, snapshot: Snapshot, rates: Rates, currency: str, since: Month) -> None:
        self.snapshot = snapshot
        self.rates = rates
        self.currency = currency
        self.templates = [one for one in snapshot.templates.values() if one.kind == "expense" and is_used(one)]
        self.named = {fold(one.name) for one in self.templates}
        self.notes: dict[tuple[str, str, str], str] = {}
        self.by_hand = self._by_hand(since.shift(1 - SPAN))
        self.items = cache(self._items)

    def _by_hand(self, since: Month) -> Mapping[tuple[str, str, str], Mapping[Month, Decimal]]:
        """By stream, note and currency, the expenses of each month that no recurring expense stands for."""
        ids = {one.id for one in self.templates}
        found: defaultdict[tuple[str, str, str], defaultdict[Month, Decimal]]
        found = defaultdict(lambda: defaultdict(Decimal))
        for entry in self.snapshot.entries:
            if entry.kind != "expense" or entry.status == "void" or entry.day < since.first:
                continue
            if entry.id.partition("|")[0] not in ids and fold(entry.note) not in self.named:
                key = stream_key(entry.stream, self.snapshot.streams), fold(entry.note), entry.currency
                self.notes[key] = entry.note
                months = found[key]
                month = Month.of(entry.day)
                months[month] = EXACT.add(months[month], EXACT.add(entry.gross, entry.fee))
        return found

    def _items(self, month: Month) -> tuple[Item, ...]:
        return (*self._templates(month), *self._automations(month), *self._repeated(month))

    def _templates(self, month: Month) -> Iterator[Item]:
        for one in self.templates:
            if runs_in(month, one.since, one.until):
                stream = stream_key(one.stream, self.snapshot.streams)
                yield Item("template", one.id, one.name, stream, monthly_cost(one), one.currency)

    def _automations(self, month: Month) -> Iterator[Item]:
        for one in self.snapshot.automations.values():
            if one.cost > 0 and is_used(one) and runs_in(month, one.since, one.until) and not self._is_named(one):
                stream = stream_key(one.stream, self.snapshot.streams)
                yield Item("automation", one.id, one.name, stream, Fraction(one.cost), one.currency)

    def _repeated(self, month: Month) -> Iterator[Item]:
        for key, months in self.by_hand.items():
            amounts = [months.get(month.shift(-n), ZERO) for n in range(SPAN)]
            if all(amounts):
                stream, _note, currency = key
                yield Item(
                    "entries", "", self.notes[key], stream, sum(map(Fraction, amounts), NOTHING) / SPAN, currency
                )

    def _is_named(self, automation: Automation) -> bool:
        return fold(automation.name) in self.named or fold(automation.tool) in self.named

    def of(self, streams: Collection[str], month: Month) -> list[Item]:
        """What recurs in a month on some streams."""
        return [one for one in self.items(month) if one.stream in streams]

    def worth(self, one: Item, month: Month) -> Fraction | None:
        """What a cost comes to in the view's currency, at the rate of a month's last day; None where none is known."""
        factor = self.rates.factor(one.currency, self.currency, month.last)
        return None if factor is None else one.amount * factor.value

    def cost(self, streams: Collection[str], month: Month) -> Fraction:
        """What a month costs whatever is sold; what has no rate is left out."""
        return sum((self.worth(one, month) or NOTHING for one in self.of(streams, month)), NOTHING)

    def break_even(self, streams: Collection[str], daily: Daily, months: Sequence[Month]) -> BreakEven:
        """Of some streams together, in each of some months; the last of them is the headline."""
        costs = [self.cost(streams, month) for month in months]
        days = [covered_on(cost, _margins(streams, daily, month)) for cost, month in zip(costs, months, strict=True)]
        items = self.of(streams, months[-1]) if months else []
        worth = [(one, self.worth(one, months[-1])) for one in items]
        return BreakEven(
            cost=as_decimal(costs[-1]) if costs else ZERO,
            costs=tuple(map(as_decimal, costs)),
            items=tuple(
                CostItem(one.kind, one.id, one.name, one.stream, as_decimal(amount))
                for one, amount in worth
                if amount is not None
            ),
            day=days[-1] if days else None,
            days=tuple(days),
            apart=tuple(sorted({one.currency for one, amount in worth if amount is None})),
        )


def is_used(one: Template | Automation) -> bool:
    """Whether a cost counts: not one that was archived with no word of its last day."""
    return not one.archived or one.until is not None


def _margins(streams: Collection[str], daily: Daily, month: Month) -> dict[dt.date, Fraction]:
    """What sales left of each day's income after their fees, of some streams together."""
    margins: defaultdict[dt.date, Fraction] = defaultdict(Fraction)
    for stream in streams:
        for day, margin in daily.margin.get((stream, month), {}).items():
            margins[day] += margin
    return margins


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
