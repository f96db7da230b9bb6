"""What entries add to the sums, and the sums by stream and month."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from itertools import islice, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pitrack.core.days import Month
from pitrack.core.ledger import NO_STREAM, Figures, Ledger, Parts, Unconverted, implied_rate, monthly, parts
from pitrack.core.model import Entry, Settings
from pitrack.core.money import Rates, as_decimal
from tests.core.books import book, day, entry, rate
from tests.core.memory import Memory

D = Decimal
OCT, NOV = Month(2026, 10), Month(2026, 11)
USD = {"news": "USD", "photos": "USD", NO_STREAM: "USD"}
END = day("2026-11-30")


def sums(snapshot: Memory, currency: str = "USD", until: dt.date = END) -> Ledger:
    return monthly(snapshot, Rates(snapshot.rates), dict.fromkeys(USD, currency), until)


@pytest.mark.parametrize(
    ("recorded", "expected"),
    [
        (entry("2026-10-01", "100", fee="3", withheld="10"), Parts(D(100), D(3), D(10))),
        (entry("2026-10-01", "100", kind="refund", fee="3"), Parts(D(-100), D(3), D(0))),
        (entry("2026-10-01", "100", kind="expense", fee="3"), Parts(D(0), D(103), D(0))),
        (entry("2026-10-01", "100", status="pending"), Parts(D(100), D(0), D(0), D(100))),
        (entry("2026-10-01", "100", kind="refund", status="pending"), Parts(D(-100), D(0), D(0), D(-100))),
        (entry("2026-10-01", "100", kind="expense", status="pending"), Parts(D(0), D(100), D(0), D(0))),
        (entry("2026-10-01", "100", fee="3", status="void"), Parts()),
    ],
)
def test_the_kind_gives_the_sign(recorded: Entry, expected: Parts) -> None:
    assert parts(recorded) == expected


def test_a_month_adds_up_by_the_definitions() -> None:
    # income 500 - 40 = 460; expense 60 + fees 15 + 1 = 76; net 384; withheld 51.05: received 332.95; pending 100.
    snapshot = book(
        [
            entry("2026-10-01", "400", fee="15", withheld="51.05"),
            entry("2026-10-02", "100", status="pending"),
            entry("2026-10-03", "40", kind="refund", fee="1"),
            entry("2026-10-31", "60", kind="expense"),
            entry("2026-10-31", "999", status="void"),
            entry("2026-11-01", "7"),
        ]
    )
    october = sums(snapshot).at(["news"], OCT)
    assert october == Figures(Fraction(460), Fraction(76), Fraction("51.05"), Fraction(100))
    assert (october.net, october.received) == (384, Fraction("332.95"))
    assert sums(snapshot).at(["news", "photos"], NOV).income == 7


def test_cents_do_not_drift() -> None:
    snapshot = book([entry("2026-10-01", "0.1"), entry("2026-10-02", "0.2")])
    assert as_decimal(sums(snapshot).at(["news"], OCT).income) == D("0.3")


def test_large_and_small_amounts_add_exactly() -> None:
    # 10**15 dinars and one fils, in BHD; 28 digits of the default decimal context would still hold, 40 would not.
    snapshot = book(
        [
            entry("2026-10-01", "1000000000000000", currency="BHD"),
            entry("2026-10-01", "0.001", currency="BHD"),
            entry("2026-10-02", "1" + "0" * 36, currency="BHD"),
        ]
    )
    exact = sums(snapshot, "BHD").at(["news"], OCT).income
    assert as_decimal(exact) == D("1000000000000000000001000000000000000.001")


def test_entries_are_converted_at_their_own_day() -> None:
    # 10 EUR at 1.1 and 10 EUR at 1.3: 24 USD, whatever the rate is at the end of the month.
    snapshot = book(
        [entry("2026-10-01", "10", currency="EUR"), entry("2026-10-20", "10", currency="EUR", fee="1")],
        rates=[rate("2026-10-01", "EUR", "USD", "1.1"), rate("2026-10-20", "EUR", "USD", "1.3")],
    )
    october = sums(snapshot).at(["news"], OCT)
    assert (october.income, october.expense) == (24, Fraction("1.3"))


def test_an_amount_without_a_rate_stands_apart() -> None:
    snapshot = book(
        [
            entry("2026-10-05", "10", currency="EUR"),
            entry("2026-10-01", "5", currency="EUR", kind="refund"),
            entry("2026-10-01", "300", currency="JPY", kind="expense"),
            entry("2026-11-05", "10", currency="EUR"),
            entry("2026-11-05", "7"),
        ],
        rates=[rate("2026-11-01", "EUR", "USD", "1.5")],
    )
    ledger = sums(snapshot)
    assert ledger.unconverted == (
        Unconverted("EUR", day("2026-10-01"), D(5)),
        Unconverted("JPY", day("2026-10-01"), D(0)),
    )
    assert [dict(one.streams) for one in ledger.unconverted] == [{"news": 5}, {"news": 0}]
    assert ledger.at(["news"], OCT) == Figures()
    assert ledger.at(["news"], NOV).income == 22
    assert ledger.first(["news"]) == OCT


def test_the_amount_received_overrides_the_rate_and_is_met_exactly() -> None:
    # 300 USD less 30 fee and 0 tax arrived as 40,000 JPY: 1 USD = 40000/270 JPY, net exactly 40,000.
    paid = entry("2026-10-05", "300", fee="30", received="40000")
    snapshot = book(
        [paid], settings=Settings(store="t", currency="JPY"), rates=[rate("2026-10-01", "USD", "JPY", "150")]
    )
    october = sums(snapshot, "JPY").at(["news"], OCT)
    assert october.income == Fraction(400000, 9)
    assert october.received == 40000


@pytest.mark.parametrize("kind", ["refund", "expense"])
def test_what_was_paid_out_is_met_exactly_too(kind: str) -> None:
    paid = entry("2026-10-05", "70", kind=kind, fee="2", received="9999")  # type: ignore[arg-type]
    snapshot = book([paid], settings=Settings(store="t", currency="JPY"))
    assert sums(snapshot, "JPY").at(["news"], OCT).received == -9999


def test_the_dated_rate_holds_where_received_tells_nothing() -> None:
    assert implied_rate(entry("2026-10-05", "10", received="0")) is None
    assert implied_rate(entry("2026-10-05", "10", fee="10", received="5")) is None
    assert implied_rate(entry("2026-10-05", "10", fee="8", withheld="3", received="5")) is None
    assert implied_rate(entry("2026-10-05", "10")) is None
    eur = entry("2026-10-05", "10", currency="EUR", received="1500")
    snapshot = book(
        [eur], settings=Settings(store="t", currency="JPY"), rates=[rate("2026-10-01", "EUR", "USD", "1.5")]
    )
    assert sums(snapshot, "USD").at(["news"], OCT).income == 15, "received is in the book's currency, not this view's"


def test_days_outside_the_range_are_left_out_and_both_ends_are_in() -> None:
    snapshot = book([entry(f"2026-10-0{n}", "1") for n in (1, 2, 3, 4)])
    ledger = monthly(snapshot, Rates([]), USD, until=day("2026-10-03"), since=day("2026-10-02"))
    assert ledger.at(["news"], OCT).income == 2


def test_entries_of_no_stream_and_of_a_deleted_one_are_kept() -> None:
    snapshot = book([entry("2026-10-01", "1", None), entry("2026-10-01", "2", "gone")])
    assert sums(snapshot).at([NO_STREAM], OCT).income == 3


some_entries = st.lists(
    st.builds(
        entry,
        st.dates(dt.date(2026, 9, 1), dt.date(2026, 11, 30)).map(str),
        st.decimals(min_value=0, max_value=10**6, places=2).map(str),
        st.sampled_from(["news", "photos", None]),
        st.sampled_from(["income", "expense", "refund"]),
        currency=st.sampled_from(["USD", "JPY"]),
        fee=st.decimals(min_value=0, max_value=100, places=2).map(str),
        received=st.one_of(st.none(), st.just("17")).map(lambda told: told or "0"),
    ),
    max_size=5,
)
RATES = [rate("2026-09-15", "USD", "JPY", "151.3"), rate("2026-10-15", "USD", "JPY", "149.7")]


@given(some_entries)
def test_the_order_of_entries_changes_nothing(recorded: list[Entry]) -> None:
    expected = sums(Memory(entries=tuple(recorded), rates=RATES))
    for order in islice(permutations(recorded), 1, 24):
        assert sums(Memory(entries=order, rates=RATES)) == expected


@given(some_entries, st.dates(dt.date(2026, 9, 1), dt.date(2026, 11, 30)))
def test_a_void_entry_changes_nothing(recorded: list[Entry], on: dt.date) -> None:
    void = entry(str(on), "123.45", "photos", status="void", currency="GBP")
    assert sums(book([*recorded, void], rates=RATES)) == sums(book(recorded, rates=RATES))
