"""How the app looks on this device: its theme, the user's own themes, its glyphs, and terminals without colours."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from threading import Lock

from pitrack.text.i18n import _
from pitrack.text.plain import printable
from pitrack.typeahead import TypeAheadApp
from pitrack.widgets.theming import builtin_folder, load_themes, read_theme, variable_defaults

THEME = "lantern"
FEW_COLOURS = "terminal"
"""The theme for terminals of sixteen colours, or of none."""
Remember = Callable[[Mapping[str, str | bool]], None]
"""Keeps settings on this device, by their keys in ``config.toml``."""


class DressedApp(TypeAheadApp):
    """An app with themes from files. ``theme``: a name, empty for the one that suits the terminal; ``themes``: the
    folder of the user's own; ``glyphs``: the name of a set; a theme that the user chooses goes to ``remember``."""

    def __init__(self, theme: str, themes: Path | None, glyphs: str, remember: Remember | None) -> None:
        # Textual chooses how to leave colours out before it knows our theme: as a terminal of few colours does.
        super().__init__(ansi_color=True if "NO_COLOR" in os.environ else None)
        self.glyphs = glyphs or ("letters" if self.no_color else "")
        self._remember = remember
        self._to_keep: SimpleQueue[Mapping[str, str | bool]] = SimpleQueue()
        self._keeping = Lock()
        self._themes_folder = themes
        self._themes_read = False
        self.own_themes: list[str] = []
        """The program's themes and the user's, without those of Textual, once all are read."""
        self._problems: list[str] = []
        """What is to be told of the themes, once there is a screen to tell it on."""
        self._parsed_for = ""
        """The theme whose colours the style sheets were parsed with."""
        self._use_theme(FEW_COLOURS if self.no_color else theme)

    def _use_theme(self, name: str) -> None:
        """The one theme that is needed now; the others are read when a list of them is wanted, or when one of them may
        be it."""
        wanted = name or (FEW_COLOURS if self.console.color_system == "standard" else THEME)
        if self._themes_folder and self._themes_folder.is_dir():
            self.load_all_themes()
        for known in dict.fromkeys((wanted, THEME)):
            if known not in self.available_themes:
                try:
                    self.register_theme(read_theme(builtin_folder() / f"{known}.toml"))
                except ValueError:  # none that we know
                    self._problems.append(
                        _("There is no theme {name}, so {other} is used. T shows those there are.").format(
                            name=printable(known), other=THEME
                        )
                    )
                    continue
            self.theme = known
            return

    def load_all_themes(self) -> None:
        """Make every theme there is available; which files could not be read is told once."""
        if self._themes_read:
            return
        self._themes_read = True
        themes, problems = load_themes(self._themes_folder)
        for theme in themes.values():
            self.register_theme(theme)
        self.own_themes = list(themes)
        self._problems += problems
        if self.is_running:
            self.tell_problems()

    def tell_problems(self) -> None:
        """Say which theme files cannot be used, once."""
        if self._problems:
            self.notify("\n".join(self._problems), severity="warning", markup=False)
            self._problems.clear()

    def choose_theme(self, name: str) -> None:
        """Show another theme, and keep it for the next start."""
        self.theme = name
        self.keep({"theme": name})

    def keep(self, settings: Mapping[str, str | bool]) -> None:
        """Keep settings on this device; one after the other, the latest last."""
        if self._remember:
            self._to_keep.put(settings)
            self.run_worker(partial(self._keep_all, self._remember), thread=True, group="settings")

    def _keep_all(self, remember: Remember) -> None:
        with self._keeping:
            settings: dict[str, str | bool] = {}
            while not self._to_keep.empty():
                settings |= self._to_keep.get()
            if settings:
                remember(settings)

    def refresh_css(self, animate: bool = True) -> None:
        """Textual asks for this when a screen is first shown, too, and each time parses every style sheet: only a new
        theme needs that, and a screen that was last seen in another."""
        stack, theme = self.screen_stack, self.theme
        if not stack:  # at the start nothing is parsed yet
            if theme != self._parsed_for:
                self.stylesheet.set_variables(self.get_css_variables())
            self.stylesheet.update(self, animate=animate)
        elif theme != self._parsed_for or any(getattr(screen, "dressed", theme) != theme for screen in stack):
            super().refresh_css(animate)
            for screen in stack:
                if hasattr(screen, "dressed"):
                    screen.dressed = theme
        self._parsed_for = theme

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return variable_defaults(self.current_theme.dark)

    def action_theme(self) -> None:
        """A list of the themes; the chosen one is used at once."""
        if not self.screen.is_modal:
            from textual.command import CommandPalette

            from pitrack.palette import ThemeCommands

            self.push_screen(CommandPalette([ThemeCommands], placeholder=_("Theme")))
