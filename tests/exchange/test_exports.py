"""Exports of money and of everything, to the last line."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from pathlib import Path

import pytest

from pitrack.core.model import Entry, Rate, Settings, Stream
from pitrack.core.views.recurring import proposals
from pitrack.exchange.beancount import export_beancount
from pitrack.exchange.beancount import part as beancount_part
from pitrack.exchange.csv_export import HEADER, export_csv
from pitrack.exchange.demo import write_demo
from pitrack.exchange.hledger import part as hledger_part
from pitrack.exchange.json_export import export_json
from pitrack.store import recurring
from pitrack.store.book import Book
from tests.exchange.files import TODAY, d
from tests.exchange.money import entry, exported, journal, made, odd_book, postings, table


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    return odd_book(tmp_path)


def test_a_journal_to_the_last_line() -> None:
    """The shape that strict hledger and ledger are known to accept."""
    text = journal(
        entry(
            fee=d("2.25"), withheld=d("1"), note="Course; sale", tags=("b", "a"), source_id="gum-1", status="pending"
        ),
        entry("expense", "1.5", note='"x"')._replace(id="e2", received=d("230"), stream=None),
        entry(status="void")._replace(id="e3"),
        rates=[Rate(dt.date(2026, 11, 3), "USD", "JPY", d("155.20"))],
    )
    assert (
        text
        == """\
; 帳簿, 2 entries
commodity JPY
commodity USD
  format 1000.00 USD
; Books is the stream Books (b, passive)
account assets:payouts
account assets:tax withheld
account expenses:fees
account expenses:unassigned
account income:Books
tag asset
tag asset-name
tag id
tag paid
tag received
tag source
tag tags
tag units
P 2026-11-03 USD 155.20 JPY

2026-11-05 ! Books | Course, sale
    ; id: e1
    ; source: gum-1
    ; tags: a b
    assets:payouts  21.75 USD
    expenses:fees  2.25 USD
    assets:tax withheld  1.00 USD
    income:Books  -25.00 USD

2026-11-05 * "x"
    ; id: e2
    ; received: 230
    assets:payouts  -230 JPY @@ 1.50 USD
    expenses:unassigned  1.50 USD
"""
    )


def test_a_file_of_beancount_to_the_last_line() -> None:
    made_of = made(
        export_beancount,
        entry("refund", "3", note='said "no\\"\n!', tags=("a.b", "返金")),
        streams=[Stream("b", "b", "電子書籍 1", role="service")],
        rates=[Rate(dt.date(2026, 11, 3), "USD", "JPY", d("155.2"))],
    )
    assert (
        made_of.data.decode()
        == """\
option "title" "帳簿"
option "operating_currency" "JPY"
option "inferred_tolerance_default" "*:0.000001"
2026-11-03 commodity JPY
2026-11-03 commodity USD
2026-11-03 open Assets:Payouts
2026-11-03 open Income:S電子書籍-1
  name: "電子書籍 1"
  stream: "b"
  role: "service"
2026-11-03 price USD 155.2 JPY

2026-11-05 * "電子書籍 1" "said \\"no\\\\\\" !" #a.b
  id: "e1"
  tags: "返金"
  Assets:Payouts  -3.00 USD
  Income:S電子書籍-1  3.00 USD
"""
    )


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (
            entry("refund", "5", fee=d("0.3")),
            ["assets:payouts  -5.30 USD", "expenses:fees  0.30 USD", "income:Books  5.00 USD"],
        ),
        (
            entry("income", "1000", "JPY", received=d("990")),
            ["assets:payouts  990 JPY", "expenses:differences  10 JPY", "income:Books  -1000 JPY"],
        ),
        (
            entry("refund", "100", "JPY", received=d("130")),
            ["assets:payouts  -130 JPY", "expenses:differences  30 JPY", "income:Books  100 JPY"],
        ),
        (entry("income", "25", received=d("0")), ["assets:payouts  25.00 USD", "income:Books  -25.00 USD"]),
        (
            entry("income", "3", fee=d("3"), received=d("5")),
            ["assets:payouts  0.00 USD", "expenses:fees  3.00 USD", "income:Books  -3.00 USD"],
        ),
        (entry("income", "1.2345", "BHD"), ["assets:payouts  1.2345 BHD", "income:Books  -1.2345 BHD"]),
        (entry("income", "1E+3", "JPY"), ["assets:payouts  1000 JPY", "income:Books  -1000 JPY"]),
        (entry("income", "7", 'A "B"'), ["assets:payouts  7.00 XABX", "income:Books  -7.00 XABX"]),
    ],
    ids=["refund", "less", "more", "nothing", "nothing-moved", "places", "exponent", "currency"],
)  # fmt: skip
def test_postings(one: Entry, expected: list[str]) -> None:
    assert [line for line in postings(journal(one)) if not line.startswith("format")] == expected


@pytest.mark.parametrize(
    ("name", "hledger", "beancount"),
    [
        ("e-books", "e-books", "E-books"),
        ("電子書籍", "電子書籍", "S電子書籍"),
        ("ガイド", "ガイド", "Sガイド"),
        ("été", "été", "Sété"),
        ("3D  prints", "3D prints", "3D-prints"),
        ("a:b;c", "a b c", "A-b-c"),
        ("(x) @y", "x y", "X-y"),
        ("🎨", "", ""),
    ],
)
def test_names_as_parts_of_accounts(name: str, hledger: str, beancount: str) -> None:
    assert (hledger_part(name), beancount_part(name)) == (hledger, beancount)


def test_streams_of_one_name_have_accounts_of_their_own() -> None:
    streams = [Stream(key, key, name) for key, name in (("b", "Books"), ("c", "books"), ("d", "🎨"), ("e", "fees"))]
    entries = [entry(stream=stream.id)._replace(id=stream.id) for stream in streams]
    found = [line for line in journal(*entries, streams=streams).splitlines() if line.startswith("account income")]
    assert found == [
        "account income:Books",
        "account income:books-2",
        "account income:fees-2",
        "account income:stream",
    ]


def test_a_long_note_is_cut_between_two_characters() -> None:
    line = next(line for line in journal(entry(note="日" * 4000)).splitlines() if line.startswith("2026-11-05"))
    assert line == f"2026-11-05 * {('Books | ' + '日' * 329)}…"


def test_the_table_of_entries() -> None:
    shown = made(
        export_csv,
        entry(fee=d("2.25"), withheld=d("1"), note="-5", units=d("2"), tags=("=a", "b"), paid=dt.date(2026, 12, 1)),
        entry("expense", "1.5", received=d("230"), note='a "b",\r\n\x1b[1m', asset="@x", stream="gone")._replace(
            id="+e2"
        ),
        entry(status="void")._replace(id="e3", currency="EUR"),
        rates=[Rate(dt.date(2026, 11, 3), "JPY", "USD", d("0.0064"))],
        streams=[Stream("b", "b", "=Books")],
    )
    lines = shown.data.decode()
    assert lines.startswith(",".join(HEADER) + "\r\n")
    assert "\r\n'+e2," in lines
    assert ',"a ""b"",\n\\x1b[1m",' in lines
    rows = [tuple(row.values()) for row in table(shown.data)]
    assert rows == [
        (
            "'+e2", "2026-11-05", "", "", "gone", "", "expense", "cleared", "1.5", "0", "0", "-1.5", "USD", "230",
            "JPY",
            "153.333333333333", "", 'a "b",\n\\x1b[1m', "", "'@x", "", "",
        ),
        (
            "e1", "2026-11-05", "2026-12-01", "'=Books", "b", "passive", "income", "cleared", "25", "2.25", "1",
            "22.75",
            "USD", "", "JPY", "156.25", "2", "'-5", "'=a b", "", "", "",
        ),
        (
            "e3", "2026-11-05", "", "'=Books", "b", "passive", "income", "void", "25", "0", "0", "0", "EUR", "", "JPY",
            "",
            "", "", "", "", "", "",
        ),
    ]  # fmt: skip
    assert (shown.entries, shown.left_out) == (3, 0)


def test_json_tells_everything(tmp_path: Path) -> None:
    path = tmp_path / "book.json"
    write_demo(path, TODAY)
    snap = Book.open(path, state=tmp_path / "state").snapshot()
    told = json.loads(export_json(snap).data, parse_float=pytest.fail)
    assert (told["format"], told["version"], told["book"]["currency"]) == ("pitrack-export", 1, "USD")
    for name in (
        "streams",
        "entries",
        "rates",
        "times",
        "assets",
        "habits",
        "pauses",
        "goals",
        "ideas",
        "timers",
        "templates",
        "automations",
        "metrics",
        "steps",
        "reviews",
        "closed_months",
        "nothing_came",
    ):
        assert len(told[name]) == len(getattr(snap, name)), name
    assert [one["id"] for one in told["entries"]] == [one.id for one in snap.entries]
    assert [(Decimal(one["gross"]), one["fee"]) for one in told["entries"]] == [
        (one.gross, format(one.fee, "f")) for one in snap.entries
    ]
    words = next(one for one in told["habits"] if one["alias"] == "words")
    history = snap.history(words["id"])
    assert {dt.date.fromisoformat(day["day"]).toordinal(): day["note"] for day in words["days"] if day["note"]} == dict(
        history.notes
    )
    assert words["days"][-1] == {"day": "2026-11-22", "mark": "620", "note": history.notes.get(TODAY.toordinal(), "")}
    assert words["rules"][0]["schedule"] == {"every": "day", "times": 1, "days": [], "within": 1, "anchor": None}


def test_json_of_an_odd_book_has_its_texts_as_they_are(odd: Path) -> None:
    told = json.loads(exported(odd, "json"))
    assert [one["name"] for one in told["streams"]] == [
        "電子書籍",
        "fees",
        'The "Q: A"; (part = 1)  @home | 🎨',
        "Fees",
    ]
    entries = {one["day"] + one["gross"]: one for one in told["entries"]}
    assert len(entries) == 14
    assert entries["2026-11-077.1"]["note"] == "(code) * first\nsecond\r\n; third"
    assert entries["2026-11-077.1"]["tags"] == ["#y", ":x:", "a;b"]
    assert entries["2026-11-10999"]["status"] == "void"
    assert entries["2026-11-081000"]["received"] == "990"


def test_every_export_names_the_asset() -> None:
    sold = entry(asset="a1")
    assert "    ; asset: a1\n    ; asset-name: Guide, 写真\n" in journal(sold)
    assert '  asset: "a1"\n  asset-name: "Guide; 写真"\n' in made(export_beancount, sold).data.decode()
    header, row = made(export_csv, sold).data.decode().splitlines()
    assert header.endswith(",asset,source_id,asset_name")
    assert row.endswith(",a1,,Guide; 写真")


def test_json_holds_the_assets(tmp_path: Path) -> None:
    path = tmp_path / "demo.json"
    write_demo(path, TODAY)
    document = json.loads(export_json(Book.open(path, state=tmp_path / "s").snapshot()).data)
    first = document["assets"][0]
    assert [*first] == ["id", "alias", "name", "stream", "published", "minutes", "archived", "order", "note"]
    known = {asset["id"] for asset in document["assets"]}
    assert {one["asset"] for one in document["entries"]} - {None} <= known
    assert {one["asset"] for one in document["times"]} - {None} <= known


def test_json_tells_what_became_of_what_recurs(tmp_path: Path) -> None:
    book = Book.create(tmp_path / "book.json", Settings("", currency="JPY"), state=tmp_path / "state")
    given = {"kind": "expense", "gross": d("990"), "currency": "JPY", "since": dt.date(2026, 9, 3)}
    book.apply(recurring.add_template(book.snapshot(), "サーバー", **given))
    first, second, _third = proposals(book.snapshot(), TODAY)
    book.apply(recurring.post(book.snapshot(), first))
    book.apply(recurring.skip(second))
    (told,) = json.loads(export_json(book.snapshot()).data)["templates"]
    assert (told["name"], told["gross"], told["since"]) == ("サーバー", "990", "2026-09-03")
    assert told["periods"] == {"2026-09": True, "2026-10": True}
