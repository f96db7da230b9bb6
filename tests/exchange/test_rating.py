"""Which rates an import takes: those that the book's days need, never over one that is there; twice is the same as
once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pitrack.core.days import Month
from pitrack.core.model import EntryKind, Rate, Settings, Status
from pitrack.core.money import Rates
from pitrack.exchange.rating import Missing, RatePlan, currencies_in_use, plan_rates
from pitrack.store import edits
from pitrack.store.book import Book
from pitrack.store.clock import BOTTOM
from tests.exchange.files import d

OCTOBER, NOVEMBER = Month(2026, 10), Month(2026, 11)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(f"2026-{text}")


def quotes(**by_currency: Mapping[str, str]) -> dict[str, dict[dt.date, Decimal]]:
    return {code: {day(on): d(rate) for on, rate in rates.items()} for code, rates in by_currency.items()}


def fresh(folder: Path, name: str = "pitrack", currency: str = "USD") -> Book:
    return Book.create(folder / f"{name}.json", Settings("", currency=currency), state=folder / f"state-{name}")


@pytest.fixture(name="book")
def _book(tmp_path: Path) -> Book:
    return fresh(tmp_path)


def earn(
    book: Book,
    on: str,
    amount: str,
    currency: str,
    *,
    stream: str | None = None,
    kind: EntryKind = "income",
    status: Status = "cleared",
) -> None:
    book.apply(
        edits.add_entry(
            book.snapshot(),
            kind=kind,
            day=day(on),
            gross=d(amount),
            currency=currency,
            stream=stream,
            status=status,
        )
    )


def run(book: Book, found: Mapping[str, Mapping[dt.date, Decimal]], *, again: bool = False) -> RatePlan:
    planned = plan_rates(book.snapshot(), found, again=again)
    book.apply(planned.change)
    return planned


def added(planned: RatePlan) -> list[tuple[str, str, str]]:
    assert {rate.base for rate in planned.added} <= {"EUR"}
    return [(f"{rate.day:%m-%d}", rate.quote, str(rate.rate)) for rate in planned.added]


FILE = quotes(
    USD={"11-20": "1.08", "10-30": "1.25", "10-29": "1.24"},
    JPY={"11-20": "160", "10-30": "150", "10-29": "149"},
    GBP={"11-20": "0.86", "10-30": "0.8", "10-29": "0.81"},
)


def test_a_book_of_one_currency_needs_none(book: Book) -> None:
    earn(book, "11-02", "5", "USD")
    assert currencies_in_use(book.snapshot()) == frozenset()
    planned = run(book, FILE)
    assert planned == RatePlan(planned.change, (), 0, 0, (), (), ())
    assert planned.change.writes == ()


def test_the_newest_rate_on_or_before_each_foreign_day_and_the_newest_of_all(book: Book) -> None:
    earn(book, "10-29", "5", "USD")  # nothing to convert
    earn(book, "11-01", "1500", "JPY")  # a Sunday: Friday's
    planned = run(book, FILE)
    assert added(planned) == [
        ("10-30", "JPY", "150"),
        ("10-30", "USD", "1.25"),
        ("11-20", "JPY", "160"),
        ("11-20", "USD", "1.08"),
    ]
    assert (planned.moved, planned.missing, planned.absent) == ((NOVEMBER,), (), ())
    assert Rates(book.snapshot().rates).convert(d("1500"), "JPY", "USD", day("11-01")) == d("12.5")


def test_a_stream_and_a_goal_are_counted_in_their_own_currencies(book: Book) -> None:
    book.apply(edits.add_stream(book.snapshot(), "Photos", currency="GBP"))
    (stream,) = book.snapshot().streams
    earn(book, "10-29", "5", "USD", stream=stream)
    planned = plan_rates(book.snapshot(), FILE)
    assert [one[:2] for one in added(planned)] == [
        ("10-29", "GBP"),
        ("10-29", "USD"),
        ("11-20", "GBP"),
        ("11-20", "USD"),
    ]
    assert planned.moved == (OCTOBER,)  # in the stream's own currency
    book.apply(edits.add_goal(book.snapshot(), name="Lens", motive="save", amount=d("9000"), currency="JPY"))
    assert {one[:2] for one in added(plan_rates(book.snapshot(), FILE))} >= {("10-29", "JPY"), ("10-29", "GBP")}


def test_a_book_in_euros_needs_one_rate_a_day(tmp_path: Path) -> None:
    book = fresh(tmp_path, currency="EUR")
    earn(book, "10-29", "124", "USD")
    planned = run(book, FILE)
    assert added(planned) == [("10-29", "USD", "1.24"), ("11-20", "USD", "1.08")]
    assert Rates(book.snapshot().rates).convert(d("124"), "USD", "EUR", day("10-29")) == d("100")


def test_what_was_typed_stays_either_way_round(book: Book) -> None:
    earn(book, "10-29", "149", "JPY")
    book.apply(edits.add_rate(Rate(day("10-29"), "EUR", "JPY", d("100"))))
    book.apply(edits.add_rate(Rate(day("10-29"), "USD", "EUR", d("0.5"))))
    before = book.snapshot().rates
    planned = run(book, FILE)
    assert [one[:2] for one in added(planned)] == [("11-20", "JPY"), ("11-20", "USD")]
    assert (planned.same, planned.gone, planned.moved) == (2, 0, ())
    assert set(before) < set(book.snapshot().rates)


def test_what_is_typed_elsewhere_wins_even_where_it_comes_in_later(book: Book, tmp_path: Path) -> None:
    earn(book, "10-29", "149", "JPY")
    there = Book.open(book.path, state=tmp_path / "there")
    there.apply(edits.add_rate(Rate(day("10-29"), "EUR", "JPY", d("100"))))
    run(book, FILE)
    assert {field[1] for field in _stamps(book)} == {BOTTOM}
    there.save()
    book.save()
    assert Rate(day("10-29"), "EUR", "JPY", d("100")) in book.snapshot().rates


def _stamps(book: Book) -> list[tuple[str, str]]:
    found = []
    for key, fields in book.document.values("rates").items():
        found += [(key, fields["ft"]["rate"] if "ft" in fields else fields["t"])]
    return found


def test_undo_takes_all_back_and_again_brings_it_back(book: Book) -> None:
    earn(book, "10-29", "149", "JPY")
    planned = run(book, FILE)
    assert len(planned.added) == 4
    book.undo()
    assert book.snapshot().rates == ()
    second = run(book, FILE)
    assert (second.added, second.same, second.gone, second.moved) == ((), 0, 4, ())
    assert second.missing == (Missing("JPY", 1, day("10-29")),)
    third = run(book, FILE, again=True)
    assert third.added == planned.added
    assert third.moved == (OCTOBER,)
    assert book.snapshot().rates == planned.added


def test_what_is_still_without_a_rate_is_named(book: Book) -> None:
    earn(book, "10-01", "149", "JPY")  # before the file begins
    earn(book, "10-02", "10", "TWD", kind="expense")
    earn(book, "10-03", "10", "TWD")
    earn(book, "10-04", "10", "CHF", status="void")
    planned = run(book, FILE)
    assert planned.missing == (Missing("JPY", 1, day("10-01")), Missing("TWD", 2, day("10-02")))
    assert planned.absent == ("CHF", "TWD")
    assert [one[:2] for one in added(planned)] == [("11-20", "JPY"), ("11-20", "USD")]
    assert planned.moved == ()


def test_an_older_rate_moves_only_the_months_that_it_counts_in(book: Book) -> None:
    earn(book, "10-29", "149", "JPY")
    earn(book, "11-20", "160", "JPY")
    run(book, quotes(USD={"11-20": "1.08"}, JPY={"11-20": "160"}))
    assert run(book, FILE).moved == (OCTOBER,)


CODES = ("USD", "JPY", "GBP", "EUR", "TWD")
days = st.integers(0, 60).map(lambda back: dt.date(2026, 11, 22) - dt.timedelta(days=back))
files = st.dictionaries(
    st.sampled_from(("USD", "JPY", "GBP")),
    st.dictionaries(days, st.integers(1, 30_000).map(lambda n: Decimal(n) / 100), max_size=6),
)
worth = st.integers(1, 900).map(lambda n: Decimal(n) / 10)
typed = st.builds(Rate, days, st.sampled_from(CODES[:2]), st.sampled_from(CODES[2:]), worth)
numbers = count()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    found=files,
    entries=st.lists(st.tuples(days, st.sampled_from(CODES)), max_size=5),
    rates=st.lists(typed, max_size=3),
    home=st.sampled_from(CODES[:4]),
)
def test_twice_is_once_and_nothing_of_the_book_changes(
    found: dict[str, dict[dt.date, Decimal]],
    entries: list[tuple[dt.date, str]],
    rates: list[Rate],
    home: str,
    tmp_path: Path,
) -> None:
    book = fresh(tmp_path, f"book-{next(numbers)}", home)
    for on, currency in entries:
        earn(book, f"{on:%m-%d}", "7", currency)
    for rate in rates:
        book.apply(edits.add_rate(rate))
    before = book.snapshot().rates
    first = run(book, found)
    after = book.snapshot()
    assert set(after.rates) == {*before, *first.added}
    assert len(after.rates) == len(before) + len(first.added)
    second = run(book, found)
    assert (second.added, second.same, second.moved) == ((), first.same + len(first.added), ())
    assert book.snapshot().rates == after.rates
    # Taking in the whole file converts no amount otherwise: nothing that counts was left out.
    whole = [Rate(on, "EUR", code, rate) for code, by_day in found.items() for on, rate in by_day.items()]
    there = {(one.day, *sorted((one.base, one.quote))) for one in before}
    whole = [one for one in whole if (one.day, *sorted((one.base, one.quote))) not in there]
    for on, currency in entries:
        kept, all_of_it = Rates(after.rates), Rates([*before, *whole])
        assert kept.factor(currency, home, on) == all_of_it.factor(currency, home, on)
