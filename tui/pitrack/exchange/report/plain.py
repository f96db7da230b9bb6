"""A report as lines of plain text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pitrack.exchange.report.blocks import NOTHING, Block, Chart, Document, Facts, Headline, Items, Section, Table, Text
from pitrack.text.i18n import _
from pitrack.text.plain import cells, fit, pad
from pitrack.text.words import listed

GAP = "  "
NAMES = 30
"""Cells of the first column of a table at most, unless it is the only one."""
LEAST = 20


def as_lines(document: Document, width: int = 80) -> list[str]:
    """The report in lines of at most ``width`` cells, where words allow."""
    lines = [GAP.join(part for part in (document.title, document.book) if part)]
    if document.headline:
        lines += _wrapped(_headline(document.headline), width)
    for block in document.notes:
        lines += _block(block, width)
    for section in document.sections:
        lines += _section(section, width)
    return [*lines, "", *_wrapped(document.end, width)]


def _headline(headline: Headline) -> str:
    figures = GAP.join(part for part in (headline.value, headline.change) if part)
    return f"{headline.label}: {figures} ({headline.state})"


def _section(section: Section, width: int) -> Iterator[str]:
    yield ""
    yield section.title
    yield "-" * cells(section.title)
    parts = [lines for block in section.blocks if (lines := _block(block, width))]
    for number, lines in enumerate(parts):
        if number:
            yield ""
        yield from lines


def _block(block: Block, width: int) -> list[str]:
    match block:
        case Chart():
            return []
        case Facts(pairs):
            return _facts(pairs, width)
        case Text(text):
            return _wrapped(text, width)
        case Items(intro, texts):
            return [intro, *(line for text in texts for line in _wrapped(text, width, "  "))]
        case Table():
            return _table(block, width)


def _facts(pairs: Sequence[tuple[str, str]], width: int) -> list[str]:
    """Values beside their labels, or below them where one has no room there."""
    room = max(cells(label) for label, _value in pairs)
    lines = [f"{pad(label, room)}{GAP}{value}" for label, value in pairs]
    if max(map(cells, lines)) <= width:
        return lines
    return [line for label, value in pairs for line in (fit(label, width), *_wrapped(value, width, "  "))]


def _table(table: Table, width: int) -> list[str]:
    """In columns, of which those go that can be done without while there is no room; where the rest has none either,
    a row after the other, each cell with its head."""
    texts = [tuple(cell.text for cell in row) for row in table.rows]
    kept = list(range(len(table.head)))
    for spare in (None, *table.spare):
        if spare is not None:
            kept.remove(spare)
        lines = _columns(table, [[row[at] for at in kept] for row in (table.head, *texts)], kept)
        if max(map(cells, lines)) <= width:
            return _ruled(lines, table.sums)
    return [line for row in texts for line in _stood_apart(table.head, row, width)]


def _columns(table: Table, rows: Sequence[Sequence[str]], kept: Sequence[int]) -> list[str]:
    """Rows in columns as wide as what stands in them, under a head that is broken between words."""
    body = rows[1:]
    widths = [max((cells(row[at]) for row in body), default=0) for at in range(len(kept))]
    widths[0] = min(widths[0], NAMES)
    for at, name in enumerate(rows[0]):
        widths[at] = max(widths[at], *map(cells, name.split(" ")))
    align = [table.align[at] for at in kept]
    heads = [_broken(name, size) for name, size in zip(rows[0], widths, strict=True)]
    high = max(map(len, heads))
    head = zip(*([""] * (high - len(lines)) + lines for lines in heads), strict=True)
    return [_aligned(row, widths, align) for row in (*head, *body)]


def _broken(text: str, room: int) -> list[str]:
    """Words in lines of ``room`` cells."""
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if cells(longer) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _ruled(lines: list[str], sums: int) -> list[str]:
    """With a rule over the sums."""
    if not sums:
        return lines
    rule = "-" * max(map(cells, lines))
    return [*lines[:-sums], rule, *lines[-sums:]]


def _aligned(row: Sequence[str], widths: Sequence[int], align: Sequence[str]) -> str:
    parts = [
        pad(text, size, "right" if side == "r" else "left") for text, size, side in zip(row, widths, align, strict=True)
    ]
    return GAP.join(parts).rstrip()


def _stood_apart(head: Sequence[str], row: Sequence[str], width: int) -> Iterator[str]:
    yield fit(row[0], width)
    known = ((name, text) for name, text in zip(head[1:], row[1:], strict=True) if text not in NOTHING)
    told = listed(*(_("{name}: {value}").format(name=name, value=text) for name, text in known))
    yield from _wrapped(told, width, "  ")


def _wrapped(text: str, width: int, indent: str = "") -> list[str]:
    """Lines broken between words; in a script without spaces, between characters."""
    room = max(width - cells(indent), LEAST)
    lines, line = [], ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if line and cells(longer) > room:
            lines.append(line)
            longer = word
        while cells(longer) > room:
            part = fit(longer, room, "")
            lines.append(part)
            longer = longer[len(part) :]
        line = longer
    return [indent + each for each in (*lines, line) if each]
