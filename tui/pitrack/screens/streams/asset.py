"""The page of an asset: its figures, its year, and the entries and the time that name it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from pitrack.core.model import Entry, TimeEntry
from pitrack.core.views.assets import AssetPage, asset_page
from pitrack.screens.streams.records import BACK, RecordsScreen
from pitrack.text.i18n import N_, _
from pitrack.widgets.glyphs import glyph_set
from pitrack.widgets.pieces import Line, with_keys
from pitrack.widgets.rows import Head, RowList
from pitrack.widgets.stacked import StackedBars
from pitrack.widgets.told import Told

if TYPE_CHECKING:
    from pitrack.store.snapshot import BookSnapshot

TALL = 36
"""Lines of a window that has room for a chart."""
MARGIN = 2
"""Cells beside the figures."""


class AssetScreen(RecordsScreen):
    """One asset, by id. Enter edits the entry or the time under the cursor, ``E`` the asset itself."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "add", N_("book"), id="asset.add", tooltip=N_("book income of it")),
        Binding("t", "time", N_("time"), id="asset.time", tooltip=N_("time worked on it")),
        Binding("enter,e", "edit", N_("edit entry"), id="asset.edit", key_display="enter"),
        Binding("d,delete", "delete", N_("delete"), id="asset.delete", key_display="d"),
        Binding("E", "edit_asset", N_("edit asset"), id="asset.edit_asset"),
        BACK,
    ]
    DEFAULT_CSS = """
    AssetScreen #figures { padding: 0 1; margin: 1 0; }
    AssetScreen #bars { height: 8; margin: 0 1 1 1; display: none; }
    """

    def __init__(self, asset: str) -> None:
        super().__init__()
        self.asset = asset
        self.page: AssetPage | None = None

    def body(self) -> ComposeResult:
        yield Told(id="figures")
        yield StackedBars(id="bars")
        yield RowList[Entry | TimeEntry](self._line, lambda record: record.id, empty=self._empty, id="records")

    @property
    def rows(self) -> RowList[Entry | TimeEntry]:
        rows: RowList[Entry | TimeEntry] = self.query_one("#records", RowList)
        return rows

    def read(self, snapshot: BookSnapshot, today: dt.date) -> AssetPage | None:
        return asset_page(snapshot, self.asset, today)

    def draw(self, found: AssetPage | None) -> None:
        from pitrack.screens.streams import assets_lines as lines
        from pitrack.screens.streams.lines import EntryStyle

        assert self.snapshot
        self.page = found
        if found is None:  # deleted elsewhere, or undone
            self.dismiss()
            return
        streams, hidden = self.snapshot.streams, self.pitrack.hidden
        look = lines.Look(streams, glyph_set(self.pitrack.glyphs), hidden, every=True)
        figures = lines.page_lines(found, look, self.size.width - MARGIN)
        box = self.query_one("#figures", Told)
        box.styles.height = len(figures)
        box.tell(lambda width: lines.page_lines(found, look, width))
        bars = self.query_one(StackedBars)
        bars.display = max(found.line.trend) > 0 and self.size.height >= TALL
        bars.show(lines.bars(found, look))
        self._style = EntryStyle(streams, every=False, dated=True, narrow=self.is_narrow, hidden=hidden)
        entries, times = len(found.entries), len(found.times)
        heads: dict[int, Head] = {}
        if entries:
            heads[0] = partial(_head, _("ENTRIES"), entries)
        if times:
            heads[entries] = partial(_head, _("TIME"), times)
        self.rows.show([*found.entries, *found.times], heads, lines=2 if self.is_narrow else 1)

    def _line(self, record: Entry | TimeEntry, at: int, width: int) -> Line:
        if isinstance(record, Entry):
            from pitrack.screens.streams.lines import entry_line

            return entry_line(record, at, width, self._style)
        from pitrack.screens.streams.assets_lines import time_row

        return time_row(record, at, width, "", narrow=self.is_narrow)

    def _empty(self) -> Sequence[Line]:
        if not self.is_read:
            return ()
        told = with_keys(_("Nothing names it yet: {a} books income, {t} time."))
        return ((), (("  ", ""), *told))

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action not in ("edit", "delete") or (self.is_read and self.rows.highlighted is not None)

    def on_row_list_selected(self, _message: RowList.Selected) -> None:
        self.action_edit()

    def action_add(self) -> None:
        if self.page:
            asset = self.page.line.asset
            form = "pitrack.screens.dialogs.entry:EntryDialog"
            self.ask(form, stream=asset.stream, asset=asset.id)

    def action_time(self) -> None:
        if self.page and self.snapshot:
            asset = self.page.line.asset
            stream = self.snapshot.streams.get(asset.stream or "")
            self.ask("pitrack.screens.dialogs.time:TimeDialog", thing=stream, asset=asset.id)

    def action_edit(self) -> None:
        if record := self.rows.highlighted:
            self.edit_record(record)

    def action_delete(self) -> None:
        if record := self.rows.highlighted:
            self.delete_record(record)

    def action_edit_asset(self) -> None:
        if self.page:
            self.ask("pitrack.screens.dialogs.asset:AssetDialog", self.page.line.asset)


def _head(title: str, count: int, _width: int) -> Line:
    return (title, "head"), (f"  {count:,}", "muted")
