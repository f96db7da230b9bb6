"""One plain sentence for each thing that can go wrong: what, where, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pitrack.text.i18n import N_, _, pgettext
from pitrack.text.plain import fit, printable
from pitrack.text.reasons import DAMAGES, field, reason, why

MAX_CANDIDATES = 12
MAX_VALUE = 60
"""Cells shown of what was typed."""

_SENTENCES = {
    # The book
    "missing": N_(
        "There is no book at {path}, so nothing was recorded. Add --new to start one there, or check whether your "
        "cloud has delivered it yet."
    ),
    "exists": N_("There is already a book at {path}. Leave out --new to open it, or choose another path."),
    "occupied": N_("There is already something at {path}; choose another name."),
    "backup-damaged": N_(
        "That backup is a damaged file, kept as it was found: the book cannot be set back to it. Look at it with: gzip "
        "-dc {path}"
    ),
    "held": N_(
        "There is no file at {path}, but this device holds the book that was there. Write it anew with “pitrack "
        "merge”; for a new book choose another path."
    ),
    "unreadable": N_(
        "The book at {path} cannot be read: {reason}. Nothing was recorded and the file was left as it is. Put back an "
        "earlier version of it; cloud services keep some."
    ),
    "unreadable-line": N_(
        "The book at {path} cannot be read: {reason} in line {line}. Nothing was recorded and the file was left as it "
        "is. Mend that line, or put back an earlier version of the file; cloud services keep some."
    ),
    "unreadable-system": N_(
        "The book at {path} cannot be read: {reason}. Nothing was recorded and the file was left as it is. Put that "
        "right and try again."
    ),
    "newer": N_(
        "The book at {path} was written by a newer pitrack (format {format}). Nothing was recorded. Update pitrack on "
        "this device to open it."
    ),
    "refused": N_("Nothing was recorded, {path} cannot be written: {reason}. Put that right and try again."),
    "refused-anywhere": N_("Nothing was recorded: {reason}. Put that right and try again."),
    "foreign": N_(
        "Nothing was recorded, for another book lies at {path} now. Make both one with “pitrack merge --join”, or "
        "leave the place to it with “pitrack merge --apart”."
    ),
    "foreign-gone": N_("The other book does not lie at {path} any more, so nothing was changed."),
    "locked": N_(
        "Nothing was recorded: another pitrack is busy with {path}. Wait until it has finished and try again."
    ),
    # The book on a remote
    "no-rclone": N_(
        "There is no rclone on this device, the program that would bring the book to “{remote}”. Install it from "
        "rclone.org or with your package manager, or keep the book in a folder of any sync client: that needs no "
        "rclone."
    ),
    "remote-failed": N_(
        "rclone failed on “{remote}”: {reason}. The book on this device is whole. Put that right and try again."
    ),
    "remote-missing": N_(
        "There is no book at {remote} yet. If that is the right place, put the book there by adding --first."
    ),
    "remote-folder": N_("{remote} is a folder, where the book should be. Name another place."),
    "remote-large": N_("What lies at {remote} is too large to be a book. Name another place."),
    "remote-unreadable": N_(
        "The book at {remote} cannot be read: {reason}. It was left as it is. Put back an earlier version of it, or "
        "delete it and add --first."
    ),
    "remote-unreadable-line": N_(
        "The book at {remote} cannot be read: {reason} in line {line}. It was left as it is. Put back an earlier "
        "version of it, or delete it and add --first."
    ),
    "remote-newer": N_(
        "The book at {remote} was written by a newer pitrack (format {format}). It was left as it is. Update pitrack "
        "on this device to sync with it."
    ),
    "remote-foreign": N_(
        "Another book lies at {remote}. It was left as it is. Add --join to make one of the two, or name another place."
    ),
    "remote-busy": N_(
        "{remote} was changed again and again meanwhile. Nothing is lost: the book on this device holds it all. "
        "Try again in a while."
    ),
    "nothing-to-undo": N_("There is nothing to undo."),
    "nothing-to-redo": N_("There is nothing to redo."),
    "unknown": N_("There is no {what} called “{name}”. Choose one of: {candidates}."),
    "unknown-none": N_(
        "There is no {what} called “{name}”, nor any other yet. Add it first: pitrack {command} add NAME"
    ),
    "unknown-entry": N_(
        "There is no entry called “{name}”, nor any other yet. Book one first: pitrack earn STREAM AMOUNT"
    ),
    "unknown-time": N_(
        "There is no time entry called “{name}”, nor any other yet. Log time first: pitrack time STREAM 1h30m"
    ),
    "unknown-goal": N_(
        "There is no goal called “{name}”, nor any other yet. Add one first: pitrack goal add NAME --save AMOUNT"
    ),
    "unknown-idea": N_(
        "There is no idea with the words “{name}”, nor any other in the inbox. Write one down first: pitrack idea TEXT"
    ),
    "unknown-backup": N_("There is no backup called “{name}”, nor any other yet."),
    "unknown-template": N_(
        "There is no template called “{name}”, nor any other yet. Add one first: pitrack template add NAME AMOUNT"
    ),
    "unknown-pause": N_("There is no pause “{name}”, nor any other yet. Make one first: pitrack pause add"),
    "unknown-timed": N_(
        "There is no action or stream called “{name}”, nor any other yet. Add one first: pitrack habit add NAME"
    ),
    "ambiguous": N_("“{name}” could mean: {candidates}. Type more of the name."),
    "ambiguous-alias": N_("“{name}” could mean: {candidates}. Type the short name of one."),
    "ambiguous-id": N_("“{name}” could mean: {candidates}. Type the id of one."),
    "taken": N_("“{name}” is taken: another {what} has it already. Choose another one."),
    "invalid": N_("“{value}” does not work as {what}: {why}."),
    "invalid-empty": N_("Check the {what}: {why}."),
    # Pauses and timers
    "pause-which": N_("Several actions are paused: {candidates}. Name the one to end."),
    "timer-none": N_("No timer is running."),
    "timer-none-of": N_("No timer is running for {name}."),
    "timer-which": N_("Several timers are running: {candidates}. Name the one to stop."),
    "timer-runs": N_("The timer of {name} is running already. Stop or cancel it first."),
    "timer-nowhere": N_(
        "The time of {name} would go nowhere: it does not count minutes or hours, and it has no stream. Give it a "
        "stream, or start the timer of a stream."
    ),
    "timer-ahead": N_(
        "The timer of {name} began at a time that the clock of this device has not reached. Nothing was booked, and "
        "it goes on. Type how long it was (“pitrack stop --spent 45m”), or cancel it."
    ),
    "timer-forgotten": N_(
        "The timer of {name} has run for {n} days. Nothing was booked, and it goes on. Type how long it was (“pitrack "
        "stop --spent 45m”), or cancel it."
    ),
    # What people type
    "amount": N_("“{value}” is not an amount. Type it like 120.50, 1,200 JPY, $5 or 1200円."),
    "negative": N_("“{value}” is below zero. Type it without the minus."),
    "negative-money": N_("“{value}” is below zero. Type it without the minus; “spend” and “refund” take money away."),
    "too-long": N_("“{value}” is too large. Check the digits."),
    "comma": N_("“{value}” is unclear: a comma groups thousands here, as in 1,200."),
    "recurs": N_("“{value}” is not how often money recurs. Type month, week, year, 3 months or 2 weeks."),
    "two-currencies": N_("“{value}” names two currencies. Name one, like 5 EUR."),
    "quantity": N_("“{value}” is not an amount. Type a number like 5 or 2.5, or a time like 30m, 1h20 or 1:30."),
    "rate": N_("“{value}” is not a rate. Type it like 150.25."),
    "reading": N_("“{value}” is not a number. Type it like 52, 2.5 or 1,200."),
    "whole": N_("“{value}” is not possible: type a whole number, 1 or more."),
    "duration": N_("“{value}” is not a time. Type minutes like 90, or hours like 1.5h, 1h30 or 1:30."),
    "hours": N_("“{value}” is not a time. Type hours like 12 or 1.5h, or 1h30, 90m or 1:30."),
    "cap": N_("“{value}” is no cap. Type more than 0, or leave it empty for none."),
    "length": N_("“{value}” is not possible: one entry holds from 1 minute to 24 hours."),
    "day": N_("“{value}” is not a day. Type it like 2026-11-20, 11-20, yesterday, -2 or fri."),
    "day-ahead": N_("“{value}” is not a day. Type it like 2027-06-01, 06-01, tomorrow, +30 or fri."),
    "no-such-day": N_("“{value}” is not in the calendar. Check the year, the month and the day."),
    "month": N_("“{value}” is not a month. Type it like 2026-10, 10, oct or last."),
    "period": N_("“{value}” is not a week or a month. Type it like 2026-W47, last week, 2026-10 or oct."),
    "no-such-week": N_("“{value}” is not in the calendar: most years have 52 weeks, some 53."),
    "schedule": N_(
        "“{value}” is not a schedule. Type it like daily, mon,wed,fri, 3/week, 1/month, 3 in 14 days, every 3 days "
        "or 10 days after."
    ),
    "no-amount": N_("{name} is answered with yes or no, and takes no amount such as “{value}”."),
    "other-unit": N_("“{value}” is in another unit: this action counts {unit}. Type just the number."),
    "times": N_("“{value}” is not possible: choose from 1 to {most} times."),
    "span": N_("“{value}” is not possible: choose from 1 to {most} days."),
    "entry": N_("There is no amount in “{value}”. Type it like: 120.50 usd newsletter sponsor #q4 @yesterday"),
    "entry-empty": N_("Type an entry like: 120.50 usd newsletter sponsor #q4 @yesterday"),
    "marker": N_("“{value}” is not a number. Type it right after the colon, like {name}:2.5."),
}
_FALLBACK = N_("Something went wrong ({code}).")


class _Shown(dict[str, str]):
    """Details ready to be shown; one that is missing leaves a dash, since an error must never raise another."""

    def __missing__(self, key: str) -> str:
        return "-"


def sentence(code: str, details: Mapping[str, object]) -> str:
    """The sentence for the code and details of a ``BookError`` or a ``ParseError``, in the language in use."""
    template = _SENTENCES.get(_variant(code, details), _FALLBACK)
    return _(template).format_map(_shown(code, details))


def refusal(error: OSError, path: str) -> str:
    """Why the system lets no file be at ``path``, and what to do where its folder is not there."""
    folder = Path(path).absolute().parent
    if isinstance(error, FileNotFoundError) and not folder.is_dir():
        said = _("There is no folder {path}. Make it first, or choose another path.")
        return said.format(path=printable(str(folder)))
    cause = error.strerror or type(error).__name__
    return _("{path} cannot be used: {reason}.").format(path=printable(path), reason=printable(cause))


def _variant(code: str, details: Mapping[str, object]) -> str:
    if code == "unreadable":
        if details.get("line") is not None:
            return "unreadable-line"
        return "unreadable" if str(details.get("reason")) in DAMAGES else "unreadable-system"
    if code == "remote-unreadable" and details.get("line") is not None:
        return "remote-unreadable-line"
    if code == "refused" and not details.get("path"):
        return "refused-anywhere"
    if code == "unknown" and not details.get("candidates"):
        what = details.get("what")
        known = ("entry", "time", "pause", "goal", "idea", "backup", "template", "timed")
        return f"unknown-{what}" if what in known else "unknown-none"
    if code == "ambiguous" and details.get("by"):
        return f"ambiguous-{details['by']}"
    if code in ("entry", "invalid") and not str(details.get("value", "")).strip():
        return f"{code}-empty"
    return code


def _shown(code: str, details: Mapping[str, object]) -> _Shown:
    shown = _Shown(code=printable(code))
    for key, value in details.items():
        shown[key] = _candidates(value) if isinstance(value, list | tuple) else printable(str(value))
    for key in ("value", "name"):
        if key in shown:
            shown[key] = fit(shown[key], MAX_VALUE)
    if "reason" in details:
        shown["reason"] = reason(str(details["reason"]))
    if "why" in details:
        shown["why"] = why(str(details["why"]))
    if "what" in details:
        shown["command"] = shown["what"]
        shown["what"] = field(str(details["what"]))
    return shown


def _candidates(names: list[object] | tuple[object, ...]) -> str:
    listed = pgettext("between names", ", ").join(printable(str(name)) for name in names[:MAX_CANDIDATES])
    more = len(names) - MAX_CANDIDATES
    return listed if more <= 0 else _("{names} and {n} more").format(names=listed, n=more)
