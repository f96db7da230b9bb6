"""``pitrack export``."""

from __future__ import annotations

from pathlib import Path

import pytest

pytestmark = pytest.mark.usefixtures("started")


def test_out_and_into_an_empty_book_again(ok, run, data, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ok("habit", "add", "Stretch", "--every", "3/14", "--since", "2026-11-01")
    for line in (("write", "620"), ("sort",), ("stretch", "--on", "2026-11-20", "--note", "=1+1")):
        ok("done", *line)
    ok("skip", "write", "--on", "yesterday")
    monkeypatch.chdir(home)
    assert ok("export", "loop") == "Wrote Loop Habits CSV 2026-11-22.zip: 3 actions with 4 answers.\n"
    shown = data("today")["actions"]
    other = ("--file", str(home / "other.json"))
    assert run(*other, "--new", "import", "loop", "Loop Habits CSV 2026-11-22.zip").exit_code == 0
    back = data(*other, "today")["actions"]
    assert {one["habit"]: (one["state"], one["value"]) for one in back} == {
        one["habit"]: (one["state"], one["value"]) for one in shown
    }
    assert [(one["name"], one["schedule"], one["target"]) for one in data(*other, "habit", "list")] == [
        ("Write 500 words", "every day", "500"),
        ("写真の整理", "3/7 days", None),
        ("Stretch", "3/14 days", None),
    ]


def test_a_file_is_replaced_only_by_force_and_the_book_never(run, ok, book: Path, home: Path) -> None:
    path = home / "out.zip"
    path.write_bytes(b"mine")
    refused = run("export", "loop", str(path))
    assert (refused.exit_code, refused.stderr) == (
        1,
        f"There is already something at {path}. Choose another name, or add --force to replace it.\n",
    )
    assert path.read_bytes() == b"mine"
    assert ok("export", "loop", str(path), "--force") == f"Wrote {path}: 2 actions with 0 answers.\n"
    assert path.read_bytes().startswith(b"PK")
    before = book.read_bytes()
    for target in (book, home):
        result = run("export", "loop", str(target), "--force")
        assert (result.exit_code, result.stderr) == (1, f"{target} cannot be replaced. Choose another name.\n")
    assert book.read_bytes() == before
    assert run("export", "loop", str(home / "no" / "where.zip")).exit_code == 1


def test_what_has_no_word_there_is_told(run, ok, home: Path) -> None:
    ok("no", "write")
    result = run("export", "loop", str(home / "out.zip"))
    assert result.exit_code == 0
    assert result.stderr == (
        "1 answer has no exact word there: an amount of a yes/no action, or a yes or no to an amount.\n"
    )


def test_without_a_book_there_is_nothing_to_export(run, home: Path) -> None:
    result = run("--file", str(home / "none.json"), "export", "loop", str(home / "out.zip"))
    assert result.exit_code == 1
    assert not (home / "out.zip").exists()


@pytest.fixture
def booked(started: None, ok) -> None:
    ok("earn", "photos", "1200", "--on", "2026-11-03", "--note", "十一月; 分")
    ok("earn", "news", "25", "--fee", "2.25", "--pending", "--on", "2026-11-05")
    ok("rate", "add", "USD", "JPY", "155", "--on", "2026-11-03")


@pytest.mark.usefixtures("booked")
def test_accounts_go_to_standard_output_unless_a_file_is_named(ok, run, home: Path) -> None:
    shown = ok("export", "hledger")
    assert shown.endswith(
        "    assets:payouts  22.75 USD\n    expenses:fees  2.25 USD\n    income:Newsletter  -25.00 USD\n"
    )
    assert "2026-11-03 * 写真素材 | 十一月, 分\n" in shown
    assert ok("export", "hledger", "-") == shown
    path = home / "out.journal"
    assert ok("export", "hledger", str(path)) == f"Wrote {path}: 2 entries.\n"
    assert path.read_text("utf-8") == shown


@pytest.mark.usefixtures("booked")
@pytest.mark.parametrize("form", ["hledger", "beancount", "csv", "json"])
def test_no_export_replaces_a_file_without_force_nor_the_book(form: str, run, ok, book: Path, home: Path) -> None:
    path = home / "out"
    path.write_bytes(b"mine")
    refused = run("export", form, str(path))
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert refused.stderr == (
        f"There is already something at {path}. Choose another name, or add --force to replace it.\n"
    )
    assert path.read_bytes() == b"mine"
    assert ok("export", form, str(path), "--force") == f"Wrote {path}: 2 entries.\n"
    assert path.read_text("utf-8") == ok("export", form)
    before = book.read_bytes()
    assert run("export", form, str(book), "--force").exit_code == 1
    assert book.read_bytes() == before


@pytest.mark.usefixtures("booked")
def test_void_entries_are_left_out_of_accounts_and_told(run, data, ok) -> None:
    one = data("entry", "list")[0]["id"]
    ok("entry", "edit", one, "--status", "void")
    for form in ("hledger", "beancount"):
        result = run("export", form)
        assert (result.exit_code, result.stderr) == (0, "1 void entry is left out.\n")
        assert one not in result.stdout
    for form in ("csv", "json"):
        assert one in ok("export", form)


def test_a_book_without_entries_exports_too(ok) -> None:
    for form in ("hledger", "beancount", "csv", "json"):
        assert ok("export", form)


def test_a_dash_is_standard_output_for_loop_too(home: Path, monkeypatch: pytest.MonkeyPatch, run) -> None:
    monkeypatch.chdir(home)
    run("habit", "add", "Write", "--every", "day")
    result = run("export", "loop", "-")
    assert result.stdout_bytes.startswith(b"PK\x03\x04")
    assert not (home / "-").exists()
