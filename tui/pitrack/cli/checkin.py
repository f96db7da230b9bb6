"""``pitrack checkin``: today's open actions one by one, a key each."""

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

from pitrack.cli.checkins import answered, done_change
from pitrack.cli.output import say, short
from pitrack.cli.parts import command
from pitrack.cli.session import Session
from pitrack.cli.today import answer
from pitrack.core.changes import Change
from pitrack.core.views.today import Action, today
from pitrack.store import edits
from pitrack.text import words
from pitrack.text.errors import sentence
from pitrack.text.i18n import N_, _, ngettext
from pitrack.text.plain import cells
from pitrack.text.reading import ParseError

YES = frozenset({"y", "yes", "はい"})
NO = frozenset({"n", "no", "x", "いいえ"})
SKIP = frozenset({"s", "skip"})
QUIT = "q"
_END = "\x04"
_SEQUENCE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|O?.)?")
"""What an arrow or a function key sends."""


class Answers(Protocol):
    """Where answers come from; None when there are no more."""

    def next(self) -> str | None: ...


@command("checkin", N_("Today's open actions as plain prompts, one key each."))
@click.pass_obj
def checkin(session: Session) -> None:
    view = today(session.snapshot, session.today)
    waiting = [action for action in view.actions if action.group in ("tonight", "open")]
    if not waiting:
        say(_("Nothing is open today."))
        return
    say(_("y done, n no, s skip, an amount, enter to leave it, q to quit"))
    is_keyboard = sys.stdin is not None and sys.stdin.isatty()
    answers: Answers = Keys() if is_keyboard else Lines()
    mode: AbstractContextManager[None] = _key_by_key() if is_keyboard else nullcontext()
    count = 0
    with mode:
        for action in waiting:
            typed = _ask(session, action, answers)
            if typed is None:
                break
            count += typed
    left = today(session.snapshot, session.today).open
    say(
        ngettext("{n} answered", "{n} answered", count).format(n=count)
        + ", "
        + ngettext("{n} open", "{n} open", left).format(n=left)
    )


class Lines:
    """Answers of a pipe or a file, one a line."""

    def next(self) -> str | None:
        line = sys.stdin.readline() if sys.stdin else ""
        say()
        return _plain(line) if line else None


class Keys:
    """Answers of a keyboard, key by key: a letter answers at once, a number ends with enter."""

    def __init__(self) -> None:
        self._keys = self._read()

    def next(self) -> str | None:
        typed = ""
        for key in self._keys:
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

    def _read(self) -> Iterator[str]:
        """Keys one by one; what a paste or an input method sends at once is taken apart, an arrow key left out."""
        decoder = codecs.getincrementaldecoder("utf-8")("replace")
        while read := os.read(sys.stdin.fileno(), 1024):
            yield from _plain_keys(_SEQUENCE.sub("", decoder.decode(read)))


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


def _plain_keys(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _erase(character: str) -> None:
    width = cells(character)
    click.echo("\b" * width + " " * width + "\b" * width, nl=False)


def _ask(session: Session, action: Action, answers: Answers) -> int | None:
    """Ask until the answer is understood: 1 when it was recorded, 0 when the action was left, None to stop."""
    while True:
        click.echo(_("{question}: ").format(question=_question(action)), nl=False)
        typed = answers.next()
        if typed is None or typed == QUIT:
            return None
        if not typed:
            return 0
        try:
            change = _change(session, action, typed)
        except ParseError as error:
            say(sentence(error.code, error.details))
            continue
        session.apply(change)
        say(answered(session.snapshot, action.habit.id, session.today, session.today))
        return 1


def _question(action: Action) -> str:
    stands = ", ".join(
        part for part in (answer(action), words.unit(action.standing.current, action.standing.unit)) if part
    )
    return f"{short(action.habit.name)} ({stands})"


def _change(session: Session, action: Action, typed: str) -> Change:
    snap, habit, day = session.snapshot, action.habit, session.today
    if typed in YES:
        return done_change(snap, habit, day, None, None)
    if typed in NO:
        return edits.check(snap, habit.id, day, "no")
    if typed in SKIP:
        return edits.check(snap, habit.id, day, "skip")
    return done_change(snap, habit, day, typed, None)


def _plain(text: str) -> str:
    return _plain_keys(text).strip()
