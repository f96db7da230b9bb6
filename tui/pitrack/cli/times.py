"""``pitrack time list``, ``edit`` and ``delete``: what was logged, and putting it right."""

from __future__ import annotations

from typing import Any, get_args

import click

from pitrack.cli.booking import NO_STREAM
from pitrack.cli.output import say, say_json, say_table, short
from pitrack.cli.parts import Command, OneOf, asset_option, json_option, on_option, option, stream_option, task_option
from pitrack.cli.session import Session
from pitrack.cli.worktime import time_line
from pitrack.core.days import Month
from pitrack.core.model import TimeEntry, TimeKind
from pitrack.store import edits
from pitrack.store.names import find_asset, find_by_end, find_stream
from pitrack.store.snapshot import BookSnapshot
from pitrack.text import words
from pitrack.text.amounts import duration
from pitrack.text.i18n import N_, _
from pitrack.text.when import month as read_month

SHORT_ID = 6
"""Last characters of an id, which tell time entries apart."""
NOTHING = "-"
"""Typed to empty a field."""

time_argument = click.argument("entry", metavar="ID")
kind_option = option("--kind", type=OneOf(get_args(TimeKind), words.time_kind), help=N_("What kind of work it was."))


@click.command("list", cls=Command, help=N_("Time that was logged, newest first."))
@stream_option
@asset_option
@kind_option
@option("--month", metavar="MONTH", help=N_("Only of this month: 2026-10, oct, last."))
@json_option
@click.pass_obj
def list_times(session: Session, /, *, as_json: bool, **typed: str | None) -> None:
    snap = session.snapshot
    found = _kept(session, **typed)
    if as_json:
        say_json([as_data(snap, one) for one in found])
        return
    if not found:
        say(_("No time logged."))
        return
    say_table([_row(snap, one) for one in found], "llrlll")
    say()
    total = sum(one.minutes for one in found)
    say(_("{time} in all").format(time=words.minutes(total)))


@click.command("edit", cls=Command, help=N_("Change logged time; its ID is in “pitrack time list”, - empties a field."))
@time_argument
@option("--time", "spent", metavar="TIME", help=N_("How long: 1h30m, 90, 1:30."))
@stream_option
@asset_option
@on_option
@kind_option
@task_option
@option("--note", metavar="TEXT", help=N_("A note."))
@click.pass_obj
def edit_times(session: Session, /, entry: str, **typed: str | None) -> None:
    snap = session.snapshot
    one = find_time(snap, entry)
    change = edits.edit_time(snap, one.id, **_given(session, typed))
    session.apply(change)
    edited = next(other for other in session.snapshot.times if other.id == one.id)
    line = time_line(session.snapshot, edited)
    say((_("Changed: {entry}") if change.writes else _("Nothing to change: {entry}")).format(entry=line))


@click.command("delete", cls=Command, help=N_("Delete logged time; undo brings it back."))
@time_argument
@click.pass_obj
def delete_times(session: Session, entry: str) -> None:
    snap = session.snapshot
    one = find_time(snap, entry)
    session.apply(edits.delete_time(snap, one.id))
    say(_("Deleted: {entry}; “pitrack undo” brings it back.").format(entry=time_line(snap, one)))


def find_time(snap: BookSnapshot, text: str) -> TimeEntry:
    """The time entry whose id, or the end of it, was typed; BookError("unknown" | "ambiguous")."""
    return find_by_end("time", snap.times, text, lambda one: f"{one.id[-SHORT_ID:].lower()} ({time_line(snap, one)})")


def as_data(snap: BookSnapshot, one: TimeEntry) -> dict[str, Any]:
    """The documented shape of one time entry in ``time list --json``."""
    stream = snap.streams.get(one.stream or "")
    asset = snap.assets.get(one.asset) if one.asset else None
    return {
        "id": one.id,
        "day": one.day.isoformat(),
        "stream": stream.name if stream else None,
        "minutes": one.minutes,
        "kind": one.kind,
        "task": one.task,
        "note": one.note,
        "asset": one.asset,
        "asset_name": asset.name if asset else None,
    }


def _kept(
    session: Session, *, stream: str | None, asset: str | None, kind: str | None, month: str | None
) -> list[TimeEntry]:
    """The time entries that the options keep, newest first."""
    snap = session.snapshot
    found = list(reversed(snap.times))
    if stream is not None:
        of = None if stream == NO_STREAM else find_stream(snap, stream).id
        found = [one for one in found if one.stream == of]
    if asset is not None:
        about = None if asset == NOTHING else find_asset(snap, asset).id
        found = [one for one in found if one.asset == about]
    if kind is not None:
        found = [one for one in found if one.kind == kind]
    if month is not None:
        chosen = read_month(month, session.today)
        found = [one for one in found if Month.of(one.day) == chosen]
    return found


def _given(session: Session, typed: dict[str, str | None]) -> dict[str, Any]:
    """The fields that were typed, as the book takes them."""
    snap = session.snapshot
    given: dict[str, Any] = {field: value for field, value in typed.items() if value is not None}
    if "spent" in given:
        given["minutes"] = duration(given.pop("spent"))
    if "stream" in given:
        given["stream"] = None if given["stream"] == NO_STREAM else find_stream(snap, given["stream"]).id
    if "asset" in given:
        given["asset"] = None if given["asset"] == NOTHING else find_asset(snap, given["asset"]).id
    if "day" in given:
        given["day"] = session.day(given["day"])
    for field in ("task", "note"):
        if given.get(field) == NOTHING:
            given[field] = ""
    return given


def _row(snap: BookSnapshot, one: TimeEntry) -> tuple[str, ...]:
    stream = snap.streams.get(one.stream or "")
    return (
        short(stream.name) if stream else _("no stream"),
        str(one.day),
        words.minutes(one.minutes),
        words.time_kind(one.kind),
        one.id[-SHORT_ID:].lower(),
        words.listed(short(one.task, 40), short(one.note, 40)),
    )
