"""``pitrack export``: giving what the book holds to other tools."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pitrack.cli.failures import Failure
from pitrack.cli.output import say, warn
from pitrack.cli.parts import group, option
from pitrack.cli.session import Session
from pitrack.text.i18n import N_, _, ngettext
from pitrack.text.plain import printable

if TYPE_CHECKING:
    from pitrack.core.model import Snapshot
    from pitrack.exchange import accounts
    from pitrack.exchange.loop_export import Export

STDOUT = Path("-")
TEXTS = {
    "hledger": ("hledger:export_hledger", N_("Income and expenses as a journal of hledger and ledger.")),
    "beancount": ("beancount:export_beancount", N_("Income and expenses as a file of beancount.")),
    "csv": ("csv_export:export_csv", N_("All entries as a table for spreadsheets.")),
    "json": ("json_export:export_json", N_("Everything in the book as JSON.")),
}
"""Formats of text: the function that writes one, below ``pitrack.exchange``, and its help."""


@group("export", N_("Give what the book holds to other tools: loop, hledger, beancount, csv, json."))
def export() -> None:
    pass


@export.command("loop", help=N_("All actions as a CSV export of Loop Habit Tracker, a zip."))
@click.argument("file", metavar="[FILE]", required=False, type=click.Path(path_type=Path))
@option("--force", is_flag=True, help=N_("Replace a file that is there already."))
@click.pass_obj
def loop(session: Session, file: Path | None, force: bool) -> None:
    from pitrack.exchange.loop_export import export_loop

    path = file or Path(f"Loop Habits CSV {session.today}.zip")
    made = export_loop(session.snapshot)
    if path == STDOUT:
        click.echo(made.data, nl=False)
        return
    write_whole(session, path, made.data, force)
    _say(path, made)


def _text_command(name: str, writer: str, told: str) -> None:
    @export.command(name, help=told)
    @click.argument("file", metavar="[FILE]", default=STDOUT, type=click.Path(path_type=Path))
    @option("--force", is_flag=True, help=N_("Replace a file that is there already."))
    @click.pass_obj
    def command(session: Session, file: Path, force: bool) -> None:
        made = _writer(writer)(session.snapshot)
        if file == STDOUT:
            click.echo(made.data, nl=False)
        else:
            write_whole(session, file, made.data, force)
            _say_entries(file, made)
        if made.left_out:
            warn(
                ngettext("{n} void entry is left out.", "{n} void entries are left out.", made.left_out).format(
                    n=made.left_out
                )
            )


for _name, (_path, _help) in TEXTS.items():
    _text_command(_name, _path, _help)


def _writer(path: str) -> Callable[[Snapshot], accounts.Export]:
    module, _colon, function = path.partition(":")
    made: Callable[[Snapshot], accounts.Export] = getattr(import_module(f"pitrack.exchange.{module}"), function)
    return made


def _say_entries(path: Path, made: accounts.Export) -> None:
    say(
        ngettext("Wrote {path}: {n} entry.", "Wrote {path}: {n} entries.", made.entries).format(
            path=printable(str(path)), n=made.entries
        )
    )


def _say(path: Path, made: Export) -> None:
    say(
        ngettext(
            "Wrote {path}: {n} action with {answers} answers.",
            "Wrote {path}: {n} actions with {answers} answers.",
            made.habits,
        ).format(path=printable(str(path)), n=made.habits, answers=made.answers)
    )
    if made.rough:
        warn(
            ngettext(
                "{n} answer has no exact word there: an amount of a yes/no action, or a yes or no to an amount.",
                "{n} answers have no exact word there: amounts of yes/no actions, or a yes or no to an amount.",
                made.rough,
            ).format(n=made.rough)
        )


def write_whole(session: Session, path: Path, data: bytes, force: bool) -> None:
    """Write a whole file or none; one that is there only with ``force``, and never the book itself."""
    from pitrack.store import files

    shown = printable(str(path))
    try:
        if not force:
            files.create(path, data)
        elif path.resolve() == session.book().path or path.is_dir():
            raise Failure(_("{path} cannot be replaced. Choose another name.").format(path=shown))
        else:
            files.replace(path, data)
    except FileExistsError as error:
        raise Failure(
            _("There is already something at {path}. Choose another name, or add --force to replace it.").format(
                path=shown
            )
        ) from error
