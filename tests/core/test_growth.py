"""Growth of a row of months, worked by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pitrack.core.growth import (
    Step,
    compound_rate,
    doubling_months,
    run_rate,
    step,
    trailing_mean,
    year_over_year,
)

amounts = st.integers(-(10**9), 10**9).map(lambda cents: Fraction(cents, 100))


def row(*values: int) -> list[Fraction]:
    return [Fraction(value) for value in values]


@pytest.mark.parametrize(
    ("previous", "current", "expected"),
    [
        (1000, 1120, Step(Fraction(120), 0.12, "percent")),
        (1000, 0, Step(Fraction(-1000), -1.0, "percent")),
        (100, -50, Step(Fraction(-150), -1.5, "percent")),
        (0, 300, Step(Fraction(300), None, "new")),
        (0, 0, Step(Fraction(0), None, "none")),
        (-20, 300, Step(Fraction(320), None, "n/m")),
        (-20, 0, Step(Fraction(20), None, "n/m")),
        (0, -5, Step(Fraction(-5), None, "n/m")),
    ],
)
def test_a_step_reads_as_the_rules_say(previous: int, current: int, expected: Step) -> None:
    assert step(Fraction(previous), Fraction(current)) == expected


@given(amounts, amounts, st.integers(1, 10**6).map(lambda n: Fraction(n, 1000)))
def test_the_ratio_does_not_depend_on_the_unit_of_money(previous: Fraction, current: Fraction, unit: Fraction) -> None:
    plain, scaled = step(previous, current), step(previous * unit, current * unit)
    assert (scaled.ratio, scaled.reading) == (plain.ratio, plain.reading)
    assert scaled.delta == plain.delta * unit


def test_t3m_is_the_mean_of_the_last_three_zeros_counted() -> None:
    assert trailing_mean(row(900, 30, 0, 60)) == 30
    assert trailing_mean(row(10, 25)) == Fraction(35, 2)
    assert trailing_mean(row(10)) == 10
    assert trailing_mean([]) is None


def test_cmgr_compares_three_month_means_over_the_months_between_their_middles() -> None:
    # Twelve months doubling each: the means of first and last three differ by 2**9 over nine months: 100 % a month.
    assert compound_rate([Fraction(2**n) for n in range(12)]) == pytest.approx(1.0, abs=1e-12)
    # Only the last twelve count.
    assert compound_rate([Fraction(10**6), *(Fraction(2**n) for n in range(12))]) == pytest.approx(1.0, abs=1e-12)
    # Six months, means 100 and 133.1, three months between: 1.331 ** (1/3) - 1 = 10 %.
    assert compound_rate([Fraction(100)] * 3 + [Fraction("133.1")] * 3) == pytest.approx(0.1, abs=1e-12)


@pytest.mark.parametrize(
    "values",
    [
        row(1, 2, 3, 4, 5),
        row(0, 0, 0, 4, 5, 6),
        row(5, 5, 5, 0, 0, 0),
        row(-9, 1, 1, 4, 5, 6),
        [],
    ],
)
def test_there_is_no_cmgr_without_six_months_and_two_positive_ends(values: list[Fraction]) -> None:
    assert compound_rate(values) is None


def test_doubling_takes_seven_months_at_ten_percent() -> None:
    # ln 2 / ln 1.1 = 0.693147 / 0.0953102
    assert doubling_months(0.1) == pytest.approx(7.272541, abs=1e-6)
    assert doubling_months(1.0) == pytest.approx(1.0)
    assert doubling_months(0.0) is None
    assert doubling_months(-0.1) is None
    assert doubling_months(None) is None


def test_year_over_year_needs_a_positive_month_a_year_before() -> None:
    assert year_over_year(row(100, *[7] * 11, 150)) == 0.5
    assert year_over_year(row(9999, 100, *[7] * 11, 80)) == -0.2
    assert year_over_year(row(0, *[7] * 11, 150)) is None
    assert year_over_year(row(-1, *[7] * 11, 150)) is None
    assert year_over_year(row(*[7] * 12)) is None
    assert year_over_year([]) is None


def test_run_rate_is_a_year_at_this_level() -> None:
    assert run_rate(Fraction(1050)) == 12600
    assert run_rate(None) is None
