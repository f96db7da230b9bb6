"""Currencies: their decimal places, and rounding to them for display only."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Context, Decimal

EXACT = Context(prec=1000, rounding=ROUND_HALF_EVEN)
"""Wide enough that sums and products of any amounts a book can hold lose nothing."""

EXPONENTS = {
    **dict.fromkeys(["BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI"], 0),
    **dict.fromkeys(["VND", "VUV", "XAF", "XOF", "XPF"], 0),
    **dict.fromkeys(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"], 3),
    **dict.fromkeys(["CLF", "UYW"], 4),
}
"""Decimal places of the currencies that do not have two (ISO 4217, list one)."""


def exponent(currency: str) -> int:
    """How many decimal places a currency has; two where ISO 4217 does not say otherwise."""
    return EXPONENTS.get(currency, 2)


def quantized(amount: Decimal, currency: str) -> Decimal:
    """The amount as people see it, to the currency's decimal places, half to even. For display, never for sums."""
    return amount.quantize(Decimal(1).scaleb(-exponent(currency)), rounding=ROUND_HALF_EVEN, context=EXACT)
