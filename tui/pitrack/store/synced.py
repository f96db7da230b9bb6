"""The synced file: read once a version, written only over the version that was read."""

from __future__ import annotations

import time
from pathlib import Path

from pitrack.store import files, format
from pitrack.store.document import Document
from pitrack.store.errors import BookError, reason_of
from pitrack.store.format import Found

PATIENCE = 1.0
"""Seconds for which a damaged file is read again: a sync client may be in the middle of writing it."""
_AGAIN = 0.05


class SyncedFile:
    """The file of a book in whatever folder a service syncs. Reading raises BookError("missing" | "unreadable" |
    "newer"), the same one until the file is another version; writing raises OSError or files.Changed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.version: files.Version | None = None
        self.data = b""
        """The bytes as they were read."""
        self.found: Found | None = None
        """What they hold; None until it was read, and where they are no book."""
        self._trouble: BookError | None = None
        self._damaged_since = 0.0

    @property
    def document(self) -> Document | None:
        return self.found and self.found.document

    @property
    def is_fresh_damage(self) -> bool:
        """Whether the file cannot be read since less than a moment: it may be in the middle of being written."""
        is_damaged = self._trouble is not None and self._trouble.code == "unreadable"
        return is_damaged and time.monotonic() - self._damaged_since < PATIENCE

    @property
    def is_still(self) -> bool:
        """Whether the file is the version that was fetched last (and there is one)."""
        return self.version is not None and self.version.is_still(self.path)

    def fetch(self) -> bool:
        """Read the bytes unless they are still the same; whether they are others now."""
        if self.is_still:
            return False
        try:
            known = self.data if self.version else None
            data, version = files.read(self.path, known, self.version.digest if self.version else "")
        except FileNotFoundError as error:
            raise self._lose("missing") from error
        except files.TooLarge as error:
            raise self._lose("unreadable", reason="too-large", line=None) from error
        except OSError as error:
            raise self._lose("unreadable", reason=reason_of(error), line=None) from error
        same = self.version is not None and version.digest == self.version.digest
        self.version = version
        if not same:
            self.data, self.found, self._trouble = data, None, None
        return not same

    def glance(self) -> Document | None:
        """The document of bytes that look canonical; only a known hash says that they are."""
        try:
            document = Document(self.data)
            return document if format.store_of(document) else None
        except (ValueError, KeyError, TypeError):
            return None

    def trust(self, document: Document) -> None:
        """Take the bytes for this document: their hash is known."""
        self.found, self._damaged_since = Found(document, self.data), 0.0

    def read(self, patience: float = 0.0) -> Found:
        """What the bytes hold; damaged ones are fetched again for so many seconds."""
        end = time.monotonic() + patience
        while self.found is None:
            if self._trouble is None:
                self._parse()
            if self._trouble is None:
                break
            if self._trouble.code != "unreadable" or time.monotonic() >= end:
                raise self._trouble
            time.sleep(_AGAIN)
            self.fetch()
        assert self.found is not None
        return self.found

    def write(self, document: Document) -> None:
        """Replace the version that was fetched; Changed where another one lies there by now."""
        there = self.version
        self.version = files.replace(
            self.path,
            document.data,
            expected=lambda: there.is_still(self.path) if there else not self.path.exists(),
        )
        self.data, self._trouble = document.data, None
        self.trust(document)

    def _parse(self) -> None:
        try:
            found = examined(self.path, self.data)
        except BookError as error:
            self._trouble = error
            self._damaged_since = self._damaged_since or time.monotonic()
        else:
            self.found, self._damaged_since = found, 0.0

    def _lose(self, code: str, **details: object) -> BookError:
        self.version, self.data, self.found, self._trouble = None, b"", None, None
        return BookError(code, path=str(self.path), **details)


def examined(path: Path, data: bytes) -> Found:
    """The book that a file's bytes hold; BookError("unreadable" | "newer")."""
    try:
        found = format.examine(data)
    except format.Unreadable as error:
        raise BookError("unreadable", path=str(path), reason=error.reason, line=error.line) from error
    version = format.book_record(found.document)["format"]
    if version > format.FORMAT:
        raise BookError("newer", path=str(path), format=version)
    return found
