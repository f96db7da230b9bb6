"""Check-ins, habits and pauses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from pitrack.core.changes import Change, Write
from pitrack.core.model import Habit, Mark, Pause, Rule, Word
from pitrack.core.order import between
from pitrack.store import fields as of
from pitrack.store.edits.parts import difference, edit_word, event, known, last_order, maybe, new, new_alias, with_alias
from pitrack.store.fields import Fields
from pitrack.store.ids import short_id, ulid
from pitrack.store.snapshot import BookSnapshot


def check(snap: BookSnapshot, habit_id: str, day: dt.date, mark: Mark, note: str | None = None) -> Change:
    """Answer a day with a word or set its total amount; additions made so far give way. What stands already is no
    write."""
    habit = known(snap.habits, "habit", habit_id)
    answer: Fields = {"mark": of.decimal(mark, "amount") if isinstance(mark, Decimal) else mark}
    if note is not None:
        answer |= _note(note)
    word = "amount" if isinstance(mark, Decimal) else {"yes": "done"}.get(mark, mark)
    history, gone = snap.history(habit.id), tuple(_without_additions(snap, habit, day))
    stands = history.marks.get(day.toordinal()) == mark and note in (None, history.notes.get(day.toordinal()))
    writes = () if stands and not gone else (_checkin(habit, day, answer), *gone)
    return Change(word, writes, habit.name, day)


def add_amount(snap: BookSnapshot, habit_id: str, day: dt.date, amount: Decimal, note: str | None = None) -> Change:
    """Add to a day's amount; what two devices add adds up."""
    habit = known(snap.habits, "habit", habit_id)
    writes = [Write("amounts", f"{habit.id}|{day}|{ulid()}", {"amount": of.decimal(amount, "amount")})]
    if note is not None:
        writes.append(_checkin(habit, day, _note(note)))
    return Change("amount", tuple(writes), habit.name, day)


def answer_all(snap: BookSnapshot, days: Iterable[tuple[str, dt.date]], word: Word) -> Change:
    """Answer several days of habits, each given by its id, in one go; *yes* sets an amount to its target."""
    writes: list[Write] = []
    last: dt.date | None = None
    for habit_id, day in days:
        habit, last = known(snap.habits, "habit", habit_id), day
        rule = habit.rule_on(day)
        is_counted = word == "yes" and rule.kind == "at_least" and rule.target is not None
        mark: Mark = rule.target if is_counted and rule.target is not None else word
        writes.extend(check(snap, habit.id, day, mark).writes)
    return Change("catch-up", tuple(writes), "", last)


def clear(snap: BookSnapshot, habit_id: str, day: dt.date, *, with_note: bool = False) -> Change:
    """Take back the day's answer and additions, and with ``with_note`` its note."""
    habit = known(snap.habits, "habit", habit_id)
    blank = _checkin(habit, day, {"mark": None, "note": None} if with_note else {"mark": None})
    return Change("clear", (blank, *_without_additions(snap, habit, day)), habit.name, day)


def set_note(snap: BookSnapshot, habit_id: str, day: dt.date, note: str) -> Change:
    """Write the day's note; an empty one clears it, and one that stands already is no write."""
    habit = known(snap.habits, "habit", habit_id)
    given = _note(note)
    stands = given["note"] == (snap.history(habit.id).notes.get(day.toordinal()) or None)
    return Change("note", () if stands else (_checkin(habit, day, given),), habit.name, day)


def add_habit(
    snap: BookSnapshot, name: str, rule: Rule, *, stream: str | None = None, alias: str | None = None, **given: Any
) -> Change:
    """A new daily action, asking what ``rule`` says from ``rule.since`` on. Optional: absent_is_success, note, tags."""
    habit = Habit(
        id=short_id(),
        alias=new_alias(snap.habits, "habit", alias, of.name(name), "h"),
        name=of.name(name),
        rules=(rule,),
        stream=maybe(snap.streams, "stream", stream),
        order=last_order(snap.habits),
        **given,
    )
    return Change(
        "habit.add", (new("habits", habit.id, of.of_habit(habit)), _rule(habit, rule)), habit.name, rule.since
    )


def edit_habit(snap: BookSnapshot, habit_id: str, **given: Any) -> Change:
    """Set the given fields of a habit: name, alias, stream, archived, order, absent_is_success, note, tags."""
    habit = known(snap.habits, "habit", habit_id)
    edited = habit._replace(**with_alias(snap.habits, "habit", habit.id, given))
    maybe(snap.streams, "stream", given.get("stream"))
    write = difference("habits", habit.id, of.of_habit(habit), of.of_habit(edited))
    return Change(edit_word("habit", given), write, habit.name)


def set_rule(snap: BookSnapshot, habit_id: str, rule: Rule) -> Change:
    """What a habit asks from ``rule.since`` on; the past stays as it was judged."""
    habit = known(snap.habits, "habit", habit_id)
    return Change("habit.edit", (_rule(habit, rule),), habit.name, rule.since)


def delete_habit(snap: BookSnapshot, habit_id: str) -> Change:
    """Take a habit away; its check-ins stay in the book, and undo brings it back."""
    habit = known(snap.habits, "habit", habit_id)
    return Change("habit.delete", (Write("habits", habit.id, None),), habit.name)


def place_habit(snap: BookSnapshot, habit_id: str, beside: str, *, behind: bool) -> Change:
    """Put a habit right before or behind another one in the user's own order."""
    habit = known(snap.habits, "habit", habit_id)
    known(snap.habits, "habit", beside)
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


def add_pause(
    snap: BookSnapshot, *, first: dt.date, last: dt.date | None = None, habit: str | None = None, note: str = ""
) -> Change:
    """Days off from ``first`` to ``last`` (open where None), of a habit or (None) of all; back-dated at will."""
    pause = Pause(short_id(), first, last, maybe(snap.habits, "habit", habit), note)
    return Change(
        "pause.add", (new("pauses", pause.id, of.of_pause(pause)),), _habit_name(snap, pause.habit), pause.first
    )


def edit_pause(snap: BookSnapshot, pause_id: str, **given: Any) -> Change:
    """Set the given fields of a pause: first, last, habit, note."""
    pause = event(snap.pauses, "pause", pause_id)
    maybe(snap.habits, "habit", given.get("habit"))
    write = difference("pauses", pause.id, of.of_pause(pause), of.of_pause(pause._replace(**given)))
    return Change("pause.edit", write, _habit_name(snap, pause.habit), pause.first)


def end_pause(snap: BookSnapshot, *pause_ids: str, last: dt.date) -> Change:
    """Let pauses of one habit, or of all, end with the day ``last``; one that began after it never was."""
    pauses = [event(snap.pauses, "pause", pause_id) for pause_id in pause_ids]
    writes = tuple(
        Write("pauses", pause.id, {"to": last.isoformat()} if pause.first <= last else None) for pause in pauses
    )
    word = "pause.end" if any(write.fields for write in writes) else "pause.delete"
    return Change(word, writes, _habit_name(snap, pauses[0].habit), last)


def delete_pause(snap: BookSnapshot, pause_id: str) -> Change:
    """Take a pause away: its days count again; undo brings it back."""
    pause = event(snap.pauses, "pause", pause_id)
    return Change("pause.delete", (Write("pauses", pause.id, None),), _habit_name(snap, pause.habit), pause.first)


def _checkin(habit: Habit, day: dt.date, answer: Fields) -> Write:
    return Write("checkins", f"{habit.id}|{day}", answer)


def _note(note: str) -> Fields:
    return {"note": of.text(note, "note") or None}


def _without_additions(snap: BookSnapshot, habit: Habit, day: dt.date) -> Iterable[Write]:
    return (Write("amounts", record, None) for record in snap.additions(habit.id, day))


def _rule(habit: Habit, rule: Rule) -> Write:
    return Write("rules", f"{habit.id}|{rule.since}", of.of_rule(rule))


def _habit_name(snap: BookSnapshot, habit: str | None) -> str:
    found = snap.habits.get(habit or "")
    return found.name if found else ""
