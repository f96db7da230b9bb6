"""How Plan is drawn: a goal as two lines, an idea as one, their headings, and the chosen one in sentences."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from pitrack.core.days import Month
from pitrack.core.goals import Outlook
from pitrack.core.model import Goal, Idea, Motive, Stream
from pitrack.core.views.plan import GoalProgress
from pitrack.text import dates, words
from pitrack.text.goals import asked, basis, number, rough_range, share, so_far, standing, why
from pitrack.text.i18n import N_, _, pgettext
from pitrack.text.money import money
from pitrack.text.plain import cells, fit, pad, printable
from pitrack.widgets.glyphs import Glyphs
from pitrack.widgets.pieces import Line, Piece, spread, width_of, with_keys
from pitrack.widgets.spark import meter
from pitrack.widgets.wrapping import broken

READABLE = 28
"""Cells of a name that the columns beside it leave."""
SHORTEST, LONGEST = 8, 24
"""Cells of a meter."""
BRIEF = 48
"""Cells of a name within a sentence."""
GAP = "  "

MOTIVES: tuple[Motive, ...] = ("save", "living", "job", "skill")
_HEADS: Mapping[Motive, str] = {
    "save": N_("SAVE UP"),
    "living": N_("COVER LIVING COSTS"),
    "job": N_("REPLACE THE JOB"),
    "skill": N_("PRACTISE A SKILL"),
}
_TONES: Mapping[Outlook, str] = {"reached": "good", "on-track": "good", "late": "warn"}


@dataclass(frozen=True, slots=True)
class Look:
    """What the drawing of goals depends on besides them. ``currency`` is the book's, for goals that name none."""

    today: dt.date
    currency: str
    hidden: bool
    glyphs: Glyphs


@dataclass(frozen=True, slots=True)
class Need:
    """Cells of the longest name (or day under it), percentage and value of the goals shown."""

    name: int
    percent: int
    value: int


# Goals


def need(goals: Sequence[GoalProgress], look: Look) -> Need:
    """What the columns of these goals are shared out by."""
    texts = [(printable(one.goal.name), wanted_by(one, look)[0]) for one in goals]
    return Need(
        max((cells(text) for pair in texts for text in pair), default=0),
        max((cells(share(one)) for one in goals), default=0),
        max((cells(value_of(one, look)) for one in goals), default=0),
    )


def goal_line(progress: GoalProgress, line: int, width: int, size: Need, look: Look) -> Line:
    """One of the two lines of a goal: in columns, or where those do not fit its name and value over its pace."""
    free = width - (cells(GAP) + 1 + size.percent + cells(GAP) + size.value)
    name = min(size.name, free - SHORTEST)
    if name < min(size.name, READABLE):
        return _narrow_value(progress, width, look) if line == 0 else _narrow_pace(progress, width, look)
    long = min(free - name, LONGEST)
    if line == 0:
        return (
            (pad(whole_words(printable(progress.goal.name), name), name) + GAP, ""),
            *_meter(progress, long, look),
            (" " + pad(share(progress), size.percent, "right") + GAP + value_of(progress, look), ""),
        )
    by, role = wanted_by(progress, look)
    pace = pace_of(progress)
    pieces: list[Piece] = [(pad(by, name) + GAP, role)]
    left_out, needs = without_rate(progress.missing), needed_of(progress, look)
    room = width - width_of(pieces) - (cells(left_out + GAP) if left_out else 0)
    fitting = _fitting(pace, room, cells(GAP + needs)) or (("", "") if left_out else pace[-1])
    # What is left out goes before the pace, which is without it too.
    for said, tone in ((left_out, "warn"), fitting, (needs, "muted")):
        gap = GAP if len(pieces) > 1 else ""
        if said and (said == left_out or width_of(pieces) + cells(gap + said) <= width):
            pieces.append((gap + said, tone))
    return tuple(pieces)


def _fitting(pace: Sequence[Piece], room: int, needs: int) -> Piece | None:
    """The longest way to say it that leaves room for the needs beside it; where none does, the longest there is."""
    for most in (room - needs, room):
        for piece in pace:
            if cells(piece[0]) <= most:
                return piece
    return None


def _narrow_value(progress: GoalProgress, width: int, look: Look) -> Line:
    value = value_of(progress, look, short=True)
    name = whole_words(printable(progress.goal.name), max(width - cells(value) - 1, 12))
    return spread(((name, ""),), ((value, "muted"),), width)


def _narrow_pace(progress: GoalProgress, width: int, look: Look) -> Line:
    start = (*_meter(progress, SHORTEST, look), (" " + pad(share(progress), 4, "right") + GAP, ""))
    room = width - width_of(start)
    said = pace_of(progress)
    if left_out := without_rate(progress.missing):
        said = ((left_out, "warn"), (_("no rate"), "warn"))
    return (*start, next((piece for piece in said if cells(piece[0]) <= room), said[-1]))


def _meter(progress: GoalProgress, width: int, look: Look) -> Line:
    filled, rest = meter(progress.fraction, width, look.glyphs)
    return (filled, "good" if progress.reached else "accent"), (rest, "line")


def value_of(progress: GoalProgress, look: Look, *, short: bool = False) -> str:
    """``$768 of $1,200``, ``$1,050 of $1,000 a month`` (without ``a month`` where short), ``48 of 120 h``."""

    def amount(value: Decimal) -> str:
        return amount_of(progress.goal, value, look)

    if progress.goal.motive != "skill" and not short:
        return so_far(progress, amount)
    said = _("{value} of {target} h") if progress.goal.motive == "skill" else _("{value} of {target}")
    return said.format(value=amount(progress.value), target=amount(progress.goal.amount))


def amount_of(goal: Goal, amount: Decimal, look: Look) -> str:
    """Money in the goal's currency, per cent, or hours without their unit."""
    match goal.motive:
        case "skill":
            return number(amount)
        case "job":
            return f"{number(amount)}%"
        case _:
            return words.HIDDEN if look.hidden else money(amount, goal.currency or look.currency, whole=True)


def needed_of(progress: GoalProgress, look: Look) -> str:
    """What each month must bring to arrive in time, or at all; empty where nothing is asked."""
    return asked(progress, partial(_with_unit, progress.goal, look))


def _with_unit(goal: Goal, look: Look, amount: Decimal) -> str:
    text = amount_of(goal, amount, look)
    return _("{hours} h").format(hours=text) if goal.motive == "skill" else text


def without_rate(currencies: Sequence[str]) -> str:
    """Which currencies a sum leaves out; empty where none."""
    return (
        _("without {currencies}: no rate").format(
            currencies=pgettext("between names", ", ").join(map(printable, currencies))
        )
        if currencies
        else ""
    )


def pace_of(progress: GoalProgress) -> tuple[Piece, ...]:
    """When it is reached, or how it stands, in words: from the longest way to say it to the shortest."""
    tone = _TONES.get(progress.outlook, "muted")
    return tuple((way, tone) for way in standing(progress))


def wanted_by(progress: GoalProgress, look: Look) -> Piece:
    """The day it is wanted by."""
    by = progress.goal.by
    if by is None:
        return "", ""
    if by < look.today and not progress.reached:
        return _("was due {day}").format(day=dates.full_day(by)), "warn"
    return _("by {day}").format(day=dates.full_day(by)), "muted"


def motive_head(motive: Motive, _width: int) -> Line:
    return ((_(_HEADS[motive]), "head"),)


def goal_sentences(progress: GoalProgress, streams: Mapping[str, Stream], look: Look) -> list[Line]:
    """What the chosen goal's number means, and what it asks."""
    goal = progress.goal
    pieces: list[Line] = [((printable(goal.name) + ": ", "strong"), (_meaning(goal, streams), "muted"))]
    if left_out := without_rate(progress.missing):
        told = _("{without}. Press : to add an exchange rate.").format(without=_capital(left_out))
        pieces.append(((told, "warn"),))
    by, role = wanted_by(progress, look)
    needs = needed_of(progress, look)
    if told := why(progress, partial(_with_unit, goal, look)):
        pieces.append(((told, "muted"),))
    if by and needs:
        pieces.append(((_("{by}: {needs}.").format(by=_capital(by), needs=needs), "muted"),))
    elif by:
        pieces.append(((_capital(by) + pgettext("at the end of a sentence", "."), role),))
    if span := rough_range(progress):
        pieces.append(((_("Rough range: {range}.").format(range=span), "muted"),))
    if told := basis(progress):
        pieces.append(((told, "muted"),))
    return pieces


def _meaning(goal: Goal, streams: Mapping[str, Stream]) -> str:
    names = stream_names(goal.streams, streams) or _("all streams but the job")
    since = dates.full_day(goal.since) if goal.since else ""
    match goal.motive:
        case "job":
            told = _("what {streams} bring, in per cent of the job; both are means of three whole months.")
            return told.format(streams=names)
        case "living":
            return _("the mean income of the last three whole months, from {streams}.").format(streams=names)
        case "skill" if since:
            return _("hours of learning and making on {streams} since {day}.").format(streams=names, day=since)
        case "skill":
            return _("all hours of learning and making on {streams}.").format(streams=names)
        case _ if since:
            return _("what {streams} paid out since {day}, after fees and tax.").format(streams=names, day=since)
        case _:
            return _("all that {streams} paid out, after fees and tax.").format(streams=names)


def stream_names(chosen: Iterable[str], streams: Mapping[str, Stream]) -> str:
    """The names of streams in a row; empty where none is named."""
    names = [printable(streams[record].name) for record in chosen if record in streams]
    return pgettext("between streams", ", ").join(names)


# Ideas


def idea_line(idea: Idea, width: int, today: dt.date) -> Line:
    """The idea, and its day at the right."""
    day = dates.short_day(idea.day)
    if idea.day.year != today.year:
        day = _("{month} {year}").format(month=dates.short_month(Month.of(idea.day)), year=idea.day.year)
    text = whole_words(printable(idea.text), width - cells(day) - 2)
    return spread(((text, ""),), ((day, "muted"),), width)


def idea_said(idea: Idea, width: int, most: int) -> list[Line]:
    """The chosen idea in full, and on a line of its own, where there is room for it, what can become of it."""
    lines = said([((printable(idea.text), "strong"),)], width, most)
    hint = said([with_keys(_("{space} makes a stream of it, {x} drops it."))], width)
    return [*lines, *hint] if len(lines) + len(hint) <= most else lines


# Headings and sentences


def head(title: str, about: str, focused: bool, width: int, right: str = "") -> Line:
    """A part's title, what it is for, and a word at the right."""
    left: Line = ((f" {title} ", "accent" if focused else "strong"),)
    end: Line = ((f"{right} ", "muted"),) if right else ()
    full: Line = (*left, (f" {about}", "muted"))
    return spread(full if width_of((*full, *end)) < width else left, end, width)


def goals_empty(width: int) -> list[Line]:
    return _empty(
        _("What is the income for?"), _("Press {g} to set a goal: a sum, a monthly cost, hours of practice."), width
    )


def ideas_empty(width: int) -> list[Line]:
    return _empty(
        _("What do people ask you for help with?"),
        _("Press {i} to write it down, or {p} to begin with a playbook."),
        width,
    )


def ideas_unmatched(width: int) -> list[Line]:
    return _indented(broken(((_("No idea matches. Escape shows all again."), "muted"),), width - 4), 3)


def _empty(question: str, press: str, width: int) -> list[Line]:
    """A question that has no answer yet, and the key that gives one."""
    return _indented([*broken(((question, "strong"),), width - 4), *broken(with_keys(press), width - 4)], 3)


def _indented(lines: Iterable[Line], by: int) -> list[Line]:
    return [((" " * by, ""), *line) for line in lines]


def said(sentences: Sequence[Line], width: int, most: int = 4) -> list[Line]:
    """Sentences over as many lines as they need, indented; from the second on, only those for which there is room."""
    kept: list[Line] = []
    taken: list[Piece] = []
    for sentence in sentences:
        taken += [*([(" ", "")] if taken else []), *sentence]
        lines = broken(taken, width - 2)
        if len(lines) > most:
            kept = kept or _cut(broken(taken, width - 4)[:most])
            break
        kept = lines
    return _indented(kept, 1)


def _cut(lines: list[Line]) -> list[Line]:
    *front, last = lines
    return [*front, (*last, ("..", "muted"))]


def whole_words(text: str, width: int) -> str:
    """``text`` cut after a word, where that keeps at least half of the room."""
    if cells(text) <= width:
        return text
    kept = fit(text, width - 2, "")
    if kept == text[: len(kept)] and not text[len(kept) :].startswith(" "):
        kept = kept[:cut] if (cut := kept.rfind(" ")) * 2 > len(kept) else kept
    return f"{kept.rstrip()}.." if kept else fit(text, width)


def brief(name: str) -> str:
    """A name or an idea within a sentence."""
    return whole_words(printable(name), BRIEF)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
