"""A report as Markdown, with the tables of GitHub's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pitrack.exchange.report.blocks import Block, Chart, Document, Facts, Items, Section, Table, Text

_MEANT = re.compile(r"[\\`*_{}\[\]<|~]|\$(?!\d)|&(?=#?\w+;)")
"""What Markdown, or a common addition to it, would take for more than a text."""
_STARTS = re.compile(r"^(?:(\d+)([.)])|([-+=>#]))")
"""What at the start of a block would make it a list, a heading or a quotation."""


def as_markdown(document: Document) -> str:
    """The whole report; whatever the book holds stays a text."""
    return "\n".join(_lines(document)) + "\n"


def _lines(document: Document) -> Iterator[str]:
    yield f"# {escaped(document.title)}"
    if document.book:
        yield ""
        yield _began(document.book)
    if headline := document.headline:
        yield ""
        parts = (f"**{escaped(headline.value)}**", escaped(headline.change), escaped(headline.state))
        figures = " · ".join(part for part in parts if part)
        yield f"{escaped(headline.label)}: {figures}"
    for block in document.notes:
        yield from _block(block)
    for section in document.sections:
        yield from _section(section)
    yield ""
    yield f"_{escaped(document.end)}_"


def _section(section: Section) -> Iterator[str]:
    yield ""
    yield f"## {escaped(section.title)}"
    for block in section.blocks:
        yield from _block(block)


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Chart):
        return
    yield ""
    match block:
        case Facts(pairs):
            yield from (f"- {_began(label)}: **{escaped(value)}**" for label, value in pairs)
        case Text(text, role):
            yield f"> {_began(text)}" if role == "quote" else _began(text)
        case Items(intro, texts):
            yield _began(intro)
            yield ""
            yield from (f"- {_began(text)}" for text in texts)
        case Table():
            yield from _table(block)


def _table(table: Table) -> Iterator[str]:
    """A caption, a head, the rule under it and the rows; the sums are strong."""
    yield f"{escaped(table.caption)}:"
    yield ""
    yield _row(map(escaped, table.head))
    yield _row("---:" if side == "r" else "---" for side in table.align)
    for number, row in enumerate(table.rows):
        texts = [escaped(cell.text) for cell in row]
        is_sum = number >= len(table.rows) - table.sums
        yield _row(f"**{text}**" if is_sum and text else text for text in texts)


def _row(texts: Iterator[str] | map[str]) -> str:
    return f"| {' | '.join(texts)} |"


def escaped(text: str) -> str:
    """A text that stays one within a line, whatever is in it."""
    return _MEANT.sub(r"\\\g<0>", text)


def _began(text: str) -> str:
    """A text that stays one at the start of a block."""
    return _STARTS.sub(r"\1\\\2\3", escaped(text))
