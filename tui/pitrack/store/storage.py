"""The book as a TinyDB database: the same file, read and written whole, for scripts and for making books."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Table

from pitrack.store import files, format


class BookStorage(Storage):
    """TinyDB storage of canonical bytes, replaced whole; never in place as TinyDB's own JSONStorage does.

    It knows no stamps and no merge: a book in use is changed through ``Book.apply`` alone.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self) -> dict[str, dict[str, Any]] | None:
        """All tables; None while there is no file."""
        try:
            data, _ = files.read(self.path)
        except FileNotFoundError:
            return None
        tables: dict[str, dict[str, Any]] = orjson.loads(format.read(data).data)
        return tables

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        files.replace(self.path, format.canonical(data))


class StringIdTable(Table):
    """A table whose record ids are strings; TinyDB then wants ``Document(..., doc_id=...)`` on insert."""

    document_id_class = str  # type: ignore[assignment]  # TinyDB documents this, its annotation says int


def tables(path: Path) -> TinyDB:
    """The book at ``path`` as a TinyDB with string ids."""
    database = TinyDB(path, storage=BookStorage)
    database.table_class = StringIdTable
    return database
