"""``pitrack card``: growth and streaks without any sum, safe to post."""

from __future__ import annotations

from typing import Any

import click

from pitrack.cli.output import say, say_json
from pitrack.cli.parts import as_of_option, command, json_option, option
from pitrack.cli.session import Session
from pitrack.core.views.card import Card
from pitrack.core.views.card import card as card_view
from pitrack.text import words
from pitrack.text.i18n import N_, _, ngettext
from pitrack.text.plain import cells, fit, pad, printable

WIDTH = 44
"""Cells of the card, its edges included: it fits into a message on a phone."""
INSIDE = WIDTH - 6
LEVELS = "_.-=+*#"
METER = 10


@command("card", N_("A small text card of growth and streaks, without sums or names: safe to post."))
@option("--names", is_flag=True, help=N_("With the names of the actions whose streaks are shown."))
@as_of_option
@json_option
@click.pass_obj
def card(session: Session, names: bool, day: str | None, as_json: bool) -> None:
    found = card_view(session.snapshot, session.as_of(day))
    if as_json:
        say_json(as_data(found, names=names))
        return
    lines = card_lines(found, names=names)
    say("\n".join(lines) if lines else _("Nothing to show yet: check off an action, or book some income."))


def card_lines(found: Card, *, names: bool = False) -> list[str]:
    """The card's lines, at most ``WIDTH`` cells each; none where there is nothing to show. Signs are ASCII, so that it
    looks the same wherever it is posted."""
    parts = [part for part in (_growth(found), _streaks(found, names=names)) if part]
    if not parts and found.month:
        parts = [[_row("-", _("no percentage to show"))]]  # such as of a month that took more than it brought
    if not parts:
        return []
    edge = f"+{'-' * (WIDTH - 2)}+"
    lines = [_title(found)]
    for part in parts:
        lines += ["", *part]
    return [edge, *(f"|  {pad(line, INSIDE)}  |" for line in lines), edge]


def _title(found: Card) -> str:
    title = _("What compounds")
    if found.month is None:
        return title
    until = str(found.month) if not found.provisional else _("{month}, provisional").format(month=found.month)
    return title + pad(until, INSIDE - cells(title), "right")


def _growth(found: Card) -> list[str]:
    rows: list[tuple[str, str]] = []
    if found.label == "percent" and found.mom is not None:
        rows.append((words.plain_percent(found.mom), _("on the month before")))
    if found.cmgr is not None:
        rows.append((words.plain_percent(found.cmgr), _("a month, compound")))
    if found.doubling_months is not None:
        months = round(found.doubling_months)
        rows.append(("x2", ngettext("in {n} month", "in {n} months", months).format(n=months)))
    if found.yoy is not None:
        rows.append((words.plain_percent(found.yoy), _("on the year before")))
    if found.sources is not None:
        rows.append((f"{found.sources:.1f}", _("real sources of income")))
    lines = [_row(figure, text) for figure, text in rows]
    if len(found.shape) > 1:
        told = ngettext("the last {n} month", "the last {n} months", len(found.shape)).format(n=len(found.shape))
        lines.append(_row(_shape(found.shape), told))
    return lines


def _streaks(found: Card, *, names: bool) -> list[str]:
    lines = []
    if found.running:
        lines.append(_row(str(found.running), ngettext("streak running", "streaks running", found.running)))
        told = found.streaks if names else found.streaks[:1]
        lines += [
            _row(words.unit(one.length, one.unit), printable(one.name) if names else _("the longest")) for one in told
        ]
    if found.done is not None:
        lines.append(_row(f"{found.done:.0%}", _("done in 30 days")))
    if found.strength is not None:
        filled = round(found.strength * METER)
        meter = "#" * filled + "." * (METER - filled)
        lines.append(_row(f"{found.strength:.0%}", _("strength [{meter}]").format(meter=meter)))
    return lines


def _row(figure: str, text: str) -> str:
    return f"{pad(figure, 12, 'right')}  {fit(text, INSIDE - 14)}"


def _shape(parts: tuple[float, ...]) -> str:
    return "".join(LEVELS[round(part * (len(LEVELS) - 1))] for part in parts)


def as_data(found: Card, *, names: bool) -> dict[str, Any]:
    """The documented shape of ``card --json`` (docs/review.md): no amounts, and names only where asked for."""
    return {
        "month": str(found.month) if found.month else None,
        "provisional": found.provisional,
        "mom": found.mom,
        "label": found.label,
        "cmgr": found.cmgr,
        "doubling_months": found.doubling_months,
        "yoy": found.yoy,
        "sources": found.sources,
        "shape": list(found.shape),
        "running": found.running,
        "streaks": [
            {"habit": one.name if names else None, "current": one.length, "unit": one.unit} for one in found.streaks
        ],
        "done_30_days": found.done,
        "strength": found.strength,
    }
