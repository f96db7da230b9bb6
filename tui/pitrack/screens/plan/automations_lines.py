"""How automations and the five merits are drawn: a table of each, automations in two lines, and what is said of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from pitrack.core.model import Stream
from pitrack.core.views.merits.shapes import Focus, Merit, MeritSet, Saving
from pitrack.text import merits as told
from pitrack.text import words
from pitrack.text.dates import short_day, span
from pitrack.text.i18n import _, pgettext
from pitrack.text.money import money
from pitrack.text.plain import cells, fit, printable
from pitrack.widgets.columns import Column, Columns
from pitrack.widgets.glyphs import Glyphs
from pitrack.widgets.pieces import Line, Piece, spread, width_of
from pitrack.widgets.spark import spark
from pitrack.widgets.wrapping import broken

LEAST = Decimal(0)
MOST = 5
"""Routine tasks among the hours that moved."""
ROOMY = 100
"""Cells from which a heading says since when an automation saves."""
ROLES = {1: "good", 0: "", -1: "warn"}
"""How a change for the better, none, and one for the worse are coloured."""


class Look(NamedTuple):
    """What all lines share. ``currency``: the one that merits are counted in; ``every``: automations of all streams;
    ``width``: cells of the window."""

    currency: str
    streams: Mapping[str, Stream]
    glyphs: Glyphs
    hidden: bool = False
    every: bool = True
    width: int = 0

    def money(self, amount: Decimal, currency: str = "") -> str:
        return words.HIDDEN if self.hidden else money(amount, fit(printable(currency or self.currency), 8))

    def stream_of(self, one: Saving) -> str:
        """The name of its stream, empty where it is on none."""
        stream = self.streams.get(one.automation.stream or "")
        return printable(stream.name) if stream else ""


# The merits


def merit_table(found: Sequence[Merit], look: Look) -> Columns:
    """A row a merit: its figure, what that is or why there is none, its twelve months, and how they change."""
    known = [merit.figure is not None for merit in found]
    about = [told.claim(merit.id) if has else told.reason(merit.why) for merit, has in zip(found, known, strict=True)]
    changes = [told.change(merit) if merit.change else "" for merit in found]
    columns = [
        Column("", [((told.figure(merit.measure, merit.figure), "strong"),) for merit in found], 0),
        Column("", [((text, "muted"),) for text in about], 3, "left"),
        Column(_("year"), [((_trend(merit, look), "muted"),) for merit in found], 2, "left"),
        Column(
            pgettext("of three months on the three before", "change"),
            [((text, ROLES[told.direction(merit)]),) for text, merit in zip(changes, found, strict=True)],
            1,
        ),
    ]
    names = [((told.name(merit.id), "strong" if merit.named else ""),) for merit in found]
    return Columns(_("Merit"), names, _filled(columns))


def _filled(columns: Sequence[Column]) -> list[Column]:
    """Columns in which anything stands."""
    return [one for one in columns if any(width_of(cell) for cell in one.cells)]


def _trend(merit: Merit, look: Look) -> str:
    known = any(value is not None for value in merit.trend)
    return spark([max(value or LEAST, LEAST) for value in merit.trend], look.glyphs) if known else ""


def merit_said(merit: Merit, width: int) -> list[Line]:
    """What the chosen merit's figure is, and how three months stand to the three before; or why there is none."""
    pieces: list[Piece] = [(told.name(merit.id) + "  ", "strong")]
    if merit.figure is None:
        pieces.append((told.reason(merit.why) + "  ", "warn"))
    else:
        pieces.append((f"{told.figure(merit.measure, merit.figure)} {told.claim(merit.id)}  ", ""))
    if merit.change:
        now, before = (told.figure(merit.measure, value) for value in (merit.change.now, merit.change.before))
        said = _("last 3 months {now}, 3 before {before}").format(now=now, before=before)
        pieces.append((said + "  ", "muted"))
    if merit.named:
        pieces.append((_("named by its playbook"), "muted"))
    return broken(pieces, width)


def facts(found: MeritSet, look: Look) -> list[Piece]:
    """What a month costs, the day that covered it, and what the saved hours are worth less the tools: a piece each."""
    costs, said = found.costs, []
    if costs.fixed.cost:
        day = costs.fixed.day
        covered = _("covered on {day}").format(day=short_day(day)) if day else _("not covered")
        said.append(_("Fixed {amount} a month, {covered}").format(amount=look.money(costs.fixed.cost), covered=covered))
    if costs.gain is not None:
        said.append(_("hours saved less tools {amount}").format(amount=look.money(costs.gain)))
    elif costs.tools:
        said.append(_("automations cost {amount} a month").format(amount=look.money(costs.tools)))
    return [(text + "   ", "muted") for text in said]


def facts_line(found: MeritSet, look: Look, width: int) -> Line:
    """As many of the facts as there is room for."""
    kept: list[Piece] = []
    for piece in facts(found, look):
        if width_of([*kept, (piece[0].rstrip(), "")]) > width:
            break
        kept.append(piece)
    return kept


def moved_table(focus: Focus) -> Columns | None:
    """Where hours went, before the first automation and now: the longest routine tasks, then the rest by kind; None
    where there is nothing to compare."""
    known = [one for one in focus.shifts if one.before or one.since]
    shifts = [one for one in known if one.kind == "routine"][:MOST] + [one for one in known if one.kind != "routine"]
    if not shifts:
        return None
    changes = [one.since - one.before for one in shifts]
    names = [_("{task} (routine)").format(task=printable(one.task)) if one.task else words.time_kind(one.kind)
             for one in shifts]  # fmt: skip
    return Columns(
        _("Hours a month"),
        [((name, ""),) for name in names],
        [
            Column(span(focus.before), [((told.hours(one.before), "muted"),) for one in shifts], 2),
            Column(span(focus.since), [((told.hours(one.since), "strong"),) for one in shifts], 0),
            Column(pgettext("of hours", "change"), [((told.hours(change, sign=True), ""),) for change in changes], 1),
        ],
    )


# The automations


def automation_table(found: Sequence[Saving], look: Look) -> Columns:
    """A row an automation, with the columns that there is room for."""

    def column(heading: str, texts: Sequence[str], rank: int, role: str = "", *, left: bool = False) -> Column:
        return Column(heading, [((text, role),) for text in texts], rank, "left" if left else "right")

    states = [stands(one) for one in found]
    streams = [fit(look.stream_of(one), 20) for one in found] if look.every else []
    columns = [
        column(_("Task"), [fit(printable(one.automation.task), 20) for one in found], 2, "muted", left=True),
        column(_("Tool"), [fit(printable(one.automation.tool), 20) for one in found], 5, "muted", left=True),
        column(_("Stream"), streams, 6, "muted", left=True),
        column(_("since"), [one.automation.since.isoformat() for one in found], 3, "muted", left=True),
        column(_("state"), states, 4, "muted", left=True),
        column(_("cost a month"), [cost_of(one, look) for one in found], 1),
        column(
            _("saved since it began") if look.width >= ROOMY else _("saved"),
            [saved_of(one) for one in found],
            0,
            "strong",
        ),
    ]
    names: list[Line] = [((printable(one.automation.name), role_of(one)),) for one in found]
    return Columns(_("Automation"), names, _filled(columns))


def automation_pair(one: Saving, at: int, width: int, look: Look) -> Line:
    """One of the two lines of an automation: name and hours saved; task, since when, cost."""
    it, saved = one.automation, saved_of(one)
    if at == 0:
        return spread(((fit(printable(it.name), width - cells(saved) - 2), role_of(one)),), ((saved, "strong"),), width)
    cost = cost_of(one, look)
    left = words.listed(printable(it.task), stands(one) or it.since.isoformat())
    return spread(((fit(left, width - cells(cost) - 2), "muted"),), ((cost, "muted"),), width)


def role_of(one: Saving) -> str:
    """One that does not run stands back."""
    return "" if one.state == "running" else "muted"


def stands(one: Saving) -> str:
    """``ended 2026-10-31``, ``planned``; empty of one that runs."""
    it = one.automation
    if one.state == "running":
        return _("to {day}").format(day=it.until.isoformat()) if it.until else ""
    if one.state == "ended" and it.until:
        return _("ended {day}").format(day=it.until.isoformat())
    return told.state(one.state)


def saved_of(one: Saving) -> str:
    return "-" if one.hours is None else told.hours(one.hours)


def cost_of(one: Saving, look: Look) -> str:
    """What it costs a month, in its own currency."""
    return look.money(one.automation.cost, one.automation.currency) if one.automation.cost else "-"


def saving_said(one: Saving, look: Look, width: int) -> list[Line]:
    """What the chosen automation saves, of which numbers; or why nobody can tell; with its tool and stream."""
    pieces: list[Piece] = []
    if one.hours is not None and one.hours_before is not None and one.hours_since is not None:
        said = _("{task}: {before} a month in {months_before}, {since} in {months_since}").format(
            task=printable(one.automation.task),
            before=told.hours(one.hours_before),
            months_before=span(one.before),
            since=told.hours(one.hours_since),
            months_since=span(one.since),
        )
        pieces.append((said + "   ", ""))
    if why := told.not_saved(one):
        pieces.append((why[:1].upper() + why[1:] + pgettext("at the end of a sentence", ".") + "   ", "warn"))
    about = words.listed(printable(one.automation.tool), look.stream_of(one), printable(one.automation.note))
    return broken([*pieces, (about, "muted")], width)


def automations_empty(width: int) -> list[Line]:
    """What an automation is, and what to press."""
    what = _(
        "An automation is a tool that does what you did by hand: a template, a scheduler, a script. Give it the label "
        "of the task that it takes over, and the hours you log on that task show what it saves."
    )
    from pitrack.widgets.pieces import with_keys

    press = with_keys(_("Press {a} to add one."))
    return [((_("No automation yet."), "strong"),), (), *broken([(what, "muted")], width), (), press]
