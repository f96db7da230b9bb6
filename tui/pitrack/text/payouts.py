"""What an import of payouts comes to, in a few sentences."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Protocol

from pitrack.text.i18n import N_, _, ngettext
from pitrack.text.plain import fit, printable
from pitrack.text.words import listed, plain_amount

SHOWN = 5
"""New assets that are named."""

_SKIPPED = {
    "word": N_("{n} of a kind that is no income"),
    "total": N_("{n} with totals"),
    "zero": N_("{n} without an amount"),
    "status": N_("{n} of a status that does not count"),
    "continued": N_("{n} that go on with an order"),
}


class Sums(Protocol):
    @property
    def income(self) -> Decimal: ...
    @property
    def fee(self) -> Decimal: ...
    @property
    def refunds(self) -> Decimal: ...


class Outcome(Protocol):
    """What an import of payouts does, as ``exchange.payouts.planning`` gives it."""

    @property
    def new(self) -> int: ...
    @property
    def same(self) -> int: ...
    @property
    def changed(self) -> int: ...
    @property
    def kept(self) -> int: ...
    @property
    def gone(self) -> int: ...
    @property
    def blocked(self) -> int: ...
    @property
    def replaced(self) -> int: ...
    @property
    def assets_new(self) -> Sequence[str]: ...
    @property
    def totals(self) -> Mapping[str, Sums]: ...
    @property
    def first(self) -> dt.date | None: ...
    @property
    def last(self) -> dt.date | None: ...
    @property
    def skipped(self) -> Mapping[str, int]: ...


def told(plan: Outcome) -> list[str]:
    """One sentence for each thing to know: what is new and what it sums to, what stays, what changes."""
    return [*_news(plan), *map(_sums, plan.totals, plan.totals.values()), *_others(plan), *_assets(plan), *_left(plan)]


def _news(plan: Outcome) -> Iterator[str]:
    if plan.new:
        yield ngettext("{n} new entry, of {first}.", "{n} new entries, from {first} to {last}.", plan.new).format(
            n=plan.new, first=plan.first, last=plan.last
        )


def _sums(currency: str, sums: Sums) -> str:
    parts = [_("income {amount}").format(amount=plain_amount(sums.income, currency))]
    if sums.refunds:
        parts.append(_("refunds {amount}").format(amount=plain_amount(sums.refunds, currency)))
    if sums.fee:
        parts.append(_("fees and costs {amount}").format(amount=plain_amount(sums.fee, currency)))
    return _("{currency}: {amounts}").format(currency=currency, amounts=listed(*parts))


def _others(plan: Outcome) -> Iterator[str]:
    if plan.changed:
        yield ngettext(
            "{n} entry changes, as the platform says otherwise now.",
            "{n} entries change, as the platform says otherwise now.",
            plan.changed,
        ).format(n=plan.changed)
    if plan.same:
        yield ngettext("{n} entry is there already.", "{n} entries are there already.", plan.same).format(n=plan.same)
    if plan.kept:
        yield ngettext("{n} entry stays as you changed it.", "{n} entries stay as you changed them.", plan.kept).format(
            n=plan.kept
        )
    if plan.gone:
        yield ngettext(
            "{n} entry was deleted in the book and stays so; --again brings it back.",
            "{n} entries were deleted in the book and stay so; --again brings them back.",
            plan.gone,
        ).format(n=plan.gone)
    if plan.blocked:
        yield ngettext(
            "{n} estimate is left out: its month is confirmed.",
            "{n} estimates are left out: their months are confirmed.",
            plan.blocked,
        ).format(n=plan.blocked)
    if plan.replaced:
        yield ngettext(
            "{n} estimate gives way to what is confirmed.",
            "{n} estimates give way to what is confirmed.",
            plan.replaced,
        ).format(n=plan.replaced)


def _assets(plan: Outcome) -> Iterator[str]:
    if plan.assets_new:
        n = len(plan.assets_new)
        names = [fit(printable(name[:200]), 40) for name in plan.assets_new[:SHOWN]]
        if n > SHOWN:
            names.append(ngettext("and {n} more", "and {n} more", n - SHOWN).format(n=n - SHOWN))
        yield ngettext("{n} new asset: {names}.", "{n} new assets: {names}.", n).format(n=n, names=listed(*names))


def _left(plan: Outcome) -> Iterator[str]:
    if plan.skipped:
        parts = [_(_SKIPPED[reason]).format(n=n) for reason, n in sorted(plan.skipped.items())]
        yield _("Rows left out: {what}.").format(what=listed(*parts))
