"""``pitrack demo``: a person's eighteen months to look around in, apart from your own book."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from pitrack.cli.failures import Failure
from pitrack.cli.launch import launch
from pitrack.cli.output import say
from pitrack.cli.parts import OneOf, command, option
from pitrack.cli.session import BOOK, Session
from pitrack.locality import local_zone
from pitrack.text.i18n import N_, _
from pitrack.text.plain import printable

SAMPLE = "demo"


@command("demo", N_("Look around in a sample book; your own is not touched."))
@option("--to", "path", metavar="FILE", help=N_("Write the sample book to a new file instead."))
@option("--size", type=OneOf(("S", "M", "L", "XL")), help=N_("A reference book of that size, to measure with."))
@click.pass_obj
def demo(session: Session, path: str | None, size: str | None) -> int | None:
    from pitrack.exchange.demo import write_demo
    from pitrack.store.ids import store_id

    # A fixed day is the same everywhere; otherwise the book's zone is this device's, so that its day is today.
    fixed = session.clock.fixed
    day, zone = (fixed, None) if fixed else (dt.date.today(), local_zone())
    if path is not None:
        target = Path(path).expanduser()
        try:
            write_demo(target, day, size or SAMPLE, zone=zone, store=store_id())
        except FileExistsError as error:
            text = _("There is already something at {path}; choose another name.")
            raise Failure(text.format(path=printable(path))) from error
        say(_("Wrote a sample book to {path}.").format(path=printable(path)))
        return None
    with TemporaryDirectory(prefix="pitrack-demo-") as folder:
        book = Path(folder) / BOOK
        write_demo(book, day, size or SAMPLE, zone=zone)
        state = Path(folder) / "state"
        return launch(Session(book, "--file", config=session.config, clock=session.clock, state=state), keep=False)
