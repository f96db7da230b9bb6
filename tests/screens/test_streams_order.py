"""The orders of the ledger."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pitrack.core.model import Asset
from pitrack.core.views.streams import filter_entries
from pitrack.screens.streams.order import ORDERS, Order, in_order
from tests.core.books import book, entry

BOOK = book(
    [
        entry("2026-10-01", "5", "photos", asset="b"),
        entry("2026-10-02", "9000", "news", currency="JPY", status="pending"),
        entry("2026-10-03", "70", None, status="void", asset="a"),
        entry("2026-10-04", "6", "news", currency="EUR"),
        entry("2026-10-05", "70", "photos", status="pending"),
        entry("2026-10-06", "12345678901234567890123456789.01", "news"),
        entry("2026-10-07", "12345678901234567890123456789.02", "news"),
    ],
    assets={"a": Asset("a", "a", "Atlas"), "b": Asset("b", "b", "book")},
)


@pytest.mark.parametrize(
    ("order", "places"),
    [
        ("day", "7654321"),
        ("amount", "7653142"),  # dollars, the book's own; then euros; then yen
        ("stream", "7642513"),
        ("status", "5276413"),
        ("asset", "3176542"),
    ],
)
def test_what_stands_first(order: Order, places: str) -> None:
    found = filter_entries(BOOK)
    shown = in_order(found, order, BOOK)
    assert "".join(str(BOOK.entries.index(one) + 1) for one in shown) == places


@pytest.mark.parametrize("order", ORDERS)
def test_an_order_loses_nothing(order: Order) -> None:
    assert sorted(in_order(filter_entries(BOOK), order, BOOK)) == sorted(BOOK.entries)
    assert sum(one.gross for one in in_order(filter_entries(BOOK), order, BOOK)) > Decimal(1)
