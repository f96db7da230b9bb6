"""The page of a stream in the launch method: its steps with what stands at each, and the decisions that led there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, VerticalScroll

from pitrack.core.building import Step
from pitrack.core.changes import Change
from pitrack.core.model import Stage
from pitrack.core.views.launch import Launch, board
from pitrack.screens.plan import launch_lines as lines
from pitrack.screens.plan.launch_lines import Place
from pitrack.screens.streams.records import BACK, RecordsScreen
from pitrack.store import edits
from pitrack.text.i18n import N_, _
from pitrack.widgets.pieces import Line, Lines
from pitrack.widgets.rows import RowList

if TYPE_CHECKING:
    from pitrack.store.snapshot import BookSnapshot

WIDE = 100
"""Columns from which the chosen row is told beside the list."""
EDGES = 4
"""Cells beside what is told: padding and the scroll bar."""


class PageRows(RowList[Place | Step]):
    """The steps, and below them the decisions, newest first, a line each."""


class LaunchScreen(RecordsScreen):
    """One stream, by id. Enter answers the step under the cursor; ``d`` takes a decision back."""

    MODE = "plan"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter,e", "answer", N_("answer"), id="launch.answer", key_display="enter", tooltip=N_("answer a step")
        ),
        Binding("d,delete", "delete", N_("take back"), id="launch.delete", key_display="d"),
        Binding("E", "edit_stream", N_("edit stream"), id="launch.edit_stream"),
        BACK,
    ]
    DEFAULT_CSS = """
    LaunchScreen {
        #title { margin-bottom: 1; }
        #page { height: 1fr; }
        #rows { height: 1fr; min-height: 4; }
        #told { height: auto; max-height: 45%; padding: 0 1; scrollbar-size-vertical: 1; margin-top: 1; }
        #told Lines { width: 100%; }
        &.-beside #page { layout: horizontal; }
        &.-beside #rows { width: 3fr; }
        &.-beside #told { width: 2fr; height: 1fr; max-height: 100%; margin: 0 0 0 2; }
    }
    """

    def __init__(self, stream: str) -> None:
        super().__init__()
        self.stream = stream
        self.page: Launch | None = None
        self._advice: Mapping[Stage, str] = {}
        self._asked = ""

    def body(self) -> ComposeResult:
        yield Lines(id="title")
        with Container(id="page"):
            yield PageRows(self._line, _key, id="rows")
            with VerticalScroll(id="told", can_focus=False):
                yield Lines(id="detail")

    @property
    def rows(self) -> PageRows:
        return self.query_one(PageRows)

    def read(self, snapshot: BookSnapshot, today: dt.date) -> tuple[Launch, Mapping[Stage, str]] | None:
        from pitrack.screens.playbooks.advice import advice
        from pitrack.text.i18n import language

        page = board(snapshot, today).find(self.stream)
        return (page, advice(page.stream.playbook, language())) if page else None

    def draw(self, read: tuple[Launch, Mapping[Stage, str]] | None) -> None:
        if read is None:  # deleted elsewhere, or undone, or the job now
            self.dismiss()
            return
        is_first = self.page is None
        found, self._advice = read
        self.page = found
        self.set_class(self.size.width >= WIDE, "-beside")
        title = lines.title(found, self.size.width, hidden=self.pitrack.hidden)
        self.query_one("#title", Lines).styles.height = len(title)
        self.query_one("#title", Lines).show(*title)
        places = lines.places(found)
        heads = {len(places): lines.decisions_head} if found.history else {}
        self.rows.show([*places, *reversed(found.history)], heads)
        self.rows.redraw()
        if found.asked and (is_first or found.asked != self._asked):
            self.rows.move_to_key(found.asked)
        self._asked = found.asked or ""
        self.call_after_refresh(self._tell)

    def _line(self, row: Place | Step, _line: int, width: int) -> Line:
        assert self.page
        hidden = self.pitrack.hidden
        if isinstance(row, Place):
            return lines.place_line(row, self.page, width, hidden=hidden)
        return lines.decision_line(row, self.page.stream.currency, width, hidden=hidden)

    def _tell(self) -> None:
        """Tell the chosen row in full."""
        row, page, hidden = self.rows.highlighted, self.page, self.pitrack.hidden
        if row is None or page is None or not self.is_mounted:
            return
        told: Sequence[Line]
        width = self.query_one("#told").size.width - EDGES
        if isinstance(row, Place):
            told = lines.detail(row, page, self._advice.get(row.stage, ""), width, hidden=hidden)
        else:
            told = lines.decision_detail(row, page.stream.currency, width, hidden=hidden)
        detail = self.query_one("#detail", Lines)
        detail.styles.height = len(told)
        detail.show(*told)
        self.query_one("#told", VerticalScroll).scroll_home(animate=False)

    def on_row_list_highlighted(self) -> None:
        self._tell()
        self.refresh_bindings()

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        row = self.rows.highlighted if self.is_read else None
        if action == "answer":
            return isinstance(row, Place)
        return action != "delete" or isinstance(row, Step)

    def on_row_list_selected(self, _message: RowList.Selected) -> None:
        self.action_answer()

    def action_answer(self) -> None:
        row = self.rows.highlighted
        if self.page and isinstance(row, Place):
            self.ask("pitrack.screens.dialogs.step:StepDialog", self.page, row.stage)

    def action_delete(self) -> None:
        row = self.rows.highlighted
        if isinstance(row, Step) and self.attempt(edits.delete_step, self.snapshot, row.id):
            self.say(_("Taken back; the stream stays where it is. u undoes that."))

    def action_edit_stream(self) -> None:
        if self.page:
            self.ask("pitrack.screens.dialogs.stream:StreamDialog", self.page.stream)

    def send(self, change: Change | None) -> None:
        """Hand over what a form gave; where the stream moved, the cursor goes to what is asked next."""
        if change and len(change.writes) > 1:
            self._asked = ""
        super().send(change)


def _key(row: Place | Step) -> str:
    return row.stage if isinstance(row, Place) else row.id
