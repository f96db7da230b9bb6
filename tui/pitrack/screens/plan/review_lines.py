"""How a review is drawn: sections of lines, in two columns where they fit."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from pitrack.core.building import Review
from pitrack.core.views.review import ActionDone, ReviewPage, together
from pitrack.screens.today.habit_lines import beside, stacked
from pitrack.text import dates, reviews, words
from pitrack.text.i18n import _, pgettext
from pitrack.text.metrics import change, counted
from pitrack.text.money import money
from pitrack.text.periods import name as name_of
from pitrack.text.plain import cells, fit, pad, printable
from pitrack.widgets.glyphs import Glyphs
from pitrack.widgets.pieces import Line, Piece, spread, width_of, with_keys
from pitrack.widgets.spark import meter
from pitrack.widgets.wrapping import broken

NARROW = 56
"""Cells below which what is told of a streak is brief."""
WIDE = 100
"""Cells from which there are two columns."""
GAP = 4
METER = 10
LESSONS = 12
"""Earlier lessons that are listed."""


class Look(NamedTuple):
    """How lines are drawn: cells of a line, the signs, whether amounts are hidden, the week's first day."""

    width: int
    glyphs: Glyphs
    hidden: bool
    week_start: int

    def money(self, amount: Decimal, currency: str) -> str:
        return words.HIDDEN if self.hidden else money(amount, currency)


def title_line(page: ReviewPage, width: int) -> list[Line]:
    """Which week or month, its days, and whether it is over or reviewed."""
    name = " " + name_of(page.period)
    span = _("{first} to {last}").format(
        first=dates.short_day(page.period.first), last=dates.short_day(page.period.last)
    )
    state: Piece = (_("not over yet"), "warn") if not page.is_over else ("", "")
    if page.written.done:
        state = (_("reviewed"), "good")
    left: Line = ((name, "strong"), ("   " + span, "muted"))
    right: Line = (state, (" ", ""))
    if width_of(left) + width_of(right) + 2 > width:
        left = ((fit(name, width - width_of(right) - 2), "strong"),)
    return [spread(left, right, width)]


def page_lines(page: ReviewPage, look: Look) -> list[Line]:
    """All of the page: what was learnt and what comes next, the facts, and the lessons before."""
    if look.width < WIDE:
        facts = stacked([_done(page, look), _brought(page, look), _hours(page, look), _built(page, look)])
        return stacked([_learnt(page, look), facts, _earlier(page, look)])
    side = look._replace(width=(look.width - GAP) // 2)
    left = stacked([_done(page, side), _hours(page, side)])
    right = stacked([_brought(page, side), _built(page, side)])
    return stacked([_learnt(page, look), beside(left, right, side.width, GAP), _earlier(page, look)])


def _learnt(page: ReviewPage, look: Look) -> list[Line]:
    """The focus that the period had, its lesson and the next focus; or the key that writes them."""
    written = page.written
    told: list[tuple[str, str, str]] = []
    if page.former and page.former.focus:
        told.append((_("The focus was"), page.former.focus, ""))
    if written.lesson:
        told.append((_("Lesson"), reviews.of_kind(written.lesson, written.kind), "strong"))
    if written.focus:
        told.append((_("Next focus"), written.focus, "accent"))
    size = max((cells(label) for label, _text, _role in told), default=0)
    lines: list[Line] = []
    for label, text, role in told:
        lines += _hung(pad(label, size) + "  ", printable(text), role, look.width)
    if not written.done:
        lines += broken(with_keys(_("{enter} writes down one lesson and what comes next.")), look.width)
    return lines


def _hung(label: str, text: str, role: str, width: int) -> list[Line]:
    """A label and a text beside it, over as many lines as it needs."""
    indent = cells(label)
    lines = broken([(text, role)], max(width - indent, 8))
    return [[(label if at == 0 else " " * indent, "muted"), *line] for at, line in enumerate(lines)]


def _done(page: ReviewPage, look: Look) -> list[Line]:
    """What was done of what was due, an action a line, with what became of its streak."""
    if not page.actions:
        none = with_keys(_("No action asked anything. {1} shows the actions, and adds them."))
        return [*_head(_("Done"), "", look), *broken(none, look.width)]
    share = page.met / page.due if page.due else 0.0
    filled, rest = meter(share, METER, look.glyphs)
    told = reviews.done(page.met, page.due)
    lines = [*_head(_("Done"), "", look), ((filled, "good"), (rest + "  ", "line"), (told, "strong"))]
    if page.kept or page.broken:
        lines.append(((reviews.streaks(len(page.kept), len(page.broken)), "warn" if page.broken else "good"),))
    brief = look.width < NARROW
    return [*lines, *_table([_action(one, brief) for one in page.actions], look.width)]


def _action(one: ActionDone, brief: bool) -> tuple[Piece, ...]:
    whole = one.due > 0 and one.met == one.due
    return (
        (printable(one.habit.name), ""),
        (reviews.of_due(one), "good" if whole else ""),
        (reviews.streak(one, brief=brief), "bad" if one.broken else "muted"),
    )


def _brought(page: ReviewPage, look: Look) -> list[Line]:
    """Income beside the period before, what it cost, and from which streams it came."""

    def told(amount: Decimal) -> str:
        return look.money(amount, page.currency)

    is_week = page.period.kind == "week"
    before = _("{amount} the week before") if is_week else _("{amount} the month before")
    growth = words.growth(page.change.reading, page.change.ratio) if page.change else ""
    role = "" if page.change is None else "good" if page.change.delta > 0 else "bad" if page.change.delta < 0 else ""
    first: list[Piece] = [(told(page.income), "strong"), ("  ", ""), (growth, role)]
    if growth:
        first.append(("  ", ""))
    first.append((before.format(amount=told(page.before)), "muted"))
    lines = [*_head(_("Brought"), "", look), *broken(first, look.width)]
    facts = words.listed(
        _("fees and costs {amount}").format(amount=told(page.expense)) if page.expense else "",
        _("net {amount}").format(amount=told(page.net)) if page.expense else "",
        _("{amount} pending").format(amount=told(page.pending)) if page.pending else "",
    )
    if facts:
        lines += broken([(facts, "muted")], look.width)
    rows: list[tuple[Piece, ...]] = [
        (
            (printable(one.name) or _("no stream"), "muted" if one.is_job else ""),
            (told(one.income), "muted" if one.is_job else "strong"),
            (_aside(page, one.is_job, one.expense, look), "muted"),
        )
        for one in page.brought
    ]
    lines += _table(rows, look.width)
    for left in page.missing_rates:
        text = _("{amount} has no rate").format(amount=look.money(left.amount, left.currency))
        lines += broken([(text, "warn")], look.width)
    return lines


def _aside(page: ReviewPage, is_job: bool, expense: Decimal, look: Look) -> str:
    cost = _("costs {amount}").format(amount=look.money(expense, page.currency)) if expense else ""
    return words.listed(_("job, not counted in") if is_job else "", cost)


def _hours(page: ReviewPage, look: Look) -> list[Line]:
    """Hours by stream and kind."""
    if not page.hours:
        return []
    total = together(page.hours)
    rows: list[tuple[Piece, ...]] = [
        ((printable(name) or _("no stream"), ""), (f"{hours:,.1f}", "strong"), (reviews.kinds(spent), "muted"))
        for name, hours, spent in page.hours_by_stream()
    ]
    return [
        *_head(_("Hours"), pgettext("hours of work", "{n}").format(n=f"{total:,.1f}"), look),
        *_table(rows, look.width),
    ]


def _built(page: ReviewPage, look: Look) -> list[Line]:
    """What was published and automated, and what the metrics read."""
    built: list[tuple[Piece, ...]] = [
        *(
            ((printable(one.name), ""), (_("published"), "muted"), (dates.short_day(one.published), "muted"))
            for one in page.published
            if one.published
        ),
        *(
            ((printable(one.name), ""), (_("automation"), "muted"), (dates.short_day(one.since), "muted"))
            for one in page.begun
        ),
    ]
    metrics: list[tuple[Piece, ...]] = [
        (
            (printable(one.metric.name), ""),
            (counted(one.metric, one.amount), "strong"),
            (words.listed(*change(one.change)), "muted"),
        )
        for one in page.counted
    ]
    sections = [
        [*_head(title, "", look), *_table(rows, look.width)]
        for title, rows in ((_("Built"), built), (_("Outcomes"), metrics))
        if rows
    ]
    return stacked(sections)


def _earlier(page: ReviewPage, look: Look) -> list[Line]:
    """The lessons before, and how many there are of each kind."""
    if not page.lessons:
        return []
    lines = [*_head(_("Earlier lessons"), reviews.learnt(page.learnt), look)]
    for one in page.lessons[:LESSONS]:
        lines += _lesson(one, look)
    return lines


def _lesson(one: Review, look: Look) -> list[Line]:
    """Of which week or month, of what kind, and the lesson below or beside."""
    label = reviews.of_review(one, look.week_start)
    kind = reviews.lesson_kind(one.kind)
    size = max(cells(label), 20) + 2
    if look.width >= WIDE:
        room = look.width - size - 18
        lines = broken([(printable(one.lesson), "")], room)
        blank = " " * (size + 18)
        first = ((pad(label, size), "muted"), (pad(kind, 18), "accent"))
        return [(*(first if at == 0 else ((blank, ""),)), *line) for at, line in enumerate(lines)]
    head: Line = spread(((label, "muted"),), ((kind, "accent"),), look.width)
    return [head, *([("  ", ""), *line] for line in broken([(printable(one.lesson), "")], look.width - 2))]


def _head(title: str, right: str, look: Look) -> list[Line]:
    """A section's title, what it comes to beside it where there is room, else below."""
    if not right:
        return [((title, "head"),)]
    if cells(title) + cells(right) + 2 <= look.width:
        return [((title + "  ", "head"), (right, "muted"))]
    return [((title, "head"),), *broken([(right, "muted")], look.width)]


def _table(rows: Sequence[tuple[Piece, ...]], width: int) -> list[Line]:
    """Rows of a name, a figure at the right of its column, and what is told of it; where that is too wide, it stands
    below, and where a name is, it is cut."""
    if not rows:
        return []
    names, figures, asides = ([cells(row[at][0]) for row in rows] for at in range(3))
    figure, aside = max(figures), max(asides)
    room = width - figure - 2
    is_beside = max(names) + 2 + aside <= room if aside else True
    name = min(max(names), room)
    lines: list[Line] = []
    for (text, role), (amount, amount_role), (told, told_role) in rows:
        line: list[Piece] = [(pad(text, name) + "  ", role), (pad(amount, figure, "right"), amount_role)]
        if told and is_beside:
            line += [("  ", ""), (told, told_role)]
        lines.append(line)
        if told and not is_beside:
            lines += [[("  ", ""), *part] for part in broken([(told, told_role)], width - 2)]
    return lines
