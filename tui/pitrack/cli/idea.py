"""``pitrack idea``: the inbox of problems that people have, one line each."""

from __future__ import annotations

import click

from pitrack.cli.output import say, short
from pitrack.cli.parts import command
from pitrack.cli.session import Session
from pitrack.core.views.plan import plan
from pitrack.store import edits
from pitrack.text.i18n import N_, _


@command("idea", N_("Write down an idea; without a text, list those in the inbox."))
@click.argument("text", metavar="[TEXT]", nargs=-1)
@click.pass_obj
def idea(session: Session, text: tuple[str, ...]) -> None:
    line = " ".join(text).strip()
    if line or text:
        session.book(create=True)
        session.apply(edits.add_idea(line, session.today))
        say(_("Noted: {text}").format(text=short(line)))
        return
    ideas = plan(session.snapshot, session.today).ideas
    for one in ideas:
        say(f"{one.day}  {short(one.text, 200)}")
    if not ideas:
        say(_("No idea in the inbox."))
