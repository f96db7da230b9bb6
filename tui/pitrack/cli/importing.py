"""``pitrack import``: taking in what another tool recorded."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from pitrack.cli.failures import FAILED, Failure, WrongUsage
from pitrack.cli.output import plain, say, say_json, say_table, schedule_code, short, warn
from pitrack.cli.parts import command, complete_names, json_option, option
from pitrack.cli.session import Session, first_settings
from pitrack.cli.slips import note_same_name
from pitrack.cli.troubles import as_data, tell_troubles
from pitrack.exchange.found import Found, Refused, Setting
from pitrack.exchange.planning import HabitPlan, Plan, plan
from pitrack.exchange.presets import PRESETS, read
from pitrack.store.names import find_stream
from pitrack.text import words
from pitrack.text.i18n import N_, _, ngettext
from pitrack.text.importing import cannot, left_out


@command(
    "import",
    N_(
        "Take in what another tool recorded (loop, harsh, habitbull, dijo, beaver, timewarrior, watson) or what a "
        "platform paid: “pitrack preset list” shows which, and “pitrack import FILE” tells it by the file's header. "
        "The book's own answers stay, and one undo takes it all back."
    ),
)
@click.argument("preset", metavar="[PRESET]")
@click.argument("file", metavar="FILE", required=False, type=click.Path(path_type=Path))
@option("--dry-run", is_flag=True, help=N_("Only show what it would do."))
@option("--skip-bad", is_flag=True, help=N_("Leave out what cannot be read, and import the rest."))
@option("--again", is_flag=True, help=N_("Bring back, too, what was deleted or cleared in the book."))
@option(
    "--stream",
    metavar="STREAM",
    shell_complete=complete_names("streams"),
    help=N_("The stream for new actions, for payouts, and for time whose tags name none."),
)
@option("--account", metavar="NAME", default="", help=N_("Which of your accounts there, if you have several."))
@option("--month", metavar="MONTH", help=N_("When it was earned, where the file does not say: 2026-10."))
@option(
    "--map",
    "mapped",
    metavar="MEANING=COLUMN",
    multiple=True,
    help=N_("What a column means, with the preset csv: --map day=Date --map gross=Amount"),
)
@option("--save", metavar="NAME", help=N_("Keep that mapping as a preset of your own."))
@json_option
@click.pass_obj
def import_command(
    session: Session,
    /,
    preset: str,
    file: Path | None,
    *,
    account: str,
    month: str | None,
    mapped: tuple[str, ...],
    save: str | None,
    **wishes: Any,
) -> int:
    name = unicodedata.normalize("NFKC", preset).lower()
    if name in PRESETS:
        if file is None:
            raise WrongUsage(_("{name} is missing.").format(name="FILE"))
        if account or month or mapped or save:
            raise WrongUsage(_("--account, --month, --map and --save are for the files of platforms."))
        return _import_records(session, name, file, **wishes)
    from pitrack.cli.payouts import Wishes, import_payouts

    asked = Wishes(account=account, month=month, mapped=mapped, save=save, **wishes)
    return import_payouts(session, name if file else None, file or Path(preset), asked)


def _import_records(
    session: Session,
    preset: str,
    file: Path,
    *,
    dry_run: bool,
    skip_bad: bool,
    again: bool,
    stream: str | None,
    as_json: bool,
) -> int:
    found = _read(session, preset, file)
    session.book(create=not dry_run)
    snap = session.snapshot
    to = find_stream(snap, stream).id if stream is not None else None
    planned = plan(snap, found, preset, session.today, stream=to, again=again)
    stops = bool(planned.troubles) and not skip_bad
    if not (dry_run or stops):
        session.apply(planned.change)
        for one in planned.habits:
            if one.state == "new":
                note_same_name(snap.habits.values(), one.name)
    if as_json:
        say_json(_data(session, planned, preset, done=not (dry_run or stops)))
    else:
        _say(session, planned, dry_run=dry_run, stops=stops)
    return FAILED if stops else 0


def _read(session: Session, preset: str, file: Path) -> Found:
    """What the file holds; it is read first, so that no book is begun for one that cannot be."""
    today = session.today if session.is_there else session.clock.today(first_settings())
    try:
        return read(preset, file, Setting(today))
    except Refused as error:
        raise Failure(cannot(str(file), error.code, error.details)) from error


def _say(session: Session, planned: Plan, *, dry_run: bool, stops: bool) -> None:
    shown_plan = dry_run or not stops
    if shown_plan:
        say_table(list(_rows(session, planned)), "llll")
        for code, name in planned.left_out:
            say(_("Left out: {what}").format(what=left_out(code, name)))
    tell_troubles(planned.troubles, stops)
    if stops:
        warn(_("Nothing was imported. Mend the file, or add --skip-bad to import the rest."))
    if not shown_plan:
        return
    if not (planned.change.writes or stops):
        say(_("Nothing new.") if planned.missed else _("Nothing new: the book has it all."))
    if planned.missed:
        say(_("What was deleted, cleared or undone in this book stays so; --again brings it back."))
    if dry_run:
        say(_("Nothing was recorded: this was a dry run."))
    elif planned.change.writes:
        say(_("Imported from {title}. “pitrack undo” takes it back.").format(title=planned.change.subject))


def _rows(session: Session, planned: Plan) -> Iterator[tuple[str, str, str, str]]:
    for one in planned.habits:
        yield short(one.name), _state(one), _asked(session, one), words.listed(*_days(one))
    streams = session.snapshot.streams
    for time in planned.times:
        parts = [words.minutes(time.minutes)] if time.added else []
        if time.same:
            parts.append(_("{n} there already").format(n=time.same))
        if time.gone:
            parts.append(_("{n} deleted in the book").format(n=time.gone))
        entries = ngettext("{n} new entry", "{n} new entries", time.added).format(n=time.added)
        yield short(streams[time.stream].name), entries, "", words.listed(*parts)


def _state(one: HabitPlan) -> str:
    if one.state == "there":
        return _("there as {alias}").format(alias=short(one.alias, 20))
    if one.alias:
        return _("new, archived") if one.archived else _("new")
    return _("deleted in the book")


def _asked(session: Session, one: HabitPlan) -> str:
    return words.asked(one.rule, session.snapshot.settings.week_start) if one.state != "there" else ""


def _days(one: HabitPlan) -> Iterator[str]:
    if one.added:
        yield ngettext("{n} new day", "{n} new days", one.added).format(n=one.added)
    if one.same:
        yield _("{n} there already").format(n=one.same)
    if one.kept:
        yield ngettext("{n} answered otherwise: yours stays", "{n} answered otherwise: yours stay", one.kept).format(
            n=one.kept
        )
    if one.cleared:
        yield _("{n} cleared in the book").format(n=one.cleared)


def _data(session: Session, planned: Plan, preset: str, *, done: bool) -> dict[str, Any]:
    streams = session.snapshot.streams
    return {
        "preset": preset,
        "imported": done,
        "actions": [
            {
                "name": one.name,
                "id": one.id,
                "alias": one.alias or None,
                "state": one.state,
                "kind": one.rule.kind,
                "schedule": schedule_code(one.rule.schedule),
                "target": plain(one.rule.target),
                "unit": one.rule.unit,
                "archived": one.archived,
                "added": one.added,
                "same": one.same,
                "kept": one.kept,
                "cleared": one.cleared,
                "first": one.first and one.first.isoformat(),
                "last": one.last and one.last.isoformat(),
            }
            for one in planned.habits
        ],
        "times": [
            {
                "stream": streams[one.stream].name,
                "added": one.added,
                "minutes": one.minutes,
                "same": one.same,
                "deleted": one.gone,
            }
            for one in planned.times
        ],
        "left_out": [{"why": code, "name": name} for code, name in planned.left_out],
        "unreadable": as_data(planned.troubles),
    }
