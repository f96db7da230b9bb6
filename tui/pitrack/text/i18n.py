"""The language of the words: gettext catalogues, chosen once and looked up whenever a sentence is made."""

from __future__ import annotations

import gettext as _gettext
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

DOMAIN = "pitrack"
LOCALES = Path(__file__).parent.parent / "locale"

_REGIONS = {"en": "US", "ja": "JP"}
"""The languages there are, each with the region whose formats it uses when the system names none."""

_active: _gettext.NullTranslations = _gettext.NullTranslations()
_language = "en"
_locale = "en_US"


def setup(language: str | None = None) -> None:
    """Choose the language: ``language`` where given, else the first set of LANGUAGE, LC_ALL, LC_MESSAGES and LANG.

    Of a list such as ``de:ja`` the first one there is a catalogue for; anything else is English.
    """
    global _active, _language, _locale  # noqa: PLW0603  (the one language of this process)
    _language = _choose(language or _first_set(os.environ, "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"))
    _locale = _region(_language, _first_set(os.environ, "LC_ALL", "LC_MONETARY", "LANG"))
    _active = _load(_language)


def speaks(language: str) -> bool:
    """Whether there are words in a language such as ``ja`` or ``ja_JP.UTF-8``."""
    return _parts(language)[0] in _REGIONS


def language() -> str:
    """The language in use, ``en`` or ``ja``."""
    return _language


def locale_code() -> str:
    """The locale of numbers, money and dates, such as ``en_GB``: the language in use, with the system's region."""
    return _locale


def _(message: str) -> str:
    """The sentence in the language in use."""
    return _active.gettext(message)


def ngettext(singular: str, plural: str, number: int) -> str:
    """The sentence in the form that ``number`` asks for."""
    return _active.ngettext(singular, plural, number)


def pgettext(context: str, message: str) -> str:
    """The sentence where the same English means different things in different places."""
    return _active.pgettext(context, message)


def N_(message: str) -> str:  # noqa: N802  (the name that message extraction looks for)
    """Mark a sentence for the catalogues; it is looked up later, with ``_``."""
    return message


def _first_set(environ: Mapping[str, str], *names: str) -> str:
    return next((value for name in names if (value := environ.get(name))), "")


def _parts(code: str) -> tuple[str, str]:
    """Language and region of ``ja_JP.UTF-8``, ``ja-JP`` or ``ja``; the region may be empty."""
    base = code.partition(".")[0].partition("@")[0]
    name, _sep, region = base.replace("-", "_").partition("_")
    return name.lower(), region.upper()


def _choose(wanted: str) -> str:
    candidates: Iterable[str] = (_parts(code)[0] for code in wanted.split(":"))
    return next((name for name in candidates if name in _REGIONS), "en")


def _region(name: str, system: str) -> str:
    system_language, region = _parts(system)
    if system_language != name or len(region) != 2 or not region.isalpha():
        region = _REGIONS[name]
    return f"{name}_{region}"


def _load(name: str) -> _gettext.NullTranslations:
    # Opened by path: gettext.translation would import the locale module on every start.
    try:
        with (LOCALES / name / "LC_MESSAGES" / f"{DOMAIN}.mo").open("rb") as catalogue:
            return _gettext.GNUTranslations(catalogue)
    except FileNotFoundError:
        return _gettext.NullTranslations()
