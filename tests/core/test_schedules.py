import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pitrack.core.model import Schedule
from pitrack.core.schedules import (
    FOREVER,
    Span,
    Unit,
    falls_on,
    frequency,
    next_days,
    period_of,
    periods_within,
    span_at,
    spans_in_force,
    spans_judged,
    weekday_of,
)
from tests.core.habits import DAILY, after, d, every, habit, monthly, on, rule, weekly, window


def at(text: str) -> int:
    return d(text).toordinal()


@given(st.dates())
def test_weekdays_are_those_of_the_calendar(day: dt.date) -> None:
    assert weekday_of(day.toordinal()) == day.isoweekday()


def test_only_chosen_weekdays_are_due() -> None:
    picked = rule("2026-11-16", on(1, 5))
    assert [falls_on(picked, at("2026-11-16") + n) for n in range(7)] == [True, *[False] * 3, True, False, False]
    assert falls_on(rule("2026-11-16", weekly(1)), at("2026-11-22"))


def test_every_few_days_from_an_anchor_or_from_the_first_day_of_the_rule() -> None:
    thirds = [falls_on(rule("2026-11-16", every(3)), at("2026-11-15") + n) for n in range(5)]
    assert thirds == [False, True, False, False, True]
    anchored = [falls_on(rule("2026-11-16", every(3, "2026-12-26")), at("2026-11-25") + n) for n in range(5)]
    assert anchored == [False, True, False, False, True]


@pytest.mark.parametrize(
    ("unit", "day", "week_start", "first", "last"),
    [
        ("day", "2026-11-22", 1, "2026-11-22", "2026-11-22"),
        ("week", "2026-11-22", 1, "2026-11-16", "2026-11-22"),
        ("week", "2026-11-22", 7, "2026-11-22", "2026-11-28"),
        ("week", "2026-12-31", 1, "2026-12-28", "2027-01-03"),
        ("month", "2028-02-29", 1, "2028-02-01", "2028-02-29"),
        ("month", "2026-02-10", 1, "2026-02-01", "2026-02-28"),
        ("month", "2026-12-31", 1, "2026-12-01", "2026-12-31"),
        ("month", "9999-12-31", 1, "9999-12-01", "9999-12-31"),
    ],
)
def test_periods_follow_the_calendar(unit: Unit, day: str, week_start: int, first: str, last: str) -> None:
    assert period_of(unit, at(day), week_start) == (at(first), at(last) + 1)


@pytest.mark.parametrize(
    ("schedule", "expected"),
    [
        (DAILY, (1, 1)),
        (on(1, 3, 5), (3, 7)),
        (weekly(2), (2, 7)),
        (weekly(9), (7, 7)),
        (monthly(4), (4, 30)),
        (window(3, 14), (3, 14)),
        (every(3), (1, 3)),
        (after(10), (1, 10)),
    ],
)
def test_mean_frequency(schedule: Schedule, expected: tuple[int, int]) -> None:
    assert frequency(schedule) == expected


def test_a_rule_is_in_force_from_its_day_on_and_the_first_one_before() -> None:
    old, new = rule("2026-11-10"), rule("2026-11-20", weekly(2))
    assert spans_in_force(habit(old, new), at("2026-11-01")) == (
        Span(old, at("2026-11-01"), at("2026-11-20")),
        Span(new, at("2026-11-20"), FOREVER),
    )


def test_a_week_is_judged_whole_by_the_rule_of_its_first_day() -> None:
    old, new = rule("2026-11-02", weekly(2)), rule("2026-11-18", weekly(4))
    spans = spans_judged(habit(old, new), at("2026-11-02"), week_start=1)
    assert spans == (Span(old, at("2026-11-02"), at("2026-11-23")), Span(new, at("2026-11-23"), FOREVER))
    assert span_at(spans, at("2026-11-22")).rule == old


def test_a_change_on_the_first_day_of_a_week_takes_effect_on_it() -> None:
    old, new = rule("2026-11-02", weekly(2)), rule("2026-11-16", weekly(4))
    assert spans_judged(habit(old, new), at("2026-11-02"), week_start=1)[1].first == at("2026-11-16")
    assert spans_judged(habit(old, new), at("2026-11-02"), week_start=7)[1].first == at("2026-11-22")


def test_another_unit_takes_effect_at_once() -> None:
    old, new = rule("2026-11-02", weekly(2)), rule("2026-11-18")
    assert spans_judged(habit(old, new), at("2026-11-02"), week_start=1)[0].end == at("2026-11-18")


def test_a_rule_without_a_period_of_its_own_judges_nothing() -> None:
    a, b, c = rule("2026-11-02", weekly(2)), rule("2026-11-17", weekly(4)), rule("2026-11-19", weekly(5))
    assert spans_judged(habit(a, b, c), at("2026-11-02"), week_start=1) == (
        Span(a, at("2026-11-02"), at("2026-11-23")),
        Span(c, at("2026-11-23"), FOREVER),
    )
    daily = rule("2026-11-19")
    assert spans_judged(habit(a, b, daily), at("2026-11-02"), week_start=1) == (
        Span(a, at("2026-11-02"), at("2026-11-19")),
        Span(daily, at("2026-11-19"), FOREVER),
    )


def test_periods_of_a_span_are_cut_by_it() -> None:
    span = Span(rule("2026-11-04", weekly(1)), at("2026-11-04"), at("2026-11-18"))
    bounds = [at("2026-11-04"), at("2026-11-09"), at("2026-11-16"), at("2026-11-18")]
    assert periods_within(span, at("2026-12-01"), 1) == bounds
    assert periods_within(span, at("2026-11-15"), 1) == bounds[:3]
    assert periods_within(span, at("2026-11-16"), 1) == bounds
    months = Span(rule("2026-01-20", monthly(1)), at("2026-01-20"), FOREVER)
    assert periods_within(months, at("2026-02-28"), 1) == [at("2026-01-20"), at("2026-02-01"), at("2026-03-01")]
    days = Span(rule("2026-01-20"), at("2026-01-20"), FOREVER)
    assert periods_within(days, at("2026-01-21"), 1) == [at("2026-01-20") + n for n in range(3)]


def test_the_next_days_of_a_rule() -> None:
    sunday = d("2026-11-22")
    assert next_days(rule("2026-11-01", on(1, 5)), sunday, 3) == (d("2026-11-23"), d("2026-11-27"), d("2026-11-30"))
    assert next_days(rule("2026-11-22", every(3)), sunday, 2) == (sunday, d("2026-11-25"))
    assert next_days(rule("2026-11-01", every(3, "2026-11-24")), sunday, 1) == (d("2026-11-24"),)
    assert next_days(rule("2026-12-01"), sunday, 2) == (d("2026-12-01"), d("2026-12-02"))
    assert next_days(rule("2026-11-01", on(1)), sunday, 0) == ()


@pytest.mark.parametrize("schedule", [weekly(3), monthly(1), window(3, 14), after(3)])
def test_what_may_fall_on_any_day_has_no_next_one(schedule: Schedule) -> None:
    assert next_days(rule("2026-11-01", schedule), d("2026-11-22"), 2) == ()


def test_the_calendar_ends() -> None:
    assert next_days(rule("2026-11-01", on(5)), dt.date.max, 2) == (dt.date.max,)  # a Friday
    assert next_days(rule("2026-11-01"), dt.date.max, 2) == (dt.date.max,)
