"""``pitrack asset``: things made once that may earn for years, and what they have brought."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import click

from pitrack.cli.archiving import Kind, add_archiving
from pitrack.cli.output import plain, rounded, say, say_json, say_table, short
from pitrack.cli.parts import asset_argument, group, json_option, option, stream_option
from pitrack.cli.session import Session
from pitrack.cli.slips import note_same_name
from pitrack.core.views.assets import AssetLine, asset_lines, asset_page
from pitrack.store import edits
from pitrack.store.names import find_asset, find_stream
from pitrack.text import words
from pitrack.text.amounts import work
from pitrack.text.i18n import N_, _, ngettext

NOTHING = "-"
"""Typed to empty a field."""

published_option = option("--published", metavar="DAY", help=N_("The day from which it could earn (- for none yet)."))
hours_option = option(
    "--hours", metavar="TIME", help=N_("Work on it that no time entry tells of: 12, 12h, 90m (a bare number is hours).")
)
alias_option = option("--alias", metavar="WORD", help=N_("A short word to type for it."))
note_option = option("--note", metavar="TEXT", help=N_("A note."))


@group(
    "asset",
    N_("Things made once that may earn for years: add, list, show, edit, archive, restore, delete, merge."),
    lazy={"merge": "pitrack.cli.merging:asset_merge"},
)
def asset() -> None:
    pass


@asset.command("add", help=N_('A new asset: pitrack asset add "Camera guide" --stream ebooks --published 2026-03-01'))
@click.argument("name", metavar="NAME")
@stream_option
@published_option
@hours_option
@alias_option
@note_option
@click.pass_obj
def add(session: Session, /, name: str, **typed: str | None) -> None:
    session.book(create=True)
    snap = session.snapshot
    change = edits.add_asset(snap, name, **_given(session, typed))
    session.apply(change)
    added = session.snapshot.assets[change.writes[0].id]
    say(
        _("Added {name}. Name it where it earns: pitrack earn STREAM AMOUNT --asset {alias}").format(
            name=short(added.name), alias=added.alias
        )
    )
    note_same_name(snap.assets.values(), added.name)


@asset.command("list", help=N_("The assets with what they have brought in their lives, the best first."))
@stream_option
@option("--all", "everything", is_flag=True, help=N_("Archived ones, too."))
@json_option
@click.pass_obj
def list_assets(session: Session, /, *, stream: str | None, everything: bool, as_json: bool) -> None:
    snap = session.snapshot
    of = None if stream is None else find_stream(snap, stream).id
    lines = asset_lines(snap, session.today, stream=of, archived=None if everything or as_json else False)
    if as_json:
        say_json([_data(session, line) for line in lines])
        return
    if not lines:
        say(_("No asset yet. Add one: pitrack asset add NAME"))
        return
    head = (_("asset"), "", _("published"), _("hours"), _("income"), _("12 months"), _("an hour"), "")
    say_table([head, *(_row(line) for line in lines)], "lllrrrrl")


@asset.command("show", help=N_("All about one asset."))
@asset_argument
@json_option
@click.pass_obj
def show(session: Session, asset: str, as_json: bool) -> None:
    one = find_asset(session.snapshot, asset)
    page = asset_page(session.snapshot, one.id, session.today)
    assert page
    line = page.line
    if as_json:
        say_json(_data(session, line))
        return
    rows = [
        (_("name"), short(one.name, 200)),
        (_("alias"), short(one.alias)),
        (_("stream"), short(page.stream_name)),
        (_("published"), _published(line)),
        (_("hours"), _hours(line.hours)),
        (_("income"), _money(line.income, line)),
        (_("fees, costs"), _money(line.expense, line)),
        (_("net"), _money(line.net, line)),
        (_("net an hour"), _per_hour(line)),
        (_("12 months"), _money(line.year, line)),
        *((_("no rate for"), words.plain_amount(apart.income, short(apart.currency, 8))) for apart in line.apart),
        (_("units"), words.plain_number(line.units) if line.units else ""),
        (_("first income"), str(line.first or "")),
        (_("last income"), str(line.last or "")),
        (_("entries"), str(line.entries)),
        (_("note"), short(one.note, 200)),
        (_("state"), _("archived") if one.archived else ""),
    ]
    say_table([row for row in rows if row[1]], "ll")


@asset.command("edit", help=N_("Change an asset; - empties a field."))
@asset_argument
@option("--name", metavar="NAME", help=N_("A new name."))
@stream_option
@published_option
@hours_option
@alias_option
@note_option
@click.pass_obj
def edit(session: Session, /, asset: str, **typed: str | None) -> None:
    one = find_asset(session.snapshot, asset)
    change = edits.edit_asset(session.snapshot, one.id, **_given(session, typed))
    session.apply(change)
    name = short(session.snapshot.assets[one.id].name)
    say((_("Changed {name}.") if change.writes else _("Nothing to change on {name}.")).format(name=name))


add_archiving(
    asset,
    asset_argument,
    Kind(find_asset, edits.edit_asset, edits.delete_asset),
    archive=N_("Put an asset aside; its figures stay."),
    restore=N_("Take an archived asset up again."),
    delete=N_("Delete an asset; its entries and its time stay, and undo brings it back."),
)


def _given(session: Session, typed: dict[str, str | None]) -> dict[str, Any]:
    """The fields that were typed, as the book takes them."""
    given: dict[str, Any] = {field: value for field, value in typed.items() if value is not None}
    if "stream" in given:
        given["stream"] = None if given["stream"] == NOTHING else find_stream(session.snapshot, given["stream"]).id
    if "published" in given:
        given["published"] = None if given["published"] == NOTHING else session.day(given["published"])
    if "hours" in given:
        hours = given.pop("hours")
        given["minutes"] = 0 if hours == NOTHING else work(hours)
    if given.get("note") == NOTHING:
        given["note"] = ""
    return given


def _row(line: AssetLine) -> Sequence[str]:
    return (
        short(line.asset.name),
        short(line.asset.alias, 20),
        _published(line),
        _hours(line.hours),
        _money(line.income, line),
        _money(line.year, line),
        _per_hour(line),
        _("archived") if line.asset.archived else "",
    )


def _published(line: AssetLine) -> str:
    """``2026-03-01, 8 months``; or that it is in the making."""
    day = line.asset.published
    if day is None:
        return _("in the making")
    if not line.age:
        return str(day)
    return words.listed(str(day), ngettext("{n} month", "{n} months", line.age).format(n=line.age))


def _hours(hours: Decimal) -> str:
    return f"{hours:,.1f}" if hours else "-"


def _money(amount: Decimal, line: AssetLine) -> str:
    return words.plain_amount(amount, short(line.currency, 8))


def _per_hour(line: AssetLine) -> str:
    return "-" if line.per_hour is None else _money(line.per_hour, line)


def _data(session: Session, line: AssetLine) -> dict[str, Any]:
    """The documented shape of one asset in ``asset list --json``; amounts are in ``currency``."""
    one = line.asset
    stream = session.snapshot.streams.get(one.stream or "")
    return {
        "id": one.id,
        "alias": one.alias,
        "name": one.name,
        "stream": stream.name if stream else None,
        "published": one.published.isoformat() if one.published else None,
        "age_months": line.age,
        "archived": one.archived,
        "note": one.note,
        "currency": line.currency,
        "income": rounded(line.income, line.currency),
        "expense": rounded(line.expense, line.currency),
        "net": rounded(line.net, line.currency),
        "income_12_months": rounded(line.year, line.currency),
        "trend": [rounded(amount, line.currency) for amount in line.trend],
        "units": plain(line.units),
        "hours": format(line.hours, ".2f"),
        "net_per_hour": rounded(line.per_hour, line.currency),
        "first_income": line.first.isoformat() if line.first else None,
        "last_income": line.last.isoformat() if line.last else None,
        "entries": line.entries,
        "without_rate": [
            {"currency": apart.currency, "income": rounded(apart.income, apart.currency)} for apart in line.apart
        ],
    }
