"""Paths as one types them: completed to the folders and files there are."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from itertools import takewhile
from pathlib import Path

from textual.suggester import Suggester

from pitrack.text.plain import printable

ENDINGS = (".csv", ".tsv", ".txt", ".xlsx")
"""Of files that may hold a table."""
MOST_LOOKED_AT = 5_000
"""Names of a folder that are looked at: one with more is not worth the wait."""


class Paths(Suggester):
    """Completes a path to the first folder or file that begins like it."""

    def __init__(self) -> None:
        super().__init__(use_cache=False, case_sensitive=True)

    async def get_suggestion(self, value: str) -> str | None:
        found = await asyncio.to_thread(matches, value)
        folder, _sep, _begun = value.rpartition("/")
        return f"{folder}/{found[0]}" if found and "/" in value else None


def meant(typed: str) -> str:
    """The path that is meant: one that is begun anew behind another (``~//media/a.csv``, ``/home/~/a.csv``) is the last
    one, as where a whole path is pasted behind what stood there; quotes that a terminal puts around it go."""
    begins = max(typed.rfind("//"), typed.rfind("/~/"), typed.rfind("/'"), typed.rfind('/"'))
    path = typed[begins + 1 :] if begins >= 0 else typed
    return path[1:-1] if len(path) > 1 and path[0] == path[-1] and path[0] in "'\"" else path


def matches(typed: str) -> list[str]:
    """Names in the folder typed that begin like the end of what is typed: folders, with a stroke behind them, and
    files that may hold a table. Names that are not shown as they are written are left out."""
    folder, sep, begun = meant(typed).rpartition("/")
    if not sep:
        return []
    try:
        names = _names(Path(folder + sep).expanduser())
    except (OSError, RuntimeError, ValueError):  # no such folder, no such user, no path at all
        return []
    wanted = begun.casefold()
    exact = [name for name in names if name.startswith(begun)]
    found = exact or [name for name in names if name.casefold().startswith(wanted)]
    return [name for name in found if begun.startswith(".") or not name.startswith(".")]


def common(names: Sequence[str]) -> str:
    """What all the names begin with."""
    low, high = min(names, default=""), max(names, default="")
    agreed = takewhile(lambda pair: pair[0] == pair[1], zip(low, high, strict=False))
    return "".join(letter for letter, _same in agreed)


def _names(folder: Path) -> list[str]:
    names = []
    with os.scandir(folder) as entries:
        for _n, entry in zip(range(MOST_LOOKED_AT), entries, strict=False):
            if entry.name != printable(entry.name):
                continue
            if entry.is_dir():
                names.append(entry.name + "/")
            elif entry.name.lower().endswith(ENDINGS):
                names.append(entry.name)
    return sorted(names, key=str.casefold)
