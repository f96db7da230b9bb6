"""A book's money as a journal that hledger and ledger read in their strict modes."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from pitrack.core.model import Snapshot
from pitrack.exchange.accounts import Chart, Export, Money, Transaction, details, export, money_of, one_line

CHART = Chart(
    payouts="assets:payouts",
    withheld="assets:tax withheld",
    fees="expenses:fees",
    differences="expenses:differences",
    income="income:",
    expenses="expenses:",
)
TAGS = ("asset", "asset-name", "id", "paid", "received", "source", "tags", "units")
_IN_NAMES = "-_.&'/"
_HARMLESS = str.maketrans(";[]", ",()")
"""``;`` begins a comment, and ledger reads a bracket in one as a date."""


def export_hledger(snap: Snapshot) -> Export:
    """All entries but the void ones, and all rates; equal books give equal bytes."""
    money = money_of(snap, CHART, part)
    return export(snap, money, _declared(snap, money), _written)


def part(name: str) -> str:
    """A stream's name as a part of an account's: letters, digits and a few signs, single spaces."""
    kept = (c if c.isalnum() or c in _IN_NAMES or unicodedata.category(c)[0] == "M" else " " for c in text(name))
    return " ".join("".join(kept).split())


def text(value: str) -> str:
    """A text in one line that neither program takes for anything else."""
    return one_line(value).translate(_HARMLESS)


def _declared(snap: Snapshot, money: Money) -> Iterator[str]:
    yield f"; {text(snap.settings.name) or 'pitrack'}, {len(money.transactions)} entries"
    for code, places in money.places.items():
        if money.codes[code] != code:
            yield f"; {money.codes[code]} is the currency {text(code)}"
        yield f"commodity {money.codes[code]}"
        if places:
            yield f"  format 1000.{'0' * places} {money.codes[code]}"
    for stream in snap.streams.values():
        yield f"; {money.names[stream.id]} is the stream {text(stream.name)} ({text(stream.id)}, {stream.role})"
    for account in money.accounts:
        yield f"account {account}"
    for tag in TAGS:
        yield f"tag {tag}"
    for rate in money.rates:
        yield f"P {rate.day} {money.codes[rate.base]} {rate.rate:f} {money.codes[rate.quote]}"


def _written(money: Money, one: Transaction) -> Iterator[str]:
    entry = one.entry
    yield f"{entry.day} {'!' if entry.status == 'pending' else '*'} {_description(one)}"
    for key, value in details(one):
        yield f"    ; {key}: {text(value)}"
    if entry.tags:
        yield f"    ; tags: {text(' '.join(sorted(entry.tags)))}"
    for account, amount, currency, cost, cost_currency in one.postings:
        line = f"    {account}  {money.amount(amount, currency)}"
        yield line if cost is None else f"{line} @@ {money.amount(cost, cost_currency)}"


def _description(one: Transaction) -> str:
    """``STREAM | NOTE``; a bracket at its beginning would be a code."""
    told = (text(one.stream).replace("|", "/"), text(one.entry.note))
    return one_line(" | ".join(filter(None, told)).lstrip("(*! ")) or one.entry.kind
