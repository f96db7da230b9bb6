"""A file that is missing, damaged, newer, or another book: the replica goes on, and the file is left alone."""

from __future__ import annotations

import datetime as dt
import shutil
import time
from decimal import Decimal
from pathlib import Path

import pytest

from pitrack.core.model import Settings
from pitrack.store import edits
from pitrack.store.book import Book
from pitrack.store.errors import BookError
from tests.store.books import Desk, desk, earn, grosses

DAMAGED = [b"", b"{", b"not json", b"[]", b"{}", b'{"_book":{}}', b"\xff\xfe", b"<<<<<<< HEAD\n"]


@pytest.fixture(name="desk")
def _desk(tmp_path: Path) -> Desk:
    return desk(tmp_path)


def quick(at: Desk) -> Book:
    """Opened without waiting for a damaged file to get whole."""
    return Book.open(at.path, state=at.state, patience=0)


@pytest.mark.parametrize("content", DAMAGED)
def test_a_damaged_file_is_left_alone_and_the_replica_goes_on(desk: Desk, content: bytes) -> None:
    earn(desk.book, "5")
    desk.book.save()
    desk.path.write_bytes(content)
    book = quick(desk)
    assert grosses(book) == [5]
    earn(book, "6")
    book.save()
    assert book.status.behind == "unreadable"
    assert desk.path.read_bytes() == content
    assert grosses(quick(desk)) == [5, 6]


@pytest.mark.parametrize("content", DAMAGED)
def test_healing_writes_the_book_anew_and_keeps_the_damaged_bytes(desk: Desk, content: bytes) -> None:
    earn(desk.book, "5")
    desk.path.write_bytes(content)
    book = quick(desk)
    book.save(heal=True)
    assert book.status.behind is None
    assert grosses(Book.open(desk.path, state=desk.state.with_name("phone"))) == [5]
    if content:
        kept = [book.replica.backups.read(backup) for backup in book.replica.backups.list() if backup.kind == "found"]
        assert kept == [content]


@pytest.mark.parametrize("content", DAMAGED)
def test_a_damaged_file_that_this_device_never_saw_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "strange.json"
    path.write_bytes(content)
    with pytest.raises(BookError) as caught:
        Book.open(path, state=tmp_path / "s", patience=0)
    assert caught.value.code == "unreadable"
    assert path.read_bytes() == content


def test_a_file_in_the_middle_of_being_written_is_no_damage(desk: Desk) -> None:
    whole = desk.path.read_bytes()
    desk.path.write_bytes(whole[: len(whole) // 2])
    desk.book.refresh()
    assert desk.book.status.behind is None
    desk.path.write_bytes(whole)
    desk.book.refresh()
    assert (desk.book.status.pending, desk.book.status.behind) == (False, None)


def test_a_file_that_stays_damaged_under_an_open_book_is_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pitrack.store.synced.PATIENCE", 0.02)
    desk.path.write_bytes(b"{")
    desk.book.refresh()
    time.sleep(0.03)
    desk.book.refresh()
    assert desk.book.status.behind == "unreadable"


def test_a_newer_format_under_an_open_book_is_told_at_once(desk: Desk) -> None:
    desk.path.write_bytes(desk.path.read_bytes().replace(b'"format":1', b'"format":2'))
    desk.book.refresh()
    assert desk.book.status.behind == "newer"


def test_both_sides_of_a_git_conflict_are_taken_in(desk: Desk, tmp_path: Path) -> None:
    phone = Book.open(shutil.copy(desk.path, tmp_path / "phone.json"), state=tmp_path / "phone")
    earn(phone, "7")
    phone.save()
    earn(desk.book, "5")
    desk.book.save()
    mine, theirs = desk.path.read_bytes().splitlines(True), phone.path.read_bytes().splitlines(True)
    start = next(at for at, (a, b) in enumerate(zip(mine, theirs, strict=False)) if a != b)
    conflict = [*mine[:start], b"<<<<<<< HEAD\n", mine[start], b"=======\n", theirs[start], b">>>>>>> phone\n"]
    desk.path.write_bytes(b"".join([*conflict, *mine[start + 1 :]]))
    shutil.rmtree(tmp_path / "phone")
    book = quick(desk)
    assert book.status.behind == "unreadable"
    assert book.status.details["reason"] == "git"
    assert book.status.details["line"] == start + 1
    book.save(heal=True)
    assert grosses(book) == [5, 7]


def test_a_missing_file_is_not_made_anew_but_healed(desk: Desk) -> None:
    earn(desk.book, "5")
    desk.path.unlink()
    book = quick(desk)
    assert book.status.behind == "missing"
    earn(book, "6")
    book.save()
    assert not desk.path.exists()
    book.save(heal=True)
    assert book.status.behind is None
    assert grosses(desk.again()) == [5, 6]


def test_a_missing_file_that_this_device_never_saw(tmp_path: Path) -> None:
    with pytest.raises(BookError) as caught:
        Book.open(tmp_path / "nowhere.json", state=tmp_path / "s")
    assert caught.value.code == "missing"
    assert not (tmp_path / "nowhere.json").exists()


def test_an_edit_shows_though_nothing_but_the_base_knows_of_a_clock_ahead(desk: Desk, tmp_path: Path) -> None:
    ahead = Book.open(
        shutil.copy(desk.path, tmp_path / "phone.json"), state=tmp_path / "phone", wall=lambda: 4_000_000_000_000
    )
    ahead.apply(edits.edit_stream(ahead.snapshot(), desk.stream, name="From the future"))
    ahead.save()
    shutil.copy(ahead.path, desk.path)
    desk.book.refresh()
    (desk.book.replica.folder / "file.json").unlink()
    desk.path.unlink()
    book = quick(desk)
    book.apply(edits.edit_stream(book.snapshot(), desk.stream, name="From here"))
    assert quick(desk).snapshot().streams[desk.stream].name == "From here"


def test_a_folder_deleted_and_put_back(tmp_path: Path) -> None:
    (tmp_path / "cloud").mkdir()
    made = desk(tmp_path / "cloud")
    state = shutil.move(made.state, tmp_path / "state")
    book = Book.open(made.path, state=state)
    shutil.move(tmp_path / "cloud", tmp_path / "away")
    earn(book, "5")
    book.save()
    assert book.status.behind == "missing"
    book.save(heal=True)  # a folder is never made
    assert book.status.behind == "missing"
    shutil.move(tmp_path / "away", tmp_path / "cloud")
    book.save()
    assert book.status.behind is None
    assert b'"gross":"5"' in made.path.read_bytes()


def test_a_newer_format_is_not_written_and_changes_wait(desk: Desk) -> None:
    newer = desk.path.read_bytes().replace(b'"format":1', b'"format":2')
    desk.path.write_bytes(newer)
    book = quick(desk)
    assert book.status.behind == "newer"
    assert book.status.details["format"] == 2
    earn(book, "5")
    for heal in (False, True):
        book.save(heal=heal)
        assert book.status.behind == "newer"
        assert desk.path.read_bytes() == newer
    desk.path.write_bytes(newer.replace(b'"format":2', b'"format":1'))
    book.save()
    assert book.status.behind is None
    assert b'"gross":"5"' in desk.path.read_bytes()


def test_a_newer_format_that_this_device_never_saw(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "newer.json"
    path.write_bytes(desk.path.read_bytes().replace(b'"format":1', b'"format":2'))
    with pytest.raises(BookError) as caught:
        Book.open(path, state=tmp_path / "s")
    assert caught.value.code == "newer"


@pytest.fixture
def other(tmp_path: Path) -> Book:
    book = Book.create(tmp_path / "other.json", Settings(store="", name="Other"), state=tmp_path / "other")
    earn(book, "9")
    book.save()
    return book


def test_another_book_in_its_place_is_read_only_and_named(desk: Desk, other: Book) -> None:
    earn(desk.book, "5")
    shutil.copy(other.path, desk.path)
    book = quick(desk)
    assert (book.status.behind, book.status.details["name"]) == ("foreign", "Other")
    assert grosses(book) == [5]
    for change in (lambda: earn(book, "6"), book.undo, lambda: book.absorb(desk.path.read_bytes())):
        with pytest.raises(BookError) as caught:
            change()
        assert caught.value.code == "foreign"
    book.save(heal=True)
    assert desk.path.read_bytes() == other.path.read_bytes()


def test_another_book_under_an_open_one(desk: Desk, other: Book) -> None:
    shutil.copy(other.path, desk.path)
    earn(desk.book, "5")
    desk.book.save()
    assert desk.book.status.behind == "foreign"
    assert desk.path.read_bytes() == other.path.read_bytes()


def test_joining_two_books_makes_them_one_on_every_device(desk: Desk, other: Book, tmp_path: Path) -> None:
    earn(desk.book, "5")
    desk.book.save()
    phone = Book.open(shutil.copy(desk.path, tmp_path / "phone.json"), state=tmp_path / "phone")
    earn(phone, "7")
    shutil.copy(other.path, desk.path)
    book = quick(desk)
    stays = min(book.store, other.store)
    book.join()
    book.save()
    assert book.status.behind is None
    assert (book.store, grosses(book)) == (stays, [5, 9])
    for elsewhere in (other, phone):
        shutil.copy(desk.path, elsewhere.path)
        elsewhere.refresh()
        elsewhere.save()
        assert elsewhere.status.behind is None
        assert elsewhere.store == stays
    book.undo()  # of what was done before: books that were joined stay one
    assert (book.store, grosses(book)) == (stays, [9])
    book.redo()
    assert grosses(other) == [5, 9]
    assert grosses(phone) == [5, 7, 9]
    again = quick(desk)
    assert (again.store, grosses(again), again.status.behind) == (stays, [5, 9], None)


def test_keeping_two_books_apart_loses_neither(desk: Desk, other: Book, tmp_path: Path) -> None:
    earn(desk.book, "5")
    mine = desk.book.store
    shutil.copy(other.path, desk.path)
    book = quick(desk)
    book.replica.backups.make(b"{}", "found", dt.datetime(2026, 11, 22, tzinfo=dt.UTC))
    saved = book.keep_apart()
    there = quick(desk)
    assert (there.store, grosses(there), there.status.behind) == (other.store, [9], None)
    kept = Book.open(saved, state=desk.state)
    assert [backup.kind for backup in kept.replica.backups.list()][-1:] == ["found"]
    assert kept.undo().word == "earn"
    apart = Book.open(saved, state=tmp_path / "s")
    assert (saved.parent, apart.store, grosses(apart)) == (desk.path.parent, mine, [5])
    earn(there, "1")
    there.save()
    assert grosses(desk.again()) == [Decimal(1), Decimal(9)]
