"""Search in the ledger: which entries match every term of a query typed by a person."""

from __future__ import annotations

import datetime as dt
import operator
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from pitrack.core.days import Month
from pitrack.core.model import Asset, Entry, Stream

Test = Callable[[Entry], bool]
Words = Mapping[str, str]
"""Folded words of the user's language, each with the code or the period that it stands for, as one types it in
English."""

COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
    "=": operator.eq,
}
STATUSES = frozenset({"pending", "cleared", "void"})
KINDS = frozenset({"income", "expense", "refund"})
NO_STREAM = "no stream"
CODES = STATUSES | KINDS | {"fee", "unpaid", NO_STREAM}
OF = frozenset({"stream", "asset"})
NONE = "none"

_TERM = re.compile(r'(-?)((?:[^\s":]+:)?)(?:"([^"]*)(?:"|$)|(\S+))')
_NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?"
_AMOUNT = re.compile(rf"([<>]=?|=)({_NUMBER})", re.ASCII)
_BOUND = re.compile(rf"({_NUMBER})(以上|以下|未満|超)", re.ASCII)
_BOUNDS = {"以上": ">=", "以下": "<=", "未満": "<", "超": ">"}
_AMOUNTS = re.compile(rf"({_NUMBER})?\.\.({_NUMBER})?", re.ASCII)
_DAYS = re.compile(r"([<>]=?)(\d{4}-[\d-]+)", re.ASCII)
_PERIOD = re.compile(r"((?:19|20|21)\d\d)(-\d\d)?(-\d\d)?", re.ASCII)


class Term(NamedTuple):
    """One thing that is asked of an entry, folded. ``of``: of its stream's or asset's name alone. ``quoted`` text
    stands for nothing but itself."""

    text: str
    negative: bool = False
    quoted: bool = False
    of: str = ""


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


def search(
    entries: Sequence[Entry],
    streams: Mapping[str, Stream],
    query: str,
    assets: Mapping[str, Asset] | None = None,
    words: Words | None = None,
) -> list[Entry]:
    """The entries that match every term, newest (last) first. A term that reads as nothing else is a word."""
    ledger = _Ledger(entries, streams, assets or {})
    tests: list[Test] = []
    found: Iterable[int] | None = None
    for term in terms(query, words or {}):
        if test := ledger.test(term):
            tests.append(_not(test) if term.negative else test)
        else:
            found = ledger.with_word(found, term)
    kept = list(reversed(entries)) if found is None else [entries[index] for index in found]
    for test in tests:
        kept = [entry for entry in kept if test(entry)]
    return kept


def terms(query: str, words: Words) -> list[Term]:
    """A query's terms, each once; words of the user's language are read as what they stand for."""
    read: list[Term] = []
    for minus, head, quoted, plain in _TERM.findall(fold(query).replace("“", '"').replace("”", '"')):
        of = words.get(head[:-1], head[:-1])
        if of in OF and (quoted or plain):
            text = NONE if words.get(plain) == NONE else plain
            read.append(Term(quoted or text, bool(minus), bool(quoted), of))
        elif plain and not _is_begun(plain, words):
            read.append(Term(head + plain, bool(minus)))
        elif quoted:
            read.append(Term(head + quoted, bool(minus), True))
    return list(dict.fromkeys(_phrases(read, {**{code: code for code in CODES}, **words})))


def _is_begun(plain: str, words: Words) -> bool:
    """Whether a term is only begun, as ``-`` and ``asset:`` are: it then asks nothing yet."""
    return plain == "-" or (plain.endswith(":") and words.get(plain[:-1], plain[:-1]) in OF)


def _phrases(read: Sequence[Term], words: Words) -> Iterable[Term]:
    """Terms that stand for a code become it, those of two words too: ``no stream``."""
    at = 0
    while at < len(read):
        term = read[at]
        if not term.quoted and not term.of:
            after = read[at + 1] if at + 1 < len(read) else None
            if after and not (after.quoted or after.of or after.negative):
                both = f"{term.text} {after.text}"
                if both in words:
                    yield term._replace(text=words[both])
                    at += 2
                    continue
            term = term._replace(text=words.get(term.text, term.text))
        yield term
        at += 1


def _not(test: Test) -> Test:
    return lambda entry: not test(entry)


class _Ledger(NamedTuple):
    """What is searched."""

    entries: Sequence[Entry]
    streams: Mapping[str, Stream]
    assets: Mapping[str, Asset]

    def test(self, term: Term) -> Test | None:
        """The test that a term stands for, without its minus; None for a word."""
        if term.of:
            return self._named(term)
        if term.text == NO_STREAM and not term.quoted:
            return self._named(Term(NONE, of="stream"))
        return None if term.quoted else plain_test(term.text)

    def _named(self, term: Term) -> Test:
        """A test of the stream or the asset by a part of its name."""
        things: Mapping[str, Stream | Asset] = self.streams if term.of == "stream" else self.assets
        named = frozenset(thing.id for thing in things.values() if term.text in fold(thing.name))
        none = term.text == NONE and not term.quoted
        if term.of == "stream":
            return (lambda entry: entry.stream not in things) if none else lambda entry: entry.stream in named
        return (lambda entry: entry.asset not in things) if none else lambda entry: entry.asset in named

    def with_word(self, found: Iterable[int] | None, term: Term) -> list[int]:
        """Of the places ``found``, newest first (None: all), those where the word is part of the note, a tag, the
        currency or the name of the stream or asset; or is not, where the term is negative."""
        entries, word, negative = self.entries, term.text, term.negative
        notes = _notes.of(entries)
        streams = {stream.id for stream in self.streams.values() if word in fold(stream.name)}
        assets = {asset.id for asset in self.assets.values() if word in fold(asset.name)}
        currencies = {currency for currency in {entry.currency for entry in entries} if word in fold(currency)}
        return [
            index
            for index in (range(len(entries) - 1, -1, -1) if found is None else found)
            if (
                word in notes[index]
                or (entry := entries[index]).stream in streams
                or entry.currency in currencies
                or entry.asset in assets
                or (bool(entry.tags) and word in fold_tags(entry.tags))
            )
            is not negative
        ]


def plain_test(text: str) -> Test | None:
    """The test that a folded text stands for by itself; None for a word."""
    if text in STATUSES:
        return lambda entry: entry.status == text
    if text in KINDS:
        return lambda entry: entry.kind == text
    if text == "fee":
        return lambda entry: bool(entry.fee)
    if text == "unpaid":
        return lambda entry: entry.paid is None
    if text.startswith("#") and len(text) > 1:
        line = f"\n{text[1:]}\n"
        return lambda entry: bool(entry.tags) and line in fold_tags(entry.tags)
    return _amount_test(text) or _day_test(text)


def _amount_test(text: str) -> Test | None:
    """``>100``, ``=1,200.50``, ``100以上``, ``100..200`` (either end may be open): of the gross amount, in whatever
    currency. Two years are days."""
    if match := _BOUND.fullmatch(text):
        text = _BOUNDS[match[2]] + match[1]
    if match := _AMOUNT.fullmatch(text):
        compare, bound = COMPARE[match[1]], _decimal(match[2])
        return lambda entry: compare(entry.gross, bound)
    if not (match := _AMOUNTS.fullmatch(text)) or not (match[1] or match[2]) or _day_range(text):
        return None
    least = _decimal(match[1]) if match[1] else Decimal(0)
    most = _decimal(match[2]) if match[2] else None
    return lambda entry: least <= entry.gross and (most is None or entry.gross <= most)


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def _day_test(text: str) -> Test | None:
    """``2026-10``, ``2026-10..2026-12`` (either end may be open), ``>2026-10-01``: of the day earned. A year alone
    after ``>`` is an amount."""
    if match := _DAYS.fullmatch(text):
        sign, period = match[1], period_of(match[2])
        if period is None:
            return None
        compare, bound = COMPARE[sign], period[0] if sign in (">=", "<") else period[1]
        return lambda entry: compare(entry.day, bound)
    if period := period_of(text) or _day_range(text):
        first, last = period
        return lambda entry: first <= entry.day <= last
    return None


def _day_range(text: str) -> tuple[dt.date, dt.date] | None:
    """First and last day of two periods with ``..`` between them."""
    begin, dots, end = text.partition("..")
    if not dots or not (begin or end):
        return None
    first = period_of(begin) if begin else (dt.date.min, dt.date.min)
    last = period_of(end) if end else (dt.date.max, dt.date.max)
    return (first[0], last[1]) if first and last else None


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


def prepare(entries: Sequence[Entry]) -> None:
    """Do beforehand what the first search for a word in these entries would have to."""
    _notes.of(entries)
