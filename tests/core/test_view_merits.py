"""The five merits of a book and its streams, worked by hand, and the laws that they keep."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pitrack.core.building import Automation
from pitrack.core.days import Month
from pitrack.core.merits import MERITS, MeritId, change, in_order
from pitrack.core.model import Entry, Habit, Pause, Rule, Settings, Stream, Template, TimeEntry
from pitrack.core.views.merits.measuring import merits, savings
from pitrack.core.views.merits.shapes import Change, Merit, Merits, MeritSet
from tests.core.books import JOB, NEWS, PHOTOS, book, day, entry, months_of, rate, time
from tests.core.memory import Memory, by_id, history

D = Decimal
NOV_22 = day("2026-11-22")
LAYOUT = Automation("a1", "tpl", "Template", day("2026-06-01"), stream="news", task="layout", cost=D(9))
TAGS = Automation("a2", "tag", "Tagger", day("2026-07-01"), stream="photos", task="tags", cost=D(6), order=D(1))
SERVICE = Stream(id="shop", alias="s", name="Service", role="service", order=D(2))


def routine(first: str, *hours: float, task: str = "layout", stream: str = "news") -> list[TimeEntry]:
    start = Month.parse(first)
    return [
        time(f"{start.shift(n)}-05", round(60 * spent), stream, kind="routine", task=task)
        for n, spent in enumerate(hours)
        if spent
    ]


def made(first: str, *hours: float, stream: str = "news", **more: Any) -> list[TimeEntry]:
    start = Month.parse(first)
    return [
        time(f"{start.shift(n)}-06", round(60 * spent), stream, **({"kind": "make"} | more))
        for n, spent in enumerate(hours)
        if spent
    ]


def of(
    entries: Iterable[Entry] = (), times: Iterable[TimeEntry] = (), automations: Iterable[Automation] = (), **more: Any
) -> Memory:
    ordered = sorted(times, key=lambda one: (one.day, one.id))
    return book(entries, times=ordered, automations=by_id(*automations), **more)


def stream(view: Merits, id_: str) -> MeritSet:
    return next(one for one in view.streams if one.stream == id_)


def one(set_: MeritSet, id_: MeritId) -> Merit:
    return set_.merit(id_)


def test_an_empty_book_says_of_each_merit_why_it_has_no_figure() -> None:
    view = merits(book(), NOV_22)
    assert (view.month, view.months) == (Month(2026, 10), ())
    assert [(merit.id, merit.figure, merit.why, merit.trend, merit.change) for merit in view.whole.merits] == [
        ("efficiency", None, "no automation", (), None),
        ("cost", None, "no income", (), None),
        ("scalability", None, "no units", (), None),
        ("always-on", None, "no income", (), None),
        ("core-focus", None, "no hours", (), None),
    ]
    assert [one.stream for one in view.streams] == ["news", "photos"]
    assert view.whole.savings == ()


# Efficiency


def test_hours_saved_add_up_over_the_running_automations() -> None:
    # Newsletter: 7 h before (6, 9, 6), 2 h since (2, 1, 3): 5 saved. Photos: 4 h before (April 3, May 5, June 4), 1 h
    # since (1, 1, 1): 3 saved.
    times = [
        *routine("2026-03", 6, 9, 6, 5, 5, 2, 1, 3),
        *routine("2026-04", 3, 5, 4, 4, 1, 1, 1, task="tags", stream="photos"),
    ]
    view = merits(of(times=times, automations=(LAYOUT, TAGS)), NOV_22)
    assert one(view.whole, "efficiency").figure == 8
    assert one(stream(view, "news"), "efficiency").figure == 5
    assert one(stream(view, "photos"), "efficiency").figure == 3
    # March to October; saved in June 7 - 5, in July 2 + (4 - 4), in August 5 + 3, September 6 + 3, October 4 + 3.
    assert [str(month) for month in view.months] == [f"2026-{month:02}" for month in range(3, 11)]
    assert one(view.whole, "efficiency").trend == (None, None, None, 2, 2, 8, 9, 7)
    # (8 + 9 + 7) / 3 = 8 against May none, June 2, July 2 -> 2: +6, four times as much.
    assert one(view.whole, "efficiency").change == Change(D(2), D(8), D(6), 3.0, "percent")
    assert [(saving.hours, saving.cost) for saving in view.whole.savings] == [(5, 9), (3, 6)]


def test_an_automation_on_no_stream_is_of_the_whole_only_and_one_of_the_job_of_neither() -> None:
    nowhere, job = LAYOUT._replace(stream=None), LAYOUT._replace(id="a3", stream="job")
    times = [*routine("2026-05", 2), *made("2026-10", 1), *routine("2026-05", 7, stream="job")]
    snapshot = of(times=times, automations=(nowhere, job))
    view = merits(snapshot, NOV_22)
    assert one(view.whole, "efficiency").figure == 2
    assert one(stream(view, "news"), "efficiency").why == "no automation"
    # The register measures all of them.
    assert [saving.hours for saving in savings(snapshot, NOV_22)] == [2, 7]


@pytest.mark.parametrize(
    ("since", "task", "why"),
    [
        ("2026-11-01", "layout", "no month since"),
        ("2026-01-01", "layout", "no month before"),
        ("2026-06-01", "", "no task"),
        ("2026-06-01", "other", "no time on it"),
        ("2026-12-01", "layout", "no automation"),
    ],
)
def test_why_no_hours_are_saved(since: str, task: str, why: str) -> None:
    automation = LAYOUT._replace(since=day(since), task=task)
    view = merits(of(times=routine("2026-03", *[1] * 8), automations=(automation,)), NOV_22)
    assert (one(view.whole, "efficiency").figure, one(view.whole, "efficiency").why) == (None, why)


# Cost


def test_costs_are_a_part_of_income() -> None:
    # October: 200 less a refund of 40 is 160; expenses 30 and a fee of 2 are 32: a fifth.
    entries = [
        entry("2026-09-10", "100"),
        entry("2026-10-10", "200", fee="2"),
        entry("2026-10-11", "40", kind="refund"),
        entry("2026-10-12", "30", kind="expense"),
        entry("2026-10-13", "999", "job"),
        entry("2026-11-02", "5000", kind="expense"),
    ]
    view = merits(of(entries), NOV_22)
    cost = one(view.whole, "cost")
    assert (cost.figure, cost.trend, cost.change) == (D("0.2"), (0, D("0.2")), None)
    assert (view.whole.costs.income, view.whole.costs.expense) == (160, 32)
    assert one(stream(view, "photos"), "cost").why == "no income"


def test_a_month_that_gave_back_as_much_as_it_earned_has_no_cost_ratio() -> None:
    entries = [
        entry("2026-10-10", "40"),
        entry("2026-10-11", "50", kind="refund"),
        entry("2026-10-12", "5", kind="expense"),
    ]
    cost = one(merits(of(entries), NOV_22).whole, "cost")
    assert (cost.figure, cost.why, cost.trend) == (None, "no income", (None,))


def test_the_hours_saved_at_what_an_hour_is_worth_less_what_the_tools_cost() -> None:
    # 5 h at 20 are 100; the tool costs 9: 91.
    snapshot = of(
        times=routine("2026-03", 6, 9, 6, 5, 5, 2, 1, 3),
        automations=(LAYOUT, TAGS._replace(until=day("2026-10-31"))),
        settings=Settings("test", hourly=D(20)),
    )
    costs = merits(snapshot, NOV_22).whole.costs
    assert (costs.hourly, costs.worth, costs.tools, costs.gain) == (20, 100, 9, 91)


def test_without_an_hour_s_worth_there_is_no_gain_in_money() -> None:
    snapshot = of(times=routine("2026-03", 6, 9, 6, 5, 5, 2, 1, 3), automations=(LAYOUT,))
    costs = merits(snapshot, NOV_22).whole.costs
    assert (costs.hourly, costs.worth, costs.tools, costs.gain) == (None, None, 9, None)
    hourly = Settings("test", hourly=D(20))
    costs = merits(of(automations=(LAYOUT,), settings=hourly), NOV_22).whole.costs
    assert (costs.worth, costs.gain) == (None, None)  # nobody knows how many hours


def test_costs_are_converted_and_those_without_a_rate_are_named() -> None:
    yen, crowns = LAYOUT._replace(cost=D(1500), currency="JPY"), TAGS._replace(currency="SEK")
    snapshot = of(automations=(yen, crowns), rates=[rate("2026-10-01", "USD", "JPY", "150")])
    view = merits(snapshot, NOV_22)
    assert (view.whole.costs.tools, view.whole.costs.tools_apart) == (10, ("SEK",))
    assert [saving.cost for saving in view.whole.savings] == [10, None]
    # In yen the dollars of no automation are asked for.
    assert merits(snapshot, NOV_22, "JPY").whole.costs.tools == 1500


def test_money_without_a_rate_is_told() -> None:
    view = merits(of([entry("2026-10-10", "7", currency="SEK"), entry("2026-10-11", "5")]), NOV_22)
    (missing,) = view.missing_rates
    assert (missing.currency, missing.amount) == ("SEK", 7)


# Scalability


def test_units_sold_per_hour_of_work() -> None:
    # October: 12 less 2 given back are 10 units for 4 h on the newsletter; photos sold none by the unit, so that their
    # hours do not count. September: 3 units, no hours.
    entries = [
        entry("2026-09-10", "30", units="3"),
        entry("2026-10-10", "120", units="12"),
        entry("2026-10-11", "20", kind="refund", units="2"),
        entry("2026-10-12", "5", "photos"),
    ]
    times = [*made("2026-10", 4), *made("2026-10", 9, stream="photos")]
    view = merits(of(entries, times), NOV_22)
    scale = one(view.whole, "scalability")
    assert (scale.figure, scale.trend) == (D("2.5"), (None, D("2.5")))
    assert (view.whole.sold.units, view.whole.sold.hours) == ((3, 10), (0, 4))
    assert one(stream(view, "photos"), "scalability").why == "no units"


def test_units_without_hours_scale_nothing() -> None:
    view = merits(of([entry("2026-10-10", "120", units="12")]), NOV_22)
    assert (one(view.whole, "scalability").figure, one(view.whole, "scalability").why) == (None, "no hours")


# Always on


def sales(*days: int, month: str = "2026-10", stream: str = "news") -> list[Entry]:
    return [entry(f"{month}-{number:02}", "10", stream) for number in days]


def test_sales_on_days_without_work_on_their_stream() -> None:
    # Five sales, two of them on the 6th, on which the newsletter was worked on; the work of the 9th is of the photos.
    times = [*made("2026-10", 1), time("2026-10-09", 60, "photos")]
    view = merits(of(sales(6, 6, 9, 14, 20), times), NOV_22)
    always = one(view.whole, "always-on")
    assert (always.figure, always.why) == (D("0.6"), "")
    assert (view.whole.sales.sales, view.whole.sales.away) == ((5,), (3,))
    assert view.whole.sales.income.income == 30


def test_sales_that_do_not_tell_when_they_were_are_left_out() -> None:
    times = [*made("2026-10", 1), *made("2026-10", 1, stream="shop"), *made("2026-10", 1, stream="photos")]
    # Of the photos all came on three days: payouts. A service sells hours. What is void, given back or spent is none.
    entries = [
        *sales(6, 9, 14, 20),
        *sales(1, 2, 3, stream="photos"),
        *sales(1, 2, 3, 4, 5, stream="shop"),
        entry("2026-10-15", "10", status="void"),
        entry("2026-10-16", "1", kind="refund"),
        entry("2026-10-17", "1", kind="expense"),
    ]
    view = merits(of(entries, times, streams=(NEWS, PHOTOS, SERVICE, JOB)), NOV_22)
    assert one(view.whole, "always-on").figure == D("0.75")
    assert one(stream(view, "photos"), "always-on").why == "lump"
    assert one(stream(view, "shop"), "always-on").why == "service"
    assert one(merits(of(sales(6, 9, 14, 20)), NOV_22).whole, "always-on").why == "no time"


def test_what_came_on_days_off_is_shown_once_they_are_over() -> None:
    pauses = [Pause("p1", day("2026-10-05"), day("2026-10-11")), Pause("p2", day("2026-11-20"))]
    view = merits(of(sales(4, 5, 11, 12), pauses=pauses), NOV_22)
    (holiday,) = view.whole.sales.holidays
    assert (holiday.days, holiday.income) == (7, 20)


# Core focus


def test_the_part_of_the_hours_that_is_not_routine() -> None:
    # October: 3 h made, 2 of a habit counted in hours, 1 on no stream; 2 routine: 6 of 8. The job's hours stay out.
    read = Habit("h", "h", "Read", (Rule(day("2026-10-01"), "at_least", target=D(1), unit="h"),), stream="photos")
    times = [
        *made("2026-10", 3),
        *made("2026-10", 1, stream="none", kind="learn"),
        *routine("2026-10", 2),
        *made("2026-10", 50, stream="job"),
    ]
    snapshot = of(times=times, habits=by_id(read), histories={"h": history({day("2026-10-09"): D(2)})})
    view = merits(snapshot, NOV_22)
    assert one(view.whole, "core-focus").figure == D("0.75")
    assert (view.whole.focus.core, view.whole.focus.routine) == ((6,), (2,))
    assert one(stream(view, "photos"), "core-focus").figure == 1
    assert one(stream(view, "news"), "core-focus").figure == D("0.6")


def test_where_the_saved_hours_went() -> None:
    # Before June: layout 7 h, invoices 1 h, making 4 h. August to October: layout 2 h, invoices 1 h, making 6 h;
    # learning took 3 h in October alone, so 1 h.
    times = [
        *routine("2026-03", 6, 9, 6, 5, 5, 2, 1, 3),
        *routine("2026-03", *[1] * 8, task="Invoices"),
        *made("2026-03", 4, 4, 4, 5, 5, 6, 6, 6),
        *made("2026-10", 3, kind="learn"),
    ]
    focus = merits(of(times=times, automations=(LAYOUT,)), NOV_22).whole.focus
    assert [str(month) for month in (*focus.before, *focus.since)] == [
        *("2026-03", "2026-04", "2026-05"),
        *("2026-08", "2026-09", "2026-10"),
    ]
    assert [(shift.kind, shift.task, shift.before, shift.since) for shift in focus.shifts] == [
        ("routine", "layout", 7, 2),
        ("routine", "Invoices", 1, 1),
        ("make", "", 4, 6),
        ("market", "", 0, 0),
        ("learn", "", 0, 1),
        ("serve", "", 0, 0),
    ]


def test_without_an_automation_there_is_no_before() -> None:
    focus = merits(of(times=made("2026-03", *[4] * 8)), NOV_22).whole.focus
    assert (focus.before, focus.since, focus.shifts) == ((), (), ())


# Order and change


def test_what_the_playbook_names_stands_first() -> None:
    view = merits(book(), NOV_22, firsts={"news": ["always-on", "cost"]})
    assert [(merit.id, merit.named) for merit in stream(view, "news").merits] == [
        ("always-on", True),
        ("cost", True),
        ("efficiency", False),
        ("scalability", False),
        ("core-focus", False),
    ]
    assert [merit.id for merit in view.whole.merits] == list(MERITS)
    assert in_order(["what", "cost", "cost"])[0] == "cost"
    assert len(in_order(["what", "cost", "cost"])) == 5


def test_a_change_compares_three_months_with_the_three_before() -> None:
    row = [Fraction(value) for value in (99, 1, 2, 3, 4, 5, 6)]
    found = change(row)
    assert found is not None
    assert (found.before, found.now, found.step.delta, found.step.ratio) == (2, 5, 3, 1.5)
    assert change(row[2:]) is None
    # A month without a value is left out of its mean.
    found = change([Fraction(1), None, None, None, Fraction(4), Fraction(8)])
    assert found is not None
    assert (found.before, found.now) == (1, 6)
    assert change([None, None, None, *row[:3]]) is None


amounts = st.lists(st.integers(-300, 300), min_size=1, max_size=14)
hours = st.lists(st.integers(0, 40), min_size=12, max_size=12)


def a_book(incomes: list[int], spent: list[int], scale: int = 1) -> Memory:
    entries = months_of("2025-11", *(str(scale * income) for income in incomes))
    entries = [one._replace(units=D(3)) for one in entries]
    times = [*routine("2025-11", *spent), *made("2025-11", *reversed(spent))]
    return of(entries, times, (LAYOUT,))


@given(amounts, hours, st.integers(1, 9))
def test_ratios_do_not_depend_on_the_unit_of_money(incomes: list[int], spent: list[int], scale: int) -> None:
    plain, scaled = merits(a_book(incomes, spent), NOV_22), merits(a_book(incomes, spent, scale), NOV_22)
    for id_ in MERITS:
        assert one(plain.whole, id_) == one(scaled.whole, id_)


@given(amounts, hours, st.randoms())
def test_the_order_of_the_records_is_no_matter(incomes: list[int], spent: list[int], random: Any) -> None:
    snapshot = a_book(incomes, spent)
    times, entries = list(snapshot.times), list(snapshot.entries)
    random.shuffle(times)
    random.shuffle(entries)
    shuffled = Memory(streams=snapshot.streams, entries=entries, times=times, automations=snapshot.automations)
    assert merits(shuffled, NOV_22) == merits(snapshot, NOV_22)


@given(amounts, hours)
def test_a_month_of_nothing_before_all_others_changes_no_figure(incomes: list[int], spent: list[int]) -> None:
    plain = merits(a_book(incomes, spent), NOV_22)
    longer = a_book(incomes, spent)
    longer = of((entry("2025-06-10", "0"), *longer.entries), longer.times, (LAYOUT,))
    for id_ in MERITS:
        assert one(merits(longer, NOV_22).whole, id_).figure == one(plain.whole, id_).figure


@given(amounts, hours)
def test_shares_of_work_and_of_sales_stay_between_nothing_and_all(incomes: list[int], spent: list[int]) -> None:
    view = merits(a_book(incomes, spent), NOV_22)
    for id_ in ("always-on", "core-focus"):
        for value in one(view.whole, id_).trend:  # type: ignore[arg-type]
            assert value is None or 0 <= value <= 1


def test_it_is_counted_on_the_day_asked_for() -> None:
    snapshot = of(times=routine("2026-03", 6, 9, 6, 5, 5, 2, 1, 3), automations=(LAYOUT,))
    # On 1 July only June is since: 7 - 5.
    view = merits(snapshot, dt.date(2026, 7, 1))
    assert (one(view.whole, "efficiency").figure, view.month) == (2, Month(2026, 6))


def test_the_fixed_cost_is_covered_on_a_day() -> None:
    rent = Template("t", "rent", "Rent", "expense", D(60), "USD", day("2026-08-01"), stream="news")
    view = merits(of(sales(4, 9, 14, 20, 22, 25, 28), templates=by_id(rent)), NOV_22)
    # 10 a sale: the sixth, on the 25th, makes up 60.
    costs = view.whole.costs
    assert (costs.fixed.cost, costs.fixed.day) == (60, day("2026-10-25"))
    assert [(cost.name, cost.amount) for cost in costs.fixed.items] == [("Rent", 60)]
