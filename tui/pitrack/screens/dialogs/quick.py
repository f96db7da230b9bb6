"""Book an entry in one line, with completion and a live preview of what was understood; tab opens the full form."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.suggester import Suggester
from textual.widgets import Input

from pitrack.core.changes import Change
from pitrack.core.model import Asset, Stream
from pitrack.screens.dialogs.base import Dialog, sentence_of
from pitrack.screens.dialogs.entry import EntryDialog, draft_fields
from pitrack.store import edits
from pitrack.store.errors import BookError
from pitrack.store.snapshot import BookSnapshot
from pitrack.text import parse, words
from pitrack.text.i18n import N_, _
from pitrack.text.parse import EntryDraft, ParseError
from pitrack.text.plain import printable
from pitrack.widgets.columns import wrapped
from pitrack.widgets.pieces import Line, Lines, Piece
from pitrack.widgets.wrapping import broken

PREVIEW = 5
"""Most lines of the preview: what was understood needs as many on a phone."""
LEAST = 3
LEAST_TYPED = 2
"""Characters after which a word is completed."""
RECENT = 500
"""Entries whose tags and currencies are offered again."""
DAYS = (
    *("@yesterday", "@today", "@monday", "@tuesday", "@wednesday", "@thursday", "@friday", "@saturday", "@sunday"),
    *("@昨日", "@一昨日", "@今日"),
)
MARKS = ("pending", "fee:", "withheld:", "units:")


class QuickEntry(Dialog[Change]):
    """Gives the change that books what one line says. ``stream`` is the id of the stream meant where none is named."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "complete", N_("complete, or all fields"), priority=True),
        Binding("ctrl+e", "form", N_("all fields"), priority=True),
        Binding("down,up", "", show=False),
    ]
    DEFAULT_CSS = """
    QuickEntry { align: left bottom; background: transparent; }
    QuickEntry > VerticalScroll { width: 100%; padding: 0 1; }
    QuickEntry Input { width: 100%; background: $boost; padding: 0 1; }
    QuickEntry Lines { height: 3; }
    """

    def __init__(self, snapshot: BookSnapshot, day: dt.date, *, stream: str | None = None) -> None:
        super().__init__()
        self.snapshot = snapshot
        self.day = day
        self.stream = stream
        self.names = [stream.name for stream in snapshot.streams.values() if not stream.archived]
        self._sure = ""
        """The line that is booked without a stream at the next enter."""

    def title_text(self) -> str:
        chosen = self.snapshot.streams.get(self.stream or "")
        return _("Book on {name}").format(name=printable(chosen.name)) if chosen else _("Book an entry")

    def compose(self) -> ComposeResult:
        self.words = LastWords(known_words(self.snapshot))
        placeholder = _("120.50 usd newsletter sponsor #q4 @yesterday")
        line = Input(placeholder=placeholder, compact=True, suggester=self.words)
        line.cursor_blink = False
        with VerticalScroll(can_focus=False) as box:
            yield line
            yield Lines()
        box.border_title = Content(self.title_text())

    def keys_text(self) -> str:
        if self._completed():
            return _("enter book  tab complete  esc leave")
        return _("enter book  tab all fields  esc leave")

    @property
    def typed(self) -> str:
        return self.query_one(Input).value

    def draft(self) -> EntryDraft:
        """What the line says; raises ParseError."""
        draft = parse.entry(self.typed, self.day, self.names, self.snapshot.assets.values())
        for text in draft.typed:  # once more, now that the currency is known
            parse.amount(text, draft_fields(self.snapshot, draft, self.stream)["currency"])
        return draft

    def preview(self) -> None:
        self.query_one(VerticalScroll).border_subtitle = self.keys_text()
        width = max(20, self.app.size.width - 6)
        if not self.typed.strip():
            self._show(_hints(width))
            return
        try:
            self._show(wrapped(self._understood(self.draft()), width)[:PREVIEW])
        except ParseError as error:
            self._show(_sentence(sentence_of(error), "warn", width))

    def _show(self, lines: list[Line]) -> None:
        """Show lines under what is typed; the box grows with them, and does not shrink while one types."""
        box = self.query_one(Lines)
        box.styles.height = max(LEAST, len(lines), box.size.height)
        box.show(*lines)

    def _understood(self, draft: EntryDraft) -> Line:
        """The draft in words, a piece a fact."""
        given = draft_fields(self.snapshot, draft, self.stream)
        stream, asset = self.snapshot.streams.get(given["stream"] or ""), self.snapshot.assets.get(given["asset"] or "")
        sign = "+" if draft.kind == "income" else "-"
        pieces: list[Piece] = [
            (words.entry_kind(draft.kind) + "  ", "muted"),
            (sign + words.plain_amount(draft.amount, given["currency"]) + "  ", "good" if sign == "+" else "bad"),
            self._told_stream(stream),
            (words.plain_day(draft.day) + "  ", ""),
        ]
        if asset:
            pieces.append((_("asset {name}").format(name=printable(asset.name)) + "  ", "accent"))
        if draft.fee:
            pieces.append((_("fee {amount}").format(amount=words.plain_number(draft.fee)) + "  ", ""))
        if draft.withheld:
            pieces.append((_("withheld {amount}").format(amount=words.plain_number(draft.withheld)) + "  ", ""))
        if draft.units is not None:
            pieces.append((_("units {n}").format(n=words.plain_number(draft.units)) + "  ", ""))
        if draft.pending:
            pieces.append((words.status("pending") + "  ", "warn"))
        if draft.note:
            pieces.append((_("“{value}”").format(value=printable(draft.note)) + "  ", ""))
        pieces += [(f"#{printable(tag)}  ", "accent") for tag in draft.tags]
        return pieces

    def _told_stream(self, stream: Stream | None) -> Piece:
        """The stream; where none was understood, that one can be named if there are any."""
        if stream:
            return f"{printable(stream.name)}  ", "strong"
        return (_("no stream: name one") if self.names else _("no stream")) + "  ", "warn"

    def action_submit(self) -> None:
        """Book the line; where it names none of the streams there are, once that was said."""
        try:
            given = draft_fields(self.snapshot, self.draft(), self.stream)
            change = edits.add_entry(self.snapshot, **given)
        except (ParseError, BookError) as error:
            self._show(_sentence(sentence_of(error), "bad", max(20, self.app.size.width - 6)))
        else:
            if given["stream"] or not self.names or self._sure == self.typed:
                self.dismiss(change)
                return
            self._sure = self.typed
            said = _("No stream of yours is named. Enter once more books it without a stream.")
            self._show(_sentence(said, "warn", max(20, self.app.size.width - 6)))

    def action_complete(self) -> None:
        """Take what completes the line; where nothing does, the full form."""
        if completed := self._completed():
            line = self.query_one(Input)
            line.value = completed
            line.cursor_position = len(completed)
        else:
            self.action_form()

    def _completed(self) -> str | None:
        """The line completed, as it is shown dim behind the cursor."""
        line = self.query_one(Input)
        return self.words.completed(line.value) if line.cursor_at_end else None

    def action_form(self) -> None:
        """The full form, with what was understood so far; leaving it comes back here."""
        try:
            draft = self.draft()
        except ParseError:
            draft = None
        form = EntryDialog(self.snapshot, self.day, draft=draft, stream=self.stream)
        self.app.push_screen(form, self._filled)

    def _filled(self, change: Change | None) -> None:
        if change:
            self.call_later(self._book, change)

    def _book(self, change: Change) -> None:
        self.dismiss(change)


class LastWords(Suggester):
    """Completes the end of the line to a known word or name that begins like it; only to what is shown as it is
    written."""

    def __init__(self, known: Iterable[str]) -> None:
        super().__init__(case_sensitive=True)
        self.known = [name for name in known if name == printable(name)]
        self._folded = [_fold(name) for name in self.known]

    async def get_suggestion(self, value: str) -> str | None:
        return self.completed(value)

    def completed(self, value: str) -> str | None:
        """The line with its end completed and a space for the next word, but after a colon; None where nothing begins
        like it."""
        starts = [0, *(at + 1 for at, letter in enumerate(value) if letter in " \u3000")]
        for start in starts[-3:]:
            typed = _fold(value[start:])
            if len(typed) < LEAST_TYPED:
                continue
            for known, folded in zip(self.known, self._folded, strict=True):
                if folded.startswith(typed) and len(folded) > len(typed) and len(folded) == len(known):
                    # As the name is written, unless full-width letters make it another length.
                    begun = value[:start] + known[: len(typed)] if len(typed) == len(value) - start else value
                    return begun + known[len(typed) :] + ("" if known.endswith(":") else " ")
        return None


def known_words(snapshot: BookSnapshot) -> list[str]:
    """What completes a line: streams, tags in use, assets, days, currencies in use, marks."""
    streams = [stream for stream in snapshot.streams.values() if not stream.archived]
    newest = snapshot.entries[: -RECENT - 1 : -1]
    currencies = dict.fromkeys(
        [snapshot.settings.currency, *(one.currency for one in streams), *(entry.currency for entry in newest)]
    )
    return [
        *(stream.name for stream in streams),
        *dict.fromkeys(f"#{tag}" for entry in newest for tag in entry.tags),
        *(f"&{word}" for asset in snapshot.assets.values() if not asset.archived for word in _named(asset)),
        *DAYS,
        *(code.lower() for code in currencies),
        *MARKS,
    ]


def _named(asset: Asset) -> list[str]:
    """What may be typed for an asset in one word."""
    return [asset.alias] if " " in asset.name else [asset.alias, asset.name]


def _fold(text: str) -> str:
    """As words are compared: full-width characters are ordinary ones, capitals small."""
    return unicodedata.normalize("NFKC", text).casefold()


def _hints(width: int) -> list[Line]:
    facts = (
        _("amount, currency, stream, note"),
        _("#tag"),
        _("@fri or @-2: the day"),
        _("&name: the asset"),
        _("fee:2.50"),
        _("units:3"),
        _("pending"),
        _("spend 12: an expense"),
        _("refund 5"),
    )
    return wrapped([(f"{fact}   ", "muted") for fact in facts], width)[:PREVIEW]


def _sentence(text: str, role: str, width: int) -> list[Line]:
    """A sentence over as many lines as it needs."""
    return broken([(text, role)], width)[:PREVIEW]
