"""The keeper: order, confirmation, saving when it is quiet, refusal, news from outside."""

from __future__ import annotations

import asyncio
import datetime as dt
import shutil
import threading
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from pitrack import keeper as keeping
from pitrack.keeper import Keeper, Sync
from pitrack.store import edits
from pitrack.store.book import Book
from pitrack.store.errors import BookError
from pitrack.store.holding import Merged
from pitrack.store.snapshot import BookSnapshot


class Screen:
    """What the keeper tells."""

    def __init__(self) -> None:
        self.snapshots: list[BookSnapshot] = []
        self.syncs: list[Sync] = []
        self.news: list[Merged] = []


@pytest.fixture
def screen() -> Screen:
    return Screen()


@pytest.fixture
def keeper(book: Book, screen: Screen) -> Keeper:
    return Keeper(book, screen.snapshots.append, screen.syncs.append, screen.news.append)


def habit_id(book: Book, name: str) -> str:
    return next(habit.id for habit in book.snapshot().habits.values() if habit.name == name)


async def test_changes_keep_their_order(book: Book, keeper: Keeper, screen: Screen, today: dt.date) -> None:
    upload = habit_id(book, "Upload photos")
    amounts = [edits.check(book.snapshot(), upload, today, Decimal(n)) for n in range(1, 6)]
    await asyncio.gather(*[keeper.apply(change) for change in amounts])
    marks = [snapshot.history(upload).marks[today.toordinal()] for snapshot in screen.snapshots]
    assert marks == [1, 2, 3, 4, 5]
    await keeper.close()


async def test_a_confirmed_change_is_there_for_another_process_before_any_save(
    book: Book, keeper: Keeper, today: dt.date, reopen: Callable[[], Book], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "SAVE_AFTER", 60)
    tidy = habit_id(book, "写真の整理")
    before = book.path.read_bytes()
    await keeper.apply(edits.check(book.snapshot(), tidy, today, "yes"))
    assert book.path.read_bytes() == before
    assert reopen().snapshot().history(tidy).marks[today.toordinal()] == "yes"
    await keeper.close()
    assert book.path.read_bytes() != before


async def test_the_file_is_written_once_it_is_quiet(
    book: Book, keeper: Keeper, screen: Screen, today: dt.date, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "SAVE_AFTER", 0)
    saved = asyncio.Event()
    monkeypatch.setattr(keeper, "_report", lambda sync: (screen.syncs.append(sync), saved.set()))
    before = book.path.read_bytes()
    await keeper.apply(edits.check(book.snapshot(), habit_id(book, "写真の整理"), today, "yes"))
    await asyncio.wait_for(saved.wait(), 10)
    assert book.path.read_bytes() != before
    assert keeper.sync.state == "synced"
    assert keeper.sync.moment is not None
    await keeper.close()


async def test_being_behind_is_told_with_its_reason(
    book: Book, keeper: Keeper, screen: Screen, today: dt.date, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "SAVE_AFTER", 60)
    await keeper.apply(edits.check(book.snapshot(), habit_id(book, "写真の整理"), today, "yes"))
    book.path.unlink()
    keeper._save_timer = None
    await keeper.refresh()
    assert (screen.syncs[-1].state, screen.syncs[-1].reason) == ("behind", "missing")
    await keeper.close()


async def test_refusals_reach_the_caller_and_publish_nothing(keeper: Keeper, screen: Screen) -> None:
    with pytest.raises(BookError, match="nothing-to-redo"):
        await keeper.redo()
    assert screen.snapshots == []
    await keeper.close()


async def test_undo_and_redo(book: Book, keeper: Keeper, screen: Screen, today: dt.date) -> None:
    tidy = habit_id(book, "写真の整理")
    await keeper.apply(edits.check(book.snapshot(), tidy, today, "yes"))
    undone = await keeper.undo()
    assert (undone.word, undone.subject, undone.day) == ("done", "写真の整理", today)
    assert today.toordinal() not in screen.snapshots[-1].history(tidy).marks
    await keeper.redo()
    assert screen.snapshots[-1].history(tidy).marks[today.toordinal()] == "yes"
    await keeper.close()


async def test_what_another_process_wrote_is_taken_in(
    book: Book, keeper: Keeper, screen: Screen, today: dt.date, reopen: Callable[[], Book]
) -> None:
    assert not await keeper.refresh()
    assert screen.snapshots == []
    tidy = habit_id(book, "写真の整理")
    other = reopen()
    other.apply(edits.check(other.snapshot(), tidy, today, "skip"))
    assert await keeper.refresh()
    assert screen.snapshots[-1].history(tidy).marks[today.toordinal()] == "skip"
    await keeper.close()
    assert not await keeper.refresh()


async def test_what_came_from_elsewhere_is_told_until_something_is_done_here(
    book: Book, screen: Screen, today: dt.date, reopen: Callable[[], Book], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "SAVE_AFTER", 60)
    now = dt.datetime(2026, 11, 22, 4, 30, tzinfo=dt.UTC)
    keeper = Keeper(book, screen.snapshots.append, screen.syncs.append, now=lambda: now)
    tidy = habit_id(book, "写真の整理")
    other = reopen()
    other.apply(edits.check(other.snapshot(), tidy, today, "skip"))
    other.save()
    await keeper.refresh()
    await keeper.refresh()
    assert screen.syncs == [Sync("merged", now)]
    await keeper.apply(edits.check(book.snapshot(), tidy, today, "yes"))
    keeper._save()
    assert keeper._saving is not None
    await keeper._saving
    assert screen.syncs[-1].state == "synced"
    await keeper.close()


async def test_a_change_is_kept_when_nobody_waits_for_it(book: Book, keeper: Keeper, today: dt.date) -> None:
    tidy = habit_id(book, "写真の整理")
    before = book.path.read_bytes()
    asked = [keeper.apply(edits.check(book.snapshot(), tidy, today, word)) for word in ("no", "yes")]
    tasks = [asyncio.ensure_future(one) for one in asked]
    await asyncio.sleep(0)
    for task in tasks:
        task.cancel()
    await keeper.close()
    assert book.snapshot().history(tidy).marks[today.toordinal()] == "yes"
    assert book.path.read_bytes() != before


async def test_the_end_does_not_wait_for_a_save_for_ever(
    book: Book, keeper: Keeper, today: dt.date, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "CLOSE_WITHIN", 0.05)
    await keeper.apply(edits.check(book.snapshot(), habit_id(book, "写真の整理"), today, "yes"))
    stuck = threading.Event()
    monkeypatch.setattr(book, "save", lambda: stuck.wait(60))
    try:
        await keeper.close()
        assert not stuck.is_set()
    finally:
        stuck.set()


async def saved(keeper: Keeper) -> None:
    """Until what waits to be written was written, if anything does."""
    if keeper._save_timer:
        keeper._save_timer.cancel()
        keeper._save()
    if keeper._saving:
        await keeper._saving


def version(path: Path) -> tuple[int, int]:
    now = path.stat()
    return now.st_ino, now.st_mtime_ns


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is saved before it is asked for."""
    monkeypatch.setattr(keeping, "SAVE_AFTER", 60)
    monkeypatch.setattr(keeping, "HEAL_AFTER", 60)


@pytest.mark.usefixtures("patient")
async def test_what_another_device_changed_is_told_once(
    book: Book, there: Book, keeper: Keeper, screen: Screen, today: dt.date
) -> None:
    tidy = habit_id(book, "写真の整理")
    await keeper.apply(edits.check(book.snapshot(), tidy, today, "yes"))
    there.apply(edits.check(there.snapshot(), tidy, today, "no"))
    there.apply(edits.check(there.snapshot(), habit_id(book, "Upload photos"), today, Decimal(5)))
    there.save()
    await keeper.refresh()
    await keeper.refresh()
    assert screen.news == [Merged(records=2, lost=1)]
    assert keeper.sync.state == "synced"  # a save is due
    await saved(keeper)
    assert keeper.sync.state == "merged"
    await keeper.close()


async def test_what_a_save_takes_in_is_shown_and_told(
    book: Book, there: Book, keeper: Keeper, screen: Screen, today: dt.date
) -> None:
    tidy, upload = habit_id(book, "写真の整理"), habit_id(book, "Upload photos")
    await keeper.apply(edits.check(book.snapshot(), tidy, today, "yes"))
    there.apply(edits.check(there.snapshot(), upload, today, Decimal(7)))
    there.save()
    await saved(keeper)
    assert screen.snapshots[-1].history(upload).marks[today.toordinal()] == 7
    assert screen.news == [Merged(records=1)]
    assert keeper.sync.state == "merged"
    await keeper.close()


async def test_an_earlier_version_in_its_place_is_healed_and_then_it_is_quiet(
    book: Book, keeper: Keeper, today: dt.date, tmp_path: Path
) -> None:
    shutil.copy(book.path, tmp_path / "earlier.json")
    await keeper.apply(edits.check(book.snapshot(), habit_id(book, "写真の整理"), today, "yes"))
    await saved(keeper)
    whole = book.path.read_bytes()
    shutil.copy(tmp_path / "earlier.json", book.path)
    await keeper.refresh()
    await saved(keeper)
    assert book.path.read_bytes() == whole
    written = version(book.path)
    for _look in range(3):
        await keeper.refresh()
        assert keeper._save_timer is None
    assert version(book.path) == written
    await keeper.close()


async def test_a_copy_beside_it_is_taken_in_and_put_away(
    book: Book, there: Book, keeper: Keeper, screen: Screen, today: dt.date
) -> None:
    there.apply(edits.check(there.snapshot(), habit_id(book, "写真の整理"), today, "yes"))
    copy = book.path.with_name("pitrack.sync-conflict-20261122-134353-6222WNZ.json")
    copy.write_bytes(there.data)
    await keeper.refresh()
    await saved(keeper)
    assert not copy.exists()
    assert screen.news == [Merged(records=1)]
    assert book.path.read_bytes() == there.data
    await keeper.refresh()
    assert keeper._save_timer is None
    await keeper.close()


async def test_a_save_that_failed_is_tried_again_at_each_look(
    book: Book, keeper: Keeper, screen: Screen, today: dt.date, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_given: object, **_how: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr("pitrack.store.files.replace", full)
        await keeper.apply(edits.check(book.snapshot(), habit_id(book, "写真の整理"), today, "yes"))
        await saved(keeper)
        assert keeper.sync.reason == "No space left on device"
        await keeper.refresh()
        await saved(keeper)
        assert keeper.sync.reason == "No space left on device"
    await keeper.refresh()
    await saved(keeper)
    assert keeper.sync.state == "synced"
    assert book.path.read_bytes() == book.data
    await keeper.close()


async def test_a_missing_file_is_written_only_when_asked_for(book: Book, keeper: Keeper, today: dt.date) -> None:
    book.path.unlink()
    await keeper.refresh()
    await saved(keeper)
    assert not book.path.exists()
    assert keeper.sync.reason == "missing"
    await keeper.merge()
    assert book.path.read_bytes() == book.data
    assert keeper.sync.state == "synced"
    await keeper.close()


async def test_kept_apart_the_other_book_is_shown_and_this_one_written_no_more(
    book: Book, other: Book, keeper: Keeper, screen: Screen, today: dt.date
) -> None:
    tidy = habit_id(book, "写真の整理")
    shutil.copy(other.path, book.path)
    await keeper.refresh()
    assert keeper.sync.reason == "foreign"
    with pytest.raises(BookError, match="foreign"):
        await keeper.apply(edits.check(book.snapshot(), tidy, today, "yes"))
    late = keeper.keep_apart()
    path, refused = await asyncio.gather(
        late, keeper.apply(edits.check(book.snapshot(), tidy, today, "yes")), return_exceptions=True
    )
    assert isinstance(refused, BookError)
    assert isinstance(path, Path)
    assert path.parent == book.path.parent
    assert path.read_bytes() == book.data
    assert screen.snapshots[-1].settings.name == "Work"
    assert keeper.book is not book
    assert keeper.sync.state == "synced"
    await keeper.apply(edits.add_stream(keeper.book.snapshot(), "Elsewhere"))
    await saved(keeper)
    assert path.read_bytes() == book.data
    assert [stream.name for stream in Book.open(other.path, state=other.place.state).snapshot().streams.values()] == []
    assert b"Elsewhere" in book.path.read_bytes()
    await keeper.close()


async def test_joined_both_books_are_one(book: Book, other: Book, keeper: Keeper, screen: Screen) -> None:
    other.apply(edits.add_stream(other.snapshot(), "Elsewhere"))
    other.save()
    shutil.copy(other.path, book.path)
    await keeper.refresh()
    await keeper.join()
    assert {stream.name for stream in screen.snapshots[-1].streams.values()} == {"Stock photos", "Elsewhere"}
    assert keeper.sync.state == "merged"
    assert book.path.read_bytes() == keeper.book.data
    await keeper.close()


async def test_there_is_nothing_to_decide_once_the_right_file_is_back(book: Book, other: Book, keeper: Keeper) -> None:
    ours = book.path.read_bytes()
    shutil.copy(other.path, book.path)
    await keeper.refresh()
    book.path.write_bytes(ours)
    assert await keeper.keep_apart() is None
    await keeper.join()
    assert keeper.sync.state == "synced"
    assert book.path.read_bytes() == ours
    assert list(book.path.parent.iterdir()) == [book.path]
    await keeper.close()
