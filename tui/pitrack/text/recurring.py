"""How often money recurs: reading it as people type it, and saying it."""

from __future__ import annotations

import re

from pitrack.core.model import Beat, Template
from pitrack.text import words
from pitrack.text.i18n import N_, _, ngettext, pgettext
from pitrack.text.reading import ParseError, normal

_BEATS: dict[str, Beat] = {
    "w": "week", "week": "week", "weeks": "week", "weekly": "week", "週": "week", "週間": "week", "毎週": "week",
    "m": "month", "month": "month", "months": "month", "monthly": "month",
    "月": "month", "か月": "month", "ヶ月": "month", "カ月": "month", "ヵ月": "month", "毎月": "month",
    "y": "year", "year": "year", "years": "year", "yearly": "year", "年": "year", "毎年": "year",
}  # fmt: skip
_EVERY = re.compile(r"(?:every )?(?:(?P<n>[0-9]{1,2}) ?)?(?P<beat>[^0-9 ]+?)(?:ごと|毎)?")
_EACH: dict[Beat, str] = {"week": N_("every week"), "month": N_("every month"), "year": N_("every year")}
_NAMED: dict[str, tuple[Beat, int]] = {"quarterly": ("month", 3), "quarter": ("month", 3), "四半期": ("month", 3)}


def every(text: str) -> tuple[Beat, int]:
    """``month``, ``2 weeks``, ``every 3 months``, ``yearly``, ``毎月``, ``3か月ごと``; ParseError("recurs")."""
    plain = normal(text).strip().casefold()
    if plain in _NAMED:
        return _NAMED[plain]
    found = _EVERY.fullmatch(plain)
    beat = _BEATS.get(found["beat"]) if found else None
    number = int(found["n"] or 1) if found else 0
    if beat is None or not number:
        raise ParseError("recurs", text)
    return beat, number


def recurs(beat: Beat, interval: int) -> str:
    """``every month``, ``every 3 months``."""
    if interval == 1:
        return _(_EACH[beat])
    if beat == "week":
        text = ngettext("every {n} week", "every {n} weeks", interval)
    elif beat == "year":
        text = ngettext("every {n} year", "every {n} years", interval)
    else:
        text = ngettext("every {n} month", "every {n} months", interval)
    return text.format(n=interval)


def typeable(beat: Beat, interval: int) -> str:
    """How a form says it, to be read again: ``month``, ``3 months``; ``毎月``, ``3か月``."""
    if interval == 1:
        one = {
            "week": pgettext("how often", "week"),
            "month": pgettext("how often", "month"),
            "year": pgettext("how often", "year"),
        }
        return one[beat]
    if beat == "week":
        text = ngettext("{n} week", "{n} weeks", interval)
    elif beat == "year":
        text = ngettext("{n} year", "{n} years", interval)
    else:
        text = ngettext("{n} month", "{n} months", interval)
    return text.format(n=interval)


def typed(beat: Beat, interval: int) -> str:
    """How it is typed, stable in every language: ``month``, ``3 months``."""
    return beat if interval == 1 else f"{interval} {beat}s"


def about(template: Template) -> str:
    """``every month, books itself``: how often, until when, and whether it asks."""
    return words.listed(
        recurs(template.every, template.interval),
        _("until {day}").format(day=template.until) if template.until else "",
        _("books itself") if template.auto else _("asks first"),
        _("archived") if template.archived else "",
    )
