"""Why a figure is what it is: one door to the explanation of every figure of growth, stacking and passivity."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping

from pitrack.core.model import Snapshot
from pitrack.core.views import explain_costs, explain_growth, explain_stack
from pitrack.core.views.basis import Basis
from pitrack.core.views.explained import FIGURES, OF_ALL, Explained, Figure

EXPLAIN: Mapping[Figure, Callable[[Basis], Explained]] = {
    "mom": explain_growth.month_over_month,
    "t3m": explain_growth.three_months,
    "run-rate": explain_growth.run_rate,
    "cmgr": explain_growth.compound,
    "doubling": explain_growth.doubling,
    "yoy": explain_growth.year_over_year,
    "share": explain_stack.share,
    "sources": explain_stack.sources,
    "coverage": explain_stack.coverage,
    "away": explain_stack.away,
    "holiday": explain_stack.holiday,
    "per-hour": explain_stack.per_hour,
    "units-per-hour": explain_stack.units_per_hour,
    "break-even": explain_costs.break_even,
    "paid-back": explain_costs.paid_back,
    "back-catalogue": explain_stack.back_catalogue,
    "built": explain_stack.built,
    "neglect": explain_stack.neglect,
}


def explain(
    snapshot: Snapshot,
    day: dt.date,
    figures: Iterable[Figure] = FIGURES,
    currency: str | None = None,
    stream: str | None = None,
) -> tuple[Explained, ...]:
    """Some figures explained, as known on ``day``, in ``currency`` (the book's when None): of all streams but the job,
    or of one by its id, which leaves out those that are of all together. The views behind them are computed once."""
    basis = Basis(snapshot, day, currency, stream)
    return tuple(EXPLAIN[figure](basis) for figure in figures if stream is None or figure not in OF_ALL)
