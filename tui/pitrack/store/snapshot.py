"""A book's records, typed: read from a document table by table, as they are asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import Any, TypeVar, get_args

from pitrack.core import model
from pitrack.core.currencies import EXACT
from pitrack.core.days import Month
from pitrack.core.model import (
    Entry,
    Goal,
    Habit,
    History,
    Idea,
    Mark,
    Rate,
    Rule,
    Schedule,
    Settings,
    Stream,
    TimeEntry,
)
from pitrack.store.document import Document

T = TypeVar("T")
Fields = dict[str, Any]
_INVALID = (KeyError, ValueError, TypeError, AttributeError, InvalidOperation)
_LONGEST = 40
"""Digits of the longest number taken for one."""


class BookSnapshot:
    """Immutable typed records of one version of a book (a ``core.model.Snapshot``).

    A record that does not validate is not shown, and stays in the book as it is. What another version of the same
    book has parsed already is shared where the bytes are equal.
    """

    def __init__(self, document: Document, before: BookSnapshot | None = None) -> None:
        self.document = document
        self._histories: dict[str, History] = {}
        if before is not None:
            self._share(before)

    def _share(self, before: BookSnapshot) -> None:
        ours, theirs = self.document, before.document
        for name, tables in _PARSED_FROM.items():
            if name in before.__dict__ and all(ours.same(theirs, table) for table in tables):
                self.__dict__[name] = before.__dict__[name]
        if ours.same(theirs, "pauses"):
            for habit, history in before._histories.items():
                if all(ours.same(theirs, table, habit + "|") for table in ("checkins", "amounts")):
                    self._histories[habit] = history

    def _read(self, table: str, parse: Callable[[str, Fields], T]) -> dict[str, T]:
        records: dict[str, T] = {}
        for key, fields in self.document.values(table).items():
            try:
                if alive(fields):
                    records[key] = parse(key, fields)
            except _INVALID:
                continue
        return records

    @cached_property
    def settings(self) -> Settings:
        fields = self.document.values("_book")["book"]
        plain = Settings(store=fields["store"])
        start, week = fields.get("day_start"), fields.get("week_start")
        return Settings(
            store=fields["store"],
            name=_text(fields, "name"),
            zone=_text(fields, "zone") or plain.zone,
            day_start=start if type(start) is int and 0 <= start <= 12 else plain.day_start,
            week_start=week if type(week) is int and 1 <= week <= 7 else plain.week_start,
            currency=_text(fields, "currency") or plain.currency,
        )

    @cached_property
    def habits(self) -> Mapping[str, Habit]:
        rules: dict[str, list[Rule]] = {}
        for key, rule in self._read("rules", _rule).items():
            rules.setdefault(key.rpartition("|")[0], []).append(rule)
        found = self._read("habits", lambda key, fields: _habit(key, fields, rules[key]))
        return dict(sorted(found.items(), key=lambda item: (item[1].order, item[0])))

    @cached_property
    def streams(self) -> Mapping[str, Stream]:
        currency = self.settings.currency
        found = self._read("streams", lambda key, fields: _stream(key, fields, currency))
        return dict(sorted(found.items(), key=lambda item: (item[1].order, item[0])))

    @cached_property
    def entries(self) -> Sequence[Entry]:
        return tuple(sorted(self._read("entries", _entry).values(), key=lambda entry: (entry.day, entry.id)))

    @cached_property
    def times(self) -> Sequence[TimeEntry]:
        return tuple(sorted(self._read("times", _time).values(), key=lambda time: (time.day, time.id)))

    @cached_property
    def goals(self) -> Mapping[str, Goal]:
        return self._read("goals", _goal)

    @cached_property
    def ideas(self) -> Mapping[str, Idea]:
        return self._read("ideas", _idea)

    @cached_property
    def rates(self) -> Sequence[Rate]:
        return tuple(sorted(self._read("rates", _rate).values(), key=lambda rate: (rate.day, rate.base, rate.quote)))

    @cached_property
    def closed_months(self) -> frozenset[Month]:
        closed = self._read("reviews", lambda _, fields: fields.get("closed"))
        return frozenset(
            Month.parse(key.removeprefix("month|"))
            for key, day in closed.items()
            if day and key.startswith("month|") and _is_month(key.removeprefix("month|"))
        )

    def history(self, habit: str) -> History:
        """The check-ins of a habit, by id."""
        history = self._histories.get(habit)
        if history is None:
            history = self._histories[habit] = self._history(habit)
        return history

    def additions(self, habit: str, day: dt.date) -> tuple[str, ...]:
        """Ids of the living additions to a day's amount."""
        found = self.document.values("amounts", f"{habit}|{day.isoformat()}|")
        return tuple(key for key, fields in found.items() if alive(fields))

    def invalid(self) -> tuple[tuple[str, str], ...]:
        """Table and id of the living records that do not validate, and so are not shown."""
        rules = {key.rpartition("|")[0] for key in self._read("rules", _rule)}
        parsers: dict[str, Callable[[str, Fields], object]] = {
            "habits": lambda key, fields: _habit(key, fields, {key: [Rule(dt.date.min)] for key in rules}[key]),
            "streams": lambda key, fields: _stream(key, fields, ""),
            "checkins": lambda key, fields: (_day(key[-10:]), _mark(fields.get("mark"))),
            "amounts": lambda key, fields: (_day(key.split("|")[1]), _number(fields["amount"])),
            **_PARSERS,
        }
        found: list[tuple[str, str]] = []
        for table, parse in parsers.items():
            for key, fields in self.document.values(table).items():
                try:
                    if alive(fields):
                        parse(key, fields)
                except (*_INVALID, IndexError):
                    found.append((table, key))
        return tuple(found)

    def _history(self, habit: str) -> History:
        marks: dict[int, Mark] = {}
        notes: dict[int, str] = {}
        ordinals, known = _ordinals, _marks  # the hot loop of a large book: 70,000 check-ins
        for key, fields in self.document.values("checkins", habit + "|").items():
            try:
                if (mark := fields.get("mark")) is not None:
                    marks[ordinals[key[-10:]]] = known[mark]
                if "note" in fields and (note := _text(fields, "note")):
                    notes[ordinals[key[-10:]]] = note
            except _INVALID:
                continue
        for key, fields in self.document.values("amounts", habit + "|").items():
            try:
                if alive(fields):
                    day = ordinals[key.split("|")[1]]
                    typed = marks.get(day)
                    before = typed if isinstance(typed, Decimal) else Decimal(0)
                    marks[day] = EXACT.add(before, _number(fields["amount"]))
            except (*_INVALID, IndexError):
                continue
        return History(marks, notes, self._paused.get(habit, self._paused.get("", ())))

    @cached_property
    def _paused(self) -> dict[str, tuple[tuple[int, int], ...]]:
        """Half-open ranges by habit; those of the key "" hold for every habit that has none of its own."""
        found: dict[str, list[tuple[int, int]]] = {}
        for habit, first, end in self._read("pauses", _pause).values():
            found.setdefault(habit, []).append((first, end))
        everyone = found.get("", [])
        return {habit: tuple(sorted(ranges + (everyone if habit else []))) for habit, ranges in found.items()}


_PARSED_FROM = {
    "settings": ("_book",),
    "habits": ("habits", "rules"),
    "streams": ("streams", "_book"),
    "entries": ("entries",),
    "times": ("times",),
    "goals": ("goals",),
    "ideas": ("ideas",),
    "rates": ("rates",),
    "closed_months": ("reviews",),
    "_paused": ("pauses",),
}


class _Ordinals(dict[str, int]):
    """Days by their ISO text, each read once."""

    def __missing__(self, text: str) -> int:
        day = self[text] = dt.date.fromisoformat(text).toordinal()
        return day


class _Marks(dict[str, Mark]):
    """Marks by their text, each read once."""

    def __missing__(self, text: str) -> Mark:
        mark = self[text] = _number(text)
        return mark


_ordinals = _Ordinals()
_marks = _Marks({"no": "no", "yes": "yes", "skip": "skip"})


def alive(fields: Fields) -> bool:
    """Whether a record's last edit is later than its deletion."""
    deleted = fields.get("del")
    return deleted is None or max(fields.get("t", ""), *fields.get("ft", {}).values(), "") > deleted


def mark_of(fields: Fields) -> Mark | None:
    """What a check-in's fields say of the day, without additions; None where that is nothing, or not understood."""
    try:
        return _marks[fields["mark"]]
    except _INVALID:
        return None


def _text(fields: Fields, name: str) -> str:
    value = fields.get(name)
    return value if isinstance(value, str) else ""


def _tags(fields: Fields) -> tuple[str, ...]:
    return tuple(name[4:] for name, value in fields.items() if value is True and name.startswith("tag@"))


def _id(fields: Fields, name: str) -> str | None:
    value = fields.get(name)
    if value is not None and not isinstance(value, str):
        raise ValueError(value)
    return value


def _number(text: str) -> Decimal:
    """A decimal >= 0 from its string."""
    if len(text) > _LONGEST:
        raise ValueError("too long for a number")
    number = Decimal(text)
    if not number.is_finite() or number < 0:
        raise ValueError(text)
    return number


def _day(value: str) -> dt.date:
    return dt.date.fromisoformat(value)


def _maybe_day(fields: Fields, name: str) -> dt.date | None:
    value = fields.get(name)
    return None if value is None else _day(value)


def _one_of(choices: Any, value: str, default: str | None = None) -> Any:
    """``value`` when the literal type ``choices`` has it; else the default, or ValueError."""
    if value in get_args(choices):
        return value
    if default is None:
        raise ValueError(value)
    return default


def _is_month(text: str) -> bool:
    try:
        Month.parse(text)
    except ValueError:
        return False
    return True


def _rule(key: str, fields: Fields) -> Rule:
    rule = fields["rule"]
    target = rule.get("target")
    kind = _one_of(model.HabitKind, rule["kind"])
    return Rule(
        since=_day(key.rpartition("|")[2]),
        kind=kind,
        schedule=_schedule(rule["schedule"]),
        target=None if kind == "yes_no" else _number(target),
        unit=_text(rule, "unit"),
    )


def _schedule(fields: Fields) -> Schedule:
    every = _one_of(model.Every, fields["every"])
    days = frozenset(fields.get("days", ()))
    if not days <= {1, 2, 3, 4, 5, 6, 7} or (every == "weekdays" and not days):
        raise ValueError(fields)
    times, within = _count(fields, "times"), _count(fields, "within")
    return Schedule(every, times, days, within, _maybe_day(fields, "anchor"))


def _count(fields: Fields, name: str) -> int:
    """A whole number from 1 on, 1 where there is none."""
    value = fields.get(name, 1)
    if type(value) is not int or value < 1:
        raise ValueError(value)
    return value


def _habit(key: str, fields: Fields, rules: list[Rule]) -> Habit:
    return Habit(
        id=key,
        alias=_text(fields, "alias") or key,
        name=str(fields["name"]),
        rules=tuple(sorted(rules, key=lambda rule: rule.since)),
        stream=_id(fields, "stream"),
        archived=fields.get("archived") is True,
        order=_number(fields.get("order") or "0"),
        absent_is_success=fields.get("absent") == "success",
        note=_text(fields, "note"),
        tags=_tags(fields),
    )


def _stream(key: str, fields: Fields, currency: str) -> Stream:
    return Stream(
        id=key,
        alias=_text(fields, "alias") or key,
        name=str(fields["name"]),
        stage=_one_of(model.Stage, _text(fields, "stage"), "live"),
        role=_one_of(model.Role, _text(fields, "role"), "passive"),
        currency=_text(fields, "currency") or currency,
        playbook=_id(fields, "playbook"),
        archived=fields.get("archived") is True,
        order=_number(fields.get("order") or "0"),
        since=_maybe_day(fields, "since"),
        note=_text(fields, "note"),
    )


def _entry(key: str, fields: Fields) -> Entry:
    money = fields["money"]
    received, units = fields.get("received"), fields.get("units")
    return Entry(
        id=key,
        day=_day(fields["day"]),
        kind=_one_of(model.EntryKind, fields["kind"]),
        gross=_number(money["gross"]),
        currency=str(money["currency"]),
        stream=_id(fields, "stream"),
        fee=_number(money.get("fee") or "0"),
        withheld=_number(money.get("withheld") or "0"),
        status=_one_of(model.Status, _text(fields, "status"), "cleared"),
        paid=_maybe_day(fields, "paid"),
        received=None if received is None else _number(received),
        units=None if units is None else _number(units),
        note=_text(fields, "note"),
        tags=_tags(fields),
        asset=_id(fields, "asset"),
        source_id=_id(fields, "source_id"),
    )


def _time(key: str, fields: Fields) -> TimeEntry:
    minutes = fields["minutes"]
    if type(minutes) is not int or minutes < 0:
        raise ValueError(minutes)
    return TimeEntry(
        id=key,
        day=_day(fields["day"]),
        minutes=minutes,
        stream=_id(fields, "stream"),
        kind=_one_of(model.TimeKind, _text(fields, "kind"), "make"),
        task=_text(fields, "task"),
        note=_text(fields, "note"),
    )


def _goal(key: str, fields: Fields) -> Goal:
    target = fields["target"]
    return Goal(
        id=key,
        name=str(fields["name"]),
        motive=_one_of(model.Motive, fields["motive"]),
        amount=_number(target["amount"]),
        currency=target.get("currency"),
        streams=tuple(map(str, fields.get("streams") or ())),
        since=_maybe_day(fields, "since"),
        by=_maybe_day(fields, "by"),
        archived=fields.get("archived") is True,
    )


def _idea(key: str, fields: Fields) -> Idea:
    state = _one_of(model.IdeaState, _text(fields, "state"), "open")
    return Idea(key, str(fields["text"]), _day(fields["day"]), state)


def _rate(key: str, fields: Fields) -> Rate:
    day, base, quote = key.split("|")
    rate = _number(fields["rate"])
    if not rate:
        raise ValueError(key)
    return Rate(_day(day), base, quote, rate)


def _pause(_: str, fields: Fields) -> tuple[str, int, int]:
    end = fields.get("to")
    last = dt.date.max.toordinal() if end is None else _ordinals[end] + 1
    return fields.get("habit") or "", _ordinals[fields["from"]], last


def _mark(value: str | None) -> Mark | None:
    return None if value is None else _marks[value]


_PARSERS: dict[str, Callable[[str, Fields], object]] = {
    "rules": _rule,
    "entries": _entry,
    "times": _time,
    "goals": _goal,
    "ideas": _idea,
    "rates": _rate,
    "pauses": _pause,
}
