"""``pitrack playbook``: the ways to earn: list them, show one. And the stream that is begun from one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

from pitrack.cli.failures import WrongUsage
from pitrack.cli.output import plain, say, say_json, say_table, schedule_code, short, terminal_width, warn
from pitrack.cli.parts import complete_playbooks, group, json_option
from pitrack.cli.session import Session
from pitrack.exchange.playbooks import STEPS, Action, Playbook, all_playbooks
from pitrack.text import playbooks as told
from pitrack.text import words
from pitrack.text.i18n import N_, _, language, pgettext
from pitrack.text.plain import printable

if TYPE_CHECKING:
    from pitrack.exchange.starting import Start
    from pitrack.store.snapshot import BookSnapshot

WIDEST = 88
"""Columns of a page that reads well."""
LINE = "\n"


@group("playbook", N_("Ways to earn, ready to begin: list them, show one, then: pitrack stream add --playbook ID"))
def playbook() -> None:
    pass


@playbook.command("list", help=N_("All playbooks by their groups, your own marked."))
@json_option
def list_playbooks(as_json: bool) -> None:
    found = known_playbooks()
    if as_json:
        keys = ("id", "name", "group", "role", "own", "summary")
        say_json([{key: getattr(one, key) for key in keys} for one in found.values()])
        return
    width = max(map(len, found))
    for at, code in enumerate(dict.fromkeys(one.group for one in found.values())):
        say(("\n" if at else "") + told.group(code))
        for one in found.values():
            if one.group == code:
                own = "  " + _("(your own)") if one.own else ""
                say(f"  {one.id:<{width}}  {short(one.name)}{own}")
    say("\n" + _("“pitrack playbook show ID” tells all about one."))


@playbook.command("show", help=N_("All about one: ways it earns, first week, actions, what to count, pitfalls."))
@click.argument("name", metavar="NAME", shell_complete=complete_playbooks)
@json_option
def show_playbook(name: str, as_json: bool) -> None:
    from pitrack.exchange.playbook_page import sections

    one = find(name)
    if as_json:
        say_json(_data(one))
        return
    width = terminal_width()
    width = min(width, WIDEST) if width else None
    say(f"{printable(one.name)}  ({one.id}, {words.role(one.role)})")
    for section in sections(one):
        say("\n" + section.title if section.title else "")
        for item in section.items:
            say("\n".join(_item(item.text, item.mark, item.lead, width)))
    say("\n" + _("Begin with it: pitrack stream add --playbook {id}").format(id=one.id))


def known_playbooks() -> dict[str, Playbook]:
    """All playbooks by id; a file of a person's own that cannot be used is told of."""
    from pitrack.config import playbooks_folder

    found, bad = all_playbooks(playbooks_folder(), language())
    for file, error in bad.items():
        warn(told.problem(file, error.why, error.details))
    return found


def find(name: str) -> Playbook:
    """The playbook of that id, or the one whose id or name begins so."""
    from pitrack.store.names import fold

    found, wanted = known_playbooks(), fold(name)
    if wanted in found:
        return found[wanted]
    close = [one for one in found.values() if wanted and fold(one.id).startswith(wanted)]
    close = close or [one for one in found.values() if wanted and fold(one.name).startswith(wanted)]
    if len(close) == 1:
        return close[0]
    choices = pgettext("between names", ", ").join(one.id for one in close or found.values())
    raise WrongUsage(
        _("“{value}” is not one of: {choices}. “pitrack playbook list” shows what they are.").format(
            value=short(name), choices=choices
        )
    )


def offered(incomplete: str) -> list[str]:
    """The ids that begin so, for the shell's completion."""
    from pitrack.config import playbooks_folder

    return [one for one in all_playbooks(playbooks_folder(), language())[0] if one.startswith(incomplete)]


def begin(session: Session, name: str, wanted: str, typed: dict[str, str | None], *, dry_run: bool) -> None:
    """Make a stream from a playbook, or (``dry_run``) tell what would be made."""
    from pitrack.cli.slips import note_same_name
    from pitrack.cli.stream import given_fields
    from pitrack.exchange.starting import plan_of, start_of

    chosen = find(wanted)
    session.book(create=not dry_run)
    snap = session.snapshot
    given = given_fields(session, typed)
    start = start_of(chosen, given.get("currency") or snap.settings.currency, name)
    start = start._replace(role=given.get("role", start.role))
    change = plan_of(snap, start, session.today, **given)
    if dry_run:
        _tell(snap, start, given)
        return
    session.apply(change)
    added = session.snapshot.streams[change.writes[0].id]
    say(
        _("Added {name} ({role}, {currency}) with {parts}. “pitrack today” asks for its first action.").format(
            name=short(added.name),
            role=words.role(added.role),
            currency=added.currency,
            parts=told.made(len(start.actions), len(start.metrics), len(start.answers)),
        )
    )
    note_same_name(snap.streams.values(), added.name)


def _tell(snap: BookSnapshot, start: Start, given: Mapping[str, Any]) -> None:
    stage = words.stage(given.get("stage", start.stage))
    facts = words.listed(words.role(start.role), start.currency, _("stage {stage}").format(stage=stage))
    say(_("This would be made ({facts}): {name}").format(facts=facts, name=short(start.name)))
    for title, rows in (
        (_("Actions"), [_action(snap, one) for one in start.actions]),
        (_("What to count"), [(told.metric(one.name, one.kind, one.unit), "") for one in start.metrics]),
        (_("Launch steps"), [(told.step(stage), _answers(found)) for stage, found in start.answers.items()]),
    ):
        if rows:
            say(title)
            say_table(rows, "ll", "  ")
    say(_("Nothing was recorded. Leave out --dry-run to make it."))


def _action(snap: BookSnapshot, action: Action) -> tuple[str, str]:
    return short(action.name), words.asked(action.rule(dt.date.min), snap.settings.week_start)


def _answers(answers: Mapping[str, str]) -> str:
    return pgettext("between answers", "; ").join(
        short(text.replace(LINE, " / "), 200) for text in told.answered(answers)
    )


def _item(text: str, mark: str, lead: str, width: int | None) -> list[str]:
    """A line of a page, over as many as it needs, those after the first below its text."""
    from pitrack.text.breaking import folded

    start = f"  {mark} " if mark else "  "
    whole = f"{lead}: {text}" if lead else text
    lines = folded(whole, width - len(start) if width else None)
    return [(start if at == 0 else " " * len(start)) + line for at, line in enumerate(lines)]


def _data(one: Playbook) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.name,
        "group": one.group,
        "role": one.role,
        "own": one.own,
        "summary": one.summary,
        "suits": one.suits,
        "earns": list(one.earns),
        "success": list(one.success),
        "first_week": list(one.first_week),
        "actions": [
            {
                "name": action.name,
                "kind": "yes_no" if action.target is None else "at_least",
                "schedule": schedule_code(action.schedule),
                "target": plain(action.target),
                "unit": action.unit,
            }
            for action in one.actions
        ],
        "metrics": [{"name": metric.name, "kind": metric.kind, "unit": metric.unit} for metric in one.metrics],
        "merits": list(one.merits),
        "pitfalls": list(one.pitfalls),
        "steps": [
            {"step": step, "stage": stage, "advice": one.advice.get(stage, ""), "answers": one.answers.get(stage, {})}
            for step, stage in STEPS.items()
        ],
        "quoted": [
            {
                "text": quote.text,
                "amount": plain(quote.amount),
                "up_to": plain(quote.up_to),
                "currency": quote.currency,
                "source": quote.source,
            }
            for quote in one.quoted
        ],
    }
