"""The rules of habits told a second time, day by day and without any thought of speed, to hold the core against."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import NamedTuple

from pitrack.core.model import Habit, History, Mark, Rule
from pitrack.core.streaks import Run

ONE = dt.timedelta(1)
DAILY_KINDS = ("day", "weekdays", "interval")
ROLLING = ("window", "after")


class Part(NamedTuple):
    """A day, week or month, or the part of one that a rule judges: days ``[first, end)``."""

    rule: Rule
    first: dt.date
    end: dt.date
    whole: int
    """Days of the week or month of which this is all or a part; 1 for a day."""

    @property
    def days(self) -> list[dt.date]:
        return [self.first + n * ONE for n in range((self.end - self.first).days)]

    @property
    def is_cut(self) -> bool:
        return (self.end - self.first).days < self.whole


class Oracle:
    """A habit as it stands on ``today``; every answer is worked out anew from the marks."""

    def __init__(self, habit: Habit, history: History, today: dt.date, week_start: int = 1) -> None:
        self.habit, self.today, self.week_start = habit, today, week_start
        self.marks = {dt.date.fromordinal(day): mark for day, mark in history.marks.items()}
        self.paused = history.paused
        self.start = min([habit.rules[0].since, *self.marks])

    # Days

    def is_exempt(self, day: dt.date) -> bool:
        paused = any(first <= day.toordinal() < end for first, end in self.paused)
        return paused or self.marks.get(day) == "skip"

    def is_done(self, rule: Rule, day: dt.date) -> bool:
        """The day's answer, once it has ended."""
        mark = self.marks.get(day)
        if mark is None:
            return rule.kind == "at_most" and self.habit.absent_is_success
        if mark in ("yes", "no", "skip"):
            return mark == "yes"
        assert isinstance(mark, Decimal)
        if rule.kind == "yes_no":
            return mark > 0
        target = rule.target or 0
        return mark >= target if rule.kind == "at_least" else mark <= target

    def counts(self, rule: Rule, day: dt.date) -> bool:
        """Whether the day is known to be met: a limit only when its day has ended."""
        is_open = day == self.today and rule.kind == "at_most"
        return day <= self.today and not is_open and not self.is_exempt(day) and self.is_done(rule, day)

    def falls(self, rule: Rule, day: dt.date) -> bool:
        schedule = rule.schedule
        if schedule.every == "weekdays":
            return day.isoweekday() in schedule.days
        if schedule.every == "interval":
            return (day - (schedule.anchor or rule.since)).days % schedule.within == 0
        return True

    # Periods

    def rule_of(self, day: dt.date) -> Rule:
        begun = [rule for rule in self.habit.rules if rule.since <= day]
        return begun[-1] if begun else self.habit.rules[0]

    def calendar(self, rule: Rule, day: dt.date) -> tuple[dt.date, dt.date]:
        if rule.schedule.every == "week":
            first = day
            while first.isoweekday() != self.week_start:
                first -= ONE
            return first, first + 7 * ONE
        if rule.schedule.every == "month":
            end = day + ONE
            while end.day != 1:
                end += ONE
            return day.replace(day=1), end
        return day, day + ONE

    def part_from(self, day: dt.date) -> Part:
        """The period that begins with ``day``, cut where a rule of another unit takes over."""
        rule = self.rule_of(day)
        begin, end = self.calendar(rule, day)
        stop = day + ONE
        while stop < end and unit(self.rule_of(stop)) == unit(rule):
            stop += ONE
        return Part(rule, day, stop, (end - begin).days)

    def parts(self, last: dt.date) -> list[Part]:
        found, day = [], self.start
        while day <= last:
            found.append(self.part_from(day))
            day = found[-1].end
        return found

    def begin_of(self, rule: Rule) -> dt.date:
        """The first day that a rule judges."""
        return next(part.first for part in self.parts(self.today) if part.rule == rule)

    # Verdicts

    def verdict(self, part: Part, begin: dt.date) -> str:
        every = part.rule.schedule.every
        if every in DAILY_KINDS:
            return self._of_day(part.rule, part.first)
        if every == "window":
            return self._of_window(part.rule, part.first, begin)
        if every == "after":
            return self._after_the_last(part.rule, begin, part.first)[0]
        return self._of_period(part)

    def _of_day(self, rule: Rule, day: dt.date) -> str:
        if self.is_exempt(day) or not self.falls(rule, day):
            return "."
        return "+" if self.counts(rule, day) else "?" if day == self.today else "-"

    def target(self, part: Part) -> int:
        exempt = sum(self.is_exempt(day) for day in part.days)
        return min(part.rule.schedule.times, part.whole - exempt)

    def _of_period(self, part: Part) -> str:
        target = self.target(part)
        if target <= 0:
            return "."
        if sum(self.counts(part.rule, day) for day in part.days) >= target:
            return "+"
        if part.end > self.today:
            return "?"
        return "." if part.is_cut else "-"

    def others_up_to(self, day: dt.date, since: dt.date) -> list[dt.date]:
        """Days ``[since, day]`` that are neither skipped nor paused."""
        return [each for n in range((day - since).days + 1) if not self.is_exempt(each := since + n * ONE)]

    def _of_window(self, rule: Rule, day: dt.date, begin: dt.date) -> str:
        if self.is_exempt(day):
            return "."
        times, within = min(rule.schedule.times, rule.schedule.within), rule.schedule.within
        window = self.others_up_to(day, self.start)[-within:]
        if sum(self.counts(rule, each) for each in window) >= times:
            return "+"
        if day == self.today and not self.counts(rule, day):
            return "?"
        if len(self.others_up_to(day, begin)) < within:
            return "."
        return "?" if day == self.today else "-"

    def _after_the_last(self, rule: Rule, begin: dt.date, day: dt.date) -> tuple[str, bool]:
        """The verdict and whether the day asks something: a time is due N days after the last one, and missed N days
        after the last one, the rule's first day (itself the first of them) or the last miss."""
        within, verdict, asks = rule.schedule.within, ".", True
        last_done: int | None = None  # counted in days that are not exempt
        waiting_since, number = 0, 0
        for n in range((day - self.start).days + 1):
            each = self.start + n * ONE
            if each == begin:
                waiting_since = number
            if self.is_exempt(each):
                verdict, asks = ".", False
                continue
            number += 1
            asks = last_done is None or number - last_done >= within
            if self.counts(rule, each):
                verdict, last_done, waiting_since = "+", number, number
            elif each >= self.today:
                verdict = "?" if asks else "."
            elif each >= begin and number - waiting_since == within:
                verdict, waiting_since = "-", number
            else:
                verdict = "."
        return verdict, asks

    def judged(self, last: dt.date | None = None) -> list[tuple[Part, str]]:
        parts = self.parts(last or self.today)
        begins: dict[Rule, dt.date] = {}
        for part in parts:
            begins.setdefault(part.rule, part.first)
        return [(part, self.verdict(part, begins[part.rule])) for part in parts]

    # Streaks

    def runs(self) -> list[Run]:
        found: list[list[Part]] = [[]]
        for part, verdict in self.judged():
            if verdict == "-":
                found.append([])
            elif verdict == "+":
                found[-1].append(part)
        return [Run(run[0].first, min(run[-1].end - ONE, self.today), len(run)) for run in found if run]

    @property
    def verdicts(self) -> str:
        return "".join(verdict for _, verdict in self.judged())

    @property
    def current(self) -> int:
        count = 0
        for verdict in reversed(self.verdicts):
            if verdict == "-":
                break
            count += verdict == "+"
        return count

    @property
    def best(self) -> int:
        return max((run.length for run in self.runs()), default=0)

    def rate(self, days: int) -> tuple[int, int]:
        ended = [verdict for part, verdict in self.judged() if part.end - ONE > self.today - days * ONE]
        return ended.count("+"), ended.count("+") + ended.count("-")

    # The shown day

    def open_part(self) -> Part:
        return next(part for part in self.parts(self.today) if part.end > self.today)

    @property
    def due(self) -> bool:
        """Whether the shown day asks something: it is not exempt, and the other days do not suffice."""
        part, today = self.open_part(), self.today
        rule = part.rule
        if self.is_exempt(today):
            return False
        if rule.schedule.every in DAILY_KINDS:
            return self.falls(rule, today)
        if rule.schedule.every == "after":
            return self._after_the_last(rule, self.begin_of(rule), today)[1]
        if rule.schedule.every == "window":
            others = self.others_up_to(today, self.start)[:-1]
            before = others[-(rule.schedule.within - 1) :] if rule.schedule.within > 1 else []
            return sum(self.counts(rule, day) for day in before) < min(rule.schedule.times, rule.schedule.within)
        return sum(self.counts(rule, day) for day in part.days if day < today) < self.target(part)

    @property
    def breaks_in(self) -> int | None:
        """The last day, counted from the shown one, from which on doing it every day still keeps the streak; None where
        there is none to lose, nothing needs doing, or nothing helps any more."""
        part, today = self.open_part(), self.today
        rule = part.rule
        if not self.current:
            return None
        if rule.schedule.every in ROLLING:
            if self.is_done(rule, today) and not self.is_exempt(today):
                return None
            horizon = self._first_loss(rule)
        else:
            horizon = None if part.is_cut else part.end - ONE
        if horizon is None or self._keeps(rule, horizon, None):
            return None
        kept = [n for n in range((horizon - today).days + 1) if self._keeps(rule, horizon, n)]
        return max(kept, default=None)

    def _first_loss(self, rule: Rule) -> dt.date | None:
        """The day on which the streak is lost when nothing is done."""
        later = self._foreseen(self.today + 120 * ONE, None)
        for part, verdict in later.judged(self.today + 120 * ONE):
            if part.first >= self.today and part.rule != rule:
                return None
            if part.first >= self.today and verdict == "-":
                return part.first
        return None

    def _keeps(self, rule: Rule, horizon: dt.date, from_day: int | None) -> bool:
        """Whether no miss stands up to ``horizon`` when it is done every day from ``from_day`` days on."""
        judged = self._foreseen(horizon, from_day).judged(horizon)
        return all(verdict != "-" for part, verdict in judged if part.end > self.today)

    def _foreseen(self, horizon: dt.date, from_day: int | None) -> Oracle:
        """The same habit after ``horizon``; what is answered ahead is not looked at, but what is skipped ahead is."""
        marks: dict[int, Mark] = {
            day.toordinal(): mark for day, mark in self.marks.items() if day <= self.today or mark == "skip"
        }
        rule = self.open_part().rule
        if from_day is not None:
            for n in range(from_day, (horizon - self.today).days + 1):
                day = self.today + n * ONE
                if not self.is_exempt(day) and not (day == self.today and self.is_done(rule, day)):
                    marks[day.toordinal()] = "yes"
        foreseen = Oracle(self.habit, History(marks, paused=self.paused), horizon + ONE, self.week_start)
        foreseen.start = self.start
        return foreseen


def unit(rule: Rule) -> str:
    """What a rule's streak counts."""
    return {"week": "week", "month": "month", "interval": "time", "after": "time"}.get(rule.schedule.every, "day")
