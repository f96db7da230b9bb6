"""Amounts as they are typed, through the book and the totals, to what a command prints: to the last digit."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from pitrack.core.views.streams import totals
from pitrack.store.book import Book

pytestmark = pytest.mark.usefixtures("started")


@pytest.mark.parametrize(
    ("currency", "amounts", "income", "shown"),
    [
        ("USD", ["0.1", "0.2"], "0.3", "0.30 USD"),
        ("USD", ["0.1"] * 10, "1.0", "1.00 USD"),
        ("JPY", ["1", "3000", "999999999999999"], "1000000000003000", "1,000,000,000,003,000 JPY"),
        ("BHD", ["0.001", "0.002", "1.1"], "1.103", "1.103 BHD"),
        ("USD", ["1000000000000000.01", "0.02"], "1000000000000000.03", "1,000,000,000,000,000.03 USD"),
    ],
)
def test_amounts_add_up_exactly(*, run, ok, data, book: Path, currency: str, amounts, income: str, shown: str) -> None:
    for amount in amounts:
        run("earn", "news", amount, currency)
    assert sorted(one["gross"] for one in data("entry", "list")) == sorted(amounts)
    assert ok("entry", "list").splitlines()[-1].startswith(f"{currency}: income {shown}, expense")

    [total] = totals(Book.open(book, state=book.parent / "other").snapshot().entries)
    assert (total.income, total.net, total.expense) == (Decimal(income), Decimal(income), Decimal(0))


def test_a_fee_and_a_refund_come_off_exactly(ok, data, book: Path) -> None:
    # 0.3 - 0.1 = 0.2 of income; 0.1 + 0.2 = 0.3 of fees: net -0.1, and nothing near it.
    ok("earn", "news", "0.3", "USD", "--fee", "0.1")
    ok("refund", "news", "0.1", "USD", "--fee", "0.2")
    assert sorted((one["kind"], one["gross"], one["fee"]) for one in data("entry", "list")) == [
        ("income", "0.3", "0.1"),
        ("refund", "0.1", "0.2"),
    ]
    [total] = totals(Book.open(book, state=book.parent / "other").snapshot().entries)
    assert (total.income, total.expense, total.net) == (Decimal("0.2"), Decimal("0.3"), Decimal("-0.1"))
