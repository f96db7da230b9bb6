"""The file format: any JSON text of a book to its canonical document, with everything unknown kept as it stands."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

import orjson

from pitrack.store.clock import is_stamp
from pitrack.store.document import Document
from pitrack.store.jsontext import TooDeep, dumps, members
from pitrack.store.jsontext import canonical as canonical_text
from pitrack.store.merge import is_everyday, merge_texts, normal, spelled

FORMAT = 1
_CONFLICT = re.compile(rb"^<{7}(?: |$)", re.MULTILINE)
_MARKER = re.compile(rb"([<|=>])\1{6}(?: |\r?\n|$)")
_MARKERS = {b"<": "ours", b"|": "neither", b"=": "theirs", b">": "both"}
_STAMPS = re.compile(rb":\"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z-[0-9a-f]{4}-[0-9a-f]{8})\"")


class Unreadable(ValueError):
    """Bytes that are no book; ``reason`` is a code ("empty", "encoding", "json", "git", "deep", "not-a-book"),
    ``line`` where."""

    def __init__(self, reason: str, line: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line


def canonical(tables: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> bytes:
    """TinyDB's ``{table: {id: record}}`` as the bytes of a book: keys sorted, one record a line, no empty tables."""
    return Document.build(
        {
            table: {record: normal(dumps(dict(fields)).encode()) for record, fields in records.items()}
            for table, records in tables.items()
        }
    ).data


class Found(NamedTuple):
    """A version of a book as it was found: its document, the bytes, and the table, id and text of every record that
    stands there more than once (they are merged in the document) or whose stamps make no sense."""

    document: Document
    data: bytes
    odd: tuple[tuple[str, str, bytes], ...] = ()


def read(data: bytes) -> Document:
    """The canonical document of a file's bytes; raises Unreadable.

    A file in canonical layout that comes through a parse and back unchanged is taken as it stands. Otherwise each
    record is taken apart as text, so that what this version does not know keeps its very characters.
    """
    return examine(data).document


def examine(raw: bytes) -> Found:
    """As ``read``, with what a document does not show."""
    data = raw.removeprefix(b"\xef\xbb\xbf")
    if not data.strip():
        raise Unreadable("empty")
    try:
        tables = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise _unreadable(data, error) from error
    if not _is_book(tables):
        raise Unreadable("not-a-book")
    document = _as_it_stands(data, tables) if _stamped(tables) else None
    try:
        if document is not None:
            return Found(document, raw)
        document, odd = _rebuild(data.decode())
        return Found(document, raw, odd)
    except TooDeep as error:
        raise Unreadable("deep") from error
    except ValueError as error:
        raise Unreadable("json") from error


def stamps(document: Document) -> set[str]:
    """All valid stamps in a document, those of deletions included."""
    return {text for found in set(_STAMPS.findall(document.data)) if is_stamp(text := found.decode())}


def sides(data: bytes) -> list[bytes]:
    """The two versions between git's conflict markers; none where there are no markers."""
    if not _CONFLICT.search(data):
        return []
    ours, theirs, into = [], [], "both"
    for line in data.splitlines(keepends=True):
        if marker := _MARKER.match(line):
            into = _MARKERS[marker[1]]
            continue
        if into in ("both", "ours"):
            ours.append(line)
        if into in ("both", "theirs"):
            theirs.append(line)
    return [b"".join(ours), b"".join(theirs)]


def store_of(document: Document) -> str:
    """The id of the book that a document is."""
    return str(book_record(document)["store"])


def book_record(document: Document) -> dict[str, Any]:
    """The parsed record of the book itself."""
    record: dict[str, Any] = document.values("_book")["book"]
    return record


def _is_book(tables: object) -> bool:
    if not isinstance(tables, dict) or not isinstance(tables.get("_book"), dict):
        return False
    book = tables["_book"].get("book")
    return isinstance(book, dict) and isinstance(book.get("store"), str) and isinstance(book.get("format"), int)


def _stamped(tables: dict[str, Any]) -> bool:
    """Whether every record is of the everyday shape whose canonical text is its plain serialisation."""
    return all(
        isinstance(records, dict) and records and all(is_everyday(record) for record in records.values())
        for records in tables.values()
    )


def _as_it_stands(data: bytes, tables: dict[str, dict[str, Any]]) -> Document | None:
    """The document of data that a parse and back gives again to the byte; None when it does not."""
    try:
        document = Document(data)
    except ValueError:
        return None
    if document.opaque or list(tables) != sorted(tables) or list(tables) != list(document.tables):
        return None
    for table, records in tables.items():
        ids = list(records)
        lines = bytes(document.body(table)).split(b",\n")
        try:
            spelled = orjson.dumps(list(records.values()), option=orjson.OPT_SORT_KEYS)
        except TypeError:  # it reads deeper than it writes
            return None
        heads = [b"  %b: " % orjson.dumps(record) for record in ids]
        if ids != sorted(ids) or len(ids) != len(lines):
            return None
        texts = [line[len(head) :] for head, line in zip(heads, lines, strict=True) if line.startswith(head)]
        if len(texts) != len(ids) or b"[%b]" % b",".join(texts) != spelled:
            return None
    return document if _laid_out(document) == len(data) else None


def _laid_out(document: Document) -> int:
    """How many bytes a canonical layout of these tables takes: nothing may stand between them."""
    bodies = sum(len(orjson.dumps(name)) + 10 + len(document.body(name)) for name in document.tables)
    return bodies + 3


def _rebuild(text: str) -> tuple[Document, tuple[tuple[str, str, bytes], ...]]:
    tables: dict[str, dict[str, bytes]] = {}
    opaque: dict[str, bytes] = {}
    odd: list[tuple[str, str, bytes]] = []
    for table, value in members(text):
        if not value.startswith("{"):
            opaque[table] = max(canonical_text(value).encode(), opaque.get(table, b""))
            continue
        records = tables.setdefault(table, {})
        for record, fields in members(value):
            line, is_sound = spelled(fields.encode())
            before = records.get(record)
            if before is not None:
                odd.append((table, record, before))
            if before is not None or not is_sound:
                odd.append((table, record, line))
            if before is not None:
                line = merge_texts(before, line)
            records[record] = line
    loose = {name: value for name, value in opaque.items() if name not in tables}
    return Document.build(tables, loose), tuple(odd)


def _unreadable(data: bytes, error: orjson.JSONDecodeError) -> Unreadable:
    if error.msg.startswith("str is not valid UTF-8"):
        return Unreadable("encoding")
    if conflict := _CONFLICT.search(data):
        return Unreadable("git", data.count(b"\n", 0, conflict.start()) + 1)
    if error.msg.startswith("depth limit"):
        return Unreadable("deep")
    return Unreadable("json", error.lineno)
