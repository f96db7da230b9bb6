"""How the launch method is drawn: a stream of the board as two lines, a step and a decision as one, the chosen one in
full."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from pitrack.core.building import Step
from pitrack.core.launch import TRACK, hints, is_answered
from pitrack.core.model import Stage
from pitrack.core.views.launch import Launch, Trial, is_example
from pitrack.screens.plan.lines import GAP, said, whole_words, without_rate
from pitrack.text import dates, words
from pitrack.text import launch as told
from pitrack.text.i18n import _, pgettext
from pitrack.text.money import money
from pitrack.text.plain import cells, pad, printable
from pitrack.widgets.pieces import Line, Piece, spread, width_of, with_keys
from pitrack.widgets.wrapping import broken

STEPS: tuple[Stage, ...] = (*TRACK, "stopped")
WIDEST = dt.date(2026, 12, 22)
"""A day that takes as many cells as any."""
WHOLE_NAME = 24
"""Cells up to which a stream's name stays whole beside what stands at the right."""
LETTERS = (4, 2, 1)
"""Letters of each step in a row that has no room for whole words."""
SHORTEST = 12
"""Cells of an answer that is worth showing."""


@dataclass(frozen=True, slots=True)
class Place:
    """A step of a stream's page: the stage, and the decision that stands there."""

    stage: Stage
    step: Step | None


def shown_money(hidden: bool) -> told.Shown:
    """How amounts are shown: in the reader's way, or hidden."""

    def show(amount: Decimal, currency: str) -> str:
        return words.HIDDEN if hidden else money(amount, currency, whole=amount == amount.to_integral_value())

    return show


# A stream of the board


def board_line(one: Launch, line: int, width: int) -> Line:
    """One of the two lines of a stream: its name with what is asked, or its track (stopped: its lesson)."""
    if line == 1:
        return _lesson_line(one, width) if one.stage == "stopped" else track(one, width)
    name = printable(one.stream.name)
    for right in _right(one):
        room = width - width_of(right) - 2
        if room >= min(WHOLE_NAME, cells(name)):
            return spread(((whole_words(name, room), ""),), right, width)
    return ((whole_words(name, width), ""),)


def _right(one: Launch) -> Iterator[Line]:
    """What stands at the right of a name, from the most to the least."""
    cycles: Line = ((told.cycle_count(len(one.cycles)), "muted"),) if one.cycles else ()
    for asked in _asked(one):
        if cycles:
            yield (*cycles, (GAP, ""), asked)
        yield (asked,)
    yield cycles


def _asked(one: Launch) -> Iterator[Piece]:
    """How a test stands, or what is asked next, from the longest way to say it to the shortest."""
    left = told.left(one.test) if one.test else ""
    if one.test and (over := told.over_cap(one.test)):
        if left:
            yield words.listed(over, left), "warn"
        yield over, "warn"
    elif one.test and left:
        yield left, "warn" if one.test.warns else "accent"
    elif next_ := told.next_step(one):
        yield next_, "muted" if one.stage == "live" else "accent"


def track(one: Launch, width: int) -> Line:
    """The steps in a row, the one the stream is at in capitals: in whole words, or by their first letters where those
    do not fit. A step that was answered is drawn stronger."""
    tracks = (_track(one, letters) for letters in (None, *LETTERS))
    return next((pieces for pieces in tracks if width_of(pieces) <= width), ((_here(told.step(one.stage)), "accent"),))


def _track(one: Launch, letters: int | None) -> Line:
    pieces: list[Piece] = []
    for stage in TRACK:
        word = told.step(stage)
        if pieces:
            pieces.append((" ", ""))
        if stage == one.stage:
            pieces.append((_here(word), "accent"))
        else:
            step = one.answers.get(stage)
            answered = step is not None and is_answered(stage, step.answers)
            pieces.append((word[:letters], "" if answered else "muted"))
    return tuple(pieces)


def _here(word: str) -> str:
    """A step's word where the stream is: in capitals, or in brackets where a script has none."""
    return word.upper() if word.upper() != word else f"[{word}]"


def _lesson_line(one: Launch, width: int) -> Line:
    return ((whole_words(lesson(one) or _("no lesson written down"), width), "muted"),)


def lesson(one: Launch) -> str:
    """What a stopped stream taught."""
    found = (step.answers.get("lesson", "") for step in reversed(one.history) if step.stage in ("stopped", "test"))
    return printable(next((text for text in found if text), ""))


def board_said(one: Launch, width: int, most: int, *, hidden: bool) -> list[Line]:
    """The chosen stream in sentences: how its test stands, or what it is asked, and the key that answers."""
    name: Piece = (_("{name}:").format(name=printable(one.stream.name)) + " ", "strong")
    if one.stage == "stopped":
        taught = said([(name, (lesson(one) or _("no lesson written down"), "muted"))], width, most)
        hint = said([with_keys(_("{enter} opens its page."))], width)
        return [*taught, *hint] if len(taught) + len(hint) <= most else taught
    if one.test:
        return said(
            [(name, *test_words(one.test, hidden=hidden)), with_keys(_("{enter} opens its page."))], width, most
        )
    if one.asked is None or one.asked == "automated":
        stands: Line = (name, (_("it is {stage}.").format(stage=told.step(one.stage)), "muted"))
        return said([stands, with_keys(_("{enter} opens its page."))], width, most)
    asked: list[Line] = [(name, (told.question(one.asked), "muted"))]
    if is_example(one, one.asked):
        asked.append(((told.example(), "muted"),))
    return said([*asked, with_keys(_("{enter} answers it."))], width, most)


def test_words(test: Trial, *, hidden: bool) -> Line:
    """How a test stands, with its caps: what is over one warns."""
    facts: list[Piece] = [
        (_("test since {day}").format(day=dates.short_day(test.started)), "muted"),
        (told.clients(test), "muted"),
        (told.used_hours(test.hours), "warn" if test.hours.is_over else "muted"),
        (told.used_money(test, shown_money(hidden)), "warn" if test.money.is_over else "muted"),
        (without_rate(test.missing), "warn"),
        (told.left(test), "warn" if test.left is not None and test.left < 0 else "muted"),
        (told.over_cap(test), "warn"),
    ]
    *front, (last, role) = [fact for fact in facts if fact[0]]
    comma, stop = pgettext("between facts", ", "), pgettext("at the end of a sentence", ".")
    return (*((text + comma, tone) for text, tone in front), (last + stop, role))


def stopped_head(_width: int) -> Line:
    return ((_("STOPPED"), "head"),)


def board_empty(width: int, *, has_ideas: bool) -> list[Line]:
    """What to press first."""
    question = _("Where does the next income begin?")
    if has_ideas:
        press = _("Press {space} on an idea to make a stream of it, or {p} for a playbook.")
    else:
        press = _("Press {i} to write down an idea, or {p} to take a playbook.")
    lines = [*broken(((question, "strong"),), width - 4), *broken(with_keys(press), width - 4)]
    return [(("   ", ""), *line) for line in lines]


# The page of a stream


def title(one: Launch, width: int, *, hidden: bool) -> list[Line]:
    """The stream's name with its cycles, its track, and its test."""
    cycles: Line = ((told.cycle_count(len(one.cycles)) + " ", "muted"),) if one.cycles else ()
    name: Line = ((" " + whole_words(printable(one.stream.name), width - width_of(cycles) - 3), "strong"),)
    lines: list[Line] = [spread(name, cycles, width), ((" ", ""), *track(one, width - 2))]
    if one.stage == "stopped":
        lines[1] = ((" " + _here(told.step("stopped")), "accent"),)
    if one.test:
        lines += [((" ", ""), *line) for line in broken(_sentence(test_words(one.test, hidden=hidden)), width - 2)]
    return lines


def _sentence(line: Line) -> Line:
    (first, role), *rest = line
    return ((first[:1].upper() + first[1:], role), *rest)


def place_line(place: Place, one: Launch, width: int, *, hidden: bool) -> Line:
    """A step: its word, what was answered, and the day."""
    size = max(cells(told.step(stage)) for stage in STEPS)
    at = place.stage == one.stage
    word = told.step(place.stage)
    shown = _here(word) if at else word
    start: Line = ((pad(shown, size + 2), "accent" if at else ""),)
    room = width - width_of(start)
    if place.step is not None and (brief := told.brief(place.step, one.stream.currency, shown_money(hidden))):
        day = dates.short_day(place.step.day)
        text = whole_answers(brief, room - cells(day) - 2)
        return spread((*start, (text, "")), ((day, "muted"),), width)
    if place.stage == one.asked:
        return (*start, (whole_words(_("asked next: press enter"), room), "accent"))
    return (*start, ("-", "muted"))


def whole_answers(text: str, width: int) -> str:
    """Answers in a line, cut after a whole one where that keeps at least half of the room, else after a word."""
    if cells(text) <= width:
        return text
    between = pgettext("between outcomes", "; ")
    kept, *parts = text.split(between)
    for part in parts:
        longer = f"{kept}{between}{part}"
        if cells(longer) > width - 2:
            break
        kept = longer
    return f"{kept}.." if width // 2 <= cells(kept) <= width - 2 else whole_words(text, width)


def decisions_head(_width: int) -> Line:
    return ((_("DECISIONS"), "head"),)


def decision_line(step: Step, currency: str, width: int, *, hidden: bool) -> Line:
    """A decision of the history: its day, its step, where it led, and what was answered."""
    size = max(cells(told.step(stage)) for stage in STEPS)
    day = dates.short_day(step.day)
    start: Line = (
        (pad(day, cells(dates.short_day(WIDEST))) + GAP, "muted"),
        (pad(told.step(step.stage), size) + GAP, ""),
    )
    brief, moved = told.brief(step, currency, shown_money(hidden)), told.moved(step)
    room = width - width_of(start)
    if not brief or room - cells(moved) - 2 >= min(SHORTEST, cells(brief)):
        room -= cells(moved) + 2
    else:
        moved = ""
    text = whole_answers(brief, room)
    return spread((*start, (text, "muted")), ((moved, "muted"),), width)


def detail(place: Place, one: Launch, advice: str, width: int, *, hidden: bool) -> list[Line]:
    """A step in full: what it asks, its answers, what may be asked about them, and the playbook's advice."""
    runs = one.test is not None
    lines: list[Line] = broken(((told.question(place.stage, runs=runs), "muted"),), width)
    if place.step is not None:
        if is_example(one, place.stage):
            lines += broken(((told.example(), "accent"),), width)
        lines += [(), *_answers(place.step, one.stream.currency, width, hidden=hidden)]
        for hint in hints(place.stage, place.step.answers):
            lines += broken(((told.hint(hint), "warn"),), width)
    if advice:
        lines += [(), ((_("PLAYBOOK"), "head"),), *broken(((printable(advice), ""),), width)]
    return lines


def decision_detail(step: Step, currency: str, width: int, *, hidden: bool) -> list[Line]:
    """A decision in full."""
    about = words.listed(dates.full_day(step.day), told.step(step.stage), told.moved(step))
    lines: list[Line] = [*broken(((about, "muted"),), width), ()]
    lines += _answers(step, currency, width, hidden=hidden)
    if step.note:
        lines += broken(((printable(step.note), "muted"),), width)
    return lines


def _answers(step: Step, currency: str, width: int, *, hidden: bool) -> list[Line]:
    found = told.answers(step, currency, shown_money(hidden))
    size = max((cells(label) for label, _text in found), default=0)
    lines: list[Line] = []
    for label, text in found:
        first, *rest = broken(((text, ""),), max(width - size - 2, 8)) or [()]
        lines.append(((pad(label, size) + GAP, "muted"), *first))
        lines += [((" " * (size + 2), ""), *line) for line in rest]
    return lines


def places(one: Launch) -> list[Place]:
    """The steps of a page, in order."""
    return [Place(stage, one.answers.get(stage)) for stage in STEPS]
