"""How the synced file stands, in words: what keeps it behind, and the way out."""

from __future__ import annotations

from collections.abc import Mapping

from pitrack.text.i18n import N_, _
from pitrack.text.plain import printable
from pitrack.text.reasons import DAMAGES, reason

_ADVICE = {
    "missing": N_("Put the file back, or let “pitrack merge” write it anew."),
    "unreadable": N_("Mend the file, or let “pitrack merge” write it anew; the damaged one is kept among the backups."),
    "too-large": N_("Move that file away, and let “pitrack merge” write the book anew."),
    "newer": N_("Update pitrack on this device."),
    "foreign": N_("“pitrack merge --join” makes both one; “pitrack merge --apart” leaves the place to the other."),
}


def why_behind(code: str, details: Mapping[str, object]) -> str:
    """What keeps the file behind: ``it is not valid JSON (line 3)``."""
    if code != "unreadable" or "reason" not in details:
        return reason(code)
    text = reason(str(details["reason"]))
    return (
        text if details.get("line") is None else _("{reason} (line {line})").format(reason=text, line=details["line"])
    )


def advice(code: str, details: Mapping[str, object]) -> str:
    """What to do about it; empty where the system's own word says it all."""
    if code == "unreadable" and str(details.get("reason")) not in DAMAGES:
        code = str(details.get("reason"))
    return _(_ADVICE[code]) if code in _ADVICE else ""


def recorded_only_here(path: str, code: str, details: Mapping[str, object]) -> str:
    """Said after a change that the file could not take."""
    return _with_advice(_("This is recorded on this device, but {path} is behind: {reason}."), path, code, details)


def shown_from_here(path: str, code: str, details: Mapping[str, object]) -> str:
    """Said beside what was read, where it is this device's own copy and not the file's."""
    return _with_advice(_("This is what this device holds; {path} is behind: {reason}."), path, code, details)


def _with_advice(sentence: str, path: str, code: str, details: Mapping[str, object]) -> str:
    said = sentence.format(path=printable(path), reason=why_behind(code, details))
    return f"{said} {advice(code, details)}".rstrip()
