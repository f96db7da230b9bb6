"""The local history: what was written here and lost a merge before anyone else saw it, and how it comes back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pitrack.store import edits
from pitrack.store.book import Book
from pitrack.store.history import History, Loss, bring_back
from tests.store.books import DAY, Desk, desk, earn, grosses, stamp


@pytest.fixture(name="desk")
def _desk(tmp_path: Path) -> Desk:
    return desk(tmp_path)


@pytest.fixture
def phone(desk: Desk, tmp_path: Path) -> Book:
    """The same book on a phone that has it from the first day."""
    (tmp_path / "away").mkdir()
    return Book.open(Path(shutil.copy(desk.path, tmp_path / "away" / "pitrack.json")), state=tmp_path / "phone")


def note(at: Desk, book: Book, text: str) -> str:
    return book.apply(edits.set_note(book.snapshot(), at.habit, DAY, text))


def rename(at: Desk, book: Book, name: str) -> str:
    return book.apply(edits.edit_stream(book.snapshot(), at.stream, name=name))


def carry(giver: Book, taker: Book) -> None:
    """The file as the one has it reaches the other."""
    giver.save()
    shutil.copy(giver.path, taker.path)
    taker.refresh()


def lost(book: Book) -> list[tuple[str, str, str | None]]:
    """Field, the value that lost, and the winner."""
    return [(loss.field, loss.value, loss.winner) for loss in book.replica.history.read()]


def test_a_value_that_lost_is_kept_with_all_there_is_to_know(desk: Desk, phone: Book) -> None:
    mine = note(desk, desk.book, "rain")
    theirs = note(desk, phone, "sun")
    carry(phone, desk.book)
    record = f"{desk.habit}|{DAY}"
    assert desk.book.replica.history.read() == [
        Loss(1, "checkins", record, "note", '"rain"', mine, '"sun"', theirs),
    ]
    assert desk.book.news().lost == 1
    assert desk.book.news() == (0, 0)
    assert phone.replica.history.read() == []


def test_different_fields_of_one_record_lose_nothing(desk: Desk, phone: Book) -> None:
    desk.book.apply(edits.edit_stream(desk.book.snapshot(), desk.stream, note="mine"))
    rename(desk, phone, "Letters")
    carry(phone, desk.book)
    stream = desk.book.snapshot().streams[desk.stream]
    assert (stream.name, stream.note) == ("Letters", "mine")
    assert lost(desk.book) == []


def test_equal_values_lose_nothing(desk: Desk, phone: Book) -> None:
    note(desk, desk.book, "rain")
    note(desk, phone, "rain")
    carry(phone, desk.book)
    assert lost(desk.book) == []


def test_a_value_that_won_is_no_loss_here_but_one_there(desk: Desk, phone: Book) -> None:
    note(desk, phone, "sun")
    note(desk, desk.book, "rain")
    carry(desk.book, phone)
    carry(phone, desk.book)
    assert lost(desk.book) == []
    assert lost(phone) == [("note", '"sun"', '"rain"')]


def test_a_deletion_that_an_edit_overruled_and_deleting_again(desk: Desk, phone: Book) -> None:
    desk.book.apply(edits.delete_stream(desk.book.snapshot(), desk.stream))
    rename(desk, phone, "Letters")
    carry(phone, desk.book)
    assert desk.book.snapshot().streams[desk.stream].name == "Letters"
    (loss,) = desk.book.replica.history.read()
    assert (loss.field, loss.id, loss.winner) == ("", desk.stream, "")
    desk.book.apply(bring_back(loss, "Letters"))
    assert desk.stream not in desk.book.snapshot().streams
    desk.book.undo()
    assert desk.book.snapshot().streams[desk.stream].name == "Letters"


def test_an_edit_that_a_deletion_took_away_and_bringing_it_back(desk: Desk, phone: Book) -> None:
    rename(desk, desk.book, "Letters")
    phone.apply(edits.delete_stream(phone.snapshot(), desk.stream))
    carry(phone, desk.book)
    assert desk.stream not in desk.book.snapshot().streams
    (loss,) = [one for one in desk.book.replica.history.read() if one.value == '"Letters"']
    assert (loss.field, loss.winner) == ("name", None)
    desk.book.apply(bring_back(loss, "Letters"))
    stream = desk.book.snapshot().streams[desk.stream]
    assert (stream.name, stream.currency) == ("Letters", "USD")  # whole
    carry(desk.book, phone)
    assert phone.snapshot().streams[desk.stream].name == "Letters"


def test_own_later_edits_are_no_losses(desk: Desk) -> None:
    other = desk.again()
    note(desk, desk.book, "rain")
    desk.book.refresh()
    other.refresh()
    note(desk, other, "sun")
    other.save()
    for book in (desk.book, desk.again()):
        book.refresh()
        assert book.snapshot().history(desk.habit).notes == {DAY.toordinal(): "sun"}
        assert lost(book) == []


def test_own_later_edits_are_no_losses_for_a_state_that_was_put_back(desk: Desk, tmp_path: Path) -> None:
    note(desk, desk.book, "rain")
    shutil.copytree(desk.state, tmp_path / "kept")
    note(desk, desk.book, "sun")
    desk.book.save()
    shutil.rmtree(desk.state)
    shutil.move(tmp_path / "kept", desk.state)
    book = desk.again()
    assert book.snapshot().history(desk.habit).notes == {DAY.toordinal(): "sun"}
    assert lost(book) == []


def test_a_value_that_the_other_device_had_seen_is_no_loss(desk: Desk, phone: Book) -> None:
    note(desk, desk.book, "rain")
    earn(desk.book, "5")  # by this one the other version shows that it had them both
    carry(desk.book, phone)
    note(desk, phone, "sun")
    carry(phone, desk.book)
    assert desk.book.snapshot().history(desk.habit).notes == {DAY.toordinal(): "sun"}
    assert lost(desk.book) == []
    note(desk, desk.book, "snow")  # and after that it had not seen this one
    note(desk, phone, "hail")
    carry(phone, desk.book)
    assert lost(desk.book) == [("note", '"snow"', '"hail"')]


def test_the_same_loss_is_kept_once(desk: Desk, phone: Book) -> None:
    before = desk.path.read_bytes()
    note(desk, desk.book, "rain")
    note(desk, phone, "sun")
    for _ in range(3):
        carry(phone, desk.book)
        desk.path.write_bytes(before)
        desk.book.refresh()
    assert lost(desk.again()) == [("note", '"rain"', '"sun"')]


def test_a_lost_value_comes_back_as_a_change(desk: Desk, phone: Book) -> None:
    note(desk, desk.book, "rain")
    note(desk, phone, "sun")
    carry(phone, desk.book)
    (loss,) = desk.book.replica.history.read()
    desk.book.apply(bring_back(loss, "Write 500 words"))
    assert desk.book.snapshot().history(desk.habit).notes == {DAY.toordinal(): "rain"}
    reverted = desk.book.undo()
    assert (reverted.word, reverted.subject) == ("history", "Write 500 words")
    assert desk.book.snapshot().history(desk.habit).notes == {DAY.toordinal(): "sun"}
    desk.book.redo()
    carry(desk.book, phone)
    assert phone.snapshot().history(desk.habit).notes == {DAY.toordinal(): "rain"}


def test_what_is_lost_in_a_later_merge_is_added(desk: Desk, phone: Book) -> None:
    note(desk, desk.book, "rain")
    note(desk, phone, "sun")
    carry(phone, desk.book)
    rename(desk, desk.book, "Letters")
    rename(desk, phone, "Post")
    carry(phone, desk.book)
    assert [(loss.n, loss.value) for loss in desk.book.replica.history.read()] == [(1, '"rain"'), (2, '"Letters"')]
    assert grosses(desk.book) == []


def test_the_newest_thousand_stay_and_a_damaged_line_is_passed_over(tmp_path: Path) -> None:
    history = History(tmp_path / "history.jsonl")
    made = [Loss(0, "t", str(number), "f", "1", stamp(1), "2", stamp(2)) for number in range(1200)]
    assert history.add(made[:600]) == 600
    assert history.add(made) == 600
    assert [loss.n for loss in history.read()] == list(range(201, 1201))
    path = tmp_path / "history.jsonl"
    path.write_bytes(path.read_bytes().replace(b'"n":300', b'"n"300') + b'{"n":12')
    assert [loss.n for loss in history.read()] == [n for n in range(201, 1201) if n != 300]
