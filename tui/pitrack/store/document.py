"""A book's canonical bytes, one record a line, in which records are found and replaced without parsing the rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any, TypeVar

import orjson

T = TypeVar("T")
Piece = bytes | memoryview
Lines = Mapping[str, Mapping[str, bytes]]
"""Record texts by table and id."""

MANY = 1000
"""Records from which on a table is put together anew, rather than each one put in its place."""

AT_ONCE = 1 << 18
"""Bytes of a table that are parsed at once."""

_BETWEEN = b",\n"
_FOOT = b"\n }"
_HEAD = b": {\n"


class Document:
    """Immutable canonical text of a whole book::

        {
         "habits": {
          "ab12cd34": {"name":"Write","t":"2026-…"},
          "zz12cd34": {…}
         }
        }

    A line break is always structure (JSON strings hold none), so tables and records are found by searching bytes.
    A table that is no object (somebody else's content) stays as one opaque line.
    """

    __slots__ = ("_bodies", "_opaque", "data")

    def __init__(self, data: bytes) -> None:
        """``data`` must be canonical: made by ``build`` or ``splice``, or checked by ``format.read``; ValueError where
        it plainly is not."""
        self.data = data
        self._bodies: dict[str, tuple[int, int]] = {}
        self._opaque: dict[str, bytes] = {}
        if not (data.startswith(b"{\n") and data.endswith(b"\n}\n")):
            raise ValueError("not canonical")
        at = 2
        while data[at : at + 2] == b' "':
            line_end = data.index(b"\n", at)
            if data[line_end - 3 : line_end + 1] == _HEAD:
                end = data.index(_FOOT, line_end)
                self._bodies[_name(data[at + 1 : line_end - 3])] = (line_end + 1, end)
                line_end = data.index(b"\n", end + 1)
            else:
                name, _, value = data[at + 1 : line_end].partition(b": ")
                self._opaque[_name(name)] = value.removesuffix(b",")
            at = line_end + 1

    @classmethod
    def build(cls, tables: Lines, opaque: Mapping[str, bytes] | None = None) -> Document:
        """From record texts by table and id; empty tables are left out."""
        chunks = {name: _chunk(name, _lines(records.items())) for name, records in tables.items() if records}
        chunks |= {name: [_quote(name) + b": " + value] for name, value in (opaque or {}).items()}
        return cls(_join(chunks))

    @property
    def tables(self) -> Iterable[str]:
        return self._bodies.keys()

    @property
    def opaque(self) -> Mapping[str, bytes]:
        return self._opaque

    def body(self, table: str, prefix: str = "") -> memoryview:
        """The record lines of a table whose ids begin with ``prefix``, joined by ``,\\n``."""
        start, end = self._bodies.get(table, (0, 0))
        if prefix:
            after = prefix[:-1] + chr(ord(prefix[-1]) + 1)
            start, end = self._seek(start, end, prefix), self._seek(start, end, after)
            if start < end and self.data[end - 2 : end] == b",\n":
                end -= 2
        return memoryview(self.data)[start : max(start, end)]

    def same(self, other: Document, table: str, prefix: str = "") -> bool:
        """Whether both hold the same records in a table (or those whose ids begin with ``prefix``)."""
        ours, theirs = self.body(table, prefix), other.body(table, prefix)
        return len(ours) == len(theirs) and bytes(ours) == bytes(theirs)  # as bytes: memoryviews compare one by one

    def values(self, table: str, prefix: str = "") -> dict[str, Any]:
        """The parsed records of a table (or those whose ids begin with ``prefix``), as TinyDB would hand them out."""
        parsed: dict[str, Any] = orjson.loads(b"".join((b"{", self.body(table, prefix), b"}")))
        return parsed

    def parts(self, table: str) -> Iterator[dict[str, Any]]:
        """The parsed records of a table, some at a time: all at once would be felt in memory and by other threads."""
        at, end = self._bodies.get(table, (0, 0))
        while at < end:
            stop = self.data.find(_BETWEEN, at + AT_ONCE, end)
            stop = end if stop < 0 else stop
            yield orjson.loads(b"{%b}" % self.data[at:stop])
            at = stop + len(_BETWEEN)

    def records(self, table: str) -> dict[str, bytes]:
        """Record texts of a table by id."""
        return dict(map(split, self.lines(table)))

    def lines(self, table: str) -> set[bytes]:
        """The record lines of a table; ``split`` takes one apart."""
        body = bytes(self.body(table))
        return set(body.split(b",\n")) if body else set()

    def get(self, table: str, record: str) -> bytes | None:
        """The text of one record."""
        start, end = self._bodies.get(table, (0, 0))
        at = self._seek(start, end, record)
        line = self._line(at, end)
        if at >= end:
            return None
        key, text = split(line)
        return text if key == record else None

    def splice(self, changes: Lines, opaque: Mapping[str, bytes] | None = None) -> Document:
        """A document with these records added or replaced; all other bytes are copied as they stand. A loose value
        gives way to records of its name."""
        chunks: dict[str, list[Piece]] = {}
        for name, (start, end) in self._bodies.items():
            touched = changes.get(name)
            if touched and len(touched) >= MANY:
                chunks[name] = _chunk(name, _lines({**self.records(name), **touched}.items()))
            elif touched:
                chunks[name] = _chunk(name, self._with(start, end, touched))
            else:
                head = self.data.rindex(b' "', 0, start)
                chunks[name] = [memoryview(self.data)[head + 1 : end + len(_FOOT)]]
        for name, records in changes.items():
            if name not in self._bodies and records:
                chunks[name] = _chunk(name, _lines(records.items()))
        for name, value in {**self._opaque, **(opaque or {})}.items():
            if not changes.get(name):
                chunks[name] = [_quote(name) + b": " + value]
        return Document(_join(chunks))

    def _with(self, start: int, end: int, touched: Mapping[str, bytes]) -> Iterator[Piece]:
        data, at = memoryview(self.data), start
        for record in sorted(touched):
            here = self._seek(at, end, record)
            if here > at:
                yield data[at : here - 2 if self.data[here - 2 : here] == b",\n" else here]
            yield _line(record, touched[record])
            line = self._line(here, end)
            at = min(here + len(line) + 2, end) if line and split(line)[0] == record else here
        if at < end:
            yield data[at:end]

    def _line(self, at: int, end: int) -> bytes:
        """The record line at ``at``, without the comma that may follow it."""
        stop = self.data.find(b"\n", at, end)
        return self.data[at:end] if stop < 0 else self.data[at : stop - 1]

    def _seek(self, start: int, end: int, record: str) -> int:
        """Offset of the first line whose id is ``record`` or later; ``end`` when there is none."""
        wanted = record.encode("utf-8", "surrogatepass")
        low, high = start, end
        while low < high:
            middle = self.data.rfind(b"\n", low, (low + high) // 2) + 1 or low
            key = split(self._line(middle, end))[0].encode("utf-8", "surrogatepass")
            if key >= wanted:
                high = middle
            else:
                following = self.data.find(b"\n", middle, end)
                low = end if following < 0 else following + 1
        return low


def _name(quoted: bytes) -> str:
    name: str = orjson.loads(quoted)
    return name


def _quote(name: str) -> bytes:
    return orjson.dumps(name)


def _line(record: str, text: bytes) -> bytes:
    return b"  %b: %b" % (_quote(record), text)


def _lines(records: Iterable[tuple[str, bytes]]) -> Iterator[bytes]:
    return (_line(record, text) for record, text in sorted(records))


def split(line: bytes) -> tuple[str, bytes]:
    """Id and text of a record line."""
    quoted, _, text = line[2:].partition(b'": ')
    if b"\\" in quoted:  # an id may itself hold an escaped quote: find its true end
        at = 1
        while quoted_at := line.find(b'"', 2 + at):
            slashes = len(line[2:quoted_at]) - len(line[2:quoted_at].rstrip(b"\\"))
            if slashes % 2 == 0:
                return _name(line[2 : quoted_at + 1]), line[quoted_at + 3 :]
            at = quoted_at - 1
    return quoted[1:].decode(), text


def _chunk(name: str, lines: Iterable[Piece]) -> list[Piece]:
    return [_quote(name) + _HEAD, *_with_between(lines, b",\n"), _FOOT]


def _join(chunks: Mapping[str, Iterable[Piece]]) -> bytes:
    """All in one go: every copy of a large book is felt."""
    tables = (chunks[name] for name in sorted(chunks))
    inner = chain.from_iterable(_with_between(tables, (b",\n ",)))
    return b"".join([b"{\n ", *inner, b"\n}\n"])


def _with_between(things: Iterable[T], between: T) -> Iterator[T]:
    for number, thing in enumerate(things):
        if number:
            yield between
        yield thing
