from decimal import Decimal

import pytest

from pitrack.core.model import Habit
from pitrack.core.streaks import Rate, Run
from pitrack.core.views.why import Passage, Why, why
from tests.core.habits import after, d, every, habit, marks, on, rule, weekly, window
from tests.core.memory import history

MONDAY = 1


def explain(of: Habit, first: str, letters: str, day: str, *paused: tuple[str, str]) -> Why:
    pauses = [(d(begin), d(end)) for begin, end in paused]
    return why(of, history(marks(first, letters), *pauses), d(day), MONDAY)


def told(found: Why) -> list[tuple[str, str, int, str, str]]:
    return [
        (one.first.isoformat()[5:], one.last.isoformat()[5:], one.length, one.sample.verdict, one.sample.reason)
        for one in found.passages
    ]


def test_a_daily_streak_goes_back_to_what_broke_it() -> None:
    found = explain(habit(rule("2026-11-10")), "2026-11-10", "yy_yys_y", "2026-11-18", ("2026-11-16", "2026-11-17"))
    assert told(found) == [
        ("11-18", "11-18", 1, "?", "open"),
        ("11-17", "11-17", 1, "+", "done"),
        ("11-16", "11-16", 1, ".", "pause"),
        ("11-15", "11-15", 1, ".", "skip"),
        ("11-13", "11-14", 2, "+", "done"),
        ("11-12", "11-12", 1, "-", "unanswered"),
    ]
    assert found.run == Run(d("2026-11-13"), d("2026-11-17"), 3)
    assert found.broke is not None
    assert found.broke.first == d("2026-11-12")
    assert found.standing.current == 3


def test_without_a_miss_it_goes_back_to_the_beginning() -> None:
    found = explain(habit(rule("2026-11-10")), "2026-11-10", "yyy", "2026-11-12")
    assert told(found) == [("11-10", "11-12", 3, "+", "done")]
    assert found.broke is None


@pytest.mark.parametrize(
    ("of", "letters", "reason"),
    [
        (habit(rule("2026-11-10", kind="at_least", target=5)), "53", "short"),
        (habit(rule("2026-11-10", kind="at_most", target=5)), "57", "over"),
        (habit(rule("2026-11-10")), "yn", "no"),
        (habit(rule("2026-11-10", after(1))), "y_", "lapsed"),
    ],
)
def test_what_broke_a_streak(of: Habit, letters: str, reason: str) -> None:
    assert told(explain(of, "2026-11-10", letters, "2026-11-12"))[-1] == ("11-11", "11-11", 1, "-", reason)


def test_weekdays_and_intervals_rest_between() -> None:
    found = explain(habit(rule("2026-11-16", on(1, 3))), "2026-11-16", "y_y", "2026-11-18")
    assert [one[3:] for one in told(found)] == [("+", "done"), (".", "rest"), ("+", "done")]
    found = explain(habit(rule("2026-11-16", every(3))), "2026-11-16", "y__y", "2026-11-19")
    assert [one[2:] for one in told(found)] == [(1, "+", "done"), (2, ".", "rest"), (1, "+", "done")]


def test_weeks_say_how_many_of_how_many() -> None:
    found = explain(habit(rule("2026-11-02", weekly(2))), "2026-11-02", "y______yy", "2026-11-17")
    assert [(one.sample.reason, one.sample.done, one.sample.target) for one in found.passages] == [
        ("open", 0, 2),
        ("done", 2, 2),
        ("short", 1, 2),
    ]


def test_windows_say_what_the_last_days_hold() -> None:
    found = explain(habit(rule("2026-11-10", window(2, 3))), "2026-11-10", "_yy_y", "2026-11-14")
    assert [(one.length, one.sample.reason, one.sample.done) for one in found.passages] == [
        (1, "done", 2),
        (1, "held", 2),
        (1, "done", 2),
        (2, "cut", 1),
    ]


def test_rates_are_of_what_ended_in_the_last_days() -> None:
    found = explain(habit(rule("2026-11-01")), "2026-11-01", "yyyyyyyyyyyyy_yyn", "2026-11-18")
    assert found.rates[:2] == ((7, Rate(4, 6)), (30, Rate(15, 17)))


def test_the_last_score_is_the_strength_and_each_follows_from_the_one_before() -> None:
    found = explain(habit(rule("2026-11-01", kind="at_least", target=4)), "2026-11-01", "42s6_", "2026-11-05")
    assert [one.share for one in found.scores] == [1.0, 0.5, None, 1.0, 0.0]
    m = 0.5 ** (1 / 13)
    assert found.keeps == pytest.approx(m, abs=1e-12)
    score = 0.0
    for one in found.scores:
        score = score if one.share is None else score * m + one.share * (1 - m)
        assert one.score == pytest.approx(score, abs=1e-9)
    assert found.scores[-1].score == pytest.approx(found.standing.strength, abs=1e-9)


def test_a_passage_of_one_day_has_its_amount() -> None:
    found = explain(habit(rule("2026-11-10", kind="at_least", target=5)), "2026-11-10", "3", "2026-11-11")
    newest, oldest = found.passages
    assert isinstance(oldest, Passage)
    assert (newest.sample.reason, oldest.sample.mark) == ("open", Decimal(3))
