"""``pitrack goals``: how far the goals are, and when they will be reached at this pace."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from functools import partial
from typing import Any

import click

from pitrack.cli.output import plain, rounded, say, say_json, say_table, short
from pitrack.cli.parts import as_of_option, command, json_option, option, read_code
from pitrack.cli.session import Session
from pitrack.core.model import Goal
from pitrack.core.views.plan import GoalProgress, plan
from pitrack.store.snapshot import BookSnapshot
from pitrack.text import words
from pitrack.text.goals import asked, basis, number, share, so_far, standing, why
from pitrack.text.i18n import N_, _, pgettext

CENT = Decimal("0.01")


@command("goals", N_("How far the goals are, and when they are reached."))
@as_of_option
@option("--currency", metavar="CURRENCY", help=N_("The currency to tell goals of money in (each its own if left out)."))
@json_option
@click.pass_obj
def goals(session: Session, day: str | None, currency: str | None, as_json: bool) -> None:
    snap = session.snapshot
    found = plan(snap, session.as_of(day), None if currency is None else read_code(currency)).goals
    if as_json:
        say_json([_data(snap, progress) for progress in found])
    elif not found:
        say(_('No goal yet. Add one: pitrack goal add "Camera" --save 1200'))
    else:
        say_table(progress_rows(snap, found), "lrrll")
        for progress in found:
            if progress.missing:
                _say_missing(progress)


def _say_missing(progress: GoalProgress) -> None:
    currencies = pgettext("between names", ", ").join(map(short, progress.missing))
    say(
        _("{name}: left out for want of a rate: {currencies}").format(
            name=short(progress.goal.name), currencies=currencies
        )
    )


def progress_rows(snap: BookSnapshot, found: Iterable[GoalProgress]) -> list[tuple[str, ...]]:
    """Rows of name, value of amount, percentage, when it arrives, and what it takes."""
    return [
        (
            short(progress.goal.name),
            so_far(progress, partial(shown, snap, progress.goal)),
            share(progress),
            standing(progress)[0],
            _asked(snap, progress),
        )
        for progress in found
    ]


def sentences(snap: BookSnapshot, progress: GoalProgress) -> tuple[str, ...]:
    """What is behind the day of arrival, or why there is none; some may be empty."""
    return basis(progress), why(progress, partial(shown, snap, progress.goal))


def amount_of(snap: BookSnapshot, goal: Goal) -> str:
    """The goal's amount: ``1,200.00 USD``, ``1,000.00 USD a month``, ``50% of the job``, ``100 h``."""
    amount = shown(snap, goal, goal.amount)
    match goal.motive:
        case "living":
            return _("{amount} a month").format(amount=amount)
        case "job":
            return _("{percent} of the job").format(percent=amount)
        case _:
            return amount


def shown(snap: BookSnapshot, goal: Goal, value: Decimal) -> str:
    """An amount in the goal's unit."""
    match goal.motive:
        case "skill":
            return _("{hours} h").format(hours=number(value))
        case "job":
            return f"{number(value)}%"
        case _:
            return words.plain_amount(value, currency_of(snap, goal))


def currency_of(snap: BookSnapshot, goal: Goal) -> str:
    return goal.currency or snap.settings.currency


def _asked(snap: BookSnapshot, progress: GoalProgress) -> str:
    """What a month is asked for: by the goal's day, where it has one that has not passed."""
    asks = asked(progress, partial(shown, snap, progress.goal))
    if progress.needed is None or progress.goal.by is None:
        return asks
    return _("by {day}: {needs}").format(day=progress.goal.by, needs=asks)


def _data(snap: BookSnapshot, progress: GoalProgress) -> dict[str, Any]:
    """The documented shape of a goal of ``goals --json``."""
    goal = progress.goal
    currency = currency_of(snap, goal) if goal.motive in ("save", "living") else None

    def amount(value: Decimal | None) -> str | None:
        if currency is not None:
            return rounded(value, currency)
        return plain(None if value is None else value.quantize(CENT))

    def day(value: dt.date | None) -> str | None:
        return None if value is None else value.isoformat()

    return {
        "id": goal.id,
        "name": goal.name,
        "motive": goal.motive,
        "amount": amount(goal.amount),
        "currency": currency,
        "value": amount(progress.value),
        "fraction": progress.fraction,
        "reached": progress.reached,
        "held": progress.held,
        "needed": amount(progress.needed),
        "by": day(goal.by),
        "outlook": progress.outlook,
        "reason": progress.reason or None,
        "eta": day(progress.eta),
        "eta_from": day(progress.eta_from),
        "eta_to": day(progress.eta_to),
        "pace": amount(progress.pace),
        "trend": amount(progress.trend),
        "short": amount(progress.short),
        "wait": progress.wait,
        "missing_rates": list(progress.missing),
    }
