"""The report's goals: how far, and when at this pace."""

from __future__ import annotations

from decimal import Decimal

from pitrack.core.days import Month
from pitrack.core.model import Goal
from pitrack.core.views.plan import GoalProgress
from pitrack.exchange.report.blocks import Cell, Table
from pitrack.exchange.report.model import Report
from pitrack.text.dates import month_year, short_day
from pitrack.text.i18n import _
from pitrack.text.money import money, number, percent
from pitrack.text.plain import printable
from pitrack.text.words import motive, unit

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
                Cell(_outlook(each)),
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
    return _("{amount} a month").format(amount=told) if goal.motive == "living" else told


def _shown(report: Report, goal: Goal, value: Decimal) -> str:
    if goal.motive == "skill":
        return _("{hours} h").format(hours=number(value.quantize(TENTH).normalize() + 0))
    return money(value, goal.currency or report.book_currency, whole=True)


def _outlook(progress: GoalProgress) -> str:
    if progress.reached:
        if progress.held:
            return _("reached, held for {months}").format(months=unit(progress.held, "month"))
        return _("reached")
    if progress.eta is None:
        return _("not at this pace")
    return _("about {month} at this pace").format(month=month_year(Month.of(progress.eta)))
