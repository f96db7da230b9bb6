"""The mark at the top right that says how the synced file stands, and the quiet words of a merge."""

from __future__ import annotations

import datetime as dt

from pitrack.text.i18n import N_, _, ngettext
from pitrack.text.reasons import reason

_SHORT = {
    "missing": N_("not synced: missing"),
    "unreadable": N_("not synced: damaged"),
    "newer": N_("not synced: too new"),
    "locked": N_("not synced: busy"),
}


def behind(code: str) -> tuple[str, ...]:
    """Why the file is behind, whole and then in ever fewer words; each fits where the one before it does not."""
    if code == "foreign":
        return (_("read-only: another book lies in its place"), _("read-only: another book"), _("read-only"))
    whole = _("not synced: {reason}").format(reason=reason(code))
    return (whole, *([_(_SHORT[code])] if code in _SHORT else []), _("not synced"))


def synced(moment: dt.datetime | None) -> tuple[str, ...]:
    """All is in the file, written at that moment (of the book's zone)."""
    return (*([_("synced {time}").format(time=f"{moment:%H:%M}")] if moment else []), _("synced"))


def merged(moment: dt.datetime) -> tuple[str, ...]:
    """All is in the file, and something came from elsewhere at that moment (of the book's zone)."""
    return _("merged {time}").format(time=f"{moment:%H:%M}"), _("merged")


def saving() -> tuple[str, ...]:
    return (_("saving"),)


def news(records: int, lost: int) -> str:
    """What another version changed here: ``Merged 3 changes; 1 replaced a value of yours (: history).``"""
    if not lost:
        return ngettext("Merged {n} change.", "Merged {n} changes.", records).format(n=records)
    return _("{merged}; {replaced} (: history).").format(
        merged=ngettext("Merged {n} change", "Merged {n} changes", records).format(n=records),
        replaced=ngettext("{n} replaced a value of yours", "{n} replaced values of yours", lost).format(n=lost),
    )
