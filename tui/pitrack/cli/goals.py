"""``pitrack goals``: how far the goals are, and when they will be reached at this pace."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import click

from pitrack.cli.output import plain, rounded, say, say_json, say_table, short
from pitrack.cli.parts import as_of_option, command, json_option
from pitrack.cli.session import Session
from pitrack.core.days import Month
from pitrack.core.model import Goal
from pitrack.core.views.plan import GoalProgress, plan
from pitrack.store.snapshot import BookSnapshot
from pitrack.text import words
from pitrack.text.i18n import N_, _

TENTH = Decimal("0.1")


@command("goals", N_("How far the goals are."))
@as_of_option
@json_option
@click.pass_obj
def goals(session: Session, day: str | None, as_json: bool) -> None:
    snap = session.snapshot
    found = plan(snap, session.day(day)).goals
    if as_json:
        say_json([_data(snap, progress) for progress in found])
    elif not found:
        say(_('No goal yet. Add one: pitrack goal add "Camera" --save 1200'))
    else:
        say_table(progress_rows(snap, found), "lrrll")


def progress_rows(snap: BookSnapshot, found: Iterable[GoalProgress]) -> list[tuple[str, ...]]:
    """Rows of name, value of amount, percentage, when it arrives, and what it takes."""
    return [
        (
            short(progress.goal.name),
            _("{value} of {amount}").format(
                value=shown(snap, progress.goal, progress.value), amount=amount_of(snap, progress.goal)
            ),
            f"{progress.fraction:.0%}",
            _arrival(progress),
            _needed(snap, progress),
        )
        for progress in found
    ]


def amount_of(snap: BookSnapshot, goal: Goal) -> str:
    """The goal's amount: ``1,200.00 USD``, ``1,000.00 USD a month``, ``100 h``."""
    amount = shown(snap, goal, goal.amount)
    return _("{amount} a month").format(amount=amount) if goal.motive == "living" else amount


def shown(snap: BookSnapshot, goal: Goal, value: Decimal) -> str:
    """An amount in the goal's unit."""
    if goal.motive == "skill":
        return _("{hours} h").format(hours=words.plain_number(value.quantize(TENTH)))
    return words.plain_amount(value, currency_of(snap, goal))


def currency_of(snap: BookSnapshot, goal: Goal) -> str:
    return goal.currency or snap.settings.currency


def _arrival(progress: GoalProgress) -> str:
    if progress.reached:
        if progress.held:
            return _("reached, held for {months}").format(months=words.unit(progress.held, "month"))
        return _("reached")
    if progress.eta is None:
        return _("not at this pace")
    from pitrack.text.dates import month_year  # here: most goals need no words for months

    return _("about {month} at this pace").format(month=month_year(Month.of(progress.eta)))


def _needed(snap: BookSnapshot, progress: GoalProgress) -> str:
    if progress.needed is None or progress.goal.by is None:
        return ""
    template = (
        _("by {day}: {amount} more each month") if progress.goal.motive == "living" else _("by {day}: {amount} a month")
    )
    return template.format(day=progress.goal.by, amount=shown(snap, progress.goal, progress.needed))


def _data(snap: BookSnapshot, progress: GoalProgress) -> dict[str, Any]:
    goal = progress.goal
    currency = None if goal.motive == "skill" else currency_of(snap, goal)

    def number(value: Decimal | None) -> str | None:
        if currency is not None:
            return rounded(value, currency)
        return plain(None if value is None else value.quantize(Decimal("0.01")))

    return {
        "id": goal.id,
        "name": goal.name,
        "motive": goal.motive,
        "amount": number(goal.amount),
        "currency": currency,
        "value": number(progress.value),
        "fraction": progress.fraction,
        "reached": progress.reached,
        "held": progress.held,
        "needed": number(progress.needed),
        "by": str(goal.by) if goal.by else None,
        "eta": str(progress.eta) if progress.eta else None,
    }
