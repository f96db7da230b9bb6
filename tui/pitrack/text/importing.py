"""Why a file of another tool cannot be read, as a whole or in one place."""

from __future__ import annotations

from collections.abc import Mapping

from pitrack.text.i18n import N_, _
from pitrack.text.plain import fit, printable
from pitrack.text.words import listed

MAX_VALUE = 40
"""Cells shown of a value that cannot be read."""

_REFUSALS = {
    "folder": N_("it is a folder; name the file itself, or the zip that it was unpacked from"),
    "nothing": N_("there is no file of that format in the folder"),
    "special": N_("it is not an ordinary file"),
    "too-large": N_("it is too large (over {most} MB)"),
    "hopeless": N_("more than {most} of its rows cannot be read; is it of another format?"),
    "damaged-zip": N_("it is a damaged zip file"),
    "locked-zip": N_("it is a zip file locked with a password"),
    "many": N_("it is a zip file of more than {most} files"),
    "bomb": N_("it is a zip file that unpacks to far more than it should (at most {most} MB)"),
    "leads-out": N_("it is a zip file with the path “{name}”, which leads out of its folder"),
    "twice": N_("it is a zip file that holds “{name}” twice"),
    "encoding": N_("line {line} is not text in UTF-8"),
    "binary": N_("line {line} holds a zero byte, so it is not text"),
    "columns": N_("{file} has no column {missing}"),
    "csv": N_("{file} is not sound CSV in line {line}; look for a quotation mark that is not closed"),
    "json": N_("it is not valid JSON in line {line}"),
    "deep": N_("it is nested too deeply"),
    "damaged-db": N_("it is a damaged database"),
    "not-loop": N_("it is neither a backup nor a CSV export of Loop Habit Tracker"),
    "not-harsh": N_("it holds nothing that harsh would have written"),
    "not-dijo": N_("it is not the habit_record.json of dijo"),
    "not-beaver": N_("it is not an export of Beaver Habit Tracker"),
    "not-watson": N_("it is not the file frames of Watson"),
    "not-ecb": N_("it is not a file of the ECB's reference rates, such as eurofxref-hist.zip"),
    "cell": N_("line {line}, column {column}, “{value}”: {why}"),
    "xml": N_("it is not valid XML in line {line}"),
    "doctype": N_("it declares a document type, which no file of the ECB does"),
    "no-table": N_("it holds no table"),
    "not-xlsx": N_("it is a zip file, and no sound XLSX"),
    "wide": N_("line {line} has more than {most} columns"),
    "long-cell": N_(
        "a cell in line {line} has more than {most} characters; look for a quotation mark that is not closed"
    ),
    "many-rows": N_("it has more than {most} rows, or too many cells"),
    "which-decimal": N_(
        "in {column}, it cannot be told what stands before the decimals; add --map decimal=. (a point) or "
        "--map decimal=, (a comma)"
    ),
    "which-days": N_(
        "in the column {column}, it cannot be told which is the day and which the month; add --map days=DMY or "
        "--map days=MDY"
    ),
    "which-day": N_(
        "no column for the day was found; say which it is, --map day=COLUMN, or if there is none, add --month 2026-10"
    ),
    "which-month": N_("it does not say when this was earned; add --month 2026-10"),
    "which-stream": N_("no stream is known for it; add --stream, one of: {candidates}"),
    "no-streams": N_("there is no stream yet that it could go to; make one with: pitrack stream add NAME"),
}

_WHYS = {
    "answer": N_("it is no answer of that tool"),
    "backwards": N_("it ends before it begins"),
    "count": N_("it has to be a whole number"),
    "day-twice": N_("the day is there twice"),
    "currency": N_("it is no currency like USD"),
    "day": N_("it is not a day like 2026-11-22"),
    "day-of": N_("it is not a day"),
    "empty": N_("it cannot be empty"),
    "fields": N_("it has too few or too many parts"),
    "frame": N_("it is not a frame: start, stop, project, id, tags"),
    "frequency": N_("it is not a frequency like 1, 7, 1w or 3/7"),
    "interval": N_("it is not an interval: inc START - STOP # TAGS"),
    "kind": N_("it is not Bit, Count or Float"),
    "moment": N_("it is not a moment"),
    "more-than-gross": N_("what is kept back is more than the amount"),
    "more-cells": N_("there are more cells than columns"),
    "negative": N_("it cannot be below zero"),
    "no-habit": N_("there is no action that it belongs to"),
    "no-stream": N_("no stream has that name; add --stream"),
    "number": N_("it is not a number"),
    "object": N_("it is something else than what belongs there"),
    "range": N_("the day lies too far away"),
    "schedule": N_("it is not a schedule within 366 days"),
    "status": N_("the preset does not say what that status means"),
    "sums": N_("amount and fees do not add up to it"),
    "text": N_("it is not text"),
    "too-long": N_("it is too long"),
    "zero": N_("it has to be above zero"),
    "too-long-interval": N_("it is longer than 31 days; was it left running?"),
}

_LEFT_OUT = {
    "deleted-there": N_("{name} was deleted in that tool."),
    "running": N_("What began at {name} is still running."),
}


def refusal(code: str, details: Mapping[str, object]) -> str:
    """Why a file cannot be imported at all: ``it is a damaged database``."""
    shown = {name: why(str(value)) if name == "why" else _listed(value) for name, value in details.items()}
    return _(_REFUSALS[code]).format_map({"file": "-", "line": "-", **shown})


def cannot(path: str, code: str, details: Mapping[str, object]) -> str:
    """The sentence for a file that cannot be imported."""
    return _("{path} cannot be imported: {reason}. Nothing was imported.").format(
        path=printable(path), reason=refusal(code, details)
    )


def why(code: str) -> str:
    """Why a value cannot be read: ``it is not a number``."""
    return _(_WHYS[code])


def left_out(code: str, name: str) -> str:
    """What is not imported, and why."""
    return _(_LEFT_OUT[code]).format(name=fit(printable(name), MAX_VALUE))


def trouble(
    code: str, file: str, line: int | None = None, *, place: str = "", column: str = "", value: str = ""
) -> str:
    """One thing that cannot be read: ``Checkmarks.csv, line 12, column Value, “MAYBE”: it is no answer of that
    tool``."""
    parts = [printable(file)]
    if line is not None:
        parts.append(_("line {n}").format(n=line))
    if place:
        parts.append(printable(place))
    if column:
        parts.append(_("column {name}").format(name=fit(printable(column), MAX_VALUE)))
    if value:
        parts.append(_("“{value}”").format(value=fit(printable(value[:200]), MAX_VALUE)))
    return _("{where}: {why}").format(where=listed(*parts), why=why(code))


def _listed(value: object) -> str:
    if isinstance(value, list | tuple):
        return listed(*(printable(str(one)) for one in value))
    return fit(printable(str(value)[:200]), 2 * MAX_VALUE)
