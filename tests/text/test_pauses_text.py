"""What is said of a pause that is over, and of timers."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from pitrack.core.model import Pause
from pitrack.core.timers import Part
from pitrack.core.views.pauses import Brought
from pitrack.text import timers
from pitrack.text.pauses import brought, whose
from tests.core.habits import d, habit, rule
from tests.core.memory import Memory, by_id

WRITE, WALK = habit(rule("2026-11-01"), name="Write"), habit(rule("2026-11-01"), name="W\x1b[2Jalk")


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (Brought(9, "USD", Decimal(212), (), 3, ()), "9 days off earned 212.00 USD; all streaks intact."),
        (Brought(1, "JPY", Decimal(900), (), 1, ()), "1 day off earned 900 JPY; the streak is intact."),
        (Brought(9, "USD", Decimal(0), (), 0, ()), "9 days off."),
        (Brought(2, "USD", Decimal(0), (), 2, (WRITE,)), "2 days off; 1 streak broke: Write."),
        (
            Brought(2, "USD", Decimal(5), (("JPY", Decimal(900)), ("EUR", Decimal(1))), 2, (WRITE, WALK)),
            "2 days off earned 5.00 USD; 2 streaks broke: Write, W\\x1b[2Jalk. "
            "Not counted, for want of a rate: 900 JPY, 1.00 EUR.",
        ),
    ],
)
def test_what_the_days_off_brought(found: Brought, said: str) -> None:
    assert brought(found) == said


def test_money_is_written_as_its_place_writes_it() -> None:
    found = Brought(9, "USD", Decimal(212), (), 3, ())
    assert brought(found, lambda _amount, _currency: "***") == "9 days off earned ***; all streaks intact."


def test_whose_pause_it_is() -> None:
    book = Memory(habits=by_id(WALK))
    pause = Pause("p", d("2026-11-01"))
    assert whose(book, pause) == "all actions"
    assert whose(book, pause._replace(habit=WALK.id)) == "W\\x1b[2Jalk"
    assert whose(book, pause._replace(habit="gone")) == "a deleted action"


ONE, TWO = Part(d("2026-11-21"), 40), Part(d("2026-11-22"), 30)


@pytest.mark.parametrize(
    ("parts", "is_counted", "is_answered", "said"),
    [
        ((ONE,), True, False, "Timer of Write stopped: 40 min booked."),
        ((ONE,), True, True, "Timer of Write stopped: 40 min booked, and checked off."),
        (
            (ONE,),
            False,
            True,
            "Timer of Write stopped after 40 min: checked off. Its time goes nowhere, for it has no stream.",
        ),
        (
            (ONE,),
            False,
            False,
            "Timer of Write stopped after 40 min. Nothing was booked: it counts no time and has no stream.",
        ),
        (
            (ONE, TWO),
            True,
            False,
            "Timer of Write stopped: 1 h 10 min (Sat 2026-11-21 40 min, Sun 2026-11-22 30 min) booked.",
        ),
        ((), False, False, "Timer of Write stopped after less than half a minute: nothing was booked."),
    ],
)
def test_what_a_stop_booked(parts: tuple[Part, ...], is_counted: bool, is_answered: bool, said: str) -> None:
    assert timers.stopped("Write", parts, is_counted=is_counted, is_answered=is_answered) == said


def test_since_when_a_timer_runs() -> None:
    start, zone = dt.datetime(2026, 11, 21, 16, 2, tzinfo=dt.UTC), ZoneInfo("Asia/Tokyo")
    assert timers.since(start, dt.datetime(2026, 11, 22, 3, 0, tzinfo=dt.UTC), zone) == "01:02"
    assert timers.since(start, dt.datetime(2026, 11, 22, 16, 0, tzinfo=dt.UTC), zone) == "Sun 2026-11-22 01:02"
