"""``pitrack done``, ``no``, ``skip`` and ``clear``: answering an action on a day."""

from __future__ import annotations

import datetime as dt
import unicodedata
from decimal import Decimal

import click

from pitrack.cli.output import say, short
from pitrack.cli.parts import command, habit_argument, on_option, option
from pitrack.cli.session import Session
from pitrack.core.changes import Change
from pitrack.core.model import Habit, Mark, Rule
from pitrack.core.streaks import current_period, timeline
from pitrack.store import edits
from pitrack.store.names import find_habit
from pitrack.store.snapshot import BookSnapshot
from pitrack.text import words
from pitrack.text.amounts import day_amount
from pitrack.text.i18n import N_, _
from pitrack.text.reading import ParseError

note_option = option("--note", metavar="TEXT", help=N_("A note on that day."))


@command("done", N_("Check off an action, or set its amount; +AMOUNT adds to it."))
@habit_argument
@click.argument("amount", metavar="[AMOUNT|+AMOUNT]", required=False)
@on_option
@note_option
@click.pass_obj
def done(session: Session, habit: str, amount: str | None, day: str | None, note: str | None) -> None:
    found = find_habit(session.snapshot, habit)
    on = session.day(day, may_come=False)
    session.apply(done_change(session.snapshot, found, on, amount, note))
    say(answered(session.snapshot, found.id, on, session.today))


@command("no", N_("Say that an action was not done."))
@habit_argument
@on_option
@note_option
@click.pass_obj
def no(session: Session, habit: str, day: str | None, note: str | None) -> None:
    _mark(session, habit, day, "no", note)


@command("skip", N_("Skip an action for a day; its streak neither breaks nor grows."))
@habit_argument
@on_option
@note_option
@click.pass_obj
def skip(session: Session, habit: str, day: str | None, note: str | None) -> None:
    _mark(session, habit, day, "skip", note)


@command("clear", N_("Take back what was answered for a day, with its note."))
@habit_argument
@on_option
@click.pass_obj
def clear(session: Session, habit: str, day: str | None) -> None:
    found = find_habit(session.snapshot, habit)
    on = session.day(day, may_come=False)
    session.apply(edits.clear(session.snapshot, found.id, on, with_note=True))
    say(answered(session.snapshot, found.id, on, session.today))


def done_change(snap: BookSnapshot, habit: Habit, day: dt.date, amount: str | None, note: str | None) -> Change:
    """What checking off means: the amount typed or added; else the target of an at-least habit (nothing where it is
    reached already), and a plain yes for the others."""
    if amount is not None:
        if habit.rule_on(day).kind == "yes_no":
            raise ParseError("no-amount", amount, name=habit.name)
        typed, unit = unicodedata.normalize("NFKC", amount).strip(), habit.rule_on(day).unit
        if typed.startswith("+"):
            return edits.add_amount(snap, habit.id, day, day_amount(typed[1:], unit), note)
        return edits.check(snap, habit.id, day, day_amount(typed, unit), note)
    rule, mark = habit.rule_on(day), snap.history(habit.id).marks.get(day.toordinal())
    if rule.kind != "at_least" or rule.target is None:
        return edits.check(snap, habit.id, day, "yes", note)
    if not isinstance(mark, Decimal) or mark < rule.target:
        return edits.check(snap, habit.id, day, rule.target, note)
    return Change("done", ()) if note is None else edits.set_note(snap, habit.id, day, note)


def answered(snap: BookSnapshot, habit_id: str, day: dt.date, today: dt.date) -> str:
    """``Write 500 words: 620 of 500 words, 11 days.``; with the day where it is not today."""
    habit = snap.habits[habit_id]
    history = snap.history(habit.id)
    week_start = snap.settings.week_start
    streak = timeline(habit, history, today, week_start).current
    template = _("{name}: {state}, {streak}.") if day == today else _("{name} on {day}: {state}, {streak}.")
    return template.format(
        name=short(habit.name),
        day=day,
        state=_state(habit.rule_on(day), history.marks.get(day.toordinal())),
        streak=words.unit(streak, current_period(habit, history, today, week_start).unit),
    )


def _state(rule: Rule, mark: Mark | None) -> str:
    if not isinstance(mark, Decimal):
        return words.state(mark or "absent")
    amount = words.plain_number(mark)
    if rule.kind == "yes_no" or rule.target is None:
        return amount
    target = words.counted(words.plain_number(rule.target), rule.unit, 20)
    template = _("{amount} of {target}") if rule.kind == "at_least" else _("{amount} of at most {target}")
    return template.format(amount=amount, target=target)


def _mark(session: Session, habit: str, day: str | None, mark: Mark, note: str | None) -> None:
    found = find_habit(session.snapshot, habit)
    on = session.day(day, may_come=False)
    session.apply(edits.check(session.snapshot, found.id, on, mark, note))
    say(answered(session.snapshot, found.id, on, session.today))
