"""The five merits of an automation engine: their order, how a row of months changes, and where saved hours went."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from fractions import Fraction
from typing import Literal, NamedTuple, get_args

from pitrack.core.days import Month
from pitrack.core.growth import SPAN, Step, mean, step
from pitrack.core.model import TimeKind
from pitrack.core.workmonths import CORE, NOTHING, WorkMonths

MeritId = Literal["efficiency", "cost", "scalability", "always-on", "core-focus"]
MERITS: tuple[MeritId, ...] = get_args(MeritId)


def in_order(first: Sequence[str]) -> list[MeritId]:
    """All merits, those named in ``first`` before the others; what names none is passed over."""
    named = [merit for name in dict.fromkeys(first) for merit in MERITS if merit == name]
    return [*named, *(merit for merit in MERITS if merit not in named)]


class Change(NamedTuple):
    """The mean of the last three months against the mean of the three before them."""

    before: Fraction
    now: Fraction
    step: Step


def change(values: Sequence[Fraction | None]) -> Change | None:
    """How a row of months changes, oldest first. None with fewer than six months, or where either three have no value
    at all; a month without one is left out of its mean."""
    if len(values) < 2 * SPAN:
        return None
    before, now = (
        mean([value for value in part if value is not None]) for part in (values[-2 * SPAN : -SPAN], values[-SPAN:])
    )
    if before is None or now is None:
        return None
    return Change(before, now, step(before, now))


def core_share(work: WorkMonths, streams: Collection[str], months: Sequence[Month]) -> Fraction | None:
    """The part of all hours of some months that is not routine, 0 to 1; None without hours."""
    spent = sum((work.hours(month, streams) for month in months), NOTHING)
    if not spent:
        return None
    return sum((work.hours(month, streams, CORE) for month in months), NOTHING) / spent


class Moved(NamedTuple):
    """Mean hours a month of one sort of work, before and since: routine by its task, the core by its kind."""

    kind: TimeKind
    task: str
    before: Fraction
    since: Fraction


def moved(
    work: WorkMonths, streams: Collection[str], before: Sequence[Month], since: Sequence[Month]
) -> tuple[Moved, ...]:
    """Where hours went: each routine task, the one that took longest before first, then the core by kind. Nothing where
    either side has no month."""
    if not before or not since:
        return ()

    def line(kind: TimeKind, task: str | None, label: str) -> Moved:
        hours = [
            mean([work.hours(month, streams, (kind,), task) for month in part]) or NOTHING for part in (before, since)
        ]
        return Moved(kind, label, *hours)

    tasks = work.tasks([*before, *since], streams, "routine")
    routine = [line("routine", task, work.labels.get(task, "")) for task in tasks]
    routine.sort(key=lambda one: (-one.before, -one.since, one.task))
    return (*routine, *(line(kind, None, "") for kind in CORE))
