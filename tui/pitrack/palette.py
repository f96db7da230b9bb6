"""The command palette: every action by its name, of this screen, the app and the other screens, and the themes."""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from textual.binding import Binding
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.worker import WorkerError

from pitrack.screens.base import BookScreen, own_bindings
from pitrack.store.names import fold
from pitrack.text.i18n import _
from pitrack.text.plain import printable

if TYPE_CHECKING:
    from pitrack.app import PitrackApp

ANYWHERE = frozenset(
    {
        "today.income",
        "today.time",
        "today.add",
        "today.find",
        "streams.add",
        "streams.find",
        "streams.stream",
        "streams.assets",
        "streams.work",
        "streams.recurring",
        "streams.import",
        "progress.view",
        "progress.currency",
        "plan.goal",
        "plan.idea",
        "plan.find",
        "plan.systems",
        "plan.playbooks",
    }
)
"""The commands of a screen that make sense from another: those that are not about a chosen row."""


class Command(NamedTuple):
    """A name, the key that does the same, and what it runs."""

    name: str
    key: str
    run: Callable[[], Any]


class Commands(Provider):
    """Commands found by their words, in any order and each by its beginning; where none is, by some of the letters."""

    commands: list[Command]

    @property
    def pitrack(self) -> PitrackApp:
        from pitrack.app import PitrackApp

        assert isinstance(self.app, PitrackApp)
        return self.app

    @abstractmethod
    def gather(self) -> Iterator[Command]:
        """All there are, the likeliest first."""

    async def startup(self) -> None:
        self.commands = list(self.gather())

    async def discover(self) -> Hits:
        for name, key, run in self.commands:
            yield DiscoveryHit(_shown(Content(name), key), run, text=name)

    async def search(self, query: str) -> Hits:
        found = [(rank, command) for command in self.commands if (rank := match(query, command.name))]
        matcher = self.matcher(query)
        found = found or [(rank, command) for command in self.commands if (rank := matcher.match(command.name))]
        for place, (rank, (name, key, run)) in enumerate(found):
            score = rank - place / 1000  # equals stay in their order
            yield Hit(score, _shown(self._marked(name, query), key), run, text=name)
        if not found:
            text = _("Nothing matches.")
            yield Hit(1, Content(text), lambda: None, text=text)

    def _marked(self, name: str, query: str) -> Content:
        """The name with the words that were typed."""
        content = Content(name)
        for word in query.split():
            if at := re.search(rf"\b{re.escape(word)}|{re.escape(word)}", name, re.IGNORECASE):
                content = content.stylize(self.match_style or "bold", *at.span())
        return content


class ActionCommands(Commands):
    """Names come from the bindings, so that a key, its help and its command never disagree."""

    def gather(self) -> Iterator[Command]:
        yield from self._actions()
        yield from self._chores()
        yield from self._elsewhere()
        for name, key, run in theme_commands(self.pitrack):
            yield Command(_("Theme: {name}").format(name=name), key, run)

    def _actions(self) -> Iterator[Command]:
        app = self.pitrack
        nodes = {active.binding.action: active.node for active in self.screen.active_bindings.values()}
        for binding in own_bindings(self.screen):
            if binding.action not in ("command_palette", "unfilter"):
                run = partial(app.run_action, binding.action, nodes[binding.action])
                yield Command(_capital(_does(binding)), app.key_name(binding), run)

    def _chores(self) -> Iterator[Command]:
        from pitrack import chores

        app = self.pitrack
        if app.snapshot:
            yield Command(_("Close the last month"), "", partial(chores.close_month, app))
            yield Command(_("Add an exchange rate"), "", partial(chores.add_rate, app))
            yield Command(_("Import exchange rates"), "", partial(chores.import_rates, app))
            yield Command(_("Settings of the book"), "", partial(chores.edit_settings, app))
            yield Command(_("Bring back an archived action"), "", partial(chores.show_archived, app))
        if app.keeper:
            yield Command(_("Merge now"), "", partial(chores.merge_now, app))
            yield Command(_("History: what lost in a merge"), "", partial(chores.show_history, app))
            if app.keeper.sync.state == "behind":
                yield Command(_("Why the file is not synced"), "!", app.action_standing)

    def _elsewhere(self) -> Iterator[Command]:
        from pitrack.app import PLACES, load

        app = self.pitrack
        for tab in app.tabs():
            if tab.mode != app.current_mode:
                for binding in load(PLACES[tab.mode]).BINDINGS:
                    if isinstance(binding, Binding) and binding.id in ANYWHERE:
                        name = _("{screen}: {command}").format(screen=tab.name, command=_does(binding))
                        run = partial(self._go, tab.mode, binding.action)
                        yield Command(name, f"{tab.key} {app.key_name(binding)}", run)

    def _go(self, mode: str, action: str) -> None:
        """Switch to the screen, and run the action once it is there."""
        self.pitrack.action_mode(mode)
        screen = self.app.screen
        if isinstance(screen, BookScreen):
            screen.once_shown(lambda: self.app.run_worker(_act(screen, action), group="command"))


async def _act(screen: BookScreen, action: str) -> None:
    """Run an action of a screen that may still be reading the book in a thread."""
    workers = screen.app.workers
    if reading := [worker for worker in workers if worker.node is screen and not worker.is_finished]:
        with suppress(WorkerError):
            await workers.wait_for_complete(reading)
    await screen.app.run_action(action, screen)


class ThemeCommands(Commands):
    """The themes, to choose one."""

    def gather(self) -> Iterator[Command]:
        yield from theme_commands(self.pitrack)


def theme_commands(app: PitrackApp) -> Iterator[Command]:
    """Ours and the user's own."""
    app.load_all_themes()
    for name in app.own_themes:
        yield Command(printable(name), "", partial(app.choose_theme, name))


def match(query: str, name: str) -> float:
    """How well a name fits what was typed: 0 not at all; best where it begins so, then word by word."""
    wanted, folded = fold(query), fold(name)
    words, parts = wanted.split(), re.findall(r"\w+", folded)
    if folded.startswith(wanted):
        return 4
    if all(any(part.startswith(word) for part in parts) for word in words):
        return 3
    return 2 if all(word in folded for word in words) else 0


def _does(binding: Binding) -> str:
    return _(binding.tooltip or binding.description)


def _shown(name: Content, key: str) -> Content:
    return Content.assemble(name, "  ", (key, "$text-muted"))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
