"""What a report is made of once it is in words: sections of facts, tables, lists and a chart, for any renderer.

Texts are plain: made harmless already, but not yet escaped for HTML or Markdown.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Literal, NamedTuple, TypeAlias

Trend = Literal["", "up", "down"]
NOTHING = ("", "-")
"""What stands in a cell where nothing is known."""


class Cell(NamedTuple):
    """A cell of a table. ``part``: how much of a whole it says, 0 to 1, where a bar may show that."""

    text: str
    part: float | None = None
    trend: Trend = ""


class Table(NamedTuple):
    """Rows under a head; the first cell names its row. ``align`` has a letter a column: l, r. The last ``sums`` rows
    stand for those above them. ``spare`` are columns that can be done without, the first of them first."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    align: str
    sums: int = 0
    spare: tuple[int, ...] = ()


def filled(table: Table) -> Table:
    """The table without those columns in which nothing is known."""
    kept = [at for at in range(len(table.head)) if not at or any(row[at].text not in NOTHING for row in table.rows)]
    return table._replace(
        head=tuple(table.head[at] for at in kept),
        rows=tuple(tuple(row[at] for at in kept) for row in table.rows),
        align="".join(table.align[at] for at in kept),
        spare=tuple(kept.index(at) for at in table.spare if at in kept),
    )


class Facts(NamedTuple):
    """Labels, each with its value."""

    pairs: tuple[tuple[str, str], ...]


class Text(NamedTuple):
    """A sentence. ``role``: "quote" is the user's own words, "note" a remark."""

    text: str
    role: Literal["", "quote", "note", "warn"] = ""


class Items(NamedTuple):
    """Texts below each other under a line that says what they are."""

    intro: str
    texts: tuple[str, ...]


class Series(NamedTuple):
    """Values by column."""

    name: str
    values: tuple[Decimal, ...]


class Chart(NamedTuple):
    """A bar a column, in it a part a series; over the bars one line more where there is one. ``told`` says in a
    sentence what it shows; ``axis`` words a value of its scale. A column is a month and its year; ``last`` is what the
    last bar comes to. The numbers stand in the table after it."""

    title: str
    told: str
    columns: tuple[tuple[str, str], ...]
    series: tuple[Series, ...]
    line: Series | None
    axis: Callable[[Decimal], str]
    last: str


Block: TypeAlias = Table | Facts | Text | Items | Chart


class Section(NamedTuple):
    title: str
    blocks: tuple[Block, ...]


class Headline(NamedTuple):
    """The figure of the month. ``value`` and ``change`` are empty where amounts are hidden."""

    label: str
    value: str
    change: str
    trend: Trend
    state: str
    is_closed: bool


class Document(NamedTuple):
    """A report in words. ``title`` names the month, ``book`` whose it is (empty where the book has no name)."""

    title: str
    book: str
    language: str
    headline: Headline | None
    notes: tuple[Block, ...]
    sections: tuple[Section, ...]
    end: str
