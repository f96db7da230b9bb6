"""``pitrack rate import``: what it says, what it records, what it refuses, and what it makes of the figures."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.exchange.files import DATA, zipped

ECB = DATA / "ecb"
HISTORY = str(ECB / "eurofxref-hist.csv")
ALL_NEW = (
    "9 new rates for GBP, JPY, USD, from 2026-09-09 to 2026-11-20.\n"
    "Months whose figures move: 2026-09, 2026-11.\n"
    "Still without a rate: 1 entry in TWD, of 2026-11-03.\n"
    "The file has no rates for TWD.\n"
)


@pytest.fixture
def abroad(ok, run, started: None) -> None:
    """A book in dollars: September brought 1,430 yen and 84 pounds, November 3,000 yen and 100 Taiwan dollars."""
    ok("earn", "news", "50", "--on", "2026-10-05")
    for amount, day in (
        ("1430 JPY", "2026-09-10"),  # a day on which the file has yen and no dollars
        ("84 GBP", "2026-09-12"),  # a Saturday
        ("3000 JPY", "2026-11-02"),  # a Monday that the file does not have
        ("100 TWD", "2026-11-03"),
    ):
        stream = "photos" if "JPY" in amount else "news"
        assert run("earn", stream, *amount.split(), "--on", day).exit_code == 0


def incomes(view) -> dict[str, str]:
    return {month["month"]: month["income"] for month in view["months"]}


def test_the_figures_before_and_after(ok, data, abroad: None) -> None:
    before = data("growth")
    assert incomes(before) == {"2026-09": "0.00", "2026-10": "50.00", "2026-11": "0.00"}
    assert [(one["currency"], one["day"], one["amount"]) for one in before["missing_rates"]] == [
        ("GBP", "2026-09-12", "84.00"),
        ("JPY", "2026-09-10", "4430"),
        ("TWD", "2026-11-03", "100.00"),
    ]
    assert ok("rate", "import", HISTORY) == ALL_NEW + "Imported from ECB. “pitrack undo” takes it back.\n"
    after = data("growth")
    # September: 1430 / 143 × 1.19 = 11.90 (dollars of the day before) and 84 / 0.84 × 1.20 = 120.00.
    # November: 3000 / 150 × 1.25 = 25.00, at the rates of 30 October.
    assert incomes(after) == {"2026-09": "131.90", "2026-10": "50.00", "2026-11": "25.00"}
    assert [one["currency"] for one in after["missing_rates"]] == ["TWD"]
    assert ok("undo") == "Undid: imported ECB.\n"
    assert data("growth") == before
    assert ok("redo") == "Did again: imported ECB.\n"
    assert data("growth") == after


def test_a_dry_run_records_nothing(ok, data, book: Path, abroad: None) -> None:
    before = book.read_bytes()
    assert ok("rate", "import", HISTORY, "--dry-run") == ALL_NEW + "Nothing was recorded: this was a dry run.\n"
    assert data("rate", "import", HISTORY, "--dry-run")["imported"] is False
    assert book.read_bytes() == before


def test_only_what_is_of_use_is_kept_and_twice_adds_nothing(ok, data, book: Path, abroad: None) -> None:
    ok("rate", "import", HISTORY)
    listed = ok("rate", "list")
    assert listed == (
        "2026-11-20  EUR/USD  1.08\n"
        "2026-11-20  EUR/JPY   160\n"
        "2026-11-20  EUR/GBP  0.86\n"
        "2026-10-30  EUR/USD  1.25\n"
        "2026-10-30  EUR/JPY   150\n"
        "2026-09-11  EUR/USD   1.2\n"
        "2026-09-11  EUR/GBP  0.84\n"
        "2026-09-10  EUR/JPY   143\n"
        "2026-09-09  EUR/USD  1.19\n"
    )
    before = book.read_bytes()
    assert ok("rate", "import", HISTORY) == (
        "Nothing new: the book has it all.\n"
        "Still without a rate: 1 entry in TWD, of 2026-11-03.\n"
        "The file has no rates for TWD.\n"
    )
    assert book.read_bytes() == before
    assert ok("undo") == "Undid: imported ECB.\n"  # the one that did something


def test_json(data, abroad: None) -> None:
    found = data("rate", "import", str(ECB / "eurofxref.csv"))
    assert found == {
        "imported": True,
        "added": [
            {"day": "2026-11-20", "base": "EUR", "quote": "GBP", "rate": "0.86"},
            {"day": "2026-11-20", "base": "EUR", "quote": "JPY", "rate": "160"},
            {"day": "2026-11-20", "base": "EUR", "quote": "USD", "rate": "1.08"},
        ],
        "same": 0,
        "undone": 0,
        "months": [],
        "missing": [
            {"currency": "GBP", "entries": 1, "day": "2026-09-12"},
            {"currency": "JPY", "entries": 2, "day": "2026-09-10"},
            {"currency": "TWD", "entries": 1, "day": "2026-11-03"},
        ],
        "not_in_file": ["TWD"],
    }
    later = data("rate", "import", HISTORY)
    assert (len(later["added"]), later["same"], later["months"]) == (6, 3, ["2026-09", "2026-11"])


def test_all_four_files_say_the_same_of_their_day(ok, run, home: Path, abroad: None) -> None:
    packed = home / "eurofxref.zip"
    packed.write_bytes(zipped({"eurofxref.csv": (ECB / "eurofxref.csv").read_bytes()}))
    said = ok("rate", "import", str(packed), "--dry-run")
    assert said.startswith("3 new rates for GBP, JPY, USD, of 2026-11-20.\nStill without a rate: 1 entry in GBP")
    for name in ("eurofxref.csv", "eurofxref-daily.xml"):
        assert ok("rate", "import", str(ECB / name), "--dry-run") == said


def test_what_was_typed_stays(ok, data, abroad: None) -> None:
    ok("rate", "add", "GBP", "USD", "2", "--on", "2026-09-12")
    ok("rate", "add", "EUR", "JPY", "100", "--on", "2026-10-30")
    ok("rate", "import", HISTORY)
    # 84 × 2 = 168.00, beside the yen's 11.90; 3000 / 100 × 1.25 = 37.50.
    assert incomes(data("growth")) == {"2026-09": "179.90", "2026-10": "50.00", "2026-11": "37.50"}


def test_what_was_undone_stays_away_until_it_is_asked_for(ok, data, abroad: None) -> None:
    ok("rate", "import", HISTORY)
    ok("undo")
    assert ok("rate", "import", HISTORY).startswith(
        "What was undone in this book stays so; “pitrack rate import FILE --again” brings it back.\n"
    )
    assert data("rate", "list") == []
    assert ok("rate", "import", HISTORY, "--again").startswith("9 new rates for GBP, JPY, USD, from 2026-09-09")
    assert incomes(data("growth"))["2026-09"] == "131.90"


def test_a_book_with_one_currency_has_no_use_for_any(ok, run) -> None:
    run("stream", "add", "Newsletter", "--currency", "USD")
    ok("earn", "news", "5")
    assert ok("rate", "import", HISTORY) == "Nothing new: the file has no rate that the book needs.\n"


def test_what_cannot_be_read_is_one_sentence_and_records_nothing(run, book: Path, home: Path, abroad: None) -> None:
    before = book.read_bytes()
    bad = home / "bad.csv"
    bad.write_text("Date,USD,\n2026-11-20,1.08,\n2026-11-19,\x1b[2J,\n")
    other = home / "other.csv"
    other.write_text("HabitName,CalendarDate\n")
    bomb = home / "bomb.zip"
    bomb.write_bytes(zipped({"eurofxref-hist.csv": b"0" * 3_000_000}))
    large = home / "large.csv"
    large.touch()
    os.truncate(large, 200_000_000)
    for path, reason in (
        (bad, "line 3, column USD, “\\x1b[2J”: it is not a number"),
        (other, "it is not a file of the ECB's reference rates, such as eurofxref-hist.zip"),
        (bomb, "it is a zip file that unpacks to far more than it should (at most 50 MB)"),
        (large, "it is too large (over 50 MB)"),
        (home, "it is a folder; name the file itself, or the zip that it was unpacked from"),
    ):
        result = run("rate", "import", str(path))
        told = f"{path} cannot be imported: {reason}. Nothing was imported.\n"
        assert (result.exit_code, result.stdout, result.stderr) == (1, "", told)
    result = run("rate", "import", str(home / "none.csv"))
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == f"{home / 'none.csv'} cannot be used: No such file or directory.\n"
    assert run("rate", "import").exit_code == 2
    assert book.read_bytes() == before


def test_without_a_book_there_is_nothing_to_import_for(run, book: Path) -> None:
    result = run("rate", "import", HISTORY)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("There is no book yet.")
    assert not book.exists()
