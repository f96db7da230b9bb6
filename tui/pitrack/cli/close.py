"""``pitrack close``: saying that a month's payouts are in, so that its figures are final."""

from __future__ import annotations

import click

from pitrack.cli.booking import entry_line
from pitrack.cli.output import say
from pitrack.cli.parts import command, option
from pitrack.cli.session import Session
from pitrack.core.days import Month
from pitrack.store import edits
from pitrack.text.i18n import N_, _
from pitrack.text.when import month as read_month


@command("close", N_("Close a month, the last complete one if none is named: list what is pending, make it final."))
@click.argument("month", metavar="[MONTH]", required=False)
@option("--reopen", is_flag=True, help=N_("Make a closed month provisional again."))
@click.pass_obj
def close(session: Session, month: str | None, reopen: bool) -> None:
    from pitrack.text.dates import month_year

    snap, today = session.snapshot, session.today
    chosen = Month.of(today).shift(-1) if month is None else read_month(month, today)
    name = month_year(chosen)
    if reopen:
        if chosen not in snap.closed_months:
            say(_("{month} is not closed.").format(month=name))
            return
        session.apply(edits.reopen_month(snap, chosen))
        say(_("{month} is provisional again.").format(month=name))
        return
    pending = [e for e in snap.entries if e.status == "pending" and Month.of(e.day) == chosen]
    if pending:
        say(_("Still pending in {month}:").format(month=name))
        for entry in pending:
            say(f"  {entry_line(snap, entry)}")
    if chosen in snap.closed_months:
        say(_("{month} is closed already; --reopen makes it provisional again.").format(month=name))
        return
    session.apply(edits.close_month(snap, chosen, today))
    say(_("{month} is closed.").format(month=name))
