"""What comes next, once a stream was begun from a playbook: its first action, its first week, its next step."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen

from pitrack.exchange.playbooks import Playbook
from pitrack.exchange.starting import Start
from pitrack.keeper import Undo
from pitrack.screens.playbooks import lines as draw
from pitrack.text.i18n import N_, _
from pitrack.text.plain import printable
from pitrack.widgets.told import Told

if TYPE_CHECKING:
    from pitrack.app import PitrackApp

WIDTH = 64


class BegunScreen(ModalScreen[None]):
    """Enter and escape close it, ``1`` goes to its first action, ``u`` takes all of it back."""

    AUTO_FOCUS: ClassVar[str | None] = "VerticalScroll"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1", "go('today')", N_("its first action"), id="begun.today", show=False),
        Binding("4,escape,enter,q", "go('plan')", N_("close"), id="begun.plan", show=False, priority=True),
        Binding("u", "undo", N_("undo"), id="begun.undo", show=False),
        Binding("j", "scroll(1)", N_("down"), id="begun.down", show=False),
        Binding("k", "scroll(-1)", N_("up"), id="begun.up", show=False),
    ]
    DEFAULT_CSS = """
    BegunScreen { align: center middle; background: $background 40%; }
    BegunScreen > VerticalScroll {
        width: 64; max-width: 100%; height: auto; max-height: 100%; padding: 1 2;
        background: $surface; border: round $primary;
        border-title-color: $text-primary; border-title-style: bold; border-subtitle-color: $text-muted;
        scrollbar-size-vertical: 1;
    }
    """

    def __init__(self, playbook: Playbook, start: Start) -> None:
        super().__init__()
        self.playbook = playbook
        self.start = start

    @property
    def pitrack(self) -> PitrackApp:
        from pitrack.app import PitrackApp

        assert isinstance(self.app, PitrackApp)
        return self.app

    def compose(self) -> ComposeResult:
        with VerticalScroll() as box:
            yield Told(id="next")
        box.border_title = Content(_("Begun: {name}").format(name=printable(self.start.name)))
        box.border_subtitle = _("1 first action  enter close")

    def on_mount(self) -> None:
        self._draw()

    def on_resize(self) -> None:
        self._draw()

    def _draw(self) -> None:
        width = min(WIDTH, self.app.size.width) - 7
        lines = draw.next_steps(self.playbook, self.start, width)
        told = self.query_one("#next", Told)
        told.styles.height = len(lines)
        told.tell(lambda _width: lines)

    def sync(self) -> None:
        """The book has changed: the screen beneath shows it once this one is closed."""

    def action_go(self, mode: str) -> None:
        app = self.pitrack
        self.dismiss()
        app.call_after_refresh(app.action_mode, mode)

    def action_undo(self) -> None:
        self.app.post_message(Undo())
        self.dismiss()

    def action_scroll(self, by: int) -> None:
        self.query_one(VerticalScroll).scroll_relative(y=by, animate=False)
