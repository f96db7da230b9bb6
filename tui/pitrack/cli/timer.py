"""``pitrack start`` and ``pitrack stop``: a timer for an action or a stream."""

from __future__ import annotations

from typing import get_args

import click

from pitrack.cli.failures import WrongUsage
from pitrack.cli.output import say, say_table, short
from pitrack.cli.parts import OneOf, command, complete_names, names_argument, option
from pitrack.cli.session import Session
from pitrack.core.model import Habit, TimeKind
from pitrack.core.views.timers import Running, running, target_of
from pitrack.store.clock import zone_of
from pitrack.store.errors import BookError
from pitrack.store.names import find_timed, labels
from pitrack.store.timing import cancel_timer, start_timer, stop_timer
from pitrack.text import timers as told
from pitrack.text.amounts import duration
from pitrack.text.i18n import N_, _
from pitrack.text.words import time_kind

target_argument = names_argument("timed", "target", "[HABIT|STREAM]", required=False)


@command("start", N_("Start a timer for an action or a stream; without a name, show what runs."))
@target_argument
@option("--kind", type=OneOf(get_args(TimeKind), time_kind), help=N_("What kind of work it is (for a stream)."))
@option("--task", metavar="NAME", shell_complete=complete_names("tasks"), help=N_("The task (for a stream)."))
@click.pass_obj
def start(session: Session, target: str | None, kind: TimeKind | None, task: str | None) -> None:
    if target is None:
        if kind is not None or task is not None:
            raise WrongUsage(_("Name the stream whose timer to start."))
        _show(session)
        return
    snap = session.snapshot
    thing = find_timed(snap, target)
    if isinstance(thing, Habit) and (kind is not None or task is not None):
        raise WrongUsage(
            _("--kind and --task are for the timer of a stream; {name} is an action.").format(name=short(thing.name))
        )
    now = session.clock.now(snap.settings)
    session.apply(start_timer(snap, session.book().device, now, thing, kind=kind or "make", task=task or ""))
    say(told.started(thing.name))


@command("stop", N_("Stop a timer and book its minutes; without a name, the only one that runs."))
@target_argument
@option("--spent", metavar="TIME", help=N_("How long it really was: 45m, 1h30."))
@option("--cancel", is_flag=True, help=N_("Book nothing."))
@click.pass_obj
def stop(session: Session, target: str | None, spent: str | None, cancel: bool) -> None:
    if cancel and spent is not None:
        raise WrongUsage(_("--cancel books nothing: leave out --spent."))
    minutes = None if spent is None else duration(spent)
    snap = session.snapshot
    now = session.clock.now(snap.settings)
    run = _chosen(session, target, running(snap, now))
    name = run.thing.name
    if cancel:
        session.apply(cancel_timer(snap, run.target, now))
        say(told.cancelled(name))
        return
    stopped = stop_timer(snap, run.target, now, minutes)
    session.apply(stopped.change)
    say(told.stopped(name, stopped.parts, is_counted=stopped.is_counted, is_answered=stopped.is_answered))


def _chosen(session: Session, target: str | None, runs: tuple[Running, ...]) -> Running:
    """What is to be stopped: among several, what was named."""
    if target is None:
        if len(runs) == 1:
            return runs[0]
        if runs:
            raise BookError("timer-which", candidates=labels(run.thing for run in runs))
        raise BookError("timer-none")
    thing = find_timed(session.snapshot, target)
    run = next((run for run in runs if run.target == target_of(thing)), None)
    if run is None:
        raise BookError("timer-none-of", name=thing.name)
    return run


def _show(session: Session) -> None:
    settings = session.snapshot.settings
    now = session.clock.now(settings)
    runs = running(session.snapshot, now)
    if not runs:
        say(_("No timer is running. Start one: pitrack start HABIT or STREAM"))
        return
    zone = zone_of(settings.zone)
    say_table(
        [
            (
                short(run.thing.name),
                _("since {time}").format(time=told.since(run.first.start, now, zone)),
                told.so_far(run),
            )
            for run in runs
        ],
        "llr",
    )
