"""Why a number is what it is: the formula in words, the figures put into it, and the records behind it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from pitrack.text.i18n import N_, _
from pitrack.widgets.pieces import Line, Lines


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: its name, its value, how it is made in words, and the same with the numbers put in."""

    name: str
    value: str
    words: str
    numbers: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """A titled list of figures, perhaps with a table of records below."""

    title: str
    figures: tuple[Figure, ...]
    heading: str = ""
    records: tuple[Line, ...] = ()


class ExplainScreen(ModalScreen[None]):
    """Shows an explanation. Enter, escape and ``q`` close it; arrows scroll."""

    AUTO_FOCUS: ClassVar[str | None] = "VerticalScroll"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,q", "dismiss", N_("close"), show=False, priority=True, id="explain.close"),
        Binding("j", "scroll(1)", N_("down"), show=False, id="explain.down"),
        Binding("k", "scroll(-1)", N_("up"), show=False, id="explain.up"),
    ]
    DEFAULT_CSS = """
    ExplainScreen { align: center middle; background: $background; }
    ExplainScreen > VerticalScroll {
        width: 76; max-width: 100%; height: auto; max-height: 100%; padding: 1 2;
        background: $surface; border: round $primary;
        border-title-color: $text-primary; border-title-style: bold; border-subtitle-color: $text-muted;
        scrollbar-size-vertical: 1;
    }
    ExplainScreen Lines { height: auto; }
    ExplainScreen .words { color: $text-muted; height: auto; }
    ExplainScreen .numbers { height: auto; margin-bottom: 1; }
    ExplainScreen .heading { color: $text-muted; text-style: bold; }
    """

    def __init__(self, explanation: Explanation) -> None:
        super().__init__()
        self.explanation = explanation

    def compose(self) -> ComposeResult:
        with VerticalScroll() as box:
            yield from self._body()
        box.border_title = Content(self.explanation.title)
        box.border_subtitle = _("arrows scroll  esc close")

    def _body(self) -> ComposeResult:
        for figure in self.explanation.figures:
            yield _lines([((f"{figure.name}  ", "strong"), (figure.value, "accent"))])
            yield Static(figure.words, markup=False, classes="words")
            yield Static(figure.numbers, markup=False, classes="numbers")
        if self.explanation.records:
            yield Static(self.explanation.heading, markup=False, classes="heading")
            yield _lines(self.explanation.records)

    def action_scroll(self, by: int) -> None:
        self.query_one(VerticalScroll).scroll_relative(y=by, animate=False)


def _lines(lines: Iterable[Line]) -> Lines:
    shown = tuple(lines)
    widget = Lines(*shown)
    widget.styles.height = len(shown)
    return widget
