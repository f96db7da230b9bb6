"""``pitrack growth``: income by month, what changed, and what it comes to."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import click

from pitrack.cli.output import rounded, say, say_json, say_table, short
from pitrack.cli.parts import as_of_option, command, json_option, option, read_code
from pitrack.cli.session import Session
from pitrack.core.views.growth import Growth, MonthFigures
from pitrack.core.views.growth import growth as growth_view
from pitrack.text import words
from pitrack.text.i18n import N_, _

SHOWN = 12
"""Months in the table."""


@command("growth", N_("Income by month and how it grows; the open month enters no growth figure."))
@as_of_option
@option("--currency", metavar="CURRENCY", help=N_("The currency to count in (the book's if left out)."))
@json_option
@click.pass_obj
def growth(session: Session, day: str | None, currency: str | None, as_json: bool) -> None:
    view = growth_view(session.snapshot, session.day(day), None if currency is None else read_code(currency))
    if as_json:
        say_json(as_data(view))
    elif not view.months:
        say(_("No income yet. Book some: pitrack earn STREAM 120.50"))
    else:
        _say_months(view)
        _say_figures(view)
        _say_streams(view)
    if not as_json:
        _say_missing(view)
        for missing in view.missing_rates:
            say(
                _(
                    "Left out for want of a rate: {amount}. Add it: pitrack rate add {currency} {quote} RATE --on {day}"
                ).format(
                    amount=_money(missing.amount, missing.currency),
                    currency=missing.currency,
                    quote=view.currency,
                    day=missing.day,
                )
            )


def _say_missing(view: Growth) -> None:
    for one in view.missing:
        by = words.day_of_month(one.by)
        say(_("Not come yet: {stream}, usually by {day}").format(stream=short(one.stream.name), day=by))


def as_data(view: Growth) -> dict[str, Any]:
    """The documented shape of ``growth --json``."""
    return {
        "currency": view.currency,
        "as_of": view.as_of.isoformat(),
        "months": [_month(month, view.currency) for month in view.months],
        "t3m": rounded(view.t3m, view.currency),
        "cmgr": view.cmgr,
        "yoy": view.yoy,
        "run_rate": rounded(view.run_rate, view.currency),
        "streams": [
            {"stream": stream.name or None, "months": [_month(month, view.currency) for month in stream.months]}
            for stream in view.streams
        ],
        "missing": [{"stream": one.stream.name, "by": one.by} for one in view.missing],
        "missing_rates": [
            {
                "currency": missing.currency,
                "day": missing.day.isoformat(),
                "amount": rounded(missing.amount, missing.currency),
            }
            for missing in view.missing_rates
        ],
    }


def _month(month: MonthFigures, currency: str) -> dict[str, Any]:
    return {
        "month": str(month.month),
        "income": rounded(month.income, currency),
        "expense": rounded(month.expense, currency),
        "net": rounded(month.net, currency),
        "pending": rounded(month.pending, currency),
        "delta": rounded(month.delta, currency),
        "mom": month.mom,
        "label": month.label,
        "open": month.open,
        "provisional": month.provisional,
    }


def _say_months(view: Growth) -> None:
    from pitrack.text.dates import month_year

    head = (_("month"), _("income"), _("change"), "", _("net"), "")
    rows = [
        (
            month_year(month.month),
            _money(month.income, view.currency),
            "" if month.delta is None else _money(month.delta, view.currency, sign=True),
            _reading(month),
            _money(month.net, view.currency),
            _remark(month, view.currency),
        )
        for month in view.months[-SHOWN:]
    ]
    say_table([head, *rows], "lrrrrl")


def _reading(month: MonthFigures) -> str:
    from pitrack.text import words

    return "" if month.label in ("open", "first") else words.growth(month.label, month.mom)


def _remark(month: MonthFigures, currency: str) -> str:
    remarks = []
    if month.open:
        remarks.append(_("so far"))
    elif month.provisional:
        remarks.append(_("provisional"))
    if month.pending:
        remarks.append(_("{amount} pending").format(amount=_money(month.pending, currency)))
    return ", ".join(remarks)


def _say_figures(view: Growth) -> None:
    from pitrack.text.money import percent

    figures = [
        (_("Mean of three months"), None if view.t3m is None else _money(view.t3m, view.currency)),
        (_("At this rate in a year"), None if view.run_rate is None else _money(view.run_rate, view.currency)),
        (_("Growth a month (compound)"), None if view.cmgr is None else percent(view.cmgr)),
        (_("On the year before"), None if view.yoy is None else percent(view.yoy)),
        (_("Streams pay of the job"), None if view.coverage is None else percent(view.coverage, sign=False)),
    ]
    known = [(name, value) for name, value in figures if value is not None]
    if known:
        say()
        say_table(known, "lr")


def _say_streams(view: Growth) -> None:
    headline = view.headline
    if headline is None or not view.streams:
        return
    from pitrack.text.dates import month_year

    say()
    rows = []
    for stream in view.streams:
        month = stream.months[-2]
        rows.append(
            (
                short(stream.name) or _("No stream"),
                _money(month.income, view.currency),
                "" if month.delta is None else _money(month.delta, view.currency, sign=True),
                _reading(month),
                _("job") if stream.role == "job" else "",
            )
        )
    say_table([(month_year(headline.month), _("income"), _("change"), "", ""), *rows], "lrrrl")


def _money(amount: Decimal, currency: str, *, sign: bool = False) -> str:
    from pitrack.text.money import money

    return money(amount, currency, sign=sign)
