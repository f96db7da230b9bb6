"""``pitrack where``: which files are used."""

from __future__ import annotations

from pathlib import Path

import click

from pitrack.cli.failures import Failure, WrongUsage
from pitrack.cli.output import say, say_table
from pitrack.cli.parts import command, option
from pitrack.cli.session import Session
from pitrack.config import config_path, save
from pitrack.store.folders import state_folder
from pitrack.text.i18n import N_, _
from pitrack.text.plain import printable

_ORIGINS = {
    "--file": N_("chosen by --file"),
    "PITRACK_FILE": N_("chosen by PITRACK_FILE"),
    "config.toml": N_("chosen in config.toml"),
    "default": N_("the default place"),
}


@command("where", N_("Where the book, this device's state and its settings are; --move takes the book elsewhere."))
@option("--move", "folder", metavar="DIR", help=N_("Move the book to this folder."))
@click.pass_obj
def where(session: Session, /, *, folder: str | None) -> None:
    if folder is not None:
        if not folder.strip():
            raise WrongUsage(_("{name} needs a value.").format(name="--move"))
        _move(session, Path(folder))
        return
    path, config = session.path.absolute(), config_path()
    rows = [
        (_("Book"), printable(str(path)), _exists(path.exists(), _(_ORIGINS[session.origin]))),
        (
            _("State"),
            printable(str(session.state or state_folder())),
            _("log, locks: of this device, not to be synced"),
        ),
        (_("Settings"), printable(str(config)), _exists(config.exists(), _("of this device"))),
    ]
    say_table(rows, "lll")


def _move(session: Session, folder: Path) -> None:
    if not folder.expanduser().is_dir():
        raise Failure(_("There is no folder {path}. Make it first.").format(path=printable(str(folder))))
    from pitrack.store import shelf

    target = shelf.move(session.book(), folder)
    say(_("The book is now {path}.").format(path=printable(str(target))))
    if session.origin in ("--file", "PITRACK_FILE"):
        say(_("It was chosen by {name}: name its new place there.").format(name=session.origin))
    else:
        save({"book": str(target)})


def _exists(there: bool, remark: str) -> str:
    return remark if there else _("{remark}, not there yet").format(remark=remark)
