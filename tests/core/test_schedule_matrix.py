"""Every kind of schedule in every situation: how its days are judged, its streaks, the days left, what is asked today.

The marks are one letter a day, and the last letter is the shown day's. 16 November 2026 is a Monday.
"""

import datetime as dt
from typing import NamedTuple

import pytest

from pitrack.core.days import day_of
from pitrack.core.model import Habit, HabitKind, Mark, Schedule
from pitrack.core.streaks import current_period, timeline
from tests.core.habits import DAILY, after, d, every, habit, marks, monthly, on, rule, weekly, window
from tests.core.memory import history

ONE = dt.timedelta(1)
MONDAY, SUNDAY = 1, 7
MON_WED_FRI = on(1, 3, 5)


class Stands(NamedTuple):
    """What is known of a habit on the shown day."""

    verdicts: str
    current: int
    best: int
    breaks_in: int | None
    due: bool


def stands(of: Habit, past: dict[dt.date, Mark], day: dt.date, *paused: tuple[str, str], week_start: int = 1) -> Stands:
    known = history(past, *[(d(first), d(end)) for first, end in paused])
    judged, period = timeline(of, known, day, week_start), current_period(of, known, day, week_start)
    return Stands(judged.verdicts, judged.current, judged.best, period.breaks_in(judged.current), period.due)


def seen(
    schedule: Schedule,
    letters: str,
    *paused: tuple[str, str],
    since: str = "2026-11-16",
    first: str | None = None,
    then: tuple[str, Schedule] | None = None,
    week_start: int = MONDAY,
) -> Stands:
    """A habit from ``since`` on, with marks from ``first`` on; ``then`` another schedule takes over."""
    rules = [rule(since, schedule), *([rule(*then)] if then else [])]
    first, letters = first or since, letters.replace(" ", "")
    day = d(first) + (len(letters) - 1) * ONE
    return stands(habit(*rules), marks(first, letters), day, *paused, week_start=week_start)


def test_every_day() -> None:
    assert seen(DAILY, "_") == ("?", 0, 0, None, True)
    assert seen(DAILY, "y") == ("+", 1, 1, None, True)
    assert seen(DAILY, "yy_y_") == ("++-+?", 1, 2, 0, True)
    assert seen(DAILY, "yysy_") == ("++.+?", 3, 3, 0, True)
    assert seen(DAILY, "yys") == ("++.", 2, 2, None, False)
    assert seen(DAILY, "yy__y_", ("2026-11-18", "2026-11-20")) == ("++..+?", 3, 3, 0, True)
    assert seen(DAILY, "yyy_", first="2026-11-14") == ("+++?", 3, 3, 0, True)
    assert seen(DAILY, "y__y_", first="2026-11-13") == ("+--+?", 1, 1, 0, True)
    assert seen(DAILY, "yyyyy__y_", then=("2026-11-18", on(1, 2, 3, 4, 5))) == ("+++++..+?", 6, 6, 0, True)
    assert seen(DAILY, "yyyy_", since="2026-12-30") == ("++++?", 4, 4, 0, True)
    assert seen(DAILY, "yyy_", since="2028-02-28") == ("+++?", 3, 3, 0, True)
    assert seen(DAILY, "y_y_", since="2028-02-28") == ("+-+?", 1, 1, 0, True)


def test_chosen_weekdays() -> None:
    assert seen(MON_WED_FRI, "_") == ("?", 0, 0, None, True)
    assert seen(MON_WED_FRI, "_", since="2026-11-17") == (".", 0, 0, None, False)
    assert seen(MON_WED_FRI, "_y__y_", since="2026-11-19") == (".+..+.", 2, 2, None, False)
    assert seen(MON_WED_FRI, "y___y_") == ("+.-.+.", 1, 1, None, False)
    assert seen(MON_WED_FRI, "y_y__") == ("+.+.?", 2, 2, 0, True)
    assert seen(MON_WED_FRI, "y_s_y__y") == ("+...+..+", 3, 3, None, True)
    assert seen(MON_WED_FRI, "y______ y_", ("2026-11-18", "2026-11-21")) == ("+......+.", 2, 2, None, False)
    assert seen(MON_WED_FRI, "y__y_", first="2026-11-13") == ("+..+.", 2, 2, None, False)
    assert seen(MON_WED_FRI, "yy_y_", then=("2026-11-18", on(2, 4))) == ("+..+.", 2, 2, None, False)
    assert seen(MON_WED_FRI, "y_y_y___", since="2026-12-28") == ("+.+.+..?", 3, 3, 0, True)
    assert seen(on(2), "y______ y_", since="2028-02-22") == ("+......+.", 2, 2, None, False)


def test_twice_a_week() -> None:
    assert seen(weekly(2), "_") == ("?", 0, 0, None, True)
    assert seen(weekly(2), "y") == ("?", 0, 0, None, True)
    assert seen(weekly(2), "yy__ _", since="2026-11-19") == ("+?", 1, 1, 5, True)
    assert seen(weekly(2), "y _", since="2026-11-22") == (".?", 0, 0, None, True)
    assert seen(weekly(2), "y______ yy") == ("-+", 1, 1, None, True)
    assert seen(weekly(2), "yy_____ _______ _") == ("+-?", 0, 1, None, True)
    assert seen(weekly(2), "yy_____ ssssssy") == ("++", 2, 2, None, True)
    assert seen(weekly(2), "yy_____ sssssss _") == ("+.?", 1, 1, 5, True)
    assert seen(weekly(2), "yy_____ _______ _", ("2026-11-23", "2026-11-30")) == ("+.?", 1, 1, 5, True)
    assert seen(weekly(2), "y__y_", since="2026-11-19", first="2026-11-16") == ("+", 1, 1, None, False)
    assert seen(weekly(1), "y______ yy", then=("2026-11-18", weekly(3))) == ("+?", 1, 1, 5, True)
    assert seen(weekly(2), "yyyy_", then=("2026-11-18", DAILY)) == ("+++?", 3, 3, 0, True)
    assert seen(weekly(2), "y___y__ y", since="2026-12-28") == ("+?", 1, 1, 6, True)
    assert seen(weekly(1), "_y_____ _", since="2028-02-28") == ("+?", 1, 1, 6, True)


def test_twice_a_month() -> None:
    november = "yy" + "_" * 28
    assert seen(monthly(2), "_") == ("?", 0, 0, None, True)
    assert seen(monthly(2), "yy _", since="2026-11-29") == ("+?", 1, 1, 29, True)
    assert seen(monthly(2), "y_ _", since="2026-11-29") == (".?", 0, 0, None, True)
    assert seen(monthly(2), "y" + "_" * 29 + "yy", since="2026-11-01") == ("-+", 1, 1, None, True)
    assert seen(monthly(2), november + "_" * 31 + "_", since="2026-11-01") == ("+-?", 0, 1, None, True)
    assert seen(monthly(2), november + "s" * 30 + "y", since="2026-11-01") == ("++", 2, 2, None, True)
    december = ("2026-12-01", "2027-01-01")
    assert seen(monthly(2), november + "_" * 32, december, since="2026-11-01") == ("+.?", 1, 1, 29, True)
    assert seen(monthly(2), "yy" + "_" * 14, first="2026-11-01") == ("+", 1, 1, None, False)
    more = seen(monthly(1), "y" + "_" * 29 + "yy", since="2026-11-01", then=("2026-11-20", monthly(3)))
    assert more == ("+?", 1, 1, 29, True)
    cut = seen(monthly(2), "yy" + "_" * 17 + "y__ _", since="2026-11-01", then=("2026-11-18", weekly(1)))
    assert cut == ("++?", 2, 2, 6, True)
    assert seen(monthly(2), "yy" + "_" * 29 + "y", since="2026-12-01") == ("+?", 1, 1, 30, True)
    assert seen(monthly(29), "y" * 29 + "_", since="2028-02-01") == ("+?", 1, 1, 2, True)
    assert seen(monthly(29), "y" * 28 + "_", since="2027-02-01") == ("+?", 1, 1, 2, True)


def test_two_in_any_three_days() -> None:
    assert seen(window(2, 3), "_") == ("?", 0, 0, None, True)
    assert seen(window(2, 3), "y") == (".", 0, 0, None, True)
    assert seen(window(2, 3), "yy") == (".+", 1, 1, None, True)
    assert seen(window(2, 3), "__y") == ("..?", 0, 0, None, True)
    assert seen(window(2, 3), "yy__y_") == (".++--?", 0, 2, None, True)
    assert seen(window(2, 3), "yyy_") == (".+++", 3, 3, 1, False)
    assert seen(window(2, 3), "yyy__") == (".+++?", 3, 3, 0, True)
    assert seen(window(2, 3), "yys_") == (".+.+", 2, 2, 1, False)
    assert seen(window(2, 3), "yyss__") == (".+..+?", 2, 2, 0, True)
    assert seen(window(2, 3), "yy____", ("2026-11-18", "2026-11-20")) == (".+..+?", 2, 2, 0, True)
    assert seen(window(2, 3), "yy_", first="2026-11-14") == (".++", 2, 2, 1, False)
    assert seen(DAILY, "yy_y", then=("2026-11-18", window(2, 3))) == ("++++", 4, 4, None, True)
    assert seen(window(2, 3), "yy_y_", since="2026-12-30") == (".+++?", 3, 3, 0, True)
    assert seen(window(2, 3), "y_y_", since="2028-02-27") == ("..+?", 1, 1, 0, True)


def test_every_third_day() -> None:
    assert seen(every(3), "_") == ("?", 0, 0, None, True)
    assert seen(every(3, "2026-11-18"), "__y_") == ("..+.", 1, 1, None, False)
    assert seen(every(3), "y__y_____y") == ("+..+..-..+", 1, 2, None, True)
    assert seen(every(3), "y__y___") == ("+..+..?", 2, 2, 0, True)
    assert seen(every(3), "y___y__") == ("+..-..?", 0, 1, None, True)
    assert seen(every(3), "y__s__y") == ("+.....+", 2, 2, None, True)
    assert seen(every(3), "y_____y", ("2026-11-19", "2026-11-20")) == ("+.....+", 2, 2, None, True)
    assert seen(every(3), "y__y_", first="2026-11-13") == ("+..+.", 2, 2, None, False)
    assert seen(every(3), "y_y_", first="2026-11-14") == ("..+.", 1, 1, None, False)
    assert seen(every(3), "y__yy_y_", then=("2026-11-20", every(2))) == ("+..++.+.", 4, 4, None, False)
    assert seen(every(3), "y__y_", since="2026-12-30") == ("+..+.", 2, 2, None, False)
    assert seen(every(3), "y__y___", since="2028-02-26") == ("+..+..?", 2, 2, 0, True)


def test_three_days_after_the_last_time() -> None:
    assert seen(after(3), "_") == ("?", 0, 0, None, True)
    assert seen(after(3), "__") == (".?", 0, 0, None, True)
    assert seen(after(3), "___y") == ("..-+", 1, 1, None, True)
    assert seen(after(3), "y___y") == ("+..-+", 1, 1, None, True)
    assert seen(after(3), "y_") == ("+.", 1, 1, 2, False)
    assert seen(after(3), "y___") == ("+..?", 1, 1, 0, True)
    assert seen(after(3), "yy_") == ("++.", 2, 2, 2, False)
    assert seen(after(3), "y_s__") == ("+...?", 1, 1, 0, True)
    assert seen(after(3), "y____y", ("2026-11-17", "2026-11-19")) == ("+....+", 2, 2, None, True)
    assert seen(after(3), "y__", first="2026-11-14") == ("+..", 1, 1, 1, False)
    assert seen(DAILY, "yyy__y", then=("2026-11-19", after(3))) == ("+++..+", 4, 4, None, True)
    assert seen(DAILY, "yyy_", then=("2026-11-19", after(3))) == ("+++.", 3, 3, 2, False)
    assert seen(after(3), "y__y_", since="2026-12-30") == ("+..+.", 2, 2, 2, False)
    assert seen(after(3), "y___", since="2028-02-27") == ("+..?", 1, 1, 0, True)


def test_the_days_after_the_last_time_are_counted_from_the_rules_own_beginning() -> None:
    assert seen(DAILY, "____", then=("2026-11-17", after(2))) == ("-.-?", 0, 0, None, True)
    assert seen(DAILY, "yy_____", then=("2026-11-19", after(3))) == ("++-..-?", 0, 2, None, True)


def test_a_coming_pause_moves_the_last_day_that_keeps_a_streak() -> None:
    before_it = ("2026-11-24", "2026-11-27")
    assert seen(weekly(2), "yy_____ _", before_it) == ("+?", 1, 1, 5, True)
    assert seen(weekly(2), "yy_____ y", before_it) == ("+?", 1, 1, 6, True)
    november, most = "yy" + "_" * 28, ("2026-12-02", "2026-12-31")
    assert seen(monthly(2), november + "_", most, since="2026-11-01") == ("+?", 1, 1, 0, True)
    assert seen(monthly(2), november + "y", most, since="2026-11-01") == ("+?", 1, 1, 30, True)
    assert seen(window(2, 3), "yy_", ("2026-11-19", "2026-11-21")) == (".++", 2, 2, 3, False)
    assert seen(after(3), "y_", ("2026-11-18", "2026-11-20")) == ("+.", 1, 1, 4, False)


def test_what_a_new_rule_ends_or_has_lost_already_is_not_at_stake() -> None:
    assert seen(window(2, 3), "yy_", then=("2026-11-19", DAILY)) == (".++", 2, 2, None, False)
    assert seen(weekly(2), "yy_____ _", then=("2026-11-25", DAILY)) == ("+?", 1, 1, None, True)
    # Three in three days cannot be reached any more when the new window has filled.
    assert seen(DAILY, "yyn_", then=("2026-11-18", window(3, 3))) == ("++.?", 2, 2, None, True)
    assert seen(DAILY, "yyn__", then=("2026-11-18", window(3, 3))) == ("++..?", 2, 2, None, True)


@pytest.mark.parametrize(
    ("schedule", "letters", "monday", "sunday"),
    [
        (DAILY, "yyyyyyyy_", ("++++++++?", 8, 8, 0, True), ("++++++++?", 8, 8, 0, True)),
        (on(7, 1), "yy_____ y_", ("++.....+?", 3, 3, 0, True), ("++.....+?", 3, 3, 0, True)),
        # The 15th is a Sunday: a week's last day, or its first.
        (weekly(2), "yy_____ _", (".?", 0, 0, None, True), ("+?", 1, 1, 5, True)),
        (weekly(2), "_yy____ _", (".+", 1, 1, None, False), ("+?", 1, 1, 5, True)),
        (monthly(1), "y" + "_" * 15 + "_", ("+?", 1, 1, 30, True), ("+?", 1, 1, 30, True)),
        (window(2, 3), "yy_y_", (".+++?", 3, 3, 0, True), (".+++?", 3, 3, 0, True)),
        (every(3), "y__y_", ("+..+.", 2, 2, None, False), ("+..+.", 2, 2, None, False)),
        (after(3), "y__y_", ("+..+.", 2, 2, 2, False), ("+..+.", 2, 2, 2, False)),
    ],
)
def test_weeks_alone_depend_on_the_day_they_begin_on(
    schedule: Schedule, letters: str, monday: Stands, sunday: Stands
) -> None:
    assert seen(schedule, letters, since="2026-11-15") == monday
    assert seen(schedule, letters, since="2026-11-15", week_start=SUNDAY) == sunday


@pytest.mark.parametrize(
    ("kind", "schedule", "letters", "expected"),
    [
        ("at_least", DAILY, "54_5", ("+--+", 1, 1, None, True)),
        ("at_least", weekly(2), "5_7____ 4", ("+?", 1, 1, 5, True)),
        ("at_least", window(2, 3), "55_4_", (".++-?", 0, 2, None, True)),
        ("at_least", every(2), "5_4_5", ("+.-.+", 1, 1, None, True)),
        ("at_least", after(2), "5_4_", ("+.-?", 0, 1, None, True)),
        # A limit is kept only when its day has ended, and an absent day is unknown.
        ("at_most", DAILY, "55", ("+?", 1, 1, None, True)),
        ("at_most", DAILY, "59_5_", ("+--+?", 1, 1, 0, True)),
        ("at_most", weekly(2), "55_____ 5", ("+?", 1, 1, 6, True)),
        ("at_most", window(2, 3), "55_", (".++", 2, 2, 1, False)),
        ("at_most", window(2, 3), "555", (".++", 2, 2, None, False)),
        ("at_most", every(2), "5_5", ("+.?", 1, 1, None, True)),
        ("at_most", after(2), "5_5", ("+.?", 1, 1, None, True)),
    ],
)
def test_amounts(kind: HabitKind, schedule: Schedule, letters: str, expected: Stands) -> None:
    letters = letters.replace(" ", "")
    of, day = habit(rule("2026-11-16", schedule, kind, 5)), d("2026-11-15") + len(letters) * ONE
    assert stands(of, marks("2026-11-16", letters), day) == expected


@pytest.mark.parametrize(
    ("schedule", "letters", "expected"),
    [
        (DAILY, "__", ("+?", 1, 1, None, True)),
        (DAILY, "__1_", ("++-?", 0, 2, None, True)),
        # What keeps itself is not at stake, until only today can mend it.
        (weekly(5), "_______ _", ("+?", 1, 1, None, True)),
        (weekly(5), "_______ 11_", ("+?", 1, 1, None, True)),
        (weekly(5), "_______ 111", ("+?", 1, 1, 0, True)),
        (weekly(5), "_______ 1111", ("+?", 1, 1, None, True)),
        (window(2, 3), "___", (".++", 2, 2, None, False)),
        (window(2, 3), "__s", (".+.", 1, 1, None, False)),
        (every(2), "___", ("+.?", 1, 1, None, True)),
        (after(2), "___", ("++.", 2, 2, None, False)),
        (after(2), "__s", ("++.", 2, 2, None, False)),
    ],
)
def test_absence_that_is_a_success_keeps_itself(schedule: Schedule, letters: str, expected: Stands) -> None:
    letters = letters.replace(" ", "")
    of = habit(rule("2026-11-16", schedule, "at_most", 0), absent_is_success=True)
    assert stands(of, marks("2026-11-16", letters), d("2026-11-15") + len(letters) * ONE) == expected


@pytest.mark.parametrize(
    ("schedule", "from_three", "from_midnight"),
    [
        (DAILY, "+++", "-++?"),
        (MON_WED_FRI, "+.+", "-.+."),
        (weekly(3), "+", "?"),
        (monthly(3), "+", "?"),
        (window(2, 3), ".++", "..++"),
        (every(2), "+.+", "-.+."),
        (after(2), "+++", ".++."),
    ],
)
def test_a_day_that_starts_at_three_in_the_night(schedule: Schedule, from_three: str, from_midnight: str) -> None:
    done = [dt.datetime(2026, 11, 17, 2, 59), dt.datetime(2026, 11, 18, 0, 30), dt.datetime(2026, 11, 18, 23, 0)]
    now, of = dt.datetime(2026, 11, 19, 2, 0), habit(rule("2026-11-16", schedule))
    for day_start, verdicts in ((3, from_three), (0, from_midnight)):
        past: dict[dt.date, Mark] = {day_of(wall, day_start): "yes" for wall in done}
        assert stands(of, past, day_of(now, day_start)).verdicts == verdicts


@pytest.mark.parametrize(
    ("wall", "since", "schedule", "verdicts"),
    [
        ("2026-11-23 02:30", "2026-11-16", weekly(1), "+?"),  # still Sunday
        ("2026-12-01 02:30", "2026-11-16", monthly(1), "+?"),  # still November
        ("2027-01-01 02:30", "2026-12-31", DAILY, "+?"),
        ("2028-03-01 02:30", "2028-02-29", every(2), "+."),
    ],
)
def test_a_late_night_belongs_to_the_period_before(wall: str, since: str, schedule: Schedule, verdicts: str) -> None:
    late = dt.datetime.fromisoformat(wall)
    past: dict[dt.date, Mark] = {day_of(late, 3): "yes"}
    noon = late.replace(hour=12, minute=0)
    assert stands(habit(rule(since, schedule)), past, day_of(noon, 3)).verdicts == verdicts


@pytest.mark.parametrize("schedule", [DAILY, MON_WED_FRI, weekly(2), monthly(2), window(2, 3), every(3), after(3)])
def test_before_its_first_day_nothing_is_judged(schedule: Schedule) -> None:
    found = stands(habit(rule("2026-11-18", schedule)), marks("2026-11-19", "yy"), d("2026-11-15"))
    assert found[:4] == ("", 0, 0, None)
