"""The work log: the time that was logged on a stream or on all, to look at and to put right."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from pitrack.core.days import Month
from pitrack.core.model import TimeEntry
from pitrack.screens.streams.records import BACK, RecordsScreen
from pitrack.screens.timing import ask_time
from pitrack.text.i18n import N_, _, ngettext
from pitrack.text.plain import cells, printable
from pitrack.widgets.pieces import Line, spread, with_keys
from pitrack.widgets.rows import Head, RowList
from pitrack.widgets.told import Told

if TYPE_CHECKING:
    from pitrack.store.snapshot import BookSnapshot

ALL = ""
"""In place of a stream's id: all of them."""


class WorkLogScreen(RecordsScreen):
    """Time entries, the newest first, by month. ``stream`` is the id of a stream, or ``ALL``."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t,a", "time", N_("log time"), id="work.time", key_display="t"),
        Binding("enter,e", "edit", N_("edit"), id="work.edit", key_display="enter"),
        Binding("d,delete", "delete", N_("delete"), id="work.delete", key_display="d"),
        BACK,
    ]
    DEFAULT_CSS = """
    WorkLogScreen #title { background: $boost; margin-top: 1; }
    """

    def __init__(self, stream: str = ALL) -> None:
        super().__init__()
        self.stream = stream

    def body(self) -> ComposeResult:
        yield Told(id="title")
        yield RowList[TimeEntry](self._line, lambda time: time.id, empty=self._empty, id="times")

    @property
    def rows(self) -> RowList[TimeEntry]:
        rows: RowList[TimeEntry] = self.query_one("#times", RowList)
        return rows

    def read(self, snapshot: BookSnapshot, today: dt.date) -> list[TimeEntry]:
        times = reversed(snapshot.times)
        return [time for time in times if self.stream in (ALL, time.stream)]

    def draw(self, found: list[TimeEntry]) -> None:
        from pitrack.screens.streams import assets_lines as lines

        assert self.snapshot
        heads: dict[int, Head] = {}
        at = 0
        for _month, group in groupby(found, lambda time: Month.of(time.day)):
            end = at + len(list(group))
            heads[at] = partial(lines.month_head, found, at, end)
            at = end
        self.rows.show(found, heads, lines=2 if self.is_narrow else 1)
        stream = self.snapshot.streams.get(self.stream)
        name = printable(stream.name) if stream else _("all streams")
        self.query_one("#title", Told).tell(partial(_title, name, len(found)))

    def _line(self, time: TimeEntry, at: int, width: int) -> Line:
        from pitrack.screens.streams.assets_lines import time_row

        assert self.snapshot
        stream = self.snapshot.streams.get(time.stream or "")
        name = (printable(stream.name) if stream else _("no stream")) if self.stream == ALL else ""
        return time_row(time, at, width, name, narrow=self.is_narrow)

    def _empty(self) -> Sequence[Line]:
        if not self.is_read:
            return ()
        told = with_keys(_("No time logged yet. Press {t} to log some."))
        return ((), (("  ", ""), *told))

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action not in ("edit", "delete") or (self.is_read and self.rows.highlighted is not None)

    def on_row_list_selected(self, _message: RowList.Selected) -> None:
        self.action_edit()

    def action_time(self) -> None:
        if self.snapshot:
            ask_time(self, self.snapshot, self.pitrack.today, self.snapshot.streams.get(self.stream))

    def action_edit(self) -> None:
        if time := self.rows.highlighted:
            self.edit_record(time)

    def action_delete(self) -> None:
        if time := self.rows.highlighted:
            self.delete_record(time)


def _title(name: str, count: int, width: int) -> list[Line]:
    title = " " + _("Work on {name}").format(name=name)
    told = ngettext("{n} time entry", "{n} time entries", count).format(n=f"{count:,}")
    return [spread(((title, "strong"),), ((told + " ", "muted"),) if cells(title + told) < width - 2 else (), width)]
