"""Dialogs: a titled box of fields; enter saves, escape leaves, and what is wrong stands under its field."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar, Generic, Literal, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.suggester import SuggestFromList
from textual.widgets import Input, Label, Static

from pitrack.store.errors import BookError
from pitrack.text.breaking import folded, has_ideographs
from pitrack.text.i18n import N_, _
from pitrack.text.plain import printable
from pitrack.text.reading import ParseError
from pitrack.widgets.choice import Choice

T = TypeVar("T")
V = TypeVar("V")
NARROW = 60
"""Width below which labels stand above what they name."""


class FieldError(Exception):
    """What is wrong with one field, as a sentence."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field
        self.sentence = sentence


class Sentence(Static):
    """A sentence in a dialog. Japanese is broken by rules that Textual does not know."""

    def __init__(self, text: str = "", *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(text, id=id, classes=classes, markup=False)
        self.text = text

    def say(self, text: str) -> None:
        self.text = text
        width = self.size.width
        if width and has_ideographs(text):
            text = "\n".join(line for part in text.split("\n") for line in folded(part, width))
        self.update(text)

    def on_resize(self) -> None:
        self.say(self.text)


class Field(Vertical):
    """A label, what is typed or chosen, and a line under it for a preview or for what is wrong."""

    DEFAULT_CSS = """
    Field { height: auto; }
    Field > Horizontal { height: auto; }
    Field Label { width: 12; color: $text-muted; }
    Field Input { width: 1fr; background: $foreground 8%; &:focus { background: $foreground 16%; } }
    Field Choice { width: 1fr; }
    Field Static.-said {
        margin-left: 12; height: auto; min-height: 1; color: $text-muted;
        &.-good { color: $text-success; }
        &.-warn { color: $text-warning; }
        &.-bad { color: $text-error; }
    }
    """

    def __init__(self, name: str, label: str, entry: Input | Choice, written: str = "") -> None:
        """``written`` is the text that ``entry`` shows made harmless."""
        super().__init__(id=f"field-{name}")
        self._written = written
        self.label = label
        self.entry = entry
        self.said = Sentence(classes="-said")

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield Label(self.label, markup=False)
            yield self.entry
        yield self.said

    @property
    def value(self) -> str:
        """What is typed or chosen; a text that was left alone is the one that was written, whatever it holds."""
        return self._written if self.entry.value == printable(self._written) else self.entry.value

    def say(self, text: str, role: Literal["", "good", "warn", "bad"] = "") -> None:
        """Show a hint, what was understood ("good"), what may not be meant ("warn"), or what is wrong ("bad")."""
        for one in ("good", "warn", "bad"):
            self.said.set_class(role == one, f"-{one}")
        self.said.say(text)
        self.set_class(bool(text), "-told")


def text_field(
    name: str, label: str, value: str = "", *, example: str = "", known: Iterable[str] = (), restrict: str | None = None
) -> Field:
    """A field for typed text; ``known`` values are completed as one types, ``example`` is shown while it is empty."""
    names = [name for name in known if name == printable(name)]
    entry = Input(
        printable(value),
        placeholder=example,
        compact=True,
        suggester=SuggestFromList(names, case_sensitive=False) if names else None,
        restrict=restrict,
    )
    entry.cursor_blink = False
    return Field(name, label, entry, value)


def choice_field(name: str, label: str, options: Sequence[tuple[str, str]], value: str) -> Field:
    """A field for one of a few codes, each with its word."""
    return Field(name, label, Choice(options, value))


class Dialog(ModalScreen[T | None], Generic[T]):
    """A form. Subclasses give ``title_text``, ``fields`` and ``result``; ``preview`` may say what was understood.

    Dismissed with the result, or None when the user leaves. ``result`` raises FieldError; reading a field with
    ``read`` turns ParseError and BookError into one.
    """

    AUTO_FOCUS: ClassVar[str | None] = "Input, Choice"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (NARROW, "-plain")]  # noqa: RUF012 (Textual's)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", N_("leave"), priority=True),
        Binding("enter", "submit", N_("save")),
        Binding("ctrl+s", "submit", N_("save"), show=False, priority=True),
        Binding("down", "app.focus_next", N_("next field"), show=False),
        Binding("up", "app.focus_previous", N_("field before"), show=False),
    ]
    DEFAULT_CSS = """
    Dialog { align: center middle; background: $background 40%; }
    Dialog > VerticalScroll {
        width: 64; max-width: 100%; height: auto; max-height: 100%; padding: 1 2 0 2;
        background: $surface; border: round $primary;
        border-title-color: $text-primary; border-title-style: bold; border-subtitle-color: $text-muted;
        scrollbar-size-vertical: 1;
    }
    Dialog.-narrow > VerticalScroll { padding: 0 1; }
    Dialog.-narrow Field > Horizontal { layout: vertical; }
    Dialog.-narrow Field Label { width: 1fr; }
    Dialog.-narrow Field Input, Dialog.-narrow Field Choice { width: 100%; }
    Dialog.-narrow Field Static.-said { margin-left: 0; }
    Dialog.-dense Field Static.-said { display: none; }
    Dialog.-dense Field.-told Static.-said { display: block; }
    """

    def title_text(self) -> str:
        """What the dialog is for, in a few words."""
        raise NotImplementedError

    def keys_text(self) -> str:
        """The keys, for the lower edge."""
        return _("enter save  tab next  esc leave")

    def fields(self) -> Iterable[Field]:
        """The fields, in order."""
        raise NotImplementedError

    def is_edit(self) -> bool:
        """Whether the fields hold what was written before: typing then adds to it instead of replacing it."""
        return False

    def result(self) -> T:
        """What the fields say; raises FieldError."""
        raise NotImplementedError

    def preview(self) -> None:
        """Called on mount and at every change of a field."""

    def compose(self) -> ComposeResult:
        with VerticalScroll(can_focus=False) as box:
            for field in self.fields():
                if self.is_edit() and isinstance(field.entry, Input):
                    field.entry.select_on_focus = False
                yield field
        box.border_title = Content(self.title_text())
        box.border_subtitle = self.keys_text()

    def on_mount(self) -> None:
        self.preview()

    def field(self, name: str) -> Field:
        return self.query_one(f"#field-{name}", Field)

    def value(self, name: str) -> str:
        """What a field holds, without spaces around it."""
        return self.field(name).value.strip()

    def read(self, name: str, parse: Callable[[str], V]) -> V:
        """A field's value, parsed; raises FieldError where it cannot be."""
        try:
            return parse(self.value(name))
        except (ParseError, BookError) as error:
            raise FieldError(name, sentence_of(error)) from error

    def show_reading(self, name: str, parse: Callable[[str], str], empty: str = "") -> None:
        """Say under a field how it is understood, or why it cannot be; ``empty`` while nothing is typed."""
        if not self.value(name):
            self.field(name).say(empty)
            return
        try:
            self.field(name).say(self.read(name, parse), "good")
        except FieldError as error:
            self.field(name).say(error.sentence)

    def action_leave(self) -> None:
        self.dismiss(None)

    def action_submit(self) -> None:
        try:
            result = self.result()
        except FieldError as error:
            field = self.field(error.field)
            field.say(error.sentence, "bad")
            field.entry.focus()
        else:
            self.dismiss(result)

    def on_input_submitted(self) -> None:
        self.action_submit()

    def on_input_changed(self) -> None:
        self.preview()

    def on_choice_changed(self) -> None:
        self.preview()


def sentence_of(error: ParseError | BookError) -> str:
    """The one sentence for what cannot be read or done."""
    from pitrack.text.errors import sentence

    return sentence(error.code, error.details)
