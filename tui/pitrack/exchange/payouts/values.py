"""Amounts and days as platforms write them."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from pitrack.core.days import Month
from pitrack.exchange.found import Bad, Refused, in_bounds
from pitrack.exchange.payouts.sheet import Exact

_MONTHS = (
    "jan january januar janvier janv",
    "feb february februar février fevrier févr fev",
    "mar march märz maerz mär mars mrz",
    "apr april avril avr",
    "may mai",
    "jun june juni juin",
    "jul july juli juillet juil",
    "aug august août aout",
    "sep sept september septembre",
    "oct october okt oktober octobre",
    "nov november novembre",
    "dec december dez dezember décembre decembre déc",
)
MONTHS = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_DASHES = str.maketrans("‐‑‒–—―−﹣", "--------")
_MONEY_WORDS = re.compile(r"(?:us|a|c|ca|nz|hk)?[$]|[€£¥円₩₹₽₺₴฿]|r[$]|kr\.?|zł|(?<![a-z])[a-z]{3}(?![a-z])", re.I)
_POINT = re.compile(r"([0-9]{1,3}(?:[,' ][0-9]{2,3})*[,' ][0-9]{3}|[0-9]+)?(\.[0-9]*)?")
_COMMA = re.compile(r"([0-9]{1,3}(?:[.' ][0-9]{3})+|[0-9]+)?(,[0-9]*)?")
_YMD = re.compile(r"([0-9]{4})[-/.年 ]\s*([0-9]{1,2})[-/.月 ]\s*([0-9]{1,2})日?(?![0-9])")
_YM = re.compile(r"([0-9]{4})[-/.年]\s*([0-9]{1,2})月?")
_SHORT = re.compile(r"([0-9]{8})(?:[0-9]{6})?")
_ORDERED = re.compile(r"([0-9]{1,4})[-/.] ?([0-9]{1,2})[-/.] ?([0-9]{2,4})(?![0-9])")
_DAY_NAME = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th|er)?[. -]*([^\W\d_]+)[., -]+([0-9]{4})(?![0-9])")
_NAME_DAY = re.compile(r"([^\W\d_]+)[. -]+([0-9]{1,2})(?:st|nd|rd|th)?[, ]+([0-9]{4})(?![0-9])")
_NAME = re.compile(r"([^\W\d_]+)[., -]+([0-9]{4})")
_NAME_2 = re.compile(r"([0-9]{4})[., -]+([^\W\d_]+)")
_MONTH_FIRST = re.compile(r"([0-9]{1,2})月[ ,]*([0-9]{4})年?")
_WEEKDAY = re.compile(r"^(?:mon|tue|wed|thu|fri|sat|sun|mo|di|mi|do|fr|sa|so)[a-z]*[.,]+ *")


def read_amount(text: str, decimal: str) -> Decimal:
    """An amount, below zero too: ``$1,234.50``, ``1.234,50 €``, ``(12.00)``, ``12-``, ``１２００円``. ``decimal``,
    ``.`` or ``,``, is the mark of the fraction. Bad("empty" | "number" | "too-long")."""
    if isinstance(text, Exact):
        return _signed(Decimal(text))
    if len(text) > 80:
        raise Bad("too-long")
    digits, is_negative = _bare(text)
    if not digits:
        raise Bad("empty" if not text.strip() else "number")
    match = (_COMMA if decimal == "," else _POINT).fullmatch(digits)
    if match is None or not any(map(str.isdecimal, digits)):
        raise Bad("number")
    number = Decimal(f"{re.sub('[^0-9]', '', match[1] or '0')}.{(match[2] or '')[1:] or '0'}")
    return _signed(-number if is_negative else number)


class _Signs(NamedTuple):
    """The signs in some amounts: those that can only stand before a fraction, those before three digits, and of these
    the ones that surely part thousands."""

    marks: set[str]
    groups: set[str]
    sure: set[str]


def decimal_of(texts: Iterable[str], column: str, *, is_whole: bool = False) -> str:
    """The mark of the fraction in the columns of money of a table, told from all of them. Where nothing but one sign
    before three digits tells it, that parts thousands if the currency has no fractions (``is_whole``).
    Refused("which-decimal") where it can be read in two ways."""
    signs = _signs(texts)
    if mark := _certain(signs):
        return mark
    if signs.marks or len(signs.groups) > 1 or (signs.groups and not is_whole):
        raise Refused("which-decimal", column=column)
    return _other(signs.groups)


def certain_decimal(texts: Iterable[str]) -> str:
    """The mark of the fraction that amounts leave no doubt of, or none."""
    return _certain(_signs(texts))


def _certain(signs: _Signs) -> str:
    if signs.marks:
        return next(iter(signs.marks)) if len(signs.marks) == 1 else ""
    return _other(signs.sure) if signs.sure and len(signs.groups) == 1 else ""


def _other(groups: set[str]) -> str:
    """The mark of the fraction where these part thousands."""
    return "," if groups == {"."} else "."


def _signs(texts: Iterable[str]) -> _Signs:
    signs = _Signs(set(), set(), set())
    rounds: set[str] = set()
    has_plain = False
    for text in texts:
        if isinstance(text, Exact) or len(text) > 80:
            continue
        digits = _bare(text)[0]
        seen = [char for char in digits if char in ".,"]
        if not seen:
            has_plain = has_plain or re.search("[1-9]", digits) is not None
            continue
        last = seen[-1]
        behind = len(digits) - digits.rindex(last) - 1
        if len(set(seen)) == 2:
            signs.marks.add(last)
        elif len(seen) > 1:
            signs.groups.add(last)
            signs.sure.add(last)
        elif behind != 3 or digits.startswith(("0", ".", ",")):
            signs.marks.add(last)
        else:
            signs.groups.add(last)
            if digits.endswith("0"):
                rounds.add(last)
    if has_plain:  # who writes 800 with no decimals writes no 1.200 for 1.2
        signs.sure.update(rounds)
    return signs


def read_day(text: str, order: str) -> dt.date:
    """A day in any of the ways that platforms write one, what follows it (a time) left aside; of a month its last day.
    ``order`` is that of a day in numbers: YMD, DMY or MDY. Bad("empty" | "day-of")."""
    plain = _plain_day(text)
    if not plain:
        raise Bad("empty")
    try:
        day = _with_year_first(plain) or _named(plain) or _ordered(plain, order)
    except ValueError:
        day = None
    if day is None:
        raise Bad("day-of")
    return day


def read_month(text: str) -> Month | None:
    """The month that a text is, and nothing else: ``2026-10``, ``October 2026``, ``10月 2026``."""
    plain = _plain_day(text)
    if match := _MONTH_FIRST.fullmatch(plain):
        plain = f"{match[2]}-{match[1]}"
    if not any(pattern.fullmatch(plain) for pattern in (_YM, _NAME, _NAME_2)):
        return None
    try:
        return Month.of(read_day(plain, "YMD"))
    except Bad:
        return None


def order_of(texts: Iterable[str], column: str) -> str:
    """The order of day, month and year in a column, told from all of its days. Refused("which-days")."""
    order, is_open = certain_order(texts)
    if not order and is_open:
        raise Refused("which-days", column=column)
    return order or "DMY"


def certain_order(texts: Iterable[str]) -> tuple[str, bool]:
    """The order that the days of a column leave no doubt of, or none; and whether it makes a difference to them. Where
    points part them all, the day comes first, as wherever they are written so."""
    first = second = is_open = False
    is_dotted = True
    for text in texts:
        match = _ORDERED.match(_plain_day(text))
        if match is None or len(match[1]) > 2:
            continue
        is_dotted = is_dotted and match.string[match.end(1)] == "."
        is_open = is_open or match[1] != match[2]
        first = first or int(match[1]) > 12
        second = second or int(match[2]) > 12
    if first and second:
        return "YMD", is_open  # years of two digits, or no days at all
    if not first and not second and is_open and is_dotted:
        return "DMY", is_open
    return "DMY" if first else "MDY" if second else "", is_open


def _signed(number: Decimal) -> Decimal:
    return in_bounds(number) if number >= 0 else -in_bounds(-number)


def _bare(text: str) -> tuple[str, bool]:
    """The digits and marks of an amount, and whether it is below zero."""
    plain = unicodedata.normalize("NFKC", text).translate(_DASHES).replace("\u2019", "'").strip()
    is_negative = plain.startswith("(") and plain.endswith(")")
    plain = _MONEY_WORDS.sub("", plain.strip("()")).strip()
    if plain[:1] == "-" or plain[-1:] == "-":
        is_negative = not is_negative
        plain = plain[1:] if plain[:1] == "-" else plain[:-1]
    elif plain[:1] == "+":
        plain = plain[1:]
    return plain.strip(), is_negative


def _plain_day(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text[:80]).translate(_DASHES).casefold().strip()
    return _WEEKDAY.sub("", plain)


def _with_year_first(plain: str) -> dt.date | None:
    if match := _YMD.match(plain):
        return dt.date(int(match[1]), int(match[2]), int(match[3]))
    if match := _YM.fullmatch(plain):
        return Month(int(match[1]), int(match[2])).last if 1 <= int(match[2]) <= 12 else None
    if match := _SHORT.fullmatch(plain):
        return dt.date(int(plain[:4]), int(plain[4:6]), int(plain[6:8]))
    return None


def _named(plain: str) -> dt.date | None:
    if match := _DAY_NAME.match(plain):
        day, name, year = match.groups()
    elif match := _NAME_DAY.match(plain):
        name, day, year = match.groups()
    elif match := _NAME.fullmatch(plain):
        day, (name, year) = "", match.groups()
    elif match := _NAME_2.fullmatch(plain):
        day, (year, name) = "", match.groups()
    else:
        return None
    if name not in MONTHS:
        return None
    month = Month(int(year), MONTHS[name])
    return month.first.replace(day=int(day)) if day else month.last


def _ordered(plain: str, order: str) -> dt.date | None:
    match = _ORDERED.match(plain)
    if match is None:
        return None
    parts = dict(zip(order if len(order) == 3 else "YMD", match.groups(), strict=True))
    year = int(parts["Y"])
    return dt.date(year + 2000 if len(parts["Y"]) <= 2 else year, int(parts["M"]), int(parts["D"]))
