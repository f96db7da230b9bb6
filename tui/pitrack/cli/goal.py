"""``pitrack goal``: what the income is for: add, list, show, edit, archive, restore, delete."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any, TypeVar

import click

from pitrack.cli.archiving import Kind, add_archiving
from pitrack.cli.booking import money
from pitrack.cli.failures import WrongUsage
from pitrack.cli.goals import amount_of, currency_of, progress_rows, sentences
from pitrack.cli.output import plain, say, say_json, say_table, short
from pitrack.cli.parts import group, json_option, option
from pitrack.cli.session import Session
from pitrack.cli.slips import note_same_name
from pitrack.core.model import Goal, Motive
from pitrack.core.views.plan import MONTHLY, plan
from pitrack.store import edits
from pitrack.store.errors import BookError
from pitrack.store.names import find_stream, fold
from pitrack.store.snapshot import BookSnapshot
from pitrack.text import words
from pitrack.text.amounts import per_cent, quantity
from pitrack.text.i18n import N_, _
from pitrack.text.when import day as read_day

F = TypeVar("F", bound=Callable[..., Any])
NOTHING = "-"
"""Typed to empty a field."""

goal_argument = click.argument("goal", metavar="GOAL")


def _goal_options(function: F) -> F:
    for decorate in reversed(
        (
            option("--save", metavar="AMOUNT", help=N_("So much saved.")),
            option("--living", metavar="AMOUNT", help=N_("So much income a month.")),
            option("--job", metavar="PERCENT", help=N_("So much of what the job pays: 50, or 100 for all of it.")),
            option("--hours", metavar="N", help=N_("So many hours of learning and making.")),
            option(
                "--stream", "streams", metavar="STREAM", multiple=True, help=N_("Only of this stream; may be repeated.")
            ),
            option(
                "--since",
                metavar="DAY",
                help=N_("Count from this day on; - counts all there ever was (a new goal begins today)."),
            ),
            option("--by", metavar="DAY", help=N_("Until this day.")),
        )
    ):
        function = decorate(function)
    return function


def find_goal(snap: BookSnapshot, text: str) -> Goal:
    """The goal whose name, the beginning of a word of it, or id was typed; BookError("unknown" | "ambiguous")."""
    wanted = fold(text)
    goals = sorted(snap.goals.values(), key=lambda one: one.archived)
    by_name = [one for one in goals if fold(one.name) == wanted or one.id == text]
    by_word = [one for one in goals if wanted and any(part.startswith(wanted) for part in _starts(fold(one.name)))]
    found = by_name or by_word
    found = [one for one in found if not one.archived] or found
    if len(found) == 1:
        return found[0]
    if found:
        by = "id" if by_name else ""
        raise BookError("ambiguous", what="goal", name=text, candidates=_labels(found), by=by)
    raise BookError("unknown", what="goal", name=text, candidates=_labels(goals))


def _labels(goals: Sequence[Goal]) -> list[str]:
    """The name of each, which is what one types; where others have the same, the id with it."""
    names = [fold(one.name) for one in goals]
    return [f"{one.id} ({one.name})" if names.count(fold(one.name)) > 1 else one.name for one in goals]


def _starts(name: str) -> list[str]:
    parts = name.split()
    return [" ".join(parts[start:]) for start in range(len(parts))]


@group("goal", N_("Goals: add, list, show, edit, archive, restore, delete."))
def goal() -> None:
    pass


@goal.command("add", help=N_('A new goal: pitrack goal add "Camera" --save 1200 --by 2027-06-01'))
@click.argument("name", metavar="NAME")
@_goal_options
@click.pass_obj
def add(session: Session, /, name: str, **typed: Any) -> None:
    session.book(create=True)
    given = _given(session, typed)
    if "amount" not in given:
        raise WrongUsage(_("A goal needs --save AMOUNT, --living AMOUNT (a month), --job PERCENT or --hours N."))
    if given["motive"] not in MONTHLY:
        given = {"since": session.today, **given}
    before = session.snapshot
    change = edits.add_goal(before, name=name, **given)
    session.apply(change)
    added = session.snapshot.goals[change.writes[0].id]
    say(
        _("Added {name}: {motive}, {amount}.").format(
            name=short(added.name), motive=words.motive(added.motive), amount=amount_of(session.snapshot, added)
        )
    )
    note_same_name(before.goals.values(), added.name)


@goal.command("list", help=N_("The goals; “pitrack goals” shows their progress."))
@option("--all", "everything", is_flag=True, help=N_("Archived ones, too."))
@json_option
@click.pass_obj
def list_goals(session: Session, everything: bool, as_json: bool) -> None:
    snap = session.snapshot
    if as_json:
        say_json([_data(snap, one) for one in snap.goals.values()])
        return
    shown = [one for one in snap.goals.values() if everything or not one.archived]
    if not shown:
        say(_('No goal yet. Add one: pitrack goal add "Camera" --save 1200'))
        return
    say_table(
        [
            (
                short(one.name),
                words.motive(one.motive),
                amount_of(snap, one),
                _since(one),
                _("by {day}").format(day=one.by) if one.by else "",
                _("archived") if one.archived else "",
            )
            for one in shown
        ],
        "llrlll",
    )


@goal.command("show", help=N_("How far one goal is."))
@goal_argument
@click.pass_obj
def show(session: Session, goal: str) -> None:
    snap = session.snapshot
    one = find_goal(snap, goal)
    found = [progress for progress in plan(snap, session.today).goals if progress.goal.id == one.id]
    if found:
        say_table(progress_rows(snap, found), "lrrll")
        for sentence in filter(None, sentences(snap, found[0])):
            say(f"  {sentence}")
    else:
        say(_("{name}: {amount}, archived").format(name=short(one.name), amount=amount_of(snap, one)))
    if one.since:
        say(f"  {_since(one)}")
    for stream in one.streams:
        if stream in snap.streams:
            say(f"  {short(snap.streams[stream].name)}")


@goal.command("edit", help=N_("Change a goal."))
@goal_argument
@option("--name", metavar="NAME", help=N_("A new name."))
@_goal_options
@click.pass_obj
def edit(session: Session, /, goal: str, name: str | None, **typed: Any) -> None:
    one = find_goal(session.snapshot, goal)
    given = _given(session, typed) | ({"name": name} if name is not None else {})
    change = edits.edit_goal(session.snapshot, one.id, **given)
    session.apply(change)
    shown = short(session.snapshot.goals[one.id].name)
    say((_("Changed {name}.") if change.writes else _("Nothing to change on {name}.")).format(name=shown))


add_archiving(
    goal,
    goal_argument,
    Kind(find_goal, edits.edit_goal, edits.delete_goal),
    archive=N_("Put a goal aside."),
    restore=N_("Take an archived goal up again."),
    delete=N_("Delete a goal; undo brings it back."),
)


def _given(session: Session, typed: dict[str, Any]) -> dict[str, Any]:
    """The fields that were typed, as the book takes them."""
    snap = session.snapshot
    given: dict[str, Any] = {}
    amounts = _amounts(typed)
    if len(amounts) > 1:
        raise WrongUsage(_("A goal has one amount: --save, --living, --job or --hours."))
    for motive, (amount, currency) in amounts.items():
        given |= {"motive": motive, "amount": amount, "currency": currency}
    if typed["streams"]:
        given["streams"] = tuple(dict.fromkeys(find_stream(snap, name).id for name in typed["streams"]))
    if typed["since"]:
        given["since"] = None if typed["since"] == NOTHING else session.day(typed["since"])
    if typed["by"]:
        given["by"] = read_day(typed["by"], session.today, ahead=True)
    return given


def _since(one: Goal) -> str:
    """The day from which on it counts; empty where all counts."""
    return _("since {day}").format(day=one.since) if one.since else ""


def _amounts(typed: dict[str, Any]) -> dict[Motive, tuple[Decimal, str | None]]:
    found: dict[Motive, tuple[Decimal, str | None]] = {}
    if typed["save"] is not None:
        found["save"] = money(typed["save"])
    if typed["living"] is not None:
        found["living"] = money(typed["living"])
    if typed["job"] is not None:
        found["job"] = per_cent(typed["job"]), None
    if typed["hours"] is not None:
        found["skill"] = quantity(typed["hours"].removesuffix("h")), None
    return found


def _data(snap: BookSnapshot, one: Goal) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.name,
        "motive": one.motive,
        "amount": plain(one.amount),
        "currency": currency_of(snap, one) if one.motive in ("save", "living") else None,
        "streams": [snap.streams[stream].name for stream in one.streams if stream in snap.streams],
        "since": str(one.since) if one.since else None,
        "by": str(one.by) if one.by else None,
        "archived": one.archived,
    }
