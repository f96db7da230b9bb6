"""Time worked, on any screen: the key that books it, starts a timer or stops one, and what runs, in one quiet text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from pitrack.core.changes import Change
from pitrack.core.model import Habit, Stream, TimeKind
from pitrack.core.views.timers import Running, run_of, running, target_of
from pitrack.keeper import Apply
from pitrack.text import timers as told
from pitrack.text.i18n import _
from pitrack.text.plain import cells, fit, printable
from pitrack.widgets.pieces import Line, spread, width_of

if TYPE_CHECKING:
    from textual.timer import Timer

    from pitrack.screens.base import BookScreen
    from pitrack.screens.dialogs.timer import Answer
    from pitrack.store.snapshot import BookSnapshot

MINUTE = 60
LEAST_NAME = 8
"""Cells of a name below which it is left out."""


def ask_time(screen: BookScreen, snapshot: BookSnapshot, day: dt.date, thing: Habit | Stream | None) -> None:
    """For an action or a stream whose timer runs: stop it. Else: book time on ``day``, or, where that is today, start
    a timer."""
    from pitrack.screens.dialogs.time import TimeDialog
    from pitrack.screens.dialogs.timer import TimerDialog

    app = screen.pitrack
    now = app.clock.now(snapshot.settings)
    is_today = day == app.today
    if is_today and thing and (run := run_of(snapshot, target_of(thing), now)):
        app.push_screen(TimerDialog(snapshot, run, now), partial(_stopped, screen))
        return
    start = partial(_start, screen, snapshot) if is_today else None
    app.push_screen(TimeDialog(snapshot, day, thing=thing, start=start), partial(_booked, screen))


def _start(screen: BookScreen, snapshot: BookSnapshot, thing: Habit | Stream, kind: TimeKind, task: str) -> Change:
    from pitrack.store.timing import start_timer

    app = screen.pitrack
    assert app.keeper
    now = app.clock.now(snapshot.settings)
    return start_timer(snapshot, app.keeper.book.device, now, thing, kind=kind, task=task)


def _stopped(screen: BookScreen, answer: Answer | None) -> None:
    if answer:
        screen.post_message(Apply(answer.change, answer.said))


def _booked(screen: BookScreen, change: Change | None) -> None:
    if change:
        screen.post_message(Apply(change, told.started(change.subject) if change.word == "start" else ""))


class RunningLine:
    """Puts what runs at the end of a line, and has the line drawn again when its minutes change: never more often than
    once a minute, and not at all while nothing runs."""

    def __init__(self, screen: BookScreen, draw: Callable[[], None]) -> None:
        self._screen = screen
        self._draw = draw
        self._next: Timer | None = None

    def ended(self, line: Line, snapshot: BookSnapshot, width: int) -> Line:
        """``line`` with what runs now."""
        if self._next:
            self._next.stop()
            self._next = None
        if not snapshot.timers:
            return line
        now = self._screen.pitrack.clock.now(snapshot.settings)
        runs = running(snapshot, now)
        if not runs:
            return line
        passed = (now - runs[0].first.start).total_seconds()
        self._next = self._screen.set_timer(MINUTE - (passed + MINUTE / 2) % MINUTE, self._draw)
        return with_timer(line, runs, width)


def with_timer(line: Line, runs: tuple[Running, ...], width: int) -> Line:
    """``line`` and at its end ``timer Write 25 min``, the name as long as there is room; where there is none, what
    stands behind the day and its zone gives way."""
    time, name = told.so_far(runs[0]), printable(runs[0].thing.name)
    more = f" +{len(runs) - 1}" if len(runs) > 1 else ""
    for before in (line, line[:2]):
        room = width - width_of(before) - 2
        for text in (_("timer {name} {time}"), "{name} {time}"):
            free = room - cells(text.format(name="", time=time) + more)
            if free >= min(LEAST_NAME, cells(name)):
                shown = text.format(name=fit(name, free), time=time) + more
                return spread(before, ((shown, "muted"), (" ", "")), width)
    return line
