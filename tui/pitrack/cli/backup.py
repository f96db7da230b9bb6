"""``pitrack backup``: earlier versions of the book on this device, and going back to one."""

from __future__ import annotations

import click

from pitrack.cli.failures import Failure
from pitrack.cli.output import say, say_json, say_table
from pitrack.cli.parts import group, json_option
from pitrack.cli.session import Session
from pitrack.store.clock import zone_of
from pitrack.text.i18n import N_, _
from pitrack.text.plain import printable

_KINDS = {
    "daily": N_("first change of a day"),
    "merge": N_("before a merge"),
    "found": N_("file as it was found"),
    "migration": N_("before a new format"),
}


@group("backup", N_("Earlier versions of the book on this device: list, restore."))
def backup() -> None:
    pass


@backup.command("list", help=N_("The backups, the newest first."))
@json_option
@click.pass_obj
def list_(session: Session, /, *, as_json: bool) -> None:
    backups = session.book().replica.backups.list()
    if as_json:
        say_json(
            [{"name": one.name, "when": one.moment.isoformat(), "kind": one.kind, "bytes": one.size} for one in backups]
        )
        return
    if not backups:
        say(_none_yet())
        return
    zone = zone_of(session.snapshot.settings.zone)
    rows = []
    for one in backups:
        when = f"{one.moment.astimezone(zone):%Y-%m-%d %H:%M}"
        rows.append((one.name, when, _(_KINDS[one.kind]), f"{one.size // 1024 + 1} KB"))
    say_table(rows, "lllr")


@backup.command("restore", help=N_("Make the book say again what it said then; undo takes that back."))
@click.argument("name", metavar="BACKUP")
@click.pass_obj
def restore(session: Session, /, name: str) -> None:
    if not session.book().replica.backups.list():
        raise Failure(_none_yet())
    before = session.snapshot.document
    restored = session.book().restore(name)
    if session.snapshot.document is before:
        say(_("The book says already what it said then."))
        return
    session.save()
    say(_("The book is as it was in {name}. Undo with “pitrack undo”.").format(name=printable(restored.name)))


def _none_yet() -> str:
    return _("There is no backup yet. One is made before the first change of each day.")
