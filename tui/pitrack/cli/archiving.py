"""The commands archive, restore and delete, alike for every kind of thing that has a name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import click

from pitrack.cli.output import say, short
from pitrack.cli.parts import Group
from pitrack.cli.session import Session
from pitrack.core.changes import Change
from pitrack.text.i18n import N_, _


class Kind(NamedTuple):
    """How a thing is found by what was typed, edited, and deleted."""

    find: Callable[[Any, str], Any]
    edit: Callable[..., Change]
    delete: Callable[..., Change]


def add_archiving(
    group: Group, argument: Callable[[Any], Any], kind: Kind, *, archive: str, restore: str, delete: str
) -> None:
    """Give a group of commands these three, each with its help (marked with ``N_``); ``argument`` names the thing."""

    def command(name: str, help_text: str, said: str, build: Callable[[Any, Any], Change]) -> None:
        def run(session: Session, /, **typed: str) -> None:
            (text,) = typed.values()
            one = kind.find(session.snapshot, text)
            session.apply(build(session.snapshot, one.id))
            say(_(said).format(name=short(one.name)))

        group.command(name, help=help_text)(argument(click.pass_obj(run)))

    command("archive", archive, N_("Archived {name}."), lambda snap, one: kind.edit(snap, one, archived=True))
    command("restore", restore, N_("Restored {name}."), lambda snap, one: kind.edit(snap, one, archived=False))
    command("delete", delete, N_("Deleted {name}; “pitrack undo” brings it back."), kind.delete)
