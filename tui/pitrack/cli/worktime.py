"""``pitrack time``: logging work on a stream; with ``list``, ``edit`` and ``delete``, what was logged."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, get_args

import click

from pitrack.cli.booking import NO_STREAM
from pitrack.cli.output import say, short
from pitrack.cli.parts import Group, OneOf, asset_option, on_option, option, stream_argument, task_option
from pitrack.cli.session import Session
from pitrack.cli.slips import note_day_to_come
from pitrack.core.model import TimeEntry, TimeKind
from pitrack.store import edits
from pitrack.store.names import find_asset, find_stream
from pitrack.store.snapshot import BookSnapshot
from pitrack.text import words
from pitrack.text.amounts import duration
from pitrack.text.i18n import N_, _

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

ADD = "add"


class _Time(Group):
    """Commands on logged time; anything else that is typed is the stream on which to log some."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        first = unicodedata.normalize("NFKC", args[0]) if args else ""
        if args and first not in (*self.list_commands(ctx), *self.get_help_option_names(ctx)):
            args = [ADD, *args]
        return super().parse_args(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        from pitrack.cli.completion import known_names

        return [*known_names(ctx, "streams", incomplete), *super().shell_complete(ctx, incomplete)]


@click.group(
    "time",
    cls=_Time,
    help=N_(
        "Log working time on a stream (- for none): pitrack time STREAM 1h30m; and list, edit, delete what was logged."
    ),
    lazy={name: f"pitrack.cli.times:{name}_times" for name in ("list", "edit", "delete")},
)
def time() -> None:
    pass


@time.command(ADD, help=N_("Log working time on a stream (- for none): 1h30m, 90, 1:30; the word add may be left out."))
@stream_argument
@click.argument("spent", metavar="TIME")
@on_option
@option("--kind", type=OneOf(get_args(TimeKind), words.time_kind), default="make", help=N_("What kind of work it was."))
@task_option
@asset_option
@option("--note", metavar="TEXT", default="", help=N_("A note."))
@click.pass_obj
def add(
    session: Session,
    /,
    stream: str,
    spent: str,
    *,
    day: str | None,
    kind: TimeKind,
    task: str | None,
    asset: str | None,
    note: str,
) -> None:
    session.book(create=stream == NO_STREAM)
    snap = session.snapshot
    of = None if stream == NO_STREAM else find_stream(snap, stream)
    about = None if asset is None else find_asset(snap, asset)
    logged = TimeEntry(
        id="",
        day=session.day(day),
        minutes=duration(spent),
        stream=of.id if of else None,
        kind=kind,
        task=task or "",
        note=note,
        asset=about.id if about else None,
    )
    fields = logged._asdict()
    del fields["id"]
    session.apply(edits.add_time(snap, **fields))
    say(time_line(snap, logged))
    note_day_to_come(logged.day, session.today)


def time_line(snap: BookSnapshot, one: TimeEntry) -> str:
    """``Newsletter: 45 min making on 2026-11-22 (edit)``, with the asset behind it."""
    stream = snap.streams.get(one.stream or "")
    line = _("{stream}: {time} {kind} on {day}").format(
        stream=short(stream.name) if stream else _("No stream"),
        time=words.minutes(one.minutes),
        kind=words.time_kind(one.kind),
        day=one.day,
    )
    if one.task:
        line += f" ({short(one.task)})"
    if one.asset is not None:
        asset = snap.assets.get(one.asset)
        line += _(", asset {name}").format(name=short(asset.name) if asset else short(one.asset))
    return line
