"""First run: language, time zone, currency, and where to keep the book."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Literal, NamedTuple
from zoneinfo import available_timezones

from pitrack.core.model import Settings
from pitrack.locality import local_currency, local_zone
from pitrack.screens.dialogs.base import NARROW, Dialog, Field, FieldError, choice_field, text_field
from pitrack.screens.dialogs.settings import known_zone
from pitrack.store.book import Book
from pitrack.store.errors import BookError
from pitrack.text import i18n, parse
from pitrack.text.errors import sentence
from pitrack.text.i18n import _
from pitrack.text.plain import cells, printable

NAME = "pitrack.json"
ROOM = 45
"""Cells of a field, where the labels stand beside."""
_CLOUDS = (
    "Dropbox",
    "Nextcloud",
    "OneDrive",
    "Google Drive",
    "GoogleDrive",
    "Sync",
    "Library/Mobile Documents/com~apple~CloudDocs",
)
"""Folders in the home folder that a cloud keeps in step."""


class FirstBook(NamedTuple):
    """What the first run gives: the book, made or found, and the language chosen."""

    book: Book
    language: str


class FirstRunDialog(Dialog[FirstBook]):
    """Makes the book, or opens the one that is already there."""

    def __init__(self, path: Path | None) -> None:
        super().__init__()
        self.offered = [*([path] if path else []), *_cloud_paths(Path.home())] or [Path.home() / NAME]

    def title_text(self) -> str:
        return _("Welcome to pitrack")

    def keys_text(self) -> str:
        return _("enter start  tab next  esc quit")

    def fields(self) -> Iterable[Field]:
        language = i18n.language()
        yield choice_field("language", _("Language"), (("en", "English"), ("ja", "日本語")), language)
        yield text_field(
            "zone", _("Time zone"), local_zone(), example="Asia/Tokyo", known=sorted(available_timezones())
        )
        yield text_field("currency", _("Currency"), local_currency(), example="USD")
        known = [str(path) for path in self.offered]
        yield text_field("path", _("Book"), _cloud_first(self.offered), known=known)

    def preview(self) -> None:
        self.field("language").say("")
        self.field("zone").say(_("your days begin and end here"))
        self.field("currency").say(_("other currencies are converted to this one"))
        path = self._path()
        if path.exists():
            self._say_of_path(_("there is a book: it will be opened"), "good")
        elif path.parent.is_dir():
            self._say_of_path(_("one file; in a cloud's folder it follows you to your other devices"))
        else:
            self._say_of_path(_("the folder will be made"))

    def _say_of_path(self, text: str, role: Literal["", "good"] = "") -> None:
        """Say something of the book's path, and the path whole where its field cuts it."""
        width, typed = self.app.size.width, self.value("path")
        room = width - 5 if width < NARROW else ROOM
        self.field("path").say(f"{printable(typed)}\n{text}" if cells(typed) > room else text, role)

    def result(self) -> FirstBook:
        language = self.value("language")
        path = self._path()
        try:
            book = Book.open(path) if path.exists() else Book.create(path, self._settings())
        except BookError as error:
            raise FieldError("path", sentence(error.code, error.details)) from error
        i18n.setup(language)
        return FirstBook(book, language)

    def _path(self) -> Path:
        path = Path(self.value("path") or ".").expanduser()
        return path / NAME if path.is_dir() else path

    def _settings(self) -> Settings:
        return Settings(store="", zone=known_zone(self.value("zone")), currency=self._currency())

    def _currency(self) -> str:
        code = parse.currency(self.value("currency"))
        if code is None:
            raise FieldError("currency", _("Type a currency's three letters, like USD, EUR or JPY."))
        return code


def _cloud_paths(home: Path) -> list[Path]:
    return [home / cloud / NAME for cloud in _CLOUDS if (home / cloud).is_dir()]


def _cloud_first(paths: list[Path]) -> str:
    """A book that exists, else one in a cloud's folder, else the first offered."""
    chosen = next((path for path in paths if path.exists()), None)
    chosen = chosen or next((path for path in paths[1:] if path.parent.is_dir()), paths[0])
    home = str(Path.home())
    text = str(chosen)
    return "~" + text[len(home) :] if text.startswith(home + os.sep) else text
