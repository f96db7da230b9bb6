"""Amounts and days as platforms write them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pitrack.exchange.found import Bad, Refused
from pitrack.exchange.payouts.sheet import Exact
from pitrack.exchange.payouts.values import certain_decimal, decimal_of, order_of, read_amount, read_day

amounts = st.decimals(-(10**9), 10**9, places=2, allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize(
    ("text", "decimal", "value"),
    [
        ("1234.50", ".", "1234.50"),
        ("$1,234.50", ".", "1234.50"),
        ("1.234,50 €", ",", "1234.50"),
        ("1 234,50\u00a0€", ",", "1234.50"),
        ("１２，３００円", ".", "12300"),
        ("￥1,200", ".", "1200"),
        ("USD 12", ".", "12"),
        ("US$12.00", ".", "12"),
        ("(12.00)", ".", "-12"),
        ("($12.00)", ".", "-12"),
        ("12.00-", ".", "-12"),
        ("−12.00", ".", "-12"),
        ("-$12.00", ".", "-12"),
        ("+3", ".", "3"),
        (".5", ".", "0.5"),
        ("1'234.50", ".", "1234.5"),
        ("12,34,567.00", ".", "1234567"),
    ],
)
def test_amounts(text: str, decimal: str, value: str) -> None:
    assert read_amount(text, decimal) == Decimal(value)


def test_a_number_of_a_workbook_is_what_it_is() -> None:
    assert read_amount(Exact("2.79"), ",") == Decimal("2.79")


@pytest.mark.parametrize(
    ("text", "decimal"),
    [
        *[("1,5", "."), ("1.5", ","), ("1.2.3", "."), ("abc", "."), ("1e5", "."), ("--1", "."), ("=1+1", ".")],
        *[("NaN", "."), (".", "."), ("9" * 79, "."), ("9" * 200, ".")],
    ],
)
def test_what_is_no_amount(text: str, decimal: str) -> None:
    with pytest.raises(Bad):
        read_amount(text, decimal)


@given(amounts)
def test_amounts_in_both_styles_come_back(amount: Decimal) -> None:
    point = f"{amount:,.2f}"
    comma = point.translate(str.maketrans(",.", ".,"))
    assert read_amount(point, ".") == read_amount(comma, ",") == amount


@given(st.lists(amounts, min_size=1), st.booleans())
def test_the_style_is_told_from_the_column(column: list[Decimal], is_comma: bool) -> None:
    texts = [f"{amount:,.2f}" for amount in column]
    if is_comma:
        texts = [text.translate(str.maketrans(",.", ".,")) for text in texts]
    assert decimal_of(texts, "Amount") == (",") * is_comma + (".") * (not is_comma)


@pytest.mark.parametrize(
    ("texts", "mark"),
    [
        (["1,234", "5,000", "1.50"], "."),
        (["1.234", "5.000", "1.234.567"], ","),
        (["1,200", "800"], "."),
        (["1.234", "1.200", "80"], ","),
        (["1.234", "0,5"], ","),
        (["0.123"], "."),
        (["1,234,567"], "."),
        (["12"], "."),
        ([], "."),
    ],
)
def test_the_mark_of_the_fraction(texts: list[str], mark: str) -> None:
    assert decimal_of(texts, "Amount") == mark


@pytest.mark.parametrize(
    ("texts", "mark"),
    [
        (["1,234", "2,500"], "."),
        (["1.234", "2.500"], ","),
        (["1.234", "900", "0"], ","),
        (["1.200", "0"], ","),
    ],
)
def test_three_digits_are_a_thousand_where_a_currency_has_no_fractions_and_else_in_doubt(
    texts: list[str], mark: str
) -> None:
    assert decimal_of(texts, "Amount", is_whole=True) == mark
    assert certain_decimal(texts) == ""
    with pytest.raises(Refused, match="which-decimal"):
        decimal_of(texts, "Amount")


@pytest.mark.parametrize("texts", [["1,50", "1.50"], ["1,234", "1.234"]])
def test_a_column_in_two_styles(texts: list[str]) -> None:
    with pytest.raises(Refused, match="which-decimal") as error:
        decimal_of(texts, "Amount")
    assert error.value.details == {"column": "Amount"}


@pytest.mark.parametrize(
    ("text", "order", "value"),
    [
        ("2026-10-02", "DMY", "2026-10-02"),
        ("2026/10/2 13:45:00", "MDY", "2026-10-02"),
        ("2026-10-02T23:59:59Z", "YMD", "2026-10-02"),
        ("2026年10月2日", "YMD", "2026-10-02"),
        ("20261002", "YMD", "2026-10-02"),
        ("02.10.2026", "DMY", "2026-10-02"),
        ("10/02/2026", "MDY", "2026-10-02"),
        ("10/02/26", "MDY", "2026-10-02"),
        ("26/10/02", "YMD", "2026-10-02"),
        ("Oct 2, 2026", "DMY", "2026-10-02"),
        ("2 October 2026", "MDY", "2026-10-02"),
        ("2. Oktober 2026", "MDY", "2026-10-02"),
        ("2 déc. 2026", "DMY", "2026-12-02"),
        ("2-Mar-2026", "DMY", "2026-03-02"),
        ("Friday, October 2, 2026", "DMY", "2026-10-02"),
        ("2026-02", "YMD", "2026-02-28"),
        ("October 2026", "YMD", "2026-10-31"),
        ("2026年9月", "YMD", "2026-09-30"),
    ],
)
def test_days(text: str, order: str, value: str) -> None:
    assert read_day(text, order) == dt.date.fromisoformat(value)


@pytest.mark.parametrize("text", ["soon", "2026-13-01", "2026-02-30", "31.02.2026", "2 Foo 2026", "12", "٢٠٢٦"])
def test_what_is_no_day(text: str) -> None:
    with pytest.raises(Bad, match="day-of"):
        read_day(text, "DMY")


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (["01/02/2026", "13/02/2026"], "DMY"),
        (["01/02/2026", "02/13/2026"], "MDY"),
        (["2026-01-02"], "DMY"),
        (["05/05/2026"], "DMY"),
        (["01.02.2026", "03.04.2026"], "DMY"),
        (["01.02.2026", "03.13.2026"], "MDY"),
        (["13/12/26", "12/13/26"], "YMD"),
    ],
)
def test_the_order_is_told_from_the_column(texts: list[str], order: str) -> None:
    assert order_of(texts, "Date") == order


def test_an_order_that_cannot_be_told() -> None:
    with pytest.raises(Refused, match="which-days") as error:
        order_of(["01/02/2026", "03/04/2026"], "Date")
    assert error.value.details == {"column": "Date"}
