"""What recurs: what is due and waits to be booked, what books itself, and what comes next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import takewhile
from typing import NamedTuple

from pitrack.core.model import Entry, Snapshot, Template
from pitrack.core.recurring import due_days, next_due, period


class Proposal(NamedTuple):
    """One period of a template that is due."""

    template: Template
    period: str
    day: dt.date

    @property
    def id(self) -> str:
        """The id of the entry that it becomes, on whatever device: ``TEMPLATE|PERIOD``."""
        return f"{self.template.id}|{self.period}"

    @property
    def entry(self) -> Entry:
        """The entry as proposed."""
        one = self.template
        return Entry(
            id=self.id,
            day=self.day,
            kind=one.kind,
            gross=one.gross,
            currency=one.currency,
            stream=one.stream,
            fee=one.fee,
            withheld=one.withheld,
            note=one.note or one.name,
            tags=one.tags,
            asset=one.asset,
        )


class Coming(NamedTuple):
    """A template, and when it is due next; None where it is over or archived."""

    template: Template
    day: dt.date | None


def proposals(snapshot: Snapshot, today: dt.date) -> tuple[Proposal, ...]:
    """What is due up to today and neither booked nor left out, oldest first.

    What books itself is among it only while it was not yet booked, or once a person undid that.
    """
    found = (
        proposal
        for template in snapshot.templates.values()
        if not template.archived
        for proposal in _due(snapshot, template, today)
    )
    return tuple(sorted(found, key=lambda one: (one.day, one.template.order, one.id)))


def posting_themselves(snapshot: Snapshot, today: dt.date) -> tuple[Proposal, ...]:
    """Of the proposals, those that are booked without asking: of automatic templates, and never touched before."""
    automatic = (one for one in proposals(snapshot, today) if one.template.auto)
    return tuple(one for one in automatic if one.period not in snapshot.postings(one.template.id))


def coming(snapshot: Snapshot, today: dt.date) -> tuple[Coming, ...]:
    """All templates with their next due day, the soonest first, those without one last."""
    found = [
        Coming(template, None if template.archived else next_due(template, today))
        for template in snapshot.templates.values()
    ]
    return tuple(sorted(found, key=lambda one: (one.day or dt.date.max, one.template.archived, one.template.order)))


def _due(snapshot: Snapshot, template: Template, today: dt.date) -> Iterator[Proposal]:
    answered = snapshot.postings(template.id)
    seen: set[str] = set()
    for day in takewhile(lambda day: day <= today, due_days(template)):
        name = period(template.every, day)
        if name not in seen and not answered.get(name, False):
            seen.add(name)
            yield Proposal(template, name, day)
