"""The view of stacking and passivity: exact figures worked by hand, laws, and what has no figure."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from pitrack.core.building import Automation
from pitrack.core.days import Month
from pitrack.core.model import Asset, Entry, Habit, Pause, Rule, Settings, Stream, Template
from pitrack.core.views.income.growth import growth
from pitrack.core.views.income.stack import stack
from pitrack.core.views.income.stack_shapes import CostItem, Stack, StackLine
from tests.core.books import JOB, NEWS, PHOTOS, book, day, entry, months_of, rate, time
from tests.core.memory import by_id, history

D = Decimal
NOV_22 = day("2026-11-22")
CARE = Stream(id="care", alias="c", name="Care", role="service", order=D(2))


def view(entries: list[Entry], streams: tuple[Stream, ...] = (NEWS, PHOTOS, JOB), **more: Any) -> Stack:
    return stack(book(entries, streams, **more), NOV_22)


def line(found: Stack, stream: str) -> StackLine:
    return next(one for one in found.streams if one.stream == stream)


def sales(*days_: int, stream: str = "news", each: str = "10") -> list[Entry]:
    """Sales of October."""
    return [entry(f"2026-10-{number:02}", each, stream) for number in days_]


def test_an_empty_book_has_no_figure() -> None:
    found = view([])
    assert (found.months, found.month) == ((), Month(2026, 10))
    assert (found.sources.value, found.coverage.value, found.old_work.share.value, found.hhi) == (None,) * 4
    assert (found.whole.income.value, found.whole.per_hour.value, found.whole.away.share.value) == (None,) * 3
    assert (found.holidays, found.built, found.whole.break_even.day, found.whole.payback.month) == ((), (), None, None)
    assert [one.stream for one in found.streams] == ["news", "photos", "job"]


def test_the_first_month_is_not_over() -> None:
    found = view([entry("2026-11-03", "10")], times=[time("2026-11-04", 60)])
    assert found.months == ()
    assert found.whole.payback.income == 10, "what was invested and what came so far is known all the same"
    assert (found.whole.payback.hours, found.whole.payback.first_income) == (1, day("2026-11-03"))


def test_months_run_from_the_first_entry_or_work_on_twelve_at_most() -> None:
    assert view([entry("2026-09-10", "5")], times=[time("2026-08-30", 5)]).months == tuple(
        Month(2026, number) for number in (8, 9, 10)
    )
    old = view(months_of("2024-01", "5")).months
    assert (old[0], old[-1], len(old)) == (Month(2025, 11), Month(2026, 10), 12)
    assert view([entry("2026-09-10", "5", "job")]).months == (), "the job's are none"


def test_sources_and_coverage_with_their_trend_are_those_of_growth() -> None:
    # September: news 100 of a job of 400: 25 %, one source. October: 50 and 50 of 200: 50 %; over both months news 150,
    # photos 50: HHI (3/4)^2 + (1/4)^2 = 10/16, 1.6 sources; with the job's 600 of 800: (3^2 + 1 + 12^2) / 16^2.
    snapshot = book(
        [
            entry("2026-09-05", "400", "job"),
            entry("2026-09-10", "100"),
            entry("2026-10-05", "200", "job"),
            entry("2026-10-10", "50"),
            entry("2026-10-11", "50", "photos"),
        ],
        closed_months=frozenset({Month(2026, 10)}),
    )
    found, grown = stack(snapshot, NOV_22), growth(snapshot, NOV_22)
    assert found.sources.trend == (1.0, 1.6)
    assert found.hhi == 0.625
    assert found.coverage.trend == (0.25, 0.5)
    assert found.sources_with_job.value == pytest.approx(256 / 154)
    assert found.job.trend == (400, 200)
    assert not found.provisional
    assert (found.sources.value, found.sources_with_job.value) == (grown.sources, grown.sources_with_job)
    assert found.coverage.value == grown.coverage
    assert [one.share.value for one in found.streams] == [one.share for one in grown.streams]
    assert line(found, "news").share.trend == (1.0, 0.75)
    assert line(found, "job").share.trend == (0.8, 0.75)


def test_a_month_without_a_job_s_income_has_no_coverage() -> None:
    found = view([entry("2026-09-05", "400", "job"), entry("2026-09-10", "100"), entry("2026-10-10", "50")])
    assert found.coverage.trend == (0.25, None)


def test_away_income_is_what_passive_streams_sold_on_days_without_work() -> None:
    # News sells 10 on the 1st, 2nd, 4th, 7th, 12th and works on the 2nd and 12th: 30 of 50 away. Photos sell 25 on four
    # days and worked in January only: all away. Care is a service. In all 130 of 150.
    found = view(
        [
            *sales(1, 2, 4, 7, 12),
            *sales(3, 4, 6, 9, stream="photos", each="25"),
            entry("2026-10-03", "500", "care"),
        ],
        (NEWS, PHOTOS, CARE),
        times=[time("2026-01-05", 30, "photos"), time("2026-10-02", 30), time("2026-10-12", 5)],
    )
    news, photos = line(found, "news").away, line(found, "photos").away
    assert (news.income, news.judged, news.share.value, news.why) == (30, 50, 0.6, "")
    assert (photos.income, photos.share.value) == (100, 1.0)
    assert line(found, "care").away.why == "service"
    whole = found.whole.away
    assert (whole.income, whole.judged, whole.share.value, whole.why) == (130, 150, pytest.approx(130 / 150), "")


def test_what_has_no_away_income_says_why() -> None:
    worked = [time("2026-10-02", 30)]
    assert line(view(sales(1, 2, 4), times=worked), "news").away.why == "lump"
    assert line(view(sales(1, 8, 15, 22, 29), times=worked), "news").away.why == "lump", "paid on Thursdays"
    assert line(view(sales(1, 2, 4, 7)), "news").away.why == "no time"
    assert line(view(sales(1, 2, 4, 7), times=[time("2025-10-31", 30)]), "news").away.why == "no time", "over a year"
    assert line(view(sales(1, 2, 4, 7), times=[time("2025-11-01", 30)]), "news").away.share.value == 1.0
    assert line(view(sales(1), times=worked), "photos").away.why == "no income"
    assert line(view(sales(1), times=worked), "job").away.why == "job"
    none = view([entry("2026-10-01", "5", None)])
    assert (line(none, "").away.why, none.whole.away.why) == ("no stream", "no income")


def test_a_month_that_gave_all_back_has_no_away_income() -> None:
    back = [*sales(1, 2, 4, 7), entry("2026-10-09", "40", kind="refund")]
    assert line(view(back, times=[time("2026-10-02", 30)]), "news").away.why == "no income"


def test_a_habit_counted_in_minutes_is_work_of_its_day() -> None:
    rule = Rule(since=day("2026-01-01"), kind="at_least", unit="min", target=D(20))
    habit = Habit(id="h", alias="h", name="Draw", rules=(rule,), stream="news")
    marks = history({day("2026-10-02"): D(30), day("2026-10-04"): D(0), day("2026-10-07"): "skip"})
    found = view(sales(1, 2, 4, 7), habits=by_id(habit), histories={"h": marks})
    # Only the 2nd saw work: a 0 and a skip are none.
    assert line(found, "news").away.income == 30
    assert line(found, "news").hours == D("0.5")


def test_income_and_units_per_hour_of_the_month_and_of_the_whole_life() -> None:
    # October: 100 less 4 fee over 2 h = 48 an hour, 12 - 2 = 10 units over 2 h = 5 an hour. September: 50 - 20 = 30
    # over 1 h. November so far: 30 over 1 h. Life: (96 + 30 + 30) / 4 h = 39. Photos log none.
    found = view(
        [
            entry("2026-09-06", "50"),
            entry("2026-09-07", "20", kind="expense"),
            entry("2026-10-06", "100", fee="4", units="12"),
            entry("2026-10-08", "0", kind="refund", units="2"),
            entry("2026-10-06", "10", "photos", units="3"),
            entry("2026-11-06", "30"),
        ],
        times=[time("2026-09-01", 60), time("2026-10-01", 90), time("2026-10-31", 30), time("2026-11-01", 60)],
    )
    news, photos = line(found, "news"), line(found, "photos")
    assert (news.hours, news.net, news.per_hour.trend, news.per_hour_life) == (2, 96, (30, 48), 39)
    assert (news.units, news.units_per_hour.trend) == (10, (None, 5))
    assert (photos.per_hour.value, photos.units, photos.units_per_hour.value) == (None, 3, None)
    # All: net 96 + 10 over the same 2 h; units 13 over 2 h.
    assert (found.whole.per_hour.value, found.whole.units_per_hour.value) == (53, D("6.5"))


def test_hours_on_no_stream_count_in_the_whole() -> None:
    found = view(sales(1, each="30"), times=[time("2026-10-01", 60), time("2026-10-02", 120, None)])
    assert (found.whole.hours, found.whole.per_hour.value, line(found, "news").per_hour.value) == (3, 10, 30)


def tool(name: str = "Hosting", gross: str = "20", since: str = "2026-01-01", **more: Any) -> Template:
    return Template(name, name, name, "expense", D(gross), more.pop("currency", "USD"), day(since), **more)


def test_fixed_cost_is_what_recurs_and_the_day_it_was_covered() -> None:
    # Hosting 20 (news), a yearly 12 = 1 (no stream), the letter tool 9 (photos): 30. Sales of 10 less a fee of 1 each:
    # 9, 18, 27, 36: covered on the fourth, the 7th. News alone: 20, on the third (27), the 4th.
    letters = Automation("a", "a", "Letters", day("2026-10-30"), "photos", cost=D(9))
    found = view(
        [entry(f"2026-10-{number:02}", "10", fee="1") for number in (1, 2, 4, 7, 12)],
        templates=by_id(tool(stream="news"), tool("Domain", "12", every="year")),
        automations=by_id(letters),
    )
    costs = found.whole.break_even
    assert (costs.cost, costs.day) == (30, day("2026-10-07"))
    assert costs.items == (
        CostItem("template", "Hosting", "Hosting", "news", D(20)),
        CostItem("template", "Domain", "Domain", "", D(1)),
        CostItem("automation", "a", "Letters", "photos", D(9)),
    )
    assert (line(found, "news").break_even.cost, line(found, "news").break_even.day) == (20, day("2026-10-04"))
    photos = line(found, "photos").break_even
    assert (photos.cost, photos.day) == (9, None)


def test_an_automation_by_the_name_of_a_recurring_expense_is_counted_once() -> None:
    named = Automation("a", "a", "hosting", day("2026-01-01"), cost=D(20))
    tooled = Automation("b", "b", "Letters", day("2026-01-01"), tool="HOSTING", cost=D(20))
    found = view(sales(1), templates=by_id(tool()), automations=by_id(named, tooled))
    assert found.whole.break_even.cost == 20


def test_what_has_ended_or_is_archived_or_the_job_s_costs_nothing() -> None:
    templates = [
        tool("Over", until=day("2026-09-30")),
        tool("Put away", archived=True),
        tool("Train", stream="job"),
        tool("Begins", since="2026-11-01"),
        tool("Income")._replace(kind="income"),
    ]
    found = view([*sales(1), entry("2026-09-01", "5")], templates=by_id(*templates))
    assert found.whole.break_even.costs == (20, 0), "in September one still ran"
    assert (found.whole.break_even.items, found.whole.break_even.day) == ((), None)


def test_expenses_with_one_note_in_three_months_running_recur() -> None:
    # The mailing tool at 28, 29 and 30 is 29 a month; what came twice only, and a one-off, are not fixed.
    expenses = [
        entry(f"2026-{month:02}-03", str(20 + month), kind="expense", note="Mailing tool") for month in (8, 9, 10)
    ]
    expenses += [entry(f"2026-{month:02}-03", "5", kind="expense", note="Ads") for month in (9, 10)]
    expenses.append(entry("2026-10-04", "900", kind="expense", note="Camera"))
    found = view([*sales(1, 2, 4), *expenses])
    assert found.whole.break_even.costs == (0, 0, 29)
    assert found.whole.break_even.items == (CostItem("entries", "", "Mailing tool", "news", D(29)),)
    assert found.whole.break_even.day == day("2026-10-04")


def test_what_a_recurring_expense_booked_is_counted_once() -> None:
    booked = [
        entry(f"2026-{month:02}-01", "20", kind="expense", note="x")._replace(id=f"Hosting|2026-{month:02}")
        for month in (8, 9, 10)
    ]
    by_hand = [entry(f"2026-{month:02}-02", "20", kind="expense", note="hosting") for month in (8, 9, 10)]
    found = view([*sales(1), *booked, *by_hand], templates=by_id(tool(stream="news")))
    assert found.whole.break_even.cost == 20


def test_a_cost_without_a_rate_stands_apart() -> None:
    templates = by_id(tool(), tool("Ad", "300", currency="JPY"), tool("Font", "10", currency="EUR"))
    found = view(sales(1), templates=templates, rates=[rate("2026-10-31", "EUR", "USD", "1.5")])
    assert (found.whole.break_even.cost, found.whole.break_even.apart) == (35, ("JPY",))


def test_paid_back_in_money_and_with_the_own_hours() -> None:
    # August: 90 out, 2 h. September: 50 in. October: 60 in, 3 h; 110 >= 90: paid back. At 10 an hour 90 + 50 = 140 went
    # in: 20 of November make 130 >= 140 still false, 40 make 150.
    entries = [entry("2026-08-03", "90", kind="expense"), entry("2026-09-03", "50"), entry("2026-10-03", "60")]
    times = [time("2026-08-01", 120), time("2026-10-01", 180)]
    settings = Settings(store="t", hourly=D(10))
    back = view([*entries, entry("2026-11-03", "20")], times=times, settings=settings).whole.payback
    assert (back.invested, back.income, back.net, back.hours) == (90, 130, 40, 5)
    assert (back.month, back.first_income) == (Month(2026, 10), day("2026-09-03"))
    assert (back.hourly, back.invested_at_own_value, back.month_at_own_value) == (10, 140, None)
    later = view([*entries, entry("2026-11-03", "40")], times=times, settings=settings).whole.payback
    assert later.month_at_own_value == Month(2026, 11)
    assert view(entries, times=times).whole.payback.month_at_own_value is None, "no value of an hour is known"


def test_before_the_first_income_stands_what_was_invested() -> None:
    found = view([entry("2026-09-03", "45", kind="expense")], times=[time("2026-09-04", 90, kind="learn")])
    back = line(found, "news").payback
    assert (back.invested, back.hours, back.first_income, back.month) == (45, D("1.5"), None, None)


def test_the_own_hour_in_another_currency_and_without_a_rate() -> None:
    snapshot = book(
        sales(1), settings=Settings(store="t", hourly=D(10)), rates=[rate("2026-11-01", "USD", "JPY", "150")]
    )
    assert stack(snapshot, NOV_22, "JPY").whole.payback.hourly == 1500
    assert stack(snapshot, NOV_22, "EUR").whole.payback.hourly is None


def test_old_work_s_share_is_that_of_assets_a_year_old() -> None:
    # October 2025 is old in October 2026, November 2025 is not. 30 of 40.
    assets = by_id(
        Asset("old", "o", "Old", "news", published=day("2025-10-31")),
        Asset("new", "w", "New", "news", published=day("2025-11-01")),
    )
    entries = [
        entry("2026-09-01", "20", asset="old"),
        entry("2026-10-01", "30", asset="old"),
        entry("2026-10-02", "8", asset="new"),
        entry("2026-10-03", "2"),
        entry("2026-10-04", "999", "job", asset="old"),
    ]
    found = view(entries, assets=assets)
    assert (found.old_work.income, found.old_work.share.trend) == (30, (0.0, 0.75))


def test_holidays_that_are_over_the_newest_ended_first() -> None:
    # 13 to 21 August: 100 and 7 on its first and last day, and the yen, 5 by the rate; not the job, nor other days.
    entries = [
        entry("2026-08-12", "1"),
        entry("2026-08-13", "100"),
        entry("2026-08-21", "7", "photos"),
        entry("2026-08-20", "750", currency="JPY"),
        entry("2026-08-15", "4000", "job"),
        entry("2026-08-22", "1"),
        entry("2026-09-02", "3"),
    ]
    pauses = (
        Pause("summer", day("2026-08-13"), day("2026-08-21")),
        Pause("illness", day("2026-08-21"), day("2026-09-02")),
        Pause("one", day("2026-08-13"), day("2026-08-21"), habit="h"),
        Pause("travel|2026-08-13", day("2026-08-13"), day("2026-08-13")),
        Pause("running", day("2026-11-20"), day("2026-11-22")),
        Pause("open", day("2026-11-21")),
    )
    found = view(entries, pauses=pauses, rates=[rate("2026-01-01", "USD", "JPY", "150")])
    assert [(one.id, one.days, one.income) for one in found.holidays] == [("illness", 13, 11), ("summer", 9, 112)]


def test_a_pause_far_in_the_past_costs_no_time() -> None:
    found = view(sales(1), pauses=(Pause("long", dt.date.min, day("2026-10-01")),))
    assert found.holidays[0].income == 10


def test_built_are_assets_automations_and_hours_of_learning() -> None:
    assets = by_id(
        Asset("a", "a", "A", "news", published=day("2026-10-31")),
        Asset("b", "b", "B", None, published=day("2026-11-22")),
        Asset("c", "c", "C", "job", published=day("2026-10-05")),
        Asset("d", "d", "D", "news", published=day("2026-11-23")),
        Asset("e", "e", "E", "news"),
    )
    automations = by_id(Automation("x", "x", "X", day("2026-10-02")), Automation("y", "y", "Y", day("2026-09-02")))
    times = [
        time("2026-10-02", 90, kind="learn"),
        time("2026-10-02", 30, None, kind="learn"),
        time("2026-10-02", 60, kind="make"),
        time("2026-10-02", 60, "job", kind="learn"),
        time("2026-11-02", 60, kind="learn"),
    ]
    found = view([entry("2026-09-05", "1")], assets=assets, automations=automations, times=times)
    september, october = found.built
    assert (october.assets, october.automations, october.hours) == (("a",), ("x",), 2)
    assert (september.assets, september.automations, september.hours) == ((), ("y",), 0)
    assert (found.building.assets, found.building.hours) == (("b",), 1)


def test_efforts_are_those_of_the_stream() -> None:
    found = view(sales(1), times=[time("2026-10-02", 90, kind="market")])
    assert [(one.kind, one.weeks, one.neglected) for one in line(found, "news").efforts] == [
        ("market", 7, True),
        ("learn", None, True),
    ]
    assert line(found, "photos").efforts == ()


def test_an_amount_without_a_rate_stands_apart() -> None:
    found = view([*sales(1, each="40"), entry("2026-10-02", "900", currency="JPY")])
    assert (found.whole.income.value, [one.currency for one in found.missing_rates]) == (40, ["JPY"])
