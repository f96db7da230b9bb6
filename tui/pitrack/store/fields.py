"""Typed records as the fields that the book holds of them, and what such a field may be."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, get_args

from pitrack.core import model
from pitrack.core.changes import Value
from pitrack.core.currencies import CURRENCIES, exponent, quantized
from pitrack.core.model import (
    LONGEST_WINDOW,
    Asset,
    Entry,
    Goal,
    Habit,
    Idea,
    Pause,
    Rule,
    Settings,
    Stream,
    Template,
    TimeEntry,
    Timer,
)
from pitrack.store.errors import BookError

Fields = dict[str, Value]

LONGEST_NAME = 200
LONGEST_TEXT = 20_000
MOST_DIGITS = 30
MOST_MINUTES = 60 * 100_000
"""Of work on one thing."""
LONGEST_INTERVAL = 99
"""Weeks, months or years between two due days."""


def of_rule(rule: Rule) -> Fields:
    """Kind, unit, target and schedule: one field, because they only mean something together."""
    fields: Fields = {"kind": choice(model.HabitKind, rule.kind, "kind"), "schedule": _of_schedule(rule)}
    if rule.kind != "yes_no":
        if rule.target is None:
            raise BookError("invalid", what="target", value="", why="needed")
        fields["target"] = decimal(rule.target, "target")
        if rule.kind == "at_least" and not rule.target:
            raise BookError("invalid", what="target", value=str(rule.target), why="not-positive")
        fields["unit"] = text(rule.unit, "unit", LONGEST_NAME)
    return {"rule": fields}


def _of_schedule(rule: Rule) -> Fields:
    schedule = rule.schedule
    fields: Fields = {"every": schedule.every}
    match schedule.every:
        case "weekdays":
            if not schedule.days:
                raise BookError("invalid", what="schedule", value="", why="no-weekday")
            fields["days"] = list[Value](sorted(schedule.days))
        case "week" | "month":
            fields["times"] = _counted(schedule.times, 7 if schedule.every == "week" else 31)
        case "window":
            fields["within"] = _counted(schedule.within, LONGEST_WINDOW)
            fields["times"] = _counted(schedule.times, schedule.within)
        case "interval":
            fields["within"] = _counted(schedule.within, LONGEST_WINDOW)
            fields["anchor"] = (schedule.anchor or rule.since).isoformat()
        case "after":
            fields["within"] = _counted(schedule.within, LONGEST_WINDOW)
    return fields


def _counted(number: int, most: int) -> int:
    if not 1 <= number <= most:
        raise BookError("invalid", what="schedule", value=str(number), why=f"1-{most}")
    return number


def of_habit(habit: Habit) -> Fields:
    return {
        "name": name(habit.name),
        "alias": habit.alias,
        "stream": habit.stream,
        "archived": habit.archived,
        "order": decimal(habit.order, "order"),
        "absent": "success" if habit.absent_is_success else "unknown",
        "note": text(habit.note, "note") or None,
        **_tags(habit.tags),
    }


def of_stream(stream: Stream) -> Fields:
    return {
        "name": name(stream.name),
        "alias": stream.alias,
        "stage": choice(model.Stage, stream.stage, "stage"),
        "role": choice(model.Role, stream.role, "role"),
        "currency": currency(stream.currency),
        "playbook": stream.playbook,
        "archived": stream.archived,
        "order": decimal(stream.order, "order"),
        "since": _iso(stream.since),
        "note": text(stream.note, "note") or None,
    }


def of_entry(entry: Entry) -> Fields:
    return {
        "kind": choice(model.EntryKind, entry.kind, "kind"),
        "day": entry.day.isoformat(),
        "stream": entry.stream,
        "money": _of_money(entry),
        "status": choice(model.Status, entry.status, "status"),
        "paid": _iso(entry.paid),
        "received": None if entry.received is None else decimal(entry.received, "received"),
        "units": None if entry.units is None else decimal(entry.units, "units"),
        "note": text(entry.note, "note") or None,
        "asset": entry.asset,
        "source_id": entry.source_id,
        **_tags(entry.tags),
    }


def _of_money(entry: Entry | Template) -> Fields:
    """The parts of an amount: one field, because they only mean something together."""
    if entry.kind != "refund" and entry.fee + entry.withheld > entry.gross > 0:
        raise BookError("invalid", what="fee", value=str(entry.fee + entry.withheld), why="more-than-gross")
    return {
        "gross": decimal(entry.gross, "amount"),
        "fee": decimal(entry.fee, "fee"),
        "withheld": decimal(entry.withheld, "withheld"),
        "currency": currency(entry.currency),
    }


def of_template(template: Template) -> Fields:
    if not 1 <= template.interval <= LONGEST_INTERVAL:
        raise BookError("invalid", what="every", value=str(template.interval), why=f"1-{LONGEST_INTERVAL}")
    if template.until is not None and template.until < template.since:
        raise BookError("invalid", what="day", value=str(template.until), why="before-start")
    return {
        "name": name(template.name),
        "alias": template.alias,
        "kind": choice(model.EntryKind, template.kind, "kind"),
        "stream": template.stream,
        "money": _of_money(template),
        "recurs": {"every": choice(model.Beat, template.every, "every"), "interval": template.interval},
        "since": template.since.isoformat(),
        "until": _iso(template.until),
        "auto": template.auto,
        "note": text(template.note, "note") or None,
        "asset": template.asset,
        "archived": template.archived,
        "order": decimal(template.order, "order"),
        **_tags(template.tags),
    }


def _tags(tags: Iterable[str]) -> Fields:
    """Each tag in a field of its own, so that two devices may add one each."""
    if any(not tag or len(tag) > LONGEST_NAME for tag in tags):
        raise BookError("invalid", what="tag", value=" ".join(tags), why="empty-or-long")
    return {f"tag@{tag}": True for tag in tags}


def amounts(entry: Entry) -> tuple[object, ...]:
    """What ``check_amounts`` looks at."""
    return entry.gross, entry.currency, entry.fee, entry.withheld, entry.received


def check_amounts(entry: Entry, book_currency: str) -> None:
    """A new entry is of more than nothing, and of no fraction that its currency cannot pay.

    BookError("invalid"); an entry that the book holds already is read whatever it says.
    """
    for value, what, code in (
        (entry.gross, "amount", entry.currency),
        (entry.fee, "fee", entry.currency),
        (entry.withheld, "withheld", entry.currency),
        (entry.received or Decimal(0), "received", book_currency),
    ):
        decimal(value, what)
        if code in CURRENCIES and quantized(value, code) != value:
            raise BookError("invalid", what=what, value=format(value, "f"), why=f"{code} places {exponent(code)}")
    if not entry.gross:
        raise BookError("invalid", what="amount", value=str(entry.gross), why="not-positive")


def of_time(time: TimeEntry) -> Fields:
    if not 0 < time.minutes <= 24 * 60:
        raise BookError("invalid", what="time", value=str(time.minutes), why="1-1440 minutes")
    return {
        "day": time.day.isoformat(),
        "minutes": time.minutes,
        "stream": time.stream,
        "kind": choice(model.TimeKind, time.kind, "kind"),
        "task": text(time.task, "task", LONGEST_NAME) or None,
        "note": text(time.note, "note") or None,
        "asset": time.asset,
    }


def of_asset(asset: Asset) -> Fields:
    if not 0 <= asset.minutes <= MOST_MINUTES:
        raise BookError("invalid", what="time", value=str(asset.minutes), why=f"0-{MOST_MINUTES} minutes")
    return {
        "name": name(asset.name),
        "alias": asset.alias,
        "stream": asset.stream,
        "published": _iso(asset.published),
        "minutes": asset.minutes or None,
        "archived": asset.archived,
        "order": decimal(asset.order, "order"),
        "note": text(asset.note, "note") or None,
    }


def of_goal(goal: Goal) -> Fields:
    if goal.amount <= 0:
        raise BookError("invalid", what="amount", value=str(goal.amount), why="not-positive")
    if goal.since and goal.by and goal.by < goal.since:
        raise BookError("invalid", what="day", value=str(goal.by), why="before-start")
    target: Fields = {"amount": decimal(goal.amount, "amount")}
    if goal.motive in ("save", "living") and goal.currency:
        target["currency"] = currency(goal.currency)
    return {
        "name": name(goal.name),
        "motive": choice(model.Motive, goal.motive, "motive"),
        "target": target,
        "streams": list[Value](goal.streams),
        "since": _iso(goal.since),
        "by": _iso(goal.by),
        "archived": goal.archived,
    }


def of_idea(idea: Idea) -> Fields:
    return {
        "text": name(idea.text, what="idea", longest=LONGEST_TEXT),
        "day": idea.day.isoformat(),
        "state": choice(model.IdeaState, idea.state, "state"),
    }


def of_pause(pause: Pause) -> Fields:
    if pause.last is not None and pause.last < pause.first:
        raise BookError("invalid", what="day", value=str(pause.last), why="before-start")
    return {
        "habit": pause.habit,
        "from": pause.first.isoformat(),
        "to": _iso(pause.last),
        "note": text(pause.note, "note") or None,
    }


def of_timer(timer: Timer) -> Fields:
    """All of its fields: those of an earlier timer under the same id give way."""
    return {
        "start": f"{timer.start:%Y-%m-%dT%H:%M:%SZ}",
        "kind": None if timer.stream is None else choice(model.TimeKind, timer.kind, "kind"),
        "task": text(timer.task, "task", LONGEST_NAME) or None,
    }


def of_settings(settings: Settings) -> Fields:
    if not 0 <= settings.day_start <= 12:
        raise BookError("invalid", what="day start", value=str(settings.day_start), why="0-12")
    if not 1 <= settings.week_start <= 7:
        raise BookError("invalid", what="week start", value=str(settings.week_start), why="1-7")
    return {
        "name": text(settings.name, "name", LONGEST_NAME),
        "zone": settings.zone,
        "day_start": settings.day_start,
        "week_start": settings.week_start,
        "currency": currency(settings.currency),
        "hourly": None if settings.hourly is None else decimal(settings.hourly, "hourly"),
    }


def name(value: str, *, what: str = "name", longest: int = LONGEST_NAME) -> str:
    """A text that is not empty, without the spaces around it."""
    value = text(value, what, longest).strip()
    if not value:
        raise BookError("invalid", what=what, value="", why="empty")
    return value


def text(value: str, what: str, longest: int = LONGEST_TEXT) -> str:
    """Any characters that JSON can carry; lone surrogates (undecodable bytes of a command line) cannot be."""
    value = unicodedata.normalize("NFC", value.encode("utf-8", "replace").decode())
    if len(value) > longest:
        raise BookError("invalid", what=what, value=value[:40], why=f"longer than {longest}")
    return value


def decimal(value: Decimal, what: str) -> str:
    """A number as the book writes it: never an exponent, never negative."""
    if not value.is_finite() or value < 0:
        raise BookError("invalid", what=what, value=str(value), why="negative")
    written = format(value, "f")
    if len(written) > MOST_DIGITS:
        raise BookError("invalid", what=what, value=written[:40], why="too-long")
    return written


def currency(code: str) -> str:
    """A currency code: three capital letters."""
    if len(code) != 3 or not code.isascii() or not code.isalpha() or not code.isupper():
        raise BookError("invalid", what="currency", value=code, why="three-letters")
    return code


def choice(choices: Any, value: str, what: str) -> str:
    """One of the words of a literal type."""
    if value not in get_args(choices):
        raise BookError("invalid", what=what, value=value, why=", ".join(get_args(choices)))
    return value


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
