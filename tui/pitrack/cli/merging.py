"""``pitrack habit merge``, ``stream merge`` and ``asset merge``: two things that are one, joined."""

from __future__ import annotations

from collections import Counter

import click

from pitrack.cli.output import say, short
from pitrack.cli.parts import Command, names_argument
from pitrack.cli.session import Session
from pitrack.core.changes import Change
from pitrack.store.joining import merge_assets, merge_habits, merge_streams
from pitrack.store.names import find_asset, find_habit, find_stream
from pitrack.text.i18n import N_, _, ngettext, pgettext


@click.command("merge", cls=Command, help=N_("Give all of one action to another and delete it, where both are one."))
@names_argument("habits", "one", "FROM")
@names_argument("habits", "into", "INTO")
@click.pass_obj
def habit_merge(session: Session, one: str, into: str) -> None:
    snap = session.snapshot
    moved, stays = find_habit(snap, one), find_habit(snap, into)
    change = merge_habits(snap, moved.id, stays.id)
    history = snap.history(moved.id)
    session.apply(change)
    tables = _tables(change)
    _say_merged(
        moved.name,
        stays.name,
        ("day", len(history.marks.keys() | history.notes.keys())),
        ("addition", tables["amounts"]),
        ("pause", tables["pauses"]),
    )


@click.command("merge", cls=Command, help=N_("Give all of one stream to another and delete it, where both are one."))
@names_argument("streams", "one", "FROM")
@names_argument("streams", "into", "INTO")
@click.pass_obj
def stream_merge(session: Session, one: str, into: str) -> None:
    snap = session.snapshot
    moved, stays = find_stream(snap, one), find_stream(snap, into)
    change = merge_streams(snap, moved.id, stays.id)
    session.apply(change)
    tables = _tables(change)
    named = {"entry": "entries", "time": "times", "habit": "habits", "asset": "assets", "goal": "goals"}
    others = tables.total() - tables["streams"] - sum(tables[table] for table in named.values())
    _say_merged(
        moved.name, stays.name, *((what, tables[table]) for what, table in named.items()), ("other", max(0, others))
    )


@click.command("merge", cls=Command, help=N_("Give all of one asset to another and delete it, where both are one."))
@names_argument("assets", "one", "FROM")
@names_argument("assets", "into", "INTO")
@click.pass_obj
def asset_merge(session: Session, one: str, into: str) -> None:
    snap = session.snapshot
    moved, stays = find_asset(snap, one), find_asset(snap, into)
    change = merge_assets(snap, moved.id, stays.id)
    session.apply(change)
    tables = _tables(change)
    _say_merged(moved.name, stays.name, ("entry", tables["entries"]), ("time", tables["times"]))


def _tables(change: Change) -> Counter[str]:
    """How many records of each table a change writes."""
    return Counter(write.table for write in change.writes)


def _say_merged(moved: str, stays: str, *counts: tuple[str, int]) -> None:
    what = pgettext("between counts", ", ").join(_counted(code, count) for code, count in counts if count)
    told = _("Merged {name} into {into}: {what}.") if what else _("Merged {name} into {into}.")
    undo = _("Undo with “pitrack undo”.")
    say(told.format(name=short(moved), into=short(stays), what=what) + " " + undo)


def _counted(code: str, count: int) -> str:
    """``12 days``, ``1 addition``."""
    texts = {
        "day": ngettext("{n} day", "{n} days", count),
        "addition": ngettext("{n} addition", "{n} additions", count),
        "pause": ngettext("{n} pause", "{n} pauses", count),
        "entry": ngettext("{n} entry", "{n} entries", count),
        "time": ngettext("{n} time entry", "{n} time entries", count),
        "habit": ngettext("{n} action", "{n} actions", count),
        "asset": ngettext("{n} asset", "{n} assets", count),
        "goal": ngettext("{n} goal", "{n} goals", count),
        "other": ngettext("{n} other record", "{n} other records", count),
    }
    return texts[code].format(n=count)
