"""The Textual app: four screens over one book, its keys, and the messages that reach the keeper."""

from __future__ import annotations

import asyncio
import datetime as dt
import os
import signal
import threading
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from importlib import import_module
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.screen import Screen

from pitrack.core.views.arrangement import GROUPINGS, Grouping
from pitrack.garbage import settle
from pitrack.keeper import Apply, Keeper, Redo, Sync, Undo
from pitrack.keys import ascii_character, key_name
from pitrack.look import THEME, DressedApp, Remember
from pitrack.store.clock import DayClock, zone_of
from pitrack.store.errors import BookError
from pitrack.text import marks
from pitrack.text.i18n import N_, _
from pitrack.widgets.bars import Tab

if TYPE_CHECKING:
    from textual.command import Provider

    from pitrack.screens.base import BookScreen
    from pitrack.screens.dialogs.first_run import FirstBook
    from pitrack.store.book import Book
    from pitrack.store.holding import Merged
    from pitrack.store.snapshot import BookSnapshot
    from pitrack.store.undo import Reverted

LEAVE_WITHIN = 8.0
"""Seconds that the app takes at most to go when the system asks it to."""
POLL = 3.0
"""Seconds between looks at the book's files, for folders whose changes no event announces."""


QUIET = frozenset({"nothing-to-undo", "nothing-to-redo"})
"""Refusals that are no failures."""


PLACES = {
    "today": "pitrack.screens.today.screen:TodayScreen",
    "streams": "pitrack.screens.streams.screen:StreamsScreen",
    "progress": "pitrack.screens.progress.screen:ProgressScreen",
    "plan": "pitrack.screens.plan.screen:PlanScreen",
}
"""Where each screen is, by its mode."""


def load(path: str) -> Any:
    """What ``module:name`` names, imported now."""
    module, _sep, name = path.partition(":")
    return getattr(import_module(module), name)


def _open(path: str) -> Screen[Any]:
    screen: Screen[Any] = load(path)()
    return screen


def _commands() -> type[Provider]:
    provider: type[Provider] = load("pitrack.palette:ActionCommands")
    return provider


class PitrackApp(DressedApp):
    """Shows a book. Screens read ``snapshot``, ``today``, ``hidden`` here and post ``Apply``, ``Undo``, ``Redo``."""

    TITLE = "pitrack"
    NOTIFICATION_TIMEOUT = 3
    CSS = """
    CommandPalette SearchIcon { display: none; }
    Toast { max-width: 100%; }
    ToastRack { dock: top; align: right top; margin: 1 0 0 0; }
    """
    # Of the first screen, and of the one that people go to from there: known from the start, they are parsed together.
    CSS_PATH: ClassVar[list[str | PurePath]] = ["screens/today/today.tcss", "screens/streams/streams.tcss"]
    MODES: ClassVar[dict[str, str | Callable[[], Screen[Any]]]] = {
        mode: partial(_open, path) for mode, path in PLACES.items()
    }
    DEFAULT_MODE = "today"
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {_commands}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("u", "undo", N_("undo"), id="undo", tooltip=N_("undo the last change")),
        Binding("U", "redo", N_("do again what was undone"), id="redo", show=False),
        Binding("m", "hide", N_("hide"), id="hide", tooltip=N_("hide or show amounts")),
        Binding(
            "colon,ctrl+p",
            "command_palette",
            N_("command"),
            id="command",
            key_display=":",
            tooltip=N_("any command by its name"),
        ),
        Binding("q", "quit", N_("quit"), id="quit"),
        Binding("exclamation_mark", "standing", N_("how the book is synced"), id="sync", key_display="!", show=False),
        Binding("T", "theme", N_("change the colours"), id="theme", show=False),
        Binding("question_mark", "keys", N_("keys"), id="keys", key_display="?", tooltip=N_("these keys")),
        Binding("1", "mode('today')", N_("Today"), id="today", show=False),
        Binding("2", "mode('streams')", N_("Streams"), id="streams", show=False),
        Binding("3", "mode('progress')", N_("Progress"), id="progress", show=False),
        Binding("4", "mode('plan')", N_("Plan"), id="plan", show=False),
    ]

    def __init__(
        self,
        book: Book | None,
        clock: DayClock,
        *,
        path: Path | None = None,
        theme: str = THEME,
        themes: Path | None = None,
        glyphs: str = "",
        hidden: bool = False,
        grouping: str = "",
        remember: Remember | None = None,
    ) -> None:
        super().__init__(theme, themes, glyphs, remember)
        self._is_leaving = False
        self._stop_watching = asyncio.Event()
        self._watching: asyncio.Task[None] | None = None
        self.clock = clock
        self.path = path
        self.snapshot: BookSnapshot | None = None
        self.today = dt.date.min
        self.hidden = hidden
        self.grouping: Grouping = next((known for known in GROUPINGS if known == grouping), "urgency")
        self.keeper: Keeper | None = None
        self.import_folder = ""
        """Where the file lay that was imported last."""
        self._is_told_of_other = False
        """Whether the other book that lies in the place of this one was told."""
        if book:
            self._keep(book)

    # The book

    def _keep(self, book: Book) -> None:
        self.snapshot = book.snapshot()
        self.today = self.clock.today(self.snapshot.settings)
        self.keeper = Keeper(book, self._publish, self._report, self._tell_news)

    def open_book(self, book: Book) -> None:
        """Show a book that was made or chosen after the start, in the language chosen with it."""
        self._keep(book)
        screen: BookScreen = self.screen  # type: ignore[assignment]
        screen.speak()
        self._watch()

    def _publish(self, snapshot: BookSnapshot) -> None:
        self.snapshot = snapshot
        self._sync_screen()

    def _report(self, _sync: Sync) -> None:
        self._sync_screen()
        self._tell_of_other()

    def _tell_news(self, merged: Merged) -> None:
        self.say(marks.news(merged.records, merged.lost), "warn" if merged.lost else "good")

    def _tell_of_other(self) -> None:
        """Show once that another book lies in the place of this one, when nothing is being typed."""
        is_other = self.keeper is not None and self.keeper.sync.reason == "foreign"
        if not is_other:
            self._is_told_of_other = False
        elif not self._is_told_of_other and not self.screen.is_modal and self.is_running:
            self.action_standing()

    def _sync_screen(self) -> None:
        if self.is_running and self.snapshot:
            self.today = self.clock.today(self.snapshot.settings)
            sync = getattr(self.screen, "sync", None)
            if sync:
                sync()

    def status(self) -> tuple[tuple[str, ...], str]:
        """How the synced file stands, in ever fewer words, and the role of bad news."""
        if not self.keeper or not self.snapshot:
            return (), ""
        sync = self.keeper.sync
        if sync.state == "behind":
            return marks.behind(sync.reason), "warn"
        if sync.state == "saving":
            return marks.saving(), ""
        local = sync.moment and sync.moment.astimezone(zone_of(self.snapshot.settings.zone))
        return marks.merged(local) if local and sync.state == "merged" else marks.synced(local), ""

    # Life

    def on_mount(self) -> None:
        self._heed_signals()
        self.call_after_refresh(self._begin)

    def _heed_signals(self) -> None:
        if not self.is_headless:
            for number in (signal.SIGTERM, signal.SIGHUP):
                asyncio.get_running_loop().add_signal_handler(number, self._leave, number)

    def _leave(self, number: int) -> None:
        """Save, put the terminal in order and go; by force where that takes long, as writing to a lost terminal may."""
        force = threading.Timer(LEAVE_WITHIN, os._exit, (128 + number,))
        force.daemon = True
        force.start()
        self.exit(return_code=128 + number)

    def _begin(self) -> None:
        """What can wait until the first frame is seen."""
        self.tell_problems()
        if self.keeper:
            self._watch()
            self._post_recurring()
        else:
            settle()
            self.push_screen(load("pitrack.screens.dialogs.first_run:FirstRunDialog")(self.path), self._first_book)

    def _first_book(self, first: FirstBook | None) -> None:
        if first is None:
            self.exit()
            return
        if self._remember:
            self._remember({"language": first.language, "book": str(first.book.path)})
        self.open_book(first.book)

    def _watch(self) -> None:
        self.set_interval(POLL, self._look)
        # No worker of Textual's: whoever waits for the workers would wait for ever.
        self._watching = asyncio.get_running_loop().create_task(self._watch_files())

    async def _look(self) -> None:
        if self.keeper:
            await self.keeper.refresh()
        if self.snapshot and self.clock.today(self.snapshot.settings) != self.today:
            self._sync_screen()
            self._post_recurring()
        self._tell_of_other()

    def _post_recurring(self) -> None:
        """Book what recurs and books itself, where there is any: at the start and when the day changes."""
        if self.snapshot and self.snapshot.templates:
            from pitrack import chores

            chores.post_recurring(self)

    async def _watch_files(self) -> None:
        from pitrack.watching import watch

        assert self.keeper
        keeper = self.keeper
        await watch(lambda: keeper.book.folders, self._look, self._stop_watching)

    async def on_unmount(self) -> None:
        self._stop_watching.set()
        if self._watching:
            self._watching.cancel()
        if self.keeper:
            await self.keeper.close()

    # Changes

    def on_apply(self, message: Apply) -> None:
        if self.keeper:
            said = message.said
            self.attempt(self.keeper.apply(message.change), lambda _stamp: self.say(said) if said else None)

    def on_undo(self, _message: Undo) -> None:
        if self.keeper:
            self.attempt(self.keeper.undo(), self._undone)

    def on_redo(self, _message: Redo) -> None:
        if self.keeper:
            self.attempt(self.keeper.redo(), self._redone)

    def attempt(self, work: Awaitable[Any], then: Callable[[Any], None] | None = None) -> None:
        """Let the keeper do something; then go on with what came of it, or say why it could not be done."""

        async def attempt() -> None:
            try:
                result = await work
            except BookError as error:
                self.refuse(error)
            else:
                if then:
                    then(result)

        self.run_worker(attempt(), group="changes")

    def refuse(self, error: BookError) -> None:
        """Say in one sentence why something could not be done."""
        from pitrack.text.errors import sentence

        if error.code in QUIET:
            self.say(sentence(error.code, error.details), "warn")
            return
        self.notify(sentence(error.code, error.details), severity="warning", markup=False)

    def say(self, text: str, role: str = "good") -> None:
        """Tell something quietly at the foot of the screen; a message that lies over it is for what went wrong."""
        for screen in reversed(self.screen_stack):
            if tell := getattr(screen, "say", None):
                tell(text, role)
                return

    def _undone(self, reverted: Reverted) -> None:
        from pitrack.text.words import undone

        self.say(undone(reverted.word, reverted.subject))

    def _redone(self, reverted: Reverted) -> None:
        from pitrack.text.words import redone

        self.say(redone(reverted.word, reverted.subject))

    # Keys

    def exit(self, *args: Any, **given: Any) -> None:
        """Go; keys that were typed ahead do nothing any more."""
        self._is_leaving = True
        super().exit(*args, **given)

    async def send_typed(self, event: events.Key | events.Paste) -> None:
        if self._is_leaving:
            return
        if isinstance(event, events.Key) and (plain := ascii_character(event.character)):
            focused = self.focused
            if not (focused and focused.check_consume_key(event.key, event.character)):
                event = events.Key(key_name(plain), plain)
        await super().send_typed(event)

    def key_name(self, binding: Binding) -> str:
        """The one key of a binding, whatever the key line shows for it."""
        return self.get_key_display(replace(binding, key_display=None))

    def get_key_display(self, binding: Binding) -> str:
        """The key in letters: arrows and other signs may be two cells wide."""
        shown = super().get_key_display(binding)
        return shown if shown.isascii() else binding.key

    def tabs(self) -> tuple[Tab, ...]:
        """The four screens, for the bar at the top."""
        return (
            Tab("1", "today", _("Today")),
            Tab("2", "streams", _("Streams")),
            Tab("3", "progress", _("Progress")),
            Tab("4", "plan", _("Plan")),
        )

    def action_mode(self, mode: str) -> None:
        if mode != self.current_mode and not self.screen.is_modal:
            self.switch_mode(mode)
            screen: BookScreen = self.screen  # type: ignore[assignment]
            screen.entered()

    def action_undo(self) -> None:
        self.post_message(Undo())

    def action_redo(self) -> None:
        self.post_message(Redo())

    def action_hide(self) -> None:
        """Hide or show amounts, and keep it so for the next start on this device."""
        self.hidden = not self.hidden
        self.keep({"hidden": self.hidden})
        self._sync_screen()

    def keep_grouping(self, grouping: Grouping) -> None:
        """How Today groups actions, kept so for the next start on this device."""
        self.grouping = grouping
        self.keep({"grouping": grouping})

    def action_command_palette(self) -> None:
        if not self.screen.is_modal:
            from textual.command import CommandPalette

            self.push_screen(CommandPalette(placeholder=_("Type what you want to do")))

    def action_standing(self) -> None:
        """How the book is synced, and what can be done about it."""
        if self.keeper and not self.screen.is_modal:
            self._is_told_of_other = self.keeper.sync.reason == "foreign"
            self.push_screen(load("pitrack.screens.dialogs.sync:SyncDialog")(self.keeper))

    def action_keys(self) -> None:
        if not self.screen.is_modal:
            self.push_screen(load("pitrack.screens.help:HelpScreen")(self.screen))


def run(
    book: Book | None,
    path: Path,
    clock: DayClock,
    *,
    theme: str = "",
    themes: Path | None = None,
    glyphs: str = "",
    hidden: bool = False,
    grouping: str = "",
    remember: Remember | None = None,
) -> int | None:
    """Show the book until the user quits, and give the exit code; without a book, ask where to keep it (``path`` is
    offered). What the user chooses for this device goes to ``remember``."""
    app = PitrackApp(
        book,
        clock,
        path=path,
        theme=theme,
        themes=themes,
        glyphs=glyphs,
        hidden=hidden,
        grouping=grouping,
        remember=remember,
    )
    app.run()
    return app.return_code
