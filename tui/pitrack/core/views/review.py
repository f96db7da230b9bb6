"""The review of a week or a month: what was done, what it brought, and what was learnt."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple, get_args

from pitrack.core.building import Automation, LessonKind, Metric, Review
from pitrack.core.currencies import EXACT
from pitrack.core.days import Month
from pitrack.core.growth import Step, step
from pitrack.core.ledger import NO_STREAM, ZERO, Figures, Ledger, stream_key, summed
from pitrack.core.model import Asset, Habit, Snapshot, TimeKind
from pitrack.core.money import Rates, as_decimal
from pitrack.core.periods import Period, named, shifted
from pitrack.core.schedules import Unit, unit_of
from pitrack.core.streaks import timeline
from pitrack.core.verdicts import MET, MISSED
from pitrack.core.views.income.growth import MissingRate, missing_rates
from pitrack.core.views.metrics import Readings
from pitrack.core.views.streams import in_order
from pitrack.core.views.today import living
from pitrack.core.worktime import hours, worked

STREAK = 2
"""Times in a row from which on it is a streak that can be kept or broken."""
_day = attrgetter("day")
_FINEST = Decimal("1e-20")
ONE_DAY = dt.timedelta(days=1)


class ActionDone(NamedTuple):
    """An action in a period: of the days, weeks or months of its own that ended in it, ``met`` of ``due``.

    ``streak``: the one that runs at the end; ``broken``: the longest that a miss in the period has ended, 0 for none.
    Both in ``unit``."""

    habit: Habit
    unit: Unit
    met: int
    due: int
    streak: int
    broken: int

    @property
    def is_kept(self) -> bool:
        """Whether a streak runs that nothing in the period has ended."""
        return self.streak >= STREAK and not self.broken


class Spent(NamedTuple):
    """Hours of one kind of work on a stream (id and name; empty for none)."""

    stream: str
    name: str
    kind: TimeKind
    hours: Decimal


class Brought(NamedTuple):
    """Money of one stream (id and name; empty for none) in the page's currency."""

    stream: str
    name: str
    is_job: bool
    income: Decimal
    expense: Decimal


class Counted(NamedTuple):
    """A metric's figure for the period, and its change on the one before (None without a figure there, and while the
    period is not over)."""

    metric: Metric
    amount: Decimal
    change: Step | None


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """All that a review shows. The job is in ``brought``, and in no sum."""

    period: Period
    is_over: bool
    currency: str
    actions: tuple[ActionDone, ...]
    """Living actions that asked something in the period, in the user's order."""
    hours: tuple[Spent, ...]
    income: Decimal
    expense: Decimal
    net: Decimal
    pending: Decimal
    before: Decimal
    """Income of the period before."""
    change: Step | None
    """Of income, on the period before; None while the period is not over."""
    brought: tuple[Brought, ...]
    missing_rates: tuple[MissingRate, ...]
    published: tuple[Asset, ...]
    begun: tuple[Automation, ...]
    counted: tuple[Counted, ...]
    former: Review | None
    """The last review of the same kind before, whose focus this period had."""
    written: Review
    """What is written of the period itself; nothing, where nothing is."""
    lessons: tuple[Review, ...]
    """Earlier reviews that hold a lesson, of weeks and of months, the newest first."""
    learnt: Mapping[LessonKind, int]
    """All lessons of the book counted by kind."""

    @property
    def met(self) -> int:
        return sum(one.met for one in self.actions)

    @property
    def due(self) -> int:
        return sum(one.due for one in self.actions)

    def hours_by_stream(self) -> list[tuple[str, Decimal, list[Spent]]]:
        """Each stream's name with its hours, and these by kind."""
        groups = [
            (key, list(spent)) for key, spent in groupby(self.hours, key=lambda spent: (spent.stream, spent.name))
        ]
        return [(name, together(spent), spent) for (_id, name), spent in groups]

    @property
    def kept(self) -> tuple[ActionDone, ...]:
        """Streaks that run on, the longest first."""
        return tuple(sorted((one for one in self.actions if one.is_kept), key=lambda one: -one.streak))

    @property
    def broken(self) -> tuple[ActionDone, ...]:
        """Streaks that ended, the longest first."""
        return tuple(sorted((one for one in self.actions if one.broken), key=lambda one: -one.broken))


def review_page(snapshot: Snapshot, period: Period, today: dt.date, currency: str | None = None) -> ReviewPage:
    """The review of a period as known today, its money in ``currency`` (the book's when None)."""
    currency = currency or snapshot.settings.currency
    former_period = shifted(period, -1, snapshot.settings.week_start)
    is_over = period.last < today
    now, before = (_ledger(snapshot, one, currency, today) for one in (period, former_period))
    total, earlier = _own(snapshot, now), _own(snapshot, before)
    return ReviewPage(
        period=period,
        is_over=is_over,
        currency=currency,
        actions=tuple(_actions(snapshot, period, today)),
        hours=tuple(_hours(snapshot, period, today)),
        income=as_decimal(total.income),
        expense=as_decimal(total.expense),
        net=as_decimal(total.net),
        pending=as_decimal(total.pending),
        before=as_decimal(earlier.income),
        change=step(earlier.income, total.income) if is_over else None,
        brought=tuple(_brought(snapshot, now)),
        missing_rates=missing_rates(now),
        published=tuple(
            sorted(
                (one for one in snapshot.assets.values() if _within(one.published, period, today)),
                key=lambda one: (one.published, one.order, one.id),
            )
        ),
        begun=tuple(
            sorted(
                (one for one in snapshot.automations.values() if _within(one.since, period, today)),
                key=lambda one: (one.since, one.order, one.id),
            )
        ),
        counted=tuple(_counted(snapshot, period, former_period, today)),
        former=_former(snapshot, period),
        written=snapshot.reviews.get(period.id, Review(period.id)),
        lessons=lessons_before(snapshot, period),
        learnt=learnt(snapshot),
    )


def lesson_of(snapshot: Snapshot, month: Month) -> str:
    """What a month has taught; empty where nothing was written."""
    found = snapshot.reviews.get(f"month|{month}")
    return found.lesson if found else ""


def lessons_before(snapshot: Snapshot, period: Period) -> tuple[Review, ...]:
    """Reviews with a lesson whose periods ended before this one does, the newest first, of two that ended on the same
    day the month first."""
    week_start = snapshot.settings.week_start
    found = [(named(one.id, week_start), one) for one in snapshot.reviews.values() if one.lesson]
    earlier = [(of, one) for of, one in found if of and of.id != period.id and of.last <= period.last]
    earlier.sort(key=lambda pair: (pair[0].last, pair[0].kind == "month"), reverse=True)
    return tuple(one for _period, one in earlier)


def learnt(snapshot: Snapshot) -> dict[LessonKind, int]:
    """How many lessons of each kind the book holds; those without a kind are of none."""
    found = Counter(one.kind for one in snapshot.reviews.values() if one.lesson)
    return {kind: found[kind] for kind in get_args(LessonKind)}


def _former(snapshot: Snapshot, period: Period) -> Review | None:
    """The newest written review of the same kind before; labels of one kind sort as their periods do."""
    written = (one for one in snapshot.reviews.values() if one.done and one.id.startswith(f"{period.kind}|"))
    return max((one for one in written if one.id < period.id), key=lambda one: one.id, default=None)


def _within(day: dt.date | None, period: Period, today: dt.date) -> bool:
    return day is not None and period.first <= day <= min(period.last, today)


# What was done


def _actions(snapshot: Snapshot, period: Period, today: dt.date) -> Iterator[ActionDone]:
    # From the day after, for until then the last day is open.
    day = min(period.last + ONE_DAY, today)
    for habit in sorted(living(snapshot, period.last), key=lambda habit: habit.place):
        done = _done(snapshot, habit, period, day)
        if done.met or done.due or done.streak or done.broken:
            yield done


def _done(snapshot: Snapshot, habit: Habit, period: Period, day: dt.date) -> ActionDone:
    history, week_start = snapshot.history(habit.id), snapshot.settings.week_start
    first, last = period.first.toordinal(), period.last.toordinal()
    met = missed = run = broken = 0
    for end, verdict in timeline(habit, history, day, week_start).ended():
        if end > last:
            break
        is_in = end >= first
        if verdict == MET:
            run += 1
            met += is_in
        elif verdict == MISSED:
            missed += is_in
            broken = max(broken, run) if is_in and run >= STREAK else broken
            run = 0
    return ActionDone(habit, unit_of(habit.rule_on(day).schedule), met, met + missed, run, broken)


def together(spent: Iterable[Spent]) -> Decimal:
    """Their hours. Thirds of an hour are cut off somewhere: so is their sum, sooner, or 20 and 25 minutes would stay
    just below 0.75 and be shown as 0.7."""
    with localcontext(EXACT):
        return sum((one.hours for one in spent), ZERO).quantize(_FINEST)


def _hours(snapshot: Snapshot, period: Period, today: dt.date) -> Iterator[Spent]:
    """In the user's order of streams, then of kinds."""
    until = min(period.last, today)
    by_kind = {kind: hours(worked(snapshot, (kind,)), period.first, until) for kind in get_args(TimeKind)}
    for stream, name in _named_streams(snapshot):
        for kind, spent in by_kind.items():
            if spent.get(stream):
                yield Spent(stream, name, kind, as_decimal(spent[stream]))


# What it brought


def _ledger(snapshot: Snapshot, period: Period, currency: str, today: dt.date) -> Ledger:
    """The sums of the streams over the whole period."""
    into = dict.fromkeys((*snapshot.streams, NO_STREAM), currency)
    until, entries = min(period.last, today), snapshot.entries
    # They are in the order of their days: of many years only a few are looked at.
    few = entries[bisect_left(entries, period.first, key=_day) : bisect_right(entries, until, key=_day)]
    keyed = ((stream_key(entry.stream, into), entry) for entry in few)
    rates, book = Rates(snapshot.rates), snapshot.settings.currency
    return summed(keyed, book, rates, into, until=until, since=period.first, whole=True)


def _at(ledger: Ledger, streams: Sequence[str]) -> Figures:
    wanted = set(streams)
    return sum((sums for (stream, _month), sums in ledger.figures.items() if stream in wanted), Figures())


def _own(snapshot: Snapshot, ledger: Ledger) -> Figures:
    """All but the job."""
    return _at(ledger, [NO_STREAM, *(stream.id for stream in snapshot.streams.values() if stream.role != "job")])


def _brought(snapshot: Snapshot, ledger: Ledger) -> Iterator[Brought]:
    """Streams that earned or cost something."""
    for stream, name in _named_streams(snapshot):
        sums = _at(ledger, [stream])
        if sums.income or sums.expense:
            is_job = stream in snapshot.streams and snapshot.streams[stream].role == "job"
            yield Brought(stream, name, is_job, as_decimal(sums.income), as_decimal(sums.expense))


def _named_streams(snapshot: Snapshot) -> Iterator[tuple[str, str]]:
    """Ids and names in the user's order, no stream before the job, which is last."""
    streams = in_order(snapshot.streams.values())
    yield from ((stream.id, stream.name) for stream in streams if stream.role != "job")
    yield NO_STREAM, ""
    yield from ((stream.id, stream.name) for stream in streams if stream.role == "job")


def _counted(snapshot: Snapshot, period: Period, before: Period, today: dt.date) -> Iterator[Counted]:
    now = (period.first, min(period.last, today))
    for metric in snapshot.metrics.values():
        readings = Readings(metric, snapshot.readings(metric.id))
        amount = None if metric.archived else readings.figure(*now)
        if amount is not None:
            is_over = period.last < today
            change = readings.change((before.first, before.last), now) if is_over else None
            yield Counted(metric, amount, change)
