"""What Progress says of income in sentences: the headline, what it leaves out, the month so far, the goal."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from pitrack.core.days import Month
from pitrack.core.views.income.growth import Growth, MonthFigures
from pitrack.core.views.plan import GoalProgress
from pitrack.text.dates import month_name, short_day
from pitrack.text.i18n import _, ngettext, pgettext
from pitrack.text.money import HIDDEN, money, percent
from pitrack.text.plain import printable
from pitrack.text.words import day_of_month, listed, named, unconverted
from pitrack.text.words import growth as growth_label
from pitrack.widgets.pieces import Line, Piece
from pitrack.widgets.wrapping import broken


@dataclass(frozen=True, slots=True)
class Purse:
    """Words amounts of one currency in whole units, or hides them."""

    currency: str
    hidden: bool = False

    def __call__(self, amount: Decimal | None, *, sign: bool = False) -> str:
        if amount is None:
            return "-"
        return HIDDEN if self.hidden else money(amount, self.currency, whole=True, sign=sign)

    def axis(self, value: float) -> str:
        """A value of a chart's scale, in few cells; nothing while amounts are hidden."""
        return "" if self.hidden else money(Decimal(str(value)), self.currency, compact=True)


def trend_role(figures: MonthFigures) -> str:
    """The role of a change: better, worse or neither."""
    if not figures.delta:
        return "muted"
    return "good" if figures.delta > 0 else "bad"


def change_words(figures: MonthFigures) -> str:
    """``+12.0%``, or why there is no percentage."""
    if figures.label == "percent" and figures.mom is not None:
        return percent(figures.mom)
    return growth_label(figures.label, None)


def headline(growth: Growth, purse: Purse) -> Line:
    """``October, provisional: $1,146  +$123  +12.0% on September``."""
    last = growth.headline
    if last is None:
        first = month_name(growth.months[0].month)
        said = _("{month} is the first month. Growth shows from the second complete month on.").format(month=first)
        return [(said, "strong")]
    name = month_name(last.month)
    title = _("{month}, provisional:").format(month=name) if last.provisional else f"{name}:"
    line: list[Piece] = [(f"{title} ", "strong"), (f"{purse(last.income)}  ", "accent")]
    if last.delta is not None:
        role = trend_role(last)
        line.append((f"{purse(last.delta, sign=True)}  {change_words(last)} ", role))
        line.append((_("on {month}").format(month=month_name(last.month.shift(-1))), "muted"))
    return line


def standpoint(currency: str | None, day: dt.date | None) -> Line:
    """What is unusual about the view: another currency than the book's, a day in the past."""
    said = [_("in {currency}").format(currency=printable(currency))] if currency else []
    if day:
        said.append(_("as of {day}").format(day=short_day(day)))
    return [(listed(*said), "warn")] if said else []


def notes(growth: Growth, hidden: bool) -> list[Line]:
    """What the totals leave out, with the line to type for the first of it, and what they are not sure of."""
    lines: list[Line] = []
    if growth.missing_rates:
        first = growth.missing_rates[0]
        words = _(
            "Left out for want of a rate: {amount}. Add it: pitrack rate add {currency} {quote} RATE --on {day}"
        ).format(
            amount=pgettext("between amounts", ", ").join(
                unconverted(missing.amount, missing.currency, hidden) for missing in growth.missing_rates
            ),
            currency=printable(first.currency),
            quote=growth.currency,
            day=first.day,
        )
        lines.append([(words, "warn")])
    if growth.headline and growth.headline.pending > 0:
        amount = Purse(growth.currency, hidden)(growth.headline.pending)
        lines.append([(_("{amount} of it is still to be paid.").format(amount=amount), "muted")])
    return lines


def nothing(width: int) -> list[Line]:
    """What an empty book says."""
    return [
        [(_("No income booked yet."), "strong")],
        (),
        *broken([(_("Press 2 for Streams, then a to book the first payment. "), ""),
                  (_("Growth, streaks and what compounds show here."), "muted")], width),
    ]  # fmt: skip


def missing(growth: Growth) -> Line:
    """``Missing: Shutterstock, usually by the 15th``, and how many more; nothing where all has come."""
    if not growth.missing:
        return []
    first, more = growth.missing[0], len(growth.missing) - 1
    said = _("Missing: {stream}, usually by {day}").format(stream=named(first.stream.name), day=day_of_month(first.by))
    line: list[Piece] = [(said, "warn")]
    if more:
        line.append(("  " + ngettext("and {n} more", "and {n} more", more).format(n=more), "muted"))
    for key, does in (("i", _("book it")), ("z", _("nothing came"))):
        line += [("  ", ""), (key, "accent"), (f" {does}", "muted")]
    return line


def so_far(growth: Growth, purse: Purse, *, over: bool = False) -> Line:
    """The month of the view against the one before: ``November 1-22: $812 against $764 by the same day of October``;
    where it is ``over``, both whole; the first month of all stands alone."""
    month = Month.of(growth.as_of)
    if over:
        whole = growth.headline.income if growth.headline else None
        title = _("All of {month}:").format(month=month_name(month))
        against = _("against {amount} in {month}").format(amount=purse(whole), month=month_name(month.shift(-1)))
        ahead = "good" if whole is not None and growth.to_date >= whole else "strong"
        return [(f"{title} ", ""), (f"{purse(growth.to_date)} ", ahead), (against, "muted")]
    days = _("{month} 1") if growth.as_of.day == 1 else _("{month} 1-{last}")
    title = _("{name}:").format(name=days.format(month=month_name(month), last=growth.as_of.day))
    if growth.headline is None:  # the first month of all: nothing before it to compare with
        return [(f"{title} ", ""), (purse(growth.to_date), "strong")]
    ahead = "good" if growth.to_date >= growth.to_date_before else ""
    before = _("against {amount} by the same day of {month}").format(
        amount=purse(growth.to_date_before), month=month_name(month.shift(-1))
    )
    return [(f"{title} ", ""), (f"{purse(growth.to_date)} ", ahead or "strong"), (before, "muted")]


def goal_line(progress: GoalProgress, purse: Purse) -> Line:
    """``G Rent  $1,000 a month, held for 2 months``."""
    amount = _("{amount} a month").format(amount=purse(progress.goal.amount))
    if progress.held:
        state = ngettext("held for {n} month", "held for {n} months", progress.held).format(n=progress.held)
    else:
        state = _("{percent} of it").format(percent=percent(min(progress.fraction, 1.0), sign=False))
    return [
        ("G ", "accent"),
        (printable(progress.goal.name) + "  ", ""),
        (amount + pgettext("between facts", ", "), "muted"),
        (state, "good" if progress.held else "muted"),
    ]


def tenths(value: float | Decimal) -> Decimal:
    """Rounded to tenths, for reading."""
    return Decimal(str(value)).quantize(Decimal("0.1"))
