"""The growth view: months with labels, headline, stacking and coverage, worked by hand."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pitrack.core.days import Month
from pitrack.core.model import Entry, Habit, Rule, Settings
from pitrack.core.views.income.growth import Growth, MissingRate, StreamGrowth, growth
from tests.core.books import JOB, NEWS, PHOTOS, book, day, entry, months_of, rate, time
from tests.core.memory import by_id, history

D = Decimal
NOV_22 = day("2026-11-22")


def stream(view: Growth, id_: str) -> StreamGrowth:
    return next(line for line in view.streams if line.stream == id_)


def test_an_empty_book_has_no_months_and_no_figures() -> None:
    view = growth(book(), NOV_22)
    assert view.months == ()
    assert view.headline is None
    assert (view.to_date, view.to_date_before) == (0, 0)
    assert (view.t3m, view.run_rate, view.cmgr, view.yoy, view.coverage, view.sources) == (None,) * 6
    assert view.missing_rates == ()
    assert [line.stream for line in view.streams] == ["news", "photos", "job"]
    assert all(line.months == () and line.t3m is None and line.share is None for line in view.streams)


def test_months_run_without_gaps_and_each_step_has_its_label() -> None:
    # April 100, May nothing, June nothing, July 50, August 75, September refunds of 25, October 60, November open.
    snapshot = book(
        [
            *months_of("2026-04", "100"),
            *months_of("2026-07", "50", "75", "-25", "60", "812"),
        ],
        closed_months=frozenset({Month(2026, 4), Month(2026, 5)}),
    )
    view = growth(snapshot, NOV_22)
    assert [(str(m.month), m.income, m.delta, m.mom, m.label) for m in view.months] == [
        ("2026-04", D(100), None, None, "first"),
        ("2026-05", D(0), D(-100), -1.0, "percent"),
        ("2026-06", D(0), D(0), None, "none"),
        ("2026-07", D(50), D(50), None, "new"),
        ("2026-08", D(75), D(25), 0.5, "percent"),
        ("2026-09", D(-25), D(-100), pytest.approx(-4 / 3), "percent"),
        ("2026-10", D(60), D(85), None, "n/m"),
        ("2026-11", D(812), None, None, "open"),
    ]
    assert [m.open for m in view.months] == [False] * 7 + [True]
    assert [m.provisional for m in view.months] == [False, False, True, True, True, True, True, False]
    assert view.headline == view.months[-2]
    # T3M: (75 - 25 + 60) / 3
    assert view.t3m is not None
    assert round(view.t3m, 10) == round(D(110) / 3, 10)
    assert view.run_rate == 440


def test_the_open_month_never_enters_a_growth_figure() -> None:
    months = months_of("2025-10", *["100"] * 12, "150")
    plain, busy = growth(book(months), NOV_22), growth(book([*months, entry("2026-11-20", "9999")]), NOV_22)
    assert (plain.t3m, plain.cmgr, plain.yoy, plain.sources) == (busy.t3m, busy.cmgr, busy.yoy, busy.sources)
    assert plain.headline == busy.headline
    assert busy.yoy == 0.5
    assert busy.to_date == 9999


def test_month_to_date_stands_beside_the_same_days_of_the_month_before() -> None:
    snapshot = book(
        [
            entry("2026-10-22", "764"),
            entry("2026-10-23", "1"),
            entry("2026-11-22", "812"),
            entry("2026-11-23", "5000"),
            entry("2026-10-01", "3000", "job"),
        ]
    )
    view = growth(snapshot, NOV_22)
    assert (view.to_date, view.to_date_before) == (812, 764)
    assert view.months[-1].income == 812, "what is dated later is not known yet"


def test_the_month_before_counts_whole_when_it_is_shorter() -> None:
    snapshot = book([entry("2026-02-28", "10"), entry("2026-03-31", "20")])
    view = growth(snapshot, day("2026-03-31"))
    assert (view.to_date, view.to_date_before) == (20, 10)


def test_the_first_month_open_has_no_headline() -> None:
    view = growth(book([entry("2026-11-03", "10")]), NOV_22)
    assert [m.label for m in view.months] == ["open"]
    assert (view.headline, view.t3m, view.coverage, view.sources) == (None, None, None, None)


def test_the_job_stays_out_of_growth_but_counts_in_coverage_and_sources() -> None:
    # October: streams 1,146 of 4,200. Without the job: 750 and 250 over twelve months, HHI .625, so 1.6 sources.
    snapshot = book(
        [
            entry("2026-09-05", "4000", "job"),
            entry("2026-10-05", "4200", "job"),
            entry("2026-10-06", "896", "news"),
            entry("2026-10-07", "250", "photos"),
            entry("2026-10-08", "146", "news", kind="refund"),
        ]
    )
    view = growth(snapshot, NOV_22)
    assert [m.income for m in view.months] == [1000, 0]
    assert view.coverage == pytest.approx(1000 / 4200)
    assert view.sources == 1.6
    # Of 9,200: job 8,200, news 750, photos 250: HHI (8200**2 + 750**2 + 250**2) / 9200**2 = 67,865,000 / 84,640,000
    assert view.sources_with_job == pytest.approx(84_640_000 / 67_865_000)
    assert [(line.stream, line.share) for line in view.streams] == [
        ("news", 0.75),
        ("photos", 0.25),
        ("job", pytest.approx(8200 / 9200)),
    ]
    assert [m.income for m in stream(view, "job").months] == [4200, 0]


def test_coverage_takes_the_headline_month_only() -> None:
    assert growth(book([entry("2026-09-05", "4000", "job"), entry("2026-10-06", "10")]), NOV_22).coverage is None


def test_a_book_with_a_job_alone_has_one_source_and_no_months() -> None:
    view = growth(book([entry("2026-10-05", "4200", "job")]), NOV_22)
    assert (view.months, view.coverage, view.sources, view.sources_with_job) == ((), None, None, 1.0)


def test_shares_look_back_twelve_complete_months() -> None:
    snapshot = book(
        [entry("2025-10-31", "9999", "photos"), entry("2025-11-01", "1"), entry("2026-11-01", "7", "photos")]
    )
    assert [line.share for line in growth(snapshot, NOV_22).streams] == [1, 0, 0]


def test_entries_without_a_stream_are_a_line_of_their_own_before_the_job() -> None:
    snapshot = book([entry("2026-10-06", "30"), entry("2026-10-06", "10", None), entry("2026-10-06", "5", "job")])
    view = growth(snapshot, NOV_22)
    assert [(line.stream, line.name) for line in view.streams] == [
        ("news", "Newsletter"),
        ("photos", "Stock photos"),
        ("", ""),
        ("job", "Day job"),
    ]
    assert stream(view, "").share == 0.25
    assert view.months[0].income == 40


def test_an_archived_stream_shows_as_long_as_it_has_entries() -> None:
    streams = (NEWS, PHOTOS._replace(archived=True))
    assert [line.stream for line in growth(book(streams=streams), NOV_22).streams] == ["news"]
    shown = growth(book([entry("2026-10-01", "1", "photos")], streams=streams), NOV_22)
    assert [line.stream for line in shown.streams] == ["news", "photos"]


def test_t3m_of_a_young_stream_leaves_out_the_months_before_its_start() -> None:
    # News since July; photos first sold in October (60), in one book begun in September, in the other not.
    entries = [*months_of("2026-07", "30", "30", "30", "30"), entry("2026-10-10", "60", "photos")]
    assert stream(growth(book(entries), NOV_22), "photos").t3m == 60
    september = (NEWS, PHOTOS._replace(since=day("2026-09-15")))
    assert stream(growth(book(entries, september), NOV_22), "photos").t3m == 30
    untouched = stream(growth(book(months_of("2026-07", "30", "30")), NOV_22), "photos")
    assert untouched.t3m is None
    assert [m.label for m in untouched.months] == ["first", "none", "none", "none", "open"]


def test_income_per_hour_is_net_over_hours_of_the_headline_month() -> None:
    # (100 - 4) / (90 + 30 minutes = 2 h) = 48; photos logged none; November's hours do not count.
    snapshot = book(
        [entry("2026-10-06", "100", fee="4"), entry("2026-10-06", "10", "photos")],
        times=[time("2026-10-01", 90), time("2026-10-31", 30, kind="market"), time("2026-11-01", 600)],
    )
    view = growth(snapshot, NOV_22)
    assert (stream(view, "news").hours, stream(view, "news").per_hour) == (2, 48)
    assert (stream(view, "photos").hours, stream(view, "photos").per_hour) == (0, None)


def test_a_habit_with_a_time_unit_is_time_of_its_stream() -> None:
    # Minutes until October 10, hours from then on: 30 min + 1.5 h = 2 h. A skipped day is no time.
    rules = (
        Rule(since=day("2026-01-01"), kind="at_least", unit="min", target=D(20)),
        Rule(since=day("2026-10-10"), kind="at_least", unit="Hours", target=D(1)),
    )
    habit = Habit(id="h", alias="h", name="Draw", rules=rules, stream="news")
    marks = history({day("2026-10-09"): D(30), day("2026-10-10"): D("1.5"), day("2026-10-11"): "skip"})
    snapshot = book([entry("2026-10-06", "10")], habits=by_id(habit), histories={"h": marks})
    assert stream(growth(snapshot, NOV_22), "news").hours == 2
    pages = book(
        [entry("2026-10-06", "10")],
        habits=by_id(habit._replace(rules=(rules[0]._replace(unit="pages"),))),
        histories={"h": marks},
    )
    assert stream(growth(pages, NOV_22), "news").hours == 0


def test_another_currency_converts_each_day_and_names_the_rates_that_miss() -> None:
    snapshot = book(
        [
            entry("2026-10-06", "15000", currency="JPY"),
            entry("2026-10-07", "10", currency="EUR"),
            entry("2026-10-08", "1"),
        ],
        rates=[rate("2026-10-01", "USD", "JPY", "150")],
    )
    view = growth(snapshot, NOV_22)
    assert view.currency == "USD"
    assert view.months[0].income == 101
    assert view.missing_rates == (MissingRate("EUR", day("2026-10-07"), D(10)),)
    yen = growth(snapshot, NOV_22, "JPY")
    assert (yen.currency, yen.months[0].income) == ("JPY", 15150)


def test_a_received_amount_sets_the_value_in_the_book_s_currency() -> None:
    paid = entry("2026-10-06", "100", received="14900")
    snapshot = book(
        [paid], settings=Settings(store="t", currency="JPY"), rates=[rate("2026-10-01", "USD", "JPY", "150")]
    )
    assert growth(snapshot, NOV_22).months[0].income == 14900
    assert growth(snapshot, NOV_22, "USD").months[0].income == 100


def test_a_month_shows_expense_net_and_what_is_pending() -> None:
    snapshot = book([entry("2026-10-06", "100", fee="4", status="pending"), entry("2026-10-07", "30", kind="expense")])
    october = growth(snapshot, NOV_22).months[0]
    assert (october.income, october.expense, october.net, october.pending) == (100, 34, 66, 100)


def test_steady_growth_has_its_rate_and_doubling_time() -> None:
    # Doubling each month for twelve months: 100 % a month, one month to double.
    snapshot = book(months_of("2025-11", *(str(2**n) for n in range(12))))
    view = growth(snapshot, NOV_22)
    assert view.cmgr == pytest.approx(1.0)
    assert view.doubling_months == pytest.approx(1.0)


def test_yen_and_quadrillions_stay_exact() -> None:
    snapshot = book(
        [
            entry("2026-09-06", "1000000000000000", currency="JPY"),
            entry("2026-10-06", "1000000000000001", currency="JPY"),
        ],
        settings=Settings(store="t", currency="JPY"),
    )
    view = growth(snapshot, NOV_22)
    assert view.headline is not None
    assert view.headline.delta == 1
    assert view.t3m == D("1000000000000000.5")


incomes = st.lists(st.integers(-(10**7), 10**9).map(lambda cents: str(D(cents).scaleb(-2))), min_size=1, max_size=14)


def scaled(recorded: Entry, factor: int) -> Entry:
    return recorded._replace(gross=recorded.gross * factor)


@given(incomes, incomes, st.sampled_from([3, 10, 1000, 7919]))
def test_ratios_do_not_depend_on_the_unit_of_money(news: list[str], photos: list[str], factor: int) -> None:
    entries = [*months_of("2025-09", *news), *months_of("2025-10", *photos, stream="photos")]
    plain = growth(book(entries), NOV_22)
    large = growth(book([scaled(one, factor) for one in entries]), NOV_22)
    assert [(m.mom, m.label) for m in large.months] == [(m.mom, m.label) for m in plain.months]
    assert (large.cmgr, large.yoy, large.sources) == (plain.cmgr, plain.yoy, plain.sources)
    assert [m.income for m in large.months] == [m.income * factor for m in plain.months]


@given(incomes, st.randoms(use_true_random=False))
def test_the_order_of_entries_changes_nothing(news: list[str], random: object) -> None:
    snapshot = book([*months_of("2025-09", *news), *months_of("2025-12", *news, stream="photos")])
    shuffled = list(snapshot.entries)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert growth(replace(snapshot, entries=tuple(shuffled)), NOV_22) == growth(snapshot, NOV_22)


@given(incomes, st.dates(dt.date(2024, 1, 1), NOV_22), st.sampled_from(["news", "job", None]))
def test_a_void_entry_changes_nothing(news: list[str], on: dt.date, where: str | None) -> None:
    entries = months_of("2025-09", *news)
    void = entry(str(on), "500", where, status="void", fee="3")
    assert growth(book([*entries, void]), NOV_22) == growth(book(entries), NOV_22)


@given(incomes, incomes)
def test_the_streams_add_up_to_the_whole(news: list[str], photos: list[str]) -> None:
    entries = [
        *months_of("2025-09", *news),
        *months_of("2025-10", *photos, stream="photos"),
        entry("2026-01-01", "9", "job"),
    ]
    view = growth(book(entries), NOV_22)
    own = [line for line in view.streams if line.stream != JOB.id]
    for index, month in enumerate(view.months):
        assert sum(line.months[index].income for line in own) == month.income
    if view.sources is not None:
        assert 1 <= view.sources <= sum((line.share or 0) > 0 for line in own)


def test_the_months_of_one_stream_begin_where_it_began() -> None:
    """Set to March, it earned from April on: the empty March is in its means, and so among its months."""
    news = NEWS._replace(since=day("2026-03-05"))
    snapshot = book(months_of("2026-08", "90", "100"), [news])
    alone = growth(snapshot, NOV_22, stream="news")
    assert [(str(one.month), one.income, one.label) for one in alone.months[4:7]] == [
        *(("2026-07", D(0), "none"), ("2026-08", D(90), "new"), ("2026-09", D(100), "percent")),
    ]
    assert (str(alone.months[0].month), alone.months[0].label) == ("2026-03", "first")
    assert len(alone.streams[0].months) == len(alone.months)
    assert str(growth(snapshot, NOV_22).months[0].month) == "2026-08"
    none = growth(book([], [news]), NOV_22, stream="news")
    assert (none.months, none.t3m) == ((), D(0))
