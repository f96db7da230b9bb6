"""Books for the store's tests: small generated documents, and a fresh book with a habit and a stream."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from hypothesis import strategies as st

from pitrack.core.model import Rule, Settings
from pitrack.store import edits
from pitrack.store.book import Book
from pitrack.store.clock import wall_ms
from pitrack.store.document import Document
from pitrack.store.jsontext import dumps
from pitrack.store.merge import Record, encode, merge_texts

DAY = dt.date(2026, 11, 22)

ids = st.sampled_from(["a", "a|2026-01-01", "a|2026-01-02", "b", 'q"u\\o: te', "日本", "x}", "é"])
tables = st.sampled_from(["checkins", "entries", "unknown", "未来"])
names = st.sampled_from(["mark", "note", "money", "tag@q4", "odd"])
stamps = st.builds(
    "2026-11-{:02}T10:00:00.000Z-{:04x}-{}".format,
    st.integers(1, 4),
    st.integers(0, 2),
    st.sampled_from(["aaaaaaaa", "bbbbbbbb"]),
)
raw_values = st.sampled_from(
    [
        '"yes"',
        "null",
        "true",
        '"日本語 \\"x\\""',
        "1.10",
        "123456789012345678901234567890",
        '{"b":1.50,"a":2}',
        "[1,[2,{}]]",
    ]
)
records = st.builds(
    Record,
    st.dictionaries(names, st.tuples(raw_values, stamps), max_size=4),
    st.none() | stamps,
).filter(lambda record: bool(record.fields) or record.deleted is not None)
opaque = st.sampled_from([b'{"mark":"yes"}', b'{"t":"never"}', b"7", b'{"ft":{},"x":1.0}', b'"text"'])
texts = records.map(encode) | opaque


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """A book of one store id with up to a dozen records, known, unknown and broken ones."""
    content = draw(st.dictionaries(tables, st.dictionaries(ids, texts, max_size=4), max_size=3))
    book = Record({"store": ('"s1"', draw(stamps)), "format": (draw(st.sampled_from(["1", "2"])), draw(stamps))})
    loose = draw(st.dictionaries(st.sampled_from(["unknown", "loose"]), st.sampled_from([b"7", b"[1.10]"]), max_size=1))
    return Document.build(
        {"_book": {"book": encode(book)}, **{name: found for name, found in content.items() if found}},
        {name: value for name, value in loose.items() if not content.get(name)},
    )


def stamp(day: int, device: str = "aaaaaaaa", counter: int = 0) -> str:
    return f"2026-11-{day:02}T10:00:00.000Z-{counter:04x}-{device}"


def text(**fields: object) -> bytes:
    """A record's canonical text from plain values."""
    return merge_texts(dumps(fields).encode(), dumps(fields).encode())


def another_device(book: Book, folder: Path, ahead_ms: int) -> Book:
    """Another device with a copy of a book in a folder of its own; its clock is that much ahead."""
    (folder / "there").mkdir()
    copy = folder / "there" / "pitrack.json"
    book.save()
    shutil.copy(book.path, copy)
    return Book.open(copy, state=folder / "state2", wall=lambda: wall_ms() + ahead_ms)


def exchange(here: Book, there: Book) -> None:
    """What a sync service does, until both are at rest."""
    for one, other in ((here, there), (there, here), (here, there)):
        one.save()
        shutil.copy(one.path, other.path)
        other.refresh()
        other.save()
    assert here.data == there.data


@dataclass
class Desk:
    """A fresh book with one habit and one stream, and where its state lies."""

    book: Book
    state: Path
    habit: str
    stream: str

    @property
    def path(self) -> Path:
        return self.book.path

    def again(self) -> Book:
        """The book as another process opens it."""
        return Book.open(self.path, state=self.state)


def desk(folder: Path) -> Desk:
    book = Book.create(folder / "pitrack.json", Settings(store="", zone="Asia/Tokyo"), state=folder / "state")
    stream = edits.add_stream(book.snapshot(), "Newsletter", currency="USD")
    book.apply(stream)
    habit = edits.add_habit(book.snapshot(), "Write 500 words", Rule(dt.date(2026, 1, 1)))
    book.apply(habit)
    book.save()
    return Desk(book, folder / "state", habit.writes[0].id, stream.writes[0].id)


def earn(book: Book, amount: str, stream: str | None = None) -> str:
    """Book an income; the entry's id."""
    change = edits.add_entry(
        book.snapshot(), kind="income", day=DAY, gross=Decimal(amount), currency="USD", stream=stream
    )
    book.apply(change)
    return change.writes[0].id


def grosses(book: Book) -> list[Decimal]:
    """The amounts of all entries, sorted."""
    return sorted(entry.gross for entry in book.snapshot().entries)
