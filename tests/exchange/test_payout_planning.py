"""What an import of payouts does to a book: once, as a person changed it, and back again."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from pitrack.core.model import Entry
from pitrack.exchange.found import Refused
from pitrack.exchange.payouts.planning import PayoutPlan, Totals
from pitrack.exchange.payouts.preset import PayoutPreset
from pitrack.store import edits
from pitrack.store.book import Book
from tests.exchange.shops import SHOP, day, found_in, planned, shop
from tests.store.books import Desk, another_device, desk, exchange

HEAD = "ID,Date,Gross,Fee,State,Item,Type\n"
TWO = HEAD + "a,2026-10-01,10.00,1.00,Waiting,Book,\nb,2026-10-02,-4,,Done,Book,\n"
LATER = HEAD + "a,2026-10-01,10.00,1.00,Done,Book,\nb,2026-10-02,-4,,Done,Book,\n"


@pytest.fixture(name="desk")
def _desk(tmp_path: Path) -> Desk:
    return desk(tmp_path)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "file.csv"


def take(book: Book, path: Path, text: str, preset: PayoutPreset = SHOP, **wishes: object) -> PayoutPlan:
    """Import, as far as there is anything to write."""
    snap = book.snapshot()
    stream = next(iter(snap.streams))
    made = planned(snap, found_in(path, text, preset), preset, **{"stream": stream, **wishes})
    if made.change.writes:
        book.apply(made.change)
    return made


def counts(plan: PayoutPlan) -> dict[str, int]:
    names = ("new", "same", "changed", "kept", "gone", "blocked", "replaced")
    return {name: getattr(plan, name) for name in names if getattr(plan, name)}


def by_id(book: Book) -> dict[str | None, Entry]:
    return {entry.source_id: entry for entry in book.snapshot().entries}


def test_what_is_new_and_twice_adds_nothing(desk: Desk, path: Path) -> None:
    plan = take(desk.book, path, TWO)
    assert counts(plan) == {"new": 2}
    assert plan.totals == {"USD": Totals(Decimal("10.00"), Decimal("1.00"), Decimal(4))}
    assert (plan.first, plan.last, plan.stream) == (day("2026-10-01"), day("2026-10-02"), desk.stream)
    one, two = by_id(desk.book)["a"], by_id(desk.book)["b"]
    assert (one.kind, one.gross, one.fee, one.status, one.note) == ("income", 10, 1, "pending", "Book")
    assert (two.kind, f"{two.gross:f}", two.stream) == ("refund", "4.00", desk.stream)
    assert one.id.startswith("shop-1-")
    before = desk.book.data
    assert counts(take(desk.book, path, TWO)) == {"same": 2}
    assert desk.book.data == before


def test_one_undo_takes_all_back_and_it_stays_away(desk: Desk, path: Path) -> None:
    take(desk.book, path, TWO, shop(assets="create"))
    desk.book.undo()
    assert not desk.book.snapshot().entries
    assert not desk.book.snapshot().assets
    assert counts(take(desk.book, path, TWO)) == {"gone": 2}
    assert not desk.book.snapshot().entries
    plan = take(desk.book, path, TWO, shop(assets="create"), again=True)
    assert (counts(plan), plan.assets_new) == ({"new": 2}, ("Book",))
    (asset,) = desk.book.snapshot().assets
    assert {entry.asset for entry in desk.book.snapshot().entries} == {asset}


def test_a_state_that_changed_there_changes_here(desk: Desk, path: Path) -> None:
    take(desk.book, path, TWO)
    assert counts(take(desk.book, path, LATER)) == {"changed": 1, "same": 1}
    assert by_id(desk.book)["a"].status == "cleared"
    assert counts(take(desk.book, path, LATER)) == {"same": 2}
    desk.book.undo()
    assert by_id(desk.book)["a"].status == "pending"


def test_what_a_person_changed_stays(desk: Desk, path: Path) -> None:
    take(desk.book, path, TWO)
    entry = by_id(desk.book)["a"]
    desk.book.apply(edits.edit_entry(desk.book.snapshot(), entry.id, gross=Decimal(12), note="mine"))
    assert counts(take(desk.book, path, LATER)) == {"changed": 1, "same": 1}  # the state is the platform's still
    after = by_id(desk.book)["a"]
    assert (after.gross, after.note, after.status) == (12, "mine", "cleared")
    desk.book.apply(edits.edit_entry(desk.book.snapshot(), entry.id, status="void"))
    assert counts(take(desk.book, path, LATER)) == {"kept": 1, "same": 1}
    assert counts(take(desk.book, path, LATER.replace("10.00,1.00", "11.00,1.00"))) == {"kept": 1, "same": 1}
    assert (by_id(desk.book)["a"].gross, by_id(desk.book)["a"].status) == (12, "void")


@pytest.fixture
def laptop(desk: Desk, tmp_path: Path) -> Book:
    return another_device(desk.book, tmp_path, -1000)


def test_two_devices_hold_it_once_and_as_it_was_edited(desk: Desk, laptop: Book, path: Path) -> None:
    preset = shop(assets="create")
    take(laptop, path, TWO, preset)
    entry = by_id(laptop)["a"]
    laptop.apply(edits.edit_entry(laptop.snapshot(), entry.id, gross=Decimal(11), note="mine"))
    take(desk.book, path, TWO, preset)  # later than the edit, and counts less
    exchange(desk.book, laptop)
    for book in (desk.book, laptop):
        assert len(book.snapshot().entries) == 2
        assert len(book.snapshot().assets) == 1
        assert (by_id(book)["a"].gross, by_id(book)["a"].note) == (11, "mine")


def test_what_one_device_deleted_stays_deleted(desk: Desk, laptop: Book, path: Path) -> None:
    take(laptop, path, TWO)
    laptop.apply(edits.delete_entry(laptop.snapshot(), by_id(laptop)["a"].id))
    take(desk.book, path, TWO)
    exchange(desk.book, laptop)
    assert list(by_id(desk.book)) == ["b"]


def test_rows_that_look_alike_are_all_booked_once(desk: Desk, path: Path) -> None:
    row = "2026-10-01,5,Photo\n"
    assert counts(take(desk.book, path, "Date,Gross,Item\n" + row * 3)) == {"new": 3}
    assert counts(take(desk.book, path, "Date,Gross,Item\n" + row * 4)) == {"new": 1, "same": 3}


def test_accounts_are_kept_apart(desk: Desk, path: Path) -> None:
    assert counts(take(desk.book, path, TWO, account="one")) == {"new": 2}
    assert counts(take(desk.book, path, TWO, account="two")) == {"new": 2}
    assert counts(take(desk.book, path, TWO, account="ONE")) == {"same": 2}


def test_titles_are_assets(desk: Desk, path: Path) -> None:
    book = desk.book
    other = edits.add_stream(book.snapshot(), "Other")
    book.apply(other)
    mine = edits.add_asset(book.snapshot(), "ＢＯＯＫ", stream=desk.stream)
    book.apply(mine)
    book.apply(edits.add_asset(book.snapshot(), "Print", stream=other.writes[0].id))
    text = HEAD + "a,2026-10-01,10,,,Book,\nb,2026-10-01,10,,,Print,\nc,2026-10-01,10,,,,\n"
    plan = take(book, path, text, stream=desk.stream)
    found = by_id(book)
    assert (found["a"].asset, found["a"].note) == (mine.writes[0].id, "")
    assert (found["b"].asset, found["b"].note) == (None, "Print")  # that of another stream is another thing
    assert plan.assets_new == ()
    plan = take(book, path, text.replace("a,", "d,").replace("b,", "e,"), shop(assets="create"), stream=desk.stream)
    assert plan.assets_new == ("Print",)
    asset = book.snapshot().assets[by_id(book)["e"].asset or ""]
    assert (asset.name, asset.alias, asset.stream) == ("Print", "print2", desk.stream)


def test_the_stream_is_that_of_earlier_ones_or_the_one_that_is_called_so(desk: Desk, path: Path) -> None:
    book = desk.book
    with pytest.raises(Refused) as error:
        take(book, path, TWO, stream=None)
    assert (error.value.code, error.value.details["candidates"]) == ("which-stream", ["newsletter"])
    called = edits.add_stream(book.snapshot(), "ｓｈｏｐ")
    book.apply(called)
    assert take(book, path, TWO, stream=None).stream == called.writes[0].id
    take(book, path, TWO.replace("a,", "c,"), stream=desk.stream, account="other")
    book.undo()
    assert take(book, path, TWO.replace("b,", "d,"), stream=None).stream == called.writes[0].id
    book.apply(edits.delete_stream(book.snapshot(), called.writes[0].id))
    book.apply(edits.delete_stream(book.snapshot(), desk.stream))
    with pytest.raises(Refused, match="no-streams"):
        planned(book.snapshot(), found_in(path, TWO))


ESTIMATE = shop(source="shop-estimate", estimate_of="shop", status="pending", ids=())
CONFIRMED = shop(confirms="shop", ids=())


def test_what_is_confirmed_replaces_the_estimates_of_its_months(desk: Desk, path: Path) -> None:
    guesses = "Date,Gross,Item\n2026-09-10,3,Book\n2026-09-11,4,Book\n2026-10-01,5,Book\n"
    assert counts(take(desk.book, path, guesses, ESTIMATE)) == {"new": 3}
    sure = "Date,Gross,Item\n2026-09-30,6.5,Book\n"
    assert counts(take(desk.book, path, sure, CONFIRMED)) == {"new": 1, "replaced": 2}
    assert sorted((entry.gross, entry.status) for entry in desk.book.snapshot().entries) == [
        (5, "pending"),
        (Decimal("6.5"), "cleared"),
    ]
    assert counts(take(desk.book, path, guesses, ESTIMATE)) == {"same": 1, "blocked": 2}
    assert counts(take(desk.book, path, sure, CONFIRMED)) == {"same": 1}
    desk.book.undo()
    assert len(desk.book.snapshot().entries) == 3


def test_progress_is_told_to_the_end(desk: Desk, path: Path) -> None:
    told: list[tuple[int, int]] = []
    rows = "".join(f"{number},2026-10-01,5,,,,\n" for number in range(450))
    take(desk.book, path, HEAD + rows, on_progress=lambda done, of: told.append((done, of)))
    assert told == [(0, 450), (200, 450), (400, 450), (450, 450)]
