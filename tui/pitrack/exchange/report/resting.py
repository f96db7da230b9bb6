"""What the report's income rests on: sources, income that needs no hours, old work, costs, and what is untended."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pitrack.core.days import Month
from pitrack.core.views.income.stack_shapes import BreakEven, Holiday, Payback, StackLine
from pitrack.exchange.report.blocks import Block, Cell, Facts, Table, Text
from pitrack.exchange.report.model import Report
from pitrack.exchange.report.money_tables import Purse, tenths
from pitrack.text.dates import month_year
from pitrack.text.figures import why
from pitrack.text.i18n import _, ngettext
from pitrack.text.money import number, one_decimal, percent
from pitrack.text.plain import printable
from pitrack.text.words import day_of_month, last_worked, listed


def resting(report: Report, purse: Purse) -> Iterator[Block]:
    """The figures of all streams together, then what differs by stream."""
    if not report.stack.months:
        return
    if pairs := tuple(_figures(report, purse)):
        yield Facts(pairs)
    if code := report.stack.whole.away.why:
        yield Text(_("Away income cannot be told: {why}.").format(why=why(code)), "note")
    lines = [line for line in report.stack.streams if line.role != "job" and _is_told(line)]
    if lines:
        yield _table(report, lines)


def _figures(report: Report, purse: Purse) -> Iterator[tuple[str, str]]:
    stack, whole = report.stack, report.stack.whole
    if stack.coverage.value is not None:
        yield _("Streams pay"), _("{percent} of the job").format(percent=percent(stack.coverage.value, sign=False))
    if stack.sources.value is not None:
        sources, with_job = one_decimal(stack.sources.value), stack.sources_with_job.value
        if with_job is not None and with_job != stack.sources.value:
            sources = _("{n}, with job {with_job}").format(n=sources, with_job=one_decimal(with_job))
        yield _("Real sources"), sources
    if away := _part(whole.away.income, whole.away.share.value, purse):
        yield _("Away income"), away
    if old := _part(stack.old_work.income, stack.old_work.share.value, purse):
        yield _("Year-old work"), old
    if whole.break_even.cost:
        yield _("Fixed costs"), _covered(whole.break_even, purse)
    yield from _paid_back(whole.payback, purse)
    for one in stack.holidays:
        if Month.of(one.last) == report.month:
            yield _days_off(one), _("some income") if purse.hidden and one.income else purse(one.income)


def _part(amount: Decimal | None, share: float | None, purse: Purse) -> str:
    """``$453, 40.0%``; only the percentage where amounts are hidden; empty where there is none."""
    if amount is None or share is None:
        return ""
    return listed("" if purse.hidden else purse(amount), percent(share, sign=False))


def _covered(costs: BreakEven, purse: Purse) -> str:
    day = _("covered by {day}").format(day=day_of_month(costs.day.day)) if costs.day else _("not covered")
    return day if purse.hidden else listed(purse(costs.cost), day)


def _paid_back(back: Payback, purse: Purse) -> Iterator[tuple[str, str]]:
    """When lifetime income passed what was invested; before the first income, what that is."""
    if back.first_income is None:
        spent = listed(
            purse(back.invested) if back.invested and not purse.hidden else "",
            _("{hours} h").format(hours=number(tenths(back.hours))) if back.hours else "",
        )
        if spent:
            yield _("Invested so far"), spent
        return
    if back.month:
        yield _("Paid back in"), month_year(back.month)
    if back.month_at_own_value:
        yield _("Paid back with your hours in"), month_year(back.month_at_own_value)


def _days_off(one: Holiday) -> str:
    return ngettext("{n} day off brought", "{n} days off brought", one.days).format(n=one.days)


def _is_told(line: StackLine) -> bool:
    """Whether a stream has a figure of its own in the table."""
    has_figure = line.away.share.value is not None or line.units_per_hour.value is not None or line.break_even.cost
    return bool(has_figure) or any(one.neglected for one in line.efforts)


def _table(report: Report, lines: list[StackLine]) -> Table:
    return Table(
        _("What needs no hours in {month}, and what is untended").format(month=month_year(report.month)),
        (_("stream"), _("away"), _("units an hour"), _("costs covered"), _("untended")),
        tuple(
            (
                Cell(printable(line.name) or _("no stream")),
                Cell(_percent(line.away.share.value), line.away.share.value),
                Cell("-" if line.units_per_hour.value is None else one_decimal(line.units_per_hour.value)),
                Cell(_covered_on(line.break_even)),
                Cell(listed(*(last_worked(one.kind, one.weeks) for one in line.efforts if one.neglected)) or "-"),
            )
            for line in lines
        ),
        "lrrrl",
        spare=(2, 3),
    )


def _percent(ratio: float | None) -> str:
    return "-" if ratio is None else percent(ratio, sign=False)


def _covered_on(costs: BreakEven) -> str:
    if not costs.cost:
        return "-"
    return day_of_month(costs.day.day) if costs.day else _("not covered")
