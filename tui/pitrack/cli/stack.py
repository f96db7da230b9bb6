"""``pitrack stack``: how many sources, how much of the job they pay, and how much of it needs no hours."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import click

from pitrack.cli.left_out import left_out_data, say_left_out
from pitrack.cli.output import is_narrow, plain, rounded, say, say_json, say_table, short
from pitrack.cli.parts import as_of_option, command, currency_option, json_option, read_code
from pitrack.cli.session import Session
from pitrack.core.views.income.stack import stack as stack_view
from pitrack.core.views.income.stack_shapes import Amount, Built, Payback, Ratio, Stack, StackLine
from pitrack.text import words
from pitrack.text.i18n import N_, _, ngettext

WIDE = frozenset({3, 5, 7})
"""Columns of the streams that a narrow terminal does without: hours, units an hour, when costs were covered."""


@command("stack", N_("Sources of income, and what of it needs no hours: shares, coverage of the job, away income."))
@as_of_option
@currency_option
@json_option
@click.pass_obj
def stack(session: Session, day: str | None, currency: str | None, as_json: bool) -> None:
    view = stack_view(session.snapshot, session.as_of(day), None if currency is None else read_code(currency))
    if as_json:
        say_json(as_data(view))
        return
    if view.months:
        _say_whole(view)
        _say_streams(view)
        _say_efforts(view)
    else:
        say(_("No month with income or work is over yet. Book income with: pitrack earn STREAM 120.50"))
    say_left_out(view.missing_rates, view.currency)


def as_data(view: Stack) -> dict[str, Any]:
    """The documented shape of ``stack --json``."""
    return {
        "currency": view.currency,
        "as_of": view.as_of.isoformat(),
        "month": str(view.month),
        "provisional": view.provisional,
        "months": [str(month) for month in view.months],
        "hhi": view.hhi,
        "sources": _ratio(view.sources),
        "sources_with_job": _ratio(view.sources_with_job),
        "job": _amount(view.job, view.currency),
        "coverage": _ratio(view.coverage),
        "back_catalogue": {"income": rounded(view.old_work.income, view.currency), **_ratio(view.old_work.share)},
        "holidays": [
            {
                "first": one.first.isoformat(),
                "last": one.last.isoformat(),
                "days": one.days,
                "income": rounded(one.income, view.currency),
            }
            for one in view.holidays
        ],
        "built": [_built(one) for one in view.built],
        "building": _built(view.building),
        "all": _line(view.whole, view.currency),
        "streams": [
            {"stream": line.name or None, "role": line.role, **_line(line, view.currency)} for line in view.streams
        ],
        "missing_rates": left_out_data(view.missing_rates),
    }


def _line(line: StackLine, currency: str) -> dict[str, Any]:
    away, costs, back = line.away, line.break_even, line.payback
    return {
        "income": _amount(line.income, currency),
        "net": rounded(line.net, currency),
        "share": _ratio(line.share),
        "hours": _hours(line.hours),
        "per_hour": {**_amount(line.per_hour, currency), "life": rounded(line.per_hour_life, currency)},
        "units": plain(line.units),
        "units_per_hour": {
            "value": _number(line.units_per_hour.value),
            "trend": [_number(one) for one in line.units_per_hour.trend],
        },
        "away": {
            "income": rounded(away.income, currency),
            "judged": rounded(away.judged, currency),
            **_ratio(away.share),
            "why": away.why,
        },
        "break_even": {
            "cost": rounded(costs.cost, currency),
            "day": _day(costs.day),
            "costs": [rounded(one, currency) for one in costs.costs],
            "days": [_day(one) for one in costs.days],
            "items": [
                {"kind": one.kind, "name": one.name, "amount": rounded(one.amount, currency)} for one in costs.items
            ],
            "missing_rates": list(costs.apart),
        },
        "payback": {
            "invested": rounded(back.invested, currency),
            "hours": _hours(back.hours),
            "income": rounded(back.income, currency),
            "net": rounded(back.net, currency),
            "first_income": _day(back.first_income),
            "month": str(back.month) if back.month else None,
            "hourly": rounded(back.hourly, currency),
            "invested_at_own_value": rounded(back.invested_at_own_value, currency),
            "month_at_own_value": str(back.month_at_own_value) if back.month_at_own_value else None,
        },
        "efforts": [
            {"kind": one.kind, "last": _day(one.last), "weeks": one.weeks, "neglected": one.neglected}
            for one in line.efforts
        ],
    }


def _ratio(ratio: Ratio) -> dict[str, Any]:
    return {"value": ratio.value, "trend": list(ratio.trend)}


def _amount(amount: Amount, currency: str) -> dict[str, Any]:
    return {"value": rounded(amount.value, currency), "trend": [rounded(one, currency) for one in amount.trend]}


def _built(one: Built) -> dict[str, Any]:
    return {
        "month": str(one.month),
        "assets": len(one.assets),
        "automations": len(one.automations),
        "learning_hours": _hours(one.hours),
    }


def _hours(hours: Decimal) -> str:
    return format(hours, ".2f")


def _number(value: Decimal | None) -> str | None:
    return None if value is None else format(value, ".2f")


def _day(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()


def _say_whole(view: Stack) -> None:
    from pitrack.text.dates import month_year

    title = month_year(view.month)
    say(_("{month}, provisional").format(month=title) if view.provisional else title)
    say_table([row for row in _whole(view) if row[1]], "lrl", "  ")


def _whole(view: Stack) -> list[tuple[str, str, str]]:
    """The figures of all streams together, a name, a value and a remark each; an empty value where there is none."""
    from pitrack.text.figures import why

    whole, back, built = view.whole, view.whole.payback, view.built[-1]
    costs, away, old = whole.break_even, whole.away, view.old_work
    return [
        (_("Streams pay of the job"), _percent(view.coverage.value), ""),
        (_("Real sources"), _sources(view.sources), ""),
        (_("Real sources, with the job"), _sources(view.sources_with_job), ""),
        (_("Away income"), _money(away.income, view.currency) or "-", _percent(away.share.value) or why(away.why)),
        (_("Year-old work"), _money(old.income, view.currency) if old.income else "", _percent(old.share.value)),
        (_("Net per hour"), _money(whole.per_hour.value, view.currency), ""),
        (_("Net per hour, since the start"), _money(whole.per_hour_life, view.currency), ""),
        (_("Fixed cost of a month"), _money(costs.cost, view.currency) if costs.cost else "", _covered(costs.day)),
        (_("Invested so far"), _money(back.invested, view.currency) if back.invested else "", _paid_back(back)),
        *_newest_holiday(view),
        (_("Built"), str(len(built.assets) + len(built.automations)), _made(built)),
    ]


def _made(built: Built) -> str:
    from pitrack.text.figures import made

    text = made(len(built.assets), len(built.automations), built.hours)
    return "" if text == "-" else text


def _sources(ratio: Ratio) -> str:
    return _tenths(ratio.value)


def _covered(day: dt.date | None) -> str:
    return _("covered on {day}").format(day=words.day_of_month(day.day)) if day else _("not covered")


def _paid_back(back: Payback) -> str:
    """When what was invested had come in again, without and with the hours."""
    from pitrack.text.dates import month_year

    parts = [_("paid back in {month}").format(month=month_year(back.month)) if back.month else _("not paid back yet")]
    if back.month_at_own_value:
        parts.append(_("with your hours in {month}").format(month=month_year(back.month_at_own_value)))
    return words.listed(*parts)


def _newest_holiday(view: Stack) -> list[tuple[str, str, str]]:
    if not view.holidays:
        return []
    one = view.holidays[0]
    text = ngettext("{n} day off brought", "{n} days off brought", one.days)
    days = _("{first} to {last}").format(first=one.first, last=one.last)
    return [(text.format(n=one.days), _money(one.income, view.currency), days)]


def _say_streams(view: Stack) -> None:
    head = ("", _("income"), _("share"), _("hours"), _("an hour"), _("units an hour"), _("away"), _("covered"))
    rows = [
        (
            short(line.name) or _("No stream"),
            _money(line.income.value, view.currency),
            _percent(line.share.value) or "-",
            _tenths(line.hours) if line.hours else "",
            _money(line.per_hour.value, view.currency),
            _tenths(line.units_per_hour.value),
            _percent(line.away.share.value),
            words.day_of_month(line.break_even.day.day) if line.break_even.day else "",
        )
        for line in view.streams
    ]
    shown = [place for place in range(len(head)) if not (is_narrow() and place in WIDE)]
    known = [head[place] if any(row[place] for row in rows) else "" for place in shown]
    say()
    say_table([known, *([row[place] for place in shown] for row in rows)], "l" + "r" * (len(shown) - 1))
    if any(line.role == "job" and line.share.value for line in view.streams):
        say(_("The job's share is of all income; the others are of the streams' income."))


def _say_efforts(view: Stack) -> None:
    """What has been left for weeks."""
    rows = [
        (
            short(line.name),
            words.listed(*(words.last_worked(one.kind, one.weeks) for one in line.efforts if one.neglected)),
        )
        for line in view.streams
        if any(one.neglected for one in line.efforts)
    ]
    if rows:
        say()
        say(_("Untended:"))
        say_table(rows, "ll", "  ")


def _percent(ratio: float | None) -> str:
    from pitrack.text.money import percent

    return "" if ratio is None else percent(ratio, sign=False)


def _tenths(value: Decimal | float | None) -> str:
    from pitrack.text.money import one_decimal

    return "" if value is None else one_decimal(value)


def _money(amount: Decimal | None, currency: str) -> str:
    from pitrack.text.money import money

    return "" if amount is None else money(amount, currency)
