"""``pitrack merits``: the five merits of what runs by itself, measured from the records."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import click

from pitrack.cli.automation import as_data as automation_data
from pitrack.cli.automation import hundredths
from pitrack.cli.left_out import left_out_data, say_left_out
from pitrack.cli.output import rounded, say, say_json, say_table, short
from pitrack.cli.parts import as_of_option, command, currency_option, json_option, read_code, stream_option
from pitrack.cli.session import Session
from pitrack.config import playbooks_folder
from pitrack.core.merits import MERITS
from pitrack.core.views.income.stack_shapes import Holiday
from pitrack.core.views.merits.measuring import merits as merits_view
from pitrack.core.views.merits.shapes import Costs, Merit, Merits, MeritSet
from pitrack.exchange.playbooks import first_merits
from pitrack.store.names import find_stream
from pitrack.store.snapshot import BookSnapshot
from pitrack.text import merits as told
from pitrack.text import words
from pitrack.text.i18n import N_, _, pgettext


@command(
    "merits", N_("The five merits of what runs by itself: hours saved, cost, units an hour, sales without work, focus.")
)
@stream_option
@as_of_option
@currency_option
@json_option
@click.pass_obj
def merits(session: Session, /, *, stream: str | None, day: str | None, currency: str | None, as_json: bool) -> None:
    snap = session.snapshot
    of = None if stream is None else find_stream(snap, stream).id
    firsts = first_merits(playbooks_folder(), snap.streams.values())
    view = merits_view(snap, session.as_of(day), None if currency is None else read_code(currency), firsts)
    chosen = [one for one in view.streams if of in (None, one.stream)]
    if as_json:
        say_json(as_data(snap, view, chosen))
        return
    if of is None:
        _say_set(view, view.whole, _("All streams"))
        _say_streams(view)
    for one in chosen if of is not None else ():
        _say_set(view, one, short(one.name))
    if of is not None and not chosen:
        say(_("The merits are those of streams other than the job."))
    _say_left_out(view)


def _say_set(view: Merits, one: MeritSet, name: str) -> None:
    from pitrack.text.dates import month_year

    say(words.listed(name, month_year(view.month)))
    head = (_("merit"), "", "", _("3-month change"))
    say_table([head, *(_row(merit) for merit in one.merits)], "lrlr")
    if facts := _facts(view, one):
        say()
        say_table(facts, "lr")
    _say_automations(view, one)
    _say_focus(one)


def _row(merit: Merit) -> Sequence[str]:
    about = told.claim(merit.id) if merit.figure is not None else told.reason(merit.why)
    return told.name(merit.id), told.figure(merit.measure, merit.figure), about, told.change(merit)


def _facts(view: Merits, one: MeritSet) -> list[tuple[str, str]]:
    costs, away = one.costs, one.sales.income
    facts = []
    if costs.fixed.cost:
        facts.append((_("Fixed cost of the month"), _money(costs.fixed.cost, view.currency)))
        facts.append((_("Covered on"), costs.fixed.day.isoformat() if costs.fixed.day else _("not covered")))
    if costs.tools:
        facts.append((_("Automations cost a month"), _money(costs.tools, view.currency)))
    if costs.worth is not None and costs.gain is not None:
        facts.append((_("Hours saved are worth a month"), _money(costs.worth, view.currency)))
        facts.append((_("That less what automations cost"), _money(costs.gain, view.currency)))
    if away.income is not None:
        facts.append((_("Income on days without work"), _money(away.income, view.currency)))
    if not one.stream and one.sales.holidays:
        last = one.sales.holidays[0]
        facts.append((_holiday(last), _money(last.income, view.currency)))
    return facts


def _holiday(one: Holiday) -> str:
    return _("Came on days off, {first} to {last}").format(first=one.first, last=one.last)


def _say_automations(view: Merits, one: MeritSet) -> None:
    rows = [
        (
            short(saving.automation.name),
            short(saving.automation.task, 24),
            _hours(saving.hours_before),
            _hours(saving.hours_since),
            _hours(saving.hours),
            "" if saving.cost is None else _money(saving.cost, view.currency),
            told.not_saved(saving),
        )
        for saving in one.savings
        if saving.state == "running"
    ]
    if rows:
        say()
        head = (_("automation"), _("task"), _("before it"), _since(), _("saved"), _("cost"), "")
        say_table([head, *rows], "llrrrrl")


def _say_focus(one: MeritSet) -> None:
    """Where hours went, under the months compared: those before the first automation, and the last ones."""
    if not one.focus.shifts:
        return
    from pitrack.text.dates import span

    rows = [
        (
            words.time_kind(shift.kind),
            short(shift.task, 30),
            told.hours(shift.before),
            told.hours(shift.since),
            told.hours(shift.since - shift.before, sign=True),
        )
        for shift in one.focus.shifts
        if shift.before or shift.since
    ]
    say()
    say_table([(_("hours a month"), "", span(one.focus.before), span(one.focus.since), ""), *rows], "llrrr")


def _say_streams(view: Merits) -> None:
    """A row a stream, a column a merit."""
    if not view.streams:
        return
    rows = [
        (short(one.name), *(told.figure(one.merit(id_).measure, one.merit(id_).figure) for id_ in MERITS))
        for one in view.streams
    ]
    say()
    say_table([(_("stream"), *(told.name(id_) for id_ in MERITS)), *rows], "lrrrrr")


def _say_left_out(view: Merits) -> None:
    say_left_out(view.missing_rates, view.currency)
    for code in sorted({*view.whole.costs.fixed.apart, *view.whole.costs.tools_apart}):
        say(_("Left out of the costs for want of a rate: {currency}").format(currency=short(code, 8)))


def _since() -> str:
    """The head over hours, where ``since`` alone is the head over a first day."""
    return pgettext("hours since an automation", "since")


def _hours(value: Decimal | None) -> str:
    return "-" if value is None else told.hours(value)


def _money(amount: Decimal, currency: str) -> str:
    return words.plain_amount(amount, short(currency, 8))


# JSON


def as_data(snap: BookSnapshot, view: Merits, streams: Sequence[MeritSet]) -> dict[str, Any]:
    """The documented shape of ``merits --json``."""
    return {
        "currency": view.currency,
        "as_of": view.as_of.isoformat(),
        "month": str(view.month),
        "months": [str(month) for month in view.months],
        "all": _set(snap, view, view.whole),
        "streams": [_set(snap, view, one) for one in streams],
        "holidays": [
            {
                "from": one.first.isoformat(),
                "to": one.last.isoformat(),
                "days": one.days,
                "income": rounded(one.income, view.currency),
            }
            for one in view.whole.sales.holidays
        ],
        "missing_rates": left_out_data(view.missing_rates),
    }


def _set(snap: BookSnapshot, view: Merits, one: MeritSet) -> dict[str, Any]:
    return {
        "stream": one.name or None,
        "merits": [merit_data(merit) for merit in one.merits],
        "automations": [
            automation_data(snap, saving) | {"cost_in_currency": rounded(saving.cost, view.currency)}
            for saving in one.savings
        ],
        "costs": _costs(one.costs, view.currency),
        "units": [hundredths(units) for units in one.sold.units],
        "unit_hours": [hundredths(hours) for hours in one.sold.hours],
        "sales": list(one.sales.sales),
        "sales_away": list(one.sales.away),
        "away_income": rounded(one.sales.income.income, view.currency),
        "core_hours": [hundredths(hours) for hours in one.focus.core],
        "routine_hours": [hundredths(hours) for hours in one.focus.routine],
        "months_before": [str(month) for month in one.focus.before],
        "months_since": [str(month) for month in one.focus.since],
        "hours_moved": [
            {
                "kind": shift.kind,
                "task": shift.task,
                "before": hundredths(shift.before),
                "since": hundredths(shift.since),
            }
            for shift in one.focus.shifts
        ],
    }


def merit_data(merit: Merit) -> dict[str, Any]:
    """A merit as in ``merits --json``."""
    found = merit.change
    return {
        "id": merit.id,
        "named": merit.named,
        "measure": merit.measure,
        "figure": _number(merit, merit.figure),
        "why": merit.why or None,
        "trend": [_number(merit, value) for value in merit.trend],
        "change": None
        if found is None
        else {
            "before": _number(merit, found.before),
            "now": _number(merit, found.now),
            "delta": _number(merit, found.delta),
            "ratio": found.ratio,
            "label": found.reading,
        },
    }


def _number(merit: Merit, value: Decimal | None) -> str | float | None:
    """Hours and units as text, as money is; a share as a number."""
    if value is None:
        return None
    return float(value) if merit.measure == "share" else hundredths(value)


def _costs(costs: Costs, currency: str) -> dict[str, Any]:
    return {
        "income": rounded(costs.income, currency),
        "expense": rounded(costs.expense, currency),
        "fixed": rounded(costs.fixed.cost, currency),
        "fixed_by_month": [rounded(cost, currency) for cost in costs.fixed.costs],
        "fixed_costs": [
            {"kind": one.kind, "name": one.name, "amount": rounded(one.amount, currency)} for one in costs.fixed.items
        ],
        "covered_on": costs.fixed.day.isoformat() if costs.fixed.day else None,
        "covered_on_by_month": [day.isoformat() if day else None for day in costs.fixed.days],
        "automations": rounded(costs.tools, currency),
        "hourly": rounded(costs.hourly, currency),
        "hours_worth": rounded(costs.worth, currency),
        "gain": rounded(costs.gain, currency),
        "without_rate": sorted({*costs.fixed.apart, *costs.tools_apart}),
    }
