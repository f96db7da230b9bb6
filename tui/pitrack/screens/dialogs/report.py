"""Write a month's report to a file: as a page or as Markdown, with amounts or without."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import NamedTuple, cast

from pitrack.core.days import Month
from pitrack.core.model import Snapshot
from pitrack.exchange.report.files import Form, usual_place, written
from pitrack.exchange.report.model import first_report, report
from pitrack.screens.dialogs.base import Dialog, Field, FieldError, choice_field, text_field
from pitrack.store import files
from pitrack.text import reviews
from pitrack.text.dates import month_year
from pitrack.text.errors import refusal
from pitrack.text.i18n import _
from pitrack.text.plain import printable


class Wanted(NamedTuple):
    """What is to be written where; ``replacing``: the file that is there."""

    path: Path
    form: Form
    amounts: bool
    replacing: bool


class ReportDialog(Dialog[str]):
    """Gives the path of the file once it is written; what hinders that is told under the field."""

    def __init__(
        self,
        snapshot: Snapshot,
        month: Month,
        day: dt.date,
        *,
        currency: str | None = None,
        hidden: bool = False,
        book: Path | None = None,
    ) -> None:
        """``hidden``: amounts are hidden on the screen, so that the report has none unless it is told to; ``book``: the
        file that it never replaces."""
        super().__init__()
        self.snapshot, self.month, self.day = snapshot, month, day
        self.currency, self.hidden, self.book = currency, hidden, book
        self._offered = usual_place(month, "html")
        self._known: Path | None = None

    def title_text(self) -> str:
        return _("Report of {month}").format(month=month_year(self.month))

    def keys_text(self) -> str:
        return _("enter write  tab next  esc leave")

    def fields(self) -> Iterable[Field]:
        yield choice_field("form", _("Form"), [("html", _("page")), ("markdown", "Markdown")], "html")
        amounts = [("shown", _("shown")), ("hidden", _("left out"))]
        yield choice_field("amounts", _("Amounts"), amounts, "hidden" if self.hidden else "shown")
        yield text_field("path", _("File"), self._offered)

    def preview(self) -> None:
        """The place that is offered goes with the form, until another one is typed."""
        offered = usual_place(self.month, self._form)
        field = self.field("path")
        if offered != self._offered and self.value("path") == self._offered:
            self._offered, field.entry.value = offered, offered
        is_page = self._form == "html"
        self.field("form").say(_("to open in a browser, print or send") if is_page else _("to put among your notes"))
        if self._known is None or self._known != self._path_typed():
            field.say("")

    @property
    def _form(self) -> Form:
        return cast(Form, self.value("form"))

    def _path_typed(self) -> Path | None:
        try:
            return Path(self.value("path")).expanduser()
        except (RuntimeError, ValueError):  # no such user, no path at all
            return None

    def action_submit(self) -> None:
        """Write in a thread; a file that is there is replaced when one says so once more."""
        path = self._path_typed()
        if path is None or not self.value("path"):
            self._refuse(_("Type the path of a file, such as {example}.").format(example=self._offered))
            return
        wanted = Wanted(path, self._form, self.value("amounts") == "shown", replacing=path == self._known)
        self.field("path").say(_("writing"))
        self.run_worker(partial(self._write, wanted), thread=True, exclusive=True, group="report")

    def _write(self, wanted: Wanted) -> None:
        try:
            self._put(wanted)
        except FieldError as error:
            self.app.call_from_thread(self._refuse, error.sentence)
        except FileExistsError:
            self.app.call_from_thread(self._ask_to_replace, wanted.path)
        except OSError as error:
            self.app.call_from_thread(self._refuse, refusal(error, str(wanted.path)))
        else:
            self.app.call_from_thread(self._done, wanted.path)

    def _put(self, wanted: Wanted) -> None:
        from pitrack.exchange.report.telling import document

        made = report(self.snapshot, self.month, self.day, self.currency)
        if made.is_empty:
            first = first_report(self.snapshot, self.day)
            raise FieldError("path", reviews.first_report(first) if first else _("Nothing is known of that month."))
        data = written(document(made, amounts=wanted.amounts), wanted.form)
        if not wanted.replacing:
            files.create(wanted.path, data)
        elif wanted.path.is_dir() or (self.book and wanted.path.resolve() == self.book.resolve()):
            shown = printable(str(wanted.path))
            raise FieldError("path", _("{path} cannot be replaced. Choose another name.").format(path=shown))
        else:
            files.replace(wanted.path, data)

    def _refuse(self, sentence: str) -> None:
        if self.is_current:
            self.field("path").say(sentence, "bad")
            self.field("path").entry.focus()

    def _ask_to_replace(self, path: Path) -> None:
        if self.is_current:
            self._known = path
            self.field("path").say(_("There is already a file. Enter once more replaces it."), "warn")
            self.field("path").entry.focus()

    def _done(self, path: Path) -> None:
        if self.is_current:
            self.dismiss(str(path))
