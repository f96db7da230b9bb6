"""``pitrack history``: values of this device that lost a merge, and bringing one back."""

from __future__ import annotations

import click

from pitrack.cli.failures import Failure
from pitrack.cli.output import say, say_json, say_table
from pitrack.cli.parts import command, json_option, option
from pitrack.cli.session import Session
from pitrack.core.views.history import lost
from pitrack.store.clock import zone_of
from pitrack.store.history import bring_back
from pitrack.text import history as words
from pitrack.text.i18n import N_, _


@command("history", N_("Values of this device that a merge replaced; --restore brings one back."))
@option("--restore", "number", type=int, metavar="N", help=N_("Make value number N count again."))
@json_option
@click.pass_obj
def history(session: Session, /, *, number: int | None, as_json: bool) -> None:
    losses = session.book().replica.history.read()
    shown = lost(session.snapshot, losses)
    if number is not None:
        _restore(session, number)
        return
    if as_json:
        say_json([loss._asdict() for loss in reversed(losses)])
        return
    if not shown:
        say(_("Nothing of this device was replaced in a merge."))
        return
    zone = zone_of(session.snapshot.settings.zone)
    rows = [
        (str(one.n), f"{one.written.astimezone(zone):%Y-%m-%d %H:%M}", words.what(one), words.exchange(one))
        for one in shown
    ]
    say_table(rows, "rlll")


def _restore(session: Session, number: int) -> None:
    found = [loss for loss in session.book().replica.history.read() if loss.n == number]
    if not found:
        raise Failure(_("There is no number {n} in the history; “pitrack history” lists it.").format(n=number))
    (described,) = lost(session.snapshot, found)
    session.apply(bring_back(found[0], described.subject))
    say(_("Brought back: {what}. Undo with “pitrack undo”.").format(what=words.what(described)))
