"""``pitrack checkin``: open actions one by one, a key each."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

import click

from pitrack.cli.answers import Answers, from_here
from pitrack.cli.checkins import answered, done_change
from pitrack.cli.output import say, short
from pitrack.cli.parts import command, on_option, option
from pitrack.cli.session import Session
from pitrack.cli.today import OPEN, answer
from pitrack.core.changes import Change
from pitrack.core.model import Mark
from pitrack.core.views.catchup import CatchUp, catch_up
from pitrack.core.views.today import Action, today
from pitrack.store import edits
from pitrack.text import words
from pitrack.text.errors import sentence
from pitrack.text.i18n import N_, _, ngettext
from pitrack.text.reading import ParseError

YES = frozenset({"y", "yes", "はい"})
NO = frozenset({"n", "no", "x", "いいえ"})
SKIP = frozenset({"s", "skip"})


class Question(NamedTuple):
    """An action to ask for, by the habit's id, and its day."""

    day: dt.date
    habit: str


@command("checkin", N_("Today's open actions as plain prompts, one key each."))
@on_option
@option("--catch-up", "behind", is_flag=True, help=N_("First what the days before left unanswered."))
@click.pass_obj
def checkin(session: Session, day: str | None, behind: bool) -> None:
    on = session.day(day, may_come=False)
    answers, mode = from_here()
    with mode:
        earlier = catch_up(session.snapshot, session.today) if on == session.today else CatchUp((), None)
        if earlier.away and answers.is_keyboard and not behind:
            behind = _asked_where_to_begin(session, earlier.away, answers)
            earlier = catch_up(session.snapshot, session.today)
        view = today(session.snapshot, on)
        questions = [Question(on, action.habit.id) for action in view.actions if action.group in OPEN]
        missed = [Question(one.day, one.habit.id) for one in earlier.actions]
        if behind:
            questions, missed = missed + questions, []
        if not questions:
            say(_("Nothing is open today.") if on == session.today else _("Nothing is open on that day."))
            _tell_missed(earlier)
            return
        count = Round(session, answers, questions, missed).ask()
    left = today(session.snapshot, on).open
    answered = ngettext("{n} answered", "{n} answered", count).format(n=count)
    say(words.listed(answered, ngettext("{n} open", "{n} open", left).format(n=left)))


def _asked_where_to_begin(session: Session, away: tuple[dt.date, dt.date], answers: Answers) -> bool:
    """After days without any answer: whether to begin with these; whoever was away books days off instead."""
    first, last = away
    offer = _("Nothing answered since {day}. a I was away or ill, c catch up, enter today only: ")
    click.echo(offer.format(day=words.plain_day(first)), nl=False)
    typed = answers.next()
    if typed == "a":
        session.apply(edits.add_pause(session.snapshot, first=first, last=last))
        days = (last - first).days + 1
        say(ngettext("{n} day off.", "{n} days off.", days).format(n=days))
    return typed == "c"


def _tell_missed(earlier: CatchUp) -> None:
    if count := len(earlier.actions):
        text = ngettext(
            "{n} action is unanswered since {day}: pitrack checkin --catch-up",
            "{n} actions are unanswered since {day}: pitrack checkin --catch-up",
            count,
        )
        say(text.format(n=count, day=words.plain_day(earlier.days[0])))


class Round:
    """Questions asked one after the other, and back again; those of the days before, ``missed``, come in between where
    they are asked for."""

    def __init__(self, session: Session, answers: Answers, questions: list[Question], missed: list[Question]) -> None:
        self.session = session
        self.answers = answers
        self.questions = questions
        self.missed = missed
        self._answered: list[tuple[int, Mark | None]] = []
        """Numbers of the questions answered, in that order, with the mark that was there before."""

    def ask(self) -> int:
        """Ask until all are answered or left, or until there are no more answers; how many were answered."""
        self._help()
        at = 0
        while at < len(self.questions):
            after = self._ask(at)
            if after is None:
                break
            at = after
        return len(self._answered)

    def _help(self) -> None:
        say(_("y done, n no, s skip, an amount, t a note, enter to leave it, u back, q to quit"))
        if count := len(self.missed):
            text = ngettext(
                "c catches up first: {n} action unanswered since {day}",
                "c catches up first: {n} actions unanswered since {day}",
                count,
            )
            say(text.format(n=count, day=words.plain_day(self.missed[0].day)))

    def _ask(self, at: int) -> int | None:
        """Ask one question; the number of the next, or None to stop."""
        question = self.questions[at]
        click.echo(_("{question}: ").format(question=self._words(question, at)), nl=False)
        match self.answers.next():
            case None | "q":
                return None
            case "":
                return at + 1
            case "?":
                self._help()
                return at
            case "c" if self.missed:
                self.questions[at:at], self.missed = self.missed, []
                return at
            case "u":
                return self._back(at)
            case "t":
                return self._note(question, at)
            case typed:
                return self._answer(question, at, typed)

    def _answer(self, question: Question, at: int, typed: str) -> int:
        try:
            change = self._change(question, typed)
        except ParseError as error:
            say(sentence(error.code, error.details))
            return at
        history, ordinal = self.session.snapshot.history(question.habit), question.day.toordinal()
        self._answered.append((at, history.marks.get(ordinal)))
        self.session.apply(change)
        say(answered(self.session.snapshot, question.habit, question.day, self.session.today))
        return at + 1

    def _note(self, question: Question, at: int) -> int | None:
        click.echo(_("Note: "), nl=False)
        text = self.answers.text()
        if text is None:
            return None
        self.session.apply(edits.set_note(self.session.snapshot, question.habit, question.day, text))
        return at

    def _back(self, at: int) -> int:
        """To the question answered last, its answer taken back."""
        if not self._answered:
            say(_("Nothing was answered yet."))
            return at
        before, mark = self._answered.pop()
        habit, day = self.questions[before].habit, self.questions[before].day
        if mark is None:
            self.session.apply(edits.clear(self.session.snapshot, habit, day))
        else:
            self.session.apply(edits.check(self.session.snapshot, habit, day, mark))
        return before

    def _words(self, question: Question, at: int) -> str:
        view = today(self.session.snapshot, question.day, self.session.today)
        action = next(one for one in view.actions if one.habit.id == question.habit)
        number = _("{n} of {total}").format(n=at + 1, total=len(self.questions))
        day = "" if question.day == self.session.today else words.plain_day(question.day)
        return f"{words.listed(number, day)}: {_stands(action, is_today=not day)}"

    def _change(self, question: Question, typed: str) -> Change:
        snap = self.session.snapshot
        habit, day = snap.habits[question.habit], question.day
        if typed in YES:
            return done_change(snap, habit, day, None, None)
        if typed in NO:
            return edits.check(snap, habit.id, day, "no")
        if typed in SKIP:
            return edits.check(snap, habit.id, day, "skip")
        return done_change(snap, habit, day, typed, None)


def _stands(action: Action, *, is_today: bool) -> str:
    stands = action.standing
    ends = _("ends tonight") if action.group == "tonight" and is_today else ""
    facts = words.listed(answer(action), words.unit(stands.current, stands.unit), ends)
    return f"{short(action.habit.name)} ({facts})"
