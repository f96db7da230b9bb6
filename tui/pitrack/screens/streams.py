"""The stream ledger: streams with the month's figures, and their entries, filtered as one types."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import partial
from time import sleep
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.reactive import Reactive
from textual.widget import Widget

from pitrack.core.days import Month
from pitrack.core.model import Entry
from pitrack.core.search import prepare
from pitrack.core.views.streams import StreamLine, filter_entries, stream_lines
from pitrack.screens.recurring import RecurringScreen, WaitingLine, ask_repeat
from pitrack.screens.streams_changes import ON_ENTRY, LedgerChanges
from pitrack.screens.streams_filter import LedgerFilter
from pitrack.screens.streams_ledger import ALL
from pitrack.screens.streams_order import in_order, month_spans
from pitrack.screens.streams_totals import REST, LedgerTotals
from pitrack.screens.timing import ask_time
from pitrack.text.i18n import N_, _
from pitrack.text.words import search_words
from pitrack.widgets.glyphs import glyph_set
from pitrack.widgets.pieces import Line
from pitrack.widgets.rows import Head, RowList
from pitrack.widgets.told import Told

if TYPE_CHECKING:
    from textual.timer import Timer

    from pitrack.screens.streams_lines import EntryStyle
    from pitrack.store.snapshot import BookSnapshot
    from pitrack.widgets.columns import Columns


NARROW = 60
"""Width below which one pane is shown at a time."""
WIDE = 110
"""Width from which the panes stand side by side."""
TABLE = 70
"""Width from which streams above the entries are a table; below it they take two lines each."""
FULL = 170
"""Width from which the streams are a table even then."""
HUGE = 20_000
"""Entries from which the streams' figures are counted after the entries are shown."""
FOLLOW = 0.1
"""Seconds of rest on a stream until its entries are shown: moving on is cheap."""
_ASSETS, _WORK = "pitrack.screens.assets:AssetsScreen", "pitrack.screens.work_log:WorkLogScreen"
_METRICS = "pitrack.screens.metrics:MetricsScreen"


class StreamsScreen(LedgerFilter, LedgerChanges, LedgerTotals):
    """Two lists; the right one shows the entries of the stream chosen on the left, or of all."""

    MODE = "streams"
    CSS_PATH = "streams.tcss"
    AUTO_FOCUS: ClassVar[str | None] = None
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "add", N_("book"), id="streams.add"),
        Binding("enter", "open", N_("open"), id="streams.open", key_display="enter"),
        Binding("slash", "filter", N_("find"), id="streams.find", key_display="/"),
        Binding(
            "left,h",
            "side('streams')",
            N_("lists"),
            id="streams.left",
            key_display="left/right",
            tooltip=N_("to the streams"),
        ),
        Binding("right,l", "side('entries')", N_("to the entries"), id="streams.right", show=False),
        Binding("c", "clear", N_("cleared"), id="streams.clear"),
        Binding("d,delete", "delete", N_("delete"), id="streams.delete", key_display="d"),
        Binding("s", "sort", N_("sort"), id="streams.sort"),
        Binding("space", "mark", N_("mark"), id="streams.mark", tooltip=N_("mark, and act on all that are marked")),
        Binding("t", "time", N_("time"), id="streams.time", tooltip=N_("time worked, or a timer")),
        Binding("v", f"over('{_ASSETS}')", N_("assets"), id="streams.assets", tooltip=N_("assets: made once")),
        Binding("w", f"over('{_WORK}')", N_("work log"), id="streams.work"),
        Binding("o", f"over('{_METRICS}')", N_("outcomes"), id="streams.metrics", tooltip=N_("outcomes: metrics")),
        Binding("S", "add_stream", N_("new stream"), id="streams.stream"),
        Binding("E", "edit_stream", N_("edit stream"), id="streams.edit_stream"),
        Binding("e", "edit", N_("edit entry, or all marked"), id="streams.edit", show=False),
        Binding("A", "attach", N_("attach to an asset"), id="streams.attach", show=False),
        Binding(
            "asterisk", "mark_all", N_("mark all shown, or none"), id="streams.mark_all", key_display="*", show=False
        ),
        Binding("I", "import", N_("import payouts and sales"), id="streams.import", show=False),
        Binding("D", "duplicate", N_("book once more, today"), id="streams.duplicate", show=False),
        Binding("r", "recurring", N_("recurring"), id="streams.recurring", tooltip=N_("what recurs, and what waits")),
        Binding("R", "repeat", N_("let it recur"), id="streams.repeat", show=False),
        Binding("tab", "other", N_("other list"), id="streams.other", show=False),
        Binding("escape", "back", N_("no marks, show all again, back"), id="streams.back", show=False),
    ]

    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    """As Textual's, without drawing the whole screen again: the lists draw their own focus."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: tuple[StreamLine, ...] | None = None
        """The streams' figures; None until they are counted."""
        self._read_from: tuple[object, object] = (None, None)
        self._found_in: object = None
        """The snapshot in which the entries shown were found."""
        self._style: EntryStyle | None = None
        self._table: Columns | None = None
        self._note = ""
        self._rows: dict[str, int] = {}
        self._follow: Timer | None = None

    def body(self) -> ComposeResult:
        yield WaitingLine()
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
        if len(snapshot.entries) > HUGE:
            self.app.call_from_thread(self._show, snapshot, self.lines or ())
            sleep(2 * REST)
        self.app.call_from_thread(self._show, snapshot, stream_lines(snapshot, today))
        prepare(snapshot.entries)

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
            self.face("entries" if self.focused is self.entries else "streams")
        self.refresh_bindings()
        self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        if self.snapshot and self.lines is not None:
            self._draw_streams()
            self.find()
            self.query_one(WaitingLine).count(self.snapshot, self.pitrack.today)

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

    def find(self) -> None:
        """Show the entries that the stream and the filter keep, in order."""
        from pitrack.screens import streams_lines as draw

        assert self.snapshot
        every = self.stream == ALL
        found = filter_entries(self.snapshot, self.query_text, None if every else self.stream, search_words())
        streams, before, key = self.snapshot.streams, self.found, self.entries.highlighted_key
        self.jobs = frozenset(stream.id for stream in streams.values() if every and stream.role == "job")
        self.found = in_order(found, self.order, self.snapshot)
        narrow = self.has_class("-narrow")
        self._style = draw.EntryStyle(streams, every, self.order != "day", narrow, self.pitrack.hidden, self.jobs)
        heads = self._month_heads(found) if self.order == "day" else None
        self._drop_marks()
        self.entries.show(self.found, heads, lines=2 if narrow else 1)
        if self._found_in is not self.snapshot:
            if self._found_in:
                self.follow(before, key)
            self._found_in = self.snapshot
        self._reach()
        self.tell_found()

    def _drop_marks(self) -> None:
        """Of entries that are gone."""
        assert self.snapshot
        if self.marks and self._found_in is not self.snapshot:
            self.marks = frozenset(entry.id for entry in self.snapshot.entries if entry.id in self.marks)
            self.entries.marks = self.marks

    def _reach(self) -> None:
        """Put the cursor on what was just booked."""
        wanted, self.wanted = self.wanted, ""
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

    def face(self, pane: str) -> None:
        """On a narrow screen: show one of the two lists."""
        if self.has_class("-narrow"):
            self.set_class(pane == "entries", "-entries")
            self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys for an entry act only where there is one; None while the streams have the focus."""
        if action not in ON_ENTRY or self.chosen:
            return True
        return None if self.entries.items else False

    def on_key(self, event: events.Key) -> None:
        """A key for an entry, pressed while the streams have the focus, says how to get to the entries."""
        active = None if self.is_on_entries else self.active_bindings.get(event.key)
        if active and not active.enabled and active.binding.action in ON_ENTRY:
            said = _("{key} acts on entries; right or tab goes to them.")
            self.say(said.format(key=self.pitrack.get_key_display(active.binding)), "warn")

    def on_descendant_focus(self) -> None:
        """The list that keys act on bears the sign of the cursor."""
        self.streams.lead(self.focused is self.streams)
        self.entries.lead(self.focused is not self.streams)

    def action_side(self, pane: str) -> None:
        self.face(pane)
        self.query_one(f"#{pane}").focus()

    def action_other(self) -> None:
        self.action_side("streams" if self.focused is self.entries else "entries")

    def action_back(self) -> None:
        if self.marks:
            self.set_marks(frozenset())
        elif self.is_filtered:
            self.unfilter()
        elif self.has_class("-entries") or self.focused is self.entries:
            self.action_side("streams")

    def on_row_list_highlighted(self, message: RowList.Highlighted) -> None:
        if message.rows is self.streams and (message.key or ALL) != self.stream:
            self.stream = message.key or ALL
            if self._follow:
                self._follow.stop()
            self._follow = self.set_timer(FOLLOW, self._show_stream)

    def _show_stream(self) -> None:
        self.find()
        self.entries.move_to(0)

    def on_row_list_selected(self, message: RowList.Selected) -> None:
        if message.rows is self.streams:
            self.action_side("entries")
        else:
            self.action_form()

    def action_open(self) -> None:
        if self.focused is self.entries:
            self.action_form()
        else:
            self.action_side("entries")

    # Streams

    def action_recurring(self) -> None:
        self.app.push_screen(RecurringScreen())

    def action_repeat(self) -> None:
        if self.snapshot and self.chosen:
            ask_repeat(self, self.snapshot, self.chosen)

    def action_time(self) -> None:
        if self.snapshot:
            ask_time(self, self.snapshot, self.pitrack.today, self.snapshot.streams.get(self.stream))

    def action_over(self, screen: str) -> None:
        """A screen about the chosen stream, or about all, over this one."""
        from pitrack.app import load

        self.app.push_screen(load(screen)(self.stream))

    def action_add_stream(self) -> None:
        self.ask("pitrack.screens.dialogs.stream:StreamDialog")

    def action_import(self) -> None:
        from pitrack.screens.importing.leading import import_payouts

        import_payouts(self.pitrack, self.stream)

    def action_edit_stream(self) -> None:
        line = self.streams.highlighted
        entry = self.chosen
        stream = line.stream.id if line else (entry.stream if entry else None)
        if self.snapshot and (found := self.snapshot.streams.get(stream or "")):
            self.ask("pitrack.screens.dialogs.stream:StreamDialog", found)


def _stream_key(line: StreamLine | None) -> str:
    return line.stream.id if line else ALL
