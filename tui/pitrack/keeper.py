"""The keeper: owns the book in one thread, so that the screens never wait for the disk and changes keep their order."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeVar

from textual.message import Message

from pitrack.core.changes import Change

if TYPE_CHECKING:
    from pitrack.store.book import Book
    from pitrack.store.snapshot import BookSnapshot
    from pitrack.store.undo import Reverted

T = TypeVar("T")
SAVE_AFTER = 0.5
"""Seconds of quiet after a change until the synced file is written; every change is safe in the log before that."""
SLOW = 0.15
"""Seconds after which a save that still runs is shown."""
CLOSE_WITHIN = 5.0
"""Seconds that the end of the app waits for the last save. Nothing is lost when it takes longer: it is in the log."""


class Apply(Message):
    """A screen asks for a change."""

    def __init__(self, change: Change) -> None:
        super().__init__()
        self.change = change


class Undo(Message):
    """A screen asks to take the last change back."""


class Redo(Message):
    """A screen asks to bring back what was undone."""


class Sync(NamedTuple):
    """How the synced file stands: written at ``moment`` (UTC, None when unknown), being written, or behind, and why;
    "merged": changes that this app did not make were taken in at ``moment``."""

    state: Literal["synced", "saving", "merged", "behind"] = "synced"
    moment: dt.datetime | None = None
    reason: str = ""


def _utc_now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


class Keeper:
    """Applies, undoes, refreshes and saves. ``publish`` gets each new snapshot, ``report`` each new ``Sync``; both are
    called in the event loop. Calls are queued at once, in order; awaiting the result is up to the caller, and a caller
    who gives up takes nothing back. ``now`` tells the time (UTC)."""

    def __init__(
        self,
        book: Book,
        publish: Callable[[BookSnapshot], None],
        report: Callable[[Sync], None],
        *,
        now: Callable[[], dt.datetime] = _utc_now,
    ) -> None:
        self.book = book
        self.sync = _sync_of(book)
        self._publish = publish
        self._report = report
        self._now = now
        self._merged: dt.datetime | None = None
        """When changes from elsewhere were taken in, until this app makes one itself."""
        self._unsaved = False
        self._thread = ThreadPoolExecutor(1, "book")
        self._save_timer: asyncio.TimerHandle | None = None
        self._saving: asyncio.Task[None] | None = None
        self._closed = False

    def apply(self, change: Change) -> Awaitable[str]:
        """Log a change and publish what follows from it. Gives its stamp; raises BookError("refused")."""
        return self._edit(lambda: self.book.apply(change))

    def undo(self) -> Awaitable[Reverted]:
        """Raises BookError("nothing-to-undo")."""
        return self._edit(self.book.undo)

    def redo(self) -> Awaitable[Reverted]:
        """Raises BookError("nothing-to-redo")."""
        return self._edit(self.book.redo)

    async def refresh(self) -> bool:
        """Take in what other devices and processes wrote; whether anything changed. What the synced file still lacks,
        since an earlier save failed, is saved again."""
        if self._closed:
            return False
        changed, snapshot, sync, pending = await self._call(
            lambda: (self.book.refresh(), self.book.snapshot(), _sync_of(self.book), self.book.status.pending)
        )
        if self._closed:
            return False
        if changed:
            self._merged = self._now()
            self._publish(snapshot)
        if not self._save_timer:
            self._show(self._told(sync))
            if pending:
                self._unsaved = True
                self._save_soon()
        return changed

    async def close(self) -> None:
        """Write the synced file if it is due, and let the thread go; returns within ``CLOSE_WITHIN`` seconds."""
        if self._closed:
            return
        self._closed = True
        if self._save_timer:
            self._save_timer.cancel()
        if self._unsaved:
            await asyncio.wait([self._call(self.book.save)], timeout=CLOSE_WITHIN)
        self._thread.shutdown(wait=False)

    def _call(self, work: Callable[[], T]) -> asyncio.Future[T]:
        return asyncio.get_running_loop().run_in_executor(self._thread, work)

    async def _finish(self, job: asyncio.Future[tuple[T, BookSnapshot]]) -> T:
        result, snapshot = await asyncio.shield(job)
        if not self._closed:
            self._merged = None
            self._publish(snapshot)
            self._save_soon()
        return result

    def _edit(self, work: Callable[[], T]) -> Awaitable[T]:
        self._unsaved = True
        return self._finish(self._call(lambda: (work(), self.book.snapshot())))

    def _save_soon(self) -> None:
        if self._save_timer:
            self._save_timer.cancel()
        self._save_timer = asyncio.get_running_loop().call_later(SAVE_AFTER, self._save)

    def _save(self) -> None:
        self._save_timer = None
        self._saving = asyncio.get_running_loop().create_task(self._write())

    async def _write(self) -> None:
        if self._closed:
            return
        slow = asyncio.get_running_loop().call_later(SLOW, self._show, Sync("saving"))
        self._unsaved = False
        await self._call(self.book.save)
        slow.cancel()
        self._show(self._told(_sync_of(self.book)))

    def _told(self, sync: Sync) -> Sync:
        return Sync("merged", self._merged) if self._merged and sync.state == "synced" else sync

    def _show(self, sync: Sync) -> None:
        if sync != self.sync and not self._closed:
            self.sync = sync
            self._report(sync)


def _sync_of(book: Book) -> Sync:
    if book.status.behind:
        return Sync("behind", reason=book.status.behind)
    return Sync(moment=_written(book.path))


def _written(path: Path) -> dt.datetime | None:
    try:
        return dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC)
    except OSError:
        return None
