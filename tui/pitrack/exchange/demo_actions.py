"""The check-ins of a demo book: runs that hold, days that are missed, skipped or left without an answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby
from random import Random
from typing import Literal

from pitrack.core.changes import Value
from pitrack.core.days import Month, week_start_of
from pitrack.exchange.demo_plan import Draft, HabitPlan, Plan, days_between

Outcome = Literal["met", "missed", "skipped", "silent"]

SKIPS = 0.03
NOTES = 0.05
SPLITS = 0.25
"""Shares of days that are skipped, that bear a note, and (of amounts) that were typed in two parts."""


def add_habit(draft: Draft, number: int, habit: HabitPlan, stream: str | None) -> None:
    """One habit with its rules and all its check-ins; ``stream`` is an id."""
    plan, records = draft.plan, draft.records
    since = plan.month_day(habit.month)
    habit_id = records.short_id()
    records.add(
        "habits",
        habit_id,
        since,
        name=habit.name,
        alias=habit.alias,
        stream=stream,
        archived=False,
        order=records.place(number),
        absent="unknown",
    )
    for month, target in habit.targets or ((habit.month, None),):
        first = plan.month_day(month)
        records.add("rules", f"{habit_id}|{first}", first, rule=_rule(habit, target))
    for day, outcome in _outcomes(plan, habit, since, draft.rng):
        _check_in(draft, habit, habit_id, day, outcome)
    if habit.today is not None and _asked(habit, plan.day):
        records.add("checkins", f"{habit_id}|{plan.day}", plan.day, mark=habit.today)


def _rule(habit: HabitPlan, target: str | None) -> dict[str, Value]:
    schedule: dict[str, Value] = {"every": habit.every}
    if habit.every == "weekdays":
        schedule["days"] = list(habit.days)
    elif habit.every != "day":
        schedule["times"] = habit.times
    rule: dict[str, Value] = {"kind": habit.kind, "schedule": schedule}
    if target is not None:
        rule |= {"target": target, "unit": habit.unit or ""}
    return rule


def _asked(habit: HabitPlan, day: dt.date) -> bool:
    return habit.every != "weekdays" or day.isoweekday() in habit.days


def _outcomes(plan: Plan, habit: HabitPlan, since: dt.date, rng: Random) -> Iterator[tuple[dt.date, Outcome]]:
    """What came of each day before the last one."""
    days = [day for day in days_between(since, plan.day - dt.timedelta(days=1)) if not plan.paused(day)]
    if habit.every in ("week", "month"):
        yield from _periods(plan, habit, days, rng)
        return
    days = [day for day in days if _asked(habit, day)]
    met = _planned(habit, len(days))
    for back, day in zip(range(len(days), 0, -1), days, strict=True):
        yield day, _planned_outcome(met.get(back)) or _chance(habit, rng)


def _planned(habit: HabitPlan, length: int) -> dict[int, bool]:
    """For occurrences counted back from the last: met within a run, missed right before and after it."""
    met: dict[int, bool] = {}
    for last, count in habit.runs:
        met |= {last - 1: False, last + count: False} | dict.fromkeys(range(last, last + count), True)
    return {back: planned for back, planned in met.items() if 1 <= back <= length}


def _planned_outcome(met: bool | None) -> Outcome | None:
    return None if met is None else "met" if met else "missed"


def _chance(habit: HabitPlan, rng: Random) -> Outcome:
    draw = rng.random()
    if draw < habit.chance:
        return "met"
    if draw > 1 - SKIPS:
        return "skipped"
    return "silent" if rng.random() < habit.silence else "missed"


def _periods(plan: Plan, habit: HabitPlan, days: list[dt.date], rng: Random) -> Iterator[tuple[dt.date, Outcome]]:
    """The days met in each week or month. The open one is left so that nothing is lost tonight: one short of its
    target while days remain, met on its last day."""
    periods = [list(group) for _, group in groupby(days, lambda day: _period(habit, day))]
    open_days: list[dt.date] = []
    if periods and _period(habit, periods[-1][0]) == _period(habit, plan.day):
        open_days = periods.pop()
    met = _planned(habit, len(periods))
    for back, period in zip(range(len(periods), 0, -1), periods, strict=True):
        done = met.get(back, rng.random() < habit.chance)
        for day in sorted(rng.sample(period, min(len(period), habit.times if done else habit.times - 1))):
            yield day, "met"
    last_day = _period(habit, plan.day + dt.timedelta(days=1)) != _period(habit, plan.day)
    wanted = habit.times if last_day else habit.times - 1
    for day in sorted(rng.sample(open_days, min(len(open_days), wanted))):
        yield day, "met"


def _period(habit: HabitPlan, day: dt.date) -> dt.date:
    """First day of the week or month that holds the day."""
    return week_start_of(day, 1) if habit.every == "week" else Month.of(day).first


def _check_in(draft: Draft, habit: HabitPlan, habit_id: str, day: dt.date, outcome: Outcome) -> None:
    if outcome == "silent":
        return
    records, key = draft.records, f"{habit_id}|{day}"
    note = _note(draft, outcome)
    if outcome == "skipped" or habit.kind == "yes_no":
        mark = {"met": "yes", "missed": "no", "skipped": "skip"}[outcome]
        records.add("checkins", key, day, mark=mark, note=note)
        return
    amount = _amount(draft, habit, day, outcome)
    if habit.additions and amount > 1 and draft.rng.random() < SPLITS:
        records.add("amounts", f"{key}|{records.ulid(day)}", day, amount=str(amount // 2))
        amount -= amount // 2
    records.add("checkins", key, day, mark=str(amount), note=note)


def _note(draft: Draft, outcome: Outcome) -> str | None:
    texts = draft.plan.notes.get(outcome)
    return draft.rng.choice(texts) if texts and draft.rng.random() < NOTES else None


def _amount(draft: Draft, habit: HabitPlan, day: dt.date, outcome: Outcome) -> int:
    """A whole amount on the right side of the day's target; big ones are rounded to tens."""
    target = int(Decimal([target for month, target in habit.targets if draft.plan.month_day(month) <= day][-1]))
    enough = (outcome == "met") == (habit.kind == "at_least")
    step = 10 if target >= 100 else 1
    share = 1 + abs(draft.rng.gauss(0, 0.3)) if enough else draft.rng.random()
    amount = int(target * share) // step * step
    if habit.kind == "at_most":
        return amount + step if enough else amount
    return amount
