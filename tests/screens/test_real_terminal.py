"""The app in a real terminal: signals, and terminals without colours, with few, and with few characters."""

from __future__ import annotations

import datetime as dt
import re
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pitrack.store.book import Book
from tests.pty import Terminal, clean_env

PITRACK = [sys.executable, "-m", "pitrack"]
TIDY = "写真の整理"
COLOUR = re.compile(rb"\x1b\[(?:[0-9;]*;)?(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])[;m]")


@pytest.fixture
def env(home: Path, book: Book, today: dt.date, tmp_path: Path) -> dict[str, str]:
    """The home of a person whose only book is ``book``, on its device."""
    env = clean_env(home, {"PITRACK_FILE": str(book.path), "PITRACK_TODAY": str(today)})
    state = home / ".local" / "state" / "pitrack"
    state.parent.mkdir(parents=True)
    state.symlink_to(tmp_path / "state")
    return env


@contextmanager
def shown(env: dict[str, str], **size: int) -> Iterator[Terminal]:
    """The app with its actions on the screen."""
    with Terminal(PITRACK, env=env, **size) as terminal:
        terminal.wait_for("Upload photos", timeout=30)
        terminal.settle()
        yield terminal


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGKILL], ids=lambda number: number.name)
def test_a_check_in_outlives_the_app(
    env: dict[str, str], today: dt.date, reopen: Callable[[], Book], number: signal.Signals
) -> None:
    with shown(env) as terminal:
        terminal.press("x")
        terminal.wait_for("x Upload photos", timeout=30)
        terminal.kill(number)
        terminal.wait_exit()
    snapshot = reopen().snapshot()
    upload = next(habit for habit in snapshot.habits.values() if habit.name == "Upload photos")
    assert snapshot.history(upload.id).marks[today.toordinal()] == "no"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP], ids=lambda number: number.name)
def test_the_terminal_is_left_as_it_was(env: dict[str, str], number: signal.Signals) -> None:
    with shown(env) as terminal:
        assert not terminal.is_echoing
        terminal.kill(number)
        assert terminal.wait_exit() == 128 + number
        assert terminal.is_echoing
        for off in (b"\x1b[?1049l", b"\x1b[?25h", b"\x1b[?1003l", b"\x1b[?2004l", b"\x1b[<u"):
            assert off in terminal.output


def test_the_app_ends_with_its_terminal_and_saves(env: dict[str, str], book: Book) -> None:
    before = book.path.read_bytes()
    with shown(env) as terminal:
        terminal.press("x")
        terminal.wait_for("x Upload photos", timeout=30)
        terminal.hang_up()
        terminal.wait_exit(timeout=30)
    assert book.path.read_bytes() != before


def test_no_color_sends_none(env: dict[str, str]) -> None:
    with shown(env | {"NO_COLOR": "1"}) as terminal:
        assert "> " in terminal.text()
        for key in ("down", "space", "3", "2", "4", "1"):
            terminal.press(key)
            terminal.settle()
        assert COLOUR.findall(terminal.output) == []


@pytest.mark.parametrize(
    ("term", "wanted", "unwanted"),
    [("xterm-256color", rb"\x1b\[[0-9;]*38;5;", rb"38;2;"), ("xterm", rb"\x1b\[[0-9;]*3[1-6]", rb"[34]8;[25];")],
)
def test_few_colours(env: dict[str, str], term: str, wanted: bytes, unwanted: bytes) -> None:
    env = {name: value for name, value in env.items() if name != "COLORTERM"} | {"TERM": term}
    with shown(env) as terminal:
        assert re.search(wanted, terminal.output)
        assert not re.search(unwanted, terminal.output)


def test_ascii_glyphs_reach_every_screen(env: dict[str, str], home: Path) -> None:
    (home / ".config" / "pitrack").mkdir(parents=True)
    (home / ".config" / "pitrack" / "config.toml").write_text('glyphs = "ascii"\n')
    with shown(env, columns=120, rows=40) as terminal:
        for key in ("1", "3", "4"):
            terminal.press(key)
            terminal.settle(patience=2)
            assert terminal.text().replace(TIDY, "").isascii(), terminal.text()
