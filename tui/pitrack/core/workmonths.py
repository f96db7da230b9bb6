"""Hours of work by month, told apart by stream, kind of work and task."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from fractions import Fraction
from typing import NamedTuple

from pitrack.core.days import Month
from pitrack.core.ledger import stream_key
from pitrack.core.model import Snapshot, TimeKind
from pitrack.core.search import fold
from pitrack.core.worktime import habit_time

NOTHING = Fraction(0)
CORE: tuple[TimeKind, ...] = ("make", "market", "learn", "serve")
"""Work that is not routine."""


class Job(NamedTuple):
    """One sort of work: its stream (or ``ledger.NO_STREAM``), its kind, and its task as it is compared."""

    stream: str
    kind: TimeKind
    task: str


def task_key(task: str) -> str:
    """A task's label as it is compared: however it is written, without spaces around it."""
    return fold(task).strip()


class WorkMonths:
    """The hours of a book up to the end of a month. A habit counted in time is work of the kind *make* on its stream.

    A month in which no work at all was logged tells nothing: it is taken for one in which nobody kept the log.
    """

    def __init__(self, snapshot: Snapshot, until: Month) -> None:
        minutes: defaultdict[Month, defaultdict[Job, Fraction]] = defaultdict(lambda: defaultdict(Fraction))
        self.labels: dict[str, str] = {}
        """How each task was written last, by its key."""
        months: dict[tuple[int, int], Month] = {}
        last = until.last
        for time in snapshot.times:
            day = time.day
            if day <= last and time.minutes > 0:
                month = months.setdefault((day.year, day.month), Month(day.year, day.month))
                key = task_key(time.task)
                self.labels[key] = time.task
                minutes[month][Job(stream_key(time.stream, snapshot.streams), time.kind, key)] += time.minutes
        for habit in snapshot.habits.values():
            if habit.stream is not None and habit.stream in snapshot.streams:
                for work in habit_time(habit.stream, habit, snapshot.history(habit.id)):
                    if work.day <= last and work.minutes > 0:
                        minutes[Month.of(work.day)][Job(work.stream, "make", "")] += work.minutes
        self._hours = {month: {job: spent / 60 for job, spent in jobs.items()} for month, jobs in minutes.items()}

    def is_logged(self, month: Month) -> bool:
        """Whether any work of a month is known, on whatever stream."""
        return month in self._hours

    def hours(
        self, month: Month, streams: Collection[str], kinds: Collection[TimeKind] = (), task: str | None = None
    ) -> Fraction:
        """Hours of a month on some streams, of some kinds of work (all where none is named), of one task by its key."""
        jobs = self._hours.get(month, {})
        return sum(
            (
                spent
                for job, spent in jobs.items()
                if job.stream in streams and (not kinds or job.kind in kinds) and task in (None, job.task)
            ),
            NOTHING,
        )

    def tasks(self, months: Sequence[Month], streams: Collection[str], kind: TimeKind) -> list[str]:
        """Keys of the tasks of one kind in some months, sorted."""
        return sorted(
            {
                job.task
                for month in months
                for job in self._hours.get(month, {})
                if job.kind == kind and job.stream in streams
            }
        )
