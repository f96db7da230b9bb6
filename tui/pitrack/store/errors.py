"""What can go wrong with a book, as codes with details; ``pitrack.text.errors`` has the sentences."""

from __future__ import annotations


class BookError(Exception):
    """A failure that a person is told in one sentence.

    Codes: ``missing`` (path), ``exists`` (path), ``held`` (path), ``unreadable`` (path, reason, line), ``newer`` (path,
    format), ``refused`` (path, reason: the log could not be written, nothing was recorded), ``nothing-to-undo``,
    ``nothing-to-redo``, ``unknown`` (what, name, candidates), ``ambiguous`` (what, name, candidates),
    ``taken`` (what, name), ``invalid`` (what, value, why), ``locked`` (path),
    ``foreign`` (path, name: another book lies where this one was), ``foreign-gone`` (path: it does no longer).
    """

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(code)
        self.code = code
        self.details = details

    def __str__(self) -> str:
        return f"{self.code} {self.details}"


def reason_of(error: OSError) -> str:
    """The system's own words for what went wrong."""
    return error.strerror or type(error).__name__
