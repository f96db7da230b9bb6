"""What lost in a merge: values of this device that a later one replaced, to look at and to bring back."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.worker import WorkType

from pitrack.core.views.history import Lost, lost
from pitrack.keeper import Apply, Keeper, Undo
from pitrack.screens.base import beneath
from pitrack.store.clock import zone_of
from pitrack.store.history import Loss, bring_back
from pitrack.text import history as words
from pitrack.text.i18n import N_, _
from pitrack.text.plain import cells, fit
from pitrack.text.words import HIDDEN
from pitrack.widgets.pieces import Line, Lines, Piece
from pitrack.widgets.rows import RowList
from pitrack.widgets.wrapping import broken

if TYPE_CHECKING:
    from pitrack.app import PitrackApp
    from pitrack.store.book import Book

MONEY = frozenset({"money", "received", "amount"})
"""Fields that are hidden with the amounts."""
NARROW = 60
AROUND = 2
"""Lines of the frame."""
MOST = 3
"""Lines of a name at most."""
SEEN = 100
"""Rows, from the first, whose length decides whether the chosen one is shown whole below the list."""


class HistoryDialog(ModalScreen[None]):
    """A list, the newest first; enter makes the chosen value count again, an ordinary change."""

    AUTO_FOCUS: ClassVar[str | None] = "RowList"
    CSS_PATH = "history.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss", N_("close"), show=False, priority=True, id="history.close"),
        Binding("enter", "bring_back", N_("bring back"), id="history.back"),
        Binding("u", "undo", N_("undo"), id="history.undo"),
    ]

    def __init__(self, keeper: Keeper) -> None:
        super().__init__()
        self.keeper = keeper
        self.losses: dict[int, Loss] = {}
        self.told: Piece = ("", "")
        self._is_read = False

    @property
    def pitrack(self) -> PitrackApp:
        from pitrack.app import PitrackApp

        assert isinstance(self.app, PitrackApp)
        return self.app

    @property
    def rows(self) -> RowList[Lost]:
        rows: RowList[Lost] = self.query_one(RowList)
        return rows

    def compose(self) -> ComposeResult:
        with Vertical() as box:
            yield RowList[Lost](self._line, lambda one: str(one.n), lines=2, empty=self._empty)
            yield Lines(id="whole")
            yield Lines(id="told")
        box.border_title = _("What lost in a merge")

    def on_mount(self) -> None:
        self.sync()

    def sync(self) -> None:
        """The book has changed: show it here and on the screens beneath."""
        if sync := getattr(beneath(self), "sync", None):
            sync()
        work: WorkType[None] = self._read
        self.run_worker(work, exclusive=True, group="history")

    async def _read(self) -> None:
        self.losses, shown = await self.keeper.ask(_read)
        self._is_read = True
        self.rows.show(shown)
        self._lay_out()

    def say(self, text: str, role: str = "good") -> None:
        """What was brought back, or taken back again."""
        self.told = (text, role)
        self._lay_out()

    def on_resize(self) -> None:
        self.call_after_refresh(self._lay_out)

    def on_row_list_highlighted(self) -> None:
        self._show_whole()

    # What is shown

    def _lay_out(self) -> None:
        """The list as high as it needs to be; below it what does not fit into a row, and what was done."""
        if not self.is_mounted:
            return
        width = self.rows.size.width
        told = broken([self.told], width - 1) if self.told[0] else []
        self._put("#told", [((" ", ""), *line) for line in told], len(told))
        first = self.rows.items[:SEEN]
        is_cut = any(max(cells(self._what(one)), cells(self._lost(one))) > width - 3 for one in first)
        whole = 1 + max(len(self._whole(one)) for one in first) if is_cut else 0
        self._put("#whole", [], whole)
        self._show_whole()
        box = self.query_one(Vertical)
        box.border_subtitle = _("enter bring back  u undo  esc close") if first else _("esc close")
        needed = len(self.rows.items) * 2 or len(self._empty())
        box.styles.height = min(self.size.height, needed + AROUND + len(told) + whole)

    def _show_whole(self) -> None:
        if chosen := self.rows.highlighted:
            self.query_one("#whole", Lines).show((), *(((" ", ""), *line) for line in self._whole(chosen)))

    def _whole(self, one: Lost) -> list[Line]:
        """All of a row, over as many lines as it needs."""
        width = self.rows.size.width - 2
        what = fit(self._what(one), MOST * (width - 2))
        return [*broken([(what, "strong")], width), *broken([(self._exchange(one), "")], width)]

    def _put(self, name: str, lines: list[Line], height: int) -> None:
        widget = self.query_one(name, Lines)
        widget.display = height > 0
        widget.styles.height = height
        widget.show(*lines)

    def _line(self, one: Lost, line: int, width: int) -> Line:
        if line == 0:
            return ((fit(self._what(one), width), "strong"),)
        moment = self._when(one.written, width)
        return (moment, "muted"), ("  ", ""), (fit(self._exchange(one), width - cells(moment) - 2), "")

    def _empty(self) -> tuple[Line, ...]:
        if not self._is_read:
            return ()
        width = max(self.rows.size.width, 20)
        return tuple(
            broken([(_("Nothing that you wrote on this device was replaced in a merge."), "muted")], width - 1)
        )

    def _what(self, one: Lost) -> str:
        return words.what(one)

    def _lost(self, one: Lost) -> str:
        return f"{self._when(one.written, self.rows.size.width)}  {self._exchange(one)}"

    def _exchange(self, one: Lost) -> str:
        if self.pitrack.hidden and one.field in MONEY and not one.deleted:
            return f"{HIDDEN} -> {HIDDEN}"
        return words.exchange(one)

    def _when(self, moment: dt.datetime, width: int) -> str:
        snapshot = self.pitrack.snapshot
        local = moment.astimezone(zone_of(snapshot.settings.zone)) if snapshot else moment
        return f"{local:%Y-%m-%d %H:%M}" if width >= NARROW else f"{local:%m-%d %H:%M}"

    # What is done

    def action_bring_back(self) -> None:
        chosen = self.rows.highlighted
        if chosen:
            said = _("Brought back: {what}. u takes it away again.").format(what=self._what(chosen))
            self.post_message(Apply(bring_back(self.losses[chosen.n], chosen.subject), said))

    def on_row_list_selected(self) -> None:
        self.action_bring_back()

    def action_undo(self) -> None:
        self.post_message(Undo())


def _read(book: Book) -> tuple[dict[int, Loss], tuple[Lost, ...]]:
    losses = book.replica.history.read()
    return {loss.n: loss for loss in losses}, lost(book.snapshot(), losses)
