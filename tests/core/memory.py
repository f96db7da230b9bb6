"""A book in memory: the smallest thing that is a Snapshot, with a default for everything."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Protocol, TypeVar

from pitrack.core.building import Automation, Metric, Review, Step
from pitrack.core.days import Month
from pitrack.core.model import (
    Asset,
    Entry,
    Goal,
    Habit,
    History,
    Idea,
    Mark,
    Pause,
    Rate,
    Settings,
    Stream,
    Template,
    TimeEntry,
    Timer,
)


class Record(Protocol):
    """Anything with an id."""

    @property
    def id(self) -> str: ...


R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class Memory:
    """``Memory(habits=by_id(habit), histories={habit.id: history})``; sequences are given in order of (day, id)."""

    settings: Settings = field(default_factory=lambda: Settings(store="test"))
    habits: Mapping[str, Habit] = field(default_factory=dict)
    streams: Mapping[str, Stream] = field(default_factory=dict)
    entries: Sequence[Entry] = ()
    times: Sequence[TimeEntry] = ()
    assets: Mapping[str, Asset] = field(default_factory=dict)
    goals: Mapping[str, Goal] = field(default_factory=dict)
    ideas: Mapping[str, Idea] = field(default_factory=dict)
    rates: Sequence[Rate] = ()
    pauses: Sequence[Pause] = ()
    timers: Sequence[Timer] = ()
    closed_months: frozenset[Month] = frozenset()
    nothing_came: frozenset[tuple[Month, str]] = frozenset()
    automations: Mapping[str, Automation] = field(default_factory=dict)
    metrics: Mapping[str, Metric] = field(default_factory=dict)
    steps: Sequence[Step] = ()
    reviews: Mapping[str, Review] = field(default_factory=dict)
    read: Mapping[str, Mapping[dt.date, Decimal]] = field(default_factory=dict)
    """Readings by metric."""
    templates: Mapping[str, Template] = field(default_factory=dict)
    posted: Mapping[str, Mapping[str, bool]] = field(default_factory=dict)
    histories: Mapping[str, History] = field(default_factory=dict)

    def history(self, habit: str) -> History:
        return self.histories.get(habit, EMPTY)

    def readings(self, metric: str) -> Mapping[dt.date, Decimal]:
        return self.read.get(metric, {})

    def postings(self, template: str) -> Mapping[str, bool]:
        return self.posted.get(template, {})


EMPTY = History()


def by_id(*records: R) -> dict[str, R]:
    """Records keyed by their id, as a snapshot holds them."""
    return {record.id: record for record in records}


def history(marks: Mapping[dt.date, Mark], *paused: tuple[dt.date, dt.date]) -> History:
    """A history from days; pauses are half-open ``(first, end)``."""
    return History(
        marks={day.toordinal(): mark for day, mark in marks.items()},
        paused=tuple(sorted((first.toordinal(), end.toordinal()) for first, end in paused)),
    )
