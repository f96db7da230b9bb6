"""The report's goals: how far, and when they are reached as forecast."""

from __future__ import annotations

from decimal import Decimal
from functools import partial

from pitrack.core.model import Goal
from pitrack.exchange.report.blocks import Cell, Table
from pitrack.exchange.report.model import Report
from pitrack.exchange.report.money_tables import tenths
from pitrack.text import goals
from pitrack.text.dates import short_day
from pitrack.text.i18n import _, pgettext
from pitrack.text.money import money, number, percent
from pitrack.text.plain import printable
from pitrack.text.words import motive


def goals_table(report: Report, *, amounts: bool) -> Table:
    """A row a goal, by their days."""
    return Table(
        _("Goals as they stood on {day}").format(day=short_day(report.as_of)),
        (
            _("goal"),
            _("what for"),
            *((pgettext("of a goal", "so far"),) if amounts else ()),
            pgettext("of a goal", "reached"),
            _("outlook"),
        ),
        tuple(
            (
                Cell(printable(each.goal.name)),
                Cell(motive(each.goal.motive)),
                *((Cell(goals.so_far(each, partial(_shown, report, each.goal))),) if amounts else ()),
                Cell(percent(each.fraction, sign=False), min(each.fraction, 1.0)),
                Cell(goals.standing(each)[0]),
            )
            for each in report.goals
        ),
        "llrrl" if amounts else "llrl",
        spare=(1, 2) if amounts else (1,),
    )


def _shown(report: Report, goal: Goal, value: Decimal) -> str:
    match goal.motive:
        case "skill":
            return _("{hours} h").format(hours=number(tenths(value).normalize() + 0))
        case "job":
            return percent(float(value / 100), sign=False)
        case _:
            return money(value, goal.currency or report.book_currency, whole=True)
