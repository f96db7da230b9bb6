"""The assets of a stream or of all: what was made once, and what each has brought in its life."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from pitrack.core.changes import Change
from pitrack.core.views.assets import ORDERS, AssetLine, Order, asset_lines, in_order
from pitrack.screens.streams.records import BACK, RecordsScreen
from pitrack.store import edits
from pitrack.text.i18n import N_, _
from pitrack.text.plain import printable
from pitrack.widgets.glyphs import glyph_set
from pitrack.widgets.pieces import Line, with_keys
from pitrack.widgets.rows import Head, RowList
from pitrack.widgets.told import Told
from pitrack.widgets.wrapping import broken

if TYPE_CHECKING:
    from pitrack.core.model import Asset
    from pitrack.screens.streams.assets_lines import AssetTable
    from pitrack.store.snapshot import BookSnapshot

INDENT = "  "
ALL = ""
"""In place of a stream's id: all of them."""


class AssetsScreen(RecordsScreen):
    """A list of assets, those in use first. ``stream`` is the id of the stream that it is opened for, or ``ALL``."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "add", N_("add"), id="assets.add", tooltip=N_("add an asset")),
        Binding("enter", "open", N_("open"), id="assets.open", key_display="enter"),
        Binding("e", "edit", N_("edit"), id="assets.edit"),
        Binding("s", "sort", N_("sort"), id="assets.sort", tooltip=N_("income, newest, per hour")),
        Binding("v", "all", N_("all or one stream"), id="assets.all"),
        Binding("t", "time", N_("time"), id="assets.time", tooltip=N_("time worked on it")),
        Binding("A", "archive", N_("archive"), id="assets.archive", tooltip=N_("archive, or take back")),
        Binding("d,delete", "delete", N_("delete"), id="assets.delete", key_display="d"),
        BACK,
    ]
    DEFAULT_CSS = """
    AssetsScreen #title { background: $boost; margin-top: 1; }
    """

    def __init__(self, stream: str = ALL) -> None:
        super().__init__()
        self.opened_for = self.stream = stream
        self.order: Order = "income"
        self._table: AssetTable | None = None
        self._rows: dict[str, int] = {}
        self._wanted = ""
        """Id of an asset that was just added, until it is seen."""

    def body(self) -> ComposeResult:
        yield Told(id="title")
        yield RowList[AssetLine](self._line, lambda line: line.asset.id, empty=self._empty, id="assets")

    @property
    def rows(self) -> RowList[AssetLine]:
        rows: RowList[AssetLine] = self.query_one("#assets", RowList)
        return rows

    @property
    def chosen(self) -> Asset | None:
        line = self.rows.highlighted
        return line.asset if line else None

    # Showing

    def read(self, snapshot: BookSnapshot, today: dt.date) -> tuple[AssetLine, ...]:
        return asset_lines(snapshot, today, archived=None)

    def draw(self, found: tuple[AssetLine, ...]) -> None:
        from pitrack.screens.streams import assets_lines as lines

        assert self.snapshot
        if self.stream not in self.snapshot.streams:
            self.stream = ALL
        kept = [line for line in found if self.stream in (ALL, line.asset.stream)]
        sorted_ones = in_order(kept, self.order)
        shown = [line for line in sorted_ones if not line.asset.archived]
        archived = [line for line in sorted_ones if line.asset.archived]
        items = [*shown, *archived]
        self._rows = {line.asset.id: number for number, line in enumerate(items)}
        look = lines.Look(
            self.snapshot.streams, glyph_set(self.pitrack.glyphs), self.pitrack.hidden, self.stream == ALL
        )
        self._look = look
        self._table = None if self.is_narrow else lines.asset_table(items, look)
        heads: dict[int, Head] = {}
        if shown:
            heads[0] = self._table.head if self._table else lines.list_head
        if archived:
            heads[len(shown)] = lines.archived_head
        self.rows.show(items, heads, lines=1 if self._table else 2)
        name = _("all streams") if self.stream == ALL else printable(self.snapshot.streams[self.stream].name)
        self.query_one("#title", Told).tell(partial(lines.title_line, name, shown, self.order, look))

        if self._wanted in self._rows:
            self.rows.move_to_key(self._wanted)
            self._wanted = ""

    def send(self, change: Change | None) -> None:
        if change and change.word == "asset.add":
            self._wanted = change.writes[0].id
        super().send(change)

    def _line(self, line: AssetLine, at: int, width: int) -> Line:
        from pitrack.screens.streams import assets_lines as lines

        if self._table:
            return self._table.row(self._rows[line.asset.id], width)
        return lines.asset_pair(line, at, width, self._look)

    def _empty(self) -> Sequence[Line]:
        if not self.is_read:
            return ()
        width = self.size.width - 2 * len(INDENT)
        what = _("An asset is a thing made once that may earn for years: an article, a book, a course, a photo set.")
        example = "{" + _("12 usd &guide") + "}"
        press = with_keys(
            _("Press {a} to add one, then name it where it earns: {example}").format(a="{a}", example=example)
        )
        told = [((_("No assets yet."), "strong"),), (), *broken([(what, "muted")], width), (), *broken(press, width)]
        return [(), *(((INDENT, ""), *line) for line in told)]

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys for an asset act only where there is one."""
        if action in ("open", "edit", "archive", "delete", "time", "sort"):
            return self.is_read and self.chosen is not None
        return action != "all" or self.opened_for != ALL

    def on_row_list_selected(self, _message: RowList.Selected) -> None:
        self.action_open()

    def action_add(self) -> None:
        self.ask("pitrack.screens.dialogs.asset:AssetDialog", stream=self.stream or None)

    def action_open(self) -> None:
        from pitrack.screens.streams.asset import AssetScreen

        if self.chosen:
            self.app.push_screen(AssetScreen(self.chosen.id))

    def action_edit(self) -> None:
        if self.chosen:
            self.ask("pitrack.screens.dialogs.asset:AssetDialog", self.chosen)

    def action_time(self) -> None:
        if (asset := self.chosen) and self.snapshot:
            stream = self.snapshot.streams.get(asset.stream or "")
            self.ask("pitrack.screens.dialogs.time:TimeDialog", thing=stream, asset=asset.id)

    def action_sort(self) -> None:
        self.order = ORDERS[(ORDERS.index(self.order) + 1) % len(ORDERS)]
        self.draw(self._found)
        self.rows.move_to(0)

    def action_all(self) -> None:
        """All streams, or the one that this was opened for."""
        self.stream = self.opened_for if self.stream == ALL else ALL
        self.draw(self._found)

    def action_archive(self) -> None:
        if asset := self.chosen:
            self.attempt(edits.edit_asset, self.snapshot, asset.id, archived=not asset.archived)

    def action_delete(self) -> None:
        if (asset := self.chosen) and self.attempt(edits.delete_asset, self.snapshot, asset.id):
            self.say(_("Deleted; its entries stay. u brings it back."))
