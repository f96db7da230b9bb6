"""The words of the five merits and of automations: names, figures, changes, and why there is no figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from pitrack.core.automation import NotSaved, State
from pitrack.core.currencies import EXACT
from pitrack.core.merits import MeritId
from pitrack.core.views.merits.shapes import Measure, Merit, Reason, Saving
from pitrack.text import words
from pitrack.text.i18n import N_, _, pgettext

MINUTES = 60
_WAYS: Mapping[Measure, Sequence[tuple[int, int]]] = {
    "hours": ((1, 1), (MINUTES, 0), (1, 2)),
    "share": ((100, 1), (100, 2), (100, 3)),
    "units an hour": ((1, 1), (1, 2), (1, 3)),
}
"""How a difference may be shown, what to multiply by and how many decimal places, the plainest first."""
_NAMES: Mapping[MeritId, str] = {
    "efficiency": N_("Efficiency"),
    "cost": N_("Cost"),
    "scalability": N_("Scalability"),
    "always-on": N_("Always on"),
    "core-focus": N_("Core focus"),
}
_CLAIMS: Mapping[MeritId, str] = {
    "efficiency": N_("hours saved, 3-month mean"),
    "cost": N_("costs as a part of income"),
    "scalability": N_("units sold per hour of work"),
    "always-on": N_("sales on days without work"),
    "core-focus": N_("hours that are not routine"),
}
_MONTHLY: Mapping[MeritId, str] = {"efficiency": N_("routine hours saved a month")}
"""What the figures of single months are, where the one that is claimed is of several."""
_FORMULAS: Mapping[MeritId, str] = {
    "efficiency": N_(
        "The mean of the last three months, not of the last alone. For each running automation: the mean hours of its "
        "task in the three months before the one it began in, less the mean of the last three complete months. Months "
        "in which no work was logged are left out, and a task of two automations counts once."
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
    "no work since": N_("no work logged in the last months"),
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
    "no work since": N_("no work logged in its last months"),
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


def claim_of_month(merit: MeritId) -> str:
    """What the figure of a single month is."""
    return _(_MONTHLY.get(merit, _CLAIMS[merit]))


def months_of(merit: MeritId, last: str) -> str:
    """The months that a merit's figure is of: the ``last`` one, or ``3-month mean to October 2026``."""
    return _("3-month mean to {month}").format(month=last) if merit in _MONTHLY else last


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


def hours(value: Decimal, *, sign: bool = False, places: int = 1) -> str:
    """``1.3 h``, with ``sign`` ``+1.3 h``."""
    return pgettext("hours of work", "{hours} h").format(hours=_rounded(value, sign=sign, places=places))


def figure(measure: Measure, value: Decimal | None, places: int = 1) -> str:
    """``1.3 h``, ``10.0%``, ``17.8``; a dash where there is none."""
    if value is None:
        return "-"
    if measure == "hours":
        return hours(value, places=places)
    return share(value, places) if measure == "share" else _rounded(value, places=places)


def share(value: Decimal, places: int = 1) -> str:
    """A part of a whole: ``10.0%``."""
    return f"{_rounded(100 * value, places=places)}%"


def difference(measure: Measure, value: Decimal, less: Decimal) -> str:
    """``1.7 h - 0.9 h = 0.8 h``, in the first of the ways to show it that adds up; where none does, ``~`` for ``=``."""
    ways = _WAYS[measure]
    way = next((way for way in ways if _adds_up(value, less, *way)), None)
    equal, (scale, places) = "=" if way else "~", way or ways[0]
    sign = "+" if _to_places(scale * less, places) < 0 else "-"
    first, second = (_part(measure, part, scale, places) for part in (value, abs(less)))
    left = value - less
    rest = _points(left, places=places) if measure == "share" else _part(measure, left, scale, places)
    return f"{first} {sign} {second} {equal} {rest}"


def adds_up(value: Decimal, less: Decimal, places: int = 1) -> bool:
    """Whether a difference does as its parts are shown, to so many decimal places."""
    return _adds_up(value, less, 1, places)


def places_of(parts: Sequence[Decimal]) -> int:
    """Decimal places of the hours of a sum: one where the parts add up like that, else two."""
    shown = sum((_to_places(part, 1) for part in parts), Decimal(0))
    return 1 if shown == _to_places(sum(parts, Decimal(0)), 1) else 2


def _adds_up(value: Decimal, less: Decimal, scale: int, places: int) -> bool:
    first, second, rest = (_to_places(scale * part, places) for part in (value, less, value - less))
    return first - second == rest


def _part(measure: Measure, value: Decimal, scale: int, places: int) -> str:
    """As a figure; hours in minutes as a span of time."""
    if scale != MINUTES:
        return figure(measure, value, places)
    count = int(_to_places(scale * value, 0))
    return f"{'-' if count < 0 else ''}{words.minutes(abs(count))}"


def change(merit: Merit) -> str:
    """How the last three months stand to the three before: ``+0.5 h``, ``+1.4 points``, ``+52.9%``; a dash where nobody
    knows."""
    found = merit.change
    if found is None:
        return "-"
    if merit.measure == "hours":
        return hours(found.delta, sign=True)
    if merit.measure == "share":
        return _points(found.delta, sign=True)
    return words.growth(found.reading, found.ratio)


def _points(value: Decimal, *, sign: bool = False, places: int = 1) -> str:
    return _("{points} points").format(points=_rounded(100 * value, sign=sign, places=places))


def direction(merit: Merit) -> int:
    """1 where the change is for the better, -1 for the worse, 0 for none. Costs get better as they fall."""
    found = merit.change
    if found is None or not found.delta:
        return 0
    better = 1 if found.delta > 0 else -1
    return -better if merit.id == "cost" else better


def _rounded(value: Decimal, *, sign: bool = False, places: int = 1) -> str:
    rounded = _to_places(value, places)
    return format(rounded, "+,f" if sign and rounded else ",f")


def _to_places(value: Decimal, places: int) -> Decimal:
    """Rounded; what rounds to nothing has no sign."""
    rounded = EXACT.quantize(value, Decimal(1).scaleb(-places))
    return rounded if rounded else rounded.copy_abs()
