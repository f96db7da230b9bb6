"""What runs, and the time that habits count."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from pitrack.core.model import Rule, Schedule, Timer
from pitrack.core.units import in_unit, minutes_in
from pitrack.core.views.timers import run_of, running, target_of
from tests.core.books import NEWS
from tests.core.habits import d, habit, rule
from tests.core.memory import Memory, by_id

NOW = dt.datetime(2026, 11, 22, 4, 30, 40, tzinfo=dt.UTC)
WRITE = habit(rule("2026-11-01"))


def timer(device: str, minute: int, *, about: str = "habit", thing: str = "write") -> Timer:
    start = dt.datetime(2026, 11, 22, 4, minute, tzinfo=dt.UTC)
    return Timer(f"{about[0]}:{thing}|{device}", start, device, **{about: thing})  # type: ignore[arg-type]


def test_the_timers_of_one_thing_are_one_since_the_first() -> None:
    first, second, other = timer("a", 5), timer("b", 20), timer("a", 10, about="stream", thing="news")
    gone = timer("a", 0, thing="nobody")
    book = Memory(habits=by_id(WRITE), streams=by_id(NEWS), timers=(gone, first, other, second))
    one, two = running(book, NOW)
    assert (one.thing, one.timers, one.minutes, one.target) == (WRITE, (first, second), 26, "h:write")
    assert (two.thing, two.minutes, two.target) == (NEWS, 21, "s:news")
    assert run_of(book, target_of(NEWS), NOW) == two
    assert run_of(book, "h:nobody", NOW) is None


def test_a_start_that_lies_ahead_is_below_nothing() -> None:
    book = Memory(habits=by_id(WRITE), timers=(timer("a", 40),))
    assert running(book, NOW)[0].minutes == -9


@pytest.mark.parametrize(
    ("minutes", "unit", "amount"),
    [(25, 1, "25"), (90, 60, "1.5"), (25, 60, "0.417"), (600, 60, "10"), (1, 60, "0.017")],
)
def test_minutes_in_the_unit_of_a_habit(minutes: int, unit: int, amount: str) -> None:
    assert in_unit(minutes, unit) == Decimal(amount)


def test_the_unit_is_that_of_the_day() -> None:
    of = habit(
        Rule(d("2026-11-01"), "at_least", Schedule(), Decimal(30), "min"),
        Rule(d("2026-11-10"), "at_least", Schedule(), Decimal(1), "Hours"),
        Rule(d("2026-11-20"), "at_least", Schedule(), Decimal(1), "pages"),
    )
    days = ("2026-10-01", "2026-11-09", "2026-11-10", "2026-11-20")
    assert [minutes_in(of.rule_on(d(day)).unit) for day in days] == [1, 1, 60, 0]
