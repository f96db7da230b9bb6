"""Answers to plain prompts: key by key from a keyboard, line by line from a pipe."""

from __future__ import annotations

import codecs
import os
import re
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Protocol

import click

from pitrack.cli.output import say
from pitrack.text.plain import cells

_END = "\x04"
_SEQUENCE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|O?.)?")
"""What an arrow or a function key sends."""


class Answers(Protocol):
    """Where answers come from; None when there are no more."""

    is_keyboard: bool

    def next(self) -> str | None:
        """A letter, a number, or nothing."""
        ...

    def text(self) -> str | None:
        """A line of any text."""
        ...


def from_here() -> tuple[Answers, AbstractContextManager[None]]:
    """The keyboard where there is one, else standard input; and how the terminal is to be set meanwhile."""
    if sys.stdin is not None and sys.stdin.isatty():
        return Keys(), _key_by_key()
    return Lines(), nullcontext()


class Lines:
    """Answers of a pipe or a file, one a line."""

    is_keyboard = False

    def next(self) -> str | None:
        line = self.text()
        return None if line is None else _plain(line)

    def text(self) -> str | None:
        line = sys.stdin.readline() if sys.stdin else ""
        say()
        return line.strip() if line else None


class Keys:
    """Answers of a keyboard, key by key: a letter answers at once, a number ends with enter."""

    is_keyboard = True

    def __init__(self) -> None:
        self._keys = self._read()

    def next(self) -> str | None:
        typed = ""
        for raw in self._keys:
            key = _plain_keys(raw)
            if key in "\r\n":
                say()
                return typed
            if key == _END:
                break
            if key in "\x7f\b":
                _erase(typed[-1:])
                typed = typed[:-1]
            elif key.isdigit() or (typed and (key.isalnum() or key in ".,:")) or (not typed and key == "+"):
                typed += key
                click.echo(key, nl=False)
            elif not typed and key.isascii() and key.isprintable():
                say()
                return key.strip() or "y"
        say()
        return None

    def text(self) -> str | None:
        typed = ""
        for key in self._keys:
            if key in "\r\n":
                say()
                return typed.strip()
            if key == _END:
                break
            if key in "\x7f\b":
                _erase(typed[-1:])
                typed = typed[:-1]
            elif key.isprintable():
                typed += key
                click.echo(key, nl=False)
        say()
        return None

    def _read(self) -> Iterator[str]:
        """Keys one by one; what a paste or an input method sends at once is taken apart, an arrow key left out."""
        decoder = codecs.getincrementaldecoder("utf-8")("replace")
        while read := os.read(sys.stdin.fileno(), 1024):
            yield from _SEQUENCE.sub("", decoder.decode(read))


@contextmanager
def _key_by_key() -> Iterator[None]:
    """The terminal hands over each key at once and unseen; what was typed ahead is kept."""
    import termios
    import tty

    keyboard = sys.stdin.fileno()
    before = termios.tcgetattr(keyboard)
    try:
        tty.setcbreak(keyboard, termios.TCSADRAIN)
        yield
    finally:
        termios.tcsetattr(keyboard, termios.TCSADRAIN, before)


def _plain(text: str) -> str:
    return _plain_keys(text).strip()


def _plain_keys(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _erase(character: str) -> None:
    width = cells(character)
    click.echo("\b" * width + " " * width + "\b" * width, nl=False)
