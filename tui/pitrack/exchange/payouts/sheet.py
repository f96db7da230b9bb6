"""Tables in a file of a platform: a CSV is one, an XLSX has one a sheet; read within limits, cells as texts."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import unicodedata
import warnings
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple, overload

from pitrack.exchange.found import Refused
from pitrack.exchange.opening import ZIP, open_parts, text_of, unzipped

LONGEST_CELL = 100_000
MOST_COLUMNS = 1_000
MOST_ROWS = 500_000
MOST_CELLS = 5_000_000
HEADS = 20
"""Lines in which a header is looked for."""
ENCODINGS = ("utf-8", "cp932")
REST = ""
"""The name under which a row has the first cell that stands in no column."""
ANY_CURRENCY = "{currency}"
_DELIMITERS = ",;\t"


class Exact(str):
    """A cell that is a number in the file, and so is written with a point whatever the platform's own style is."""

    __slots__ = ()


class TableRow(NamedTuple):
    """A row: the line on which it begins, and its cells by the names of their columns."""

    line: int
    cells: Mapping[str, str]


class Line(NamedTuple):
    line: int
    cells: Sequence[str]


class Rows(Sequence[TableRow]):
    """The rows below a header, made when they are looked at."""

    def __init__(self, columns: tuple[str, ...], lines: Sequence[Line], start: int) -> None:
        self.columns = columns
        self.lines = lines
        self.start = start

    def __len__(self) -> int:
        return len(self.lines) - self.start

    @overload
    def __getitem__(self, index: int) -> TableRow: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[TableRow]: ...
    def __getitem__(self, index: int | slice) -> TableRow | Sequence[TableRow]:
        if isinstance(index, slice):
            return [self._row(self.lines[self.start + place]) for place in range(*index.indices(len(self)))]
        return self._row(self.lines[self.start + range(len(self))[index]])

    def _row(self, line: Line) -> TableRow:
        cells = dict(zip(self.columns, line.cells, strict=False))
        if extra := next((cell for cell in line.cells[len(self.columns) :] if cell.strip()), ""):
            cells[REST] = extra
        return TableRow(line.line, cells)


class Table(NamedTuple):
    """A table: its file's name, its own (a sheet's; empty for a CSV), its columns and rows."""

    file: str
    name: str
    columns: tuple[str, ...]
    rows: Sequence[TableRow]


def folded(text: str) -> str:
    """How headers and words of a file are compared."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def header(name: str, headers: Collection[str]) -> str | None:
    """Which of some folded headers a preset's name of a column means; ``{currency}`` in it stands for any code."""
    wanted = folded(name)
    if ANY_CURRENCY not in wanted:
        return wanted if wanted in headers else None
    pattern = re.compile(re.escape(wanted).replace(re.escape(ANY_CURRENCY), "[a-z]{3}"))
    return next(filter(pattern.fullmatch, headers), None)


def open_tables(path: Path, encodings: Sequence[str] = ENCODINGS) -> tuple[Table, ...]:
    """The tables of a file that hold anything. Refused; OSError."""
    data = open_parts(path)[path.name]
    if data[:4] == ZIP:
        return _workbook(path.name, data)
    lines = _lines(_decoded(data, encodings), path.name)
    if not lines:
        raise Refused("no-table")
    return (_table(path.name, "", lines, 0),)


def heads(table: Table) -> Iterator[Table]:
    """The table, and what it is where its header stands lower down, below lines of titles."""
    yield table
    rows = table.rows
    if isinstance(rows, Rows):
        for start in range(rows.start, min(HEADS, len(rows.lines))):
            yield _table(table.file, table.name, rows.lines, start)


def _table(file: str, name: str, lines: Sequence[Line], start: int) -> Table:
    columns = _columns(lines[start].cells)
    return Table(file, name, columns, Rows(columns, lines, start + 1))


def _columns(cells: Sequence[str]) -> tuple[str, ...]:
    """Names of columns, each of its own: a second one of a name is numbered."""
    seen: Counter[str] = Counter()
    names = []
    last = max((place for place, cell in enumerate(cells) if cell.strip()), default=-1)
    for place, cell in enumerate(cells[: last + 1], 1):
        name = " ".join(cell.split()) or f"({place})"
        key = folded(name)
        seen[key] += 1
        names.append(name if seen[key] == 1 else f"{name} ({seen[key]})")
    return tuple(names)


def _decoded(data: bytes, encodings: Sequence[str]) -> str:
    """The text, in UTF-8 (or UTF-16 where it says so), or else in the first other encoding that fits."""
    try:
        return text_of(data)
    except Refused as error:
        if error.code != "encoding":
            raise
        for encoding in encodings:
            try:
                text = data.decode(encoding)
            except (UnicodeDecodeError, LookupError):
                continue
            if "\0" in text:
                raise Refused("binary", line=text.count("\n", 0, text.index("\0")) + 1) from error
            return text
        raise


def _lines(text: str, file: str) -> list[Line]:
    """All lines that hold anything."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    found: list[Line] = []
    before = 0
    total = 0
    try:
        for cells in reader:
            line, before = before + 1, reader.line_num
            total += _check(cells, line)
            if any(map(str.strip, cells)):
                found.append(Line(line, cells))
            if len(found) > MOST_ROWS or total > MOST_CELLS:
                raise Refused("many-rows", most=MOST_ROWS)
    except csv.Error as error:
        if "field larger" in str(error):
            raise Refused("long-cell", line=before + 1, most=LONGEST_CELL) from error
        raise Refused("csv", file=file, line=before + 1) from error
    return found


def _check(cells: Sequence[str], line: int) -> int:
    if len(cells) > MOST_COLUMNS and any(map(str.strip, cells[MOST_COLUMNS:])):
        raise Refused("wide", line=line, most=MOST_COLUMNS)
    if any(len(cell) > LONGEST_CELL for cell in cells):
        raise Refused("long-cell", line=line, most=LONGEST_CELL)
    return len(cells)


def _delimiter(text: str) -> str:
    """What parts the cells: that which gives the most of the first lines the same number of them."""
    start = text[: LONGEST_CELL * 2]
    return max(_DELIMITERS, key=lambda delimiter: _evenness(start, delimiter))


def _evenness(text: str, delimiter: str) -> tuple[int, int]:
    counts: Counter[int] = Counter()
    try:
        for cells in islice(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), HEADS):
            if len(cells) > 1:
                counts[len(cells)] += 1
    except csv.Error:
        pass
    return max(((often, size) for size, often in counts.items()), default=(0, 0))


def _workbook(file: str, data: bytes) -> tuple[Table, ...]:
    """The sheets of an XLSX, which is checked as any zip is before it is looked into."""
    if any(b"<!DOCTYPE" in part or b"<!ENTITY" in part for part in unzipped(data, ".xml").values()):
        raise Refused("not-xlsx")
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # styles that it does not know are none of our concern
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            sheets = [(sheet.title, _sheet(sheet)) for sheet in book.worksheets]
    except Refused:
        raise
    except Exception as error:  # openpyxl raises whatever a damaged file makes it
        raise Refused("not-xlsx") from error
    tables = tuple(_table(file, title, lines, 0) for title, lines in sheets if lines)
    if not tables:
        raise Refused("no-table")
    return tables


def _sheet(sheet: Any) -> list[Line]:
    sheet.reset_dimensions()  # what a file says of its size is not to be trusted
    found: list[Line] = []
    total = 0
    rows: Iterable[Sequence[object]] = sheet.iter_rows(values_only=True)
    for line, values in enumerate(rows, 1):
        cells = [_cell(value) for value in values]
        total += _check(cells, line)
        if any(map(str.strip, cells)):
            found.append(Line(line, cells))
        if line > MOST_ROWS or total > MOST_CELLS:
            raise Refused("many-rows", most=MOST_ROWS)
    return found


def _cell(value: object) -> str:
    """The text of a value; a number to the fifteen digits that spreadsheets keep."""
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case float():
            return Exact(format(Decimal(f"{value:.15g}"), "f"))
        case int() | Decimal():
            return Exact(format(Decimal(value), "f"))
        case dt.datetime():
            return value.date().isoformat()
        case dt.date():
            return value.isoformat()
    return str(value)
