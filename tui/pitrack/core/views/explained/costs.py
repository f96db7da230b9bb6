"""Why break-even is where it is: the costs of a month, what covered them, and what was invested in all."""

from __future__ import annotations

from pitrack.core.currencies import EXACT
from pitrack.core.growth import SPAN
from pitrack.core.ledger import NOTHING
from pitrack.core.money import as_decimal
from pitrack.core.search import fold
from pitrack.core.views.explained.basis import Basis
from pitrack.core.views.explained.shapes import Explained, Given, Record, Why
from pitrack.core.views.income.stack_shapes import CostItem


def break_even(basis: Basis) -> Explained:
    """The fixed cost of the last complete month, item by item, and the sales up to the day on which it was covered."""
    found = basis.stack_line.break_even
    until = found.day or basis.last.last
    margins = basis.stacking.daily.margin
    covered = sum(
        (margin for key in basis.keys for day, margin in margins.get((key, basis.last), {}).items() if day <= until),
        NOTHING,
    )
    numbers = [
        Given("cost", found.cost, "money"),
        *(Given("cost of", one.amount, "money", name=one.name) for one in found.items),
        Given("margin", as_decimal(covered), "money"),
    ]
    costs = [record for one in found.items for record in _records(basis, one)]
    sales = basis.entries({basis.last}, basis.keys, lambda one: one.kind != "expense" and one.day <= until)
    why: Why = "early" if not basis.stack.months else "not covered" if found.cost > 0 else "no cost"
    return basis.explained("break-even", found.day, why, numbers, [*costs, *sales])


def _records(basis: Basis, item: CostItem) -> list[Record]:
    """Where a cost is written."""
    snapshot = basis.snapshot
    match item.kind:
        case "template":
            one = snapshot.templates[item.id]
            return [
                Record("template", one.id, one.since, one.name, EXACT.minus(one.gross), one.currency, until=one.until)
            ]
        case "automation":
            two = snapshot.automations[item.id]
            return [
                Record("automation", two.id, two.since, two.name, EXACT.minus(two.cost), two.currency, until=two.until)
            ]
    months, note = {basis.last.shift(-n) for n in range(SPAN)}, fold(item.name)
    return basis.entries(months, [item.stream], lambda one: one.kind == "expense" and fold(one.note) == note)


def paid_back(basis: Basis) -> Explained:
    """What was invested from the first day on, in money and in hours, and what came of it; the records end with the
    month by which it had come in again."""
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
    begun = [basis.growing.ledger.firsts[key] for key in basis.keys if key in basis.growing.ledger.firsts]
    first = min(begun, default=basis.growing.open)
    last = found.month or basis.growing.open
    months = {first.shift(n) for n in range(first.until(last) + 1)}
    spent = basis.entries(months, basis.keys, lambda one: one.kind == "expense" or one.fee)
    return basis.explained("paid-back", found.month, why, numbers, spent)
