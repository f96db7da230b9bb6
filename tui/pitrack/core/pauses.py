"""Pauses: how each stands on a day."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pitrack.core.model import Pause, Snapshot

State = Literal["planned", "running", "over"]

TRAVEL = "travel|"
"""How the ids of pauses begin that a change of zone made."""


def state_of(pause: Pause, day: dt.date) -> State:
    """How a pause stands on a day."""
    if pause.first > day:
        return "planned"
    return "running" if pause.last is None or pause.last >= day else "over"


def running(snapshot: Snapshot, day: dt.date, habit: str | None = None) -> tuple[Pause, ...]:
    """Pauses of all actions that run on a day; where there is none, those of ``habit``, given by its id. Those of
    travel end by themselves."""
    found = [
        pause for pause in snapshot.pauses if state_of(pause, day) == "running" and not pause.id.startswith(TRAVEL)
    ]
    of_all = tuple(pause for pause in found if pause.habit is None)
    return of_all or tuple(pause for pause in found if habit is not None and pause.habit == habit)


def ended_on(snapshot: Snapshot, last: dt.date) -> tuple[Pause, ...]:
    """Pauses whose last day off was ``last``, and whose habit is in the book; travel is none."""
    return tuple(
        pause
        for pause in snapshot.pauses
        if pause.last == last >= pause.first
        and not pause.id.startswith(TRAVEL)
        and (pause.habit is None or pause.habit in snapshot.habits)
    )
