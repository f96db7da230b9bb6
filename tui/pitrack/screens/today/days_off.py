"""Going away and coming back: a pause begun with one key and ended with the same."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from pitrack.core.model import Habit, Pause
from pitrack.core.pauses import running
from pitrack.store import edits
from pitrack.text.words import HIDDEN

if TYPE_CHECKING:
    from pitrack.screens.today.screen import TodayScreen
    from pitrack.store.snapshot import BookSnapshot


def pause_or_end(screen: TodayScreen, habit: Habit | None, away: tuple[dt.date, dt.date] | None) -> None:
    """End the pause that runs of all actions or of ``habit``; where none does, ask for one."""
    from pitrack.screens.dialogs.pause import PauseDialog

    snapshot, today = screen.snapshot, screen.pitrack.today
    if snapshot is None:
        return
    found = running(snapshot, today, habit.id if habit else None)
    if not found:
        screen.ask(PauseDialog(snapshot, today, habit, away))
        return
    last = today - dt.timedelta(days=1)
    screen.change(edits.end_pause(snapshot, *(pause.id for pause in found), last=last))
    if found[0].first <= last:
        tell_brought(screen, snapshot, found[0]._replace(last=last), screen.say)


def tell_brought(screen: TodayScreen, snapshot: BookSnapshot, pause: Pause, tell: Callable[[str], object]) -> None:
    """Count in a thread what a pause brought, and tell it."""
    app = screen.pitrack

    def count() -> None:
        from pitrack.core.views.pauses import brought
        from pitrack.text import pauses as told
        from pitrack.text.money import money

        def shown(amount: Decimal, currency: str) -> str:
            return HIDDEN if app.hidden else money(amount, currency)

        text = told.brought(brought(snapshot, pause, app.today), shown)
        app.call_from_thread(partial(tell, text))

    screen.run_worker(count, thread=True, group="pauses", exclusive=True)
