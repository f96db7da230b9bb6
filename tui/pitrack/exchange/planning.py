"""What an import would do to a book: one change, and for each action and stream what is new, there, or stays as it is.

An import never answers in a person's place. What the book holds of a day stays as it is, and what was deleted or
cleared there stays away, unless it is asked for again. Its values bear the stamp of what no person typed, so that
answers of other devices count more, even those which come in later.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from pitrack.core.changes import Change, Value, Write
from pitrack.core.model import Habit, Rule
from pitrack.exchange.found import Day, Found, FoundHabit, Trouble
from pitrack.exchange.matching import SOURCE, Match, match
from pitrack.exchange.presets import PRESETS
from pitrack.exchange.working import TimePlan, plan_times
from pitrack.store import fields as of
from pitrack.store.edits.parts import derived
from pitrack.store.names import make_alias
from pitrack.store.records import INVALID, alive, mark_of, to_day
from pitrack.store.snapshot import BookSnapshot


class HabitPlan(NamedTuple):
    """What an import does to one action. Days are counted by what becomes of them: ``added``, there already and the
    ``same``, answered otherwise in the book and ``kept``, or ``cleared`` in it. ``state``: "new", "there" or "gone"
    (deleted in the book)."""

    id: str
    name: str
    alias: str
    state: str
    rule: Rule
    archived: bool = False
    added: int = 0
    same: int = 0
    kept: int = 0
    cleared: int = 0
    first: dt.date | None = None
    last: dt.date | None = None


class Plan(NamedTuple):
    """What an import does."""

    change: Change
    habits: tuple[HabitPlan, ...]
    times: tuple[TimePlan, ...]
    troubles: tuple[Trouble, ...]
    left_out: tuple[tuple[str, str], ...]

    @property
    def missed(self) -> int:
        """How many things the book had once and would get back if they were asked for again."""
        return sum((one.state == "gone") + one.cleared for one in self.habits) + sum(one.gone for one in self.times)


def plan(
    snap: BookSnapshot, found: Found, preset: str, today: dt.date, *, stream: str | None = None, again: bool = False
) -> Plan:
    """Compare what a file holds with the book. ``stream`` (an id): that of new actions, and of time that names none."""
    planner = _Planner(snap, preset, today, stream, again)
    matches = match(snap, preset, found.habits)
    habits = tuple(planner.habit(habit, to) for habit, to in zip(found.habits, matches, strict=True))
    times, writes, troubles = plan_times(snap, found.works, preset, stream, again)
    writes = (*planner.writes, *writes)
    change = Change("import", writes if again else derived(writes), PRESETS[preset].title)
    return Plan(change, habits, times, (*found.troubles, *troubles), found.left_out)


class _Planner:
    def __init__(self, snap: BookSnapshot, preset: str, today: dt.date, stream: str | None, again: bool) -> None:
        self.writes: list[Write] = []
        self._snap = snap
        self._field = SOURCE + preset
        self._today = today
        self._stream = stream
        self._again = again
        self._aliases = [habit.alias for habit in snap.habits.values()]
        self._order = max((habit.order for habit in snap.habits.values()), default=Decimal(0)).to_integral_value()

    def habit(self, found: FoundHabit, to: Match) -> HabitPlan:
        if to.state == "there":
            one = self._snap.habits[to.id]
            if to.keys is not None:
                self.writes.append(Write("habits", to.id, {self._field: list[Value](to.keys)}))
            mine = HabitPlan(one.id, found.name, one.alias, "there", one.rules[-1], one.archived)
            return self._days(found.days, mine)
        rule = self._rule(found)
        mine = HabitPlan(to.id, found.name, "", to.state, rule, found.archived)
        if to.state == "gone" and not self._again:
            return mine
        return self._days(found.days, self._add(found, mine, to.keys))

    def _rule(self, found: FoundHabit) -> Rule:
        since = min((*found.days, self._today))
        return Rule(since, found.kind, found.schedule, found.target, found.unit)

    def _add(self, found: FoundHabit, mine: HabitPlan, keys: tuple[str, ...] | None) -> HabitPlan:
        alias = make_alias(found.name, self._aliases, fallback="h")
        self._aliases.append(alias)
        self._order += 1
        habit = Habit(
            id=mine.id,
            alias=alias,
            name=of.name(found.name),
            rules=(mine.rule,),
            stream=self._stream,
            archived=found.archived,
            order=self._order,
            absent_is_success=found.absent_is_success,
            note=found.note,
            tags=found.tags,
        )
        fields = {name: value for name, value in of.of_habit(habit).items() if value is not None}
        if keys is not None:
            fields[self._field] = list[Value](keys)
        self.writes.append(Write("habits", habit.id, fields))
        self.writes.append(Write("rules", f"{habit.id}|{mine.rule.since}", of.of_rule(mine.rule)))
        return mine._replace(alias=alias)

    def _days(self, days: Mapping[dt.date, Day], mine: HabitPlan) -> HabitPlan:
        records = self._snap.document.values("checkins", f"{mine.id}|")
        additions = set(_days_with_additions(self._snap, mine.id))
        marks = self._snap.history(mine.id).marks
        counts = {"added": 0, "same": 0, "kept": 0, "cleared": 0}
        for day, found in sorted(days.items()):
            key = f"{mine.id}|{day}"
            record = records.get(key, {})
            there = marks.get(day.toordinal()) if day in additions else mark_of(record)
            is_open = day not in additions and (record.get("mark") is None)
            given: dict[str, Value] = {}
            missed = False
            if found.mark is not None and is_open:
                missed |= self._give(given, record, "mark", _text(found.mark))
            is_kept = not is_open and found.mark is not None and found.mark != there
            if found.note and record.get("note") is None and not is_kept:
                missed |= self._give(given, record, "note", of.text(found.note, "note"))
            if given:
                self.writes.append(Write("checkins", key, given))
            counts["added" if given else "cleared" if missed else "kept" if is_kept else "same"] += 1
        first, last = min(days, default=None), max(days, default=None)
        return HabitPlan(**{**mine._asdict(), **counts, "first": first, "last": last})

    def _give(self, given: dict[str, Value], record: dict[str, Any], name: str, value: Value) -> bool:
        """Set a field that says nothing; whether it is to stay cleared."""
        if name in record and not self._again:
            return True
        given[name] = value
        return False


def _text(mark: object) -> str:
    return of.decimal(mark, "amount") if isinstance(mark, Decimal) else str(mark)


def _days_with_additions(snap: BookSnapshot, habit: str) -> Iterator[dt.date]:
    for key, fields in snap.document.values("amounts", f"{habit}|").items():
        try:
            if alive(fields):
                yield to_day(key.split("|")[1])
        except (*INVALID, IndexError):
            continue
