"""``pitrack template``: money that recurs: add, list, show, edit, archive, restore, delete; book what is due."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar, get_args

import click

from pitrack.cli.archiving import Kind, add_archiving
from pitrack.cli.booking import NO_STREAM, entry_line, money, part, read_tags
from pitrack.cli.failures import Failure
from pitrack.cli.output import plain, say, say_json, say_table, short
from pitrack.cli.parts import OneOf, group, json_option, on_option, option, read_code, stream_option
from pitrack.cli.session import Session
from pitrack.cli.slips import note_same_name
from pitrack.core.changes import Change
from pitrack.core.model import EntryKind, Template
from pitrack.core.recurring import next_due
from pitrack.core.views.recurring import Proposal, coming, proposals
from pitrack.store import recurring
from pitrack.store.names import find_stream, find_template
from pitrack.store.snapshot import BookSnapshot
from pitrack.text import words
from pitrack.text.i18n import N_, _, ngettext
from pitrack.text.recurring import about, every, typed
from pitrack.text.when import day as read_day
from pitrack.text.when import until

F = TypeVar("F", bound=Callable[..., Any])
NEVER = "-"
"""Typed for no end."""
template_argument = click.argument("template", metavar="TEMPLATE")


def _template_options(function: F) -> F:
    for decorate in reversed(
        (
            stream_option,
            option(
                "--kind", type=OneOf(get_args(EntryKind), words.entry_kind), help=N_("What it is (income if left out).")
            ),
            option("--every", "beat", metavar="PERIOD", help=N_("How often: month, week, year, 3 months, 2 weeks.")),
            option("--since", metavar="DAY", help=N_("The first due day; its day of the month is the due day.")),
            option("--until", metavar="DAY", help=N_("The last day on which it may be due; - for none.")),
            option("--auto/--ask", "auto", default=None, help=N_("Book it without asking, or ask first.")),
            option("--fee", metavar="AMOUNT", help=N_("What a platform kept of it.")),
            option("--withheld", metavar="AMOUNT", help=N_("Tax kept back at the source.")),
            option("--note", metavar="TEXT", help=N_("The note of each entry (the name if left out).")),
            option("--tag", metavar="TAG", multiple=True, help=N_("A tag; may be repeated.")),
            option("--alias", metavar="WORD", help=N_("A short name to type.")),
        )
    ):
        function = decorate(function)
    return function


@group("template", N_("Money that recurs: add, list, show, edit, archive, restore, delete, post, skip, run."))
def template() -> None:
    pass


@template.command(
    "add", help=N_('Money that recurs: pitrack template add "Web host" 12 USD --kind expense --since 2026-12-01')
)
@click.argument("name", metavar="NAME")
@click.argument("amount", metavar="AMOUNT")
@click.argument("currency", metavar="[CURRENCY]", required=False)
@_template_options
@click.pass_obj
def add(session: Session, /, name: str, amount: str, currency: str | None, **options: Any) -> None:
    session.book(create=True)
    snap = session.snapshot
    stream = snap.streams.get(_given(session, options).get("stream") or "")
    own = stream.currency if stream else snap.settings.currency
    gross, code = money(amount, currency, own)
    code = code or own
    given = _given(session, options) | _parts(options, code)
    given.setdefault("kind", "income")
    given.setdefault("since", session.today)
    change = recurring.add_template(snap, name, gross=gross, currency=code, **given)
    session.apply(change)
    added = session.snapshot.templates[change.writes[0].id]
    say(_("Added {name}: {line}.").format(name=short(added.name), line=_line(added)))
    note_same_name(snap.templates.values(), added.name)
    _post_due(session)
    _say_waiting([one for one in proposals(session.snapshot, session.today) if one.template.id == added.id])


@template.command("list", help=N_("The templates, the one that is due soonest first."))
@option("--all", "everything", is_flag=True, help=N_("Archived ones, too."))
@json_option
@click.pass_obj
def list_templates(session: Session, everything: bool, as_json: bool) -> None:
    snap, today = session.snapshot, session.today
    waiting = proposals(snap, today)
    found = [one for one in coming(snap, today) if everything or as_json or not one.template.archived]
    if as_json:
        say_json([as_data(snap, one.template, session, waiting) for one in found])
        return
    if not found:
        say(_('No template yet. Add one: pitrack template add "Web host" 12 USD --kind expense'))
        return
    say_table(
        [
            (
                short(one.template.name),
                words.plain_amount(one.template.gross, one.template.currency),
                words.entry_kind(one.template.kind),
                about(one.template),
                "" if one.day is None else _("next {day}").format(day=one.day),
            )
            for one in found
        ],
        "lrlll",
    )
    _say_waiting(waiting)


@template.command("show", help=N_("One template, and what waits of it."))
@template_argument
@json_option
@click.pass_obj
def show(session: Session, template: str, as_json: bool) -> None:
    snap, today = session.snapshot, session.today
    one = find_template(snap, template)
    waiting = [found for found in proposals(snap, today) if found.template.id == one.id]
    if as_json:
        say_json(as_data(snap, one, session, waiting))
        return
    say(f"{short(one.name)}: {_line(one)}")
    upcoming = None if one.archived else next_due(one, today)
    say(_("Next on {day}.").format(day=upcoming) if upcoming else _("Nothing is to come."))
    _say_waiting(waiting)


@template.command("edit", help=N_("Change a template; what it booked stays as it is."))
@template_argument
@option("--name", metavar="NAME", help=N_("A new name."))
@option("--amount", metavar="AMOUNT", help=N_("The gross amount."))
@option("--currency", metavar="CURRENCY", help=N_("The currency."))
@_template_options
@click.pass_obj
def edit(
    session: Session, /, template: str, name: str | None, amount: str | None, currency: str | None, **options: Any
) -> None:
    snap = session.snapshot
    one = find_template(snap, template)
    given = _given(session, options, one) | ({"name": name} if name is not None else {})
    if amount is not None:
        gross, code = money(amount, currency, one.currency)
        given |= {"gross": gross, "currency": code or one.currency}
    elif currency is not None:
        given["currency"] = read_code(currency)
    given |= _parts(options, given.get("currency", one.currency))
    if (given.get("every", one.every) != one.every) and "since" not in given:
        given["since"] = session.today  # what was due in the periods of before is no longer asked about
    change = recurring.edit_template(snap, one.id, **given)
    session.apply(change)
    shown = short(session.snapshot.templates[one.id].name)
    say((_("Changed {name}.") if change.writes else _("Nothing to change on {name}.")).format(name=shown))


add_archiving(
    template,
    template_argument,
    Kind(find_template, recurring.edit_template, recurring.delete_template),
    archive=N_("Put a template aside: nothing more is due of it."),
    restore=N_("Take an archived template up again."),
    delete=N_("Delete a template; what it booked stays, undo brings it back."),
)


@template.command("post", help=N_("Book the oldest period that waits, as proposed or with another amount or day."))
@template_argument
@option("--amount", metavar="AMOUNT", help=N_("The gross amount."))
@on_option
@option("--pending", is_flag=True, help=N_("It has not been paid yet."))
@click.pass_obj
def post(session: Session, template: str, amount: str | None, day: str | None, pending: bool) -> None:
    one = _oldest(session, template)
    given: dict[str, Any] = {"status": "pending"} if pending else {}
    if amount is not None:
        gross, code = money(amount, own=one.template.currency)
        given |= {"gross": gross, "currency": code or one.template.currency}
    given |= {"day": session.day(day)} if day is not None else {}
    session.apply(recurring.post(session.snapshot, one, **given))
    say(entry_line(session.snapshot, one.entry._replace(**given)))


@template.command("skip", help=N_("Leave the oldest period that waits out; it is not proposed again."))
@template_argument
@click.pass_obj
def skip(session: Session, template: str) -> None:
    one = _oldest(session, template)
    session.apply(recurring.skip(one))
    say(
        _("Left out: {name} of {day}. “pitrack undo” proposes it again.").format(
            name=short(one.template.name), day=one.day
        )
    )


@template.command("run", help=N_("Book what books itself and is due, for cron; list what waits to be confirmed."))
@option("--all", "everything", is_flag=True, help=N_("Book what waits to be confirmed, too."))
@click.pass_obj
def run(session: Session, everything: bool) -> None:
    count = _post_due(session)
    waiting = proposals(session.snapshot, session.today)
    if everything and waiting:
        count += _apply(session, recurring.post_all(session.snapshot, waiting), waiting)
        waiting = ()
    _say_waiting(waiting)
    if not count and not waiting:
        say(_("Nothing is due."))


def _post_due(session: Session) -> int:
    """Book what books itself, say what was booked, and how much that was."""
    found = recurring.due_by_itself(session.snapshot, session.today)
    return _apply(session, recurring.post_due(session.snapshot, session.today), found)


def _apply(session: Session, change: Change, found: Sequence[Proposal]) -> int:
    session.apply(change)
    for one in found:
        say(entry_line(session.snapshot, one.entry))
    return len(found)


def _say_waiting(waiting: Sequence[Proposal]) -> None:
    if not waiting:
        return
    say(ngettext("{n} waits to be booked:", "{n} wait to be booked:", len(waiting)).format(n=len(waiting)))
    say_table(
        [
            (str(one.day), short(one.template.name), words.plain_amount(one.template.gross, one.template.currency))
            for one in waiting
        ],
        "llr",
        "  ",
    )
    say(_("Book one: pitrack template post {alias}").format(alias=short(waiting[0].template.alias)))


def _oldest(session: Session, text: str) -> Proposal:
    """The oldest period of a template that waits."""
    one = find_template(session.snapshot, text)
    found = [waits for waits in proposals(session.snapshot, session.today) if waits.template.id == one.id]
    if not found:
        raise Failure(_("Nothing of {name} waits to be booked.").format(name=short(one.name)))
    return found[0]


def _line(one: Template) -> str:
    """``expense, 12.00 USD, every month, asks first``."""
    amount = words.plain_amount(one.gross, one.currency)
    return words.listed(words.entry_kind(one.kind), amount, about(one))


def _given(session: Session, options: dict[str, Any], before: Template | None = None) -> dict[str, Any]:
    """The fields that were typed, as the book takes them, without amounts."""
    given = {name: options[name] for name in ("kind", "auto", "note", "alias") if options[name] is not None}
    if options["stream"] is not None:
        none = options["stream"] == NO_STREAM
        given["stream"] = None if none else find_stream(session.snapshot, options["stream"]).id
    if options["beat"] is not None:
        given["every"], given["interval"] = every(options["beat"])
    if options["since"] is not None:
        given["since"] = read_day(options["since"], session.today, ahead=True)
    if options["until"] is not None:
        today, end = session.today, options["until"]
        first = given.get("since") or (before.since if before else today)
        given["until"] = None if end == NEVER else until(end, max(first, today), today)
    if options["tag"]:
        given["tags"] = read_tags(options["tag"])
    return given


def _parts(options: dict[str, Any], currency: str) -> dict[str, Any]:
    return {name: part(options[name], currency) for name in ("fee", "withheld") if options[name] is not None}


def as_data(snap: BookSnapshot, one: Template, session: Session, waiting: Sequence[Proposal]) -> dict[str, Any]:
    """The documented shape of a template (docs/recurring.md)."""
    stream = snap.streams.get(one.stream or "")
    upcoming = None if one.archived else next_due(one, session.today)
    return {
        "id": one.id,
        "alias": one.alias,
        "name": one.name,
        "kind": one.kind,
        "stream": stream.name if stream else None,
        "amount": plain(one.gross),
        "fee": plain(one.fee),
        "withheld": plain(one.withheld),
        "currency": one.currency,
        "every": typed(one.every, one.interval),
        "since": one.since.isoformat(),
        "until": one.until.isoformat() if one.until else None,
        "auto": one.auto,
        "note": one.note,
        "tags": sorted(one.tags),
        "archived": one.archived,
        "next": upcoming.isoformat() if upcoming else None,
        "waiting": [waits.day.isoformat() for waits in waiting if waits.template.id == one.id],
    }
