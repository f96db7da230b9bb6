"""``pitrack why``: what a streak and a strength are made of."""

from __future__ import annotations

from typing import Any

import click

from pitrack.cli.habit import asked
from pitrack.cli.output import say, say_json, say_table, short
from pitrack.cli.parts import command, habit_argument, json_option, on_option
from pitrack.cli.session import Session
from pitrack.core.verdicts import MET, MISSED, NEUTRAL, PENDING
from pitrack.core.views.why import Passage, Why
from pitrack.core.views.why import why as explain
from pitrack.store.names import find_habit
from pitrack.text import why as words
from pitrack.text.i18n import N_, _, pgettext
from pitrack.text.words import unit

VERDICTS = {MET: "met", MISSED: "missed", NEUTRAL: "neutral", PENDING: "open"}


@command("why", N_("Why a streak and a strength are what they are: what counted, what was neutral, what broke it."))
@habit_argument
@on_option
@json_option
@click.pass_obj
def why(session: Session, habit: str, day: str | None, as_json: bool) -> None:
    snap = session.snapshot
    one = find_habit(snap, habit)
    on = session.day(day)
    found = explain(one, snap.history(one.id), on, snap.settings.week_start)
    if as_json:
        say_json(_data(found))
        return
    say(f"{short(one.name)}: {asked(snap, found.rule)}")
    say(words.streak(found, is_today=on == session.today))
    say_table([(words.days_of(each), words.reason(each), words.verdict(each.sample)) for each in found.passages], "lll")
    say()
    say(words.strength(found))
    if found.scores:
        scores = [(one.day.isoformat(), _share(one.share), f"{one.score:.1%}") for one in reversed(found.scores)]
        head = (_("day"), pgettext("how much of a day was done", "share"), _("strength"))
        say_table([head, *scores], "lrr")
    say()
    say_table([(_("done in the last"), "", ""), *words.rates(found)], "llr")
    if found.best:
        say()
        runs = [(str(run.first), str(run.last), unit(run.length, found.standing.unit)) for run in found.best]
        say_table([(_("best streaks"), "", ""), *runs], "llr")


def _share(share: float | None) -> str:
    return "-" if share is None else f"{share:.0%}"


def _data(found: Why) -> dict[str, Any]:
    stands = found.standing
    return {
        "habit": found.habit.name,
        "id": found.habit.id,
        "day": found.day.isoformat(),
        "streak": stands.current,
        "streak_unit": stands.unit,
        "since": found.run.first.isoformat() if found.run else None,
        "best": stands.best,
        "breaks_in": stands.breaks_in,
        "judged": [_passage(each) for each in found.passages],
        "broke": found.broke.last.isoformat() if found.broke else None,
        "strength": stands.strength,
        "frequency": list(found.frequency),
        "keeps": found.keeps,
        "scores": [{"day": one.day.isoformat(), "share": one.share, "score": one.score} for one in found.scores],
        "rates": [{"days": days, "met": rate.met, "due": rate.due} for days, rate in found.rates],
        "best_list": [
            {"from": run.first.isoformat(), "to": run.last.isoformat(), "length": run.length} for run in found.best
        ],
    }


def _passage(passage: Passage) -> dict[str, Any]:
    one = passage.sample
    return {
        "from": passage.first.isoformat(),
        "to": passage.last.isoformat(),
        "length": passage.length,
        "verdict": VERDICTS[one.verdict],
        "reason": one.reason,
        "done": one.done,
        "target": one.target,
    }
