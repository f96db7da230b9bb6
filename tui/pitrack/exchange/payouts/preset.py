"""Presets for payouts: which column of a platform's file means what, in TOML files that a person can read and copy."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from pitrack.exchange.payouts.sheet import ENCODINGS
from pitrack.exchange.presets import PRESETS

CSV = "csv"
"""The word for a file whose columns are mapped by hand."""
FOLDER = Path(__file__).parents[1] / "presets"
MEANINGS = (
    *("day", "gross", "fee", "net", "withheld", "received", "currency", "title", "note", "units", "kind", "status"),
    *("paid", "published"),
)
"""What a column can mean."""
SUMMED = ("fee", "withheld")
"""Meanings that several columns share by being added."""
_NAME = re.compile(r"[a-z0-9-]{1,40}")
_SOURCE = re.compile(r"[a-z0-9-]{1,40}")
_TEXTS = {
    "title": None,
    "source": None,
    "currency": None,
    "decimal": (".", ",", "auto"),
    "days": ("YMD", "DMY", "MDY", "auto"),
    "assets": ("create", "match", "no"),
    "status": ("pending", "cleared", "void"),
    "ask": ("", "month"),
    "fee_sign": ("auto", "+", "-"),
    "negative": ("refund", "expense"),
    "estimate_of": None,
    "confirms": None,
}
CHOICES: Mapping[str, tuple[str, ...]] = {key: choices for key, choices in _TEXTS.items() if choices}
"""What can be said for a key, where that is not any text."""
_KINDS = ("income", "refund", "expense")
_STATUSES = ("pending", "cleared", "void", "skip")


class BadPreset(ValueError):
    """A preset that cannot be used; its text names the key that is wrong."""


class PayoutPreset(NamedTuple):
    """How to read one kind of file. ``columns``: by meaning, the headers that may bear it. ``needed``, ``without`` and
    ``sheets`` tell the file from others; ``ids`` are the columns of the platform's own id; ``cells``: a row without one
    is known by all its cells, whatever they mean; ``skip``, ``kinds`` and ``statuses`` say what words in cells mean;
    ``negative``: what an amount below zero is where no word tells; ``carry``: columns that are filled on the first line
    of an order only."""

    name: str
    title: str
    source: str
    columns: Mapping[str, tuple[str, ...]]
    currency: str = ""
    decimal: str = "auto"
    days: str = "auto"
    assets: str = "match"
    status: str = "cleared"
    ask: str = ""
    fee_sign: str = "auto"
    negative: str = "refund"
    encodings: tuple[str, ...] = ENCODINGS
    estimate_of: str = ""
    confirms: str = ""
    needed: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    cells: bool = False
    skip: Mapping[str, tuple[str, ...]] = {}
    kinds: Mapping[str, str] = {}
    statuses: Mapping[str, str] = {}
    carry: tuple[str, ...] = ()


def is_name(name: str) -> bool:
    """Whether a preset can be called that."""
    return _NAME.fullmatch(name) is not None


def builtin_presets() -> dict[str, PayoutPreset]:
    """The presets that come with pitrack, by name."""
    return {path.stem: load_preset(path) for path in sorted(FOLDER.glob("*.toml"))}


def user_presets(folder: Path) -> tuple[dict[str, PayoutPreset], dict[str, str]]:
    """A person's own presets by name, and why each of the other files cannot be used."""
    found: dict[str, PayoutPreset] = {}
    bad: dict[str, str] = {}
    for path in sorted(folder.glob("*.toml")) if folder.is_dir() else ():
        try:
            if not is_name(path.stem):
                raise BadPreset(path.stem)
            found[path.stem] = load_preset(path)
        except (OSError, ValueError) as error:
            bad[path.name] = str(error)
    return found, bad


def all_presets(folder: Path) -> tuple[dict[str, PayoutPreset], dict[str, str]]:
    """All presets by name, a person's own before one that comes with pitrack; and the files that cannot be used."""
    own, bad = user_presets(folder)
    return builtin_presets() | own, bad


def is_taken(name: str, preset: PayoutPreset, folder: Path) -> bool:
    """Whether keeping a preset under that name would hide another: one of one's own (be it one that cannot be used),
    one that comes with pitrack, or a word that ``pitrack import`` knows. One that reads the same is no other."""
    known, bad = all_presets(folder)
    if f"{name}.toml" in bad or name in (*PRESETS, CSV):
        return True
    return name in known and _unnamed(known[name]) != _unnamed(preset)


def _unnamed(preset: PayoutPreset) -> PayoutPreset:
    return preset._replace(name="", title="")


def load_preset(path: Path) -> PayoutPreset:
    """A preset from its file. OSError; ValueError."""
    return preset_of(path.stem, tomllib.loads(path.read_text("utf-8")))


def preset_of(name: str, data: Mapping[str, Any]) -> PayoutPreset:
    """A preset from what its file says. BadPreset."""
    tables = ("recognise", "columns", "id", "skip", "kinds", "statuses", "carry")
    if unknown := sorted(data.keys() - _TEXTS.keys() - {"encodings", *tables}):
        raise BadPreset(unknown[0])
    texts = {key: _text(data, key, choices) for key, choices in _TEXTS.items() if key in data}
    columns = {key: _list(_part(data, "columns"), key) for key in _part(data, "columns")}
    if unknown := sorted(columns.keys() - set(MEANINGS)):
        raise BadPreset(f"columns.{unknown[0]}")
    if not ("gross" in columns or "net" in columns):
        raise BadPreset("columns.gross")
    source = texts.pop("source", name)
    if not _SOURCE.fullmatch(source):
        raise BadPreset("source")
    recognise = _part(data, "recognise")
    return PayoutPreset(
        name=name,
        title=texts.pop("title", name),
        source=source,
        columns=columns,
        encodings=_list(data, "encodings") or ENCODINGS,
        needed=_list(recognise, "columns"),
        without=_list(recognise, "without"),
        sheets=_list(recognise, "sheets"),
        ids=_list(_part(data, "id"), "columns"),
        cells=_flag(_part(data, "id"), "cells", "id.cells"),
        skip={key: _list(_part(data, "skip"), key) for key in _part(data, "skip")},
        kinds=_words(data, "kinds", _KINDS),
        statuses=_words(data, "statuses", _STATUSES),
        carry=_list(_part(data, "carry"), "columns"),
        **texts,
    )


def save_preset(folder: Path, preset: PayoutPreset) -> Path:
    """Keep a preset as a file of its own; where it is. OSError."""
    from pitrack.store.files import replace

    if not is_name(preset.name):
        raise BadPreset("name")
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{preset.name}.toml"
    replace(path, written(preset).encode())
    return path


def written(preset: PayoutPreset) -> str:
    """A preset as TOML."""
    lines = [f"{key} = {_quoted(getattr(preset, key))}" for key in _TEXTS if getattr(preset, key)]
    lines.append(f"encodings = {_quoted_list(preset.encodings)}")
    recognise = {"columns": preset.needed, "without": preset.without, "sheets": preset.sheets}
    lines += _lists("recognise", recognise) + _lists("columns", preset.columns)
    ids = {"columns": _quoted_list(preset.ids)} if preset.ids else {}
    lines += _table("id", ids | ({"cells": "true"} if preset.cells else {}))
    lines += _lists("skip", preset.skip) + _lists("carry", {"columns": preset.carry})
    for table, words in (("kinds", preset.kinds), ("statuses", preset.statuses)):
        lines += _table(table, {key: _quoted(value) for key, value in words.items()})
    return "\n".join(lines) + "\n"


def _table(name: str, values: Mapping[str, str]) -> list[str]:
    return ["", f"[{name}]", *(f"{_key(key)} = {value}" for key, value in values.items())] if values else []


def _lists(name: str, lists: Mapping[str, tuple[str, ...]]) -> list[str]:
    return _table(name, {key: _quoted_list(values) for key, values in lists.items() if values})


def _key(key: str) -> str:
    return key if re.fullmatch("[A-Za-z0-9_-]+", key) else _quoted(key)


def _quoted_list(values: tuple[str, ...]) -> str:
    return f"[{', '.join(map(_quoted, values))}]"


def _quoted(value: str) -> str:
    escaped = value.encode("utf-8", "replace").decode().replace("\\", "\\\\").replace('"', '\\"')
    return '"' + re.sub(r"[\x00-\x1f\x7f]", lambda match: f"\\u{ord(match[0]):04x}", escaped) + '"'


def _part(data: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    part = data.get(key, {})
    if not isinstance(part, dict):
        raise BadPreset(key)
    return part


def _text(data: Mapping[str, Any], key: str, choices: tuple[str, ...] | None) -> str:
    value = data[key]
    if not isinstance(value, str) or (choices is not None and value not in choices):
        raise BadPreset(key)
    if key == "currency" and value and not re.fullmatch("[A-Z]{3}", value):
        raise BadPreset(key)
    return value


def _list(data: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = data.get(key, [])
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list) or not all(isinstance(one, str) for one in values):
        raise BadPreset(key)
    return tuple(values)


def _flag(data: Mapping[str, Any], key: str, name: str) -> bool:
    value = data.get(key, False)
    if not isinstance(value, bool):
        raise BadPreset(name)
    return value


def _words(data: Mapping[str, Any], key: str, choices: tuple[str, ...]) -> dict[str, str]:
    words = dict(_part(data, key))
    if not all(value in choices for value in words.values()):
        raise BadPreset(key)
    return words
