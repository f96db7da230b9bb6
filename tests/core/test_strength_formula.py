"""Strength against its formula, told step by step from the oldest day on."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pitrack.core.model import Habit, HabitKind, History, Mark, Rule, Schedule
from pitrack.core.strength import strength
from tests.core.habits import DAILY, after, d, every, habit, marks, monthly, on, rule, weekly, window
from tests.core.memory import history

ONE = dt.timedelta(1)
START = d("2026-03-02")
M = 0.5 ** (1 / 13)
"""What is left of a daily habit's score after one day."""


def often(schedule: Schedule) -> tuple[int, int]:
    """num and den: the mean frequency."""
    return {
        "day": (1, 1),
        "weekdays": (len(schedule.days), 7),
        "week": (schedule.times, 7),
        "month": (min(schedule.times, 30), 30),
        "window": (schedule.times, schedule.within),
        "interval": (1, schedule.within),
        "after": (1, schedule.within),
    }[schedule.every]


class Steps:
    """``score = previous * m + p * (1 - m)``, one day after another."""

    def __init__(self, of: Habit, past: Mapping[dt.date, Mark], *paused: tuple[dt.date, dt.date]) -> None:
        self.of, self.past, self.paused = of, past, paused

    def score(self, day: dt.date) -> float:
        score = 1.0 if self.of.rules[0].kind == "at_most" else 0.0
        each = min([self.of.rules[0].since, *self.past])
        while each <= day:
            in_force = ([rule for rule in self.of.rules if rule.since <= each] or [self.of.rules[0]])[-1]
            num, den = often(in_force.schedule)
            m = 0.5 ** ((num / den) ** 0.5 / 13)
            share = self.share(in_force, each, num, den)
            if share is not None:
                score = score * m + share * (1 - m)
            each += ONE
        return score

    def is_exempt(self, day: dt.date) -> bool:
        return self.past.get(day) == "skip" or any(first <= day < end for first, end in self.paused)

    def share(self, rule: Rule, day: dt.date, num: int, den: int) -> float | None:
        if self.is_exempt(day):
            return None
        if rule.kind == "yes_no":
            if num < den:
                num, den = 2 * num, 2 * den
            return min(1, sum(self.worth(rule, day - n * ONE) > 0 for n in range(den)) / num)
        target = (rule.target or 0) * num
        total = sum((self.worth(rule, day - n * ONE) for n in range(den)), Decimal(0))
        if rule.kind == "at_least":
            return 1.0 if target == 0 else min(1.0, float(total / target))
        if day not in self.past and not self.of.absent_is_success:
            return None
        if self.past.get(day) == "no":
            return 0.0
        if target == 0:
            return 1.0 if total == 0 else 0.0
        return min(1.0, max(0.0, 1 - float((total - target) / target)))

    def worth(self, rule: Rule, day: dt.date) -> Decimal:
        mark = self.past.get(day)
        if mark is None or mark == "no" or self.is_exempt(day):
            return Decimal(0)
        if mark == "yes":
            return {"yes_no": Decimal(1), "at_least": rule.target or Decimal(0), "at_most": Decimal(0)}[rule.kind]
        assert isinstance(mark, Decimal)
        return mark


def near(value: float) -> object:
    return pytest.approx(value, abs=1e-6)


@pytest.mark.parametrize("days", [1, 7, 12, 19, 90, 365])
def test_done_every_day_it_nears_one(days: int) -> None:
    of = habit(rule(START.isoformat()))
    done = history(marks(START.isoformat(), "y" * days))
    assert strength(of, done, START + (days - 1) * ONE, 1) == near(1 - M**days)


@pytest.mark.parametrize("schedule", [window(1, 5), every(5), after(5)])
def test_once_in_five_days_the_first_day_is_half_of_it(schedule: Schedule) -> None:
    of, m = habit(rule(START.isoformat(), schedule)), 0.5 ** (0.2**0.5 / 13)
    once = history(marks(START.isoformat(), "y"))
    assert strength(of, once, START, 1) == near(0.5 * (1 - m))
    assert strength(of, once, START + 9 * ONE, 1) == near(0.5 * (1 - m**10))
    assert strength(of, once, START + 10 * ONE, 1) == near(0.5 * (1 - m**10) * m)
    twice = history(marks(START.isoformat(), "y____y"))
    assert strength(of, twice, START + 9 * ONE, 1) == near(0.5 * (1 - m**5) * m**5 + 1 - m**5)


@pytest.mark.parametrize("kind", ["yes_no", "at_least", "at_most"])
def test_every_frequency_up_to_31_days(kind: HabitKind) -> None:
    past = marks(START.isoformat(), "y2_n5s0y__9ysy31__y0" * 2)
    pause = (START + 12 * ONE, START + 16 * ONE)
    known, day = history(past, pause), START + 41 * ONE
    for den in range(1, 32):
        for num in range(1, den + 1):
            of = habit(rule(START.isoformat(), window(num, den), kind, None if kind == "yes_no" else 3))
            expected = Steps(of, past, pause).score(day)
            assert strength(of, known, day, 1) == pytest.approx(expected, abs=1e-9), (num, den)


@pytest.mark.parametrize(
    ("kind", "letters", "shares"),
    [
        ("at_least", "2_2", [2 / 12, 2 / 12, 4 / 12]),  # 4 on each of three days in any five
        ("at_least", "9s9", [9 / 12, None, 1]),
        ("at_most", "9_9", [1, None, 1 - 6 / 12]),  # at most 4 on each of three days: 12
        ("at_most", "9n0", [1, 0, 1]),
    ],
)
def test_amounts_in_any_five_days(kind: HabitKind, letters: str, shares: list[float | None]) -> None:
    of, m = habit(rule(START.isoformat(), window(3, 5), kind, 4)), 0.5 ** (0.6**0.5 / 13)
    expected = 1.0 if kind == "at_most" else 0.0
    for share in shares:
        expected = expected if share is None else expected * m + share * (1 - m)
    assert strength(of, history(marks(START.isoformat(), letters)), START + 2 * ONE, 1) == near(expected)


SCHEDULES = st.one_of(
    st.just(DAILY),
    st.builds(lambda days: on(*days), st.sets(st.integers(1, 7), min_size=1)),
    st.builds(weekly, st.integers(1, 7)),
    st.builds(monthly, st.integers(1, 31)),
    st.builds(window, st.integers(1, 5), st.integers(5, 40)),
    st.builds(every, st.integers(1, 40)),
    st.builds(after, st.integers(1, 40)),
)
KINDS: st.SearchStrategy[HabitKind] = st.sampled_from(["yes_no", "at_least", "at_most"])
ASKED = st.tuples(SCHEDULES, KINDS, st.integers(0, 5))


@given(
    asked=st.lists(ASKED, min_size=1, max_size=3),
    pieces=st.lists(st.sampled_from(["yyyyyyy", "y_y__", "2305", "s", "n_", "9", "_" * 20]), max_size=30),
    filled=st.sampled_from([0, 0, 4]),
    pause=st.tuples(st.integers(-10, 90), st.integers(0, 40)),
    absent_is_success=st.booleans(),
)
def test_strength_is_what_the_formula_says(
    asked: list[tuple[Schedule, HabitKind, int]],
    pieces: list[str],
    filled: int,
    pause: tuple[int, int],
    *,
    absent_is_success: bool,
) -> None:
    since = [(START + 23 * n * ONE).isoformat() for n in range(len(asked))]
    rules = [rule(day, *given_rule) for day, given_rule in zip(since, asked, strict=True)]
    of = habit(*rules, absent_is_success=absent_is_success)
    past = marks((START - filled * ONE).isoformat(), "".join(pieces))
    paused = (START + pause[0] * ONE, START + sum(pause) * ONE)
    told = Steps(of, past, paused)
    for day in (START, START + 30 * ONE, START + 100 * ONE):
        assert strength(of, history(past, paused), day, 1) == pytest.approx(told.score(day), abs=1e-9)


@given(st.text("yns_25", max_size=60), KINDS, st.integers(1, 31), st.integers(1, 31))
def test_a_skip_and_a_pause_are_the_same_to_it(letters: str, kind: HabitKind, times: int, within: int) -> None:
    of = habit(rule(START.isoformat(), window(min(times, within), within), kind, None if kind == "yes_no" else 3))
    past, day = marks(START.isoformat(), letters), START + len(letters) * ONE
    skips = [each for each, mark in past.items() if mark == "skip"]
    paused = history({each: mark for each, mark in past.items() if mark != "skip"}, *[(s, s + ONE) for s in skips])
    assert strength(of, paused, day, 1) == strength(of, history(past), day, 1)


def test_a_day_before_it_began_is_at_its_beginning() -> None:
    for kind, expected in (("yes_no", 0.0), ("at_most", 1.0)):
        of = Habit("h", "h", "h", (Rule(START, kind, after(3), None if kind == "yes_no" else Decimal(2)),))
        assert strength(of, History(), START - ONE, 1) == expected
