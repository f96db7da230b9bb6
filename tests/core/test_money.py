"""Currencies' places, exact sums and conversion with dated rates."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pitrack.core.currencies import exponent, quantized
from pitrack.core.model import Rate
from pitrack.core.money import Rates, as_decimal

D = Decimal
MAY_1, MAY_2, MAY_3 = dt.date(2026, 5, 1), dt.date(2026, 5, 2), dt.date(2026, 5, 3)


@pytest.mark.parametrize(
    ("currency", "places"), [("JPY", 0), ("USD", 2), ("EUR", 2), ("BHD", 3), ("CLF", 4), ("KRW", 0)]
)
def test_iso_4217_gives_the_decimal_places(currency: str, places: int) -> None:
    assert exponent(currency) == places


@pytest.mark.parametrize(
    ("amount", "currency", "shown"),
    [
        ("0.125", "USD", "0.12"),  # half to even, downwards
        ("0.135", "USD", "0.14"),  # half to even, upwards
        ("-0.125", "USD", "-0.12"),
        ("1234.5", "JPY", "1234"),
        ("1235.5", "JPY", "1236"),
        ("1.0005", "BHD", "1.000"),
        ("1.0015", "BHD", "1.002"),
        ("7", "USD", "7.00"),
        ("1000000000000000.005", "USD", "1000000000000000.00"),
        ("123456789012345678901234567890.126", "USD", "123456789012345678901234567890.13"),
    ],
)
def test_quantized_rounds_half_to_even_at_the_currency_s_places(amount: str, currency: str, shown: str) -> None:
    assert str(quantized(D(amount), currency)) == shown


def test_a_finite_number_is_exact_and_an_endless_one_has_fifty_digits() -> None:
    assert as_decimal(Fraction(1, 8)) == D("0.125")
    assert as_decimal(Fraction(10**40 + 1, 10)) == D(f"1{'0' * 39}.1")
    assert as_decimal(Fraction(1, 3)) == D("0." + "3" * 50)
    assert as_decimal(Fraction(-2, 3)) == D("-0." + "6" * 49 + "7")


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**20), max_value=10**20))
def test_a_decimal_survives_the_way_through_a_fraction(amount: Decimal) -> None:
    assert as_decimal(Fraction(amount)) == amount


def rates(*known: tuple[dt.date, str, str, str]) -> Rates:
    return Rates(Rate(day, base, quote, D(rate)) for day, base, quote, rate in known)


def test_the_newest_rate_on_or_before_the_day_holds() -> None:
    book = rates((MAY_1, "USD", "JPY", "150"), (MAY_3, "USD", "JPY", "160"))
    assert book.convert(D("2"), "USD", "JPY", MAY_1) == D(300)
    assert book.convert(D("2"), "USD", "JPY", MAY_2) == D(300)
    assert book.convert(D("2"), "USD", "JPY", MAY_3) == D(320)
    assert book.convert(D("2"), "USD", "JPY", MAY_1 - dt.timedelta(days=1)) is None


def test_an_inverse_rate_divides_exactly() -> None:
    # 1 USD = 150 JPY: 450 JPY are 3 USD on the dot, 100 JPY are 0.666... USD.
    book = rates((MAY_1, "USD", "JPY", "150"))
    assert book.convert(D(450), "JPY", "USD", MAY_1) == D(3)
    assert book.convert(D(100), "JPY", "USD", MAY_1) == D("0." + "6" * 49 + "7")


def test_the_newer_of_direct_and_inverse_holds_and_direct_when_as_new() -> None:
    newer_inverse = rates((MAY_1, "USD", "JPY", "150"), (MAY_2, "JPY", "USD", "0.005"))
    assert newer_inverse.convert(D(1), "USD", "JPY", MAY_2) == D(200)
    same_day = rates((MAY_1, "USD", "JPY", "150"), (MAY_1, "JPY", "USD", "0.005"))
    assert same_day.convert(D(1), "USD", "JPY", MAY_1) == D(150)


def test_a_pair_without_a_rate_goes_through_eur_each_leg_either_way() -> None:
    # 1 EUR = 1.25 USD, 1 EUR = 160 JPY: 1 USD = 128 JPY, 320 JPY = 2.5 USD.
    book = rates((MAY_1, "EUR", "USD", "1.25"), (MAY_1, "EUR", "JPY", "160"))
    assert book.convert(D(1), "USD", "JPY", MAY_2) == D(128)
    assert book.convert(D(320), "JPY", "USD", MAY_2) == D("2.5")
    assert book.convert(D(1), "USD", "GBP", MAY_2) is None


def test_its_own_rate_comes_before_the_way_through_eur() -> None:
    book = rates((MAY_1, "USD", "JPY", "100"), (MAY_2, "EUR", "USD", "1.25"), (MAY_2, "EUR", "JPY", "160"))
    assert book.convert(D(1), "USD", "JPY", MAY_2) == D(100)


def test_one_s_own_currency_needs_no_rate() -> None:
    assert rates().convert(D("0.10"), "XYZ", "XYZ", MAY_1) == D("0.1")


def test_a_rate_of_nothing_is_no_rate() -> None:
    assert rates((MAY_1, "USD", "JPY", "0")).factor("JPY", "USD", MAY_1) is None
    assert rates((MAY_1, "USD", "JPY", "-1")).factor("USD", "JPY", MAY_1) is None


def test_large_amounts_convert_without_loss() -> None:
    book = rates((MAY_1, "BHD", "JPY", "412.345678"))
    # 10**15 + 0.001 times 412.345678, by hand: 412345678000000000 + 0.412345678
    assert book.convert(D("1000000000000000.001"), "BHD", "JPY", MAY_1) == D("412345678000000000.412345678")


@given(
    st.decimals(min_value=0, max_value=10**15, places=3),
    st.decimals(min_value=D("0.0001"), max_value=10**5, places=4),
)
def test_there_and_back_is_where_one_was(amount: Decimal, rate: Decimal) -> None:
    book = rates((MAY_1, "USD", "XXX", str(rate)))
    there, back = book.factor("USD", "XXX", MAY_1), book.factor("XXX", "USD", MAY_1)
    assert there is not None
    assert back is not None
    assert as_decimal(Fraction(amount) * there.value * back.value) == amount
