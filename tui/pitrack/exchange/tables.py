"""CSV and JSON from other tools: rows by the names of their columns, values checked one by one."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, TypeVar

from pitrack.exchange.found import Bad, Refused, Trouble

T = TypeVar("T")
Cell = str | Decimal
LONGEST_JSON = 20_000_000
"""Characters; in memory, JSON may take thirty times as much."""

FORMULA = "=+-@\t\r"
"""A cell that begins with one of these is a formula to a spreadsheet."""


class Row:
    """One line of a table: its cells by the names of the columns, and where it stands."""

    __slots__ = ("cells", "file", "line", "troubles")

    def __init__(self, file: str, line: int, cells: Mapping[str, str], troubles: list[Trouble]) -> None:
        self.file = file
        self.line = line
        self.cells = cells
        self.troubles = troubles

    def get(self, column: str) -> str:
        """A cell; empty where the table has no such column."""
        return self.cells.get(column, "")

    def read(self, column: str, parse: Callable[[str], T]) -> T:
        """A cell's value; Bad, with the trouble noted."""
        text = self.get(column)
        try:
            return parse(text)
        except Bad as error:
            self.troubles.append(Trouble(self.file, self.line, column, text, error.code))
            raise


def rows(
    text: str, file: str, needed: Sequence[str], troubles: list[Trouble], *, headless: Sequence[str] | None = None
) -> Iterator[Row]:
    """The rows of a CSV below its header, which must have the columns ``needed``; empty ones are passed over.

    ``headless`` names the columns of a table whose first row is none of names. A row with more cells than there are
    columns is a trouble. Refused("columns" | "csv").
    """
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    columns: list[str] | None = None
    before = 0
    try:
        for cells in reader:
            line, before = before + 1, reader.line_num
            if not any(map(str.strip, cells)):
                continue
            if columns is None:
                columns = [cell.strip() for cell in cells]
                if missing := [name for name in needed if name not in columns]:
                    if headless is None:
                        raise Refused("columns", file=file, missing=missing)
                    columns = list(headless)
                else:
                    continue
            if any(map(str.strip, cells[len(columns) :])):
                troubles.append(Trouble(file, line, str(len(columns) + 1), cells[len(columns)], "more-cells"))
                continue
            yield Row(file, line, dict(zip(columns, cells, strict=False)), troubles)
    except csv.Error as error:
        if columns is None and headless is None:  # no table of that format to begin with
            raise Refused("columns", file=file, missing=list(needed)) from error
        raise Refused("csv", file=file, line=reader.line_num) from error
    if columns is None and headless is None:
        raise Refused("columns", file=file, missing=list(needed))


def written(rows: Iterable[Sequence[Cell]]) -> bytes:
    """A CSV whose texts a spreadsheet takes for text throughout, and whose numbers it takes for numbers."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")  # so that a cell with either of the two is quoted
    writer.writerows([safe(cell) if isinstance(cell, str) else format(cell, "f") for cell in row] for row in rows)
    return out.getvalue().encode()


def safe(cell: str) -> str:
    """The cell with an apostrophe before it where a spreadsheet would take it for a formula; ``plain_cell`` takes it
    away again."""
    return f"'{cell}" if cell.lstrip("'")[:1] in tuple(FORMULA) else cell


def plain_cell(cell: str) -> str:
    """The cell as it was before ``safe``."""
    return cell[1:] if cell[:1] == "'" and cell.lstrip("'")[:1] in tuple(FORMULA) else cell


def json_of(text: str) -> Any:
    """A JSON value with decimal numbers. Refused("json" | "deep" | "too-large")."""
    if len(text) > LONGEST_JSON:
        raise Refused("too-large", most=LONGEST_JSON // 1_000_000)
    try:
        return json.loads(text, parse_float=Decimal, parse_constant=_no_number)
    except RecursionError as error:
        raise Refused("deep") from error
    except json.JSONDecodeError as error:
        raise Refused("json", line=error.lineno) from error
    except (ValueError, ArithmeticError) as error:  # a number that is none, or too long to be one
        raise Refused("json", line=1) from error


def _no_number(text: str) -> Any:
    raise ValueError(text)
