"""Counting what a screen shows: at once in a small book, off the loop in a large one, and each thing once."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from functools import partial
from typing import Any, TypeVar

from textual.widget import Widget

from pitrack.core.model import Snapshot

T = TypeVar("T")

LARGE = 2_000
"""Records of money and time from which on counting would keep a key waiting."""
KEPT = 12
"""Things kept counted: the months and currencies that one goes back and forth between."""


def is_large(snapshot: Snapshot) -> bool:
    """Whether counting over a book takes so long that a key would wait for it."""
    return len(snapshot.entries) + len(snapshot.times) >= LARGE


def made_of(snapshot: Snapshot) -> tuple[object, ...]:
    """What the figures of a book are made of: while none of it changes, neither do they."""
    return (
        *(snapshot.settings, snapshot.streams, snapshot.entries, snapshot.times, snapshot.rates, snapshot.assets),
        *(snapshot.goals, snapshot.templates, snapshot.pauses, snapshot.automations, snapshot.habits),
        *(snapshot.closed_months, snapshot.nothing_came),
        *(snapshot.history(habit.id) for habit in snapshot.habits.values() if habit.stream),
    )


class Counting:
    """Counts for a widget, one thing at a time; ``show`` is called when something is there that was not at once, and
    asks again for all that is to be seen."""

    def __init__(self, owner: Widget, show: Callable[[], object]) -> None:
        self._owner = owner
        self._show = show
        self._kept: dict[Hashable, tuple[Sequence[object], Any]] = {}
        self._is_running = False

    def of(self, about: Hashable, made_of: Sequence[object], count: Callable[[], T], *, at_once: bool) -> T | None:
        """What ``count`` gives of ``made_of``; while that takes its time, what was known of it before, or None."""
        known = self._kept.pop(about, None)
        if known:
            self._kept[about] = known  # the newest asked for is the last to be forgotten
            if _same(known[0], made_of):
                return known[1]  # type: ignore[no-any-return]
        if at_once:
            value = count()
            self._keep(about, made_of, value)
            return value
        if not self._is_running:
            self._is_running = True
            work = partial(self._work, about, made_of, count)
            self._owner.run_worker(work, thread=True, group="counting")
        return known[1] if known else None

    def _work(self, about: Hashable, made_of: Sequence[object], count: Callable[[], Any]) -> None:
        value = count()
        self._owner.app.call_from_thread(self._counted, about, made_of, value)

    def _counted(self, about: Hashable, made_of: Sequence[object], value: object) -> None:
        self._is_running = False
        self._keep(about, made_of, value)
        self._show()

    def _keep(self, about: Hashable, made_of: Sequence[object], value: object) -> None:
        self._kept[about] = made_of, value
        while len(self._kept) > KEPT:
            del self._kept[next(iter(self._kept))]


def _same(before: Sequence[object], now: Sequence[object]) -> bool:
    return len(before) == len(now) and all(a is b or a == b for a, b in zip(before, now, strict=True))
