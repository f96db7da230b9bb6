"""What the page of a habit says, as lines for a width: a section of lines for each thing it tells."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import NamedTuple

from pitrack.core.schedules import asks_each_day
from pitrack.core.verdicts import MET, MISSED
from pitrack.core.views.habit_page import HabitPage, Note, Weekday
from pitrack.core.views.why import Passage
from pitrack.screens.progress.actions import month_of, year
from pitrack.text import why as explained
from pitrack.text.dates import full_day
from pitrack.text.i18n import _, ngettext, pgettext
from pitrack.text.plain import cells, pad, printable
from pitrack.text.words import asked, unit, weekday
from pitrack.widgets import curve, heat
from pitrack.widgets.glyphs import Glyphs
from pitrack.widgets.pieces import Line, spread, width_of, with_keys
from pitrack.widgets.spark import meter
from pitrack.widgets.wrapping import broken

PASSAGES, STREAKS, NOTES = 6, 5, 5
"""What is shown at first; the key ``v`` shows all."""
CURVE = 5
"""Lines of the curve: 100%, 50% and 0% each stand beside one."""
BAR, SHORTEST = 24, 4
"""Cells of a bar at most, and below which there is none."""

Row = tuple[Line, ...]


class Look(NamedTuple):
    """How lines are drawn: cells of a line, the signs, whether everything is shown or the newest and best only, and
    whether the day explained is today."""

    width: int
    glyphs: Glyphs
    whole: bool = False
    is_today: bool = True


def title(page: HabitPage, place: str, look: Look) -> list[Line]:
    """The name, the day that is explained where it is not today, and what the habit is."""
    found, width = page.why, look.width
    day = [] if look.is_today else [(_("on {day}").format(day=full_day(found.day)), "warn"), ("  ", "")]
    right: Line = [*day, (place, "muted")]
    names = broken([(printable(found.habit.name), "strong")], width)
    first = spread(names[0], right, width)
    lines = [first, *names[1:]] if len(first) > len(names[0]) else [*names, right]
    about = [(fact + "  ", role) for fact, role in _facts(page) if fact]
    return [line for line in [*lines, *_flowing(about, width)] if line]


def _facts(page: HabitPage) -> Sequence[tuple[str, str]]:
    habit, rule = page.why.habit, page.why.rule
    is_kept = rule.kind == "at_most" and habit.absent_is_success
    return (
        (_("archived") if habit.archived else "", "warn"),
        (asked(rule, page.weekdays[0].number), ""),
        (_("no answer counts as kept") if is_kept else "", "muted"),
        (_("for {stream}").format(stream=printable(page.stream_name)) if page.stream_name else "", "muted"),
        (" ".join(f"#{printable(tag)}" for tag in habit.tags), "muted"),
        (printable(habit.note), "muted"),
    )


def streak(page: HabitPage, look: Look) -> list[Line]:
    """How the streak stands, and day by day what counted, what was neutral and what broke it."""
    found = page.why
    *parts, last = explained.streak_parts(found, is_today=look.is_today)
    at_stake = "warn" if found.standing.breaks_in == 0 else "strong"
    comma = pgettext("between facts", ", ")
    head = _flowing([*((part + comma, "strong") for part in parts), (last, at_stake)], look.width)
    shown, left = _shortened(found.passages, look.whole)
    rows: list[Row] = [_passage(passage) for passage in shown]
    if left:
        text = ngettext("{n} passage more", "{n} passages more", left).format(n=left)
        rows.insert(len(rows) - 1, ((("...", "muted"),), ((text, "muted"),), (("", ""),)))
    return [*head, *_table(rows, look.width)]


def _shortened(passages: Sequence[Passage], whole: bool) -> tuple[Sequence[Passage], int]:
    """The newest and the oldest, which broke the streak before, and how many between them are left out."""
    if whole or len(passages) <= PASSAGES + 1:
        return passages, 0
    return (*passages[: PASSAGES - 1], passages[-1]), len(passages) - PASSAGES


def _passage(passage: Passage) -> Row:
    verdict = passage.sample.verdict
    role = "good" if verdict == MET else "bad" if verdict == MISSED else "muted"
    return (
        ((explained.days_of(passage), ""),),
        ((explained.reason(passage), ""),),
        ((explained.verdict(passage.sample), role),),
    )


def rates(page: HabitPage, look: Look) -> list[Line]:
    """How much was done in the last 7, 30, 90 and 365 days, side by side where there is room."""
    found = explained.rates(page.why)
    columns = [max(map(cells, column)) for column in found]
    gap = min((look.width - sum(columns)) // (len(columns) - 1), 4)
    head = _head(_("Done in the last"))
    if gap < 1:
        return [head, *_table([tuple([(text, "")] for text in (a, c, b)) for a, b, c in found], look.width)]
    roles = ("muted", "", "strong")
    lines = [
        [(pad(column[row], wide) + " " * gap, roles[row]) for column, wide in zip(found, columns, strict=True)]
        for row in (0, 2, 1)
    ]
    return [head, *lines]


def strength(page: HabitPage, look: Look) -> list[Line]:
    """The strength as a curve over the year, and the sentence that says how it comes about."""
    data = curve.CurveData([one.score for one in page.curve], page.why.day, month_of, look.glyphs)
    sentence = broken([(explained.strength(page.why), "muted")], look.width)
    return [_head(_("Strength")), *curve.draw(data, look.width, CURVE), *sentence]


def year_of(page: HabitPage, look: Look, week_start: int) -> list[Line]:
    """The year heat map."""
    return [_head(_("The year")), *heat.draw(year(page.year, week_start, look.glyphs), look.width)]


def best(page: HabitPage, look: Look) -> list[Line]:
    """The longest streaks, each with a bar in proportion to the longest."""
    runs = page.why.best if look.whole else page.why.best[:STREAKS]
    if not runs:
        return []
    name = page.why.standing.unit
    rows = [(unit(run.length, name), run.length / runs[0].length, explained.days_of(run)) for run in runs]
    return [_head(_("Best streaks")), *_bars(rows, look, "accent")]


def weekdays(page: HabitPage, look: Look) -> list[Line]:
    """How much of what each weekday asked was done; of what is free to fall on any day, how often it fell on each."""
    most = max(day.done for day in page.weekdays)
    if asks_each_day(page.why.rule.schedule):
        rows = [(weekday(day.number), day.done / day.asked if day.asked else 0.0, _share(day)) for day in page.weekdays]
        is_empty = not any(day.asked for day in page.weekdays)
    else:
        rows = [(weekday(day.number), day.done / (most or 1), unit(day.done, "time")) for day in page.weekdays]
        is_empty = not most
    return [] if is_empty else [_head(_("Weekdays of the year")), *_bars(rows, look, "good")]


def _share(day: Weekday) -> str:
    if not day.asked:
        return "-"
    counted = _("{done} of {target}").format(done=day.done, target=day.asked)
    return f"{day.done / day.asked:4.0%}  {counted}"


def _bars(rows: Sequence[tuple[str, float, str]], look: Look, role: str) -> list[Line]:
    """A name, a bar and what it says, one a line; without bars where they would be too short."""
    names, says = max(cells(row[0]) for row in rows), max(cells(row[2]) for row in rows)
    bar = min(look.width - names - says - 4, BAR)
    lines: list[Line] = []
    for name, share, said in rows:
        filled, rest = meter(share, bar, look.glyphs) if bar >= SHORTEST else ("", "")
        gap = "  " if filled or rest else ""
        lines.append([(pad(name, names) + "  ", ""), (filled, role), (rest + gap, "line"), (said, "muted")])
    return lines


def notes(page: HabitPage, look: Look) -> list[Line]:
    """What was noted on the days, newest first."""
    if not page.notes:
        return [_head(_("Notes")), with_keys(_("None yet. {n} on Today writes one."))]
    shown = page.notes if look.whole else page.notes[:NOTES]
    lines = [_head(_("Notes")), *(line for note in shown for line in _note(note, look.width))]
    left = len(page.notes) - len(shown)
    if left:
        lines.append(
            with_keys(ngettext("{n} older note: press {{v}}", "{n} older notes: press {{v}}", left).format(n=left))
        )
    return lines


def _note(note: Note, width: int) -> list[Line]:
    day = note.day.isoformat() + "  "
    lines = broken([(printable(note.text), "")], width - cells(day))
    return [[(day if index == 0 else " " * cells(day), "muted"), *line] for index, line in enumerate(lines)]


def is_shortened(page: HabitPage) -> bool:
    """Whether not everything is shown at first."""
    found = page.why
    return len(found.passages) > PASSAGES + 1 or len(found.best) > STREAKS or len(page.notes) > NOTES


def stacked(sections: Sequence[Sequence[Line]]) -> list[Line]:
    """Sections one under the other, a blank line between; empty ones are left out."""
    lines: list[Line] = []
    for section in sections:
        if section:
            lines += [(), *section] if lines else section
    return lines


def _head(text: str) -> Line:
    return ((text, "head"),)


def _table(rows: Sequence[Row], width: int) -> list[Line]:
    """Rows of three cells in columns; where they are too wide, the second stands under the two others."""
    wide = [max((width_of(row[column]) for row in rows), default=0) for column in range(3)]
    if sum(wide) + 4 <= width:
        return [
            [*a, (" " * (wide[0] - width_of(a) + 2), ""), *b, (" " * (wide[1] - width_of(b) + 2), ""), *c]
            for a, b, c in rows
        ]
    lines: list[Line] = []
    for a, b, c in rows:
        lines += [
            spread(a, c, width),
            *([("  ", ""), *line] for line in broken([(t, "muted") for t, _r in b], width - 2)),
        ]
    return lines


def _flowing(pieces: Line, width: int) -> list[Line]:
    """Pieces one after the other, a new line where the next does not fit; a long one is broken between words."""
    lines: list[Line] = []
    for piece in pieces:
        if lines and width_of((*lines[-1], (piece[0].rstrip(), ""))) <= width:
            lines[-1] = (*lines[-1], piece)
        else:
            lines += broken([piece], width)
    return lines


def beside(left: Sequence[Line], right: Sequence[Line], width: int, gap: int) -> list[Line]:
    """Two columns, the left one filled to ``width`` cells."""
    return [[*a, (" " * (width - width_of(a) + gap), ""), *b] for a, b in zip_longest(left, right, fillvalue=())]
