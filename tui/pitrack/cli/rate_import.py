"""``pitrack rate import``: the rates that a book needs, from a file of the European Central Bank."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from pitrack.cli.failures import Failure
from pitrack.cli.output import plain, say, say_json
from pitrack.cli.parts import command, json_option, option
from pitrack.cli.session import Session
from pitrack.exchange.ecb import read_ecb
from pitrack.exchange.found import Refused, Setting
from pitrack.exchange.rating import RatePlan, currencies_in_use, plan_rates
from pitrack.text.i18n import N_, _
from pitrack.text.importing import cannot
from pitrack.text.rates import told


@command(
    "import",
    N_(
        "Take in the rates that the book needs from a file of the European Central Bank that you have downloaded "
        "(eurofxref-hist.zip, or .csv, .xml). The book's own rates stay, and one undo takes it all back."
    ),
)
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@option("--dry-run", is_flag=True, help=N_("Only show what it would do."))
@option("--again", is_flag=True, help=N_("Bring back, too, what was undone in the book."))
@json_option
@click.pass_obj
def import_rates(session: Session, /, file: Path, *, dry_run: bool, again: bool, as_json: bool) -> None:
    snap = session.snapshot
    try:
        quotes = read_ecb(file, Setting(session.today), currencies_in_use(snap))
    except Refused as error:
        raise Failure(cannot(str(file), error.code, error.details)) from error
    planned = plan_rates(snap, quotes, again=again)
    if not dry_run:
        session.apply(planned.change)
    if as_json:
        say_json(_data(planned, done=not dry_run))
        return
    for sentence in told(planned):
        say(sentence)
    if dry_run:
        say(_("Nothing was recorded: this was a dry run."))
    elif planned.added:
        say(_("Imported from {title}. “pitrack undo” takes it back.").format(title=planned.change.subject))


def _data(planned: RatePlan, *, done: bool) -> dict[str, Any]:
    """The documented shape of ``rate import --json``."""
    return {
        "imported": done,
        "added": [
            {"day": one.day.isoformat(), "base": one.base, "quote": one.quote, "rate": plain(one.rate)}
            for one in planned.added
        ],
        "same": planned.same,
        "undone": planned.gone,
        "months": [str(month) for month in planned.moved],
        "missing": [
            {"currency": one.currency, "entries": one.entries, "day": one.day.isoformat()} for one in planned.missing
        ],
        "not_in_file": list(planned.absent),
    }
