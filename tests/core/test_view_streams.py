"""The stream ledger: lines, filter and totals."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from pitrack.core.views.streams import Total, filter_entries, stream_lines, totals
from tests.core.books import JOB, NEWS, PHOTOS, book, day, entry, months_of, rate, time

D = Decimal
NOV_22 = day("2026-11-22")


def test_a_line_holds_month_trend_hours_and_income_per_hour() -> None:
    # August 100, September 200, October 250, November so far 40 (and 60 dated tomorrow, not yet known).
    snapshot = book(
        [
            *months_of("2026-08", "100", "200", "250", "40"),
            entry("2026-09-11", "30", kind="expense"),
            entry("2026-11-23", "60"),
            entry("2026-11-01", "5", status="void"),
        ],
        times=[
            time("2026-08-01", 120),
            time("2026-10-23", 60),
            time("2026-10-24", 90),
            time("2026-11-22", 30),
            time("2026-11-23", 999),
        ],
    )
    news = stream_lines(snapshot, NOV_22)[0]
    assert (news.month_income, news.last_income, news.mom) == (40, 250, 0.25)
    assert news.trend == (*[D(0)] * 9, D(100), D(200), D(250))
    # October's 60 + 90 minutes, and its 250.
    assert (news.hours, news.per_hour) == (D("2.5"), 100)
    assert news.entries == 6


def test_a_stream_without_records_is_all_nothing() -> None:
    photos = stream_lines(book(), NOV_22)[1]
    assert (photos.month_income, photos.last_income, photos.mom, photos.per_hour) == (0, 0, None, None)
    assert (photos.trend, photos.hours, photos.entries) == ((D(0),) * 12, 0, 0)


def test_living_streams_come_in_the_user_s_order_the_job_last() -> None:
    streams = (JOB._replace(order=D(-5)), PHOTOS, NEWS._replace(order=D(2)), NEWS._replace(id="old", archived=True))
    assert [line.stream.id for line in stream_lines(book(streams=streams), NOV_22)] == ["photos", "news", "job"]


def test_a_line_is_in_the_stream_s_own_currency() -> None:
    snapshot = book(
        [
            entry("2026-11-01", "15000", currency="JPY"),
            entry("2026-11-02", "10"),
            entry("2026-11-03", "10", currency="EUR"),
        ],
        streams=[NEWS._replace(currency="JPY")],
        rates=[rate("2026-11-01", "USD", "JPY", "150")],
    )
    assert stream_lines(snapshot, NOV_22)[0].month_income == 16500


LEDGER = book(
    [
        entry("2025-12-31", "20", "photos", note="Ｓｐｏｎｓｏｒ 写真", tags=("Q4",)),
        entry("2026-10-01", "100", note="sponsor of issue 7", tags=("q4", "big")),
        entry("2026-10-05", "100.01", "photos", status="pending", currency="EUR"),
        entry("2026-11-05", "300", kind="refund", status="void", note="Straße"),
        entry("2026-11-06", "45", None, kind="expense", note="tools > 100 at 2026-13", tags=("q41",)),
    ]
)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", "54321"),
        ("   ", "54321"),
        ("sponsor", "21"),
        ("SPONSOR issue", "2"),
        ("ｓｐｏｎｓｏｒ", "21"),
        ("写真", "1"),
        ("strasse", "4"),
        ("newsletter", "42"),
        ("stock", "31"),
        ("eur", "3"),
        ("q4", "521"),
        ("#q4", "21"),
        ("＃Ｑ４", "21"),
        ("#nothing", ""),
        (">100", "43"),
        ("＞１００", "43"),
        (">=100", "432"),
        ("<100", "51"),
        ("<=100 >20", "52"),
        ("2026", "5432"),
        ("2026-10", "32"),
        ("2026-10-05", "3"),
        ("2026-13", "5"),
        (">", "5"),
        ("pending", "3"),
        ("cleared", "521"),
        ("void", "4"),
        ("income", "321"),
        ("expense", "5"),
        ("refund", "4"),
        ("income 2026 sponsor #big", "2"),
        ("income expense", ""),
    ],
)
def test_every_term_must_match_newest_first(query: str, found: str) -> None:
    number = {recorded.id: str(place) for place, recorded in enumerate(LEDGER.entries, 1)}
    assert "".join(number[kept.id] for kept in filter_entries(LEDGER, query)) == found


def test_one_stream_can_be_chosen() -> None:
    kept = filter_entries(LEDGER, "sponsor", stream="photos")
    assert [recorded.day for recorded in kept] == [day("2025-12-31")]
    assert len(filter_entries(LEDGER, stream="photos")) == 2
    assert filter_entries(LEDGER, stream="job") == []


def test_a_search_sees_the_book_of_the_moment() -> None:
    assert len(filter_entries(LEDGER, "sponsor")) == 2
    edited = replace(LEDGER, entries=(*LEDGER.entries, entry("2026-11-07", "1", note="a sponsor")))
    assert len(filter_entries(edited, "sponsor")) == 3
    renamed = replace(edited, streams={"photos": PHOTOS._replace(name="Sponsor wall")})
    assert len(filter_entries(renamed, "sponsor")) == 4


def test_totals_are_a_currency_each_and_void_never_counts() -> None:
    shown = [
        entry("2026-10-01", "0.1", fee="0.01"),
        entry("2026-10-01", "0.2", status="pending"),
        entry("2026-10-01", "0.05", kind="refund"),
        entry("2026-10-01", "7", kind="expense", fee="1"),
        entry("2026-10-01", "99", status="void", currency="GBP"),
        entry("2026-10-01", "1000000000000000.001", currency="BHD"),
        entry("2026-10-01", "1000000000000000", currency="BHD", received="5"),
        entry("2026-10-01", "1200", kind="refund", currency="JPY", status="pending"),
    ]
    assert totals(shown) == (
        Total("BHD", D("2000000000000000.001"), D(0), D("2000000000000000.001"), D(0)),
        Total("JPY", D(-1200), D(0), D(-1200), D(-1200)),
        Total("USD", D("0.25"), D("8.01"), D("-7.76"), D("0.2")),
    )
    assert totals(shown) == totals(shown[::-1])
    assert totals([]) == ()
