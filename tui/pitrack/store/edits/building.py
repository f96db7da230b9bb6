"""Automations, outcome metrics, decisions of the launch method, reviews."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from pitrack.core.building import Automation, Metric, Review, Step
from pitrack.core.changes import Change, Write
from pitrack.core.currencies import EXACT
from pitrack.core.model import Stage
from pitrack.store import building as records
from pitrack.store import fields as of
from pitrack.store.edits.parts import difference, edit_word, event, known, last_order, maybe, new, new_alias, with_alias
from pitrack.store.ids import short_id, ulid
from pitrack.store.records import alive
from pitrack.store.snapshot import BookSnapshot


def add_automation(
    snap: BookSnapshot,
    name: str,
    *,
    since: dt.date,
    currency: str | None = None,
    alias: str | None = None,
    **given: Any,
) -> Change:
    """A new automation. Optional: stream, tool, task, until, cost, note."""
    one = Automation(
        id=short_id(),
        alias=new_alias(snap.automations, "automation", alias, of.name(name), "auto"),
        name=of.name(name),
        since=since,
        currency=currency or snap.settings.currency,
        order=last_order(snap.automations),
        **given,
    )
    maybe(snap.streams, "stream", one.stream)
    return Change("automation.add", (new("automations", one.id, records.of_automation(one)),), one.name, since)


def edit_automation(snap: BookSnapshot, automation_id: str, **given: Any) -> Change:
    """Set the given fields of an automation: name, alias, stream, tool, task, since, until, cost, currency, archived,
    order, note."""
    one = known(snap.automations, "automation", automation_id)
    edited = one._replace(**with_alias(snap.automations, "automation", one.id, given))
    maybe(snap.streams, "stream", given.get("stream"))
    write = difference("automations", one.id, records.of_automation(one), records.of_automation(edited))
    return Change(edit_word("automation", given), write, one.name)


def delete_automation(snap: BookSnapshot, automation_id: str) -> Change:
    """Take an automation away; undo brings it back."""
    one = known(snap.automations, "automation", automation_id)
    return Change("automation.delete", (Write("automations", one.id, None),), one.name)


def add_metric(snap: BookSnapshot, name: str, *, alias: str | None = None, **given: Any) -> Change:
    """A new outcome metric. Optional: stream, kind, unit."""
    one = Metric(
        id=short_id(),
        alias=new_alias(snap.metrics, "metric", alias, of.name(name), "metric"),
        name=of.name(name),
        order=last_order(snap.metrics),
        **given,
    )
    maybe(snap.streams, "stream", one.stream)
    return Change("metric.add", (new("metrics", one.id, records.of_metric(one)),), one.name)


def edit_metric(snap: BookSnapshot, metric_id: str, **given: Any) -> Change:
    """Set the given fields of a metric: name, alias, stream, kind, unit, archived, order."""
    one = known(snap.metrics, "metric", metric_id)
    edited = one._replace(**with_alias(snap.metrics, "metric", one.id, given))
    maybe(snap.streams, "stream", given.get("stream"))
    write = difference("metrics", one.id, records.of_metric(one), records.of_metric(edited))
    return Change(edit_word("metric", given), write, one.name)


def delete_metric(snap: BookSnapshot, metric_id: str) -> Change:
    """Take a metric away; its readings stay in the book, and undo brings it back."""
    one = known(snap.metrics, "metric", metric_id)
    return Change("metric.delete", (Write("metrics", one.id, None),), one.name)


def set_reading(snap: BookSnapshot, metric_id: str, day: dt.date, amount: Decimal | None) -> Change:
    """Set a day's total of a metric, or (None) take the day's readings back; additions made so far give way."""
    one = known(snap.metrics, "metric", metric_id)
    given = None if amount is None else of.decimal(amount, "amount")
    found = snap.document.values("readings", f"{one.id}|{day}|")
    gone = tuple(Write("readings", key, None) for key, fields in found.items() if alive(fields))
    stands = snap.readings(one.id).get(day) == amount and not gone
    return Change("reading", () if stands else (Write("readings", f"{one.id}|{day}", {"amount": given}), *gone),
                  one.name, day)  # fmt: skip


def add_reading(snap: BookSnapshot, metric_id: str, day: dt.date, amount: Decimal) -> Change:
    """Add to a day's count; what two devices add adds up. A level becomes so much more than its newest reading."""
    one = known(snap.metrics, "metric", metric_id)
    if one.kind == "level":
        readings = snap.readings(one.id)
        newest = max((at for at in readings if at <= day), default=None)
        stood = Decimal(0) if newest is None else readings[newest]
        return set_reading(snap, one.id, day, EXACT.add(stood, amount))
    write = Write("readings", f"{one.id}|{day}|{ulid()}", {"amount": of.decimal(amount, "amount")})
    return Change("reading", (write,), one.name, day)


def add_step(  # noqa: PLR0917 (in the order in which a step is told)
    snap: BookSnapshot,
    stream_id: str,
    stage: Stage,
    answers: Mapping[str, str],
    day: dt.date,
    to: Stage | None = None,
    note: str = "",
) -> Change:
    """Keep what was decided at a step of the launch method, and move the stream to the stage ``to``."""
    stream = known(snap.streams, "stream", stream_id)
    step = Step(ulid(), stream.id, day, stage, answers, to, note)
    moved = (Write("streams", stream.id, {"stage": to}),) if to is not None and to != stream.stage else ()
    return Change("step", (new("steps", step.id, records.of_step(step)), *moved), stream.name, day)


def delete_step(snap: BookSnapshot, step_id: str) -> Change:
    """Take a decision away; the stream stays where it is, and undo brings it back."""
    step = event(snap.steps, "step", step_id)
    stream = snap.streams.get(step.stream)
    return Change("step.delete", (Write("steps", step.id, None),), stream.name if stream else "", step.day)


def write_review(snap: BookSnapshot, period: str, day: dt.date, **given: Any) -> Change:
    """Write the review of a week (``week|2026-W47``) or a month (``month|2026-10``): lesson, kind, focus."""
    before = snap.reviews.get(period, Review(period))
    edited = before._replace(done=before.done or day, **given)
    write = difference("reviews", period, records.of_review(before), records.of_review(edited))
    return Change("review", write, period.partition("|")[2], day)
