"""The rows of a platform's table as payouts: each with its key, its day, its money, and what it is for."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, localcontext
from typing import NamedTuple

from pitrack.core.currencies import EXACT, exponent
from pitrack.core.days import Month
from pitrack.core.model import EntryKind, Status
from pitrack.exchange.found import Bad, Refused, Setting, Trouble, Troubles, in_range, plain
from pitrack.exchange.payouts.preset import SUMMED, PayoutPreset
from pitrack.exchange.payouts.sheet import ANY_CURRENCY, REST, Rows, Table, TableRow, folded, header
from pitrack.exchange.payouts.totals import is_total
from pitrack.exchange.payouts.values import decimal_of, order_of, read_amount, read_day, read_month
from pitrack.store.fields import LONGEST_NAME
from pitrack.text.amounts import currency as currency_of

ZERO = Decimal(0)
MONEY = ("gross", "fee", "net", "withheld", "received")
DAYS = ("day", "paid", "published")
CLOSE = Decimal("0.02")
"""How far rounding may part gross less fee from net."""
LONGEST_NOTE = 500
LONGEST_ID = 200


class Payout(NamedTuple):
    """One row. ``key`` tells it from all others of its source; amounts are >= 0, ``kind`` gives the sign."""

    key: tuple[str, ...]
    line: int
    day: dt.date
    kind: EntryKind
    gross: Decimal
    fee: Decimal
    withheld: Decimal
    currency: str
    status: Status
    paid: dt.date | None
    units: Decimal | None
    title: str
    note: str
    source_id: str | None
    published: dt.date | None
    received: Decimal | None = None


class FoundPayouts(NamedTuple):
    """All that tables hold. ``skipped``: how many rows were left out, by reason: "word" (the preset leaves them out),
    "total", "zero", "status", "continued" (a further line of an order)."""

    rows: tuple[Payout, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    skipped: Mapping[str, int] = {}


class _Skip(Exception):
    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class _Money(NamedTuple):
    kind: EntryKind
    gross: Decimal
    fee: Decimal
    withheld: Decimal


def read_payouts(preset: PayoutPreset, table: Table, setting: Setting, month: Month | None = None) -> FoundPayouts:
    """The payouts of a table. ``month``: when, where the file does not say. Refused."""
    with localcontext(EXACT):
        return _Reader(preset, table, setting, month).read()


def together(found: Iterable[FoundPayouts]) -> FoundPayouts:
    """The payouts of several tables as those of one file."""
    rows: list[Payout] = []
    troubles: list[Trouble] = []
    skipped: Counter[str] = Counter()
    for one in found:
        rows += one.rows
        troubles += one.troubles
        skipped.update(one.skipped)
    return FoundPayouts(tuple(rows), tuple(troubles), dict(skipped))


class _Reader:
    def __init__(self, preset: PayoutPreset, table: Table, setting: Setting, month: Month | None) -> None:
        self.preset = preset
        self.table = table
        self.setting = setting
        self.month = month
        self.names = {folded(name): name for name in table.columns}
        self.columns = {meaning: self._there(meaning, names) for meaning, names in preset.columns.items()}
        if not (self.columns.get("gross") or self.columns.get("net")):
            wanted = [*preset.columns.get("gross", ()), *preset.columns.get("net", ())]
            raise Refused("columns", file=table.file, missing=wanted)
        if not self.columns.get("day") and month is None and preset.ask == "month":
            self.month = month = _month_above(table)
        if not self.columns.get("day") and month is None:
            if preset.ask == "month" or not preset.columns.get("day"):
                raise Refused("which-month")
            raise Refused("columns", file=table.file, missing=list(preset.columns["day"]))
        self.last = table.rows[-1].line if table.rows else 0
        self.ids = self._named(preset.ids)
        self.sorted = sorted(table.columns, key=folded)
        self.carry = self._named(preset.carry)
        self.skip = {there: _folded(words) for name, words in preset.skip.items() for there in self._named([name])}
        self.kinds = {folded(word): kind for word, kind in preset.kinds.items()}
        self.statuses = {folded(word): status for word, status in preset.statuses.items()}
        self.currency = self._currency_of_header() or preset.currency
        self.decimal = self._decimal()
        self.orders = {meaning: self._order(meaning) for meaning in DAYS}
        self.troubles = Troubles()
        self.seen: Counter[tuple[str, ...]] = Counter()
        self.costs = {meaning: self._sign(meaning) for meaning in SUMMED}

    def read(self) -> FoundPayouts:
        rows: list[Payout] = []
        skipped: Counter[str] = Counter()
        above: dict[str, str] = {}
        for row in self.table.rows:
            try:
                rows.append(self._payout(self._carried(row, above)))
            except _Skip as skip:
                skipped[skip.reason] += 1
            except Bad:
                continue  # noted where it was met
        return FoundPayouts(tuple(rows), tuple(self.troubles), dict(skipped))

    # Columns

    def _named(self, names: Sequence[str]) -> tuple[str, ...]:
        return tuple(self.names[there] for name in names if (there := header(name, self.names)))

    def _there(self, meaning: str, names: Sequence[str]) -> tuple[str, ...]:
        found = self._named(names)
        return found if meaning in SUMMED or meaning == "gross" else found[:1]

    def _currency_of_header(self) -> str:
        """The currency that the name of the gross column bears, where the preset says in which place."""
        for name in map(folded, self.preset.columns.get("gross", ())):
            if ANY_CURRENCY in name and (there := header(name, self.names)):
                start = name.index(ANY_CURRENCY)
                return currency_of(there[start : start + 3]) or ""
        return ""

    def _texts(self, meaning: str) -> list[str]:
        return [row.cells.get(name, "") for name in self.columns.get(meaning, ()) for row in self.table.rows]

    def _decimal(self) -> str:
        if self.preset.decimal != "auto":
            return self.preset.decimal
        names = [name for meaning in MONEY for name in self.columns.get(meaning, ())]
        texts = (text for meaning in MONEY for text in self._texts(meaning))
        return decimal_of(texts, ", ".join(names), is_whole=self._is_whole())

    def _is_whole(self) -> bool:
        """Whether no currency of the table has fractions."""
        codes = {currency_of(text) if text.strip() else self.currency for text in set(self._texts("currency"))}
        return all(code is not None and exponent(code) == 0 for code in codes or {self.currency})

    def _order(self, meaning: str) -> str:
        if self.preset.days != "auto" or not self.columns.get(meaning):
            return self.preset.days
        return order_of(self._texts(meaning), self.columns[meaning][0])

    def _sign(self, meaning: str) -> int:
        """1 where what is kept back stands above zero in this table, -1 where below."""
        if self.preset.fee_sign != "auto":
            return 1 if self.preset.fee_sign == "+" else -1
        amounts = [amount for amount in map(self._quiet, self._texts(meaning)) if amount]
        return 1 if sum(amount > 0 for amount in amounts) * 2 >= len(amounts) else -1

    def _quiet(self, text: str) -> Decimal:
        try:
            return read_amount(text, self.decimal)
        except Bad:
            return ZERO

    # Rows

    def _carried(self, row: TableRow, above: dict[str, str]) -> TableRow:
        """The row with what the first line of its order says; its money stays its own."""
        if not self.carry:
            return row
        if any(row.cells.get(name, "").strip() for name in self.carry):
            above.clear()
            above.update({name: row.cells.get(name, "") for name in self.carry})
            return row
        money = {name for meaning in MONEY for name in self.columns.get(meaning, ())}
        filled = {name: text for name, text in above.items() if name not in money}
        amounts = [row.cells.get(name, "") for meaning in ("gross", "net") for name in self.columns.get(meaning, ())]
        if not any(map(str.strip, amounts)):
            raise _Skip("continued")
        return TableRow(row.line, {**row.cells, **filled})

    def _payout(self, row: TableRow) -> Payout:
        self._left_out(row)
        if REST in row.cells:
            raise self._trouble(row, str(len(self.table.columns) + 1), row.cells[REST], "more-cells")
        status = self._status(row)
        money = self._money(row)
        day = self._when(row, "day") or (self.month.last if self.month else None)
        if day is None:
            raise self._trouble(row, self.columns["day"][0], "", "empty")
        currency = self._currency(row)
        title = _clean(self._cell(row, "title"), LONGEST_NAME)
        units = self._amount(row, "units")
        source_id = self._source_id(row)
        if source_id:
            key: tuple[str, ...] = ("id", source_id)
        elif self.preset.cells:
            key = ("cells", *(folded(row.cells.get(name, "")) for name in self.sorted))
        else:
            key = ("row", day.isoformat(), title, money.kind, f"{units or ''}", currency, f"{plain(money.gross):f}")
        if key[0] != "row" and self.month and not self.columns.get("day"):
            key = (*key, str(self.month))  # it is that of a thing, which earns in other months too
        if self.table.name:
            key = (*key, self.table.name)
        self.seen[key] += 1
        received = self._amount(row, "received")
        return Payout(
            key=(*key, str(self.seen[key])),
            line=row.line,
            day=day,
            kind=money.kind,
            gross=money.gross,
            fee=money.fee,
            withheld=money.withheld,
            currency=currency,
            status=status,
            paid=self._when(row, "paid"),
            units=abs(units) if units else None,
            title=title,
            note=_clean(self._cell(row, "note"), LONGEST_NOTE),
            source_id=source_id[:LONGEST_ID] if source_id else None,
            published=self._when(row, "published"),
            received=abs(received) if received else None,
        )

    def _left_out(self, row: TableRow) -> None:
        day, title = self.columns.get("day", ()), self.columns.get("title", ())
        if is_total(row.cells, self.table.columns, day, title, is_last=row.line == self.last):
            raise _Skip("total")
        if any(folded(row.cells.get(name, "")) in words for name, words in self.skip.items()):
            raise _Skip("word")

    def _cell(self, row: TableRow, meaning: str) -> str:
        return next((row.cells.get(name, "") for name in self.columns.get(meaning, ())), "")

    def _source_id(self, row: TableRow) -> str:
        parts = [row.cells.get(name, "").strip() for name in self.ids]
        return " ".join(parts) if parts and all(parts) else ""

    def _trouble(self, row: TableRow, column: str, value: str, why: str) -> Bad:
        self.troubles.append(Trouble(self.table.file, row.line, column, value, why, self.table.name))
        return Bad(why)

    def _when(self, row: TableRow, meaning: str) -> dt.date | None:
        text = self._cell(row, meaning)
        if not text.strip():
            return None
        try:
            return in_range(read_day(text, self.orders[meaning]), self.setting)
        except Bad as error:
            raise self._trouble(row, self.columns[meaning][0], text, error.code) from None

    def _amount(self, row: TableRow, meaning: str) -> Decimal | None:
        """The sum of the cells of a meaning, or of a gross the first that is more than nothing; None where all are
        empty."""
        total: Decimal | None = None
        for name in self.columns.get(meaning, ()):
            text = row.cells.get(name, "")
            if not text.strip() or not text.strip(" -–—"):
                continue
            try:
                amount = read_amount(text, self.decimal)
            except Bad as error:
                raise self._trouble(row, name, text, error.code) from None
            if meaning in SUMMED or not total:
                total = (total or ZERO) + amount
        return total

    def _currency(self, row: TableRow) -> str:
        text = self._cell(row, "currency")
        if not text.strip() and self.currency:
            return self.currency
        code = currency_of(text) if text.strip() else None
        if code is None:
            raise self._trouble(row, next(iter(self.columns.get("currency", ())), ""), text, "currency")
        return code

    def _status(self, row: TableRow) -> Status:
        text = self._cell(row, "status")
        found = self.statuses.get(folded(text)) if text.strip() else self.preset.status
        if found is None and not self.statuses:
            found = self.preset.status
        match found:
            case "skip":
                raise _Skip("status")
            case "pending" | "cleared" | "void":
                return found
        raise self._trouble(row, self.columns["status"][0], text, "status")

    # Money

    def _money(self, row: TableRow) -> _Money:
        gross, net = self._amount(row, "gross"), self._amount(row, "net")
        if gross is None and net is None:
            name = (self.columns.get("gross") or self.columns["net"])[0]
            raise self._trouble(row, name, row.cells.get(name, ""), "empty")
        fee = (self._amount(row, "fee") or ZERO) * self.costs["fee"]
        withheld = (self._amount(row, "withheld") or ZERO) * self.costs["withheld"]
        if gross is None:
            gross = (net or ZERO) + fee + withheld
        elif net is not None:
            fee, withheld = self._balanced(row, gross, fee, withheld, net)
        return self._booked(row, self._kind(row, gross), gross, fee, withheld)

    def _kind(self, row: TableRow, gross: Decimal) -> str | None:
        """What the row's word says; where money out is an expense, its sign tells a refund from one that came back."""
        kind = self.kinds.get(folded(self._cell(row, "kind")))
        if self.preset.negative == "expense":
            if kind is None and gross < 0:
                return "expense"
            if kind == "refund" and gross > 0:
                return None
        return kind

    def _balanced(
        self, row: TableRow, gross: Decimal, fee: Decimal, withheld: Decimal, net: Decimal
    ) -> tuple[Decimal, Decimal]:
        """What is kept back with the signs that lead from gross to net."""
        if not self.columns.get("fee"):
            return gross - withheld - net, withheld
        if self.preset.fee_sign != "auto":
            return fee, withheld
        ways = [(a * fee, b * withheld) for a in (1, -1) for b in (1, -1, 0)]
        off = [abs(gross - one - other - net) for one, other in ways]
        if min(off) > CLOSE:
            name = self.columns["net"][0]
            raise self._trouble(row, name, row.cells.get(name, ""), "sums")
        one, other = ways[off.index(min(off))]
        return one, other or withheld

    def _booked(self, row: TableRow, kind: str | None, gross: Decimal, fee: Decimal, withheld: Decimal) -> _Money:
        """The amounts as an entry has them: none below zero. What comes back of a fee is taken off the refund."""
        if kind == "expense":
            gross, kept = abs(gross) + abs(fee), abs(withheld)
            if not gross:
                raise _Skip("zero")
            return _Money("expense", gross, ZERO, kept)
        if not gross:
            return self._only_costs(fee + withheld)
        if kind == "refund":
            gross = -abs(gross)
        back = min(fee, ZERO) + min(withheld, ZERO)  # below zero: it came back
        fee, withheld, gross = abs(max(fee, ZERO)), abs(max(withheld, ZERO)), gross - back  # never -0
        if gross <= 0:
            if not gross:
                return self._only_costs(fee + withheld)
            return _Money("refund", -gross, fee, withheld)
        if fee + withheld > gross:
            name = (self.columns.get("fee") or self.columns.get("withheld") or ("",))[0]
            raise self._trouble(row, name, row.cells.get(name, ""), "more-than-gross")
        return _Money("income", gross, fee, withheld)

    def _only_costs(self, costs: Decimal) -> _Money:
        """A row of nothing but a fee is an expense; of a fee that comes back, income."""
        if not costs:
            raise _Skip("zero")
        return _Money("expense" if costs > 0 else "income", abs(costs), ZERO, ZERO)


def _month_above(table: Table) -> Month | None:
    """The month that a line of titles above the header names."""
    if not isinstance(table.rows, Rows):
        return None
    cells = (cell for line in table.rows.lines[: table.rows.start - 1] for cell in line.cells)
    return next(filter(None, map(read_month, cells)), None)


def _folded(words: Iterable[str]) -> frozenset[str]:
    return frozenset(map(folded, words))


def _clean(text: str, longest: int) -> str:
    """A text in one line, without addresses of people."""
    return " ".join(word for word in text.split() if not {"@", "＠"} & set(word))[:longest].strip()
