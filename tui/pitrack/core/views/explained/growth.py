"""Why a figure of growth is what it is: the months that it is made of, and the entries in them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from pitrack.core.growth import LEAST, SPAN, WINDOW, mean
from pitrack.core.money import as_decimal
from pitrack.core.views.explained.basis import Basis, in_month
from pitrack.core.views.explained.shapes import Explained, Given, Record, Why
from pitrack.core.views.income.growth import MonthFigures

WITHOUT: dict[str, Why] = {"new": "new", "none": "nothing", "n/m": "not positive"}
"""Why there is no percentage, by the label of a month."""


def month_over_month(basis: Basis) -> Explained:
    """The last complete month against the one before."""
    complete = basis.complete
    if len(complete) < 2:
        return basis.explained("mom", None, "early", _months(complete), _entries(basis, complete))
    before, last = complete[-2:]
    numbers = [in_month("last", last), in_month("before", before), Given("delta", last.delta, "money")]
    why = WITHOUT.get(last.label, "early")
    return basis.explained("mom", last.mom, why, numbers, _entries(basis, complete[-2:]))


def three_months(basis: Basis) -> Explained:
    used = basis.complete[-SPAN:]
    return basis.explained("t3m", basis.line.t3m, "early", _months(used), _entries(basis, used))


def run_rate(basis: Basis) -> Explained:
    used = basis.complete[-SPAN:]
    numbers = [Given("t3m", basis.line.t3m, "money"), *_months(used)]
    return basis.explained("run-rate", basis.line.run_rate, "early", numbers, _entries(basis, used))


def compound(basis: Basis) -> Explained:
    used = basis.complete[-WINDOW:]
    why: Why = "early" if len(used) < LEAST else "not positive"
    ends = _entries(basis, [*used[:SPAN], *used[-SPAN:]])
    return basis.explained("cmgr", basis.line.cmgr, why, _ends(used), ends)


def doubling(basis: Basis) -> Explained:
    used = basis.complete[-WINDOW:]
    why: Why = "early" if len(used) < LEAST else "no growth" if basis.line.cmgr is not None else "not positive"
    numbers = [Given("cmgr", basis.line.cmgr, "change"), *_ends(used)]
    ends = _entries(basis, [*used[:SPAN], *used[-SPAN:]])
    return basis.explained("doubling", basis.line.doubling_months, why, numbers, ends)


def year_over_year(basis: Basis) -> Explained:
    complete = basis.complete
    if len(complete) <= WINDOW:
        return basis.explained("yoy", None, "early", _months(complete[-1:]), _entries(basis, complete[-1:]))
    then, last = complete[-1 - WINDOW], complete[-1]
    numbers = [in_month("last", last), in_month("year before", then)]
    why: Why = "new" if not then.income and last.income > 0 else "nothing" if not then.income else "not positive"
    return basis.explained("yoy", basis.line.yoy, why, numbers, _entries(basis, [then, last]))


def _months(months: Sequence[MonthFigures]) -> list[Given]:
    return [in_month("month", month) for month in months]


def _ends(months: Sequence[MonthFigures]) -> list[Given]:
    """Both three-month means, the months between their middles, and all that they were made of."""
    if len(months) < LEAST:
        return _months(months)
    return [
        Given("first mean", _mean(months[:SPAN]), "money"),
        Given("last mean", _mean(months[-SPAN:]), "money"),
        Given("between", len(months) - SPAN, "months"),
        *_months(months),
    ]


def _mean(months: Sequence[MonthFigures]) -> Decimal:
    return as_decimal(mean([Fraction(month.income) for month in months]) or Fraction(0))


def _entries(basis: Basis, months: Sequence[MonthFigures]) -> list[Record]:
    """The income of some months, and what was given back of it."""
    return basis.entries({one.month for one in months}, basis.keys, lambda entry: entry.kind != "expense")
