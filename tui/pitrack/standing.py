"""How a book stands with its file and the versions of it beside: what the sync dialog shows, read in one go."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pitrack.store.book import Book


class Standing(NamedTuple):
    """``behind`` says why the file is behind (a code, with its ``details``); ``written`` when it was written last and
    ``backup`` when it was last backed up (UTC). ``lying``: conflict copies beside the book that are part of it and
    stay; ``strays``: files named like it that are no usable copies; ``put_away``: copies in the quarantine. ``apart``:
    the file that the book goes to where it leaves its place to another. ``lost``: values in the history."""

    path: Path
    pending: bool
    behind: str
    details: Mapping[str, object]
    written: dt.datetime | None
    backup: dt.datetime | None
    lying: tuple[str, ...]
    strays: tuple[str, ...]
    put_away: int
    quarantine: Path
    apart: Path
    lost: int


def standing(book: Book) -> Standing:
    """Reads the disk: to be called in the book's thread."""
    copies, backups = book.replica.copies, book.replica.backups.list()
    path = book.path
    return Standing(
        path,
        book.status.pending,
        book.status.behind or "",
        book.status.details,
        written(path),
        backups[0].moment if backups else None,
        tuple(copy.name for copy in copies.lying(path)),
        tuple(stray.name for stray in copies.strays(path)),
        sum(1 for _one in copies.quarantine.iterdir()) if copies.quarantine.is_dir() else 0,
        copies.quarantine,
        book.path_apart,
        len(book.replica.history.read()),
    )


def written(path: Path) -> dt.datetime | None:
    """When a file was written (UTC); None where there is none."""
    try:
        return dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC)
    except OSError:
        return None
