"""``pitrack launch``: the launch board, one stream's page, and what was decided at a step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, TypeVar

import click

from pitrack.cli.failures import WrongUsage
from pitrack.cli.output import plain, rounded, say, say_json, say_table, short, warn
from pitrack.cli.parts import OneOf, command, json_option, names_argument, on_option, option
from pitrack.cli.session import Session
from pitrack.cli.stages import STEPS, StepName, step_name
from pitrack.core.building import ANSWERS, Step
from pitrack.core.launch import ends_too_early, following, hints, is_tried
from pitrack.core.model import Stage
from pitrack.core.views.launch import Cap, Launch, Trial, board, day_of, is_example, standing
from pitrack.store import edits
from pitrack.store.names import find_stream
from pitrack.text import launch as told
from pitrack.text import words
from pitrack.text.i18n import N_, _
from pitrack.text.steps import outcomes, read, together

F = TypeVar("F", bound=Callable[..., Any])
AFTER_TEST: tuple[Stage, ...] = ("live", "automated")
LONGEST = 200
"""Cells of an answer."""


def _answer_options(function: F) -> F:
    for decorate in reversed(
        (
            option("--problem", metavar="TEXT", help=N_("problem: what people ask help for, or put off.")),
            option("--platform", metavar="TEXT", help=N_("niche: the one place where they are.")),
            option("--audience", metavar="TEXT", help=N_("niche: the one kind of people.")),
            option("--task", metavar="TEXT", help=N_("niche: the one thing done for them.")),
            option("--deliverable", metavar="TEXT", help=N_("offer: what exactly they get.")),
            option("--goal", metavar="TEXT", help=N_("offer: to what end.")),
            option("--price", metavar="AMOUNT", help=N_("offer: at what price.")),
            option("--period", metavar="TEXT", help=N_("offer: how often it is paid, such as once or month.")),
            option(
                "--outcome",
                "outcomes",
                metavar="TEXT",
                multiple=True,
                help=N_("commitment: a result that can be counted; may be repeated."),
            ),
            option("--promise", metavar="TEXT", help=N_("commitment: what happens where it is missed.")),
            option("--clients", metavar="N", help=N_("test: one to three.")),
            option("--hours", metavar="N", help=N_("test: hours it may take at most.")),
            option("--money", metavar="AMOUNT", help=N_("test: money it may cost at most.")),
            option("--started", metavar="DAY", help=N_("test: its first day (today if left out).")),
            option("--until", metavar="DAY", help=N_("test: its last day.")),
            option("--results", metavar="TEXT", help=N_("test: what came out.")),
            option("--verdict", type=OneOf(("keep", "change", "stop"), told.verdict), help=N_("test: how it ends.")),
            option("--lesson", metavar="TEXT", help=N_("test, stopped: what it taught.")),
            option("--note", metavar="TEXT", help=N_("A note.")),
            option("--to", type=StepName(), help=N_("The step it moves to (the next one if left out).")),
        )
    ):
        function = decorate(function)
    return function


@command("launch", N_("The launch method: the board, one stream's page, or answers to one of its steps."))
@names_argument("streams", "stream", "[STREAM]", required=False)
@click.argument("stage", metavar="[STEP]", type=StepName(), required=False)
@_answer_options
@on_option
@json_option
@click.pass_obj
def launch(
    session: Session, /, stream: str | None, stage: Stage | None, day: str | None, as_json: bool, **typed: Any
) -> None:
    given = {name: text for name, text in typed.items() if text is not None and text != ()}
    if stage is not None:
        assert stream is not None
        _decide(session, stream, stage, day, given, quiet=as_json)
    elif given or day is not None:
        raise WrongUsage(_("Name a step as well: pitrack launch STREAM STEP, where STEP is one of: {steps}.").format(
            steps=StepName().listed()))  # fmt: skip
    if stream is None:
        _show_board(session, as_json)
    elif stage is None or as_json:
        _show_page(session, stream, as_json)


def _launched(session: Session, name: str) -> Launch:
    """Where the stream that was named stands on the board."""
    stream = find_stream(session.snapshot, name)
    one = board(session.snapshot, session.today).find(stream.id)
    if one is None:
        said = _("{name} is the job; the launch method is for the streams beside it.")
        raise WrongUsage(said.format(name=short(stream.name)))
    return one


# Deciding


def _decide(session: Session, name: str, stage: Stage, day: str | None, given: dict[str, Any], *, quiet: bool) -> None:
    """Keep answers to a step, together with those that stand there, and move the stream on."""
    snap, on = session.snapshot, session.day(day, may_come=False)
    one = _launched(session, name)
    stream = one.stream
    to, note = given.pop("to", None), given.pop("note", "")
    answers = together(standing(one, stage), _answers(session, one, stage, given, on=on, note=note), stream.currency)
    if stage == "test":
        if not answers.get("verdict"):
            answers = {"started": on.isoformat()} | answers
        elif not one.test and not is_tried(answers):
            raise WrongUsage(
                _(
                    "No test is there to judge: begin one with --hours N --until DAY, or type with the verdict what "
                    "was tested, such as --clients N --results TEXT."
                )
            )
        if given.keys() & {"started", "until"} and ends_too_early(answers):
            raise WrongUsage(_("It cannot end before it started."))
    if answers.get("verdict") == "stop" and not answers.get("lesson"):
        raise WrongUsage(_("Before it stops, write down what it taught: --lesson TEXT."))
    if to is None:
        to = following(stage, answers, stream.stage)
    kept = "" if "note" in ANSWERS[stage] else note
    session.apply(edits.add_step(snap, stream.id, stage, answers, on, to=to, note=kept))
    if not quiet:
        at = session.snapshot.streams[stream.id].stage
        said = _("Noted for {name}: {step}. It is at: {stage}.")
        say(said.format(name=short(stream.name), step=told.step(stage), stage=told.step(at)))
        if at == stage == "test" and stream.stage in AFTER_TEST:
            again = _("It was at {stage}, and is at its test again until the verdict.")
            say(again.format(stage=told.step(stream.stage)))
    for hint in hints(stage, answers):
        warn(told.hint(hint))


def _answers(
    session: Session, one: Launch, stage: Stage, given: dict[str, Any], *, on: dt.date, note: str
) -> dict[str, str]:
    """The answers that were typed, as a decision holds them."""
    if "note" in ANSWERS[stage] and note:
        given = {**given, "note": note}
    if foreign := [name for name in given if name not in ANSWERS[stage]]:
        raise WrongUsage(
            _("{option} is no answer to the step {step}.").format(option=_typed_as(foreign[0]), step=told.step(stage))
        )
    if not given:
        asked = ", ".join(_typed_as(name) for name in ANSWERS[stage] if name != "currency")
        raise WrongUsage(_("Say what was decided: {options}.").format(options=asked))
    begun = read("started", given["started"], session.today) if "started" in given else standing(one, stage)
    first = day_of(begun.get("started", "")) or on
    answers: dict[str, str] = {}
    for name, text in given.items():
        typed = outcomes(text) if name == "outcomes" else text
        answers |= read(name, typed, session.today, currency=one.stream.currency, first=first)
    return answers


# Showing


def _show_board(session: Session, as_json: bool) -> None:
    found = board(session.snapshot, session.today)
    if as_json:
        say_json({
            "streams": [_data(one) for one in found.streams],
            "apart": [_data(one) for one in found.apart],
            "cycles": sum(len(one.cycles) for one in (*found.streams, *found.apart)),
        })  # fmt: skip
        return
    if not found.streams and not found.apart:
        say(_("No stream yet. Write down a problem that people have: pitrack idea TEXT"))
        return
    shown = [*found.streams, *(one for one in found.apart if not one.stream.archived)]
    say_table([_row(one) for one in shown], "lllll")


def _row(one: Launch) -> tuple[str, ...]:
    cycles = len(one.cycles)
    return (
        short(one.stream.name),
        told.step(one.stage),
        _test_words(one.test) if one.test else "",
        told.next_step(one),
        told.cycle_count(cycles) if cycles else "",
    )


def _test_words(test: Trial) -> str:
    parts = (
        told.left(test),
        told.used_hours(test.hours) if test.hours.limit is not None else "",
        told.used_money(test, words.plain_amount) if test.money.limit is not None else "",
    )
    return words.listed(*parts, told.over_cap(test))


def _show_page(session: Session, name: str, as_json: bool) -> None:
    one = _launched(session, name)
    stream = one.stream
    if as_json:
        say_json(_data(one) | {"history": [_step(step) for step in one.history]})
        return
    say(words.listed(short(stream.name), told.step(one.stage), _test_words(one.test) if one.test else ""))
    for stage in STEPS:
        if (step := one.answers.get(stage)) is not None:
            say()
            say(told.step(stage))
            rows = told.answers(step, stream.currency, words.plain_amount)
            say_table([(label, short(text, LONGEST)) for label, text in rows], "ll", "  ")
    if one.history:
        say()
        say(_("Decisions"))
        say_table([_decision(step, stream.currency) for step in one.history], "llll", "  ")
    if one.asked:
        say()
        say(told.question(one.asked, runs=one.test is not None))
        if is_example(one, one.asked):
            say(told.example())
        say(f"  pitrack launch {stream.alias} {step_name(one.asked)} {_options(one)}")


def _decision(step: Step, currency: str) -> tuple[str, ...]:
    brief = told.brief(step, currency, words.plain_amount)
    return str(step.day), told.step(step.stage), told.moved(step), short(brief, LONGEST)


def _options(one: Launch) -> str:
    """The options for what is asked next, as they are typed."""
    assert one.asked
    if one.test:
        asked: tuple[str, ...] = ("verdict", "results", "lesson")
    elif one.asked == "test":
        asked = ("clients", "hours", "money", "until")
    else:
        asked = ANSWERS[one.asked]
    return " ".join(f"{_typed_as(name)} …" for name in asked if name != "currency")


def _typed_as(answer: str) -> str:
    """The option of an answer."""
    return "--outcome" if answer == "outcomes" else f"--{answer}"


def _data(one: Launch) -> dict[str, Any]:
    """The documented shape of a stream in the launch method (docs/launch.md)."""
    return {
        "id": one.stream.id,
        "alias": one.stream.alias,
        "name": one.stream.name,
        "stage": one.stage,
        "playbook": one.stream.playbook,
        "archived": one.stream.archived,
        "asked": one.asked,
        "answers": {stage: {"day": str(step.day), **step.answers} for stage, step in one.answers.items()},
        "test": _test(one.test) if one.test else None,
        "cycles": [{"day": str(cycle.day), "kind": cycle.kind} for cycle in one.cycles],
    }


def _test(test: Trial) -> dict[str, Any]:
    def cap(one: Cap) -> dict[str, str | None]:
        if one is test.money:
            return {"used": rounded(one.used, test.currency), "limit": rounded(one.limit, test.currency)}
        return {"used": plain(round(one.used, 2)), "limit": plain(one.limit)}

    return {
        "started": str(test.started),
        "until": str(test.until) if test.until else None,
        "days_left": test.left,
        "clients": plain(test.clients),
        "hours": cap(test.hours),
        "money": cap(test.money),
        "currency": test.currency,
        "without": list(test.missing),
        "over": test.warns,
    }


def _step(step: Step) -> dict[str, Any]:
    return {
        "id": step.id,
        "day": str(step.day),
        "step": step.stage,
        "to": step.to,
        "answers": dict(step.answers),
        "note": step.note,
    }
