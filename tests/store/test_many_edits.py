"""Changes of many entries at once: one change each, made whole or not at all."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from pitrack.core.model import Entry, Settings
from pitrack.store import edits
from pitrack.store.book import Book
from pitrack.store.errors import BookError

DAY = dt.date(2026, 11, 22)


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """A stream and three entries: cleared, pending, void."""
    made = Book.create(tmp_path / "pitrack.json", Settings(store="", currency="USD"), state=tmp_path / "state")
    stream = edits.add_stream(made.snapshot(), "News")
    made.apply(stream)
    for day, status in ((1, "cleared"), (2, "pending"), (3, "void")):
        made.apply(
            edits.add_entry(
                made.snapshot(),
                kind="income",
                day=dt.date(2026, 11, day),
                gross=Decimal(day),
                currency="USD",
                stream=stream.writes[0].id,
                status=status,
                tags=("a", "b"),
                paid=DAY,
                source_id="x",
            )
        )
    return made


def ids(book: Book) -> list[str]:
    return [entry.id for entry in book.snapshot().entries]


def entries(book: Book) -> list[Entry]:
    return list(book.snapshot().entries)


def test_only_what_is_given_is_written(book: Book) -> None:
    snapshot = book.snapshot()
    change = edits.edit_entries(snapshot, ids(book), add_tags=("b", "c"), remove_tags=("a", "z"), status="void")
    assert (change.word, change.subject) == ("entries.edit", "3")
    assert [write.fields for write in change.writes] == [
        {"status": "void", "tag@c": True, "tag@a": False},
        {"status": "void", "tag@c": True, "tag@a": False},
        {"tag@c": True, "tag@a": False},
    ]
    book.apply(change)
    assert {(entry.status, tuple(sorted(entry.tags))) for entry in entries(book)} == {("void", ("b", "c"))}
    assert {(entry.paid, entry.source_id) for entry in entries(book)} == {(DAY, "x")}


def test_one_undo_takes_all_of_it_back(book: Book) -> None:
    before = entries(book)
    for change in (
        edits.edit_entries(book.snapshot(), ids(book), note="x", paid=None, stream=None),
        edits.delete_entries(book.snapshot(), ids(book)),
        edits.copy_entries(book.snapshot(), ids(book), DAY),
        edits.attach_entries(book.snapshot(), ids(book), "A book", published=DAY),
        edits.clear_entries(book.snapshot(), ids(book)),
    ):
        book.apply(change)
        assert entries(book) != before
        book.undo()
        assert entries(book) == before
        assert not book.snapshot().assets


def test_clearing_leaves_void_ones_void_and_what_is_alike_untouched(book: Book) -> None:
    change = edits.clear_entries(book.snapshot(), ids(book))
    assert [write.id for write in change.writes] == [ids(book)[1]]
    assert (change.word, change.subject) == ("entry.edit", "News")
    book.apply(change)
    assert [entry.status for entry in entries(book)] == ["cleared", "cleared", "void"]
    assert edits.clear_entries(book.snapshot(), ids(book)).writes == ()


def test_copies_are_dated_the_day_and_cleared(book: Book) -> None:
    book.apply(edits.copy_entries(book.snapshot(), ids(book)[:2], DAY))
    copies = entries(book)[3:]
    assert [(one.day, one.gross, one.status, one.paid, one.source_id) for one in copies] == [
        (DAY, Decimal(1), "cleared", None, None),
        (DAY, Decimal(2), "cleared", None, None),
    ]
    assert edits.copy_entries(book.snapshot(), ids(book)[:1], DAY).word == "earn"


def test_a_copy_takes_over_no_stream_that_is_gone(book: Book) -> None:
    (stream,) = book.snapshot().streams
    book.apply(edits.delete_stream(book.snapshot(), stream))
    book.apply(edits.copy_entries(book.snapshot(), ids(book)[:2], DAY))
    assert [one.stream for one in entries(book)] == [stream, stream, stream, None, None]


def test_a_new_asset_and_its_entries_are_one_change(book: Book) -> None:
    change = edits.attach_entries(book.snapshot(), ids(book)[:2], "A book", published=DAY)
    book.apply(change)
    (asset,) = book.snapshot().assets.values()
    assert (asset.name, asset.published) == ("A book", DAY)
    assert [entry.asset for entry in entries(book)] == [asset.id, asset.id, None]


@pytest.mark.parametrize("build", [edits.edit_entries, edits.delete_entries, edits.clear_entries])
def test_one_that_is_gone_is_named_and_nothing_is_changed(book: Book, build: object) -> None:
    gone = ids(book)[0]
    wanted = ids(book)
    book.apply(edits.delete_entry(book.snapshot(), gone))
    with pytest.raises(BookError) as told:
        build(book.snapshot(), wanted)  # type: ignore[operator]
    assert (told.value.code, told.value.details["name"]) == ("unknown", gone)


def test_what_cannot_be_recorded_names_the_entry(book: Book) -> None:
    with pytest.raises(BookError) as told:
        edits.edit_entries(book.snapshot(), ids(book), add_tags=("t" * 300,))
    assert (told.value.code, told.value.details["what"], told.value.details["entry"]) == (
        "invalid",
        "tag",
        ids(book)[0],
    )
    with pytest.raises(BookError) as told:
        edits.edit_entries(book.snapshot(), ids(book), stream="nowhere")
    assert told.value.code == "unknown"


def test_nothing_marked_is_no_change(book: Book) -> None:
    assert edits.delete_entries(book.snapshot(), []).writes == ()
    assert edits.edit_entries(book.snapshot(), ids(book)).writes == ()
