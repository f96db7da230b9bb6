"""What the days off brought."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from pitrack.core.model import Habit, Mark, Pause
from pitrack.core.pauses import ended_on, state_of
from pitrack.core.views.pauses import Brought, brought
from tests.core.books import book, entry, rate
from tests.core.habits import d, habit, marks, rule, weekly
from tests.core.memory import Memory, by_id, history

PAUSE = Pause("p", d("2026-11-10"), d("2026-11-18"))
TODAY = d("2026-11-20")


def with_habits(*given: tuple[Habit, dict[dt.date, Mark]], paused: bool = True, **more: Any) -> Memory:
    spans = ((d("2026-11-10"), d("2026-11-19")),) if paused else ()
    return book(
        habits=by_id(*(habit for habit, _ in given)),
        histories={habit.id: history(marked, *spans) for habit, marked in given},
        **more,
    )


@pytest.mark.parametrize(
    ("day", "state"),
    [("2026-11-09", "planned"), ("2026-11-10", "running"), ("2026-11-18", "running"), ("2026-11-19", "over")],
)
def test_how_a_pause_stands(day: str, state: str) -> None:
    assert state_of(PAUSE, d(day)) == state
    assert state_of(PAUSE._replace(last=None), d(day)) == ("running" if state == "over" else state)


def test_the_income_of_the_days_off_without_the_job() -> None:
    found = brought(
        book(
            [
                entry("2026-11-09", "1000"),
                entry("2026-11-10", "150"),
                entry("2026-11-18", "80", "photos", status="pending"),
                entry("2026-11-12", "18", kind="refund"),
                entry("2026-11-12", "500", status="void"),
                entry("2026-11-15", "3000", "job"),
                entry("2026-11-19", "1000"),
            ]
        ),
        PAUSE,
        TODAY,
    )
    assert found == Brought(9, "USD", Decimal(212), (), 0, ())


def test_income_is_converted_at_its_day_and_stands_apart_without_a_rate() -> None:
    memory = book(
        [
            entry("2026-11-10", "100"),
            entry("2026-11-11", "50", currency="EUR"),
            entry("2026-11-12", "900", currency="JPY"),
            entry("2026-11-12", "70000", "job", currency="GBP"),
        ],
        rates=(rate("2026-11-01", "EUR", "USD", "1.10"), rate("2026-11-12", "EUR", "USD", "2")),
    )
    found = brought(memory, PAUSE, TODAY)
    assert (found.income, found.apart) == (Decimal(155), (("JPY", Decimal(900)),))


def test_a_pause_of_one_habit_is_about_its_stream_and_its_streak() -> None:
    write, walk = habit(rule("2026-11-01"))._replace(stream="news"), habit(rule("2026-11-01"), name="walk")
    memory = with_habits(
        (write, marks("2026-11-01", "yyyyyyyyy .........y")),
        (walk, marks("2026-11-01", "yyyyyyyyy")),
        entries=(entry("2026-11-12", "20"), entry("2026-11-12", "7", "photos")),
    )
    found = brought(memory, PAUSE._replace(habit="write"), TODAY)
    assert (found.income, found.streaks, found.broken) == (Decimal(20), 1, ())


def test_paused_days_break_nothing() -> None:
    write = habit(rule("2026-11-01"))
    memory = with_habits((write, marks("2026-11-01", "yyyyyyyyy" + 9 * "." + "y")))
    assert brought(memory, PAUSE, TODAY)[-2:] == (1, ())


def test_a_day_missed_after_the_pause_is_not_its_fault() -> None:
    write = habit(rule("2026-11-01"))
    memory = with_habits((write, marks("2026-11-01", "yyyyyyyyy" + 9 * "." + "n")))
    assert brought(memory, PAUSE, TODAY)[-2:] == (0, ())


def test_the_rest_of_a_week_may_be_too_short_to_keep_a_streak() -> None:
    # 3 a week; of the week of Monday 16 November four days are left after the pause, and none was used
    write = habit(rule("2026-11-01", weekly(3)))
    kept = habit(rule("2026-11-01", weekly(1)), name="kept")
    memory = with_habits(
        (write, marks("2026-11-02", "yyy....y")), (kept, marks("2026-11-02", "y......y ........... y"))
    )
    found = brought(memory, PAUSE, d("2026-11-25"))
    assert (found.streaks, found.broken) == (2, (write,))


def test_a_habit_without_a_streak_has_none_to_lose() -> None:
    never, archived = habit(rule("2026-11-01")), habit(rule("2026-11-01"), name="old", archived=True)
    memory = with_habits((never, {}), (archived, marks("2026-11-01", "yyyyyyyyy")), paused=False)
    assert brought(memory, PAUSE, TODAY)[-2:] == (0, ())


def test_a_pause_that_was_made_shorter_than_a_day_brought_nothing() -> None:
    assert brought(book([entry("2026-11-10", "5")]), PAUSE._replace(last=d("2026-11-09")), TODAY).days == 0


def test_what_ended_on_a_day() -> None:
    open_end, other = PAUSE._replace(id="o", last=None), PAUSE._replace(id="q", habit="nobody")
    memory = Memory(pauses=(PAUSE, open_end, other))
    assert ended_on(memory, d("2026-11-18")) == (PAUSE,)
    assert ended_on(memory, d("2026-11-17")) == ()
