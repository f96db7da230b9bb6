"""What this device holds of a book and what lies in the synced folder, brought together."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from pitrack.store import files, format
from pitrack.store.copies import CopyMemory
from pitrack.store.document import Document
from pitrack.store.errors import BookError
from pitrack.store.format import Found, store_of
from pitrack.store.holding import Holding, is_joined
from pitrack.store.replica import Marker, Replica
from pitrack.store.synced import SyncedFile, examined

PUT_BACK_AFTER = 900
"""Seconds for which the device with the newest change may be away until another one puts a missing file back."""


class Reconciler:
    """Takes in the file and the copies beside it, keeps the result in the replica, and writes the file. Writing raises
    OSError; callers hold the place's lock for that."""

    def __init__(self, holding: Holding, synced: SyncedFile, marker: Marker) -> None:
        self.holding = holding
        self.synced = synced
        self.marker = marker
        self.is_taken = False
        """Whether the version of the file that was fetched last is in the state."""
        self.unkept: list[Found] = []
        """Versions that are shown, though nothing can be written down here."""
        self._shown: tuple[Document, Document] | None = None

    @property
    def path(self) -> Path:
        return self.holding.place.path

    @property
    def state(self) -> Document:
        return self.holding.state

    @property
    def store(self) -> str:
        return store_of(self.state)

    @property
    def replica(self) -> Replica:
        return self.holding.replica

    @property
    def copies(self) -> CopyMemory:
        return self.replica.copies

    def bring_up_to_date(self, heal: bool) -> None:
        """Take everything in and write the file where it lacks something. With the lock held; raises BookError,
        OSError, or files.Changed where a sync client wrote the file in the same instant."""
        trouble = self.take_in()
        if trouble is not None and not self._may_write(trouble, heal):
            raise trouble
        there = self.synced.read().document if trouble is None else None
        if there is None or there.data != self.state.data:
            if there is not None:
                self.holding.back_up(there.data, "daily")
            self.synced.write(self.state)
            self.is_taken = True
            files.sweep(self.path.parent)
        self.copies.settle(self.path)
        self.holding.trim()
        self.remember()

    def _may_write(self, trouble: BookError, heal: bool) -> bool:
        """Whether a file is to be written where none can be read. Of a damaged one that goes, everything is kept."""
        if trouble.code == "missing":
            return heal or self._is_to_put_back
        if trouble.code != "unreadable" or not heal or self.synced.version is None:
            return False
        if self.synced.data:
            self.holding.back_up(self.synced.data, "found")
        for side in format.sides(self.synced.data):
            with suppress(BookError):
                found = examined(self.path, side)
                if self.is_ours(found.document):
                    self.holding.take_in(found)
        self.holding.keep()
        return True

    @property
    def view(self) -> Document:
        """The state with what cannot be kept."""
        state = self.state
        if not self.unkept:
            return state
        if self._shown is None or self._shown[0] is not state:
            self._shown = (state, self.holding.shown(self.unkept))
        return self._shown[1]

    @property
    def is_pending(self) -> bool:
        """Whether the file lacks something, or an absorbed copy waits to be put away."""
        there = self.synced.document
        return there is None or there.data != self.state.data or self.copies.is_due(self.path)

    def has_news(self) -> bool:
        """Whether there is anything to take in that was not seen yet."""
        return (
            not self.is_taken
            or not self.synced.is_still
            or self.replica.log.end() != self.holding.read_to
            or not self.holding.has_base
            or self.copies.is_news(self.path)
        )

    def look_only(self) -> None:
        """Find what is to be shown where nothing can be kept. It is taken in later, as if it had not been seen."""
        self.unkept, self._shown = [], None
        with suppress(OSError):
            self.holding.take_log()
        self.unkept += [copy.found for copy in self.copies.fresh(self.path, self.store)]
        with suppress(BookError):
            self._fetch()
            found = self.synced.read()
            if self.is_ours(found.document):
                self.unkept.append(found)

    @property
    def _is_to_put_back(self) -> bool:
        """Whether a missing file is to be written from the copies that a service left of it.

        Of several devices that hold the same ones, only that of the newest change does so at once, since two new files
        are a conflict again, to some services even where they are equal; the others where it does not come."""
        left = self.copies.lying(self.path)
        if not left:
            return False
        clock = self.holding.clock
        age = clock.now().timestamp() - max(copy.lstat().st_ctime for copy in left)
        return clock.own == clock.seen or age > PUT_BACK_AFTER

    def take_in(self) -> BookError | None:
        """Take in the log, the file and the copies, and keep them; what hinders the file. With the lock held."""
        self.holding.take_log()
        self.holding.take_base()
        # Copies first: what was edited by hand in the file itself stands against such an edit in a copy.
        self._take_in_copies()
        trouble, store = None, self.store
        try:
            self._take_in_file()
        except BookError as error:
            trouble = error
        if self.store != store:  # it was joined with another book, whose copies are ours now
            self._take_in_copies()
        self.holding.keep()
        self.copies.save()
        return trouble

    def _take_in_copies(self) -> None:
        for copy in self.copies.fresh(self.path, self.store):
            self.holding.take_in(copy.found)
            self.copies.absorbed(copy)

    def _take_in_file(self) -> None:
        self._fetch()
        if self.is_taken:
            return
        found = self.synced.read()
        if not self.is_ours(found.document):
            raise self.foreign(found.document)
        self.holding.take_in(found)
        self.is_taken = True

    def _fetch(self) -> None:
        try:
            is_other = self.synced.fetch()
        except BookError:
            self.is_taken = False
            raise
        self.is_taken = self.is_taken and not is_other

    def is_ours(self, document: Document) -> bool:
        """Whether a document is a version of this book, or of one that was joined with it."""
        other = store_of(document)
        return other == self.store or is_joined(document, self.store) or is_joined(self.state, other)

    def foreign(self, document: Document) -> BookError:
        """What to say of another book in this one's place."""
        return BookError("foreign", path=str(self.path), name=str(format.book_record(document).get("name", "")))

    def remember(self) -> None:
        """What makes the next start a short one, where the file's version holds all there is, or the base does."""
        version, held = self.synced.version, self.holding
        marker = self.marker
        if self.is_taken and version is not None:
            if self.synced.data == self.state.data:
                marker = Marker(version.digest, held.read_to, base=held.base)
            elif self.replica.is_base(self.state):
                marker = Marker(version.digest, held.read_to, in_base=True, base=held.base)
        self.marker = marker._replace(newest=held.clock.seen, own=held.clock.own, elsewhere=held.elsewhere)
        self.replica.remember(self.marker)
