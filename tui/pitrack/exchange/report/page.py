"""A report as one page of HTML that needs nothing else, no script and no network; light or dark, on screen or paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from itertools import count
from pathlib import Path

from pitrack.exchange.report.blocks import (
    Block,
    Cell,
    Chart,
    Document,
    Facts,
    Headline,
    Items,
    Section,
    Table,
    Text,
)
from pitrack.exchange.report.chart import NARROW, WIDE, as_svg
from pitrack.text.plain import cells

STYLE = Path(__file__).with_name("page.css")
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
"""The page may use its own styles, and nothing else."""

SHORT = 30
"""Cells of a text that is not broken in a table."""


def as_page(document: Document) -> str:
    """The whole page; every text in it is escaped."""
    return "\n".join(_Page(document).lines()) + "\n"


class _Page:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.numbers = count(1)
        self.shown = ""
        """The title of the chart before."""

    def lines(self) -> Iterator[str]:
        document = self.document
        title = " - ".join(filter(None, (document.title, document.book, "pitrack")))
        yield "<!doctype html>"
        yield f'<html lang="{escape(document.language)}">'
        yield "<head>"
        yield '<meta charset="utf-8">'
        yield f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
        yield '<meta name="color-scheme" content="light dark">'
        yield '<meta name="referrer" content="no-referrer">'
        yield '<link rel="icon" href="data:,">'
        yield f"<title>{escape(title)}</title>"
        yield f"<style>\n{STYLE.read_text(encoding='utf-8')}</style>"
        yield "</head>"
        yield "<body>"
        yield "<main>"
        yield from self.head()
        for section in document.sections:
            yield from self.section(section)
        yield "</main>"
        yield f"<footer><p>{escape(document.end)}</p></footer>"
        yield "</body>"
        yield "</html>"

    def head(self) -> Iterator[str]:
        yield "<header>"
        if self.document.book:
            yield f'<p class="book">{_text(self.document.book)}</p>'
        yield f"<h1>{escape(self.document.title)}</h1>"
        if headline := self.document.headline:
            yield from _headline(headline)
        for block in self.document.notes:
            yield from self.block(block)
        yield "</header>"

    def section(self, section: Section) -> Iterator[str]:
        name = f"part-{next(self.numbers)}"
        yield f'<section aria-labelledby="{name}">'
        yield f'<h2 id="{name}">{escape(section.title)}</h2>'
        for block in section.blocks:
            yield from self.block(block)
        yield "</section>"

    def block(self, block: Block) -> Iterable[str]:
        match block:
            case Facts(pairs):
                return _facts(pairs)
            case Text(text, role):
                return [f"<blockquote><p>{_text(text)}</p></blockquote>" if role == "quote" else _paragraph(text, role)]
            case Items(intro, texts):
                return [f"<p>{escape(intro)}</p>", "<ul>", *(f"<li>{_text(text)}</li>" for text in texts), "</ul>"]
            case Chart():
                return self.chart(block)
            case Table():
                return self.table(block)

    def chart(self, chart: Chart) -> Iterator[str]:
        """The picture twice, of which a window shows the one that it has room for."""
        key = f"chart-{next(self.numbers)}"
        self.shown = chart.title
        yield "<figure>"
        yield f"<figcaption>{escape(chart.title)}</figcaption>"
        yield f'<div class="wide">{as_svg(chart, f"{key}w", WIDE)}</div>'
        yield f'<div class="narrow">{as_svg(chart, f"{key}n", NARROW)}'
        yield '<ul class="legend">'
        for number, series in reversed(list(enumerate(chart.series))):
            yield f"<li>{_swatch(f'{key}n-p{number}')}{_text(series.name)}</li>"
        if chart.line:
            yield f'<li><i class="swatch stroke"></i>{_text(chart.line.name)}</li>'
        yield "</ul></div>"
        yield "</figure>"

    def table(self, table: Table) -> Iterator[str]:
        name = f"table-{next(self.numbers)}"
        yield f'<div class="scroll" role="region" tabindex="0" aria-labelledby="{name}">'
        yield "<table>"
        known = ' class="unseen"' if table.caption == self.shown else ""
        yield f'<caption id="{name}"{known}>{escape(table.caption)}</caption>'
        sides = zip(table.head, table.align, strict=True)
        heads = (f'<th scope="col"{_class(side)}>{_text(text)}</th>' for text, side in sides)
        yield f"<thead><tr>{''.join(heads)}</tr></thead>"
        body = len(table.rows) - table.sums
        yield from _rows("tbody", table.rows[:body], table.align)
        yield from _rows("tfoot", table.rows[body:], table.align)
        yield "</table>"
        yield "</div>"


def _headline(headline: Headline) -> Iterator[str]:
    yield '<div class="headline">'
    yield f'<p class="label">{escape(headline.label)}</p>'
    yield f'<p class="state{" closed" if headline.is_closed else ""}">{escape(headline.state)}</p>'
    yield f'<p class="value">{escape(headline.value)}</p>'
    if headline.change:
        yield f'<p class="change {headline.trend}">{escape(headline.change)}</p>'
    yield "</div>"


def _facts(pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    yield '<dl class="facts">'
    yield from (f"<div><dt>{escape(label)}</dt><dd>{_text(value)}</dd></div>" for label, value in pairs)
    yield "</dl>"


def _paragraph(text: str, role: str) -> str:
    return f'<p class="{role}">{_text(text)}</p>' if role else f"<p>{_text(text)}</p>"


def _rows(part: str, rows: Iterable[tuple[Cell, ...]], align: str) -> Iterator[str]:
    lines = [_row(row, align) for row in rows]
    if lines:
        yield f"<{part}>"
        yield from lines
        yield f"</{part}>"


def _row(row: tuple[Cell, ...], align: str) -> str:
    cells = "".join(_cell(cell, side) for cell, side in zip(row[1:], align[1:], strict=True))
    return f'<tr><th scope="row"{_class("", row[0].text)}>{_text(row[0].text)}</th>{cells}</tr>'


def _cell(cell: Cell, side: str) -> str:
    text = f'<span class="{cell.trend}">{_text(cell.text)}</span>' if cell.trend else _text(cell.text)
    return f"<td{_class(side, cell.text)}>{text}{_bar(cell.part)}</td>"


def _swatch(pattern: str) -> str:
    fill = f'<rect width="12" height="12" fill="url(#{pattern})"/>'
    return f'<svg class="swatch" viewBox="0 0 12 12" aria-hidden="true">{fill}</svg>'


def _bar(part: float | None) -> str:
    """How much of a whole, for the eye; the text says it."""
    if part is None:
        return ""
    return f'<span class="bar" aria-hidden="true"><i style="width:{min(max(part, 0.0), 1.0):.1%}"></i></span>'


def _class(side: str, text: str = "") -> str:
    """The classes of a cell: numbers to the right, and short texts on one line."""
    names = " ".join(name for name, holds in (("r", side == "r"), ("one", 0 < cells(text) <= SHORT)) if holds)
    return f' class="{names}"' if names else ""


def _text(text: str) -> str:
    """A text that may hold words of the book: escaped, and read in its own direction."""
    return escape(text) if text.isascii() else f"<bdi>{escape(text)}</bdi>"
