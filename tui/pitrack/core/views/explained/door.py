"""Why a figure is what it is: one door to the explanation of every figure of growth, stacking and passivity."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping

from pitrack.core.model import Snapshot
from pitrack.core.views.explained import costs, growth, stack
from pitrack.core.views.explained.basis import Basis
from pitrack.core.views.explained.shapes import FIGURES, OF_ALL, Explained, Figure

EXPLAIN: Mapping[Figure, Callable[[Basis], Explained]] = {
    "mom": growth.month_over_month,
    "t3m": growth.three_months,
    "run-rate": growth.run_rate,
    "cmgr": growth.compound,
    "doubling": growth.doubling,
    "yoy": growth.year_over_year,
    "share": stack.share,
    "sources": stack.sources,
    "coverage": stack.coverage,
    "away": stack.away,
    "holiday": stack.holiday,
    "per-hour": stack.per_hour,
    "units-per-hour": stack.units_per_hour,
    "break-even": costs.break_even,
    "paid-back": costs.paid_back,
    "back-catalogue": stack.back_catalogue,
    "built": stack.built,
    "neglect": stack.neglect,
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
