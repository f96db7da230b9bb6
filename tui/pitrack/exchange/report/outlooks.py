"""The report's goals: how far, and when they are reached as forecast."""

from __future__ import annotations

from decimal import Decimal

from pitrack.core.model import Goal
from pitrack.core.views.plan import GoalProgress
from pitrack.exchange.report.blocks import Cell, Table
from pitrack.exchange.report.model import Report
from pitrack.text import goals
from pitrack.text.dates import short_day
from pitrack.text.i18n import _
from pitrack.text.money import money, number, percent
from pitrack.text.plain import printable
from pitrack.text.words import motive

TENTH = Decimal("0.1")


def goals_table(report: Report, *, amounts: bool) -> Table:
    """A row a goal, by their days."""
    return Table(
        _("Goals as they stood on {day}").format(day=short_day(report.as_of)),
        (_("goal"), _("what for"), *((_("so far"),) if amounts else ()), _("reached"), _("outlook")),
        tuple(
            (
                Cell(printable(each.goal.name)),
                Cell(motive(each.goal.motive)),
                *((Cell(_so_far(report, each)),) if amounts else ()),
                Cell(percent(each.fraction, sign=False), min(each.fraction, 1.0)),
                Cell(goals.standing(each)[0]),
            )
            for each in report.goals
        ),
        "llrrl" if amounts else "llrl",
        spare=(1, 2) if amounts else (1,),
    )


def _so_far(report: Report, progress: GoalProgress) -> str:
    goal = progress.goal
    told = _("{value} of {amount}").format(
        value=_shown(report, goal, progress.value), amount=_shown(report, goal, goal.amount)
    )
    match goal.motive:
        case "living":
            return _("{amount} a month").format(amount=told)
        case "job":
            return _("{percent} of the job").format(percent=told)
        case _:
            return told


def _shown(report: Report, goal: Goal, value: Decimal) -> str:
    match goal.motive:
        case "skill":
            return _("{hours} h").format(hours=number(value.quantize(TENTH).normalize() + 0))
        case "job":
            return percent(float(value / 100), sign=False)
        case _:
            return money(value, goal.currency or report.book_currency, whole=True)
