"""Plain output: lines, tables aligned by cells, JSON for scripts, and the short words that several commands share."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import click

from pitrack.text.plain import cells, fit, pad, printable

if TYPE_CHECKING:
    from pitrack.core.model import Schedule

NARROW = 64
"""Columns of a terminal from which on everything is shown."""
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def say(line: str = "") -> None:
    """A line on stdout."""
    click.echo(line)


def warn(line: str) -> None:
    """A line on stderr."""
    click.echo(line, err=True)


def say_json(value: Any) -> None:
    """``value`` as indented JSON, in UTF-8 whatever the terminal speaks."""
    import orjson

    click.echo(orjson.dumps(value, option=orjson.OPT_INDENT_2))


def say_table(rows: Iterable[Sequence[str]], align: str, indent: str = "") -> None:
    """Rows in columns; ``align`` has one letter a column (``l``, ``r``)."""
    lines = table(list(rows), align, indent, terminal_width())
    if lines:
        say("\n".join(lines))


def table(rows: Sequence[Sequence[str]], align: str, indent: str = "", width: int | None = None) -> list[str]:
    """Rows in columns two cells apart, empty columns left out.

    Where ``width`` has no room for that, the first cell of a row stands above the others, so that nothing is cut.
    """
    widths = [_width([row[column] for row in rows]) for column in range(len(align))] if rows else []
    whole = [_aligned(row, widths, align, indent) for row in rows]
    if width is None or max(map(cells, whole), default=0) <= width:
        return whole
    below = indent + "    "
    rest = [_aligned(row[1:], widths[1:], align[1:], below) for row in rows]
    if max(map(cells, rest)) > width:
        rest = [_folded([text for text in row[1:] if text], below, width) for row in rows]
    return [f"{indent}{row[0]}\n{line}".rstrip() for row, line in zip(rows, rest, strict=True)]


def _width(column: Sequence[str]) -> int | None:
    """Cells of a column, None for an empty one: a text may have no cell of its own (a lone combining mark)."""
    return max(map(cells, column)) if any(column) else None


def _aligned(row: Sequence[str], widths: Sequence[int | None], align: str, indent: str) -> str:
    parts = [
        pad(text, size, "right" if side == "r" else "left")
        for text, size, side in zip(row, widths, align, strict=True)
        if size is not None
    ]
    return (indent + "  ".join(parts)).rstrip()


def _folded(parts: Iterable[str], indent: str, width: int) -> str:
    """Parts one after the other, on as many lines as they take."""
    lines = [indent]
    for part in parts:
        gap = "" if lines[-1] == indent else "  "
        if gap and cells(lines[-1] + gap + part) > width:
            lines.append(indent)
            gap = ""
        lines[-1] += gap + part
    return "\n".join(lines)


def terminal_width() -> int | None:
    """Columns of the terminal (COLUMNS says otherwise); None when stdout is none."""
    if not (sys.stdout and sys.stdout.isatty()):
        return None
    try:  # not shutil's, which takes some milliseconds to import
        return int(os.environ.get("COLUMNS") or 0) or os.get_terminal_size(sys.stdout.fileno()).columns or None
    except (OSError, ValueError):
        return None


def is_narrow() -> bool:
    """Whether stdout is a terminal without room for columns that can be done without."""
    width = terminal_width()
    return width is not None and width < NARROW


def short(text: str, width: int = 60) -> str:
    """A text of the book in one line of at most ``width`` cells."""
    return fit(printable(text[: 8 * width]), width)


def plain(value: Decimal | None) -> str | None:
    """A number for scripts: never an exponent."""
    return None if value is None else format(value, "f")


def rounded(value: Decimal | None, currency: str) -> str | None:
    """An amount for scripts, to the currency's decimal places, never an exponent nor a negative zero."""
    if value is None:
        return None
    from pitrack.core.currencies import quantized

    amount = quantized(value, currency)
    return format(amount if amount else amount.copy_abs(), "f")


def schedule_code(schedule: Schedule) -> str:
    """How a schedule is typed, stable in every language: ``every day``, ``mon,wed,fri``, ``3/week``, ``1/month``,
    ``3/14 days``, ``every 3 days from 2026-11-22``, ``3 days after``."""
    match schedule.every:
        case "day":
            return "every day"
        case "weekdays":
            return ",".join(DAYS[day - 1] for day in sorted(schedule.days))
        case "window":
            return f"{schedule.times}/{schedule.within} days"
        case "interval":
            return f"every {schedule.within} days" + (f" from {schedule.anchor}" if schedule.anchor else "")
        case "after":
            return f"{schedule.within} days after"
    return f"{schedule.times}/{schedule.every}"
