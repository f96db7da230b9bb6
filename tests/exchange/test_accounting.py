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
from decimal import Decimal, localcontext
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pitrack.cli.main import cli
from pitrack.core.currencies import EXACT
from pitrack.core.model import Entry, Rate, Stream
from pitrack.exchange.beancount import export_beancount
from pitrack.exchange.csv_export import export_csv
from pitrack.exchange.demo import write_demo
from pitrack.exchange.hledger import export_hledger
from tests.exchange.files import TODAY, d
from tests.exchange.money import Shelf, exported, odd_book, table

HAS_BEANCOUNT = bool(shutil.which("bean-check") or importlib.util.find_spec("beancount"))

needs_hledger = pytest.mark.skipif(shutil.which("hledger") is None, reason="hledger is not installed")
needs_ledger = pytest.mark.skipif(shutil.which("ledger") is None, reason="ledger is not installed")
needs_beancount = pytest.mark.skipif(not HAS_BEANCOUNT, reason="beancount is not installed")

Totals = dict[tuple[str, str, str], Decimal]
"""(account or stream, month, currency) -> income."""


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


def converted(book: Path, currency: str) -> Totals:
    """Income by stream and month in one currency, from ``growth --json``."""
    told = json.loads(run(book, "growth", "--currency", currency, "--json", "--as-of", TODAY.isoformat()))
    assert told["missing_rates"] == []
    return {
        (stream["stream"] or "", month["month"], currency): Decimal(month["income"])
        for stream in told["streams"]
        for month in stream["months"]
        if Decimal(month["income"])
    }


def told_by_hledger(data: bytes, folder: Path, *options: str) -> Totals:
    """The same from hledger's report by months, by account; hledger shows income below zero."""
    command = ("hledger", "-f", "FILE", "balance", "^income:", "--monthly", "--layout", "tidy", "--no-total")
    rows = csv.DictReader(io.StringIO(check(*command, "-O", "csv", *options, data=data, folder=folder)))
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
    return odd_book(tmp_path)


ODD_NAMES = {
    "電子書籍": "電子書籍",
    "fees-2": "fees",
    "The Q A part 1 home": 'The "Q: A"; (part = 1)  @home | 🎨',
    "Fees-3": "Fees",
    "unassigned": "",
}


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
    @pytest.mark.parametrize(("currency", "unit"), [("USD", "0.01"), ("JPY", "1")])
    def test_hledger_converts_a_demo_as_we_do(self, demo: Path, tmp_path: Path, currency: str, unit: str) -> None:
        expected = converted(demo, currency)
        end = (TODAY + dt.timedelta(days=1)).isoformat()
        told = told_by_hledger(exported(demo, "hledger"), tmp_path, f"--value=then,{currency}", "-e", end)
        assert len(expected) > 30
        keys = expected.keys() | told.keys()
        apart = {key: abs(told.get(key, d("0")) - expected.get(key, d("0"))) for key in keys}
        assert {key: one for key, one in apart.items() if one > d(unit)} == {}

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
