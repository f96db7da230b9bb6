"""Keys: what an input method left on types, as the key that was meant."""

from __future__ import annotations

import unicodedata

from textual.keys import KEY_NAME_REPLACEMENTS


def ascii_character(character: str | None) -> str | None:
    """The ASCII character of a full-width one (``１``, ``ｊ``, ``：``, the wide space); None for any other."""
    if character is None or character.isascii():
        return None
    plain = unicodedata.normalize("NFKC", character)
    return plain if len(plain) == 1 and " " <= plain <= "~" else None


def key_name(character: str) -> str:
    """What Textual calls the key of an ASCII character: ``:`` is ``colon``."""
    if character.isalnum():
        return character
    name = unicodedata.name(character).lower().replace("-", "_").replace(" ", "_")
    return KEY_NAME_REPLACEMENTS.get(name, name)
