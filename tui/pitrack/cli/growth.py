"""``pitrack growth``: income by month, what changed, and what it comes to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import click

from pitrack.cli.failures import WrongUsage
from pitrack.cli.left_out import left_out_data, say_left_out
from pitrack.cli.output import rounded, say, say_json, say_table, short
from pitrack.cli.parts import (
    OneOf,
    as_of_option,
    command,
    currency_option,
    json_option,
    option,
    read_code,
    stream_option,
)
from pitrack.cli.session import Session
from pitrack.core.views.income.assets import AssetGrowth, asset_growth
from pitrack.core.views.income.growth import Growth, MonthFigures, StreamGrowth
from pitrack.core.views.income.growth import growth as growth_view
from pitrack.store.names import find_stream
from pitrack.text import words
from pitrack.text.i18n import N_, _, pgettext

SHOWN = 12
"""Months in the table."""


@command("growth", N_("Income by month and how it grows; the open month enters no growth figure."))
@as_of_option
@currency_option
@stream_option
@option(
    "--by",
    type=OneOf(["stream", "asset"], words.thing),
    default="stream",
    help=N_("The lines: by stream, or by asset."),
)
@option("--of", type=OneOf(["income", "net"], _), default="income", help=N_("What grows: income, or net."))
@option("--from", "since", metavar="MONTH", help=N_("The first month of a period: 2026-01, jan, last."))
@option("--to", "until", metavar="MONTH", help=N_("The last month of a period."))
@json_option
@click.pass_obj
def growth(session: Session, /, day: str | None, *, by: str, as_json: bool, **given: Any) -> None:
    snap, on = session.snapshot, session.as_of(day)
    asked = _asked(session, **given)
    view = growth_view(snap, on, **asked)
    assets = asset_growth(snap, on, **asked) if by == "asset" else None
    if as_json:
        say_json(as_data(view, assets, _names(session)))
        return
    if view.months:
        _say_months(view)
        _say_figures(view)
        _say_lines(view, view.streams if assets is None else assets)
    elif asked["since"] or asked["until"]:
        say(_("No income in these months."))
    else:
        say(_("No income yet. Book some: pitrack earn STREAM 120.50"))
    _say_missing(view)
    say_left_out(view.missing_rates, view.currency)


def _asked(
    session: Session, *, currency: str | None, stream: str | None, of: str, since: str | None, until: str | None
) -> dict[str, Any]:
    """What was typed, read."""
    from pitrack.text.when import month

    first, last = (None if text is None else month(text, session.today) for text in (since, until))
    if first and last and first > last:
        raise WrongUsage(_("The period ends before it begins: {first} to {last}.").format(first=first, last=last))
    return {
        "currency": None if currency is None else read_code(currency),
        "of": of,
        "stream": None if stream is None else find_stream(session.snapshot, stream).id,
        "since": first,
        "until": last,
    }


def _names(session: Session) -> dict[str, str]:
    return {stream.id: stream.name for stream in session.snapshot.streams.values()}


def _say_missing(view: Growth) -> None:
    """What has not come."""
    for one in view.missing:
        by = words.day_of_month(one.by)
        say(_("Not come yet: {stream}, usually by {day}").format(stream=short(one.stream.name), day=by))


def as_data(
    view: Growth, assets: Sequence[AssetGrowth] | None = None, names: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """The documented shape of ``growth --json``; ``names`` of the streams that assets are on, by id."""
    currency = view.currency
    data = {
        "currency": currency,
        "as_of": view.as_of.isoformat(),
        "of": view.of,
        "months": [_month(month, currency) for month in view.months],
        "t3m": rounded(view.t3m, currency),
        "cmgr": view.cmgr,
        "doubling_months": view.doubling_months,
        "yoy": view.yoy,
        "run_rate": rounded(view.run_rate, currency),
        "to_date": rounded(view.to_date, currency),
        "to_date_before": rounded(view.to_date_before, currency),
        "hours": format(view.hours, ".2f"),
        "per_hour": rounded(view.per_hour, currency),
        "coverage": view.coverage,
        "sources": view.sources,
        "sources_with_job": view.sources_with_job,
        "streams": [{"stream": line.name or None, **_line(line, currency)} for line in view.streams],
        "missing": [{"stream": one.stream.name, "by": one.by} for one in view.missing],
        "missing_rates": left_out_data(view.missing_rates),
    }
    if assets is not None:
        known = names or {}
        data["assets"] = [
            {"asset": line.name, "id": line.asset, "stream": known.get(line.stream), **_line(line, currency)}
            for line in assets
        ]
    return data


def _line(line: StreamGrowth, currency: str) -> dict[str, Any]:
    return {
        "months": [_month(month, currency) for month in line.months],
        "t3m": rounded(line.t3m, currency),
        "cmgr": line.cmgr,
        "doubling_months": line.doubling_months,
        "yoy": line.yoy,
        "run_rate": rounded(line.run_rate, currency),
        "to_date": rounded(line.to_date, currency),
        "hours": format(line.hours, ".2f"),
        "per_hour": rounded(line.per_hour, currency),
        "share": line.share,
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

    grown, other = (_("net"), _("income")) if view.of == "net" else (_("income"), _("net"))
    head = (_("month"), grown, pgettext("of an amount", "change"), "", other, "")
    rows = [
        (
            month_year(month.month),
            _money(_grown(view, month), view.currency),
            "" if month.delta is None else _money(month.delta, view.currency, sign=True),
            _reading(month),
            _money(month.income if view.of == "net" else month.net, view.currency),
            _remark(month, view.currency),
        )
        for month in view.months[-SHOWN:]
    ]
    say_table([head, *rows], "lrrrrl")


def _grown(view: Growth, month: MonthFigures) -> Decimal:
    return month.net if view.of == "net" else month.income


def _reading(month: MonthFigures) -> str:
    return "" if month.label in ("open", "first") else words.growth(month.label, month.mom)


def _remark(month: MonthFigures, currency: str) -> str:
    remarks = []
    if month.open:
        remarks.append(_("so far"))
    elif month.provisional:
        remarks.append(_("provisional"))
    if month.pending:
        remarks.append(_("{amount} pending").format(amount=_money(month.pending, currency)))
    return words.listed(*remarks)


def _say_figures(view: Growth) -> None:
    from pitrack.text.money import percent

    figures = [
        (_("Mean of three months"), None if view.t3m is None else _money(view.t3m, view.currency)),
        (_("At this rate in a year"), None if view.run_rate is None else _money(view.run_rate, view.currency)),
        (_("Growth a month (compound)"), None if view.cmgr is None else percent(view.cmgr)),
        (_("On the year before"), None if view.yoy is None else percent(view.yoy)),
        (_("Net per hour"), None if view.per_hour is None else _money(view.per_hour, view.currency)),
        (_("Streams pay of the job"), None if view.coverage is None else percent(view.coverage, sign=False)),
    ]
    known = [(name, value) for name, value in figures if value is not None]
    if known:
        say()
        say_table(known, "lr")


def _say_lines(view: Growth, lines: Sequence[StreamGrowth]) -> None:
    """The headline month of each stream or asset."""
    headline = view.headline
    if headline is None or not lines:
        return
    from pitrack.text.dates import month_year
    from pitrack.text.money import percent

    say()
    place = view.months.index(headline)
    rows = []
    for line in lines:
        month = line.months[place]
        rows.append(
            (
                short(line.name) or _("No stream"),
                _money(_grown(view, month), view.currency),
                "" if month.delta is None else _money(month.delta, view.currency, sign=True),
                _reading(month),
                "" if line.cmgr is None else percent(line.cmgr),
                _("job") if line.role == "job" else "",
            )
        )
    what = _("net") if view.of == "net" else _("income")
    pace = _("a month") if any(line.cmgr is not None for line in lines) else ""
    say_table([(month_year(headline.month), what, pgettext("of an amount", "change"), "", pace, ""), *rows], "lrrrrl")


def _money(amount: Decimal, currency: str, *, sign: bool = False) -> str:
    from pitrack.text.money import money

    return money(amount, currency, sign=sign)
