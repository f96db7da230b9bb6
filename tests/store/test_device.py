"""The device's id: its own in every stamp, another one for a copy of the state, and what a clone wrote is not lost."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from pitrack.store import edits
from pitrack.store.book import Book
from pitrack.store.device import Device
from tests.store.books import DAY, Desk, desk, earn, grosses


@pytest.fixture(name="desk")
def _desk(tmp_path: Path) -> Desk:
    return desk(tmp_path)


def test_an_id_stays(tmp_path: Path) -> None:
    first = Device(tmp_path / "state")
    again = Device(tmp_path / "state")
    assert re.fullmatch(r"[0-9a-f]{8}", first.id)
    assert (again.id, again.all) == (first.id, frozenset({first.id}))


def test_a_copied_state_has_another_id_and_knows_the_former(tmp_path: Path) -> None:
    first = Device(tmp_path / "state")
    shutil.copytree(tmp_path / "state", tmp_path / "copy")
    copy = Device(tmp_path / "copy")
    assert copy.id != first.id
    assert copy.all == {copy.id, first.id}
    assert Device(tmp_path / "copy").id == copy.id
    assert Device(tmp_path / "state").id == first.id


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe", b"a1b2c3d4\n", b"nothing of use\n", b"A1B2C3D4 0123456789abcdef\n"]
)
def test_a_damaged_file_makes_a_new_id_that_stays(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "device").write_bytes(content)
    made = Device(tmp_path)
    assert re.fullmatch(r"[0-9a-f]{8}", made.id)
    assert Device(tmp_path).id == made.id


def test_a_copied_state_writes_under_its_own_id_and_can_undo_what_the_first_did(desk: Desk, tmp_path: Path) -> None:
    first = desk.book.apply(edits.set_note(desk.book.snapshot(), desk.habit, DAY, "rain"))
    desk.book.save()
    shutil.copytree(desk.state, tmp_path / "copy")
    copy = Book.open(desk.path, state=tmp_path / "copy")
    second = copy.apply(edits.set_note(copy.snapshot(), desk.habit, DAY, "sun"))
    assert second[-8:] != first[-8:]
    third = desk.again().apply(edits.add_idea("mine", DAY))
    assert third[-8:] == first[-8:]
    copy.undo()
    assert copy.undo().word == "note"


def clone(at: Desk, to: Path) -> Book:
    """The same device a second time, as a copy of a whole virtual machine is: its file, its state, and the id, down to
    the fingerprint."""
    (to / "cloud").mkdir(parents=True)
    shutil.copytree(at.state, to / "state")
    first = Device(at.state)
    made = Device(to / "state")  # takes an id of its own: as if it had not noticed
    line = made._path.read_text().splitlines()[0]
    made._path.write_text(line.replace(made.id, first.id) + "\n")
    assert Device(to / "state").id == first.id
    return Book.open(Path(shutil.copy(at.path, to / "cloud" / "pitrack.json")), state=to / "state")


def test_clones_part_when_they_meet_and_lose_nothing(desk: Desk, tmp_path: Path) -> None:
    earn(desk.book, "1")
    desk.book.save()
    twin = clone(desk, tmp_path / "twin")
    stamps = []
    for gross in ("2", "3"):
        earn(desk.book, gross)
        stamps.append(desk.book.apply(edits.add_idea(gross, DAY)))
        earn(twin, gross + "0")
        stamps.append(twin.apply(edits.add_idea(gross + "0", DAY)))
    desk.book.save()
    twin.save()
    assert len({stamp[-8:] for stamp in stamps}) == 1
    for giver, taker in ((twin, desk.book), (desk.book, twin)):
        shutil.copy(giver.path, taker.path)
        taker.save()
        assert taker.status.behind is None
    assert grosses(desk.book) == grosses(twin) == [1, 2, 3, 20, 30]
    assert desk.book.data == twin.data
    mine, theirs = (book.apply(edits.add_idea("later", DAY))[-8:] for book in (desk.book, twin))
    assert mine != theirs
    assert desk.again().apply(edits.add_idea("later still", DAY))[-8:] == mine
    assert len(desk.again().snapshot().ideas) == 6


def test_a_stamp_of_ones_own_that_comes_home_changes_no_id(desk: Desk, tmp_path: Path) -> None:
    earn(desk.book, "1")
    desk.book.save()
    (tmp_path / "away").mkdir()
    phone = Book.open(Path(shutil.copy(desk.path, tmp_path / "away" / "pitrack.json")), state=tmp_path / "phone")
    earn(phone, "2")
    phone.save()
    before = Device(desk.state).id
    shutil.copy(phone.path, desk.path)
    desk.book.refresh()
    desk.again().save()
    assert grosses(desk.book) == [1, 2]
    assert Device(desk.state).all == {before}


def test_a_device_whose_state_is_gone_starts_with_a_new_id(desk: Desk) -> None:
    before = Device(desk.state).id
    earn(desk.book, "1")
    desk.book.save()
    shutil.rmtree(desk.state)
    book = desk.again()
    stamp = book.apply(edits.add_idea("later", DAY))
    assert stamp[-8:] != before
    assert grosses(book) == [1]
