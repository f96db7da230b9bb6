"""``pitrack today``: what is due and what is done, grouped by urgency."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import click

from pitrack.cli.failures import STILL_OPEN
from pitrack.cli.output import is_narrow, plain, say, say_json, short, table, terminal_width
from pitrack.cli.parts import command, json_option, on_option, option
from pitrack.cli.session import Session
from pitrack.core.views.today import Action, Group, TodayView
from pitrack.core.views.today import today as today_view
from pitrack.text import words
from pitrack.text.i18n import N_, _, ngettext

OPEN: tuple[Group, ...] = ("tonight", "open")
TITLES: dict[Group, str] = {
    "tonight": N_("ENDS TONIGHT"),
    "open": N_("OPEN"),
    "answered": N_("ANSWERED"),
    "rest": N_("NOT DUE"),
}


@command("today", N_("What is due and what is done."))
@on_option
@json_option
@option("--open", "open_only", is_flag=True, help=N_("Only what is open; nothing at all where nothing is."))
@option("--exit-code", is_flag=True, help=N_("Exit with 3 while something is open."))
@click.pass_obj
def today(session: Session, /, day: str | None, *, as_json: bool, open_only: bool, exit_code: bool) -> int:
    view = today_view(session.snapshot, session.day(day))
    if open_only:
        view = view._replace(actions=tuple(action for action in view.actions if action.group in OPEN))
    if as_json:
        say_json(as_data(view))
    elif view.open or not open_only:
        for line in (*lines(view, is_today=view.day == session.today), *_off(session, view.day), *_over(session)):
            say(line)
    return STILL_OPEN if exit_code and view.open else 0


def _off(session: Session, day: dt.date) -> Iterator[str]:
    """While all actions are paused: since when."""
    if session.snapshot.pauses:
        from pitrack.core.pauses import running

        if of_all := [pause for pause in running(session.snapshot, day) if pause.habit is None]:
            yield ""
            yield _("Days off since {day}: nothing is asked, and no streak breaks.").format(
                day=words.plain_day(min(pause.first for pause in of_all))
            )


def _over(session: Session) -> Iterator[str]:
    """On the first day after a pause, what the days off brought."""
    snap, day = session.snapshot, session.today
    if snap.pauses:
        from pitrack.core.pauses import ended_on
        from pitrack.core.views.pauses import brought
        from pitrack.text import pauses as told

        for pause in ended_on(snap, day - dt.timedelta(days=1)):
            yield ""
            yield f"{told.whose(snap, pause)}: {told.brought(brought(snap, pause, day))}"


def as_data(view: TodayView) -> dict[str, Any]:
    """The documented shape of ``today --json``."""
    return {"day": view.day.isoformat(), "actions": [_action(action) for action in view.actions]}


def lines(view: TodayView, *, is_today: bool = True) -> list[str]:
    """The list as plain text; ``is_today``: its day is not over."""
    if not view.actions:
        return [
            words.plain_day(view.day),
            _('No action yet. Add one: pitrack habit add "Write 500 words" --every day'),
        ]
    rows = table([_row(action) for action in view.actions], "lllr", "  ", terminal_width())
    shown = [f"{words.plain_day(view.day)}: {counts(view)}"]
    group: Group | None = None
    for action, row in zip(view.actions, rows, strict=True):
        if action.group != group:
            group = action.group
            is_past = group == "tonight" and not is_today
            shown += ["", _("ENDS THAT NIGHT") if is_past else _(TITLES[group])]
        shown.append(row)
    return shown


def counts(view: TodayView) -> str:
    """``3 open, 2 done, 1 skipped``."""
    parts = [
        ngettext("{n} open", "{n} open", view.open).format(n=view.open),
        ngettext("{n} done", "{n} done", view.done).format(n=view.done),
    ]
    if view.skipped:
        parts.append(ngettext("{n} skipped", "{n} skipped", view.skipped).format(n=view.skipped))
    return words.listed(*parts)


def answer(action: Action) -> str:
    """How an action stands on its day: ``0 / 5 photos``, ``2 / 3 week``, ``skipped``."""
    rule = action.rule
    if action.state == "amount" and action.value is not None:
        if rule.kind == "at_most":
            amount = words.counted(words.plain_number(action.value), rule.unit, 20)
            stands = words.listed(amount, words.target(rule))
        else:
            stands = words.counted(_ratio(action), rule.unit, 20)
    elif action.state != "absent":
        stands = words.state(action.state)
    elif rule.kind == "at_least":
        stands = words.counted(_ratio(action), rule.unit, 20)
    else:
        stands = words.target(rule)
    period = _period(action)
    return words.listed(stands, period)


def _ratio(action: Action) -> str:
    amount = words.plain_number(action.value) if action.value is not None else "0"
    if action.rule.target is None:
        return amount
    return f"{amount} / {words.plain_number(action.rule.target)}"


def _period(action: Action) -> str:
    if action.next_due:
        return _("next {day}").format(day=words.plain_day(action.next_due))
    schedule = action.rule.schedule
    match schedule.every:
        case "week":
            template = _("{done} / {target} this week")
        case "month":
            template = _("{done} / {target} this month")
        case "window":
            template = _("{done} / {target} in {days} days")
        case _:
            return ""
    return template.format(done=action.period_done, target=action.period_target, days=schedule.within)


def _row(action: Action) -> tuple[str, str, str, str]:
    stands = action.standing
    return (
        short(action.habit.name),
        "" if is_narrow() else short(action.stream_name, 20),
        answer(action),
        words.unit(stands.current, stands.unit),
    )


def _action(action: Action) -> dict[str, Any]:
    habit, stands = action.habit, action.standing
    return {
        "habit": habit.name,
        "id": habit.id,
        "alias": habit.alias,
        "stream": action.stream_name or None,
        "state": action.state,
        "value": plain(action.value),
        "target": plain(action.rule.target),
        "unit": action.rule.unit,
        "due": action.due,
        "done": action.done,
        "streak": stands.current,
        "streak_unit": stands.unit,
        "breaks_in": stands.breaks_in,
        "next_due": action.next_due.isoformat() if action.next_due else None,
        "strength": stands.strength,
    }
