"""Which payouts tell when sales were, and the part of income that came on days without work."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pitrack.core.passivity import Away, away, is_lump
from tests.core.books import day

F = Fraction


def days(*numbers: int) -> list[dt.date]:
    return [dt.date(2026, 10, number) for number in numbers]


@pytest.mark.parametrize(
    ("numbers", "lump"),
    [
        ((15,), True),  # one payout a month
        ((2, 12, 28), True),  # three days: as many platforms
        ((1, 8, 15, 22), True),  # four Thursdays: paid by the week
        ((2, 9, 16, 23, 30), True),  # five Fridays
        ((1, 8, 15, 23), False),  # four days, one of them a Friday
        ((1, 1, 2, 2, 3, 3), True),  # six sales on three days
        (tuple(range(1, 32)), False),
    ],
)
def test_payouts_are_what_comes_on_three_days_or_on_one_weekday(numbers: tuple[int, ...], lump: bool) -> None:
    assert is_lump(days(*numbers)) is lump


def test_away_income_is_that_of_days_without_work() -> None:
    # 10 + 20 + 30 + 40 = 100, of which the 2nd and the 4th (20 + 40 = 60) saw no work.
    incomes = dict(zip(days(1, 2, 3, 4), map(F, (10, 20, 30, 40)), strict=True))
    found = away(incomes, set(days(1, 3, 20)))
    assert found == Away(F(60), F(100))
    assert found.share == F(3, 5)


def test_what_is_given_back_counts_on_its_own_day() -> None:
    # 100 on a free day, 30 given back on a day of work: 100 of 70.
    assert away({day("2026-10-01"): F(100), day("2026-10-02"): F(-30)}, {day("2026-10-02")}).share == F(10, 7)
    assert away({day("2026-10-01"): F(-5)}, set()).share is None
    assert away({}, set()).share is None


incomes = st.dictionaries(st.integers(1, 31), st.integers(1, 10**6).map(F), max_size=31)


@given(incomes, st.sets(st.integers(1, 31)), st.integers(1, 10**4))
def test_the_share_lies_between_nothing_and_all_and_has_no_unit(by: dict[int, F], busy: set[int], scale: int) -> None:
    on = {dt.date(2026, 10, number): income for number, income in by.items()}
    found = away(on, set(days(*busy)))
    assert found.share is None if not by else 0 <= found.share <= 1
    assert away({one: income * scale for one, income in on.items()}, set(days(*busy))).share == found.share


@given(incomes, st.sets(st.integers(1, 31)), st.integers(1, 31))
def test_a_day_more_of_work_makes_no_income_more_away(by: dict[int, F], busy: set[int], more: int) -> None:
    on = {dt.date(2026, 10, number): income for number, income in by.items()}
    assert away(on, set(days(*busy, more))).away <= away(on, set(days(*busy))).away
