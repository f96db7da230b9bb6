"""``pitrack completion``: scripts for the shell's completion, which knows the names in the book."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from pitrack.cli.output import say
from pitrack.cli.parts import OneOf, command
from pitrack.text.i18n import N_
from pitrack.text.plain import printable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from click.shell_completion import CompletionItem

    from pitrack.store.names import Thing

RECENT = 300
"""Time entries whose tasks are offered again."""
VARIABLE = "_PITRACK_COMPLETE"


@command("completion", N_('A completion script for the shell: eval "$(pitrack completion bash)"'))
@click.argument("shell", metavar="bash|zsh|fish", type=OneOf(("bash", "zsh", "fish")))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    from click.shell_completion import ShellComplete, get_completion_class

    made = get_completion_class(shell)
    assert made is not None
    # Not the class's own source(), which starts a bash to ask for its version.
    say(ShellComplete.source(made(ctx.find_root().command, {}, "pitrack", VARIABLE)))


def known_names(ctx: click.Context, table: str, incomplete: str) -> list[CompletionItem]:
    """Aliases of the living habits, streams, assets, automations or metrics of the book, or (``timed``) of the first
    two; or the ``tasks`` of its newest time. None without a readable book."""
    from click.shell_completion import CompletionItem

    from pitrack.cli.session import Session, choose
    from pitrack.config import load

    config = load()
    try:
        snapshot = Session(*choose(ctx.find_root().params.get("file"), config), config=config).snapshot
    except Exception:  # the shell waits for names; why there are none can be asked with any command
        return []
    if table == "tasks":
        tasks = dict.fromkeys(time.task for time in snapshot.times[: -RECENT - 1 : -1] if time.task)
        return [CompletionItem(task) for task in tasks if task.startswith(incomplete) and task == printable(task)]
    tables: list[Iterable[Thing]] = [
        snapshot.habits.values() if table in ("habits", "timed") else (),
        snapshot.streams.values() if table in ("streams", "timed") else (),
        snapshot.assets.values() if table == "assets" else (),
        snapshot.automations.values() if table == "automations" else (),
        snapshot.metrics.values() if table == "metrics" else (),
    ]
    return [
        CompletionItem(thing.alias, help=printable(thing.name))
        for things in tables
        for thing in things
        if not thing.archived and thing.alias.startswith(incomplete) and printable(thing.alias) == thing.alias
    ]
