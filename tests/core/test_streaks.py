import datetime as dt
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pitrack.core.model import Habit, History, Schedule
from pitrack.core.streaks import Run, Timeline, current_period, timeline
from tests.core.habits import DAILY, after, d, habit, marks, monthly, on, rule, weekly, window
from tests.core.memory import history

MONDAY, SUNDAY = 1, 7


def judge(
    of: Habit, first: str, letters: str, day: str, *paused: tuple[str, str], week_start: int = MONDAY
) -> Timeline:
    """The timeline on ``day`` of marks given by letters from ``first`` on."""
    pauses = [(d(begin), d(end)) for begin, end in paused]
    return timeline(of, history(marks(first, letters), *pauses), d(day), week_start)


def stake(of: Habit, first: str, letters: str, day: str, *paused: tuple[str, str]) -> int | None:
    """In how many days the streak breaks."""
    past = history(marks(first, letters), *[(d(begin), d(end)) for begin, end in paused])
    return current_period(of, past, d(day), MONDAY).breaks_in(timeline(of, past, d(day), MONDAY).current)


@pytest.mark.parametrize(
    ("letters", "verdicts", "current", "best"),
    [
        ("", "?", 0, 0),
        ("y", "+", 1, 1),
        ("n", "?", 0, 0),
        ("s", ".", 0, 0),
        ("yyy", "+++", 3, 3),
        ("yyy_", "+++?", 3, 3),
        ("yyyn", "+++?", 3, 3),
        ("yyy__", "+++-?", 0, 3),
        ("yyny", "++-+", 1, 2),
        ("yysy", "++.+", 3, 3),
        ("yysss_", "++...?", 2, 2),
        ("5y0y", "++-+", 1, 2),
    ],
)
def test_daily(letters: str, verdicts: str, current: int, best: int) -> None:
    day = d("2026-11-16") + dt.timedelta(max(len(letters) - 1, 0))
    judged = judge(habit(rule("2026-11-16")), "2026-11-16", letters, day.isoformat())
    assert (judged.verdicts, judged.current, judged.best) == (verdicts, current, best)


def test_a_paused_day_is_like_a_skipped_one() -> None:
    judged = judge(habit(rule("2026-11-16")), "2026-11-16", "yy_ny", "2026-11-20", ("2026-11-18", "2026-11-20"))
    assert judged.verdicts == "++..+"
    open_end = judge(habit(rule("2026-11-16")), "2026-11-16", "yy", "2026-11-20", ("2026-11-18", "9999-12-31"))
    assert (open_end.verdicts, open_end.current) == ("++...", 2)


def test_pauses_may_overlap_and_begin_before_the_habit() -> None:
    pauses = (("2026-11-01", "2026-11-18"), ("2026-11-17", "2026-11-19"))
    assert judge(habit(rule("2026-11-16")), "2026-11-19", "y", "2026-11-19", *pauses).verdicts == "...+"


def test_a_back_filled_day_before_the_first_rule_counts() -> None:
    assert judge(habit(rule("2026-11-16")), "2026-11-14", "yyyy", "2026-11-17").current == 4
    assert judge(habit(rule("2026-11-16")), "2026-11-13", "y__yy", "2026-11-17").verdicts == "+--++"


def test_later_check_ins_are_not_looked_at() -> None:
    assert judge(habit(rule("2026-11-16")), "2026-11-16", "yyyyyy", "2026-11-17").verdicts == "++"


@pytest.mark.parametrize(("first", "day"), [("2025-12-30", "2026-01-02"), ("2028-02-27", "2028-03-01")])
def test_a_daily_streak_runs_over_the_year_end_and_the_leap_day(first: str, day: str) -> None:
    assert judge(habit(rule(first)), first, "yyyy", day).verdicts == "++++"


def test_chosen_weekdays_are_neutral_on_the_others() -> None:
    workdays = habit(rule("2026-11-18", on(1, 2, 3, 4, 5)))
    judged = judge(workdays, "2026-11-18", "yyy __ yy", "2026-11-25")
    assert (judged.verdicts, judged.current) == ("+++..++?", 5)
    assert judge(workdays, "2026-11-18", "yyyyyy_y", "2026-11-25").verdicts == "+++..+-+"


def test_at_least_asks_for_its_target() -> None:
    least = habit(rule("2026-11-16", kind="at_least", target=5))
    assert judge(least, "2026-11-16", "549yns4", "2026-11-22").verdicts == "+-++-.?"


def test_at_most_is_met_when_its_day_has_ended() -> None:
    most = habit(rule("2026-11-16", kind="at_most", target=5))
    assert judge(most, "2026-11-16", "056yns_5", "2026-11-23").verdicts == "++-+-.-?"
    assert judge(most, "2026-11-16", "55y", "2026-11-18").verdicts == "++?"
    assert judge(most, "2026-11-16", "55y", "2026-11-19").verdicts == "+++?"


def test_absence_is_success_where_the_habit_says_so() -> None:
    none = habit(rule("2026-11-16", kind="at_most", target=0), absent_is_success=True)
    assert judge(none, "2026-11-16", "__1__", "2026-11-20").verdicts == "++-+?"


# Weeks: 2026-11-02, -09, -16 and -23 are Mondays.


@pytest.mark.parametrize(
    ("letters", "day", "verdicts"),
    [
        ("yy_____ y_y____ _____yy", "2026-11-22", "+++"),
        ("yy_____ y______ yy", "2026-11-17", "+-+"),
        ("yy_____ y______ y", "2026-11-22", "+-?"),
        ("yy_____ ysssss_ ", "2026-11-16", "+-?"),
        ("yy_____ yssssss ", "2026-11-16", "++?"),
        ("yy_____ sssssss yy", "2026-11-22", "+.+"),
        ("yy_____ nnnnnnn", "2026-11-16", "+-?"),
        ("yyyyyyy", "2026-11-08", "+"),
    ],
)
def test_twice_a_week(letters: str, day: str, verdicts: str) -> None:
    assert judge(habit(rule("2026-11-02", weekly(2))), "2026-11-02", letters, day).verdicts == verdicts


def test_a_paused_week_is_neutral_and_a_shortened_one_asks_less() -> None:
    thrice = habit(rule("2026-11-02", weekly(3)))
    judged = judge(thrice, "2026-11-02", "yyy", "2026-11-22", ("2026-11-09", "2026-11-16"))
    assert (judged.verdicts, judged.current) == ("+.?", 1)
    assert judge(thrice, "2026-11-02", "y_y", "2026-11-09", ("2026-11-04", "2026-11-08")).verdicts == "-?"
    assert judge(thrice, "2026-11-02", "yy", "2026-11-09", ("2026-11-04", "2026-11-09")).verdicts == "+?"


@pytest.mark.parametrize(
    ("letters", "verdicts"), [("yy___ yy", "++"), ("y____ yy", ".+"), ("_____ yy", ".+"), ("yyyyy __", "+?")]
)
def test_a_partial_first_week_counts_if_met(letters: str, verdicts: str) -> None:
    assert judge(habit(rule("2026-11-11", weekly(2))), "2026-11-11", letters, "2026-11-18").verdicts == verdicts


def test_back_filling_makes_the_first_week_whole() -> None:
    assert judge(habit(rule("2026-11-11", weekly(2))), "2026-11-09", "y", "2026-11-18").verdicts == "-?"
    assert judge(habit(rule("2026-11-11", weekly(2))), "2026-11-10", "y", "2026-11-18").verdicts == ".?"


def test_a_week_begins_on_the_day_the_book_says() -> None:
    twice = habit(rule("2026-11-01", weekly(2)))
    # Sunday 8 and Monday 9: one week from Sunday, two weeks from Monday.
    assert judge(twice, "2026-11-08", "yy", "2026-11-15", week_start=SUNDAY).verdicts == "-+?"
    assert judge(twice, "2026-11-08", "yy", "2026-11-15", week_start=MONDAY).verdicts == ".-?"


def test_weeks_over_the_year_end() -> None:
    judged = judge(habit(rule("2025-12-22", weekly(2))), "2025-12-22", "yy_____ __y___y", "2026-01-05")
    assert (judged.verdicts, judged.current) == ("++?", 2)


def test_amounts_a_week_count_the_days_that_reach_the_target() -> None:
    least = habit(rule("2026-11-02", weekly(2), "at_least", 5))
    assert judge(least, "2026-11-02", "5_7____ 444444_ 9y", "2026-11-17").verdicts == "+-+"
    most = habit(rule("2026-11-02", weekly(2), "at_most", 5))
    assert judge(most, "2026-11-02", "5_7_0__ 9_9_9_1 11", "2026-11-17").verdicts == "+-?"
    assert judge(most, "2026-11-02", "5_7_0__ 9_9_9_1 11", "2026-11-18").verdicts == "+-+"


def test_months_of_every_length() -> None:
    once = habit(rule("2028-01-01", monthly(1)))
    past = {d("2028-01-31"): "yes", d("2028-02-29"): "yes", d("2028-04-01"): "yes"}
    assert timeline(once, history(past), d("2028-04-30"), MONDAY).verdicts == "++-+"
    assert timeline(once, history(past), d("2028-03-31"), MONDAY).verdicts == "++?"
    every = habit(rule("2028-02-01", monthly(31)))
    whole = history(marks("2028-02-01", "y" * 29))
    assert timeline(every, whole, d("2028-03-01"), MONDAY).verdicts == "+?"


def test_a_paused_month_and_a_partial_first_one() -> None:
    twice = habit(rule("2025-11-20", monthly(2)))
    past = {d("2025-11-20"): "yes", d("2026-01-01"): "yes", d("2026-01-02"): "yes"}
    judged = timeline(twice, history(past, (d("2025-12-01"), d("2026-01-01"))), d("2026-01-02"), MONDAY)
    assert (judged.verdicts, judged.current) == ("..+", 1)


def test_a_streak_carries_over_a_change_of_rule() -> None:
    stricter = habit(rule("2026-11-16", kind="at_least", target=5), rule("2026-11-19", kind="at_least", target=8))
    assert judge(stricter, "2026-11-16", "555558", "2026-11-21").verdicts == "+++--+"
    slower = habit(rule("2026-11-02"), rule("2026-11-09", weekly(1)))
    judged = judge(slower, "2026-11-02", "yyyyyyy ___y___ y", "2026-11-16")
    assert (judged.verdicts, judged.current) == ("+++++++++", 9)


def test_a_new_number_a_week_begins_with_the_next_week() -> None:
    more = habit(rule("2026-11-02", weekly(1)), rule("2026-11-11", weekly(3)))
    assert judge(more, "2026-11-02", "y______ y______ y______", "2026-11-23").verdicts == "++-?"


def test_a_week_cut_by_a_daily_rule_counts_if_met() -> None:
    faster = habit(rule("2026-11-02", weekly(2)), rule("2026-11-11"))
    assert judge(faster, "2026-11-02", "yy_____ yy y", "2026-11-11").verdicts == "+++"
    assert judge(faster, "2026-11-02", "yy_____ y_ y", "2026-11-11").verdicts == "+.+"


def test_a_week_begun_by_a_slower_rule_is_partial() -> None:
    slower = habit(rule("2026-11-09"), rule("2026-11-12", weekly(2)))
    assert judge(slower, "2026-11-09", "yyy y___ yy", "2026-11-17").verdicts == "+++.+"


def test_runs_have_their_days() -> None:
    judged = judge(habit(rule("2026-11-09")), "2026-11-09", "yysy_ynyss", "2026-11-18")
    assert list(judged.runs()) == [
        Run(d("2026-11-09"), d("2026-11-12"), 3),
        Run(d("2026-11-14"), d("2026-11-14"), 1),
        Run(d("2026-11-16"), d("2026-11-16"), 1),
    ]


def test_runs_of_weeks_end_with_the_week_or_with_the_shown_day() -> None:
    twice = habit(rule("2026-11-04", weekly(2)))
    judged = judge(twice, "2026-11-04", "yy___ _______ yy_____ yy", "2026-11-24")
    assert list(judged.runs()) == [
        Run(d("2026-11-04"), d("2026-11-08"), 1),
        Run(d("2026-11-16"), d("2026-11-24"), 2),
    ]


@pytest.mark.parametrize(
    ("schedule", "letters", "day", "days_left"),
    [
        (DAILY, "", "2026-11-16", None),
        (DAILY, "y", "2026-11-16", None),
        (DAILY, "y", "2026-11-17", 0),
        (DAILY, "yn", "2026-11-17", 0),
        (DAILY, "ys", "2026-11-17", None),
        (DAILY, "y", "2026-11-18", None),
        (on(1, 3), "y", "2026-11-17", None),
        (on(1, 3), "y", "2026-11-18", 0),
        (weekly(2), "yy", "2026-11-23", 5),
        (weekly(2), "yy", "2026-11-28", 0),
        (weekly(2), "yy_____ y", "2026-11-28", 1),
        (weekly(2), "yy_____ y", "2026-11-29", 0),
        (weekly(2), "yy_____ _____y_", "2026-11-28", 1),
        (weekly(2), "yy_____ yy", "2026-11-24", None),
        (weekly(2), "yy", "2026-11-29", None),
        (weekly(2), "y", "2026-11-16", None),
        (weekly(2), "yy_____ y_____s", "2026-11-28", 0),
        (monthly(1), "y", "2026-11-30", None),
        (monthly(1), "y", "2026-12-01", 30),
        (monthly(1), "y", "2026-12-31", 0),
    ],
)
def test_days_left_before_it_breaks(schedule: Schedule, letters: str, day: str, days_left: int | None) -> None:
    assert stake(habit(rule("2026-11-16", schedule)), "2026-11-16", letters, day) == days_left


def test_a_coming_pause_takes_days_away() -> None:
    twice = habit(rule("2026-11-16", weekly(2)))
    assert stake(twice, "2026-11-16", "yy", "2026-11-25", ("2026-11-27", "2026-11-30")) == 0


def test_the_running_period_as_it_stands() -> None:
    twice = habit(rule("2026-11-16", weekly(2)))
    on_monday = current_period(twice, history(marks("2026-11-16", "y")), d("2026-11-16"), MONDAY)
    assert (on_monday.done, on_monday.target, on_monday.due, on_monday.met) == (1, 2, True, False)
    on_friday = current_period(twice, history(marks("2026-11-16", "yy")), d("2026-11-20"), MONDAY)
    assert (on_friday.done, on_friday.due, on_friday.met) == (2, False, True)
    on_tuesday = current_period(twice, history(marks("2026-11-16", "yy")), d("2026-11-17"), MONDAY)
    assert (on_tuesday.due, on_tuesday.met) == (True, True)


LETTERS = st.text("yns_", max_size=60)
SCHEDULES = st.one_of(
    st.just(DAILY),
    st.builds(weekly, st.integers(1, 7)),
    st.builds(monthly, st.integers(1, 31)),
    st.builds(lambda days: on(*days), st.sets(st.integers(1, 7), min_size=1)),
)
START = d("2025-12-10")


@given(LETTERS, st.integers(0, 60))
def test_a_skipped_day_is_as_if_it_never_existed(letters: str, at: int) -> None:
    daily = habit(rule(START.isoformat()))
    more = letters[:at] + "s" + letters[at:]
    plain = timeline(daily, history(marks(START.isoformat(), letters)), START + dt.timedelta(len(letters)), MONDAY)
    skipped = timeline(daily, history(marks(START.isoformat(), more)), START + dt.timedelta(len(more)), MONDAY)
    assert (skipped.current, skipped.best) == (plain.current, plain.best)


@given(SCHEDULES, LETTERS, st.integers(1, 7), st.randoms(use_true_random=False))
def test_the_order_of_marks_does_not_matter(
    schedule: Schedule, letters: str, week_start: int, randomly: random.Random
) -> None:
    of, past = habit(rule(START.isoformat(), schedule)), marks(START.isoformat(), letters)
    shuffled = list(past.items())
    randomly.shuffle(shuffled)
    day = START + dt.timedelta(60)
    assert timeline(of, history(dict(shuffled)), day, week_start) == timeline(of, history(past), day, week_start)


@given(
    first=SCHEDULES,
    second=SCHEDULES,
    letters=LETTERS,
    week_start=st.integers(1, 7),
    change=st.integers(-5, 70),
    after=st.integers(0, 80),
    pause=st.integers(0, 20),
)
def test_streaks_are_bounded_and_complete(
    *, first: Schedule, second: Schedule, letters: str, week_start: int, change: int, after: int, pause: int
) -> None:
    since = START.isoformat()
    rules = [rule(since, first)]
    if change > 0:
        rules.append(rule((START + dt.timedelta(change)).isoformat(), second))
    past = history(marks(since, letters), (START + dt.timedelta(20), START + dt.timedelta(20 + pause)))
    judged = timeline(habit(*rules), past, START + dt.timedelta(after), week_start)
    lengths = [run.length for run in judged.runs()]
    assert 0 <= judged.current <= judged.best <= len(judged.verdicts.replace(".", ""))
    assert judged.best == max(lengths, default=0)
    assert sum(lengths) == judged.verdicts.count("+")
    # Every day from the first on lies in exactly one period.
    bounds = [bound for stretch in judged.stretches for bound in stretch.bounds[:-1]]
    assert bounds[0] == START.toordinal()
    assert bounds == sorted(set(bounds))
    assert judged.stretches[-1].bounds[-1] > START.toordinal() + after
    ends = [stretch.bounds[-1] for stretch in judged.stretches[:-1]]
    assert ends == [stretch.bounds[0] for stretch in judged.stretches[1:]]


def test_an_empty_history_stands_at_nothing() -> None:
    judged = timeline(habit(rule("2026-11-16", weekly(2))), History(), d("2026-11-16"), MONDAY)
    assert (judged.current, judged.best, list(judged.runs())) == (0, 0, [])


@pytest.mark.parametrize(
    ("letters", "verdicts", "current"),
    [
        ("y", ".", 0),
        ("_", "?", 0),
        ("yy", ".+", 1),
        ("_yy_y", "..+++", 3),
        ("_yy__y", "..++-?", 0),
        ("yy_____", ".++---?", 0),
        ("yysssy", ".+...+", 2),
        ("y_y_y_y", "..+-+-+", 1),
        ("yy_yn", ".+++?", 3),
    ],
)
def test_two_in_any_three_days(letters: str, verdicts: str, current: int) -> None:
    day = d("2026-11-16") + dt.timedelta(len(letters) - 1)
    judged = judge(habit(rule("2026-11-16", window(2, 3))), "2026-11-16", letters, day.isoformat())
    assert (judged.verdicts, judged.current) == (verdicts, current)


@pytest.mark.parametrize(
    ("letters", "verdicts", "current"),
    [
        ("", "?", 0),
        ("y", "+", 1),
        ("__y", "..+", 1),
        ("___", "..?", 0),
        ("____", "..-?", 0),
        ("y__y__y", "+..+..+", 3),
        ("y___y", "+..-+", 1),
        ("y__sy", "+...+", 2),
        ("yyy", "+++", 3),
        ("y__", "+..", 1),
        ("y___", "+..?", 1),
        ("y_______", "+..-..-?", 0),
    ],
)
def test_every_three_days_after_the_last_time(letters: str, verdicts: str, current: int) -> None:
    day = d("2026-11-16") + dt.timedelta(max(len(letters) - 1, 0))
    judged = judge(habit(rule("2026-11-16", after(3))), "2026-11-16", letters, day.isoformat())
    assert (judged.verdicts, judged.current) == (verdicts, current)
