"""``pitrack entry``: what was booked: list, edit, delete."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, get_args

import click

from pitrack.cli.booking import NO_STREAM, entry_line, money, part, read_tags
from pitrack.cli.output import plain, say, say_json, say_table, short
from pitrack.cli.parts import OneOf, asset_option, group, json_option, on_option, option, read_code, stream_option
from pitrack.cli.session import Session
from pitrack.cli.slips import note_closed
from pitrack.core.currencies import EXACT
from pitrack.core.days import Month
from pitrack.core.model import Entry, EntryKind, Status
from pitrack.core.views.streams import filter_entries, totals
from pitrack.store import edits
from pitrack.store.names import find_asset, find_by_end, find_stream
from pitrack.store.snapshot import BookSnapshot
from pitrack.text import words
from pitrack.text.amounts import quantity
from pitrack.text.i18n import N_, _
from pitrack.text.when import month as read_month

SHORT_ID = 6
"""Last characters of an id, which tell entries apart."""
NOTHING = "-"
"""Typed to empty a field."""

entry_argument = click.argument("entry", metavar="ID")


@group("entry", N_("What was booked: list, edit, delete."))
def entry() -> None:
    pass


@entry.command("list", help=N_("Entries, newest first. WORDS filter: note, stream, #tag, >100, 2026-10, pending."))
@click.argument("query", metavar="[WORDS]", nargs=-1)
@option(
    "--find",
    metavar="QUERY",
    help=N_("Filter as in the app: words, 100..200, >2026-10-01, asset:NAME, fee, unpaid, -without."),
)
@stream_option
@asset_option
@option("--month", metavar="MONTH", help=N_("Only of this month: 2026-10, oct, last."))
@json_option
@click.pass_obj
def list_entries(session: Session, /, query: tuple[str, ...], as_json: bool, **typed: str | None) -> None:
    snap, stream, asset, month = session.snapshot, typed["stream"], typed["asset"], typed["month"]
    of = None if stream in (None, NO_STREAM) else find_stream(snap, stream or "").id
    found = filter_entries(snap, " ".join((*query, typed["find"] or "")), of, words.search_words(session.today))
    if stream == NO_STREAM:
        found = [one for one in found if one.stream is None]
    if asset is not None:
        named = None if asset == NOTHING else find_asset(snap, asset).id
        found = [one for one in found if one.asset == named]
    if month is not None:
        chosen = read_month(month, session.today)
        found = [one for one in found if Month.of(one.day) == chosen]
    if as_json:
        say_json([as_data(snap, one) for one in found])
        return
    if not found:
        say(_("No entry."))
        return
    say_table([_row(snap, one) for one in found], "llrlll")
    say()
    for total in totals(found):
        say(
            _("{currency}: income {income}, expense {expense}, net {net}").format(
                currency=short(total.currency, 8),
                income=words.plain_amount(total.income, total.currency),
                expense=words.plain_amount(total.expense, total.currency),
                net=words.plain_amount(total.net, total.currency),
            )
        )


@entry.command("edit", help=N_("Change an entry; its ID is in “pitrack entry list”, - empties a field."))
@entry_argument
@option("--amount", metavar="AMOUNT", help=N_("The gross amount."))
@option("--currency", metavar="CURRENCY", help=N_("The currency."))
@stream_option
@asset_option
@on_option
@option("--kind", type=OneOf(get_args(EntryKind), words.entry_kind), help=N_("What it is."))
@option(
    "--status", type=OneOf(get_args(Status), words.status), help=N_("Pending, cleared, or void: no longer counted.")
)
@option("--fee", metavar="AMOUNT", help=N_("What a platform kept of it."))
@option("--withheld", metavar="AMOUNT", help=N_("Tax kept back at the source."))
@option("--units", metavar="N", help=N_("How many were sold."))
@option("--paid", metavar="DAY", help=N_("The day on which it was paid."))
@option("--received", metavar="AMOUNT", help=N_("What arrived, in the book's currency."))
@option("--note", metavar="TEXT", help=N_("A note."))
@option("--tag", metavar="TAG", multiple=True, help=N_("Its tags, in place of those it has; may be repeated."))
@click.pass_obj
def edit(session: Session, /, entry: str, **typed: Any) -> None:
    snap = session.snapshot
    one = find_entry(snap, entry)
    change = edits.edit_entry(snap, one.id, **_given(session, one, typed))
    session.apply(change)
    edited = next(other for other in session.snapshot.entries if other.id == one.id)
    line = entry_line(session.snapshot, edited)
    say((_("Changed: {entry}") if change.writes else _("Nothing to change: {entry}")).format(entry=line))
    if change.writes:
        note_closed(snap, one.day, edited.day)


@entry.command("delete", help=N_("Delete an entry; undo brings it back."))
@entry_argument
@click.pass_obj
def delete(session: Session, entry: str) -> None:
    snap = session.snapshot
    one = find_entry(snap, entry)
    session.apply(edits.delete_entry(snap, one.id))
    say(_("Deleted: {entry}; “pitrack undo” brings it back.").format(entry=entry_line(snap, one)))
    note_closed(snap, one.day)


def find_entry(snap: BookSnapshot, text: str) -> Entry:
    """The entry whose id, or the end of it, was typed; BookError("unknown" | "ambiguous")."""
    typed = text.replace("/", "|")
    return find_by_end("entry", snap.entries, typed, lambda one: f"{_short_id(one)} ({entry_line(snap, one)})")


def _short_id(one: Entry) -> str:
    """The end of an id; of what recurs (``TEMPLATE|PERIOD``) the whole period and a part of the template's, for all of
    a month end alike, with a slash, which a shell leaves alone."""
    template, _bar, period = one.id.rpartition("|")
    return f"{template[-SHORT_ID:]}/{period}".lower() if template else one.id[-SHORT_ID:].lower()


def as_data(snap: BookSnapshot, one: Entry) -> dict[str, Any]:
    """The documented shape of one entry in ``entry list --json``."""
    stream = snap.streams.get(one.stream or "")
    asset = snap.assets.get(one.asset) if one.asset else None
    return {
        "id": one.id,
        "day": one.day.isoformat(),
        "paid": one.paid.isoformat() if one.paid else None,
        "stream": stream.name if stream else None,
        "kind": one.kind,
        "status": one.status,
        "gross": plain(one.gross),
        "fee": plain(one.fee),
        "withheld": plain(one.withheld),
        "net": plain(EXACT.subtract(one.gross, one.fee)),
        "currency": one.currency,
        "units": plain(one.units),
        "note": one.note,
        "tags": sorted(one.tags),
        "asset": one.asset,
        "asset_name": asset.name if asset else None,
        "source_id": one.source_id,
    }


def _row(snap: BookSnapshot, one: Entry) -> tuple[str, ...]:
    stream = snap.streams.get(one.stream or "")
    sign = "" if one.kind == "income" else "-"
    said = [
        "" if one.kind == "income" else words.entry_kind(one.kind),
        "" if one.status == "cleared" else words.status(one.status),
    ]
    remarks = [short(one.note, 40), *(f"#{short(tag, 20)}" for tag in sorted(one.tags))]
    return (
        short(stream.name) if stream else _("no stream"),
        str(one.day),
        sign + words.plain_amount(one.gross, short(one.currency, 8)),
        words.listed(*said),
        _short_id(one),
        " ".join(remark for remark in remarks if remark),
    )


def _given(session: Session, one: Entry, typed: dict[str, Any]) -> dict[str, Any]:
    """The fields that were typed, as the book takes them."""
    given: dict[str, Any] = {field: typed[field] for field in ("kind", "status", "note") if typed[field] is not None}
    code = one.currency
    if typed["amount"] is not None:
        given["gross"], named = money(typed["amount"], typed["currency"], one.currency)
        code = given["currency"] = named or one.currency
    elif typed["currency"] is not None:
        code = given["currency"] = read_code(typed["currency"])
    for field in ("fee", "withheld"):
        if typed[field] is not None:
            given[field] = part(typed[field], code)
    if typed["stream"] is not None:
        given["stream"] = None if typed["stream"] == NO_STREAM else find_stream(session.snapshot, typed["stream"]).id
    if typed["asset"] is not None:
        given["asset"] = None if typed["asset"] == NOTHING else find_asset(session.snapshot, typed["asset"]).id
    if typed["day"] is not None:
        given["day"] = session.day(typed["day"])
    if typed["tag"]:
        given["tags"] = read_tags(() if typed["tag"] == (NOTHING,) else typed["tag"])
    return given | _emptied(session, typed)


def _emptied(session: Session, typed: dict[str, Any]) -> dict[str, Any]:
    """The fields that a dash empties."""
    readers: dict[str, Callable[[str], Any]] = {
        "paid": session.day,
        "units": quantity,
        "received": lambda text: part(text, session.snapshot.settings.currency),
    }
    return {
        field: None if typed[field] == NOTHING else read(typed[field])
        for field, read in readers.items()
        if typed[field] is not None
    }
