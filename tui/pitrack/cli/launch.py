"""The app, or today's list where there is no terminal to show it in (known before Textual is imported)."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from functools import partial

from pitrack.cli.failures import explained
from pitrack.cli.output import say, warn
from pitrack.cli.session import Session, how_to_start
from pitrack.config import save, themes_folder
from pitrack.text.i18n import _


def launch(session: Session, *, keep: bool = True) -> int | None:
    """Open the app on the session's book; without a usable terminal print today's list and say why. ``keep``: what is
    chosen in it (theme, hidden amounts) goes into this device's settings."""
    reason = no_terminal()
    if reason:
        return _list(session, reason)
    book = session.book() if session.new or session.is_there else None
    from pitrack.app import run

    problems: list[str] = []
    code = run(
        book,
        session.path,
        session.clock,
        theme=session.config.theme or "",
        themes=themes_folder(),
        glyphs=session.config.glyphs or "",
        hidden=session.config.hidden,
        grouping=session.config.grouping or "",
        remember=partial(_remember, session, problems) if keep else None,
    )
    for problem in problems:
        warn(problem)
    return code


def _remember(session: Session, problems: list[str], values: Mapping[str, str | bool]) -> None:
    """Keep what was chosen in this device's settings; a book only where none was named for this run alone."""
    named = session.origin not in ("default", "config.toml") or values.get("book") == str(session.path)
    try:
        save({key: value for key, value in values.items() if key != "book" or not named})
    except OSError as error:
        problems.append(explained(error)[0])


def no_terminal() -> str:
    """Why the app cannot be shown here; empty where it can."""
    if not (sys.stdin and sys.stdin.isatty()):
        return _("The app needs a keyboard and standard input is none, so here is today's list.")
    if not (sys.stdout and sys.stdout.isatty()):
        return _("The app needs a screen and standard output is none, so here is today's list.")
    if os.environ.get("TERM") == "dumb":
        return _("This terminal (TERM=dumb) cannot show the app, so here is today's list.")
    return ""


def _list(session: Session, reason: str) -> int | None:
    if session.origin == "default" and not session.new and not session.is_there:
        warn(_("There is no book yet.") + " " + how_to_start())
        return None
    from pitrack.cli.today import lines
    from pitrack.core.views.today import today

    for line in lines(today(session.snapshot, session.today)):
        say(line)
    warn(reason)
    return None
