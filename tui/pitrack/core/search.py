"""Search in the ledger: which entries match every term of a query typed by a person."""

from __future__ import annotations

import datetime as dt
import operator
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache

from pitrack.core.days import Month
from pitrack.core.model import Entry, Stream

Test = Callable[[Entry], bool]

COMPARE: dict[str, Callable[[Decimal, Decimal], bool]] = {
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
}
STATUSES = frozenset({"pending", "cleared", "void"})
KINDS = frozenset({"income", "expense", "refund"})

_AMOUNT = re.compile(r"([<>]=?)(\d+(?:\.\d+)?)", re.ASCII)
_PERIOD = re.compile(r"((?:19|20|21)\d\d)(-\d\d)?(-\d\d)?", re.ASCII)


def fold(text: str) -> str:
    """Text as it is compared: NFKC, so that full-width and half-width forms are one, and case folded."""
    return text.lower() if text.isascii() else _fold_wide(text)


@lru_cache(maxsize=1 << 18)
def _fold_wide(text: str) -> str:
    """Remembered by content: after an edit, nearly all of what is searched is the same."""
    return unicodedata.normalize("NFKC", text).casefold()


@lru_cache(maxsize=1 << 12)
def fold_tags(tags: tuple[str, ...]) -> str:
    """All tags folded, a line each, with a line break at either end."""
    return "\n".join(("", *map(fold, tags), ""))


def search(entries: Sequence[Entry], streams: Mapping[str, Stream], query: str) -> list[Entry]:
    """The entries that match every term, newest (last) first. A term that reads as nothing else is a word."""
    terms = fold(query).split()
    tests = {term: test for term in terms if (test := term_test(term))}
    words = [term for term in terms if term not in tests]
    found = with_words(entries, streams, words) if words else list(reversed(entries))
    for test in tests.values():
        found = [entry for entry in found if test(entry)]
    return found


def term_test(term: str) -> Test | None:
    """The test that a folded term stands for; None for a word."""
    if term in STATUSES:
        return lambda entry: entry.status == term
    if term in KINDS:
        return lambda entry: entry.kind == term
    if term.startswith("#") and len(term) > 1:
        line = f"\n{term[1:]}\n"
        return lambda entry: bool(entry.tags) and line in fold_tags(entry.tags)
    if amount := _AMOUNT.fullmatch(term):
        compare, bound = COMPARE[amount[1]], Decimal(amount[2])
        return lambda entry: compare(entry.gross, bound)
    if period := period_of(term):
        first, last = period
        return lambda entry: first <= entry.day <= last
    return None


def period_of(term: str) -> tuple[dt.date, dt.date] | None:
    """First and last day of ``2026``, ``2026-10`` or ``2026-10-05``; None for anything else."""
    match = _PERIOD.fullmatch(term)
    if not match:
        return None
    try:
        if match[3]:
            return (day := dt.date.fromisoformat(term)), day
        if match[2]:
            return (month := Month.parse(term)).first, month.last
    except ValueError:
        return None
    return dt.date(int(term), 1, 1), dt.date(int(term), 12, 31)


def with_words(entries: Sequence[Entry], streams: Mapping[str, Stream], words: Sequence[str]) -> list[Entry]:
    """The entries, newest first, of which each folded word is part of the note, stream's name, a tag or currency."""
    notes = _notes.of(entries)
    currencies = {entry.currency for entry in entries}
    found: Sequence[int] = range(len(entries) - 1, -1, -1)
    for word in words:
        named = {stream.id for stream in streams.values() if word in fold(stream.name)}
        coined = {currency for currency in currencies if word in fold(currency)}
        found = [
            index
            for index in found
            if word in notes[index]
            or (entry := entries[index]).stream in named
            or entry.currency in coined
            or (entry.tags and word in fold_tags(entry.tags))
        ]
    return [entries[index] for index in found]


class _Notes:
    """The folded notes of the entries last searched: they stay the same while a person types."""

    def __init__(self) -> None:
        self._last: tuple[Sequence[Entry], list[str]] = ((), [])

    def of(self, entries: Sequence[Entry]) -> list[str]:
        known, folded = self._last
        if entries is not known:
            folded = [fold(entry.note) for entry in entries]
            self._last = (entries, folded)
        return folded


_notes = _Notes()
