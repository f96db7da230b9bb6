"""Preferences of this device, in ``config.toml``: language, looks, the path of the book, how actions are grouped."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from pitrack.store.folders import config_folder
from pitrack.text.i18n import _, ngettext
from pitrack.text.plain import printable

TEXTS = ("language", "theme", "glyphs", "book", "grouping")
"""The keys that are read here; each holds a text."""


class Config(NamedTuple):
    """What ``config.toml`` says; None where it says nothing. ``problem`` is the reason why the file cannot be read,
    ``wrong`` names the keys whose values are no text."""

    language: str | None = None
    theme: str | None = None
    glyphs: str | None = None
    book: Path | None = None
    grouping: str | None = None
    problem: str = ""
    wrong: tuple[str, ...] = ()
    hidden: bool = False


def config_path() -> Path:
    """Where the file lies, whether there is one or not (XDG config)."""
    return config_folder() / "config.toml"


def themes_folder() -> Path:
    """Where a person's own themes lie, beside the file."""
    return config_path().parent / "themes"


def presets_folder() -> Path:
    """Where a person's own presets for imports lie, beside it."""
    return config_path().parent / "presets"


def playbooks_folder() -> Path:
    """Where a person's own playbooks lie, beside it."""
    return config_path().parent / "playbooks"


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


def save(values: Mapping[str, str | bool], path: Path | None = None) -> None:
    """Write some keys into the file and leave the rest of it as it is; one that cannot be read is not touched.

    Raises OSError.
    """
    import tomllib

    from pitrack.store.files import replace

    path = path or config_path()
    data = path.read_bytes() if path.exists() else b""
    try:
        text = data.decode()
        before = tomllib.loads(text)
        for key, value in values.items():
            text = _with(text, key, value)
        if tomllib.loads(text) != before | dict(values):
            return
    except ValueError:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    replace(path, text.encode())


def _with(text: str, key: str, value: str | bool) -> str:
    """TOML text with a top-level key set: in its line where it has one, else at the top."""
    written = str(value).lower() if isinstance(value, bool) else _quoted(value)
    line = f"{key} = {written}\n"
    table = re.search(r"^\s*\[", text, re.MULTILINE)
    top = text[: table.start()] if table else text
    found = re.search(rf"^{key}[ \t]*=.*(?:\n|\Z)", top, re.MULTILINE)
    return text[: found.start()] + line + text[found.end() :] if found else line + text


def _quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + re.sub(r"[\x00-\x1f\x7f]", lambda match: f"\\u{ord(match[0]):04x}", escaped) + '"'


def _config(read: dict[str, Any], folder: Path) -> Config:
    texts = {key: read[key] for key in TEXTS if isinstance(read.get(key), str) and read[key].strip()}
    return Config(
        language=texts.get("language"),
        theme=texts.get("theme"),
        glyphs=texts.get("glyphs"),
        grouping=texts.get("grouping"),
        book=folder / _expanded(texts["book"]) if "book" in texts else None,
        wrong=tuple(key for key in TEXTS if key in read and not isinstance(read[key], str)),
        hidden=str(read.get("hidden", "")).lower() == "true",
    )


def _expanded(text: str) -> Path:
    try:
        return Path(text).expanduser()
    except RuntimeError:  # no such user
        return Path(text)
