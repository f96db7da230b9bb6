"""What every screen of the book shares: the two bars, and being shown a new view when the book or the day changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import Screen

from pitrack.core.changes import Change
from pitrack.keeper import Apply
from pitrack.store.errors import BookError
from pitrack.text.i18n import _
from pitrack.widgets.bars import Hint, KeyLine, ScreenBar

if TYPE_CHECKING:
    from pitrack.app import PitrackApp
    from pitrack.store.snapshot import BookSnapshot


class BookScreen(Screen[None]):
    """A screen that shows a view of the book.

    Subclasses give ``body`` (its widgets) and ``view`` (shows a snapshot and a day). ``view`` runs on mount, when the
    book, the day or the hiding of amounts changed, and when the screen comes back to the front after that; it is to
    keep cursors and scroll. ``entered`` runs when the user switches to the screen. Send changes with ``change``.
    """

    MODE: ClassVar[str]
    AUTO_FOCUS: ClassVar[str | None] = "RowList"
    DEFAULT_CSS = """
    BookScreen { background: $background; layout: vertical; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[object, ...] = ()
        self._then: Callable[[], object] | None = None
        self.dressed = self.app.theme
        """The theme that this screen was last styled for."""

    @property
    def pitrack(self) -> PitrackApp:
        from pitrack.app import PitrackApp

        assert isinstance(self.app, PitrackApp)
        return self.app

    def compose(self) -> ComposeResult:
        yield ScreenBar(self.pitrack.tabs(), self.MODE)
        yield from self.body()
        yield KeyLine()

    def body(self) -> ComposeResult:
        """The widgets between the two bars."""
        raise NotImplementedError

    def view(self, snapshot: BookSnapshot, today: dt.date) -> None:
        """Show the book as it is on a day."""
        raise NotImplementedError

    def entered(self) -> None:
        """The user has switched to this screen."""

    def sync(self, *, force: bool = False) -> None:
        """Show what has changed since this screen was last drawn."""
        app = self.pitrack
        if not self.is_mounted:
            return
        self.query_one(ScreenBar).tell(*app.status())
        if app.snapshot is None:
            return
        now = (app.snapshot, app.today, app.hidden)
        if (
            force
            or len(self._shown) != len(now)
            or any(a is not b and a != b for a, b in zip(self._shown, now, strict=True))
        ):
            self._shown = now
            self.view(app.snapshot, app.today)
        if self._then:
            then, self._then = self._then, None
            self.call_after_refresh(then)

    def once_shown(self, then: Callable[[], object]) -> None:
        """Do something on this screen, once it shows the book where it does not yet."""
        if self._shown:
            self.call_later(then)
        else:
            self._then = then

    def speak(self) -> None:
        """Say everything again, in the language that was chosen now."""
        self.query_one(ScreenBar).tabs = self.pitrack.tabs()
        self._offer_keys()
        self.sync(force=True)

    def change(self, change: Change) -> None:
        """Hand a change to the keeper; the view follows once it is confirmed."""
        self.post_message(Apply(change))

    def attempt(self, build: Callable[..., Change], *given: Any, said: str = "", **fields: Any) -> Change | None:
        """Hand over the change that ``build`` makes, with what is said once it is confirmed; it is said why where it
        cannot be made."""
        try:
            change = build(*given, **fields)
        except BookError as error:
            self.pitrack.refuse(error)
            return None
        if change.writes:
            self.post_message(Apply(change, said))
        return change

    def say(self, text: str, role: str = "good") -> None:
        """Tell something at the foot for a few seconds: what was done, or ("warn") why nothing was."""
        self.query_one(KeyLine).say(text, role)

    def on_key(self, event: events.Key) -> None:
        """What was said of a key that did nothing is no longer said once another one does something."""
        if self.query_one(KeyLine).said[1] == "warn":
            active = self.active_bindings.get(event.key)
            if active and active.enabled:
                self.say("")

    def on_mount(self) -> None:
        self.sync()
        self.bindings_updated_signal.subscribe(self, lambda _screen: self._offer_keys())
        self._offer_keys()

    def on_screen_resume(self) -> None:
        self.sync()
        self._offer_keys()

    def on_screen_suspend(self) -> None:
        self._offer_keys()

    def on_screen_bar_chosen(self, message: ScreenBar.Chosen) -> None:
        self.pitrack.action_mode(message.mode)

    def _offer_keys(self) -> None:
        """None of the keys acts while a dialog is open."""
        self.query_one(KeyLine).offer(() if self.app.screen.is_modal else hints(self))


def beneath(screen: Screen[Any]) -> Screen[Any] | None:
    """The screen that a dialog lies over."""
    stack = screen.app.screen_stack
    place = stack.index(screen) if screen in stack else 0
    return stack[place - 1] if place else None


def hints(screen: Screen[Any]) -> Iterator[Hint]:
    """The keys that act on a screen now: its own first, then the app's, ``?`` last."""
    last: Hint | None = None
    for binding in own_bindings(screen):
        if binding.show:
            hint = Hint(screen.app.get_key_display(binding), _(binding.description))
            if binding.action == "keys":
                last = hint
            else:
                yield hint
    if last:
        yield last


def own_bindings(screen: Screen[Any]) -> list[Binding]:
    """Our bindings that act now, one an action, in the order they were declared: the screen's, then the app's, then
    those of the widget that has the focus. Ours have an id; Textual's own have none."""
    found: dict[str, Binding] = {}
    ranked: list[tuple[int, Binding]] = []
    for node, binding, enabled, _tip in screen.active_bindings.values():
        if enabled and binding.id and not _is_typed(screen, binding):
            ranked.append((0 if node is screen else 1 if node is screen.app else 2, binding))
    for _rank, binding in sorted(ranked, key=lambda pair: pair[0]):
        found.setdefault(binding.action, binding)
    return list(found.values())


def _is_typed(screen: Screen[Any], binding: Binding) -> bool:
    """Whether the key's character goes into the text that is being typed."""
    shown = screen.app.get_key_display(binding)
    return len(shown) == 1 and screen.focused is not None and screen.focused.check_consume_key(binding.key, shown)
