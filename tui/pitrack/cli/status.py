"""``pitrack status``: one line for a shell prompt, tmux or a status bar."""

from __future__ import annotations

import re

import click

from pitrack.cli.failures import Failure, WrongUsage
from pitrack.cli.output import say, short
from pitrack.cli.parts import command, option
from pitrack.cli.session import Session
from pitrack.cli.today import counts
from pitrack.core.views.today import TodayView, today
from pitrack.store.errors import BookError
from pitrack.text.i18n import N_, _, ngettext, pgettext
from pitrack.text.plain import printable
from pitrack.text.words import listed

_FIELD = re.compile(r"\{(\w*)\}")
_UNCLOSED = re.compile(r"\{\w++(?!\})")


@command("status", N_("One line for a shell prompt or a status bar."))
@option(
    "--format",
    "template",
    metavar="TEXT",
    help=N_(
        "With {day}, {open}, {done}, {skipped}, {tonight}, {total}, {next}, {streak}, the longest one running, and "
        "{timer}, what a timer runs for."
    ),
)
@option("--quiet", is_flag=True, help=N_("Nothing at all where nothing is open, or where there is no book to read."))
@click.pass_obj
def status(session: Session, template: str | None, quiet: bool) -> None:
    try:
        view = today(session.snapshot, session.today)
    except (BookError, Failure):
        if quiet:
            return
        raise
    if quiet:
        session.told()
        if not view.open:
            return
    if template is None:
        say(_summary(view))
        return
    if open_field := _UNCLOSED.search(template):
        raise WrongUsage(_("“{field}” in --format lacks its closing brace.").format(field=printable(open_field[0])))
    fields = _fields(view)
    if "{timer}" in template:
        fields["timer"] = _timer(session)
    for name in _FIELD.findall(template):
        if name not in fields:
            raise WrongUsage(
                _("“{{{name}}}” is not known in --format. Choose from: {names}.").format(
                    name=printable(name), names=pgettext("between names", ", ").join(f"{{{known}}}" for known in fields)
                )
            )
    # The colours that a prompt's template brings along are meant, though stdout is no terminal.
    click.echo(_FIELD.sub(lambda match: fields[match[1]], template), color=True)


def _summary(view: TodayView) -> str:
    tonight = _tonight(view)
    if not tonight:
        return counts(view)
    ending = ngettext("{n} ends tonight", "{n} end tonight", tonight).format(n=tonight)
    return listed(counts(view), ending)


def _fields(view: TodayView) -> dict[str, str]:
    waiting = [action for action in view.actions if action.group in ("tonight", "open")]
    return {
        "day": view.day.isoformat(),
        "open": str(view.open),
        "done": str(view.done),
        "skipped": str(view.skipped),
        "tonight": str(_tonight(view)),
        "total": str(len(view.actions)),
        "next": short(waiting[0].habit.name) if waiting else "",
        "timer": "",
        "streak": str(max((action.standing.current for action in view.actions), default=0)),
    }


def _timer(session: Session) -> str:
    from pitrack.core.views.timers import running
    from pitrack.text.timers import brief

    snap = session.snapshot
    return brief(running(snap, session.clock.now(snap.settings)))


def _tonight(view: TodayView) -> int:
    return sum(action.group == "tonight" for action in view.actions)
