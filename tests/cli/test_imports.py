"""What each command imports: starting fast is a feature."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import pitrack
from tests.exchange.files import DATA

HEAVY = ("textual", "pendulum", "babel", "tinydb", "watchfiles", "rich", "filelock", "platformdirs", "orjson")
LATE = (
    "fractions",
    "locale",
    "tempfile",
    "zoneinfo",
    "pitrack.store.history",
    "pitrack.store.undo",
    "pitrack.store.edits.many",
    "pitrack.text.errors",
)
"""Smaller ones, which a command of every day has no use for."""
RUN = """
import sys
from pitrack.cli.main import cli
try:
    cli({args!r})
except SystemExit as end:
    assert not end.code, end.code
print("HEAVY", *(name for name in {heavy!r} if name in sys.modules), file=sys.stderr)
"""


def loaded(*args: str) -> set[str]:
    """Which of the heavy modules a command line has imported by its end."""
    code = RUN.format(args=list(args), heavy=HEAVY + LATE)
    result = subprocess.run(
        [sys.executable, "-c", code], check=False, capture_output=True, text=True, stdin=subprocess.DEVNULL
    )
    assert result.returncode == 0, result.stderr
    return set(result.stderr.splitlines()[-1].split()[1:])


@pytest.fixture
def ascii_book(run) -> None:
    run("habit", "add", "Write", "--at-least", "500 words")
    run("stream", "add", "Newsletter")


READING = {"orjson"}
WRITING = READING | {"filelock"}


@pytest.mark.parametrize(
    ("args", "allowed"),
    [
        (["--version"], set()),
        (["--help"], READING),
        (["today"], READING),
        (["today", "--json"], READING),
        (["status"], READING),
        (["streaks"], READING),
        (["habit", "list"], READING),
        (["entry", "list"], READING),
        (["growth", "--json"], READING),
        (["growth", "--json", "--by", "asset", "--from", "2026-01"], READING),
        (["stack", "--json"], READING),
        (["stack"], READING),
        (["why", "write"], READING),
        (["goals"], READING),
        ([], READING),
        (["done", "write", "5"], WRITING),
        (["skip", "write"], WRITING),
        (["earn", "news", "5", "--note", "x"], WRITING),
        (["time", "news", "1h"], WRITING),
        (["start", "news"], WRITING),
        (["pause", "add"], WRITING),
        (["pause", "list"], READING),
        (["status", "--format", "{timer}"], READING),
        (["idea", "x"], WRITING),
        (["checkin"], READING),
        (["import", "harsh", str(DATA / "harsh")], WRITING),
        (["growth"], READING),
        (["import", str(DATA / "payouts" / "gumroad-sales.csv"), "--stream", "news"], WRITING),
        (["rate", "import", str(DATA / "ecb" / "eurofxref-hist.csv")], READING),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_command_imports_only_what_it_uses(ascii_book: None, args: list[str], allowed: set[str]) -> None:
    assert loaded(*args) & set(HEAVY) <= allowed


@pytest.mark.parametrize("args", [["today"], ["status"], ["done", "write", "5"], ["earn", "news", "5"]])
def test_a_command_of_every_day_imports_nothing_that_it_could_do_without(ascii_book: None, args: list[str]) -> None:
    assert not loaded(*args) & set(LATE)


@pytest.mark.parametrize("form", ["loop", "hledger", "beancount", "csv", "json"])
def test_an_export_imports_only_what_it_uses(ascii_book: None, tmp_path: Path, form: str) -> None:
    assert loaded("export", form, str(tmp_path / "out")) & set(HEAVY) <= READING


def test_growth_as_a_table_needs_words_for_months_and_money(run, ascii_book: None) -> None:
    run("earn", "news", "5", "--on", "2026-10-01")
    assert {"babel", "pendulum"} <= loaded("growth")
    assert "textual" not in loaded("growth")


def test_characters_outside_ascii_need_tables_of_widths(run) -> None:
    run("habit", "add", "写真", "--alias", "p")
    assert loaded("today") & set(HEAVY) - READING == {"rich"}


def modules(part: str) -> list[str]:
    root = Path(pitrack.__file__).parent
    return [
        ".".join(("pitrack", *path.relative_to(root).with_suffix("").parts)) for path in (root / part).rglob("*.py")
    ]


@pytest.mark.parametrize("part", ["core", "text", "store", "exchange", "cli"])
def test_only_the_app_imports_textual(part: str) -> None:
    names = [name.removesuffix(".__init__") for name in modules(part)]
    assert len(names) > 3
    code = (
        f"import importlib, sys\nfor name in {names!r}: importlib.import_module(name)\nprint('textual' in sys.modules)"
    )
    result = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert (result.stdout, result.stderr) == ("False\n", "")
