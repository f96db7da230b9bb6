"""The portfolio: finished work as proof. It holds no sum of money, save where that is asked for."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from pitrack.core.building import Metric, Verdict
from pitrack.core.ledger import NOTHING, parts
from pitrack.core.model import Asset, Snapshot, Stream
from pitrack.core.money import as_decimal
from pitrack.core.views.launch import Board, Cycle, Launch, board, rounds


class Work(NamedTuple):
    """An asset that was published."""

    asset: Asset
    published: dt.date


class Tried(NamedTuple):
    """A test that ended: what came out, and what was decided on ``day``."""

    stream: Stream
    started: dt.date
    day: dt.date
    verdict: Verdict
    results: str
    lesson: str


class Outcome(NamedTuple):
    """What a metric has come to: the newest reading of a level, all that was counted of a count; ``day``: the newest
    reading's."""

    metric: Metric
    amount: Decimal
    day: dt.date


class Stopped(NamedTuple):
    """A stream that was stopped, and what it taught."""

    stream: Stream
    day: dt.date | None
    lesson: str


class Earned(NamedTuple):
    """A stream's income that has come, in one of its currencies."""

    stream: Stream
    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class Portfolio:
    """Each part newest first."""

    cycles: tuple[Cycle, ...]
    works: tuple[Work, ...]
    tests: tuple[Tried, ...]
    outcomes: tuple[Outcome, ...]
    stopped: tuple[Stopped, ...]
    earned: tuple[Earned, ...] = ()
    """Empty unless it was asked for; the largest first within a currency."""

    @property
    def is_empty(self) -> bool:
        return not (self.cycles or self.works or self.tests or self.outcomes or self.stopped)


def portfolio(snapshot: Snapshot, day: dt.date, *, money: bool = False) -> Portfolio:
    """Finished work until ``day``, of every stream but the job; ``money``: with what each has earned."""
    found = board(snapshot, day)
    launches = (*found.streams, *found.apart)
    cycles = [cycle for one in launches for cycle in one.cycles]
    tests = [test for one in launches for test in _tried(one)]
    return Portfolio(
        cycles=tuple(sorted(cycles, key=lambda one: (one.day, one.stream), reverse=True)),
        works=tuple(sorted(_works(snapshot, day), key=lambda one: (one.published, one.asset.id), reverse=True)),
        tests=tuple(sorted(tests, key=lambda one: (one.day, one.stream.id), reverse=True)),
        outcomes=tuple(sorted(_outcomes(snapshot, day), key=lambda one: (one.day, one.metric.id), reverse=True)),
        stopped=tuple(_stopped(found)),
        earned=tuple(_earned(snapshot, day)) if money else (),
    )


def _works(snapshot: Snapshot, day: dt.date) -> Iterator[Work]:
    for asset in snapshot.assets.values():
        if asset.published is not None and asset.published <= day:
            yield Work(asset, asset.published)


def _tried(launch: Launch) -> Iterator[Tried]:
    for one in rounds(launch.history):
        if one.verdict:
            told = one.last.answers
            yield Tried(
                launch.stream, one.started, one.last.day, one.verdict, told.get("results", ""), told.get("lesson", "")
            )


def _outcomes(snapshot: Snapshot, day: dt.date) -> Iterator[Outcome]:
    for metric in snapshot.metrics.values():
        known = {on: amount for on, amount in snapshot.readings(metric.id).items() if on <= day}
        if known and not metric.archived:
            newest = max(known)
            whole = sum((Fraction(amount) for amount in known.values()), NOTHING)
            amount = known[newest] if metric.kind == "level" else as_decimal(whole)
            yield Outcome(metric, amount, newest)


def _stopped(found: Board) -> Iterator[Stopped]:
    """Streams that stand at stopped; the lesson is the newest that was written down at stopping or at a test."""
    stopped = []
    for one in found.apart:
        if one.stage == "stopped":
            moved = next((step.day for step in reversed(one.history) if step.to == "stopped"), None)
            told = (step for step in reversed(one.history) if step.stage in ("stopped", "test"))
            lesson = next((text for step in told if (text := step.answers.get("lesson", ""))), "")
            stopped.append(Stopped(one.stream, moved, lesson))
    return iter(sorted(stopped, key=lambda one: (one.day or dt.date.min, one.stream.id), reverse=True))


def _earned(snapshot: Snapshot, day: dt.date) -> Iterator[Earned]:
    sums: defaultdict[tuple[str, str], Fraction] = defaultdict(Fraction)
    for entry in snapshot.entries:
        if (
            entry.stream is not None
            and entry.stream in snapshot.streams
            and entry.status == "cleared"
            and entry.day <= day
        ):
            sums[entry.stream, entry.currency] += Fraction(parts(entry).income)
    ordered = sorted(sums.items(), key=lambda pair: (pair[0][1], -pair[1], pair[0][0]))
    for (stream, currency), amount in ordered:
        if snapshot.streams[stream].role != "job" and amount:
            yield Earned(snapshot.streams[stream], as_decimal(amount), currency)
