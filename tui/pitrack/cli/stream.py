"""``pitrack stream``: sources of income: add, list, show, edit, archive, restore, delete, merge."""

from __future__ import annotations

from typing import Any, get_args

import click

from pitrack.cli.archiving import Kind, add_archiving
from pitrack.cli.failures import WrongUsage
from pitrack.cli.output import say, say_json, say_table, short
from pitrack.cli.parts import OneOf, complete_playbooks, group, json_option, option, read_code, stream_argument
from pitrack.cli.session import Session
from pitrack.cli.slips import note_same_name
from pitrack.cli.stages import StepName
from pitrack.core.model import Role, Stream
from pitrack.store import edits
from pitrack.store.names import find_stream
from pitrack.text import words
from pitrack.text.i18n import N_, _

currency_option = option("--currency", metavar="CURRENCY", help=N_("Its currency (the book's if left out)."))
role_option = option("--role", type=OneOf(get_args(Role), words.role), help=N_("Passive, a service, or the job."))
stage_option = option("--stage", type=StepName(), help=N_("How far it has come."))
since_option = option("--since", metavar="DAY", help=N_("Its first day, where that was before its first entry."))
alias_option = option("--alias", metavar="WORD", help=N_("A short word to type for it."))
note_option = option("--note", metavar="TEXT", help=N_("A note."))


@group(
    "stream",
    N_("Income streams: add, list, show, edit, archive, restore, delete, merge."),
    lazy={"merge": "pitrack.cli.merging:stream_merge"},
)
def stream() -> None:
    pass


@stream.command("add", help=N_("A new stream: pitrack stream add Newsletter --currency USD"))
@click.argument("name", metavar="NAME", required=False)
@currency_option
@role_option
@stage_option
@alias_option
@since_option
@note_option
@option(
    "--playbook",
    metavar="ID",
    shell_complete=complete_playbooks,
    help=N_("Begin with a playbook: its actions, metrics and launch steps come along."),
)
@option("--dry-run", is_flag=True, help=N_("With --playbook: only tell what would be made."))
@click.pass_obj
def add(session: Session, /, name: str | None, *, playbook: str | None, dry_run: bool, **typed: str | None) -> None:
    if playbook is not None:
        from pitrack.cli.playbook import begin

        begin(session, name or "", playbook, typed, dry_run=dry_run)
        return
    if dry_run:
        raise WrongUsage(_("--dry-run goes with --playbook."))
    if name is None:
        raise WrongUsage(_("Name the stream, or name a playbook: pitrack stream add --playbook ID"))
    session.book(create=True)
    snap = session.snapshot
    change = edits.add_stream(snap, name, **given_fields(session, typed))
    session.apply(change)
    added = session.snapshot.streams[change.writes[0].id]
    say(
        _("Added {name} ({role}, {currency}). Type “pitrack earn {alias} AMOUNT”.").format(
            name=short(added.name), role=words.role(added.role), currency=added.currency, alias=added.alias
        )
    )
    note_same_name(snap.streams.values(), added.name)


@stream.command("list", help=N_("The streams with the words to type for them."))
@option("--all", "everything", is_flag=True, help=N_("Archived ones, too."))
@json_option
@click.pass_obj
def list_streams(session: Session, everything: bool, as_json: bool) -> None:
    streams = session.snapshot.streams.values()
    if as_json:
        say_json([_data(one) for one in streams])
        return
    shown = [one for one in streams if everything or not one.archived]
    if not shown:
        say(_("No stream yet. Add one: pitrack stream add Newsletter"))
        return
    say_table(
        [
            (
                short(one.name),
                short(one.alias, 20),
                words.role(one.role),
                words.stage(one.stage),
                short(one.currency, 8),
                _("archived") if one.archived else "",
            )
            for one in shown
        ],
        "llllll",
    )


@stream.command("show", help=N_("All about one stream."))
@stream_argument
@click.pass_obj
def show(session: Session, stream: str) -> None:
    from pitrack.core.views.streams import filter_entries, totals

    snap = session.snapshot
    one = find_stream(snap, stream)
    entries = filter_entries(snap, stream=one.id)
    sums = [
        _("income {income}, net {net}").format(
            income=words.plain_amount(total.income, total.currency), net=words.plain_amount(total.net, total.currency)
        )
        for total in totals(entries)
    ]
    rows = [
        (_("name"), short(one.name, 200)),
        (_("alias"), short(one.alias)),
        (_("role"), words.role(one.role)),
        (_("stage"), words.stage(one.stage)),
        (_("currency"), short(one.currency, 8)),
        (_("since"), str(one.since or "")),
        (_("playbook"), short(one.playbook or "", 40)),
        (_("entries"), str(len(entries))),
        *((_("in all"), line) for line in sums),
        (_("note"), short(one.note, 200)),
        (_("state"), _("archived") if one.archived else ""),
    ]
    say_table([row for row in rows if row[1]], "ll")


@stream.command("edit", help=N_("Change a stream."))
@stream_argument
@option("--name", metavar="NAME", help=N_("A new name."))
@currency_option
@role_option
@stage_option
@alias_option
@since_option
@note_option
@click.pass_obj
def edit(session: Session, /, stream: str, **typed: str | None) -> None:
    one = find_stream(session.snapshot, stream)
    change = edits.edit_stream(session.snapshot, one.id, **given_fields(session, typed))
    session.apply(change)
    name = short(session.snapshot.streams[one.id].name)
    say((_("Changed {name}.") if change.writes else _("Nothing to change on {name}.")).format(name=name))


add_archiving(
    stream,
    stream_argument,
    Kind(find_stream, edits.edit_stream, edits.delete_stream),
    archive=N_("Put a stream aside; its entries stay."),
    restore=N_("Take an archived stream up again."),
    delete=N_("Delete a stream; its entries stay, and undo brings it back."),
)


def given_fields(session: Session, typed: dict[str, str | None]) -> dict[str, Any]:
    """The fields that were typed, as the book takes them."""
    given: dict[str, Any] = {field: value for field, value in typed.items() if value is not None}
    if "currency" in given:
        given["currency"] = read_code(given["currency"])
    if "since" in given:
        given["since"] = session.day(given["since"])
    return given


def _data(one: Stream) -> dict[str, Any]:
    return {
        "id": one.id,
        "alias": one.alias,
        "name": one.name,
        "stage": one.stage,
        "currency": one.currency,
        "role": one.role,
        "playbook": one.playbook,
        "archived": one.archived,
    }
