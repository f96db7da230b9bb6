"""``pitrack idea``: the inbox of problems that people have, one line each, and a stream made of one."""

from __future__ import annotations

import click

from pitrack.cli.failures import WrongUsage
from pitrack.cli.output import say, short
from pitrack.cli.parts import command, option
from pitrack.cli.session import Session
from pitrack.core.model import Idea
from pitrack.core.views.plan import open_ideas
from pitrack.store import edits
from pitrack.store.errors import BookError
from pitrack.store.names import fold
from pitrack.text.i18n import N_, _
from pitrack.text.plain import fit, printable

NAME = 60
"""Cells of the longest name that is made of an idea."""


@command("idea", N_("Write down an idea; without a text, list those in the inbox."))
@click.argument("text", metavar="[TEXT]", nargs=-1)
@option("--take", metavar="WORDS", help=N_("Make a stream of the open idea that has these words."))
@option("--name", metavar="NAME", help=N_("The stream's name (the idea's beginning if left out)."))
@click.pass_obj
def idea(session: Session, text: tuple[str, ...], take: str | None, name: str | None) -> None:
    line = " ".join(text).strip()
    if take is not None:
        if text:
            raise WrongUsage(_("An idea is either written down or taken up: leave out TEXT with --take."))
        _take(session, take, name)
    elif name is not None:
        raise WrongUsage(_("--name needs --take: it names the stream that an idea becomes."))
    elif line or text:
        session.book(create=True)
        session.apply(edits.add_idea(line, session.today))
        say(_("Noted: {text}").format(text=short(line)))
    else:
        _show(session)


def _show(session: Session) -> None:
    ideas = open_ideas(session.snapshot)
    for one in ideas:
        say(f"{one.day}  {short(one.text, 200)}")
    if not ideas:
        say(_("No idea in the inbox."))


def _take(session: Session, words: str, name: str | None) -> None:
    if not words.strip():
        raise WrongUsage(_("Name the idea by words that it has: pitrack idea --take WORDS."))
    snap = session.snapshot
    one = _find(open_ideas(snap), words)
    added = edits.add_stream(snap, name or short_name(one.text), stage="idea")
    session.apply(edits.take_idea(snap, one.id, added, session.today))
    stream = session.snapshot.streams[added.writes[0].id]
    say(_("A stream now: {name}. Next: pitrack launch {alias}").format(name=short(stream.name), alias=stream.alias))


def _find(ideas: tuple[Idea, ...], words: str) -> Idea:
    """The open idea that has all the words; BookError("unknown" | "ambiguous") lists the candidates."""
    wanted = fold(words).split()
    found = [one for one in ideas if all(word in fold(one.text) for word in wanted)]
    whole = [one for one in found if fold(one.text) == fold(words)]
    if len(found) == 1 or whole:
        return (whole or found)[0]
    candidates = [short(one.text) for one in found or ideas]
    raise BookError("ambiguous" if found else "unknown", what="idea", name=words, candidates=candidates)


def short_name(idea: str) -> str:
    """What a stream made of an idea is called: its beginning, cut after a word."""
    text = printable(idea).strip()
    kept = fit(text, NAME, "")
    return kept if kept == text else kept.rpartition(" ")[0] or kept
