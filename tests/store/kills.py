"""``kill -9`` before and after every file-system call of one act on a book: a script that prints what it found as JSON.

It has everything imported, prepares a book anew for each n, and forks a child that kills itself at the n-th event;
then it looks at what lies there and goes on with it as a next start would, until a child comes to its end.
"""

from __future__ import annotations

import gzip  # noqa: F401  imported before the fork, like all that a save imports
import json
import os
import shutil
import signal
import sys
import zlib  # noqa: F401
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from types import FrameType
from typing import NamedTuple

import filelock  # noqa: F401

from pitrack.core.model import Rule, Settings
from pitrack.store import edits, holding, undo  # noqa: F401
from pitrack.store.book import Book
from pitrack.store.document import Document
from pitrack.store.errors import BookError
from pitrack.store.format import Unreadable, read
from pitrack.store.jsontext import dumps
from pitrack.store.merge import Record, decode, encode, merge
from tests.store.books import DAY

COPY = "pitrack.sync-conflict-20261122-134353-6222WNZ.json"
NOT_ON_FILES = frozenset(["fspath", "urandom", "getpid", "uname", "fsencode", "fsdecode", "kill", "_path_normpath"])
MOST = 5000


class Prepared(NamedTuple):
    """A book before an act on it, this device's state, and what it held. ``finals``: the states that may be found
    afterwards; ``proof`` tells what is missing in a book that was opened and saved again."""

    path: Path
    state: Path
    held: Document | None
    act: Callable[[], object]
    finals: Callable[[Document], bool]
    proof: Callable[[Book], str]
    heal: bool = False


def killed_at(n: int, act: Callable[[], object]) -> bool:
    """Act in a child that is killed at its n-th file-system event (a call is two: before and after); whether it was."""
    child = os.fork()
    if not child:
        left = n

        def count(_frame: FrameType, event: str, function: object) -> None:
            nonlocal left
            if event[:2] == "c_" and is_on_files(function):
                left -= 1
                if not left:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.setprofile(count)
        try:
            act()
        except BaseException as error:
            sys.setprofile(None)
            print(f"{n}: {error!r}", file=sys.stderr, flush=True)
            os._exit(1)
        sys.setprofile(None)
        os._exit(0)
    status = os.waitpid(child, 0)[1]
    if not os.WIFSIGNALED(status) and os.WEXITSTATUS(status):
        raise AssertionError("the act itself failed")
    return os.WIFSIGNALED(status)


def is_on_files(function: object) -> bool:
    """Whether a C function works on files: one of ``os``, ``fcntl``, ``open``, or a method of a file object."""
    name, owner = getattr(function, "__name__", ""), getattr(function, "__self__", None)
    module = getattr(function, "__module__", None)
    if module in ("posix", "fcntl"):
        return name not in NOT_ON_FILES
    if module in ("io", "_io"):
        return name in ("open", "open_code")
    return type(owner).__module__ == "_io" and type(owner).__name__ not in ("BytesIO", "StringIO")


def start(folder: Path) -> tuple[Book, str]:
    """A saved book with a habit and some days of it; the habit's id."""
    folder.mkdir()
    book = Book.create(folder / "pitrack.json", Settings(store="", name="Mine"), state=folder / "state")
    habit = edits.add_habit(book.snapshot(), "Write", Rule(DAY.replace(month=1)))
    book.apply(habit)
    book.apply(edits.add_stream(book.snapshot(), "Letter", currency="USD"))
    book.save()
    return book, habit.writes[0].id


def earn(book: Book, amount: int) -> str:
    change = edits.add_entry(book.snapshot(), kind="income", day=DAY, gross=Decimal(amount), currency="USD")
    book.apply(change)
    return change.writes[0].id


def rename(book: Book, name: str) -> None:
    book.apply(edits.edit_stream(book.snapshot(), next(iter(book.snapshot().streams)), name=name))


def elsewhere(folder: Path, name: str, data: bytes, *, ahead: int = 0) -> Book:
    """The book on another device, whose clock may run ahead by so many milliseconds."""
    place = folder / name
    place.mkdir()
    (place / "pitrack.json").write_bytes(data)
    now = 4_000_000_000_000 + ahead  # in the year 2096: later than the real clock, which stamps a new book
    return Book.open(place / "pitrack.json", state=place / "state", wall=lambda: now)


def places(book: Book) -> tuple[Path, Path, Document]:
    return book.path, book.path.parent / "state", Document(book.data)


def same(document: Document) -> Callable[[Document], bool]:
    return lambda found: found.data == document.data


def nothing_more(_book: Book) -> str:
    return ""


def local(folder: Path) -> Prepared:
    """Changes made here, saved."""
    book, habit = start(folder)
    earn(book, 5)
    book.apply(edits.check(book.snapshot(), habit, DAY, "yes", "a note"))
    return Prepared(*places(book), book.save, same(Document(book.data)), nothing_more)


def foreign(folder: Path) -> Prepared:
    """Another device's version under ours and a third one's beside it; a value of ours loses."""
    book, habit = start(folder)
    saved = book.path.read_bytes()
    rename(book, "Lost")
    earn(book, 5)
    phone = elsewhere(folder, "phone", saved, ahead=10**9)
    rename(phone, "From the phone")
    phone.save()
    tablet = elsewhere(folder, "tablet", saved)
    earn(tablet, 7)
    tablet.apply(edits.set_note(tablet.snapshot(), habit, DAY, "from the tablet"))
    tablet.save()
    copy = tablet.path.read_bytes()
    (book.path.parent / COPY).write_bytes(copy)
    temporary = book.path.with_name("service.tmp")
    temporary.write_bytes(phone.data)
    temporary.replace(book.path)

    def proof(again: Book) -> str:
        kept = [path.read_bytes() for path in again.replica.copies.quarantine.iterdir()]
        lost = [(loss.field, loss.value) for loss in again.replica.history.read()]
        if (book.path.parent / COPY).exists() or copy not in kept:
            return "the copy is not in the quarantine"
        return "" if lost == [("name", '"Lost"')] else f"the history holds {lost}"

    final = merge(merge(Document(book.data), Document(phone.data)), Document(copy))
    return Prepared(*places(book), book.save, same(final), proof)


def beside(folder: Path) -> Prepared:
    """A copy beside a file that is as it was: read and kept, though the book is not written."""
    book, habit = start(folder)
    tablet = elsewhere(folder, "tablet", book.path.read_bytes())
    tablet.apply(edits.set_note(tablet.snapshot(), habit, DAY, "from the tablet"))
    (book.path.parent / COPY).write_bytes(tablet.data)
    return Prepared(*places(book), book.refresh, same(Document(tablet.data)), nothing_more)


def daily(folder: Path) -> Prepared:
    """The first save of a day: a backup of what it replaces."""
    book, _ = start(folder)
    saved = book.path.read_bytes()
    for path in (book.replica.folder / "backups").iterdir():
        path.unlink()
    earn(book, 5)

    def proof(again: Book) -> str:
        kept = [again.replica.backups.read(one) for one in again.replica.backups.list() if one.kind == "daily"]
        return "" if saved in kept else "no backup of the day"

    return Prepared(*places(book), book.save, same(Document(book.data)), proof)


def applied(folder: Path) -> Prepared:
    """A change confirmed: all of it or nothing is there afterwards."""
    book, habit = start(folder)
    earn(book, 5)
    change = edits.check(book.snapshot(), habit, DAY, "yes", "a note")
    before = Document(book.data)

    def finals(found: Document) -> bool:
        made = record(found, "checkins", f"{habit}|{DAY}").fields
        values = {name: value for name, (value, _) in made.items()}
        return found.data == before.data or (
            values == {"mark": '"yes"', "note": '"a note"'} and merge(before, found).data == found.data
        )

    return Prepared(*places(book), lambda: book.apply(change), finals, nothing_more)


def healed(folder: Path) -> Prepared:
    """A damaged file replaced: its bytes are kept."""
    book, _ = start(folder)
    earn(book, 5)
    damaged = book.path.read_bytes()[:100]
    book.path.write_bytes(damaged)

    def proof(again: Book) -> str:
        kept = [again.replica.backups.read(one) for one in again.replica.backups.list() if one.kind == "found"]
        return "" if damaged in kept else "the damaged bytes are gone"

    return Prepared(*places(book), lambda: book.save(heal=True), same(Document(book.data)), proof, heal=True)


def trimmed(folder: Path) -> Prepared:
    """A log that has become long is shortened."""
    holding.LONGEST_LOG = 100_000
    book, habit = start(folder)
    for number in range(12):
        book.apply(edits.set_note(book.snapshot(), habit, DAY, f"note {number} of a good length"))
    earn(book, 5)
    holding.LONGEST_LOG = 2000

    def proof(again: Book) -> str:
        if again.replica.log.end().offset > 2000:
            return "the log is as long as before"
        return "the log is damaged" if again.replica.log.damaged() else ""

    return Prepared(*places(book), book.save, same(Document(book.data)), proof)


def edited(folder: Path) -> Prepared:
    """A text changed by hand in the file becomes a change made now, once."""
    book, habit = start(folder)
    book.apply(edits.set_note(book.snapshot(), habit, DAY, "typed"))
    book.save()
    document = Document(book.data)
    key = ("checkins", f"{habit}|{DAY}")
    found = record(document, *key)
    stamp = found.fields["note"][1]
    text = encode(Record({**found.fields, "note": (dumps("by hand"), stamp)}))
    book.path.write_bytes(document.splice({key[0]: {key[1]: text}}).data)
    earn(book, 5)

    def finals(found: Document) -> bool:
        value, by = record(found, *key).fields["note"]
        return value == '"by hand"' and by > stamp and merge(Document(book.data), found).data == found.data

    def proof(again: Book) -> str:
        hands = [line for line in again.replica.log.read()[0] if line.change.word == "hand"]
        kept = [again.replica.backups.read(one) for one in again.replica.backups.list() if one.kind == "found"]
        if len(hands) != 1:
            return f"{len(hands)} edits for one"
        return "" if any(b"by hand" in data for data in kept) else "the file as it was edited is not kept"

    return Prepared(*places(book), book.save, finals, proof)


def first(folder: Path) -> Prepared:
    """A device that sees the book for the first time, up to its first saved change."""
    book, _ = start(folder)
    saved = Document(book.data)
    fresh = folder / "fresh"

    def act() -> None:
        at = Book.open(book.path, state=fresh, patience=0)
        earn(at, 5)
        at.save()

    def finals(found: Document) -> bool:
        one = len(found.records("entries")) == 1 and merge(saved, found).data == found.data
        return one or found.data == saved.data

    return Prepared(book.path, fresh, None, act, finals, nothing_more)


CASES = {case.__name__: case for case in (local, foreign, beside, daily, applied, healed, trimmed, edited, first)}


def record(document: Document, table: str, name: str) -> Record:
    text = document.get(table, name)
    return (text and decode(text)) or Record()


def troubles(n: int, prepared: Prepared, before: bytes) -> Iterator[str]:
    """What is wrong after a death at the n-th event."""
    path, state = prepared.path, prepared.state
    data = path.read_bytes()
    if data != before:
        try:
            if read(data).data != data:
                yield f"{n}: not canonical"
        except Unreadable as error:
            yield f"{n}: unreadable, {error.reason}"
            return
    if prepared.held is not None and not holds_alone(path, state, prepared.held):
        yield f"{n}: lost without its file"
    again = Book.open(path, state=state, patience=0)
    opened = again.data
    if not prepared.finals(Document(opened)):
        yield f"{n}: opened as\n{opened.decode()}"
    again.save(heal=prepared.heal)
    if again.status.behind is not None or again.status.pending:
        yield f"{n}: {again.status}"
    if again.data != opened or path.read_bytes() != opened:
        yield f"{n}: saved as\n{path.read_text()}"
    if wrong := prepared.proof(again):
        yield f"{n}: {wrong}"
    version = path.stat()
    again.save()
    if path.stat() != version:
        yield f"{n}: no quiet"
    entry = earn(again, 9)
    again.save()
    if entry not in read(path.read_bytes()).values("entries"):
        yield f"{n}: does not go on"

    path.write_bytes(before)
    final = again.data
    if Book.open(path, state=state, patience=0).data != final:
        yield f"{n}: lost with an older file"


def holds_alone(path: Path, state: Path, held: Document) -> bool:
    """Whether the device's state (a copy of it) holds all of a document, with no file beside it."""
    files = [file for file in path.parent.iterdir() if file.is_file()]
    aside, alone = path.parent / "aside", path.parent / "alone"
    aside.mkdir()
    shutil.copytree(state, alone)
    for file in files:
        file.rename(aside / file.name)
    try:
        opened = Book.open(path, state=alone, patience=0).data
    except BookError:
        return False
    finally:
        for file in files:
            (aside / file.name).rename(file)
    return merge(held, Document(opened)).data == opened


def main(case: str, root: Path) -> None:
    found: list[str] = []
    calls = 0
    for n in range(1, MOST):
        prepared = CASES[case](root / str(n))
        before = prepared.path.read_bytes()
        killed = killed_at(n, prepared.act)
        found += troubles(n, prepared, before)
        if not killed:
            break
        calls += 1
    print(json.dumps({"points": calls, "troubles": found[:5], "wrong": len(found)}))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
