"""Commands run in a home of their own, on a fixed day, in English."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from pitrack.cli.main import cli
from pitrack.text import i18n

TODAY = "2026-11-22"

Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LC_MONETARY", "PITRACK_FILE", "PITRACK_DEBUG", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    monkeypatch.setenv("PITRACK_TODAY", TODAY)
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("DATA", "STATE", "CONFIG", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    i18n.setup("en")
    yield tmp_path
    i18n.setup("en")


@pytest.fixture
def book(home: Path) -> Path:
    """Where the default book lies."""
    return home / "data" / "pitrack" / "pitrack.json"


@pytest.fixture
def run() -> Run:
    """Run a command line in this process; what it returned is not checked."""

    def run(*args: str, typed: str | None = None) -> Result:
        return CliRunner().invoke(cli, args, input=typed)

    return run


@pytest.fixture
def shell() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run a command line in a process of its own, without a terminal."""

    def shell(*args: str, **env: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "pitrack", *args]
        return subprocess.run(
            command,
            env=os.environ | env,
            stdin=subprocess.DEVNULL,
            check=False,
            capture_output=True,
            text=True,
            timeout=60,
        )

    return shell


@pytest.fixture
def ok(run: Run) -> Callable[..., str]:
    """Run a command line that has to succeed without a word on stderr; returns its stdout."""

    def ok(*args: str, typed: str | None = None) -> str:
        result = run(*args, typed=typed)
        assert (result.exit_code, result.stderr) == (0, ""), result.stdout
        return result.stdout

    return ok


@pytest.fixture
def data(ok: Callable[..., str]) -> Callable[..., Any]:
    """Run a command line with --json and read what it prints."""

    def data(*args: str) -> Any:
        return json.loads(ok(*args, "--json"))

    return data


@pytest.fixture
def started(run: Run) -> None:
    """A book with two actions and two streams."""
    assert run("stream", "add", "Newsletter", "--currency", "USD").exit_code == 0
    for line in (
        ("stream", "add", "写真素材", "--currency", "JPY", "--alias", "photos"),
        ("habit", "add", "Write 500 words", "--at-least", "500 words", "--stream", "news", "--since", "2026-11-01"),
        ("habit", "add", "写真の整理", "--every", "3/week", "--alias", "sort", "--since", "2026-11-01"),
    ):
        assert run(*line).exit_code == 0, line
