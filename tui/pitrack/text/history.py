"""What lost a merge, in words."""

from __future__ import annotations

from typing import Any

from pitrack.core.views.history import Lost
from pitrack.text import words
from pitrack.text.i18n import N_, _
from pitrack.text.plain import fit, printable
from pitrack.text.reasons import field as field_name

_THINGS = {
    "checkin": N_("check-in"),
    "addition": N_("addition"),
    "rule": N_("schedule"),
    "review": N_("review"),
    "book": N_("settings"),
}
_FIELDS = {
    "mark": N_("answer"),
    "money": N_("money"),
    "rule": N_("schedule"),
    "paid": N_("day paid"),
    "status": N_("status"),
    "stream": N_("stream"),
    "published": N_("day of publishing"),
    "archived": N_("archived"),
    "order": N_("place in the order"),
    "minutes": N_("minutes"),
    "text": N_("text"),
    "closed": N_("closed"),
    "rate": N_("rate"),
}
LONGEST = 60


def what(lost: Lost) -> str:
    """Which field of which thing: ``Write 500 words, 2026-11-22, answer``."""
    thing = _(_THINGS[lost.thing]) if lost.thing in _THINGS else words.thing(lost.thing)
    subject = printable(lost.subject) or thing
    parts = [subject, lost.day.isoformat() if lost.day else "", _field(lost.field) if lost.field else ""]
    return words.listed(*parts)


def exchange(lost: Lost) -> str:
    """What became of it: ``500 -> 620``."""
    if not lost.field:
        return _("your deletion was overruled by a later edit")
    if lost.deleted:
        return _("{value}, deleted elsewhere").format(value=value(lost.value))
    return f"{value(lost.value)} -> {value(lost.winner)}"


def value(given: Any) -> str:
    """A field's value as one reads it, in at most 60 cells."""
    if given is None or given == "":
        return _("nothing")
    if given in ("yes", "no", "skip"):
        return words.state(given)
    if isinstance(given, bool):
        return _("yes") if given else _("no")
    if isinstance(given, dict) and "gross" in given:
        return fit(printable(f"{given['gross']} {given.get('currency', '')}"), LONGEST)
    if isinstance(given, dict):
        return fit(printable(words.listed(*(f"{name} {value(one)}" for name, one in given.items()))), LONGEST)
    if isinstance(given, list):
        return fit(printable(words.listed(*map(value, given))), LONGEST)
    return fit(printable(str(given)), LONGEST)


def _field(code: str) -> str:
    if code.startswith("tag@"):
        return _("tag {name}").format(name=printable(code[4:]))
    return _(_FIELDS[code]) if code in _FIELDS else printable(field_name(code))
