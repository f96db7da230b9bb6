import datetime as dt
from collections.abc import Mapping

from pitrack.core.model import Habit, History, Mark
from pitrack.core.views.catchup import CatchUp, catch_up
from tests.core.habits import after, d, every, habit, marks, on, rule, weekly
from tests.core.memory import Memory, by_id, history

TODAY = d("2026-11-22")  # a Sunday


def found(*pairs: tuple[Habit, History]) -> CatchUp:
    book = Memory(habits=by_id(*[of for of, _ in pairs]), histories={of.id: past for of, past in pairs})
    return catch_up(book, TODAY)


def left(one: CatchUp) -> list[tuple[str, str]]:
    return [(action.day.isoformat()[5:], action.habit.id) for action in one.actions]


def past(first: str, letters: str) -> History:
    answered: Mapping[dt.date, Mark] = marks(first, letters)
    return history(answered)


def test_due_days_of_the_last_week_without_an_answer_are_left_oldest_first() -> None:
    write = habit(rule("2026-11-01"), name="write")
    photos = habit(rule("2026-11-19"), name="photos")
    one = found((write, past("2026-11-01", "y" * 16 + "n_ys_")), (photos, past("2026-11-20", "y")))
    assert left(one) == [("11-18", "write"), ("11-19", "photos"), ("11-21", "write"), ("11-21", "photos")]
    assert one.away is None


def test_what_lies_before_the_last_week_is_let_go_once_a_later_day_was_answered() -> None:
    write = habit(rule("2026-11-01"))
    assert left(found((write, past("2026-11-14", "y")))) == [(f"11-{day}", "write") for day in range(15, 22)]
    assert left(found((write, past("2026-11-13", "_______y"))))[0] == ("11-15", "write")


def test_three_days_without_any_answer_may_have_been_days_away() -> None:
    write = habit(rule("2026-11-01"), name="write")
    other = habit(rule("2026-11-01", on(1)), name="mondays")
    two = found((write, past("2026-11-01", "y" * 19)), (other, History()))
    assert (two.away, left(two)[-2:]) == (None, [("11-20", "write"), ("11-21", "write")])
    assert found((write, past("2026-11-01", "y" * 18)), (other, History())).away == (d("2026-11-19"), d("2026-11-21"))
    long = found((write, past("2026-11-01", "y")), (other, History()))
    assert (long.away, long.days[0]) == ((d("2026-11-02"), d("2026-11-21")), d("2026-11-02"))


def test_who_has_never_answered_was_not_away() -> None:
    one = found((habit(rule("2026-01-01")), History()))
    assert (one.away, one.days[0]) == (None, d("2026-11-15"))


def test_days_on_which_nothing_was_due_are_not_counted_as_days_away() -> None:
    mondays = habit(rule("2026-11-01", on(1)))
    assert found((mondays, past("2026-11-02", "y"))).away is None
    assert left(found((mondays, past("2026-11-02", "y")))) == [("11-09", "write"), ("11-16", "write")]


def test_what_can_still_be_met_on_another_day_is_not_asked_again() -> None:
    assert left(found((habit(rule("2026-11-01", weekly(3))), History()))) == []
    assert left(found((habit(rule("2026-11-01", after(2))), History()))) == []
    thirds = habit(rule("2026-11-01", every(3, "2026-11-22")))
    assert left(found((thirds, past("2026-11-16", "s")))) == [("11-19", "write")]


def test_days_off_and_assumed_days_are_no_gaps() -> None:
    away = history({}, (d("2026-11-01"), d("2026-11-22")))
    assert left(found((habit(rule("2026-11-01")), away))) == []
    limit = habit(rule("2026-11-01", kind="at_most", target=20), absent_is_success=True)
    assert left(found((limit, History()))) == []


def test_an_empty_book_and_a_new_habit_have_nothing_to_catch_up() -> None:
    assert found() == CatchUp((), None)
    assert found((habit(rule("2026-11-22")), History())) == CatchUp((), None)
