"""Outcome metrics: logged by a key press, and drawn beside the income of their streams."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from pitrack.core.changes import Change
from pitrack.core.currencies import EXACT
from pitrack.core.views.metrics import MetricLine, metric_lines
from pitrack.screens.streams.records import BACK, RecordsScreen
from pitrack.store import edits
from pitrack.text.i18n import N_, _
from pitrack.text.plain import printable
from pitrack.text.words import unit_name
from pitrack.widgets.glyphs import glyph_set
from pitrack.widgets.pieces import Line
from pitrack.widgets.rows import Head, RowList
from pitrack.widgets.stacked import StackedBars
from pitrack.widgets.told import Told

if TYPE_CHECKING:
    from pitrack.core.building import Metric
    from pitrack.store.snapshot import BookSnapshot
    from pitrack.widgets.columns import Columns

ONE = Decimal(1)
LOW = 20
"""Lines of a window below which the charts are left out."""
TALL = 36
"""Lines of a window from which they are drawn larger."""
AROUND = (18, 27)
"""Lines that a list above small and above large charts leaves to the rest."""
ON_METRIC = frozenset({"log", "amount", "clear", "edit", "archive", "delete"})


class MetricsScreen(RecordsScreen):
    """A list of metrics in the order of their streams, and below it the chosen one over the income of its stream, on
    one axis of months. ``stream``: the id of the stream that it is opened for, offered for new metrics."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("plus", "log(1)", N_("one more"), id="metrics.more", key_display="+"),
        Binding("minus", "log(-1)", N_("one less"), id="metrics.less", key_display="-"),
        Binding("enter", "amount", N_("amount"), id="metrics.amount", key_display="enter"),
        Binding("c", "clear", N_("clear"), id="metrics.clear", tooltip=N_("take back the reading")),
        Binding(
            "left,h", "day(-1)", N_("day"), id="metrics.before", key_display="left/right", tooltip=N_("day before")
        ),
        Binding("right,l", "day(1)", N_("the day after"), id="metrics.after", show=False),
        Binding("a", "add", N_("add"), id="metrics.add", tooltip=N_("add a metric")),
        Binding("e", "edit", N_("edit"), id="metrics.edit"),
        Binding("A", "archive", N_("archive"), id="metrics.archive", tooltip=N_("archive, or take back")),
        Binding("d,delete", "delete", N_("delete"), id="metrics.delete", key_display="d"),
        BACK,
    ]
    DEFAULT_CSS = """
    MetricsScreen #title { background: $boost; margin-top: 1; }
    MetricsScreen #charts { height: 12; margin: 1 1 0 1; display: none; }
    MetricsScreen #charts.-seen { display: block; }
    MetricsScreen StackedBars { height: 5; }
    MetricsScreen.-tall #charts { height: 20; }
    MetricsScreen.-tall StackedBars { height: 9; }
    """

    def __init__(self, stream: str = "") -> None:
        super().__init__()
        self.stream = stream
        self.day: dt.date | None = None
        """The day that is shown, None for today."""
        self._table: Columns | None = None
        self._rows: dict[str, int] = {}
        self._wanted = ""
        """Id of a metric that was just added, until it is seen."""
        self._began = False

    def body(self) -> ComposeResult:
        yield Told(id="title")
        yield RowList[MetricLine](self._line, lambda line: line.metric.id, empty=self._empty, id="metrics")
        with Vertical(id="charts"):
            yield Told(id="outcome-name")
            yield StackedBars(id="outcome")
            yield Told(id="income-name")
            yield StackedBars(id="income")

    @property
    def rows(self) -> RowList[MetricLine]:
        rows: RowList[MetricLine] = self.query_one("#metrics", RowList)
        return rows

    @property
    def chosen(self) -> Metric | None:
        line = self.rows.highlighted
        return line.metric if line else None

    @property
    def shown_day(self) -> dt.date:
        """The day that is shown, on which keys log."""
        return self.day or self.pitrack.today

    # Showing

    def read(self, snapshot: BookSnapshot, today: dt.date) -> tuple[MetricLine, ...]:
        return metric_lines(snapshot, self.day or today, archived=None)

    def draw(self, found: tuple[MetricLine, ...]) -> None:
        from pitrack.screens.streams import metrics_lines as lines

        assert self.snapshot
        self._look = look = lines.Look(
            self.snapshot.streams, glyph_set(self.pitrack.glyphs), self.pitrack.hidden, self.shown_day
        )
        living = [line for line in found if not line.metric.archived]
        self._rows = {line.metric.id: number for number, line in enumerate(found)}
        self._table = None if self.is_narrow or not found else lines.metric_table(found, look)
        heads: dict[int, Head] = {}
        if living:
            heads[0] = self._table.head if self._table else partial(lines.list_head, look)
        if len(living) < len(found):
            heads[len(living)] = lines.archived_head
        self.rows.show(found, heads, lines=1 if self._table else 2)
        title = partial(lines.title_line, len(living), self.shown_day == self.pitrack.today, look)
        self.query_one("#title", Told).tell(title)
        self._place(found)
        self._draw_charts()

    def _place(self, found: Sequence[MetricLine]) -> None:
        """Put the cursor on what was just added; at first, on the stream that this was opened for."""
        if not self._began and found:
            self._began = True
            self._wanted = next((line.metric.id for line in found if line.metric.stream == self.stream), "")
        if self._wanted in self._rows:
            self.rows.move_to_key(self._wanted)
            self._wanted = ""

    def _draw_charts(self) -> None:
        """The chosen metric over the income of its stream, in the same months."""
        from pitrack.screens.streams import metrics_lines as lines

        line = self.rows.highlighted
        is_seen = line is not None and self.size.height >= LOW
        self.set_class(self.size.height >= TALL, "-tall")
        self.query_one("#charts").set_class(is_seen, "-seen")
        # The charts stand right below the list where that is short.
        self.rows.styles.height = "auto" if is_seen else "1fr"
        self.rows.styles.max_height = max(3, self.size.height - AROUND[self.size.height >= TALL]) if is_seen else None
        if line:
            self.query_one("#outcome-name", Told).tell(partial(lines.outcome_name, line, self._look))
            self.query_one("#outcome", StackedBars).show(lines.outcome_bars(line, self._look))
            self.query_one("#income-name", Told).tell(partial(lines.income_name, line, self._look))
            self.query_one("#income", StackedBars).show(lines.income_bars(line, self._look))

    def on_row_list_highlighted(self) -> None:
        if self.is_read:
            self._draw_charts()
            self.refresh_bindings()

    def _line(self, line: MetricLine, at: int, width: int) -> Line:
        from pitrack.screens.streams import metrics_lines as lines

        if self._table:
            return self._table.row(self._rows[line.metric.id], width)
        return lines.metric_pair(line, at, width, self._look)

    def _empty(self) -> Sequence[Line]:
        from pitrack.screens.streams import metrics_lines as lines

        return lines.empty(self.size.width) if self.is_read else ()

    # Logging

    def action_log(self, by: int) -> None:
        """One more or one less on the day; of a level, than the newest reading."""
        metric, day = self.chosen, self.shown_day
        if metric is None or self.snapshot is None:
            return
        line = self._found[self._rows[metric.id]]
        is_count = metric.kind == "count"
        if by > 0:
            self.attempt(edits.add_reading, self.snapshot, metric.id, day, ONE)
            return
        stands = line.today if is_count or line.last is None else line.last.amount
        if not stands:
            self.say(_("There is nothing to take away on this day."), "warn")
            return
        amount = EXACT.subtract(max(stands, ONE), ONE)
        taken_back = is_count and not amount
        self.attempt(edits.set_reading, self.snapshot, metric.id, day, None if taken_back else amount)

    def action_amount(self) -> None:
        """Ask for the day's reading."""
        from pitrack.screens.dialogs.amount import Prompt

        if (metric := self.chosen) and self.snapshot:
            line = self._found[self._rows[metric.id]]
            adds = _("a number sets the day's total; +5 adds; - takes it back")
            level = _("the newest reading stands; +5 is so much more; - takes the day's back")
            prompt: Prompt[Change] = Prompt(
                printable(metric.name),
                unit_name(metric.unit) or _("Value"),
                partial(self._typed, metric, self.shown_day),
                value="" if line.today is None else f"{line.today:f}",
                hint=adds if metric.kind == "count" else level,
                select=True,
            )
            self.app.push_screen(prompt, self.send)

    def _typed(self, metric: Metric, day: dt.date, text: str) -> Change:
        from pitrack.text.metrics import typed

        assert self.snapshot
        adds, amount = typed(text)
        if adds and amount is not None:
            return edits.add_reading(self.snapshot, metric.id, day, amount)
        return edits.set_reading(self.snapshot, metric.id, day, amount)

    def action_clear(self) -> None:
        if metric := self.chosen:
            said = _("Taken back. u brings it back.")
            self.attempt(edits.set_reading, self.snapshot, metric.id, self.shown_day, None, said=said)

    def action_day(self, by: int) -> None:
        """The day before or after, never past today."""
        today = self.pitrack.today
        then = min(self.shown_day + dt.timedelta(days=by), today)
        if then != self.shown_day:
            self.day = None if then == today else then
            self.sync(force=True)

    # Metrics

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys for a metric act only where there is one; only a reading of the day can be cleared."""
        if action not in ON_METRIC:
            return True
        line = self.rows.highlighted if self.is_read else None
        return line is not None and (action != "clear" or line.today is not None)

    def on_row_list_selected(self, _message: RowList.Selected) -> None:
        self.action_amount()

    def send(self, change: Change | None) -> None:
        if change and change.word == "metric.add":
            self._wanted = change.writes[0].id
        super().send(change)

    def action_add(self) -> None:
        self.ask("pitrack.screens.dialogs.metric:MetricDialog", stream=self.stream or None)

    def action_edit(self) -> None:
        if self.chosen:
            self.ask("pitrack.screens.dialogs.metric:MetricDialog", self.chosen)

    def action_archive(self) -> None:
        if metric := self.chosen:
            self.attempt(edits.edit_metric, self.snapshot, metric.id, archived=not metric.archived)

    def action_delete(self) -> None:
        if (metric := self.chosen) and self.attempt(edits.delete_metric, self.snapshot, metric.id):
            self.say(_("Deleted with its readings. u brings it back."))
