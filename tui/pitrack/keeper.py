"""The keeper: owns the book in one thread, so that the screens never wait for the disk and changes keep their order."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeVar

from textual.message import Message

from pitrack.core.changes import Change
from pitrack.standing import written
from pitrack.store.errors import BookError

if TYPE_CHECKING:
    from pitrack.store.book import Book
    from pitrack.store.holding import Merged
    from pitrack.store.snapshot import BookSnapshot
    from pitrack.store.undo import Reverted

T = TypeVar("T")
SAVE_AFTER = 0.5
"""Seconds of quiet after a change until the synced file is written; every change is safe in the log before that."""
HEAL_AFTER = 1.2
"""Seconds until a file that lacks something is written without a change made here: longer than a sync client usually
is at work on it, so that what it left half-written is not told as damaged."""
SLOW = 0.15
"""Seconds after which a save that still runs is shown."""
CLOSE_WITHIN = 5.0
"""Seconds that the end of the app waits for the last save. Nothing is lost when it takes longer: it is in the log."""


class Apply(Message):
    """A screen asks for a change; ``said`` is told at the foot once it is confirmed."""

    def __init__(self, change: Change, said: str = "") -> None:
        super().__init__()
        self.change = change
        self.said = said


class Undo(Message):
    """A screen asks to take the last change back."""


class Redo(Message):
    """A screen asks to bring back what was undone."""


class Sync(NamedTuple):
    """How the synced file stands: written at ``moment`` (UTC, None when unknown), being written, or behind, and why
    (a code, with the ``details`` of the error); "merged": changes that this app did not make were taken in at
    ``moment``."""

    state: Literal["synced", "saving", "merged", "behind"] = "synced"
    moment: dt.datetime | None = None
    reason: str = ""
    details: Mapping[str, object] = {}


def _utc_now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


class Keeper:
    """Applies, undoes, refreshes and saves. ``publish`` gets each new snapshot, ``report`` each new ``Sync``, ``tell``
    what others' versions changed here; all are called in the event loop. Calls are queued at once, in order; awaiting
    the result is up to the caller, and a caller who gives up takes nothing back. ``now`` tells the time (UTC)."""

    def __init__(
        self,
        book: Book,
        publish: Callable[[BookSnapshot], None],
        report: Callable[[Sync], None],
        tell: Callable[[Merged], None] = lambda _merged: None,
        *,
        now: Callable[[], dt.datetime] = _utc_now,
    ) -> None:
        self.book = book
        self.sync = _sync_of(book)
        self._publish = publish
        self._report = report
        self._tell = tell
        self._now = now
        self._merged: dt.datetime | None = None
        """When changes from elsewhere were taken in, until this app makes one itself."""
        self._published = book.snapshot()
        self._turns = count(1)
        self._shown = 0
        self._unsaved = False
        self._thread = ThreadPoolExecutor(1, "book")
        self._save_timer: asyncio.TimerHandle | None = None
        self._saving: asyncio.Task[Merged | None] | None = None
        self._closed = False

    def apply(self, change: Change) -> Awaitable[str]:
        """Log a change and publish what follows from it. Gives its stamp; raises BookError("refused" | "foreign")."""
        return self._edit(lambda book: book.apply(change))

    def undo(self) -> Awaitable[Reverted]:
        """Raises BookError("nothing-to-undo")."""
        return self._edit(lambda book: book.undo())

    def redo(self) -> Awaitable[Reverted]:
        """Raises BookError("nothing-to-redo")."""
        return self._edit(lambda book: book.redo())

    def ask(self, work: Callable[[Book], T]) -> Awaitable[T]:
        """What ``work`` reads of the book, in the book's thread."""
        return self._call(lambda: work(self.book))

    async def refresh(self) -> bool:
        """Take in what other devices and processes wrote; whether anything changed. What the synced file still lacks,
        since an earlier save failed or another version took its place, is saved again."""
        if self._closed:
            return False
        seen = await self._look(lambda book: book.refresh())
        if self._closed:
            return False
        self._take(seen)
        if not self._save_timer:
            self._show(self._told(seen.sync))
            if seen.pending:
                self._unsaved = True
                self._save_soon(HEAL_AFTER)
        return seen.changed

    async def merge(self) -> Merged | None:
        """Take in what there is and write the file now, a missing or damaged one anew. What that changed here;
        ``sync`` then says how the file stands."""
        return await self._write(heal=True)

    async def join(self) -> None:
        """Make this book and the other one that lies in its place one, where one still does; raises BookError."""
        self._take(await self._look(_join))
        await self._write()

    async def keep_apart(self) -> Path | None:
        """Leave the place to the other book that lies there, and keep that one from now on: nothing more is written
        of this one, whose own file is returned (None where no other book lies there any more); raises BookError."""
        path = await self._call(self._change_books)
        if path:
            self._unsaved = False
        seen = await self._look(_nothing)
        self._merged = None
        self._take(seen)
        self._show(self._told(seen.sync))
        return path

    async def close(self) -> None:
        """Write the synced file if it is due, and let the thread go; returns within ``CLOSE_WITHIN`` seconds."""
        if self._closed:
            return
        self._closed = True
        if self._save_timer:
            self._save_timer.cancel()
        if self._unsaved:
            await asyncio.wait([self._look(_save)], timeout=CLOSE_WITHIN)
        self._thread.shutdown(wait=False)

    def _call(self, work: Callable[[], T]) -> asyncio.Future[T]:
        return asyncio.get_running_loop().run_in_executor(self._thread, work)

    def _look(self, work: Callable[[Book], object]) -> asyncio.Future[_Seen]:
        """Do something with the book, and see how it stands then."""

        def look() -> _Seen:
            book, before = self.book, self.book.document
            work(book)
            changed = book.document is not before and book.document.data != before.data
            return _Seen(next(self._turns), book.snapshot(), changed, _sync_of(book), book.status.pending, book.news())

        return self._call(look)

    def _change_books(self) -> Path | None:
        from pitrack.store.book import Book

        self.book.refresh()
        if self.book.status.behind != "foreign":
            return None
        path = self.book.keep_apart()
        self.book = Book.open(self.book.path, state=self.book.place.state)
        return path

    async def _finish(self, job: asyncio.Future[tuple[T, int, BookSnapshot]]) -> T:
        result, turn, snapshot = await asyncio.shield(job)
        if not self._closed:
            self._merged = None
            self._show_book(turn, snapshot)
            self._save_soon(SAVE_AFTER)
        return result

    def _edit(self, work: Callable[[Book], T]) -> Awaitable[T]:
        self._unsaved = True
        book = self.book  # what is meant for one book must not reach another that took its place

        def edit() -> tuple[T, int, BookSnapshot]:
            if book is not self.book:
                raise BookError("foreign", path=str(book.path))
            return work(book), next(self._turns), book.snapshot()

        return self._finish(self._call(edit))

    def _save_soon(self, seconds: float) -> None:
        if self._save_timer:
            self._save_timer.cancel()
        self._save_timer = asyncio.get_running_loop().call_later(seconds, self._save)

    def _save(self) -> None:
        self._save_timer = None
        self._saving = asyncio.get_running_loop().create_task(self._write())

    async def _write(self, *, heal: bool = False) -> Merged | None:
        if self._closed:
            return None
        saving = asyncio.get_running_loop().call_later(SLOW, self._show_saving)
        self._unsaved = False
        seen = await self._look(_heal if heal else _save)
        saving.cancel()
        if not self._closed:
            self._take(seen)
            self._show(self._told(seen.sync))
        return seen.merged

    def _take(self, seen: _Seen) -> None:
        """Show what a look at the book found."""
        if seen.changed or seen.merged.records:
            self._merged = self._now()
        self._show_book(seen.turn, seen.snapshot)
        if seen.merged.records:
            self._tell(seen.merged)

    def _show_book(self, turn: int, snapshot: BookSnapshot) -> None:
        """Publish a snapshot, unless a later one was published already."""
        if turn > self._shown and snapshot is not self._published:
            self._published = snapshot
            self._publish(snapshot)
        self._shown = max(self._shown, turn)

    def _told(self, sync: Sync) -> Sync:
        return Sync("merged", self._merged) if self._merged and sync.state == "synced" else sync

    def _show_saving(self) -> None:
        if self.sync.state != "behind":  # the reason stays until it is put right
            self._show(Sync("saving"))

    def _show(self, sync: Sync) -> None:
        if sync != self.sync and not self._closed:
            self.sync = sync
            self._report(sync)


class _Seen(NamedTuple):
    """What a look at the book found; ``turn`` numbers the looks and the edits in their order."""

    turn: int
    snapshot: BookSnapshot
    changed: bool
    sync: Sync
    pending: bool
    merged: Merged


def _join(book: Book) -> None:
    book.refresh()
    if book.status.behind == "foreign":
        book.join()


def _save(book: Book) -> None:
    book.save()


def _heal(book: Book) -> None:
    book.save(heal=True)


def _nothing(_book: Book) -> None:
    pass


def _sync_of(book: Book) -> Sync:
    if book.status.behind:
        return Sync("behind", reason=book.status.behind, details=book.status.details)
    return Sync(moment=written(book.path))
