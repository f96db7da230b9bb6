"""``pitrack review``: a week or a month looked back on, and what it taught."""

from __future__ import annotations

from typing import Any, get_args

import click

from pitrack.cli.failures import WrongUsage
from pitrack.cli.left_out import left_out_data
from pitrack.cli.output import plain, rounded, say, say_json, say_table, short
from pitrack.cli.parts import OneOf, command, currency_option, json_option, option, read_code
from pitrack.cli.session import Session
from pitrack.core.building import LessonKind, Review
from pitrack.core.money import as_decimal
from pitrack.core.periods import Period, week_due
from pitrack.core.views.review import Counted, ReviewPage, review_page, together
from pitrack.store import edits
from pitrack.text import reviews, words
from pitrack.text.i18n import N_, _
from pitrack.text.metrics import change, counted
from pitrack.text.periods import name as name_of
from pitrack.text.periods import period as read_period

EARLIER = 3
"""Earlier lessons that are listed."""
NOTHING = "-"
"""Typed to empty a text."""


@command("review", N_("Look back on a week or a month: what was done, what it brought, what it taught."))
@click.argument("period", metavar="[WEEK|MONTH]", required=False)
@option("--lesson", metavar="TEXT", help=N_("Write down the one lesson (- empties it)."))
@option("--kind", type=OneOf(get_args(LessonKind), reviews.lesson_kind), help=N_("What the lesson is about."))
@option("--focus", metavar="TEXT", help=N_("Write down what comes next (- empties it)."))
@currency_option
@json_option
@click.pass_obj
def review(
    session: Session,
    /,
    period: str | None,
    *,
    lesson: str | None,
    kind: str | None,
    focus: str | None,
    currency: str | None,
    as_json: bool,
) -> None:
    chosen = _chosen(session, period)
    texts = {name: "" if text == NOTHING else text for name, text in (("lesson", lesson), ("focus", focus)) if text}
    given: dict[str, Any] = texts | ({"kind": kind} if kind else {})
    if given:
        _check_kind(session, chosen, given)
        session.apply(edits.write_review(session.snapshot, chosen.id, session.today, **given))
    if given and not as_json:
        say(_("Kept the review of {name}.").format(name=name_of(chosen)))
        return
    page = review_page(session.snapshot, chosen, session.today, None if currency is None else read_code(currency))
    if as_json:
        say_json(as_data(page))
    else:
        _say(session, page)


def _chosen(session: Session, typed: str | None) -> Period:
    """What is looked back on: where nothing was typed, this week in its last three days, before that the last one."""
    today, week_start = session.today, session.snapshot.settings.week_start
    if typed is None:
        return week_due(today, week_start)
    chosen = read_period(typed, today, week_start)
    if chosen.first > today:
        raise WrongUsage(_("{name} has not begun yet. Choose an earlier one.").format(name=name_of(chosen)))
    return chosen


def _check_kind(session: Session, chosen: Period, given: dict[str, Any]) -> None:
    """A kind is of a lesson, typed now or written before."""
    before = session.snapshot.reviews.get(chosen.id)
    if given.get("kind") and not given.get("lesson", before.lesson if before else ""):
        raise WrongUsage(_("--kind says what a lesson is about: add --lesson TEXT."))


def _say(session: Session, page: ReviewPage) -> None:
    open_ = "" if page.is_over else _("not over yet")
    say(words.listed(name_of(page.period), reviews.days(page.period), open_))
    if page.former and page.former.focus:
        say(_("Its focus: {text}").format(text=short(page.former.focus, 200)))
    _say_done(page)
    _say_hours(page)
    _say_money(page)
    _say_built(page)
    _say_learnt(session, page)


def _say_done(page: ReviewPage) -> None:
    if not page.actions:
        return
    say()
    streaks = reviews.streaks(len(page.kept), len(page.broken)) if page.kept or page.broken else ""
    say(words.listed(_("Done: {figure}").format(figure=reviews.done(page.met, page.due)), streaks))
    rows = [(short(one.habit.name, 40), reviews.of_due(one), reviews.streak(one)) for one in page.actions]
    say_table(rows, "lrl", "  ")


def _say_hours(page: ReviewPage) -> None:
    if not page.hours:
        return
    say()
    say(_("Hours: {amount}").format(amount=f"{together(page.hours):,.1f}"))
    rows = [
        (short(name) or _("no stream"), f"{hours:,.1f}", reviews.kinds(spent))
        for name, hours, spent in page.hours_by_stream()
    ]
    say_table(rows, "lrl", "  ")


def _say_money(page: ReviewPage) -> None:
    code = page.currency
    say()
    income, before = words.plain_amount(page.income, code), words.plain_amount(page.before, code)
    is_week = page.period.kind == "week"
    text = (
        _("Income: {amount}, {before} the week before") if is_week else _("Income: {amount}, {before} the month before")
    )
    told = text.format(amount=income, before=before)
    change = page.change if page.change and page.change.reading != "none" else None
    growth = words.growth(change.reading, change.ratio) if change else ""
    say(words.listed(told, growth))
    if page.expense:
        expense, net = words.plain_amount(page.expense, code), words.plain_amount(page.net, code)
        say(_("Fees and costs: {expense}, net {net}").format(expense=expense, net=net))
    if page.pending:
        say(_("Still pending: {amount}").format(amount=words.plain_amount(page.pending, code)))
    rows = [
        (
            short(one.name) or _("no stream"),
            words.plain_amount(one.income, code),
            _("costs {amount}").format(amount=words.plain_amount(one.expense, code)) if one.expense else "",
            _("job, not counted in") if one.is_job else "",
        )
        for one in page.brought
    ]
    say_table(rows, "lrrl", "  ")
    for left in page.missing_rates:
        amount = words.plain_amount(left.amount, short(left.currency, 8))
        say(_("Left out for want of a rate: {amount}").format(amount=amount))


def _say_built(page: ReviewPage) -> None:
    built = [
        *((_("published"), short(asset.name), str(asset.published)) for asset in page.published),
        *((_("automation"), short(one.name), str(one.since)) for one in page.begun),
    ]
    metrics = [(short(one.metric.name), counted(one.metric, one.amount), *change(one.change)) for one in page.counted]
    for title, rows, align in ((_("Built:"), built, "lll"), (_("Counted:"), metrics, "lrrr")):
        if rows:
            say()
            say(title)
            say_table(rows, align, "  ")


def _say_learnt(session: Session, page: ReviewPage) -> None:
    say()
    written = page.written
    if written.lesson:
        say(_lesson(_("Lesson"), written))
    if written.focus:
        say(_("Next focus: {text}").format(text=short(written.focus, 200)))
    if not written.lesson and not written.focus:
        say(
            _("Write what it taught: pitrack review {label} --lesson TEXT --kind execution --focus TEXT").format(
                label=page.period.label
            )
        )
    if page.lessons:
        say()
        say(_("Earlier lessons (so far {counts}):").format(counts=reviews.learnt(page.learnt)))
        week_start = session.snapshot.settings.week_start
        for one in page.lessons[:EARLIER]:
            say(f"  {_lesson(reviews.of_review(one, week_start), one)}")


def _lesson(name: str, review: Review) -> str:
    """``Lesson (execution): Two short mornings brought more``."""
    return _("{name}: {text}").format(name=reviews.of_kind(name, review.kind), text=short(review.lesson, 200))


def as_data(page: ReviewPage) -> dict[str, Any]:
    """The documented shape of ``review --json`` (docs/review.md)."""
    code = page.currency
    return {
        "kind": page.period.kind,
        "period": page.period.label,
        "from": page.period.first.isoformat(),
        "to": page.period.last.isoformat(),
        "over": page.is_over,
        "done": {"met": page.met, "due": page.due},
        "actions": [
            {
                "habit": one.habit.name,
                "id": one.habit.id,
                "met": one.met,
                "due": one.due,
                "unit": one.unit,
                "streak": one.streak,
                "kept": one.is_kept,
                "broken": one.broken,
            }
            for one in page.actions
        ],
        "hours": [
            {"stream": spent.name or None, "kind": spent.kind, "hours": format(spent.hours, ".2f")}
            for spent in page.hours
        ],
        "currency": code,
        "income": rounded(page.income, code),
        "expense": rounded(page.expense, code),
        "net": rounded(page.net, code),
        "pending": rounded(page.pending, code),
        "income_before": rounded(page.before, code),
        "change": page.change.ratio if page.change else None,
        "label": page.change.reading if page.change else "open",
        "streams": [
            {
                "stream": one.name or None,
                "job": one.is_job,
                "income": rounded(one.income, code),
                "expense": rounded(one.expense, code),
            }
            for one in page.brought
        ],
        "missing_rates": left_out_data(page.missing_rates),
        "assets": [{"asset": one.name, "published": str(one.published)} for one in page.published],
        "automations": [{"automation": one.name, "since": one.since.isoformat()} for one in page.begun],
        "metrics": [_metric(one) for one in page.counted],
        "focus_before": page.former.focus if page.former and page.former.focus else None,
        "written": _written(page.written),
        "lessons": [_written(one) for one in page.lessons],
        "learnt": dict(page.learnt),
    }


def _metric(one: Counted) -> dict[str, Any]:
    return {
        "metric": one.metric.name,
        "unit": one.metric.unit,
        "kind": one.metric.kind,
        "amount": plain(one.amount),
        "delta": plain(as_decimal(one.change.delta)) if one.change else None,
        "change": one.change.ratio if one.change else None,
    }


def _written(one: Review) -> dict[str, Any]:
    kind, _bar, label = one.id.partition("|")
    return {
        "of": kind,
        "period": label,
        "done": one.done.isoformat() if one.done else None,
        "lesson": one.lesson,
        "kind": one.kind,
        "focus": one.focus,
    }
