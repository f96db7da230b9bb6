"""Builders of changes: what a person does to a book, as the field writes that it makes.

All raise BookError("invalid" | "unknown" | "taken") on what cannot be recorded; ids come from the snapshot. Every
``add_*`` names the new record in ``change.writes[0].id``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from pitrack.core import model
from pitrack.core.changes import Change, Write
from pitrack.core.days import Month
from pitrack.core.model import Entry, Goal, Habit, Idea, Mark, Pause, Rate, Rule, Settings, Stream, TimeEntry, Word
from pitrack.core.order import between
from pitrack.store import fields as of
from pitrack.store.errors import BookError
from pitrack.store.fields import Fields
from pitrack.store.ids import short_id, ulid
from pitrack.store.names import fold, make_alias
from pitrack.store.records import alive
from pitrack.store.snapshot import BookSnapshot

_TRAVEL = "travel|"
"""How the ids of pauses begin that a change of zone made."""


def check(snap: BookSnapshot, habit_id: str, day: dt.date, mark: Mark, note: str | None = None) -> Change:
    """Answer a day with a word or set its total amount; additions made so far give way."""
    habit = _known(snap.habits, "habit", habit_id)
    answer: Fields = {"mark": of.decimal(mark, "amount") if isinstance(mark, Decimal) else mark}
    if note is not None:
        answer |= _note(note)
    word = "amount" if isinstance(mark, Decimal) else {"yes": "done"}.get(mark, mark)
    return Change(word, (_checkin(habit, day, answer), *_without_additions(snap, habit, day)), habit.name, day)


def add_amount(snap: BookSnapshot, habit_id: str, day: dt.date, amount: Decimal, note: str | None = None) -> Change:
    """Add to a day's amount; what two devices add adds up."""
    habit = _known(snap.habits, "habit", habit_id)
    writes = [Write("amounts", f"{habit.id}|{day}|{ulid()}", {"amount": of.decimal(amount, "amount")})]
    if note is not None:
        writes.append(_checkin(habit, day, _note(note)))
    return Change("amount", tuple(writes), habit.name, day)


def answer_all(snap: BookSnapshot, days: Iterable[tuple[str, dt.date]], word: Word) -> Change:
    """Answer several days of habits, each given by its id, in one go; *yes* sets an amount to its target."""
    writes: list[Write] = []
    last: dt.date | None = None
    for habit_id, day in days:
        habit, last = _known(snap.habits, "habit", habit_id), day
        rule = habit.rule_on(day)
        is_counted = word == "yes" and rule.kind == "at_least" and rule.target is not None
        mark: Mark = rule.target if is_counted and rule.target is not None else word
        writes.extend(check(snap, habit.id, day, mark).writes)
    return Change("catch-up", tuple(writes), "", last)


def clear(snap: BookSnapshot, habit_id: str, day: dt.date) -> Change:
    """Take back the day's answer, note and additions."""
    habit = _known(snap.habits, "habit", habit_id)
    blank = _checkin(habit, day, {"mark": None, "note": None})
    return Change("clear", (blank, *_without_additions(snap, habit, day)), habit.name, day)


def set_note(snap: BookSnapshot, habit_id: str, day: dt.date, note: str) -> Change:
    """Write the day's note; an empty one clears it, and one that stands already is no write."""
    habit = _known(snap.habits, "habit", habit_id)
    given = _note(note)
    stands = given["note"] == (snap.history(habit.id).notes.get(day.toordinal()) or None)
    return Change("note", () if stands else (_checkin(habit, day, given),), habit.name, day)


def add_habit(
    snap: BookSnapshot, name: str, rule: Rule, *, stream: str | None = None, alias: str | None = None, **given: Any
) -> Change:
    """A new daily action, asking what ``rule`` says from ``rule.since`` on. Optional: absent_is_success, note, tags."""
    habit = Habit(
        id=short_id(),
        alias=_new_alias(snap.habits, "habit", alias, of.name(name), "h"),
        name=of.name(name),
        rules=(rule,),
        stream=_maybe(snap.streams, "stream", stream),
        order=_last_order(snap.habits),
        **given,
    )
    return Change(
        "habit.add", (_new("habits", habit.id, of.of_habit(habit)), _rule(habit, rule)), habit.name, rule.since
    )


def edit_habit(snap: BookSnapshot, habit_id: str, **given: Any) -> Change:
    """Set the given fields of a habit: name, alias, stream, archived, order, absent_is_success, note, tags."""
    habit = _known(snap.habits, "habit", habit_id)
    edited = habit._replace(**_with_alias(snap.habits, "habit", habit.id, given))
    _maybe(snap.streams, "stream", given.get("stream"))
    write = _difference("habits", habit.id, of.of_habit(habit), of.of_habit(edited))
    return Change(_edit_word("habit", given), write, habit.name)


def set_rule(snap: BookSnapshot, habit_id: str, rule: Rule) -> Change:
    """What a habit asks from ``rule.since`` on; the past stays as it was judged."""
    habit = _known(snap.habits, "habit", habit_id)
    return Change("habit.edit", (_rule(habit, rule),), habit.name, rule.since)


def delete_habit(snap: BookSnapshot, habit_id: str) -> Change:
    """Take a habit away; its check-ins stay in the book, and undo brings it back."""
    habit = _known(snap.habits, "habit", habit_id)
    return Change("habit.delete", (Write("habits", habit.id, None),), habit.name)


def place_habit(snap: BookSnapshot, habit_id: str, beside: str, *, behind: bool) -> Change:
    """Put a habit right before or behind another one in the user's own order."""
    habit = _known(snap.habits, "habit", habit_id)
    _known(snap.habits, "habit", beside)
    others = sorted((one for one in snap.habits.values() if one.id != habit_id), key=lambda one: one.place)
    at = next(place for place, one in enumerate(others) if one.id == beside) + behind
    low = others[at - 1].order if at else Decimal(0)
    place = between(low, others[at].order if at < len(others) else None)
    if place is not None:
        placed = {habit_id: place}
    else:  # no room is left between the two: number all of them anew
        placed = {one.id: Decimal(number) for number, one in enumerate([*others[:at], habit, *others[at:]], 1)}
    writes = tuple(
        Write("habits", one, {"order": of.decimal(order, "order")})
        for one, order in placed.items()
        if snap.habits[one].order != order
    )
    return Change("habit.move", writes, habit.name)


def add_stream(
    snap: BookSnapshot, name: str, *, currency: str | None = None, alias: str | None = None, **given: Any
) -> Change:
    """A new source of income. Optional: role, stage, playbook, since, note."""
    stream = Stream(
        id=short_id(),
        alias=_new_alias(snap.streams, "stream", alias, of.name(name), "s"),
        name=of.name(name),
        currency=currency or snap.settings.currency,
        order=_last_order(snap.streams),
        **given,
    )
    return Change("stream.add", (_new("streams", stream.id, of.of_stream(stream)),), stream.name)


def edit_stream(snap: BookSnapshot, stream_id: str, **given: Any) -> Change:
    """Set the given fields of a stream: name, alias, stage, role, currency, archived, order, since, note."""
    stream = _known(snap.streams, "stream", stream_id)
    edited = stream._replace(**_with_alias(snap.streams, "stream", stream.id, given))
    write = _difference("streams", stream.id, of.of_stream(stream), of.of_stream(edited))
    return Change(_edit_word("stream", given), write, stream.name)


def delete_stream(snap: BookSnapshot, stream_id: str) -> Change:
    """Take a stream away; its entries stay."""
    stream = _known(snap.streams, "stream", stream_id)
    return Change("stream.delete", (Write("streams", stream.id, None),), stream.name)


def add_entry(
    snap: BookSnapshot, *, kind: model.EntryKind, day: dt.date, gross: Decimal, currency: str, **given: Any
) -> Change:
    """Book money, more than nothing of it: income, expense or refund. Optional: stream, fee, withheld, status, paid,
    received, units, note, tags, asset, source_id."""
    entry = Entry(id=ulid(), day=day, kind=kind, gross=gross, currency=currency, **given)
    of.check_amounts(entry, snap.settings.currency)
    _maybe(snap.streams, "stream", entry.stream)
    word = {"income": "earn", "expense": "spend"}.get(kind, kind)
    return Change(word, (_new("entries", entry.id, of.of_entry(entry)),), _stream_name(snap, entry.stream), day)


def edit_entry(snap: BookSnapshot, entry_id: str, **given: Any) -> Change:
    """Set the given fields of an entry."""
    entry = _event(snap.entries, "entry", entry_id)
    edited = entry._replace(**given)
    if of.amounts(edited) != of.amounts(entry):  # what an older version booked may stay as it is
        of.check_amounts(edited, snap.settings.currency)
    _maybe(snap.streams, "stream", given.get("stream"))
    write = _difference("entries", entry.id, of.of_entry(entry), of.of_entry(edited))
    return Change("entry.edit", write, _stream_name(snap, entry.stream), entry.day)


def delete_entry(snap: BookSnapshot, entry_id: str) -> Change:
    """Take an entry away; undo brings it back."""
    entry = _event(snap.entries, "entry", entry_id)
    return Change("entry.delete", (Write("entries", entry.id, None),), _stream_name(snap, entry.stream), entry.day)


def add_time(snap: BookSnapshot, *, day: dt.date, minutes: int, **given: Any) -> Change:
    """Book working time. Optional: stream, kind, task, note."""
    time = TimeEntry(id=ulid(), day=day, minutes=minutes, **given)
    _maybe(snap.streams, "stream", time.stream)
    return Change("time", (_new("times", time.id, of.of_time(time)),), _stream_name(snap, time.stream), day)


def edit_time(snap: BookSnapshot, time_id: str, **given: Any) -> Change:
    """Set the given fields of a time entry."""
    time = _event(snap.times, "time", time_id)
    edited = time._replace(**given)
    _maybe(snap.streams, "stream", given.get("stream"))
    write = _difference("times", time.id, of.of_time(time), of.of_time(edited))
    return Change("time.edit", write, _stream_name(snap, time.stream), time.day)


def delete_time(snap: BookSnapshot, time_id: str) -> Change:
    """Take a time entry away; undo brings it back."""
    time = _event(snap.times, "time", time_id)
    return Change("time.delete", (Write("times", time.id, None),), _stream_name(snap, time.stream), time.day)


def add_goal(snap: BookSnapshot, *, name: str, motive: model.Motive, amount: Decimal, **given: Any) -> Change:
    """A new goal. Optional: currency, streams, since, by."""
    goal = Goal(id=short_id(), name=of.name(name), motive=motive, amount=amount, **given)
    _all_known(snap.streams, goal.streams)
    return Change("goal.add", (_new("goals", goal.id, of.of_goal(goal)),), goal.name)


def edit_goal(snap: BookSnapshot, goal_id: str, **given: Any) -> Change:
    """Set the given fields of a goal."""
    goal = _known(snap.goals, "goal", goal_id)
    edited = goal._replace(**given)
    _all_known(snap.streams, given.get("streams", ()))
    return Change(
        _edit_word("goal", given), _difference("goals", goal.id, of.of_goal(goal), of.of_goal(edited)), goal.name
    )


def delete_goal(snap: BookSnapshot, goal_id: str) -> Change:
    """Take a goal away; undo brings it back."""
    goal = _known(snap.goals, "goal", goal_id)
    return Change("goal.delete", (Write("goals", goal.id, None),), goal.name)


def add_idea(text: str, day: dt.date) -> Change:
    """A line for the idea inbox."""
    idea = Idea(short_id(), of.name(text, what="idea", longest=of.LONGEST_TEXT), day)
    return Change("idea.add", (_new("ideas", idea.id, of.of_idea(idea)),), idea.text, day)


def edit_idea(snap: BookSnapshot, idea_id: str, **given: Any) -> Change:
    """Set the given fields of an idea: text, state."""
    idea = _known(snap.ideas, "idea", idea_id)
    write = _difference("ideas", idea.id, of.of_idea(idea), of.of_idea(idea._replace(**given)))
    return Change("idea.edit", write, idea.text)


def delete_idea(snap: BookSnapshot, idea_id: str) -> Change:
    """Take an idea away; undo brings it back."""
    idea = _known(snap.ideas, "idea", idea_id)
    return Change("idea.delete", (Write("ideas", idea.id, None),), idea.text)


def add_pause(
    snap: BookSnapshot, *, first: dt.date, last: dt.date | None = None, habit: str | None = None, note: str = ""
) -> Change:
    """Days off from ``first`` to ``last`` (open where None), of a habit or (None) of all; back-dated at will."""
    pause = Pause(short_id(), first, last, _maybe(snap.habits, "habit", habit), note)
    return Change(
        "pause.add", (_new("pauses", pause.id, of.of_pause(pause)),), _habit_name(snap, pause.habit), pause.first
    )


def edit_pause(snap: BookSnapshot, pause_id: str, **given: Any) -> Change:
    """Set the given fields of a pause: first, last, habit, note."""
    pause = _event(snap.pauses, "pause", pause_id)
    _maybe(snap.habits, "habit", given.get("habit"))
    write = _difference("pauses", pause.id, of.of_pause(pause), of.of_pause(pause._replace(**given)))
    return Change("pause.edit", write, _habit_name(snap, pause.habit), pause.first)


def end_pause(snap: BookSnapshot, *pause_ids: str, last: dt.date) -> Change:
    """Let pauses of one habit, or of all, end with the day ``last``; one that began after it never was."""
    pauses = [_event(snap.pauses, "pause", pause_id) for pause_id in pause_ids]
    writes = tuple(
        Write("pauses", pause.id, {"to": last.isoformat()} if pause.first <= last else None) for pause in pauses
    )
    word = "pause.end" if any(write.fields for write in writes) else "pause.delete"
    return Change(word, writes, _habit_name(snap, pauses[0].habit), last)


def delete_pause(snap: BookSnapshot, pause_id: str) -> Change:
    """Take a pause away: its days count again; undo brings it back."""
    pause = _event(snap.pauses, "pause", pause_id)
    return Change("pause.delete", (Write("pauses", pause.id, None),), _habit_name(snap, pause.habit), pause.first)


def close_month(snap: BookSnapshot, month: Month, day: dt.date) -> Change:
    """Say that all of a month's payouts are in: its figures are no longer provisional."""
    if month >= Month.of(day):
        raise BookError("invalid", what="month", value=str(month), why="not-over")
    if month in snap.closed_months:
        raise BookError("invalid", what="month", value=str(month), why="already-closed")
    return Change("close", (Write("reviews", f"month|{month}", {"closed": day.isoformat()}),), str(month), day)


def reopen_month(snap: BookSnapshot, month: Month) -> Change:
    """Make a closed month provisional again."""
    if month not in snap.closed_months:
        raise BookError("invalid", what="month", value=str(month), why="not-closed")
    return Change("reopen", (Write("reviews", f"month|{month}", {"closed": None}),), str(month))


def add_rate(rate: Rate) -> Change:
    """What one unit of a currency was worth in another on a day."""
    base, quote = of.currency(rate.base), of.currency(rate.quote)
    if base == quote:
        raise BookError("invalid", what="rate", value=f"{base} {quote}", why="same-currency")
    if rate.rate <= 0:
        raise BookError("invalid", what="rate", value=str(rate.rate), why="not-positive")
    write = Write("rates", f"{rate.day}|{base}|{quote}", {"rate": of.decimal(rate.rate, "rate")})
    return Change("rate", (write,), f"{base}/{quote}", rate.day)


def edit_settings(snap: BookSnapshot, day_of: Callable[[Settings], dt.date] | None = None, **given: Any) -> Change:
    """Set the book's name, zone, day_start, week_start or currency.

    ``day_of`` says which day it is under some settings. Where it is given, and a change of zone ends days before their
    time, they are paused for what was open on them, for it breaks no streak.
    """
    edited = snap.settings._replace(**given)
    name = of.text(edited.name, "name", of.LONGEST_NAME)
    writes = _difference("_book", "book", of.of_settings(snap.settings), of.of_settings(edited))
    if day_of:
        writes += tuple(_pauses_of_travel(snap, day_of(snap.settings), day_of(edited)))
    return Change("settings", writes, name)


def _pauses_of_travel(snap: BookSnapshot, before: dt.date, after: dt.date) -> Iterator[Write]:
    """One pause for each action and day that ended; those of days that come again are taken back. An id says what it is
    of, so that two devices which travel together write the same."""
    from pitrack.core.travel import left_open  # here: few commands judge days

    for habit, day, first, last in left_open(snap, before, after):
        paused = {"habit": habit.id, "from": first.isoformat(), "to": last.isoformat()}
        yield Write("pauses", f"{_TRAVEL}{day}|{habit.id}", paused)
    for key, fields in snap.document.values("pauses", _TRAVEL).items():
        if alive(fields) and key.removeprefix(_TRAVEL) >= after.isoformat():
            yield Write("pauses", key, None)


def _checkin(habit: Habit, day: dt.date, answer: Fields) -> Write:
    return Write("checkins", f"{habit.id}|{day}", answer)


def _note(note: str) -> Fields:
    return {"note": of.text(note, "note") or None}


def _without_additions(snap: BookSnapshot, habit: Habit, day: dt.date) -> Iterable[Write]:
    return (Write("amounts", record, None) for record in snap.additions(habit.id, day))


def _rule(habit: Habit, rule: Rule) -> Write:
    return Write("rules", f"{habit.id}|{rule.since}", of.of_rule(rule))


def _new(table: str, record: str, given: Fields) -> Write:
    """A new record; what was not given was never set."""
    return Write(table, record, {name: value for name, value in given.items() if value is not None})


def _difference(table: str, record: str, before: Fields, after: Fields) -> tuple[Write, ...]:
    """The write from one set of fields to another: only what differs; a tag that went is set to false."""
    changed: Fields = {name: value for name, value in after.items() if name not in before or before[name] != value}
    changed |= {name: False for name in before if name not in after}
    return (Write(table, record, changed),) if changed else ()


def _edit_word(what: str, given: Mapping[str, Any]) -> str:
    if given.keys() == {"archived"}:
        return f"{what}.archive" if given["archived"] else f"{what}.restore"
    return f"{what}.edit"


def _known(things: Mapping[str, Any], what: str, record: str) -> Any:
    thing = things.get(record)
    if thing is None:
        raise BookError("unknown", what=what, name=record, candidates=[])
    return thing


def _maybe(things: Mapping[str, Any], what: str, record: str | None) -> str | None:
    if record is not None:
        _known(things, what, record)
    return record


def _all_known(streams: Mapping[str, Stream], ids: Iterable[str]) -> None:
    for record in ids:
        _known(streams, "stream", record)


def _event(events: Iterable[Any], what: str, record: str) -> Any:
    return _known({event.id: event for event in events}, what, record)


def _stream_name(snap: BookSnapshot, stream: str | None) -> str:
    found = snap.streams.get(stream or "")
    return found.name if found else ""


def _habit_name(snap: BookSnapshot, habit: str | None) -> str:
    found = snap.habits.get(habit or "")
    return found.name if found else ""


def _with_alias(things: Mapping[str, Any], what: str, own: str, given: dict[str, Any]) -> dict[str, Any]:
    if "alias" not in given:
        return given
    others = {record: thing for record, thing in things.items() if record != own}
    return given | {"alias": _free_alias(others, what, given["alias"])}


def _new_alias(things: Mapping[str, Any], what: str, alias: str | None, name: str, fallback: str) -> str:
    if alias is None:
        return make_alias(name, (thing.alias for thing in things.values()), fallback=fallback)
    return _free_alias(things, what, alias)


def _free_alias(things: Mapping[str, Any], what: str, alias: str) -> str:
    alias = fold(alias)
    if not alias or not alias.isascii() or not alias.isprintable() or " " in alias or len(alias) > 40:
        raise BookError("invalid", what="alias", value=alias, why="ascii-word")
    if any(fold(thing.alias) == alias for thing in things.values()):
        raise BookError("taken", what=what, name=alias)
    return alias


def _last_order(things: Mapping[str, Any]) -> Decimal:
    return max((thing.order for thing in things.values()), default=Decimal(0)).to_integral_value() + 1
