"""What pages that scroll as a whole share: the actions behind their keys."""

from __future__ import annotations

from textual.containers import VerticalScroll
from textual.widget import Widget


class PageScrolling(Widget):
    """For a screen whose ``#page`` scrolls by a line, by a page, to the first and to the last line. A screen names its
    own kind before this one: Textual takes the style sheets of the first one only."""

    @property
    def page_box(self) -> VerticalScroll:
        return self.query_one("#page", VerticalScroll)

    def action_scroll(self, by: int) -> None:
        self.page_box.scroll_relative(y=by, animate=False)

    def action_page(self, by: int) -> None:
        self.page_box.scroll_relative(y=by * (self.page_box.size.height - 1), animate=False)

    def action_first(self) -> None:
        self.page_box.scroll_home(animate=False)

    def action_last(self) -> None:
        self.page_box.scroll_end(animate=False)
