"""A month's report: its figures are those of the views, of that month and no other."""

from __future__ import annotations

import datetime as dt

import pytest

from pitrack.core.days import Month
from pitrack.core.views.income.growth import growth
from pitrack.core.views.income.stack import stack
from pitrack.core.views.plan import plan
from pitrack.exchange.demo import demo_tables
from pitrack.exchange.report.model import last_complete, report
from pitrack.store.format import canonical, read
from pitrack.store.snapshot import BookSnapshot
from tests.core.books import D, book, entry, rate
from tests.core.habits import habit, marks, rule, weekly
from tests.core.memory import Memory, by_id, history
from tests.exchange.report.months import DAY, OCTOBER, october, october_report


def test_the_headline_is_the_months_own_income() -> None:
    """200 = 180 + 20 pending; September had 150 + 50 = 200, so nothing has changed: 0 %."""
    made = october_report()
    assert made.headline
    assert (made.headline.month, made.headline.income, made.headline.delta, made.headline.mom) == (OCTOBER, 200, 0, 0.0)
    assert (made.headline.net, made.headline.pending, made.headline.provisional) == (170, 20, True)
    assert [str(figures.month) for figures in made.months] == ["2026-08", "2026-09", "2026-10"]
    assert [line.name for line in made.streams] == ["Newsletter", "Stock photos", "Day job"]


def test_what_was_done_and_built_in_the_month() -> None:
    """27 of the 31 days, the last ten on end; one of one month, the third on end; 480 + 120 minutes."""
    made = october_report()
    assert [(one.habit.name, one.met, one.asked, one.standing.current) for one in made.actions] == [
        ("write", 27, 31, 10),
        ("call", 1, 1, 3),
    ]
    assert made.hours == 10
    assert (made.built.assets, made.built.automations, made.built.learning) == (("The long post",), ("Layout",), 2)
    assert made.review
    assert made.review.focus == "One landing page"
    assert [entry.note for entry in made.pending] == ["sponsor"]


def test_of_days_and_weeks_those_count_that_end_in_the_month() -> None:
    """Weeks end on Sundays: 4, 11, 18 and 25 October. The last, from 26 October on, ends in November."""
    each_week = habit(rule("2026-09-28", weekly(1)), name="weekly")
    done = marks("2026-09-28", "y......" + "......." + "y......" + "y......" + "y......")
    made = report(Memory(habits=by_id(each_week), histories={"weekly": history(done)}), OCTOBER, DAY)
    assert [(one.met, one.asked) for one in made.actions] == [(3, 4)]


def test_an_earlier_month_is_seen_from_the_day_after_its_end() -> None:
    made = report(october(), Month(2026, 9), DAY)
    assert made.as_of == dt.date(2026, 10, 1)
    assert made.headline
    assert (str(made.headline.month), made.headline.income) == ("2026-09", 200)
    assert made.review
    assert made.review.lesson == "Another month's"
    assert not made.pending


def test_another_currency_counts_all_months_in_it() -> None:
    made = report(october(rates=(rate("2026-01-01", "USD", "JPY", "150"),)), OCTOBER, DAY, "JPY")
    assert made.currency == "JPY"
    assert made.headline
    assert made.headline.income == 30_000


@pytest.mark.parametrize("size", ["demo", "S"])
def test_figures_are_those_of_growth_and_goals_on_that_day(size: str) -> None:
    snap = BookSnapshot(read(canonical(demo_tables(DAY, size))))
    made = report(snap, OCTOBER, DAY)
    assert made.growth == growth(snap, DAY)
    assert made.stack == stack(snap, DAY)
    assert made.goals == plan(snap, DAY).goals
    assert len(made.months) == 12


def test_a_book_without_income_is_told_by_its_actions() -> None:
    made = report(october(entries=()), OCTOBER, DAY)
    assert made.headline is None
    assert not made.is_empty


def test_an_empty_book_has_no_report() -> None:
    assert report(Memory(), OCTOBER, DAY).is_empty
    assert report(book([entry("2026-11-02", "10")]), OCTOBER, DAY).is_empty


def test_of_many_streams_only_those_are_told_that_did_something() -> None:
    quiet = october_report(entries=(entry("2026-10-01", "5"),))
    assert [line.name for line in quiet.streams] == ["Newsletter"]


def test_the_report_due_is_that_of_the_last_complete_month() -> None:
    assert last_complete(dt.date(2026, 11, 1)) == OCTOBER
    assert last_complete(dt.date(2026, 1, 31)) == Month(2025, 12)


def test_shares_are_of_the_streams_income() -> None:
    """Over twelve months the newsletter brought 100 + 150 + 200 = 450 of 550."""
    made = october_report()
    assert made.streams[0].share == pytest.approx(450 / 550)
    assert made.streams[0].per_hour == D(170) / 10
    assert made.growth.t3m
    assert round(made.growth.t3m, 2) == D("183.33")
