"""A book's money as a file of beancount."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from pitrack.core.model import Snapshot
from pitrack.exchange.accounts import Chart, Export, Money, Transaction, details, export, first_day, money_of, one_line

CHART = Chart(
    payouts="Assets:Payouts",
    withheld="Assets:Tax-Withheld",
    fees="Expenses:Fees",
    differences="Expenses:Differences",
    income="Income:",
    expenses="Expenses:",
)
TOLERANCE = "0.000001"
"""A cost in all is divided there into one of a unit, which may have no end; whole numbers would tolerate nothing."""
_TAG = re.compile("[A-Za-z0-9._/-]+")


def export_beancount(snap: Snapshot) -> Export:
    """All entries but the void ones, and all rates; equal books give equal bytes."""
    money = money_of(snap, CHART, part)
    return export(snap, money, _declared(snap, money), _written)


def part(name: str) -> str:
    """A stream's name as a part of an account's: letters, digits and hyphens, an ASCII capital or digit first."""
    kept = (c if unicodedata.category(c) in ("Lu", "Ll", "Lt", "Lm", "Lo", "Nd") else "-" for c in one_line(name))
    words = "-".join(filter(None, "".join(kept).split("-")))
    if not words:
        return ""
    first = words[0].upper()
    return first + words[1:] if first.isascii() and len(first) == 1 else f"S{words}"


def quoted(value: str) -> str:
    """A string of beancount, in one line."""
    escaped = one_line(value).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _declared(snap: Snapshot, money: Money) -> Iterator[str]:
    day = first_day(money)
    yield f'option "title" {quoted(snap.settings.name or "pitrack")}'
    yield f'option "operating_currency" "{money.codes[snap.settings.currency]}"'
    yield f'option "inferred_tolerance_default" "*:{TOLERANCE}"'
    for code, name in money.codes.items():
        yield f"{day} commodity {name}"
        if code != name:
            yield f"  name: {quoted(code)}"
    streams = {money.names[one.id]: one for one in snap.streams.values()}
    for account in money.accounts:
        yield f"{day} open {account}"
        if (stream := streams.get(account.rpartition(":")[2])) is not None:
            yield f"  name: {quoted(stream.name)}"
            yield f"  stream: {quoted(stream.id)}"
            yield f"  role: {quoted(stream.role)}"
    for rate in money.rates:
        yield f"{rate.day} price {money.codes[rate.base]} {rate.rate:f} {money.codes[rate.quote]}"


def _written(money: Money, one: Transaction) -> Iterator[str]:
    entry = one.entry
    tags = sorted(entry.tags)
    plain = "".join(f" #{tag}" for tag in tags if _TAG.fullmatch(tag))
    flag = "!" if entry.status == "pending" else "*"
    yield f"{entry.day} {flag} {quoted(one.stream)} {quoted(entry.note or entry.kind)}{plain}"
    for key, value in details(one):
        yield f"  {key}: {quoted(value)}"
    if others := [tag for tag in tags if not _TAG.fullmatch(tag)]:
        yield f"  tags: {quoted(' '.join(others))}"
    for account, amount, currency, cost, cost_currency in one.postings:
        line = f"  {account}  {money.amount(amount, currency)}"
        yield line if cost is None else f"{line} @@ {money.amount(cost, cost_currency)}"
