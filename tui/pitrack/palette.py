"""The command palette: every action of the screen and the app by its name, and the themes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from pitrack.screens.base import own_bindings
from pitrack.text.i18n import _

if TYPE_CHECKING:
    from pitrack.app import PitrackApp

Command = tuple[str, str, Callable[[], Any]]
"""A name, the key that does the same, and what it runs."""


class ActionCommands(Provider):
    """Names come from the bindings, so that a key, its help and its command never disagree."""

    @property
    def pitrack(self) -> PitrackApp:
        from pitrack.app import PitrackApp

        assert isinstance(self.app, PitrackApp)
        return self.app

    async def startup(self) -> None:
        self.commands = [*self._actions(), *self._themes()]

    async def discover(self) -> Hits:
        for name, key, run in self.commands:
            yield DiscoveryHit(_shown(Content(name), key), run, text=name)

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for name, key, run in self.commands:
            if (score := matcher.match(name)) > 0:
                yield Hit(score, _shown(matcher.highlight(name), key), run, text=name)

    def _actions(self) -> list[Command]:
        app = self.pitrack
        nodes = {active.binding.action: active.node for active in self.screen.active_bindings.values()}
        return [
            (
                _capital(_(binding.tooltip or binding.description)),
                app.key_name(binding),
                partial(app.run_action, binding.action, nodes[binding.action]),
            )
            for binding in own_bindings(self.screen)
            if binding.action not in ("command_palette", "unfilter")
        ]

    def _themes(self) -> list[Command]:
        self.pitrack.load_all_themes()
        return [
            (_("Theme: {name}").format(name=name), "", partial(self.pitrack.choose_theme, name))
            for name in self.app.available_themes
        ]


def _shown(name: Content, key: str) -> Content:
    return Content.assemble(name, "  ", (key, "$text-muted"))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
