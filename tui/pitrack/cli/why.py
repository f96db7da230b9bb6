"""``pitrack why``: what a streak and a strength are made of, or a figure of growth and stacking."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from pitrack.cli.failures import WrongUsage
from pitrack.cli.habit import asked
from pitrack.cli.output import say, say_json, say_table, short
from pitrack.cli.parts import (
    command,
    complete_names,
    currency_option,
    json_option,
    option,
    stream_option,
)
from pitrack.cli.session import Session
from pitrack.core.model import Habit
from pitrack.core.verdicts import MET, MISSED, NEUTRAL, PENDING
from pitrack.core.views.why import Passage, Why
from pitrack.core.views.why import why as explain
from pitrack.store.errors import BookError
from pitrack.store.names import find_habit, fold, labels
from pitrack.text import why as words
from pitrack.text.i18n import N_, _, pgettext
from pitrack.text.plain import printable
from pitrack.text.words import unit

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

VERDICTS = {MET: "met", MISSED: "missed", NEUTRAL: "neutral", PENDING: "open"}


def _complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    figures = [CompletionItem(figure) for figure in _figures() if figure.startswith(incomplete)]
    return [*complete_names("habits")(ctx, param, incomplete), *figures]


@command("why", N_("Why a streak and a strength, or a figure of growth or stacking, are what they are."))
@click.argument("what", metavar="[HABIT|FIGURE]", required=False, shell_complete=_complete)
@option(
    "--on", "--as-of", "day", metavar="DAY", help=N_("The day: 2026-11-20, yesterday, -2, fri (today if left out).")
)
@stream_option
@currency_option
@json_option
@click.pass_obj
def why(
    session: Session, /, what: str | None, day: str | None, *, stream: str | None, currency: str | None, as_json: bool
) -> None:
    if what is None:
        _say_figures()
    elif (habit := _habit(session, what, stream or currency)) is not None:
        _why_habit(session, habit, day, as_json)
    else:
        _why_figure(session, fold(what), day, stream=stream, currency=currency, as_json=as_json)


def _figures() -> tuple[str, ...]:
    """What can be asked for besides actions: figures and merits."""
    from pitrack.core.merits import MERITS
    from pitrack.core.views.explained.shapes import FIGURES

    return (*FIGURES, *MERITS)


def _say_figures() -> None:
    """What can be asked for, figures and merits in the same columns."""
    from pitrack.core.merits import MERITS
    from pitrack.core.views.explained.shapes import FIGURES
    from pitrack.text import figures, merits

    say(_("Ask why an action stands as it does, by its name, or one of these figures:"))
    rows = [*((figure, figures.name(figure)) for figure in FIGURES), *((one, merits.name(one)) for one in MERITS)]
    say_table(rows, "ll", "  ")


def _why_figure(session: Session, what: str, day: str | None, **asked: Any) -> None:
    from pitrack.core.merits import MERITS

    if what in MERITS:
        from pitrack.cli.why_merit import why_merit

        why_merit(session, what, day, **asked)
        return
    from pitrack.cli.why_figure import why_figure

    why_figure(session, what, day, **asked)


def _habit(session: Session, what: str, only_a_figure_has: str | None) -> Habit | None:
    """The habit that was named; None where a figure was: by its own name, which no habit answers to."""
    is_figure = fold(what) in _figures()
    if is_figure and only_a_figure_has:
        return None
    try:
        return find_habit(session.snapshot, what)
    except BookError as error:
        if is_figure:
            return None
        if error.code != "unknown":
            raise
    habits = labels(habit for habit in session.snapshot.habits.values() if not habit.archived)
    raise WrongUsage(
        _("There is no action or figure called “{name}”. Figures: {figures}. Actions: {actions}.").format(
            name=short(what),
            figures=pgettext("between names", ", ").join(_figures()),
            actions=printable(pgettext("between names", ", ").join(habits)) or "-",
        )
    )


def _why_habit(session: Session, one: Habit, day: str | None, as_json: bool) -> None:
    snap = session.snapshot
    on = session.as_of(day)
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
