"""Outcome metrics by month: counts add up, of levels the newest reading stands, beside income of the same months."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from pitrack.core.building import Metric
from pitrack.core.days import Month
from pitrack.core.growth import Step
from pitrack.core.model import Stream
from pitrack.core.views.metrics import MetricLine, Reading, Readings, metric_lines, shown_months
from tests.core.books import NEWS, PHOTOS, D, book, day, entry
from tests.core.memory import by_id

TODAY = day("2026-11-22")
SALES = Metric("s", "sales", "Sales", "photos", "count")
PAID = Metric("p", "paid", "Paid subscribers", "news", "level", order=D(1))


def line(metric: Metric, read: dict[str, str], **more: object) -> MetricLine:
    readings = {metric.id: {day(on): D(amount) for on, amount in read.items()}}
    snapshot = book(metrics=by_id(metric), read=readings, **more)  # type: ignore[arg-type]
    return metric_lines(snapshot, TODAY)[0]


def test_a_count_adds_up() -> None:
    # September 2 + 3 = 5, October 8, November 1 + 4 = 5 so far; 8 - 5 = 3, 3 / 5 = 60 %
    found = line(SALES, {"2026-09-01": "2", "2026-09-30": "3", "2026-10-15": "8", "2026-11-01": "1", "2026-11-22": "4"})
    assert (found.now, found.before, found.today) == (5, 8, 4)
    assert found.change == Step(Fraction(3), 0.6, "percent")
    assert found.last == Reading(TODAY, D(4))
    assert found.trend == (*[None] * 10, 5, 8, 5)
    assert found.months[0] == Month(2025, 11)
    assert found.months[-1] == Month(2026, 11)


def test_the_newest_reading_of_a_level_stands() -> None:
    # end of August 40, nothing read in September: still 40; October 50, + 10 = 25 %
    found = line(PAID, {"2026-08-03": "38", "2026-08-20": "40", "2026-10-05": "45", "2026-10-28": "50"})
    assert (found.now, found.before, found.today) == (50, 50, None)
    assert found.change == Step(Fraction(10), 0.25, "percent")
    assert found.trend == (*[None] * 9, 40, 40, 50, 50)


def test_what_cannot_be_a_percentage_says_why() -> None:
    assert line(SALES, {}).change is None
    assert line(SALES, {"2026-10-02": "3"}).change is None  # there is no figure before the first reading
    assert line(SALES, {"2026-08-02": "1", "2026-10-02": "3"}).change == Step(Fraction(3), None, "new")
    assert line(SALES, {"2026-08-02": "1"}).change == Step(Fraction(0), None, "none")
    assert line(PAID, {"2026-09-02": "0", "2026-10-02": "2"}).change == Step(Fraction(2), None, "new")


def test_a_reading_of_a_day_to_come_does_not_count() -> None:
    found = line(SALES, {"2026-11-20": "1", "2026-11-23": "9"})
    assert (found.now, found.last) == (1, Reading(day("2026-11-20"), D(1)))


def test_income_stands_beside_it_in_the_currency_of_its_stream() -> None:
    ebooks = Stream("e", "e", "電子書籍", currency="JPY")
    entries = [
        entry("2026-10-05", "9000", "e", currency="JPY"),
        entry("2026-11-05", "100", "e", currency="JPY"),
        entry("2026-10-06", "70"),
        entry("2025-10-31", "5", "e", currency="JPY"),  # before the months shown
    ]
    metric = SALES._replace(stream="e")
    found = line(metric, {"2026-10-01": "1"}, entries=entries, streams=(NEWS, ebooks))
    assert found.currency == "JPY"
    assert found.income == (*[0] * 11, 9000, 100)
    alone = line(SALES._replace(stream=None), {"2026-10-01": "1"}, entries=entries)
    assert (alone.income, alone.currency) == ((), "USD")
    gone = line(SALES._replace(stream="gone"), {"2026-10-01": "1"}, entries=entries)
    assert gone.income == ()


def test_metrics_stand_in_the_order_of_their_streams() -> None:
    alone = Metric("a", "a", "Alone")
    old = Metric("o", "o", "Old", "news", archived=True)
    snapshot = book((), (NEWS, PHOTOS), metrics=by_id(alone, SALES, old, PAID))
    assert [one.metric.id for one in metric_lines(snapshot, TODAY)] == ["p", "s", "a"]
    assert [one.metric.id for one in metric_lines(snapshot, TODAY, archived=None)] == ["p", "s", "a", "o"]
    assert [one.metric.id for one in metric_lines(snapshot, TODAY, archived=True)] == ["o"]
    assert metric_lines(book(), TODAY) == ()


READ = st.dictionaries(st.dates(dt.date(2025, 11, 1), TODAY), st.integers(0, 10**9).map(D), max_size=30)


@given(READ)
def test_months_of_a_count_add_up_to_all_that_was_read(read: dict[dt.date, D]) -> None:
    found = metric_lines(book(metrics=by_id(SALES), read={"s": read}), TODAY)[0]
    assert sum(amount or 0 for amount in found.trend) == sum(read.values())


@given(READ)
def test_a_level_of_a_month_is_one_of_its_readings_and_stays_where_nothing_is_read(read: dict[dt.date, D]) -> None:
    found = metric_lines(book(metrics=by_id(PAID), read={"p": read}), TODAY)[0]
    for month, before, now in zip(shown_months(TODAY)[1:], found.trend, found.trend[1:], strict=False):
        of_month = [read[on] for on in sorted(read) if Month.of(on) == month]
        assert now == (of_month[-1] if of_month else before)


@given(READ, st.integers(2, 9))
def test_a_change_of_scale_changes_no_percentage(read: dict[dt.date, D], times: int) -> None:
    spans = ((dt.date(2026, 9, 1), dt.date(2026, 9, 30)), (dt.date(2026, 10, 1), dt.date(2026, 10, 31)))
    once = Readings(SALES, read).change(*spans)
    often = Readings(SALES, {on: amount * times for on, amount in read.items()}).change(*spans)
    assert (once and (once.ratio, once.reading)) == (often and (often.ratio, often.reading))
