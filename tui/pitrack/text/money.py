"""Money, numbers and percentages as the reader's region writes them (Babel; slow to import, so only for screens)."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.numbers import NumberPattern, format_compact_currency, format_decimal, parse_pattern

from pitrack.core.currencies import EXACT, exponent, quantized
from pitrack.text.i18n import locale_code
from pitrack.text.plain import printable
from pitrack.text.words import HIDDEN

__all__ = ["HIDDEN", "money", "number", "one_decimal", "percent"]

_PRECISION = 100
"""Digits that formatting may need: Babel rounds in the ambient context, which would refuse long amounts."""


def money(amount: Decimal, currency: str, *, compact: bool = False, sign: bool = False, whole: bool = False) -> str:
    """``$1,146.00``, ``￥1,200``; compact ``$1.1K``, ``￥12.3万``; whole ``$1,146``; ``sign``: ``+$123.00``.

    Rounded to the currency's decimal places (ISO 4217), half to even; compact amounts to tenths or to whole units. A
    currency written by hand may be any text, and is shown harmless.
    """
    return _money(amount, printable(currency), locale_code(), compact=compact, sign=sign, whole=whole)


def number(value: Decimal) -> str:
    """A number with all its digits: ``1,234.5``."""
    return _number(value, locale_code())


def one_decimal(value: Decimal | float) -> str:
    """A number to a tenth, which is always shown, so that those of a column are alike: ``12.5``, ``3.0``."""
    return _one_decimal(Decimal(str(value)), locale_code())


def percent(ratio: float, sign: bool = True) -> str:
    """0.12 as ``+12.0%`` (``12.0%`` without ``sign``); what rounds to nothing has no sign."""
    return _percent(ratio, sign, locale_code())


@lru_cache(maxsize=8192)
def _money(amount: Decimal, currency: str, code: str, *, compact: bool, sign: bool, whole: bool) -> str:
    locale = _locale(code)
    text: str
    with localcontext(prec=_PRECISION, rounding=ROUND_HALF_EVEN):
        size = abs(amount)
        if not compact and not whole:
            rounded = quantized(size, currency)
            text = _pattern(exponent(currency)).apply(rounded, locale, currency=currency, currency_digits=False)
        elif whole or size < _compact_from(locale):
            rounded = size.quantize(Decimal(1))
            text = _pattern(0).apply(rounded, locale, currency=currency, currency_digits=False)
        else:
            rounded = _rolled_over(size)
            text = format_compact_currency(rounded, currency, locale=locale, fraction_digits=1)
    # A code, unlike a symbol, stands apart from its number (CLDR's currency spacing, which Babel leaves out).
    text = text.replace(currency, f"{currency}\N{NO-BREAK SPACE}", 1)
    if not rounded:
        return text
    return f"-{text}" if amount < 0 else f"+{text}" if sign else text


@lru_cache(maxsize=1024)
def _number(value: Decimal, code: str) -> str:
    with localcontext(prec=_PRECISION):
        return format_decimal(value, locale=_locale(code), decimal_quantization=False)


@lru_cache(maxsize=1024)
def _one_decimal(value: Decimal, code: str) -> str:
    with localcontext(prec=_PRECISION, rounding=ROUND_HALF_EVEN):
        text: str = parse_pattern("#,##0.0").apply(value, _locale(code))
    return text


@lru_cache(maxsize=1024)
def _percent(ratio: float, sign: bool, code: str) -> str:
    with localcontext(EXACT):
        tenths = Decimal(repr(ratio)).quantize(Decimal("0.001"))
        text = parse_pattern("#,##0.0%").apply(abs(tenths), _locale(code))
    return f"-{text}" if tenths < 0 else f"+{text}" if sign and tenths else text


@lru_cache(maxsize=4)
def _locale(code: str) -> Locale:
    try:
        return Locale.parse(code)
    except UnknownLocaleError:  # a region that has no such language in CLDR
        return Locale.parse(code.partition("_")[0])


@lru_cache(maxsize=8)
def _pattern(places: int) -> NumberPattern:
    return parse_pattern("¤#,##0" + ("." + "0" * places if places else ""))


def _compact_from(locale: Locale) -> int:
    """The first amount that has a shorter form: thousands, in Japanese 万."""
    return 10_000 if locale.language == "ja" else 1_000


def _rolled_over(size: Decimal) -> Decimal:
    """``size``, or the power of ten just above it, so that 999,950 shows as 1M and not as 1000K."""
    above = Decimal(1).scaleb(size.adjusted() + 1)
    return above if size >= above * Decimal("0.99995") else size
