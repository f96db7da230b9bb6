"""``pitrack merge``: take in now whatever versions of the book there are, and put the file in order."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pitrack.cli.failures import FAILED, Failure, WrongUsage
from pitrack.cli.output import say, say_json
from pitrack.cli.parts import command, json_option, option
from pitrack.cli.session import Session
from pitrack.text.i18n import N_, _, ngettext
from pitrack.text.plain import printable
from pitrack.text.standing import why_behind

if TYPE_CHECKING:
    from pitrack.store.book import Book


@command("merge", N_("Take in other versions of the book now, conflict copies and files named here; mend its file."))
@click.argument("files", metavar="[FILE]...", nargs=-1, type=click.Path(path_type=Path))
@option("--join", is_flag=True, help=N_("Another book lies there, or is named: make both one."))
@option("--apart", is_flag=True, help=N_("Another book lies there: leave it the place, keep this one beside it."))
@json_option
@click.pass_obj
def merge(session: Session, /, files: tuple[Path, ...], *, join: bool, apart: bool, as_json: bool) -> int:
    if join and apart:
        raise WrongUsage(_("Choose one of --join and --apart."))
    book = session.book()
    if book.status.behind == "foreign" and (join or apart):
        book = _decide(session, join)
    elif apart:
        raise WrongUsage(
            _("No other book lies at {path}, so there is nothing to keep apart.").format(
                path=printable(str(session.path))
            )
        )
    for file in files:
        _absorb(book, file, join)
    was_behind, was = book.status.behind, _version(book)
    book.save(heal=True)
    merged = book.news()
    mended = not book.status.behind and was_behind in ("missing", "unreadable")
    if as_json:
        say_json({"records": merged.records, "lost": merged.lost, "mended": mended, "behind": book.status.behind})
    else:
        _say(session, merged.records, merged.lost, mended=mended, wrote=_version(book) != was)
    return FAILED if book.status.behind else 0


def _decide(session: Session, join: bool) -> Book:
    book = session.book()
    if join:
        book.join()
        return book
    kept = book.keep_apart()
    say(_("The book that was here before is now {path}.").format(path=printable(str(kept))))
    return session.reopen()


def _absorb(book: Book, file: Path, join: bool) -> None:
    from pitrack.store import files
    from pitrack.store.errors import BookError

    try:
        book.absorb(files.read(file)[0], source=file, join=join)
    except files.TooLarge as error:
        raise Failure(_("{path} is too large for a book (over 100 MB).").format(path=printable(str(file)))) from error
    except BookError as error:
        if error.code == "unreadable":
            told = why_behind(error.code, error.details)
            raise Failure(
                _("{path} cannot be read: {reason}.").format(path=printable(str(file)), reason=told)
            ) from error
        if error.code != "foreign" or book.status.behind == "foreign":
            raise
        raise Failure(
            _("{path} is another book, not a version of this one. Add --join to make both one.").format(
                path=printable(str(file))
            )
        ) from error


def _version(book: Book) -> tuple[int, int] | None:
    try:
        now = book.path.stat()
    except OSError:
        return None
    return now.st_ino, now.st_mtime_ns


def _say(session: Session, records: int, lost: int, *, mended: bool, wrote: bool) -> None:
    if records:
        say(ngettext("Merged {n} change.", "Merged {n} changes.", records).format(n=records))
    elif wrote and not mended:
        say(_("Wrote to {path} what it lacked.").format(path=printable(str(session.path))))
    elif not mended and not session.book().status.behind:
        say(_("Nothing new: this device has it all."))
    say_lost(lost)
    if mended:
        say(_("Wrote {path} anew.").format(path=printable(str(session.path))))


def say_lost(count: int) -> None:
    """Tell of values of this device that lost a merge, where there are any."""
    if count:
        say(
            ngettext(
                "{n} value of this device was replaced by a later one: see “pitrack history”.",
                "{n} values of this device were replaced by later ones: see “pitrack history”.",
                count,
            ).format(n=count)
        )
