from pitrack.core.model import Habit, History, Settings
from pitrack.core.views.habit_page import HabitPage, Note, Weekday, habit_page
from pitrack.core.views.habits import heat
from pitrack.core.views.why import why
from tests.core.habits import d, habit, marks, on, rule, weekly
from tests.core.memory import Memory, by_id, history

DAY = d("2026-11-22")


def book(of: Habit, past: History, week_start: int = 1) -> Memory:
    return Memory(Settings("test", week_start=week_start), by_id(of), histories={of.id: past})


def page(snapshot: Memory, day: str = "2026-11-22") -> HabitPage:
    found = habit_page(snapshot, "write", d(day))
    assert found is not None
    return found


def test_an_unknown_habit_has_no_page() -> None:
    assert habit_page(Memory(), "write", DAY) is None


def test_it_is_explained_as_everywhere_else() -> None:
    of, past = habit(rule("2026-11-16")), history(marks("2026-11-16", "yy_yyyy"))
    snapshot = book(of, past)
    found = page(snapshot)
    assert found.why == why(of, past, DAY, 1)
    assert found.year == heat(snapshot, DAY, habit="write")
    assert len(found.curve) == 7
    assert (found.curve[0].day, found.curve[-1].day) == (d("2026-11-16"), DAY)
    assert found.curve[-1].score == found.why.scores[-1].score


def test_the_curve_is_of_a_year_at_most() -> None:
    found = page(book(habit(rule("2025-01-01")), history(marks("2025-01-01", "y" * 600))))
    assert len(found.curve) == 365
    assert found.curve[0].day == d("2025-11-23")


def test_weekdays_say_how_much_of_what_each_asked_was_done() -> None:
    found = page(book(habit(rule("2026-11-09", on(1, 3, 5))), history(marks("2026-11-09", "y_n_s__y_y_n"))))
    assert found.weekdays == (
        Weekday(1, 2, 2),
        Weekday(2, 0, 0),
        Weekday(3, 1, 2),
        Weekday(4, 0, 0),
        Weekday(5, 0, 1),
        Weekday(6, 0, 0),
        Weekday(7, 0, 0),
    )


def test_an_open_day_counts_once_it_is_done_and_the_week_begins_as_chosen() -> None:
    of = habit(rule("2026-11-22"))
    assert page(book(of, history({}), week_start=7)).weekdays[0] == Weekday(7, 0, 0)
    assert page(book(of, history(marks("2026-11-22", "y")), week_start=7)).weekdays[0] == Weekday(7, 1, 1)


def test_only_the_last_year_counts_for_weekdays() -> None:
    found = page(book(habit(rule("2024-01-01")), history(marks("2024-01-01", "y" * 1100))))
    assert sum(day.asked for day in found.weekdays) == sum(day.done for day in found.weekdays) == 365


def test_what_may_fall_on_any_day_is_counted_where_it_fell() -> None:
    found = page(book(habit(rule("2026-11-09", weekly(1))), history(marks("2026-11-09", "__y____y"))))
    assert [day.done for day in found.weekdays] == [1, 0, 1, 0, 0, 0, 0]


def test_notes_are_newest_first_and_none_is_of_a_later_day() -> None:
    notes = {d(day).toordinal(): text for day, text in (("2026-11-20", "b"), ("2026-11-02", "a"), ("2026-11-22", "c"))}
    of = habit(rule("2026-11-01"))
    past = History(notes={**notes, d("2026-11-03").toordinal(): ""})
    assert page(book(of, past)).notes == (
        Note(d("2026-11-22"), "c"),
        Note(d("2026-11-20"), "b"),
        Note(d("2026-11-02"), "a"),
    )
    assert page(book(of, past), "2026-11-20").notes[0].text == "b"
