"""How Today is drawn: one action as a line (two where it is narrow), headings, the day, the chosen action, money."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from pitrack.core.model import Settings
from pitrack.core.views.arrangement import Grouping
from pitrack.core.views.today import Action, Group, TodayView
from pitrack.text import words
from pitrack.text.i18n import N_, _, ngettext, pgettext
from pitrack.text.plain import cells, fit, pad, printable
from pitrack.widgets.glyphs import UNICODE, Glyphs
from pitrack.widgets.pieces import Line, Piece, spread, width_of

NARROW = 58
"""Width below which an action takes two lines."""
WIDE = 104
"""Width from which there is room for units, the best streak and the strength."""
WEEK = 7
LONG = 100
"""Days from which a window has no room for a word more."""

_HEADS = {
    "tonight": N_("ENDS TONIGHT"),
    "open": N_("OPEN"),
    "answered": N_("ANSWERED"),
    "rest": N_("NOT DUE TODAY"),
    "before": N_("NOT YET BEGUN"),
}
_CELLS: dict[str, Piece] = {
    "yes": ("", "good"),
    "no": ("x", "bad"),
    "skip": ("s", "muted"),
    "pause": ("p", "muted"),
    "absent": (".", "muted"),
    "part": ("/", "warn"),
    "rest": (" ", ""),
    "before": (" ", ""),
}
_MONTHS = (
    N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"), N_("May"), N_("Jun"),
    N_("Jul"), N_("Aug"), N_("Sep"), N_("Oct"), N_("Nov"), N_("Dec"),
)  # fmt: skip


class Columns(NamedTuple):
    """Widths in cells of an action's line after its mark; 0 where a column is left out."""

    name: int
    stream: int
    value: int
    streak: int
    best: int
    strength: int
    days: int
    """Days of the strip: two weeks or one."""

    @property
    def strip(self) -> int:
        return self.days + (self.days - 1) // WEEK


class Longest(NamedTuple):
    """Cells of the longest name of an action and of a stream: what the columns are shared out by."""

    name: int
    stream: int


def longest(actions: Sequence[Action]) -> Longest:
    """Of the actions shown."""
    return Longest(
        max((cells(printable(action.habit.name)) for action in actions), default=0),
        max((cells(printable(action.stream_name)) for action in actions), default=0),
    )


def columns(width: int, need: Longest) -> Columns:
    """The columns that fit a width. Streams get what the names leave, and are left out where that is little."""
    if width >= WIDE:
        value, streak, best, strength, days = 20, 11, 12, 6, 2 * WEEK
    elif width >= 66:
        value, streak, best, strength, days = 12, 10, 0, 0, 2 * WEEK
    else:
        value, streak, best, strength, days = 12, 10, 0, 0, WEEK
    free = width - 5 - value - streak - best - strength - days - (days - 1) // WEEK
    stream = min(need.stream, max(free - 1 - max(need.name, 16), 10), free - 17)
    if stream < 8:
        return Columns(free, 0, value, streak, best, strength, days)
    return Columns(free - stream - 1, stream, value, streak, best, strength, days)


def action_line(
    action: Action, line: int, width: int, shown: Group, need: Longest, *, glyphs: Glyphs = UNICODE
) -> Line:
    """One line of an action; ``shown`` is the group it stands in."""
    if width < NARROW:
        return _narrow_name(action, width, glyphs) if line == 0 else _narrow_facts(action, width, glyphs)
    size = columns(width, need)
    value, role = value_of(action, unit=size.best > 0)
    pieces: list[Piece] = [
        mark_of(action, glyphs),
        (pad(_whole_words(printable(action.habit.name), size.name), size.name) + " ", _name_role(action, shown)),
    ]
    if size.stream:
        pieces.append((pad(_whole_words(printable(action.stream_name), size.stream), size.stream) + " ", "muted"))
    pieces += [
        (pad(value, size.value), role),
        (pad(streak_of(action), size.streak, "right"), "warn" if shown == "tonight" and not action.done else ""),
    ]
    if size.best:
        best = _("best {n}").format(n=action.standing.best)
        pieces.append((pad(best, size.best, "right"), "muted"))
        pieces.append((pad(f"{action.standing.strength:.0%}", size.strength, "right"), "muted"))
    return (*pieces, ("  ", ""), *strip_of(action, size.days, glyphs))


def _narrow_name(action: Action, width: int, glyphs: Glyphs) -> Line:
    value, role = value_of(action)
    room = width - 2 - cells(value) - 1
    name = _whole_words(printable(action.habit.name), room)
    return spread((mark_of(action, glyphs), (name, _name_role(action, action.group))), ((value, role),), width)


def _narrow_facts(action: Action, width: int, glyphs: Glyphs) -> Line:
    strip = strip_of(action, 2 * WEEK, glyphs)
    room = width - 2 - width_of(strip) - 1
    facts = "  ".join(part for part in (streak_of(action), printable(action.stream_name)) if part)
    return spread((("  ", ""), (_whole_words(facts, room), "muted")), strip, width)


def _whole_words(text: str, width: int) -> str:
    """``text`` cut after a word, where at least one fits."""
    if cells(text) <= width:
        return text
    kept = fit(text, width, "")
    cut = kept.rfind(" ")
    return f"{kept[:cut].rstrip()}.." if cut > 0 and cut + 2 <= width else fit(text, width)


def _name_role(action: Action, shown: Group) -> str:
    if action.done or action.state in ("no", "skip") or shown in ("rest", "before"):
        return "muted"
    return ""


def mark_of(action: Action, glyphs: Glyphs = UNICODE) -> Piece:
    """What stands before the name: done, answered no, skipped, or nothing yet."""
    if action.state == "skip":
        return "s ", "muted"
    if action.done:
        return f"{glyphs.tick} ", "good"
    if action.state == "no" or (action.state == "amount" and action.rule.kind == "at_most"):
        return "x ", "bad"
    return ("/ ", "warn") if action.state == "amount" else ("  ", "")


def value_of(action: Action, *, unit: bool = False) -> Piece:
    """The day's amount against its target, the open period's count, or the answer in a word."""
    rule = action.rule
    if action.state == "skip":
        return _("skipped"), "muted"
    if action.state == "no":
        return pgettext("an answer", "no"), "bad"
    if rule.target is not None:
        text = _amount_of(action)
        return words.counted(text, rule.unit) if unit else text, "good" if action.done else ""
    return _period_of(action) or (_("done") if action.done else ""), "good" if action.done else ""


def _period_of(action: Action) -> str:
    """How many of how many in the open week or month or the last days; empty where each day stands for itself."""
    schedule = action.rule.schedule
    match schedule.every:
        case "week":
            text = _("{done} / {target} week")
        case "month":
            text = _("{done} / {target} month")
        case "window":
            text = _("{done} / {target} in {days}d") if schedule.within < LONG else _("{done} / {target} {days}d")
        case _:
            return ""
    return text.format(done=action.period_done, target=action.period_target, days=schedule.within)


def _amount_of(action: Action) -> str:
    target = words.plain_number(action.rule.target) if action.rule.target is not None else ""
    if action.rule.kind == "at_most":
        return f"<= {target}" if action.value is None else f"{words.plain_number(action.value)} <= {target}"
    return f"{words.plain_number(action.value) if action.value is not None else 0} / {target}"


def streak_of(action: Action) -> str:
    """``31 days``; ``-`` while there is no streak."""
    stands = action.standing
    return words.unit(stands.current, stands.unit) if stands.current else "-"


def strip_of(action: Action, days: int, glyphs: Glyphs = UNICODE) -> Line:
    """The last days, a letter each, a gap after each week; the shown day asks with ``?``."""
    pieces: list[Piece] = []
    strip = action.strip[-days:]
    for place, cell in enumerate(strip):
        if place and place % WEEK == 0:
            pieces.append((" ", ""))
        last = place == len(strip) - 1
        text, role = ("?", "warn") if last and cell == "absent" and action.due else _CELLS[cell]
        pieces.append((glyphs.tick if cell == "yes" else text, role))
    return tuple(pieces)


def group_title(name: str, grouping: Grouping, *, is_today: bool = True) -> str:
    """What stands above a group: its urgency, the name of its stream or its tag. ``is_today``: the day shown is not
    over."""
    match grouping:
        case "urgency" if name == "tonight" and not is_today:
            return _("ENDS THAT NIGHT")
        case "urgency":
            return _(_HEADS[name])
        case "stream":
            return printable(name) or _("NO STREAM")
        case "tag":
            return f"#{printable(name)}" if name else _("NO TAG")
        case "order":
            return _("IN YOUR ORDER")


def grouping_told(grouping: Grouping) -> str:
    """How the actions are grouped now."""
    return {
        "urgency": _("Sorted by urgency."),
        "stream": _("Grouped by stream."),
        "tag": _("Grouped by tag."),
        "order": _("In your own order. J and K move an action."),
    }[grouping]


def head_line(name: str, day: dt.date, first: bool, need: Longest, width: int) -> Line:
    """A group's name; the first one has the names of the columns and the weekdays of the strip."""
    title = (_whole_words(name, max(width - 2 * WEEK - 2, 8)), "head")
    if not first or width < NARROW:
        return (title, *_weekdays_right(first, day, width - width_of((title,))))
    size = columns(width, need)
    before = 2 + size.name + 1 + (size.stream + 1 if size.stream else 0) + size.value
    streak = pad(_("streak"), size.streak, "right")
    if size.best:
        streak += pad("", size.best) + pad("", size.strength)
    return (
        (pad(title[0], before), "head"),
        (f"{streak}  {weekdays(day, size.days)}", "muted"),
    )


def _weekdays_right(first: bool, day: dt.date, room: int) -> Line:
    return ((pad(weekdays(day, 2 * WEEK), room, "right"), "muted"),) if first else ()


def weekdays(day: dt.date, days: int) -> str:
    """First letters of the weekdays of the strip that ends on ``day``."""
    letters = pgettext("first letters of Monday to Sunday, one narrow character each", "MTWTFSS")
    row = [letters[(day - dt.timedelta(days=days - 1 - i)).weekday() % len(letters)] for i in range(days)]
    return " ".join("".join(row[i : i + WEEK]) for i in range(0, days, WEEK))


def day_line(view: TodayView, today: dt.date, settings: Settings, width: int) -> Line:
    """Which day is shown, in which zone, and how it stands."""
    zone = printable(settings.zone.rpartition("/")[2].replace("_", " "))
    left: list[Piece] = [(f" {short_day(view.day)} ", "strong"), (f"({zone})", "muted")]
    if view.day != today:
        past = (today - view.day).days
        left.append((" " + ngettext("yesterday", "{n} days ago", past).format(n=past), "warn"))
        back = ((_("0 today"), "muted"), (" ", ""))
        line = spread((*left, ("   ", ""), *_counts(view)), back, width)
        return line if width_of(line) <= width else spread(left, back, width)
    line = (*left, ("      " if width >= NARROW else "  ", ""), *_counts(view))
    return line if width_of(line) <= width else spread(left, _counts(view)[:1], width)


def _counts(view: TodayView) -> Line:
    if all(action.group == "before" for action in view.actions):
        return ()
    if not (view.open or view.done or view.skipped):
        return ((_("nothing due"), "good"),)
    joined = pgettext("between facts", ", ")
    if not view.open:
        return ((_("all answered"), "good"), (joined, "muted"), (_("{n} done").format(n=view.done), "muted"))
    pieces: list[Piece] = [(ngettext("{n} open", "{n} open", view.open).format(n=view.open), "strong")]
    if view.done:
        pieces.append((joined + _("{n} done").format(n=view.done), "muted"))
    if view.skipped:
        pieces.append((joined + _("{n} skipped").format(n=view.skipped), "muted"))
    return tuple(pieces)


def short_day(day: dt.date) -> str:
    """``Sun 22 Nov``, without importing a calendar of names."""
    return pgettext("a day", "{weekday} {day} {month}").format(
        weekday=words.weekday(day.isoweekday()), day=day.day, month=_(_MONTHS[day.month - 1])
    )


def focus_lines(action: Action | None, settings: Settings, width: int, *, is_today: bool = True) -> tuple[Line, Line]:
    """The chosen action in full: its name, what it asks, how it stands, and the day's note."""
    if action is None:
        return (), ()
    stands = action.standing
    name = printable(action.habit.name)
    asks = words.asked(action.rule, settings.week_start)
    best = _("best {streak}").format(streak=words.unit(stands.best, stands.unit))
    strength = _("strength {percent}").format(percent=f"{stands.strength:.0%}")
    facts = words.listed(asks, best, strength)
    note = printable(action.note or action.habit.note)
    if width < NARROW:
        about = note or (at_stake(action, is_today=is_today) if action.group == "before" else facts)
        return ((f" {fit(name, width - 2)}", "strong"),), ((f" {_whole_words(about, width - 2)}", "muted"),)
    room = width - 4 - cells(facts)
    first: Line = ((f" {fit(name, max(room, 12))}", "strong"), (": ", "muted"), (facts, "muted"))
    text, role = (note, "") if note else (at_stake(action, is_today=is_today), "muted")
    return first, ((f" {_whole_words(text, width - 2)}", role),)


def at_stake(action: Action, *, is_today: bool = True) -> str:
    """What happens to the streak if nothing more is done; when the action is due next, or that it begins later."""
    stands = action.standing
    if action.group == "before":
        begins = short_day(action.habit.rules[0].since)
        return _("Begins on {day}. Earlier days can be filled in.").format(day=begins)
    if action.next_due:
        return _("Next due on {day}.").format(day=short_day(action.next_due))
    if action.done or stands.breaks_in is None or not stands.current:
        return ""
    streak = words.unit(stands.current, stands.unit)
    if stands.breaks_in == 0:
        text = _("The streak of {streak} ends tonight.") if is_today else _("The streak of {streak} ends that night.")
        return text.format(streak=streak)
    left = words.unit(stands.breaks_in, "day")
    return _("{days} left to keep the streak of {streak}.").format(days=left, streak=streak)
