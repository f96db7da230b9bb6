from __future__ import annotations

import os
import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from tinydb import TinyDB

from pitrack.core.model import Rule, Settings
from pitrack.store import edits
from pitrack.store.book import Book
from pitrack.store.errors import BookError
from pitrack.store.format import read
from pitrack.store.storage import StringIdTable, tables
from tests.store.books import DAY, Desk, desk, earn, grosses


@pytest.fixture(name="desk")
def _desk(tmp_path: Path) -> Desk:
    return desk(tmp_path)


def test_a_change_that_writes_nothing_leaves_no_trace(desk: Desk) -> None:
    desk.book.apply(edits.check(desk.book.snapshot(), desk.habit, DAY, "yes", "rain"))
    (log,) = desk.state.rglob("log.jsonl")
    before = log.read_bytes()
    again = edits.set_note(desk.book.snapshot(), desk.habit, DAY, "rain")
    assert (again.writes, desk.book.apply(again)) == ((), "")
    assert log.read_bytes() == before
    assert desk.book.undo().word == "done"
    assert desk.book.apply(edits.set_note(desk.book.snapshot(), desk.habit, DAY, "")) == ""
    assert desk.book.redo().word == "done"
    assert desk.book.snapshot().history(desk.habit).notes == {DAY.toordinal(): "rain"}


def test_a_new_book_is_private_and_canonical(desk: Desk) -> None:
    assert desk.path.stat().st_mode & 0o777 == 0o600
    data = desk.path.read_bytes()
    assert read(data).data == data
    assert b'"zone":"Asia/Tokyo"' in data


def test_a_change_is_confirmed_before_the_file_is_saved(desk: Desk) -> None:
    file_before = desk.path.read_bytes()
    desk.book.apply(edits.check(desk.book.snapshot(), desk.habit, DAY, "yes"))
    assert desk.path.read_bytes() == file_before
    assert desk.again().snapshot().history(desk.habit).marks == {DAY.toordinal(): "yes"}


def test_a_saved_change_needs_no_log(desk: Desk) -> None:
    desk.book.apply(edits.check(desk.book.snapshot(), desk.habit, DAY, "yes"))
    desk.book.save()
    shutil.rmtree(desk.state)
    assert desk.again().snapshot().history(desk.habit).marks == {DAY.toordinal(): "yes"}


def test_saving_twice_writes_once(desk: Desk) -> None:
    desk.book.apply(edits.check(desk.book.snapshot(), desk.habit, DAY, "yes"))
    desk.book.save()
    before = desk.path.stat()
    desk.book.save()
    desk.again().save()
    after = desk.path.stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_opening_and_reading_never_write_the_book(desk: Desk) -> None:
    desk.path.write_bytes(desk.path.read_bytes().replace(b",\n", b" ,\n\n"))
    before = desk.path.read_bytes()
    book = desk.again()
    assert [stream.name for stream in book.snapshot().streams.values()] == ["Newsletter"]
    book.refresh()
    assert desk.path.read_bytes() == before


def test_a_save_keeps_the_mode_and_follows_a_link(desk: Desk, tmp_path: Path) -> None:
    desk.path.chmod(0o644)
    link = tmp_path / "link.json"
    link.symlink_to(desk.path)
    book = Book.open(link, state=desk.state)
    earn(book, "5")
    book.save()
    assert link.is_symlink()
    assert desk.path.stat().st_mode & 0o777 == 0o644
    assert len(desk.again().snapshot().entries) == 1


def test_no_temporary_file_is_left(desk: Desk) -> None:
    earn(desk.book, "5")
    desk.book.save()
    assert sorted(path.name for path in desk.path.parent.iterdir()) == ["home", "pitrack.json", "state"]


def test_what_another_device_wrote_is_merged_in_a_save(desk: Desk, tmp_path: Path) -> None:
    other = Book.open(shutil.copy(desk.path, tmp_path / "phone.json"), state=tmp_path / "phone")
    earn(other, "7")
    other.save()
    earn(desk.book, "5")
    shutil.copy(tmp_path / "phone.json", desk.path)
    desk.book.save()
    assert {entry.gross for entry in desk.again().snapshot().entries} == {Decimal(5), Decimal(7)}
    assert desk.book.status.behind is None


def test_an_edit_here_is_seen_though_the_other_clock_runs_years_ahead(desk: Desk, tmp_path: Path) -> None:
    other = Book.open(shutil.copy(desk.path, tmp_path / "phone.json"), state=tmp_path / "phone")
    other._holding.clock.see("2031-01-01T00:00:00.000Z-0000-ffffffff")
    other.apply(edits.edit_stream(other.snapshot(), desk.stream, name="From the future"))
    other.save()
    shutil.copy(tmp_path / "phone.json", desk.path)
    desk.book.refresh()
    assert desk.book.snapshot().streams[desk.stream].name == "From the future"
    desk.book.apply(edits.edit_stream(desk.book.snapshot(), desk.stream, name="From here"))
    desk.book.save()
    assert desk.again().snapshot().streams[desk.stream].name == "From here"


def test_what_a_crash_left_beside_the_book_is_swept_up(desk: Desk) -> None:
    folder = desk.path.parent
    old, fresh, foreign = folder / ".~pitrack-0000.tmp", folder / ".~pitrack-1111.tmp", folder / "notes.tmp"
    for path in (old, fresh, foreign):
        path.write_bytes(b"half")
    os.utime(old, (0, 0))
    os.utime(foreign, (0, 0))
    earn(desk.book, "5")
    desk.book.save()
    assert not old.exists()
    assert fresh.exists()  # another process may be writing it
    assert foreign.exists()


def test_an_old_version_put_back_under_an_open_book_heals(desk: Desk) -> None:
    old = desk.path.read_bytes()
    earn(desk.book, "5")
    desk.book.save()
    desk.path.write_bytes(old)
    desk.book.refresh()
    assert len(desk.book.snapshot().entries) == 1
    desk.book.save()
    assert b'"gross":"5"' in desk.path.read_bytes()


def test_an_old_version_put_back_between_two_starts_heals(desk: Desk) -> None:
    old = desk.path.read_bytes()
    earn(desk.book, "5")
    desk.book.save()
    desk.path.write_bytes(old)
    book = desk.again()
    assert len(book.snapshot().entries) == 1
    book.save()
    assert b'"gross":"5"' in desk.path.read_bytes()


@pytest.mark.parametrize("loose", [b"[]", b"null", b"7", b"{}"])
def test_what_lies_loose_where_a_table_belongs_hides_no_record(desk: Desk, loose: bytes) -> None:
    desk.path.write_bytes(desk.path.read_bytes().replace(b"{\n", b'{\n "entries": ' + loose + b",\n", 1))
    desk.book.refresh()
    earn(desk.book, "5")
    assert grosses(desk.book) == grosses(desk.again()) == [5]
    desk.book.save()
    assert desk.book.status.behind is None
    assert read(desk.path.read_bytes()).values("entries")


def test_refresh_takes_in_another_process(desk: Desk) -> None:
    snapshot = desk.book.snapshot()
    assert not desk.book.refresh()
    assert desk.book.snapshot() is snapshot
    earn(desk.again(), "5")  # confirmed in the log, not saved
    assert desk.book.refresh()
    assert len(desk.book.snapshot().entries) == 1


def test_what_one_process_took_in_another_keeps(desk: Desk, tmp_path: Path) -> None:
    old = desk.path.read_bytes()
    one, two = (
        Book.open(shutil.copy(desk.path, tmp_path / f"{name}.json"), state=tmp_path / name) for name in ("one", "two")
    )
    earn(one, "7")
    earn(two, "8")
    desk.path.write_bytes(one.data)
    desk.again()  # a command that only reads
    desk.path.write_bytes(old)
    assert desk.book.refresh()  # an app that was open all the while
    assert grosses(desk.book) == [7]
    desk.path.write_bytes(two.data)
    desk.book.refresh()
    assert grosses(desk.again()) == grosses(desk.book) == [7, 8]


def test_a_snapshot_stays_what_it_was(desk: Desk) -> None:
    before = desk.book.snapshot()
    assert not before.entries
    earn(desk.book, "5")
    assert not before.entries
    assert len(desk.book.snapshot().entries) == 1


def test_what_did_not_change_is_not_read_again(desk: Desk) -> None:
    book = desk.book
    second = edits.add_habit(book.snapshot(), "Call", book.snapshot().habits[desk.habit].rules[0])
    book.apply(second)
    other = second.writes[0].id
    before = book.snapshot()
    histories = before.history(desk.habit), before.history(other)
    streams = before.streams
    book.apply(edits.check(before, desk.habit, DAY, "yes"))
    after = book.snapshot()
    assert after.history(other) is histories[1]
    assert after.history(desk.habit) is not histories[0]
    assert after.streams is streams


def test_two_stamps_of_one_device_never_meet(desk: Desk) -> None:
    one, two = desk.again(), desk.again()
    stamps = [
        book.apply(edits.set_note(book.snapshot(), desk.habit, DAY, str(number)))
        for number in range(5)
        for book in (one, two)
    ]
    assert stamps == sorted(set(stamps))


def test_a_missing_book_and_one_that_exists(tmp_path: Path, desk: Desk) -> None:
    with pytest.raises(BookError) as caught:
        Book.open(tmp_path / "nowhere.json", state=tmp_path / "s")
    assert caught.value.code == "missing"
    assert not (tmp_path / "nowhere.json").exists()
    with pytest.raises(BookError) as caught:
        Book.create(desk.path, Settings(store=""), state=desk.state)
    assert caught.value.code == "exists"


def test_an_unreadable_file_under_an_open_book_keeps_changes_in_the_log(desk: Desk) -> None:
    whole = desk.path.read_bytes()
    desk.path.write_bytes(b"<<<<<<< HEAD")
    earn(desk.book, "5")
    desk.book.save()
    assert desk.book.status.behind == "unreadable"
    assert desk.path.read_bytes() == b"<<<<<<< HEAD"
    desk.path.write_bytes(whole)
    desk.book.save()
    assert desk.book.status.behind is None
    assert b'"gross":"5"' in desk.path.read_bytes()


def test_a_deleted_file_is_not_made_anew(desk: Desk) -> None:
    saved = desk.path.read_bytes()
    desk.path.unlink()
    earn(desk.book, "5")
    desk.book.save()
    assert desk.book.status.behind == "missing"
    assert not desk.path.exists()
    desk.path.write_bytes(saved)
    desk.book.save()
    assert desk.book.status.behind is None
    assert len(desk.again().snapshot().entries) == 1


def test_a_change_that_cannot_be_logged_is_refused(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pitrack.store.log.sync", full)
    with pytest.raises(BookError) as caught:
        earn(desk.book, "5")
    assert caught.value.code == "refused"
    monkeypatch.undo()
    assert not desk.book.snapshot().entries
    assert not desk.again().snapshot().entries


@pytest.mark.parametrize("call", ["open", "write", "fsync", "fchmod", "replace"])
@pytest.mark.parametrize("number", [28, 5, 30, 13], ids=["ENOSPC", "EIO", "EROFS", "EACCES"])
def test_a_save_that_fails_anywhere_leaves_the_old_file_whole(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, call: str, number: int
) -> None:
    before = desk.path.read_bytes()
    earn(desk.book, "5")

    target = Path if call == "replace" else os
    real = getattr(target, call)

    def fail(*args: object, **options: object) -> object:
        if call == "open" and not str(args[0]).endswith(".tmp"):
            return real(*args, **options)
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(target, call, fail)
        desk.book.save()
    assert desk.book.status.behind == os.strerror(number)
    assert desk.path.read_bytes() == before
    assert not list(desk.path.parent.glob(".~pitrack*"))
    assert len(desk.again().snapshot().entries) == 1
    desk.book.save()
    assert desk.book.status.behind is None
    assert b'"gross":"5"' in desk.path.read_bytes()


def test_a_tinydb_with_string_ids_reads_every_table(desk: Desk) -> None:
    earn(desk.book, "5", desk.stream)
    desk.book.apply(edits.check(desk.book.snapshot(), desk.habit, DAY, "yes"))
    desk.book.apply(edits.add_idea("日本語", DAY))
    desk.book.save()

    class StringTinyDB(TinyDB):
        table_class = StringIdTable

    with StringTinyDB(desk.path, access_mode="r") as database:
        assert database.tables() == {"_book", "checkins", "entries", "habits", "ideas", "rules", "streams"}
        assert database.table("checkins").get(doc_id=f"{desk.habit}|2026-11-22")["mark"] == "yes"  # type: ignore[arg-type, index, call-overload]
        assert [document.doc_id for document in database.table("habits").all()] == [desk.habit]


def test_a_book_written_through_tinydb_is_canonical(tmp_path: Path, desk: Desk) -> None:
    with tables(desk.path) as database:
        content = database.storage.read()
    with tables(tmp_path / "copy.json") as copy:
        copy.storage.write(content)
    assert (tmp_path / "copy.json").read_bytes() == desk.path.read_bytes()


def test_a_file_of_another_layout_is_read_anew_at_every_start(desk: Desk, tmp_path: Path) -> None:
    for name in ("one", "two", "three"):
        desk.book.apply(edits.add_habit(desk.book.snapshot(), name, Rule(DAY)))
    desk.book.save()
    lines = desk.path.read_bytes().splitlines()
    first = lines.index(b' "habits": {') + 1
    end = lines.index(b" },", first)
    backwards = [line.rstrip(b",") for line in reversed(lines[first:end])]
    lines[first:end] = b",\n".join(backwards).splitlines()
    desk.path.write_bytes(b"\n".join(lines) + b"\n")
    for _ in range(3):
        snapshot = Book.open(desk.path, state=tmp_path / "other").snapshot()
        assert [snapshot.document.get("habits", habit) is not None for habit in snapshot.habits] == [True] * 4


def test_what_another_process_took_in_stays_though_the_file_went_back(desk: Desk, tmp_path: Path) -> None:
    phone = Book.open(shutil.copy(desk.path, tmp_path / "phone.json"), state=tmp_path / "phone")
    old = desk.path.read_bytes()
    earn(phone, "7")
    phone.save()
    shutil.copy(phone.path, desk.path)
    desk.again()  # a command that only reads
    desk.path.write_bytes(old)
    shutil.copy(desk.path, tmp_path / "other.json")
    other = Book.open(tmp_path / "other.json", state=tmp_path / "other")
    earn(other, "9")
    other.save()
    desk.book.absorb(other.path.read_bytes())
    desk.book.save()
    assert grosses(desk.again()) == [7, 9]
