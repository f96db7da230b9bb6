"""``pitrack automation``: work that a tool has taken over, since when, for how much, and the hours it saves."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import click

from pitrack.cli.archiving import Kind, add_archiving
from pitrack.cli.output import rounded, say, say_json, say_table, short
from pitrack.cli.parts import group, json_option, names_argument, option, stream_option, task_option
from pitrack.cli.session import Session
from pitrack.cli.slips import note_same_name
from pitrack.core.building import Automation
from pitrack.core.views.merits.measuring import savings
from pitrack.core.views.merits.shapes import Saving
from pitrack.store import edits
from pitrack.store.names import find_automation, find_stream
from pitrack.store.snapshot import BookSnapshot
from pitrack.text import merits as told
from pitrack.text import parse, words
from pitrack.text.i18n import N_, _

NOTHING = "-"
"""Typed to empty a field."""

automation_argument = names_argument("automations", "automation", "AUTOMATION")
tool_option = option("--tool", metavar="TEXT", help=N_("The tool that does it."))
since_option = option("--since", metavar="DAY", help=N_("Its first day (today if left out)."))
until_option = option("--until", metavar="DAY", help=N_("Its last day (- for none)."))
cost_option = option("--cost", metavar="AMOUNT", help=N_("What it costs a month: 9, 9usd (- for nothing)."))
alias_option = option("--alias", metavar="WORD", help=N_("A short word to type for it."))
note_option = option("--note", metavar="TEXT", help=N_("A note."))


@group("automation", N_("Work that a tool has taken over: add, list, show, edit, archive, restore, delete."))
def automation() -> None:
    pass


@automation.command(
    "add",
    help=N_('A new automation: pitrack automation add "Issue template" --stream news --task layout --cost 9usd'),
)
@click.argument("name", metavar="NAME")
@stream_option
@tool_option
@task_option
@since_option
@until_option
@cost_option
@alias_option
@note_option
@click.pass_obj
def add(session: Session, /, name: str, **typed: str | None) -> None:
    session.book(create=True)
    snap = session.snapshot
    given = {"since": session.today} | _given(session, typed)
    change = edits.add_automation(snap, name, **given)
    session.apply(change)
    added = session.snapshot.automations[change.writes[0].id]
    say(_("Added {name}. See what it saves: pitrack merits").format(name=short(added.name)))
    if not added.task:
        say(_("It names no task yet: pitrack automation edit {alias} --task NAME").format(alias=short(added.alias)))
    note_same_name(snap.automations.values(), added.name)


@automation.command("list", help=N_("The automations, with the hours that each saves a month."))
@stream_option
@option("--all", "everything", is_flag=True, help=N_("Archived ones, too."))
@json_option
@click.pass_obj
def list_automations(session: Session, /, *, stream: str | None, everything: bool, as_json: bool) -> None:
    snap = session.snapshot
    of = None if stream is None else find_stream(snap, stream).id
    found = [one for one in savings(snap, session.today) if of is None or one.automation.stream == of]
    if as_json:
        say_json([as_data(snap, one) for one in found])
        return
    shown = [one for one in found if everything or not one.automation.archived]
    if not shown:
        say(_('No automation yet. Add one: pitrack automation add "Issue template" --task layout --cost 9usd'))
        return
    head = (_("automation"), "", _("task"), _("tool"), _("since"), _("cost a month"), _("saved a month"), "")
    say_table([head, *(_row(one) for one in shown)], "lllllrrl")


@automation.command("show", help=N_("All about one automation."))
@automation_argument
@json_option
@click.pass_obj
def show(session: Session, automation: str, as_json: bool) -> None:
    snap = session.snapshot
    one = find_automation(snap, automation)
    saving = next(found for found in savings(snap, session.today) if found.automation.id == one.id)
    if as_json:
        say_json(as_data(snap, saving))
        return
    stream = snap.streams.get(one.stream or "")
    rows = [
        (_("name"), short(one.name, 200)),
        (_("alias"), short(one.alias)),
        (_("stream"), short(stream.name) if stream else ""),
        (_("tool"), short(one.tool)),
        (_("task"), short(one.task)),
        (_("since"), one.since.isoformat()),
        (_("until"), one.until.isoformat() if one.until else ""),
        (_("cost a month"), _cost(one)),
        (_("hours before"), _mean(saving.hours_before, saving.before)),
        (_("hours since"), _mean(saving.hours_since, saving.since)),
        (_("saved a month"), _saved(saving)),
        ("", told.not_saved(saving)),
        (_("note"), short(one.note, 200)),
        (_("state"), told.state(saving.state)),
    ]
    say_table([row for row in rows if row[1]], "ll")


@automation.command("edit", help=N_("Change an automation; - empties a field."))
@automation_argument
@option("--name", metavar="NAME", help=N_("A new name."))
@stream_option
@tool_option
@task_option
@since_option
@until_option
@cost_option
@alias_option
@note_option
@click.pass_obj
def edit(session: Session, /, automation: str, **typed: str | None) -> None:
    one = find_automation(session.snapshot, automation)
    change = edits.edit_automation(session.snapshot, one.id, **_given(session, typed, one))
    session.apply(change)
    name = short(session.snapshot.automations[one.id].name)
    say((_("Changed {name}.") if change.writes else _("Nothing to change on {name}.")).format(name=name))


add_archiving(
    automation,
    automation_argument,
    Kind(find_automation, edits.edit_automation, edits.delete_automation),
    archive=N_("Put an automation aside: it no longer counts."),
    restore=N_("Take an archived automation up again."),
    delete=N_("Delete an automation; the logged time stays, and undo brings it back."),
)


def _given(session: Session, typed: dict[str, str | None], before: Automation | None = None) -> dict[str, Any]:
    """The fields that were typed, as the book takes them."""
    given: dict[str, Any] = {field: value for field, value in typed.items() if value is not None}
    snap = session.snapshot
    if "stream" in given:
        given["stream"] = None if given["stream"] == NOTHING else find_stream(snap, given["stream"]).id
    if "since" in given:
        given["since"] = session.day(given["since"])
    if "until" in given:
        given["until"] = None if given["until"] == NOTHING else session.day(given["until"])
    if "cost" in given:
        typed_cost = given.pop("cost")
        own = _currency(snap, given.get("stream"), before)
        amount, code = (Decimal(0), None) if typed_cost == NOTHING else parse.amount(typed_cost, own)
        given |= {"cost": amount, "currency": code or own}
    for field in ("tool", "task", "note"):
        if given.get(field) == NOTHING:
            given[field] = ""
    return given


def _currency(snap: BookSnapshot, stream: str | None, before: Automation | None) -> str:
    """What a cost without a currency is in: as before, or the stream's, or the book's."""
    if before:
        return before.currency
    found = snap.streams.get(stream or "")
    return found.currency if found else snap.settings.currency


def _row(one: Saving) -> Sequence[str]:
    it = one.automation
    since = str(it.since) if it.until is None else _("{first} to {last}").format(first=it.since, last=it.until)
    state = "" if one.state == "running" else told.state(one.state)
    return (
        short(it.name),
        short(it.alias, 20),
        short(it.task, 24),
        short(it.tool, 24),
        since,
        _cost(it),
        _saved(one),
        words.listed(state, told.not_saved(one) if one.state in ("running", "ended") else ""),
    )


def _cost(one: Automation) -> str:
    return words.plain_amount(one.cost, short(one.currency, 8)) if one.cost else "-"


def _saved(one: Saving) -> str:
    return "-" if one.hours is None else told.hours(one.hours)


def _mean(hours: Decimal | None, months: Sequence[Any]) -> str:
    """``1.8 h a month (2025-09 to 2025-11)``."""
    if hours is None or not months:
        return ""
    span = str(months[0]) if len(months) == 1 else _("{first} to {last}").format(first=months[0], last=months[-1])
    return _("{hours} a month ({months})").format(hours=told.hours(hours), months=span)


def as_data(snap: BookSnapshot, one: Saving) -> dict[str, Any]:
    """The documented shape of one automation in ``automation list --json``; ``cost`` is in ``currency``."""
    it = one.automation
    stream = snap.streams.get(it.stream or "")
    return {
        "id": it.id,
        "alias": it.alias,
        "name": it.name,
        "stream": stream.name if stream else None,
        "tool": it.tool,
        "task": it.task,
        "since": it.since.isoformat(),
        "until": it.until.isoformat() if it.until else None,
        "cost": rounded(it.cost, it.currency),
        "currency": it.currency,
        "state": one.state,
        "note": it.note,
        "months_before": [str(month) for month in one.before],
        "months_since": [str(month) for month in one.since],
        "hours_before": hundredths(one.hours_before),
        "hours_since": hundredths(one.hours_since),
        "hours_saved": hundredths(one.hours),
        "counts": one.state == "running" and one.hours is not None and not one.again,
        "why": "counted already" if one.again else one.why or None,
    }


def hundredths(value: Decimal | None) -> str | None:
    """Hours for scripts: ``1.25``."""
    if value is None:
        return None
    text = format(value, ".2f")
    return "0.00" if text == "-0.00" else text
