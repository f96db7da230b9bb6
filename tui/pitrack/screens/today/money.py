"""The lines of money under Today: this month so far, the last whole month, what the streams pay, what is left out."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from pitrack.core.days import Month
from pitrack.core.views.income.growth import Growth
from pitrack.screens.today.lines import NARROW
from pitrack.text import dates, words
from pitrack.text.i18n import _, pgettext
from pitrack.text.money import money, percent
from pitrack.text.plain import cells, fit
from pitrack.widgets.pieces import Line, Piece, spread, width_of


def money_lines(growth: Growth, *, hidden: bool, width: int) -> list[Line]:
    """Month to date beside the same days of the month before; the headline with its change; coverage. Another line
    where amounts without a rate are in none of them."""

    def shown(amount: Decimal) -> str:
        return words.HIDDEN if hidden else money(amount, growth.currency, whole=True)

    so_far = _so_far(growth, shown)
    head = _headline(growth, shown)
    cover = _coverage(growth)
    if width < NARROW:
        lines = [_fitting(so_far, width), _fitting(head or cover, width)]
    else:
        lines = [spread(so_far, (*cover, (" ", "")), width) if cover else so_far, head]
    return [*lines, _left_out(growth, hidden, width)] if growth.missing_rates else lines


def _so_far(growth: Growth, shown: Callable[[Decimal], str]) -> Line:
    day, month = growth.as_of.day, Month.of(growth.as_of)
    before = month.shift(-1)
    return (
        (f" {_days(month, day)}  ", "muted"),
        (shown(growth.to_date), "strong"),
        (f"  ({_days(before, min(day, before.last.day))}  {shown(growth.to_date_before)})", "muted"),
    )


def _days(month: Month, last: int) -> str:
    name = dates.short_month(month)
    return _("{month} 1-{last}").format(month=name, last=last) if last > 1 else _("{month} 1").format(month=name)


def _headline(growth: Growth, shown: Callable[[Decimal], str]) -> Line:
    head = growth.headline
    if head is None:
        return ()
    name = dates.short_month(head.month)
    title = _("{month} provisional").format(month=name) if head.provisional else name
    pieces: list[Piece] = [(f" {title}  ", "muted"), (shown(head.income), "strong")]
    if head.label == "percent" and head.mom is not None:
        before = dates.short_month(head.month.shift(-1))
        role = "good" if head.mom > 0 else "bad" if head.mom < 0 else "muted"
        pieces.append((f"  {percent(head.mom)}", role))
        pieces.append((" " + _("on {month}").format(month=before), "muted"))
    return tuple(pieces)


def _coverage(growth: Growth) -> Line:
    if growth.coverage is None:
        return ()
    return ((_("Streams pay {percent} of the job").format(percent=f"{growth.coverage:.0%}"), "muted"),)


def _left_out(growth: Growth, hidden: bool, width: int) -> Line:
    """The amounts that no rate converts, with their codes; the first ones where there is no room for all."""
    amounts = [words.unconverted(missing.amount, missing.currency, hidden) for missing in growth.missing_rates]
    text, between = " " + _("without {amounts}: no rate"), pgettext("between amounts", ", ")
    while len(amounts) > 1 and cells(text.format(amounts=between.join(amounts))) > width - 1:
        amounts[-2:] = [".."]
    return ((fit(text.format(amounts=between.join(amounts)), width - 1), "warn"),)


def _fitting(line: Line, width: int) -> Line:
    """As many of the pieces as there is room for."""
    kept: list[Piece] = []
    for piece in line:
        if width_of((*kept, piece)) > width:
            break
        kept.append(piece)
    return tuple(kept)
