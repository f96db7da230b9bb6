"""The merits explained: how each figure is made, with the numbers put in and the months or records behind it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import partial

from pitrack.core.days import Month
from pitrack.core.merits import MeritId
from pitrack.core.views.merits.shapes import Costs, Focus, Merit, Merits, MeritSet, Sales, Saving, Sold
from pitrack.screens.dialogs.explain import Explanation, Figure
from pitrack.screens.plan.automations_lines import Look, cost_of
from pitrack.text import merits as told
from pitrack.text import words
from pitrack.text.dates import month_year, short_day, span
from pitrack.text.i18n import _, ngettext
from pitrack.text.plain import cells, pad, printable
from pitrack.widgets.pieces import Line

NOTHING = Decimal(0)
TITLE = 24
"""Cells of a stream's name in the title, on a phone, too."""
Evidence = Callable[[MeritSet, Merit, Look], list[Figure]]


def of_merit(view: Merits, found: MeritSet, merit: Merit, look: Look) -> Explanation:
    """One merit of a stream, or of all."""
    name = words.named(found.name, TITLE) if found.stream else _("all streams")
    figures = [*EVIDENCE[merit.id](found, merit, look), *_change(merit)]
    return Explanation(
        title=words.listed(told.name(merit.id), name),
        figures=tuple(figures),
        heading=_("Month by month: {what}").format(what=told.claim_of_month(merit.id)),
        records=tuple(_months(view, merit)),
    )


def _figure(name: str, merit: Merit, numbers: str) -> Figure:
    """The figure of a merit with its numbers, or why there is none."""
    why = "" if merit.figure is not None else told.reason(merit.why)
    lines = "\n".join(filter(None, (why, numbers)))
    return Figure(name, told.figure(merit.measure, merit.figure), told.formula(merit.id), lines)


def _change(merit: Merit) -> list[Figure]:
    found = merit.change
    if found is None:
        return []
    numbers = told.difference(merit.measure, found.now, found.before)
    words_ = _("The mean of the last three complete months against the mean of the three before them.")
    return [Figure(_("3-month change"), told.change(merit), words_, numbers)]


# Efficiency


def _efficiency(found: MeritSet, merit: Merit, look: Look) -> list[Figure]:
    running = [one for one in found.savings if one.state == "running"]
    places = told.places_of([one.hours for one in running if one.hours is not None and not one.again])
    lines = [_saving_line(one, places) for one in running]
    return [_figure(_("Hours saved, 3-month mean"), merit, "\n".join(lines))]


def _saving_line(one: Saving, places: int) -> str:
    name = printable(one.automation.name)
    if one.hours is None or one.hours_before is None or one.hours_since is None or one.again:
        return f"{name}: {told.not_saved(one)}"
    shown = partial(_mean, places=places) if told.adds_up(one.hours_before, one.hours_since, places) else _mean_of
    before, since = shown(one.hours_before, one.before), shown(one.hours_since, one.since)
    return f"{name}: {before} - {since} = {told.hours(one.hours, places=places)}"


def _mean(hours: Decimal, months: Sequence[Month], places: int) -> str:
    return f"{told.hours(hours, places=places)} ({span(months)})"


def _mean_of(hours: Decimal, months: Sequence[Month]) -> str:
    """Its sum over its months: rounded means would not add up."""
    total = words.minutes(round(hours * len(months) * 60))
    by = f" / {len(months)}" if len(months) > 1 else ""
    return f"{total}{by} ({span(months)})"


# Cost


def _cost(found: MeritSet, merit: Merit, look: Look) -> list[Figure]:
    costs = found.costs
    numbers = f"{look.money(costs.expense)} / {look.money(costs.income)} = {told.figure('share', merit.figure)}"
    ratio = _figure(
        _("Cost ratio"),
        merit,
        numbers if merit.figure is not None else "",
    )
    return [ratio, *_fixed(costs, look), *_gain(found, look)]


def _fixed(costs: Costs, look: Look) -> list[Figure]:
    if not costs.fixed.cost and not costs.fixed.apart:
        return []
    items = [f"{printable(one.name) or _('no note')}: {look.money(one.amount)}" for one in costs.fixed.items]
    items += _without_rate(costs.fixed.apart)
    what = _(
        "What the month cost whatever was sold: recurring expenses, automations, and expenses booked by hand with the "
        "same note three months running."
    )
    day = short_day(costs.fixed.day) if costs.fixed.day else _("not covered")
    return [
        Figure(_("Fixed cost"), look.money(costs.fixed.cost), what, "\n".join(items)),
        Figure(_("Covered on"), day, _("The day up to which income less fees had made it up.")),
    ]


def _without_rate(currencies: Sequence[str]) -> list[str]:
    return [_("{currency} has no rate").format(currency=printable(code)) for code in currencies]


def _gain(found: MeritSet, look: Look) -> list[Figure]:
    costs = found.costs
    running = [one for one in found.savings if one.state == "running" and one.automation.cost]
    bills = [f"{printable(one.automation.name)}: {cost_of(one, look)}" for one in running]
    tools = "\n".join([*bills, *_without_rate(costs.tools_apart)])
    if costs.worth is None or costs.gain is None or costs.hourly is None:
        what = _(
            "What the running automations cost a month. Tell what an hour is worth to you (settings of the book), and "
            "the hours saved are set against it."
        )
        return [Figure(_("Automations"), look.money(costs.tools), what, tools)]
    what = _("Hours saved a month at what an hour is worth to you, less what the running automations cost.")
    hours = told.figure("hours", found.merit("efficiency").figure)
    sum_ = f"{hours} x {look.money(costs.hourly)} - {look.money(costs.tools)} = {look.money(costs.gain)}"
    return [Figure(_("Saved less tools"), look.money(costs.gain), what, "\n".join(filter(None, (sum_, tools))))]


# Scalability


def _scalability(found: MeritSet, merit: Merit, look: Look) -> list[Figure]:
    return [_figure(_("Units an hour"), merit, _sold(found.sold, merit))]


def _sold(sold: Sold, merit: Merit) -> str:
    units = sold.units[-1] if sold.units else None
    if units is None or merit.figure is None:
        return ""
    return f"{words.plain_number(units)} / {told.hours(sold.hours[-1])} = {told.figure(merit.measure, merit.figure)}"


# Always on


def _always_on(found: MeritSet, merit: Merit, look: Look) -> list[Figure]:
    sales = found.sales
    figures = [_figure(_("Sales without work"), merit, _counted(sales, merit))]
    if sales.income.income is not None:
        numbers = f"{look.money(sales.income.income)} / {look.money(sales.income.judged)}"
        figures.append(Figure(_("Their income"), look.money(sales.income.income), _("The same by amount."), numbers))
    if not found.stream and sales.holidays:
        figures.append(_holidays(sales, look))
    return figures


def _counted(sales: Sales, merit: Merit) -> str:
    if merit.figure is None:
        return ""
    text = ngettext("{away} of {n} sale", "{away} of {n} sales", sales.sales[-1])
    return text.format(away=sales.away[-1], n=sales.sales[-1])


def _holidays(sales: Sales, look: Look) -> Figure:
    newest = sales.holidays[0]
    days = ngettext("{n} day", "{n} days", newest.days).format(n=newest.days)
    lines = [
        f"{one.first.isoformat()} - {one.last.isoformat()}: {look.money(one.income)}" for one in sales.holidays[:5]
    ]
    what = _("What came in while everything was paused, the newest days off first.")
    return Figure(_("Days off"), words.listed(days, look.money(newest.income)), what, "\n".join(lines))


# Core focus


def _core_focus(found: MeritSet, merit: Merit, look: Look) -> list[Figure]:
    focus = found.focus
    return [_figure(_("Core hours"), merit, _hours(focus, merit)), *_moved(focus)]


def _hours(focus: Focus, merit: Merit) -> str:
    if merit.figure is None:
        return ""
    core, every = focus.core[-1], focus.core[-1] + focus.routine[-1]
    return f"{told.hours(core)} / {told.hours(every)} = {told.figure(merit.measure, merit.figure)}"


def _moved(focus: Focus) -> list[Figure]:
    """Where the saved hours went."""
    if not focus.shifts:
        return []
    what = _(
        "Hours a month in the months before the first automation ({before}) and in the last ones ({since}): routine by "
        "task, then the rest by kind."
    ).format(before=span(focus.before), since=span(focus.since))
    shown = [one for one in focus.shifts if one.before or one.since]
    names = [printable(one.task) or words.time_kind(one.kind) for one in shown]
    wide = max(map(cells, names), default=0)
    lines = [
        f"{pad(name, wide)}  {told.hours(one.before):>8} -> {told.hours(one.since)}"
        for name, one in zip(names, shown, strict=True)
    ]
    routine = [one for one in shown if one.kind == "routine"]
    before, since = sum((one.before for one in routine), NOTHING), sum((one.since for one in routine), NOTHING)
    return [Figure(_("Routine"), f"{told.hours(before)} -> {told.hours(since)}", what, "\n".join(lines))]


EVIDENCE: dict[MeritId, Evidence] = {
    "efficiency": _efficiency,
    "cost": _cost,
    "scalability": _scalability,
    "always-on": _always_on,
    "core-focus": _core_focus,
}


def _months(view: Merits, merit: Merit) -> Sequence[Line]:
    """Newest first: the month and its value."""
    if not any(value is not None for value in merit.trend):
        return ()
    names = [month_year(month) for month in view.months]
    wide = max(map(cells, names))
    lines = [
        ((pad(name, wide) + "  ", ""), (told.figure(merit.measure, value).rjust(9), "strong"))
        for name, value in zip(names, merit.trend, strict=True)
    ]
    return [*reversed(lines)]
