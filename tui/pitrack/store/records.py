"""The fields of records as typed values; what does not validate raises one of ``INVALID``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from sys import intern
from typing import Any, get_args

from pitrack.core import model
from pitrack.core.days import Month
from pitrack.core.model import (
    LONGEST_WINDOW,
    Asset,
    Entry,
    Goal,
    Habit,
    Idea,
    Mark,
    Pause,
    Rate,
    Rule,
    Schedule,
    Stream,
    Template,
    TimeEntry,
    Timer,
)

Fields = dict[str, Any]
INVALID = (KeyError, ValueError, TypeError, AttributeError, InvalidOperation)
_LONGEST = 40
"""Digits of the longest number taken for one, however it is written: 1e9999999 would take minutes to add up."""


class _Ordinals(dict[str, int]):
    """Days by their ISO text, each read once."""

    def __missing__(self, text: str) -> int:
        day = self[text] = dt.date.fromisoformat(text).toordinal()
        return day


class _Days(dict[str, dt.date]):
    """Days by their ISO text, one object each."""

    def __missing__(self, text: str) -> dt.date:
        day = self[text] = dt.date.fromisoformat(text)
        return day


class _Marks(dict[str, Mark]):
    """Marks by their text, each read once."""

    def __missing__(self, text: str) -> Mark:
        mark = self[text] = to_number(text)
        return mark


ORDINALS = _Ordinals()
DAYS = _Days()
NOTHING = Decimal(0)
MARKS = _Marks({"no": "no", "yes": "yes", "skip": "skip"})


def alive(fields: Fields) -> bool:
    """Whether a record's last edit is later than its deletion."""
    deleted = fields.get("del")
    return deleted is None or max(fields.get("t", ""), *fields.get("ft", {}).values(), "") > deleted


def mark_of(fields: Fields) -> Mark | None:
    """What a check-in's fields say of the day, without additions; None where that is nothing, or not understood."""
    try:
        return MARKS[fields["mark"]]
    except INVALID:
        return None


def is_noted(name: str, fields: Fields) -> bool:
    """Whether a field of a month's review says that a stream brought nothing."""
    return name.startswith("nothing@") and bool(fields[name])


def text_of(fields: Fields, name: str) -> str:
    value = fields.get(name)
    return value if isinstance(value, str) else ""


def _tags(fields: Fields) -> tuple[str, ...]:
    return tuple(name[4:] for name, value in fields.items() if value is True and name.startswith("tag@"))


def record_id(fields: Fields, name: str) -> str | None:
    value = fields.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise ValueError(value)
    return intern(value)


def to_number(text: str) -> Decimal:
    """A decimal >= 0 from its string."""
    if len(text) > _LONGEST:
        raise ValueError("too long for a number")
    number = Decimal(text)
    if not number.is_finite() or number < 0 or abs(number.adjusted()) > _LONGEST:
        raise ValueError(text)
    return number


def to_day(value: str) -> dt.date:
    return dt.date.fromisoformat(value)


def maybe_day(fields: Fields, name: str) -> dt.date | None:
    value = fields.get(name)
    return None if value is None else to_day(value)


def one_of(choices: Any, value: str, default: str | None = None) -> Any:
    """``value`` when the literal type ``choices`` has it; else the default, or ValueError."""
    if value in get_args(choices):
        return value
    if default is None:
        raise ValueError(value)
    return default


def is_month(text: str) -> bool:
    try:
        Month.parse(text)
    except ValueError:
        return False
    return True


def read_rule(key: str, fields: Fields) -> Rule:
    rule = fields["rule"]
    target = rule.get("target")
    kind = one_of(model.HabitKind, rule["kind"])
    return Rule(
        since=to_day(key.rpartition("|")[2]),
        kind=kind,
        schedule=_schedule(rule["schedule"]),
        target=None if kind == "yes_no" else to_number(target),
        unit=text_of(rule, "unit"),
    )


def _schedule(fields: Fields) -> Schedule:
    every = one_of(model.Every, fields["every"])
    days = frozenset(fields.get("days", ()))
    if not days <= {1, 2, 3, 4, 5, 6, 7} or (every == "weekdays" and not days):
        raise ValueError(fields)
    times, within = _count(fields, "times"), _count(fields, "within")
    if within > LONGEST_WINDOW:
        raise ValueError(fields)
    return Schedule(every, times, days, within, maybe_day(fields, "anchor"))


def _count(fields: Fields, name: str) -> int:
    """A whole number from 1 on, 1 where there is none."""
    value = fields.get(name, 1)
    if type(value) is not int or value < 1:
        raise ValueError(value)
    return value


def read_habit(key: str, fields: Fields, rules: list[Rule]) -> Habit:
    return Habit(
        id=key,
        alias=text_of(fields, "alias") or key,
        name=str(fields["name"]),
        rules=tuple(sorted(rules, key=lambda rule: rule.since)),
        stream=record_id(fields, "stream"),
        archived=fields.get("archived") is True,
        order=to_number(fields.get("order") or "0"),
        absent_is_success=fields.get("absent") == "success",
        note=text_of(fields, "note"),
        tags=_tags(fields),
    )


def read_stream(key: str, fields: Fields, currency: str) -> Stream:
    return Stream(
        id=key,
        alias=text_of(fields, "alias") or key,
        name=str(fields["name"]),
        stage=one_of(model.Stage, text_of(fields, "stage"), "live"),
        role=one_of(model.Role, text_of(fields, "role"), "passive"),
        currency=text_of(fields, "currency") or currency,
        playbook=record_id(fields, "playbook"),
        archived=fields.get("archived") is True,
        order=to_number(fields.get("order") or "0"),
        since=maybe_day(fields, "since"),
        note=text_of(fields, "note"),
    )


_KINDS: dict[str, model.EntryKind] = {kind: kind for kind in get_args(model.EntryKind)}
_STATUSES: dict[str, model.Status] = {status: status for status in get_args(model.Status)}


def read_entry(key: str, fields: Fields) -> Entry:
    """What is alike in many entries is one object in all of them: a large ledger holds 100,000."""
    money = fields["money"]
    received, units = fields.get("received"), fields.get("units")
    return Entry(
        id=key,
        day=DAYS[fields["day"]],
        kind=_KINDS[fields["kind"]],
        gross=to_number(money["gross"]),
        currency=intern(str(money["currency"])),
        stream=record_id(fields, "stream"),
        fee=to_number(fee) if (fee := money.get("fee")) else NOTHING,
        withheld=to_number(withheld) if (withheld := money.get("withheld")) else NOTHING,
        status=_STATUSES.get(text_of(fields, "status"), "cleared"),
        paid=maybe_day(fields, "paid"),
        received=None if received is None else to_number(received),
        units=None if units is None else to_number(units),
        note=text_of(fields, "note"),
        tags=_tags(fields),
        asset=record_id(fields, "asset"),
        source_id=record_id(fields, "source_id"),
    )


def read_time(key: str, fields: Fields) -> TimeEntry:
    minutes = fields["minutes"]
    if type(minutes) is not int or minutes < 0:
        raise ValueError(minutes)
    return TimeEntry(
        id=key,
        day=to_day(fields["day"]),
        minutes=minutes,
        stream=record_id(fields, "stream"),
        kind=one_of(model.TimeKind, text_of(fields, "kind"), "make"),
        task=text_of(fields, "task"),
        note=text_of(fields, "note"),
        asset=record_id(fields, "asset"),
    )


def read_asset(key: str, fields: Fields) -> Asset:
    minutes = fields.get("minutes") or 0
    if type(minutes) is not int or minutes < 0:
        raise ValueError(minutes)
    return Asset(
        id=key,
        alias=text_of(fields, "alias") or key,
        name=str(fields["name"]),
        stream=record_id(fields, "stream"),
        published=maybe_day(fields, "published"),
        minutes=minutes,
        archived=fields.get("archived") is True,
        order=to_number(fields.get("order") or "0"),
        note=text_of(fields, "note"),
    )


def read_template(key: str, fields: Fields) -> Template:
    money, recurs = fields["money"], fields["recurs"]
    interval = recurs["interval"]
    if type(interval) is not int or interval < 1:
        raise ValueError(interval)
    return Template(
        id=key,
        alias=text_of(fields, "alias") or key,
        name=str(fields["name"]),
        kind=one_of(model.EntryKind, fields["kind"]),
        gross=to_number(money["gross"]),
        currency=str(money["currency"]),
        since=to_day(fields["since"]),
        every=one_of(model.Beat, recurs["every"]),
        interval=interval,
        until=maybe_day(fields, "until"),
        auto=fields.get("auto") is True,
        stream=record_id(fields, "stream"),
        fee=to_number(money.get("fee") or "0"),
        withheld=to_number(money.get("withheld") or "0"),
        note=text_of(fields, "note"),
        tags=_tags(fields),
        asset=record_id(fields, "asset"),
        archived=fields.get("archived") is True,
        order=to_number(fields.get("order") or "0"),
    )


def read_goal(key: str, fields: Fields) -> Goal:
    target = fields["target"]
    return Goal(
        id=key,
        name=str(fields["name"]),
        motive=one_of(model.Motive, fields["motive"]),
        amount=to_number(target["amount"]),
        currency=target.get("currency"),
        streams=tuple(map(str, fields.get("streams") or ())),
        since=maybe_day(fields, "since"),
        by=maybe_day(fields, "by"),
        archived=fields.get("archived") is True,
    )


def read_idea(key: str, fields: Fields) -> Idea:
    state = one_of(model.IdeaState, text_of(fields, "state"), "open")
    return Idea(key, str(fields["text"]), to_day(fields["day"]), state)


def read_rate(key: str, fields: Fields) -> Rate:
    day, base, quote = key.split("|")
    rate = to_number(fields["rate"])
    if not rate:
        raise ValueError(key)
    return Rate(to_day(day), base, quote, rate)


def read_pause(key: str, fields: Fields) -> Pause:
    return Pause(
        id=key,
        first=to_day(fields["from"]),
        last=maybe_day(fields, "to"),
        habit=record_id(fields, "habit") or None,
        note=text_of(fields, "note"),
    )


def read_timer(key: str, fields: Fields) -> Timer:
    target, _sep, device = key.rpartition("|")
    kind, _colon, record = target.partition(":")
    if kind not in ("h", "s") or not record:
        raise ValueError(key)
    return Timer(
        id=key,
        start=to_moment(fields["start"]),
        device=device,
        habit=record if kind == "h" else None,
        stream=record if kind == "s" else None,
        kind=one_of(model.TimeKind, text_of(fields, "kind"), "make"),
        task=text_of(fields, "task"),
    )


def to_moment(text: str) -> dt.datetime:
    """A moment from ``2026-11-22T04:05:06Z``: UTC, to the second."""
    if len(text) != 20 or text[10] != "T" or text[-1] != "Z" or not "1970" <= text[:4] <= "9998":
        raise ValueError(text)
    return dt.datetime.fromisoformat(text)


def read_mark(value: str | None) -> Mark | None:
    return None if value is None else MARKS[value]


PARSERS: dict[str, Callable[[str, Fields], object]] = {
    "rules": read_rule,
    "entries": read_entry,
    "times": read_time,
    "assets": read_asset,
    "templates": read_template,
    "goals": read_goal,
    "ideas": read_idea,
    "rates": read_rate,
    "pauses": read_pause,
    "timers": read_timer,
}
