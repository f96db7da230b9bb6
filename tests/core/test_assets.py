"""Assets: lifetime figures, worked by hand, and the back catalogue's share of a month."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pitrack.core.assets import age, back_catalogues, year_before
from pitrack.core.days import Month
from pitrack.core.model import Asset
from pitrack.core.money import Rates
from pitrack.core.views.assets import Apart, asset_lines, asset_page
from tests.core.books import JOB, NEWS, PHOTOS, book, day, entry, rate, time
from tests.core.memory import Memory, by_id

D = Decimal
NOV_22 = day("2026-11-22")
GUIDE = Asset(id="guide", alias="guide", name="Guide", stream="news", published=day("2025-06-15"), minutes=90)
COURSE = Asset(id="course", alias="course", name="Course", stream="news", order=D(1))


def assets(*entries: Any, of: tuple[Asset, ...] = (GUIDE, COURSE), **more: Any) -> Memory:
    return book(entries, assets=by_id(*of), **more)


def test_the_lifetime_of_an_asset() -> None:
    snapshot = assets(
        entry("2025-07-01", "100", asset="guide", fee="10", units="4"),
        entry("2025-11-22", "7", asset="guide", units="1"),  # a year ago to the day: not of the last twelve months
        entry("2025-11-23", "20", asset="guide"),
        entry("2026-10-05", "60", asset="guide", units="2", status="pending"),
        entry("2026-10-06", "30", asset="guide", kind="refund", units="1"),
        entry("2026-10-07", "25", asset="guide", kind="expense", units="9"),
        entry("2026-11-02", "500", asset="guide", status="void", units="9"),
        entry("2026-11-23", "999", asset="guide"),  # tomorrow
        entry("2026-11-03", "8"),
        times=[time("2026-01-01", 60, asset="guide"), time("2026-11-23", 60, asset="guide"), time("2026-01-01", 30)],
    )
    line = asset_lines(snapshot, NOV_22)[0]
    assert line.asset.name == "Guide"
    # 100 + 7 + 20 + 60 - 30
    assert line.income == D(157)
    # the fee of 10 and the expense of 25
    assert (line.expense, line.net) == (D(35), D(122))
    assert line.year == D(50)
    # twelve complete months: November 2025 (7 + 20) to October 2026 (60 - 30)
    assert line.trend == (D(27), *[D(0)] * 10, D(30))
    assert line.units == D(6)
    # 90 minutes typed and 60 of a time entry
    assert line.hours == D("2.5")
    assert line.per_hour == D("48.8")
    assert (line.first, line.last) == (day("2025-07-01"), day("2026-10-05"))
    assert line.age == 17
    assert line.entries == 7


def test_an_asset_without_records() -> None:
    line = asset_lines(assets(), NOV_22)[1]
    assert (line.asset.id, line.income, line.hours, line.per_hour, line.age) == ("course", 0, 0, None, None)
    assert (line.first, line.last, line.entries, line.apart) == (None, None, 0, ())


def test_figures_are_in_the_stream_s_currency_and_what_has_no_rate_stands_apart() -> None:
    yen = PHOTOS._replace(currency="JPY")
    snapshot = assets(
        entry("2026-10-05", "10", "photos", asset="set"),
        entry("2026-10-06", "10", "photos", asset="set"),
        entry("2026-10-05", "3", "photos", asset="set", currency="KRW"),
        entry("2026-10-07", "2", "photos", asset="set", currency="KRW", kind="refund"),
        of=(Asset(id="set", alias="set", name="Set", stream="photos", minutes=60),),
        streams=(NEWS, yen, JOB),
        rates=[rate("2026-10-01", "USD", "JPY", "150"), rate("2026-10-06", "USD", "JPY", "151.5")],
    )
    line = asset_lines(snapshot, NOV_22)[0]
    # 10 x 150 + 10 x 151.5
    assert (line.currency, line.income, line.per_hour) == ("JPY", D(3015), D(3015))
    assert line.apart == (Apart("KRW", D(1)),)
    assert line.worth == D(20)


def test_assets_come_by_income_in_one_currency_by_age_or_by_the_hour() -> None:
    of = (
        Asset(id="a", alias="a", name="A", stream="news", published=day("2026-01-01"), minutes=600),
        Asset(id="b", alias="b", name="B", stream="photos", published=day("2025-01-01"), order=D(1)),
        Asset(id="c", alias="c", name="C", minutes=60, order=D(2)),
        Asset(id="old", alias="o", name="Old", archived=True, order=D(3)),
    )
    snapshot = assets(
        entry("2026-10-05", "10", asset="a"),
        entry("2026-10-05", "900", "photos", asset="b", currency="JPY"),
        entry("2026-10-05", "5", None, asset="c"),
        of=of,
        streams=(NEWS, PHOTOS._replace(currency="JPY"), JOB),
        rates=[rate("2026-10-01", "USD", "JPY", "150")],
    )

    def order(name: Any, **more: Any) -> str:
        return "".join(line.asset.id for line in asset_lines(snapshot, NOV_22, order=name, **more))

    # 10, 900 / 150 = 6, and 5 dollars
    assert order("income") == "abc"
    assert order("newest") == "cab"
    assert order("hour") == "cab"
    assert order("income", stream="photos") == "b"
    assert order("income", archived=True) == "old"
    assert order("income", archived=None) == "abcold"


def test_the_page_of_an_asset_holds_what_names_it_newest_first() -> None:
    snapshot = assets(
        entry("2026-10-05", "10", asset="guide"),
        entry("2026-11-05", "11", asset="guide"),
        entry("2026-11-06", "12"),
        times=[time("2026-10-01", 60, asset="guide"), time("2026-10-02", 45, asset="guide")],
    )
    page = asset_page(snapshot, "guide", NOV_22)
    assert page is not None
    assert [one.gross for one in page.entries] == [11, 10]
    assert [one.minutes for one in page.times] == [45, 60]
    assert page.stream_name == "Newsletter"
    assert (page.months[0], page.months[-1]) == (Month(2025, 11), Month(2026, 10))
    assert asset_page(snapshot, "gone", NOV_22) is None


def test_the_back_catalogue_is_what_was_published_twelve_months_ago_or_earlier() -> None:
    snapshot = assets(
        entry("2026-06-10", "30", asset="guide"),  # published in June 2025
        entry("2026-06-10", "10", asset="guide", kind="refund"),
        entry("2026-06-10", "55", asset="course"),
        entry("2026-06-10", "25", "photos"),
        entry("2026-06-10", "4000", "job"),
        entry("2026-05-10", "30", asset="guide"),
    )
    # (30 - 10) / (30 - 10 + 55 + 25), without the job
    months = [Month(2026, number) for number in (4, 5, 6)]
    found = back_catalogues(snapshot, Rates(()), months, "USD", ["job"])
    assert [found[month].share for month in months] == [None, 0, Fraction(1, 5)]


def test_an_asset_published_in_the_last_year_of_the_calendar_is_not_old() -> None:
    late = GUIDE._replace(published=day("9999-12-31"))
    snapshot = assets(entry("2026-10-10", "30", asset="guide"), of=(late,))
    october = Month(2026, 10)
    assert back_catalogues(snapshot, Rates(()), [october], "USD")[october].share == 0


@pytest.mark.parametrize(
    ("published", "on", "months"),
    [
        ("2026-11-22", "2026-11-22", 0),
        ("2026-10-23", "2026-11-22", 0),
        ("2026-10-22", "2026-11-22", 1),
        ("2024-02-29", "2026-02-28", 23),
        ("2026-11-23", "2026-11-22", None),
    ],
)
def test_age_is_in_whole_months(published: str, on: str, months: int | None) -> None:
    assert age(day(published), day(on)) == months
    assert age(None, day(on)) is None


def test_a_year_before_a_leap_day() -> None:
    assert year_before(dt.date(2024, 2, 29)) == dt.date(2023, 2, 28)


@given(
    st.lists(
        st.tuples(st.sampled_from(["guide", "course", None]), st.integers(1, 10**9), st.integers(0, 400)), max_size=12
    )
)
def test_what_assets_earned_adds_up_to_what_names_them(sales: list[tuple[str | None, int, int]]) -> None:
    entries = [
        entry(str(NOV_22 - dt.timedelta(days=ago)), str(D(cents).scaleb(-2)), asset=asset)
        for asset, cents, ago in sales
    ]
    lines = asset_lines(assets(*entries), NOV_22)
    named = [one for one in entries if one.asset]
    assert sum(line.income for line in lines) == sum(one.gross for one in named)
    assert sum(line.entries for line in lines) == len(named)
    assert all(line.year <= line.income for line in lines)
