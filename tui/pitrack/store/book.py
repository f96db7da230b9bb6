"""The book: one door for change (``apply``), one for reading (``snapshot``), over a synced file and a local log."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pitrack.core.changes import Change, Write
from pitrack.core.model import Settings
from pitrack.store import files, format
from pitrack.store.clock import StampClock
from pitrack.store.document import Document
from pitrack.store.errors import BookError
from pitrack.store.folders import state_folder
from pitrack.store.ids import store_id
from pitrack.store.jsontext import dumps
from pitrack.store.log import Before, Line
from pitrack.store.merge import Record, decode, encode, merge, merge_records
from pitrack.store.replica import Marker, Replica
from pitrack.store.snapshot import BookSnapshot

if TYPE_CHECKING:
    from pitrack.store.undo import Reverted, Way


class BookStatus(NamedTuple):
    """How the synced file stands: ``pending`` changes are confirmed but not in it yet; ``behind`` says why it could
    not be written (a code: "missing", "unreadable", "newer", "foreign", "locked", or the system's own words)."""

    pending: bool = False
    behind: str | None = None


class Book:
    """A book on this device: state = file ⊔ log.

    ``apply`` confirms a change by its fsynced log line; ``save`` brings the synced file up to date. Every call may
    come from any one thread at a time; snapshots are immutable and may go anywhere.
    """

    def __init__(self, path: Path, replica: Replica, file: Document, version: files.Version, marker: Marker) -> None:
        self.path = path
        self.status = BookStatus()
        self._replica = replica
        self._file = file
        self._version = version
        self._state = file
        self._clock = StampClock(replica.device, marker.newest)
        self._read_to = self._saved_to = marker.log
        self._snapshot: BookSnapshot | None = None
        self._take_log()

    @classmethod
    def open(cls, path: Path, *, state: Path | None = None) -> Book:
        """Read a book; BookError("missing" | "unreadable" | "newer" | "refused")."""
        path = path.expanduser().resolve()
        try:
            data, version = files.read(path)
        except FileNotFoundError as error:
            raise BookError("missing", path=str(path)) from error
        except OSError as error:
            raise BookError("unreadable", path=str(path), reason=_reason(error), line=None) from error
        file = _canonical_document(data)
        replica = marker = None
        if file is not None:
            replica = Replica(path, _store(file), _state_folder(state))
            marker = replica.marker()
        if file is None or replica is None or marker is None or marker.digest != version.digest:
            file = _read_document(path, data)
            replica = Replica(path, _store(file), _state_folder(state))
            marker = Marker(newest=format.newest_stamp(file))
        book = cls(path, replica, file, _remembered(version, data, file), marker)
        replica.remember(book._marker_now())
        return book

    @classmethod
    def create(cls, path: Path, settings: Settings, *, state: Path | None = None) -> Book:
        """Start a new book; BookError("exists" | "refused")."""
        path = path.expanduser().resolve()
        store = settings.store or store_id()
        replica = Replica(path, store, _state_folder(state))
        with replica.lock():
            if os.path.lexists(path):
                raise BookError("exists", path=str(path))
            fields = {
                "store": store,
                "format": format.FORMAT,
                "name": settings.name,
                "zone": settings.zone,
                "day_start": settings.day_start,
                "week_start": settings.week_start,
                "currency": settings.currency,
                "t": StampClock(replica.device).next(),
            }
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                files.replace(path, format.canonical({"_book": {"book": fields}}))
            except OSError as error:
                raise BookError("refused", path=str(path), reason=_reason(error)) from error
        return cls.open(path, state=state)

    def snapshot(self) -> BookSnapshot:
        """The book's records as they stand; the same object until something changes."""
        if self._snapshot is None or self._snapshot.document is not self._state:
            self._snapshot = BookSnapshot(self._state, self._snapshot)
        return self._snapshot

    def apply(self, change: Change) -> str:
        """Confirm a change: when this returns its stamp, the change is in the log, on the disk. BookError("refused")
        when it could not be recorded. A change that writes nothing leaves no trace, so that undo is of one that does;
        its stamp is empty."""
        if not change.writes:
            return ""
        with self._replica.lock():
            self._take_log()
            return self._record(change)

    def undo(self) -> Reverted:
        """Revert this device's last change that still stands; BookError("nothing-to-undo")."""
        return self._revert("undo")

    def redo(self) -> Reverted:
        """Do again what was undone last; BookError("nothing-to-redo")."""
        return self._revert("redo")

    def save(self) -> None:
        """Bring the synced file up to date, merging in what others wrote to it. What goes wrong is told by ``status``;
        the log keeps every change until it heals."""
        try:
            with self._replica.lock():
                self._take_log()
                self._take_file()
                if self._state.data != self._file.data:
                    self._version = files.replace(self.path, self._state.data)
                    self._file = self._state
                    files.sweep(self.path.parent)
                self._saved_to = self._read_to
                self._replica.remember(self._marker_now())
            self.status = BookStatus()
        except OSError as error:
            self.status = BookStatus(True, "missing" if isinstance(error, FileNotFoundError) else _reason(error))
        except BookError as error:
            self.status = BookStatus(True, error.code)

    def refresh(self) -> bool:
        """Take in what other processes wrote to the file or the log; whether the snapshot changed."""
        before = self._state
        try:
            self._take_log()
            self._take_file()
        except FileNotFoundError:
            self.status = BookStatus(self._is_pending, "missing")
        except OSError as error:
            self.status = BookStatus(self._is_pending, _reason(error))
        except BookError as error:
            self.status = BookStatus(self._is_pending, error.code)
        else:
            self.status = BookStatus(self._is_pending, self.status.behind if self._is_pending else None)
        return self._state.data != before.data

    @property
    def folders(self) -> tuple[Path, Path]:
        """What to watch: the folder of the file, and that of the log."""
        return self.path.parent, self._replica.folder

    @property
    def _is_pending(self) -> bool:
        return self._state.data != self._file.data

    def _marker_now(self) -> Marker:
        """What is known of the file as last read or written."""
        log = self._saved_to if self._is_pending else self._read_to
        return Marker(self._version.digest, log, self._clock.seen)

    def _take_file(self) -> None:
        if self._version.is_still(self.path) and not self._is_pending:
            return
        known = self._file.data if self._version.digest else None
        data, version = files.read(self.path, known, self._version.digest)
        if version.digest != self._version.digest:
            file = _read_document(self.path, data)
            if _store(file) != _store(self._file):
                raise BookError("foreign", path=str(self.path))
            self._file, self._saved_to = file, 0
            self._clock.see(format.newest_stamp(self._file))
            self._state = merge(self._file, self._state)
        self._version = _remembered(version, data, self._file)

    def _take_log(self) -> None:
        lines, self._read_to = self._replica.log.read(self._read_to)
        if lines:
            self._state = _replay(self._state, lines)
            self._clock.see(max(line.stamp for line in lines))

    def _record(self, change: Change, *, undoes: str = "", redoes: str = "") -> str:
        stamp = self._clock.next()
        before = tuple(_before(self._state, write) for write in change.writes)
        line = Line(stamp, change, before, undoes, redoes)
        try:
            self._read_to = self._replica.log.append(line)
        except OSError as error:
            raise BookError("refused", path=str(self._replica.log.path), reason=_reason(error)) from error
        self._state = _replay(self._state, [line])
        return stamp

    def _revert(self, way: Way) -> Reverted:
        from pitrack.store.undo import Journal

        with self._replica.lock():
            self._take_log()
            journal = Journal(self._replica.log.read()[0])
            target = journal.next(way)
            if target is None:
                raise BookError(f"nothing-to-{way}")
            change, reverted = journal.reversal(target, self._state, way)
            link = {"undoes": target.stamp} if way == "undo" else {"redoes": target.stamp}
            self._record(change, **link)
            return reverted


def _remembered(version: files.Version, data: bytes, file: Document) -> files.Version:
    """A version without its hash where the bytes were not canonical: a known hash says that they are."""
    return version if data == file.data else version._replace(digest="")


def _read_document(path: Path, data: bytes) -> Document:
    try:
        document = format.read(data)
    except format.Unreadable as error:
        raise BookError("unreadable", path=str(path), reason=error.reason, line=error.line) from error
    version = format.book_record(document)["format"]
    if version > format.FORMAT:
        raise BookError("newer", path=str(path), format=version)
    return document


def _canonical_document(data: bytes) -> Document | None:
    """The document of bytes that look canonical; only a known hash says that they are."""
    try:
        document = Document(data)
        return document if _store(document) else None
    except (ValueError, KeyError, TypeError):
        return None


def _store(document: Document) -> str:
    return str(format.book_record(document)["store"])


def _replay(state: Document, lines: Iterable[Line]) -> Document:
    """state ⊔ log: every write of the lines merged in under its own stamp."""
    touched: dict[str, dict[str, Record]] = {}
    for line in lines:
        for write in line.change.writes:
            records = touched.setdefault(write.table, {})
            known = records.get(write.id) or _decoded(state, write.table, write.id)
            records[write.id] = merge_records(known, _written(write, line.stamp))
    changes: dict[str, dict[str, bytes]] = {}
    for table, records in touched.items():
        for record, merged in records.items():
            text = encode(merged)
            if text != state.get(table, record):
                changes.setdefault(table, {})[record] = text
    return state.splice(changes) if changes else state


def _written(write: Write, stamp: str) -> Record:
    if write.fields is None:
        return Record(deleted=stamp)
    return Record({name: (dumps(value), stamp) for name, value in write.fields.items()})


def _decoded(state: Document, table: str, record: str) -> Record:
    text = state.get(table, record)
    return (decode(text) if text else None) or Record()


def _before(state: Document, write: Write) -> Before:
    found = _decoded(state, write.table, write.id)
    alive = bool(found.fields) and found.alive
    return Before({name: found.fields.get(name) for name in write.fields or ()}, alive)


def _state_folder(state: Path | None) -> Path:
    return state_folder() if state is None else state


def _reason(error: OSError) -> str:
    return error.strerror or type(error).__name__
