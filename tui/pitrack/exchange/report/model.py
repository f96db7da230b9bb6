"""The figures of a month's report, gathered from the views; no words."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from pitrack.core.building import Review
from pitrack.core.days import Month
from pitrack.core.model import Entry, Habit, Snapshot
from pitrack.core.money import as_decimal
from pitrack.core.streaks import Rate, Timeline, timeline
from pitrack.core.verdicts import MET, MISSED
from pitrack.core.views.close import closing
from pitrack.core.views.habits import ranking
from pitrack.core.views.income.growth import Growth, MonthFigures, StreamGrowth, growth
from pitrack.core.views.income.stack import stack
from pitrack.core.views.income.stack_shapes import Stack
from pitrack.core.views.merits.measuring import merits
from pitrack.core.views.merits.shapes import Merit
from pitrack.core.views.metrics import MetricLine, metric_lines
from pitrack.core.views.plan import GoalProgress, plan
from pitrack.core.views.recurring import Proposal
from pitrack.core.views.today import Standing
from pitrack.core.worktime import hours, worked

SHOWN = 12
"""Months in the chart and its table."""


class Done(NamedTuple):
    """An action in the month: how many of its days, weeks or months that ended in it were ``met``, of those that
    ``asked`` for something; and where it stood on the last day."""

    habit: Habit
    stream_name: str
    met: int
    asked: int
    standing: Standing


class Built(NamedTuple):
    """What the month added that works on: assets published and automations begun, by name, and hours of learning."""

    assets: tuple[str, ...]
    automations: tuple[str, ...]
    learning: Decimal


@dataclass(frozen=True, slots=True)
class Report:
    """A month that is over, in ``currency``. Shares and ratios are plain numbers: 0.12 is 12 %."""

    month: Month
    as_of: dt.date
    """The day on which the goals are looked at and from which the growth is seen."""
    book: str
    """The book's name, which may be empty."""
    book_currency: str
    growth: Growth
    months: tuple[MonthFigures, ...]
    """Up to twelve, the report's own last."""
    streams: tuple[StreamGrowth, ...]
    """Those with income in these months or work in this one, the job's last."""
    stack: Stack
    merits: tuple[Merit, ...]
    """The five merits of all streams together; none in a book without automations."""
    built: Built
    hours: Decimal
    """Hours of work in the month, on streams or on none."""
    actions: tuple[Done, ...]
    """By the streak on the last day, the longest first."""
    outcomes: tuple[MetricLine, ...]
    """The metrics that had a figure in the month, which is the last complete one to them."""
    goals: tuple[GoalProgress, ...]
    pending: tuple[Entry, ...]
    recurring: tuple[Proposal, ...]
    review: Review | None
    """What the month has taught, and what comes next; None where nothing was written."""

    @property
    def currency(self) -> str:
        return self.growth.currency

    @property
    def headline(self) -> MonthFigures | None:
        """The report's month; None in a book without income up to then."""
        return self.growth.headline

    @property
    def is_empty(self) -> bool:
        """Whether nothing is known of the month: neither income nor actions nor work."""
        return not (self.headline or self.actions or self.hours or self.built.assets or self.review)


def last_complete(day: dt.date) -> Month:
    """The month whose report is due on a day."""
    return Month.of(day).shift(-1)


def first_report(snapshot: Snapshot, day: dt.date) -> Month | None:
    """The month on ``day`` where no report comes before its own: nothing was earned, done or worked before it. None
    where there is an earlier one."""
    this = Month.of(day)
    recorded = [
        *(entry.day for entry in snapshot.entries),
        *(time.day for time in snapshot.times),
        *(dt.date.fromordinal(min(marks)) for id_ in snapshot.habits if (marks := snapshot.history(id_).marks)),
    ]
    return None if min(recorded, default=this.first) < this.first else this


def report(snapshot: Snapshot, month: Month, day: dt.date, currency: str | None = None) -> Report:
    """The report of ``month``, which is over on ``day``: of the last complete one as it stands on that day, of an
    earlier one as it stood on the day after its end."""
    as_of = day if month == last_complete(day) else month.shift(1).first
    view = growth(snapshot, as_of, currency)
    stacked = stack(snapshot, as_of, currency)
    open_things = closing(snapshot, month, as_of)
    return Report(
        month=month,
        as_of=as_of,
        book=snapshot.settings.name,
        book_currency=snapshot.settings.currency,
        growth=view,
        months=view.months[:-1][-SHOWN:],
        streams=tuple(line for line in view.streams if _is_told(line)),
        stack=stacked,
        merits=merits(snapshot, as_of, currency).whole.merits if snapshot.automations else (),
        built=_built(snapshot, stacked),
        hours=as_decimal(sum(hours(worked(snapshot), month.first, month.last).values(), Fraction(0))),
        actions=_actions(snapshot, month),
        outcomes=tuple(line for line in metric_lines(snapshot, as_of) if line.before is not None),
        goals=plan(snapshot, as_of, currency).goals,
        pending=open_things.pending,
        recurring=open_things.recurring,
        review=_review(snapshot, month),
    )


def _is_told(line: StreamGrowth) -> bool:
    return bool(line.hours) or any(figures.income or figures.expense for figures in line.months[:-1][-SHOWN:])


def _built(snapshot: Snapshot, stacked: Stack) -> Built:
    made = next((one for one in stacked.built if one.month == stacked.month), None)
    if made is None:
        return Built((), (), Decimal(0))
    assets = tuple(snapshot.assets[id_].name for id_ in made.assets)
    return Built(assets, tuple(snapshot.automations[id_].name for id_ in made.automations), made.hours)


def _review(snapshot: Snapshot, month: Month) -> Review | None:
    found = snapshot.reviews.get(f"month|{month}")
    return found if found and (found.lesson or found.focus) else None


def _actions(snapshot: Snapshot, month: Month) -> tuple[Done, ...]:
    week_start = snapshot.settings.week_start
    told = []
    for one in ranking(snapshot, month.last):
        judged = timeline(one.habit, snapshot.history(one.habit.id), month.shift(1).first, week_start)
        rate = _ended_within(judged, month)
        if rate.due or one.standing.current:
            told.append(Done(one.habit, one.stream_name, rate.met, rate.due, one.standing))
    return tuple(told)


def _ended_within(judged: Timeline, month: Month) -> Rate:
    """What was met of the days and periods that ended in the month."""
    first, last = month.first.toordinal(), month.last.toordinal()
    verdicts = [verdict for end, verdict in judged.ended() if first <= end <= last]
    met = verdicts.count(MET)
    return Rate(met, met + verdicts.count(MISSED))
