"""``pitrack portfolio``: finished work as proof, without a sum of money unless asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from pitrack.cli.output import plain, rounded, say, say_json, say_table, short
from pitrack.cli.parts import as_of_option, command, json_option, option
from pitrack.cli.session import Session
from pitrack.core.model import Stream
from pitrack.core.views import portfolio as view
from pitrack.core.views.portfolio import Outcome, Portfolio
from pitrack.store.snapshot import BookSnapshot
from pitrack.text import launch as told
from pitrack.text import words
from pitrack.text.i18n import N_, _

LONGEST = 200
"""Cells of a text."""


@command("portfolio", N_("Finished work: cycles, published assets, tests, outcomes, lessons. No sums of money."))
@option("--money", is_flag=True, help=N_("With what each stream has earned."))
@as_of_option
@json_option
@click.pass_obj
def portfolio(session: Session, money: bool, day: str | None, as_json: bool) -> None:
    snap = session.snapshot
    found = view.portfolio(snap, session.as_of(day), money=money)
    if as_json:
        say_json(_data(snap, found, money))
    elif found.is_empty and not found.earned:
        say(_("Nothing is finished yet. A published asset, a first income or the verdict of a test comes first."))
    else:
        parts = [part for part in _parts(snap, found) if part[1]]
        for place, (title, rows) in enumerate(parts):
            if place:
                say()
            say(title)
            say_table(rows, "l" * len(rows[0]), "  ")


def _parts(snap: BookSnapshot, found: Portfolio) -> list[tuple[str, Sequence[Sequence[str]]]]:
    """Each part with its title and its rows."""
    return [
        (
            _("Cycles completed, from the idea to a payment"),
            [(str(one.day), _name(snap.streams.get(one.stream)), told.cycle(one)) for one in found.cycles],
        ),
        (
            _("Published works"),
            [
                (str(one.published), short(one.asset.name), _name(snap.streams.get(one.asset.stream or "")))
                for one in found.works
            ],
        ),
        (
            _("Tests"),
            [
                (
                    str(one.day),
                    short(one.stream.name),
                    told.verdict(one.verdict),
                    told.in_a_row(short(text, LONGEST) for text in (one.results, one.lesson)),
                )
                for one in found.tests
            ],
        ),
        (
            _("Outcomes"),
            [
                (str(one.day), short(one.metric.name), told.outcome(one.amount, one.metric.unit), _of(snap, one))
                for one in found.outcomes
            ],
        ),
        (
            _("Stopped, and what it taught"),
            [(str(one.day or ""), short(one.stream.name), short(one.lesson, LONGEST)) for one in found.stopped],
        ),
        (
            _("Earned"),
            [(short(one.stream.name), words.plain_amount(one.amount, one.currency)) for one in found.earned],
        ),
    ]


def _of(snap: BookSnapshot, one: Outcome) -> str:
    return _name(snap.streams.get(one.metric.stream or ""))


def _name(stream: Stream | None) -> str:
    return short(stream.name) if stream else ""


def _data(snap: BookSnapshot, found: Portfolio, money: bool) -> dict[str, Any]:
    """The documented shape of ``portfolio --json`` (docs/launch.md)."""

    def named(stream: str | None) -> str | None:
        found_in = snap.streams.get(stream or "")
        return found_in.name if found_in else None

    data: dict[str, Any] = {
        "cycles": [{"day": str(one.day), "stream": named(one.stream), "kind": one.kind} for one in found.cycles],
        "published": [
            {"day": str(one.published), "name": one.asset.name, "stream": named(one.asset.stream)}
            for one in found.works
        ],
        "tests": [
            {
                "day": str(one.day),
                "started": str(one.started),
                "stream": one.stream.name,
                "verdict": one.verdict,
                "results": one.results,
                "lesson": one.lesson,
            }
            for one in found.tests
        ],
        "outcomes": [
            {
                "day": str(one.day),
                "metric": one.metric.name,
                "stream": named(one.metric.stream),
                "kind": one.metric.kind,
                "amount": plain(one.amount),
                "unit": one.metric.unit,
            }
            for one in found.outcomes
        ],
        "stopped": [
            {"day": str(one.day) if one.day else None, "stream": one.stream.name, "lesson": one.lesson}
            for one in found.stopped
        ],
    }
    if money:
        data["earned"] = [
            {"stream": one.stream.name, "amount": rounded(one.amount, one.currency), "currency": one.currency}
            for one in found.earned
        ]
    return data
