"""Goals, ideas, and the settings of the book."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from pitrack.core import model
from pitrack.core.changes import Change, Write
from pitrack.core.model import Goal, Idea, Settings, Stream
from pitrack.core.pauses import TRAVEL
from pitrack.store import fields as of
from pitrack.store.edits.parts import difference, edit_word, known, new
from pitrack.store.ids import short_id, ulid
from pitrack.store.records import alive
from pitrack.store.snapshot import BookSnapshot


def add_goal(snap: BookSnapshot, *, name: str, motive: model.Motive, amount: Decimal, **given: Any) -> Change:
    """A new goal. Optional: currency, streams, since, by."""
    goal = Goal(id=short_id(), name=of.name(name), motive=motive, amount=amount, **given)
    _all_known(snap.streams, goal.streams)
    return Change("goal.add", (new("goals", goal.id, of.of_goal(goal)),), goal.name)


def edit_goal(snap: BookSnapshot, goal_id: str, **given: Any) -> Change:
    """Set the given fields of a goal."""
    goal = known(snap.goals, "goal", goal_id)
    edited = goal._replace(**given)
    _all_known(snap.streams, given.get("streams", ()))
    return Change(
        edit_word("goal", given), difference("goals", goal.id, of.of_goal(goal), of.of_goal(edited)), goal.name
    )


def delete_goal(snap: BookSnapshot, goal_id: str) -> Change:
    """Take a goal away; undo brings it back."""
    goal = known(snap.goals, "goal", goal_id)
    return Change("goal.delete", (Write("goals", goal.id, None),), goal.name)


def add_idea(text: str, day: dt.date) -> Change:
    """A line for the idea inbox, with an id that sorts after those of its day."""
    idea = Idea(ulid(), of.name(text, what="idea", longest=of.LONGEST_TEXT), day)
    return Change("idea.add", (new("ideas", idea.id, of.of_idea(idea)),), idea.text, day)


def edit_idea(snap: BookSnapshot, idea_id: str, **given: Any) -> Change:
    """Set the given fields of an idea: text, state."""
    idea = known(snap.ideas, "idea", idea_id)
    write = difference("ideas", idea.id, of.of_idea(idea), of.of_idea(idea._replace(**given)))
    return Change("idea.edit", write, idea.text)


def delete_idea(snap: BookSnapshot, idea_id: str) -> Change:
    """Take an idea away; undo brings it back."""
    idea = known(snap.ideas, "idea", idea_id)
    return Change("idea.delete", (Write("ideas", idea.id, None),), idea.text)


def edit_settings(snap: BookSnapshot, day_of: Callable[[Settings], dt.date] | None = None, **given: Any) -> Change:
    """Set the book's name, zone, day_start, week_start or currency.

    ``day_of`` says which day it is under some settings. Where it is given, and a change of zone ends days before their
    time, they are paused for what was open on them, for it breaks no streak.
    """
    edited = snap.settings._replace(**given)
    name = of.text(edited.name, "name", of.LONGEST_NAME)
    writes = difference("_book", "book", of.of_settings(snap.settings), of.of_settings(edited))
    if day_of:
        writes += tuple(_pauses_of_travel(snap, day_of(snap.settings), day_of(edited)))
    return Change("settings", writes, name)


def _pauses_of_travel(snap: BookSnapshot, before: dt.date, after: dt.date) -> Iterator[Write]:
    """One pause for each action and day that ended; those of days that come again are taken back. An id says what it is
    of, so that two devices which travel together write the same."""
    from pitrack.core.travel import left_open  # here: few commands judge days

    for habit, day, first, last in left_open(snap, before, after):
        paused = {"habit": habit.id, "from": first.isoformat(), "to": last.isoformat()}
        yield Write("pauses", f"{TRAVEL}{day}|{habit.id}", paused)
    for key, fields in snap.document.values("pauses", TRAVEL).items():
        if alive(fields) and key.removeprefix(TRAVEL) >= after.isoformat():
            yield Write("pauses", key, None)


def _all_known(streams: Mapping[str, Stream], ids: Iterable[str]) -> None:
    for record in ids:
        known(streams, "stream", record)
