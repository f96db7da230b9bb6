"""``pitrack earn``, ``spend`` and ``refund``: booking money."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any, TypeVar

import click

from pitrack.cli.output import say, short
from pitrack.cli.parts import asset_option, command, on_option, option, read_code, stream_argument
from pitrack.cli.session import Session
from pitrack.cli.slips import note_closed, note_day_to_come, note_new_currency
from pitrack.core.model import Entry, EntryKind
from pitrack.store import edits
from pitrack.store.names import find_asset, find_stream
from pitrack.store.snapshot import BookSnapshot
from pitrack.text import words
from pitrack.text.amounts import amount as read_amount
from pitrack.text.amounts import quantity
from pitrack.text.i18n import N_, _
from pitrack.text.quick import tags
from pitrack.text.reading import ParseError

F = TypeVar("F", bound=Callable[..., Any])
NO_STREAM = "-"


def _money_options(function: F) -> F:
    for decorate in reversed(
        (
            stream_argument,
            click.argument("amount", metavar="AMOUNT"),
            click.argument("currency", metavar="[CURRENCY]", required=False),
            on_option,
            option("--fee", metavar="AMOUNT", help=N_("What a platform kept of it.")),
            option("--withheld", metavar="AMOUNT", help=N_("Tax kept back at the source.")),
            option("--units", metavar="N", help=N_("How many were sold.")),
            asset_option,
            option("--paid", metavar="DAY", help=N_("The day on which it was paid.")),
            option("--received", metavar="AMOUNT", help=N_("What arrived, in the book's currency.")),
            option("--pending", is_flag=True, help=N_("It has not been paid yet.")),
            option("--note", metavar="TEXT", default="", help=N_("A note.")),
            option("--tag", metavar="TAG", multiple=True, help=N_("A tag; may be repeated.")),
            option(
                "--id", "source_id", metavar="ID", help=N_("The payer's own number: the same is never booked twice.")
            ),
            option("--dry-run", is_flag=True, help=N_("Only say what would be booked.")),
            click.pass_obj,
        )
    ):
        function = decorate(function)
    return function


@command("earn", N_("Book income of a stream (- for none)."))
@_money_options
def earn(session: Session, **given: Any) -> None:
    book_money(session, "income", **given)


@command("spend", N_("Book an expense of a stream (- for none)."))
@_money_options
def spend(session: Session, **given: Any) -> None:
    book_money(session, "expense", **given)


@command("refund", N_("Book income given back (- for no stream)."))
@_money_options
def refund(session: Session, **given: Any) -> None:
    book_money(session, "refund", **given)


def book_money(
    session: Session,
    kind: EntryKind,
    *,
    stream: str,
    amount: str,
    currency: str | None,
    day: str | None,
    fee: str | None,
    withheld: str | None,
    units: str | None,
    asset: str | None,
    paid: str | None,
    received: str | None,
    pending: bool,
    note: str,
    tag: tuple[str, ...],
    source_id: str | None,
    dry_run: bool,
) -> None:
    """Book one entry and say what was booked."""
    session.book(create=stream == NO_STREAM and not dry_run)
    snap = session.snapshot
    of = None if stream == NO_STREAM else find_stream(snap, stream)
    own = of.currency if of else snap.settings.currency
    gross, code = _gross(amount, currency, own)
    code = code or own
    if source_id and any(entry.source_id == source_id for entry in snap.entries):
        say(_("An entry with the number {id} is booked already; nothing was added.").format(id=short(source_id)))
        return
    given: dict[str, Any] = {
        "kind": kind,
        "day": session.day(day),
        "gross": gross,
        "currency": code,
        "stream": of.id if of else None,
        "fee": part(fee, code),
        "withheld": part(withheld, code),
        "units": quantity(units) if units is not None else None,
        "paid": session.day(paid) if paid is not None else None,
        "received": part(received, snap.settings.currency) if received is not None else None,
        "status": "pending" if pending else "cleared",
        "note": note,
        "tags": read_tags(tag),
        "asset": find_asset(snap, asset).id if asset is not None else None,
        "source_id": source_id,
    }
    change = edits.add_entry(snap, **given)
    # Not read back from the book: that would parse all its entries for the sake of one.
    line = entry_line(snap, Entry(change.writes[0].id, **given))
    if dry_run:
        say(_("Not booked: {entry}").format(entry=line))
        return
    session.apply(change)
    say(line)
    note_new_currency(snap, code)
    note_day_to_come(given["day"], session.today)
    note_closed(snap, given["day"])


def _gross(text: str, currency: str | None, own: str) -> tuple[Decimal, str | None]:
    """The amount of an entry, whose sign is the command's to give."""
    try:
        return money(text, currency, own)
    except ParseError as error:
        raise ParseError("negative-money", text) if error.code == "negative" else error from None


def money(text: str, currency: str | None = None, own: str | None = None) -> tuple[Decimal, str | None]:
    """An amount and the currency that it or the word after it names; ``own``: that of an amount that names none."""
    named = None if currency is None else read_code(currency)
    value, code = read_amount(text, named or own)
    if named is None:
        return value, code
    if code not in (None, named):
        raise ParseError("two-currencies", f"{text} {currency}")
    return value, named


def part(text: str | None, currency: str) -> Decimal:
    """A fee or the like, which is in the entry's currency; nothing where none was typed."""
    if text is None:
        return Decimal(0)
    return money(text, currency)[0]


def read_tags(typed: tuple[str, ...]) -> tuple[str, ...]:
    """The tags typed, without their #, each once."""
    return tuple(dict.fromkeys(tag for text in typed for tag in tags(text)))


def entry_line(snap: BookSnapshot, entry: Entry) -> str:
    """``Newsletter +120.50 USD on 2026-10-31 (sponsor)``, with fee, tax kept back, asset and pending behind it."""
    stream = snap.streams.get(entry.stream or "")
    line = _("{stream} {sign}{amount} on {day}").format(
        stream=short(stream.name) if stream else _("No stream"),
        sign="+" if entry.kind == "income" else "-",
        amount=words.plain_amount(entry.gross, entry.currency),
        day=entry.day,
    )
    if entry.note:
        line += f" ({short(entry.note)})"
    if entry.fee:
        line += _(", fee {amount}").format(amount=words.plain_amount(entry.fee, entry.currency))
    if entry.withheld:
        line += _(", withheld {amount}").format(amount=words.plain_amount(entry.withheld, entry.currency))
    if entry.asset is not None:
        asset = snap.assets.get(entry.asset)
        line += _(", asset {name}").format(name=short(asset.name) if asset else short(entry.asset))
    return line if entry.status == "cleared" else words.listed(line, words.status(entry.status))
