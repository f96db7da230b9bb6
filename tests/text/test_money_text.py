"""Money, numbers and percentages as English and Japanese readers write them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pitrack.text import i18n
from pitrack.text.money import money, number, one_decimal, percent

NBSP = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("amount", "currency", "english", "japanese"),
    [
        ("1146", "USD", "$1,146.00", "$1,146.00"),
        ("1200", "JPY", "¥1,200", "￥1,200"),
        ("-5.5", "EUR", "-€5.50", "-€5.50"),
        ("0", "USD", "$0.00", "$0.00"),
        ("-0.001", "USD", "$0.00", "$0.00"),
        ("0.125", "USD", "$0.12", "$0.12"),
        ("3", "CAD", "CA$3.00", "CA$3.00"),
        ("1.2345", "BHD", f"BHD{NBSP}1.234", f"BHD{NBSP}1.234"),
        ("1500", "IQD", f"IQD{NBSP}1,500.000", f"IQD{NBSP}1,500.000"),
        ("123456789012345678901234567890.12", "USD", "$123,456,789,012,345,678,901,234,567,890.12", None),
    ],
)
def test_money(amount: str, currency: str, english: str, japanese: str | None) -> None:
    assert money(Decimal(amount), currency) == english
    i18n.setup("ja")
    assert money(Decimal(amount), currency) == (japanese or english)


@pytest.mark.parametrize(
    ("amount", "currency", "english", "japanese"),
    [
        ("12", "USD", "$12", "$12"),
        ("812.35", "USD", "$812", "$812"),
        ("1146", "USD", "$1.1K", "$1,146"),
        ("-1500", "USD", "-$1.5K", "-$1,500"),
        ("123456", "JPY", "¥123.5K", "￥12.3万"),
        ("999949", "USD", "$999.9K", "$100万"),
        ("999950", "USD", "$1M", "$100万"),
        ("99995000", "JPY", "¥100M", "￥1億"),
        ("1500", "BHD", f"BHD{NBSP}1.5K", f"BHD{NBSP}1,500"),
        ("0", "JPY", "¥0", "￥0"),
    ],
)
def test_compact_money(amount: str, currency: str, english: str, japanese: str) -> None:
    assert money(Decimal(amount), currency, compact=True) == english
    i18n.setup("ja")
    assert money(Decimal(amount), currency, compact=True) == japanese


@pytest.mark.parametrize(
    ("amount", "expected"), [("123", "+$123.00"), ("-123", "-$123.00"), ("0", "$0.00"), ("0.001", "$0.00")]
)
def test_signs(amount: str, expected: str) -> None:
    assert money(Decimal(amount), "USD", sign=True) == expected


def test_the_region_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    i18n.setup("en")
    assert money(Decimal(5), "USD") == "US$5.00"
    assert money(Decimal(5), "GBP") == "£5.00"
    monkeypatch.setenv("LANG", "en_QQ.UTF-8")
    i18n.setup("en")
    assert money(Decimal(5), "USD") == "$5.00"


@pytest.mark.parametrize(
    ("value", "expected"), [("1234.50", "1,234.5"), ("1E+3", "1,000"), ("0.00001", "0.00001"), ("-7", "-7")]
)
def test_numbers(value: str, expected: str) -> None:
    assert number(Decimal(value)) == expected


@pytest.mark.parametrize(
    ("ratio", "signed", "plain"),
    [
        (0.12, "+12.0%", "12.0%"),
        (-0.5, "-50.0%", "-50.0%"),
        (0.0, "0.0%", "0.0%"),
        (-0.0004, "0.0%", "0.0%"),
        (12.5, "+1,250.0%", "1,250.0%"),
        (1e30, f"+{10**32:,}.0%", f"{10**32:,}.0%"),
    ],
)
def test_percentages(ratio: float, signed: str, plain: str) -> None:
    assert percent(ratio) == signed
    assert percent(ratio, sign=False) == plain


@given(
    st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**29), max_value=10**29, places=2),
    st.sampled_from(["en", "ja"]),
)
def test_no_digit_is_lost(amount: Decimal, language: str) -> None:
    i18n.setup(language)
    shown = money(amount, "USD").replace("$", "").replace(",", "")
    assert Decimal(shown) == amount
    assert Decimal(number(amount).replace(",", "")) == amount
    assert money(amount, "USD", compact=True)


def test_a_code_of_another_hand_is_harmless() -> None:
    assert money(Decimal(5), "\x1b[31m") == r"\x1b[31m" + "\N{NO-BREAK SPACE}5.00"


def test_a_ratio_of_any_size_is_told() -> None:
    assert percent(1e30) == "+100" + ",000" * 10 + ".0%"
    assert percent(-1e308).startswith("-1")


@pytest.mark.parametrize(
    ("value", "shown"), [("3", "3.0"), ("12.5", "12.5"), ("1234.56", "1,234.6"), ("0.04", "0.0"), ("-2", "-2.0")]
)
def test_one_decimal_is_always_shown(value: str, shown: str) -> None:
    assert one_decimal(Decimal(value)) == one_decimal(float(value)) == shown
