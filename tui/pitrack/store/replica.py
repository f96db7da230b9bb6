"""This device's copy of a book: the last merged version (base), the change log, and what it knows of the file.

The synced file is only transport. Base and log together hold all that this device ever wrote or took in, so that a
version of the file that lacks some of it, or no file at all, takes nothing away.
"""

from __future__ import annotations

from functools import cached_property, reduce
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import orjson

from pitrack.store import files
from pitrack.store.backups import Backups
from pitrack.store.clock import BOTTOM, is_stamp
from pitrack.store.copies import CopyMemory
from pitrack.store.document import Document
from pitrack.store.log import Log, Position
from pitrack.store.merge import merge

if TYPE_CHECKING:
    from pitrack.store.history import History

LONGEST_LOG = 4_000_000
"""Bytes from which on the oldest half of the log goes, once the base holds it."""


class Marker(NamedTuple):
    """What is known of the synced file, so that nothing is read twice. Only a saving of work: without it everything is
    read anew.

    The version of the file with this ``digest`` holds all there was when the log had been read up to ``log``: in
    itself (its bytes are canonical), or, with ``in_base``, the base does; ``base`` is what the base was then.
    ``newest``: the latest stamp seen; ``own``: the latest that this device gave; ``elsewhere``: the latest of its own
    known to have reached another.
    """

    digest: str = ""
    log: Position = Position()
    in_base: bool = False
    base: str = ""
    newest: str = BOTTOM
    own: str = BOTTOM
    elsewhere: str = BOTTOM

    def of_base(self, base: str) -> Marker:
        """The same stamps, with nothing but a base read yet."""
        return self._replace(digest="", log=Position(), in_base=False, base=base)


class Replica:
    """Local state of one book at one path, in a folder of its own. Writing raises OSError."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.log = Log(folder / "log.jsonl")
        self.backups = Backups(folder / "backups")
        self.copies = CopyMemory(folder)

    @cached_property
    def history(self) -> History:
        """What of this device lost in merges."""
        from pitrack.store.history import History

        return History(self.folder / "history.jsonl")

    def prepare(self) -> None:
        """Make the folder where it is missing."""
        if not self.folder.is_dir():
            files.private_folder(self.folder)

    def base(self) -> Document | None:
        """The last merged version; None where there is none that is sound."""
        sound = [found for path in self.bases() if (found := _sound(path)) is not None]
        return reduce(merge, sound) if sound else None  # two of them: a crash came between writing and dropping

    def bases(self) -> list[Path]:
        """The files that hold it; each is named by the hash of its bytes."""
        return sorted(self.folder.glob("base-*.json"))

    def based_on(self) -> str:
        """Which base it is, so that one which another process made is told from it."""
        return " ".join(path.stem for path in self.bases())

    def is_base(self, document: Document) -> bool:
        """Whether the base is this very document."""
        return self._base_of(document).exists()

    def rebase(self, document: Document) -> None:
        """Make ``document`` the base, through to the disk."""
        path = self._base_of(document)
        before = self.bases()
        if path not in before:
            files.replace(path, document.data)
        for old in before:
            if old != path:
                old.unlink(missing_ok=True)

    def _base_of(self, document: Document) -> Path:
        return self.folder / f"base-{files.digest(document.data)}.json"

    def marker(self) -> Marker:
        """What was remembered last; an empty marker when nothing readable was."""
        try:
            parts = orjson.loads((self.folder / "file.json").read_bytes())
            marker = Marker(**{**parts, "log": Position(*parts["log"])})
        except (OSError, ValueError, TypeError, KeyError):
            return Marker()
        return marker if all(map(is_stamp, (marker.newest, marker.own, marker.elsewhere))) else Marker()

    def remember(self, marker: Marker) -> None:
        """Keep a marker for the next start; failing to is no harm."""
        if marker == self.marker():
            return
        try:
            parts = orjson.dumps({**marker._asdict(), "log": list(marker.log)})
            files.replace(self.folder / "file.json", parts, durable=False)
        except OSError:
            return


def _sound(path: Path) -> Document | None:
    try:
        data = path.read_bytes()
        document = Document(data) if path.stem == f"base-{files.digest(data)}" else None
    except (OSError, ValueError):
        return None
    return document
