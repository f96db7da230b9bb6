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
