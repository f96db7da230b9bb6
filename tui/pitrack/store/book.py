"""The book: one door for change (``apply``), one for reading (``snapshot``), over a synced file and a local replica."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pitrack.core.changes import Change
from pitrack.core.model import Settings
from pitrack.store import files, format
from pitrack.store.clock import wall_ms
from pitrack.store.copies import versions
from pitrack.store.device import DeviceClock
from pitrack.store.document import Document
from pitrack.store.errors import BookError, reason_of
from pitrack.store.folders import state_folder
from pitrack.store.format import Found, stamps, store_of
from pitrack.store.holding import Holding, Merged
from pitrack.store.ids import store_id
from pitrack.store.place import Place
from pitrack.store.reconcile import Reconciler
from pitrack.store.replica import Marker, Replica
from pitrack.store.snapshot import BookSnapshot
from pitrack.store.synced import PATIENCE, SyncedFile, examined

if TYPE_CHECKING:
    from pitrack.store.backups import Backup
    from pitrack.store.undo import Reverted, Way

TRIES = 5
"""Saves begun anew because a sync client wrote the file in the same instant."""

UNREADABLE = ("missing", "unreadable", "newer", "foreign")
"""Why a file could not be read; all else kept it from being written."""


class BookStatus(NamedTuple):
    """How the synced file stands: ``pending``: something is confirmed here that it does not hold yet, or an absorbed
    copy waits to be put away; ``behind`` says why it could not be read or written (a code: "missing", "unreadable",
    "newer", "foreign", "locked", "refused", or the system's own words), with the ``details`` of the error."""

    pending: bool = False
    behind: str | None = None
    details: Mapping[str, object] = {}


class Book:
    """A book on this device: state = file ⊔ base ⊔ log ⊔ conflict copies.

    ``apply`` confirms a change by its fsynced log line; ``save`` brings the synced file up to date. Every call may
    come from any one thread at a time; snapshots are immutable and may go anywhere.
    """

    def __init__(self, holding: Holding, synced: SyncedFile, marker: Marker) -> None:
        self.path = holding.place.path
        self.status = BookStatus()
        self._holding = holding
        self._sync = Reconciler(holding, synced, marker)
        self._snapshot: BookSnapshot | None = None

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        state: Path | None = None,
        patience: float = PATIENCE,
        wall: Callable[[], int] = wall_ms,
    ) -> Book:
        """Read a book. Where its file is missing, damaged or of a newer format, work from what this device holds of it
        (``status`` says so); BookError("missing" | "unreadable" | "newer") where it holds nothing."""
        place = Place(path.expanduser().resolve(), state or state_folder())
        synced, clock, trouble = SyncedFile(place.path), DeviceClock(place.state, wall), None
        try:
            synced.fetch()
            if book := cls._seen_before(place, synced, clock):
                return book
            synced.read(patience)
        except BookError as error:
            trouble = error
        book = cls._held(place, synced, clock) or cls._found(place, synced, clock)
        if book is None:
            raise trouble or BookError("missing", path=str(place.path))
        book._take_in_all()
        return book

    @classmethod
    def _seen_before(cls, place: Place, synced: SyncedFile, clock: DeviceClock) -> Book | None:
        """The book when its file is the version that was seen last: only the end of the log is read."""
        document, known = synced.glance(), place.store
        if not known or (document and store_of(document) != known) or synced.version is None:
            return None
        replica = Replica(place.folder(known))
        marker = replica.marker()
        if marker.digest != synced.version.digest or marker.base != replica.based_on():
            return None
        state = replica.base() if marker.in_base else document
        if state is None:
            return None
        if not marker.in_base:
            synced.trust(state)
        book = cls(Holding(place, replica, state, clock, marker), synced, marker)
        book._sync.is_taken = True
        book._holding.take_log()
        book.status = BookStatus(book._sync.is_pending)
        if replica.copies.is_news(place.path):
            book._take_in_all()
        return book

    @classmethod
    def _held(cls, place: Place, synced: SyncedFile, clock: DeviceClock) -> Book | None:
        """The book as this device holds it."""
        replica = Replica(place.folder(place.store))
        based_on = replica.based_on()
        base = replica.base() if place.store else None
        if base is None:
            return None
        marker = replica.marker()
        clock.adopt(stamps(base))  # the marker may be older than the base, or gone
        book = cls(Holding(place, replica, base, clock, marker.of_base(based_on)), synced, marker)
        book._holding.take_log()
        return book

    @classmethod
    def _found(cls, place: Place, synced: SyncedFile, clock: DeviceClock) -> Book | None:
        """The book as its file has it, or the copies that a service left of it; this device knows nothing of it."""
        document = synced.document
        if document is None:
            left = versions(place.path)
            if len({copy.store for copy in left}) != 1:
                return None
            document = left[0].found.document
        replica = Replica(place.folder(store_of(document)))
        return cls(Holding(place, replica, document, clock), synced, Marker())

    @classmethod
    def create(cls, path: Path, settings: Settings, *, state: Path | None = None) -> Book:
        """Start a new book; BookError("exists" | "refused"), or ("held") where this device still holds one whose file
        is gone: it can be put back."""
        place = Place(path.expanduser().resolve(), state or state_folder())
        store = settings.store or store_id()
        try:
            with place.lock():
                if os.path.lexists(place.path):
                    raise BookError("exists", path=str(place.path))
                if place.store and Replica(place.folder(place.store)).bases():
                    raise BookError("held", path=str(place.path))
                fields = {
                    "store": store,
                    "format": format.FORMAT,
                    "name": settings.name,
                    "zone": settings.zone,
                    "day_start": settings.day_start,
                    "week_start": settings.week_start,
                    "currency": settings.currency,
                    "t": DeviceClock(place.state).next(),
                }
                place.path.parent.mkdir(parents=True, exist_ok=True)
                files.replace(place.path, format.canonical({"_book": {"book": fields}}))
                place.remember(store)
        except OSError as error:
            raise BookError("refused", path=str(place.path), reason=reason_of(error)) from error
        return cls.open(path, state=state)

    # Reading

    @property
    def device(self) -> str:
        """The id of this device, in all the stamps it gives; BookError("refused") where it cannot be kept."""
        try:
            return self._holding.clock.device.id
        except OSError as error:
            raise BookError("refused", path=str(self._holding.place.state), reason=reason_of(error)) from error

    def snapshot(self) -> BookSnapshot:
        """The book's records as they stand; the same object until something changes."""
        document = self._sync.view
        if self._snapshot is None or self._snapshot.document is not document:
            self._snapshot = BookSnapshot(document, self._snapshot)
        return self._snapshot

    @property
    def document(self) -> Document:
        """The merged state."""
        return self._sync.view

    @property
    def place(self) -> Place:
        """What this device knows of the path."""
        return self._holding.place

    @property
    def data(self) -> bytes:
        """The canonical bytes of the merged state."""
        return self._sync.view.data

    @property
    def store(self) -> str:
        """The id of this book."""
        return store_of(self._holding.state)

    @property
    def replica(self) -> Replica:
        """What this device keeps of the book: history, backups, copies, log."""
        return self._holding.replica

    @property
    def folders(self) -> tuple[Path, Path]:
        """What to watch: the folder of the file, and that of the log."""
        return self.path.parent, self.replica.folder

    def news(self) -> Merged:
        """What others' versions changed here since this was asked last."""
        news, self._holding.news = self._holding.news, Merged()
        return news

    def refresh(self) -> bool:
        """Take in what other processes and devices wrote to the file, the log or a copy; whether the snapshot
        changed. Never writes the book."""
        old = self._sync.view
        if self.status.behind is not None or self._sync.has_news():
            self._take_in_all(may_be_half_written=True)
        return self._sync.view.data != old.data

    # Changing

    def apply(self, change: Change) -> str:
        """Confirm a change: when this returns its stamp, the change is in the log, on the disk. BookError("refused")
        when it could not be recorded, ("foreign") while another book lies in this one's place. A change that writes
        nothing leaves no trace, so that undo is of one that does; its stamp is empty."""
        if not change.writes:
            return ""
        with self._changing():
            return self._holding.record(change)

    def undo(self) -> Reverted:
        """Revert this device's last change that still stands; BookError("nothing-to-undo")."""
        return self._revert("undo")

    def redo(self) -> Reverted:
        """Do again what was undone last; BookError("nothing-to-redo")."""
        return self._revert("redo")

    def absorb(self, data: bytes, *, source: Path | None = None, join: bool = False) -> Merged:
        """Merge another version of this book in (it came from ``source``); what that changed.

        BookError("unreadable" | "newer" | "refused"), or ("foreign") for another book, unless they are to be one from
        now on (``join``)."""
        found = examined(source or self.path, data)
        if not join and not self._sync.is_ours(found.document):
            raise self._sync.foreign(found.document)
        with self._changing():
            old, self._holding.news = self._holding.news, Merged()
            self._holding.take_in(found)
            self._holding.keep()
            new = self._holding.news
            self._holding.news = Merged(old.records + new.records, old.lost + new.lost)
        return new

    def restore(self, name: str) -> Backup:
        """Make the book say again what it said in a backup: an ordinary change, that undo takes back. Which one it
        was; BookError("unknown" | "ambiguous" | "unreadable" | "refused")."""
        from pitrack.store.restore import restore

        backup = self.replica.backups.find(name)
        data = self.replica.backups.read(backup)
        try:
            found = examined(backup.path, data)
        except BookError as error:
            raise BookError("backup-damaged", path=str(backup.path)) from error
        self.apply(restore(self._holding.state, found.document, backup.name))
        return backup

    def join(self) -> None:
        """Make this book and the other one that lies in its place one; the smaller id stays. BookError("refused" |
        "foreign-gone")."""
        with self._changing(deciding=True):
            self._holding.take_in(self._other())
            self._holding.keep()
            self._sync.is_taken = True
        self.status = BookStatus(True)

    def keep_apart(self) -> Path:
        """Leave the place to the other book that lies there: this one goes to a file of its own beside it, whose path
        is returned, and the path is to be opened anew. BookError("refused" | "foreign-gone")."""
        with self._changing(deciding=True):
            other = store_of(self._other().document)
            path = self.path_apart
            files.create(path, self._holding.state.data)
            self.place.copy_replica(Place(path, self.place.state), self.store)
            self._holding.place.remember(other)
        return path

    @property
    def path_apart(self) -> Path:
        """Where ``keep_apart`` would put this book: a path where nothing is."""
        names = (f"{self.path.stem}-{self.store[:4]}{number or ''}{self.path.suffix}" for number in count())
        return next(path for name in names if not os.path.lexists(path := self.path.with_name(name)))

    def _other(self) -> Found:
        """The other book that lies in this one's place; BookError("foreign-gone") when it does no longer."""
        self._sync.synced.fetch()
        found = self._sync.synced.read()
        if self._sync.is_ours(found.document):
            raise BookError("foreign-gone", path=str(self.path))
        return found

    # Saving

    def save(self, *, heal: bool = False) -> None:
        """Bring the synced file up to date, merging in what others wrote to it and to copies beside it. What goes
        wrong is told by ``status``; the log keeps every change until it heals. ``heal`` also puts a file where one is
        missing, and another in the place of a damaged one (which goes to the backups)."""
        try:
            with self._holding.place.lock():
                for attempt in range(1, TRIES + 1):
                    try:
                        self._sync.bring_up_to_date(heal)
                        break
                    except files.Changed:
                        if attempt == TRIES:
                            raise BookError("locked", path=str(self.path)) from None
            self._sync.unkept = []
            self.status = BookStatus()
        except (OSError, BookError) as error:
            self._tell(error)

    # Taking in

    def _take_in_all(self, *, may_be_half_written: bool = False) -> None:
        """Take in what there is and keep it in the replica; ``status`` tells what hinders, but not of a file that a
        sync client may be at work on this moment: the next look will."""
        try:
            with self._holding.place.lock():
                trouble = self._sync.take_in()
                if self._sync.is_taken and self._sync.synced.data != self._holding.state.data:
                    with suppress(OSError):  # only so that this version of the file need not be read again
                        self._holding.keep(whole=True)
                self._sync.remember()
            if trouble is not None:
                raise trouble
            self._sync.unkept = []
            still_behind = self._sync.is_pending and self.status.behind not in (None, *UNREADABLE)
            self.status = self.status if still_behind else BookStatus(self._sync.is_pending)
        except (OSError, BookError) as error:
            if isinstance(error, OSError) or error.code in ("refused", "locked"):
                self._sync.look_only()
            if may_be_half_written and self._sync.synced.is_fresh_damage and self.status.behind is None:
                self.status = BookStatus(True)
            else:
                self._tell(error)

    @contextmanager
    def _changing(self, *, deciding: bool = False) -> Iterator[None]:
        """Hold the lock with the log read to its end; BookError("refused" | "locked" | "foreign") where nothing can
        be recorded. ``deciding``: it is about the other book that lies here."""
        if self.status.behind == "foreign" and not deciding:
            raise BookError("foreign", **self.status.details)
        try:
            with self._holding.place.lock():
                self._holding.take_log()
                self._holding.take_base()
                yield
        except OSError as error:
            raise BookError("refused", path=str(self.path), reason=reason_of(error)) from error

    def _revert(self, way: Way) -> Reverted:
        from pitrack.store.undo import Journal

        with self._changing():
            journal = Journal(self.replica.log.read()[0])
            target = journal.next(way)
            if target is None:
                raise BookError(f"nothing-to-{way}")
            change, reverted = journal.reversal(target, self._holding.state, way)
            link = {"undoes": target.stamp} if way == "undo" else {"redoes": target.stamp}
            self._holding.record(change, **link)
            return reverted

    def _tell(self, error: OSError | BookError) -> None:
        if isinstance(error, BookError):
            self.status = BookStatus(True, error.code, error.details)
        else:
            code = "missing" if isinstance(error, FileNotFoundError) else reason_of(error)
            self.status = BookStatus(True, code, {"path": str(self.path)})
