"""The formats that can be imported, by the word to type for each."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from pitrack.exchange.found import Found, Setting
from pitrack.exchange.opening import Parts, open_parts

Reader = Callable[[Parts, Setting], Found]


class Preset(NamedTuple):
    """A format: its maker's name, its reader (``module:function``), and which files of a folder it takes (a pattern of
    names; empty where a folder will not do)."""

    title: str
    reader: str
    folder: str = ""


PRESETS = {
    "loop": Preset("Loop Habit Tracker", "loop:read_loop"),
    "harsh": Preset("harsh", "harsh:read_harsh", "habits|log"),
    "habitbull": Preset("HabitBull", "habitbull:read_habitbull"),
    "dijo": Preset("dijo", "dijo:read_dijo"),
    "beaver": Preset("Beaver Habit Tracker", "beaver:read_beaver"),
    "timewarrior": Preset("Timewarrior", "work:read_timewarrior", r"[0-9]{4}-[0-9]{2}\.data"),
    "watson": Preset("Watson", "work:read_watson"),
}


def read(preset: str, path: Path, setting: Setting) -> Found:
    """What a file of a preset holds. Refused where it is none or cannot be read; OSError; KeyError for a preset that
    there is not."""
    chosen = PRESETS[preset]
    module, _, name = chosen.reader.partition(":")
    reader: Reader = getattr(import_module(f"pitrack.exchange.{module}"), name)
    return reader(open_parts(path, chosen.folder), setting)
