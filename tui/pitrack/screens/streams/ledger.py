"""What the rooms of the stream ledger share: the entries that are found, those that are marked, the one chosen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pitrack.core.model import Entry
from pitrack.screens.base import BookScreen
from pitrack.screens.streams.order import Order
from pitrack.widgets.rows import RowList

if TYPE_CHECKING:
    from pitrack.store.snapshot import BookSnapshot

ALL = ""
"""Key of the row of all streams."""


class Ledger(BookScreen):
    """A list of the entries that a stream and a query keep. Subclasses give ``find`` and ``face``."""

    def __init__(self) -> None:
        super().__init__()
        self.snapshot: BookSnapshot | None = None
        self.stream = ALL
        self.query_text = ""
        self.order: Order = "day"
        self.found: Sequence[Entry] = ()
        """The entries shown, in order."""
        self.marks: frozenset[str] = frozenset()
        """Ids of the marked entries, whether they are shown or not."""
        self.jobs: frozenset[str] = frozenset()
        """Ids of the streams that are the job, where their entries are summed apart."""
        self._marked: tuple[Sequence[Entry], frozenset[str], list[Entry]] = ((), frozenset(), [])

    @property
    def entries(self) -> RowList[Entry]:
        rows: RowList[Entry] = self.query_one("#entries", RowList)
        return rows

    @property
    def marked(self) -> list[Entry]:
        """The marked entries that are shown: those that a key acts on."""
        found, marks, kept = self._marked
        if found is not self.found or marks is not self.marks:
            kept = [entry for entry in self.found if entry.id in self.marks] if self.marks else []
            self._marked = self.found, self.marks, kept
        return kept

    @property
    def elsewhere(self) -> int:
        """How many marked entries are not shown, and so are left alone."""
        return len(self.marks) - len(self.marked)

    @property
    def chosen(self) -> Entry | None:
        """The entry under the cursor, while keys act on the entries."""
        return self.entries.highlighted if self.is_on_entries else None

    @property
    def is_on_entries(self) -> bool:
        """Whether keys act on the entries: on a narrow screen they are shown, elsewhere the streams have no focus."""
        if self.has_class("-narrow"):
            return self.has_class("-entries")
        return self.focused is None or self.focused.id != "streams"

    def find(self) -> None:
        """Show the entries that the stream and the query keep, in order."""
        raise NotImplementedError

    def tell_found(self) -> None:
        """Say again how many entries are shown and marked, and what they come to."""
        raise NotImplementedError

    def face(self, pane: str) -> None:
        """On a narrow screen: show one of the two lists."""
        raise NotImplementedError
