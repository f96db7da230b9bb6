"""The words of the five merits and of automations: names, figures, changes, and why there is no figure."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_EVEN, Decimal

from pitrack.core.automation import NotSaved, State
from pitrack.core.merits import MeritId
from pitrack.core.views.merits_shapes import Measure, Merit, Reason, Saving
from pitrack.text import words
from pitrack.text.i18n import N_, _, pgettext

TENTH = Decimal("0.1")
_NAMES: Mapping[MeritId, str] = {
    "efficiency": N_("Efficiency"),
    "cost": N_("Cost"),
    "scalability": N_("Scalability"),
    "always-on": N_("Always on"),
    "core-focus": N_("Core focus"),
}
_CLAIMS: Mapping[MeritId, str] = {
    "efficiency": N_("routine hours saved a month"),
    "cost": N_("costs as a part of income"),
    "scalability": N_("units sold per hour of work"),
    "always-on": N_("sales on days without work"),
    "core-focus": N_("hours that are not routine"),
}
_FORMULAS: Mapping[MeritId, str] = {
    "efficiency": N_(
        "For each running automation: the mean hours of its task in the three months before the one it began in, less "
        "the mean of the last three complete months. Months in which no work was logged are left out, and a task of "
        "two automations counts once."
    ),
    "cost": N_("Expenses and fees of the last complete month over its income."),
    "scalability": N_(
        "Units sold in the last complete month, less those given back, over the hours logged on the streams that sold "
        "by the unit. Income would call a price rise scalable; units do not."
    ),
    "always-on": N_(
        "Sales of the last complete month on days with no time logged on their stream. Only passive streams with "
        "logged time count, and only where sales come on their own days: monthly or weekly payouts do not tell."
    ),
    "core-focus": N_("Hours of the last complete month on making, marketing, learning and customers, over all hours."),
}
_REASONS: Mapping[Reason, str] = {
    "no automation": N_("no automation runs"),
    "no task": N_("no automation names its task"),
    "no month before": N_("no work logged before it"),
    "no time on it": N_("no time on its task before it"),
    "no month since": N_("no full month since it began"),
    "no income": N_("no income in the month"),
    "no units": N_("no entry tells units sold"),
    "no hours": N_("no hours in the month"),
    "service": N_("a service sells hours"),
    "job": N_("the job sells hours"),
    "no stream": N_("income on no stream"),
    "no time": N_("no time is logged on it"),
    "lump": N_("payouts hide the days of sale"),
}
_NOT_SAVED: Mapping[NotSaved, str] = {
    "no task": N_("it names no task"),
    "not begun": N_("it has not begun"),
    "no month before": N_("no work logged before it"),
    "no time on it": N_("no time on its task before it"),
    "no month since": N_("no full month since it began"),
}
_STATES: Mapping[State, str] = {
    "planned": N_("planned"),
    "running": N_("running"),
    "ended": N_("ended"),
    "archived": N_("archived"),
}


def name(merit: MeritId) -> str:
    """``Efficiency``, ``Always on``, …"""
    return _(_NAMES[merit])


def claim(merit: MeritId) -> str:
    """What a merit's figure is: ``routine hours saved a month``."""
    return _(_CLAIMS[merit])


def formula(merit: MeritId) -> str:
    """How a merit's figure is made, in a sentence or two."""
    return _(_FORMULAS[merit])


def reason(code: Reason) -> str:
    """Why a merit has no figure."""
    return _(_REASONS[code]) if code else ""


def state(code: State) -> str:
    """``running``, ``ended``, …"""
    return _(_STATES[code])


def not_saved(one: Saving) -> str:
    """Why it cannot be told what an automation saves, or that another has its saving; empty where it counts."""
    if one.again:
        return _("counted with an earlier one of the same task")
    return _(_NOT_SAVED[one.why]) if one.why else ""


def hours(value: Decimal, *, sign: bool = False) -> str:
    """``1.3 h``, with ``sign`` ``+1.3 h``."""
    return pgettext("hours of work", "{hours} h").format(hours=_tenths(value, sign=sign))


def figure(measure: Measure, value: Decimal | None) -> str:
    """``1.3 h``, ``10.0%``, ``17.8``; a dash where there is none."""
    if value is None:
        return "-"
    if measure == "hours":
        return hours(value)
    return share(value) if measure == "share" else _tenths(value)


def share(value: Decimal) -> str:
    """A part of a whole: ``10.0%``."""
    return f"{_tenths(100 * value)}%"


def change(merit: Merit) -> str:
    """How the last three months stand to the three before: ``+0.5 h``, ``+1.4 points``, ``+52.9%``; a dash where nobody
    knows."""
    found = merit.change
    if found is None:
        return "-"
    if merit.measure == "hours":
        return hours(found.delta, sign=True)
    if merit.measure == "share":
        return _("{points} points").format(points=_tenths(100 * found.delta, sign=True))
    return words.growth(found.reading, found.ratio)


def direction(merit: Merit) -> int:
    """1 where the change is for the better, -1 for the worse, 0 for none. Costs get better as they fall."""
    found = merit.change
    if found is None or not found.delta:
        return 0
    better = 1 if found.delta > 0 else -1
    return -better if merit.id == "cost" else better


def _tenths(value: Decimal, *, sign: bool = False) -> str:
    rounded = _rounded(value)
    return format(rounded, "+,f" if sign and rounded else ",f")


def _rounded(value: Decimal) -> Decimal:
    """To a tenth; what rounds to nothing has no sign."""
    rounded = value.quantize(TENTH, ROUND_HALF_EVEN)
    return rounded if rounded else rounded.copy_abs()
