"""What is said of timers: since when one runs, what stopping it booked, and all that runs in a few cells."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from pitrack.core.timers import Part
from pitrack.core.views.timers import Running
from pitrack.text import words
from pitrack.text.i18n import _, pgettext

MOST_DAYS = 3
"""Days whose minutes are told apart."""


def since(start: dt.datetime, now: dt.datetime, zone: dt.tzinfo) -> str:
    """``13:02`` on the clock of ``zone``, with its day where that is not the one of ``now``."""
    wall, today = start.astimezone(zone), now.astimezone(zone).date()
    time = f"{wall:%H:%M}"
    return time if wall.date() == today else f"{words.plain_day(wall.date())} {time}"


def so_far(run: Running) -> str:
    """``25 min``; nothing where the start lies ahead of the clock."""
    return words.minutes(max(run.minutes, 0))


def started(name: str) -> str:
    return _("Timer started: {name}.").format(name=words.named(name))


def stopped(name: str, parts: Sequence[Part], *, is_counted: bool, is_answered: bool) -> str:
    """What was booked, with the minutes of each day where there are several, and whether the action was checked off."""
    if not parts:
        return _("Timer of {name} stopped after less than half a minute: nothing was booked.").format(
            name=words.named(name)
        )
    time = words.minutes(sum(part.minutes for part in parts))
    if 1 < len(parts) <= MOST_DAYS:
        time = _("{time} ({days})").format(
            time=time,
            days=pgettext("between times of days", ", ").join(
                f"{words.plain_day(part.day)} {words.minutes(part.minutes)}" for part in parts
            ),
        )
    if is_answered and is_counted:
        text = _("Timer of {name} stopped: {time} booked, and checked off.")
    elif is_answered:
        text = _("Timer of {name} stopped after {time}: checked off. Its time goes nowhere, for it has no stream.")
    elif is_counted:
        text = _("Timer of {name} stopped: {time} booked.")
    else:
        text = _("Timer of {name} stopped after {time}. Nothing was booked: it counts no time and has no stream.")
    return text.format(name=words.named(name), time=time)


def cancelled(name: str) -> str:
    return _("Timer of {name} cancelled: nothing was booked.").format(name=words.named(name))


def brief(runs: Sequence[Running]) -> str:
    """What runs, for a status bar: ``Write 25m``, ``Write 1h05m +1``; empty where nothing does."""
    if not runs:
        return ""
    hours, minutes = divmod(max(runs[0].minutes, 0), 60)
    time = _("{hours}h{minutes:02}m") if hours else _("{minutes}m")
    text = f"{words.named(runs[0].thing.name)} {time.format(hours=hours, minutes=minutes)}"
    return f"{text} +{len(runs) - 1}" if len(runs) > 1 else text
