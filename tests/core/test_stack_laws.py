"""Laws of stacking: no ratio has a unit of money, no order of entries and no month of nothing moves one."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pitrack.core.views.income.stack import stack
from pitrack.core.views.income.stack_shapes import Stack
from tests.core.books import book, entry, months_of, time
from tests.core.memory import Memory, by_id
from tests.core.test_view_stack import NOV_22, sales, tool

D = Decimal
incomes = st.lists(st.integers(-(10**5), 10**6).map(lambda cents: str(D(cents).scaleb(-2))), min_size=1, max_size=14)
WORK = [time("2026-10-10", 45), time("2026-03-10", 45, "photos"), time("2026-01-10", 45)]


def ratios(found: Stack) -> list[object]:
    lines = [found.whole, *found.streams]
    figures = [found.sources, found.sources_with_job, found.coverage, found.old_work.share]
    return [*figures, *((one.share, one.away.share, one.away.why, one.break_even.days) for one in lines)]


def grown(news: list[str], photos: list[str], factor: int = 1) -> Memory:
    """A book of two streams and a job with costs, all amounts times ``factor``."""
    entries = [*months_of("2025-09", *news), *months_of("2025-10", *photos, stream="photos"), *sales(1, 2, 4, 7)]
    entries += months_of("2025-12", "300", "310", stream="job")
    cost = tool("Hosting", str(20 * factor), stream="news")
    scaled = [one._replace(gross=one.gross * factor) for one in entries]
    return book(scaled, times=WORK, templates=by_id(cost))


@given(incomes, incomes, st.sampled_from([3, 10, 1000, 7919]))
def test_no_ratio_depends_on_the_unit_of_money(news: list[str], photos: list[str], factor: int) -> None:
    plain, large = stack(grown(news, photos), NOV_22), stack(grown(news, photos, factor), NOV_22)
    assert ratios(large) == ratios(plain)
    assert large.whole.net == plain.whole.net * factor


@given(incomes, st.randoms(use_true_random=False))
def test_the_order_of_entries_changes_nothing(news: list[str], random: Any) -> None:
    snapshot = grown(news, news[::-1])
    shuffled = list(snapshot.entries)
    random.shuffle(shuffled)
    assert stack(replace(snapshot, entries=tuple(shuffled)), NOV_22) == stack(snapshot, NOV_22)


@given(incomes)
def test_a_month_of_nothing_moves_no_share_and_no_source(news: list[str]) -> None:
    snapshot = grown(news, ["5"])
    zero = book([*snapshot.entries, entry("2026-06-15", "0")], times=WORK, templates=snapshot.templates)
    assert ratios(stack(zero, NOV_22)) == ratios(stack(snapshot, NOV_22))


@given(incomes, st.dates(dt.date(2025, 9, 1), NOV_22))
def test_a_void_entry_changes_nothing(news: list[str], on: dt.date) -> None:
    snapshot = grown(news, news)
    void = entry(str(on), "500", status="void", fee="3", units="4")
    with_void = replace(snapshot, entries=tuple(sorted([*snapshot.entries, void], key=lambda one: (one.day, one.id))))
    assert stack(with_void, NOV_22) == stack(snapshot, NOV_22)


@given(incomes, incomes)
def test_shares_add_up_and_sources_lie_between_one_and_their_number(news: list[str], photos: list[str]) -> None:
    found = stack(grown(news, photos), NOV_22)
    own = [one.share.value for one in found.streams if one.role != "job"]
    if found.sources.value is None:
        assert own == [None, None]
    else:
        assert sum(share or 0 for share in own) == pytest.approx(1)
        assert 1 <= round(found.sources.value, 9) <= 2


@given(incomes, st.sampled_from(["news", "photos"]))
def test_what_the_open_month_brings_moves_no_figure_of_the_headline(news: list[str], where: str) -> None:
    snapshot = grown(news, news)
    busy = replace(snapshot, entries=(*snapshot.entries, entry("2026-11-20", "9999", where)))
    assert ratios(stack(busy, NOV_22)) == ratios(stack(snapshot, NOV_22))
