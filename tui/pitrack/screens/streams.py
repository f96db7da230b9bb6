"""The stream ledger: streams with the month's figures, and their entries, filtered as one types."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.reactive import Reactive
from textual.widget import Widget

from pitrack.core.changes import Change
from pitrack.core.days import Month
from pitrack.core.model import Entry
from pitrack.core.views.streams import StreamLine, filter_entries, stream_lines
from pitrack.screens.base import BookScreen
from pitrack.screens.streams_order import ORDERS, Order, in_order, month_spans
from pitrack.screens.timing import ask_time
from pitrack.store import edits
from pitrack.store.errors import BookError
from pitrack.text.i18n import N_, _
from pitrack.text.plain import printable
from pitrack.widgets.glyphs import glyph_set
from pitrack.widgets.pieces import Line, Lines
from pitrack.widgets.rows import Head, RowList
from pitrack.widgets.told import Told

if TYPE_CHECKING:
    from textual.timer import Timer

    from pitrack.screens.streams_lines import EntryStyle, Sums
    from pitrack.store.snapshot import BookSnapshot
    from pitrack.widgets.columns import Columns

_ORDER_WORDS = {"day": N_("newest first"), "amount": N_("largest first"), "stream": N_("by stream")}

NARROW = 60
"""Width below which one pane is shown at a time."""
WIDE = 110
"""Width from which the panes stand side by side."""
TABLE = 70
"""Width from which streams above the entries are a table; below it they take two lines each."""
FULL = 170
"""Width from which the streams are a table even then."""
MANY = 20_000
"""Entries from which their totals are summed beside the typing, in a thread."""
MOST_TOTALS = 3
"""Currencies whose totals are shown."""
FOLLOW = 0.1
"""Seconds of rest on a stream until its entries are shown: moving on is cheap."""
ALL = ""
"""Key of the row of all streams."""


class StreamsScreen(BookScreen):
    """Two lists; the right one shows the entries of the stream chosen on the left, or of all."""

    MODE = "streams"
    CSS_PATH = "streams.tcss"
    AUTO_FOCUS: ClassVar[str | None] = None
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "add", N_("book"), id="streams.add"),
        Binding("enter", "open", N_("open"), id="streams.open", key_display="enter"),
        Binding("slash", "filter", N_("find"), id="streams.find", key_display="/"),
        Binding("left,h", "side('streams')", N_("lists"), id="streams.left", key_display="left/right"),
        Binding("right,l", "side('entries')", N_("to the entries"), id="streams.right", show=False),
        Binding("c", "clear", N_("cleared"), id="streams.clear"),
        Binding("d,delete", "delete", N_("delete"), id="streams.delete", key_display="d"),
        Binding("s", "sort", N_("sort"), id="streams.sort"),
        Binding("t", "time", N_("time"), id="streams.time", tooltip=N_("time worked, or a timer")),
        Binding("S", "add_stream", N_("new stream"), id="streams.stream"),
        Binding("E", "edit_stream", N_("edit stream"), id="streams.edit_stream"),
        Binding("e", "edit", N_("edit entry"), id="streams.edit", show=False),
        Binding("I", "import", N_("import payouts and sales"), id="streams.import", show=False),
        Binding("D", "duplicate", N_("book once more, today"), id="streams.duplicate", show=False),
        Binding("tab", "other", N_("other list"), id="streams.other", show=False),
        Binding("escape", "back", N_("show all again, back"), id="streams.back", show=False),
    ]

    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    """As Textual's, without drawing the whole screen again: the lists draw their own focus."""

    def __init__(self) -> None:
        super().__init__()
        self.snapshot: BookSnapshot | None = None
        self.lines: tuple[StreamLine, ...] | None = None
        """The streams' figures; None until they are counted."""
        self.stream = ALL
        self.query_text = ""
        self.order: Order = "day"
        self._read_from: tuple[object, object] = (None, None)
        self._found: Sequence[Entry] = ()
        self._style: EntryStyle | None = None
        self._table: Columns | None = None
        self._note = ""
        self._rows: dict[str, int] = {}
        self._follow: Timer | None = None
        self._wanted = ""
        """Id of an entry that was just booked, until it is seen."""

    def body(self) -> ComposeResult:
        with Horizontal(id="panes"):
            with Vertical(id="left"):
                yield RowList[StreamLine | None](self._stream_line, _stream_key, empty=self._no_streams, id="streams")
            with Vertical(id="right"):
                yield Told(id="title")
                yield RowList[Entry](self._entry_line, lambda entry: entry.id, empty=self._no_entries, id="entries")
                yield Told(id="totals")

    @property
    def streams(self) -> RowList[StreamLine | None]:
        rows: RowList[StreamLine | None] = self.query_one("#streams", RowList)
        return rows

    @property
    def entries(self) -> RowList[Entry]:
        rows: RowList[Entry] = self.query_one("#entries", RowList)
        return rows

    # Showing: what is slow is read and counted in a thread, then drawn

    def view(self, snapshot: BookSnapshot, today: dt.date) -> None:
        now = (snapshot, today)
        if self._read_from == now:
            self._draw()
            return
        self._read_from = now
        self.run_worker(lambda: self._read(snapshot, today), thread=True, exclusive=True, group="ledger")

    def _read(self, snapshot: BookSnapshot, today: dt.date) -> None:
        from pitrack.screens import streams_lines  # noqa: F401  (Babel and pendulum, imported off the loop)

        # With ten years of records the figures take a moment longer than the entries.
        if len(snapshot.entries) > MANY:
            self.app.call_from_thread(self._show, snapshot, self.lines or ())
        self.app.call_from_thread(self._show, snapshot, stream_lines(snapshot, today))

    def _show(self, snapshot: BookSnapshot, lines: tuple[StreamLine, ...]) -> None:
        self.snapshot = snapshot
        first, self.lines = self.lines is None, lines
        if self.stream not in snapshot.streams:
            self.stream = ALL
        self._draw()
        if first:
            (self.streams if self.has_class("-narrow") else self.entries).focus()

    def on_resize(self, event: events.Resize) -> None:
        width = event.size.width
        self.set_class(width < NARROW, "-narrow")
        self.set_class(width >= WIDE, "-wide")
        self.set_class(width >= FULL, "-full")
        if width < NARROW and self.focused:
            self._face("entries" if self.focused is self.entries else "streams")
        self.refresh_bindings()
        self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        if self.snapshot and self.lines is not None:
            self._draw_streams()
            self._find()

    def _draw_streams(self) -> None:
        from pitrack.screens import streams_lines as draw

        assert self.snapshot
        assert self.lines is not None
        month, hidden = Month.of(self.pitrack.today), self.pitrack.hidden
        items: list[StreamLine | None] = [None, *self.lines] if self.lines or self.snapshot.entries else []
        self._rows = {_stream_key(item): number for number, item in enumerate(items)}
        table = self.has_class("-full") or TABLE <= self.size.width < WIDE
        entries, glyphs = len(self.snapshot.entries), glyph_set(self.pitrack.glyphs)
        self._table = draw.stream_table(self.lines, entries, month, hidden=hidden, glyphs=glyphs) if table else None
        head: Head = self._table.head if self._table else partial(draw.stream_head, month)
        self._note = draw.currencies_note(self.lines)
        self.streams.show(items, {0: head} if items else None, lines=1 if self._table else 2)
        self.query_one("#left").styles.height = self._strip_height(len(items))

    def _strip_height(self, rows: int) -> int | str:
        """Lines of the streams where they stand above the entries; elsewhere all there is."""
        if self.size.width >= WIDE or self.has_class("-narrow"):
            return "1fr"
        lines = rows * self.streams.lines + 1 if rows else len(self._no_streams()) + 1
        return max(3, min(lines, self.size.height // 3))

    def _stream_line(self, line: StreamLine | None, at: int, width: int) -> Line:
        from pitrack.screens import streams_lines as draw

        assert self.snapshot
        entries, glyphs = len(self.snapshot.entries), glyph_set(self.pitrack.glyphs)
        if self._table is None:
            hidden = self.pitrack.hidden
            return draw.stream_pair(line, at, width, entries=entries, note=self._note, hidden=hidden, glyphs=glyphs)
        if line is None:
            return draw.all_row(self._table, entries, self._note, width)
        return self._table.row(self._rows[_stream_key(line)], width)

    # Entries

    def _find(self) -> None:
        """Show the entries that the stream and the filter keep, in order."""
        from pitrack.screens import streams_lines as draw

        assert self.snapshot
        every = self.stream == ALL
        found = filter_entries(self.snapshot, self.query_text, None if every else self.stream)
        self._found = in_order(found, self.order, self.snapshot)
        streams = self.snapshot.streams
        narrow = self.has_class("-narrow")
        jobs = frozenset(stream.id for stream in streams.values() if every and stream.role == "job")
        self._style = draw.EntryStyle(streams, every, self.order != "day", narrow, self.pitrack.hidden, jobs)
        heads = self._month_heads(found) if self.order == "day" else None
        self.entries.show(self._found, heads, lines=2 if narrow else 1)
        self._reach()
        name = draw.all_name() if every else printable(streams[self.stream].name)
        order = _(_ORDER_WORDS[self.order])
        self.query_one("#title", Told).tell(lambda width: [draw.title_line(name, len(found), order, width)])
        self._sum()

    def _reach(self) -> None:
        """Put the cursor on what was just booked."""
        wanted, self._wanted = self._wanted, ""
        if wanted and self.snapshot:
            self.entries.move_to_key(wanted)
            if self.entries.highlighted_key != wanted and any(entry.id == wanted for entry in self.snapshot.entries):
                self.say(_("Booked. It is not among the entries shown now."))

    def _entry_line(self, entry: Entry, at: int, width: int) -> Line:
        from pitrack.screens.streams_lines import entry_line

        assert self._style
        return entry_line(entry, at, width, self._style)

    def _month_heads(self, found: Sequence[Entry]) -> dict[int, Head]:
        from pitrack.screens.streams_lines import month_head

        def head(start: int, end: int) -> Head:
            assert self._style
            return partial(month_head, found, start, end, self._style)

        return {start: head(start, end) for start, end in month_spans(found)}

    def _sum(self) -> None:
        """Show what the entries shown come to."""
        from pitrack.screens.streams_lines import sums

        assert self._style
        if len(self._found) < MANY:
            self._summed(sums(self._found, self._style.jobs))
        else:
            self.run_worker(self._sum_many, thread=True, exclusive=True, group="totals")

    def _sum_many(self) -> None:
        from pitrack.screens.streams_lines import sums

        assert self._style
        found, summed = self._found, sums(self._found, self._style.jobs)
        self.app.call_from_thread(lambda: self._summed(summed) if found is self._found else None)

    def _summed(self, sums: Sums) -> None:
        from pitrack.screens.streams_lines import total_lines

        assert self.snapshot
        draw = partial(total_lines, sums, self.snapshot.settings.currency, hidden=self.pitrack.hidden)
        box = self.query_one("#totals", Told)
        box.styles.height = max(1, min(MOST_TOTALS, len({total.currency for one in sums for total in one})))
        box.tell(draw)

    def _no_streams(self) -> Sequence[Line]:
        if self.lines is None:
            return ()
        return (
            (),
            (("  " + _("No streams yet."), "strong"),),
            (),
            (("  " + _("Press "), "muted"), ("S", "accent"), (_(" to add the first:"), "muted")),
            (("  " + _("where money comes from."), "muted"),),
        )

    def _no_entries(self) -> Sequence[Line]:
        if self.lines is None:
            return ()
        if self.query_text:
            return ((), (("  " + _("No entry matches. Escape shows all again."), "muted"),))
        return (
            (),
            (("  " + _("Nothing booked yet."), "strong"),),
            (),
            (("  " + _("Press "), "muted"), ("a", "accent"), (_(" and type, for example:"), "muted")),
            (("  " + _("120.50 usd newsletter #sponsor @yesterday"), ""),),
        )

    # Panes

    def _face(self, pane: str) -> None:
        """On a narrow screen: show one of the two lists."""
        if self.has_class("-narrow"):
            self.set_class(pane == "entries", "-entries")
            self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys for an entry act only where there is one."""
        return action not in _ON_ENTRY or self._chosen is not None

    def action_side(self, pane: str) -> None:
        self._face(pane)
        self.query_one(f"#{pane}").focus()

    def action_other(self) -> None:
        self.action_side("streams" if self.focused is self.entries else "entries")

    def action_back(self) -> None:
        if self.query("#filter"):
            self._unfilter()
        elif self.has_class("-entries") or self.focused is self.entries:
            self.action_side("streams")

    def on_row_list_highlighted(self, message: RowList.Highlighted) -> None:
        if message.rows is self.streams and (message.key or ALL) != self.stream:
            self.stream = message.key or ALL
            if self._follow:
                self._follow.stop()
            self._follow = self.set_timer(FOLLOW, self._show_stream)

    def _show_stream(self) -> None:
        self._find()
        self.entries.move_to(0)

    def on_row_list_selected(self, message: RowList.Selected) -> None:
        if message.rows is self.streams:
            self.action_side("entries")
        else:
            self.action_edit()

    def action_open(self) -> None:
        if self.focused is self.entries:
            self.action_edit()
        else:
            self.action_side("entries")

    # The filter

    def action_filter(self) -> None:
        from textual.widgets import Input

        self._face("entries")
        if not self.query("#filter"):
            line = Input(self.query_text, placeholder=_("type to find"), compact=True, id="filter")
            line.cursor_blink = False
            hint = Lines(((" " + _("words  >100  <20  2026-10  #tag  pending  expense  esc all"), "muted"),), id="hint")
            self.query_one("#right").mount_all([line, hint], before=self.query_one("#title"))
        self.call_after_refresh(lambda: self.query_one("#filter").focus())

    def _unfilter(self) -> None:
        self.query("#filter, #hint").remove()
        self.query_text = ""
        self._find()
        self.entries.focus()

    def on_input_changed(self, event: Any) -> None:
        self.query_text = event.value
        if self.snapshot:
            self._find()

    def on_input_submitted(self) -> None:
        self.entries.focus()

    def action_sort(self) -> None:
        self.order = ORDERS[(ORDERS.index(self.order) + 1) % len(ORDERS)]
        if self.snapshot:
            self._find()
            self.entries.move_to(0)

    # Changes

    def _send(self, build: Callable[..., Change], *given: Any, **fields: Any) -> Change | None:
        """The change that ``build`` makes, sent."""
        try:
            change = build(self.snapshot, *given, **fields)
        except BookError as error:
            self.pitrack.refuse(error)
            return None
        self.change(change)
        return change

    def _ask(self, dialog: str, *given: Any, **named: Any) -> None:
        from pitrack.app import load

        if self.snapshot:
            self.app.push_screen(load(dialog)(self.snapshot, self.pitrack.today, *given, **named), self._answered)

    def _answered(self, change: Change | None) -> None:
        if change and change.writes:
            if change.writes[0].table == "entries":
                self._wanted = change.writes[0].id
            self.change(change)

    @property
    def _chosen(self) -> Entry | None:
        """The entry that a key is about: the one under the cursor, while the entries are seen."""
        seen = not self.has_class("-narrow") or self.has_class("-entries")
        return self.entries.highlighted if seen else None

    def action_add(self) -> None:
        self._ask("pitrack.screens.dialogs.quick:QuickEntry", stream=self.stream or None)

    def action_edit(self) -> None:
        if self._chosen:
            self._ask("pitrack.screens.dialogs.entry:EntryDialog", entry=self._chosen)

    def action_clear(self) -> None:
        if entry := self._chosen:
            self._send(edits.edit_entry, entry.id, status="pending" if entry.status == "cleared" else "cleared")

    def action_delete(self) -> None:
        if (entry := self._chosen) and self._send(edits.delete_entry, entry.id):
            self.say(_("Deleted. u brings it back."))

    def action_duplicate(self) -> None:
        if entry := self._chosen:
            copied = {name: getattr(entry, name) for name in _COPIED}
            if change := self._send(edits.add_entry, day=self.pitrack.today, **copied):
                self._wanted = change.writes[0].id

    def action_time(self) -> None:
        if self.snapshot:
            ask_time(self, self.snapshot, self.pitrack.today, self.snapshot.streams.get(self.stream))

    def action_add_stream(self) -> None:
        self._ask("pitrack.screens.dialogs.stream:StreamDialog")

    def action_import(self) -> None:
        from pitrack.screens.importing.leading import import_payouts

        import_payouts(self.pitrack, self.stream)

    def action_edit_stream(self) -> None:
        line = self.streams.highlighted
        entry = self._chosen
        stream = line.stream.id if line else (entry.stream if entry else None)
        if self.snapshot and (found := self.snapshot.streams.get(stream or "")):
            self._ask("pitrack.screens.dialogs.stream:StreamDialog", found)


_ON_ENTRY = frozenset({"edit", "clear", "delete", "duplicate"})
_COPIED = ("kind", "gross", "currency", "stream", "fee", "withheld", "units", "note", "tags", "asset")
"""What booking an entry once more takes over; what tells when it was paid is its own."""


def _stream_key(line: StreamLine | None) -> str:
    return line.stream.id if line else ALL
