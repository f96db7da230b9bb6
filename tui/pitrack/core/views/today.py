"""Today: every action with its state, its streak and what ends tonight."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Literal, NamedTuple

from pitrack.core.memo import per_history
from pitrack.core.model import Habit, History, Mark, Rule, Snapshot
from pitrack.core.schedules import Unit, asks_each_day, falls_on, span_at, spans_judged
from pitrack.core.streaks import Current, answer_of, current_period, history_start, timeline
from pitrack.core.strength import strength
from pitrack.core.verdicts import MET, NEUTRAL

State = Literal["yes", "no", "skip", "absent", "amount"]
Group = Literal["tonight", "open", "answered", "rest", "before"]
Cell = Literal["yes", "no", "skip", "pause", "absent", "part", "rest", "before"]
"""One day of the strip: done, answered no, skipped, a day off, nothing known, amount short of target, not due, before
it began."""

STRIP_DAYS = 14
FORESEEN = 31
"""Days in which the next one that asks something is looked for."""
GROUPS: tuple[Group, ...] = ("tonight", "open", "answered", "rest", "before")


class Standing(NamedTuple):
    """Where a habit stands on a day. Streaks count due occurrences or periods of ``unit``; ``breaks_in`` is the number
    of days left after this one in which it can still be kept (0: it breaks tonight), None when nothing is at stake."""

    current: int
    best: int
    unit: Unit
    breaks_in: int | None
    strength: float


class Action(NamedTuple):
    """One habit on one day. ``value`` is the day's amount; ``period_done``/``period_target`` count the open week,
    month or window (1 where each day stands for itself). ``due``: the schedule asks something of this day; ``done``:
    nothing more is asked."""

    habit: Habit
    rule: Rule
    stream_name: str
    state: State
    value: Decimal | None
    note: str
    due: bool
    done: bool
    period_done: int
    period_target: int
    group: Group
    standing: Standing
    strip: tuple[Cell, ...]
    """The last 14 days, oldest first, the shown day last."""
    next_due: dt.date | None = None
    """The next day that asks something, of one of the *rest*; None beyond a month and while it is paused."""


class TodayView(NamedTuple):
    """Actions sorted by urgency: what ends tonight, open, answered, the rest (not due), what begins
    later; archived ones left out."""

    day: dt.date
    actions: tuple[Action, ...]
    open: int
    done: int
    skipped: int


def today(snapshot: Snapshot, day: dt.date, until: dt.date | None = None) -> TodayView:
    """The actions of ``day``, which is still open. A habit whose first rule lies after ``until`` (``day`` when None) is
    left out; one that begins between the two stands in the group *before*, unless its past was filled in to ``day``.

    Groups: *tonight*, an existing streak breaks tonight unless something is done; *open*, due and neither done nor
    answered; *answered*, done, answered no, skipped, over its limit, or its period is met; *rest*, not due. Within a
    group: what breaks sooner, then the longer streak, the user's order, the name. An at-most action is done while its
    day's amount is within the limit; its streak lengthens once the day has ended.
    """
    week_start = snapshot.settings.week_start
    actions = [
        _action(snapshot, habit, snapshot.history(habit.id), day, week_start)
        for habit in living(snapshot, until or day)
    ]
    actions.sort(key=_urgency)
    return TodayView(
        day=day,
        actions=tuple(actions),
        open=sum(action.group in ("tonight", "open") for action in actions),
        done=sum(action.done and action.state != "skip" for action in actions),
        skipped=sum(action.state == "skip" for action in actions),
    )


def living(snapshot: Snapshot, day: dt.date) -> list[Habit]:
    """Habits that have begun by ``day`` and are not archived."""
    return [habit for habit in snapshot.habits.values() if not habit.archived and habit.rules[0].since <= day]


def stream_name(snapshot: Snapshot, habit: Habit) -> str:
    """The name of the habit's stream; empty where it has none."""
    stream = snapshot.streams.get(habit.stream) if habit.stream else None
    return stream.name if stream else ""


@per_history
def standing(habit: Habit, history: History, day: dt.date, week_start: int) -> Standing:
    """Where a habit stands on ``day``."""
    judged = timeline(habit, history, day, week_start)
    period = current_period(habit, history, day, week_start)
    current = judged.current
    return Standing(
        current=current,
        best=judged.best,
        unit=period.unit,
        breaks_in=period.breaks_in(current),
        strength=strength(habit, history, day, week_start),
    )


def _action(snapshot: Snapshot, habit: Habit, history: History, day: dt.date, week_start: int) -> Action:
    mark = history.marks.get(day.toordinal())
    period = current_period(habit, history, day, week_start)
    stands = standing(habit, history, day, week_start)
    # A mark counts for the list even on a day that is not due; what an absent day means counts on a due day only.
    done = period.met or period.answer == MET or (mark is not None and answer_of(habit, period.rule, mark) == MET)
    daily = asks_each_day(period.rule.schedule) or period.unit == "time"
    begun = day.toordinal() >= history_start(habit, history)
    group = _group(period, mark, done, stands) if begun else "before"
    return Action(
        habit=habit,
        rule=period.rule,
        stream_name=stream_name(snapshot, habit),
        state=state_of(mark),
        value=mark if isinstance(mark, Decimal) else None,
        note=history.notes.get(day.toordinal(), ""),
        due=period.due or (mark == "skip" and falls_on(period.rule, day.toordinal())),
        done=done,
        period_done=int(done) if daily else period.done,
        period_target=1 if daily else period.target,
        group=group,
        standing=stands,
        strip=strip(habit, history, day, week_start),
        next_due=_next_due(habit, history, day, week_start) if group == "rest" else None,
    )


def _next_due(habit: Habit, history: History, day: dt.date, week_start: int) -> dt.date | None:
    if any(first <= day.toordinal() < end for first, end in history.paused):
        return None
    days = (day + dt.timedelta(ahead) for ahead in range(1, FORESEEN + 1) if dt.date.max - day > dt.timedelta(ahead))
    return next((each for each in days if current_period(habit, history, each, week_start).due), None)


def state_of(mark: Mark | None) -> State:
    """What a day's mark is, in a word."""
    if mark is None:
        return "absent"
    return "amount" if isinstance(mark, Decimal) else mark


def _group(period: Current, mark: Mark | None, done: bool, stands: Standing) -> Group:
    over = isinstance(mark, Decimal) and period.rule.kind == "at_most"
    if done or over or mark in ("no", "skip"):
        return "answered"
    if not period.due:
        return "rest"
    return "tonight" if stands.breaks_in == 0 else "open"


def _urgency(action: Action) -> tuple[int, float, int, Decimal, str, str]:
    stands, habit = action.standing, action.habit
    breaks_in = float("inf") if stands.breaks_in is None else stands.breaks_in
    return GROUPS.index(action.group), breaks_in, -stands.current, habit.order, habit.name, habit.id


@per_history
def strip(habit: Habit, history: History, day: dt.date, week_start: int) -> tuple[Cell, ...]:
    """The last 14 days, oldest first, the shown day last. A day without a mark of what is not asked each day reads as
    not due, except for the shown day while it is asked for."""
    today = day.toordinal()
    spans = spans_judged(habit, history_start(habit, history), week_start)
    since = habit.rules[0].since.toordinal()
    cells: list[Cell] = []
    for ordinal in range(today - STRIP_DAYS + 1, today + 1):
        mark, rule = history.marks.get(ordinal), span_at(spans, ordinal).rule
        if mark is not None:
            cells.append(_marked_cell(habit, rule, mark))
        elif ordinal < since:
            cells.append("before")
        elif any(first <= ordinal < end for first, end in history.paused):
            cells.append("pause")
        elif ordinal == today:
            cells.append("absent" if current_period(habit, history, day, week_start).due else "rest")
        elif not falls_on(rule, ordinal):
            cells.append("rest")
        elif answer_of(habit, rule, None) == MET:
            cells.append("yes")
        else:
            cells.append("absent" if asks_each_day(rule.schedule) else "rest")
    return tuple(cells)


def _marked_cell(habit: Habit, rule: Rule, mark: Mark) -> Cell:
    verdict = answer_of(habit, rule, mark)
    if verdict == NEUTRAL:
        return "skip"
    if verdict == MET:
        return "yes"
    return "part" if isinstance(mark, Decimal) and rule.kind == "at_least" else "no"
