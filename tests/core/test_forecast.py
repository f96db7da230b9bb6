"""Forecast: level, trend and rough range, worked by hand, and the laws that they keep."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pitrack.core.days import Month
from pitrack.core.forecast import FEW, LEAST, PAST, STEPS, Expected, Forecast, Ratios, forecast, quantile
from pitrack.core.ledger import monthly
from pitrack.core.model import Entry
from pitrack.core.money import Rates
from tests.core.books import NEWS, book

F = Fraction
cents = st.integers(-100_000, 1_000_000).map(lambda n: F(n, 100))
rows = st.lists(cents, min_size=LEAST, max_size=20)


def made(*months: object) -> Forecast:
    found = forecast([F(str(month)) for month in months])
    assert found
    return found


def ahead(found: Forecast, number: int = STEPS) -> list[Expected]:
    return list(islice(found.months(), number))


# By hand


@pytest.mark.parametrize(
    ("values", "part", "value"),
    [
        # Of nine values, place 0.1 * 10 is the first and place 0.9 * 10 the ninth.
        (range(1, 10), "0.1", 1),
        (range(1, 10), "0.9", 9),
        # Of twelve, place 1.3: 0.3 of the way from the first to the second; place 11.7.
        (range(10, 130, 10), "0.1", 13),
        (range(10, 130, 10), "0.9", 117),
        # Of three, places 0.4 and 3.6 lie beyond the ends.
        ([5, 1, 3], "0.1", 1),
        ([5, 1, 3], "0.9", 5),
        ([5, 1, 3], "0.5", 3),
        ([7], "0.9", 7),
    ],
)
def test_quantiles(values: list[int], part: str, value: int) -> None:
    assert quantile([F(one) for one in values], F(part)) == value


def test_fewer_than_eight_months_are_too_early_to_say() -> None:
    assert forecast([F(100)] * 7) is None
    assert forecast([F(100)] * 8)
    assert forecast([]) is None


def test_a_level_is_carried_on_with_what_came_of_such_levels() -> None:
    # Level (100 + 100 + 160) / 3 = 120. Holt saw no trend until the last month, so it did no better.
    # From month 3 on, each level was 100: what came over it was 1 1 1 1 1.6 / 1 1 1 1.6 / 1 1 1.6 / 1 1.6 / 1.6. None
    # of the steps has eight, so all fifteen together: place 0.1 * 16 = 1.6 is among the ten 1, 0.9 * 16 = 14.4 is 1.6.
    found = made(100, 100, 100, 100, 100, 100, 100, 160)
    assert found == Forecast(F(120), F(0), (Ratios(F(1), F("1.6")),) * 6, found.by_sum)
    assert ahead(found) == [Expected(F(120), F(120), F(192))] * 6
    # Together: 100 and 160 over 200, and so on: 1 1 1 1 1.12 / 1 1 1 1.15 / 1 1 1.2 / 1 1.3 / 1.6. Place 14.4 lies
    # between the two largest, 1.3 + 0.4 * 0.3 = 1.42.
    assert found.by_sum == (Ratios(F(1), F("1.42")),) * 6
    assert list(islice(found.sums(), 2)) == [Expected(F(120), F(120), F("170.4")), Expected(F(240), F(240), F("340.8"))]


def test_a_step_with_eight_ratios_has_a_range_of_its_own() -> None:
    # Twelve times 100, then 160: ten ratios one month ahead, nine of them 1; place 0.9 * 11 = 9.9: 1 + 0.9 * 0.6. Nine
    # two months ahead: place 9, the last, 1.6. Eight: place 8.1, beyond the last. Four months ahead there are seven, so
    # all 45 together, six of them 1.6: place 41.4 is one of these.
    found = made(*[100] * 12, 160)
    assert [ratios.high for ratios in found.by_month] == [F("1.54"), F("1.6"), F("1.6"), F("1.6"), F("1.6"), F("1.6")]
    assert [month.high for month in ahead(found, 2)] == [F("184.8"), F(192)]


def test_a_trend_is_added_where_it_came_nearer_to_the_past() -> None:
    # Level (200 + 300 + 400) / 3 = 300. Damped Holt (0.3, 0.1, 0.9) from a level of 100 without a trend:
    # month 6: level 0.3 * 200 + 0.7 * 100 = 130, trend 0.1 * 30 = 3, to be added 0.9 * 3 = 2.7
    # month 7: level 0.3 * 300 + 0.7 * 132.7 = 182.89, trend 0.1 * 52.89 + 0.9 * 2.7 = 7.719, to be added 6.9471
    # month 8: level 0.3 * 400 + 0.7 * 189.8371 = 252.88597, trend 0.1 * 69.99597 + 0.9 * 6.9471 = 13.251987
    # To be added 11.9267883. From month 6 (133.33 for 300 and 400) and month 7 (200 for 400) on it came nearer.
    found = made(100, 100, 100, 100, 100, 200, 300, 400)
    assert (found.level, found.trend) == (300, F("11.9267883"))
    # It fades by a tenth a month: 11.9267883 * 0.9 = 10.73410947 more in the second month; in the end ten times it.
    assert [month.point for month in ahead(found, 2)] == [F("311.9267883"), F("322.66089777")]
    assert found.most == F("419.267883")
    # The ratios from month 3, 4 and 5 on: 1 1 2 3 4 / 1 2 3 4 / 2 3 4; from month 6 and 7 between 1.9 and 2.9. Place
    # 1.6 of fifteen is 1, place 14.4 is 4.
    assert found.by_month == (Ratios(F(1), F(4)),) * 6
    assert ahead(found, 1) == [Expected(F("311.9267883"), F("311.9267883"), F("1247.7071532"))]


def test_a_trend_takes_no_level_through_nothing() -> None:
    found = Forecast(F(100), F(-60), (), ())
    # 100 - 60 = 40; 40 - 54 would be below nothing.
    assert [month.point for month in ahead(found, 3)] == [40, 0, 0]
    assert found.most == 40
    below = Forecast(F(-100), F(60), (), ())
    assert [month.point for month in ahead(below, 3)] == [-40, 0, 0]


def test_three_months_of_nothing_after_income_give_no_range() -> None:
    found = made(100, 100, 100, 100, 100, 0, 0, 0)
    assert (found.level, found.trend, found.by_month, found.by_sum) == (0, 0, (), ())
    assert ahead(found, 1) == [Expected(F(0), None, None)]


def test_a_first_level_of_its_sign_gives_no_range() -> None:
    # The levels before were 100 and, at month 7, (100 + 100 - 150) / 3 > 0; now (100 - 150 - 400) / 3 = -150.
    found = made(100, 100, 100, 100, 100, 100, -150, -400)
    assert (found.level, found.by_month) == (-150, ())


def test_losses_have_a_range_too_its_low_end_below_its_high_end() -> None:
    found = made(*[-100] * 7, -160)
    assert ahead(found, 1) == [Expected(F(-120), F(-192), F(-120))]


def test_what_is_older_than_three_years_is_not_looked_at() -> None:
    recent = [F(n % 7 * 10 + 50) for n in range(PAST)]
    assert forecast([F(9999)] * 5 + recent) == forecast(recent)


# Laws


@given(cents, st.integers(LEAST, 20))
def test_a_constant_row_forecasts_itself(value: Fraction, months: int) -> None:
    found = forecast([value] * months)
    assert found
    assert ahead(found) == [Expected(value, value, value)] * STEPS
    assert list(islice(found.sums(), 3)) == [Expected(value * n, value * n, value * n) for n in (1, 2, 3)]


@given(rows, st.fractions(min_value=F(1, 1000), max_value=1000))
def test_it_scales_with_its_months(months: list[Fraction], by: Fraction) -> None:
    if by == 0:
        return
    one, other = forecast(months), forecast([month * by for month in months])
    assert one
    assert other
    assert (other.level, other.trend) == (one.level * by, one.trend * by)
    assert (other.by_month, other.by_sum) == (one.by_month, one.by_sum)


@given(rows)
def test_losses_mirror_income(months: list[Fraction]) -> None:
    one, other = forecast(months), forecast([-month for month in months])
    assert one
    assert other
    assert (other.level, other.trend, other.by_month) == (-one.level, -one.trend, one.by_month)


@given(rows)
def test_the_range_holds_its_point_and_income_stays_income(months: list[Fraction]) -> None:
    found = forecast(months)
    assert found
    assert all(ratios.low <= ratios.high for ratios in (*found.by_month, *found.by_sum))
    for month in [*ahead(found, STEPS + 3), *islice(found.sums(), STEPS + 3)]:
        assert (month.low is None) == (month.high is None)
        if month.low is not None and month.high is not None:
            assert month.low <= month.point <= month.high
        if min(months) >= 0:
            assert month.point >= 0
            assert month.low is None or month.low >= 0


@given(rows, st.integers(0, 5))
def test_months_of_nothing_before_the_past_change_the_level_by_nothing(months: list[Fraction], zeros: int) -> None:
    one, other = forecast(months), forecast([F(0)] * zeros + months)
    assert one
    assert other
    assert one.level == other.level


@given(st.lists(cents, min_size=1, max_size=40), st.fractions(0, 1), st.fractions(0, 1))
def test_quantiles_rise_with_their_part(values: list[Fraction], one: Fraction, other: Fraction) -> None:
    low, high = sorted((one, other))
    assert min(values) <= quantile(values, low) <= quantile(values, high) <= max(values)
    assert quantile(sorted(values, reverse=True), low) == quantile(values, low)


@given(st.lists(st.tuples(st.integers(0, 8), st.integers(1, 28), st.integers(1, 99_999)), min_size=1), st.randoms())
def test_the_order_of_entries_and_their_day_within_a_month_do_not_matter(
    drawn: list[tuple[int, int, int]], draw: object
) -> None:
    start = Month(2026, 1)
    entries = [
        Entry(f"e{number}", start.shift(month).first.replace(day=day), "income", Decimal(amount), "USD", NEWS.id)
        for number, (month, day, amount) in enumerate(drawn)
    ]
    moved = [entry._replace(day=entry.day.replace(day=29 - entry.day.day)) for entry in entries]
    draw.shuffle(moved)  # type: ignore[attr-defined]

    def expected(of: list[Entry]) -> Forecast | None:
        snapshot = book(of)
        ledger = monthly(snapshot, Rates(()), {NEWS.id: "USD", "": "USD", "photos": "USD", "job": "USD"}, dt.date.max)
        return forecast([ledger.at([NEWS.id], start.shift(n)).income for n in range(9)])

    assert expected(entries) == expected(moved)


def test_what_is_few_is_less_than_what_the_fewest_months_give() -> None:
    # After eight months there are five forecasts one month ahead, and fifteen in all: enough only together.
    assert LEAST - 3 < FEW <= 15
