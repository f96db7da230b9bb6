"""What this device holds of a book (base ⊔ log), and how another version of it is merged in."""

from __future__ import annotations

from contextlib import suppress
from typing import NamedTuple

from pitrack.core.changes import Change, Write
from pitrack.store.backups import Kind
from pitrack.store.clock import BOTTOM, StampClock
from pitrack.store.device import DeviceClock
from pitrack.store.document import Document
from pitrack.store.errors import BookError, reason_of
from pitrack.store.format import Found, book_record, stamps, store_of
from pitrack.store.intake import HAND, Past, hand_edits, unstamped
from pitrack.store.log import JOIN, Line, Position
from pitrack.store.merge import differences, merge
from pitrack.store.place import Place
from pitrack.store.replay import before, replay
from pitrack.store.replica import LONGEST_LOG, Marker, Replica

NOBODY = "00000000"
"""The device of stamps that are never written."""


class Merged(NamedTuple):
    """What other versions of a book changed here: records, and values of this device that lost (in the history)."""

    records: int = 0
    lost: int = 0


class Holding:
    """The state of a book on this device. What is written raises OSError; callers hold the place's lock for that."""

    def __init__(
        self, place: Place, replica: Replica, state: Document, clock: DeviceClock, marker: Marker | None = None
    ) -> None:
        self.place = place
        self.replica = replica
        self.state = state
        self.clock = clock
        marker, self._is_based = marker or Marker(), marker is not None
        """Whether the base holds all that came from elsewhere."""
        self.base = marker.base
        """Which base is in the state."""
        self.read_to = marker.log
        """How far the log is in the state."""
        self.elsewhere = marker.elsewhere
        """The latest stamp of this device that is known to have reached another."""
        self.news = Merged()
        clock.see(marker.newest)
        clock.own = max(clock.own, marker.own)

    def take_log(self) -> None:
        """Take in what other processes of this device wrote."""
        lines, self.read_to = self.replica.log.read(self.read_to)
        if lines:
            self.state = replay(self.state, lines)
            newest = max(line.stamp for line in lines)
            self.clock.see(newest)
            self.clock.own = max(self.clock.own, newest)

    @property
    def has_base(self) -> bool:
        """Whether the state holds the base as it is by now."""
        return self.replica.based_on() == self.base

    def take_base(self) -> None:
        """Take in what other processes of this device merged, before this one replaces the base."""
        if not self.has_base:
            self.base = self.replica.based_on()
            if (base := self.replica.base()) is not None:
                self.clock.adopt(stamps(base))
                self._merge(base)

    def record(self, change: Change, *, undoes: str = "", redoes: str = "") -> str:
        """Confirm a change in the log, on the disk; its stamp. BookError("refused") when it cannot be recorded."""
        if change.word != HAND and (loose := unstamped(change.writes, self.state)):
            self.record(Change(HAND, loose))
        try:
            self.replica.prepare()
            stamp = self.clock.next()
            line = Line(stamp, change, before(self.state, change.writes), undoes, redoes)
            self.read_to = self.replica.log.append(line)
        except OSError as error:
            raise BookError("refused", path=str(self.replica.log.path), reason=reason_of(error)) from error
        self.state = replay(self.state, [line])
        return stamp

    def take_in(self, found: Found) -> None:
        """Merge another version in. What a person edited in it becomes a change made now; values of this device that
        lose go to the history."""
        if self.clock.own == BOTTOM:
            self.clock.adopt(stamps(self.state))
        newest_own = self.clock.meet(stamps(found.document))
        if edits := hand_edits(found, self.state, Past(lambda: self.replica.log.read()[0])):
            self.back_up(found.data, "found")
            self.record(Change(HAND, edits))
        old = self.state
        if not self._merge(found.document):
            return
        if self.state.data == found.document.data:  # it lacks nothing of ours, so all of it has been elsewhere
            self.elsewhere = max(self.elsewhere, newest_own)
        self._is_based = False
        if store_of(found.document) != store_of(old):
            self._become_one(store_of(old), store_of(found.document))

    def _merge(self, document: Document) -> bool:
        """Merge a document in, the history keeping what of this device loses; whether it changed anything."""
        old, merged = self.state, merge(self.state, document)
        if merged.data == old.data:
            return False
        from pitrack.store.history import losses

        changed = list(differences(old, merged))
        self.back_up(old.data, "merge")
        self.replica.prepare()
        lost = self.replica.history.add(losses(changed, self.clock.device.all, self.elsewhere))
        self.news = Merged(self.news.records + len(changed), self.news.lost + lost)
        self.state = merged
        return True

    def shown(self, versions: list[Found]) -> Document:
        """The state as it would be if these versions could be taken in."""
        state = self.state
        for found in versions:
            if edits := hand_edits(found, state, Past(lambda: self.replica.log.read()[0])):
                seen = max(self.clock.seen, *stamps(state), *stamps(found.document))
                state = replay(state, [Line(StampClock(NOBODY, seen).next(), Change(HAND, edits), ())])
            state = merge(state, found.document)
        return state

    def keep(self, *, whole: bool = False) -> None:
        """Make the base hold what the log does not, or with ``whole`` all there is."""
        if not self._is_based or (whole and not self.replica.is_base(self.state)):
            self.replica.prepare()
            self._rebase()
            self.place.remember(store_of(self.state))
            self._is_based = True

    def trim(self) -> None:
        """Shorten a log that has become long; the base then holds it all."""
        if self.replica.log.end().offset > LONGEST_LOG:
            self._rebase()
            self.read_to = self.replica.log.trim(LONGEST_LOG) or self.read_to

    def _rebase(self) -> None:
        self.replica.rebase(self.state)
        self.base = self.replica.based_on()

    def back_up(self, data: bytes, kind: Kind) -> None:
        """Keep earlier bytes; where that fails, what they are kept for must not wait for it."""
        with suppress(OSError):
            self.replica.prepare()
            self.replica.backups.make(data, kind, self.clock.now())

    def _become_one(self, ours: str, theirs: str) -> None:
        """Two books are one: what this device holds belongs to the id that stays, and the book says so elsewhere."""
        stays, goes = sorted((ours, theirs))
        if stays != ours:
            replica = Replica(self.place.folder(stays))
            if not replica.folder.exists():
                self.replica.prepare()
                self.replica.folder.rename(replica.folder)
            self.replica, self.read_to, self.base = replica, Position(), ""
            self.take_log()
            self.take_base()
        if not is_joined(self.state, goes):
            self.record(Change(JOIN, (Write("_book", "book", {_JOINED + goes: True}),)))


_JOINED = "joined@"


def is_joined(document: Document, store: str) -> bool:
    """Whether a book says that another one became part of it."""
    return book_record(document).get(_JOINED + store) is True
