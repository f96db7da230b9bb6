"""The catalogues of the app's words: ``python -m tests.catalogue`` gathers the messages anew, updates and compiles.

Nothing is guessed: a message that has changed comes back untranslated, and one that is gone is dropped. Equal messages
give equal files: sorted, without dates or places in the source.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from pitrack.text.i18n import DOMAIN, LOCALES

TEMPLATE = LOCALES / f"{DOMAIN}.pot"
KEYWORDS = DEFAULT_KEYWORDS | {"N_": None}
"""What marks a message: ``_``, ``ngettext`` and ``pgettext`` as everywhere, and ``N_`` for what is looked up later."""


class Plain(Catalog):
    """A catalogue whose header says only what reading it needs."""

    def __init__(self, locale: str | None = None) -> None:
        super().__init__(locale, header_comment=f"# The words of {DOMAIN}: see tests/catalogue.py.", fuzzy=False)

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        spoken = [("Language", str(self.locale)), ("Plural-Forms", self.plural_forms)] if self.locale else []
        return [
            ("Project-Id-Version", DOMAIN),
            *spoken,
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
        ]


def extracted() -> Plain:
    """The messages of the source."""
    with (LOCALES / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]
    found = Plain()
    for _place, _line, message, _comments, context in extract_from_dir(LOCALES.parent, methods, options, KEYWORDS):
        found.add(message, context=context)
    return found


def translated(path: Path, messages: Catalog) -> Plain:
    """``messages`` with what a .po file says to them."""
    with path.open("rb") as file:
        known = read_po(file, locale=language(path))
    words = Plain(language(path))
    for message in messages:
        if message.id:
            before = known.get(message.id, message.context)
            words.add(message.id, _string(message, before, words), context=message.context)
    return words


def _string(message: Message, before: Message | None, words: Catalog) -> Any:
    """The translation there was, one string or one a plural form; empty where there was none, or of another kind."""
    if before is not None and before.id == message.id and before.string and not before.fuzzy:
        return before.string
    return ("",) * words.num_plurals if message.pluralizable else ""


def strings(message: Message) -> list[str]:
    """The translation in each of its forms."""
    return [message.string] if isinstance(message.string, str) else [str(form) for form in message.string or ()]


def languages() -> list[Path]:
    """The .po files."""
    return sorted(LOCALES.glob(f"*/LC_MESSAGES/{DOMAIN}.po"))


def language(path: Path) -> str:
    """The language of a .po file."""
    return path.parts[-3]


def text_of(catalogue: Catalog) -> bytes:
    """A .pot or .po file."""
    written = io.BytesIO()
    write_po(written, catalogue, width=0, no_location=True, sort_output=True)
    return written.getvalue()


def compiled(catalogue: Catalog) -> bytes:
    """A .mo file."""
    written = io.BytesIO()
    write_mo(written, catalogue)
    return written.getvalue()


def main() -> int:
    """Update all files; 1 where something has no translation yet."""
    messages = extracted()
    TEMPLATE.write_bytes(text_of(messages))
    missing = 0
    for path in languages():
        words = translated(path, messages)
        path.write_bytes(text_of(words))
        path.with_suffix(".mo").write_bytes(compiled(words))
        for message in words:
            if message.id and not all(strings(message)):
                print(f"{language(path)}: no translation: {message.id}")
                missing += 1
    print(f"{len(messages)} messages, {missing} without a translation")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
