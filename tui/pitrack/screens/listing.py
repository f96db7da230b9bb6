"""A screen that is one list below a few lines of head, whose rows are of several kinds: keys act on the chosen one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from textual.app import ComposeResult

from pitrack.screens.base import BookScreen
from pitrack.widgets.pieces import Line, Lines
from pitrack.widgets.rows import RowList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pitrack.store.snapshot import BookSnapshot

NARROW = 60
"""Width below which a row has two lines."""
Row = TypeVar("Row")


class ListingScreen(BookScreen, Generic[Row]):
    """Subclasses give ``view``, which shows head and rows, and how a row is drawn, known, and missed."""

    def __init__(self) -> None:
        super().__init__()
        self.snapshot: BookSnapshot | None = None

    def body(self) -> ComposeResult:
        yield Lines(id="head")
        yield RowList[Row](self.row_line, self.row_key, empty=self.no_rows)

    @property
    def rows(self) -> RowList[Row]:
        rows: RowList[Row] = self.query_one(RowList)
        return rows

    @property
    def row_lines(self) -> int:
        """Lines of a row."""
        return 2 if self.size.width < NARROW else 1

    @property
    def chosen(self) -> Row | None:
        """The row under the cursor."""
        return self.rows.highlighted if self.is_mounted else None

    def row_line(self, row: Row, at: int, width: int) -> Line:
        """A line of a row."""
        raise NotImplementedError

    def row_key(self, row: Row) -> str:
        """What a row is known by."""
        raise NotImplementedError

    def no_rows(self) -> Sequence[Line]:
        """What stands where there is no row."""
        raise NotImplementedError

    def on_resize(self) -> None:
        self.sync(force=True)

    def on_row_list_highlighted(self) -> None:
        self.refresh_bindings()

    def action_leave(self) -> None:
        self.dismiss()
