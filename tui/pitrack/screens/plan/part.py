"""A part of Plan: a heading over a list that takes the lines it needs, or opens and folds where there are too few."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.containers import Container, Vertical

from pitrack.screens.plan import lines as draw
from pitrack.widgets.pieces import Line
from pitrack.widgets.rows import RowList
from pitrack.widgets.told import Told

if TYPE_CHECKING:
    from pitrack.screens.plan.screen import PlanScreen
    from pitrack.store.snapshot import BookSnapshot


class Room(Container):
    """Where the parts are; they are fitted again whenever it changes its size."""

    def __init__(self, fit: Callable[[], None]) -> None:
        super().__init__(id="parts")
        self._fit = fit

    def on_resize(self) -> None:
        self._fit()


class Part(Vertical):
    """Subclasses give ``NAME``, the list (``make``), and what stands in the heading (``title``, ``right``), at the foot
    (``foot``) and in an empty list (``empty``)."""

    NAME: ClassVar[str]
    PEEK: ClassVar[int] = 2
    """Lines of the list that are seen while it is folded."""

    def __init__(self) -> None:
        super().__init__(id=f"{self.NAME}-part")
        self.rows = self.make()

    def make(self) -> RowList[Any]:
        """The list, with ``NAME`` as its id."""
        raise NotImplementedError

    def title(self) -> tuple[str, str]:
        """What it is called, and what it is for."""
        raise NotImplementedError

    def right(self) -> str:
        """A word at the right of the heading."""
        return ""

    def empty(self) -> Sequence[Line]:
        """What an empty list says."""
        raise NotImplementedError

    def foot(self, width: int, most: int) -> list[Line]:
        """What is said of the chosen row."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        yield Told(id=f"{self.NAME}-head")
        yield self.rows

    @property
    def plan(self) -> PlanScreen:
        from pitrack.screens.plan.screen import PlanScreen

        assert isinstance(self.screen, PlanScreen)
        return self.screen

    @property
    def snapshot(self) -> BookSnapshot | None:
        return self.plan.snapshot

    @property
    def room(self) -> int:
        """Cells of a line of the list."""
        return self.rows.width or self.plan.size.width

    @property
    def need(self) -> int:
        """Lines that the list takes to be seen whole, before it is counted too."""
        return self.rows.virtual_size.height if self.rows.items else len(self.empty())

    @property
    def peek(self) -> int:
        """Lines that it keeps while another part is open."""
        return min(self.PEEK, self.need)

    @property
    def is_open(self) -> bool:
        """Whether the focus is in it."""
        focused = self.plan.focused
        return focused is not None and self in focused.ancestors

    def draw_head(self) -> None:
        """Draw the heading, and whether keys act on the list."""
        self.rows.lead(self.is_open)
        title, about = self.title()
        self.query_one(f"#{self.NAME}-head", Told).tell(partial(_head, title, about, self.is_open, self.right()))


def _head(title: str, about: str, focused: bool, right: str, width: int) -> list[Line]:
    return [draw.head(title, about, focused, width, right)]


def shared(needs: Sequence[int], peeks: Sequence[int], room: int, opened: int) -> list[int]:
    """How ``room`` lines are shared out among lists: each what it needs where that fits (the last one takes the rest);
    else the opened one as much as it needs beside what the others keep, and what is left in their order."""
    if sum(needs) <= room:
        return [*needs[:-1], room - sum(needs[:-1])]
    heights = [0] * len(needs)
    left = max(room, 0)
    kept = [0 if place == opened else peek for place, peek in enumerate(peeks)]
    heights[opened] = min(needs[opened], max(left - sum(kept), (left + 1) // 2))
    left -= heights[opened]
    for wanted in (kept, needs):
        for place, most in enumerate(wanted):
            more = min(max(min(most, needs[place]) - heights[place], 0), left)
            heights[place] += more
            left -= more
    return heights
