"""Backups: which are made, which are kept, and that they read back."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from pitrack.store import edits
from pitrack.store.backups import Backup, Backups
from pitrack.store.book import Book
from pitrack.store.errors import BookError
from tests.store.books import Desk, desk, earn, grosses

NOON = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture(name="desk")
def _desk(tmp_path: Path) -> Desk:
    return desk(tmp_path)


@pytest.fixture
def backups(tmp_path: Path) -> Backups:
    return Backups(tmp_path / "backups")


def days(found: list[Backup]) -> list[dt.date]:
    return [backup.moment.date() for backup in found]


def test_one_a_day_and_only_of_what_changed(backups: Backups) -> None:
    backups.make(b"one", "daily", NOON)
    backups.make(b"two", "daily", NOON + MINUTE)
    backups.make(b"one", "daily", NOON + DAY)
    backups.make(b"three", "daily", NOON + 2 * DAY)
    assert [backup.name for backup in backups.list()] == ["20261124T120000.000-daily", "20261122T120000.000-daily"]
    assert [backups.read(backup) for backup in backups.list()] == [b"three", b"one"]


def test_fourteen_days_and_twelve_months_stay(backups: Backups) -> None:
    for day in range(500):
        backups.make(str(day).encode(), "daily", NOON + day * DAY)
    last = (NOON + 499 * DAY).date()
    kept = days(backups.list())
    assert kept[:14] == [last - day * DAY for day in range(14)]
    months = [dt.date(2027 + (month > 12), (month - 1) % 12 + 1, 1) for month in range(16, 4, -1)]
    assert last == dt.date(2028, 4, 4)
    assert sorted(kept[14:], reverse=True) == [day for day in months if day not in kept[:14]]
    assert [backups.read(backup) for backup in backups.list()[:2]] == [b"499", b"498"]


def test_a_gap_of_years_takes_nothing_away(backups: Backups) -> None:
    backups.make(b"old", "daily", NOON)
    backups.make(b"new", "daily", NOON + 3000 * DAY)
    assert [backups.read(backup) for backup in backups.list()] == [b"new", b"old"]


def test_before_merges_ten_minutes_apart_and_the_newest_twenty(backups: Backups) -> None:
    for minute in range(300):
        backups.make(str(minute).encode(), "merge", NOON + minute * MINUTE)
    found = backups.list()
    assert [backups.read(backup) for backup in found] == [str(minute).encode() for minute in range(290, 90, -10)]
    backups.make(b"daily", "daily", NOON + 299 * MINUTE)
    assert len(backups.list()) == 21


def test_of_merges_a_clock_that_went_back_does_not_stop_the_next(backups: Backups) -> None:
    backups.make(b"one", "merge", NOON)
    backups.make(b"two", "merge", NOON - 5 * MINUTE)
    backups.make(b"three", "merge", NOON - DAY)
    assert [backups.read(backup) for backup in backups.list()] == [b"one", b"three"]


def test_what_was_found_is_kept_each_time_it_differs(backups: Backups) -> None:
    for second, data in enumerate([b"a", b"b", b"b", b"a"]):
        backups.make(data, "found", NOON + dt.timedelta(seconds=second))
    assert [backups.read(backup) for backup in backups.list()] == [b"a", b"b", b"a"]


def test_names_find_them(backups: Backups) -> None:
    backups.make(b"one", "daily", NOON)
    backups.make(b"two", "merge", NOON + DAY)
    assert backups.read(backups.find("20261122T120000.000-daily")) == b"one"
    assert backups.read(backups.find("20261123")) == b"two"
    for name, code in (("202611", "ambiguous"), ("2027", "unknown"), ("", "unknown")):
        with pytest.raises(BookError) as caught:
            backups.find(name)
        assert caught.value.code == code
        assert caught.value.details["candidates"] == ["20261123T120000.000-merge", "20261122T120000.000-daily"]


@pytest.mark.parametrize("damage", ["cut", "flipped", "empty", "no gzip", "another"])
def test_a_damaged_backup_is_refused(backups: Backups, damage: str) -> None:
    backups.make(b"x" * 1000 + b"end", "daily", NOON)
    backups.make(b"other", "merge", NOON)
    backup = backups.find("20261122T120000.000-daily")
    packed = backup.path.read_bytes()
    other = backups.find("20261122T120000.000-merge").path.read_bytes()
    flipped = packed[:14] + bytes([packed[14] ^ 0xFF]) + packed[15:]
    bad = {"cut": packed[:-9], "flipped": flipped, "empty": b"", "no gzip": b"{}", "another": other}
    backup.path.write_bytes(bad[damage])
    with pytest.raises(BookError) as caught:
        backups.read(backup)
    assert caught.value.code == "unreadable"
    assert caught.value.details["path"] == str(backup.path)


def test_strangers_in_the_folder_are_neither_listed_nor_taken_away(backups: Backups, tmp_path: Path) -> None:
    backups.make(b"one", "daily", NOON)
    strange = [
        tmp_path / "backups" / name for name in ("notes.txt", "20269999T990000.000000Z-daily-0123456789abcdef.gz")
    ]
    for path in strange:
        path.write_bytes(b"mine")
    for day in range(1, 60):
        backups.make(str(day).encode(), "daily", NOON + day * DAY)
    assert len(backups.list()) == 17  # fourteen days, and the first of each of three months
    assert [path.read_bytes() for path in strange] == [b"mine", b"mine"]


# What a book makes


def test_the_first_save_of_a_day_keeps_what_stood_before(desk: Desk) -> None:
    kept = desk.book.replica.backups.list()
    assert [backup.kind for backup in kept] == ["daily"]
    assert b'"entries"' not in desk.book.replica.backups.read(kept[0])
    earn(desk.book, "5")
    desk.book.save()
    assert desk.book.replica.backups.list() == kept


def test_a_merge_and_a_hand_edit_keep_what_stood_before(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "away").mkdir()
    other = Book.open(Path(shutil.copy(desk.path, tmp_path / "away" / "pitrack.json")), state=tmp_path / "phone")
    earn(other, "7")
    other.save()
    mine = desk.book.data
    shutil.copy(other.path, desk.path)
    desk.book.refresh()
    typed = desk.path.read_bytes().replace(b'"gross":"7"', b'"gross":"9"')
    desk.path.write_bytes(typed + b"\n")
    desk.book.refresh()
    backups = desk.book.replica.backups
    assert [backups.read(backup) for backup in backups.list() if backup.kind == "merge"] == [mine]
    assert [backups.read(backup) for backup in backups.list() if backup.kind == "found"] == [typed + b"\n"]


def test_a_backup_opens_as_the_book_it_was(desk: Desk, tmp_path: Path) -> None:
    earn(desk.book, "5")
    desk.book.save()
    before = desk.book.data
    backups = desk.book.replica.backups
    backups.make(before, "merge", NOON)
    desk.book.apply(edits.delete_stream(desk.book.snapshot(), desk.stream))
    desk.book.save()
    (kept,) = [backup for backup in backups.list() if backup.kind == "merge"]
    (tmp_path / "old").mkdir()
    path = tmp_path / "old" / "pitrack.json"
    path.write_bytes(backups.read(kept))
    old = Book.open(path, state=tmp_path / "old-state")
    assert old.data == before
    assert grosses(old) == [5]
    assert list(old.snapshot().streams) == [desk.stream]
