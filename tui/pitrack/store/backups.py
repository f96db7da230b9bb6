"""Backups: whole earlier versions of a book, kept on this device and read back when they are made."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Literal, NamedTuple

from pitrack.store import files
from pitrack.store.errors import BookError

Kind = Literal["daily", "merge", "found", "migration"]
"""Why a backup was made: the first change of a day; a merge that changed something; a damaged or hand-edited file
that was replaced; a migration."""

DAYS = 14
MONTHS = 12
OTHERS = 20
APART = dt.timedelta(minutes=10)
"""Between two backups before merges."""

_NAME = re.compile(r"(\d{8}T\d{6}\.\d{6}Z)-(daily|merge|found|migration)-([0-9a-f]{16})\.json\.gz")
_MOMENT = "%Y%m%dT%H%M%S.%fZ"


class Backup(NamedTuple):
    """One backup: ``name`` is what a person types, ``size`` its bytes on the disk."""

    name: str
    path: Path
    moment: dt.datetime
    kind: str
    digest: str
    size: int


class Backups:
    """The backups of one book on this device. Writing raises OSError."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def list(self) -> list[Backup]:
        """All of them, the newest first."""
        try:
            found = [backup for path in self._folder.iterdir() if (backup := _backup(path)) is not None]
        except FileNotFoundError:
            return []
        return sorted(found, key=lambda backup: backup.name, reverse=True)

    def make(self, data: bytes, kind: Kind, now: dt.datetime) -> None:
        """Keep these bytes, unless the newest backup holds the same or one of the kind is not due yet."""
        known = self.list()
        sums = files.digest(data)[:16]
        if (known and known[0].digest == sums) or not _is_due(kind, now, known):
            return
        import gzip

        files.private_folder(self._folder)
        path = self._folder / f"{now.strftime(_MOMENT)}-{kind}-{sums}.json.gz"
        files.replace(path, gzip.compress(data, 1, mtime=0))
        if _unpacked(path) != data:
            path.unlink()
            raise OSError(0, "a backup did not read back as it was written")
        kept = set(_kept(self.list()))
        for backup in known:
            if backup.path not in kept:
                backup.path.unlink(missing_ok=True)

    def find(self, name: str) -> Backup:
        """The backup of that name, or the only one whose name begins so; BookError("unknown" | "ambiguous")."""
        known = self.list()
        found = [backup for backup in known if backup.name == name] or [
            backup for backup in known if name and backup.name.startswith(name)
        ]
        if len(found) == 1:
            return found[0]
        if found:
            raise BookError("ambiguous", what="backup", name=name, candidates=[backup.name for backup in found])
        raise BookError("unknown", what="backup", name=name, candidates=[backup.name for backup in known])

    def read(self, backup: Backup) -> bytes:
        """Its bytes; BookError("unreadable") when they are not those that were kept."""
        try:
            data = _unpacked(backup.path)
        except OSError as error:
            raise BookError("unreadable", path=str(backup.path), reason=str(error), line=None) from error
        if files.digest(data)[:16] != backup.digest:
            raise BookError("unreadable", path=str(backup.path), reason="damaged", line=None)
        return data


def _backup(path: Path) -> Backup | None:
    if not (match := _NAME.fullmatch(path.name)):
        return None
    try:
        moment = dt.datetime.fromisoformat(match[1])
        return Backup(f"{match[1][:19]}-{match[2]}", path, moment, match[2], match[3], path.stat().st_size)
    except (ValueError, OSError):
        return None


def _is_due(kind: Kind, now: dt.datetime, known: Iterable[Backup]) -> bool:
    if kind == "daily":
        return not any(backup.kind == kind and backup.moment.date() == now.date() for backup in known)
    if kind == "merge":
        return not any(backup.kind == kind and abs(now - backup.moment) < APART for backup in known)
    return True


def _kept(backups: list[Backup]) -> Iterable[Path]:
    """Of the daily ones the newest of each of 14 days and the oldest of each of 12 months; of the others the newest."""
    daily = [backup for backup in backups if backup.kind == "daily"]
    days = {backup.moment.date(): backup.path for backup in reversed(daily)}
    months = {(backup.moment.year, backup.moment.month): backup.path for backup in daily}
    others = [backup.path for backup in backups if backup.kind != "daily"]
    yield from [days[day] for day in sorted(days, reverse=True)[:DAYS]]
    yield from [months[month] for month in sorted(months, reverse=True)[:MONTHS]]
    yield from others[:OTHERS]


def _unpacked(path: Path) -> bytes:
    """The bytes of a backup; OSError for what is no gzip file or far too large."""
    import gzip
    import zlib

    try:
        with gzip.open(path) as file:
            data = file.read(files.MOST + 1)
    except (EOFError, zlib.error) as error:
        raise OSError(0, "damaged") from error
    return data
