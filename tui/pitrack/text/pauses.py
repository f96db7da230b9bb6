"""What is said of pauses: whom they are for, and what the days off brought."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from pitrack.core.model import Pause, Snapshot
from pitrack.core.pauses import State
from pitrack.core.views.pauses import Brought
from pitrack.text import words
from pitrack.text.i18n import N_, _, ngettext, pgettext

_STATES: dict[State, str] = {"planned": N_("to come"), "over": N_("over")}


def state(code: State) -> str:
    """How a pause stands: ``running``, ``over``, …"""
    return pgettext("a pause", "running") if code == "running" else _(_STATES[code])


def whose(snapshot: Snapshot, pause: Pause) -> str:
    """The name of the action that is paused; ``all actions`` where all are."""
    if pause.habit is None:
        return _("all actions")
    habit = snapshot.habits.get(pause.habit)
    return words.named(habit.name) if habit else _("a deleted action")


def brought(found: Brought, money: Callable[[Decimal, str], str] = words.plain_amount) -> str:
    """``9 days off earned 212.00 USD; all streaks intact.``, and what has no rate; ``money`` writes an
    amount and its currency."""
    off = _off(found, money)
    text = (
        _("{off}; {streaks}.").format(off=off, streaks=_streaks(found))
        if found.streaks
        else _("{off}.").format(off=off)
    )
    if found.apart:
        amounts = pgettext("between amounts", ", ").join(money(amount, code) for code, amount in found.apart)
        text += " " + _("Not counted, for want of a rate: {amounts}.").format(amounts=amounts)
    return text


def _off(found: Brought, money: Callable[[Decimal, str], str]) -> str:
    if found.income:
        text = ngettext("{n} day off earned {money}", "{n} days off earned {money}", found.days)
        return text.format(n=found.days, money=money(found.income, found.currency))
    return ngettext("{n} day off", "{n} days off", found.days).format(n=found.days)


def _streaks(found: Brought) -> str:
    if not found.broken:
        return _("the streak is intact") if found.streaks == 1 else _("all streaks intact")
    names = pgettext("between names", ", ").join(words.named(habit.name) for habit in found.broken)
    count = len(found.broken)
    return ngettext("{n} streak broke: {names}", "{n} streaks broke: {names}", count).format(n=count, names=names)
