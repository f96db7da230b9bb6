"""Why break-even is where it is: the costs of a month, what covered them, and what was invested in all."""

from __future__ import annotations

from pitrack.core.breakeven import runs_in
from pitrack.core.ledger import NOTHING
from pitrack.core.money import as_decimal
from pitrack.core.views.basis import Basis
from pitrack.core.views.explained import Explained, Given, Record, Why


def break_even(basis: Basis) -> Explained:
    """The fixed cost of the last complete month, item by item, and the sales up to the day on which it was covered."""
    found = basis.stack_line.break_even
    items = [
        one
        for one in basis.stacking.costs.recurring
        if one.stream in basis.keys and runs_in(basis.last, one.since, one.until)
    ]
    numbers = [Given("cost", found.cost, "money")]
    if items:
        numbers += [
            Given("cost of", basis.stacking.costs.worth(one, basis.last), "money", name=one.name) for one in items
        ]
    else:
        spent = basis.stacking.costs.spent(basis.keys, basis.last)
        numbers += [Given("spent", as_decimal(amount), "money", month=month) for month, amount in spent]
    margins = basis.stacking.daily.margin
    until = found.day or basis.last.last
    covered = sum(
        (margin for key in basis.keys for day, margin in margins.get((key, basis.last), {}).items() if day <= until),
        NOTHING,
    )
    numbers.append(Given("margin", as_decimal(covered), "money"))
    records = [Record(one.kind, one.id, one.since, one.name, until=one.until) for one in items]
    sales = basis.entries({basis.last}, basis.keys, lambda one: one.kind != "expense" and one.day <= until)
    why: Why = "early" if not basis.stack.months else "not covered" if found.cost > 0 else "no cost"
    return basis.explained("break-even", found.day, why, numbers, [*records, *sales])


def paid_back(basis: Basis) -> Explained:
    """What was invested from the first day on, in money and in hours, and what came of it."""
    found = basis.stack_line.payback
    numbers = [
        Given("invested", found.invested, "money"),
        Given("income so far", found.income, "money"),
        Given("hours so far", found.hours, "hours"),
    ]
    if found.hourly is not None:
        numbers += [
            Given("hourly", found.hourly, "hourly"),
            Given("invested with hours", found.invested_at_own_value, "money"),
            Given("paid back with hours", found.month_at_own_value, "month"),
        ]
    why: Why = "before income" if found.first_income is None else "not yet" if found.invested else "no investment"
    spent = [
        basis.entry(entry)
        for entry in basis.snapshot.entries
        if entry.day <= basis.day and basis.counts(entry) and (entry.kind == "expense" or entry.fee)
    ]
    return basis.explained("paid-back", found.month, why, numbers, spent)
