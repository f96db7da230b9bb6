"""Reading amounts of money, plain quantities and durations, as people type them in English and Japanese."""

from __future__ import annotations

import itertools
import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal

from pitrack.core.currencies import EXACT, exponent
from pitrack.core.units import in_unit, minutes_in
from pitrack.text.reading import ParseError, normal

MAX_DIGITS = 30
MAX_MINUTES = 24 * 60
"""What one entry of time holds: no more than its day."""

_SYMBOLS = {
    "us$": "USD", "$": "USD", "ドル": "USD", "米ドル": "USD",
    "¥": "JPY", "円": "JPY", "yen": "JPY",
    "€": "EUR", "ユーロ": "EUR",
    "£": "GBP", "ポンド": "GBP",
}  # fmt: skip
_UNITS = {"千": 10**3, "万": 10**4, "千万": 10**7, "億": 10**8, "千億": 10**11}

# Patterns are compiled when first used (re keeps them): a command needs few of them.
_MONEY = (
    r"(?P<before>us\$|[$¥€£]|[a-z]{3})? ?(?P<number>[0-9.,' 千万億]+?) ?"
    r"(?P<after>us\$|[$¥€£円]|米?ドル|ユーロ|ポンド|[a-z]{3})?"
)
_BY_UNIT = r"([^千万億]*)(千?[万億]|千)"
_DIGITS = r"[0-9]+"
_DECIMAL = r"[0-9]+\.?[0-9]*|\.[0-9]+"
_DECIMAL_COMMA = r"[0-9]+,[0-9]{1,2}|0,[0-9]+"
_GROUPED = r"[1-9][0-9]{0,2}(?P<by>[,.' ])[0-9]{3}(?:(?P=by)[0-9]{3})*(?P<rest>[,.][0-9]+)?"

_UNIT = r"[^0-9 .,':+‐‑‒–—―−-]"
_TARGET = rf"(?P<number>[0-9][0-9.,' ]*?)(?P<unit> +{_UNIT}.*|{_UNIT}[^0-9]*)"

_CLOCK = r"([0-9]{1,4}):([0-5][0-9])"
_HOURS = r"(?P<hours>[0-9]+(?:[.,][0-9]+)?) ?(?:h|hrs?|hours?|時間)"
_MINUTE = r"(?:m|mins?|minutes?|分間?)"
_MINUTES = rf"(?P<minutes>[0-9]+) ?{_MINUTE}"
_SPAN = rf"{_HOURS}(?: ?(?P<half>半)| ?(?P<rest>[0-9]{{1,2}}) ?{_MINUTE}?)?|{_MINUTES}"
_HALF_HOUR = "半時間"


def amount(text: str, of: str | None = None) -> tuple[Decimal, str | None]:
    """Money, 0 or more, and its ISO code where one is named: ``120.50``, ``$5``, ``1200 JPY``, ``１２００円``,
    ``5ドル``. ``of``: the currency that it is in where it names none, if that is known.

    ``$`` is read as USD, ``¥`` as JPY. The mark of the fraction: where both ``.`` and ``,`` occur, the last is
    (``1,200.50`` and ``1.200,50`` are the same); a lone comma before one or two digits is (``12,5``), before three it
    groups thousands (``1,200``); a lone point always is (``1.200`` is one and a fifth). Spaces and ``'`` group, too.
    Units of Japanese numbers stand behind digits, the largest first: ``5万円``, ``1.5万``, ``1万2千円``. With them, and
    in a currency without decimal places, a comma that does not group thousands is a slip.
    Raises ParseError: ``amount``, ``negative``, ``too-long``, ``two-currencies``, ``comma``.
    """
    plain = normal(text)
    if plain.startswith("-"):
        raise ParseError("negative", text)
    match = re.fullmatch(_MONEY, plain)
    if match is None:
        raise ParseError("amount", text)
    named = {_currency(name) for name in (match["before"], match["after"]) if name}
    if len(named) > 1:
        raise ParseError("two-currencies", text)
    number, code = match["number"], next(iter(named), None)
    if any(unit in number for unit in _UNITS):
        return _in_units(number, text), code
    value = _number(number, text, "amount")
    if _is_decimal_comma(number) and not exponent(code or of or ""):
        raise ParseError("comma", text)
    return value, code


def rate(text: str) -> Decimal:
    """What one of a currency is worth in another: a number as ``amount`` reads it. Raises ParseError: ``rate`` in place
    of ``amount``."""
    try:
        return amount(text)[0]
    except ParseError as error:
        raise ParseError("rate", text) if error.code == "amount" else error from None


def currency(text: str) -> str | None:
    """The ISO code that a word or symbol such as ``usd``, ``￥`` or ``円`` names; None where it looks like none."""
    plain = normal(text)
    if plain in _SYMBOLS:
        return _SYMBOLS[plain]
    return plain.upper() if len(plain) == 3 and plain.isascii() and plain.isalpha() else None


def quantity(text: str) -> Decimal:
    """How much of something, 0 or more: ``5``, ``2.5``, ``1,200``; times are minutes: ``30m``, ``1h20``, ``1:30``.

    Raises ParseError: ``quantity``, ``negative``, ``too-long``.
    """
    plain = normal(text)
    if plain.startswith("-"):
        raise ParseError("negative", text)
    minutes = _minutes(plain)
    return _number(plain, text, "quantity") if minutes is None else Decimal(minutes)


def per_cent(text: str) -> Decimal:
    """A part of a hundred, 0 or more, with its sign or without: ``50%``, ``12.5``. Raises ParseError as ``quantity``
    without times."""
    plain = normal(text)
    if plain.startswith("-"):
        raise ParseError("negative", text)
    return _number(plain.removesuffix("%"), text, "quantity")


def day_amount(text: str, unit: str) -> Decimal:
    """What was done of a habit that counts in ``unit``: a number, with it or without (``5``, ``5 photos``); a time such
    as ``1h20`` where that is a unit of time, in it.

    Raises ParseError: ``quantity``, ``negative``, ``too-long``, ``other-unit`` (unit).
    """
    plain = normal(text)
    per = minutes_in(unit)
    minutes = None if plain.startswith("-") else _minutes(plain)
    if minutes is not None and (per or not unit):
        return in_unit(minutes, per or 1)
    amount, named = target(text)
    wanted, named = normal(unit), normal(named)
    if minutes is not None or (named and not (wanted.startswith(named) or named.startswith(wanted or " "))):
        raise ParseError("other-unit", text, unit=unit) if unit else ParseError("quantity", text)
    return amount


def target(text: str) -> tuple[Decimal, str]:
    """How much a day has to reach, 0 or more, and its unit: ``500 words``, ``30回``, ``5km``; ``1h30`` is 90 ``min``.

    What stands right behind the number is a unit only without digits and signs: ``1e5`` and ``5-10`` are no amounts.
    Raises ParseError: ``quantity``, ``negative``, ``too-long``.
    """
    if (minutes := _minutes(normal(text))) is not None:
        return Decimal(minutes), "min"
    match = re.fullmatch(_TARGET, unicodedata.normalize("NFKC", text).strip())
    if match is None:
        return quantity(text), ""
    return _number(match["number"], text, "quantity"), match["unit"].strip()


def duration(text: str) -> int:
    """Whole minutes: ``90``, ``90m``, ``1h30m``, ``1h30``, ``1:30``, ``1.5h``, ``2時間30分``, ``1時間半``,
    ``30分間``.

    A bare fraction such as ``1.5`` might be hours or minutes and is refused. Raises ParseError: ``duration``,
    ``negative``, ``length`` (not from 1 minute to 24 hours).
    """
    plain = normal(text)
    if plain.startswith("-"):
        raise ParseError("negative", text)
    minutes = int(plain) if re.fullmatch(_DIGITS, plain) and len(plain) <= MAX_DIGITS else _minutes(plain)
    if minutes is None:
        raise ParseError("duration", text)
    if not 0 < minutes <= MAX_MINUTES:
        raise ParseError("length", text)
    return minutes


def work(text: str) -> int:
    """Whole minutes of all the work on a thing, 0 or more: as ``duration``, but of any length, and a bare number is
    hours: ``12``, ``12h``, ``90m``, ``1:30``. Raises ParseError: ``hours``, ``negative``."""
    plain = normal(text)
    if plain.startswith("-"):
        raise ParseError("negative", text)
    minutes = _minutes(plain)
    minutes = _minutes(f"{plain}h") if minutes is None else minutes
    if minutes is None:
        raise ParseError("hours", text)
    return minutes


def _currency(name: str) -> str:
    return _SYMBOLS.get(name, name.upper())


def _number(plain: str, typed: str, code: str) -> Decimal:
    """The number that normalised text spells; see ``amount`` for commas and points."""
    plain = plain.strip()
    grouped = re.fullmatch(_GROUPED, plain)
    if grouped and not (grouped["by"] == "." and plain.count(".") == 1 and not grouped["rest"]):
        rest = grouped["rest"] or ""
        if rest[:1] == grouped["by"]:
            raise ParseError(code, typed)
        whole = plain.removesuffix(rest).replace(grouped["by"], "")
        plain = whole + rest.replace(",", ".")
    elif re.fullmatch(_DECIMAL_COMMA, plain):
        plain = plain.replace(",", ".")
    if not re.fullmatch(_DECIMAL, plain):
        raise ParseError(code, typed)
    if sum(map(str.isdigit, plain)) > MAX_DIGITS:
        raise ParseError("too-long", typed)
    return Decimal(plain)


def _is_decimal_comma(plain: str) -> bool:
    """Whether a number that was read has a comma before its fraction."""
    plain = plain.strip()
    if grouped := re.fullmatch(_GROUPED, plain):
        return (grouped["rest"] or "").startswith(",")
    return re.fullmatch(_DECIMAL_COMMA, plain) is not None


def _in_units(plain: str, typed: str) -> Decimal:
    """The number that digits with 千, 万 and 億 spell: each unit with digits before it and smaller than the one before,
    and what follows it smaller than it; a fraction only before a single unit."""
    total, least = Decimal(0), Decimal(10) ** MAX_DIGITS
    parts = re.findall(_BY_UNIT, plain)
    rest = plain[sum(map(len, itertools.chain(*parts))) :].strip()
    for digits, unit in [*parts, *([(rest, "")] if rest else [])]:
        number, size = _number(digits, typed, "amount"), Decimal(_UNITS.get(unit, 1))
        if _is_decimal_comma(digits):
            raise ParseError("comma", typed)
        is_fraction = "." in digits and (len(parts) > 1 or bool(rest))
        part = EXACT.multiply(number, size)
        if is_fraction or size >= least or (total and part >= least):
            raise ParseError("amount", typed)
        total, least = EXACT.add(total, part), size
    if len(total.as_tuple().digits) > MAX_DIGITS:
        raise ParseError("too-long", typed)
    return total


def _minutes(plain: str) -> int | None:
    """The minutes of a clock reading or a span with units; None where the text is neither."""
    if len(plain) > MAX_DIGITS:
        return None
    if plain == _HALF_HOUR:
        return 30
    if clock := re.fullmatch(_CLOCK, plain):
        return int(clock[1]) * 60 + int(clock[2])
    match = re.fullmatch(_SPAN, plain)
    if match is None:
        return None
    if match["minutes"]:
        return int(match["minutes"])
    hours = Decimal(match["hours"].replace(",", "."))
    rest = 30 if match["half"] else int(match["rest"] or 0)
    return int((hours * 60).to_integral_value(ROUND_HALF_UP)) + rest
