"""A book's money as transactions of double entry, for the programs of plain-text accounting.

An income goes from ``income:STREAM`` to ``assets:payouts``, less its fee (``expenses:fees``) and the tax kept back,
which is an asset (it counts in the net, and the tax office owes it). A refund takes from the income again. What was
received in the book's currency is the payout, and what moved in the entry's currency its cost.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal, localcontext
from typing import NamedTuple

from pitrack.core.currencies import EXACT, exponent
from pitrack.core.ledger import NO_STREAM, implied_rate, stream_key
from pitrack.core.model import Entry, Rate, Snapshot
from pitrack.text.plain import printable

UNASSIGNED = "unassigned"
"""Of entries on no stream."""
LONGEST = 1000
"""Bytes of a text in one line; ledger shows none of 1,024."""
CUT = "…"
_CODE = re.compile("[A-Z]{3}")


class Chart(NamedTuple):
    """What the accounts are called; ``income`` and ``expenses`` stand before a stream's name."""

    payouts: str
    withheld: str
    fees: str
    differences: str
    income: str
    expenses: str


class Posting(NamedTuple):
    """A signed amount on an account; ``cost`` is what it cost in all (> 0), where that is of another currency."""

    account: str
    amount: Decimal
    currency: str
    cost: Decimal | None = None
    cost_currency: str = ""


class Transaction(NamedTuple):
    """An entry with its postings, which add up to nothing. ``stream`` and ``asset`` are names, empty for none."""

    entry: Entry
    stream: str
    asset: str
    postings: tuple[Posting, ...]


class Export(NamedTuple):
    """A file; how many entries are in it, and how many void ones are left out."""

    data: bytes
    entries: int
    left_out: int = 0


class Money(NamedTuple):
    """All that a file of accounts tells. ``names`` are the streams' parts of account names by id, ``codes`` what the
    currencies are called, ``places`` the decimal places of each, enough for every amount."""

    transactions: tuple[Transaction, ...]
    rates: tuple[Rate, ...]
    names: Mapping[str, str]
    codes: Mapping[str, str]
    places: Mapping[str, int]

    @property
    def accounts(self) -> list[str]:
        """Every account with a posting, sorted."""
        return sorted({posting.account for one in self.transactions for posting in one.postings})

    def amount(self, value: Decimal, currency: str) -> str:
        """An amount with its currency, to at least the currency's decimal places, all of its digits."""
        return f"{padded(value, exponent(currency))} {self.codes[currency]}"


def money_of(snap: Snapshot, chart: Chart, spell: Callable[[str], str]) -> Money:
    """The entries that count as transactions, and the rates. ``spell`` gives the part of an account's name that a
    stream's name makes, empty where it makes none."""
    names = _names(snap, chart, spell)
    transactions = tuple(_transaction(snap, entry, chart, names) for entry in snap.entries if entry.status != "void")
    rates = tuple(rate for rate in snap.rates if rate.base != rate.quote)
    places = _places(snap.settings.currency, transactions, rates)
    return Money(transactions, rates, names, _codes(places), places)


def export(
    snap: Snapshot, money: Money, declared: Iterable[str], written: Callable[[Money, Transaction], Iterable[str]]
) -> Export:
    """A file of the lines ``declared`` and, each after a blank one, those of every transaction."""
    lines = [*declared]
    for one in money.transactions:
        lines += ["", *written(money, one)]
    data = "".join(f"{line}\n" for line in lines).encode()
    return Export(data, len(money.transactions), len(snap.entries) - len(money.transactions))


def one_line(text: str) -> str:
    """A text in one line of single spaces without control characters, cut where it is very long."""
    line = " ".join(printable(text).split())
    if len(line) * 4 <= LONGEST or len(data := line.encode()) <= LONGEST:
        return line
    return data[: LONGEST - len(CUT.encode())].decode(errors="ignore") + CUT


def details(one: Transaction) -> Iterator[tuple[str, str]]:
    """What the postings do not say of an entry, as keys and values in one line each."""
    entry = one.entry
    given = {
        "id": entry.id,
        "source": entry.source_id,
        "asset": entry.asset,
        "asset-name": one.asset or None,
        "paid": entry.paid,
        "units": None if entry.units is None else format(entry.units, "f"),
        "received": None if entry.received is None else format(entry.received, "f"),
    }
    for key, value in given.items():
        if value is not None and (line := one_line(str(value))):
            yield key, line


def padded(value: Decimal, places: int) -> str:
    """A number in plain digits with at least so many decimal places, none lost."""
    own = max(-int(value.as_tuple().exponent), 0)
    text = format(value, "f")
    if own < places:
        text += ("" if own else ".") + "0" * (places - own)
    return text


def first_day(money: Money) -> dt.date:
    """The oldest day of any transaction or rate; 1970-01-01 where there is none."""
    days = [one.entry.day for one in money.transactions] + [rate.day for rate in money.rates]
    return min(days, default=dt.date(1970, 1, 1))


def _transaction(snap: Snapshot, entry: Entry, chart: Chart, names: Mapping[str, str]) -> Transaction:
    stream = stream_key(entry.stream, snap.streams)
    name = snap.streams[stream].name if stream else ""
    asset = snap.assets.get(entry.asset or "")
    with localcontext(EXACT):
        return Transaction(
            entry,
            name,
            asset.name if asset else "",
            tuple(_postings(entry, chart, names[stream], snap.settings.currency)),
        )


def _postings(entry: Entry, chart: Chart, name: str, book: str) -> Iterator[Posting]:
    code = entry.currency
    into = entry.kind == "income"
    kept = entry.fee + entry.withheld
    moved = entry.gross - kept if into else -entry.gross - kept
    yield from _payout(entry, chart, moved, book)
    if entry.fee:
        yield Posting(chart.fees, entry.fee, code)
    if entry.withheld:
        yield Posting(chart.withheld, entry.withheld, code)
    root = chart.expenses if entry.kind == "expense" else chart.income
    yield Posting(root + name, -entry.gross if into else entry.gross, code)


def _payout(entry: Entry, chart: Chart, moved: Decimal, book: str) -> Iterator[Posting]:
    """What moved, as what was received for it where that is known (as ``implied_rate`` understands it)."""
    if entry.received is None or implied_rate(entry) is None:
        yield Posting(chart.payouts, moved, entry.currency)
        return
    received = entry.received.copy_sign(moved)
    if book != entry.currency:
        yield Posting(chart.payouts, received, book, abs(moved), entry.currency)
        return
    yield Posting(chart.payouts, received, book)
    if moved != received:
        yield Posting(chart.differences, moved - received, book)


def _names(snap: Snapshot, chart: Chart, spell: Callable[[str], str]) -> dict[str, str]:
    """A part of an account's name for each stream and for none; no two are the same, whatever their case."""
    taken = {account.rpartition(":")[2].casefold() for account in chart}
    names: dict[str, str] = {}
    for key, wanted in ((NO_STREAM, UNASSIGNED), *((one.id, one.name) for one in snap.streams.values())):
        part = name = spell(wanted) or spell("stream")
        number = 1
        while name.casefold() in taken:
            number += 1
            name = f"{part}-{number}"
        taken.add(name.casefold())
        names[key] = name
    return names


def _places(book: str, transactions: Iterable[Transaction], rates: Iterable[Rate]) -> dict[str, int]:
    places = {code: exponent(code) for rate in rates for code in (rate.base, rate.quote)}
    places.setdefault(book, exponent(book))
    for one in transactions:
        for _account, amount, code, cost, cost_code in one.postings:
            for value, of in ((amount, code), (cost, cost_code)):
                if value is not None:
                    own = -int(value.as_tuple().exponent)
                    places[of] = max(places.get(of, exponent(of)), own)
    return dict(sorted(places.items()))


def _codes(currencies: Iterable[str]) -> dict[str, str]:
    """Currencies by a code of capital letters that every program takes: their own where it is one."""
    codes = {code: code for code in currencies if _CODE.fullmatch(code)}
    for code in currencies:
        if code not in codes:
            name = "X" + "".join(re.findall("[A-Z]", unicodedata.normalize("NFKC", code).upper()))[:16].ljust(3, "X")
            while name in codes.values():
                name += "X"
            codes[code] = name
    return codes
