"""What the doctor found, as one plain sentence with what to do."""

from __future__ import annotations

from collections.abc import Mapping

from pitrack.text.i18n import N_, _, pgettext
from pitrack.text.plain import printable
from pitrack.text.reasons import reason
from pitrack.text.standing import advice, why_behind

_SENTENCES = {
    "not-writable": N_("{path} or its folder cannot be written. Give yourself the right to write there."),
    "pending": N_("{path} does not hold everything yet. Save it with: pitrack merge"),
    "repeated": N_("Records that stand more than once in the file: {names}. They were merged: pitrack merge"),
    "locked": N_("Another pitrack is busy with {path}. Wait until it has finished, or end it."),
    "state-not-writable": N_("{path} cannot be written, so nothing can be recorded. {reason}"),
    "state-not-readable": N_("{path} cannot be read: {reason}."),
    "log-damaged": N_("Lines of the log that cannot be read and were passed over: {n}, in {path}."),
    "no-replica": N_("This device keeps no copy of the book yet. Make one with: pitrack merge"),
    "base-damaged": N_("This device's copy of the book in {path} is damaged. Make it anew with: pitrack merge"),
    "copy-unusable": N_("{path} looks like a copy of the book, but: {reason}. Move it away if you do not need it."),
    "copy-waits": N_("{path} is a conflict copy that waits to be put away. Do it with: pitrack merge"),
    "copy-stays": N_("{path} is a copy of the book, and merged. Delete it if you do not need it."),
    "stamps-ahead": N_("Changes that lie ahead of this device's clock: {n}, up to {stamp} UTC. Set the clock right."),
    "records-without-stamps": N_("Records without sound stamps, kept but not shown: {names}. Delete or mend them."),
    "records-invalid": N_(
        "Records with values that make no sense, kept but not shown: {names}. Mend them in the file, or take the edit "
        "back with: pitrack undo"
    ),
    "rate-missing": N_("No rate for {currency}. Add one with: pitrack rate add {currency} {into} RATE --on {day}"),
}

_CHECKS = {
    "file": N_("file"),
    "lock": N_("lock"),
    "log": N_("log"),
    "replica": N_("replica"),
    "copies": N_("copies"),
    "stamps": N_("stamps"),
    "records": N_("records"),
    "rates": N_("rates"),
    "format": N_("format"),
}


def check(code: str) -> str:
    """What is checked, in a word."""
    return _(_CHECKS[code])


def ok() -> str:
    """Nothing was found."""
    return _("all is well")


def finding(code: str, details: Mapping[str, object]) -> str:
    """The sentence for a finding."""
    if code == "behind":
        told = str(details.get("why")), details
        text = _("{path} is behind: {reason}.").format(
            path=printable(str(details.get("path", ""))), reason=why_behind(*told)
        )
        return f"{text} {advice(*told)}".rstrip()
    shown = {name: printable(str(value)) for name, value in details.items()}
    if "reason" in details:
        shown["reason"] = reason(str(details["reason"]))
    names = details.get("names")
    if isinstance(names, list):
        more = int(str(details["n"])) - len(names)
        listed = pgettext("between names", ", ").join(printable(str(name)) for name in names)
        shown["names"] = listed if more <= 0 else _("{names} and {n} more").format(names=listed, n=more)
    return _(_SENTENCES[code]).format(**shown).rstrip()
