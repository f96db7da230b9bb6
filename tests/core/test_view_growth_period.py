"""Growth of net, of one stream, by asset and of a period, worked by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pitrack.core.days import Month
from pitrack.core.model import Asset
from pitrack.core.views.income.assets import AssetGrowth, asset_growth
from pitrack.core.views.income.growth import Growth, growth
from tests.core.books import NEWS, PHOTOS, book, day, entry, months_of, time
from tests.core.memory import by_id
from tests.core.test_view_growth import NOV_22, incomes, scaled, stream

D = Decimal


def test_of_net_the_change_and_all_figures_are_of_net() -> None:
    # August 100 - 40 = 60, September 100 - 10 = 90, October 100 - 4 = 96: +6.67 %, T3M (60 + 90 + 96) / 3 = 82.
    snapshot = book(
        [
            *months_of("2026-08", "100", "100", "100"),
            entry("2026-08-11", "40", kind="expense"),
            entry("2026-09-11", "10", kind="expense"),
            entry("2026-10-11", "0", fee="4"),
            entry("2026-11-11", "9", fee="2"),
        ]
    )
    view = growth(snapshot, NOV_22, of="net")
    assert view.of == "net"
    assert [(m.income, m.net, m.delta) for m in view.months] == [
        (100, 60, None),
        (100, 90, 30),
        (100, 96, 6),
        (9, 7, None),
    ]
    assert view.months[2].mom == pytest.approx(6 / 90)
    assert (view.t3m, view.run_rate, view.to_date, view.to_date_before) == (82, 984, 7, 96)
    assert stream(view, "news").share == 1.0, "shares stay those of income"


def test_growth_of_one_stream_is_that_of_its_line() -> None:
    entries = [
        *months_of("2025-10", *(str(10 * n + 50) for n in range(13))),
        *months_of("2026-05", "7", stream="photos"),
    ]
    view, alone = growth(book(entries), NOV_22), growth(book(entries), NOV_22, stream="news")
    line = stream(view, "news")
    assert (alone.t3m, alone.cmgr, alone.yoy, alone.run_rate) == (line.t3m, line.cmgr, line.yoy, line.run_rate)
    assert (alone.months, [one.stream for one in alone.streams]) == (line.months, ["news"])
    assert alone.doubling_months == line.doubling_months
    # Three-month means: first of November to January 60 + 70 + 80, last 150 + 160 + 170, nine months between.
    assert alone.cmgr == pytest.approx((480 / 210) ** (1 / 9) - 1)


def test_a_stream_begun_before_its_first_entry_counts_its_empty_months_alone_too() -> None:
    streams = (NEWS._replace(since=day("2026-08-15")), PHOTOS)
    entries = [*months_of("2026-10", "30"), entry("2026-07-01", "5", "photos")]
    # August 0, September 0, October 30.
    assert growth(book(entries, streams), NOV_22, stream="news").t3m == 10
    assert stream(growth(book(entries, streams), NOV_22), "news").t3m == 10


def test_hours_of_the_whole_are_those_of_all_but_the_job() -> None:
    times = [
        time("2026-10-01", 60),
        time("2026-10-02", 30, "photos"),
        time("2026-10-02", 30, None),
        time("2026-10-02", 600, "job"),
    ]
    view = growth(book([entry("2026-10-10", "100", fee="4")], times=times), NOV_22)
    assert (view.hours, view.per_hour) == (2, 48)
    assert growth(book([entry("2026-10-10", "100")]), NOV_22).per_hour is None


def test_a_period_has_its_own_headline_and_looks_back_on_itself() -> None:
    # 1, 2, ... 16 from July 2025 on; March to September 2026 are 9 to 15. T3M 14. CMGR: (13 + 14 + 15) / (9 + 10 + 11)
    # over the four months between the middles. On the year before: 15 against September 2025's 3.
    snapshot = book(months_of("2025-07", *map(str, range(1, 17))), closed_months=frozenset({Month(2026, 9)}))
    view = growth(snapshot, NOV_22, since=Month(2026, 3), until=Month(2026, 9))
    assert [(str(m.month), m.income, m.delta) for m in view.months] == [
        (f"2026-{number:02}", number + 6, 1) for number in range(3, 10)
    ]
    assert view.headline == view.months[-1]
    assert not view.headline.provisional
    assert (view.t3m, view.run_rate) == (14, 168)
    assert view.cmgr == pytest.approx((42 / 30) ** (1 / 4) - 1)
    assert view.yoy == 4.0
    assert [(m.label, m.open) for m in view.months[:1]] == [("percent", False)]


def test_a_period_that_begins_before_the_book_or_ends_after_today_is_all_there_is() -> None:
    snapshot = book(months_of("2026-08", "1", "2", "3"))
    whole = growth(snapshot, NOV_22)
    assert growth(snapshot, NOV_22, until=Month(2027, 5)) == whole
    early = growth(snapshot, NOV_22, since=Month(2020, 1))
    assert (early.months, early.t3m, early.headline) == (whole.months, whole.t3m, whole.headline)
    assert [m.label for m in early.months] == ["first", "percent", "percent", "open"]


def test_a_period_without_income_has_no_figure() -> None:
    snapshot = book(months_of("2026-08", "1", "2", "3"))
    before = growth(snapshot, NOV_22, until=Month(2026, 7))
    assert (before.months, before.headline, before.t3m, before.yoy, before.coverage) == ((), None, None, None, None)
    opened = growth(snapshot, NOV_22, since=Month(2026, 11))
    assert [m.label for m in opened.months] == ["open"]
    assert (opened.headline, opened.t3m, opened.yoy) == (None, None, None)


def test_shares_and_sources_of_a_period_are_of_its_months() -> None:
    snapshot = book([*months_of("2026-06", "100", "0", "30"), entry("2026-08-11", "10", "photos")])
    view = growth(snapshot, NOV_22, since=Month(2026, 7), until=Month(2026, 8))
    assert [line.share for line in view.streams] == [0.75, 0.25, 0]
    assert view.sources == 1.6


def test_growth_by_asset() -> None:
    # The guide: August 10, September 20, October 40 and 5 given back, 2 h in October. The set: published, not sold.
    assets = by_id(
        Asset("set", "s", "Photo set", "photos", published=day("2026-09-20")),
        Asset("guide", "g", "Guide", "news", published=day("2026-07-20")),
        Asset("loose", "l", "Loose"),
        Asset("gone", "x", "Gone", "news", archived=True),
    )
    entries = [one._replace(asset="guide") for one in months_of("2026-08", "10", "20", "40")]
    entries += [entry("2026-10-20", "5", kind="refund", asset="guide"), entry("2026-10-21", "35", "photos")]
    times = [time("2026-10-02", 120, asset="guide"), time("2026-09-02", 600, asset="guide")]
    guide, photo_set, loose = asset_growth(book(entries, assets=assets, times=times), NOV_22)
    assert [m.income for m in guide.months] == [10, 20, 35, 0]
    assert (guide.asset, guide.stream, guide.name, guide.role) == ("guide", "news", "Guide", "passive")
    assert (guide.months[2].delta, guide.months[2].mom) == (15, 0.75)
    # Three months since July: (10 + 20 + 35) / 3; of the twelve months' 100 in all 65.
    assert guide.t3m is not None
    assert round(guide.t3m * 3, 10) == 65
    assert (guide.hours, guide.per_hour, guide.share) == (2, D("17.5"), 0.65)
    assert (photo_set.t3m, photo_set.share, photo_set.months[0].income) == (0, 0, 0)
    assert (loose.stream, loose.t3m, loose.per_hour) == ("", None, None)
    alone = asset_growth(book(entries, assets=assets), NOV_22, stream="photos")
    assert [one.asset for one in alone] == ["set"]


@given(incomes, st.sampled_from([3, 10, 1000]))
def test_ratios_of_net_and_of_assets_have_no_unit_of_money(news: list[str], factor: int) -> None:
    entries = [one._replace(asset="a") for one in months_of("2025-09", *news)]
    entries.append(entry("2026-09-05", "12", kind="expense"))
    assets = by_id(Asset("a", "a", "A", "news"))

    def figures(found: Growth, lines: tuple[AssetGrowth, ...]) -> list[object]:
        return [(one.cmgr, one.yoy, one.doubling_months, [m.mom for m in one.months]) for one in (found, *lines)]

    plain, large = book(entries, assets=assets), book([scaled(one, factor) for one in entries], assets=assets)
    assert figures(growth(large, NOV_22, of="net"), asset_growth(large, NOV_22)) == figures(
        growth(plain, NOV_22, of="net"), asset_growth(plain, NOV_22)
    )


@given(incomes)
def test_a_month_of_nothing_more_is_counted_and_moves_no_share(news: list[str]) -> None:
    # T3M of a, b and nothing is (a + b) / 3; what each stream has of the period's income stays as it is.
    entries = [*months_of("2025-07", *news[:13]), *months_of("2025-07", "5", stream="photos")]
    last = Month(2025, 7).shift(len(news[:13]) - 1)
    before = growth(book(entries), NOV_22, since=Month(2025, 7), until=last)
    after = growth(book(entries), NOV_22, since=Month(2025, 7), until=last.shift(1))
    assert after.months[:-1] == before.months
    assert after.months[-1].income == 0
    used = [month.income for month in before.months[-2:]]
    assert after.t3m is not None
    assert round(after.t3m * len(after.months[-3:]), 20) == sum(used)
    assert ([line.share for line in after.streams], after.sources) == (
        [line.share for line in before.streams],
        before.sources,
    )
