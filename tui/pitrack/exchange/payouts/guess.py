"""A draft of a preset for a table that none knows: by the words of its header and the looks of its cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice

from pitrack.exchange.found import Bad
from pitrack.exchange.matching import derived_id
from pitrack.exchange.payouts.preset import CSV, PayoutPreset
from pitrack.exchange.payouts.sheet import Table, TableRow, folded
from pitrack.exchange.payouts.totals import is_total, is_word
from pitrack.exchange.payouts.values import certain_decimal, certain_order, read_amount, read_day
from pitrack.text.amounts import currency as currency_of

LOOKED_AT = 50
"""Rows whose cells are looked at."""
HALF, SURELY = 50, 90
"""Per cent of its cells that must be readable in a column whose name tells what it means, and in one whose does not."""

_WORDS = {
    "day": "date datum day created time 日付 日時 注文日 購入日 売上日 date-de-vente jour",
    "net": "net netto payout proceeds earnings earned royalty royalties payable 手取り 受取 純額 支払額 振込 revenu",
    "gross": "gross brutto amount price sale sales total revenue income umsatz betrag 金額 売上 価格 合計 報酬 montant",
    "fee": "fee fees commission gebühr gebühren provision cost 手数料 frais",
    "withheld": "withheld withholding vat tax 源泉 税 steuer taxe retenue",
    "currency": "currency währung 通貨 devise",
    "title": "title item product article book werk titel artikel produkt 商品 作品 タイトル 題名 titre produit",
    "units": "quantity qty units sold anzahl menge 数量 個数 部数 quantité",
    "note": "description memo note beschreibung 摘要 備考 内容",
    "status": "status state 状態 ステータス statut",
}
_IDS = "id transaction order reference number nr 番号 注文番号 コード"
_AMOUNTS = ("net", "gross", "fee", "withheld")
_PEOPLE = frozenset(
    [
        "buyer",
        "customer",
        "email",
        "mail",
        "address",
        "name",
        "from",
        "to",
        "kunde",
        "käufer",
        "client",
        "acheteur",
        "adresse",
    ]
)
_PEOPLE_JA = ("氏名", "住所", "購入者", "メール")


def guess(table: Table) -> PayoutPreset:
    """A draft: what each column seems to mean. It has no name of its own, and is there to be changed. Its source is
    that of its columns: what tables of other columns call by the same id is something else."""
    rows = _first_rows(table)
    cells = {name: _cells(rows, name) for name in table.columns}
    columns: dict[str, tuple[str, ...]] = {}
    taken: set[str] = set()
    for meaning, words in _WORDS.items():
        free = [name for name in table.columns if name not in taken and _fits(meaning, cells[name])]
        if meaning in ("title", "note"):
            free = [name for name in free if not _is_of_people(name)]
        if (name := _named(free, words.split())) is not None:
            columns[meaning] = (name,)
            taken.add(name)
    if "day" not in columns and (days := [name for name in table.columns if _fits("day", cells[name])]):
        columns["day"] = (days[0],)
        taken.add(days[0])
    if not columns.keys() & {"gross", "net"}:
        money = [name for name in table.columns if name not in taken and _fits("gross", cells[name], SURELY)]
        columns |= {"gross": (money[0],)} if money else {}
    return PayoutPreset(
        name=CSV,
        title="CSV",
        source=f"csv-{derived_id('columns', *sorted(map(folded, table.columns)))}",
        columns=columns,
        currency=_currency(cells, columns),
        days=_days(table, columns) or "auto",
        needed=table.columns,
        ids=_ids(table, columns, taken),
        cells=True,
    )


def settled(draft: PayoutPreset, table: Table) -> PayoutPreset:
    """The draft with the order of days and the mark of the fraction where the table leaves no doubt of them, for later
    files may."""
    days, decimal = draft.days, draft.decimal
    if days == "auto":
        days = _days(table, draft.columns) or days
    if decimal == "auto":
        decimal = certain_decimal(_texts(table, draft.columns, *_AMOUNTS)) or decimal
    return draft._replace(days=days, decimal=decimal)


def _days(table: Table, columns: Mapping[str, tuple[str, ...]]) -> str:
    """The order of days where the file leaves no doubt of it."""
    return certain_order(_texts(table, columns, "day"))[0]


def _texts(table: Table, columns: Mapping[str, tuple[str, ...]], *meanings: str) -> Iterator[str]:
    return (row.cells.get(name, "") for one in meanings for name in columns.get(one, ()) for row in table.rows)


def _cells(rows: Sequence[TableRow], name: str) -> list[str]:
    found = (row.cells.get(name, "").strip() for row in rows)
    return [cell for cell in found if cell]


def _first_rows(table: Table) -> list[TableRow]:
    """The rows whose cells are looked at: none that sums up others, as far as that can be told yet."""
    rows = list(islice(table.rows, LOOKED_AT))
    return [row for row in rows if not any(map(is_word, row.cells.values()))] or rows


def _named(names: Sequence[str], words: Sequence[str]) -> str | None:
    """The column whose header has the earliest of the words, the shortest of several."""
    for word in words:
        found = [name for name in names if word in _parts(name) or (not word.isascii() and word in folded(name))]
        if found:
            return min(found, key=len)
    return None


def _parts(name: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", folded(name))


def _is_of_people(name: str) -> bool:
    """Whether a column holds who bought, which is never taken in."""
    parts = set(_parts(name))
    is_thing = parts & {"item", "product", "article", "book", "file", "artikel", "produkt", "produit"}
    return not is_thing and (bool(parts & _PEOPLE) or any(word in name for word in _PEOPLE_JA))


def _fits(meaning: str, cells: Sequence[str], percent: int = HALF) -> bool:
    """Whether so many cells of a column can be what it would mean."""
    if not cells:
        return False

    def read(*ways: Callable[[str], object]) -> bool:
        return any(_readable(cells, way) * 100 >= len(cells) * percent for way in ways)

    if meaning == "day":
        return read(lambda cell: read_day(cell, "DMY"), lambda cell: read_day(cell, "MDY"))
    if meaning in _AMOUNTS or meaning == "units":
        return read(lambda cell: read_amount(cell, "."), lambda cell: read_amount(cell, ","))
    if meaning == "currency":
        return all(currency_of(cell) for cell in cells)
    return True


def _readable(cells: Sequence[str], read: Callable[[str], object]) -> int:
    good = 0
    for cell in cells:
        try:
            read(cell)
            good += 1
        except Bad:
            continue
    return good


def _currency(cells: Mapping[str, list[str]], columns: dict[str, tuple[str, ...]]) -> str:
    """The one currency that a header or the amounts name, where no column does."""
    if "currency" in columns:
        return ""
    texts = [name for meaning in _AMOUNTS for name in columns.get(meaning, ())]
    texts += [cell for name in texts for cell in cells[name][:5]]
    for text in texts:
        for word in re.findall(r"[$€£¥円￥]|(?<![A-Z])[A-Z]{3}(?![A-Z])", text):
            if (code := currency_of(word)) in ("USD", "EUR", "GBP", "JPY", "CHF", "CAD", "AUD"):
                return code
    return ""


def _ids(table: Table, columns: dict[str, tuple[str, ...]], taken: set[str]) -> tuple[str, ...]:
    """The column of the platform's own id: one whose cells are all different."""
    named = [name for name in table.columns if set(_IDS.split()) & set(_parts(name)) or "番号" in name]
    for name in named:
        cells = [row.cells.get(name, "").strip() for row in _payouts(table, columns)]
        if name not in taken and cells and all(cells) and len(set(cells)) == len(cells):
            return (name,)
    return ()


def _payouts(table: Table, columns: dict[str, tuple[str, ...]]) -> Iterator[TableRow]:
    """The rows that do not sum up others."""
    day, title = columns.get("day", ()), columns.get("title", ())
    for place, row in enumerate(table.rows, 1):
        if not is_total(row.cells, table.columns, day, title, is_last=place == len(table.rows)):
            yield row
