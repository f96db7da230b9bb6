"""A one-line prompt at the foot of the screen: an amount, an addition, a note."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from textual.widgets import Input

from pitrack.screens.dialogs.base import Dialog, Field, text_field
from pitrack.text.i18n import _

T = TypeVar("T")


class Prompt(Dialog[T]):
    """Asks for one text and gives what ``read`` makes of it; ``read`` raises ParseError or BookError. With ``select``,
    what is typed replaces ``value``, else it is added to it."""

    DEFAULT_CSS = """
    Prompt { align: left bottom; background: transparent; }
    Prompt > VerticalScroll { width: 100%; padding: 0 1; }
    """

    def __init__(
        self,
        title: str,
        label: str,
        read: Callable[[str], T],
        *,
        value: str = "",
        example: str = "",
        hint: str = "",
        select: bool = False,
    ) -> None:
        super().__init__()
        self._select = select
        self._title = title
        self._label = label
        self._read = read
        self._value = value
        self._example = example
        self._hint = hint

    def title_text(self) -> str:
        return self._title

    def keys_text(self) -> str:
        return _("enter save  esc leave")

    def fields(self) -> Iterable[Field]:
        field = text_field("text", self._label, self._value, example=self._example)
        if isinstance(field.entry, Input):
            field.entry.select_on_focus = self._select
        yield field

    def preview(self) -> None:
        self.field("text").say(self._hint)

    def result(self) -> T:
        return self.read("text", self._read)
