"""Answering an action on a day with one key, wherever actions are listed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from textual.binding import Binding, BindingType

from pitrack.core.changes import Change
from pitrack.core.model import Habit, Rule
from pitrack.core.views.today import State
from pitrack.screens.base import BookScreen
from pitrack.store import edits
from pitrack.store.errors import BookError
from pitrack.text.i18n import N_, _
from pitrack.text.plain import printable
from pitrack.text.words import unit_name

if TYPE_CHECKING:
    from pitrack.store.snapshot import BookSnapshot


class Answerable(Protocol):
    """An action of a day, as a list shows it."""

    @property
    def habit(self) -> Habit: ...
    @property
    def rule(self) -> Rule: ...
    @property
    def state(self) -> State: ...
    @property
    def value(self) -> Decimal | None: ...
    @property
    def note(self) -> str: ...
    @property
    def done(self) -> bool: ...


class AnsweringScreen(BookScreen):
    """A screen with a list of actions. Subclasses give ``chosen``, the action under the cursor and its day."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "done", N_("done"), id="today.done", tooltip=N_("done, or not after all")),
        Binding("x", "answer('no')", N_("no"), id="today.no", tooltip=N_("no: it was not done")),
        Binding("s", "answer('skip')", N_("skip"), id="today.skip", tooltip=N_("skip: the streak stays as it is")),
        Binding(
            "enter",
            "amount",
            N_("amount"),
            id="today.amount",
            key_display="enter",
            tooltip=N_("type the amount, or a note"),
        ),
        Binding("n", "note", N_("note"), id="today.note", tooltip=N_("write a note on the day")),
        Binding("plus", "step('+')", N_("add to the amount"), id="today.more", show=False),
        Binding("minus", "step('-')", N_("take from the amount"), id="today.less", show=False),
        Binding("backspace,delete", "clear", N_("clear the answer"), id="today.clear", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.snapshot: BookSnapshot | None = None

    @property
    def chosen(self) -> tuple[Answerable, dt.date] | None:
        """The action under the cursor and the day that an answer is for."""
        raise NotImplementedError

    def on_row_list_selected(self) -> None:
        self.action_amount()

    def action_done(self) -> None:
        if self.chosen is None:
            return
        action, _day = self.chosen
        if action.done and action.state in ("yes", "amount"):
            self._edit(edits.clear)
        elif action.rule.target is None:
            self._edit(edits.check, "yes")
        elif action.rule.kind == "at_least":
            self._edit(edits.check, action.rule.target)
        else:
            self.action_amount()

    def action_answer(self, word: str) -> None:
        if self.chosen is None:
            return
        action, _day = self.chosen
        if action.state == word:
            self._edit(edits.clear)
        else:
            self._edit(edits.check, word)

    def action_clear(self) -> None:
        self._edit(edits.clear)

    def action_amount(self) -> None:
        if self.chosen is None:
            return
        action, _day = self.chosen
        if action.rule.target is None:
            self.action_note()
        else:
            self._ask_amount(*self.chosen, "" if action.value is None else f"{action.value:f}")

    def action_step(self, sign: str) -> None:
        if self.chosen is None:
            return
        action, _day = self.chosen
        if action.rule.target is None:
            self.say(_("This action has no amount."))
        else:
            self._ask_amount(*self.chosen, sign)

    def action_note(self) -> None:
        from pitrack.screens.dialogs.amount import Prompt

        if self.chosen and self.snapshot:
            action, day = self.chosen
            read = partial(edits.set_note, self.snapshot, action.habit.id, day)
            self.ask(Prompt(printable(action.habit.name), _("Note"), read, value=action.note))

    def ask(self, dialog: Any) -> None:
        """Show a dialog that gives a change, and send it."""
        self.app.push_screen(dialog, self.answered)

    def answered(self, change: Change | None) -> None:
        """Send the change that a dialog gave."""
        if change:
            self.change(change)

    def _edit(self, build: Callable[..., Change], *given: Any) -> None:
        """Send the change that ``build`` makes of the chosen action."""
        if self.chosen and self.snapshot:
            action, day = self.chosen
            try:
                self.answered(build(self.snapshot, action.habit.id, day, *given))
            except BookError as error:
                self.pitrack.refuse(error)

    def _ask_amount(self, action: Answerable, day: dt.date, typed: str) -> None:
        from pitrack.screens.dialogs.amount import Prompt

        unit = unit_name(action.rule.unit)
        self.ask(
            Prompt(
                printable(action.habit.name),
                unit or _("Value"),
                partial(self._read_amount, action, day),
                value=typed,
                hint=_("a number sets the day's total; +5 adds, -5 takes away"),
                select=typed not in ("+", "-"),
            )
        )

    def _read_amount(self, action: Answerable, day: dt.date, text: str) -> Change:
        from pitrack.text.parse import day_amount
        from pitrack.text.reading import normal

        assert self.snapshot
        plain, unit = normal(text), action.rule.unit
        if plain.startswith("+"):
            return edits.add_amount(self.snapshot, action.habit.id, day, day_amount(plain[1:], unit))
        if plain.startswith("-"):
            rest = (action.value or Decimal(0)) - day_amount(plain[1:], unit)
            return edits.check(self.snapshot, action.habit.id, day, max(rest, Decimal(0)))
        return edits.check(self.snapshot, action.habit.id, day, day_amount(text, unit))
