"""Conflict copies: what sync services leave beside the book is found by content, taken in, and put away where safe."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from pitrack.core.model import Settings
from pitrack.store import edits
from pitrack.store.book import Book, BookStatus
from pitrack.store.clock import wall_ms
from pitrack.store.errors import BookError
from pitrack.store.files import MOST
from tests.store.books import Desk, desk, earn, grosses
from tests.store.faults import mode, unprivileged

TAME = [
    "pitrack.sync-conflict-20261122-134353-6222WNZ.json",
    "pitrack (Ada's conflicted copy 2026-11-22).json",
    "pitrack (conflicted copy 2026-11-22 093612).json",
    "pitrack (SFConflict ada 2026-11-22-13-35-00).json",
    "pitrack.json..path1",
    "pitrack.json..path2",
    "pitrack.json.conflict1",
    "pitrack.conflict1.json",
    "pitrack (conflict_on_2026-11-22).json",
]
"""Names by which a service shows that the other version is safe."""

WILD = ["pitrack (1).json", "pitrack-LAPTOP.json", "pitrack-HOST-safeBackup-0001.json", "pitrack 2.json"]
WILD += ["pitrack.Conflict.json"]


@pytest.fixture(name="desk")
def _desk(tmp_path: Path) -> Desk:
    return in_the_cloud(tmp_path)


def in_the_cloud(home: Path) -> Desk:
    """A book with an income of 5, in a folder of its own."""
    (home / "cloud").mkdir()
    made = desk(home / "cloud")
    state = Path(shutil.move(made.state, home / "state"))
    made = Desk(Book.open(made.path, state=state), state, made.habit, made.stream)
    earn(made.book, "5")
    made.book.save()
    return made


def theirs(at: Desk, gross: str = "7") -> bytes:
    """The book as a phone has it, with an income of its own."""
    folder = at.state.with_name(f"phone{gross}")
    folder.mkdir()
    phone = Book.open(Path(shutil.copy(at.path, folder / "pitrack.json")), state=folder / "state")
    earn(phone, gross)
    phone.save()
    return phone.path.read_bytes()


def beside(at: Desk, name: str, data: bytes) -> Path:
    path = at.path.with_name(name)
    path.write_bytes(data)
    return path


def names(at: Desk) -> list[str]:
    return sorted(path.name for path in at.path.parent.iterdir())


def quarantined(book: Book) -> list[bytes]:
    folder = book.replica.copies.quarantine
    return [path.read_bytes() for path in sorted(folder.iterdir())] if folder.exists() else []


def look(at: Desk, path: Path) -> tuple[int, int, int, bytes]:
    now = path.stat()
    return now.st_ino, now.st_mtime_ns, now.st_mode, path.read_bytes()


@pytest.mark.parametrize("name", TAME + WILD)
def test_a_copy_is_absorbed_by_reading_and_nothing_in_the_folder_changes(desk: Desk, name: str) -> None:
    copy = beside(desk, name, theirs(desk))
    before = [look(desk, path) for path in (copy, desk.path)]
    book = desk.again()
    assert grosses(book) == [5, 7]
    assert book.status.behind is None
    assert book.status.pending
    assert grosses(desk.again()) == [5, 7]
    assert [look(desk, path) for path in (copy, desk.path)] == before
    assert names(desk) == sorted([name, "pitrack.json"])


@pytest.mark.parametrize("name", TAME)
def test_a_copy_of_a_service_that_keeps_the_other_version_is_put_away(desk: Desk, name: str) -> None:
    data = theirs(desk)
    beside(desk, name, data)
    book = desk.again()
    book.save()
    assert book.status == BookStatus()
    assert names(desk) == ["pitrack.json"]
    assert quarantined(book) == [data]
    assert b'"gross":"7"' in desk.path.read_bytes()
    assert not desk.again().status.pending


@pytest.mark.parametrize("name", WILD)
def test_another_copy_stays_and_is_not_read_again(desk: Desk, name: str) -> None:
    data = theirs(desk)
    copy = beside(desk, name, data)
    book = desk.again()
    book.save()
    assert book.status == BookStatus()
    assert quarantined(book) == []
    assert copy.read_bytes() == data
    assert b'"gross":"7"' in desk.path.read_bytes()
    now = copy.stat()  # other content that looks the same from outside: whoever reads it sees 8
    with copy.open("r+b") as file:
        file.write(data.replace(b'"gross":"7"', b'"gross":"8"'))
    os.utime(copy, ns=(now.st_atime_ns, now.st_mtime_ns))
    for known in (book, desk.again()):
        known.refresh()
        known.save()
        assert grosses(known) == [5, 7]
        assert not known.status.pending


def test_a_copy_that_changes_after_it_was_absorbed_is_read_again(desk: Desk) -> None:
    copy = beside(desk, "pitrack (1).json", theirs(desk))
    desk.book.refresh()
    desk.book.save()
    copy.write_bytes(theirs(desk, "88"))
    assert desk.book.refresh()
    assert grosses(desk.book) == [5, 7, 88]
    desk.book.save()
    assert grosses(desk.again()) == [5, 7, 88]


def test_a_copy_that_changes_before_the_save_is_not_put_away_unread(desk: Desk) -> None:
    copy = beside(desk, TAME[0], theirs(desk))
    desk.book.refresh()
    newer = theirs(desk, "88")
    copy.write_bytes(newer)
    desk.book.save()
    assert grosses(desk.again()) == [5, 7, 88]
    assert quarantined(desk.book) == [newer]


@pytest.mark.parametrize("name", [TAME[0], WILD[0]])
def test_a_copy_that_appears_while_the_book_is_open(desk: Desk, name: str) -> None:
    assert not desk.book.refresh()
    beside(desk, name, theirs(desk))
    assert desk.book.refresh()
    assert grosses(desk.book) == [5, 7]
    assert desk.book.status.pending
    desk.book.save()
    assert not desk.book.status.pending
    assert not desk.book.refresh()


def test_several_copies_at_once(desk: Desk) -> None:
    for number, name in enumerate(TAME, 10):
        beside(desk, name, theirs(desk, str(number)))
    desk.book.save()
    assert grosses(desk.again()) == [5, *range(10, 10 + len(TAME))]
    assert names(desk) == ["pitrack.json"]
    assert len(quarantined(desk.book)) == len(TAME)


def test_a_change_in_a_copy_by_hand_is_an_edit_made_now(desk: Desk) -> None:
    beside(desk, TAME[0], desk.path.read_bytes().replace(b'"gross":"5"', b'"gross":"9"'))
    desk.book.refresh()
    assert grosses(desk.book) == [9]
    assert desk.book.undo().word == "hand"
    assert grosses(desk.book) == [5]


def test_an_old_copy_made_on_purpose_changes_nothing(desk: Desk) -> None:
    old = desk.path.read_bytes()
    (entry,) = desk.book.snapshot().entries
    desk.book.apply(edits.edit_entry(desk.book.snapshot(), entry.id, gross=Decimal(6)))
    desk.book.apply(edits.edit_stream(desk.book.snapshot(), desk.stream, name="Letters"))
    earn(desk.book, "8")
    desk.book.save()
    data = desk.path.read_bytes()
    copy = beside(desk, "pitrack (1).json", old)
    for book in (desk.book, desk.again()):
        book.refresh()
        book.save()
        assert book.status == BookStatus()
        assert book.data == data == desk.path.read_bytes()
    assert copy.read_bytes() == old


# What is no copy of this book


def foreign(at: Desk) -> bytes:
    path = at.state.with_name("other.json")
    other = Book.create(path, Settings(store="", name="Other"), state=at.state.with_name("other"))
    earn(other, "9")
    other.save()
    return path.read_bytes()


def newer(at: Desk) -> bytes:
    return theirs(at).replace(b'"format":1', b'"format":2')


def damaged(at: Desk) -> bytes:
    return theirs(at)[:-40]


def csv(_: Desk) -> bytes:
    return b"day,amount\n2026-11-22,7\n"


def photo(_: Desk) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + bytes(range(256))


@pytest.mark.parametrize("name", ["pitrack.sync-conflict-20261122-134353-6222WNZ.json", "pitrack (1).json"])
@pytest.mark.parametrize("content", [foreign, newer, damaged, csv, photo])
def test_what_is_no_usable_copy_is_left_alone(desk: Desk, name: str, content: Callable[[Desk], bytes]) -> None:
    data = content(desk)
    other = beside(desk, name, data)
    for _ in range(2):
        book = desk.again()
        earn(book, "1")
        book.save()
        assert book.status == BookStatus()
    assert grosses(desk.again()) == [1, 1, 5]
    assert other.read_bytes() == data
    assert quarantined(book) == []


def test_a_huge_file_with_the_name_of_a_copy_is_left_alone(desk: Desk) -> None:
    huge = beside(desk, TAME[0], b"{")
    with huge.open("r+b") as file:
        file.truncate(2 * MOST)
    desk.book.refresh()
    desk.book.save()
    assert desk.book.status == BookStatus()
    assert huge.stat().st_size == 2 * MOST
    assert desk.book.replica.copies.seen[huge.name].reason == "too-large"
    assert desk.book.replica.copies.strays(desk.path) == (huge,)


def test_links_pipes_and_folders_with_the_name_of_a_copy_are_left_alone(desk: Desk) -> None:
    outside = desk.state.with_name("outside.json")
    outside.write_bytes(theirs(desk))
    link, pipe, folder = (desk.path.with_name(name) for name in TAME[:3])
    link.symlink_to(outside)
    os.mkfifo(pipe)
    folder.mkdir()
    for book in (desk.book, desk.again()):
        book.refresh()
        book.save()
        assert book.status == BookStatus()
        assert grosses(book) == [5]
    assert (link.is_symlink(), pipe.is_fifo(), folder.is_dir(), outside.exists()) == (True, True, True, True)
    assert quarantined(desk.book) == []


def test_a_damaged_copy_is_taken_in_once_it_is_whole(desk: Desk) -> None:
    data = theirs(desk)
    copy = beside(desk, TAME[0], data[:-40])
    desk.book.refresh()
    assert desk.book.replica.copies.seen[copy.name].reason == "unreadable"
    copy.write_bytes(data)
    assert desk.book.refresh()
    assert grosses(desk.book) == [5, 7]


# The book itself is missing, as rclone leaves it


def rclone_leaves(at: Desk) -> None:
    mine, phone = at.path.read_bytes(), theirs(at)
    at.path.unlink()
    beside(at, "pitrack.json..path1", mine)
    beside(at, "pitrack.json..path2", phone)


def test_two_halves_in_place_of_the_book_on_a_device_that_knows_it(desk: Desk) -> None:
    rclone_leaves(desk)
    for book in (desk.book, desk.again()):
        book.refresh()
        assert grosses(book) == [5, 7]
        assert book.status.behind == "missing"
        assert not desk.path.exists()
    earn(book, "6")
    book.save()
    assert book.status == BookStatus()
    assert names(desk) == ["pitrack.json"]
    assert len(quarantined(book)) == 2
    assert grosses(desk.again()) == [5, 6, 7]


def test_two_halves_in_place_of_the_book_on_a_device_that_never_saw_it(desk: Desk, tmp_path: Path) -> None:
    rclone_leaves(desk)
    book = Book.open(desk.path, state=tmp_path / "new")
    assert grosses(book) == [5, 7]
    assert book.status.behind == "missing"
    assert names(desk) == ["pitrack.json..path1", "pitrack.json..path2"]
    book.save()  # the device with the newest change puts it back, or a person who says so
    assert book.status.behind == "missing"
    book.save(heal=True)
    assert book.status == BookStatus()
    assert names(desk) == ["pitrack.json"]
    assert len(quarantined(book)) == 2
    assert grosses(Book.open(desk.path, state=tmp_path / "third")) == [5, 7]


def test_of_two_devices_with_the_same_halves_the_one_with_the_newest_change_puts_the_book_back(
    desk: Desk, tmp_path: Path
) -> None:
    (tmp_path / "away").mkdir()
    path = Path(shutil.copy(desk.path, tmp_path / "away" / "pitrack.json"))
    phone = Book.open(path, state=tmp_path / "phone")
    earn(phone, "7")
    phone.save()
    rclone = (("pitrack.json..path1", desk.path.read_bytes()), ("pitrack.json..path2", path.read_bytes()))
    for folder in (desk.path.parent, path.parent):
        (folder / "pitrack.json").unlink()
        for name, data in rclone:
            (folder / name).write_bytes(data)
    for book in (desk.book, phone):
        book.refresh()
        book.save()
        assert 7 in grosses(book)
    assert (desk.book.status.behind, phone.status.behind) == ("missing", None)
    assert not desk.path.exists()
    later = Book.open(shutil.copytree(desk.path.parent, tmp_path / "later") / "pitrack.json", state=tmp_path / "l")
    later._holding.clock._wall = lambda: wall_ms() + 1000 * 3600  # where that device does not come, it does itself
    later.save()
    assert later.status == BookStatus()
    for name, _data in rclone:  # as the service brings it
        desk.path.with_name(name).unlink()
    shutil.copy(path, desk.path)
    desk.book.refresh()
    assert desk.book.status == BookStatus()
    assert desk.path.read_bytes() == path.read_bytes()


def test_halves_of_two_books_in_place_of_one_that_was_never_seen(desk: Desk, tmp_path: Path) -> None:
    rclone_leaves(desk)
    beside(desk, "pitrack.json..path1", foreign(desk))
    with pytest.raises(BookError) as caught:
        Book.open(desk.path, state=tmp_path / "new")
    assert caught.value.code == "missing"
    assert names(desk) == ["pitrack.json..path1", "pitrack.json..path2"]


# A folder that may not be written


def test_in_a_read_only_folder_copies_are_absorbed_and_not_moved() -> None:
    with unprivileged() as home:
        at = in_the_cloud(home)
        copy = beside(at, TAME[0], theirs(at))
        with mode(at.path.parent, 0o500):
            book = at.again()
            assert grosses(book) == [5, 7]
            earn(book, "6")
            book.save()
            assert book.status == BookStatus(True, "Permission denied", {"path": str(at.path)})
            assert copy.exists()
            assert quarantined(book) == []
            assert grosses(at.again()) == [5, 6, 7]
        book.save()
        assert book.status == BookStatus()
        assert names(at) == ["pitrack.json"]
        assert grosses(at.again()) == [5, 6, 7]
