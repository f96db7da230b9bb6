"""The month close: what is pending, which usual payouts have not come, and what recurs and is not booked."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from pitrack.core.days import Month
from pitrack.core.model import Template
from pitrack.core.views.close import closing
from pitrack.core.views.income.growth import growth
from pitrack.core.views.income.missing import missing
from tests.core.books import JOB, NEWS, PHOTOS, book, day, entry, months_of
from tests.core.memory import by_id

OCTOBER = Month(2026, 10)
TODAY = dt.date(2026, 11, 22)


def names(*args: object, **given: object) -> list[tuple[str, int]]:
    snapshot = book(*args, **given)  # type: ignore[arg-type]
    return [(one.stream.name, one.by) for one in missing(snapshot, OCTOBER)]


def test_income_in_three_of_the_four_months_before_is_usual() -> None:
    assert names(months_of("2026-07", "10", "10", "10")) == [("Newsletter", 10)]
    assert names([*months_of("2026-06", "10", "10"), *months_of("2026-09", "10")]) == [("Newsletter", 10)]
    assert names(months_of("2026-08", "10", "10")) == []
    assert names(months_of("2026-04", "10", "10", "10", "10")) == []  # of these, two are looked at


def test_what_came_is_not_missing_nor_what_will_not_come() -> None:
    before = months_of("2026-07", "10", "10", "10")
    assert names([*before, entry("2026-10-31", "5")]) == []
    assert names([*before, entry("2026-10-31", "5", status="void")]) == [("Newsletter", 10)]
    assert names([*before, entry("2026-10-31", "5", kind="refund")]) == [("Newsletter", 10)]
    assert names(before, nothing_came=frozenset({(OCTOBER, "news")})) == []
    assert names(before, nothing_came=frozenset({(OCTOBER, "photos")})) == [("Newsletter", 10)]
    assert names(before, streams=(NEWS._replace(archived=True),)) == []
    assert names(before, streams=(NEWS._replace(stage="stopped"),)) == []


def test_usually_by_the_latest_first_payout() -> None:
    paid = [
        entry("2026-07-31", "10", paid=day("2026-08-12")),
        entry("2026-08-31", "10", paid=day("2026-09-15")),
        entry("2026-08-31", "10", paid=day("2026-09-30")),
        entry("2026-09-30", "10"),
    ]
    assert names(paid) == [("Newsletter", 15)]  # 15 September is 45 days into August's, the latest
    assert names(paid[:1] + months_of("2026-08", "1", "1")) == [("Newsletter", 12)]


def test_a_close_says_what_is_open() -> None:
    rent = Template("t", "t", "Rent", "expense", Decimal(800), "USD", day("2026-09-30"))
    entries = [
        *months_of("2026-07", "10", "10", "10", stream="photos"),
        entry("2026-10-05", "7", status="pending"),
        entry("2026-11-05", "7", status="pending"),
    ]
    found = closing(book(entries, (NEWS, PHOTOS, JOB), templates=by_id(rent)), OCTOBER, TODAY)
    assert [one.gross for one in found.pending] == [7]
    assert [one.stream.id for one in found.missing] == ["photos"]
    assert [one.period for one in found.recurring] == ["2026-09", "2026-10"]
    assert (found.open, found.is_over, found.is_closed) == (4, True, False)
    now = closing(book(entries, closed_months=frozenset({OCTOBER})), Month(2026, 11), TODAY)
    assert (now.is_over, now.is_closed, len(now.pending)) == (False, False, 1)


@pytest.mark.parametrize("closed", [False, True])
def test_growth_names_what_is_missing_until_the_month_is_closed(closed: bool) -> None:
    entries = [*months_of("2026-07", "10", "10", "10", stream="photos"), entry("2026-10-05", "7")]
    months = frozenset({OCTOBER}) if closed else frozenset()
    view = growth(book(entries, closed_months=months), TODAY)
    assert [one.stream.id for one in view.missing] == ([] if closed else ["photos"])
    assert view.headline is not None
    assert view.headline.provisional is not closed
