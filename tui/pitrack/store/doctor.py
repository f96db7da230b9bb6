"""The doctor: named checks of a book and of what this device keeps of it. It changes nothing."""

from __future__ import annotations

import datetime as dt
import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from pitrack.core.views.income.growth import growth
from pitrack.store import format
from pitrack.store.book import Book
from pitrack.store.clock import StampClock
from pitrack.store.copies import Stray, candidates, inspect, is_tame
from pitrack.store.errors import BookError, reason_of
from pitrack.store.merge import decode
from pitrack.store.synced import SyncedFile

AHEAD = dt.timedelta(days=1)
"""A stamp further ahead of this device's clock than this is reported."""
NAMED = 5
"""Records named in a finding; the others are counted."""


class Finding(NamedTuple):
    """What a check found: a ``code`` with the details that its sentence needs."""

    code: str
    details: Mapping[str, object] = {}


class Check(NamedTuple):
    """One check by its name, with what it found; nothing is a good answer."""

    name: str
    findings: tuple[Finding, ...] = ()


def examine(book: Book) -> tuple[Check, ...]:
    """All checks of an open book, in the order in which one would look."""
    synced = SyncedFile(book.path)
    return tuple(Check(name, tuple(check(book, synced))) for name, check in CHECKS.items())


def _file(book: Book, synced: SyncedFile) -> Iterator[Finding]:
    try:
        synced.fetch()
        synced.read()
    except BookError as error:
        if error.code != "newer":  # a check of its own
            yield Finding("behind", {**error.details, "why": error.code})
        return
    if book.status.behind and book.status.behind != "newer":
        yield Finding("behind", {**book.status.details, "why": book.status.behind})
    elif not os.access(book.path, os.W_OK) or not os.access(book.path.parent, os.W_OK):
        yield Finding("not-writable", {"path": str(book.path)})
    elif book.status.pending:
        yield Finding("pending", {"path": str(book.path)})
    odd = Counter((table, record) for table, record, _ in (synced.found.odd if synced.found else ()))
    if repeated := [place for place, count in odd.items() if count > 1]:
        yield _records("repeated", repeated)


def _lock(book: Book, _synced: SyncedFile) -> Iterator[Finding]:
    try:
        with book.place.lock(patience=0.2):
            pass
    except BookError:
        yield Finding("locked", {"path": str(book.path)})
    except OSError as error:
        yield Finding("state-not-writable", {"path": str(book.place.state), "reason": reason_of(error)})


def _log(book: Book, _synced: SyncedFile) -> Iterator[Finding]:
    try:
        damaged = book.replica.log.damaged()
    except OSError as error:
        yield Finding("state-not-readable", {"path": str(book.replica.log.path), "reason": reason_of(error)})
        return
    if damaged:
        yield Finding("log-damaged", {"path": str(book.replica.log.path), "n": damaged})


def _replica(book: Book, _synced: SyncedFile) -> Iterator[Finding]:
    folder = book.replica.folder
    if not folder.is_dir():
        yield Finding("no-replica", {"path": str(folder)})
    elif book.replica.base() is None:
        yield Finding("base-damaged", {"path": str(folder)})
    elif not os.access(folder, os.W_OK):
        yield Finding("state-not-writable", {"path": str(folder), "reason": ""})


def _copies(book: Book, _synced: SyncedFile) -> Iterator[Finding]:
    for path, _now in candidates(book.path):
        found = inspect(path)
        if isinstance(found, Stray):
            if found.reason:
                yield Finding("copy-unusable", {"path": str(path), "reason": found.reason})
        elif found.store == book.store:
            code = "copy-waits" if is_tame(book.path, path.name) else "copy-stays"
            yield Finding(code, {"path": str(path)})


def _stamps(book: Book, _synced: SyncedFile) -> Iterator[Finding]:
    limit = StampClock("00000000", wall_ms=lambda: _ms(AHEAD)).next()
    ahead = sorted(stamp for stamp in format.stamps(book.document) if stamp > limit)
    if ahead:
        yield Finding("stamps-ahead", {"n": len(ahead), "stamp": ahead[-1][:19]})


def _records_check(book: Book, _synced: SyncedFile) -> Iterator[Finding]:
    document = book.document
    opaque = [
        (table, record)
        for table in document.tables
        for record, text in document.records(table).items()
        if decode(text) is None
    ]
    invalid = [place for place in book.snapshot().invalid() if place not in opaque]
    if opaque:
        yield _records("records-without-stamps", opaque)
    if invalid:
        yield _records("records-invalid", invalid)


def _rates(book: Book, _synced: SyncedFile) -> Iterator[Finding]:
    snapshot = book.snapshot()
    currency = snapshot.settings.currency
    if snapshot.entries:
        for missing in growth(snapshot, snapshot.entries[-1].day).missing_rates:
            yield Finding("rate-missing", {"currency": missing.currency, "day": str(missing.day), "into": currency})


def _format(_book: Book, synced: SyncedFile) -> Iterator[Finding]:
    try:
        synced.fetch()
        synced.read()
    except BookError as error:
        if error.code == "newer":
            yield Finding("behind", {**error.details, "why": error.code})


CHECKS: dict[str, Callable[[Book, SyncedFile], Iterator[Finding]]] = {
    "file": _file,
    "lock": _lock,
    "log": _log,
    "replica": _replica,
    "copies": _copies,
    "stamps": _stamps,
    "records": _records_check,
    "rates": _rates,
    "format": _format,
}


def _records(code: str, places: list[tuple[str, str]]) -> Finding:
    named = [f"{table} {record}" for table, record in places[:NAMED]]
    return Finding(code, {"n": len(places), "names": named})


def _ms(ahead: dt.timedelta) -> int:
    return int((dt.datetime.now(dt.UTC) + ahead).timestamp() * 1000)
