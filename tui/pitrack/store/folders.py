"""The folders of this device: its settings, its state, and the book where no other place was chosen."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Literal

Kind = Literal["config", "data", "state"]

_HOMES: dict[Kind, str] = {"config": "~/.config", "data": "~/.local/share", "state": "~/.local/state"}


def config_folder() -> Path:
    """Where this device's settings are (XDG config)."""
    return _folder("config")


def data_folder() -> Path:
    """Where the book lives when no other place was chosen (XDG data)."""
    return _folder("data")


def state_folder() -> Path:
    """Where this device keeps its log, locks and markers (XDG state)."""
    return _folder("state")


def _folder(kind: Kind) -> Path:
    """As platformdirs has it. The plain case of Linux is answered here: the import would be a twelfth of a command."""
    if sys.platform == "linux" and not hasattr(sys, "getandroidapilevel") and "ANDROID_DATA" not in os.environ:
        chosen = os.environ.get(f"XDG_{kind.upper()}_HOME", "")
        if chosen.startswith("/"):
            return Path(chosen, "pitrack")
        if os.environ.get("HOME", "").startswith("/"):
            return Path(_HOMES[kind], "pitrack").expanduser()
    from platformdirs import PlatformDirs

    folders = PlatformDirs("pitrack", appauthor=False)
    if kind == "config":
        return folders.user_config_path
    return folders.user_data_path if kind == "data" else folders.user_state_path
