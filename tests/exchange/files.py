"""The sample files of ``tests/data``, as their tools would have packed them."""

from __future__ import annotations

import datetime as dt
import io
import sqlite3
import zipfile
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from pitrack.core.model import Mark
from pitrack.exchange.found import Day, Found, FoundHabit, Setting

DATA = Path(__file__).parent.parent / "data"
TODAY = dt.date(2026, 11, 22)
SETTING = Setting(TODAY)


def zipped(members: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these members, whatever their names."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return out.getvalue()


def loop_zip(folder: str = "loop-csv") -> bytes:
    root = DATA / folder
    return zipped({str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*.csv"))})


def database(sql: str) -> bytes:
    """A database file made by a script."""
    with sqlite3.connect(":memory:") as made:
        made.executescript(sql)
        return made.serialize()


def loop_backup(name: str = "loop.sql", more: str = "") -> bytes:
    return database((DATA / name).read_text("utf-8") + more)


def by_name(found: Found) -> dict[str, FoundHabit]:
    assert len({habit.name for habit in found.habits}) == len(found.habits)
    return {habit.name: habit for habit in found.habits}


def days(first: str, *answers: tuple[int, Mark | None] | tuple[int, Mark | None, str]) -> dict[dt.date, Day]:
    """Answers by how many days they lie after the first."""
    start = dt.date.fromisoformat(first)
    return {start + dt.timedelta(days=answer[0]): Day(*answer[1:]) for answer in answers}


def d(text: str) -> Decimal:
    return Decimal(text)
