"""Where books stand: whether one is known at a path, a fork beside it, a move to another folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pitrack.store import files
from pitrack.store.book import Book
from pitrack.store.copies import versions
from pitrack.store.errors import BookError, reason_of
from pitrack.store.folders import state_folder
from pitrack.store.ids import store_id
from pitrack.store.jsontext import dumps
from pitrack.store.merge import BOOK, decode, encode
from pitrack.store.place import Place


def is_known(path: Path, *, state: Path | None = None) -> bool:
    """Whether this device holds a book of that path, or a service left versions of one there."""
    place = Place(path.expanduser().resolve(), state or state_folder())
    return bool(place.store) or bool(versions(place.path))


def fork(book: Book, path: Path) -> None:
    """Write a book as a new one, of an id of its own, to a path where nothing is; BookError("occupied" | "refused")."""
    record = decode(book.document.get(*BOOK) or b"")
    assert record is not None
    record.fields["store"] = (dumps(store_id()), record.fields["store"][1])
    document = book.document.splice({BOOK[0]: {BOOK[1]: encode(record)}})
    path = path.expanduser().resolve()
    with _refusing(path):
        files.create(path, document.data)


def move(book: Book, folder: Path) -> Path:
    """Put a book into another folder that is there, with all that this device keeps of it; its new path.

    BookError("occupied" | "refused"). The old file goes when it holds no more than the book does."""
    book.save()
    target = folder.expanduser().resolve() / book.path.name
    if os.path.lexists(target):
        raise BookError("occupied", path=str(target))
    place = Place(target, book.place.state)
    with _refusing(target), book.place.lock(), place.lock():
        files.create(target, book.data)
        book.place.copy_replica(place, book.store)
        if not book.status.behind:
            book.path.unlink()
            book.place.forget()
    return target


@contextmanager
def _refusing(path: Path) -> Iterator[None]:
    try:
        yield
    except FileExistsError as error:
        raise BookError("occupied", path=str(path)) from error
    except OSError as error:
        raise BookError("refused", path=str(path), reason=reason_of(error)) from error
