"""``pitrack where``: which files are used."""

from __future__ import annotations

import click

from pitrack.cli.output import say_table
from pitrack.cli.parts import command
from pitrack.cli.session import Session
from pitrack.config import config_path
from pitrack.store.folders import state_folder
from pitrack.text.i18n import N_, _
from pitrack.text.plain import printable

_ORIGINS = {
    "--file": N_("chosen by --file"),
    "PITRACK_FILE": N_("chosen by PITRACK_FILE"),
    "config.toml": N_("chosen in config.toml"),
    "default": N_("the default place"),
}


@command("where", N_("Where the book, this device's state and its settings are."))
@click.pass_obj
def where(session: Session) -> None:
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


def _exists(there: bool, remark: str) -> str:
    return remark if there else _("{remark}, not there yet").format(remark=remark)
