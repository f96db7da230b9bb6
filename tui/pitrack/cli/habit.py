"""``pitrack habit``: the actions themselves: add, list, show, edit, archive, restore, delete, merge."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, TypeVar

import click

from pitrack.cli.archiving import Kind, add_archiving
from pitrack.cli.failures import WrongUsage
from pitrack.cli.output import plain, say, say_json, say_table, schedule_code, short
from pitrack.cli.parts import OneOf, group, habit_argument, json_option, option, stream_option
from pitrack.cli.session import Session
from pitrack.cli.slips import note_same_name
from pitrack.core.changes import Change
from pitrack.core.model import Habit, HabitKind, Rule
from pitrack.core.schedules import kept_beat
from pitrack.core.streaks import Rate, timeline
from pitrack.core.views.today import standing, stream_name
from pitrack.store import edits
from pitrack.store.names import find_habit, find_stream
from pitrack.store.snapshot import BookSnapshot
from pitrack.text import words
from pitrack.text.amounts import target as read_target
from pitrack.text.i18n import N_, _
from pitrack.text.schedules import schedule

F = TypeVar("F", bound=Callable[..., Any])
NO_STREAM = "-"
EVERY = N_(
    "day; mon,wed,fri, weekdays or weekends; 3/week; 1/month; “3 in 14 days”, any days; “every 3 days”, perhaps "
    "“from 2026-11-22”; “3 days after” the last time."
)


def _rule_options(function: F) -> F:
    for decorate in (
        option(
            "--absent",
            type=OneOf(["kept", "unknown"], _),
            help=N_("What a day without an answer counts as, where at most so much is allowed (unknown if left out)."),
        ),
        option("--at-most", metavar="AMOUNT", help=N_('At most so much a day, like "20 min".')),
        option("--at-least", metavar="AMOUNT", help=N_('At least so much a day, like "500 words".')),
        option("--every", metavar="SCHEDULE", help=EVERY),
    ):
        function = decorate(function)
    return function


@group(
    "habit",
    N_("Daily actions: add, list, show, edit, archive, restore, delete, merge."),
    lazy={"merge": "pitrack.cli.merging:habit_merge"},
)
def habit() -> None:
    pass


@habit.command("add", help=N_('A new action: pitrack habit add "Write 500 words" --every day --at-least "500 words"'))
@click.argument("name", metavar="NAME")
@_rule_options
@stream_option
@option("--alias", metavar="WORD", help=N_("A short word to type for it (made from the name if left out)."))
@option("--since", metavar="DAY", help=N_("The first day on which it is asked (today if left out)."))
@option("--note", metavar="TEXT", default="", help=N_("Why you do it."))
@option("--tag", metavar="TAG", multiple=True, help=N_("A word to group actions by; may be repeated."))
@click.pass_obj
def add(
    session: Session,
    /,
    name: str,
    *,
    every: str | None,
    at_least: str | None,
    at_most: str | None,
    absent: str | None,
    stream: str | None,
    alias: str | None,
    since: str | None,
    note: str,
    tag: tuple[str, ...],
) -> None:
    session.book(create=True)
    snap = session.snapshot
    rule = read_rule(Rule(session.day(since)), every, at_least, at_most)
    of = None if stream in (None, NO_STREAM) else find_stream(snap, stream or "").id
    given = {"note": note, "tags": read_tags(tag), **_absent(absent, rule)}
    change = edits.add_habit(snap, name, rule, stream=of, alias=alias, **given)
    session.apply(change)
    added = session.snapshot.habits[change.writes[0].id]
    say(
        _("Added {name}, {rule}. Type “pitrack done {alias}”.").format(
            name=short(added.name), rule=asked(session.snapshot, rule), alias=added.alias
        )
    )
    note_same_name(snap.habits.values(), added.name)


@habit.command("list", help=N_("The actions with the words to type for them."))
@option("--all", "everything", is_flag=True, help=N_("Archived ones, too."))
@json_option
@click.pass_obj
def list_habits(session: Session, everything: bool, as_json: bool) -> None:
    snap, today = session.snapshot, session.today
    if as_json:
        say_json([_data(snap, one, today) for one in snap.habits.values()])
        return
    shown = [one for one in snap.habits.values() if everything or not one.archived]
    if not shown:
        say(_('No action yet. Add one: pitrack habit add "Write 500 words" --every day'))
        return
    say_table(
        [
            (
                short(one.name),
                short(one.alias, 20),
                asked(snap, one.rule_on(today)),
                short(stream_name(snap, one), 20),
                _("archived") if one.archived else "",
            )
            for one in shown
        ],
        "lllll",
    )


@habit.command("show", help=N_("All about one action."))
@habit_argument
@json_option
@click.pass_obj
def show(session: Session, habit: str, as_json: bool) -> None:
    from pitrack.core.views.habits import best_list

    snap, today = session.snapshot, session.today
    one = find_habit(snap, habit)
    if as_json:
        say_json(_data(snap, one, today))
        return
    history = snap.history(one.id)
    stands = standing(one, history, today, snap.settings.week_start)
    rule = one.rule_on(today)
    is_kept = rule.kind == "at_most" and one.absent_is_success
    rows = [
        (_("name"), short(one.name, 200)),
        (_("alias"), short(one.alias)),
        (_("asks"), asked(snap, rule)),
        (_("since"), str(one.rules[0].since)),
        (_("stream"), short(stream_name(snap, one))),
        (_("streak"), words.unit(stands.current, stands.unit)),
        (_("best"), words.unit(stands.best, stands.unit)),
        (_("strength"), f"{stands.strength:.0%}"),
        *((words.unit(days, "day"), _rate(rate)) for days, rate in _rates(snap, one, today)),
        (_("no answer"), _("counts as kept") if is_kept else ""),
        (_("tags"), " ".join(f"#{short(tag, 40)}" for tag in one.tags)),
        (_("note"), short(one.note, 200)),
        (_("state"), _("archived") if one.archived else ""),
    ]
    say_table([row for row in rows if row[1]], "ll")
    runs = best_list(one, history, today, snap.settings.week_start)
    if runs:
        say()
        say_table([(str(run.first), str(run.last), words.unit(run.length, stands.unit)) for run in runs], "llr")


@habit.command("edit", help=N_("Change an action; what it asks changes from today on, the past stays as it was."))
@habit_argument
@option("--name", metavar="NAME", help=N_("A new name."))
@option("--alias", metavar="WORD", help=N_("A new word to type for it."))
@_rule_options
@option("--yes-no", is_flag=True, help=N_("Ask for yes or no, not for an amount."))
@stream_option
@option("--note", metavar="TEXT", help=N_("Why you do it."))
@option("--tag", metavar="TAG", multiple=True, help=N_("One more tag; may be repeated."))
@option("--no-tag", metavar="TAG", multiple=True, help=N_("A tag to take away; may be repeated."))
@click.pass_obj
def edit(
    session: Session,
    /,
    habit: str,
    *,
    every: str | None,
    at_least: str | None,
    at_most: str | None,
    absent: str | None,
    yes_no: bool,
    stream: str | None,
    tag: tuple[str, ...],
    no_tag: tuple[str, ...],
    **texts: str | None,
) -> None:
    snap = session.snapshot
    one = find_habit(snap, habit)
    given: dict[str, Any] = {field: value for field, value in texts.items() if value is not None}
    if stream is not None:
        given["stream"] = None if stream == NO_STREAM else find_stream(snap, stream).id
    if tag or no_tag:
        given["tags"] = _tags(one, read_tags(tag), read_tags(no_tag))
    if yes_no and (at_least, at_most) != (None, None):
        raise WrongUsage(_("--yes-no goes with no amount."))
    before = one.rule_on(session.today)
    base = before._replace(since=max(session.today, before.since))
    if yes_no:
        base = base._replace(kind="yes_no", target=None, unit="")
    rule = read_rule(base, every, at_least, at_most)
    given |= _absent(absent, rule)
    writes = edits.edit_habit(snap, one.id, **given).writes if given else ()
    if rule._replace(since=before.since) != before:
        writes = (*writes, *edits.set_rule(snap, one.id, rule).writes)
    session.apply(Change("habit.edit", writes, one.name))
    edited = session.snapshot.habits[one.id]
    if not writes:
        say(_("Nothing to change on {name}.").format(name=short(edited.name)))
        return
    say(_("Changed {name}, {rule}.").format(name=short(edited.name), rule=asked(snap, rule)))


add_archiving(
    habit,
    habit_argument,
    Kind(find_habit, edits.edit_habit, edits.delete_habit),
    archive=N_("Put an action aside; its history stays."),
    restore=N_("Take an archived action up again."),
    delete=N_("Delete an action; undo brings it back."),
)


def read_rule(base: Rule, every: str | None, at_least: str | None, at_most: str | None) -> Rule:
    """``base`` with what was typed; every so many days stay the same days as before."""
    if at_least is not None and at_most is not None:
        raise WrongUsage(_("An action asks for at least or for at most, not for both."))
    if every is not None:
        base = base._replace(schedule=kept_beat(schedule(every), base))
    typed = at_most if at_least is None else at_least
    if typed is not None:
        kind: HabitKind = "at_most" if at_least is None else "at_least"
        target, unit = read_target(typed)
        base = base._replace(kind=kind, target=target, unit=unit)
    return base


def read_tags(typed: tuple[str, ...]) -> tuple[str, ...]:
    """The tags typed, without their #, each once however it is cased."""
    from pitrack.text.quick import tags

    return tags(" ".join(typed))


def _tags(one: Habit, more: tuple[str, ...], gone: tuple[str, ...]) -> tuple[str, ...]:
    """An action's tags with ``more`` and without ``gone``, which it has to have; tags are the same however cased."""
    has, taken = {tag.casefold() for tag in one.tags}, {tag.casefold() for tag in gone}
    if unknown := [tag for tag in gone if tag.casefold() not in has]:
        text = _("{name} has no tag “{tag}”.")
        raise WrongUsage(text.format(name=short(one.name), tag=short(unknown[0])))
    new = tuple(tag for tag in more if tag.casefold() not in has)
    return (*(tag for tag in one.tags if tag.casefold() not in taken), *new)


def _absent(typed: str | None, rule: Rule) -> dict[str, bool]:
    """The field that --absent sets, where it is given."""
    if typed is None:
        return {}
    if rule.kind != "at_most":
        raise WrongUsage(
            _("--absent is for an action with --at-most; of any other, a day without an answer is missed.")
        )
    return {"absent_is_success": typed == "kept"}


def asked(snap: BookSnapshot, rule: Rule) -> str:
    """``every day, at least 500 words``."""
    return words.asked(rule, snap.settings.week_start)


def _data(snap: BookSnapshot, one: Habit, today: dt.date) -> dict[str, Any]:
    rule = one.rule_on(today)
    return {
        "id": one.id,
        "alias": one.alias,
        "name": one.name,
        "stream": stream_name(snap, one) or None,
        "kind": rule.kind,
        "schedule": schedule_code(rule.schedule),
        "target": plain(rule.target),
        "unit": rule.unit,
        "absent": "kept" if one.absent_is_success else "unknown",
        "tags": sorted(one.tags),
        "archived": one.archived,
        "rates": [{"days": days, "met": rate.met, "due": rate.due} for days, rate in _rates(snap, one, today)],
    }


def _rates(snap: BookSnapshot, one: Habit, day: dt.date) -> list[tuple[int, Rate]]:
    """What was met of what ended in the last 7, 30, 90 and 365 days."""
    from pitrack.core.views.why import RATES

    judged = timeline(one, snap.history(one.id), day, snap.settings.week_start)
    return [(days, judged.rate(days)) for days in RATES]


def _rate(rate: Rate) -> str:
    """``86% done, 6 of 7``; empty where nothing was due."""
    if not rate.due:
        return ""
    text = _("{percent} done, {done} of {target}")
    return text.format(percent=f"{rate.met / rate.due:.0%}", done=rate.met, target=rate.due)
