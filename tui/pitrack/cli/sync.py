"""``pitrack sync``: the book and its copy on an rclone remote, brought together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from pitrack.cli.failures import WrongUsage
from pitrack.cli.output import say, say_json
from pitrack.cli.parts import command, json_option, option
from pitrack.cli.session import Session
from pitrack.text.i18n import N_, _, ngettext
from pitrack.text.plain import printable

if TYPE_CHECKING:
    from pitrack.store.remote import Remote, Synced


@command(
    "sync",
    N_("Bring the book and its copy on an rclone remote together: pitrack sync nas:pitrack/pitrack.json"),
)
@click.argument("remote", metavar="REMOTE")
@option("--first", is_flag=True, help=N_("Put the book there where none lies yet."))
@option("--join", is_flag=True, help=N_("Make one of this book and another one that lies there."))
@json_option
@click.pass_obj
def sync(session: Session, remote: str, first: bool, join: bool, as_json: bool) -> None:
    from pitrack.cli.merge import say_lost
    from pitrack.store import remote as remotes

    if not remote.strip():
        raise WrongUsage(_("REMOTE needs a path that rclone knows, like nas:pitrack/pitrack.json."))
    place = remotes.Remote.find(remote)
    began = _begin(session, place, first)
    synced = remotes.sync(session.book(create=first), place, first=first, join=join)
    session.save()
    if as_json:
        say_json({"remote": place.path, **synced._asdict()})
        return
    say(_told(place, synced, began))
    say_lost(synced.lost)


def _begin(session: Session, place: Remote, first: bool) -> bool:
    """Where this device has no book yet, that of the remote is its book; whether it is now."""
    from pitrack.store.remote import begin

    if not (session.new or (session.origin == "default" and not session.is_there)):
        return False
    if first and place.fetch() is None:
        return False
    begin(place, session.path)
    session.new = False
    return True


def _told(place: Remote, synced: Synced, began: bool) -> str:
    where, count = printable(place.path), synced.records
    if began:
        return _("Took over the book at {remote}.").format(remote=where)
    if count and synced.put:
        text = ngettext(
            "Synced with {remote}: {n} record came from there, and what was new here is there now.",
            "Synced with {remote}: {n} records came from there, and what was new here is there now.",
            count,
        )
    elif count:
        text = ngettext(
            "Synced with {remote}: {n} record came from there.",
            "Synced with {remote}: {n} records came from there.",
            count,
        )
    elif synced.put:
        text = _("Synced with {remote}: what was new here is there now.")
    else:
        text = _("Synced with {remote}: nothing was new.")
    return text.format(remote=where, n=count)
