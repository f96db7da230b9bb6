"""``pitrack time``: logging work on a stream."""

from __future__ import annotations

from typing import get_args

import click

from pitrack.cli.booking import NO_STREAM
from pitrack.cli.output import say, short
from pitrack.cli.parts import OneOf, command, on_option, option, stream_argument
from pitrack.cli.session import Session
from pitrack.cli.slips import note_day_to_come
from pitrack.core.model import TimeKind
from pitrack.store import edits
from pitrack.store.names import find_stream
from pitrack.text import words
from pitrack.text.amounts import duration
from pitrack.text.i18n import N_, _


@command("time", N_("Log working time on a stream (- for none): 1h30m, 90, 1:30."))
@stream_argument
@click.argument("spent", metavar="TIME")
@on_option
@option("--kind", type=OneOf(get_args(TimeKind)), default="make", help=N_("What kind of work it was."))
@option("--task", metavar="NAME", default="", help=N_("The task."))
@option("--note", metavar="TEXT", default="", help=N_("A note."))
@click.pass_obj
def time(
    session: Session, /, stream: str, spent: str, *, day: str | None, kind: TimeKind, task: str, note: str
) -> None:
    session.book(create=stream == NO_STREAM)
    of = None if stream == NO_STREAM else find_stream(session.snapshot, stream)
    minutes, on = duration(spent), session.day(day)
    session.apply(
        edits.add_time(
            session.snapshot, day=on, minutes=minutes, stream=of.id if of else None, kind=kind, task=task, note=note
        )
    )
    line = _("{stream}: {time} {kind} on {day}").format(
        stream=short(of.name) if of else _("No stream"),
        time=words.minutes(minutes),
        kind=words.time_kind(kind),
        day=on,
    )
    say(f"{line} ({short(task)})" if task else line)
    note_day_to_come(on, session.today)
