"""Money that recurs, in real books: each period once whatever the number of devices; any person counts more than what
books itself; and what was undone waits again, while what was deleted or left out never comes back."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pitrack.core.changes import Change
from pitrack.core.days import Month
from pitrack.core.model import Entry, Settings
from pitrack.core.views.recurring import posting_themselves, proposals
from pitrack.store import edits, recurring
from pitrack.store.book import Book
from pitrack.store.errors import BookError
from pitrack.store.merge import decode

TODAY = dt.date(2026, 11, 22)
SINCE = dt.date(2026, 10, 31)
SINCE_MONTH = Month.of(SINCE)
_ticks = count(4_000_000_000_000, 60_000)
"""Milliseconds from the year 2096 on, a minute apart: every device's clock, each reading later than all before it and
than the real clock, which stamps a new book."""


def device(root: Path, name: str, data: bytes | None = None) -> Book:
    path = root / name / "pitrack.json"
    if data is None:
        Book.create(path, Settings(store="", currency="USD"), state=root / f"{name}-state")
    else:
        path.parent.mkdir()
        path.write_bytes(data)
    return Book.open(path, state=root / f"{name}-state", wall=lambda: next(_ticks))


def rent(book: Book, **more: Any) -> str:
    given: dict[str, Any] = {"kind": "expense", "gross": Decimal(800), "currency": "USD", "since": SINCE} | more
    change = recurring.add_template(book.snapshot(), "家賃 Rent", **given)
    book.apply(change)
    return change.writes[0].id


def two(root: Path, **more: Any) -> tuple[Book, Book, str]:
    """Two devices that know one template of two due periods."""
    here = device(root, "here")
    template = rent(here, **more)
    here.save()
    return here, device(root, "there", here.data), template


def auto(book: Book) -> None:
    book.apply(recurring.post_due(book.snapshot(), TODAY))


def sync(one: Book, other: Book) -> None:
    """Through the file, as a service does it: each takes the other's version in, until both say the same."""
    for _round in range(2):
        for giver, taker in ((one, other), (other, one)):
            giver.save()
            taker.save()
            taker.path.write_bytes(giver.path.read_bytes())
            taker.refresh()
            taker.save()
    assert one.data == other.data


def entries(book: Book) -> dict[str, Entry]:
    return {entry.id.partition("|")[2]: entry for entry in book.snapshot().entries}


def waiting(book: Book) -> list[str]:
    return [one.period for one in proposals(book.snapshot(), TODAY)]


def test_two_devices_that_book_the_same_book_it_once(tmp_path: Path) -> None:
    here, there, template = two(tmp_path, auto=True)
    auto(here)
    auto(there)
    sync(here, there)
    assert [(entry.id, entry.gross) for entry in here.snapshot().entries] == [(f"{template}|2026-10", Decimal(800))]
    assert posting_themselves(here.snapshot(), TODAY) == ()


def test_a_persons_edit_counts_more_than_what_books_itself(tmp_path: Path) -> None:
    here, there, template = two(tmp_path, auto=True)
    auto(here)
    here.apply(edits.edit_entry(here.snapshot(), f"{template}|2026-10", gross=Decimal(810), day=TODAY))
    auto(there)
    sync(here, there)
    assert [(entry.gross, entry.day) for entry in there.snapshot().entries] == [(Decimal(810), TODAY)]


def test_even_where_the_other_device_changed_the_template_since(tmp_path: Path) -> None:
    here, there, template = two(tmp_path, auto=True)
    auto(here)
    here.apply(edits.edit_entry(here.snapshot(), f"{template}|2026-10", gross=Decimal(810)))
    there.apply(recurring.edit_template(there.snapshot(), template, gross=Decimal(900), note="new lease"))
    auto(there)
    sync(here, there)
    assert [entry.gross for entry in there.snapshot().entries] == [Decimal(810)]


def test_a_persons_deletion_counts_more_than_what_books_itself(tmp_path: Path) -> None:
    here, there, template = two(tmp_path, auto=True)
    auto(here)
    here.apply(edits.delete_entry(here.snapshot(), f"{template}|2026-10"))
    auto(there)
    sync(here, there)
    for book in (here, there):
        auto(book)
        assert (entries(book), waiting(book)) == ({}, [])


def test_the_stamp_of_what_books_itself_is_no_later_than_the_eve(tmp_path: Path) -> None:
    book = device(tmp_path, "here")
    rent(book, auto=True)
    auto(book)
    (record,) = (decode(text) for text in book.document.records("entries").values())
    assert record is not None
    stamps = {stamp[:24] for _value, stamp in record.fields.values()}
    assert stamps == {"2026-10-30T00:00:00.000Z"}


def test_a_proposal_is_booked_as_proposed_or_changed(tmp_path: Path) -> None:
    book = device(tmp_path, "here")
    rent(book, since=dt.date(2026, 9, 30), tags=("home",))
    assert waiting(book) == ["2026-09", "2026-10"]
    first, second = proposals(book.snapshot(), TODAY)
    book.apply(recurring.post(book.snapshot(), first))
    book.apply(recurring.post(book.snapshot(), second, gross=Decimal(805), day=TODAY))
    assert waiting(book) == []
    assert {name: (entry.gross, entry.day, entry.note, entry.tags) for name, entry in entries(book).items()} == {
        "2026-09": (Decimal(800), dt.date(2026, 9, 30), "家賃 Rent", ("home",)),
        "2026-10": (Decimal(805), TODAY, "家賃 Rent", ("home",)),
    }


def test_undo_lets_it_wait_again_and_a_deletion_does_not(tmp_path: Path) -> None:
    book = device(tmp_path, "here")
    template = rent(book)
    (one,) = proposals(book.snapshot(), TODAY)
    for change in (recurring.post(book.snapshot(), one), recurring.skip(one)):
        book.apply(change)
        assert waiting(book) == []
        book.undo()
        assert (waiting(book), entries(book)) == (["2026-10"], {})
        book.redo()
        assert waiting(book) == []
        book.undo()
    book.apply(recurring.post(book.snapshot(), one))
    book.apply(edits.delete_entry(book.snapshot(), f"{template}|2026-10"))
    assert (waiting(book), entries(book)) == ([], {})


def test_what_is_booked_again_holds_nothing_of_before(tmp_path: Path) -> None:
    book = device(tmp_path, "here")
    rent(book)
    (one,) = proposals(book.snapshot(), TODAY)
    book.apply(recurring.post(book.snapshot(), one, tags=("old",), paid=TODAY))
    book.undo()
    book.apply(recurring.post(book.snapshot(), one))
    (entry,) = book.snapshot().entries
    assert (entry.tags, entry.paid) == ((), None)


def test_what_booked_itself_and_was_undone_waits_for_a_person(tmp_path: Path) -> None:
    book = device(tmp_path, "here")
    rent(book, auto=True)
    auto(book)
    book.undo()
    auto(book)
    assert (entries(book), waiting(book)) == ({}, ["2026-10"])
    book.apply(recurring.post_all(book.snapshot(), proposals(book.snapshot(), TODAY)))
    assert list(entries(book)) == ["2026-10"]


def test_a_moved_due_day_books_no_second_one(tmp_path: Path) -> None:
    book = device(tmp_path, "here")
    template = rent(book, auto=True)
    auto(book)
    book.apply(recurring.edit_template(book.snapshot(), template, since=dt.date(2026, 10, 15)))
    auto(book)
    assert list(entries(book)) == ["2026-10", "2026-11"]


def test_a_template_made_of_an_entry_does_not_propose_that_one(tmp_path: Path) -> None:
    book = device(tmp_path, "here")
    rent(book, booked=SINCE)
    assert waiting(book) == []


@pytest.mark.parametrize(
    ("given_", "what", "why"),
    [
        ({"gross": Decimal(0)}, "amount", "not-positive"),
        ({"gross": Decimal("1.005")}, "amount", "USD places 2"),
        ({"fee": Decimal(900)}, "fee", "more-than-gross"),
        ({"until": dt.date(2026, 1, 1)}, "day", "before-start"),
        ({"interval": 0}, "every", "1-99"),
        ({"every": "day"}, "every", "week, month, year"),
    ],
)
def test_what_cannot_recur_is_refused(tmp_path: Path, given_: dict[str, Any], what: str, why: str) -> None:
    with pytest.raises(BookError) as caught:
        rent(device(tmp_path, "here"), **given_)
    assert (caught.value.code, caught.value.details["what"], caught.value.details["why"]) == ("invalid", what, why)


def test_nothing_came_is_said_of_each_stream_apart(tmp_path: Path) -> None:
    here, there, _template = two(tmp_path)
    streams = []
    for name in ("Newsletter", "写真素材"):
        change = edits.add_stream(here.snapshot(), name)
        here.apply(change)
        streams.append(change.writes[0].id)
    sync(here, there)
    month = edits.close_month(here.snapshot(), SINCE_MONTH, TODAY)
    here.apply(edits.note_nothing(here.snapshot(), streams[0], SINCE_MONTH, TODAY))
    there.apply(edits.note_nothing(there.snapshot(), streams[1], SINCE_MONTH, TODAY))
    there.apply(month)
    sync(here, there)
    assert here.snapshot().nothing_came == {(SINCE_MONTH, stream) for stream in streams}
    assert here.snapshot().closed_months == {SINCE_MONTH}
    assert edits.note_nothing(here.snapshot(), streams[0], SINCE_MONTH, TODAY).writes == ()
    here.undo()
    assert here.snapshot().nothing_came == {(SINCE_MONTH, streams[1])}


ACTIONS = ("auto", "post", "skip", "edit", "delete", "template")


def act(book: Book, action: str, number: int) -> Change | None:
    """What a person, or the app, does on a device, where it can."""
    snap = book.snapshot()
    waits, there = proposals(snap, TODAY), [entry for entry in snap.entries if entry.id.endswith("|2026-10")]
    match action:
        case "auto":
            return recurring.post_due(snap, TODAY)
        case "post" if waits:
            return recurring.post(snap, waits[0], gross=Decimal(number))
        case "skip" if waits:
            return recurring.skip(waits[0])
        case "edit" if there:
            return edits.edit_entry(snap, there[0].id, gross=Decimal(number))
        case "delete" if there:
            return edits.delete_entry(snap, there[0].id)
        case "template":
            return recurring.edit_template(snap, next(iter(snap.templates)), gross=Decimal(number))
    return None


steps = st.lists(st.tuples(st.integers(0, 1), st.sampled_from(ACTIONS)), min_size=1, max_size=7)


@settings(max_examples=40, deadline=None)
@given(steps)
def test_the_last_person_decides_whatever_books_itself_in_between(done: list[tuple[int, str]]) -> None:
    """Offline, two devices do what they do. Then they hold one and the same, one entry at most, and what the last
    person who answered for the period said: an app that booked it by itself never counts for more."""
    with TemporaryDirectory() as folder:
        books = two(Path(folder), auto=True)
        last: Decimal | str | None = "nobody"
        for number, (who, action) in enumerate(done, 1):
            book = books[who]
            change = act(book, action, number)
            if change and change.writes:
                book.apply(change)
                if action in ("post", "edit"):
                    last = Decimal(number)
                elif action in ("skip", "delete"):
                    last = None
        sync(books[0], books[1])
        found = [entry.gross for entry in books[0].snapshot().entries]
        assert len(found) <= 1
        if last != "nobody":
            assert found == ([] if last is None else [last])
            auto(books[0])
            assert [entry.gross for entry in books[0].snapshot().entries] == found
            assert waiting(books[0]) == []
