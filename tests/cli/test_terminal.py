"""Commands in a real terminal."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from pitrack.config import Config, load
from tests.pty import Terminal, clean_env

PITRACK = [sys.executable, "-m", "pitrack"]


@pytest.fixture
def env(home: Path, tmp_path: Path) -> dict[str, str]:
    """The same home as the commands run in this process."""
    folders = {f"XDG_{name}_HOME": str(tmp_path / name.lower()) for name in ("DATA", "STATE", "CONFIG", "CACHE")}
    return clean_env(home, {"PITRACK_TODAY": "2026-11-22", "TMPDIR": str(tmp_path), **folders})


def test_checkin_takes_one_key_an_action(data, env, started: None, ok) -> None:
    ok("habit", "add", "Read")
    with Terminal([*PITRACK, "checkin"], env=env) as terminal:
        terminal.wait_for("Write 500 words (0 / 500 words, 0 days):")
        terminal.press("１２", "９", "backspace", "0", "enter")
        terminal.wait_for("Write 500 words: 120 of 500 words, 0 days.")
        terminal.wait_for("0 / 3 this week")
        terminal.press("enter")
        terminal.wait_for("Read (0 days):")
        terminal.press("up", "ｙ")
        terminal.wait_for("Read: done, 1 day.")
        assert terminal.wait_exit() == 0
        assert "2 answered, 2 open" in terminal.text()
    states = {action["alias"]: (action["state"], action["value"]) for action in data("today")["actions"]}
    assert states == {"write": ("amount", "120"), "read": ("yes", None), "sort": ("absent", None)}


def test_checkin_ends_with_ctrl_c_and_keeps_what_was_answered(data, env, started: None) -> None:
    with Terminal([*PITRACK, "checkin"], env=env) as terminal:
        terminal.wait_for("0 / 500 words")
        terminal.press("s")
        terminal.wait_for("skipped")
        terminal.wait_for("this week")
        terminal.settle()  # the keyboard is handed over key by key only after the prompt
        terminal.press("ctrl+c")
        assert terminal.wait_exit() == 130
        assert "Traceback" not in terminal.text()
    assert [action["state"] for action in data("today")["actions"]] == ["absent", "skip"]


def test_checkin_keeps_what_was_typed_ahead(data, env, started: None) -> None:
    with Terminal([*PITRACK, "checkin"], env=env) as terminal:
        terminal.press("600", "enter", "n")
        assert terminal.wait_exit() == 0
        assert "2 answered, 0 open" in terminal.text()
    assert {action["state"] for action in data("today")["actions"]} == {"no", "amount"}


def test_checkin_offers_days_off_after_three_days_without_an_answer(data, env, started: None, ok) -> None:
    ok("done", "write", "--on", "2026-11-18")
    with Terminal([*PITRACK, "checkin"], env=env) as terminal:
        terminal.wait_for("Nothing answered since Thu 2026-11-19. a I was away or ill, c catch up,")
        terminal.press("a")
        terminal.wait_for("3 days off.")
        terminal.wait_for("c catches up first: 3 actions unanswered since Sun 2026-11-15")
        terminal.press("c", "n")
        terminal.wait_for("2 of 5, Mon 2026-11-16: Write 500 words (0 / 500 words, 0 days):")
        terminal.press("t", "風邪 でした", "enter", "q")
        assert terminal.wait_exit() == 0
        assert "1 answered, 2 open" in terminal.text()
    assert [(one["from"], one["to"]) for one in data("pause", "list", "--all")] == [("2026-11-19", "2026-11-21")]


def test_checkin_ends_with_ctrl_d(env, started: None) -> None:
    with Terminal([*PITRACK, "checkin"], env=env) as terminal:
        terminal.wait_for("0 / 500 words")
        terminal.press("１", "ctrl+d")
        assert terminal.wait_exit() == 0
        assert "0 answered, 2 open" in terminal.text()


def test_checkin_stops_at_q(env, started: None) -> None:
    with Terminal([*PITRACK, "checkin"], env=env) as terminal:
        terminal.wait_for("0 / 500 words")
        terminal.press("q")
        assert terminal.wait_exit() == 0
        assert "0 answered, 2 open" in terminal.text()


def test_a_dumb_terminal_gets_the_list_and_the_reason(env, started: None) -> None:
    with Terminal(PITRACK, env=env | {"TERM": "dumb"}) as terminal:
        assert terminal.wait_exit() == 0
        assert "Sun 2026-11-22: 2 open, 0 done" in terminal.text()
        assert "This terminal (TERM=dumb) cannot show the app" in terminal.text()


@pytest.mark.parametrize("columns", [44, 120])
def test_today_fits_the_terminal_without_a_cut(env, started: None, ok, columns: int) -> None:
    name = "A name that is much too long for a telephone"
    ok("habit", "add", name, "--every", "3/week")
    with Terminal([*PITRACK, "today"], env=env, columns=columns) as terminal:
        assert terminal.wait_exit() == 0
        lines = terminal.lines()
    assert sum(line.endswith(("0 days", "0 weeks")) for line in lines) == 3
    assert any("  Write 500 words" in line for line in lines)
    if columns == 44:
        assert "      0 / 500 words     0 days" in lines
    else:
        assert any(line.startswith(f"  {name}  ") for line in lines)


def test_the_demo_opens_in_the_app_and_goes_when_it_ends(env, home: Path, tmp_path: Path) -> None:
    with Terminal([*PITRACK, "demo"], env=env) as terminal:
        terminal.wait_for("Write 500 words", timeout=30)
        terminal.press("q")
        assert terminal.wait_exit() == 0
    assert list(tmp_path.glob("pitrack-demo-*")) == []
    assert not (tmp_path / "data").exists()


def test_the_first_run_makes_the_book_and_keeps_the_language(env, book: Path, tmp_path: Path) -> None:
    with Terminal(PITRACK, env=env) as terminal:
        terminal.wait_for("Welcome to pitrack", timeout=30)
        terminal.press("enter")
        terminal.wait_for("No actions yet")
        terminal.press("q")
        assert terminal.wait_exit() == 0
    assert book.exists()
    assert load(tmp_path / "config" / "pitrack" / "config.toml") == Config(language="en")


def test_a_damaged_book_is_shown_as_this_device_holds_it(env, book: Path, started: None) -> None:
    book.write_text("{")
    with Terminal(PITRACK, env=env) as terminal:
        terminal.wait_for("Write 500 words", timeout=30)
        terminal.wait_for("not synced: the file cannot be read")
        terminal.press("q")
        assert terminal.wait_exit() == 0
    assert book.read_text() == "{"


def test_a_damaged_book_that_was_never_seen_is_told_before_the_app_starts(env, book: Path) -> None:
    book.parent.mkdir(parents=True)
    book.write_text("{")
    with Terminal(PITRACK, env=env) as terminal:
        assert terminal.wait_exit() == 1
        assert terminal.text().startswith("The book at ")
