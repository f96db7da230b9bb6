"""Plan: goals with their progress, and the open ideas."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from pitrack.core.model import Goal, Idea, Motive
from pitrack.core.views.plan import GoalProgress, plan
from tests.core.books import book, day, entry, months_of, rate, time
from tests.core.memory import Memory, by_id

D = Decimal
NOV_22 = day("2026-11-22")


def goal(motive: Motive, amount: str, **more: Any) -> Goal:
    return Goal(id="g", name="Goal", motive=motive, amount=D(amount), **more)


def progress(snapshot: Memory, one: Goal, on: dt.date = NOV_22) -> GoalProgress:
    (only,) = plan(replace(snapshot, goals=by_id(one)), on).goals
    return only


def test_saving_counts_what_was_received_since_the_goal_began() -> None:
    # 300 in each month from March on, September's 350 less 20 fee and 30 tax; November 100: since September 1 700.
    snapshot = book(
        [
            *months_of("2026-03", *["300"] * 6),
            entry("2026-09-10", "350", "photos", fee="20", withheld="30"),
            entry("2026-10-10", "300"),
            entry("2026-11-10", "100", None),
            entry("2026-11-11", "5000", "job"),
            entry("2026-11-23", "5000"),
        ]
    )
    camera = progress(snapshot, goal("save", "875", since=day("2026-09-01"), by=day("2027-01-31")))
    assert (camera.value, camera.fraction, camera.reached, camera.held) == (700, 0.8, False, 0)
    # 175 over 70 days, a month having 30.4375.
    assert camera.needed == D("76.09375")
    # 300 in 30.4375 days: 175 take 17.8 days, so 18. Each month was as forecast, so the range has no width.
    assert (camera.eta, camera.eta_from, camera.eta_to) == (day("2026-12-10"),) * 3
    assert (camera.outlook, camera.pace, camera.trend, camera.wait) == ("on-track", 300, 0, 0)
    late = progress(snapshot, goal("save", "875", since=day("2026-09-01"), by=day("2026-12-09")))
    assert (late.outlook, late.eta) == ("late", day("2026-12-10"))


def test_saving_counts_money_on_the_day_it_was_paid() -> None:
    snapshot = book(
        [
            entry("2026-08-30", "100", paid=day("2026-09-05")),  # sold before the goal began, paid since
            entry("2026-09-20", "200", paid=day("2026-11-30")),  # still to come
            entry("2026-10-10", "50", status="pending"),
            entry("2026-10-12", "70"),
            entry("2026-10-15", "20", kind="expense"),
            entry("2026-10-16", "40", status="void"),
        ]
    )
    camera = goal("save", "300", since=day("2026-09-01"))
    assert progress(snapshot, camera).value == 100 + 70 - 20
    assert progress(snapshot, camera, day("2026-11-30")).value == 350
    assert progress(snapshot, camera, day("2026-09-04")).value == 0
    # A month's income is what it earned, whenever that is paid: (100 + 200 + 120) / 3.
    assert progress(snapshot, goal("living", "300")).value == 140


def test_the_rough_range_of_a_day_is_that_of_the_sums_to_come() -> None:
    # 100 a month and 160 in October: level 120, and the sums of the past came to 1 to 1.42 of what was forecast.
    snapshot = book(months_of("2026-03", *["100"] * 7, "160"))
    camera = progress(snapshot, goal("save", "1100"))
    # 240 more: two months of 120 are 60.875 days, so 61; at 170.4 a month 42.87 days, so 43.
    assert (camera.value, camera.eta) == (860, NOV_22 + dt.timedelta(days=61))
    assert (camera.eta_from, camera.eta_to) == (NOV_22 + dt.timedelta(days=43), camera.eta)


def test_what_takes_over_ten_years_is_on_no_trend() -> None:
    snapshot = book(months_of("2026-03", *["100"] * 8))
    house = progress(snapshot, goal("save", "12800"))  # 12,000 more: in 120 months
    assert (house.outlook, house.eta) == ("on-track", NOV_22 + dt.timedelta(days=3653))  # 3652.5
    castle = progress(snapshot, goal("save", "24800"))
    assert (castle.outlook, castle.reason, castle.eta) == ("not-on-trend", "far", None)
    assert (castle.pace, castle.short) == (100, 200)  # 24,000 in 120 months
    # By a day 1,461 days on, 48 months: 24,000 / 48.
    soon = progress(snapshot, goal("save", "24800", by=NOV_22 + dt.timedelta(days=1461)))
    assert (soon.outlook, soon.needed, soon.short) == ("not-on-trend", 500, 500)


def test_where_nothing_came_for_three_months_nothing_is_on_its_trend() -> None:
    camera = progress(book([*months_of("2026-03", *["100"] * 5), entry("2026-11-02", "50")]), goal("save", "1150"))
    assert (camera.value, camera.outlook, camera.reason, camera.eta) == (550, "not-on-trend", "nothing", None)
    assert (camera.pace, camera.short) == (0, 5)


def test_seven_months_are_too_early_to_say() -> None:
    # Months before the first income of the goal's own streams do not count, however long others have earned.
    earned = [*months_of("2025-01", *["500"] * 22, stream="photos"), *months_of("2026-04", *["100"] * 7)]
    for motive in ("save", "living"):
        early = progress(book(earned), goal(motive, "5000", streams=("news",)))
        assert (early.outlook, early.wait, early.eta, early.pace) == ("too-early", 1, None, None)
        assert progress(book(earned), goal(motive, "5000", streams=("news",)), day("2026-12-01")).wait == 0
        assert progress(book(earned), goal(motive, "50000", streams=("news", "photos"))).outlook != "too-early"


def test_a_goal_reached_needs_nothing_more() -> None:
    reached = progress(book([entry("2026-10-10", "900")]), goal("save", "900", by=day("2027-01-31")))
    assert (reached.value, reached.fraction, reached.reached) == (900, 1.0, True)
    assert (reached.needed, reached.eta) == (None, None)


def test_a_goal_names_the_currencies_it_leaves_out() -> None:
    snapshot = book(
        [
            entry("2026-03-01", "10", currency="GBP"),
            entry("2026-09-10", "10", "photos", currency="EUR"),
            entry("2026-10-10", "10", "job", currency="JPY"),
        ]
    )
    assert progress(snapshot, goal("save", "100")).missing == ("EUR", "GBP")
    assert progress(snapshot, goal("save", "100", since=day("2026-04-01"))).missing == ("EUR",)
    assert progress(snapshot, goal("save", "100", streams=("news",))).missing == ("GBP",)
    assert progress(snapshot, goal("save", "100", streams=("job",))).missing == ("JPY",)
    assert progress(snapshot, goal("living", "100")).missing == ("EUR",)
    assert progress(snapshot, goal("skill", "100")).missing == ()
    rated = replace(snapshot, rates=(rate("2026-01-01", "EUR", "USD", "1.1"),))
    assert progress(rated, goal("living", "100")).missing == ()


def test_nothing_yet_never_arrives() -> None:
    for motive in ("save", "living", "skill"):
        fresh = progress(book(), goal(motive, "100"))
        assert (fresh.value, fresh.fraction, fresh.reached, fresh.held) == (0, 0.0, False, 0)
        assert (fresh.needed, fresh.eta) == (None, None)
        assert (fresh.outlook, fresh.wait) == ("nothing-yet", 8)


def test_a_goal_counts_only_the_streams_it_names_even_the_job() -> None:
    snapshot = book([entry("2026-10-10", "10"), entry("2026-10-10", "20", "photos"), entry("2026-10-10", "40", "job")])
    assert progress(snapshot, goal("save", "100", streams=("photos", "job"))).value == 60
    assert progress(snapshot, goal("save", "100")).value == 30


def test_a_goal_has_a_currency_of_its_own() -> None:
    snapshot = book(
        [entry("2026-10-10", "10"), entry("2026-10-11", "500", currency="JPY")],
        rates=[rate("2026-10-01", "USD", "JPY", "150")],
    )
    assert progress(snapshot, goal("save", "10000", currency="JPY")).value == 2000


def test_living_costs_are_held_month_by_month() -> None:
    # T3M (1200 + 1000 + 1400) / 3 = 1200; October and September at or above 1,000, August too, July is not.
    rent = progress(book(months_of("2026-07", "999", "1200", "1000", "1400", "5")), goal("living", "1000"))
    assert (rent.value, rent.fraction, rent.reached, rent.held) == (1200, 1.2, True, 3)
    assert rent.eta is None


def test_living_costs_arrive_with_the_first_month_that_brings_them() -> None:
    # T3M 300, and Holt's trend adds 11.93, 22.66, 32.32 to it in November, December and January (see test_forecast).
    # What came of such forecasts was 1 to 4 times as much.
    snapshot = book(months_of("2026-03", *["100"] * 5, "200", "300", "400"))
    rent = progress(snapshot, goal("living", "330", by=day("2027-02-01")))
    assert (rent.value, rent.reached, rent.held, rent.outlook) == (300, False, 1, "on-track")
    assert (rent.eta, rent.eta_from, rent.eta_to) == (day("2027-01-31"), day("2026-11-30"), day("2027-01-31"))
    assert (rent.pace, rent.trend) == (300, D("11.9267883"))
    assert progress(snapshot, goal("living", "330", by=day("2027-01-30"))).outlook == "late"
    # A month's income must rise by 30 over 71 days.
    assert round(rent.needed, 6) == D("12.860915")
    # The trend leads to 300 + 10 * 11.9267883 and no further.
    high = progress(snapshot, goal("living", "500"))
    assert (high.outlook, high.reason, high.eta) == ("not-on-trend", "below", None)
    assert high.short == D("80.732117")


def test_a_level_that_does_not_rise_has_no_day() -> None:
    rent = progress(book(months_of("2026-03", *["200"] * 8)), goal("living", "400"))
    assert (rent.outlook, rent.reason, rent.eta, rent.short) == ("not-on-trend", "below", None, 200)


def test_the_job_is_measured_by_its_own_last_months() -> None:
    # T3M 300 of the streams against (3900 + 4000 + 4100) / 3 = 4000 of the job: 7.5 per cent.
    earned = months_of("2026-03", *["100"] * 5, "200", "300", "400")
    snapshot = book([*earned, *months_of("2026-08", "3900", "4000", "4100", "9", stream="job")])
    tenth = progress(snapshot, goal("job", "10"))
    assert (tenth.value, tenth.fraction, tenth.reached) == (D("7.5"), 0.75, False)
    # The trend leads to 419.27 at most, 10.48 per cent.
    assert (tenth.pace, tenth.trend) == (D("7.5"), D("0.2981697075"))
    # 300 + 119.267883 * (1 - 0.9 ** n) passes 400 with 0.9 ** n < 0.1616, in the 18th month: April 2028.
    assert (tenth.outlook, tenth.eta) == ("on-track", day("2028-04-30"))
    # October's 400 are ten per cent of what the job brings now.
    assert tenth.held == 1
    half = progress(snapshot, goal("job", "50"))
    assert (half.outlook, half.reason) == ("not-on-trend", "below")
    assert half.short == 50 - D("10.481697075")


def test_a_goal_by_the_job_needs_one_that_pays() -> None:
    earned = months_of("2026-03", *["100"] * 8)
    for snapshot in (book(earned), book([*earned, *months_of("2025-01", "4000", stream="job")]), book()):
        half = progress(snapshot, goal("job", "50"))
        assert (half.value, half.fraction, half.outlook, half.eta, half.wait) == (0, 0.0, "no-job", None, 0)


def test_a_goal_by_the_job_tells_a_missing_rate_from_a_missing_job() -> None:
    snapshot = book(months_of("2026-03", *["4000"] * 8, stream="job"))
    assert progress(snapshot, goal("job", "50")).outlook == "nothing-yet"
    (told,) = plan(replace(snapshot, goals=by_id(goal("job", "50"))), NOV_22, "XYZ").goals
    assert (told.outlook, told.missing, told.wait) == ("no-rate", ("USD",), 0)


def test_a_job_goal_names_the_currencies_that_the_job_is_paid_in() -> None:
    snapshot = book([entry("2026-10-10", "10", "job", currency="JPY"), entry("2026-10-10", "10", currency="EUR")])
    assert progress(snapshot, goal("job", "50")).missing == ("EUR", "JPY")


def test_skill_counts_hours_of_learning_and_making() -> None:
    # 31 hours in each month from March on, of no stream, too; not of the job, and no marketing.
    snapshot = book(
        times=[
            *(time(f"2026-{month:02}-05", 31 * 60, kind="learn") for month in range(3, 10)),
            time("2026-10-05", 31 * 60, None),
            time("2026-10-05", 600, kind="market"),
            time("2026-10-05", 600, "job", kind="learn"),
            time("2026-11-23", 600, kind="learn"),
        ]
    )
    craft = progress(snapshot, goal("skill", "92", since=day("2026-09-01"), by=day("2026-12-24")))
    assert (craft.value, craft.reached) == (62, False)
    # 30 over 32 days.
    assert round(craft.needed, 6) == D("28.535156")
    # 31 hours a month: 30 more take 29.5 days, so 30.
    assert (craft.eta, craft.outlook, craft.pace) == (NOV_22 + dt.timedelta(days=30), "on-track", 31)


def test_goals_of_money_are_told_in_another_currency_where_it_has_a_rate() -> None:
    snapshot = book(months_of("2026-03", *["300"] * 8), rates=[rate("2026-01-01", "USD", "JPY", "150")])
    one = goal("save", "2700", by=day("2027-01-31"))
    (yen,) = plan(replace(snapshot, goals=by_id(one)), NOV_22, "JPY").goals
    assert (yen.goal.amount, yen.goal.currency, yen.value, yen.pace) == (405_000, "JPY", 360_000, 45_000)
    own = progress(snapshot, one)
    assert (yen.eta, yen.eta_from, yen.eta_to, yen.outlook) == (own.eta, own.eta_from, own.eta_to, own.outlook)
    (pounds,) = plan(replace(snapshot, goals=by_id(one)), NOV_22, "GBP").goals
    assert pounds == own
    (hours,) = plan(replace(snapshot, goals=by_id(goal("skill", "10"))), NOV_22, "JPY").goals
    assert (hours.goal.amount, hours.goal.currency) == (10, None)


amounts = st.lists(st.integers(0, 5_000), min_size=8, max_size=14)


@given(amounts, st.integers(1, 40_000), st.sampled_from(["save", "living"]), st.integers(2, 50))
def test_a_goal_scales_with_its_money(incomes: list[int], target: int, motive: Motive, by: int) -> None:
    def told(times: int) -> GoalProgress:
        earned = months_of("2025-09", *(str(income * times) for income in incomes))
        return progress(book(earned), goal(motive, str(target * times), by=day("2028-01-01")))

    one, other = told(1), told(by)
    assert (one.fraction, one.held, one.outlook, one.reason) == (
        other.fraction,
        other.held,
        other.outlook,
        other.reason,
    )
    assert (one.eta, one.eta_from, one.eta_to) == (other.eta, other.eta_from, other.eta_to)


@given(amounts, st.integers(1, 40_000), st.sampled_from(["save", "living"]), st.dates(NOV_22, day("2030-01-01")))
def test_an_outlook_is_told_by_its_day(incomes: list[int], target: int, motive: Motive, by: dt.date) -> None:
    seen = progress(book(months_of("2025-09", *map(str, incomes))), goal(motive, str(target), by=by))
    assert seen.reached == (seen.outlook == "reached") == (seen.fraction >= 1)
    assert (seen.eta is not None) == (seen.outlook in ("on-track", "late"))
    assert (seen.short is not None) == bool(seen.reason) == (seen.outlook == "not-on-trend")
    if seen.eta:
        assert (seen.outlook == "late") == (seen.eta > by)
        assert seen.eta >= NOV_22
        assert seen.eta_from is None or seen.eta_from <= seen.eta
        assert seen.eta_to is None or seen.eta <= seen.eta_to


@given(amounts, st.integers(1, 40_000), st.randoms())
def test_the_order_of_entries_is_all_one(incomes: list[int], target: int, draw: Random) -> None:
    earned = months_of("2025-09", *map(str, incomes))
    moved = [one._replace(day=one.day.replace(day=draw.randint(1, 28))) for one in earned]
    draw.shuffle(moved)
    one, other = (progress(book(entries), goal("save", str(target))) for entries in (earned, moved))
    assert (one.value, one.eta, one.eta_from, one.eta_to) == (other.value, other.eta, other.eta_from, other.eta_to)


@given(amounts, st.integers(1, 40_000), st.integers(1, 99_999))
def test_what_comes_after_the_day_is_not_known(incomes: list[int], target: int, later: int) -> None:
    earned = months_of("2025-09", *map(str, incomes))
    one = progress(book(earned), goal("living", str(target)))
    assert one == progress(book([*earned, entry("2026-11-23", str(later))]), goal("living", str(target)))


def test_goals_come_by_their_day_and_archived_ones_not_at_all() -> None:
    goals = [
        goal("save", "1")._replace(id="a", name="some day"),
        goal("save", "1", by=day("2027-05-01"))._replace(id="b", name="may"),
        goal("save", "1", by=day("2027-01-01"))._replace(id="c", name="january"),
        goal("save", "1", by=day("2026-12-01"))._replace(id="d", name="old", archived=True),
    ]
    assert [p.goal.name for p in plan(book(goals=by_id(*goals)), NOV_22).goals] == ["january", "may", "some day"]


def test_open_ideas_come_newest_first() -> None:
    ideas = [
        Idea("a", "first", day("2026-11-01")),
        Idea("b", "taken", day("2026-11-02"), "taken"),
        Idea("c", "last", day("2026-11-03")),
        Idea("d", "dropped", day("2026-11-04"), "dropped"),
    ]
    assert [idea.text for idea in plan(book(ideas=by_id(*ideas)), NOV_22).ideas] == ["last", "first"]
