"""Preferences of this device, from ``config.toml``: language, theme, glyphs, and the path of the book."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pitrack.text.i18n import _, ngettext
from pitrack.text.plain import printable

TEXTS = ("language", "theme", "glyphs", "book")
"""The keys that are read here; each holds a text."""


@dataclass(frozen=True, slots=True)
class Config:
    """What ``config.toml`` says; None where it says nothing. ``problem`` is the reason why the file cannot be read,
    ``wrong`` names the keys whose values are no text."""

    language: str | None = None
    theme: str | None = None
    glyphs: str | None = None
    book: Path | None = None
    problem: str = ""
    wrong: tuple[str, ...] = ()


def config_path() -> Path:
    """Where the file lies, whether there is one or not (XDG config)."""
    from platformdirs import user_config_path

    return user_config_path("pitrack", appauthor=False) / "config.toml"


def load(path: Path | None = None) -> Config:
    """Read the file; without one everything is at its default. Never raises on what a person wrote."""
    path = path or config_path()
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return Config()
    except OSError as error:
        return Config(problem=error.strerror or type(error).__name__)
    import tomllib

    try:
        read = tomllib.loads(data.decode())
    except ValueError as error:  # no TOML, or no UTF-8
        return Config(problem=str(error))
    return _config(read, path.parent)


def warning(config: Config, path: Path | None = None) -> str:
    """One sentence on what is wrong with the file; empty where nothing is."""
    shown = printable(str(path or config_path()))
    if config.problem:
        return _("Your settings in {path} cannot be read and are left out: {reason}").format(
            path=shown, reason=printable(config.problem)
        )
    if config.wrong:
        return ngettext(
            "In {path}, {keys} is left out: its value has to be a text in quotes.",
            "In {path}, {keys} are left out: their values have to be texts in quotes.",
            len(config.wrong),
        ).format(path=shown, keys=", ".join(config.wrong))
    return ""


def _config(read: dict[str, Any], folder: Path) -> Config:
    texts = {key: read[key] for key in TEXTS if isinstance(read.get(key), str) and read[key].strip()}
    return Config(
        language=texts.get("language"),
        theme=texts.get("theme"),
        glyphs=texts.get("glyphs"),
        book=folder / _expanded(texts["book"]) if "book" in texts else None,
        wrong=tuple(key for key in TEXTS if key in read and not isinstance(read[key], str)),
    )


def _expanded(text: str) -> Path:
    try:
        return Path(text).expanduser()
    except RuntimeError:  # no such user
        return Path(text)
