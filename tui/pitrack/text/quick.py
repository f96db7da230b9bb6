"""Reading the one-line quick entry, such as ``120.50 usd newsletter sponsor #q4 @yesterday``."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from pitrack.core.currencies import CURRENCIES
from pitrack.core.model import Asset, EntryKind
from pitrack.text.amounts import amount, currency, quantity
from pitrack.text.reading import ParseError, normal
from pitrack.text.when import day

_KINDS: dict[str, EntryKind] = {
    "earn": "income", "earned": "income", "income": "income", "収入": "income",
    "spend": "expense", "spent": "expense", "expense": "expense", "経費": "expense", "支出": "expense",
    "refund": "refund", "refunded": "refund", "返金": "refund",
}  # fmt: skip
_PENDING = frozenset({"pending", "未入金", "保留"})
_NUMBERS = {
    "fee": "fee", "手数料": "fee",
    "withheld": "withheld", "tax": "withheld", "源泉": "withheld",
    "units": "units", "sold": "units", "個数": "units", "数量": "units",
}  # fmt: skip
_ASSETS = frozenset({"asset", "作品"})
_TAG_ENDS = r"[\s,、#＃]+"


@dataclass(frozen=True, slots=True)
class EntryDraft:
    """What a quick entry says. ``stream`` is one of the names given, or None; ``currency`` None where none is typed.
    ``asset`` is the id of one of the assets given, or None. ``typed``: its amounts as they were typed."""

    kind: EntryKind
    amount: Decimal
    currency: str | None
    stream: str | None
    day: dt.date
    note: str = ""
    tags: tuple[str, ...] = ()
    fee: Decimal = Decimal(0)
    withheld: Decimal = Decimal(0)
    units: Decimal | None = None
    pending: bool = False
    asset: str | None = None
    typed: tuple[str, ...] = field(default=(), compare=False)


def entry(text: str, today: dt.date, streams: Iterable[str] = (), assets: Iterable[Asset] = ()) -> EntryDraft:
    """The entry that a line describes: ``[spend|refund|-]AMOUNT [CURRENCY] [STREAM] [NOTE]`` and, anywhere, ``#tag``,
    ``@day``, ``&asset``, ``fee:2.5``, ``withheld:10``, ``units:3``, ``pending``.

    The words that begin words of one of ``streams`` name it; the rest is the note. The stream may also stand before the
    amount. Raises ParseError: ``entry`` (no amount), ``ambiguous`` and ``unknown`` (what, name, candidates), ``marker``
    (name), and those of the amount and the day.
    """
    names = tuple(streams)
    words, marks = _marks(text.split(), today)
    kind, words = _kind(words)
    at, (value, code), width = _amount(words, text)
    rest = words[:at] + words[at + width :]
    if code is None and at < len(rest) and (named := _currency_word(rest[at], names)):
        code = named
        del rest[at]
    stream, used = _stream(rest, names)
    return EntryDraft(
        kind=kind,
        amount=value,
        currency=code,
        stream=stream,
        day=marks.day,
        note=" ".join(rest[used:]),
        tags=tags(" ".join(marks.tags)),
        fee=marks.numbers.get("fee", Decimal(0)),
        withheld=marks.numbers.get("withheld", Decimal(0)),
        units=marks.numbers.get("units"),
        pending=marks.pending,
        asset=None if marks.asset is None else _asset(marks.asset, tuple(assets)),
        typed=(" ".join(words[at : at + width]), *marks.parts),
    )


def tags(text: str) -> tuple[str, ...]:
    """The tags of ``#q4, sponsor``, each once however it is cased, in the order typed."""
    found = (part for part in re.split(_TAG_ENDS, unicodedata.normalize("NFKC", text)) if part)
    return tuple({tag.casefold(): tag for tag in reversed(list(found))}.values())[::-1]


class _Marks:
    """What the marked words of a line say."""

    def __init__(self, today: dt.date) -> None:
        self.day = today
        self.tags: list[str] = []
        self.numbers: dict[str, Decimal] = {}
        self.parts: list[str] = []
        self.pending = False
        self.asset: str | None = None


def _marks(words: Sequence[str], today: dt.date) -> tuple[list[str], _Marks]:
    """The words that are no mark, and what the marks among them say."""
    marks = _Marks(today)
    rest: list[str] = []
    for word in words:
        plain = normal(word)
        name, colon, value = plain.partition(":")
        if plain.startswith("#") and len(plain) > 1:
            marks.tags.append(word)
        elif plain.startswith("@") and len(plain) > 1:
            marks.day = day(plain[1:], today)
        elif plain.startswith("&") and len(plain) > 1:
            marks.asset = plain[1:]
        elif colon and value and name in _ASSETS:
            marks.asset = value
        elif colon and name in _NUMBERS:
            marks.numbers[_NUMBERS[name]] = _number(name, value)
            marks.parts += [] if _NUMBERS[name] == "units" else [value]
        elif plain in _PENDING:
            marks.pending = True
        else:
            rest.append(word)
    return rest, marks


def _asset(typed: str, assets: Sequence[Asset]) -> str:
    """The id of the asset whose alias or name is ``typed``, or else of the only one of which a word begins so."""
    living = [one for one in assets if not one.archived] or assets
    whole = [one for one in living if typed in (normal(one.alias), normal(one.name))]
    found = whole or [one for one in living if any(_is_begun(part, typed) for part in (one.alias, one.name))]
    if len(found) == 1:
        return found[0].id
    labels = [f"{one.alias} ({one.name})" for one in found or living]
    raise ParseError("ambiguous" if found else "unknown", typed, what="asset", name=typed, candidates=labels)


def _is_begun(name: str, typed: str) -> bool:
    """Whether a name, or a word of it, begins so, with or without its spaces."""
    parts = _words(name)
    return any("".join(parts[at:]).startswith(typed) for at in range(len(parts)))


def _number(name: str, value: str) -> Decimal:
    try:
        return quantity(value) if _NUMBERS[name] == "units" else amount(value)[0]
    except ParseError as error:
        raise ParseError("marker", value, name=name) from error


def _kind(words: list[str]) -> tuple[EntryKind, list[str]]:
    first = normal(words[0]) if words else ""
    if first in _KINDS:
        return _KINDS[first], words[1:]
    if first.startswith("-"):
        return "expense", [first[1:], *words[1:]] if len(first) > 1 else words[1:]
    return "income", words


def _amount(words: Sequence[str], typed: str) -> tuple[int, tuple[Decimal, str | None], int]:
    """Where the first amount stands, what it is, and how many words it takes (two for ``usd 5``)."""
    for at, word in enumerate(words):
        if currency(word) in CURRENCIES and at + 1 < len(words):
            try:
                return at, amount(f"{word} {words[at + 1]}"), 2
            except ParseError:
                continue
        try:
            found = amount(word)
        except ParseError as error:
            if error.code != "amount":
                raise
            continue
        if found[1] is None or found[1] in CURRENCIES:
            return at, found, 1
    raise ParseError("entry", typed)


def _currency_word(word: str, names: Sequence[str]) -> str | None:
    """The currency a word names; in small letters only where it does not begin a word of a stream's name."""
    code = currency(word)
    if code not in CURRENCIES or (word != code and any(_begins(word, _words(name)) for name in names)):
        return None
    return code


def _stream(words: Sequence[str], names: Sequence[str]) -> tuple[str | None, int]:
    """The name that the first words mean, and how many of them it took."""
    left = {name: _words(name) for name in names}
    used = 0
    for word in words:
        narrowed = {name: rest for name, parts in left.items() if (rest := _begins(word, parts)) is not None}
        if not narrowed:
            break
        left = narrowed
        used += 1
    if not used:
        return None, 0
    # A name typed whole wins over longer names that begin alike.
    whole = [name for name, rest in left.items() if not rest and normal(name) == normal(" ".join(words[:used]))]
    found = whole or list(left)
    if len(found) > 1:
        typed = " ".join(words[:used])
        raise ParseError("ambiguous", typed, what="stream", name=typed, candidates=sorted(found))
    return found[0], used


def _words(name: str) -> tuple[str, ...]:
    return tuple(normal(name).split())


def _begins(word: str, parts: tuple[str, ...]) -> tuple[str, ...] | None:
    """``parts`` without the first that ``word`` begins; None where it begins none."""
    plain = normal(word)
    for at, part in enumerate(parts):
        if plain and part.startswith(plain):
            return parts[:at] + parts[at + 1 :]
    return None
