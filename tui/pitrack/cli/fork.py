"""``pitrack fork``: a new book with the content of this one, to try things in."""

from __future__ import annotations

from pathlib import Path

import click

from pitrack.cli.output import say
from pitrack.cli.parts import command
from pitrack.cli.session import Session
from pitrack.text.i18n import N_, _
from pitrack.text.plain import printable


@command("fork", N_("Write this book as a new one to FILE, to try things in: the two never merge."))
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.pass_obj
def fork(session: Session, /, file: Path) -> None:
    from pitrack.store import shelf

    shelf.fork(session.book(), file)
    shown = printable(str(file))
    say(_("Wrote {path}, a book of its own. Use it with: pitrack --file {path}").format(path=shown))
