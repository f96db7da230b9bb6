"""What payouts come to, in words: a row as it would be booked, and all that an import would do."""

from __future__ import annotations

from decimal import Decimal

from pitrack.core.currencies import quantized
from pitrack.exchange.found import Trouble
from pitrack.exchange.payouts.planning import PayoutPlan
from pitrack.exchange.payouts.reading import FoundPayouts, Payout
from pitrack.screens.importing.mapping import FIRST_ROWS, Look
from pitrack.screens.importing.preview import Outcome, Unread
from pitrack.text import words
from pitrack.text.i18n import _, ngettext
from pitrack.text.importing import MAX_VALUE, trouble, why
from pitrack.text.plain import fit, printable
from pitrack.widgets.pieces import Line, Piece

MOST_ASSETS = 5
"""New assets that are named."""
HIDDEN = "***"


def look_of(found: FoundPayouts) -> Look:
    """The first rows, and the first thing that cannot be read."""
    rows = tuple(row_line(row) for row in found.rows[:FIRST_ROWS])
    if not found.troubles:
        return Look(rows, "" if rows else _("No row holds anything to book."))
    bad = len(found.troubles)
    one = where_and_why(found.troubles[0])
    return Look(
        rows,
        ngettext(
            "{n} of {all} rows cannot be read: {which}.", "{n} of {all} rows cannot be read, the first: {which}.", bad
        ).format(n=words.plain_number(Decimal(bad)), all=words.plain_number(Decimal(bad + len(found.rows))), which=one),
    )


def row_line(row: Payout) -> Line:
    """A row as it would be booked, a piece a fact."""
    is_income = row.kind == "income"
    amount = ("+" if is_income else "-") + words.plain_amount(row.gross, row.currency)
    pieces: list[Piece] = [
        (words.plain_day(row.day) + "  ", ""),
        (words.entry_kind(row.kind) + "  ", "muted"),
        (amount + "  ", "good" if is_income else "bad"),
    ]
    if row.fee:
        pieces.append((_("fee {amount}").format(amount=_money(row.fee, row.currency)) + "  ", ""))
    if row.withheld:
        pieces.append((_("withheld {amount}").format(amount=_money(row.withheld, row.currency)) + "  ", ""))
    if row.units is not None:
        pieces.append((_("units {n}").format(n=words.plain_number(row.units)) + "  ", ""))
    if row.status != "cleared":
        pieces.append((words.status(row.status) + "  ", "warn"))
    pieces += [(fit(printable(text), MAX_VALUE) + "  ", "strong") for text in (row.title, row.note) if text]
    return pieces


def _money(amount: Decimal, currency: str) -> str:
    """An amount in the currency's decimal places; the currency is known."""
    return f"{quantized(amount, currency):,f}"


def outcome(title: str, stream: str, plan: PayoutPlan, *, hidden: bool) -> Outcome:
    """All that an import into the stream of that name would do."""
    unread = tuple(Unread(n, _where(one), why(one.why)) for n, one in enumerate(plan.troubles))
    into: Line = ((_("into {stream}").format(stream=fit(printable(stream), MAX_VALUE)), ""),)
    first, *others = _facts(plan, hidden)
    return Outcome(title, (first, into, *others), bool(plan.change.writes), unread, bool(plan.gone))


def where_and_why(one: Trouble) -> str:
    """``line 12, column Date, “x”: it is not a day``; the file is known."""
    said = trouble(one.why, one.file, one.line, place=one.place, column=one.column, value=one.value)
    return said.removeprefix(printable(one.file)).lstrip(",、 ")


def _where(one: Trouble) -> str:
    return where_and_why(one).removesuffix(why(one.why)).rstrip(": ：")


def _facts(plan: PayoutPlan, hidden: bool) -> tuple[Line, ...]:
    facts: list[Line] = [_new(plan)]
    facts += [((text, "muted"),) for text in _others(plan)]
    if plan.totals:
        facts.append(())
    for currency, sums in plan.totals.items():
        line: list[Piece] = []
        for label, amount, role in (
            (_("income"), sums.income, "good"),
            (_("fees"), sums.fee, ""),
            (_("refunds"), sums.refunds, "bad"),
        ):
            if amount:
                shown = HIDDEN if hidden else words.plain_amount(amount, currency)
                line += [(f"{label} ", "muted"), (f"{shown}   ", role)]
        facts.append(line)
    if plan.assets_new:
        facts += [(), _assets(plan.assets_new)]
    return tuple(facts)


def _new(plan: PayoutPlan) -> Line:
    if not plan.new:
        return ((_nothing_new(plan), "strong"),)
    n = ngettext("{n} new entry", "{n} new entries", plan.new).format(n=words.plain_number(Decimal(plan.new)))
    if plan.first is None or plan.last is None:
        return ((n, "strong"),)
    if plan.first == plan.last:
        return ((n, "strong"), (_(" of {day}").format(day=plan.first.isoformat()), ""))
    span = _(" from {first} to {last}").format(first=plan.first.isoformat(), last=plan.last.isoformat())
    return (n, "strong"), (span, "")


def _nothing_new(plan: PayoutPlan) -> str:
    if _only_gone(plan):
        return ngettext(
            "Nothing new: {n} was deleted or undone here.", "Nothing new: {n} were deleted or undone here.", plan.gone
        ).format(n=words.plain_number(Decimal(plan.gone)))
    return _("No new entry.") if plan.changed or plan.replaced else _("Nothing new: the book has it all.")


def _only_gone(plan: PayoutPlan) -> bool:
    """Whether nothing would be done, for entries were deleted here."""
    return bool(plan.gone) and not (plan.new or plan.changed or plan.replaced)


def _others(plan: PayoutPlan) -> list[str]:
    """What becomes of the other rows, and of entries that are there."""
    left_out = sum(plan.skipped.values())
    said = (
        (plan.same, ngettext("{n} there already", "{n} there already", plan.same)),
        (plan.changed, ngettext("{n} changed by the platform", "{n} changed by the platform", plan.changed)),
        (plan.kept, ngettext("{n} stays as you changed it", "{n} stay as you changed them", plan.kept)),
        (
            0 if _only_gone(plan) else plan.gone,
            ngettext("{n} deleted here before stays away", "{n} deleted here before stay away", plan.gone),
        ),
        (
            plan.blocked,
            ngettext(
                "{n} estimate left out: its month is confirmed",
                "{n} estimates left out: their months are confirmed",
                plan.blocked,
            ),
        ),
        (
            plan.replaced,
            ngettext("{n} estimate makes room for it", "{n} estimates make room for it", plan.replaced),
        ),
        (left_out, ngettext("{n} row is no sale", "{n} rows are no sales", left_out)),
    )
    return [text.format(n=words.plain_number(Decimal(n))) for n, text in said if n]


def _assets(names: tuple[str, ...]) -> Line:
    shown = words.listed(*(fit(printable(name), MAX_VALUE) for name in names[:MOST_ASSETS]))
    if more := names[MOST_ASSETS:]:
        shown = _("{names} and {n} more").format(names=shown, n=words.plain_number(Decimal(len(more))))
    label = ngettext("{n} new asset: ", "{n} new assets: ", len(names)).format(n=len(names))
    return (label, "muted"), (shown, "")
