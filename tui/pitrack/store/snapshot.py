"""A book's records, typed: read from a document table by table, as they are asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar

import orjson

from pitrack.core.currencies import EXACT
from pitrack.core.days import Month
from pitrack.core.model import (
    Asset,
    Entry,
    Goal,
    Habit,
    History,
    Idea,
    Mark,
    Pause,
    Rate,
    Rule,
    Settings,
    Stream,
    Template,
    TimeEntry,
    Timer,
)
from pitrack.store.document import Document, split
from pitrack.store.records import (
    INVALID,
    MARKS,
    ORDINALS,
    PARSERS,
    Fields,
    alive,
    is_month,
    is_noted,
    read_asset,
    read_entry,
    read_goal,
    read_habit,
    read_idea,
    read_mark,
    read_pause,
    read_rate,
    read_rule,
    read_stream,
    read_template,
    read_time,
    read_timer,
    text_of,
    to_day,
    to_number,
)

if TYPE_CHECKING:
    from pitrack.core.building import Automation, Metric, Review, Step

T = TypeVar("T")


class BookSnapshot:
    """Immutable typed records of one version of a book (a ``core.model.Snapshot``).

    A record that does not validate is not shown, and stays in the book as it is. What another version of the same
    book has parsed already is shared where the bytes are equal.
    """

    def __init__(self, document: Document, before: BookSnapshot | None = None) -> None:
        self.document = document
        self._histories: dict[str, History] = {}
        self._readings: dict[str, Mapping[dt.date, Decimal]] = {}
        if before is not None:
            self._share(before)

    def _share(self, before: BookSnapshot) -> None:
        ours, theirs = self.document, before.document
        for name, tables in _PARSED_FROM.items():
            if name not in before.__dict__:
                continue
            if all(ours.same(theirs, table) for table in tables):
                self.__dict__[name] = before.__dict__[name]
            elif name in _EVENTS:
                self.__dict__[name] = self._renewed(name, before)
        for metric, readings in before._readings.items():
            if ours.same(theirs, "readings", metric + "|"):
                self._readings[metric] = readings
        if ours.same(theirs, "pauses"):
            for habit, history in before._histories.items():
                if all(ours.same(theirs, table, habit + "|") for table in ("checkins", "amounts")):
                    self._histories[habit] = history

    def _renewed(self, table: str, before: BookSnapshot) -> Sequence[Any]:
        """The events of a table where a few of its records have changed: the others are those of before."""
        from pitrack.store.differing import differing

        new, old = differing(bytes(self.document.body(table)), bytes(before.document.body(table)))
        gone = {split(line)[0] for line in old}
        read = _typed(orjson.loads(b"{%b}" % b",".join(new)), _EVENTS[table])
        kept = [event for event in before.__dict__[table] if event.id not in gone]
        # All but a few are in order, which sorting goes through quickly.
        return tuple(sorted((*kept, *read.values()), key=_BY_DAY))

    def _read(self, table: str, parse: Callable[[str, Fields], T]) -> dict[str, T]:
        records: dict[str, T] = {}
        for part in self.document.parts(table):
            records |= _typed(part, parse)
        return records

    @cached_property
    def settings(self) -> Settings:
        fields = self.document.values("_book")["book"]
        plain = Settings(store=fields["store"])
        start, week = fields.get("day_start"), fields.get("week_start")
        return Settings(
            store=fields["store"],
            name=text_of(fields, "name"),
            zone=text_of(fields, "zone") or plain.zone,
            day_start=start if type(start) is int and 0 <= start <= 12 else plain.day_start,
            week_start=week if type(week) is int and 1 <= week <= 7 else plain.week_start,
            currency=text_of(fields, "currency") or plain.currency,
            hourly=_worth(fields.get("hourly")),
        )

    @cached_property
    def habits(self) -> Mapping[str, Habit]:
        rules: dict[str, list[Rule]] = {}
        for key, rule in self._read("rules", read_rule).items():
            rules.setdefault(key.rpartition("|")[0], []).append(rule)
        found = self._read("habits", lambda key, fields: read_habit(key, fields, rules[key]))
        return _in_order(found)

    @cached_property
    def streams(self) -> Mapping[str, Stream]:
        currency = self.settings.currency
        found = self._read("streams", lambda key, fields: read_stream(key, fields, currency))
        return _in_order(found)

    @cached_property
    def entries(self) -> Sequence[Entry]:
        return tuple(sorted(self._read("entries", read_entry).values(), key=_BY_DAY))

    @cached_property
    def times(self) -> Sequence[TimeEntry]:
        return tuple(sorted(self._read("times", read_time).values(), key=_BY_DAY))

    @cached_property
    def assets(self) -> Mapping[str, Asset]:
        return _in_order(self._read("assets", read_asset))

    @cached_property
    def templates(self) -> Mapping[str, Template]:
        return _in_order(self._read("templates", read_template))

    def postings(self, template: str) -> Mapping[str, bool]:
        """The periods of a template that were ever booked or left out, and whether that stands."""
        found: dict[str, bool] = {}
        for table in ("entries", "recurrences"):
            for key, fields in self.document.values(table, template + "|").items():
                period = key.partition("|")[2]
                found[period] = found.get(period, False) or alive(fields)
        return found

    @cached_property
    def goals(self) -> Mapping[str, Goal]:
        return self._read("goals", read_goal)

    @cached_property
    def ideas(self) -> Mapping[str, Idea]:
        return self._read("ideas", read_idea)

    @cached_property
    def rates(self) -> Sequence[Rate]:
        return tuple(
            sorted(self._read("rates", read_rate).values(), key=lambda rate: (rate.day, rate.base, rate.quote))
        )

    @cached_property
    def pauses(self) -> Sequence[Pause]:
        return tuple(sorted(self._read("pauses", read_pause).values(), key=lambda pause: (pause.first, pause.id)))

    @cached_property
    def timers(self) -> Sequence[Timer]:
        return tuple(sorted(self._read("timers", read_timer).values(), key=lambda timer: (timer.start, timer.id)))

    @cached_property
    def closed_months(self) -> frozenset[Month]:
        closed = self._read("reviews", lambda _, fields: fields.get("closed"))
        return frozenset(
            Month.parse(key.removeprefix("month|"))
            for key, day in closed.items()
            if day and key.startswith("month|") and is_month(key.removeprefix("month|"))
        )

    @cached_property
    def nothing_came(self) -> frozenset[tuple[Month, str]]:
        noted = self._read("reviews", lambda _, fields: [name[8:] for name in fields if is_noted(name, fields)])
        return frozenset(
            (Month.parse(key.removeprefix("month|")), stream)
            for key, streams in noted.items()
            if key.startswith("month|") and is_month(key.removeprefix("month|"))
            for stream in streams
        )

    @cached_property
    def automations(self) -> Mapping[str, Automation]:
        from pitrack.store.building import read_automation

        return _in_order(self._read("automations", read_automation))

    @cached_property
    def metrics(self) -> Mapping[str, Metric]:
        from pitrack.store.building import read_metric

        return _in_order(self._read("metrics", read_metric))

    @cached_property
    def steps(self) -> Sequence[Step]:
        from pitrack.store.building import read_step

        return tuple(sorted(self._read("steps", read_step).values(), key=_BY_DAY))

    @cached_property
    def reviews(self) -> Mapping[str, Review]:
        from pitrack.store.building import read_review

        return self._read("reviews", read_review)

    def readings(self, metric: str) -> Mapping[dt.date, Decimal]:
        """What was read of a metric, by id: a day's total each."""
        found = self._readings.get(metric)
        if found is None:
            found = self._readings[metric] = self._read_readings(metric)
        return found

    def _read_readings(self, metric: str) -> Mapping[dt.date, Decimal]:
        from pitrack.store.building import read_reading

        found: dict[dt.date, Decimal] = {}
        for day, amount in _typed(self.document.values("readings", metric + "|"), read_reading).values():
            if amount is not None:
                found[day] = EXACT.add(found.get(day, Decimal(0)), amount)
        return found

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
        from pitrack.store.building import PARSERS as MORE_PARSERS

        rules = {key.rpartition("|")[0] for key in self._read("rules", read_rule)}
        parsers: dict[str, Callable[[str, Fields], object]] = {
            "habits": lambda key, fields: read_habit(key, fields, {key: [Rule(dt.date.min)] for key in rules}[key]),
            "streams": lambda key, fields: read_stream(key, fields, ""),
            "checkins": lambda key, fields: (to_day(key[-10:]), read_mark(fields.get("mark"))),
            "amounts": lambda key, fields: (to_day(key.split("|")[1]), to_number(fields["amount"])),
            **PARSERS,
            **MORE_PARSERS,
        }
        found: list[tuple[str, str]] = []
        for table, parse in parsers.items():
            for key, fields in self.document.values(table).items():
                try:
                    if alive(fields):
                        parse(key, fields)
                except (*INVALID, IndexError):
                    found.append((table, key))
        return tuple(found)

    def _history(self, habit: str) -> History:
        marks: dict[int, Mark] = {}
        notes: dict[int, str] = {}
        ordinals, known = ORDINALS, MARKS  # the hot loop of a large book: 70,000 check-ins
        for key, fields in self.document.values("checkins", habit + "|").items():
            try:
                if (mark := fields.get("mark")) is not None:
                    marks[ordinals[key[-10:]]] = known[mark]
                if "note" in fields and (note := text_of(fields, "note")):
                    notes[ordinals[key[-10:]]] = note
            except INVALID:
                continue
        for key, fields in self.document.values("amounts", habit + "|").items():
            try:
                if alive(fields):
                    day = ordinals[key.split("|")[1]]
                    typed = marks.get(day)
                    before = typed if isinstance(typed, Decimal) else Decimal(0)
                    marks[day] = EXACT.add(before, to_number(fields["amount"]))
            except (*INVALID, IndexError):
                continue
        return History(marks, notes, self._paused.get(habit, self._paused.get("", ())))

    @cached_property
    def _paused(self) -> dict[str, tuple[tuple[int, int], ...]]:
        """Half-open ranges by habit; those of the key "" hold for every habit that has none of its own."""
        found: dict[str, list[tuple[int, int]]] = {}
        for pause in self.pauses:
            end = dt.date.max.toordinal() if pause.last is None else pause.last.toordinal() + 1
            found.setdefault(pause.habit or "", []).append((pause.first.toordinal(), end))
        everyone = found.get("", [])
        return {habit: tuple(sorted(ranges + (everyone if habit else []))) for habit, ranges in found.items()}


def _in_order(things: dict[str, T]) -> dict[str, T]:
    """Things that have an order, in the one that the user made."""
    return dict(sorted(things.items(), key=lambda item: (_ORDER(item[1]), item[0])))


def _worth(text: object) -> Decimal | None:
    """What an hour is worth; None where nothing, or nothing sound, is known."""
    try:
        return (to_number(text) or None) if isinstance(text, str) else None
    except INVALID:
        return None


def _typed(records: Mapping[str, Fields], parse: Callable[[str, Fields], T]) -> dict[str, T]:
    """The living records that validate, by id."""
    typed: dict[str, T] = {}
    for key, fields in records.items():
        try:
            if alive(fields):
                typed[key] = parse(key, fields)
        except INVALID:
            continue
    return typed


_BY_DAY = attrgetter("day", "id")
_ORDER = attrgetter("order")
_EVENTS: dict[str, Callable[[str, Fields], Entry | TimeEntry]] = {"entries": read_entry, "times": read_time}
"""Tables of many records that depend on nothing else."""
_PARSED_FROM = {
    "settings": ("_book",),
    "habits": ("habits", "rules"),
    "streams": ("streams", "_book"),
    "entries": ("entries",),
    "times": ("times",),
    "assets": ("assets",),
    "goals": ("goals",),
    "ideas": ("ideas",),
    "rates": ("rates",),
    "pauses": ("pauses",),
    "timers": ("timers",),
    "closed_months": ("reviews",),
    "nothing_came": ("reviews",),
    "templates": ("templates",),
    "automations": ("automations",),
    "metrics": ("metrics",),
    "steps": ("steps",),
    "reviews": ("reviews",),
    "_paused": ("pauses",),
}
