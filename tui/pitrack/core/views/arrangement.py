"""In which groups and in which order actions are listed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple, get_args

from pitrack.core.model import Snapshot
from pitrack.core.views.today import GROUPS, Action

Grouping = Literal["urgency", "stream", "tag", "order"]
GROUPINGS: tuple[Grouping, ...] = get_args(Grouping)


class Heading(NamedTuple):
    """A group: where it stands among the others, and its code (by urgency), or the name of its stream or tag; empty
    for what has none."""

    rank: tuple[int, str]
    name: str = ""


def heading(snapshot: Snapshot, action: Action, grouping: Grouping) -> Heading:
    """The group that an action belongs to."""
    habit = action.habit
    if grouping == "urgency":
        return Heading((GROUPS.index(action.group), ""), action.group)
    if grouping == "stream" and habit.stream is not None and habit.stream in snapshot.streams:
        return Heading((list(snapshot.streams).index(habit.stream), ""), action.stream_name)
    if grouping == "tag" and habit.tags:
        tag = min(habit.tags, key=str.casefold)
        return Heading((0, tag.casefold()), tag)
    return Heading((len(snapshot.streams) + 1, ""))


def arranged(actions: Iterable[Action], grouping: Grouping) -> list[Action]:
    """Actions in the order in which they stand within their groups: as they come (by urgency), or the user's own."""
    return list(actions) if grouping == "urgency" else sorted(actions, key=lambda action: action.habit.place)
