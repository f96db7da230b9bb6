"""What the sync dialog says: where the book is, how its file stands and the way out, its copies and backups."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from pitrack.text import marks
from pitrack.text.i18n import N_, _, ngettext, pgettext
from pitrack.text.plain import fit, printable
from pitrack.text.reasons import DAMAGES
from pitrack.text.standing import advice, why_behind

_WAYS = {
    "missing": N_("Put the file back, or wait until your cloud has delivered it, or press w to write it anew."),
    "damaged": N_("Mend the file, or press w to write it anew; the damaged one is kept among the backups."),
    "newer": N_("Update pitrack on this device."),
    "foreign": N_("Nothing can be changed here until you decide, or the right file is put back."),
}
NAMES = 3
"""Files that are named; of more, their number is given."""


def can_be_written_anew(code: str, details: Mapping[str, object]) -> bool:
    """Whether a file can be put in the place of what keeps the book behind."""
    return code == "missing" or is_damage(code, details)


def is_damage(code: str, details: Mapping[str, object]) -> bool:
    """Whether the trouble lies in what the file holds."""
    return code == "unreadable" and str(details.get("reason")) in DAMAGES


def state(code: str, details: Mapping[str, object], *, pending: bool) -> tuple[str, str]:
    """How the file stands, and the way out where there is one to be told."""
    if not code:
        return (_("Changes wait to be written to it."), "") if pending else (_("The file holds all there is."), "")
    if code == "foreign":
        name = fit(printable(str(details.get("name") or "")), 40)
        other = _("Another book (“{name}”) lies in its place.") if name else _("Another book lies in its place.")
        way = _WAYS["foreign"]
        return other.format(name=name), _(way)
    said = _("Not synced: {reason}. Your changes are safe on this device.").format(reason=why_behind(code, details))
    way = "damaged" if is_damage(code, details) else code
    return said, _(_WAYS[way]) if way in _WAYS else advice(code, details) or _("It is tried again every few seconds.")


def facts(
    written: dt.datetime | None, backup: dt.datetime | None, lying: Sequence[str], strays: Sequence[str], put_away: int
) -> Iterator[str]:
    """When the file was written and backed up (moments of the book's zone), and the copies of it."""
    if written:
        yield _("The file was written on {moment}.").format(moment=_moment(written))
    yield (
        _("The last backup is of {moment}.").format(moment=_moment(backup)) if backup else _("No backup was made yet.")
    )
    if put_away:
        yield ngettext(
            "{n} conflict copy was taken in and put away.", "{n} conflict copies were taken in and put away.", put_away
        ).format(n=put_away)
    if lying:
        yield ngettext(
            "{n} conflict copy beside it was taken in and may be deleted: {names}.",
            "{n} conflict copies beside it were taken in and may be deleted: {names}.",
            len(lying),
        ).format(n=len(lying), names=_names(lying))
    if strays:
        yield ngettext(
            "{n} file beside it is named like it and cannot be read: {names}.",
            "{n} files beside it are named like it and cannot be read: {names}.",
            len(strays),
        ).format(n=len(strays), names=_names(strays))


def lost(count: int) -> str:
    """How many values lost a merge."""
    return ngettext(
        "{n} value of yours was replaced in a merge.", "{n} values of yours were replaced in merges.", count
    ).format(n=count)


def outcome(records: int, lost_values: int, behind: str, details: Mapping[str, object], mended: str) -> tuple[str, str]:
    """What a merge that was asked for came to, and its role; ``mended``: the path of a file that was written anew."""
    if behind:
        return _("Not synced: {reason}.").format(reason=why_behind(behind, details)), "warn"
    said = [marks.news(records, lost_values)] if records else []
    if mended:
        said.append(_("Wrote {path} anew.").format(path=printable(mended)))
    return " ".join(said) or _("Nothing new: this device and the file have it all."), "warn" if lost_values else "good"


def _names(names: Sequence[str]) -> str:
    listed = pgettext("between names", ", ").join(printable(name) for name in names[:NAMES])
    more = len(names) - NAMES
    return listed if more <= 0 else _("{names} and {n} more").format(names=listed, n=more)


def _moment(moment: dt.datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"
