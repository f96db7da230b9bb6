"""Several processes, sudden death, a full disk: the real thing, no injection."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from pitrack.store.book import Book, BookStatus
from pitrack.store.errors import BookError
from pitrack.store.format import read
from tests.store.books import Desk, desk, earn, grosses
from tests.store.faults import disk, fill, mode, read_only, unprivileged

WRITER = """
import sys
from decimal import Decimal
from datetime import date
from pathlib import Path
from pitrack.store import edits
from pitrack.store.book import Book
path, state, count, gross = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
book = Book.open(path, state=state)
for number in range(count):
    money = {"gross": Decimal(gross), "currency": "USD"}
    change = edits.add_entry(book.snapshot(), kind="income", day=date(2026, 11, 22), **money)
    book.apply(change)
    print(change.writes[0].id, flush=True)
    book.save()
"""


def writer(path: Path, state: Path, count: int, gross: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, str(path), str(state), str(count), gross]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def test_three_writers_at_once_lose_nothing(tmp_path: Path) -> None:
    fresh = desk(tmp_path)
    processes = [writer(fresh.path, fresh.state, 60, str(gross)) for gross in (1, 2, 3)]
    while any(process.poll() is None for process in processes):
        fresh.book.refresh()  # an app that has the book open
        time.sleep(0.01)
    confirmed = {line for process in processes for line in process.communicate()[0].split()}
    assert len(confirmed) == 180
    fresh.book.refresh()
    assert {entry.id for entry in fresh.book.snapshot().entries} == confirmed
    data = fresh.path.read_bytes()
    assert read(data).data == data
    assert read(data).values("entries").keys() == confirmed


def test_killed_at_any_moment_the_book_reads_and_holds_what_was_confirmed(tmp_path: Path) -> None:
    fresh = desk(tmp_path)
    chance = random.Random(20261122)
    confirmed: set[str] = set()
    for _ in range(25):
        process = writer(fresh.path, fresh.state, 10_000, "1")
        assert process.stdout is not None
        confirmed.add(process.stdout.readline().strip())
        time.sleep(chance.random() * 0.05)
        process.send_signal(signal.SIGKILL)
        lines = process.communicate()[0].splitlines(keepends=True)
        confirmed |= {line.strip() for line in lines if line.endswith("\n")}
        data = fresh.path.read_bytes()
        assert read(data).data == data  # whole, whatever the moment
        book = fresh.again()
        assert confirmed <= {entry.id for entry in book.snapshot().entries}
    book.save()
    assert book.status.behind is None
    assert confirmed <= read(fresh.path.read_bytes()).values("entries").keys()
    assert len(confirmed) >= 25  # one a round at least, however slow the machine


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real file system of 64 KiB (a save's errors are injected in test_book.py in any case)."""
    with disk(tmp_path / "small") as folder:
        yield folder


def there(path: Path) -> Desk:
    """A book at a path of its own, with its state elsewhere."""
    (path.parent.parent / "made").mkdir()
    made = desk(path.parent.parent / "made")
    shutil.move(made.path, path)
    state = path.parent.parent / "state"
    return Desk(Book.open(path, state=state), state, made.habit, made.stream)


def phone_version(path: Path, folder: Path, gross: str) -> bytes:
    """The book as a phone has it, with an income of its own."""
    folder.mkdir()
    phone = Book.open(Path(shutil.copy(path, folder / "pitrack.json")), state=folder / "state")
    earn(phone, gross)
    phone.save()
    return phone.path.read_bytes()


def test_a_full_disk_leaves_the_old_book_whole_and_says_so(small_disk: Path) -> None:
    at = there(small_disk / "pitrack.json")
    filler = small_disk / "filler"
    fill(filler)
    before = at.path.read_bytes()
    earn(at.book, "5")
    at.book.save()
    assert at.book.status == BookStatus(True, "No space left on device", {"path": str(at.path)})
    assert at.path.read_bytes() == before
    assert sorted(file.name for file in small_disk.iterdir()) == ["filler", "pitrack.json"]
    filler.unlink()
    again = at.again()
    again.save()
    assert again.status == BookStatus()
    assert b'"gross":"5"' in at.path.read_bytes()


def test_a_full_disk_under_the_log_refuses_the_change(small_disk: Path, tmp_path: Path) -> None:
    fresh = desk(tmp_path)
    state = small_disk / "state"
    book = Book.open(fresh.path, state=state)
    filler = small_disk / "filler"
    fill(filler)
    with pytest.raises(BookError) as caught:
        earn(book, "5")
    assert caught.value.code == "refused"
    assert caught.value.details["reason"] == "No space left on device"
    filler.unlink()
    assert not Book.open(fresh.path, state=state).snapshot().entries


def test_a_full_disk_under_the_state_shows_what_others_wrote_and_keeps_it_once_it_can(
    small_disk: Path, tmp_path: Path
) -> None:
    """Base, backups and quarantine cannot be written: nothing is put away, nothing that others wrote is hidden."""
    fresh = desk(tmp_path)
    state = small_disk / "state"
    book = Book.open(fresh.path, state=state)
    earn(book, "5")
    book.save()
    copy = fresh.path.with_name("pitrack (Ada's conflicted copy 2026-11-22).json")
    copy.write_bytes(phone_version(fresh.path, tmp_path / "phone", "7"))
    put(fresh.path, phone_version(fresh.path, tmp_path / "tablet", "8"))
    filler = small_disk / "filler"
    fill(filler)
    for _ in range(2):
        book.refresh()
        assert grosses(book)[0] == 5
        assert Decimal(8) in grosses(book)
        assert book.status.behind == "No space left on device"
        book.save()
        assert copy.exists()
    shown = Book.open(fresh.path, state=state)
    assert Decimal(8) in grosses(shown)
    assert shown.status.behind == "No space left on device"
    filler.unlink()
    put(fresh.path, phone_version(fresh.path, tmp_path / "third", "9"))
    book.save()
    assert book.status == BookStatus()
    assert grosses(book) == [5, 7, 8, 9]
    assert not copy.exists()
    fresh.path.write_bytes(b"")
    assert grosses(Book.open(fresh.path, state=state, patience=0)) == [5, 7, 8, 9]  # the base has it all


def put(path: Path, data: bytes) -> None:
    """As a sync client does: a new file takes the place of the old one."""
    draft = path.with_name("draft")
    draft.write_bytes(data)
    draft.replace(path)


# A file system, or a folder, that may not be written


@pytest.fixture
def removable(tmp_path: Path) -> Iterator[Path]:
    with disk(tmp_path / "removable", "4m") as folder:
        yield folder


def test_a_read_only_disk_under_the_book(removable: Path) -> None:
    at = there(removable / "pitrack.json")
    before = at.path.read_bytes()
    with read_only(removable):
        earn(at.book, "5")
        at.book.save()
        assert at.book.status == BookStatus(True, "Read-only file system", {"path": str(at.path)})
        again = at.again()
        assert grosses(again) == [5]
        again.save(heal=True)
        assert again.status.behind == "Read-only file system"
        assert at.path.read_bytes() == before
    at.book.save()
    assert at.book.status == BookStatus()
    assert b'"gross":"5"' in at.path.read_bytes()


def test_a_read_only_disk_under_the_state(removable: Path, tmp_path: Path) -> None:
    fresh = desk(tmp_path)
    state = removable / "state"
    book = Book.open(fresh.path, state=state)
    earn(book, "5")
    book.save()
    earn(book, "6")  # confirmed, not saved
    theirs = phone_version(fresh.path, tmp_path / "phone", "7")
    with read_only(removable):
        put(fresh.path, theirs)
        shown = Book.open(fresh.path, state=state)
        for one in (shown, book):
            one.refresh()
            assert grosses(one) == [5, 6, 7]
            assert one.status.behind == "Read-only file system"
            with pytest.raises(BookError) as caught:
                earn(one, "8")
            assert (caught.value.code, caught.value.details["reason"]) == ("refused", "Read-only file system")
            one.save()
            assert one.status.behind == "Read-only file system"
            assert grosses(one) == [5, 6, 7]
        assert fresh.path.read_bytes() == theirs
        never = Book.open(fresh.path, state=removable / "new")
        assert grosses(never) == [5, 7]
        assert never.status.behind == "Read-only file system"
    for one in (book, shown):
        one.save()
        assert one.status == BookStatus()
    fresh.path.write_bytes(b"")
    assert grosses(Book.open(fresh.path, state=state, patience=0)) == [5, 6, 7]


def test_a_hand_edit_that_could_not_be_kept_is_still_one_when_it_can(removable: Path, tmp_path: Path) -> None:
    fresh = desk(tmp_path)
    book = Book.open(fresh.path, state=removable / "state")
    earn(book, "5")
    book.save()
    added = b'"entries": {\n  "byhand": {"day":"2026-11-21","kind":"income","money":{"gross":"8","currency":"USD"}},\n'
    typed = fresh.path.read_bytes().replace(b'"gross":"5"', b'"gross":"9"').replace(b'"entries": {\n', added)
    put(fresh.path, typed)
    with read_only(removable):
        book.refresh()
        assert grosses(book) == [8, 9]
        book.save()
        assert fresh.path.read_bytes() == typed
    book.save()
    assert book.status == BookStatus()
    assert grosses(book) == [8, 9]
    assert book.undo().word == "hand"
    assert grosses(book) == [5]


def test_a_folder_that_may_not_be_written() -> None:
    with unprivileged() as home:
        (home / "cloud").mkdir()
        at = there(home / "cloud" / "pitrack.json")
        before = at.path.read_bytes()
        with mode(home / "cloud", 0o500):
            earn(at.book, "5")
            at.book.save()
            assert at.book.status == BookStatus(True, "Permission denied", {"path": str(at.path)})
            assert grosses(at.again()) == [5]
            assert at.path.read_bytes() == before
        at.book.save()
        assert at.book.status == BookStatus()
        assert b'"gross":"5"' in at.path.read_bytes()


def test_a_file_that_may_not_be_read() -> None:
    with unprivileged() as home:
        (home / "cloud").mkdir()
        at = there(home / "cloud" / "pitrack.json")
        earn(at.book, "5")
        at.book.save()
        put(at.path, phone_version(at.path, home / "phone", "7"))
        reason = {"path": str(at.path), "reason": "Permission denied", "line": None}
        with mode(at.path, 0o000):
            at.book.refresh()
            earn(at.book, "6")
            for book in (at.book, at.again()):
                for heal in (False, True):
                    book.save(heal=heal)
                    assert book.status == BookStatus(True, "unreadable", reason)
                assert grosses(book) == [5, 6]
            with pytest.raises(BookError) as caught:
                Book.open(at.path, state=home / "new", patience=0)
            assert (caught.value.code, caught.value.details) == ("unreadable", reason)
        at.book.save()
        assert at.book.status == BookStatus()
        assert grosses(at.again()) == [5, 6, 7]
        assert at.path.read_bytes() == at.book.data


def test_a_state_that_may_not_be_written() -> None:
    with unprivileged() as home:
        (home / "cloud").mkdir()
        at = there(home / "cloud" / "pitrack.json")
        earn(at.book, "5")
        at.book.save()
        put(at.path, phone_version(at.path, home / "phone", "7"))
        (folder,) = (at.state / "books").iterdir()
        with mode(folder, 0o500):
            for book in (at.book, at.again()):
                book.refresh()
                assert grosses(book) == [5, 7]
                assert book.status.behind == "Permission denied"
        (home / "locked").mkdir(mode=0o500)
        book = Book.open(at.path, state=home / "locked")
        assert grosses(book) == [5, 7]
        assert book.status.behind == "Permission denied"
        with pytest.raises(BookError) as caught:
            earn(book, "8")
        assert (caught.value.code, caught.value.details["reason"]) == ("refused", "Permission denied")
        at.book.save()
        assert at.book.status == BookStatus()
        at.path.unlink()
        assert grosses(at.again()) == [5, 7]
