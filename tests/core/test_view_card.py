"""The card: ratios and counts, never a sum."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pitrack.core.days import Month
from pitrack.core.model import Habit, Rule
from pitrack.core.views.card import Streak, card
from tests.core.books import JOB, NEWS, PHOTOS, book, day, entry, months_of
from tests.core.memory import Memory, by_id, history

TODAY = day("2026-11-22")


def test_an_empty_book_has_no_card() -> None:
    found = card(Memory(), TODAY)
    assert (found.month, found.mom, found.sources, found.strength, found.done) == (None, None, None, None, None)
    assert (found.shape, found.streaks, found.running) == ((), (), 0)


def test_growth_is_told_in_ratios() -> None:
    entries = [
        *months_of("2026-05", "100", "100", "100", "200", "200", "250"),
        *months_of("2026-10", "50", stream="photos"),
        entry("2026-10-25", "4000", "job"),
        entry("2026-11-02", "999"),
    ]
    found = card(book(entries, (NEWS, PHOTOS, JOB), closed_months=frozenset({Month(2026, 10)})), TODAY)
    # October 250 + 50 = 300 on 200: half as much again; the best month is 300
    assert (found.month, found.provisional, found.mom, found.label) == (Month(2026, 10), False, 0.5, "percent")
    assert found.shape == (1 / 3, 1 / 3, 1 / 3, 2 / 3, 2 / 3, 1.0)
    # three-month ends 300 and 700 lie three months apart
    assert found.cmgr == pytest.approx((700 / 300) ** (1 / 3) - 1)
    # shares 950 and 50 of 1000: 1 / (0.95 ** 2 + 0.05 ** 2)
    assert found.sources == pytest.approx(1 / 0.905)


def test_a_first_or_lost_month_has_no_percentage() -> None:
    first = card(book(months_of("2026-10", "100")), TODAY)
    assert (first.mom, first.label, first.provisional) == (None, "first", True)
    negative = card(book(months_of("2026-09", "-5", "-9")), TODAY)
    assert (negative.mom, negative.label, negative.shape) == (None, "n/m", ())


def test_streaks_the_longest_first() -> None:
    def habit(name: str, run: int) -> tuple[Habit, dict[dt.date, str]]:
        one = Habit(name, name, name.title(), (Rule(day("2026-10-01")),))
        return one, {TODAY - dt.timedelta(days=back): "yes" for back in range(run)}

    made = [habit("a", 3), habit("b", 30), habit("c", 0), habit("d", 5), habit("e", 4)]
    snapshot = Memory(
        habits=by_id(*(one for one, _marks in made)),
        histories={one.id: history(marks) for one, marks in made},  # type: ignore[arg-type]
    )
    found = card(snapshot, TODAY)
    assert found.streaks == (Streak("B", 30, "day"), Streak("D", 5, "day"), Streak("E", 4, "day"))
    assert found.running == 4
    # of 30 days each; c's last one is open: (3 + 30 + 0 + 5 + 4) / (30 * 5 - 1)
    assert found.done == pytest.approx(42 / 149)
    assert found.strength is not None
    assert 0 < found.strength < 1


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=20), st.integers(2, 1000))
def test_it_tells_nothing_of_the_size_of_income(incomes: list[int], times: int) -> None:
    once = card(book(months_of("2025-04", *map(str, incomes))), TODAY)
    often = card(book(months_of("2025-04", *(str(income * times) for income in incomes))), TODAY)
    assert once == often
