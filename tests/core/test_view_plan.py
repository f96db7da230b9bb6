"""Plan: goals with their progress, and the open ideas."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

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
    # August 300, September 300 less 20 fee and 30 tax, October 370, November 100: since September 1: 250 + 370 + 100.
    snapshot = book(
        [
            entry("2026-08-10", "300"),
            entry("2026-09-10", "300", "photos", fee="20", withheld="30"),
            entry("2026-10-10", "370"),
            entry("2026-11-10", "100", None),
            entry("2026-11-11", "5000", "job"),
            entry("2026-11-23", "5000"),
        ]
    )
    camera = progress(snapshot, goal("save", "900", since=day("2026-09-01"), by=day("2027-01-31")))
    assert (camera.value, camera.fraction, camera.reached, camera.held) == (720, 0.8, False, 0)
    # 180 over 70 days, a month having 30.4375.
    assert round(camera.needed, 6) == D("78.267857")
    # August to October brought 300 + 250 + 370 = 920 in 92 days, 10 a day: 180 take 18 days.
    assert camera.eta == day("2026-12-10")


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


def test_living_costs_arrive_at_the_rise_of_three_months() -> None:
    # T3M 200 in July, 292 in October: up 92 in the 92 days since, 1 a day; 108 short, so 108 days from November 22.
    snapshot = book(months_of("2026-05", "200", "200", "200", "292", "292", "292"))
    rent = progress(snapshot, goal("living", "400", by=day("2027-02-01")))
    assert (rent.value, rent.reached, rent.held) == (292, False, 0)
    assert rent.eta == NOV_22 + dt.timedelta(days=108)
    # A month's income must rise by 108 over 71 days.
    assert round(rent.needed, 6) == D("46.299296")


def test_a_level_that_does_not_rise_or_is_too_young_has_no_day() -> None:
    assert progress(book(months_of("2026-05", *["200"] * 6)), goal("living", "400")).eta is None
    assert progress(book(months_of("2026-06", *["100", "150", "200", "250", "300"])), goal("living", "400")).eta is None


def test_skill_counts_hours_of_learning_and_making() -> None:
    snapshot = book(
        times=[
            time("2026-08-31", 60, kind="learn"),
            time("2026-09-30", 31 * 60, kind="learn"),
            time("2026-10-05", 30 * 60, None),
            time("2026-10-05", 600, kind="market"),
            time("2026-10-05", 600, "job", kind="learn"),
            time("2026-11-23", 600, kind="learn"),
        ]
    )
    craft = progress(snapshot, goal("skill", "91", since=day("2026-09-01"), by=day("2026-12-24")))
    assert (craft.value, craft.reached) == (61, False)
    # 30 over 32 days.
    assert round(craft.needed, 6) == D("28.535156")
    # 62 hours in the 92 days of August to October: 30 more take 44.5 days, so 45.
    assert craft.eta == NOV_22 + dt.timedelta(days=45)


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
