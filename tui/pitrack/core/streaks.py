"""Streaks: every due day or period of a habit judged once, and the runs of those that were met.

How a day is judged by its rule:

- A skipped or paused day, and a weekday that is not due, is neutral, whatever else is known of it.
- yes/no: ``yes`` or an amount above 0 is met. At least: ``yes`` or an amount of the target or more is met.
- At most: ``yes`` or an amount within the limit is met, but only once the day has ended. An absent day is unknown, and
  an unknown day is not a met one, as in Loop Habit Tracker; for a habit whose absence is a success it is met.
- Any other day is missed once it has ended. The shown day is pending until it is met: it never breaks a streak.

With N times in any M days, a day is met while the last M days hold N that are; with N days after the last time, every
time counts and a miss is a deadline passed (see ``rolling``).

A week or month is met when enough of its days are: ``min(times, days neither skipped nor paused)``, neutral where that
is 0. An open one is pending until then. One that the habit's start or a change of rule cuts off counts if met and is
neutral otherwise.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from pitrack.core.memo import per_history
from pitrack.core.model import Habit, History, Mark, Rule
from pitrack.core.rolling import is_rolling, met_in_window, rolled, times_within
from pitrack.core.schedules import (
    Span,
    Unit,
    beat_of,
    falls_on,
    period_of,
    periods_within,
    span_at,
    spans_judged,
    times_of,
    unit_of,
)
from pitrack.core.verdicts import MET, MISSED, NEUTRAL, PENDING

BEST_LIST = 10
FORESEEN = 400
"""Days looked ahead for when a streak breaks: more than the longest window."""


class Run(NamedTuple):
    """One unbroken streak: first and last counted day (of periods: first day of the first, last day of the last, the
    shown day where that is still open), and its length in units."""

    first: dt.date
    last: dt.date
    length: int


class Stretch(NamedTuple):
    """Days or periods judged by one rule: number i covers ``[bounds[i], bounds[i + 1])`` and got ``verdicts[i]``."""

    rule: Rule
    bounds: Sequence[int]
    verdicts: str


class Rate(NamedTuple):
    """How many of the due days or periods were met."""

    met: int
    due: int


class Timeline(NamedTuple):
    """All judgements of a habit up to ``last`` (the shown day's ordinal), oldest first. A streak carries over a change
    of rule."""

    stretches: tuple[Stretch, ...]
    last: int

    @property
    def verdicts(self) -> str:
        return "".join(stretch.verdicts for stretch in self.stretches)

    @property
    def current(self) -> int:
        """Units met since the last missed one."""
        return self.verdicts.rpartition(MISSED)[2].count(MET)

    @property
    def best(self) -> int:
        """Units met in the longest run."""
        counted = self.verdicts.replace(NEUTRAL, "").replace(PENDING, "")
        return len(max(counted.split(MISSED), key=len))

    @property
    def best_list(self) -> tuple[Run, ...]:
        """The ten longest streaks, longest first, ties newer first, the current one included."""
        newest_first = reversed(list(self.runs()))
        return tuple(sorted(newest_first, key=lambda run: -run.length)[:BEST_LIST])

    def rate(self, days: int) -> Rate:
        """How much was met of what ended in the last ``days`` days up to the last one; what is still open counts once
        it is met."""
        since, met, missed = self.last - days + 1, 0, 0
        for stretch in self.stretches:
            index = max(bisect_right(stretch.bounds, since) - 1, 0)
            met += stretch.verdicts.count(MET, index)
            missed += stretch.verdicts.count(MISSED, index)
        return Rate(met, met + missed)

    def ended(self) -> Iterator[tuple[int, str]]:
        """The last day of every day or period, as an ordinal, with its verdict, oldest first."""
        for stretch in self.stretches:
            for (_first, end), verdict in zip(pairwise(stretch.bounds), stretch.verdicts, strict=True):
                yield end - 1, verdict

    def runs(self) -> Iterator[Run]:
        """Every run of at least one met unit, oldest first."""
        offset = 0
        for part in self.verdicts.split(MISSED):
            if length := part.count(MET):
                first, _ = self._bounds(offset + part.index(MET))
                _, end = self._bounds(offset + part.rindex(MET))
                last = min(end - 1, self.last)
                yield Run(dt.date.fromordinal(first), dt.date.fromordinal(last), length)
            offset += len(part) + 1

    def _bounds(self, index: int) -> tuple[int, int]:
        for stretch in self.stretches:
            if index < len(stretch.verdicts):
                return stretch.bounds[index], stretch.bounds[index + 1]
            index -= len(stretch.verdicts)
        raise IndexError(index)


class Current(NamedTuple):
    """The day, period or window that holds the shown day, as it stands: ``done`` of ``target`` days are met, today's
    at-most answer included. ``answer`` judges the shown day as if it had ended. ``due``: the shown day asks something,
    for it is not exempt, and the other days do not suffice. ``slack``: how many days after it the last one lies from
    which on doing it every day still keeps a streak, None where nothing is at stake."""

    rule: Rule
    unit: Unit
    done: int
    target: int
    answer: str
    due: bool
    slack: int | None

    @property
    def met(self) -> bool:
        return 0 < self.target <= self.done

    def breaks_in(self, streak: int) -> int | None:
        """Days after the shown one in which a streak can still be kept, skipped and paused ones among them; 0 where it
        breaks tonight unless something is done. None where nothing is at stake: no streak, already met, a cut or
        neutral period, kept by doing nothing, or beyond keeping."""
        return self.slack if streak else None


@per_history
def history_start(habit: Habit, history: History) -> int:
    """The first day that counts: the first rule's, or that of an older back-filled check-in."""
    since = habit.rules[0].since.toordinal()
    return min(since, min(history.marks, default=since))


@per_history
def timeline(habit: Habit, history: History, day: dt.date, week_start: int) -> Timeline:
    """Judge every day or period of a habit up to ``day``, which is still open. Later check-ins are not looked at, but
    later skips and pauses of the open period exempt their days already."""
    today = day.toordinal()
    start = history_start(habit, history)
    spans = spans_judged(habit, start, week_start)
    stretches = (_stretch(habit, history, span, today, week_start) for span in spans if span.first <= today)
    return Timeline(tuple(stretches), today)


def current_period(habit: Habit, history: History, day: dt.date, week_start: int) -> Current:
    """The day or period that holds ``day``, as it stands on that day."""
    today = day.toordinal()
    start = history_start(habit, history)
    span = span_at(spans_judged(habit, start, week_start), today)
    if is_rolling(span.rule.schedule):
        return _current_rolling(habit, history, span, min(start, today), today)
    unit = unit_of(span.rule.schedule)
    whole = period_of(unit, today, week_start)
    first, end = max(whole[0], min(span.first, today)), min(whole[1], span.end)
    days = judged_days(habit, span.rule, history, range(first, end))
    so_far, ahead = days[: today - first + 1], _unanswered(habit, span.rule, days[today - first + 1 :])
    done, answer = so_far.count(MET), so_far[-1]
    target = period_target(span.rule, days, whole[1] - whole[0])
    needed = target - done - ahead.count(MET)
    return Current(
        rule=span.rule,
        unit=unit,
        done=done,
        target=target,
        answer=answer,
        due=answer != NEUTRAL and done - (answer == MET) < target,
        slack=_last_chance(answer + ahead, needed) if (first, end) == whole else None,
    )


def _current_rolling(habit: Habit, history: History, span: Span, start: int, today: int) -> Current:
    """As ``current_period``, for a rolling schedule; ``start`` is the habit's first day."""
    rule, begin, shown = span.rule, min(span.first, today) - start, today - start
    days = judged_days(habit, rule, history, range(start, min(today + FORESEEN, span.end)))
    so_far, answer = days[: shown + 1], days[shown]
    foreseen = so_far + _unanswered(habit, rule, days[shown + 1 :])
    judged = rolled(rule.schedule, foreseen, begin)
    is_window = rule.schedule.every == "window"
    lost = judged.verdicts.find(MISSED, shown - begin) + begin
    target, slack = times_within(rule.schedule) if is_window else 1, None
    if lost >= shown and answer != MET:
        met = met_in_window(rule.schedule, foreseen[: lost + 1]) if is_window else 0
        slack = _last_chance(foreseen[shown : lost + 1], target - met)
    return Current(
        rule=rule,
        unit=unit_of(rule.schedule),
        done=met_in_window(rule.schedule, so_far) if is_window else int(answer == MET),
        target=target,
        answer=answer,
        due=judged.due[shown - begin],
        slack=slack,
    )


def _unanswered(habit: Habit, rule: Rule, later: str) -> str:
    """Days after the shown one as they will be judged when nothing is done: what is answered ahead is not looked at."""
    untouched = answer_of(habit, rule, None)
    return "".join(day if day == NEUTRAL else untouched for day in later)


def _last_chance(days: str, needed: int) -> int | None:
    """The number of the last of ``days`` from which on doing it on each still brings ``needed`` more met ones; None
    where nothing is needed, or more than can be done."""
    chances = [number for number, day in enumerate(days) if day == MISSED]
    return chances[-needed] if 0 < needed <= len(chances) else None


def judged_days(habit: Habit, rule: Rule, history: History, days: range, today: int | None = None) -> str:
    """Each of ``days`` judged by one rule: as if it had ended, or as known on day ``today``, which is open."""
    first, end = days.start, days.stop
    marks = list(map(history.marks.get, days))
    known = {mark: answer_of(habit, rule, mark) for mark in set(marks)}  # ten years have a few kinds of marks
    verdicts = [known[mark] for mark in marks]
    beat = beat_of(rule.schedule)
    for offset in range(min(beat, end - first)):
        if not falls_on(rule, first + offset):
            verdicts[offset::beat] = NEUTRAL * len(verdicts[offset::beat])
    for pause_first, pause_end in history.paused:
        a, b = max(pause_first, first) - first, min(pause_end, end) - first
        if a < b:
            verdicts[a:b] = NEUTRAL * (b - a)
    if today is not None:
        for offset in range(max(0, today - first), end - first):
            counts_already = verdicts[offset] == MET and rule.kind != "at_most" and first + offset == today
            if verdicts[offset] != NEUTRAL and not counts_already:
                verdicts[offset] = PENDING
    return "".join(verdicts)


def period_target(rule: Rule, days: str, length: int) -> int:
    """How many days of a period must be met: the schedule's number, or as many as are neither skipped nor paused.

    ``days`` are the judged days of a calendar period of ``length`` days, or of the part that the rule judges.
    """
    return min(times_of(rule.schedule), length - days.count(NEUTRAL))


def answer_of(habit: Habit, rule: Rule, mark: Mark | None) -> str:
    """How a rule judges one day's mark, once the day has ended and if it was due: met, missed or neutral."""
    if mark is None:
        return MET if rule.kind == "at_most" and habit.absent_is_success else MISSED
    if not isinstance(mark, Decimal):
        return {"no": MISSED, "yes": MET, "skip": NEUTRAL}[mark]
    target = rule.target or Decimal(0)
    is_met = {"yes_no": mark > 0, "at_least": mark >= target, "at_most": mark <= target}[rule.kind]
    return MET if is_met else MISSED


def _stretch(habit: Habit, history: History, span: Span, today: int, week_start: int) -> Stretch:
    rule, first = span.rule, span.first
    unit = unit_of(rule.schedule)
    if unit in ("day", "time"):
        days = range(first, min(span.end, today + 1))
        return Stretch(rule, range(first, days.stop + 1), _judged_singly(habit, history, rule, days, today))
    bounds = periods_within(span, today, week_start)
    marked = judged_days(habit, rule, history, range(first, bounds[-1]), today)
    judged = [_judge_period(rule, marked[a - first : b - first], b - a, is_open=b > today) for a, b in pairwise(bounds)]
    # Only the first and the last period may be cut.
    for index in {0, len(judged) - 1}:
        a, b = bounds[index], bounds[index + 1]
        whole = period_of(unit, a, week_start)
        if (a, b) != whole:
            cut = _judge_period(rule, marked[a - first : b - first], whole[1] - whole[0], is_open=b > today)
            judged[index] = NEUTRAL if cut == MISSED else cut
    return Stretch(rule, bounds, "".join(judged))


def _judged_singly(habit: Habit, history: History, rule: Rule, days: range, today: int) -> str:
    """Days of a rule, none of which waits for its week or month to end."""
    if not is_rolling(rule.schedule):
        return judged_days(habit, rule, history, days, today)
    start = history_start(habit, history)
    since_start = judged_days(habit, rule, history, range(start, days.stop), today)
    verdicts = rolled(rule.schedule, since_start, days.start - start).verdicts
    # Today breaks no streak, even where its window will not hold enough.
    is_lost_today = days.stop > today and verdicts.endswith(MISSED)
    return verdicts[:-1] + PENDING if is_lost_today else verdicts


def _judge_period(rule: Rule, days: str, length: int, *, is_open: bool) -> str:
    met = days.count(MET)
    # Most periods need no closer look.
    if met >= rule.schedule.times > 0:
        return MET
    target = period_target(rule, days, length)
    if target <= 0:
        return NEUTRAL
    if met >= target:
        return MET
    return PENDING if is_open else MISSED
