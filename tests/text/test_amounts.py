"""Amounts, quantities and durations as people type them; anything else is refused in one way."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pitrack.text.parse import ParseError, amount, currency, day_amount, duration, quantity, rate, target

SIGNS = "0123456789.,-+' :hm$¥€円usdjpy時間分半千万億ドルユーロポンド１２，．　"
TYPED = st.one_of(st.text(), st.text(SIGNS, max_size=40))


@pytest.mark.parametrize(
    ("text", "value", "code"),
    [
        ("120.50", "120.50", None),
        ("0", "0", None),
        (".5", "0.5", None),
        ("12.", "12", None),
        ("1,200", "1200", None),
        ("1,200,300", "1200300", None),
        ("1,200.50", "1200.50", None),
        ("1.200,50", "1200.50", None),
        ("1.200.300,5", "1200300.5", None),
        ("1.200.300", "1200300", None),
        ("1.200", "1.200", None),
        ("12,5", "12.5", None),
        ("12,50", "12.50", None),
        ("0,500", "0.500", None),
        ("1 200,50", "1200.50", None),
        ("1'200", "1200", None),
        ("$5", "5", "USD"),
        ("US$5", "5", "USD"),
        ("$5 usd", "5", "USD"),
        ("£9.99", "9.99", "GBP"),
        ("€ 9", "9", "EUR"),
        ("5€", "5", "EUR"),
        ("¥1,200", "1200", "JPY"),
        ("１２００円", "1200", "JPY"),
        ("￥１，２００", "1200", "JPY"),
        ("１２．５　ｕｓｄ", "12.5", "USD"),
        ("1200 JPY", "1200", "JPY"),
        ("eur 9", "9", "EUR"),
        ("1200yen", "1200", "JPY"),
        ("５万円", "50000", "JPY"),
        ("¥1.5万", "15000.0", "JPY"),
        ("1,200 万 jpy", "12000000", "JPY"),
        ("12万", "120000", None),
        ("3千円", "3000", "JPY"),
        ("5千", "5000", None),
        ("１万２千円", "12000", "JPY"),
        ("2万5千", "25000", None),
        ("5万3000円", "53000", "JPY"),
        ("５万 ３，０００", "53000", None),
        ("¥1万5", "10005", "JPY"),
        ("1万2,000円", "12000", "JPY"),
        ("5千万円", "50000000", "JPY"),
        ("1億", "100000000", None),
        ("1億2000万円", "120000000", "JPY"),
        ("1億2千万", "120000000", None),
        ("1.5億", "150000000.0", None),
        ("5000ドル", "5000", "USD"),
        ("50 ドル", "50", "USD"),
        ("50米ドル", "50", "USD"),
        ("1万ドル", "10000", "USD"),
        ("100ユーロ", "100", "EUR"),
        ("3ポンド", "3", "GBP"),
        ("12.00円", "12.00", "JPY"),
        ("12,00ドル", "12.00", "USD"),
        ("  7  ", "7", None),
        ("9" * 30, "9" * 30, None),
    ],
)
def test_amounts(text: str, value: str, code: str | None) -> None:
    found, named = amount(text)
    assert str(found) == value
    assert named == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "amount"),
        (".", "amount"),
        ("usd", "amount"),
        ("nan", "amount"),
        ("inf", "amount"),
        ("Infinity", "amount"),
        ("1e5", "amount"),
        ("1_000", "amount"),
        ("1,2345", "amount"),
        ("12,", "amount"),
        ("1,200,50", "amount"),
        ("1.2.3", "amount"),
        ("01,200", "amount"),
        ("1,200.300.400", "amount"),
        ("5 usd extra", "amount"),
        ("٣", "amount"),
        ("+5", "amount"),
        ("-5", "negative"),
        ("−5", "negative"),
        ("－５円", "negative"),
        ("9" * 31, "too-long"),
        ("0." + "1" * 30, "too-long"),
        ("$5 eur", "two-currencies"),
        ("万円", "amount"),
        ("千円", "amount"),
        ("1万千", "amount"),
        ("1千2万", "amount"),
        ("5千3万", "amount"),
        ("1万5万", "amount"),
        ("1万10000", "amount"),
        ("1.5万500", "amount"),
        ("1万0.5", "amount"),
        ("三千", "amount"),
        ("9" * 27 + "万", "too-long"),
        ("1,5万", "comma"),
        ("1万2,5", "comma"),
        ("12,00円", "comma"),
        ("1,50円", "comma"),
        ("1.200,50円", "comma"),
        ("0,500 jpy", "comma"),
        ("¥１，５", "comma"),
    ],
)
def test_refused_amounts(text: str, code: str) -> None:
    with pytest.raises(ParseError) as caught:
        amount(text)
    assert caught.value.code == code
    assert caught.value.details["value"] == text


@pytest.mark.parametrize(
    ("text", "own", "value"),
    [
        ("12,00", "USD", "12.00"),
        ("12,00", None, "12.00"),
        ("$12,00", "JPY", "12.00"),
        ("1,200", "JPY", "1200"),
        ("12,00", "JPY", None),
        ("12,00円", "USD", None),
    ],
)
def test_a_comma_only_groups_where_the_currency_has_no_decimals(text: str, own: str | None, value: str | None) -> None:
    if value is None:
        with pytest.raises(ParseError, match="comma"):
            amount(text, own)
    else:
        assert str(amount(text, own)[0]) == value


def test_a_rate_is_a_number() -> None:
    assert rate("150.25") == Decimal("150.25")
    for text, code in (("ゼロ", "rate"), ("-1", "negative"), ("1,5万", "comma")):
        with pytest.raises(ParseError, match=f"^{code}") as caught:
            rate(text)
        assert caught.value.value == text


@given(st.integers(0, 10**12 - 1))
def test_units_spell_the_same_number(value: int) -> None:
    rest, parts = value, []
    for unit, size in (("億", 10**8), ("万", 10**4), ("千", 10**3)):
        count, rest = divmod(rest, size)
        parts += [f"{count}{unit}"] if count else []
    assert amount("".join([*parts, *([str(rest)] if rest or not parts else [])]))[0] == value


def test_long_nonsense_is_refused_at_once() -> None:
    for text in ("1千" * 20_000, "1 " * 20_000 + "x", "千万億" * 20_000 + "円", "1," * 20_000):
        with pytest.raises(ParseError):
            amount(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("usd", "USD"),
        ("ドル", "USD"),
        ("ユーロ", "EUR"),
        ("ＵＳＤ", "USD"),
        ("円", "JPY"),
        ("￥", "JPY"),
        ("$", "USD"),
        ("us", None),
        ("円安", None),
        ("", None),
    ],
)
def test_currencies(text: str, code: str | None) -> None:
    assert currency(text) == code


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("5", "5"),
        ("2.5", "2.5"),
        ("2,5", "2.5"),
        ("1,200", "1200"),
        ("30m", "30"),
        ("30 min", "30"),
        ("1h20", "80"),
        ("1h 20m", "80"),
        ("1:30", "90"),
        ("1.5h", "90"),
        ("90分", "90"),
        ("30分間", "30"),
        ("１時間３０分", "90"),
    ],
)
def test_quantities(text: str, value: str) -> None:
    assert str(quantity(text)) == value


@pytest.mark.parametrize(
    ("text", "code"), [("abc", "quantity"), ("", "quantity"), ("-3", "negative"), ("1e9", "quantity")]
)
def test_refused_quantities(text: str, code: str) -> None:
    with pytest.raises(ParseError) as caught:
        quantity(text)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("90", 90),
        ("90m", 90),
        ("45 minutes", 45),
        ("1h", 60),
        ("1h30m", 90),
        ("1h30", 90),
        ("1h 5", 65),
        ("1:30", 90),
        ("0:05", 5),
        ("1.5h", 90),
        ("1,5 hours", 90),
        ("0.33h", 20),
        ("0.025h", 2),
        ("２時間", 120),
        ("2時間30分", 150),
        ("1時間半", 90),
        ("30分間", 30),
        ("2時間30分間", 150),
        ("半時間", 30),
        ("90分", 90),
        ("1", 1),
        ("24h", 1440),
        ("24:00", 1440),
    ],
)
def test_durations(text: str, minutes: int) -> None:
    assert duration(text) == minutes


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1.5", "duration"),
        ("1:75", "duration"),
        ("", "duration"),
        ("h", "duration"),
        ("1h30h", "duration"),
        ("-5", "negative"),
        ("0", "length"),
        ("0:00", "length"),
        ("1441", "length"),
        ("25h", "length"),
        ("99999h", "length"),
        ("9" * 29 + "h", "length"),
        ("9" * 5000, "duration"),
    ],
)
def test_refused_durations(text: str, code: str) -> None:
    with pytest.raises(ParseError) as caught:
        duration(text)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("5", "5", ""),
        ("500 words", "500", "words"),
        ("30回", "30", "回"),
        ("５００字", "500", "字"),
        ("5km", "5", "km"),
        ("30photos", "30", "photos"),
        ("2.5Km", "2.5", "Km"),
        ("5km/h", "5", "km/h"),
        ("80%", "80", "%"),
        ("3 m²", "3", "m2"),
        ("1,200 kcal", "1200", "kcal"),
        ("1 200 kcal", "1200", "kcal"),
        ("1h30", "90", "min"),
        ("1:30", "90", "min"),
        ("20 min", "20", "min"),
        ("0 cups", "0", "cups"),
    ],
)
def test_targets(text: str, value: str, unit: str) -> None:
    amount_of_it, named = target(text)
    assert (str(amount_of_it), named) == (value, unit)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1e5", "quantity"),
        ("1e400", "quantity"),
        ("1E5", "quantity"),
        ("1e-5", "quantity"),
        ("5-10 words", "quantity"),
        ("1.2.3km", "quantity"),
        ("words", "quantity"),
        ("words 5", "quantity"),
        ("", "quantity"),
        ("-5 km", "negative"),
        ("−5km", "negative"),
        ("9" * 31 + " words", "too-long"),
    ],
)
def test_refused_targets(text: str, code: str) -> None:
    with pytest.raises(ParseError) as caught:
        target(text)
    assert (caught.value.code, caught.value.value) == (code, text)


@pytest.mark.parametrize("read", [amount, quantity, duration, target])
@given(text=TYPED)
def test_any_text_is_read_or_refused(read: Callable[[str], object], text: str) -> None:
    with suppress(ParseError):
        assert read(text) is not None


@given(TYPED)
def test_what_is_read_is_a_plain_finite_amount(text: str) -> None:
    try:
        value, code = amount(text)
    except ParseError:
        return
    assert value.is_finite()
    assert value >= 0
    assert len(value.as_tuple().digits) <= 30
    assert code is None or (len(code) == 3 and code.isupper())


@given(st.decimals(min_value=0, max_value=10**12, places=2))
def test_however_it_is_written_it_is_the_same_amount(value: Decimal) -> None:
    english = f"{value:,.2f}"
    german = english.translate(str.maketrans(",.", ".,"))
    wide = english.translate({ord(char): chr(ord(char) + 0xFEE0) for char in "0123456789,."})
    assert {amount(text)[0] for text in (f"{value:f}", english, german, wide, f"{german} EUR")} == {value}


@given(st.integers(1, 24 * 60))
def test_durations_round_trip(minutes: int) -> None:
    hours, rest = divmod(minutes, 60)
    for text in (f"{minutes}", f"{minutes}分", f"{hours}:{rest:02}", f"{hours}h{rest:02}m", f"{hours}時間{rest}分"):
        assert duration(text) == minutes


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("5", "photos", "5"),
        ("5 photos", "photos", "5"),
        ("1 photo", "photos", "1"),
        ("５枚", "枚", "5"),
        ("1h20", "min", "80"),
        ("1h20", "hours", "1.333"),
        ("30m", "h", "0.5"),
        ("1:30", "時間", "1.5"),
        ("90", "hours", "90"),
        ("30m", "", "30"),
        ("2.5 km", "km", "2.5"),
    ],
)
def test_a_days_amount_is_told_in_the_unit_of_its_action(text: str, unit: str, value: str) -> None:
    assert day_amount(text, unit) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "unit", "code"),
    [
        ("30m", "words", "other-unit"),
        ("5 pages", "words", "other-unit"),
        ("5 pages", "", "quantity"),
        ("5 km", "min", "other-unit"),
        ("-1h", "h", "negative"),
        ("many", "words", "quantity"),
        ("", "words", "quantity"),
    ],
)
def test_an_amount_in_another_unit_is_refused(text: str, unit: str, code: str) -> None:
    with pytest.raises(ParseError) as caught:
        day_amount(text, unit)
    assert caught.value.code == code
