"""The page of a playbook, over the gallery: all that it says, and its neighbours to the left and right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen

from pitrack.exchange.playbooks import Playbook
from pitrack.screens.base import hints
from pitrack.screens.playbooks import lines as draw
from pitrack.screens.scrolling import PageScrolling
from pitrack.text.i18n import N_
from pitrack.widgets.bars import KeyLine
from pitrack.widgets.pieces import Lines

if TYPE_CHECKING:
    from pitrack.app import PitrackApp

MARGIN = 3
"""Cells beside the lines: the padding and the scroll bar."""


class PlaybookScreen(PageScrolling, ModalScreen[tuple[str, bool]]):
    """One playbook of a list. Gives the id of the one shown last, and whether to begin it."""

    AUTO_FOCUS: ClassVar[str | None] = None
    CSS_PATH = "playbooks.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (60, "-plain")]  # noqa: RUF012 (Textual's)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "begin", N_("begin"), id="playbook.begin", tooltip=N_("begin a stream with it")),
        Binding("left,h", "go(-1)", N_("another one"), id="playbook.before", key_display="left/right"),
        Binding("right,l", "go(1)", N_("next one"), id="playbook.after", show=False),
        Binding("down,j", "scroll(1)", N_("scroll"), id="playbook.down", key_display="up/down"),
        Binding("up,k", "scroll(-1)", N_("up"), id="playbook.up", show=False),
        Binding("pagedown,ctrl+f", "page(1)", N_("page down"), id="playbook.page-down", show=False),
        Binding("pageup,ctrl+b", "page(-1)", N_("page up"), id="playbook.page-up", show=False),
        Binding("home,g", "first", N_("first line"), id="playbook.first", show=False),
        Binding("end,G", "last", N_("last line"), id="playbook.last", show=False),
        Binding("question_mark", "keys", N_("keys"), id="playbook.keys", key_display="?", show=False),
        Binding("escape,q,enter", "leave", N_("close"), id="playbook.close", key_display="esc"),
    ]

    def __init__(self, playbooks: Sequence[Playbook], playbook: str) -> None:
        super().__init__()
        self.playbooks = playbooks
        self.at = next(at for at, one in enumerate(playbooks) if one.id == playbook)

    @property
    def pitrack(self) -> PitrackApp:
        from pitrack.app import PitrackApp

        assert isinstance(self.app, PitrackApp)
        return self.app

    @property
    def shown(self) -> Playbook:
        """The playbook on the page."""
        return self.playbooks[self.at]

    def compose(self) -> ComposeResult:
        yield Lines(id="title")
        with VerticalScroll(id="page", can_focus=False):
            yield Lines(id="lines")
        yield KeyLine()

    def on_mount(self) -> None:
        self._draw()
        self.bindings_updated_signal.subscribe(self, lambda _screen: self._offer_keys())

    def on_resize(self) -> None:
        self._draw()

    def sync(self) -> None:
        """The book has changed: nothing on this page comes from it but the first day of the week."""

    def _draw(self) -> None:
        width, snapshot = self.app.size.width - MARGIN, self.pitrack.snapshot
        place = f"{self.at + 1} / {len(self.playbooks)}"
        for name, lines in (
            ("#title", draw.title(self.shown, place, width)),
            ("#lines", draw.page(self.shown, width, *([snapshot.settings.week_start] if snapshot else []))),
        ):
            widget = self.query_one(name, Lines)
            widget.styles.height = len(lines)
            widget.show(*lines)
        self._offer_keys()

    def _offer_keys(self) -> None:
        self.query_one(KeyLine).offer(hints(self))

    # Keys

    def action_go(self, by: int) -> None:
        """Show the next or the previous one; after the last comes the first."""
        self.at = (self.at + by) % len(self.playbooks)
        self._draw()
        self.page_box.scroll_home(animate=False)

    def action_begin(self) -> None:
        self.dismiss((self.shown.id, True))

    def action_keys(self) -> None:
        from pitrack.screens.help import HelpScreen

        self.app.push_screen(HelpScreen(self))

    def action_leave(self) -> None:
        self.dismiss((self.shown.id, False))
