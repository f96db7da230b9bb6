"""The terminal that other tests look through shows what a person would see."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.pty import Terminal, answers, clean_env, key_bytes

ECHO = """
import os, sys, tty
tty.setraw(0)
os.write(1, b"\\x1b[2J\\x1b[3;5Hready \\xe5\\x86\\x99\\xe7\\x9c\\x9f %d %d" % os.get_terminal_size())
while (typed := os.read(0, 16)) != b"q":
    os.write(1, b"\\x1b[4;1H<" + typed.hex().encode() + b">")
sys.exit(7)
"""


def terminal(home: Path, script: str = ECHO, columns: int = 60, rows: int = 10) -> Terminal:
    return Terminal([sys.executable, "-c", script], env=clean_env(home), columns=columns, rows=rows)


def test_screen_keys_and_exit_code(tmp_path: Path) -> None:
    with terminal(tmp_path) as shown:
        shown.wait_for("ready")
        assert shown.lines()[2] == "    ready 写真 60 10"
        assert shown.settle() == shown.watch(0.05) == 0
        shown.press("up")
        shown.wait_for("<1b5b41>")
        shown.press("ctrl+p")
        shown.wait_for("<10>")
        assert shown.memory() > 1_000_000
        shown.press("q")
        assert shown.wait_exit() == 7


def test_queries_are_answered_as_a_terminal_does(tmp_path: Path) -> None:
    asking = 'import os, tty; tty.setraw(0); os.write(1, b"\\x1b[c"); os.write(1, os.read(0, 16).hex().encode())'
    with terminal(tmp_path, asking) as shown:
        shown.wait_for(b"\x1b[?62;22c".hex())
    assert answers(b"a\x1b[?2026$pb\x1b[?2048$p") == b"\x1b[?2026;2$y\x1b[?2048;0$y"
    assert answers(b"plain \x1b[1mtext") == b""


def test_what_never_comes_is_reported_with_the_screen(tmp_path: Path) -> None:
    with terminal(tmp_path) as shown, pytest.raises(TimeoutError, match="写真"):
        shown.wait_for("never", timeout=0.5)
    assert shown.exit_code == -15


def test_keys_are_what_terminals_send() -> None:
    assert [key_bytes(key) for key in ("enter", "left", "ctrl+c", "写")] == [b"\r", b"\x1b[D", b"\x03", "写".encode()]
