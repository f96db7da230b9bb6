"""The launch board of Plan: each stream with the steps it has passed and what is asked of it next."""

from __future__ import annotations

from collections.abc import Sequence

from pitrack.core.views.launch import Board, Launch
from pitrack.screens.plan import launch_lines as draw
from pitrack.screens.plan.part import Part
from pitrack.text import launch as told
from pitrack.text.i18n import _
from pitrack.widgets.pieces import Line
from pitrack.widgets.rows import RowList


class LaunchRows(RowList[Launch]):
    """Streams, two lines each: the name with what is asked, and the track."""


class LaunchPart(Part):
    NAME = "launch"

    def __init__(self) -> None:
        super().__init__()
        self.board: Board | None = None
        """As last counted, None before the first time."""
        self._new = ""

    def make(self) -> LaunchRows:
        return LaunchRows(self._line, lambda one: one.stream.id, lines=2, empty=self.empty, id=self.NAME)

    def title(self) -> tuple[str, str]:
        return _("Launch"), _("from a problem to income")

    def right(self) -> str:
        cycles = sum(len(one.cycles) for one in self._all())
        return told.cycle_count(cycles) if cycles else ""

    def empty(self) -> Sequence[Line]:
        if self.board is None:
            return ()
        return draw.board_empty(self.room, has_ideas=bool(self.plan.ideas))

    def foot(self, width: int, most: int) -> list[Line]:
        chosen = self.rows.highlighted
        return draw.board_said(chosen, width, most, hidden=self.plan.pitrack.hidden) if chosen else []

    def counted(self, board: Board) -> None:
        """Take in what was counted; a new stream is chosen once it is there."""
        self.board = board
        self.show_rows()
        if board.find(self._new):
            self.rows.move_to_key(self._new)
            self.rows.focus()
            self._new = ""

    def expect(self, stream: str) -> None:
        """Go to a stream once it is on the board."""
        self._new = stream

    def show_rows(self) -> None:
        """Show the streams as they were last counted, those that were stopped below, none that was put aside."""
        assert self.snapshot
        there = self.snapshot.streams
        running = [one for one in self.board.streams if one.stream.id in there] if self.board else []
        stopped = [one for one in self._all() if one.stage == "stopped" and not one.stream.archived]
        stopped = [one for one in stopped if one.stream.id in there]
        heads = {len(running): draw.stopped_head} if stopped else {}
        self.rows.show([*running, *stopped], heads)
        self.rows.redraw()

    def _all(self) -> tuple[Launch, ...]:
        return (*self.board.streams, *self.board.apart) if self.board else ()

    def _line(self, one: Launch, line: int, width: int) -> Line:
        return draw.board_line(one, line, width)

    # Keys

    def open(self) -> None:
        from pitrack.screens.plan.launch import LaunchScreen

        if (chosen := self.rows.highlighted) is not None:
            self.app.push_screen(LaunchScreen(chosen.stream.id))
