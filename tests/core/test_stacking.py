"""How income spreads over its sources."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pitrack.core.stacking import concentration, coverage, effective_sources, shares

incomes = st.dictionaries(
    st.text(max_size=3), st.integers(-(10**12), 10**12).map(lambda c: Fraction(c, 100)), max_size=8
)


def test_shares_and_concentration_by_hand() -> None:
    # 600, 300, 100: shares .6 .3 .1, HHI .36 + .09 + .01 = .46, 1 / .46 = 2.1739
    earned = {"n": Fraction(600), "p": Fraction(300), "s": Fraction(100)}
    assert shares(earned) == {"n": Fraction(3, 5), "p": Fraction(3, 10), "s": Fraction(1, 10)}
    assert concentration(earned) == Fraction(46, 100)
    assert effective_sources(earned) == pytest.approx(2.173913, abs=1e-6)


def test_equal_sources_count_fully_and_one_source_is_one() -> None:
    assert effective_sources({n: Fraction(250) for n in range(4)}) == 4.0
    assert effective_sources({"only": Fraction(1, 3)}) == 1.0


def test_a_source_that_lost_or_earned_nothing_is_no_source() -> None:
    assert effective_sources({"a": Fraction(10), "b": Fraction(0), "c": Fraction(-5)}) == 1.0
    assert effective_sources({"a": Fraction(0), "c": Fraction(-5)}) is None
    assert effective_sources({}) is None


@given(incomes)
def test_effective_sources_lie_between_one_and_the_number_that_earn(earned: dict[str, Fraction]) -> None:
    earning = sum(income > 0 for income in earned.values())
    assume(earning)
    sources = effective_sources(earned)
    assert sources is not None
    assert 1 <= sources <= earning
    assert sum(shares(earned).values()) == 1


def test_coverage_is_the_part_of_the_job_that_streams_pay() -> None:
    assert coverage(Fraction(1146), Fraction(4200)) == pytest.approx(0.272857, abs=1e-6)
    assert coverage(Fraction(-10), Fraction(100)) == -0.1
    assert coverage(Fraction(1146), Fraction(0)) is None
    assert coverage(Fraction(1146), Fraction(-1)) is None
