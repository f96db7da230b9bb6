"""The words of explanations: what each figure is called, how it is made, and its numbers put in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import NamedTuple

from pitrack.core.days import Month
from pitrack.core.views.explained import Explained, Figure, Given, Record, Unit, Value, Why
from pitrack.text.dates import full_day, month_year
from pitrack.text.i18n import N_, _, ngettext
from pitrack.text.money import HIDDEN, money, number, percent
from pitrack.text.plain import printable
from pitrack.text.words import entry_kind, listed, minutes, named, plain_amount, time_kind

_NAMES: Mapping[Figure, str] = {
    "mom": N_("Change"),
    "t3m": N_("3-month mean"),
    "run-rate": N_("Year's pace"),
    "cmgr": N_("Growing"),
    "doubling": N_("Doubles in"),
    "yoy": N_("On last year"),
    "share": N_("Share"),
    "sources": N_("Real sources"),
    "coverage": N_("Streams pay"),
    "away": N_("Away income"),
    "holiday": N_("Days off brought"),
    "per-hour": N_("Per hour"),
    "units-per-hour": N_("Units per hour"),
    "break-even": N_("Costs covered on"),
    "paid-back": N_("Paid back"),
    "back-catalogue": N_("Year-old work"),
    "built": N_("Built"),
    "neglect": N_("Untended"),
}

_FORMULAS: Mapping[Figure, str] = {
    "mom": N_("The last complete month less the one before, and that over the one before. The open month is left out."),
    "t3m": N_("The mean of the last three complete months. Empty months count, months before the start do not."),
    "run-rate": N_("Twelve months at the 3-month mean."),
    "cmgr": N_(
        "Compound monthly growth: the rate that leads from the mean of the first three of the last twelve months to "
        "the mean of the last three."
    ),
    "doubling": N_("How long it takes to double at that rate: ln 2 / ln(1 + rate). A description, not a promise."),
    "yoy": N_("The last complete month against the same month a year before."),
    "share": N_("Its part of all income of the last twelve complete months."),
    "sources": N_(
        "How many equal streams would spread the risk as much: 1 over the sum of the squared shares of twelve months."
    ),
    "coverage": N_("The streams' income of the last complete month over the job's."),
    "away": N_(
        "The part of the month's income that came on days without any time logged on its stream. Only passive streams "
        "that log time and sell on more than three days a month can tell."
    ),
    "holiday": N_("What the streams brought while everything was paused, of the newest days off that are over."),
    "per-hour": N_("The month's income less its expenses and fees, over the hours logged that month."),
    "units-per-hour": N_("Units sold in the month, less those given back, over the hours logged on what sold them."),
    "break-even": N_(
        "The first day of the last complete month by which income less fees had made up what the month costs whatever "
        "is sold: expenses that recur, and automations."
    ),
    "paid-back": N_("The month since which all income has been no less than all expenses and fees."),
    "back-catalogue": N_(
        "The part of the month's income that assets brought which were published twelve months before, or earlier."
    ),
    "built": N_("Assets published and automations begun in the last complete month; hours of learning beside them."),
    "neglect": N_(
        "How many kinds of continuing effort, of marketing, learning and serving customers, were last made four weeks "
        "ago or longer, or never."
    ),
}

_WHY: Mapping[Why, str] = {
    "early": N_("too early to say"),
    "new": N_("new: nothing came before"),
    "nothing": N_("nothing came, now or before"),
    "not positive": N_("no percentage: an end of it is not above zero"),
    "no growth": N_("it does not grow"),
    "by stream": N_("each stream has its own"),
    "no income": N_("no income"),
    "no job": N_("no income from a job"),
    "no hours": N_("no hours logged"),
    "no units": N_("no units on the entries"),
    "no time": N_("no time logged"),
    "no stream": N_("income without a stream"),
    "lump": N_("payouts, which do not tell when the sales were"),
    "service": N_("a service, which takes hours by its nature"),
    "job": N_("the job"),
    "no pause": N_("no days off that are over"),
    "no cost": N_("no costs that recur"),
    "not covered": N_("not covered that month"),
    "no investment": N_("nothing was invested"),
    "before income": N_("before the first income"),
    "not yet": N_("not yet"),
}

_KINDS = {
    "time": N_("time"),
    "habit": N_("action"),
    "asset": N_("asset"),
    "pause": N_("pause"),
    "template": N_("template"),
    "automation": N_("automation"),
}


class Wording(NamedTuple):
    """How numbers are written: in a currency, ``whole`` for amounts without decimals, ``hidden`` for none at all."""

    currency: str
    hidden: bool = False
    whole: bool = False

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
        if unit in ("months", "weeks"):
            return _span(unit, round(value))
        return number(_rounded(value))

    def money(self, amount: Decimal, *, sign: bool = False) -> str:
        return HIDDEN if self.hidden else money(amount, self.currency, sign=sign, whole=self.whole)

    def given(self, one: Given) -> str:
        return self.value(one.value, one.unit)


def name(figure: Figure) -> str:
    """What a figure is called: ``Change``, ``Away income``."""
    return _(_NAMES[figure])


def formula(figure: Figure) -> str:
    """How it is made, in a sentence or two."""
    return _(_FORMULAS[figure])


def why(code: Why) -> str:
    """Why there is no value: ``too early to say``."""
    return _(_WHY[code]) if code else "-"


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
            amount=f"{HIDDEN} {one.currency}" if wording.hidden else plain_amount(one.amount, one.currency),
            currency=one.currency,
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
    kind = _(_KINDS[one.kind]) if one.kind in _KINDS else entry_kind(one.kind)
    amount = ""
    if one.minutes is not None:
        amount = minutes(one.minutes)
    elif one.amount is not None:
        amount = f"{HIDDEN} {one.currency}" if wording.hidden else plain_amount(one.amount, one.currency)
    return days, kind, named(one.name), amount, named(one.note)


def _span(unit: Unit, count: int) -> str:
    if unit == "weeks":
        return ngettext("{n} week", "{n} weeks", count).format(n=count)
    return ngettext("{n} month", "{n} months", count).format(n=count)


def _rounded(value: Decimal | float) -> Decimal:
    """To a hundredth, without trailing zeros: for reading."""
    rounded = Decimal(str(value)).quantize(Decimal("0.01"))
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
    return [", ".join(months), line]


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
    return [*_equals("{net} / {hours} h")(found, wording), _pair(_("Since the start"), numbers["per hour life"])]


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
    "units-per-hour": _equals("{units} / {hours} h"),
    "break-even": _break_even,
    "paid-back": _paid_back,
    "back-catalogue": _equals("{old} / {streams income}"),
    "built": _built,
    "neglect": _neglect,
}
