"""``pitrack report``: the month it tells of, the file it writes, and what it refuses."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from pitrack.exchange.demo import write_demo
from pitrack.store.book import Book
from tests.cli.conftest import Run
from tests.cli.test_imports import loaded
from tests.exchange.test_demo import DAY


@pytest.fixture
def demo(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = home / "demo.json"
    write_demo(path, DAY)
    monkeypatch.setenv("PITRACK_FILE", str(path))
    return path


def test_the_last_complete_month_is_told(run: Run, demo: Path) -> None:
    lines = run("report").output.splitlines()
    assert lines[0] == "October 2026  Demo"
    assert lines[1].startswith("Income: $1,184  +$140, +13.4% on September (provisional")
    assert lines[-1] == "Made by pitrack from the book as it stood on Sun 22 Nov 2026."


@pytest.mark.parametrize("typed", ["2026-09", "sep", "9", "2026年9月"])
def test_a_month_is_named(run: Run, demo: Path, typed: str) -> None:
    result = run("report", typed)
    assert result.output.splitlines()[0] == "September 2026  Demo"
    assert "as it stood on Thu 1 Oct 2026." in result.output


def test_as_of_moves_the_month_due(run: Run, demo: Path) -> None:
    assert run("report", "--as-of", "2026-09-30").output.startswith("August 2026")
    assert run("report", "2026-08", "--as-of", "2026-09-30").output == run("report", "--as-of", "2026-09-30").output


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["2026-11"], "November 2026 is not over yet; the newest report is that of October 2026."),
        (["2027-01"], "January 2027 is not over yet; the newest report is that of October 2026."),
        (["2026-09", "--as-of", "2026-09-30"], "is not over yet; the newest report is that of August 2026."),
        (["2026-13"], "“2026-13” is not a month"),
        (["--markdown", "--html", "x.html"], "Choose one of --markdown and --html."),
        (["--currency", "dollars"], "dollars"),
    ],
)  # fmt: skip
def test_what_cannot_be_reported_is_said(run: Run, demo: Path, args: list[str], said: str) -> None:
    result = run("report", *args)
    assert result.exit_code == 2
    assert said in result.output


def test_an_empty_book_says_what_to_do_first(run: Run) -> None:
    run("habit", "add", "Write")
    told = run("report")
    assert told.exit_code == 0
    assert told.output == (
        "Nothing is known of that month. A report tells of actions (pitrack done) and income (pitrack earn) "
        "once their month is over.\nThe first report, that of November 2026, comes on 1 Dec.\n"
    )
    refused = run("report", "--html", "x.html")
    assert (refused.exit_code, refused.output) == (1, told.output)
    assert not Path("x.html").exists()


def test_in_the_first_month_no_report_is_named_that_there_is_not(run: Run) -> None:
    first = "The first report, that of November 2026, comes on 1 Dec."
    run("habit", "add", "Write")
    run("done", "write", "--on", "2026-11-01")
    refused = run("report", "2026-11")
    assert (refused.exit_code, refused.output.splitlines()[-1]) == (2, first)
    run("done", "write", "--on", "2026-10-31")
    assert "the newest report is that of October 2026." in run("report", "2026-11").output


def test_markdown_goes_to_standard_output(run: Run, demo: Path) -> None:
    assert run("report", "--markdown").output.startswith("# October 2026\n\nDemo\n\nIncome: **$1,184** · ")


def test_the_page_is_written_whole_and_never_over_a_file(run: Run, demo: Path, home: Path) -> None:
    path = home / "october.html"
    told = run("report", "2026-10", "--html", str(path))
    assert (told.exit_code, told.output) == (0, f"Wrote {path}: open it in a browser.\n")
    page = path.read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert page.endswith("</html>\n")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.write_text("mine", encoding="utf-8")
    refused = run("report", "--html", str(path))
    assert refused.exit_code == 1
    assert refused.output == (
        f"There is already something at {path}. Choose another name, or add --force to replace it.\n"
    )
    assert path.read_text(encoding="utf-8") == "mine"
    assert run("report", "--html", str(path), "--force").exit_code == 0
    assert path.read_text(encoding="utf-8") == page
    assert run("report", "--html", "-").output == page


def test_the_book_itself_is_never_replaced(run: Run, demo: Path, home: Path) -> None:
    before = demo.read_bytes()
    assert run("report", "--html", str(demo), "--force").exit_code == 1
    assert demo.read_bytes() == before
    missing = run("report", "--html", str(home / "nowhere" / "x.html"))
    assert missing.exit_code == 1
    assert missing.stderr == f"There is no folder {home / 'nowhere'}. Make it first, or choose another path.\n"


def test_amounts_may_be_left_out(run: Run, demo: Path) -> None:
    for form in ([], ["--markdown"], ["--html", "-"]):
        told = run("report", "--without-amounts", *form).output
        assert "$" not in told
        assert "¥" not in told
        assert "+13.4%" in told


def test_the_report_is_in_another_currency(run: Run, demo: Path) -> None:
    assert "Income: ¥" in run("report", "--currency", "jpy").output


def test_the_report_is_in_the_language_asked_for(run: Run, demo: Path) -> None:
    assert run("--lang", "ja", "report").output.startswith("2026年10月  Demo\n")
    assert '<html lang="ja">' in run("--lang", "ja", "report", "--html", "-").output


def test_a_report_changes_nothing(run: Run, demo: Path) -> None:
    before = demo.read_bytes()
    run("report", "--html", "-")
    assert demo.read_bytes() == before
    assert Book.open(demo).path == demo


def test_nothing_heavy_is_imported_for_it(demo: Path) -> None:
    assert loaded("report") & {"textual", "tinydb", "watchfiles"} == set()
