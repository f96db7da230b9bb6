"""Books for the screens: small, made through the store, with a fixed day."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from pitrack.app import PitrackApp
from pitrack.core.changes import Change
from pitrack.core.model import Rule, Schedule, Settings
from pitrack.store import edits
from pitrack.store.book import Book
from pitrack.store.clock import DayClock, wall_ms

TODAY = dt.date(2026, 11, 22)
WRITTEN = dt.datetime(2026, 11, 22, 4, 2, tzinfo=dt.UTC).timestamp()


@pytest.fixture
def today() -> dt.date:
    return TODAY


@pytest.fixture
def empty_book(tmp_path: Path) -> Book:
    return Book.create(
        tmp_path / "synced" / "pitrack.json",
        Settings(store="", zone="Asia/Tokyo", currency="USD"),
        state=tmp_path / "state",
    )


@pytest.fixture
def reopen(tmp_path: Path) -> Callable[[], Book]:
    """Another process on the same device opens the book."""
    return lambda: Book.open(tmp_path / "synced" / "pitrack.json", state=tmp_path / "state")


@pytest.fixture
def there(book: Book, tmp_path: Path) -> Book:
    """The same book on another device, whose clock is a second ahead: what both write, it writes later."""
    return Book.open(book.path, state=tmp_path / "there", wall=lambda: wall_ms() + 1000)


@pytest.fixture
def other(tmp_path: Path) -> Book:
    """Another book, elsewhere."""
    return Book.create(
        tmp_path / "elsewhere" / "pitrack.json",
        Settings(store="", name="Work", zone="Asia/Tokyo", currency="USD"),
        state=tmp_path / "there",
    )


@pytest.fixture
def book(empty_book: Book) -> Book:
    """Three actions and some income; what is due on Sunday 22 November."""
    book = empty_book

    def add(change: Change) -> str:
        book.apply(change)
        return change.writes[0].id

    photos = add(edits.add_stream(book.snapshot(), "Stock photos"))
    since = dt.date(2026, 11, 9)
    upload = add(
        edits.add_habit(
            book.snapshot(),
            "Upload photos",
            Rule(since, "at_least", Schedule(), Decimal(5), "photos"),
            stream=photos,
        )
    )
    tidy = add(edits.add_habit(book.snapshot(), "写真の整理", Rule(since)))
    add(edits.add_habit(book.snapshot(), "Write to a [b]sponsor", Rule(since, schedule=Schedule("week", 3))))
    for back in range(1, 14):
        book.apply(edits.check(book.snapshot(), upload, TODAY - dt.timedelta(days=back), Decimal(5 if back % 4 else 3)))
    book.apply(edits.check(book.snapshot(), tidy, TODAY - dt.timedelta(days=1), "yes"))
    book.apply(edits.check(book.snapshot(), tidy, TODAY - dt.timedelta(days=2), "no"))
    for month, amount in ((9, "1000"), (10, "1120"), (11, "812")):
        book.apply(
            edits.add_entry(
                book.snapshot(),
                kind="income",
                day=dt.date(2026, month, 5),
                gross=Decimal(amount),
                currency="USD",
                stream=photos,
            )
        )
    book.save()
    os.utime(book.path, (WRITTEN, WRITTEN))
    return book


@pytest.fixture
def app(book: Book) -> PitrackApp:
    return PitrackApp(book, DayClock(TODAY))
