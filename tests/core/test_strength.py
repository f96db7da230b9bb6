import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pitrack.core.model import Habit, HabitKind, History, Mark, Schedule
from pitrack.core.strength import multiplier, share_at_least, share_at_most, step, strength
from tests.core.habits import DAILY, d, habit, marks, monthly, on, rule, weekly
from tests.core.memory import history

DAY = d("2026-11-22")


def score(of: Habit, past: History, day: dt.date = DAY) -> float:
    return strength(of, past, day, 1)


def ago(days: int) -> dt.date:
    return DAY - dt.timedelta(days)


def yes_on(*days_ago: int) -> History:
    return history({ago(days): "yes" for days in days_ago})


def near(value: float) -> object:
    return pytest.approx(value, abs=1e-6)


@pytest.mark.parametrize(
    ("num", "den", "previous", "share", "score"),
    [
        (1, 1, 0, 1, 0.051922),
        (1, 1, 0.5, 1, 0.525961),
        (1, 1, 0.75, 0, 0.711058),
        (1, 3, 0, 1, 0.030314),
        (1, 3, 0.5, 0, 0.484842),
    ],
)
def test_a_step_as_in_loop(num: int, den: int, previous: float, share: float, score: float) -> None:
    assert step(previous, share, num, den) == near(score)


@pytest.mark.parametrize(("days", "expected"), [(0, 0.655747), (7, 0.5), (12, 0.347244), (19, 0.051922)])
def test_twenty_days_in_a_row_as_in_loop(days: int, expected: float) -> None:
    since = habit(rule(ago(19).isoformat()))
    assert score(since, yes_on(*range(20)), ago(days)) == near(expected)


@pytest.mark.parametrize(("schedule", "gap", "times"), [(DAILY, 1, 90), (weekly(1), 7, 39), (monthly(1), 30, 18)])
def test_repetition_makes_strong(schedule: Schedule, gap: int, times: int) -> None:
    days = range(0, gap * times, gap)
    of = habit(rule(ago(days[-1]).isoformat(), schedule))
    assert score(of, yes_on(*days)) > 0.99
    assert score(of, yes_on(*days[: times // 2])) < 0.99


def test_half_of_the_amount_makes_half_the_strength() -> None:
    of = habit(rule(ago(499).isoformat(), kind="at_least", target=2))
    assert score(of, history({ago(n): Decimal(1) for n in range(500)})) == near(0.5)


def test_back_filled_days_before_the_first_rule_count() -> None:
    assert score(habit(rule(DAY.isoformat())), yes_on(*range(20))) == near(0.655747)


def test_a_missed_day_decays_and_a_skipped_or_paused_one_does_not() -> None:
    of = habit(rule("2026-11-16"))
    one = score(of, history(marks("2026-11-16", "y")), d("2026-11-16"))
    for letters in ("y_", "yn"):
        assert score(of, history(marks("2026-11-16", letters)), d("2026-11-17")) == near(one * multiplier(1, 1))
    assert score(of, history(marks("2026-11-16", "ys")), d("2026-11-17")) == near(one)
    paused = history(marks("2026-11-16", "yn"), (d("2026-11-17"), d("2026-11-19")))
    assert score(of, paused, d("2026-11-18")) == near(one)


def test_a_long_pause_does_not_hide_the_past_before_it() -> None:
    past = marks("2020-01-01", "y" * 300)
    of = habit(rule("2020-01-01"))
    before = score(of, history(past), d("2020-10-26"))
    assert score(of, history(past, (d("2020-10-27"), d("2026-12-31")))) == near(before)


def test_yes_or_no_less_than_daily_looks_at_twice_its_window() -> None:
    of = habit(rule("2026-11-09", weekly(1)))
    past = history(marks("2026-11-09", "y"))
    expected = 0.0
    for _ in range(14):
        expected = step(expected, 0.5, 1, 7)
    assert score(of, past, d("2026-11-22")) == near(expected)
    assert score(of, past, d("2026-11-23")) == near(step(expected, 0, 1, 7))


def test_weekdays_use_their_mean_frequency() -> None:
    of = habit(rule("2026-11-16", on(1, 3, 5)))
    expected = 0.0
    for share in (1 / 6, 1 / 6, 2 / 6):
        expected = step(expected, share, 3, 7)
    assert score(of, history(marks("2026-11-16", "y_y")), d("2026-11-18")) == near(expected)


def test_an_amount_a_week_sums_over_seven_days() -> None:
    of = habit(rule("2026-11-16", weekly(1), "at_least", 8))
    expected = 0.0
    for share in (2 / 8, 2 / 8, 6 / 8, 6 / 8, 1, 1, 1, 6 / 8):
        expected = step(expected, share, 1, 7)
    assert score(of, history(marks("2026-11-16", "2_4n2__0")), d("2026-11-23")) == near(expected)


def test_several_times_a_week_ask_for_the_target_each_time() -> None:
    of = habit(rule("2026-11-16", weekly(2), "at_least", 4))
    expected = step(step(0, 4 / 8, 2, 7), 1, 2, 7)
    assert score(of, history(marks("2026-11-16", "y9")), d("2026-11-17")) == near(expected)


def test_at_most_begins_at_one() -> None:
    of = habit(rule("2026-11-16", kind="at_most", target=4))
    expected = 1.0
    for share in (1.0, 1.0, 0.75, 0.0, 1.0, 0.0):
        expected = step(expected, share, 1, 1)
    assert score(of, history(marks("2026-11-16", "3459yn")), d("2026-11-21")) == near(expected)


def test_an_unknown_day_leaves_at_most_as_it_was_unless_absence_is_success() -> None:
    over = history(marks("2026-11-16", "9_"))
    unknown = habit(rule("2026-11-16", kind="at_most", target=4))
    success = habit(rule("2026-11-16", kind="at_most", target=4), absent_is_success=True)
    assert score(unknown, over, d("2026-11-17")) == near(multiplier(1, 1))
    assert score(success, over, d("2026-11-17")) == near(step(multiplier(1, 1), 1, 1, 1))


def test_targets_of_nothing() -> None:
    assert share_at_least(Decimal(0), Decimal(0)) == 1
    assert share_at_most(Decimal(0), Decimal(0)) == 1
    assert share_at_most(Decimal(1), Decimal(0)) == 0


def test_each_day_uses_the_rule_in_force_on_it() -> None:
    of = habit(rule("2026-11-16"), rule("2026-11-18", weekly(1)))
    expected = step(step(0, 1, 1, 1), 1, 1, 1)
    for share in (1, 1, 1):
        expected = step(expected, share, 1, 7)
    assert score(of, history(marks("2026-11-16", "yy")), d("2026-11-20")) == near(expected)


@pytest.mark.parametrize("kind", ["yes_no", "at_least", "at_most"])
@pytest.mark.parametrize("schedule", [DAILY, weekly(3), monthly(1)])
def test_leaving_out_the_negligible_past_changes_nothing(kind: HabitKind, schedule: Schedule) -> None:
    days = 4000
    past: dict[dt.date, Mark] = {ago(n): Decimal(n * 7 % 5) for n in range(days)}
    of = habit(rule(ago(days - 1).isoformat(), schedule, kind, None if kind == "yes_no" else 3))
    num, den = {"day": (1, 1), "week": (3, 7), "month": (1, 30)}[schedule.every]
    asked, window = (num * 2, den * 2) if kind == "yes_no" and num < den else (num, den)
    amounts = [past[ago(n)] for n in reversed(range(days))]
    values = [Decimal(bool(amount)) if kind == "yes_no" else Decimal(amount) for amount in amounts]
    target = Decimal(asked if kind == "yes_no" else 3 * num)
    share = share_at_most if kind == "at_most" else share_at_least
    expected = 1.0 if kind == "at_most" else 0.0
    for n in range(days):
        expected = step(expected, share(sum(values[max(0, n - window + 1) : n + 1], Decimal(0)), target), num, den)
    assert score(of, history(past)) == pytest.approx(expected, abs=1e-10)


@given(
    st.text("yns_0123456789", max_size=80),
    st.sampled_from(["yes_no", "at_least", "at_most"]),
    st.sampled_from([DAILY, weekly(2), monthly(3), on(6, 7)]),
    st.integers(0, 9),
    st.booleans(),
)
def test_strength_lies_between_0_and_1(
    letters: str, kind: HabitKind, schedule: Schedule, target: int, absent_is_success: bool
) -> None:
    of = habit(rule("2026-09-01", schedule, kind, target), absent_is_success=absent_is_success)
    assert 0 <= score(of, history(marks("2026-09-01", letters))) <= 1


@given(st.text("yns_", max_size=40), st.integers(0, 40))
def test_a_skipped_day_is_as_if_it_never_existed(letters: str, at: int) -> None:
    of, first = habit(rule("2026-09-01")), d("2026-09-01")
    more = letters[:at] + "s" + letters[at:]
    plain = score(of, history(marks("2026-09-01", letters)), first + dt.timedelta(len(letters)))
    assert score(of, history(marks("2026-09-01", more)), first + dt.timedelta(len(more))) == pytest.approx(plain)
