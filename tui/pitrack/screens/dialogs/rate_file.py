"""Name a file of the European Central Bank, to import exchange rates from it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from pitrack.exchange.ecb import read_ecb
from pitrack.exchange.found import Refused, Setting
from pitrack.exchange.rating import RatePlan, currencies_in_use, plan_rates
from pitrack.screens.dialogs.base import Dialog, Field, FieldError, text_field
from pitrack.store.snapshot import BookSnapshot
from pitrack.text.i18n import _, pgettext
from pitrack.text.importing import cannot
from pitrack.text.plain import printable

EXAMPLE = "~/Downloads/eurofxref-hist.zip"


class RateFileDialog(Dialog[RatePlan]):
    """Gives what an import of the file would do; one that cannot be read is told under the field."""

    def __init__(self, snapshot: BookSnapshot, day: dt.date) -> None:
        super().__init__()
        self.snapshot = snapshot
        self.day = day

    def title_text(self) -> str:
        return _("Import exchange rates")

    def keys_text(self) -> str:
        return _("enter import  esc leave")

    def fields(self) -> Iterable[Field]:
        yield text_field("path", _("File"), example=EXAMPLE)

    def preview(self) -> None:
        self.field("path").say(
            _("reference rates that you have downloaded from the European Central Bank (ecb.europa.eu)")
        )

    def action_submit(self) -> None:
        """Read the file in a thread: one of all days since 1999 takes a moment."""
        if not self.value("path"):
            self._refuse(_("Type the path of a file, such as {example}.").format(example=EXAMPLE))
            return
        self.field("path").say(pgettext("a file", "reading"))
        self.run_worker(partial(self._read, self.value("path")), thread=True, exclusive=True, group="rates")

    def _read(self, typed: str) -> None:
        try:
            plan = self._planned(typed)
        except FieldError as error:
            self.app.call_from_thread(self._refuse, error.sentence)
        else:
            self.app.call_from_thread(self._done, plan)

    def _planned(self, typed: str) -> RatePlan:
        try:
            path = Path(typed).expanduser()
            quotes = read_ecb(path, Setting(self.day), currencies_in_use(self.snapshot))
        except Refused as error:
            raise FieldError("path", cannot(typed, error.code, error.details)) from error
        except (OSError, RuntimeError, ValueError) as error:  # no such file, no such user, no path at all
            reason = getattr(error, "strerror", None) or str(error)
            said = _("{path} cannot be used: {reason}.").format(path=printable(typed), reason=printable(reason))
            raise FieldError("path", said) from error
        return plan_rates(self.snapshot, quotes)

    def _refuse(self, sentence: str) -> None:
        if self.is_current:
            self.field("path").say(sentence, "bad")
            self.field("path").entry.focus()

    def _done(self, plan: RatePlan) -> None:
        if self.is_current:
            self.dismiss(plan)
