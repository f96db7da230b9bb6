"""Remembering what was computed from a history for as long as that history lives."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

from pitrack.core.model import Habit, History

P = ParamSpec("P")
T = TypeVar("T")


def per_history(compute: Callable[Concatenate[Habit, History, P], T]) -> Callable[Concatenate[Habit, History, P], T]:
    """Keep the newest result of ``compute(habit, history, *arguments)`` for each habit of each living history.

    Histories are compared by identity, so a check-in recomputes one habit only, and nothing outlives its snapshot.
    """
    known: WeakKeyDictionary[History, dict[str, tuple[Any, T]]] = WeakKeyDictionary()

    @wraps(compute)
    def remembered(habit: Habit, history: History, /, *args: P.args, **kwargs: P.kwargs) -> T:
        of_history = known.setdefault(history, {})
        key = (habit, args, kwargs)
        found = of_history.get(habit.id)
        if found is not None and found[0] == key:
            return found[1]
        value = compute(habit, history, *args, **kwargs)
        of_history[habit.id] = (key, value)
        return value

    return remembered
