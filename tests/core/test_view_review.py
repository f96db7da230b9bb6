"""The review of a week or a month: what was done of what was due, what it brought, what was learnt."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pitrack.core.building import Automation, Metric, Review
from pitrack.core.days import MONDAY, SUNDAY, Month
from pitrack.core.growth import Step
from pitrack.core.model import Asset, Habit, Mark, Rule, Schedule, Settings
from pitrack.core.periods import month_of, shifted, week_named, week_of
from pitrack.core.views.review import ReviewPage, learnt, lesson_of, lessons_before, review_page, together
from tests.core.books import JOB, NEWS, PHOTOS, D, book, day, entry, rate, time
from tests.core.memory import Memory, by_id, history

TODAY = day("2026-11-22")
WEEK = week_of(TODAY, MONDAY)
BEFORE = shifted(WEEK, -1, MONDAY)
OCTOBER = month_of(Month(2026, 10))


def habit(**more: object) -> Habit:
    rule = Rule(day("2026-11-02"), **more)  # type: ignore[arg-type]
    return Habit("w", "write", "Write", (rule,))


def done(marks: str, schedule: Schedule | None = None, first: str = "2026-11-02") -> Memory:
    """A book with one habit: a letter a day from Monday 2 November on: y yes, n no, s skip, a dot for no answer."""
    start, words = day(first), {"y": "yes", "n": "no", "s": "skip"}
    given: dict[dt.date, Mark] = {
        start + dt.timedelta(days=at): words[letter]  # type: ignore[misc]
        for at, letter in enumerate(marks)
        if letter in words
    }
    one = habit(schedule=schedule or Schedule())
    return Memory(habits=by_id(one), histories={"w": history(given)})


def action(page: ReviewPage) -> tuple[int, int, int, int, bool]:
    (one,) = page.actions
    return one.met, one.due, one.streak, one.broken, one.is_kept


# Actions: three weeks from Monday 2 November; the third ends on the Sunday that is today


def test_done_of_due_and_a_streak_that_is_kept() -> None:
    page = review_page(done("y" * 14 + "yyysyyy"), WEEK, TODAY)
    # six of six, for a skipped day is not due; 14 + 6 in a row
    assert action(page) == (6, 6, 20, 0, True)
    assert (page.met, page.due, len(page.kept), len(page.broken)) == (6, 6, 1, 0)


def test_a_miss_ends_a_streak() -> None:
    # thirteen in a row, then a miss on Wednesday of the third week; Sunday is open
    page = review_page(done("n" + "y" * 13 + "yynyyy."), WEEK, TODAY)
    assert action(page) == (5, 6, 3, 15, False)
    assert (page.kept, [one.broken for one in page.broken]) == ((), [15])


def test_a_single_time_is_no_streak_yet() -> None:
    page = review_page(done("n" * 14 + "ynnnnn."), WEEK, TODAY)
    assert action(page) == (1, 6, 0, 0, False)


def test_a_streak_that_ended_before_is_not_broken_again() -> None:
    page = review_page(done("y" * 12 + "nn" + "nnnnnn."), WEEK, TODAY)
    assert action(page) == (0, 6, 0, 0, False)


def test_a_past_week_is_over_and_all_its_days_count() -> None:
    page = review_page(done("y" * 7 + "yyyyyy." + "y" * 7), BEFORE, TODAY)
    assert page.is_over
    assert action(page) == (6, 7, 0, 13, False)  # the last Sunday was missed


def test_an_open_day_counts_once_it_is_done() -> None:
    assert review_page(done("y" * 20 + "."), WEEK, TODAY).due == 6
    assert review_page(done("y" * 21), WEEK, TODAY).due == 7
    assert not review_page(done(""), WEEK, TODAY).is_over


def test_a_week_of_a_weekly_action_counts_where_it_ends() -> None:
    weekly = Schedule("week", 2)
    page = review_page(done("yy....." * 2 + "y......", weekly), WEEK, TODAY)
    # the week is not over, and not met: it is not due yet
    assert action(page) == (0, 0, 2, 0, True)
    assert action(review_page(done("yy....." * 3, weekly), WEEK, TODAY)) == (1, 1, 3, 0, True)
    # of a month those weeks that end in it; November's second and third are looked at on 22 November
    november = review_page(done("yy....." * 3, weekly), month_of(Month(2026, 11)), TODAY)
    assert action(november) == (3, 3, 3, 0, True)


def test_what_had_not_begun_or_is_archived_is_left_out() -> None:
    assert review_page(done(""), week_named(2026, 44, MONDAY) or WEEK, TODAY).actions == ()
    old = Memory(habits=by_id(habit()._replace(archived=True)), histories={})
    assert review_page(old, WEEK, TODAY).actions == ()
    assert review_page(Memory(), WEEK, TODAY).due == 0


@given(st.text("yns.", min_size=21, max_size=40), st.integers(1, 7))
def test_weeks_hold_each_day_once(marks: str, week_start: int) -> None:
    """What was met and missed in all weeks together is what was met and missed in all."""
    start = day("2026-11-02")
    snapshot = done(marks)
    last = start + dt.timedelta(days=len(marks))
    week, met, due = week_of(start, week_start), 0, 0
    while week.first <= last:
        page = review_page(snapshot, week, last)
        met, due = met + page.met, due + page.due
        week = shifted(week, 1, week_start)
    assert met == marks.count("y")
    assert due == sum(mark != "s" for mark in marks)


# Hours and money


def test_hours_by_stream_and_kind() -> None:
    times = [
        time("2026-11-16", 90),
        time("2026-11-22", 30, kind="market"),
        time("2026-11-17", 45, "photos"),
        time("2026-11-18", 15, None, kind="routine"),
        time("2026-11-15", 600),
        time("2026-11-23", 600),
    ]
    page = review_page(book((), times=times), WEEK, TODAY)
    told = [(spent.name, spent.kind, spent.hours) for spent in page.hours]
    assert told == [
        ("Newsletter", "make", D("1.5")),
        ("Newsletter", "market", D("0.5")),
        ("Stock photos", "make", D("0.75")),
        ("", "routine", D("0.25")),
    ]
    assert [(name, hours) for name, hours, _spent in page.hours_by_stream()] == [
        ("Newsletter", D(2)),
        ("Stock photos", D("0.75")),
        ("", D("0.25")),
    ]


def test_thirds_of_an_hour_add_up_to_what_they_are() -> None:
    times = [time("2026-11-16", 20), time("2026-11-17", 25, kind="market")]
    page = review_page(book((), times=times), WEEK, TODAY)
    assert together(page.hours) == D("0.75")
    assert [hours for _name, hours, _spent in page.hours_by_stream()] == [D("0.75")]
    assert f"{together(page.hours):,.1f}" == "0.8"


def test_money_of_a_month_without_the_job() -> None:
    entries = [
        entry("2026-09-30", "100"),
        entry("2026-10-01", "80"),
        entry("2026-10-31", "60", "photos", fee="6"),
        entry("2026-10-10", "20", kind="refund"),
        entry("2026-10-11", "9", kind="expense"),
        entry("2026-10-12", "30", status="pending"),
        entry("2026-10-12", "500", status="void"),
        entry("2026-10-25", "4000", "job"),
        entry("2026-11-01", "7"),
    ]
    page = review_page(book(entries, (NEWS, PHOTOS, JOB)), OCTOBER, TODAY)
    # 80 + 60 - 20 + 30 = 150, costs 6 + 9 = 15; 150 - 100 = 50, half as much again
    assert (page.income, page.expense, page.net, page.pending, page.before) == (150, 15, 135, 30, 100)
    assert page.change == Step(Fraction(50), 0.5, "percent")
    assert [(one.name, one.income, one.expense, one.is_job) for one in page.brought] == [
        ("Newsletter", 90, 9, False),
        ("Stock photos", 60, 6, False),
        ("Day job", 4000, 0, True),
    ]


def test_money_of_a_week_across_two_years() -> None:
    week = week_named(2026, 53, MONDAY)
    assert week
    entries = [entry("2026-12-28", "1"), entry("2027-01-03", "2"), entry("2026-12-27", "4"), entry("2027-01-04", "8")]
    page = review_page(book(entries), week, day("2027-01-10"))
    assert (page.income, page.before) == (3, 4)
    assert page.change == Step(Fraction(-1), -0.25, "percent")
    sunday = week_named(2026, 53, SUNDAY)
    assert sunday
    settings = Settings(store="s", week_start=SUNDAY)
    # Sunday 27 December to Saturday 2 January; before it nothing
    page = review_page(book(entries, settings=settings), sunday, day("2027-01-10"))
    assert (page.income, page.before, page.change) == (5, 0, Step(Fraction(5), None, "new"))


def test_the_open_week_has_no_change_and_ends_today() -> None:
    page = review_page(book([entry("2026-11-16", "5"), entry("2026-11-14", "4")]), WEEK, day("2026-11-20"))
    assert (page.income, page.before, page.change, page.is_over) == (5, 4, None, False)


def test_other_currencies_are_converted_or_stand_apart() -> None:
    entries = [entry("2026-11-16", "1500", currency="JPY"), entry("2026-11-17", "9", currency="EUR")]
    rates = [rate("2026-11-01", "USD", "JPY", "150")]
    page = review_page(book(entries, rates=rates), WEEK, TODAY)
    assert page.income == 10
    assert [(left.currency, left.amount) for left in page.missing_rates] == [("EUR", 9)]
    in_yen = review_page(book(entries, rates=rates), WEEK, TODAY, "JPY")
    assert (in_yen.currency, in_yen.income) == ("JPY", 1500)


# What was built and counted


def test_built_and_counted() -> None:
    assets = by_id(
        Asset("a", "a", "Guide", published=day("2026-11-16")),
        Asset("b", "b", "Book", published=day("2026-11-15")),
        Asset("c", "c", "Course"),
    )
    automations = by_id(
        Automation("x", "x", "Mailer", day("2026-11-22")), Automation("y", "y", "Later", day("2026-11-23"))
    )
    sales, paid = Metric("s", "s", "Sales"), Metric("p", "p", "Paid", kind="level")
    gone, unread = Metric("g", "g", "Gone", archived=True), Metric("u", "u", "Unread")
    read = {
        "s": {day("2026-11-09"): D(2), day("2026-11-16"): D(3), day("2026-11-20"): D(1)},
        "p": {day("2026-11-10"): D(50)},
        "g": {day("2026-11-17"): D(1)},
    }
    snapshot = Memory(assets=assets, automations=automations, metrics=by_id(sales, paid, gone, unread), read=read)
    page = review_page(snapshot, WEEK, TODAY)
    assert [one.name for one in page.published] == ["Guide"]
    assert [one.name for one in page.begun] == ["Mailer"]
    assert [(one.metric.id, one.amount, one.change) for one in page.counted] == [("s", 4, None), ("p", 50, None)]
    over = review_page(snapshot, WEEK, day("2026-11-23"))
    # 4 on 2: twice as many; 50 on 50: no change
    assert [one.change and one.change.ratio for one in over.counted] == [1.0, 0.0]


# Lessons


REVIEWS = by_id(
    Review("week|2026-W44", day("2026-11-01"), "first", "problem", "one"),
    Review("week|2026-W46", day("2026-11-15"), "second", "execution", "two"),
    Review("week|2026-W48", day("2026-11-29"), "later", "execution", "three"),
    Review("month|2026-10", day("2026-11-02"), "of October", "confidence", "four"),
    Review("month|2026-09", None),
    Review("month|2026-08", day("2026-09-02"), "without a kind"),
)


def test_lessons_before_are_told_the_newest_first() -> None:
    snapshot = Memory(reviews=REVIEWS)
    page = review_page(snapshot, WEEK, TODAY)
    assert [one.lesson for one in page.lessons] == ["second", "first", "of October", "without a kind"]
    assert page.former is not None
    assert page.former.focus == "two"
    assert page.written == Review("week|2026-W47")
    assert page.learnt == {"problem": 1, "confidence": 1, "execution": 2}
    assert [one.lesson for one in lessons_before(snapshot, OCTOBER)] == ["without a kind"]


def test_a_month_follows_the_month_reviewed_before_it() -> None:
    page = review_page(Memory(reviews=REVIEWS), month_of(Month(2026, 11)), TODAY)
    assert page.former is not None
    assert page.former.focus == "four"
    assert review_page(Memory(reviews=REVIEWS), OCTOBER, TODAY).written.lesson == "of October"
    august = review_page(Memory(reviews=REVIEWS), month_of(Month(2026, 8)), TODAY)
    assert august.former is None


@pytest.mark.parametrize(("month", "lesson"), [(10, "of October"), (9, ""), (7, "")])
def test_the_lesson_of_a_month(month: int, lesson: str) -> None:
    assert lesson_of(Memory(reviews=REVIEWS), Month(2026, month)) == lesson


def test_nothing_is_learnt_from_an_empty_book() -> None:
    assert learnt(Memory()) == {"problem": 0, "confidence": 0, "execution": 0}
