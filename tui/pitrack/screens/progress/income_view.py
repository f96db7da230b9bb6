"""The view of income: its headline, the chart with the figures beside it, a row a stream, the month so far."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Container, Vertical

from pitrack.core.model import Snapshot
from pitrack.core.views.income.growth import Growth
from pitrack.screens.progress import figures, income, table
from pitrack.screens.progress.frame import Frame, put
from pitrack.screens.progress.reading import Reading
from pitrack.screens.progress.rows import FigureRows, TableRows
from pitrack.text.i18n import _
from pitrack.widgets.columns import wrapped
from pitrack.widgets.pieces import Line, Lines, spread, width_of
from pitrack.widgets.stacked import StackedBars
from pitrack.widgets.wrapping import broken

NOTES = 4
"""Lines of notes at most: what does not fit is in the explanations."""


class IncomeView(Vertical):
    """Shows a reading of the income."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 (Textual's name)
        super().__init__(id=id)
        self.rows: Sequence[table.Row] = ()
        """What stands in the table."""
        self._figures_high = 0

    def compose(self) -> ComposeResult:
        yield Lines(id="headline")
        yield Lines(id="notes")
        with Container(id="picture"):
            yield FigureRows(id="figures")
            yield StackedBars(id="bars")
        yield TableRows(id="streams")
        yield Lines(id="so-far")

    def show(self, snapshot: Snapshot, reading: Reading | None, frame: Frame) -> None:
        """Show what was read; None is still counted."""
        if reading is None:
            put(self, "headline", [[(_("counting"), "muted")]])
            return
        growth, purse, width = reading.growth, frame.purse, frame.width
        said = [note for note in (income.missing(growth), *income.notes(growth, purse.hidden)) if note]
        self.set_class(not growth.months, "-none")
        put(self, "notes", [line for note in said for line in broken(note, width)][:NOTES])
        if not growth.months:
            put(self, "headline", income.nothing(width))
            return
        put(self, "headline", _headline(growth, frame, snapshot.settings.currency))
        self._show_figures(reading, frame)
        self.rows = table.rows(growth, snapshot.streams)
        self.query_one(StackedBars).show(table.bars(growth, self.rows, purse, reading.goal, frame.glyphs))
        shown = table.columns(reading, self.rows, purse, frame.glyphs, width)
        self.query_one(TableRows).fill(shown, [row.key for row in self.rows])
        last = wrapped(income.so_far(growth, purse, over=frame.past is not None), width)
        goal = wrapped(income.goal_line(reading.goal, purse), width) if reading.goal else []
        put(self, "so-far", [*last, *goal])

    def _show_figures(self, reading: Reading, frame: Frame) -> None:
        groups = figures.groups(reading, frame.purse, frame.glyphs)
        lines = [line for group in groups for line in group.lines]
        heads = figures.heads(groups) if frame.roomy else {}
        rows = self.query_one(FigureRows)
        if (height := len(lines) + len(heads)) != self._figures_high:
            self._figures_high = height
            rows.styles.max_height = height
        rows.fill(lines, heads)


def _headline(growth: Growth, frame: Frame, book: str) -> list[Line]:
    where = income.standpoint(None if growth.currency == book else growth.currency, frame.past)
    said = income.headline(growth, frame.purse)
    lines = wrapped(said, frame.width) if growth.headline else broken(said, frame.width)
    if len(lines) == 1 and width_of(lines[0]) + width_of(where) < frame.width:
        return [spread(lines[0], where, frame.width)]
    return [*lines, where] if where else lines
