"""The settings of a book, the same on all devices: its zone, days and weeks, its currency, what an hour is worth."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from pitrack.core.changes import Change
from pitrack.screens.dialogs.base import Dialog, Field, FieldError, text_field
from pitrack.store import edits
from pitrack.store.clock import DayClock
from pitrack.store.snapshot import BookSnapshot
from pitrack.text import parse, words
from pitrack.text.i18n import _
from pitrack.widgets.pick import Pick

LATEST_START = 12
"""Hours after midnight at which a day may begin at the latest."""
WEEK = 7


class SettingsDialog(Dialog[Change]):
    """Gives the change of what was set differently."""

    def __init__(self, snapshot: BookSnapshot, clock: DayClock) -> None:
        super().__init__()
        self.snapshot, self.clock = snapshot, clock

    def title_text(self) -> str:
        return _("Settings of the book")

    def is_edit(self) -> bool:
        return True

    def fields(self) -> Iterable[Field]:
        now = self.snapshot.settings
        starts = [(str(hour), f"{hour}:00") for hour in range(LATEST_START + 1)]
        days = [(str(number), words.weekday(number)) for number in range(1, WEEK + 1)]
        yield text_field("zone", _("Time zone"), now.zone, example="Asia/Tokyo", known=sorted(available_timezones()))
        yield Field("day_start", _("Day begins"), Pick(starts, str(now.day_start)))
        yield Field("week_start", _("Week begins"), Pick(days, str(now.week_start)))
        yield text_field("currency", _("Currency"), now.currency, example="USD")
        hourly = "" if now.hourly is None else f"{now.hourly:f}"
        yield text_field("hourly", _("Your hour"), hourly, example=_("25; empty: not said"))

    def preview(self) -> None:
        self.field("zone").say(_("your days begin and end here"))
        self.field("day_start").say(_("what is done before that hour counts for the day before"))
        self.field("week_start").say("")
        self.field("currency").say(_("other currencies are converted to this one"))
        empty = _("what an hour of yours is worth: saved hours and pay-back are counted at that")
        self.show_reading("hourly", lambda text: _("{amount} an hour").format(amount=self._worth(text)), empty)

    def result(self) -> Change:
        currency = parse.currency(self.value("currency"))
        if currency is None:
            raise FieldError("currency", _("Type a currency's three letters, like USD, EUR or JPY."))
        given: dict[str, Any] = {
            "zone": known_zone(self.value("zone")),
            "day_start": int(self.value("day_start")),
            "week_start": int(self.value("week_start")),
            "currency": currency,
            "hourly": self.read("hourly", lambda text: self._hourly(text, currency)),
        }
        return self.read("zone", lambda _text: edits.edit_settings(self.snapshot, self.clock.today, **given))

    def _hourly(self, text: str, currency: str) -> Decimal | None:
        """What an hour is worth, in the book's currency; None where nothing is said."""
        if not text:
            return None
        amount, named = parse.amount(text, currency)
        if named not in (None, currency):
            raise FieldError("hourly", _("Say it in the book's currency, {currency}.").format(currency=currency))
        return amount or None

    def _worth(self, text: str) -> str:
        currency = parse.currency(self.value("currency")) or self.snapshot.settings.currency
        return words.plain_amount(self._hourly(text, currency) or Decimal(0), currency)


def known_zone(name: str) -> str:
    """The name of a time zone; raises FieldError where there is none of that name."""
    try:
        ZoneInfo(name)
    except (KeyError, OSError, ValueError) as error:
        raise FieldError("zone", _("No zone has that name. Type one like Asia/Tokyo or Europe/London.")) from error
    return name
