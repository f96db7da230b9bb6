"""Fixed cost by the month, the day on which it is covered, and the month since which all has paid back."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pitrack.core.breakeven import at_own_value, covered_on, monthly_cost, paid_back, runs_in
from pitrack.core.days import Month
from pitrack.core.model import Template
from tests.core.books import day

F = Fraction


def template(every: str = "month", interval: int = 1, fee: str = "0") -> Template:
    return Template(
        "t", "t", "Tool", "expense", Decimal(12), "USD", day("2026-01-01"), every, interval, fee=Decimal(fee)
    )  # type: ignore[arg-type]


def test_a_cost_by_the_month() -> None:
    # A year's 12 is 1 a month; 12 a month with a fee of 3 is 15; every other month half of 12.
    assert monthly_cost(template("year")) == 1
    assert monthly_cost(template(fee="3")) == 15
    assert monthly_cost(template(interval=2)) == 6
    # A month is 30.4375 days, 4.348214 weeks: 12 a week is 52.178571 a month.
    assert monthly_cost(template("week")) == F(12) * F("30.4375") / 7
    assert float(monthly_cost(template("week"))) == pytest.approx(52.178571, abs=1e-6)


def test_what_runs_on_any_day_of_a_month_runs_in_it() -> None:
    october = Month(2026, 10)
    assert runs_in(october, day("2026-10-31"), None)
    assert not runs_in(october, day("2026-11-01"), None)
    assert runs_in(october, day("2026-01-01"), day("2026-10-01"))
    assert not runs_in(october, day("2026-01-01"), day("2026-09-30"))


def test_the_day_a_cost_is_covered() -> None:
    # 10 on the 3rd, 15 on the 9th, 40 on the 20th; a cost of 25 is covered exactly on the 9th, of 26 on the 20th.
    margins = {day("2026-10-20"): F(40), day("2026-10-03"): F(10), day("2026-10-09"): F(15)}
    assert covered_on(F(25), margins) == day("2026-10-09")
    assert covered_on(F(26), margins) == day("2026-10-20")
    assert covered_on(F(66), margins) is None
    assert covered_on(F(0), margins) is None, "nothing to cover"
    assert covered_on(F(1), {}) is None


def test_paid_back_since_the_month_from_which_it_never_fell_behind_again() -> None:
    # In: 0, 100, 20, 90. Out: 80, 0, 60, 10. Behind by 80, ahead by 20, behind by 20, ahead by 60.
    came, went = [F(0), F(100), F(20), F(90)], [F(80), F(0), F(60), F(10)]
    assert paid_back(came[:1], went[:1]) is None
    assert paid_back(came[:2], went[:2]) == 1
    assert paid_back(came[:3], went[:3]) is None
    assert paid_back(came, went) == 3


def test_without_an_investment_there_is_nothing_to_pay_back() -> None:
    assert paid_back([F(50), F(50)], [F(0), F(0)]) is None
    assert paid_back([F(50), F(50), F(0)], [F(0), F(30), F(0)]) == 1
    assert paid_back([], []) is None


def test_hours_at_the_own_value_are_an_investment() -> None:
    # 10 + 2 h x 25 = 60; 0 + 0.5 h x 25 = 12.50
    assert at_own_value([F(10), F(0)], [F(2), F(1, 2)], Decimal(25)) == [F(60), F("12.5")]


rows = st.lists(st.tuples(st.integers(-(10**4), 10**5), st.integers(0, 10**5)), max_size=24)


@given(rows, st.integers(1, 1000))
def test_the_month_has_no_unit_of_money(row: list[tuple[int, int]], scale: int) -> None:
    came, went = [F(one) for one, _ in row], [F(two) for _, two in row]
    assert paid_back([scale * one for one in came], [scale * two for two in went]) == paid_back(came, went)


@given(rows)
def test_a_month_of_nothing_changes_nothing(row: list[tuple[int, int]]) -> None:
    came, went = [F(one) for one, _ in row], [F(two) for _, two in row]
    assert paid_back([*came, F(0)], [*went, F(0)]) == paid_back(came, went)


@given(st.dictionaries(st.integers(1, 31), st.integers(0, 1000).map(F), max_size=31), st.integers(1, 5000))
def test_a_cost_is_covered_only_when_the_sum_is_there(by: dict[int, F], cost: int) -> None:
    margins = {dt.date(2026, 10, number): amount for number, amount in by.items()}
    found = covered_on(F(cost), margins)
    if found is None:
        assert sum(margins.values()) < cost
    else:
        assert sum(amount for on, amount in margins.items() if on <= found) >= cost
        assert sum(amount for on, amount in margins.items() if on < found) < cost
