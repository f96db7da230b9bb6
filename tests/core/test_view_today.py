import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from pitrack.core.model import Habit, History, Mark, Schedule, Settings, Stream
from pitrack.core.views.today import Action, Standing, today
from tests.core.habits import DAILY, after, d, every, habit, marks, monthly, on, rule, weekly
from tests.core.memory import Memory, by_id, history

DAY = d("2026-11-22")  # a Sunday, the last day of a week that begins on Monday


def book(*pairs: tuple[Habit, History]) -> Memory:
    return Memory(
        settings=Settings(store="test", week_start=1),
        habits=by_id(*[of for of, _ in pairs]),
        histories={of.id: past for of, past in pairs},
    )


def only(of: Habit, past: Mapping[dt.date, Mark], day: dt.date = DAY, *paused: tuple[dt.date, dt.date]) -> Action:
    (action,) = today(book((of, history(past, *paused))), day).actions
    return action


def test_an_empty_book_asks_nothing() -> None:
    view = today(Memory(), DAY)
    assert (view.actions, view.open, view.done, view.skipped) == ((), 0, 0, 0)


def test_archived_and_coming_habits_are_left_out() -> None:
    view = today(
        book((habit(rule("2026-11-01"), archived=True), History()), (habit(rule("2026-11-23"), name="b"), History())),
        DAY,
    )
    assert view.actions == ()


def test_a_day_before_the_first_one_is_shown_on_request() -> None:
    of = habit(rule("2026-11-22"))
    earlier, before = d("2026-11-20"), d("2026-11-19")
    (action,) = today(book((of, History())), earlier, DAY).actions
    assert (action.group, action.state, action.standing.breaks_in) == ("before", "absent", None)
    assert today(book((of, History())), earlier, DAY).open == 0
    filled = book((of, history(marks("2026-11-20", "y"))))
    (action,) = today(filled, earlier, DAY).actions
    assert (action.group, action.done) == ("answered", True)
    (action,) = today(filled, before, DAY).actions
    assert action.group == "before"
    assert today(filled, earlier, d("2026-11-21")).actions == ()


def test_the_first_day() -> None:
    action = only(habit(rule("2026-11-22")), {})
    assert (action.state, action.due, action.done, action.group) == ("absent", True, False, "open")
    assert (action.period_done, action.period_target, action.stream_name) == (0, 1, "")
    assert action.standing == Standing(current=0, best=0, unit="day", breaks_in=None, strength=0.0)
    assert action.strip == (*["before"] * 13, "absent")


def test_what_ends_tonight() -> None:
    action = only(habit(rule("2026-11-18")), marks("2026-11-18", "nyyy_"))
    assert (action.group, action.standing.current, action.standing.breaks_in) == ("tonight", 3, 0)
    assert action.strip[-5:] == ("no", "yes", "yes", "yes", "absent")


@pytest.mark.parametrize(
    ("letter", "state", "done", "counts"),
    [("y", "yes", True, (0, 1, 0)), ("n", "no", False, (0, 0, 0)), ("s", "skip", False, (0, 0, 1))],
)
def test_an_answer(letter: str, state: str, done: bool, counts: tuple[int, int, int]) -> None:
    of = habit(rule("2026-11-21"))
    view = today(book((of, history(marks("2026-11-21", "y" + letter)))), DAY)
    (action,) = view.actions
    assert (action.state, action.done, action.due, action.group) == (state, done, True, "answered")
    assert (view.open, view.done, view.skipped) == counts


def test_an_amount_short_of_its_target_and_one_that_meets_it() -> None:
    of = habit(rule("2026-11-21", kind="at_least", target=5))
    short = only(of, marks("2026-11-21", "53"))
    assert (short.state, short.value, short.done, short.group) == ("amount", Decimal(3), False, "tonight")
    assert short.strip[-2:] == ("yes", "part")
    met = only(of, marks("2026-11-21", "37"))
    assert (met.done, met.group, met.standing.current, met.period_done) == (True, "answered", 1, 1)
    assert met.strip[-2:] == ("part", "yes")


def test_an_amount_within_its_limit_is_done_but_its_streak_waits_for_the_night() -> None:
    of = habit(rule("2026-11-20", kind="at_most", target=5))
    within = only(of, marks("2026-11-20", "525"))
    assert (within.done, within.group, within.standing.current, within.standing.breaks_in) == (
        True,
        "answered",
        2,
        None,
    )
    over = only(of, marks("2026-11-20", "529"))
    assert (over.done, over.group, over.standing.current, over.standing.breaks_in) == (False, "answered", 2, 0)
    assert over.strip[-1] == "no"
    unknown = only(of, marks("2026-11-20", "52"))
    assert (unknown.done, unknown.group) == (False, "tonight")


def test_nothing_to_do_where_absence_is_success() -> None:
    of = habit(rule("2026-11-20", kind="at_most", target=0), absent_is_success=True)
    action = only(of, {})
    assert (action.done, action.group, action.standing.current) == (True, "answered", 2)
    assert action.strip[-3:] == ("yes", "yes", "absent")
    paused = only(of, {}, DAY, (DAY, d("2026-12-01")))
    assert (paused.done, paused.due, paused.group) == (False, False, "rest")


def test_a_day_that_is_not_due_rests() -> None:
    of = habit(rule("2026-11-16", on(1, 3, 5)))
    action = only(of, marks("2026-11-16", "y_y_y"))
    assert (action.due, action.done, action.group, action.standing.current) == (False, False, "rest", 3)
    assert action.strip[-7:] == ("yes", "rest", "yes", "rest", "yes", "rest", "rest")
    anyway = only(of, marks("2026-11-16", "y_y_y_y"))
    assert (anyway.due, anyway.done, anyway.group, anyway.standing.current) == (False, True, "answered", 3)


def test_a_paused_day_rests() -> None:
    action = only(habit(rule("2026-11-16")), marks("2026-11-16", "yyyy"), DAY, (d("2026-11-20"), d("2026-11-25")))
    assert (action.due, action.group, action.standing.current) == (False, "rest", 4)
    assert action.strip[-3:] == ("pause", "pause", "pause")


def test_a_week_that_ends_tonight() -> None:
    of = habit(rule("2026-11-09", weekly(3)))
    action = only(of, marks("2026-11-09", "y_y_y__ _y__y"))
    assert (action.period_done, action.period_target, action.due, action.group) == (2, 3, True, "tonight")
    assert (action.standing.unit, action.standing.current, action.standing.breaks_in) == ("week", 1, 0)
    marked = {0: "yes", 2: "yes", 4: "yes", 8: "yes", 11: "yes", 13: "absent"}
    assert action.strip == tuple(marked.get(n, "rest") for n in range(14))


def test_a_week_done_for_the_day_and_for_good() -> None:
    of = habit(rule("2026-11-16", weekly(2)))
    today_done = only(of, marks("2026-11-16", "y"), d("2026-11-16"))
    assert (today_done.due, today_done.done, today_done.group) == (True, True, "answered")
    met = only(of, marks("2026-11-16", "yy"), d("2026-11-19"))
    assert (met.due, met.done, met.group, met.strip[-1]) == (False, True, "answered", "rest")
    open_again = only(of, marks("2026-11-16", "yy"), d("2026-11-23"))
    assert (open_again.due, open_again.group, open_again.standing.breaks_in) == (True, "open", 5)


def test_a_month_asks_until_it_is_met() -> None:
    of = habit(rule("2026-10-01", monthly(1)))
    action = only(of, {d("2026-10-05"): "yes"})
    assert (action.period_done, action.period_target, action.group) == (0, 1, "open")
    assert (action.standing.unit, action.standing.breaks_in) == ("month", 8)


def test_a_check_in_before_the_first_rule_shows_and_counts() -> None:
    action = only(habit(rule("2026-11-21")), marks("2026-11-20", "yyy"))
    assert action.standing.current == 3
    assert action.strip[-4:] == ("before", "yes", "yes", "yes")


def test_the_rule_shown_is_the_one_that_judges() -> None:
    old, new = rule("2026-11-02", weekly(2)), rule("2026-11-18", weekly(3))
    of = habit(old, new)
    assert only(of, {}).rule == old
    assert only(of, {}, d("2026-11-23")).rule == new


def test_notes_and_streams_are_shown_by_name() -> None:
    of = habit(rule("2026-11-22"))._replace(stream="s1")
    past = History(marks={DAY.toordinal(): "yes"}, notes={DAY.toordinal(): "late"})
    shown = replace(book((of, past)), streams=by_id(Stream("s1", "news", "Newsletter")))
    (action,) = today(shown, DAY).actions
    assert (action.stream_name, action.note) == ("Newsletter", "late")
    (gone,) = today(book((of, past)), DAY).actions
    assert gone.stream_name == ""


def test_the_most_urgent_comes_first() -> None:
    def line(name: str, letters: str, schedule: Schedule = DAILY, order: int = 0) -> tuple[Habit, History]:
        of = habit(rule("2026-11-09", schedule), name=name)._replace(order=Decimal(order))
        return of, history(marks("2026-11-09", letters))

    view = today(
        book(
            line("rest", "y", on(1)),
            line("new b", ""),
            line("new a", ""),
            line("new first", "", order=-1),
            line("month", "y", monthly(1)),
            line("answered short", "yyyyyyy yyynyyy"),
            line("answered long", "yyyyyyy yyyyyyy"),
            line("tonight short", "yyyyyyy nyyyyy"),
            line("tonight long", "yyyyyyy yyyyyy"),
            line("tonight week", "yy_____ y", weekly(2)),
        ),
        DAY,
    )
    assert [action.habit.name for action in view.actions] == [
        "tonight long",
        "tonight short",
        "tonight week",
        "new first",
        "new a",
        "new b",
        "answered long",
        "answered short",
        "month",
        "rest",
    ]
    assert [action.group for action in view.actions] == [*["tonight"] * 3, *["open"] * 3, *["answered"] * 3, "rest"]
    assert (view.open, view.done, view.skipped) == (6, 3, 0)


def test_the_view_of_a_past_day_knows_nothing_later() -> None:
    of = habit(rule("2026-11-16"))
    action = only(of, marks("2026-11-16", "yyyyyyy"), d("2026-11-18"))
    assert (action.standing.current, action.group) == (3, "answered")


def test_a_check_in_works_out_its_own_habit_only() -> None:
    kept, changed = habit(rule("2026-11-16"), name="kept"), habit(rule("2026-11-16"), name="changed")
    past = history(marks("2026-11-16", "yyy"))
    before = {action.habit.id: action for action in today(book((kept, past), (changed, past)), DAY).actions}
    later = history(marks("2026-11-16", "yyyyyyy"))
    after = {action.habit.id: action for action in today(book((kept, past), (changed, later)), DAY).actions}
    assert after["kept"].standing is before["kept"].standing
    assert (before["changed"].standing.current, after["changed"].standing.current) == (0, 7)
    other_week = today(book((kept._replace(rules=(rule("2026-11-16", weekly(1)),)), past)), DAY).actions[0]
    assert other_week.standing.unit == "week"


@pytest.mark.parametrize(
    ("schedule", "letters", "next_due"),
    [
        (on(1, 3), "", "2026-11-23"),
        (every(3, "2026-11-21"), "", "2026-11-24"),
        (after(5), "____y", "2026-11-25"),
        (weekly(2), "", None),
        (DAILY, "", None),
    ],
)
def test_what_is_not_due_says_when_it_is_next(schedule: Schedule, letters: str, next_due: str | None) -> None:
    action = only(habit(rule("2026-11-16", schedule)), marks("2026-11-16", letters))
    assert action.next_due == (d(next_due) if next_due else None)


def test_what_is_paused_is_not_due_soon() -> None:
    action = only(habit(rule("2026-11-16", on(1))), {}, DAY, (d("2026-11-20"), d("2026-12-25")))
    assert (action.group, action.next_due) == ("rest", None)
    back = only(habit(rule("2026-11-16", on(1))), {}, DAY, (d("2026-11-23"), d("2026-11-29")))
    assert back.next_due == d("2026-11-30")
