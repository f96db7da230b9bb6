"""Add or edit a goal: what the income is for, how much, from which streams, since when and by when."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, cast, get_args

from textual.containers import VerticalScroll
from textual.widgets import Input, Static

from pitrack.core.changes import Change
from pitrack.core.model import Goal, Motive
from pitrack.core.views.plan import MONTHLY
from pitrack.screens.dialogs.base import Dialog, Field, FieldError, text_field
from pitrack.screens.dialogs.quick import LastWords
from pitrack.screens.plan.lines import stream_names
from pitrack.store import edits, names
from pitrack.store.snapshot import BookSnapshot
from pitrack.text import dates, parse, words
from pitrack.text.i18n import _, pgettext
from pitrack.text.money import money
from pitrack.text.plain import cells, fit, printable
from pitrack.text.reading import ParseError, normal
from pitrack.widgets.pick import Pick

_HOURS = r"(.+?) ?(?:h|hrs?|hours?|時間)"
_BETWEEN = r"[,、，]"
_ROOM = 44
"""Cells of a line under a field, where there is room for it."""
_EDGES = 5
"""Cells beside such a line in a narrow window: borders, padding, the scroll bar."""
_MOST = 4
"""Lines of names."""


class GoalDialog(Dialog[Change]):
    """Gives the change that adds a goal, or edits ``goal``."""

    DEFAULT_CSS = """
    GoalDialog #sentence { height: 2; color: $text-success; }
    """

    def __init__(self, snapshot: BookSnapshot, day: dt.date, goal: Goal | None = None) -> None:
        super().__init__(classes="-dense")
        self.snapshot = snapshot
        self.day = day
        self.goal = goal

    def title_text(self) -> str:
        return _("Edit goal") if self.goal else _("New goal")

    def is_edit(self) -> bool:
        return self.goal is not None

    def fields(self) -> Iterable[Field]:
        goal = self.goal
        since = goal.since if goal else self.day
        yield text_field("name", _("Name"), printable(goal.name) if goal else "", example=_("Camera"))
        yield Field("motive", _("What for"), Pick(_motives(), goal.motive if goal else "save"))
        yield text_field("amount", _("How much"), self._amount_text())
        yield self._stream_field()
        yield text_field("since", _("Since"), since.isoformat() if since else "", example=_("from the first day on"))
        yield text_field(
            "by", _("By"), goal.by.isoformat() if goal and goal.by else "", example=_("a day, such as 2027-03-31")
        )

    def _amount_text(self) -> str:
        if self.goal is None:
            return ""
        amount = words.plain_number(self.goal.amount)
        units = {"job": "%", "skill": ""}
        return f"{amount}{units.get(self.goal.motive, f' {self._currency}')}"

    def _stream_field(self) -> Field:
        living = [stream for stream in self.snapshot.streams.values() if not stream.archived]
        field = text_field("streams", _("Streams"), self._streams_text(), example=_("all but the job"))
        if isinstance(field.entry, Input):
            field.entry.suggester = LastWords([stream.name for stream in living])
        return field

    def _streams_text(self) -> str:
        """The streams of the goal by name; by short name where that is what tells them apart."""
        streams = [self.snapshot.streams[record] for record in self._known_streams()]
        return ", ".join(one.alias if re.search(_BETWEEN, one.name) else printable(one.name) for one in streams)

    def _known_streams(self) -> tuple[str, ...]:
        return tuple(record for record in self.goal.streams if record in self.snapshot.streams) if self.goal else ()

    @property
    def _currency(self) -> str:
        """The currency of an amount that names none."""
        return (self.goal and self.goal.currency) or self.snapshot.settings.currency

    @property
    def motive(self) -> Motive:
        return cast(Motive, self.value("motive"))

    def on_mount(self) -> None:
        self.query_one(VerticalScroll).mount(Static(id="sentence", markup=False))

    def preview(self) -> None:
        for field in self.query(Field):
            field.say("")
        if names.is_called(self.snapshot.goals.values(), self.value("name"), self.goal.id if self.goal else ""):
            self.field("name").say(_("There is a goal of that name already."), "warn")
        self.field("motive").say(_meaning(self.motive))
        self.query_one("#field-amount Input", Input).placeholder = self._example()
        self.field("since").display = self.motive not in MONTHLY
        self.field("streams").say("" if self.value("streams") else self._known_names())
        for name in ("amount", "streams", "since", "by"):
            if self.value(name):
                self._say_wrong(name)
        self.query_one("#sentence", Static).update(self._sentence())

    def _example(self) -> str:
        book = self._currency
        match self.motive:
            case "skill":
                return _("hours, such as 120")
            case "job":
                return _("per cent of the job, such as 50")
            case "living":
                return _("a month, such as 1000 {currency}").format(currency=book)
            case _:
                return _("such as 1200 {currency}").format(currency=book)

    def _known_names(self) -> str:
        living = [one for one in self.snapshot.streams.values() if not one.archived and one.role != "job"]
        known = [printable(stream.name) for stream in living]
        room = min(_ROOM, self.app.size.width - _EDGES)
        return _between_names(_("or some of: {names}"), known, room) if known else ""

    def _say_wrong(self, name: str) -> None:
        try:
            self._read(name)
        except FieldError as error:
            self.field(name).say(error.sentence)

    def _read(self, name: str) -> Any:
        """A field, understood; raises FieldError."""
        match name:
            case "amount":
                return self.read(name, self._amount)
            case "streams":
                return self.read(name, self._streams)
            case _:
                return self.read(name, lambda text: parse.day(text, self.day, ahead=name == "by") if text else None)

    def _amount(self, text: str) -> tuple[Decimal, str | None]:
        """An amount of money with its currency, or hours. A goal that names no currency goes on naming none."""
        if not text:
            raise FieldError("amount", _("Type how much, as a number."))
        if self.motive == "job":
            return self._percent(text), self.goal.currency if self.goal else None
        if self.motive == "skill":
            try:
                amount, currency = parse.amount(hours[1] if (hours := re.fullmatch(_HOURS, normal(text))) else text)
            except ParseError as error:
                raise FieldError("amount", _("Type hours, such as 120.")) from error
            if currency:
                raise FieldError("amount", _("Type hours, such as 120."))
            return amount, self.goal.currency if self.goal else None
        amount, currency = parse.amount(text, self._currency)
        currency = currency or self._currency
        names_none = self.goal is not None and self.goal.currency is None
        return amount, None if names_none and currency == self.snapshot.settings.currency else currency

    def _percent(self, text: str) -> Decimal:
        try:
            return parse.per_cent(text)
        except ParseError as error:
            raise FieldError("amount", _("Type a percentage, such as 50.")) from error

    def _streams(self, text: str) -> tuple[str, ...]:
        """The ids of the streams named; none where all are meant."""
        if text == self._streams_text().strip():
            return self._known_streams()
        named = [part for part in re.split(_BETWEEN, text) if part.strip()]
        return tuple(dict.fromkeys(names.find_stream(self.snapshot, part.strip()).id for part in named))

    def _given(self) -> dict[str, Any]:
        """The fields of the goal as typed; raises FieldError."""
        name, before = self.value("name"), self.goal
        amount, currency = self._read("amount")
        return {
            "name": before.name if before and name == printable(before.name).strip() else name,
            "motive": self.motive,
            "amount": amount,
            "currency": currency,
            "streams": self._read("streams"),
            "since": self._read("since") if self.motive not in MONTHLY else before.since if before else None,
            "by": self._read("by"),
        }

    def _sentence(self) -> str:
        """The goal in words; empty until it can be read."""
        try:
            given = self._given()
        except FieldError:
            return ""
        from_streams = stream_names(given["streams"], self.snapshot.streams) or _("all streams")
        by = dates.full_day(given["by"]) if given["by"] else ""
        amount = given["amount"]
        if self.motive == "skill":
            sentence = _("Practise {hours} h by {day} on {streams}.") if by else _("Practise {hours} h on {streams}.")
            return sentence.format(hours=words.plain_number(amount), day=by, streams=from_streams)
        if self.motive == "job":
            sentence = (
                _("Earn {percent}% of the job by {day} from {streams}.")
                if by
                else _("Earn {percent}% of the job from {streams}.")
            )
            return sentence.format(percent=words.plain_number(amount), day=by, streams=from_streams)
        if self.motive == "living":
            sentence = (
                _("Earn {amount} a month by {day} from {streams}.")
                if by
                else _("Earn {amount} a month from {streams}.")
            )
        else:
            sentence = _("Save {amount} by {day} from {streams}.") if by else _("Save {amount} from {streams}.")
        shown = money(amount, given["currency"] or self.snapshot.settings.currency)
        return sentence.format(amount=shown, day=by, streams=from_streams)

    def result(self) -> Change:
        if not self.value("name"):
            raise FieldError("name", _("Give the goal a name."))
        given = self._given()
        before = self.goal
        if before is None:
            return self.read("amount", lambda _text: edits.add_goal(self.snapshot, **given))
        changed = {name: value for name, value in given.items() if getattr(before, name) != value}
        return self.read("amount", lambda _text: edits.edit_goal(self.snapshot, before.id, **changed))


def _between_names(sentence: str, known: Iterable[str], room: int) -> str:
    """A sentence with names in a row, in lines of ``room`` cells broken between names; ``..`` for those left out."""
    comma = pgettext("between streams", ", ")
    *front, last = known
    lines = [sentence.partition("{names}")[0]]
    for name in (*(name + comma for name in front), last):
        if lines[-1].strip() and cells(lines[-1] + name.rstrip()) > room:
            if len(lines) == _MOST:
                return "\n".join(line.rstrip() for line in (*lines[:-1], fit(lines[-1].rstrip() + " ..", room)))
            lines.append("")
        lines[-1] += fit(name, room)
    return "\n".join(line.rstrip() for line in lines)


def _motives() -> list[tuple[str, str]]:
    return [(motive, words.motive(motive)) for motive in get_args(Motive)]


def _meaning(motive: Motive) -> str:
    match motive:
        case "living":
            return _("counts the mean income of the last three whole months")
        case "job":
            return _("counts income against the job's, both as means of three months")
        case "skill":
            return _("counts hours of learning and making")
        case _:
            return _("counts what was paid out, after fees and tax")
