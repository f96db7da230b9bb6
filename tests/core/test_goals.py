"""Goals: fraction, months held, monthly need and day of arrival, worked by hand."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest

from pitrack.core.goals import MONTH, arrival, fraction, held, needed

NOV_22 = dt.date(2026, 11, 22)


@pytest.mark.parametrize(("value", "amount", "part"), [(50, 200, 0.25), (300, 200, 1.5), (-5, 200, 0.0), (0, 0, 1.0)])
def test_fraction(value: int, amount: int, part: float) -> None:
    assert fraction(Fraction(value), Fraction(amount)) == part


def test_held_counts_back_from_the_last_month_until_one_falls_short() -> None:
    months = [Fraction(n) for n in (1200, 900, 1000, 1100)]
    assert held(months, Fraction(1000)) == 2
    assert held(months, Fraction(800)) == 4
    assert held(months, Fraction(1101)) == 0
    assert held([], Fraction(1)) == 0


def test_needed_spreads_what_remains_over_the_days_left_a_month_being_a_twelfth_of_a_year() -> None:
    # 1,461 days are 48 months.
    assert needed(Fraction(600), NOV_22, NOV_22 + dt.timedelta(days=1461)) == Fraction(600, 48)
    # 73 days are 73 / 30.4375 months.
    assert needed(Fraction(600), NOV_22, dt.date(2027, 2, 3)) == Fraction(600 * 304375, 73 * 10000)
    # A month's end far off or near makes no step: one day less asks for a little more.
    assert needed(Fraction(600), dt.date(2026, 11, 30), dt.date(2026, 12, 31)) == Fraction(600 * 304375, 31 * 10000)
    assert needed(Fraction(600), dt.date(2026, 12, 1), dt.date(2026, 12, 31)) == 600  # 30 days: all of it
    # Within the last month, all of it.
    assert needed(Fraction(600), NOV_22, NOV_22) == 600
    assert needed(Fraction(600), NOV_22, NOV_22 - dt.timedelta(days=1)) is None
    assert needed(Fraction(600), NOV_22, None) is None
    assert needed(Fraction(0), NOV_22, dt.date(2027, 2, 3)) is None


def test_arrival_carries_the_pace_on_and_rounds_up_to_a_whole_day() -> None:
    # 920 in 92 days are 10 a day: 95 take 9.5 days, so ten.
    assert arrival(Fraction(95), NOV_22, Fraction(920), 92) == dt.date(2026, 12, 2)
    assert arrival(Fraction(90), NOV_22, Fraction(920), 92) == dt.date(2026, 12, 1)
    # From the second month on, which is 30.4375 days later: 39.9 days.
    assert arrival(Fraction(95), NOV_22, Fraction(920), 92, after=MONTH) == dt.date(2027, 1, 1)


def test_what_never_comes_has_no_day() -> None:
    assert arrival(Fraction(95), NOV_22, Fraction(0), 92) is None
    assert arrival(Fraction(95), NOV_22, Fraction(-3), 92) is None
    assert arrival(Fraction(0), NOV_22, Fraction(920), 92) is None
    assert arrival(Fraction(10**12), NOV_22, Fraction(1), 92) is None
