"""What the columns of a file mean: a column for each meaning, with a value of it beside, and the first rows as they
would be booked."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Label, Static

from pitrack.core.currencies import CURRENCIES
from pitrack.screens.dialogs.base import Dialog, Field, FieldError, choice_field, text_field
from pitrack.text import parse
from pitrack.text.i18n import N_, _
from pitrack.text.plain import fit, printable
from pitrack.widgets.columns import wrapped
from pitrack.widgets.pick import Pick
from pitrack.widgets.pieces import Line, Lines
from pitrack.widgets.wrapping import broken

MEANINGS = {
    "day": N_("Day"),
    "gross": N_("Amount"),
    "fee": N_("Fee"),
    "net": N_("Net"),
    "currency": N_("Currency"),
    "title": N_("Title"),
    "note": N_("Note"),
    "units": N_("Units"),
    "status": N_("Status"),
    "id": N_("Number"),
    "paid": N_("Paid on"),
    "withheld": N_("Withheld"),
    "kind": N_("Kind"),
}
"""What a column may mean, in the order of the form. ``gross`` is before the fee, ``net`` after it."""
HINTS = {
    "gross": N_("before fees; leave it out where the file has only what is left"),
    "net": N_("what is left after the fee"),
    "title": N_("what was sold"),
    "id": N_("the platform's own, which tells rows apart for ever"),
    "kind": N_("tells income, refunds and expenses apart"),
}
ORDERS = ("auto", "YMD", "DMY", "MDY")
SIGNS = ("auto", ".", ",")
LONGEST_COLUMN = 28
LONGEST_SAMPLE = 22
FIRST_ROWS = 3
"""Rows shown as they would be booked."""
FRAME = 3
"""Lines of the frame, and one between the fields and the rows."""
_OWN_NAME = re.compile(r"[a-z0-9-]{1,40}")


class Mapped(NamedTuple):
    """What is chosen: columns by meaning, how days and numbers are written, the currency of all rows that name none,
    and the name to keep it under (empty: it is not kept)."""

    columns: Mapping[str, str]
    days: str = "auto"
    decimal: str = "auto"
    currency: str = ""
    name: str = ""


class Look(NamedTuple):
    """The first rows as they would be booked, a piece a fact; and what cannot be read, in a sentence. ``field``: the
    one in which the user has to choose before anything can be."""

    rows: Sequence[Line]
    wrong: str = ""
    field: str = ""


class ColumnField(Field):
    """A choice of the file's columns, with a value of the chosen one beside it, or below it on a narrow screen."""

    def __init__(self, name: str, columns: Sequence[str], samples: Mapping[str, str], chosen: str) -> None:
        options = [("", _("none")), *((column, fit(printable(column), LONGEST_COLUMN)) for column in columns if column)]
        super().__init__(name, _(MEANINGS[name]), Pick(options, chosen))
        self.hint = _(HINTS[name]) if name in HINTS else ""
        self.samples = samples
        self.sample = Static(classes="-sample", markup=False)

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield Label(self.label, markup=False)
            yield self.entry
            yield self.sample
        yield self.said

    def show_sample(self, *, is_narrow: bool) -> None:
        """A value of the chosen column; of none, what it would be."""
        value = printable(self.samples.get(self.entry.value, "")[:200])
        sample = fit(value, LONGEST_SAMPLE)
        self.sample.update("" if is_narrow else sample)
        self.say((sample if is_narrow else "") if self.entry.value else (self.hint if self.entry.has_focus else ""))


class MappingDialog(Dialog[Mapped]):
    """Gives what was chosen. ``look`` says, in a thread, how the first rows would be booked; ``is_taken`` whether the
    name to keep it under is that of another preset. ``currencies`` are the codes that can be typed."""

    CSS_PATH = "importing.tcss"
    AUTO_FOCUS: ClassVar[str | None] = "Pick"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", N_("go on")),
        Binding("pagedown", "turn(1)", N_("page down"), show=False),
        Binding("pageup", "turn(-1)", N_("page up"), show=False),
    ]

    def __init__(
        self,
        file: str,
        columns: Sequence[str],
        samples: Mapping[str, str],
        offered: Mapped,
        look: Callable[[Mapped], Look],
        *,
        is_taken: Callable[[Mapped], bool] = lambda _chosen: False,
        currencies: Collection[str] = CURRENCIES,
    ) -> None:
        super().__init__(classes="-dense")
        self.file = file
        self.columns = columns
        self.samples = samples
        self.offered = offered
        self.look = look
        self.is_taken = is_taken
        self.currencies = currencies
        self._asked: Mapped | None = None

    def title_text(self) -> str:
        return _("What the columns of {file} mean").format(file=fit(printable(self.file), 24))

    def keys_text(self) -> str:
        return _("enter go on  tab next  esc leave")

    def fields(self) -> Iterable[Field]:
        offered = self.offered
        for name in MEANINGS:
            yield ColumnField(name, self.columns, self.samples, offered.columns.get(name, ""))
        yield choice_field("days", _("Days are"), [(order, _order(order)) for order in ORDERS], offered.days)
        yield choice_field("decimal", _("Decimals"), [(sign, _sign(sign)) for sign in SIGNS], offered.decimal)
        yield text_field("code", _("Money in"), offered.currency, example="USD")
        yield text_field("name", _("Keep as"), offered.name, example=_("a name to know it by"))

    def compose(self) -> ComposeResult:
        with Vertical(id="form") as box:
            with VerticalScroll(can_focus=False):
                yield from self.fields()
            yield Lines(id="look")
        box.border_title = Content(self.title_text())
        box.border_subtitle = self.keys_text()

    def on_mount(self) -> None:
        self.preview()

    def on_resize(self) -> None:
        self.call_after_refresh(self._again)

    def on_descendant_focus(self) -> None:
        """Hints follow the focus; what is wrong with a field stays until something is changed."""
        for field in self.query(ColumnField):
            if not field.said.has_class("-bad"):
                field.show_sample(is_narrow=self.has_class("-narrow"))

    def _again(self) -> None:
        self._asked = None
        self.preview()

    def preview(self) -> None:
        self._show_samples()
        now = self._chosen()
        if now != self._asked:
            self._asked = now
            self.run_worker(partial(self._look, now), thread=True, exclusive=True, group="look")

    def _show_samples(self) -> None:
        for field in self.query(ColumnField):
            field.show_sample(is_narrow=self.has_class("-narrow"))
        self.field("code").say(_("of rows whose currency no column says") if self.value("currency") else "")
        self.field("name").say("")

    def _look(self, now: Mapped) -> None:
        lacking = lacks(now)
        look = Look((), lacking[1]) if lacking else self.look(now)
        self.app.call_from_thread(self._show, now, look)

    def _show(self, now: Mapped, look: Look) -> None:
        if not self.is_attached or now != self._asked:
            return
        box = self.query_one("#look", Lines)
        width = max(20, box.size.width)
        lines: list[Line] = [((_("The first rows, as they would be booked:"), "head"),)]
        for row in look.rows[:FIRST_ROWS]:
            lines += wrapped(row, width)[:2]
        if look.wrong:
            lines += broken([(look.wrong, "warn")], width)[:3]
        box.styles.height = len(lines)
        box.show(*lines)
        self.query_one(VerticalScroll).styles.max_height = max(4, self.size.height - len(lines) - FRAME)
        self.call_after_refresh(self._keep_in_sight)

    def _keep_in_sight(self) -> None:
        if self.focused:
            self.focused.scroll_visible(animate=False)

    def _chosen(self) -> Mapped:
        """What is chosen now, whether it will do or not."""
        columns = {name: self.value(name) for name in MEANINGS if self.value(name)}
        return Mapped(columns, self.value("days"), self.value("decimal"), parse.currency(self.value("code")) or "")

    def result(self) -> Mapped:
        chosen = self._chosen()
        if lacking := lacks(chosen):
            raise FieldError(*lacking)
        if not chosen.currency and (self.value("code") or "currency" not in chosen.columns):
            raise FieldError("code", _("Type a currency's three letters, like USD, EUR or JPY."))
        if chosen.currency and chosen.currency not in self.currencies:
            raise FieldError("code", _("{code} is no currency.").format(code=chosen.currency))
        chosen = chosen._replace(name=self._own_name())
        if (look := self.look(chosen)).field:
            raise FieldError(look.field, look.wrong)
        if chosen.name and self.is_taken(chosen):
            raise FieldError("name", _("There is another preset of that name already."))
        return chosen

    def _own_name(self) -> str:
        name = "-".join(unicodedata.normalize("NFKC", self.value("name")).casefold().split())
        if name and not _OWN_NAME.fullmatch(name):
            raise FieldError("name", _("Use the letters a to z, digits and - only, at most 40."))
        return name

    def action_turn(self, by: int) -> None:
        scroll = self.query_one(VerticalScroll)
        scroll.scroll_relative(y=by * scroll.size.height, animate=False)


def lacks(chosen: Mapped) -> tuple[str, str] | None:
    """The meaning that a column must be chosen for yet, and the sentence that says so."""
    if "day" not in chosen.columns:
        return "day", _("Choose the column that says the day.")
    if not chosen.columns.keys() & {"gross", "net"}:
        return "gross", _("Choose the column that says the amount.")
    return None


def _order(code: str) -> str:
    return {
        "auto": _("as they look"),
        "YMD": "2026-11-22",
        "DMY": "22.11.2026",
        "MDY": "11/22/2026",
    }[code]


def _sign(code: str) -> str:
    return {"auto": _("as they look"), ".": "1,200.50", ",": "1.200,50"}[code]
