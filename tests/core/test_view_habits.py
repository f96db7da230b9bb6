from collections.abc import Iterable

from pitrack.core.model import Habit, History
from pitrack.core.views.habits import HeatDay, Run, heat, ranking
from tests.core.habits import d, habit, marks, on, rule, weekly
from tests.core.memory import Memory, by_id, history

DAY = d("2026-11-22")


def book(*pairs: tuple[Habit, History]) -> Memory:
    return Memory(habits=by_id(*[of for of, _ in pairs]), histories={of.id: past for of, past in pairs})


def counts(days: Iterable[HeatDay]) -> list[tuple[int, int]]:
    return [(day.done, day.asked) for day in days]


def test_ranking_goes_by_streak_then_strength_then_name() -> None:
    since = rule("2026-11-09")
    view = ranking(
        book(
            (habit(since, name="broken"), history(marks("2026-11-09", "yyyyyyy yyyyy__"))),
            (habit(since, name="b"), history(marks("2026-11-09", "_______ ____yyy"))),
            (habit(since, name="a"), history(marks("2026-11-09", "_______ ____yyy"))),
            (habit(since, name="strong"), history(marks("2026-11-09", "yyyyyyy yyy_yyy"))),
            (habit(since, name="gone", archived=True), history(marks("2026-11-09", "yyyyyyy yyyyyyy"))),
        ),
        DAY,
    )
    assert [(one.habit.name, one.standing.current, one.standing.best) for one in view] == [
        ("strong", 3, 10),
        ("a", 3, 3),
        ("b", 3, 3),
        ("broken", 0, 12),
    ]


def test_the_best_list_is_longest_first_and_newer_first_among_equals() -> None:
    of = habit(rule("2026-11-09"))
    (one,) = ranking(book((of, history(marks("2026-11-09", "yy_yyy_yy_y__y")))), DAY)
    assert one.best_list == (
        Run(d("2026-11-12"), d("2026-11-14"), 3),
        Run(d("2026-11-16"), d("2026-11-17"), 2),
        Run(d("2026-11-09"), d("2026-11-10"), 2),
        Run(d("2026-11-22"), d("2026-11-22"), 1),
        Run(d("2026-11-19"), d("2026-11-19"), 1),
    )


def test_the_best_list_holds_ten() -> None:
    (one,) = ranking(book((habit(rule("2026-10-01")), history(marks("2026-10-01", "y_" * 15)))), DAY)
    assert len(one.best_list) == 10
    assert one.best_list[0].last == d("2026-10-29")


def test_heat_counts_what_was_done_and_what_was_asked() -> None:
    daily = habit(rule("2026-11-17"), name="daily")
    least = habit(rule("2026-11-16", kind="at_least", target=5), name="least")
    paused = (d("2026-11-19"), d("2026-11-20"))
    shown = book(
        (daily, history(marks("2026-11-17", "yns__y"))), (least, history(marks("2026-11-16", "5yy5s4"), paused))
    )
    days = heat(shown, DAY, days=8)
    assert [day.day for day in days] == [d(f"2026-11-{n}") for n in range(15, 23)]
    assert counts(days) == [(0, 0), (1, 1), (2, 2), (1, 2), (1, 1), (0, 1), (0, 2), (1, 2)]
    assert counts(heat(shown, DAY, days=3, habit="least")) == [(0, 0), (0, 1), (0, 1)]
    assert counts(heat(shown, DAY, days=2, habit="nobody")) == [(0, 0), (0, 0)]


def test_heat_of_a_week_asks_until_it_is_met() -> None:
    twice = habit(rule("2026-11-09", weekly(2)))
    shown = book((twice, history(marks("2026-11-09", "_y__y_y ______y"))))
    done = [(0, 1), (1, 1), (0, 1), (0, 1), (1, 1), (0, 0), (1, 1)]
    assert counts(heat(shown, DAY, days=14)) == [*done, *[(0, 1)] * 6, (1, 1)]
    # A window that begins inside a week knows what came before it.
    assert counts(heat(shown, DAY, days=9))[:2] == [(0, 0), (1, 1)]


def test_heat_follows_a_change_of_rule_and_the_weekdays() -> None:
    of = habit(rule("2026-11-16", on(1, 3)), rule("2026-11-20"))
    assert counts(heat(book((of, history(marks("2026-11-16", "yy")))), DAY, days=7)) == [
        (1, 1),
        (1, 1),
        (0, 1),
        (0, 0),
        (0, 1),
        (0, 1),
        (0, 1),
    ]


def test_heat_leaves_archived_habits_out_unless_named() -> None:
    of = habit(rule("2026-11-16"), archived=True)
    shown = book((of, history(marks("2026-11-22", "y"))))
    assert counts(heat(shown, DAY, days=1)) == [(0, 0)]
    assert counts(heat(shown, DAY, days=1, habit="write")) == [(1, 1)]


def test_a_whole_year_of_weeks_is_shown() -> None:
    days = heat(Memory(), DAY)
    assert (len(days), days[0].day, days[-1].day) == (371, d("2025-11-17"), DAY)
