"""The archived actions, to take one up again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from pitrack.core.model import Habit
from pitrack.text import words
from pitrack.text.i18n import N_, _
from pitrack.text.plain import cells, fit, pad, printable
from pitrack.widgets.pieces import Line
from pitrack.widgets.rows import RowList

FRAME = 2
"""Lines of the frame."""


class ArchivedDialog(ModalScreen[Habit]):
    """A list of actions; gives the one that enter chose, None when the user leaves."""

    AUTO_FOCUS: ClassVar[str | None] = "RowList"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss", N_("close"), show=False, priority=True, id="archived.close"),
        Binding("enter", "choose", N_("bring back"), id="archived.back"),
    ]
    DEFAULT_CSS = """
    ArchivedDialog { align: center middle; background: $background 40%; }
    ArchivedDialog > Vertical {
        width: 70; max-width: 100%; max-height: 100%;
        background: $surface; border: round $primary;
        border-title-color: $text-primary; border-title-style: bold; border-subtitle-color: $text-muted;
    }
    """

    def __init__(self, habits: Sequence[Habit], week_start: int) -> None:
        super().__init__()
        self.habits = habits
        self.week_start = week_start
        self._wide = max(cells(printable(habit.name)) for habit in habits)

    def compose(self) -> ComposeResult:
        with Vertical() as box:
            yield RowList[Habit](self._line, lambda habit: habit.id)
        box.styles.height = len(self.habits) + FRAME
        box.border_title = _("Archived actions")
        box.border_subtitle = _("enter bring back  esc close")

    def on_mount(self) -> None:
        self.query_one(RowList).show(self.habits)

    def _line(self, habit: Habit, _line: int, width: int) -> Line:
        name = min(self._wide, width * 3 // 5)
        asks = fit(words.asked(habit.rules[-1], self.week_start), width - name - 2)
        return (pad(printable(habit.name), name) + "  ", ""), (asks, "muted")

    def on_row_list_selected(self) -> None:
        self.action_choose()

    def action_choose(self) -> None:
        rows: RowList[Habit] = self.query_one(RowList)
        self.dismiss(rows.highlighted)
