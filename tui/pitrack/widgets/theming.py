"""Themes as files: one TOML file a theme, built in or from the user's folder, with the variables our styles use."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from textual.color import Color, ColorParseError
from textual.theme import Theme

from pitrack.text.i18n import _
from pitrack.text.plain import printable

BASE = ("background", "surface", "panel", "foreground", "primary", "secondary", "accent", "success", "warning", "error")
OWN = ("quiet", "line", "ink")
STREAMS = 8
HEAT = 4

_KEYS = frozenset({"name", "dark", "ansi", "colours"})
_NAME = re.compile(r"[a-z][a-z0-9-]{0,31}")


class Themes(NamedTuple):
    """The themes that could be read, by name in the order found, and a sentence for each file that could not."""

    themes: dict[str, Theme]
    problems: tuple[str, ...]


class BadThemeError(ValueError):
    """A theme file that says something we cannot use; the text is the reason shown."""


def builtin_folder() -> Path:
    """Where the themes of the program lie: in the package once installed, beside the source root in a checkout."""
    package = Path(__file__).parents[1]
    packed = package / "themes"
    return packed if packed.is_dir() else package.parents[1] / "themes"


def load_themes(user_folder: Path | None = None) -> Themes:
    """Built-in themes, then the user's, which may replace a built-in one by its name. Never raises for a bad file."""
    themes: dict[str, Theme] = {}
    problems: list[str] = []
    for folder in (builtin_folder(), user_folder):
        for path in _files(folder):
            try:
                theme = read_theme(path)
            except ValueError as error:
                problems.append(
                    _("Theme {file} was left out: {reason}.").format(
                        file=printable(path.name), reason=printable(str(error))
                    )
                )
            else:
                themes[theme.name] = theme
    return Themes(themes, tuple(problems))


def _files(folder: Path | None) -> Iterable[Path]:
    try:
        return sorted(folder.glob("*.toml")) if folder else ()
    except OSError:
        return ()


def read_theme(path: Path) -> Theme:
    """The theme of one file; raises ValueError with the reason in words."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadThemeError(error.strerror or _("it cannot be read")) from error
    return to_theme(data)


def to_theme(data: Mapping[str, Any]) -> Theme:
    """A Textual theme from a theme file's content; raises ValueError with the reason in words."""
    for key in data.keys() - _KEYS:
        raise BadThemeError(_("{key} is not known").format(key=key))
    name, dark, ansi, colours = (data.get("name"), data.get("dark", True), data.get("ansi", False), data.get("colours"))
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise BadThemeError(_("its name must be lower-case letters, digits and hyphens"))
    if not isinstance(dark, bool) or not isinstance(ansi, bool):
        raise BadThemeError(_("dark and ansi must be true or false"))
    if not isinstance(colours, dict):
        raise BadThemeError(_("it has no colours"))
    base = {key: _colour(colours, key) for key in BASE}
    variables = {key: _colour(colours, key) for key in OWN}
    variables |= _series("stream", _colours(colours, "streams", STREAMS))
    variables |= _series("heat", _colours(colours, "heat", HEAT))
    variables |= _textual_variables(base, variables, ansi)
    return Theme(
        name=name,
        primary=base["primary"],
        secondary=base["secondary"],
        warning=base["warning"],
        error=base["error"],
        success=base["success"],
        accent=base["accent"],
        foreground=base["foreground"],
        background=base["background"],
        surface=base["surface"],
        panel=base["panel"],
        dark=dark,
        ansi=ansi,
        variables=variables,
    )


def variable_defaults(dark: bool) -> dict[str, str]:
    """Our own variables for themes that are not ours; for ``App.get_theme_variable_defaults``."""
    shade = _DARK if dark else _LIGHT
    return dict(zip(OWN, shade[0], strict=True)) | _series("stream", shade[1]) | _series("heat", shade[2])


def _series(name: str, colours: Iterable[str]) -> dict[str, str]:
    return {f"{name}-{number}": colour for number, colour in enumerate(colours, 1)}


def _colour(colours: Mapping[str, Any], key: str) -> str:
    if key not in colours:
        raise BadThemeError(_("the colour {key} is missing").format(key=key))
    return _parsed(key, colours[key])


def _colours(colours: Mapping[str, Any], key: str, count: int) -> list[str]:
    values = colours.get(key)
    if not isinstance(values, list) or len(values) != count:
        raise BadThemeError(_("{key} must be a list of {count} colours").format(key=key, count=count))
    return [_parsed(key, value) for value in values]


def _parsed(key: str, value: object) -> str:
    try:
        Color.parse(str(value))
    except ColorParseError as error:
        raise BadThemeError(_("{value} is not a colour ({key})").format(value=value, key=key)) from error
    return str(value)


def _textual_variables(base: Mapping[str, str], own: Mapping[str, str], ansi: bool) -> dict[str, str]:
    """Textual's own variables where its defaults would be hard to read on our palettes."""
    if ansi:
        return {
            "ansi-background": own["ink"],
            "ansi-foreground": base["foreground"],
            "text-muted": own["quiet"],
            "text-disabled": own["quiet"],
            "border": base["primary"],
            "border-blurred": own["line"],
            "block-cursor-background": base["primary"],
            "block-cursor-foreground": own["ink"],
            "input-selection-background": base["primary"],
            "input-selection-foreground": own["ink"],
        }
    return {
        "text-muted": own["quiet"],
        "text-disabled": own["quiet"],
        "border": base["primary"],
        "border-blurred": own["line"],
        "block-cursor-background": base["primary"],
        "block-cursor-foreground": own["ink"],
        "input-selection-background": f"{base['primary']} 35%",
        "scrollbar": own["line"],
        "scrollbar-hover": own["quiet"],
        "scrollbar-active": base["primary"],
        "scrollbar-background": base["background"],
        "scrollbar-background-hover": base["background"],
        "scrollbar-background-active": base["background"],
        "scrollbar-corner-color": base["background"],
    }


_DARK = (
    ("#a3a3a3", "#5a5a5a", "#101010"),
    ("#f0b860", "#86b8e0", "#8fc79a", "#e895a8", "#bba3e6", "#6cc7bd", "#dd9068", "#cdcf7c"),
    ("#3a4a3c", "#4f7a55", "#6fab78", "#a6e3ac"),
)
_LIGHT = (
    ("#505050", "#a0a0a0", "#ffffff"),
    ("#7a4a00", "#1457a8", "#17603a", "#9a2f55", "#6a3fa8", "#0d5f6a", "#943510", "#4d5f18"),
    ("#c4dcc8", "#93c29a", "#549560", "#1d5c2a"),
)
