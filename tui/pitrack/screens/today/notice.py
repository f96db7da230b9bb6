"""The line under the chosen action: days off that run, what was left unanswered, what days off have brought."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from pitrack.core.model import Pause
from pitrack.core.views.catchup import CatchUp
from pitrack.screens.today.lines import short_day
from pitrack.text.i18n import _, ngettext
from pitrack.text.plain import fit
from pitrack.widgets.pieces import Line, spread, width_of, with_keys


def paused_line(pause: Pause, today: dt.date, width: int) -> Line:
    """That all actions are paused, and the key that ends it."""
    if pause.last is None or pause.last == today:
        told = _("Days off since {day}").format(day=short_day(pause.first))
    else:
        told = _("Days off until {day}").format(day=short_day(pause.last))
    return _line(told, "good", [_("{p} I am back")], width)


def missed_line(missed: CatchUp, today: dt.date, width: int) -> Line:
    """What was left unanswered, and the keys for it; after some days without any answer, days off are offered first."""
    days, count = missed.days, len(missed.actions)
    if missed.away:
        told = _("Nothing answered since {day}").format(day=short_day(missed.away[0]))
        keys = [_("{p} I was away or ill  {c} catch up"), _("{p} away  {c} catch up"), _("{p} away")]
        return _line(told, "warn", keys, width)
    if len(days) == 1:
        text = ngettext("{day}: {n} action unanswered", "{day}: {n} actions unanswered", count)
        told = text.format(day=_("Yesterday") if (today - days[0]).days == 1 else short_day(days[0]), n=count)
    else:
        told = _("{n} actions unanswered since {day}").format(n=count, day=short_day(days[0]))
    keys = [_("{c} catch up  {p} I was away or ill"), _("{c} catch up  {p} away"), _("{c} answer")]
    return _line(told, "warn", keys, width)


def brought_line(told: str, width: int) -> Line:
    """What the days off that are over have brought."""
    return ((f" {fit(told, width - 2)}", "good"),)


def _line(told: str, role: str, keys: Sequence[str], width: int) -> Line:
    """What is told, and beside it the first of the ways to word the keys that there is room for."""
    left: Line = ((f" {told}", role),)
    for offered in keys:
        right = with_keys(offered)
        if width_of(left) + width_of(right) + 3 <= width:
            return spread(left, right, width - 1)
    return left
