"""Explanations: every figure equals that of its view, with the numbers it is made of and the records behind it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from pitrack.core.building import Automation
from pitrack.core.days import Month
from pitrack.core.model import Asset, Habit, Pause, Rule, Settings, Template
from pitrack.core.views.explained.door import EXPLAIN, explain
from pitrack.core.views.explained.shapes import FIGURES, OF_ALL, UNITS, Explained, Figure, Given
from pitrack.core.views.income.growth import growth
from pitrack.core.views.income.stack import stack
from tests.core.books import JOB, NEWS, PHOTOS, book, day, entry, months_of, rate, time
from tests.core.memory import Memory, by_id, history

D = Decimal
NOV_22 = day("2026-11-22")


def full() -> Memory:
    """Thirteen months of a newsletter, photos since May, a job, costs, an old asset, days off, and work."""
    entries = [
        *months_of("2025-10", *(str(10 * number + 50) for number in range(13))),
        *months_of("2026-05", "20", "25", "30", "35", "40", "45", stream="photos"),
        *months_of("2026-10", "1000", stream="job"),
        entry("2026-10-02", "8", units="2", asset="guide"),
        entry("2026-10-04", "8", units="2"),
        entry("2026-10-05", "4", fee="1", units="1"),
        entry("2026-08-14", "6", "photos"),
        entry("2026-10-07", "30", kind="expense"),
    ]
    return book(
        entries,
        times=[time("2026-09-01", 60, kind="market"), time("2026-10-10", 90), time("2026-10-12", 30, kind="learn")],
        assets=by_id(Asset("guide", "g", "Guide", "news", published=day("2025-03-01"))),
        templates=by_id(Template("t", "t", "Hosting", "expense", D(10), "USD", day("2026-01-01"), stream="news")),
        automations=by_id(Automation("a", "a", "Letters", day("2026-10-03"), cost=D(5))),
        pauses=(
            Pause("off", day("2026-08-13"), day("2026-08-21")),
            Pause("before", day("2026-05-10"), day("2026-05-10")),
        ),
        settings=Settings(store="t", hourly=D(2)),
        closed_months=frozenset({Month(2026, 10)}),
    )


def one(snapshot: Memory, figure: Figure, stream: str | None = None) -> Explained:
    return explain(snapshot, NOV_22, [figure], stream=stream)[0]


def given(found: Explained) -> list[tuple[str, object]]:
    return [(each.what, each.value) for each in found.numbers]


def test_there_is_an_explanation_of_every_figure() -> None:
    assert tuple(EXPLAIN) == FIGURES == tuple(UNITS)
    assert [found.figure for found in explain(full(), NOV_22)] == [*FIGURES]
    of_one = [found.figure for found in explain(full(), NOV_22, stream="news")]
    assert of_one == [figure for figure in FIGURES if figure not in OF_ALL]


def test_every_value_is_that_of_its_view() -> None:
    snapshot = full()
    grown, stacked = growth(snapshot, NOV_22), stack(snapshot, NOV_22)
    assert grown.headline is not None
    found = {each.figure: each.value for each in explain(snapshot, NOV_22)}
    assert found == {
        "mom": grown.headline.mom,
        "t3m": grown.t3m,
        "run-rate": grown.run_rate,
        "cmgr": grown.cmgr,
        "doubling": grown.doubling_months,
        "yoy": grown.yoy,
        "share": None,
        "sources": stacked.sources.value,
        "coverage": grown.coverage,
        "away": stacked.whole.away.share.value,
        "holiday": stacked.holidays[0].income,
        "per-hour": grown.per_hour,
        "units-per-hour": stacked.whole.units_per_hour.value,
        "break-even": stacked.whole.break_even.day,
        "paid-back": stacked.whole.payback.month,
        "back-catalogue": stacked.old_work.share.value,
        "built": 1,
        "neglect": 2,
    }


@pytest.mark.parametrize("stream", ["news", "photos", "job"])
def test_every_value_of_a_stream_is_that_of_its_line(stream: str) -> None:
    snapshot = full()
    line = next(each for each in growth(snapshot, NOV_22).streams if each.stream == stream)
    other = next(each for each in stack(snapshot, NOV_22).streams if each.stream == stream)
    found = {each.figure: each.value for each in explain(snapshot, NOV_22, stream=stream)}
    assert found["mom"] == line.months[-2].mom
    assert (found["t3m"], found["cmgr"], found["yoy"]) == (line.t3m, line.cmgr, line.yoy)
    assert (found["run-rate"], found["doubling"]) == (line.run_rate, line.doubling_months)
    assert (found["share"], found["per-hour"]) == (line.share, line.per_hour)
    assert (found["away"], found["break-even"]) == (other.away.share.value, other.break_even.day)
    assert (found["paid-back"], found["units-per-hour"]) == (other.payback.month, other.units_per_hour.value)


def test_the_change_on_the_month_before_names_both_months_and_their_entries() -> None:
    # October: 170 + 45 + 8 + 8 + 4 = 235; September: 160 + 40 = 200; +35, 17.5 %.
    found = one(full(), "mom")
    assert found.numbers == (
        Given("last", D(235), "money", month=Month(2026, 10)),
        Given("before", D(200), "money", month=Month(2026, 9)),
        Given("delta", D(35), "money"),
    )
    assert found.value == pytest.approx(0.175)
    assert [(record.day, record.amount) for record in found.records] == [
        (day("2026-09-10"), 160),
        (day("2026-09-10"), 40),
        (day("2026-10-02"), 8),
        (day("2026-10-04"), 8),
        (day("2026-10-05"), 4),
        (day("2026-10-10"), 170),
        (day("2026-10-10"), 45),
    ]
    assert (found.month, found.provisional, found.stream) == (Month(2026, 10), False, None)


def test_why_there_is_no_percentage() -> None:
    assert one(book(), "mom").why == "early"
    assert one(book(months_of("2026-10", "5")), "mom").why == "early"
    assert one(book(months_of("2026-08", "5", "0", "5")), "mom").why == "new"
    assert one(book(months_of("2026-08", "5", "0", "0")), "mom").why == "nothing"
    assert one(book(months_of("2026-08", "5", "-5", "5")), "mom").why == "not positive"
    assert one(book(months_of("2026-06", "5", "5", "5", "5", "5")), "cmgr").why == "early"
    assert one(book(months_of("2026-05", "0", "0", "0", "5", "5", "5")), "cmgr").why == "not positive"
    assert one(book(months_of("2026-05", "9", "9", "9", "5", "5", "5")), "doubling").why == "no growth"
    assert one(book(months_of("2025-11", "5")), "yoy").why == "early"
    assert one(book(months_of("2025-10", "0", *["5"] * 12)), "yoy").why == "new"
    assert one(book(months_of("2025-10", "0", *["0"] * 12)), "yoy").why == "nothing"


def test_compound_growth_names_its_two_ends() -> None:
    # November to January: 60, 70, 80; August to October: 150 + 35 + 6, 160 + 40, 170 + 45 + 20; nine months between.
    found = one(full(), "cmgr")
    assert [each.what for each in found.numbers[:3]] == ["first mean", "last mean", "between"]
    assert (found.given("first mean"), found.given("between")) == (70, 9)
    assert round(D(str(found.given("last mean"))) * 3, 10) == 626
    assert found.value == pytest.approx((626 / 210) ** (1 / 9) - 1)
    assert [each.month for each in found.numbers[3:]] == [Month(2025, 11).shift(n) for n in range(12)]
    assert {record.day.month for record in found.records if record.day} == {11, 12, 1, 8, 9, 10}


def test_shares_and_sources() -> None:
    # Twelve months to October: news 60 + 70 + ... + 170 = 1,380 and 20, photos 195 and 6; job 1,000.
    snapshot = full()
    share = one(snapshot, "share", "photos")
    assert given(share) == [("income", D(201)), ("streams income", D(1601))]
    assert share.value == pytest.approx(201 / 1601)
    job = one(snapshot, "share", "job")
    assert given(job) == [("income", D(1000)), ("all income", D(2601))]
    every = one(snapshot, "share")
    assert (every.value, every.why) == (None, "by stream")
    assert [(each.name, each.value) for each in every.numbers] == [
        ("Newsletter", pytest.approx(1400 / 1601)),
        ("Stock photos", pytest.approx(201 / 1601)),
    ]
    sources = one(snapshot, "sources")
    assert sources.given("with job") == stack(snapshot, NOV_22).sources_with_job.value
    assert len(sources.records) == 12 + 6 + 3 + 1


def test_coverage_of_all_and_of_one_stream() -> None:
    assert given(one(full(), "coverage")) == [("streams income", D(235)), ("job income", D(1000))]
    assert one(full(), "coverage", "photos").value == 0.045
    assert one(book(months_of("2026-10", "5")), "coverage").why == "no job"
    assert one(book(), "coverage").why == "early"


def test_away_income_names_the_sales_of_days_without_work() -> None:
    # News sold on the 2nd, 4th, 5th and 10th, and worked on the 10th and 12th: 20 of 190.
    found = one(full(), "away")
    assert given(found) == [("away", D(20)), ("judged", D(190)), ("away of", D(20))]
    assert [record.day for record in found.records] == [day(f"2026-10-0{number}") for number in (2, 4, 5)]
    assert one(full(), "away", "photos").why == "no time"
    assert one(book(), "away").why == "early"


def test_days_off_name_their_days_and_what_came_in_them() -> None:
    found = one(full(), "holiday")
    assert (found.value, given(found)) == (6, [("days", 9), ("holiday", D(140))])
    assert [(record.kind, record.day, record.until) for record in found.records] == [
        ("pause", day("2026-08-13"), day("2026-08-21")),
        ("income", day("2026-08-14"), None),
    ]
    assert one(book(), "holiday").why == "no pause"


def test_income_and_units_per_hour_name_entries_and_work() -> None:
    # Net 235 - 30 - 1 = 204 over 2 h; 5 units over 2 h.
    found = one(full(), "per-hour")
    assert given(found)[:2] == [("net", D(204)), ("hours", D(2))]
    assert found.value == 102
    assert [record.minutes for record in found.records if record.kind == "time"] == [90, 30]
    units = one(full(), "units-per-hour")
    assert (given(units), units.value) == ([("units", D(5)), ("hours", D(2))], D("2.5"))
    assert one(full(), "units-per-hour", "photos").why == "no units"
    assert one(full(), "per-hour", "photos").why == "no hours"


def test_a_habit_counted_in_hours_stands_among_the_work() -> None:
    rule = Rule(since=day("2026-01-01"), kind="at_least", unit="h", target=D(1))
    habit = Habit(id="h", alias="h", name="Draw", rules=(rule,), stream="news")
    marks = history({day("2026-10-02"): D("1.5"), day("2026-10-03"): D(1), day("2026-11-02"): D(1)})
    found = one(book([entry("2026-10-06", "10")], habits=by_id(habit), histories={"h": marks}), "per-hour")
    assert [(record.kind, record.name, record.minutes) for record in found.records if record.kind == "habit"] == [
        ("habit", "Draw", 150)
    ]


def test_break_even_names_its_costs_and_the_sales_that_covered_them() -> None:
    # Hosting 10 and letters 5; 8 on the 2nd, 16 on the 4th.
    found = one(full(), "break-even")
    assert found.value == day("2026-10-04")
    assert [(each.what, each.value, each.name) for each in found.numbers] == [
        ("cost", D(15), ""),
        ("cost of", D(10), "Hosting"),
        ("cost of", D(5), "Letters"),
        ("margin", D(16), ""),
    ]
    assert [(record.kind, record.amount) for record in found.records] == [
        ("template", -10),
        ("automation", -5),
        ("income", 8),
        ("income", 8),
    ]
    assert one(full(), "break-even", "photos").why == "no cost"
    poor = book([entry("2026-10-01", "1")], templates=full().templates)
    assert one(poor, "break-even").why == "not covered"


def test_expenses_with_one_note_are_named_by_it() -> None:
    spent = [
        entry(f"2026-{month:02}-03", "5", kind="expense", note=note)
        for month, note in ((8, "ads"), (9, "ＡＤＳ"), (10, "Ads"))
    ]
    found = one(book([*spent, entry("2026-10-02", "9")]), "break-even")
    assert [(each.what, each.name) for each in found.numbers] == [("cost", ""), ("cost of", "Ads"), ("margin", "")]
    assert [record.amount for record in found.records] == [-5, -5, -5, 9]


def test_paid_back_names_what_was_invested() -> None:
    # 30 and a fee of 1; 3 h at 2 an hour make 37. October 2025 brought 50: more than nothing, but nothing was invested.
    found = one(full(), "paid-back")
    assert given(found)[:3] == [("invested", D(31)), ("income so far", D(1651)), ("hours so far", D(3))]
    assert given(found)[3:] == [
        ("hourly", D(2)),
        ("invested with hours", D(37)),
        ("paid back with hours", Month(2026, 9)),
    ]
    assert found.value == Month(2026, 10)
    assert [record.amount for record in found.records] == [4, -30]
    assert one(book([entry("2026-10-02", "9", kind="expense")]), "paid-back").why == "before income"
    assert one(book(months_of("2026-09", "9")), "paid-back").why == "no investment"
    assert (
        one(book([*months_of("2026-09", "9"), entry("2026-09-02", "10", kind="expense")]), "paid-back").why == "not yet"
    )


def test_paid_back_shows_no_cost_after_its_month() -> None:
    spent = [entry(on, amount, kind="expense") for on, amount in (("2026-08-02", "10"), ("2026-10-05", "3"))]
    found = one(book([*months_of("2026-08", "6", "6", "6"), *spent]), "paid-back")
    assert (found.value, found.given("invested")) == (Month(2026, 9), D(13))
    assert [(record.day, record.amount) for record in found.records] == [(day("2026-08-02"), -10)]


def test_a_mean_counts_the_months_since_a_stream_began_before_any_entry() -> None:
    news = NEWS._replace(since=day("2026-01-15"))
    found = one(book([entry("2026-10-05", "300")], streams=(news,)), "t3m", "news")
    assert found.value == D(100)
    assert [(number.month, number.value) for number in found.numbers] == [
        (Month(2026, 8), 0),
        (Month(2026, 9), 0),
        (Month(2026, 10), 300),
    ]


def test_old_work_names_the_assets() -> None:
    found = one(full(), "back-catalogue")
    assert given(found) == [("old", D(8)), ("streams income", D(235))]
    assert [(record.kind, record.amount) for record in found.records] == [("asset", None), ("income", 8)]


def test_an_old_asset_of_which_only_a_void_entry_is_left_is_not_behind_the_share() -> None:
    snapshot = full()
    other = Asset("other", "o", "Other", "news", published=day("2025-03-01"))
    void = entry("2026-10-03", "5", status="void", asset="other")
    snapshot = replace(snapshot, entries=(*snapshot.entries, void), assets={**snapshot.assets, "other": other})
    assert [record.name for record in one(snapshot, "back-catalogue").records if record.kind == "asset"] == ["Guide"]


def test_built_and_untended() -> None:
    found = one(full(), "built")
    assert given(found)[:3] == [("assets", 0), ("automations", 1), ("learning", D("0.5"))]
    assert [(record.kind, record.name) for record in found.records] == [
        ("automation", "Letters"),
        ("time", "Newsletter"),
    ]
    left = one(full(), "neglect")
    # Marketing: 1 September, 82 days, 11 weeks; learning: 12 October, 41 days, 5 weeks.
    assert [(each.what, each.value, each.name) for each in left.numbers] == [
        ("market", 11, "Newsletter"),
        ("learn", 5, "Newsletter"),
    ]
    assert [record.minutes for record in left.records] == [60, 30]
    assert one(full(), "neglect", "photos").why == "no time"


def test_what_has_no_rate_is_named() -> None:
    snapshot = book(
        [
            entry("2026-10-01", "5"),
            entry("2026-10-02", "900", "photos", currency="JPY"),
            entry("2026-10-02", "3", "job"),
        ],
        rates=[rate("2026-10-03", "USD", "JPY", "150")],
    )
    assert [(each.currency, each.amount) for each in one(snapshot, "t3m").left_out] == [("JPY", 900)]
    assert one(snapshot, "t3m", "news").left_out == ()


def test_an_archived_stream_without_entries_can_be_explained() -> None:
    snapshot = book(months_of("2026-10", "5"), (NEWS, PHOTOS._replace(archived=True), JOB))
    assert [found.value for found in explain(snapshot, NOV_22, ["t3m", "share", "per-hour"], stream="photos")] == [
        None,
        0.0,
        None,
    ]


@pytest.mark.parametrize("figure", ["share", "sources", "away", "per-hour", "units-per-hour", "back-catalogue"])
def test_in_the_first_month_it_is_too_early_and_without_any_income_there_is_none(figure: Figure) -> None:
    first = book([entry("2026-11-10", "120.50")])
    assert one(first, figure).why == "early"
    if figure not in OF_ALL:
        assert one(first, figure, "news").why == "early"
    if figure in ("share", "sources", "back-catalogue"):
        assert one(book([]), figure).why == "no income"


def test_a_first_income_is_early_in_a_book_with_older_work() -> None:
    worked = book([entry("2026-11-10", "120.50")], times=[time("2026-09-01", 60)])
    assert [one(worked, figure).why for figure in ("share", "sources", "away")] == ["early"] * 3
    assert one(worked, "per-hour").why == "no hours"
