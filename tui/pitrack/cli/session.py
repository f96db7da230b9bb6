"""What a command works with: the book that was chosen, its records, the day, and one way to change it."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pitrack.cli.failures import Failure, WrongUsage
from pitrack.cli.output import warn
from pitrack.config import Config
from pitrack.store.clock import DayClock
from pitrack.text.i18n import _
from pitrack.text.plain import printable

if TYPE_CHECKING:
    from pitrack.core.changes import Change
    from pitrack.core.model import Settings
    from pitrack.store.book import Book
    from pitrack.store.snapshot import BookSnapshot

Origin = Literal["--file", "PITRACK_FILE", "config.toml", "default"]
BOOK = "pitrack.json"


class Session:
    """One run of a command. The book is opened when it is first needed."""

    def __init__(
        self,
        path: Path,
        origin: Origin,
        *,
        config: Config | None = None,
        new: bool = False,
        clock: DayClock | None = None,
        state: Path | None = None,
    ) -> None:
        self.path = path
        self.origin = origin
        self.config = config or Config()
        self.new = new
        self.clock = clock or DayClock.from_env()
        self.state = state
        self._book: Book | None = None
        self._told = False

    @property
    def is_there(self) -> bool:
        """Whether there is a book: its file, or what this device holds of it."""
        if self.path.exists():
            return True
        from pitrack.store.shelf import is_known

        return is_known(self.path, state=self.state)

    def book(self, *, create: bool = False) -> Book:
        """The book. ``create``: begin the default one where there is none yet; a chosen one only ever with --new."""
        if self._book is None:
            from pitrack.store.book import Book

            if self.new:
                self._book = Book.create(self.path, first_settings(), state=self.state)
            elif self.origin != "default" or self.is_there:
                self._book = Book.open(self.path, state=self.state)
            elif create:
                self._book = Book.create(self.path, first_settings(), state=self.state)
                settings = self._book.snapshot().settings
                warn(
                    _("Began a new book: {path} (zone {zone}, currency {currency}).").format(
                        path=printable(str(self.path)), zone=settings.zone, currency=settings.currency
                    )
                )
            else:
                raise Failure(_("There is no book yet.") + " " + how_to_start())
        return self._book

    @property
    def snapshot(self) -> BookSnapshot:
        """The records of the book as they stand."""
        return self.book().snapshot()

    @property
    def today(self) -> dt.date:
        """The user's day."""
        return self.clock.today(self.snapshot.settings)

    def day(self, text: str | None, *, may_come: bool = True) -> dt.date:
        """The day that was typed, today where none was; ``may_come`` False refuses one that has not come yet."""
        today = self.today
        if text is None:
            return today
        from pitrack.text.when import day as read_day

        day = read_day(text, today)
        if day > today and not may_come:
            raise WrongUsage(
                _("{day} has not come yet; today is {today}. Choose an earlier day.").format(day=day, today=today)
            )
        return day

    def as_of(self, text: str | None) -> dt.date:
        """The day typed that a command looks back from, today where none was: one to come has no figures yet."""
        return self.day(text, may_come=False)

    def apply(self, change: Change) -> None:
        """Record a change, bring the synced file up to date, and say so where that has to wait."""
        if not change.writes:
            return
        self.book().apply(change)
        self.save()

    def save(self, *, heal: bool = False) -> None:
        """Bring the synced file up to date; what hinders it is said on stderr, for the change itself is recorded."""
        book = self.book()
        book.save(heal=heal)
        self._told = True
        if book.status.behind:
            from pitrack.text.standing import recorded_only_here

            warn(recorded_only_here(str(self.path), book.status.behind, book.status.details))

    def tell(self) -> None:
        """Say at the end of a command that only read what keeps the file behind what it showed."""
        status = self._book.status if self._book else None
        if status and status.behind and not self._told:
            from pitrack.text.standing import shown_from_here

            warn(shown_from_here(str(self.path), status.behind, status.details))

    def told(self) -> None:
        """The command says itself how the file stands."""
        self._told = True

    def reopen(self) -> Book:
        """The book as it stands at its path now."""
        self._book = None
        return self.book()


def choose(file: str | None, config: Config) -> tuple[Path, Origin]:
    """The path of the book: --file, PITRACK_FILE (where it is not empty), config.toml, or the default place."""
    if file is not None:
        if not file:
            raise WrongUsage(_("--file needs the path of a book."))
        return _expanded(file), "--file"
    if named := os.environ.get("PITRACK_FILE"):
        return _expanded(named), "PITRACK_FILE"
    if config.book:
        return config.book, "config.toml"
    from pitrack.store.folders import data_folder

    return data_folder() / BOOK, "default"


def first_settings() -> Settings:
    """Settings of a new book, from what this device says of its user."""
    from pitrack.core.model import Settings
    from pitrack.locality import local_currency, local_zone
    from pitrack.store.ids import store_id

    return Settings(store=store_id(), zone=local_zone(), currency=local_currency())


def how_to_start() -> str:
    """How a book begins."""
    return _('Start one with “pitrack”, or with: pitrack habit add "Write 500 words" --every day')


def _expanded(text: str) -> Path:
    try:
        return Path(text).expanduser()
    except RuntimeError:  # no such user
        return Path(text)
