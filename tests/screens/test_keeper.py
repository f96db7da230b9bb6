"""The keeper: order, confirmation, saving when it is quiet, refusal, news from outside."""

from __future__ import annotations

import asyncio
import datetime as dt
import threading
from collections.abc import Callable
from decimal import Decimal

import pytest

from pitrack import keeper as keeping
from pitrack.keeper import Keeper, Sync
from pitrack.store import edits
from pitrack.store.book import Book
from pitrack.store.errors import BookError
from pitrack.store.snapshot import BookSnapshot


class Screen:
    """What the keeper tells."""

    def __init__(self) -> None:
        self.snapshots: list[BookSnapshot] = []
        self.syncs: list[Sync] = []


@pytest.fixture
def screen() -> Screen:
    return Screen()


@pytest.fixture
def keeper(book: Book, screen: Screen) -> Keeper:
    return Keeper(book, screen.snapshots.append, screen.syncs.append)


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
    assert screen.syncs[-1] == Sync("behind", reason="missing")
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
