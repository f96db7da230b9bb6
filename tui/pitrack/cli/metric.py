"""``pitrack metric``: outcomes that are counted, such as sales or paid subscribers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, get_args

import click

from pitrack.cli.archiving import Kind, add_archiving
from pitrack.cli.failures import WrongUsage
from pitrack.cli.output import plain, rounded, say, say_json, say_table, short
from pitrack.cli.parts import OneOf, group, json_option, names_argument, on_option, option, stream_option
from pitrack.cli.session import Session
from pitrack.cli.slips import note_same_name
from pitrack.core.building import Metric, MetricKind
from pitrack.core.changes import Change
from pitrack.core.days import Month
from pitrack.core.money import as_decimal
from pitrack.core.views.metrics import MetricLine, metric_lines
from pitrack.store import edits
from pitrack.store.names import find_metric, find_stream
from pitrack.text import words
from pitrack.text.i18n import N_, _, pgettext
from pitrack.text.metrics import change, counted, figure, kind, kind_word
from pitrack.text.metrics import typed as read

NOTHING = "-"
"""Typed to empty a field."""

metric_argument = names_argument("metrics", "metric", "METRIC")
kind_option = option(
    "--kind",
    type=OneOf(get_args(MetricKind), kind_word),
    help=N_("count: what is logged adds up (sales, leads); level: the newest reading stands (paid subscribers)."),
)
unit_option = option("--unit", metavar="WORD", help=N_("What is counted, like “leads”."))
alias_option = option("--alias", metavar="WORD", help=N_("A short word to type for it."))


@group(
    "metric", N_("Outcomes that are counted (sales, leads, subscribers): add, log, list, show, edit, archive, delete.")
)
def metric() -> None:
    pass


@metric.command("add", help=N_('A new metric: pitrack metric add "Paid subscribers" --stream news --kind level'))
@click.argument("name", metavar="NAME")
@stream_option
@kind_option
@unit_option
@alias_option
@click.pass_obj
def add(session: Session, /, name: str, **typed: str | None) -> None:
    session.book(create=True)
    snap = session.snapshot
    built = edits.add_metric(snap, name, **_given(session, typed))
    session.apply(built)
    added = session.snapshot.metrics[built.writes[0].id]
    example = "52" if added.kind == "level" else "+1"
    say(
        _("Added {name}. Log it: pitrack metric log {alias} {amount}").format(
            name=short(added.name), alias=added.alias, amount=example
        )
    )
    note_same_name(snap.metrics.values(), added.name)


@metric.command("log", help=N_("Log a reading: 52 sets the day's amount, +1 adds to it (a count), - takes it back."))
@metric_argument
@click.argument("amount", metavar="[AMOUNT|+AMOUNT|-]", required=False)
@on_option
@click.pass_obj
def log(session: Session, metric: str, amount: str | None, day: str | None) -> None:
    one, on = find_metric(session.snapshot, metric), session.day(day, may_come=False)
    session.apply(_logged(session, one, amount, on))
    stands = session.snapshot.readings(one.id).get(on)
    if stands is None:
        say(_("{name}: nothing on {day}.").format(name=short(one.name), day=on))
        return
    line = _line(session, one)
    text = _("{name}: {amount} on {day}.")
    if one.kind == "count" and line.now is not None and Month.of(on) == Month.of(session.today):
        text = _("{name}: {amount} on {day}, {total} this month.")
    say(text.format(name=short(one.name), amount=counted(one, stands), day=on, total=figure(line.now)))


@metric.command("list", help=N_("The metrics with this month, the last complete one and its change."))
@stream_option
@option("--all", "everything", is_flag=True, help=N_("Archived ones, too."))
@json_option
@click.pass_obj
def list_metrics(session: Session, /, *, stream: str | None, everything: bool, as_json: bool) -> None:
    snap = session.snapshot
    of = None if stream is None else find_stream(snap, stream).id
    lines = metric_lines(snap, session.today, archived=None if everything or as_json else False)
    lines = tuple(line for line in lines if of is None or line.metric.stream == of)
    if as_json:
        say_json([_data(session, line) for line in lines])
        return
    if not lines:
        say(_('No metric yet. Add one: pitrack metric add "Paid subscribers" --kind level'))
        return
    say_table([_head(session), *(_row(session, line) for line in lines)], "lllrrrrll")


@metric.command("show", help=N_("One metric, month by month, beside the income of its stream."))
@metric_argument
@json_option
@click.pass_obj
def show(session: Session, metric: str, as_json: bool) -> None:
    one = find_metric(session.snapshot, metric)
    line = _line(session, one)
    if as_json:
        readings = sorted(session.snapshot.readings(one.id).items())
        logged = [{"day": day.isoformat(), "amount": plain(amount)} for day, amount in readings]
        say_json(_data(session, line) | {"readings": logged})
        return
    stream = session.snapshot.streams.get(one.stream or "")
    rows = [
        (_("name"), short(one.name, 200)),
        (_("alias"), short(one.alias)),
        (_("stream"), short(stream.name) if stream else ""),
        (_("kind"), kind(one.kind)),
        (_("unit"), short(one.unit)),
        (_("last reading"), _last(line)),
        (_("state"), _("archived") if one.archived else ""),
    ]
    say_table([row for row in rows if row[1]], "ll")
    say()
    say_table(_months(line), "lrrl")


@metric.command("edit", help=N_("Change a metric; - empties a field."))
@metric_argument
@option("--name", metavar="NAME", help=N_("A new name."))
@stream_option
@kind_option
@unit_option
@alias_option
@click.pass_obj
def edit(session: Session, /, metric: str, **typed: str | None) -> None:
    one = find_metric(session.snapshot, metric)
    built = edits.edit_metric(session.snapshot, one.id, **_given(session, typed))
    session.apply(built)
    name = short(session.snapshot.metrics[one.id].name)
    say((_("Changed {name}.") if built.writes else _("Nothing to change on {name}.")).format(name=name))


add_archiving(
    metric,
    metric_argument,
    Kind(find_metric, edits.edit_metric, edits.delete_metric),
    archive=N_("Put a metric aside; its readings stay."),
    restore=N_("Take an archived metric up again."),
    delete=N_("Delete a metric; undo brings it back with its readings."),
)


def _line(session: Session, one: Metric) -> MetricLine:
    lines = metric_lines(session.snapshot, session.today, archived=None)
    return next(line for line in lines if line.metric.id == one.id)


def _logged(session: Session, one: Metric, typed: str | None, on: dt.date) -> Change:
    """The change that logging what was typed makes; of a count, nothing typed is one more."""
    snap = session.snapshot
    if typed is None:
        if one.kind == "level":
            raise WrongUsage(_("Type the reading: pitrack metric log {alias} 52").format(alias=short(one.alias)))
        typed = "+1"
    adds, amount = read(typed)
    if adds and amount is not None:
        return edits.add_reading(snap, one.id, on, amount)
    return edits.set_reading(snap, one.id, on, amount)


def _given(session: Session, typed: dict[str, str | None]) -> dict[str, Any]:
    """The fields that were typed, as the book takes them."""
    given: dict[str, Any] = {field: value for field, value in typed.items() if value is not None}
    if "stream" in given:
        given["stream"] = None if given["stream"] == NOTHING else find_stream(session.snapshot, given["stream"]).id
    if given.get("unit") == NOTHING:
        given["unit"] = ""
    return given


def _head(session: Session) -> Sequence[str]:
    """The change stands beside the month that changed, under the name of the one before that."""
    from pitrack.text.dates import short_month

    now = Month.of(session.today)
    so_far, last, before = (short_month(now.shift(-back)) for back in range(3))
    return (
        _("metric"),
        "",
        _("stream"),
        _("{month} so far").format(month=so_far),
        last,
        pgettext("of an amount", "on {month}").format(month=before),
        "",
        _("last reading"),
        "",
    )


def _row(session: Session, line: MetricLine) -> Sequence[str]:
    one = line.metric
    stream = session.snapshot.streams.get(one.stream or "")
    return (
        short(one.name),
        short(one.alias, 20),
        short(stream.name, 20) if stream else "",
        figure(line.now),
        figure(line.before),
        *change(line.change),
        _last(line),
        _("archived") if one.archived else "",
    )


def _last(line: MetricLine) -> str:
    if line.last is None:
        return ""
    return _("{amount} on {day}").format(amount=counted(line.metric, line.last.amount), day=line.last.day)


def _months(line: MetricLine) -> list[tuple[str, ...]]:
    """A row a month: the figure, and the income of the stream beside it."""
    income = [words.plain_amount(amount, short(line.currency, 8)) for amount in line.income] or [""] * len(line.months)
    last = len(line.months) - 1
    rows = [
        (str(month), figure(amount), money, _("so far") if number == last else "")
        for number, (month, amount, money) in enumerate(zip(line.months, line.trend, income, strict=True))
    ]
    return [(_("month"), short(line.metric.name, 24), _("income") if line.income else "", ""), *rows]


def _data(session: Session, line: MetricLine) -> dict[str, Any]:
    """The documented shape of one metric in ``metric list --json`` (docs/review.md)."""
    one = line.metric
    stream = session.snapshot.streams.get(one.stream or "")
    amounts: Sequence[Decimal | None] = line.income or [None] * len(line.months)
    return {
        "id": one.id,
        "alias": one.alias,
        "name": one.name,
        "stream": stream.name if stream else None,
        "kind": one.kind,
        "unit": one.unit,
        "archived": one.archived,
        "this_month": plain(line.now),
        "last_month": plain(line.before),
        "delta": plain(as_decimal(line.change.delta)) if line.change else None,
        "mom": line.change.ratio if line.change else None,
        "label": line.change.reading if line.change else None,
        "last_reading": {"day": line.last.day.isoformat(), "amount": plain(line.last.amount)} if line.last else None,
        "currency": line.currency,
        "months": [
            {"month": str(month), "amount": plain(amount), "income": rounded(income, line.currency)}
            for month, amount, income in zip(line.months, line.trend, amounts, strict=True)
        ],
    }
