"""``pitrack rate``: what one currency is worth in another."""

from __future__ import annotations

import click

from pitrack.cli.output import plain, say, say_json, say_table
from pitrack.cli.parts import group, json_option, on_option, read_code
from pitrack.cli.session import Session
from pitrack.core.model import Rate
from pitrack.store import edits
from pitrack.text.amounts import rate as read_rate
from pitrack.text.i18n import N_, _
from pitrack.text.words import plain_number


@group("rate", N_("Exchange rates."), {"import": "pitrack.cli.rate_import:import_rates"})
def rate() -> None:
    pass


@rate.command("add", help=N_("What one BASE was worth in QUOTE: pitrack rate add USD JPY 155.2"))
@click.argument("base", metavar="BASE")
@click.argument("quote", metavar="QUOTE")
@click.argument("value", metavar="RATE")
@on_option
@click.pass_obj
def add(session: Session, base: str, quote: str, value: str, day: str | None) -> None:
    session.book(create=True)
    new = Rate(session.day(day), read_code(base), read_code(quote), read_rate(value))
    session.apply(edits.add_rate(new))
    say(
        _("1 {base} = {rate} {quote} from {day} on").format(
            base=new.base, rate=plain_number(new.rate), quote=new.quote, day=new.day
        )
    )


@rate.command("list", help=N_("The rates in the book, newest first."))
@json_option
@click.pass_obj
def list_rates(session: Session, as_json: bool) -> None:
    rates = session.snapshot.rates[::-1]
    if as_json:
        say_json([{"day": r.day.isoformat(), "base": r.base, "quote": r.quote, "rate": plain(r.rate)} for r in rates])
    elif rates:
        say_table([(str(r.day), f"{r.base}/{r.quote}", plain_number(r.rate)) for r in rates], "llr")
    else:
        say(_("No rate yet."))
