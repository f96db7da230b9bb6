"""Where payouts go: of which platform they are, to which stream, of which account and month."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import ClassVar, Generic, NamedTuple, TypeVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import ProgressBar
from textual.worker import get_current_worker

from pitrack.core.days import Month
from pitrack.exchange.found import Refused
from pitrack.screens.dialogs.base import Dialog, Field, FieldError, text_field
from pitrack.store.snapshot import BookSnapshot
from pitrack.text.i18n import N_, _
from pitrack.text.importing import cannot
from pitrack.text.plain import fit, printable
from pitrack.text.when import month
from pitrack.widgets.pick import Pick

P = TypeVar("P")
Progress = Callable[[int, int], None]
BY_HAND = ""
"""In the place of a format: its columns are to be chosen."""
LONGEST = 40
EVERY = 0.1
"""Seconds between two steps of the bar that are shown."""


class Format(NamedTuple):
    """A platform's file; ``asks`` where it does not say of which month it is."""

    code: str
    title: str
    asks: bool = False


class Target(NamedTuple):
    """What is chosen; ``stream`` is an id."""

    format: str
    stream: str = ""
    account: str = ""
    month: Month | None = None


class Chosen(NamedTuple, Generic[P]):
    """Where it goes, and what would come of it; None where the columns are to be chosen by hand first."""

    target: Target
    plan: P | None


class TargetDialog(Dialog[Chosen[P]]):
    """Gives what ``plan`` makes of what is chosen, in a thread; what stands against it is told under the format."""

    CSS_PATH = "importing.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "submit", N_("go on"))]

    def __init__(
        self,
        file: str,
        snapshot: BookSnapshot,
        formats: Sequence[Format],
        offered: Target,
        plan: Callable[[Target, Progress], P],
    ) -> None:
        super().__init__(classes="-dense")
        self.file = file
        self.snapshot = snapshot
        self.formats = {one.code: one for one in formats}
        self.offered = offered
        self.plan = plan

    def title_text(self) -> str:
        return _("Import {file}").format(file=fit(printable(self.file), LONGEST))

    def keys_text(self) -> str:
        return _("enter look at it first  esc leave")

    def fields(self) -> Iterable[Field]:
        formats = [(one.code, fit(printable(one.title), LONGEST)) for one in self.formats.values()]
        yield Field("format", _("It holds"), Pick([*formats, (BY_HAND, _("something else"))], self.offered.format))
        living = [stream for stream in self.snapshot.streams.values() if not stream.archived]
        options = [(stream.id, fit(printable(stream.name), LONGEST)) for stream in living] or [("", _("none yet"))]
        known = self.offered.stream if self.offered.stream in dict(options) else options[0][0]
        yield Field("stream", _("Stream"), Pick(options, known))
        yield text_field("month", _("Month"), example="2026-10")
        yield text_field(
            "account", _("Account"), self.offered.account, example=_("a name, where you have several there")
        )

    def on_mount(self) -> None:
        self.query_one(VerticalScroll).mount(ProgressBar(show_eta=False))
        super().on_mount()

    def preview(self) -> None:
        for field in self.query(Field):
            field.say("")
        chosen = self.formats.get(self.value("format"))
        self.field("format").say(
            _("as the names of its columns tell") if chosen else _("you choose next what its columns mean")
        )
        self.field("month").display = bool(chosen and chosen.asks)
        if chosen and chosen.asks:
            self.field("month").say(_("the file does not say of which month it is"))

    def action_submit(self) -> None:
        try:
            target = self._target()
        except FieldError as error:
            self._refuse(error)
            return
        if target.format == BY_HAND:
            self.dismiss(Chosen(target, None))
            return
        self.query_one(ProgressBar).update(total=None, progress=0)
        self.add_class("-busy")
        self.run_worker(partial(self._plan, target), thread=True, exclusive=True, group="plan")

    def _target(self) -> Target:
        chosen = self.formats.get(self.value("format"))
        if not self.value("stream"):
            raise FieldError("stream", _("There is no stream yet: leave, and press S to add one."))
        asked = self.read("month", self._month) if chosen and chosen.asks else None
        return Target(self.value("format"), self.value("stream"), self.value("account"), asked)

    def _month(self, text: str) -> Month:
        if not text:
            raise FieldError("month", _("Type the month that the file is of, such as 2026-10."))
        today: dt.date = getattr(self.app, "today", dt.date.max)
        return month(text, today)

    def _plan(self, target: Target) -> None:
        try:
            plan = self.plan(target, self._progress())
        except Refused as error:
            said = cannot(self.file, error.code, error.details)
            self.app.call_from_thread(self._refuse, FieldError("format", said))
        except Left:
            pass
        else:
            self.app.call_from_thread(self._done, Chosen(target, plan))

    def _progress(self) -> Progress:
        """What a thread calls as it goes on; it ends the work of a dialog that was left."""
        worker, last = get_current_worker(), time.monotonic()

        def went_on(done: int, total: int) -> None:
            nonlocal last
            if worker.is_cancelled:
                raise Left
            if time.monotonic() - last > EVERY:
                last = time.monotonic()
                self.app.call_from_thread(self._show_progress, done, total)

        return went_on

    def _show_progress(self, done: int, total: int) -> None:
        if self.is_current:
            self.query_one(ProgressBar).update(total=total, progress=done)

    def _refuse(self, error: FieldError) -> None:
        if self.is_current:
            self.remove_class("-busy")
            self.field(error.field).say(error.sentence, "bad")
            self.field(error.field).entry.focus()

    def _done(self, chosen: Chosen[P]) -> None:
        if self.is_current:
            self.dismiss(chosen)


class Left(Exception):
    """The dialog is gone, and nobody waits for what is planned."""
