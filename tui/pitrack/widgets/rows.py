"""The virtual list: any number of rows of one or two lines, of which only the visible ones are drawn."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence, Set
from typing import Any, ClassVar, Generic, TypeVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from pitrack.text.i18n import N_
from pitrack.widgets.pieces import Line, Painter

T = TypeVar("T")
Head = Callable[[int], Line]
"""A heading: given its width, its line."""
_UP_TO = 400
"""Lines kept drawn: a few screens."""


class RowList(Painter, ScrollView, Generic[T], can_focus=True, inherit_bindings=False):
    """Rows with a cursor that stays on its row's key when the rows change.

    ``render(item, line, width)`` gives one line of an item (0, or 1 with ``lines=2``); the list draws the ``>`` mark
    before it, or ``-`` while keys act on another list. Headings stand above the rows they are keyed by and cannot be
    chosen. ``empty`` gives the lines of a list without items. Moving the cursor redraws two rows; showing new items
    redraws the lines that differ. The last ``still`` cells of a row stay as they are when it is chosen: signs of many
    colours, dear to send again. Rows whose keys are in ``marks`` bear a ``*``.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", N_("up"), id="rows.up", show=False),
        Binding("down,j", "move(1)", N_("down"), id="rows.down", show=False),
        Binding("pageup,ctrl+b", "page(-1)", N_("page up"), id="rows.page-up", show=False),
        Binding("pagedown,ctrl+f", "page(1)", N_("page down"), id="rows.page-down", show=False),
        Binding("home,g", "first", N_("first row"), id="rows.first", show=False),
        Binding("end,G", "last", N_("last row"), id="rows.last", show=False),
    ]
    DEFAULT_CSS = """
    RowList { height: 1fr; overflow-x: hidden; overflow-y: auto; scrollbar-size-vertical: 1; }
    """

    class Highlighted(Message):
        """The cursor is on another row, or on none (``key`` None)."""

        def __init__(self, rows: RowList[Any], key: str | None) -> None:
            super().__init__()
            self.rows = rows
            self.key = key

        @property
        def control(self) -> RowList[Any]:
            return self.rows

    class Selected(Message):
        """The row under the cursor was clicked again."""

        def __init__(self, rows: RowList[Any], key: str) -> None:
            super().__init__()
            self.rows = rows
            self.key = key

        @property
        def control(self) -> RowList[Any]:
            return self.rows

    def __init__(
        self,
        render: Callable[[T, int, int], Line],
        key: Callable[[T], str],
        *,
        lines: int = 1,
        empty: Callable[[], Sequence[Line]] = tuple,
        id: str | None = None,  # noqa: A002
    ) -> None:
        super().__init__(id=id)
        self.render_item = render
        self.key_of = key
        self.lines = lines
        self.still = 0
        self.leads = True
        """Whether keys act on this list, where there are several."""
        self.marks: Set[str] = frozenset()
        self.empty = empty
        self.items: Sequence[T] = ()
        self.cursor = 0
        self._heads: Mapping[int, Head] = {}
        self._above: list[int] = []
        self._drawn: dict[int, tuple[Line, bool]] = {}
        self._drawn_width = 0

    # What is shown

    def show(self, items: Sequence[T], heads: Mapping[int, Head] | None = None, *, lines: int | None = None) -> None:
        """Replace the items; ``heads`` stand above the item of their index. The cursor follows its row's key, or
        stays at its place where that row is gone. A row under the cursor that is seen stays where it is seen in a list
        that was scrolled, whatever comes above it."""
        before, place = self.highlighted_key, self._line_of(self.cursor) - self.scroll_offset.y
        self.items = items
        self._heads = heads or {}
        self._above = sorted(self._heads)
        self.lines = lines or self.lines
        self.cursor = self._find(before)
        height = len(items) * self.lines + len(self._above)
        if self.virtual_size.height != height:
            self.virtual_size = Size(1, height)  # rows are as wide as the list, so a new width needs no new layout
        is_kept = self.highlighted_key == before
        if is_kept and 0 <= place < self.size.height:
            self._keep_place(place)
        self._redraw_changed()
        if not is_kept:
            self._reveal()
            self.post_message(self.Highlighted(self, self.highlighted_key))

    @property
    def highlighted(self) -> T | None:
        """The item under the cursor, None in an empty list."""
        return self.items[self.cursor] if self.cursor < len(self.items) else None

    @property
    def highlighted_key(self) -> str | None:
        item = self.highlighted
        return None if item is None else self.key_of(item)

    def move_to(self, index: int) -> None:
        """Put the cursor on a row, by index, clamped to the list."""
        index = max(0, min(index, len(self.items) - 1))
        if index == self.cursor or not self.items:
            return
        before, self.cursor = self.cursor, index
        for row in (before, index):
            self._drawn_forget(row)
            self._refresh_row(row)
        self._reveal()
        self.post_message(self.Highlighted(self, self.highlighted_key))

    def move_to_key(self, key: str) -> None:
        """Put the cursor on the row of that key, if there is one."""
        index = next((i for i, item in enumerate(self.items) if self.key_of(item) == key), None)
        if index is not None:
            self.move_to(index)

    def mark(self, keys: Set[str]) -> None:
        """Mark the rows of these keys, and no others."""
        self.marks = keys
        self._redraw_changed()

    def lead(self, leads: bool) -> None:
        """Show whether keys act on this list or on another one."""
        if leads != self.leads:
            self.leads = leads
            self._redraw_changed()

    def redraw(self) -> None:
        """Draw again what is seen, where the way a row is drawn has changed."""
        self._redraw_changed()

    # Lines and rows

    def _find(self, key: str | None) -> int:
        if key is not None:
            if self.cursor < len(self.items) and self.key_of(self.items[self.cursor]) == key:
                return self.cursor
            for index, item in enumerate(self.items):
                if self.key_of(item) == key:
                    return index
        return max(0, min(self.cursor, len(self.items) - 1))

    def _line_of(self, index: int) -> int:
        """First line of a row, headings counted."""
        return index * self.lines + bisect_right(self._above, index)

    def _row_at(self, y: int) -> tuple[int, int]:
        """Index and line of the row at a line of the list; line -1 is the heading above that row."""
        low, high = 0, len(self._above)
        while low < high:  # how many headings stand at or above y
            middle = (low + high) // 2
            if self._above[middle] * self.lines + middle <= y:
                low = middle + 1
            else:
                high = middle
        if low and self._above[low - 1] * self.lines + low - 1 == y:
            return self._above[low - 1], -1
        return divmod(y - low, self.lines)

    @property
    def max_scroll_y(self) -> int:
        """As Textual's, and so much more as keeps the row at the top whole."""
        return self._whole(super().max_scroll_y)

    def _whole(self, y: int) -> int:
        """The first line from ``y`` on at which no row is cut."""
        _index, line = self._row_at(y)
        return y + self.lines - line if line > 0 else y

    def _keep_place(self, place: int) -> None:
        """Scroll so that the cursor's row is seen on the same line of the list as before, or one above it."""
        top = self._whole(max(self._line_of(self.cursor) - place, 0))
        if self.scroll_offset.y and top != self.scroll_offset.y:
            self.scroll_to(y=top, animate=False, immediate=True)
        self._reveal()

    def _reveal(self) -> None:
        top = self._line_of(self.cursor)
        bottom = top + self.lines
        if self.cursor in self._heads:
            top -= 1
        if top < self.scroll_offset.y:
            self.scroll_to(y=top, animate=False, immediate=True)
        elif bottom > self.scroll_offset.y + self.size.height:
            self.scroll_to(y=min(self._whole(bottom - self.size.height), top), animate=False, immediate=True)

    # Drawing

    @property
    def width(self) -> int:
        """Cells of a line: what the scroll bar leaves."""
        return self.scrollable_content_region.width

    @property
    def _gutter(self) -> int:
        return 2 if self.width < 60 else 3

    def _compose_line(self, y: int) -> tuple[Line, bool]:
        index, line = self._row_at(y)
        if not self.items:
            told = self.empty()
            return (told[y] if y < len(told) else ()), False
        if not 0 <= index < len(self.items):
            return (), False
        width = self.width - self._gutter
        if line < 0:
            return ((" " * self._gutter, ""), *self._heads[index](width)), False
        chosen = index == self.cursor
        mark = self._sign(line, chosen, bool(self.marks) and self.key_of(self.items[index]) in self.marks)
        return ((mark, "accent" if chosen else ""), *self.render_item(self.items[index], line, width)), chosen

    def _sign(self, line: int, chosen: bool, marked: bool) -> str:
        """What stands before a line of a row: ``>`` or ``-`` at the cursor, ``*`` where it is marked, a line below
        the cursor's sign where there is no room beside it."""
        beside = self._gutter > 2
        cursor = (">" if self.leads else "-") if chosen and line == 0 else " "
        star = marked and (line == 0 if beside or not chosen or self.lines == 1 else line == 1)
        if beside:
            return ("*" if star else " ") + cursor + " "
        if star and self.lines == 1:
            return cursor + "*" if chosen else "* "
        return ("*" if star else cursor) + " "

    def _refresh_row(self, index: int) -> None:
        """Draw a row again that was or is chosen, and not the scroll bar beside it."""
        top = self._line_of(index) - self.scroll_offset.y
        self.refresh(Region(0, top, self.width - self.still, self.lines))

    def _drawn_forget(self, index: int) -> None:
        top = self._line_of(index)
        for y in range(top, top + self.lines):
            self._drawn.pop(y, None)

    def _redraw_changed(self) -> None:
        before, self._drawn = self._drawn, {}
        if not self.is_attached or not self.size:
            return
        top = self.scroll_offset.y
        for y in range(top, top + self.size.height):
            self._drawn[y] = self._compose_line(y)
            if before.get(y) != self._drawn[y]:
                self.refresh(Region(0, y - top, self.width, 1))

    def render_line(self, y: int) -> Strip:
        y += self.scroll_offset.y
        if self._drawn_width != self.width or len(self._drawn) > _UP_TO:
            self._drawn_width = self.width
            self._drawn.clear()
        if y not in self._drawn:
            self._drawn[y] = self._compose_line(y)
        line, chosen = self._drawn[y]
        plain = self.paint(line, self.width)
        if not (chosen and self.has_focus):
            return plain
        edge = self.width - self.still
        return Strip.join([self.paint(line, self.width, cursor=True).crop(0, edge), plain.crop(edge)])

    def on_resize(self) -> None:
        self.call_after_refresh(self._reveal)

    def watch_has_focus(self, _has_focus: bool) -> None:
        super().watch_has_focus(_has_focus)
        if self.items:
            self._refresh_row(self.cursor)

    # Keys and mouse

    def action_move(self, by: int) -> None:
        self.move_to(self.cursor + by)

    def action_page(self, by: int) -> None:
        self.move_to(self.cursor + by * max(1, self.size.height // self.lines - 1))

    def action_first(self) -> None:
        self.move_to(0)

    def action_last(self) -> None:
        self.move_to(len(self.items) - 1)

    def on_click(self, event: events.Click) -> None:
        index, line = self._row_at(event.y + self.scroll_offset.y)
        if line < 0 or index >= len(self.items):
            return
        if index == self.cursor:
            self.post_message(self.Selected(self, self.key_of(self.items[index])))
        self.move_to(index)
