"""Exports of a book's money, read by the programs that they are for."""

from __future__ import annotations

import csv
import datetime as dt
import importlib.util
import io
import json
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable
from decimal import Decimal, localcontext
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pitrack.cli.main import cli
from pitrack.core.currencies import EXACT
from pitrack.core.model import Entry, Rate, Settings, Stream
from pitrack.exchange.accounts import Export
from pitrack.exchange.beancount import export_beancount
from pitrack.exchange.beancount import part as beancount_part
from pitrack.exchange.csv_export import HEADER, export_csv
from pitrack.exchange.demo import write_demo
from pitrack.exchange.hledger import export_hledger
from pitrack.exchange.hledger import part as hledger_part
from pitrack.exchange.json_export import export_json
from pitrack.store import edits
from pitrack.store.book import Book
from tests.exchange.files import TODAY, d

HAS_BEANCOUNT = bool(shutil.which("bean-check") or importlib.util.find_spec("beancount"))

needs_hledger = pytest.mark.skipif(shutil.which("hledger") is None, reason="hledger is not installed")
needs_ledger = pytest.mark.skipif(shutil.which("ledger") is None, reason="ledger is not installed")
needs_beancount = pytest.mark.skipif(not HAS_BEANCOUNT, reason="beancount is not installed")

Totals = dict[tuple[str, str, str], Decimal]
"""(account or stream, month, currency) -> income."""


class Shelf:
    """As much of a snapshot as an export of money reads."""

    def __init__(self, entries: list[Entry], streams: list[Stream], rates: list[Rate], currency: str = "JPY") -> None:
        self.settings = Settings("s", name="帳簿", currency=currency)
        self.entries = sorted(entries, key=lambda entry: (entry.day, entry.id))
        self.streams = {stream.id: stream for stream in streams}
        self.rates = rates


def journal(*entries: Entry, streams: list[Stream] | None = None, rates: list[Rate] | None = None) -> str:
    return made(export_hledger, *entries, streams=streams, rates=rates).data.decode()


def made(
    export: Callable[[Any], Export],
    *entries: Entry,
    streams: list[Stream] | None = None,
    rates: list[Rate] | None = None,
) -> Export:
    return export(Shelf(list(entries), streams or [Stream("b", "b", "Books")], rates or []))


def entry(kind: str = "income", gross: str = "25", currency: str = "USD", **given: Any) -> Entry:
    return Entry("e1", dt.date(2026, 11, 5), kind, d(gross), currency, **{"stream": "b", **given})  # type: ignore[arg-type]


def postings(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.startswith("    ") and not line.startswith("    ;")]


def check(*command: str, data: bytes, folder: Path) -> str:
    """Runs a program on an export; what it prints. It has to succeed and say nothing on stderr."""
    path = folder / "export.txt"
    path.write_bytes(data)
    whole = [str(path) if part == "FILE" else part for part in command]
    done = subprocess.run(whole, check=False, capture_output=True, text=True, encoding="utf-8", timeout=100)
    assert (done.returncode, done.stderr) == (0, ""), done.stderr[:2000] + done.stdout[:2000]
    return done.stdout


def bean_check(data: bytes, folder: Path) -> None:
    program = shutil.which("bean-check")
    command = [program] if program else [sys.executable, "-m", "beancount.scripts.check"]
    check(*command, "FILE", data=data, folder=folder)


def run(book: Path, *args: str) -> str:
    result = CliRunner().invoke(cli, ["--file", str(book), *args])
    assert result.exit_code == 0, result.output
    return result.stdout


def listed(book: Path) -> Totals:
    """Income by stream, month and currency, from ``entry list --json``."""
    totals: Totals = defaultdict(Decimal)
    with localcontext(EXACT):
        for one in json.loads(run(book, "entry", "list", "--json")):
            if one["kind"] != "expense" and one["status"] != "void":
                gross = Decimal(one["gross"]) * (1 if one["kind"] == "income" else -1)
                totals[one["stream"] or "", one["day"][:7], one["currency"]] += gross
    return {key: value for key, value in totals.items() if value}


def told_by_hledger(data: bytes, folder: Path) -> Totals:
    """The same from hledger's report by months, by account; hledger shows income below zero."""
    command = (
        "hledger",
        "-f",
        "FILE",
        "balance",
        "^income:",
        "--monthly",
        "--layout",
        "tidy",
        "-O",
        "csv",
        "--no-total",
    )
    rows = csv.DictReader(io.StringIO(check(*command, data=data, folder=folder)))
    found = {
        (row["account"].removeprefix("income:"), row["start_date"][:7], row["commodity"]): -Decimal(row["value"])
        for row in rows
    }
    return {key: value for key, value in found.items() if value}


@pytest.fixture(scope="module", params=["demo", "S", "M", "L"])
def demo(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo") / "book.json"
    write_demo(path, TODAY, request.param)
    return path


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    """A book of everything that is hard to write down."""
    path = tmp_path / "odd.json"
    book = Book.create(
        path, Settings(store="odd0000000000000", name='帳簿; "one"', currency="JPY"), state=tmp_path / "s"
    )

    def add(change: Any) -> str:
        book.apply(change)
        return str(change.writes[0].id)

    def stream(name: str, **given: Any) -> str:
        return add(edits.add_stream(book.snapshot(), name, **given))

    def money(kind: Any, day: str, gross: str, currency: str, **given: Any) -> None:
        when = dt.date.fromisoformat(day)
        add(edits.add_entry(book.snapshot(), kind=kind, day=when, gross=d(gross), currency=currency, **given))

    ebooks, fees = stream("電子書籍"), stream("fees")
    odd, again = stream('The "Q: A"; (part = 1)  @home | 🎨'), stream("Fees", role="job")
    money(
        "income",
        "2026-10-03",
        "1200",
        "JPY",
        stream=ebooks,
        withheld=d("122"),
        note="十月; [2026-99-99] 印税",
        tags=("印税", "kdp"),
    )
    money("income", "2026-10-05", "25.00", "USD", stream=odd, fee=d("2.25"), withheld=d("1"), received=d("3400"))
    money(
        "refund", "2026-10-06", "5", "USD", stream=odd, fee=d("0.30"), received=d("821"), note='said "no\\"; \x1b[31m'
    )
    money("income", "2026-10-07", "1.234", "BHD", stream=odd, fee=d("0.034"), status="pending", units=d("2.5"))
    money(
        "income",
        "2026-11-07",
        "7.1",
        "BHD",
        stream=ebooks,
        tags=("a;b", ":x:", "#y"),
        note="(code) * first\nsecond\r\n; third",
    )
    money(
        "income", "2026-11-08", "1000", "JPY", stream=ebooks, received=d("990"), source_id="gum: a,b;c", asset="本\t1"
    )
    money("income", "2026-11-08", "300", "JPY", stream=fees, note="日" * 4000, paid=dt.date(2026, 12, 1))
    money("income", "2026-11-08", "250000", "JPY", stream=again, withheld=d("25000"))
    money("expense", "2026-11-09", "12.5", "USD", stream=ebooks, fee=d("0.5"), received=d("2000"), note="@home ; x")
    money("expense", "2026-11-09", "80", "JPY", note="=1+1")
    money("income", "2026-11-10", "4", "EUR", note="nobody's")
    money("income", "2026-11-10", "999", "EUR", stream=odd, status="void")
    money("refund", "2026-12-01", "50", "JPY", stream=ebooks, fee=d("10"), withheld=d("1"))
    money("income", "2026-12-01", "3", "USD", stream=odd, fee=d("1"), withheld=d("2"), received=d("5"))
    for base, quote, rate in (("USD", "JPY", "155.234"), ("EUR", "USD", "1.1"), ("BHD", "EUR", "2.4567891234")):
        add(edits.add_rate(Rate(dt.date(2026, 11, 1), base, quote, d(rate))))
    book.save()
    return path


ODD_NAMES = {
    "電子書籍": "電子書籍",
    "fees-2": "fees",
    "The Q A part 1 home": 'The "Q: A"; (part = 1)  @home | 🎨',
    "Fees-3": "Fees",
    "unassigned": "",
}


def exported(book: Path, form: str) -> bytes:
    """What the command writes to standard output."""
    return CliRunner().invoke(cli, ["--file", str(book), "export", form]).stdout_bytes


@pytest.mark.pta
class TestPrograms:
    @needs_hledger
    def test_strict_hledger_accepts_a_demo_and_tells_the_same_income(self, demo: Path, tmp_path: Path) -> None:
        data = exported(demo, "hledger")
        check("hledger", "-f", "FILE", "check", "-s", data=data, folder=tmp_path)
        expected = listed(demo)
        assert len(expected) > 30
        assert told_by_hledger(data, tmp_path) == expected

    @needs_hledger
    def test_strict_hledger_accepts_an_odd_book_and_tells_the_same_income(self, odd: Path, tmp_path: Path) -> None:
        data = exported(odd, "hledger")
        check("hledger", "-f", "FILE", "check", "-s", "ordereddates", data=data, folder=tmp_path)
        told = told_by_hledger(data, tmp_path)
        assert {(ODD_NAMES[account], month, code): value for (account, month, code), value in told.items()} == listed(
            odd
        )
        assert told["The Q A part 1 home", "2026-10", "USD"] == d("20.00")
        assert told["The Q A part 1 home", "2026-10", "BHD"] == d("1.234")
        assert told["電子書籍", "2026-12", "JPY"] == -50

    @needs_hledger
    def test_hledger_tells_what_arrived_and_the_tax_kept_back(self, odd: Path, tmp_path: Path) -> None:
        command = ("hledger", "-f", "FILE", "balance", "^assets", "^expenses:fees$", "--no-total", "--layout", "tidy")
        told = check(*command, "-O", "csv", data=exported(odd, "hledger"), folder=tmp_path)
        rows = list(csv.reader(io.StringIO(told)))[1:]
        assert {(row[0], row[-2]): Decimal(row[-1]) for row in rows} == {
            # 1078 + 3400 - 821 + 990 + 300 + 225000 - 2000 - 80 - 61; where nothing moved, nothing was received
            ("assets:payouts", "JPY"): 227806,
            ("assets:payouts", "BHD"): d("8.3"),
            ("assets:payouts", "EUR"): 4,
            ("assets:tax withheld", "JPY"): 25123,
            ("assets:tax withheld", "USD"): 3,
            ("expenses:fees", "JPY"): 10,
            ("expenses:fees", "USD"): d("4.05"),
            ("expenses:fees", "BHD"): d("0.034"),
        }

    @needs_ledger
    def test_pedantic_ledger_accepts_a_demo(self, demo: Path, tmp_path: Path) -> None:
        told = check("ledger", "--pedantic", "-f", "FILE", "balance", data=exported(demo, "hledger"), folder=tmp_path)
        assert told.splitlines()[-1].strip() == "0"

    @needs_ledger
    def test_pedantic_ledger_accepts_an_odd_book(self, odd: Path, tmp_path: Path) -> None:
        data = exported(odd, "hledger")
        command = ("ledger", "--pedantic", "-f", "FILE")
        check(*command, "balance", data=data, folder=tmp_path)
        assert check(*command, "balance", "--flat", "^income:fees-2", data=data, folder=tmp_path).split() == [
            "-300", "JPY", "income:fees-2",
        ]  # fmt: skip
        assert "e; x" not in check(*command, "register", data=data, folder=tmp_path)

    @needs_beancount
    def test_beancount_accepts_a_demo(self, demo: Path, tmp_path: Path) -> None:
        bean_check(exported(demo, "beancount"), tmp_path)

    @needs_beancount
    def test_beancount_accepts_an_odd_book(self, odd: Path, tmp_path: Path) -> None:
        bean_check(exported(odd, "beancount"), tmp_path)


TEXTS = st.text(max_size=30) | st.text('a;"\\|:()[]{}@=*!#%~-  \t\n\r,.日本', max_size=30)
CODES = st.sampled_from(["JPY", "USD", "BHD", "XQZ"])


@st.composite
def shelves(draw: st.DrawFn) -> Shelf:
    names = draw(st.lists(TEXTS, max_size=4))
    streams = [Stream(f"s{number}", f"s{number}", name) for number, name in enumerate(names)]
    money = st.decimals(0, 10**6, places=2, allow_nan=False)
    days = st.dates(dt.date(1990, 1, 1), dt.date(2090, 1, 1))
    entries = st.builds(
        Entry,
        id=TEXTS,
        day=days,
        kind=st.sampled_from(["income", "expense", "refund"]),
        gross=money,
        currency=CODES | TEXTS,
        stream=st.sampled_from([None, "gone", *(stream.id for stream in streams)]),
        fee=money | st.just(Decimal(0)),
        withheld=money | st.just(Decimal(0)),
        status=st.sampled_from(["pending", "cleared", "void"]),
        received=st.none() | money,
        units=st.none() | money,
        note=TEXTS,
        tags=st.lists(TEXTS, max_size=3).map(tuple),
        source_id=st.none() | TEXTS,
    )
    rate = st.decimals("0.0001", 10**4, places=4, allow_nan=False)
    rates = st.builds(Rate, day=days, base=CODES, quote=CODES, rate=rate)
    return Shelf(draw(st.lists(entries, max_size=6)), streams, draw(st.lists(rates, max_size=2)))


FEW = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.pta
class TestAnyBook:
    @needs_hledger
    @FEW
    @given(shelf=shelves())
    def test_hledger_accepts_it(self, shelf: Shelf, tmp_path_factory: pytest.TempPathFactory) -> None:
        folder = tmp_path_factory.mktemp("any")
        check("hledger", "-f", "FILE", "check", "-s", data=export_hledger(shelf).data, folder=folder)  # type: ignore[arg-type]

    @needs_ledger
    @FEW
    @given(shelf=shelves())
    def test_ledger_accepts_it(self, shelf: Shelf, tmp_path_factory: pytest.TempPathFactory) -> None:
        folder = tmp_path_factory.mktemp("any")
        check("ledger", "--pedantic", "-f", "FILE", "balance", data=export_hledger(shelf).data, folder=folder)  # type: ignore[arg-type]

    @needs_beancount
    @FEW
    @given(shelf=shelves())
    def test_beancount_accepts_it(self, shelf: Shelf, tmp_path_factory: pytest.TempPathFactory) -> None:
        bean_check(export_beancount(shelf).data, tmp_path_factory.mktemp("any"))  # type: ignore[arg-type]

    @FEW
    @given(shelf=shelves())
    def test_the_table_has_a_row_an_entry_and_no_formula(self, shelf: Shelf) -> None:
        rows = table(export_csv(shelf).data)  # type: ignore[arg-type]
        assert [Decimal(row["gross"]) for row in rows] == [one.gross for one in shelf.entries]
        assert not [
            cell for row in rows for name, cell in row.items() if name != "net" and cell[:1] in tuple("=+-@\t\r")
        ]


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
        (entry("refund", "5", fee=d("0.3")), ["assets:payouts  -5.30 USD", "expenses:fees  0.30 USD", "income:Books  5.00 USD"]),
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
        (entry("income", "7", 'A "B"'), ["assets:payouts  7.00 XAB", "income:Books  -7.00 XAB"]),
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
            "'+e2", "2026-11-05", "", "", "gone", "", "expense", "cleared", "1.5", "0", "0", "-1.5", "USD", "230", "JPY",
            "153.333333333333", "", 'a "b",\n\\x1b[1m', "", "'@x", "",
        ),
        (
            "e1", "2026-11-05", "2026-12-01", "'=Books", "b", "passive", "income", "cleared", "25", "2.25", "1", "22.75",
            "USD", "", "JPY", "156.25", "2", "'-5", "'=a b", "", "",
        ),
        (
            "e3", "2026-11-05", "", "'=Books", "b", "passive", "income", "void", "25", "0", "0", "0", "EUR", "", "JPY", "",
            "", "", "", "", "",
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
        "habits",
        "pauses",
        "goals",
        "ideas",
        "timers",
        "closed_months",
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


def table(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode(), newline=""), strict=True))
