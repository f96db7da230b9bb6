"""The automations register below the five merits that it is measured by, of all streams or of one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.reactive import Reactive
from textual.widget import Widget

from pitrack.config import playbooks_folder
from pitrack.core.changes import Change
from pitrack.core.views.merits.measuring import merits, savings
from pitrack.core.views.merits.shapes import Merit, Merits, MeritSet, Saving
from pitrack.exchange.playbooks import first_merits
from pitrack.screens.streams.records import BACK, RecordsScreen
from pitrack.store import edits
from pitrack.text.i18n import N_, _, ngettext
from pitrack.text.plain import printable
from pitrack.widgets.glyphs import glyph_set
from pitrack.widgets.pieces import Line, Lines
from pitrack.widgets.rows import Head, RowList
from pitrack.widgets.told import Told

if TYPE_CHECKING:
    from pitrack.core.building import Automation
    from pitrack.screens.plan.automations_lines import Look
    from pitrack.store.snapshot import BookSnapshot
    from pitrack.widgets.columns import Columns

ALL = ""
"""In place of a stream's id: all of them."""
INDENT = "  "
TALL = 36
"""Lines of a window that has room for where the hours went."""


class MeritRows(RowList[Merit]):
    """The five merits, a line each."""


class AutomationRows(RowList[Saving]):
    """Automations, a line each, or two where it is narrow."""


class AutomationsScreen(RecordsScreen):
    """Keys act on the list that has the focus; left and right choose the stream that both are of."""

    MODE = "plan"
    AUTO_FOCUS: ClassVar[str | None] = "AutomationRows"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (60, "-plain")]  # noqa: RUF012 (Textual's)
    VERTICAL_BREAKPOINTS = [(0, "-low"), (20, "-high")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "add", N_("add"), id="automations.add", tooltip=N_("add an automation")),
        Binding(
            "enter", "explain", N_("why"), id="automations.why", key_display="enter", tooltip=N_("why this figure")
        ),
        Binding("enter,e", "edit", N_("edit"), id="automations.edit", key_display="enter"),
        Binding("x", "stop", N_("stop"), id="automations.stop", tooltip=N_("it ran until today")),
        Binding("A", "archive", N_("archive"), id="automations.archive", tooltip=N_("archive, or take back")),
        Binding("d,delete", "delete", N_("delete"), id="automations.delete", key_display="d"),
        Binding("tab", "turn('merits')", N_("merits"), id="automations.merits", tooltip=N_("go to the merits")),
        Binding("tab", "turn('automations')", N_("automations"), id="automations.list"),
        Binding("left", "stream(-1)", N_("stream before"), id="automations.before", show=False),
        Binding("right", "stream(1)", N_("stream"), id="automations.stream", tooltip=N_("the merits of one stream")),
        BACK,
    ]
    DEFAULT_CSS = """
    AutomationsScreen {
        #merits-part { height: auto; margin-bottom: 1; }
        #title { background: $boost; margin: 1 0; }
        #facts, #moved { padding: 0 3; }
        #moved { margin-top: 1; }
        MeritRows { height: 6; }
        #foot { height: 2; margin-top: 1; padding: 0 1; }
        &.-narrow #foot { height: 4; }
        &.-narrow #facts { padding: 0 2; }
        &.-low #title, &.-low #merits-part, &.-low #foot { margin: 0; }
        &.-low #facts { display: none; }
        &.-low #foot { height: 1; }
    }
    """

    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    """As Textual's, without drawing the whole screen again: the lists draw their own focus."""

    def __init__(self) -> None:
        super().__init__()
        self.stream = ALL
        self.shown: tuple[Saving, ...] = ()
        self._merit_table: Columns | None = None
        self._table: Columns | None = None
        self._places: dict[str, int] = {}
        self._wanted = ""
        """Id of an automation that was just added, until it is seen."""

    def body(self) -> ComposeResult:
        yield Told(id="title")
        with Vertical(id="merits-part"):
            yield MeritRows(self._merit_line, lambda merit: merit.id, id="merits")
            yield Told(id="facts")
            yield Told(id="moved")
        yield AutomationRows(self._line, lambda one: one.automation.id, empty=self._empty, id="automations")
        yield Lines(id="foot")

    @property
    def merit_rows(self) -> MeritRows:
        return self.query_one(MeritRows)

    @property
    def rows(self) -> AutomationRows:
        return self.query_one(AutomationRows)

    @property
    def chosen(self) -> Merit | Saving | None:
        """What stands under the cursor of the list that has the focus."""
        rows = self.focused
        return rows.highlighted if isinstance(rows, MeritRows | AutomationRows) else None

    @property
    def automation(self) -> Automation | None:
        """The automation under the cursor, where keys act on automations."""
        chosen = self.chosen
        return chosen.automation if isinstance(chosen, Saving) else None

    # Showing

    def read(self, snapshot: BookSnapshot, today: dt.date) -> tuple[Merits, tuple[Saving, ...]]:
        from pitrack.screens.plan import automations_lines  # noqa: F401  (Babel and pendulum, imported off the loop)

        firsts = first_merits(playbooks_folder(), snapshot.streams.values())
        return merits(snapshot, today, firsts=firsts), savings(snapshot, today)

    def draw(self, found: tuple[Merits, tuple[Saving, ...]]) -> None:
        from pitrack.screens.plan import automations_lines as lines

        view, every = found
        chosen = self.set_of(view)
        look = self.look(view)
        self._draw_merits(chosen, look)
        self._draw_moved(chosen)
        ordered = sorted(every, key=lambda one: one.state == "archived")
        self.shown = tuple(one for one in ordered if self.stream in (ALL, one.automation.stream))
        self._places = {one.automation.id: place for place, one in enumerate(self.shown)}
        self._table = None if self.is_narrow else lines.automation_table(self.shown, look)
        heads: dict[int, Head] = {0: self._table.head if self._table else _list_head} if self.shown else {}
        self.rows.show(self.shown, heads, lines=1 if self._table else 2)
        self.rows.redraw()
        if self._wanted in self._places:
            self.rows.move_to_key(self._wanted)
            self.rows.focus()
            self._wanted = ""
        self._draw_title(view, chosen)
        self._draw_foot()

    def _draw_merits(self, chosen: MeritSet, look: Look) -> None:
        from pitrack.screens.plan import automations_lines as lines

        self._merit_table = lines.merit_table(chosen.merits, look)
        self.merit_rows.show(chosen.merits, {0: self._merit_table.head})
        self.merit_rows.redraw()
        facts = self.query_one("#facts", Told)
        facts.display = bool(lines.facts(chosen, look))
        facts.tell(lambda width: [lines.facts_line(chosen, look, width)])

    def _draw_moved(self, chosen: MeritSet) -> None:
        """Where the hours went, in a tall window."""
        from pitrack.screens.plan import automations_lines as lines

        table, moved = lines.moved_table(chosen.focus), self.query_one("#moved", Told)
        moved.display = table is not None and self.size.height >= TALL
        if table:
            moved.styles.height = len(table.names) + 1
            rows = range(len(table.names))
            moved.tell(lambda width: [table.head(width), *(table.row(row, width) for row in rows)])

    def _draw_title(self, view: Merits, chosen: MeritSet) -> None:
        from pitrack.text.dates import month_year

        name = printable(chosen.name) if chosen.stream else _("all streams")
        title = _("Automations of {name}").format(name=name)
        running = sum(one.state == "running" for one in self.shown)
        count = ngettext("{n} running", "{n} running", running).format(n=running) if self.shown else ""
        self.query_one("#title", Told).tell(partial(_title, title, (month_year(view.month), count)))

    def _draw_foot(self) -> None:
        if not self.is_read:
            return
        from pitrack.screens.plan import automations_lines as lines

        chosen, foot = self.chosen, self.query_one("#foot", Lines)
        width = max(10, self.size.width - 2)
        said: Sequence[Line] = ()
        if isinstance(chosen, Merit):
            said = lines.merit_said(chosen, width)
        elif chosen:
            said = lines.saving_said(chosen, self.look(self._found[0]), width)
        foot.show(*said)

    def set_of(self, view: Merits) -> MeritSet:
        """The merits of the stream that was chosen; of all where it is gone."""
        found = next((one for one in view.streams if one.stream == self.stream), None)
        if found is None:
            self.stream = ALL
        return found or view.whole

    def look(self, view: Merits) -> Look:
        from pitrack.screens.plan.automations_lines import Look

        assert self.snapshot
        return Look(
            view.currency,
            self.snapshot.streams,
            glyph_set(self.pitrack.glyphs),
            self.pitrack.hidden,
            self.stream == ALL,
            self.size.width,
        )

    def _merit_line(self, merit: Merit, _at: int, width: int) -> Line:
        return self._merit_table.row(self._place_of(merit), width) if self._merit_table else ()

    def _place_of(self, merit: Merit) -> int:
        return [one.id for one in self.merit_rows.items].index(merit.id)

    def _line(self, one: Saving, at: int, width: int) -> Line:
        from pitrack.screens.plan import automations_lines as lines

        if self._table:
            return self._table.row(self._places[one.automation.id], width)
        return lines.automation_pair(one, at, width, self.look(self._found[0]))

    def _empty(self) -> Sequence[Line]:
        if not self.is_read:
            return (((INDENT + _("counting"), "muted"),),)
        from pitrack.screens.plan import automations_lines as lines

        width = self.size.width - 2 * len(INDENT)
        return [((INDENT, ""), *line) for line in lines.automations_empty(width)]

    def on_row_list_highlighted(self) -> None:
        self._draw_foot()
        self.refresh_bindings()

    def on_descendant_focus(self) -> None:
        for rows in self.query(RowList):
            rows.lead(rows is self.focused)
        self._draw_foot()

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("edit", "archive", "delete"):
            return self.automation is not None
        if action == "stop":
            return self.automation is not None and self.automation.until is None
        if action == "explain":
            return isinstance(self.chosen, Merit)
        if action == "turn":
            return self.is_read and self.merit_rows.has_focus == (parameters[0] == "automations")
        return True

    def on_row_list_selected(self) -> None:
        if isinstance(self.chosen, Merit):
            self.action_explain()
        else:
            self.action_edit()

    def action_turn(self, to: str) -> None:
        self.query_one(f"#{to}").focus()

    def action_stream(self, by: int) -> None:
        """The next stream, or the one before; all of them stand before the first."""
        if self.is_read:
            ids = [ALL, *(one.stream for one in self._found[0].streams)]
            self.stream = ids[(ids.index(self.stream) + by) % len(ids)]
            self.draw(self._found)
            self.refresh_bindings()

    def action_explain(self) -> None:
        from pitrack.screens.dialogs.explain import ExplainScreen
        from pitrack.screens.plan.automations_why import of_merit

        if isinstance(merit := self.chosen, Merit):
            view = self._found[0]
            self.app.push_screen(ExplainScreen(of_merit(view, self.set_of(view), merit, self.look(view))))

    def send(self, change: Change | None) -> None:
        if change and change.word == "automation.add":
            self._wanted = change.writes[0].id
        super().send(change)

    def action_add(self) -> None:
        self.ask("pitrack.screens.dialogs.automation:AutomationDialog", stream=self.stream or None)

    def action_edit(self) -> None:
        if self.automation:
            self.ask("pitrack.screens.dialogs.automation:AutomationDialog", self.automation)

    def action_stop(self) -> None:
        if one := self.automation:
            said = _("It ran until today. u takes it back.")
            until = max(self.pitrack.today, one.since)
            self.attempt(edits.edit_automation, self.snapshot, one.id, until=until, said=said)

    def action_archive(self) -> None:
        if one := self.automation:
            said = _("Taken up again.") if one.archived else _("Archived: it no longer counts.")
            self.attempt(edits.edit_automation, self.snapshot, one.id, archived=not one.archived, said=said)

    def action_delete(self) -> None:
        if one := self.automation:
            said = _("Deleted. u brings it back.")
            self.attempt(edits.delete_automation, self.snapshot, one.id, said=said)


def _title(title: str, about: Sequence[str], width: int) -> list[Line]:
    """What is shown, and at the right as many facts as there is room for."""
    from pitrack.text import words
    from pitrack.text.plain import cells, fit
    from pitrack.widgets.pieces import spread

    for facts in (words.listed(*about), about[0], ""):
        if cells(title) + cells(facts) + 4 <= width:
            return [spread(((" " + title, "strong"),), ((facts + " ", "muted"),), width)]
    return [((" " + fit(title, width - 2), "strong"),)]


def _list_head(width: int) -> Line:
    """Over automations of two lines each: what stands at the right."""
    from pitrack.widgets.pieces import spread

    return spread(((_("Automations"), "head"),), ((_("saved, cost a month"), "muted"),), width)
