"""``pitrack undo`` and ``redo``: taking back what was done last, and doing it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from pitrack.cli.output import say
from pitrack.cli.parts import command
from pitrack.cli.session import Session
from pitrack.text import words
from pitrack.text.i18n import N_, _, pgettext
from pitrack.text.plain import printable

if TYPE_CHECKING:
    from pitrack.store.undo import Reverted


@command("undo", N_("Undo what was done last on this device."))
@click.pass_obj
def undo(session: Session) -> None:
    reverted = session.book().undo()
    session.save()
    say(words.undone(reverted.word, reverted.subject, reverted.day))
    _say_kept(reverted)


@command("redo", N_("Do again what was undone last."))
@click.pass_obj
def redo(session: Session) -> None:
    reverted = session.book().redo()
    session.save()
    say(words.redone(reverted.word, reverted.subject, reverted.day))
    _say_kept(reverted)


def _say_kept(reverted: Reverted) -> None:
    if reverted.kept:
        say(
            _("Left as it is, for it was changed later: {fields}.").format(
                fields=printable(pgettext("between names", ", ").join(sorted(set(reverted.kept))))
            )
        )
