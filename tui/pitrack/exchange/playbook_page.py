"""A playbook as a page to read: titled sections of plain lines, the same for the app and the command."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from pitrack.core.days import MONDAY
from pitrack.exchange.playbooks import Action, Playbook, Quote
from pitrack.text import playbooks as words
from pitrack.text.i18n import _
from pitrack.text.plain import printable
from pitrack.text.words import asked, listed


class Item(NamedTuple):
    """A line of a section: ``mark`` stands before it, ``lead`` is the part to stress."""

    text: str
    mark: str = ""
    lead: str = ""


class Section(NamedTuple):
    """A heading over its lines; ``key`` names it."""

    key: str
    title: str
    items: tuple[Item, ...]


def sections(playbook: Playbook, week_start: int = MONDAY) -> list[Section]:
    """All that a playbook says, in the order in which it is read; what it does not say is left out."""
    found = (
        Section("summary", "", _told(playbook.summary)),
        Section("suits", _("Who it suits"), _told(playbook.suits)),
        Section("earns", _("Ways it earns"), _listed(playbook.earns)),
        Section("success", _("What makes it work"), _listed(playbook.success)),
        Section("first_week", _("Your first week"), _numbered(playbook.first_week)),
        Section("actions", _("Actions"), tuple(_action(one, week_start) for one in playbook.actions)),
        Section(
            "metrics",
            _("What to count"),
            _listed(tuple(words.metric(one.name, one.kind, one.unit) for one in playbook.metrics)),
        ),
        Section("merits", _("What it is good at"), _listed(tuple(map(words.merit, playbook.merits)))),
        Section("pitfalls", _("Pitfalls"), _listed(playbook.pitfalls)),
        Section("advice", _("Step by step"), tuple(_advice(playbook))),
        Section("quoted", _("Quoted figures"), _quotes(playbook)),
    )
    return [section for section in found if section.items]


def _told(text: str) -> tuple[Item, ...]:
    return (Item(printable(text)),) if text else ()


def _listed(lines: tuple[str, ...]) -> tuple[Item, ...]:
    return tuple(Item(printable(line), "-") for line in lines)


def _numbered(lines: tuple[str, ...]) -> tuple[Item, ...]:
    return tuple(Item(printable(line), f"{at}.") for at, line in enumerate(lines, 1))


def _action(action: Action, week_start: int) -> Item:
    return Item(asked(action.rule(dt.date.min), week_start), "-", printable(action.name))


def _advice(playbook: Playbook) -> Iterator[Item]:
    for stage, advice in playbook.advice.items():
        text = printable(advice)
        if stage == "test" and (caps := playbook.answers.get(stage)):
            text = _("{advice} ({caps})").format(advice=text, caps=listed(*words.caps(caps)))
        yield Item(text, "-", words.step(stage))


def _quotes(playbook: Playbook) -> tuple[Item, ...]:
    if not playbook.quoted:
        return (Item(_("Nobody is quoted on this one.")),)
    return (*map(_quote, playbook.quoted), Item(_("What others reported, as they put it: no promise.")))


def _quote(quote: Quote) -> Item:
    source = _("Quoted figure ({source})").format(source=printable(quote.source))
    return Item(printable(quote.text), "-", source)
