"""Where rows stand on Today: sorted by urgency, they keep their places until they are sorted again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pitrack.core.model import Snapshot
from pitrack.core.views.arrangement import GROUPINGS, Grouping, Heading, arranged, heading
from pitrack.core.views.today import Action


class Places:
    """The group and the place of each action, kept as they were when they were last forgotten."""

    def __init__(self, grouping: Grouping = "urgency") -> None:
        self.grouping = grouping
        self._of: dict[str, tuple[Heading, int]] = {}

    def forget(self) -> None:
        """Let every row go to where it belongs now."""
        self._of = {}

    def next_grouping(self) -> None:
        self.grouping = GROUPINGS[(GROUPINGS.index(self.grouping) + 1) % len(GROUPINGS)]
        self.forget()

    def settle(self, snapshot: Snapshot, actions: Iterable[Action]) -> None:
        """Give each action that has no place yet the last one of its group. What is not grouped by urgency moves only
        where the user moves it, and so goes at once to where it belongs."""
        if self.grouping != "urgency":
            self.forget()
        for action in arranged(actions, self.grouping):
            self._of.setdefault(action.habit.id, (heading(snapshot, action, self.grouping), len(self._of)))

    def group(self, action: Action) -> Heading:
        return self._of[action.habit.id][0]

    def sorted(self, actions: Iterable[Action]) -> list[Action]:
        """The actions as they stand."""
        return sorted(actions, key=lambda action: (self._of[action.habit.id][0].rank, self._of[action.habit.id][1]))

    def heads(self, actions: Iterable[Action]) -> Iterator[tuple[int, Heading]]:
        """At which of the sorted actions a group begins."""
        before: Heading | None = None
        for index, action in enumerate(actions):
            group = self.group(action)
            if group != before:
                yield index, group
            before = group
