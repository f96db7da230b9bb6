"""``pitrack streaks``: what has been kept up, and for how long."""

from __future__ import annotations

from typing import Any

import click

from pitrack.cli.output import is_narrow, say, say_json, say_table, short
from pitrack.cli.parts import as_of_option, command, json_option
from pitrack.cli.session import Session
from pitrack.core.views.habits import Ranked, ranking
from pitrack.text import words
from pitrack.text.i18n import N_, _


@command("streaks", N_("Streaks: running, best, and days left before they break."))
@as_of_option
@json_option
@click.pass_obj
def streaks(session: Session, day: str | None, as_json: bool) -> None:
    ranked = ranking(session.snapshot, session.as_of(day))
    if as_json:
        say_json([_data(one) for one in ranked])
    elif not ranked:
        say(_("No action yet."))
    else:
        head = (_("action"), "" if is_narrow() else _("stream"), _("streak"), _("best"), _("days left"), _("strength"))
        say_table([head, *map(_row, ranked)], "llrrrr")


def _row(one: Ranked) -> tuple[str, ...]:
    stands = one.standing
    return (
        short(one.habit.name),
        "" if is_narrow() else short(one.stream_name, 20),
        words.unit(stands.current, stands.unit),
        words.unit(stands.best, stands.unit),
        "-" if stands.breaks_in is None else str(stands.breaks_in),
        f"{stands.strength:.0%}",
    )


def _data(one: Ranked) -> dict[str, Any]:
    stands = one.standing
    return {
        "habit": one.habit.name,
        "id": one.habit.id,
        "current": stands.current,
        "best": stands.best,
        "unit": stands.unit,
        "breaks_in": stands.breaks_in,
        "strength": stands.strength,
        "best_list": [
            {"from": run.first.isoformat(), "to": run.last.isoformat(), "length": run.length} for run in one.best_list
        ],
    }
