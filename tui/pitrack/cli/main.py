"""The command ``pitrack``: global options, the one-shot commands by name, and the app when none is named."""

from __future__ import annotations

import sys
from contextlib import suppress
from io import TextIOWrapper
from typing import TYPE_CHECKING, Any

import click

from pitrack.cli.failures import WrongUsage, guarded
from pitrack.cli.output import say, warn
from pitrack.cli.parts import Group, option
from pitrack.text import i18n
from pitrack.text.i18n import N_, _
from pitrack.text.plain import printable

if TYPE_CHECKING:
    from pitrack.cli.session import Session

COMMANDS = {
    name: f"pitrack.cli.{place}"
    for name, place in {
        "today": "today:today",
        "done": "checkins:done",
        "no": "checkins:no",
        "skip": "checkins:skip",
        "clear": "checkins:clear",
        "undo": "revert:undo",
        "redo": "revert:redo",
        "checkin": "checkin:checkin",
        "status": "status:status",
        "earn": "booking:earn",
        "spend": "booking:spend",
        "refund": "booking:refund",
        "time": "worktime:time",
        "start": "timer:start",
        "stop": "timer:stop",
        "idea": "idea:idea",
        "streaks": "streaks:streaks",
        "why": "why:why",
        "growth": "growth:growth",
        "stack": "stack:stack",
        "goals": "goals:goals",
        "merits": "merits:merits",
        "close": "close:close",
        "habit": "habit:habit",
        "stream": "stream:stream",
        "asset": "asset:asset",
        "automation": "automation:automation",
        "goal": "goal:goal",
        "entry": "entry:entry",
        "pause": "pause:pause",
        "template": "template:template",
        "rate": "rate:rate",
        "import": "importing:import_command",
        "preset": "preset:preset",
        "playbook": "playbook:playbook",
        "export": "exporting:export",
        "merge": "merge:merge",
        "sync": "sync:sync",
        "history": "history:history",
        "backup": "backup:backup",
        "doctor": "doctor:doctor",
        "fork": "fork:fork",
        "where": "where:where",
        "demo": "demo:demo",
        "completion": "completion:completion",
    }.items()
}


class Root(Group):
    """The command itself; every way it can end goes through ``guarded``."""

    def main(self, args: Any = None, *_given: Any, **extra: Any) -> Any:
        """Run a command line (the process's own when None) and exit with its code."""
        _tolerate_any_terminal()
        run = super().main

        def work() -> Any:
            from pitrack.config import load

            config = load()
            i18n.setup(config.language)
            return run(args, "pitrack", standalone_mode=False, obj=config)

        sys.exit(guarded(work))


def _tolerate_any_terminal() -> None:
    """What a terminal's character set lacks is spelt, never an error."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(ValueError, OSError):
            if isinstance(stream, TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")


def _language(ctx: click.Context, _param: click.Parameter, value: str | None) -> None:
    if value is None or ctx.resilient_parsing:
        return
    if not i18n.speaks(value):
        raise WrongUsage(_("“{value}” is not a language of pitrack: choose en or ja.").format(value=printable(value)))
    i18n.setup(value)


def _version(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        from pitrack import __version__

        say(f"pitrack {__version__}")
        ctx.exit()


@click.group(
    "pitrack",
    cls=Root,
    lazy=COMMANDS,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    help=N_("Daily actions and income streams. Without a command, opens the app."),
)
@option("--file", metavar="PATH", help=N_("The book to use; PITRACK_FILE does the same."))
@option("--new", is_flag=True, help=N_("Start a new book at that path."))
@option(
    "--lang",
    metavar="LANGUAGE",
    is_eager=True,
    expose_value=False,
    callback=_language,
    help=N_("Speak this language: en or ja."),
)
@option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help=N_("Show the version."))
@click.pass_context
def cli(ctx: click.Context, file: str | None, new: bool) -> int | None:
    from pitrack.cli.session import Session, choose
    from pitrack.config import warning

    config = ctx.obj
    if problem := warning(config):
        warn(problem)
    ctx.obj = Session(*choose(file, config), config=config, new=new)
    if ctx.invoked_subcommand is not None:
        return None
    from pitrack.cli.launch import launch

    return launch(ctx.obj)


@cli.result_callback()
@click.pass_obj
def tell(session: Session, /, result: int | None, **_given: object) -> int | None:
    """Last of all, what keeps the synced file behind."""
    session.tell()
    return result
