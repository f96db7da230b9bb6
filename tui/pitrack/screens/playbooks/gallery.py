"""The playbook gallery: the ways to earn in their groups, and beside them what the chosen one is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container

from pitrack.config import playbooks_folder
from pitrack.exchange.playbooks import BadPlaybook, Playbook, all_playbooks
from pitrack.screens.base import BookScreen
from pitrack.screens.playbooks import lines as draw
from pitrack.text import playbooks as told
from pitrack.text.i18n import N_, _, language
from pitrack.text.plain import printable
from pitrack.widgets.pieces import Line, spread
from pitrack.widgets.rows import RowList
from pitrack.widgets.told import Told

if TYPE_CHECKING:
    from pitrack.store.snapshot import BookSnapshot


class PlaybooksScreen(BookScreen):
    """The files are read in a thread, once, when the gallery is opened."""

    MODE = "plan"
    CSS_PATH = "playbooks.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (60, "-plain"), (110, "-wide")]  # noqa: RUF012 (Textual's)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", N_("read"), id="playbooks.open", key_display="enter", tooltip=N_("read all of it")),
        Binding("space", "begin", N_("begin"), id="playbooks.begin", tooltip=N_("begin a stream with it")),
        Binding("w", "why", N_("left out"), id="playbooks.why", tooltip=N_("why a playbook of yours is left out")),
        Binding("escape,q", "leave", N_("back"), id="playbooks.back", key_display="esc"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.snapshot: BookSnapshot | None = None
        self.found: Mapping[str, Playbook] = {}
        self.bad: Mapping[str, BadPlaybook] = {}
        self._begun: frozenset[str] = frozenset()

    def body(self) -> ComposeResult:
        yield Told(id="title")
        with Container(id="parts"):
            yield RowList[Playbook](self._line, lambda one: one.id, id="playbooks")
            yield Told(id="about")

    @property
    def rows(self) -> RowList[Playbook]:
        rows: RowList[Playbook] = self.query_one("#playbooks", RowList)
        return rows

    # Showing

    def on_mount(self) -> None:
        self.run_worker(self._read, thread=True, group="playbooks")

    def _read(self) -> None:
        found = all_playbooks(playbooks_folder(), language())
        self.app.call_from_thread(self._show, *found)

    def _show(self, found: Mapping[str, Playbook], bad: Mapping[str, BadPlaybook]) -> None:
        self.found, self.bad = found, bad
        self._draw()
        self.refresh_bindings()

    def view(self, snapshot: BookSnapshot, today: dt.date) -> None:
        self.snapshot = snapshot
        self._begun = frozenset(one.playbook for one in snapshot.streams.values() if one.playbook and not one.archived)
        self._draw()

    def on_resize(self) -> None:
        self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        items = [*self.found.values()]
        heads = {
            at: partial(draw.group_head, one.group)
            for at, one in enumerate(items)
            if at == 0 or one.group != items[at - 1].group
        }
        self.query_one("#title", Told).tell(self._title)
        self.rows.styles.height = len(items) + len(heads) if self.has_class("-narrow") and items else "1fr"
        self.rows.show(items, heads)
        self.rows.redraw()
        self._draw_about()

    def _title(self, width: int) -> list[Line]:
        left: Line = ((" " + _("Playbooks"), "strong"), ("  " + _("ways to earn, ready to begin"), "muted"))
        count = len(self.bad)
        right: Line = ((_("{n} left out").format(n=count) + " ", "warn"),) if count else ()
        return [spread(left, right, width)]

    def _line(self, one: Playbook, _line: int, width: int) -> Line:
        return draw.row(one, one.id in self._begun, width)

    def _draw_about(self) -> None:
        self.query_one("#about", Told).tell(self._about)

    def _about(self, width: int) -> Sequence[Line]:
        chosen = self.rows.highlighted
        if chosen is None or self.snapshot is None:
            return ()
        week, height = self.snapshot.settings.week_start, self.query_one("#about").size.height
        return draw.about(chosen, chosen.id in self._begun, week, width, height)

    def on_row_list_highlighted(self) -> None:
        self._draw_about()

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return bool(self.bad) if action == "why" else True

    def on_row_list_selected(self) -> None:
        self.action_open()

    def action_open(self) -> None:
        from pitrack.screens.playbooks.page import PlaybookScreen

        if chosen := self.rows.highlighted:
            self.app.push_screen(PlaybookScreen([*self.found.values()], chosen.id), self._read_to)

    def _read_to(self, left: tuple[str, bool] | None) -> None:
        """Go to the playbook that was read last, and begin it where that was asked for."""
        if left:
            self.rows.move_to_key(left[0])
            if left[1]:
                self.action_begin()

    def action_begin(self) -> None:
        from pitrack.screens.playbooks.beginning import BeginningScreen

        if chosen := self.rows.highlighted:
            self.app.push_screen(BeginningScreen(chosen))

    def action_why(self) -> None:
        """Say which files are left out, and why."""
        from pitrack.screens.dialogs.explain import ExplainScreen, Explanation, Figure

        figures = [Figure(printable(file), "", told.wrong(one.why, one.details)) for file, one in self.bad.items()]
        self.app.push_screen(ExplainScreen(Explanation(_("Playbooks left out"), tuple(figures))))

    def action_leave(self) -> None:
        self.dismiss()
