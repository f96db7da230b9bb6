"""How playbooks are drawn: a row of the gallery, the page of one, and what one would make."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest

from pitrack.core.days import MONDAY
from pitrack.core.model import Stage
from pitrack.exchange.playbook_page import Item, Section, sections
from pitrack.exchange.playbooks import Action, Outcome, Playbook
from pitrack.exchange.starting import Start
from pitrack.screens.plan.lines import whole_words
from pitrack.text import playbooks as told
from pitrack.text import words
from pitrack.text.i18n import _, pgettext
from pitrack.text.plain import cells, pad, printable
from pitrack.widgets.chart import joined
from pitrack.widgets.pieces import Line, Piece, spread, width_of, with_keys
from pitrack.widgets.wrapping import broken

WIDE = 100
"""Cells from which a page has two columns."""
READABLE = 76
"""Cells of a line that reads well; more are left free."""
GAP = 4
LEFT = frozenset({"summary", "suits", "earns", "success", "first_week", "pitfalls"})
"""What stands in the left one of two columns."""
TAKEN, LEFT_OUT = "[x] ", "[ ] "


# The gallery


def row(playbook: Playbook, begun: bool, width: int) -> Line:
    """A playbook's name, and whether a stream was begun from it."""
    right: Line = ((_("begun"), "muted"),) if begun else ()
    name = whole_words(printable(playbook.name), width)
    return spread(((name, ""),), right, width)


def group_head(group: str, width: int) -> Line:
    return ((whole_words(told.group(group), width), "head"),)


def about(playbook: Playbook, begun: bool, week_start: int, width: int, height: int) -> list[Line]:
    """The beginning of a page, as much as there is room for, and the keys that go on."""
    room = min(width, READABLE)
    hint = broken(with_keys(_("{enter} reads it all, {space} begins a stream with it.")), room)
    if begun:
        hint = [*broken(((_("A stream was begun from it already."), "warn"),), room), *hint]
    lines = [((printable(playbook.name), "strong"),), *page(playbook, width, week_start)]
    most = height - len(hint) - 1
    if len(lines) <= most:
        return [*lines, (), *hint]
    shown = lines[: max(most, 0)]
    while shown and (not shown[-1] or shown[-1][0][1] == "head"):
        shown.pop()
    return [*shown, (), *hint][:height]


# A page


def title(playbook: Playbook, place: str, width: int) -> list[Line]:
    """The name, its place among all, and what kind of way it is."""
    facts = words.listed(told.group(playbook.group), words.role(playbook.role))
    names = broken(((printable(playbook.name), "strong"),), width - cells(place) - 2)
    first = spread(names[0], ((place, "muted"),), width)
    return [first, *names[1:], *broken(((facts, "muted"),), width)]


def page(playbook: Playbook, width: int, week_start: int = MONDAY) -> list[Line]:
    """All that a playbook says, in two columns where they fit."""
    if width < WIDE:
        return _stacked(_drawn(playbook, min(width, READABLE), week_start))
    column = min((width - GAP) // 2, READABLE)
    drawn = _drawn(playbook, column, week_start)
    left = _stacked([part for part in drawn if part[0] in LEFT])
    right = _stacked([part for part in drawn if part[0] not in LEFT])
    return beside(left, right, column)


def beside(left: Sequence[Line], right: Sequence[Line], width: int) -> list[Line]:
    """Two columns, the left one filled to ``width`` cells."""
    return [[*a, (" " * (width - width_of(a) + GAP), ""), *b] for a, b in zip_longest(left, right, fillvalue=())]


def _drawn(playbook: Playbook, width: int, week_start: int) -> list[tuple[str, list[Line]]]:
    return [(section.key, _section(section, width)) for section in sections(playbook, week_start)]


def _stacked(parts: Sequence[tuple[str, list[Line]]]) -> list[Line]:
    """Sections one under the other, a blank line between."""
    lines: list[Line] = []
    for _key, part in parts:
        lines += [(), *part] if lines else part
    return lines


def _section(section: Section, width: int) -> list[Line]:
    lines: list[Line] = [((section.title.upper(), "head"),)] if section.title else []
    for item in section.items:
        lines += _item(item, width)
    return lines


def _item(item: Item, width: int) -> list[Line]:
    """An item over as many lines as it needs, those after the first set in like its text."""
    start = f"{item.mark} " if item.mark else ""
    lead: list[Piece] = [(_("{lead}: ").format(lead=item.lead), "strong")] if item.lead else []
    role = "" if item.mark or not lead else "muted"
    lines = broken((*lead, (item.text, role)), width - cells(start))
    return [joined(((start if at == 0 else " " * cells(start), "muted"), *line)) for at, line in enumerate(lines)]


# What one would make


def stream_row(start: Start, width: int) -> Line:
    facts = words.listed(words.role(start.role), start.currency, words.stage(start.stage))
    return _columns(printable(start.name), facts, width)


def stream_rows(start: Start, line: int, width: int) -> Line:
    """The stream in two lines."""
    facts = words.listed(words.role(start.role), start.currency, words.stage(start.stage))
    return ((whole_words(printable(start.name), width), ""),) if line == 0 else ((facts, "muted"),)


def choice_row(taken: bool, name: str, detail: str, name_width: int, width: int) -> Line:
    """Something that may be left out, and what it is, on one line."""
    role = "" if taken else "muted"
    mark: Piece = (TAKEN, "accent") if taken else (LEFT_OUT, "muted")
    shown = pad(whole_words(name, name_width), name_width)
    rest = width - len(TAKEN) - name_width - 2
    return (mark, (shown + "  ", role), (whole_words(detail, rest), "muted")) if rest > 8 else (mark, (shown, role))


def choice_rows(taken: bool, name: str, detail: str, line: int, width: int) -> Line:
    """The same on two lines."""
    room = width - len(TAKEN)
    if line:
        return (" " * len(TAKEN), ""), (whole_words(detail, room), "muted")
    mark: Piece = (TAKEN, "accent") if taken else (LEFT_OUT, "muted")
    return mark, (whole_words(name, room), "" if taken else "muted")


def _columns(name: str, facts: str, width: int) -> Line:
    return (name + "  ", ""), (whole_words(facts, max(width - cells(name) - 2, 8)), "muted")


def action_texts(action: Action, week_start: int) -> tuple[str, str]:
    """An action's name, and what it asks."""
    return printable(action.name), words.asked(action.rule(dt.date.min), week_start)


def metric_texts(outcome: Outcome) -> tuple[str, str]:
    """What is counted, and how."""
    return printable(outcome.name), told.counted(outcome.kind, outcome.unit)


def step_texts(stage: Stage, answers: Mapping[str, str]) -> tuple[str, str]:
    """A launch step, and what it begins with."""
    parts = (printable(part.strip()) for text in answers.values() for part in text.splitlines())
    return told.step(stage), pgettext("between answers", "; ").join(parts)


def made(start: Start, width: int) -> list[Line]:
    """What would be made, and that it can be taken back."""
    parts = told.made(len(start.actions), len(start.metrics), len(start.answers))
    text = _("{enter} makes a stream with {parts}. {u} takes all of it back.")
    if not parts:
        text = _("{enter} makes a stream. {u} takes all of it back.")
    return broken(with_keys(text.format(parts=parts, enter="{enter}", u="{u}")), width)


def next_steps(playbook: Playbook, start: Start, width: int) -> list[Line]:
    """What comes after it is made: the key that checks its first action, the first week, where it goes on."""
    lines: list[Line] = []
    if start.actions:
        text = _("Press {1} to check off its first action: ")
        lines += broken((*with_keys(text), (printable(start.actions[0].name), "strong")), width)
    if playbook.first_week:
        lines += [(), ((_("Your first week").upper(), "head"),)]
        for at, one in enumerate(playbook.first_week, 1):
            lines += _item(Item(printable(one), f"{at}."), width)
    lines += [(), *broken(with_keys(_("{4} shows its next launch step; {u} takes all of it back.")), width)]
    return lines


def widest(texts: Iterable[tuple[str, str]]) -> int:
    """Cells of the longest name."""
    return max((cells(name) for name, _detail in texts), default=0)
