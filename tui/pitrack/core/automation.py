"""What automations save: hours a month of the task that each has taken over, before it and since."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Literal, NamedTuple

from pitrack.core.building import Automation
from pitrack.core.days import Month
from pitrack.core.growth import SPAN, mean
from pitrack.core.ledger import stream_key
from pitrack.core.model import Snapshot
from pitrack.core.workmonths import WorkMonths, task_key

State = Literal["planned", "running", "ended", "archived"]
NotSaved = Literal["", "no task", "not begun", "no month before", "no time on it", "no month since", "no work since"]
"""Why it cannot be told what an automation saves: it names no task; it has not begun; no work was logged in the months
before it, or none on its task; it ran through no complete month; none was logged in the last that it ran
through."""


class Saved(NamedTuple):
    """Mean hours a month of an automation's task, in the months ``before`` it and ``since`` it began; none where
    ``why`` says why. ``scope``: the streams on which its task is looked for. ``again``: another automation of the same
    task, which began earlier, has its saving already."""

    automation: Automation
    state: State
    scope: frozenset[str]
    before: tuple[Month, ...] = ()
    since: tuple[Month, ...] = ()
    hours_before: Fraction | None = None
    hours_since: Fraction | None = None
    why: NotSaved = ""
    again: bool = False

    @property
    def hours(self) -> Fraction | None:
        """Hours saved a month, below 0 where the task takes longer than before."""
        if self.why or self.hours_before is None or self.hours_since is None:
            return None
        return self.hours_before - self.hours_since

    @property
    def counts(self) -> bool:
        """Whether it enters the sum of what is saved now."""
        return self.state == "running" and self.hours is not None and not self.again


def state_of(one: Automation, day: dt.date) -> State:
    """How an automation stands on a day."""
    if one.archived:
        return "archived"
    if one.since > day:
        return "planned"
    return "running" if one.until is None or one.until >= day else "ended"


def first_whole(one: Automation) -> Month:
    """The first month through all of which it ran."""
    begun = Month.of(one.since)
    return begun if one.since == begun.first else begun.shift(1)


def runs_through(one: Automation, month: Month) -> bool:
    """Whether it ran on every day of a month; an archived one, up to its end where that is known."""
    if month < first_whole(one):
        return False
    return not one.archived if one.until is None else one.until >= month.last


def measured(snapshot: Snapshot, work: WorkMonths, day: dt.date, own: Collection[str]) -> list[Saved]:
    """All automations measured as known on a day, in the user's order.

    hours saved = mean of the last three months before the one it began in - mean of the last three complete months that
    it ran through; of fewer where there are fewer. Months without any work logged are left out of both.
    The task of an automation on no stream is looked for on all of ``own``.
    """
    found = []
    for one in snapshot.automations.values():
        scope = own if one.stream is None else (stream_key(one.stream, snapshot.streams),)
        found.append(_measured(work, one, day, frozenset(scope)))
    return found


def told_once(found: Sequence[Saved]) -> list[Saved]:
    """The same, each task's saving counted once: of the running automations of one task the earliest that can be
    measured has it."""
    counting = [one for one in found if one.counts]
    once = {one.automation.id for one in _each_task_once(counting)}
    return [one._replace(again=one.counts and one.automation.id not in once) for one in found]


def saved_in(found: Iterable[Saved], work: WorkMonths, month: Month) -> Fraction | None:
    """Hours that automations saved in one month: of each that ran through it, the mean before it less the month's. A
    task counts once. None where none ran, or where no work was logged."""
    ran = [one for one in found if one.hours_before and runs_through(one.automation, month)]
    if not ran or not work.is_logged(month):
        return None
    return sum((_less(one, work, month) for one in _each_task_once(ran)), Fraction(0))


def _less(one: Saved, work: WorkMonths, month: Month) -> Fraction:
    assert one.hours_before is not None
    return one.hours_before - work.hours(month, one.scope, task=task_key(one.automation.task))


def _each_task_once(found: Sequence[Saved]) -> Iterator[Saved]:
    """Those that began first: none of them has taken over the same work as another."""
    taken: list[Saved] = []
    for one in sorted(found, key=lambda one: (one.automation.since, one.automation.order, one.automation.id)):
        if not any(_overlap(one, other) for other in taken):
            taken.append(one)
            yield one


def _overlap(one: Saved, other: Saved) -> bool:
    is_same_task = task_key(one.automation.task) == task_key(other.automation.task)
    return is_same_task and bool(one.scope & other.scope)


def _measured(work: WorkMonths, one: Automation, day: dt.date, scope: frozenset[str]) -> Saved:
    state, task = state_of(one, day), task_key(one.task)
    if not task:
        return Saved(one, state, scope, why="no task")
    if one.since > day:
        return Saved(one, state, scope, why="not begun")
    before, since = months_before(one, work), months_since(one, work, Month.of(day))
    hours_before = mean([work.hours(month, scope, task=task) for month in before])
    hours_since = mean([work.hours(month, scope, task=task) for month in since])
    why: NotSaved = ""
    if hours_before is None:
        why = "no month before"
    elif not hours_before:
        why = "no time on it"
    elif hours_since is None:
        why = "no work since" if _last_months(one, Month.of(day)) else "no month since"
    return Saved(one, state, scope, before, since, hours_before, hours_since, why)


def months_before(one: Automation, work: WorkMonths) -> tuple[Month, ...]:
    """Of the last three months before the one it began in, those in which work was logged, oldest first."""
    begun = Month.of(one.since)
    return tuple(month for month in (begun.shift(-back) for back in range(SPAN, 0, -1)) if work.is_logged(month))


def months_since(one: Automation, work: WorkMonths, opened: Month) -> tuple[Month, ...]:
    """Of the last three complete months that it ran through, those in which work was logged, oldest first."""
    return tuple(month for month in _last_months(one, opened) if work.is_logged(month))


def _last_months(one: Automation, opened: Month) -> list[Month]:
    last = opened.shift(-1) if one.until is None else min(opened.shift(-1), Month.of(one.until))
    if not runs_through(one, last):
        last = last.shift(-1)
    months = (last.shift(-back) for back in range(SPAN - 1, -1, -1))
    return [month for month in months if runs_through(one, month)]
