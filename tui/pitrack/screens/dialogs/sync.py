"""How the book is synced: where it is, how its file stands, and what can be done about it now."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.worker import WorkType

from pitrack import chores
from pitrack.keeper import Keeper
from pitrack.screens.base import beneath
from pitrack.standing import Standing, standing
from pitrack.store.clock import zone_of
from pitrack.text import syncing
from pitrack.text.i18n import N_, _
from pitrack.text.plain import printable
from pitrack.widgets.pieces import Line, Lines, Piece
from pitrack.widgets.wrapping import broken

if TYPE_CHECKING:
    from pitrack.app import PitrackApp


class Offer(NamedTuple):
    """Something that can be done now: the key, the action, what it is called and what happens then."""

    key: str
    action: str
    name: str
    effect: str


class SyncDialog(ModalScreen[None]):
    """Says how the file stands and follows it while it is open; its keys are those that make sense then."""

    AUTO_FOCUS: ClassVar[str | None] = "VerticalScroll"
    CSS_PATH = "sync.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (60, "-plain")]  # noqa: RUF012 (Textual's)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,exclamation_mark", "dismiss", N_("close"), show=False, priority=True, id="sync.close"),
        Binding("m", "merge", N_("merge now"), id="sync.merge"),
        Binding("w", "write", N_("write the file anew"), id="sync.write"),
        Binding("J", "join", N_("join both books"), id="sync.join"),
        Binding("K", "apart", N_("keep both books apart"), id="sync.apart"),
        Binding("h", "history", N_("what lost in a merge"), id="sync.history"),
        Binding("j", "scroll(1)", N_("down"), show=False, id="sync.down"),
        Binding("k", "scroll(-1)", N_("up"), show=False, id="sync.up"),
    ]

    def __init__(self, keeper: Keeper) -> None:
        super().__init__()
        self.keeper = keeper
        self.standing: Standing | None = None
        self.told: Piece = ("", "")
        self._is_joining = False
        """Whether the key to join was pressed once; what it does cannot be undone, so it asks for a second time."""

    @property
    def pitrack(self) -> PitrackApp:
        from pitrack.app import PitrackApp

        assert isinstance(self.app, PitrackApp)
        return self.app

    def compose(self) -> ComposeResult:
        with VerticalScroll() as box:
            yield Sheet()
        box.border_title = _("How the book is synced")
        box.border_subtitle = _("esc close")

    def on_mount(self) -> None:
        self.sync()

    def sync(self) -> None:
        """The book has changed, or how its file stands: say so, and show it on the screen beneath."""
        if sync := getattr(beneath(self), "sync", None):
            sync()
        self._read_again()

    def _read_again(self) -> None:
        work: WorkType[None] = self._read
        self.run_worker(work, exclusive=True, group="standing")

    async def _read(self) -> None:
        self.standing = await self.keeper.ask(standing)
        self._is_joining = self._is_joining and self.standing.behind == "foreign"
        self._draw()
        self.refresh_bindings()

    def say(self, text: str, role: str = "good") -> None:
        """What came of it, above what can be done now."""
        self.told = (text, role)
        self._draw()
        self._read_again()

    def on_resize(self) -> None:
        self.call_after_refresh(self._draw)

    # What is said

    def _draw(self) -> None:
        if self.standing and self.is_mounted:
            sheet = self.query_one(Sheet)
            sheet.fill(self._lines(self.standing, sheet.size.width))

    def _lines(self, now: Standing, width: int) -> Iterator[tuple[Line, str]]:
        """Each line, with the action that a click on it runs."""

        def text(sentence: str, role: str = "", action: str = "") -> Iterator[tuple[Line, str]]:
            for line in broken([(sentence, role)], width):
                yield line, action

        blank: tuple[Line, str] = ((), "")
        zone = zone_of(self.pitrack.snapshot.settings.zone) if self.pitrack.snapshot else None
        said, way_out = syncing.state(now.behind, now.details, pending=now.pending)
        yield from text(printable(str(now.path)), "strong")
        yield from text(said, "warn" if now.behind else "good")
        if way_out:
            yield from text(way_out)
        yield blank
        for fact in syncing.facts(
            now.written.astimezone(zone) if now.written and now.behind != "foreign" else None,
            now.backup and now.backup.astimezone(zone),
            now.lying,
            now.strays,
            now.put_away,
        ):
            yield from text(fact, "muted")
        if now.lost:
            yield from text(syncing.lost(now.lost), "muted")
        if self.told[0]:
            yield blank
            yield from text(*self.told)
        for offer in self.offers():
            yield blank
            for line in broken([(f"{offer.key} ", "accent"), (offer.name, "strong")], width):
                yield line, offer.action
            yield from text(offer.effect, "muted", offer.action)

    def offers(self) -> Iterator[Offer]:
        """What can be done now, the likeliest first."""
        now = self.standing
        if now is None:
            return
        if now.behind == "foreign":
            yield Offer("J", "join", *self._join_words())
            yield Offer(
                "K",
                "apart",
                _("Keep apart"),
                _("This book goes to {file} beside it, and the other one is opened here.").format(
                    file=printable(now.apart.name)
                ),
            )
        elif syncing.can_be_written_anew(now.behind, now.details):
            yield Offer("w", "write", _("Write the file anew"), _("with all that this device holds of the book."))
        elif now.behind != "newer":
            yield Offer(
                "m",
                "merge",
                _("Merge now"),
                _("Takes in the file and the copies beside it at once; this happens by itself, too."),
            )
        if now.lost:
            yield Offer("h", "history", _("What lost in a merge"), _("Look at the values, and bring them back."))

    def _join_words(self) -> tuple[str, str]:
        if self._is_joining:
            return _("Press J again to join"), _("This cannot be undone.")
        return _("Join"), _("Both become one book with everything of each, on all devices that share the file.")

    # What is done

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("merge", "write", "join", "apart", "history"):
            return any(offer.action == action for offer in self.offers())
        return True

    def action_merge(self) -> None:
        chores.merge_now(self.pitrack)

    def action_write(self) -> None:
        chores.merge_now(self.pitrack)

    def action_join(self) -> None:
        if not self._is_joining:
            self._is_joining = True
            self._draw()
            return
        self._is_joining = False
        self.pitrack.attempt(self.keeper.join(), lambda _none: self.say(_("Both are one book now.")))

    def action_apart(self) -> None:
        def told(path: object) -> None:
            if path:
                self.say(
                    _("You see the other book now. The one that was here is {path}.").format(path=printable(str(path)))
                )

        self.pitrack.attempt(self.keeper.keep_apart(), told)

    def action_history(self) -> None:
        chores.show_history(self.pitrack)

    def action_scroll(self, by: int) -> None:
        self.query_one(VerticalScroll).scroll_relative(y=by, animate=False)


class Sheet(Lines):
    """Lines as many as there are; a click on what can be done does it."""

    def __init__(self) -> None:
        super().__init__()
        self._actions: list[str] = []

    def fill(self, lines: Iterator[tuple[Line, str]]) -> None:
        """Show these lines, each with the action of a click on it."""
        shown = list(lines)
        self._actions = [action for _line, action in shown]
        self.styles.height = len(shown)
        self.show(*(line for line, _action in shown))

    def on_click(self, event: events.Click) -> None:
        if event.y < len(self._actions) and (action := self._actions[event.y]):
            self.call_later(partial(self.screen.run_action, action))
