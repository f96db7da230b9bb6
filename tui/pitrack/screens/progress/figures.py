"""The figures of Progress: what carries the income, what of it needs no hours, what was built, how it grows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from functools import partial
from itertools import accumulate
from typing import NamedTuple

from pitrack.core.views.income.growth import Growth
from pitrack.core.views.income.stack_shapes import AwayIncome, Stack
from pitrack.screens.progress.income import Purse, tenths
from pitrack.screens.progress.reading import Reading
from pitrack.screens.progress.rows import FigureLine
from pitrack.text import words
from pitrack.text.dates import month_year, short_day
from pitrack.text.i18n import N_, _, ngettext, pgettext
from pitrack.text.money import number, one_decimal, percent
from pitrack.widgets.glyphs import Glyphs
from pitrack.widgets.pieces import Line
from pitrack.widgets.rows import Head
from pitrack.widgets.spark import spark

NOT_AWAY = {
    "lump": N_("lump payouts"),
    "no time": N_("no time logged"),
    "service": N_("a service"),
}
"""Why there is no income of days without work."""
LONG = 120
"""Months of doubling time above which it says nothing."""

Numbers = Sequence[float | None] | Sequence[Decimal | None]


class Group(NamedTuple):
    """Figures that belong together, under a title."""

    title: str
    lines: Sequence[FigureLine]


def groups(reading: Reading, purse: Purse, glyphs: Glyphs) -> list[Group]:
    """All figures that are known, in the order in which they matter; a group without figures is left out."""
    growth, stack, way = reading.growth, reading.stack, partial(_way, glyphs)
    found = [
        Group(_("WHAT CARRIES IT"), [*_spread(growth, stack, way)]),
        Group(_("WITHOUT YOUR HOURS"), [*_passive(stack, purse, way)]),
        Group(_("BUILT AND PAID BACK"), [*_built(stack, way), *_paid(stack, purse)]),
        Group(_("GROWTH"), [*_growing(growth, purse, way)]),
    ]
    return [group for group in found if group.lines]


def heads(groups: Sequence[Group]) -> dict[int, Head]:
    """The titles above the figures, by the index of the first of each group."""
    firsts = accumulate((len(group.lines) for group in groups), initial=0)
    return {first: partial(_head, group.title) for first, group in zip(firsts, groups, strict=False)}


def _head(title: str, _width: int) -> Line:
    return [(title, "head")]


Way = Callable[[Numbers], str]


def _way(glyphs: Glyphs, values: Numbers) -> str:
    """A year of a figure as text; nothing of a single month."""
    return spark([value or 0 for value in values], glyphs) if len(values) > 1 else ""


def _spread(growth: Growth, stack: Stack, way: Way) -> Iterator[FigureLine]:
    if growth.coverage is not None:
        share = percent(growth.coverage, sign=False)
        yield FigureLine(
            "coverage",
            _("Streams pay"),
            (_("{percent} of the job").format(percent=share), share),
            trend=way(stack.coverage.trend),
            about=_("the streams beside the job"),
        )
    if growth.sources is not None:
        said = one_decimal(growth.sources)
        forms = [said]
        if growth.sources_with_job is not None and growth.sources_with_job != growth.sources:
            with_job = one_decimal(growth.sources_with_job)
            told = (_("{n}, with job {with_job}"), _("{n} (+ job: {with_job})"))
            forms = [*(form.format(n=said, with_job=with_job) for form in told), said]
        yield FigureLine(
            "sources",
            _("Real sources"),
            tuple(forms),
            trend=way(stack.sources.trend),
            about=_("as many equal ones spread the risk"),
        )


def _passive(stack: Stack, purse: Purse, way: Way) -> Iterator[FigureLine]:
    if not stack.months:
        return
    away = stack.whole.away
    known = away.income is not None
    yield FigureLine(
        "away",
        _("Away income"),
        (_away(away, purse),),
        role="strong" if known else "muted",
        trend=way(away.share.trend) if known else "",
        about=_("sold on days without work on it"),
    )
    old = stack.old_work
    part = "" if old.share.value is None else percent(old.share.value, sign=False)
    yield FigureLine(
        "back-catalogue",
        _("Year-old work"),
        (_("{amount}  {percent}").format(amount=purse(old.income), percent=part) if part else "-",),
        role="strong" if part else "muted",
        trend=way(old.share.trend),
        about=_("from assets a year old or older"),
    )
    if stack.holidays:
        last = stack.holidays[0]
        days = words.unit(last.days, "day")
        yield FigureLine(
            "holiday",
            _("Days off"),
            (_("{days} paid {amount}").format(days=days, amount=purse(last.income)), purse(last.income)),
            about=_("until {day}").format(day=short_day(last.last)),
        )


def _away(away: AwayIncome, purse: Purse) -> str:
    if away.income is None or away.share.value is None:
        return _(NOT_AWAY[away.why]) if away.why in NOT_AWAY else "-"
    return _("{amount}  {percent}").format(amount=purse(away.income), percent=percent(away.share.value, sign=False))


def _built(stack: Stack, way: Way) -> Iterator[FigureLine]:
    if not stack.built:
        return
    built = stack.built[-1]
    assets, systems = len(built.assets), len(built.automations)
    told = [
        ngettext("{n} asset", "{n} assets", assets).format(n=assets),
        ngettext("{n} system", "{n} systems", systems).format(n=systems),
        _("{hours} h learning").format(hours=number(tenths(built.hours))),
    ]
    counts = [assets, systems, built.hours]
    some = [text for text, count in zip(told, counts, strict=True) if count]
    yield FigureLine(
        "built",
        _("Built"),
        tuple(words.listed(*some[:most]) for most in range(len(some), 0, -1)) or (_("nothing new"),),
        role="strong" if some else "muted",
        trend=way([Decimal(len(one.assets) + len(one.automations)) for one in stack.built]),
        about=_("published, begun, learnt in it"),
    )


def _paid(stack: Stack, purse: Purse) -> Iterator[FigureLine]:
    if not stack.months:
        return
    cost, life = stack.whole.break_even, stack.whole.payback
    if cost.cost:
        amount = purse(cost.cost)
        said = [_("{amount}, not covered").format(amount=amount), amount]
        if cost.day:
            covered = pgettext("of costs", "by {day}").format(day=short_day(cost.day))
            said = [_("{amount}, {covered}").format(amount=amount, covered=covered), covered]
        yield FigureLine(
            "break-even",
            _("Fixed cost"),
            tuple(said),
            about=_("of a month, and when it was covered"),
        )
    if life.month is not None:
        yield FigureLine(
            "paid-back",
            _("Paid back"),
            (_("since {month}").format(month=month_year(life.month)),),
            about=_("more came out than was put in"),
        )
    elif life.invested or life.hours:
        hours = _("{hours} h").format(hours=number(tenths(life.hours)))
        both = _("{amount} and {hours}").format(amount=purse(life.invested), hours=hours)
        yield FigureLine("paid-back", _("Put in so far"), (both, purse(life.invested)), about=_("money and hours"))


def _growing(growth: Growth, purse: Purse, way: Way) -> Iterator[FigureLine]:
    if growth.cmgr is None:
        yield FigureLine("cmgr", _("Growing"), (_("too early to say"),), role="muted")
    else:
        yield FigureLine(
            "cmgr",
            _("Growing"),
            (_("{percent} a month").format(percent=percent(growth.cmgr)),),
            trend=way([month.income for month in growth.months[:-1][-12:]]),
            about=_("compound, over twelve months"),
        )
    if growth.doubling_months is not None and growth.doubling_months < LONG:
        months = round(growth.doubling_months)
        yield FigureLine(
            "doubling",
            _("Doubles in"),
            (ngettext("{n} month", "{n} months", months).format(n=months),),
            about=_("at that rate, which may not last"),
        )
    if growth.t3m is not None:
        yield FigureLine("t3m", _("3-month mean"), (purse(growth.t3m),), about=_("of the last complete months"))
    if growth.run_rate is not None:
        yield FigureLine("run-rate", _("Year's pace"), (purse(growth.run_rate),), about=_("twelve months at that mean"))
    if growth.yoy is not None:
        yield FigureLine("yoy", _("On last year"), (percent(growth.yoy),), about=_("the same month a year before"))
