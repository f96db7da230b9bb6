"""``pitrack close``: saying that a month's payouts are in, so that its figures are final."""

from __future__ import annotations

from typing import Any

import click

from pitrack.cli.booking import entry_line
from pitrack.cli.output import plain, say, say_json, short
from pitrack.cli.parts import command, complete_names, json_option, option
from pitrack.cli.session import Session
from pitrack.core.days import Month
from pitrack.core.views.close import Closing, closing
from pitrack.core.views.review import lesson_of
from pitrack.store import edits
from pitrack.store.names import find_stream
from pitrack.store.snapshot import BookSnapshot
from pitrack.text import words
from pitrack.text.i18n import N_, _
from pitrack.text.when import month as read_month


@command("close", N_("Close a month, the last complete one if none is named: list what is open in it, make it final."))
@click.argument("month", metavar="[MONTH]", required=False)
@option("--reopen", is_flag=True, help=N_("Make a closed month provisional again."))
@option(
    "--nothing",
    metavar="STREAM",
    multiple=True,
    shell_complete=complete_names("streams"),
    help=N_("Nothing came from this stream; may be repeated."),
)
@option("--list", "only_list", is_flag=True, help=N_("Only list what is open, do not close."))
@json_option
@click.pass_obj
def close(
    session: Session, /, month: str | None, *, reopen: bool, nothing: tuple[str, ...], only_list: bool, as_json: bool
) -> None:
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
    for stream in [find_stream(snap, text) for text in nothing]:
        session.apply(edits.note_nothing(session.snapshot, stream.id, chosen, today))
        if not as_json:
            say(_("Nothing came from {stream} in {month}.").format(stream=short(stream.name), month=name))
    found = closing(session.snapshot, chosen, today)
    was_closed = found.is_closed
    change = None if only_list or was_closed else edits.close_month(session.snapshot, chosen, today)
    if not as_json:
        _say_open(snap, found, name)
    if change:
        session.apply(change)
    if as_json:
        say_json(as_data(snap, closing(session.snapshot, chosen, today)))
    elif was_closed:
        say(_("{month} is closed already; --reopen makes it provisional again.").format(month=name))
        if lesson_of(snap, chosen):
            _say_lesson(snap, chosen)
    elif only_list:
        say(_("{month} is provisional.").format(month=name))
    else:
        say(_("{month} is closed.").format(month=name))
        _say_lesson(snap, chosen)


def _say_lesson(snap: BookSnapshot, month: Month) -> None:
    """What the month has taught, or the command that writes it down."""
    lesson = lesson_of(snap, month)
    if lesson:
        say(_("Lesson: {text}").format(text=short(lesson, 200)))
    else:
        say(_("Write what it taught: pitrack review {label} --lesson TEXT").format(label=month))


def _say_open(snap: BookSnapshot, found: Closing, name: str) -> None:
    if found.pending:
        say(_("Still pending in {month}:").format(month=name))
        for entry in found.pending:
            say(f"  {entry_line(snap, entry)}")
    if found.missing:
        say(_("Usual payouts that have not come:"))
        for one in found.missing:
            say(
                "  "
                + _("{stream}, usually by {day}").format(stream=short(one.stream.name), day=words.day_of_month(one.by))
            )
    if found.recurring:
        say(_("Recurring, not booked yet:"))
        for waits in found.recurring:
            say(
                "  "
                + _("{name}, {amount}, due {day}").format(
                    name=short(waits.template.name),
                    amount=words.plain_amount(waits.template.gross, waits.template.currency),
                    day=waits.day,
                )
            )


def as_data(snap: BookSnapshot, found: Closing) -> dict[str, Any]:
    """The documented shape of ``close --json`` (docs/recurring.md)."""
    return {
        "month": str(found.month),
        "closed": found.is_closed,
        "lesson": lesson_of(snap, found.month),
        "pending": [
            {
                "id": entry.id,
                "day": entry.day.isoformat(),
                "stream": _stream_name(snap, entry.stream),
                "amount": plain(entry.gross),
                "currency": entry.currency,
            }
            for entry in found.pending
        ],
        "missing": [{"stream": one.stream.name, "by": one.by} for one in found.missing],
        "recurring": [
            {
                "template": waits.template.name,
                "day": waits.day.isoformat(),
                "amount": plain(waits.template.gross),
                "currency": waits.template.currency,
            }
            for waits in found.recurring
        ],
    }


def _stream_name(snap: BookSnapshot, stream: str | None) -> str | None:
    found = snap.streams.get(stream or "")
    return found.name if found else None
