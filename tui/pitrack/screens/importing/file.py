"""Name the file to import: its path is completed as one types, and what cannot be read is told under the field."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import ClassVar, Generic, NamedTuple, TypeVar

from textual.binding import Binding, BindingType
from textual.widgets import Input

from pitrack.exchange.found import Refused
from pitrack.screens.dialogs.base import Dialog, Field, text_field
from pitrack.screens.importing.paths import Paths, common, matches, meant
from pitrack.text.i18n import N_, _, pgettext
from pitrack.text.importing import cannot
from pitrack.text.plain import fit, printable

T = TypeVar("T")
EXAMPLE = "~/Downloads/sales.csv"
MOST_NAMES = 6
"""Names of a folder that are listed under the field."""
LONGEST_NAME = 36


class Opened(NamedTuple, Generic[T]):
    """The path as it was typed, and what was read of it."""

    typed: str
    path: Path
    content: T


class FileDialog(Dialog[Opened[T]]):
    """Gives what ``open_file`` reads of the file, in a thread; ``folder`` is where the last one lay."""

    CSS_PATH = "importing.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("tab", "complete", N_("complete"), show=False, priority=True)]

    def __init__(self, open_file: Callable[[Path], T], folder: str = "") -> None:
        super().__init__()
        self.open_file = open_file
        self.folder = folder or "~/"
        self._looked_at: str | None = None
        """The path whose folder is listed, until the file is read."""

    def title_text(self) -> str:
        return _("Import payouts and sales")

    def keys_text(self) -> str:
        return _("enter read  tab complete  esc leave")

    def is_edit(self) -> bool:
        return True

    def fields(self) -> Iterable[Field]:
        field = text_field("path", _("File"), self.folder, example=EXAMPLE)
        if isinstance(field.entry, Input):
            field.entry.suggester = Paths()
        yield field

    def preview(self) -> None:
        """List what the folder holds; nothing that was said of another path stays."""
        self.workers.cancel_group(self, "file")
        self._looked_at = self.value("path")
        self.run_worker(partial(self._look, self._looked_at), thread=True, exclusive=True, group="folder")

    def _look(self, typed: str) -> None:
        found = matches(typed)
        self.app.call_from_thread(self._list, typed, found)

    def _list(self, typed: str, found: list[str]) -> None:
        if not self.is_current or self._looked_at != typed:
            return
        hint = _("a CSV or XLSX file, just as you downloaded it")
        shown = [fit(name, LONGEST_NAME) for name in found[:MOST_NAMES]]
        if more := found[MOST_NAMES:]:
            shown.append(_("and {n} more").format(n=len(more)))
        names = "   ".join(shown)
        self.field("path").say(f"{names}\n{hint}" if names else hint)

    def action_complete(self) -> None:
        """As far as all that begins so agrees."""
        typed = self.value("path")
        folder, sep, begun = typed.rpartition("/")
        shared = common(matches(typed)) if sep else ""
        entry = self.field("path").entry
        if len(shared) >= len(begun) and isinstance(entry, Input):
            entry.value = f"{folder}{sep}{shared}"
            entry.cursor_position = len(entry.value)

    def action_submit(self) -> None:
        typed, self._looked_at = self.value("path"), None
        if not typed or typed.endswith("/"):
            self._refuse(_("Type the path of a file, such as {example}.").format(example=EXAMPLE))
            return
        self.field("path").say(pgettext("a file", "reading"))
        self.run_worker(partial(self._read, typed), thread=True, exclusive=True, group="file")

    def _read(self, typed: str) -> None:
        try:
            path = Path(meant(typed)).expanduser()
            content = self.open_file(path)
        except Refused as error:
            self.app.call_from_thread(self._refused, typed, cannot(meant(typed), error.code, error.details))
        except (OSError, RuntimeError, ValueError) as error:  # no such file, no such user, no path at all
            reason = getattr(error, "strerror", None) or str(error)
            said = _("{path} cannot be used: {reason}.").format(path=printable(meant(typed)), reason=printable(reason))
            self.app.call_from_thread(self._refused, typed, said)
        else:
            self.app.call_from_thread(self._done, Opened(typed, path, content))

    def _refused(self, typed: str, sentence: str) -> None:
        if self.is_current and self.value("path") == typed:
            self._refuse(sentence)

    def _refuse(self, sentence: str) -> None:
        self.field("path").say(sentence, "bad")
        self.field("path").entry.focus()

    def _done(self, opened: Opened[T]) -> None:
        if self.is_current and self.value("path") == opened.typed:
            self.dismiss(opened)
