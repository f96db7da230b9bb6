"""``pitrack pause``: days off, of one action or all: add, list, end, edit, delete."""

from __future__ import annotations

import datetime as dt
from typing import Any

import click

from pitrack.cli.failures import Failure
from pitrack.cli.output import say, say_json, say_table, short
from pitrack.cli.parts import group, json_option, names_argument, option
from pitrack.cli.session import Session
from pitrack.core.model import Habit, Pause
from pitrack.core.pauses import TRAVEL, state_of
from pitrack.core.views.pauses import brought
from pitrack.store import edits
from pitrack.store.errors import BookError
from pitrack.store.names import find_habit, fold, labels
from pitrack.store.snapshot import BookSnapshot
from pitrack.text import pauses as told
from pitrack.text.i18n import N_, _, pgettext
from pitrack.text.when import until

NOTHING = "-"
"""Typed to empty a field."""

pause_argument = click.argument("pause", metavar="ID")
habit_argument = names_argument("habits", "habit", "[HABIT]", required=False)


@group("pause", N_("Days off, which break no streak: add, list, end, edit, delete."))
def pause() -> None:
    pass


@pause.command("add", help=N_("Pause an action, or all, from today until you end it: pitrack pause add --to fri"))
@habit_argument
@option("--from", "first", metavar="DAY", help=N_("The first day off (today if left out); earlier ones, too."))
@option("--to", "last", metavar="DAY", help=N_("The last day off (open if left out)."))
@option("--note", metavar="TEXT", default="", help=N_("A note."))
@click.pass_obj
def add(session: Session, habit: str | None, first: str | None, last: str | None, note: str) -> None:
    snap = session.snapshot
    of = find_habit(snap, habit) if habit is not None else None
    begins = session.day(first)
    ends = None if last is None else until(last, begins, session.today)
    change = edits.add_pause(snap, first=begins, last=ends, habit=of.id if of else None, note=note)
    session.apply(change)
    _say_added(session, change.writes[0].id)


@pause.command("list", help=N_("The pauses that run or are to come."))
@option("--all", "everything", is_flag=True, help=N_("Those that are over, too."))
@json_option
@click.pass_obj
def list_pauses(session: Session, everything: bool, as_json: bool) -> None:
    snap, today = session.snapshot, session.today
    pauses = [one for one in reversed(snap.pauses) if one.habit is None or one.habit in snap.habits]
    if not everything:
        pauses = [one for one in pauses if state_of(one, today) != "over"]
    if as_json:
        say_json([_data(snap, one, today) for one in pauses])
    elif pauses:
        say_table([_row(snap, one, today) for one in pauses], "llllll")
    else:
        say(_("No pause yet.") if everything else _("No pause is running. Earlier ones: pitrack pause list --all"))


@pause.command("end", help=N_("End the pause that runs: today counts again."))
@habit_argument
@option("--on", "day", metavar="DAY", help=N_("The last day off (yesterday if left out)."))
@click.pass_obj
def end(session: Session, habit: str | None, day: str | None) -> None:
    snap = session.snapshot
    running = _running(session, find_habit(snap, habit) if habit is not None else None)
    last = session.today - dt.timedelta(days=1) if day is None else session.day(day)
    session.apply(edits.end_pause(snap, *(one.id for one in running), last=last))
    _say_ended(session, running[0])


@pause.command("edit", help=N_("Change a pause; its ID is in “pitrack pause list --all”."))
@pause_argument
@option("--from", "first", metavar="DAY", help=N_("The first day off."))
@option("--to", "last", metavar="DAY", help=N_("The last day off; - for an open end."))
@option("--habit", metavar="HABIT", help=N_("The action; - for all."))
@option("--note", metavar="TEXT", help=N_("A note."))
@click.pass_obj
def edit(session: Session, /, pause: str, **typed: Any) -> None:
    snap = session.snapshot
    one = find_pause(snap, pause)
    given: dict[str, Any] = {}
    if typed["first"] is not None:
        given["first"] = session.day(typed["first"])
    if typed["last"] is not None:
        begins = given.get("first", one.first)
        given["last"] = None if typed["last"] == NOTHING else until(typed["last"], begins, session.today)
    if typed["habit"] is not None:
        given["habit"] = None if typed["habit"] == NOTHING else find_habit(snap, typed["habit"]).id
    if typed["note"] is not None:
        given["note"] = typed["note"]
    change = edits.edit_pause(snap, one.id, **given)
    session.apply(change)
    text = _("Changed: {pause}.") if change.writes else _("Nothing to change: {pause}.")
    say(text.format(pause=_told(session.snapshot, _by_id(session.snapshot, one.id))))


@pause.command("delete", help=N_("Delete a pause: its days count again; undo brings it back."))
@pause_argument
@click.pass_obj
def delete(session: Session, pause: str) -> None:
    snap = session.snapshot
    one = find_pause(snap, pause)
    session.apply(edits.delete_pause(snap, one.id))
    say(_("Deleted: {pause}; “pitrack undo” brings it back.").format(pause=_told(snap, one)))


def find_pause(snap: BookSnapshot, text: str) -> Pause:
    """The pause whose id, or the beginning of it, was typed; BookError("unknown" | "ambiguous")."""
    wanted = fold(text)
    found = [one for one in snap.pauses if wanted and one.id.casefold().startswith(wanted)]
    if len(found) == 1:
        return found[0]
    named = [f"{one.id} ({_told(snap, one)})" for one in found or reversed(snap.pauses)]
    if found:
        raise BookError("ambiguous", what="pause", name=text, candidates=named, by="id")
    raise BookError("unknown", what="pause", name=text, candidates=named)


def _running(session: Session, habit: Habit | None) -> list[Pause]:
    """The pauses that run of one action; without one, of all, or else of the only one that has any. Never empty."""
    snap = session.snapshot
    found = [one for one in snap.pauses if state_of(one, session.today) == "running"]
    if habit is not None:
        found = [one for one in found if one.habit == habit.id]
        if not found:
            raise Failure(_("No pause of {name} is running.").format(name=short(habit.name)))
        return found
    of_all = [one for one in found if one.habit is None]
    paused = {one.habit: habit for one in found if (habit := snap.habits.get(one.habit or ""))}
    if not of_all and len(paused) > 1:
        raise BookError("pause-which", candidates=labels(paused.values()))
    if not of_all and not paused:
        raise Failure(_("No pause is running."))
    return of_all or [one for one in found if one.habit in paused]


def _say_added(session: Session, pause_id: str) -> None:
    snap, one = session.snapshot, _by_id(session.snapshot, pause_id)
    say(_("Paused {pause}.").format(pause=_told(snap, one)))
    if state_of(one, session.today) == "over":
        say(told.brought(brought(snap, one, session.today)))


def _say_ended(session: Session, before: Pause) -> None:
    snap = session.snapshot
    left = next((one for one in snap.pauses if one.id == before.id), None)
    if left is None:
        say(_("The pause began after that day, so it was taken away; “pitrack undo” brings it back."))
        return
    say(_("Ended: {pause}.").format(pause=_told(snap, left)))
    if state_of(left, session.today) == "over":
        say(told.brought(brought(snap, left, session.today)))


def _by_id(snap: BookSnapshot, pause_id: str) -> Pause:
    return next(one for one in snap.pauses if one.id == pause_id)


def _told(snap: BookSnapshot, one: Pause) -> str:
    """``all actions, 2026-11-10 to 2026-11-18``, ``Write, from 2026-11-20 on``."""
    text = _("{what}, from {first} on") if one.last is None else _("{what}, {first} to {last}")
    return text.format(what=told.whose(snap, one), first=one.first, last=one.last)


def _row(snap: BookSnapshot, one: Pause, today: dt.date) -> tuple[str, ...]:
    return (
        told.whose(snap, one),
        str(one.first),
        _("to {day}").format(day=one.last) if one.last else pgettext("the end of a pause", "open"),
        told.state(state_of(one, today)),
        one.id,
        _("change of zone") if one.id.startswith(TRAVEL) else short(one.note, 40),
    )


def _data(snap: BookSnapshot, one: Pause, today: dt.date) -> dict[str, Any]:
    return {
        "id": one.id,
        "habit": snap.habits[one.habit].name if one.habit is not None else None,
        "from": one.first.isoformat(),
        "to": one.last.isoformat() if one.last else None,
        "state": state_of(one, today),
        "note": one.note,
    }
