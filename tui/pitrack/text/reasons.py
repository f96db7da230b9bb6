"""Why something is refused or cannot be read, in words that finish a sentence."""

from __future__ import annotations

import re

from pitrack.text.i18n import N_, _, ngettext
from pitrack.text.plain import printable
from pitrack.text.words import thing

_REASONS = {
    # A file that cannot be read or written; anything else is the system's own word for it.
    "empty": N_("the file is empty"),
    "encoding": N_("it is not text in UTF-8"),
    "json": N_("it is not valid JSON"),
    "git": N_("it holds a conflict that git could not solve"),
    "deep": N_("it is nested too deeply"),
    "too-large": N_("it is too large for a book (over 100 MB)"),
    "damaged": N_("it is not what was written"),
    "exists": N_("there is a file of that name"),
    "not-a-book": N_("it is not a book of pitrack"),
    "missing": N_("the file is missing"),
    "unreadable": N_("the file cannot be read"),
    "newer": N_("the file was written by a newer pitrack"),
    "foreign": N_("another book lies in its place"),
    "locked": N_("another pitrack is busy with it"),
    "refused": N_("it cannot be written"),
    "timeout": N_("it did not finish in time"),
    "the clock stands past the year 9998": N_("the clock stands past the year 9998"),
}

DAMAGES = frozenset({"empty", "encoding", "json", "git", "deep", "not-a-book"})
"""Reasons that lie in what the file holds: an earlier version of it may be sound."""

_WHYS = {
    "already-closed": N_("it is closed already"),
    "ascii-word": N_("use one short word of plain letters and digits"),
    "before-start": N_("it lies before the start"),
    "empty": N_("it cannot be empty"),
    "empty-or-long": N_("use a short word for each tag"),
    "itself": N_("it cannot be merged into itself"),
    "more-than-gross": N_("it is more than the amount itself"),
    "needed": N_("type the amount that a day asks for"),
    "negative": N_("it cannot be below zero"),
    "no-weekday": N_("choose at least one weekday"),
    "not a day like 2026-11-22": N_("type a day like 2026-11-22"),
    "not a moment like 2026-11-22T04:05:00Z": N_("type a moment like 2026-11-22T04:05:00Z"),
    "not-closed": N_("it is not closed"),
    "not-over": N_("it is not over yet"),
    "not-positive": N_("it has to be above zero"),
    "same-currency": N_("the two currencies are the same"),
    "three-letters": N_("type three capital letters, like USD"),
    "week-or-month": N_("type a week like 2026-W47 or a month like 2026-10"),
    "too-long": N_("it has too many digits"),
}
_RANGE = r"([0-9]+)-([0-9]+)(?: minutes)?"
_LONGER = r"longer than ([0-9]+)"
_PLACES = r"([A-Z]{3}) places ([0-9])"

_FIELDS = {
    "alias": N_("short name"),
    "amount": N_("amount"),
    "currency": N_("currency"),
    "day": N_("day"),
    "day start": N_("start of the day"),
    "fee": N_("fee"),
    "hourly": N_("worth of an hour"),
    "focus": N_("next focus"),
    "kind": N_("kind"),
    "lesson": N_("lesson"),
    "name": N_("name"),
    "note": N_("note"),
    "period": N_("week or month"),
    "received": N_("amount received"),
    "schedule": N_("schedule"),
    "tag": N_("tag"),
    "answer": N_("answer"),
    "backup": N_("backup"),
    "task": N_("task"),
    "tool": N_("tool"),
    "stage": N_("stage"),
    "target": N_("target"),
    "unit": N_("unit"),
    "timed": N_("action or stream"),
    "week start": N_("first day of the week"),
    "withheld": N_("amount withheld"),
}


def reason(code: str) -> str:
    """Why a file cannot be read or written, or why the book is behind: ``the file is missing``."""
    return _(_REASONS[code]) if code in _REASONS else printable(code).rstrip(".")


def why(code: str) -> str:
    """Why a value is refused: ``it cannot be empty``, ``choose from 1 to 7``."""
    if code in _WHYS:
        return _(_WHYS[code])
    if match := re.fullmatch(_RANGE, code):
        return _("choose from {first} to {last}").format(first=match[1], last=match[2])
    if match := re.fullmatch(_LONGER, code):
        most = int(match[1])
        return ngettext("it is longer than {n} character", "it is longer than {n} characters", most).format(n=most)
    if match := re.fullmatch(_PLACES, code):
        places = int(match[2])
        if not places:
            return _("{currency} has no decimal places").format(currency=match[1])
        text = ngettext("{currency} has {n} decimal place", "{currency} has {n} decimal places", places)
        return text.format(currency=match[1], n=places)
    if ", " in code:
        return _("choose one of {choices}").format(choices=printable(code))
    return printable(code).rstrip(".")


def field(code: str) -> str:
    """What a value was typed for: ``short name``, ``start of the day``; or the record it belongs to."""
    return _(_FIELDS[code]) if code in _FIELDS else thing(code)
