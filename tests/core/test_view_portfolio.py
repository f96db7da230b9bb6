"""The portfolio: what is finished, newest first, and no sum of money unless asked."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

from pitrack.core.building import Metric
from pitrack.core.model import Asset, Stream
from pitrack.core.views.portfolio import portfolio
from tests.core.books import JOB, NEWS, PHOTOS, book, day, entry
from tests.core.memory import Memory, by_id
from tests.core.test_view_launch import step

D = Decimal
NOV_22 = day("2026-11-22")
STOPPED = Stream(id="shop", alias="s", name="Shop", stage="stopped")


def finished() -> Memory:
    return book(
        [
            entry("2026-03-05", "10"),
            entry("2026-04-05", "20", "photos"),
            entry("2026-04-06", "5", "photos", kind="refund"),
            entry("2026-04-07", "7", "photos", currency="EUR"),
            entry("2026-04-08", "9", "photos", status="pending"),
            entry("2026-04-09", "3000", "job"),
        ],
        [NEWS, PHOTOS, STOPPED, JOB],
        assets=by_id(
            Asset("a1", "guide", "Guide", "news", published=day("2026-05-01")),
            Asset("a2", "draft", "Draft", "news"),
            Asset("a3", "set", "Set", "photos", published=day("2026-06-01"), archived=True),
            Asset("a4", "soon", "Soon", "photos", published=day("2026-11-23")),
        ),
        metrics=by_id(
            Metric("m1", "subs", "Subscribers", "news", "level"),
            Metric("m2", "sales", "Sales", "photos", "count", "pictures"),
            Metric("m3", "old", "Old", archived=True),
            Metric("m4", "none", "Unread"),
        ),
        read={
            "m1": {day("2026-11-01"): D(30), day("2026-10-01"): D(40), day("2026-11-23"): D(99)},
            "m2": {day("2026-09-01"): D("0.1"), day("2026-09-08"): D("0.2")},
            "m3": {day("2026-09-01"): D(1)},
        },
        steps=(
            step("2026-01-01", "test", of="shop", clients="1"),
            step("2026-02-01", "test", "stopped", of="shop", verdict="stop", results="nobody", lesson="ask first"),
            step("2026-03-01", "test", "offer", verdict="change", results="two stayed"),
            step("2026-04-01", "test", verdict=""),
        ),
    )


def test_finished_work_is_listed_newest_first() -> None:
    found = portfolio(finished(), NOV_22)
    assert [(one.stream, one.day) for one in found.cycles] == [
        ("photos", day("2026-04-05")),
        ("news", day("2026-03-05")),
    ]
    assert [one.asset.name for one in found.works] == ["Set", "Guide"]
    assert [(one.stream.name, one.started, one.verdict, one.results) for one in found.tests] == [
        ("Newsletter", day("2026-03-01"), "change", "two stayed"),
        ("Shop", day("2026-01-01"), "stop", "nobody"),
    ]
    # A level stands at its newest reading, a count adds up.
    assert [(one.metric.name, one.amount, one.day) for one in found.outcomes] == [
        ("Subscribers", 30, day("2026-11-01")),
        ("Sales", D("0.3"), day("2026-09-08")),
    ]
    assert [(one.stream.name, one.day, one.lesson) for one in found.stopped] == [
        ("Shop", day("2026-02-01"), "ask first")
    ]


def test_it_holds_no_sum_of_money_unless_asked() -> None:
    assert portfolio(finished(), NOV_22).earned == ()
    earned = portfolio(finished(), NOV_22, money=True).earned
    assert [(one.stream.name, one.amount, one.currency) for one in earned] == [
        ("Stock photos", 7, "EUR"),
        ("Stock photos", 15, "USD"),
        ("Newsletter", 10, "USD"),
    ]


def test_nothing_finished_yet() -> None:
    assert portfolio(Memory(), NOV_22).is_empty
    assert not portfolio(finished(), NOV_22).is_empty


def test_a_stopped_stream_without_a_word_is_listed_still() -> None:
    silent = dataclasses.replace(finished(), steps=())
    assert [(one.day, one.lesson) for one in portfolio(silent, NOV_22).stopped] == [(None, "")]
