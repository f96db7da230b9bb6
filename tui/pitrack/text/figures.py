"""The words of explanations: what each figure is called, how it is made, and its numbers put in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import NamedTuple

from pitrack.core.currencies import EXACT
from pitrack.core.days import Month
from pitrack.core.views.explained.shapes import Explained, Figure, Given, Record, Unit, Value, Why
from pitrack.text.dates import full_day, month_year
from pitrack.text.figure_words import FORMULAS, KINDS, NAMES, SHARE_OF_JOB, SHARES, WHY
from pitrack.text.i18n import _, ngettext
from pitrack.text.money import HIDDEN, money, number, percent
from pitrack.text.plain import printable
from pitrack.text.words import entry_kind, listed, minutes, named, time_kind, unconverted


class Wording(NamedTuple):
    """How numbers are written: in a currency; ``hidden``: without any amount."""

    currency: str
    hidden: bool = False

    def value(self, value: Value | None, unit: Unit, *, sign: bool = False) -> str:
        """A value of a unit; a dash where it is not known."""
        match value:
            case None:
                return "-"
            case Month():
                return month_year(value)
            case dt.date():
                return full_day(value)
        if unit in ("money", "hourly"):
            return self.money(Decimal(value), sign=sign)
        if unit in ("change", "percent"):
            return percent(float(value), sign=unit == "change")
        if unit == "hours":
            return _("{hours} h").format(hours=number(_rounded(value)))
        if unit in ("months", "weeks"):
            return _span(unit, round(value))
        return number(_rounded(value))

    def money(self, amount: Decimal, *, sign: bool = False) -> str:
        return HIDDEN if self.hidden else money(amount, self.currency, sign=sign)

    def given(self, one: Given) -> str:
        return self.value(one.value, one.unit)


def name(figure: Figure) -> str:
    """What a figure is called: ``Change``, ``Away income``."""
    return _(NAMES[figure])


def formula(found: Explained) -> str:
    """How it is made, in a sentence or two."""
    if found.figure == "share" and found.stream is None:
        return _(SHARES)
    return _(SHARE_OF_JOB if found.given("all income") is not None else FORMULAS[found.figure])


def why(code: Why) -> str:
    """Why there is no value: ``too early to say``."""
    return _(WHY[code]) if code else "-"


def value(found: Explained, wording: Wording) -> str:
    """Its value, or why there is none."""
    if found.value is None:
        return why(found.why)
    text = wording.value(found.value, found.unit)
    match found.figure:
        case "cmgr":
            return _("{percent} a month").format(percent=text)
        case "coverage":
            return _("{percent} of the job").format(percent=text)
    return text


def working(found: Explained, wording: Wording) -> tuple[str, ...]:
    """The formula with its numbers put in, a line or several; empty where there is nothing to put in."""
    return tuple(line for line in _WORKING[found.figure](found, wording) if line)


def made(assets: int, automations: int, hours: Decimal) -> str:
    """What was built: ``2 assets, 1 automation, 3.5 h of learning``; a dash for nothing."""
    parts = []
    if assets:
        parts.append(ngettext("{n} asset", "{n} assets", assets).format(n=assets))
    if automations:
        parts.append(ngettext("{n} automation", "{n} automations", automations).format(n=automations))
    if hours:
        parts.append(_("{hours} h of learning").format(hours=number(_rounded(hours))))
    return listed(*parts) or "-"


def left_out(found: Explained, wording: Wording) -> tuple[str, ...]:
    """What the figure does not count for want of a rate, with the line that adds one."""
    return tuple(
        _("Left out for want of a rate: {amount}. Add it: pitrack rate add {currency} {quote} RATE --on {day}").format(
            amount=unconverted(one.amount, one.currency, wording.hidden),
            currency=printable(one.currency),
            quote=found.currency,
            day=one.day,
        )
        for one in found.left_out
    )


def record(one: Record, wording: Wording) -> tuple[str, str, str, str, str]:
    """A record in a line: its day or days, what it is, whose, how much, and its note."""
    days = "" if one.day is None else one.day.isoformat()
    if one.until is not None:
        days = _("{first} to {last}").format(first=days, last=one.until)
    kind = _(KINDS[one.kind]) if one.kind in KINDS else entry_kind(one.kind)
    amount = ""
    if one.minutes is not None:
        amount = minutes(one.minutes)
    elif one.amount is not None:
        amount = unconverted(one.amount, one.currency, wording.hidden)
    return days, kind, named(one.name), amount, named(one.note)


def _span(unit: Unit, count: int) -> str:
    if unit == "weeks":
        return ngettext("{n} week", "{n} weeks", count).format(n=count)
    return ngettext("{n} month", "{n} months", count).format(n=count)


def _rounded(value: Decimal | float) -> Decimal:
    """To a hundredth, without trailing zeros: for reading."""
    rounded = EXACT.quantize(Decimal(str(value)), Decimal("0.01"))
    return rounded.to_integral_value() if rounded == rounded.to_integral_value() else rounded.normalize()


class _Numbers:
    """The numbers of an explanation by their codes, in words."""

    def __init__(self, found: Explained, wording: Wording) -> None:
        self.found = found
        self.wording = wording

    def __getitem__(self, what: str) -> str:
        return next((self.wording.given(one) for one in self.found.numbers if one.what == what), "-")

    def all(self, what: str) -> list[Given]:
        return [one for one in self.found.numbers if one.what == what]

    def count(self, what: str) -> Decimal:
        value = self.found.given(what)
        return Decimal(str(value)) if isinstance(value, int | Decimal) else Decimal(0)

    def signed(self, what: str) -> str:
        return next((self.wording.value(one.value, one.unit, sign=True) for one in self.all(what)), "-")

    @property
    def result(self) -> str:
        return self.wording.value(self.found.value, self.found.unit)


def _equals(pattern: str) -> Callable[[Explained, Wording], list[str]]:
    """A line of arithmetic, with the result behind it; nothing without a result."""

    def line(found: Explained, wording: Wording) -> list[str]:
        numbers = _Numbers(found, wording)
        return [f"{pattern.format_map(numbers)} = {numbers.result}"] if found.value is not None else []

    return line


def _mom(found: Explained, wording: Wording) -> list[str]:
    numbers = _Numbers(found, wording)
    if not numbers.all("delta"):
        return _months(found, wording)
    months = [month_year(one.month) for what in ("before", "last") for one in numbers.all(what) if one.month]
    line = f"{numbers['last']} - {numbers['before']} = {numbers.signed('delta')}"
    if found.value is not None:
        line += f";  {numbers.signed('delta')} / {numbers['before']} = {numbers.result}"
    return [listed(*months), line]


def _mean(found: Explained, wording: Wording) -> list[str]:
    months = _Numbers(found, wording).all("month")
    if found.value is None:
        return []
    total = " + ".join(map(wording.given, months))
    return [f"({total}) / {len(months)} = {wording.value(found.value, found.unit)}"]


def _cmgr(found: Explained, wording: Wording) -> list[str]:
    numbers = _Numbers(found, wording)
    if found.value is None:
        return _months(found, wording)
    line = f"({numbers['last mean']} / {numbers['first mean']}) ^ (1/{found.given('between')}) - 1 = {numbers.result}"
    return [line, *_months(found, wording)]


def _doubling(found: Explained, wording: Wording) -> list[str]:
    if found.value is None or isinstance(found.value, dt.date | Month):
        return []
    rate = _Numbers(found, wording)["cmgr"].lstrip("+")
    return [f"ln 2 / ln(1 + {rate}) = {number(_rounded(found.value))}"]


def _months(found: Explained, wording: Wording) -> list[str]:
    return [
        _pair(month_year(one.month), wording.given(one)) for one in found.numbers if one.what == "month" and one.month
    ]


def _share(found: Explained, wording: Wording) -> list[str]:
    numbers = _Numbers(found, wording)
    if found.stream is None:
        return [_pair(_stream(one), wording.given(one)) for one in numbers.all("share")]
    whole = "all income" if numbers.all("all income") else "streams income"
    return [f"{numbers['income']} / {numbers[whole]} = {numbers.result}"] if found.value is not None else []


def _sources(found: Explained, wording: Wording) -> list[str]:
    numbers = _Numbers(found, wording)
    squares = " + ".join(f"{wording.given(one)}^2" for one in numbers.all("share"))
    own = [f"1 / ({squares}) = {numbers.result}"] if found.value is not None else []
    return [*own, *_share(found, wording), _pair(_("With the job"), numbers["with job"])]


def _away(found: Explained, wording: Wording) -> list[str]:
    numbers = _Numbers(found, wording)
    streams = [_pair(_stream(one), wording.given(one)) for one in numbers.all("away of")]
    return [*_equals("{away} / {judged}")(found, wording), *streams]


def _holiday(found: Explained, wording: Wording) -> list[str]:
    numbers = _Numbers(found, wording)
    days = found.given("days")
    if not isinstance(days, int):
        return []
    first = ngettext("{n} day off: {amount}", "{n} days off: {amount}", days).format(n=days, amount=numbers.result)
    before = [_pair(month_year(one.month), wording.given(one)) for one in numbers.all("holiday") if one.month]
    return [first, *before]


def _per_hour(found: Explained, wording: Wording) -> list[str]:
    numbers = _Numbers(found, wording)
    return [*_equals("{net} / {hours}")(found, wording), _pair(_("Since the start"), numbers["per hour life"])]


def _break_even(found: Explained, wording: Wording) -> list[str]:
    numbers = _Numbers(found, wording)
    items = [
        _pair(printable(one.name) or _("expenses without a note"), wording.given(one)) for one in numbers.all("cost of")
    ]
    return [
        _pair(_("Fixed cost of a month"), numbers["cost"]),
        *items,
        _pair(_("Income less fees by then"), numbers["margin"]),
    ]


def _paid_back(found: Explained, wording: Wording) -> list[str]:
    numbers = _Numbers(found, wording)
    lines = [
        _pair(_("Invested"), numbers["invested"]),
        _pair(_("Hours"), numbers["hours so far"]),
        _pair(_("Income"), numbers["income so far"]),
    ]
    if numbers.all("hourly"):
        lines += [
            _pair(
                _("Invested, with your hours at {hourly}").format(hourly=numbers["hourly"]),
                numbers["invested with hours"],
            ),
            _pair(_("Paid back with your hours"), numbers["paid back with hours"]),
        ]
    return lines


def _built(found: Explained, wording: Wording) -> list[str]:
    numbers = _Numbers(found, wording)

    def of(month: str) -> str:
        assets, automations = (int(numbers.count(f"{what}{month}")) for what in ("assets", "automations"))
        return made(assets, automations, numbers.count(f"learning{month}"))

    return [_pair(_("The last complete month"), of("")), _pair(_("This month so far"), of(" so far"))]


def _neglect(found: Explained, wording: Wording) -> list[str]:
    lines = []
    for one in found.numbers:
        ago = _("{span} ago").format(span=wording.given(one)) if one.value else _("this week")
        if one.value is None:
            ago = _("never")
        kind = _pair(time_kind(one.what), ago)
        lines.append(_("{stream}, {what}").format(stream=printable(one.name), what=kind) if one.name else kind)
    return lines


def _stream(one: Given) -> str:
    return printable(one.name) or _("no stream")


def _pair(label: str, text: str) -> str:
    return _("{label}: {value}").format(label=label, value=text)


_WORKING: Mapping[Figure, Callable[[Explained, Wording], list[str]]] = {
    "mom": _mom,
    "t3m": _mean,
    "run-rate": _equals("12 x {t3m}"),
    "cmgr": _cmgr,
    "doubling": _doubling,
    "yoy": _equals("{last} / {year before} - 1"),
    "share": _share,
    "sources": _sources,
    "coverage": _equals("{streams income} / {job income}"),
    "away": _away,
    "holiday": _holiday,
    "per-hour": _per_hour,
    "units-per-hour": _equals("{units} / {hours}"),
    "break-even": _break_even,
    "paid-back": _paid_back,
    "back-catalogue": _equals("{old} / {streams income}"),
    "built": _built,
    "neglect": _neglect,
}
